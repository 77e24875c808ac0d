"""Pain that is above its level before the procedure when it should be easing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.rules.rule import SHOWN, Rule, Suspicion, reason_without
from monitor.domain.submission import NOWHERE

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading
    from monitor.domain.protocol import Protocol


@dataclass(frozen=True, kw_only=True)
class AboveBaseline(Rule):
    """Holds after `reports_needed` reports running at least `rise` above the baseline.

    Looked for from `from_day` to `to_day`, where the baseline is at least `baseline_at_least`;
    ended when as many running are below that again.
    """

    kind: ClassVar[str] = "above_baseline"

    item: str
    baseline_at_least: float
    rise: float
    reports_needed: int
    from_day: int
    to_day: int

    def items(self, protocol: Protocol) -> frozenset[str]:
        return frozenset({self.item})

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        baseline = course.baseline(self.item)
        readings = course.after(self.item)
        if baseline is None or baseline < self.baseline_at_least:
            if readings:
                yield NotEvaluable(self.id, reason_without(baseline), self.item)
            return
        limit = self._limit(course, baseline)
        since, ups, downs, done = None, 0, 0, False
        shown: list[Reading] = []
        for reading in readings:
            if since is None and reading.day > self.to_day:
                break
            high = reading.score >= limit
            ups, downs = (ups + 1, 0) if high else (0, downs + 1)
            shown = [*shown, reading][-SHOWN:] if since is not None or high else []
            in_time = self.from_day <= reading.day <= self.to_day
            if since is None and in_time and not done and ups >= self.reports_needed:
                since, done = reading.day, True
            elif since is not None and downs >= self.reports_needed:
                since, shown = None, []
        if since is not None:
            facts = {
                "baseline": round(baseline, 1),
                "limit": round(limit, 1),
                "clear_at": round(limit, 1),
                "clear_reports": self.reports_needed,
            }
            yield self.found(self.stages[0], self.item, since, shown, facts)

    def suspects(self, course: Course) -> Iterable[Suspicion]:
        """A newest report above the baseline while it is looked for, and none before it was."""
        baseline = course.baseline(self.item)
        newest = course.newest(self.item, NOWHERE, 1)
        if baseline is None or baseline < self.baseline_at_least:
            return
        if not newest or not self.from_day <= newest[0].day <= self.to_day:
            return
        if newest[0].score >= self._limit(course, baseline) and not any(self.evaluate(course)):
            yield self.suspicion(self.item, newest[0].day)

    def _limit(self, course: Course, baseline: float) -> float:
        """At the top of the scale nothing could ever be above the baseline: 10 itself counts."""
        return min(baseline + self.rise, course.protocol.scale_of(self.item).maximum)
