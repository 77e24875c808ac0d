"""What nurses read: worklist, patients and status, and the records of one patient's chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from monitor.domain.alert import Alert, Event, State
from monitor.domain.due import Due
from monitor.domain.episode import Episode, Patient, postoperative_day
from monitor.domain.finding import NotEvaluable
from monitor.domain.protocol import Grounds, Priority, Window
from monitor.domain.submission import Place, Submission
from monitor.domain.urgency import Reason, days_past_window, is_overdue, reason
from monitor.services import lists
from monitor.services.clinic import Clinic
from monitor.services.lists import ListRow
from monitor.services.permissions import needs
from monitor.services.ports import Asked, AuditLine, Contact, Judged, Waiting

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
class Earlier:
    """The course after the patient's previous procedure; its days count from that one."""

    episode: Episode
    panels: tuple[Panel, ...]


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
class Given:
    """A report that stands, on its postoperative day, with what a reader must know of it.

    `due_day`: the scheduled report that it fills was due then; None for one beside the schedule.
    """

    submission: Submission
    day: int
    marks: frozenset[Mark]
    due_day: int | None = None


@dataclass(frozen=True)
class MapDay:
    """The body map of one report: place -> score; a place that is not in it was not numb (0)."""

    submission_id: str
    day: int
    date: dt.date
    scores: Mapping[Place, int]


@dataclass(frozen=True)
class BodyMap:
    """One item that is asked region by region, report by report, oldest first.

    `before` is the score before the procedure of each place for which there is one above 0.
    `planned`: the places where it is part of the procedure. Reports that skipped the question
    are left out.
    """

    item: str
    days: tuple[MapDay, ...]
    before: Mapping[Place, float]
    planned: frozenset[Place]


@dataclass(frozen=True)
class Chart:
    """Everything the station shows of one episode. Days count from the procedure.

    `cards` are in clinical order: open ones first, most urgent first. `followed_to` is the last
    day that belongs to this procedure, where the patient has had another since.

    `given` are the reports that stand, oldest first; `taken_back` those that others correct.
    `contacts` are all of them, struck ones too. `episodes` are all of the patient's, the newest
    procedure first. `audit` are the newest lines about the patient and their episodes, newest
    first; `entered` says who entered a report that the patient did not. `earlier` is the course
    after the procedure before this one, where there were reports.
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
    given: tuple[Given, ...] = ()
    taken_back: tuple[Submission, ...] = ()
    maps: tuple[BodyMap, ...] = ()
    contacts: tuple[Contact, ...] = ()
    episodes: tuple[Episode, ...] = ()
    audit: tuple[AuditLine, ...] = ()
    changes: tuple[AuditLine, ...] = ()
    entered: Mapping[str, str] = field(default_factory=dict)
    earlier: Earlier | None = None


@dataclass(frozen=True)
class WorklistRow:
    """One patient who needs attention. `alerts` most urgent first; never empty.

    The first alert gives the row its place and `reason` says why there; `respond_by` is when it
    must be answered, `overdue` that this is past, `days_past_window` for how long it has
    outlasted its window. `asked` is the extra report that a rule asked for, if one is.
    `received_at` is when the last report came, `due_on` when the next is expected, `promised`
    when somebody promised to be in touch again. `is_new`: something has come, or somebody else
    has done something, since whoever asks looked last.
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
    received_at: dt.datetime | None = None
    due_on: dt.date | None = None
    promised: dt.date | None = None
    is_new: bool = False

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
class Worklist:
    """Who needs attention, in clinical order.

    `asked`: the extra reports that rules asked for, first due first. `promised`: those with
    nothing open to whom somebody promised to be in touch by today, the earliest promise first.
    """

    rows: tuple[WorklistRow, ...]
    counts: dict[Priority, int]
    in_hand: int
    asked: tuple[Asked, ...] = ()
    promised: tuple[ListRow, ...] = ()
    namesakes: frozenset[str] = frozenset()


@needs("look")
def worklist(clinic: Clinic) -> Worklist:
    """Every patient with an open alert, in clinical order (`monitor.domain.urgency`).

    Reads nothing but those patients: how long it takes does not grow with how many there are.
    """
    today = clinic.today()
    with clinic.store.read() as work:
        by_episode: dict[str, list[Waiting]] = {}
        for one in work.alerts.waiting(clinic.now(), today):
            if not one.patient.is_canary:
                by_episode.setdefault(one.episode.id, []).append(one)
        asked = tuple(one for one in work.judgements.asked() if not one.patient.is_canary)
        promises = work.contacts.promised()
        people = [several[0].patient for several in by_episode.values()]
        seen = _Seen(
            shared=work.lists.namesakes([*people, *(one.patient for one in asked)]),
            extra={one.episode.id: one.judged for one in asked},
            promises=promises,
            looks=work.looks.of_user(clinic.actor),
        )
    now = clinic.now()
    rows = tuple(_worklist_row(clinic, several, seen, now) for several in by_episode.values())
    due = [e for e, date in promises.items() if date <= today and e not in by_episode]
    return Worklist(
        rows=rows,
        counts={p: sum(r.priority is p and not r.in_hand for r in rows) for p in Priority},
        in_hand=sum(r.in_hand for r in rows),
        asked=asked,
        promised=lists.promised(clinic, due) if due else (),
        namesakes=seen.shared,
    )


@dataclass(frozen=True)
class _Seen:
    """What is known of all rows of the worklist, by episode; `shared` by patient."""

    shared: frozenset[str]
    extra: Mapping[str, Judged]
    promises: Mapping[str, dt.date]
    looks: Mapping[str, dt.datetime]


def _worklist_row(
    clinic: Clinic, several: list[Waiting], seen: _Seen, now: dt.datetime
) -> WorklistRow:
    """`several` are the open alerts of one episode, most urgent first."""
    patient, episode, first = several[0].patient, several[0].episode, several[0].alert
    today = clinic.local_date(now)
    received_at = several[0].received_at
    alerts = tuple(w.alert for w in several)
    return WorklistRow(
        patient=patient,
        episode=episode,
        day=postoperative_day(episode.procedure.date, today),
        alerts=alerts,
        raised_at=first.raised_at,
        respond_by=first.respond_by if first.state is State.RAISED else None,
        overdue=is_overdue(first, now),
        last_report=lists.not_ahead(several[0].last_report, today),
        reason=reason(first, now, today),
        days_past_window=days_past_window(first, today),
        asked=seen.extra.get(episode.id),
        same_name=patient.id in seen.shared,
        received_at=received_at,
        due_on=several[0].due_on,
        promised=seen.promises.get(episode.id),
        is_new=_is_new(clinic, alerts, received_at, seen.looks.get(episode.id)),
    )


def _is_new(
    clinic: Clinic,
    alerts: tuple[Alert, ...],
    received_at: dt.datetime | None,
    looked_at: dt.datetime | None,
) -> bool:
    """Whether anything has happened since somebody looked that they did not do themselves."""
    changes = [alert.changed_at for alert in alerts if alert.changed_by != clinic.actor]
    newest = max((at for at in (*changes, received_at) if at is not None), default=None)
    return looked_at is None or (newest is not None and newest > looked_at)
