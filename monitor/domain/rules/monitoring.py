"""The program's watch over itself: what is stored is not what the answers say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from monitor.domain.finding import Evidence, Finding
from monitor.domain.rules.rule import Rule

DIFFERENCE = "difference"
"""The item named by evidence of a stored alert that differs; its value is the rule's id."""


@dataclass(frozen=True, kw_only=True)
class Monitoring(Rule):
    """Finds nothing in a course, but that stored alerts were not what they should be.

    The alerts are put right at the same time, so the condition is gone at once; the alert
    stays (`latch`) until a person has closed it.
    """

    kind: ClassVar[str] = "monitoring"

    def differs(self, day: int, rules: tuple[str, ...]) -> Finding:
        """That the alerts of these rules differed when they were compared on `day`."""
        stage = self.stages[0]
        return Finding(
            rule=self.id,
            stage=stage.id,
            priority=stage.own_priority,
            item="",
            since_day=day,
            evidence=tuple(Evidence(day, DIFFERENCE, rule) for rule in rules),
            facts={"count": len(rules)},
        )
