"""What nurses read: worklist, patients and status, and the records of one patient's chart."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from monitor.domain.alert import Alert, Event, State
from monitor.domain.episode import Episode, Patient, postoperative_day
from monitor.domain.finding import NotEvaluable
from monitor.domain.protocol import Grounds, Priority, Times, Window
from monitor.domain.submission import Place
from monitor.services import evaluation
from monitor.services.clinic import Clinic
from monitor.services.ports import Refusal, Waiting, Work

CLOCK_TOLERANCE = dt.timedelta(minutes=2)
"""A sweep from further in the future than this means a wrong clock, not that all is well."""

Mark = Literal["baseline", "late", "partial", "nurse_phone", "nurse_paper", "import", "extra"]


@dataclass(frozen=True)
class Point:
    """One score on the chart. `day` is the postoperative day on which it was answered."""

    day: int
    score: int
    answered_at: dt.datetime
    submission_id: str
    compared: str | None = None
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True)
class Series:
    """The scores of one item at one place, oldest first.

    `gaps` are the days of scheduled reports that were due and did not come: the line is
    broken there. `planned`: numbness here is part of the procedure.
    """

    item: str
    place: Place
    points: tuple[Point, ...]
    gaps: tuple[int, ...]
    window: Window | None
    planned: bool = True


@dataclass(frozen=True)
class Trend:
    """The recurrence rule's own trend and its limit: what the nurse sees is what alerts.

    `points` are (day, value) after each report since relief was seen; empty before.
    """

    points: tuple[tuple[int, float], ...]
    limit: float


@dataclass(frozen=True)
class Panel:
    """One part of the chart with a 0-10 axis: "pain", "numbness" or "weakness".

    `baseline` is the score before the procedure of the panel's first series. `relief_day`
    (pain only) is the day by which relief is due.
    """

    name: Literal["pain", "numbness", "weakness"]
    series: tuple[Series, ...]
    baseline: float | None = None
    relief_day: int | None = None
    trend: Trend | None = None


@dataclass(frozen=True)
class Strip:
    """A symptom shown as shades along one line, with the end of its window marked."""

    series: Series


@dataclass(frozen=True)
class AlertSpan:
    """An alert on the chart: from `since_day`, raised on `raised_day`, to `ended_day` or today."""

    alert: Alert
    panel: str
    since_day: int
    raised_day: int
    ended_day: int | None


@dataclass(frozen=True)
class ChartEvent:
    """Something on the events line: the procedure, a contact, a missed report.

    `kind` is "procedure", "missed", or a contact's kind; `text` the contact's own words.
    """

    day: int
    kind: str
    text: str = ""


@dataclass(frozen=True)
class AlertCard:
    """An alert with its history and the grounds of the stage it is in.

    `grounds` is None if the protocol in force has that rule or stage no more.
    """

    alert: Alert
    events: tuple[Event, ...]
    grounds: Grounds | None


@dataclass(frozen=True)
class Chart:
    """Everything the station shows of one episode. Days count from the procedure.

    `cards` are in clinical order: open ones first, most urgent first.
    """

    patient: Patient
    episode: Episode
    today: int
    panels: tuple[Panel, ...]
    strips: tuple[Strip, ...]
    spans: tuple[AlertSpan, ...]
    events: tuple[ChartEvent, ...]
    cards: tuple[AlertCard, ...]
    not_evaluable: tuple[NotEvaluable, ...]
    waiting: int
    dated_ahead: int
    last_report: dt.date | None
    next_due: tuple[str, dt.date] | None
    protocol_version: str
    protocol_status: str
    same_name: bool = False


@dataclass(frozen=True)
class WorklistRow:
    """One patient who needs attention. `alerts` most urgent first; never empty.

    `respond_by` is when the most urgent unacknowledged alert must be answered; `overdue`
    says that this is past.
    """

    patient: Patient
    episode: Episode
    day: int
    alerts: tuple[Alert, ...]
    raised_at: dt.datetime
    respond_by: dt.datetime | None
    overdue: bool
    last_report: dt.date | None
    same_name: bool = False

    @property
    def priority(self) -> Priority:
        return self.alerts[0].priority

    @property
    def in_hand(self) -> bool:
        """Every open alert of this patient has been seen by a person."""
        return all(alert.state is not State.RAISED for alert in self.alerts)


@dataclass(frozen=True)
class PatientRow:
    """One line of the list of all patients."""

    patient: Patient
    episode: Episode | None
    day: int | None
    last_report: dt.date | None
    priority: Priority | None


@dataclass(frozen=True)
class Worklist:
    """Who needs attention, in clinical order, out of how many `patients` there are."""

    rows: tuple[WorklistRow, ...]
    counts: dict[Priority, int]
    in_hand: int
    reports_today: int
    patients: int


@dataclass(frozen=True)
class Status:
    """Whether monitoring runs. `lag` is the time since the last good sweep, None if never.

    `received` = `evaluated` + `waiting` + `failed` submissions. `overdue`: the last sweep is
    older than it may be, and silence must not look like health. `dated_ahead`: patients with a
    report dated after today, which no rule looks at until then: a clock was wrong.
    """

    last_sweep: dt.datetime | None
    lag: dt.timedelta | None
    overdue: bool
    received: int
    evaluated: int
    waiting: int
    failed: int
    failed_episodes: tuple[str, ...]
    dated_ahead: int


def worklist(clinic: Clinic) -> Worklist:
    """Every patient with an open alert, in clinical order.

    What nobody has seen comes first; then the most urgent, the overdue, the longest waiting.
    """
    with clinic.store.read() as work:
        waiting = work.alerts.waiting()
        reported = _reported(clinic, work)
        everybody = work.patients.all()
    shared = shared_names(everybody)
    by_episode: dict[str, list[Waiting]] = {}
    for one in waiting:
        by_episode.setdefault(one.episode.id, []).append(one)
    rows = [
        _worklist_row(clinic, several, reported.get(episode_id), shared)
        for episode_id, several in by_episode.items()
    ]
    rows.sort(key=_clinical_order)
    today = clinic.today()
    return Worklist(
        rows=tuple(rows),
        counts={p: sum(r.priority is p and not r.in_hand for r in rows) for p in Priority},
        in_hand=sum(r.in_hand for r in rows),
        reports_today=sum(date == today for date in reported.values()),
        patients=len(everybody),
    )


def _reported(clinic: Clinic, work: Work) -> Mapping[str, dt.date]:
    """When each episode last reported; a date to come is a wrong clock's and says nothing."""
    today = clinic.today()
    return {e: date for e, date in work.submissions.last_dates().items() if date <= today}


def _worklist_row(
    clinic: Clinic, several: list[Waiting], last_report: dt.date | None, shared: frozenset[str]
) -> WorklistRow:
    patient, episode = several[0].patient, several[0].episode
    alerts = sorted((w.alert for w in several), key=_alert_order)
    unseen = [a for a in alerts if a.state is State.RAISED]
    times = _times(clinic, episode.protocol_id)
    limits = [
        a.raised_at + dt.timedelta(hours=hours)
        for a in unseen
        if a.priority in times and (hours := times[a.priority].respond_hours) is not None
    ]
    respond_by = min(limits, default=None)
    return WorklistRow(
        patient=patient,
        episode=episode,
        day=postoperative_day(episode.procedure.date, clinic.today()),
        alerts=tuple(alerts),
        raised_at=min(a.raised_at for a in (unseen or alerts)),
        respond_by=respond_by,
        overdue=respond_by is not None and respond_by < clinic.now(),
        last_report=last_report,
        same_name=full_name(patient) in shared,
    )


def _times(clinic: Clinic, protocol_id: str) -> Mapping[Priority, Times]:
    """What the priorities ask of the clinic; nothing where the protocol is not there (any more).

    One protocol that cannot be read must not hide the alerts of all patients.
    """
    try:
        return clinic.protocols.current(protocol_id).priorities
    except Refusal:
        return {}


def _alert_order(alert: Alert) -> tuple[bool, int, dt.datetime, str]:
    """Unseen before seen, urgent before less urgent, older before newer."""
    return (alert.state is not State.RAISED, alert.priority.rank, alert.raised_at, alert.id)


def _clinical_order(row: WorklistRow) -> tuple[bool, int, bool, dt.datetime, str]:
    return (row.in_hand, row.priority.rank, not row.overdue, row.raised_at, row.episode.id)


def full_name(patient: Patient) -> str:
    """Family and given name as they are compared: upper and lower case are the same."""
    return f"{patient.family_name}\n{patient.given_name}".casefold()


def shared_names(patients: tuple[Patient, ...]) -> frozenset[str]:
    """The names that more than one patient has."""
    counts = Counter(full_name(p) for p in patients)
    return frozenset(name for name, count in counts.items() if count > 1)


def patients(clinic: Clinic) -> tuple[PatientRow, ...]:
    """Every patient with their newest episode, by name."""
    with clinic.store.read() as work:
        reported = _reported(clinic, work)
        worst: dict[str, Priority] = {}
        for one in work.alerts.waiting():
            known = worst.get(one.episode.id, one.alert.priority)
            worst[one.episode.id] = min(known, one.alert.priority, key=lambda p: p.rank)
        return tuple(
            _patient_row(clinic, work, patient, reported, worst) for patient in work.patients.all()
        )


def _patient_row(
    clinic: Clinic,
    work: Work,
    patient: Patient,
    reported: Mapping[str, dt.date],
    worst: Mapping[str, Priority],
) -> PatientRow:
    episode = next(iter(work.episodes.of_patient(patient.id)), None)
    if episode is None:
        return PatientRow(patient, None, None, None, None)
    return PatientRow(
        patient,
        episode,
        postoperative_day(episode.procedure.date, clinic.today()),
        reported.get(episode.id),
        worst.get(episode.id),
    )


def status(clinic: Clinic) -> Status:
    """Whether monitoring runs, and whether every report received has been judged."""
    with clinic.store.read() as work:
        sweep = work.sweeps.last()
        received = work.submissions.count()
        unjudged = work.submissions.evaluations(*evaluation.UNJUDGED)
        ahead = sum(d > clinic.today() for d in work.submissions.last_dates().values())
    failed = sum(e.state == "failed" for e in unjudged)
    lag = None if sweep is None else clinic.now() - sweep.finished_at
    late = lag is None or lag > clinic.overdue_after or lag < -CLOCK_TOLERANCE
    return Status(
        last_sweep=None if sweep is None else sweep.finished_at,
        lag=lag,
        overdue=late,
        received=received,
        evaluated=received - len(unjudged),
        waiting=len(unjudged) - failed,
        failed=failed,
        failed_episodes=() if sweep is None else sweep.failed,
        dated_ahead=ahead,
    )
