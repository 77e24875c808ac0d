"""Several findings from one report, which weigh more than each alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding
from monitor.domain.protocol import Priority
from monitor.domain.rules.rule import Rule

if TYPE_CHECKING:
    from monitor.domain.course import Course


@dataclass(frozen=True, kw_only=True)
class Together(Rule):
    """Holds when the newest report began findings of `priority` on `at_least` different items.

    Only what began with it counts: a complaint that goes on is known already.
    """

    kind: ClassVar[str] = "together"

    priority: Priority
    at_least: int

    def combine(self, course: Course, findings: tuple[Finding, ...]) -> Iterable[Finding]:
        if not course.reports:
            return
        newest = course.reports[-1]
        told = self._told_earlier(course)
        begun = {
            f.item: f.evidence[-1]
            for f in findings
            if f.priority is self.priority
            and f.key not in told
            and f.since_day == newest.day
            and f.evidence[-1].submission_id == newest.submission.id
        }
        if len(begun) < self.at_least:
            return
        stage = self.stages[0]
        yield Finding(
            rule=self.id,
            stage=stage.id,
            priority=stage.own_priority,
            item="",
            since_day=newest.day,
            evidence=tuple(begun[item] for item in sorted(begun)),
            facts={"count": len(begun)},
        )

    def _told_earlier(self, course: Course) -> frozenset[tuple[str, str, str]]:
        """What an earlier report of the newest one's day had begun."""
        day, count = course.reports[-1].day, len(course.reports) - 1
        if not count or course.reports[-2].day != day:
            return frozenset()
        before = course.until(day, count)
        judged = (found for rule in course.protocol.rules for found in rule.evaluate(before))
        return frozenset(found.key for found in judged if isinstance(found, Finding))
