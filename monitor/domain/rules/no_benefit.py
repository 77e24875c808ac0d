"""Pain that has not eased by the day on which benefit is judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.rules.rule import Rule, reason_without

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading
    from monitor.domain.protocol import Protocol


@dataclass(frozen=True, kw_only=True)
class NoBenefit(Rule):
    """Holds from the relief day when pain is still close to its level before the procedure.

    The last two reports average at least `still_fraction` of the baseline, the last of them
    no older than `fresh_days` before the relief day, looked for until `until_days` after it;
    and never since `from_day` did `relief_reports` running average at most `relief_fraction`
    of the baseline. It has ended when relief is seen, or when the last two reports average
    less than `still_fraction`.
    """

    kind: ClassVar[str] = "no_benefit"

    item: str
    from_day: int
    still_fraction: float
    fresh_days: int
    until_days: int
    relief_fraction: float
    relief_reports: int

    def items(self, protocol: Protocol) -> frozenset[str]:
        return frozenset({self.item})

    def edges(self, course: Course) -> Iterable[int]:
        yield course.relief_day

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        readings = [r for r in course.after(self.item) if r.day >= self.from_day]
        baseline = course.baseline(self.item)
        if not baseline:
            if course.after(self.item):
                yield NotEvaluable(self.id, reason_without(baseline), self.item)
            return
        since, shown = self._judge(readings, baseline, course.relief_day, course.today)
        if since is not None:
            facts = {
                "baseline": round(baseline, 1),
                "limit": round(self.still_fraction * baseline, 1),
                "relief_day": course.relief_day,
                "clear_at": round(self.relief_fraction * baseline, 1),
                "clear_reports": self.relief_reports,
            }
            yield self.found(self.stages[0], self.item, since, shown, facts)

    def _judge(
        self, readings: list[Reading], baseline: float, relief_day: int, today: int
    ) -> tuple[int | None, list[Reading]]:
        """The day since which it holds (None if it does not), and the reports that show it."""
        since: int | None = None
        done = False
        for i in range(1, len(readings)):
            last_two = readings[i - 1 : i + 1]
            if self._is_relief(readings[: i + 1], baseline):
                return None, []
            day = max(readings[i].day, relief_day)
            upcoming = readings[i + 1].day if i + 1 < len(readings) else today + 1
            in_time = (
                readings[i].day >= relief_day - self.fresh_days
                and day <= relief_day + self.until_days
                and day < max(upcoming, readings[i].day + 1)
                and day <= today
            )
            still = sum(r.score for r in last_two) / 2 >= self.still_fraction * baseline
            if since is None and still and in_time and not done:
                since, done = day, True
            elif since is not None and not still:
                since = None
        return since, readings[-2:] if since is not None else []

    def _is_relief(self, readings: list[Reading], baseline: float) -> bool:
        last = readings[-self.relief_reports :]
        mean = sum(r.score for r in last) / len(last)
        return len(last) == self.relief_reports and mean <= self.relief_fraction * baseline
