"""Pain that rises by several points from one report to the next, and stays there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.rules.rule import SHOWN, Rule, Suspicion
from monitor.domain.submission import NOWHERE

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading
    from monitor.domain.protocol import Protocol


@dataclass(frozen=True, kw_only=True)
class Jump(Rule):
    """Holds when `item` rose by `rise` points since the report before and is still up.

    A jump: a report from `from_day` on of at least `at_least`, and `rise` above the one before
    it. It holds once `reports` running, the jump among them, are that high and that far above
    the level before; at once where a score is `at_once_from` or more. It has ended when as many
    running are below `at_least`.
    """

    kind: ClassVar[str] = "jump"

    item: str
    from_day: int
    rise: int
    at_least: int
    reports: int
    at_once_from: int

    def items(self, protocol: Protocol) -> frozenset[str]:
        return frozenset({self.item})

    def suspects(self, course: Course) -> Iterable[Suspicion]:
        track = self._track(course)
        if track.up and not track.holds:
            yield self.suspicion(self.item, track.up[-1].day)

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        track = self._track(course)
        if track.holds:
            facts = {
                "level_before": track.level,
                "clear_at": self.at_least - 1,
                "clear_reports": self.reports,
            }
            yield self.found(self.stages[0], self.item, track.since, track.shown, facts)

    def _track(self, course: Course) -> _Track:
        track = _Track(self)
        newest = course.newest(self.item, NOWHERE, self.reports)
        if len(newest) < self.reports or any(r.score >= self.at_least for r in newest):
            for reading in course.readings(self.item):
                track.hear(reading)
        return track


@dataclass
class _Track:
    """The pain of one episode, walked through in order of time."""

    rule: Jump
    holds: bool = False
    since: int = 0
    level: int = 0
    downs: int = 0
    last: Reading | None = None
    up: list[Reading] = field(default_factory=list)
    shown: list[Reading] = field(default_factory=list)

    def hear(self, reading: Reading) -> None:
        before, self.last = self.last, reading
        if self.holds:
            self._watch_for_end(reading)
        elif before is not None and reading.day >= self.rule.from_day:
            self._look_for_jump(before, reading)

    def _look_for_jump(self, before: Reading, reading: Reading) -> None:
        if not self.up or not self._is_up(reading):
            self.up, self.level = [], before.score
            self.shown = [before]
        if not self._is_up(reading):
            return
        self.up.append(reading)
        self.shown = [*self.shown, reading][-SHOWN:]
        if len(self.up) >= self.rule.reports or reading.score >= self.rule.at_once_from:
            self.holds, self.since, self.downs = True, reading.day, 0

    def _is_up(self, reading: Reading) -> bool:
        """Whether a report is high, and well above the level before the jump."""
        high = reading.score >= self.rule.at_least
        return high and reading.score - self.level >= self.rule.rise

    def _watch_for_end(self, reading: Reading) -> None:
        self.downs = self.downs + 1 if reading.score < self.rule.at_least else 0
        self.shown = [*self.shown, reading][-SHOWN:]
        if self.downs >= self.rule.reports:
            self.holds, self.up, self.shown = False, [], []
