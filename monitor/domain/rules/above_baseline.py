"""Pain that is above its level before the procedure when it should be easing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.rules.rule import SHOWN, Rule, reason_without

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading
    from monitor.domain.protocol import Protocol


@dataclass(frozen=True, kw_only=True)
class AboveBaseline(Rule):
    """Holds after `reports_needed` reports running at least `rise` above the baseline.

    Looked for from `from_day` to `to_day`; ended when as many running are below that again.
    """

    kind: ClassVar[str] = "above_baseline"

    item: str
    rise: float
    reports_needed: int
    from_day: int
    to_day: int

    def items(self, protocol: Protocol) -> frozenset[str]:
        return frozenset({self.item})

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        baseline = course.baseline(self.item)
        readings = course.after(self.item)
        if baseline is None:
            if readings:
                yield NotEvaluable(self.id, reason_without(baseline), self.item)
            return
        # At the top of the scale nothing could ever be above the baseline: 10 itself counts.
        limit = min(baseline + self.rise, course.protocol.scale_of(self.item).maximum)
        since, ups, downs, done = None, 0, 0, False
        shown: list[Reading] = []
        for reading in readings:
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
