"""A complaint that has not eased by the day on which benefit is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.rules.rule import Rule, Suspicion, reason_without

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading
    from monitor.domain.protocol import Protocol


@dataclass(frozen=True, kw_only=True)
class NoBenefit(Rule):
    """Holds from the relief day when `item` is still close to its level before the procedure.

    Looked at where that level (the baseline) is at least `baseline_at_least`, after the kinds of
    procedure in `profiles` (empty: all).

    The last `still_reports` average at least `still_fraction` of the baseline, the last of them
    no older than `fresh_days` before the relief day, looked for until `until_days` after it;
    and never since `from_day` did `relief_reports` running average at most `relief_fraction`
    of the baseline. It has ended when relief is seen, or when the last `still_reports`
    average less than `still_fraction`.
    """

    kind: ClassVar[str] = "no_benefit"

    item: str
    profiles: tuple[str, ...] = ()
    baseline_at_least: float
    from_day: int
    still_fraction: float
    still_reports: int
    fresh_days: int
    until_days: int
    relief_fraction: float
    relief_reports: int

    def items(self, protocol: Protocol) -> frozenset[str]:
        return frozenset({self.item})

    def edges(self, course: Course) -> Iterable[int]:
        if self._concerns(course):
            yield course.relief_day

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        if not self._concerns(course):
            return
        after = course.after(self.item)
        baseline = course.baseline(self.item)
        if baseline is None or baseline < self.baseline_at_least:
            if after:
                yield NotEvaluable(self.id, reason_without(baseline), self.item)
            return
        readings = [r for r in after if r.day >= self.from_day]
        if self._was_relieved(readings, baseline):
            return
        since = self._since(readings, baseline, course.relief_day, course.today)
        if since is not None:
            facts = {
                "baseline": round(baseline, 1),
                "limit": round(self.still_fraction * baseline, 1),
                "relief_day": course.relief_day,
                "expected_to_day": course.relief_day,
                "clear_at": round(self.relief_fraction * baseline, 1),
                "clear_reports": self.relief_reports,
            }
            shown = readings[-self.still_reports :]
            yield self.found(self.stages[0], self.item, since, shown, facts)

    def suspects(self, course: Course) -> Iterable[Suspicion]:
        """A newest report that is still high when benefit is judged."""
        baseline = course.baseline(self.item)
        readings = [r for r in course.after(self.item) if r.day >= self.from_day]
        if baseline is None or baseline < self.baseline_at_least or not self._concerns(course):
            return
        if not readings or self._was_relieved(readings, baseline):
            return
        last, due = readings[-1], course.relief_day
        in_time = due - self.fresh_days <= last.day <= due + self.until_days
        high = last.score >= self.still_fraction * baseline
        if in_time and high and not any(self.evaluate(course)):
            yield self.suspicion(self.item, last.day)

    def _concerns(self, course: Course) -> bool:
        return not self.profiles or course.episode.procedure.profile in self.profiles

    def _was_relieved(self, readings: list[Reading], baseline: float) -> bool:
        limit = self.relief_fraction * baseline
        return any(mean <= limit for mean in _means(readings, self.relief_reports))

    def _since(
        self, readings: list[Reading], baseline: float, relief_day: int, today: int
    ) -> int | None:
        """The day since which the last reports are too high, judged once, when relief is due."""
        since: int | None = None
        done = False
        limit, needed = self.still_fraction * baseline, self.still_reports
        for i, mean in enumerate(_means(readings, needed), start=needed - 1):
            heard = readings[i].day
            day = max(heard, relief_day)
            upcoming = readings[i + 1].day if i + 1 < len(readings) else today + 1
            in_time = (
                heard >= relief_day - self.fresh_days
                and day <= relief_day + self.until_days
                and day < max(upcoming, heard + 1)
                and day <= today
            )
            if since is None and mean >= limit and in_time and not done:
                since, done = day, True
            elif since is not None and mean < limit:
                since = None
        return since


def _means(readings: list[Reading], count: int) -> Iterator[float]:
    """The mean score of each `count` reports running, oldest first."""
    for end in range(count, len(readings) + 1):
        yield sum(r.score for r in readings[end - count : end]) / count
