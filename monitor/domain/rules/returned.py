"""A complaint the procedure was meant to relieve, back near its level before after relief."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.rules.rule import SHOWN, Rule, Suspicion, reason_without

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading
    from monitor.domain.protocol import Protocol


@dataclass(frozen=True, kw_only=True)
class Returned(Rule):
    """Holds when `item` had eased and is back near its level before the procedure.

    Eased: a report after the procedure of at most `relieved_fraction` of the baseline. Back:
    then `reports` running of at least `back_fraction` of it, on the profile's recurrence day
    or later; those that came before it count on that day. It has ended when as many reports
    running are at most `relieved_fraction` again.

    `profiles` are the kinds of procedure that are meant to relieve it.
    """

    kind: ClassVar[str] = "return"

    item: str
    relieved_fraction: float
    back_fraction: float
    reports: int
    profiles: tuple[str, ...]

    def items(self, protocol: Protocol) -> frozenset[str]:
        return frozenset({self.item})

    def edges(self, course: Course) -> Iterable[int]:
        if self._concerns(course):
            yield course.profile.recurrence_from_day

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        if not self._concerns(course):
            return
        baseline = course.baseline(self.item)
        if not baseline:
            if course.after(self.item):
                yield NotEvaluable(self.id, reason_without(baseline), self.item)
            return
        track = self._track(course, baseline)
        watch_day = course.profile.recurrence_from_day
        if track.back and course.today >= watch_day:
            facts = {
                "baseline": round(baseline, 1),
                "limit": round(self.back_fraction * baseline, 1),
                "eased_day": track.eased_day,
                "clear_at": round(self.relieved_fraction * baseline, 1),
                "clear_reports": self.reports,
            }
            since = max(track.since, watch_day)
            yield self.found(self.stages[0], self.item, since, track.shown, facts)

    def suspects(self, course: Course) -> Iterable[Suspicion]:
        baseline = course.baseline(self.item)
        if not baseline or not self._concerns(course):
            return
        track = self._track(course, baseline)
        if track.highs and not track.back:
            yield self.suspicion(self.item, track.shown[-1].day)

    def _concerns(self, course: Course) -> bool:
        return course.episode.procedure.profile in self.profiles

    def _track(self, course: Course, baseline: float) -> _Track:
        track = _Track(self, baseline)
        for reading in course.after(self.item):
            track.hear(reading)
        return track


@dataclass
class _Track:
    """One complaint, walked through in order of time."""

    rule: Returned
    baseline: float
    eased_day: int = -1
    back: bool = False
    since: int = 0
    highs: int = 0
    lows: int = 0
    shown: list[Reading] = field(default_factory=list)

    def hear(self, reading: Reading) -> None:
        rule = self.rule
        low = reading.score <= rule.relieved_fraction * self.baseline
        high = reading.score >= rule.back_fraction * self.baseline
        if low and not self.back:
            self.eased_day = reading.day
        self.lows = self.lows + 1 if low else 0
        self.highs = self.highs + 1 if high and self.eased_day >= 0 else 0
        if self.back or self.highs:
            self.shown = [*self.shown, reading][-SHOWN:]
        else:
            self.shown = []
        if self.back and self.lows >= rule.reports:
            self.back, self.eased_day, self.shown = False, reading.day, []
        elif not self.back and self.highs >= rule.reports:
            self.back, self.since = True, reading.day
