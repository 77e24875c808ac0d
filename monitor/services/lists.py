"""What nurses read beside the worklist: everybody, who does not report, who is new and well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from monitor.domain.course import Course
from monitor.domain.episode import Episode, Patient, postoperative_day
from monitor.domain.protocol import Priority
from monitor.domain.silence import Silence
from monitor.domain.submission import NOWHERE, Place
from monitor.services import evaluation
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Listed, Refusal, Work

NEW_FOR = dt.timedelta(days=7)
"""How long a report that nobody has looked at stands under "New and well"."""

SPARK_SCORES = 8


@dataclass(frozen=True)
class ListRow:
    """One patient in a list, with their newest episode.

    `day` is its postoperative day, `last_report` its newest report's date (None also where that
    is to come: a wrong clock's date says nothing), `due_on` the next report that is expected,
    `promised` when somebody promised to be in touch again.
    """

    patient: Patient
    episode: Episode | None = None
    day: int | None = None
    last_report: dt.date | None = None
    received_at: dt.datetime | None = None
    priority: Priority | None = None
    due_on: dt.date | None = None
    silence: Silence | None = None
    promised: dt.date | None = None
    same_name: bool = False


@dataclass(frozen=True)
class Page:
    """A part of a long list: `rows`, out of `total` that fit."""

    total: int
    rows: tuple[ListRow, ...]


@dataclass(frozen=True)
class Counts:
    """How many stand in the lists beside the worklist, and who has been heard of.

    `reports_today` counts the episodes with a report of today; `kiosk_heard` is when a kiosk was
    last heard, None where none ever was.
    """

    patients: int
    silent: int
    new_and_well: int
    reports_today: int
    kiosk_heard: dt.datetime | None


@dataclass(frozen=True)
class Subject:
    """What the small chart of a row is about: the scores of one item at one place."""

    episode_id: str
    item: str
    place: Place = NOWHERE


@dataclass(frozen=True)
class Spark:
    """The last scores of a subject: (postoperative day, score), oldest first, up to `today`.

    `window_to` is the day on which the shading of the chart ends (that of relief for pain; None:
    nothing is shaded), `highest` the end of the scale.
    """

    points: tuple[tuple[int, int], ...]
    window_to: int | None
    today: int
    highest: int


@needs("look")
def find(clinic: Clinic, query: str, offset: int, limit: int) -> Page:
    """Patients whom the words of `query` fit, the best first; without words everybody, by name."""
    with clinic.store.read() as work:
        found = work.lists.find(query.split(), offset, limit)
        return Page(found.total, _rows(clinic, work, found.rows))


@needs("look")
def silent(clinic: Clinic) -> tuple[ListRow, ...]:
    """Who does not report, in the order in which to call them (`monitor.domain.silence`)."""
    with clinic.store.read() as work:
        return _rows(clinic, work, work.lists.silent())


@needs("look")
def new_and_well(clinic: Clinic) -> tuple[ListRow, ...]:
    """Who has reported in the last days, was judged, has nothing open, and was not looked at."""
    with clinic.store.read() as work:
        return _rows(clinic, work, work.lists.new_and_well(clinic.now() - NEW_FOR, clinic.today()))


@needs("look")
def promised(clinic: Clinic, episode_ids: Collection[str]) -> tuple[ListRow, ...]:
    """Those episodes, by the date on which a contact was promised, the first first."""
    with clinic.store.read() as work:
        rows = _rows(clinic, work, work.lists.of(episode_ids))
    return tuple(sorted(rows, key=lambda r: (r.promised or dt.date.max, r.patient.number)))


@needs("look")
def counts(clinic: Clinic) -> Counts:
    with clinic.store.read() as work:
        heard = [beat.at for beat in work.heartbeats.all() if beat.role == "kiosk"]
        return Counts(
            patients=work.lists.count(),
            silent=work.lists.count_silent(),
            new_and_well=work.lists.count_new_and_well(clinic.now() - NEW_FOR, clinic.today()),
            reports_today=work.lists.reported_on(clinic.today()),
            kiosk_heard=max(heard, default=None),
        )


@needs("look")
def sparks(clinic: Clinic, wanted: Iterable[Subject]) -> Mapping[Subject, Spark]:
    """The small charts of some rows, read as the patient's own chart reads them.

    One whose episode is gone, or whose protocol cannot be read or has that item no more, is
    left out.
    """
    found: dict[Subject, Spark] = {}
    with clinic.store.read() as work:
        for subject in wanted:
            try:
                episode = work.episodes.get(subject.episode_id)
                course = evaluation.course(clinic, work, episode, clinic.today())
            except Refusal:
                continue
            if subject.item in course.protocol.items:
                found[subject] = _spark(course, subject)
    return found


def _spark(course: Course, subject: Subject) -> Spark:
    readings = course.readings(subject.item, subject.place)[-SPARK_SCORES:]
    window = course.window(subject.item, subject.place)
    window_to = window.expected_to_day if window is not None else None
    if course.protocol.items[subject.item].chart == "pain":
        window_to = course.relief_day
    return Spark(
        points=tuple((reading.day, reading.score) for reading in readings),
        window_to=window_to,
        today=course.today,
        highest=course.protocol.scale_of(subject.item).maximum,
    )


def _rows(clinic: Clinic, work: Work, listed: tuple[Listed, ...]) -> tuple[ListRow, ...]:
    shared = work.lists.namesakes([one.patient for one in listed])
    promises = work.contacts.promised()
    return tuple(_row(clinic, one, shared, promises) for one in listed)


def _row(
    clinic: Clinic, one: Listed, shared: frozenset[str], promises: Mapping[str, dt.date]
) -> ListRow:
    same_name = one.patient.id in shared
    if one.episode is None:
        return ListRow(one.patient, same_name=same_name)
    today = clinic.today()
    return ListRow(
        patient=one.patient,
        episode=one.episode,
        day=postoperative_day(one.episode.procedure.date, today),
        last_report=not_ahead(one.last_report, today),
        received_at=one.received_at,
        priority=one.priority,
        due_on=one.due_on,
        silence=one.silence,
        promised=promises.get(one.episode.id),
        same_name=same_name,
    )


def not_ahead(date: dt.date | None, today: dt.date) -> dt.date | None:
    """The date of a report; None for one that is to come: a wrong clock's says nothing."""
    return date if date is not None and date <= today else None
