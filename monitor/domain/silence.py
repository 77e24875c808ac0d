"""Who has stopped reporting, and how they were doing then: whom to call first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from monitor.domain.course import Course
from monitor.domain.protocol import Slot
from monitor.domain.rules import evaluate

Doing = Literal["worse", "same", "better", "never", "lost"]
"""How somebody was doing at the end; "never": no report ever came; "lost": silent for very long."""

ORDER: tuple[Doing, ...] = ("worse", "same", "better", "never", "lost")
"""Whom to call first."""


@dataclass(frozen=True)
class Silence:
    """Scheduled reports that did not come, one after the other up to now.

    `missed` counts them (at least 1), `since` is the date on which the first was due. `item` and
    `score` are the score by which `doing` was told (a code of the protocol; "" and None where
    there never was one), `before` the one it is compared with.
    """

    doing: Doing
    missed: int
    since: dt.date
    item: str = ""
    score: int | None = None
    before: float | None = None


def order(silence: Silence) -> tuple[int, dt.date]:
    """Sorts whom to call first; of those alike, who has been silent the longest."""
    return ORDER.index(silence.doing), silence.since


class _Change(NamedTuple):
    """A charted score of the last report, and the one before it at that place (None: none)."""

    item: str
    score: int
    before: int | None

    @property
    def rise(self) -> int:
        return 0 if self.before is None else self.score - self.before


def silence_of(course: Course) -> Silence | None:
    """How long nobody has heard of a patient whose reports are due, and how they were doing.

    None where nothing is missing, and while no report is expected: the follow-up has ended, or
    today lies in a pause. "worse": at the last report a charted score had risen by as much as
    matters (`presence.rise`), or a rule found something; "better": one had fallen by as much, and
    none risen.
    """
    if course.is_over or course.pause_between(course.today, course.today):
        return None
    missed = _missed(course)
    if not missed:
        return None
    after = [r.day for r in course.reports if r.day > course.protocol.baseline.to_day]
    changes = tuple(_changes(course, after[-1])) if after else ()
    first = missed[0].due_day
    is_lost = course.today - first > course.protocol.silence.long_lost_days
    doing: Doing = "lost" if is_lost else _doing(course, after, changes)
    told = max(changes, key=lambda c: c.rise if doing == "worse" else abs(c.rise), default=None)
    return Silence(
        doing=doing,
        missed=len(missed),
        since=course.date_of(first),
        item=told.item if told else "",
        score=told.score if told else None,
        before=told.before if told else None,
    )


def _missed(course: Course) -> list[Slot]:
    """The expected reports whose days are over, with none since the first of them."""
    newest = course.reports[-1].day if course.reports else None
    return [
        slot
        for slot in course.expected
        if slot.due_day > course.protocol.baseline.to_day
        and slot.closes_day < course.today
        and (newest is None or newest < slot.opens_day)
    ]


def _doing(course: Course, after: Sequence[int], changes: Sequence[_Change]) -> Doing:
    """How somebody was doing who reported on these days after the procedure."""
    if not after:
        return "never"
    matters = course.protocol.presence.rise
    rises = [change.rise for change in changes]
    if max(rises, default=0) >= matters or evaluate(course.until(after[-1])).findings:
        return "worse"
    return "better" if min(rises, default=0) <= -matters else "same"


def _changes(course: Course, day: int) -> Iterator[_Change]:
    """The charted scores of a day, in the protocol's order, each with the one before it."""
    for item, asked in course.protocol.items.items():
        if asked.chart not in ("", "strip"):
            for place in course.places(item):
                *_, before, newest = (None, None, *course.readings(item, place))
                if newest is not None and newest.day == day:
                    yield _Change(item, newest.score, before.score if before else None)
