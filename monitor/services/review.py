"""What nurses read: worklist, patients and status, and the records of one patient's chart."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from monitor.domain.alert import Alert, Event, State
from monitor.domain.due import Due
from monitor.domain.episode import CANARY, Episode, Patient, postoperative_day
from monitor.domain.finding import NotEvaluable
from monitor.domain.protocol import Grounds, Priority, Window
from monitor.domain.submission import Place
from monitor.domain.urgency import Reason, days_past_window, is_overdue, reason
from monitor.services.clinic import Clinic
from monitor.services.ports import Asked, Judged, Waiting, Work

Mark = Literal[
    "baseline",
    "late",
    "partial",
    "nurse_phone",
    "nurse_paper",
    "import",
    "extra",
    "corrected",
    "hasty",
]
"""What a reader must know of a score: none of it keeps an alert back."""


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

    `cards` are in clinical order: open ones first, most urgent first. `followed_to` is the last
    day that belongs to this procedure, where the patient has had another since.
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
    next_due: Due | None
    protocol_version: str
    protocol_status: str
    same_name: bool = False
    followed_to: int | None = None


@dataclass(frozen=True)
class WorklistRow:
    """One patient who needs attention. `alerts` most urgent first; never empty.

    The first alert gives the row its place and `reason` says why there; `respond_by` is when it
    must be answered, `overdue` that this is past, `days_past_window` for how long it has
    outlasted its window. `asked` is the extra report that a rule asked for, if one is.
    """

    patient: Patient
    episode: Episode
    day: int
    alerts: tuple[Alert, ...]
    raised_at: dt.datetime
    respond_by: dt.datetime | None
    overdue: bool
    last_report: dt.date | None
    reason: Reason = "waiting"
    days_past_window: int = 0
    asked: Judged | None = None
    same_name: bool = False

    @property
    def priority(self) -> Priority:
        return self.alerts[0].priority

    @property
    def in_hand(self) -> bool:
        """Every open alert of this patient has been seen by a person."""
        return all(alert.state is not State.RAISED for alert in self.alerts)

    @property
    def worst_in_hand(self) -> Priority | None:
        """The most urgent of what is in hand or put aside; None where nothing is.

        It stands behind anything that nobody has seen, and may be more urgent than that.
        """
        known = [alert.priority for alert in self.alerts if alert.state is not State.RAISED]
        return min(known, key=lambda priority: priority.rank, default=None)


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
    """Who needs attention, in clinical order, out of how many `patients` there are.

    `asked`: the extra reports that rules asked for, first due first.
    """

    rows: tuple[WorklistRow, ...]
    counts: dict[Priority, int]
    in_hand: int
    reports_today: int
    patients: int
    asked: tuple[Asked, ...] = ()


def worklist(clinic: Clinic) -> Worklist:
    """Every patient with an open alert, in clinical order (`monitor.domain.urgency`)."""
    with clinic.store.read() as work:
        waiting = work.alerts.waiting(clinic.now(), clinic.today())
        asked = work.judgements.asked()
        reported = _reported(clinic, work)
        everybody = people(work)
    shared = shared_names(everybody)
    extra = {one.episode.id: one.judged for one in asked}
    by_episode: dict[str, list[Waiting]] = {}
    for one in waiting:
        if not one.patient.is_canary:
            by_episode.setdefault(one.episode.id, []).append(one)
    rows = tuple(
        _worklist_row(clinic, several, reported.get(episode_id), extra.get(episode_id), shared)
        for episode_id, several in by_episode.items()
    )
    today = clinic.today()
    return Worklist(
        rows=rows,
        counts={p: sum(r.priority is p and not r.in_hand for r in rows) for p in Priority},
        in_hand=sum(r.in_hand for r in rows),
        reports_today=sum(date == today for date in reported.values()),
        patients=len(everybody),
        asked=tuple(one for one in asked if not one.patient.is_canary),
    )


def people(work: Work) -> tuple[Patient, ...]:
    """Every patient who is somebody, by name."""
    return tuple(patient for patient in work.patients.all() if not patient.is_canary)


def _reported(clinic: Clinic, work: Work) -> Mapping[str, dt.date]:
    """When each episode last reported; a date to come is a wrong clock's and says nothing."""
    today = clinic.today()
    dates = work.submissions.last_dates().items()
    return {e: date for e, date in dates if date <= today and e != CANARY}


def _worklist_row(
    clinic: Clinic,
    several: list[Waiting],
    last_report: dt.date | None,
    asked: Judged | None,
    shared: frozenset[str],
) -> WorklistRow:
    """`several` are the open alerts of one episode, most urgent first."""
    patient, episode, first = several[0].patient, several[0].episode, several[0].alert
    now, today = clinic.now(), clinic.today()
    return WorklistRow(
        patient=patient,
        episode=episode,
        day=postoperative_day(episode.procedure.date, today),
        alerts=tuple(w.alert for w in several),
        raised_at=first.raised_at,
        respond_by=first.respond_by if first.state is State.RAISED else None,
        overdue=is_overdue(first, now),
        last_report=last_report,
        reason=reason(first, now, today),
        days_past_window=days_past_window(first, today),
        asked=asked,
        same_name=full_name(patient) in shared,
    )


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
        for one in work.alerts.waiting(clinic.now(), clinic.today()):
            known = worst.get(one.episode.id, one.alert.priority)
            worst[one.episode.id] = min(known, one.alert.priority, key=lambda p: p.rank)
        return tuple(
            _patient_row(clinic, work, patient, reported, worst) for patient in people(work)
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
