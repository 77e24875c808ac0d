"""A combination of answers in one report: red flags, and everything one report can say."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.condition import Condition
from monitor.domain.finding import Evidence, Finding, NotEvaluable
from monitor.domain.judging import fulfilling, goes_on
from monitor.domain.protocol import SIDES
from monitor.domain.rules.rule import Rule, Suspicion
from monitor.domain.submission import NOWHERE, Answer, Place

if TYPE_CHECKING:
    from monitor.domain.course import Course, Report
    from monitor.domain.protocol import Protocol

    History = tuple[Report, ...]


@dataclass(frozen=True, kw_only=True)
class Answers(Rule):
    """Holds from a report that fulfils `when` until a later one answers that it is not so.

    Where `when` looks at a change (`rise`, `newly`), `stays_while` says what must still be true
    for it to hold on: a movement that stays impossible is not new any more, but not well.

    What was not answered is not denied. It goes on through every report that fulfils `when` or
    `stays_while`, and through one that would if each test counted as fulfilled which the last
    report to fulfil one of the two had fulfilled at a place where this one leaves the question
    open (skipped, or not asked; a region is answered where the body map as a whole is). One
    report is enough for that where `when` wants several running. Other reports end it, once
    there are `end_reports` of them since the last one that fulfilled.

    It can begin in reports of postoperative days `from_day` to `to_day` (None: no end;
    `to_day_implant` takes its place after an implant), and go on or end in any later one. `per`
    names an item with sides or regions: each of its places is then judged, and alerted, on its
    own. `profiles` limits the rule to these kinds of procedure. Has one stage.
    """

    kind: ClassVar[str] = "answers"

    when: Condition
    stays_while: Condition | None = None
    end_reports: int = 1
    per: str = ""
    from_day: int = 1
    to_day: int | None = None
    to_day_implant: int | None = None
    profiles: tuple[str, ...] = ()

    def items(self, protocol: Protocol) -> frozenset[str]:
        stays = self.stays_while.items() if self.stays_while else frozenset()
        return self.when.items() | stays

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        for place in self._places(course):
            finding = self._judge(course, place)
            if finding is not None:
                yield finding

    def suspects(self, course: Course) -> Iterable[Suspicion]:
        """What must be fulfilled in several reports running, and has been once."""
        for place in self._places(course):
            for report, history in self._speaking(course, place, len(course.reports)):
                said = fulfilling(self._when_once, history, place)
                begins = said and report.day <= self._last_day(course)
                if begins and self._judge(course, place) is None:
                    yield self.suspicion(said[0].item, report.day, place or NOWHERE)
                break

    def _places(self, course: Course) -> tuple[Place | None, ...]:
        """Where it is judged; None is everywhere at once."""
        if self.profiles and course.episode.procedure.profile not in self.profiles:
            return ()
        return course.places(self.per) if self.per else (None,)

    def _judge(self, course: Course, place: Place | None) -> Finding | None:
        """What holds now; where it held no more when its days were over, it cannot since."""
        known = len(course.reports)
        in_time = bisect_right(course.reports, self._last_day(course), key=lambda r: r.day)
        if in_time < known and self._held(course, place, in_time) is None:
            return None
        return self._held(course, place, known)

    def _held(self, course: Course, place: Place | None, count: int) -> Finding | None:
        """What held after so many reports, from the first to fulfil `when` in an unbroken run."""
        since: int | None = None
        shown: tuple[Evidence, ...] = ()
        later: list[History] = []
        settled = 0
        last_day = self._last_day(course)
        for report, history in self._speaking(course, place, count):
            begun = fulfilling(self.when, history, place)
            said = begun or self._stays(history, place)
            if not said:
                if not self._leaves_open(course, history, place):
                    settled += 1
                    if settled >= self.end_reports:
                        break
                later.append(history)
                continue
            ends = sum(not self._goes_on(after, history, place) for after in later)
            if ends >= self.end_reports:
                break
            if begun and report.day <= last_day:
                since = report.day
            shown = shown or tuple(_evidence(a, report) for a in said)
            later, settled = [], 0
        if since is None:
            return None
        stage = self.stages[0]
        return Finding(
            rule=self.id,
            stage=stage.id,
            priority=stage.own_priority,
            item=shown[0].item,
            since_day=since,
            evidence=shown,
            place=place or NOWHERE,
        )

    def _stays(self, history: History, place: Place | None) -> tuple[Answer, ...]:
        return fulfilling(self.stays_while, history, place) if self.stays_while else ()

    def _goes_on(self, history: History, before: History, place: Place | None) -> bool:
        """Whether a report that does not fulfil leaves open what the one before it said."""
        stays = self.stays_while
        return goes_on(self._when_once, history, before, place) or (
            stays is not None and goes_on(stays, history, before, place)
        )

    def _leaves_open(self, course: Course, history: History, place: Place | None) -> bool:
        """Whether anything at all that was said before could go on through the last report.

        Says in a moment what `_goes_on` would find for each earlier report.
        """

        def may_hold(test: Condition) -> bool:
            if test.all_of:
                return all(map(may_hold, test.all_of))
            if test.any_of:
                return any(map(may_hold, test.any_of))
            whole = self._is_whole(course, history[-1], test.item, place)
            return not whole or bool(fulfilling(test, history, place))

        stays = self.stays_while
        return may_hold(self._when_once) or (stays is not None and may_hold(stays))

    def _is_whole(self, course: Course, report: Report, item: str, place: Place | None) -> bool:
        if course.protocol.items[item].per != "side":
            return report.answer(item) is not None
        if place is not None:
            return report.answer(item, place) is not None
        if all(report.answer(item, Place(side=side)) is not None for side in SIDES):
            return True
        return all(report.answer(item, where) is not None for where in course.places(item))

    def _last_day(self, course: Course) -> float:
        """The last day on which it can begin."""
        implant = course.episode.procedure.implant and self.to_day_implant is not None
        last = self.to_day_implant if implant else self.to_day
        return math.inf if last is None else last

    def _speaking(
        self, course: Course, place: Place | None, count: int
    ) -> Iterator[tuple[Report, History]]:
        """The reports, of the first `count`, that answered any of the questions, newest first.

        Each comes with the history up to it, itself included.
        """
        for end in range(count, 0, -1):
            report = course.reports[end - 1]
            if report.day < self.from_day:
                return
            if self._is_answered(report, place):
                yield report, course.reports[:end]

    def _is_answered(self, report: Report, place: Place | None) -> bool:
        for item in self._asked:
            for answer in report.answers.get(item, ()):
                if answer.value is not None and (place is None or _at(answer, place)):
                    return True
        return False

    @cached_property
    def _when_once(self) -> Condition:
        once = self.when.once()
        return self.when if once == self.when else once

    @cached_property
    def _asked(self) -> tuple[str, ...]:
        stays = self.stays_while.items() if self.stays_while else frozenset()
        return tuple(self.when.items() | stays)


def _at(answer: Answer, place: Place) -> bool:
    return answer.place in (place, NOWHERE)


def _evidence(answer: Answer, report: Report) -> Evidence:
    assert answer.value is not None, "a skipped answer fulfils nothing"
    return Evidence(
        day=report.day,
        item=answer.item,
        value=answer.value,
        place=answer.place,
        compared=answer.compared,
        submission_id=report.submission.id,
    )
