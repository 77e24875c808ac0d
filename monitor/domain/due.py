"""Which report is due: the scheduled one, or an extra one because a report was suspicious."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.domain.course import Course
from monitor.domain.episode import postoperative_day
from monitor.domain.protocol import Protocol, Slot
from monitor.domain.rules import suspicions
from monitor.domain.rules.rule import Suspicion


@dataclass(frozen=True)
class Due:
    """A report that is expected on `due_day`, accepted from `opens_day` to `closes_day`.

    `slot` is the scheduled report that it is; None for an extra one, which is the second look at
    its `suspicions`.
    """

    opens_day: int
    due_day: int
    closes_day: int
    form: str
    slot: Slot | None = None
    suspicions: tuple[Suspicion, ...] = ()

    def is_open_on(self, day: int) -> bool:
        return self.opens_day <= day <= self.closes_day


def next_due(course: Course) -> Due | None:
    """The report, scheduled or extra, that is due now or next; None where none is to come."""
    candidates = [*_scheduled(course)[:1], *_extra(course)]
    return min(candidates, key=lambda due: due.due_day, default=None)


def due_today(course: Course) -> Due | None:
    """The report that can be given on `course.today` and has not come; a scheduled one first."""
    candidates = (*_scheduled(course), *_extra(course))
    return next((due for due in candidates if due.is_open_on(course.today)), None)


def second_look(course: Course) -> Due | None:
    """The extra report that suspicious answers make due, until its days have passed.

    It opens `ask_again.from_days` after the newest suspicious report, or later where none of the
    suspicions can be decided so soon (on the earliest `Suspicion.from_day`), and stays open for
    `to_days - from_days` more days; where a pause has any of these days, it waits until that is
    over. A suspicion counts until a look of its own would have closed. None where nothing is
    suspected, where a scheduled report comes in time to be the second look,
    and where enough extra ones came in a row.
    """
    ask = course.protocol.ask_again
    if course.is_over or _second_looks(course) >= ask.at_most:
        return None
    length = ask.to_days - ask.from_days
    asking = [
        s
        for s in suspicions(course)
        if _unpaused(course, max(s.day + ask.from_days, s.from_day), length) + length
        >= course.today
    ]
    if not asking:
        return None
    wanted = max(max(s.day for s in asking) + ask.from_days, min(s.from_day for s in asking))
    opens = _unpaused(course, wanted, length)
    closes = opens + length
    if any(d.due_day <= closes and d.closes_day >= opens for d in _scheduled(course)):
        return None
    form = form_on(course.protocol, course.episode.procedure.profile, opens)
    return Due(opens, opens, closes, form, None, tuple(asking))


def form_on(protocol: Protocol, profile: str, day: int) -> str:
    """The form to show on a postoperative day: today's slot's, else that of the last one due."""
    slot = protocol.slot_on(profile, day)
    if slot is None:
        slots = protocol.slots_for(profile)
        past = [s for s in slots if s.due_day <= day]
        slot = past[-1] if past else slots[0]
    return slot.form


def _unpaused(course: Course, day: int, length: int) -> int:
    """The first day from `day` on that begins so many more days outside any pause."""
    while pause := course.pause_between(day, day + length):
        day = postoperative_day(course.episode.procedure.date, pause.last) + 1
    return day


def _extra(course: Course) -> tuple[Due, ...]:
    extra = second_look(course)
    return (extra,) if extra is not None else ()


def _scheduled(course: Course) -> list[Due]:
    """The scheduled reports that can still come, in order of due day; none of a pause.

    One is answered by any report from its first day on, as for missed reports.
    """
    if course.is_over:
        return []
    newest = course.reports[-1].day if course.reports else None
    return [
        Due(slot.opens_day, slot.due_day, slot.closes_day, slot.form, slot)
        for slot in course.expected
        if slot.closes_day >= course.today and (newest is None or newest < slot.opens_day)
    ]


def _second_looks(course: Course) -> int:
    """How many extra reports, each soon after the one before it, there are at the end.

    Soon: at most `ask_again.to_days`. One that had to wait longer to decide begins a new row.
    """
    looks = 0
    filled: set[str] = set()
    previous: int | None = None
    for report in course.reports:
        is_extra = report.slot is None or report.slot.id in filled
        soon = previous is not None and report.day - previous <= course.protocol.ask_again.to_days
        if not is_extra or not soon:
            looks = 0
        elif report.day != previous:
            looks += 1
        if report.slot is not None:
            filled.add(report.slot.id)
        previous = report.day
    return looks
