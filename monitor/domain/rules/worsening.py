"""A deficit that is new, or worse than the level it had settled at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.rules.rule import SHOWN, Rule

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading
    from monitor.domain.protocol import Presence, Protocol


@dataclass(frozen=True, kw_only=True)
class Worsening(Rule):
    """Holds for a run of reports well above the level that `item` had settled at.

    Settled level: the lowest that two reports running did not exceed. A run: reports from
    `from_day` on, all at least `each_rise` above it; it holds once two of them are
    `span_days` apart and their mean is `mean_rise` above it. Where the patient was asked to
    compare with before, only "worse" or "new" (the protocol's `presence.compared`) counts.
    It has ended when `end_reports` running are at most `end_rise` above the settled level.
    """

    kind: ClassVar[str] = "worsening"

    item: str
    from_day: int
    each_rise: float
    mean_rise: float
    span_days: int
    end_rise: float
    end_reports: int

    def items(self, protocol: Protocol) -> frozenset[str]:
        return frozenset({self.item})

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        for place in course.places(self.item):
            track = _Track(self, course.protocol.presence)
            for reading in course.after(self.item, place):
                track.hear(reading)
            if track.holds:
                yield self.found(
                    self.stages[0],
                    self.item,
                    track.since,
                    track.shown,
                    {
                        "settled_at": track.settled_then,
                        "clear_at": track.settled_then + self.end_rise,
                        "clear_reports": self.end_reports,
                    },
                    place=place,
                )


@dataclass
class _Track:
    """One deficit at one place, walked through in order of time."""

    rule: Worsening
    presence: Presence
    holds: bool = False
    since: int = 0
    settled: float | None = None
    settled_then: float = 0.0
    downs: int = 0
    last: Reading | None = None
    run: list[Reading] = field(default_factory=list)
    shown: list[Reading] = field(default_factory=list)

    def hear(self, reading: Reading) -> None:
        before, self.last = self.last, reading
        if before is None:
            return
        if self._is_raised(reading):
            self.run.append(reading)
        else:
            self.run = []
            level = float(max(before.score, reading.score))
            self.settled = level if self.settled is None else min(self.settled, level)
        if self.holds:
            self._watch_for_end(reading)
        elif self._is_convincing():
            self.holds, self.downs, self.since = True, 0, reading.day
            self.settled_then = self.settled or 0.0
            self.shown = self.run[-SHOWN:]

    def _is_raised(self, reading: Reading) -> bool:
        rule = self.rule
        said = reading.compared is None or reading.compared in self.presence.compared
        return (
            self.settled is not None
            and said
            and reading.day >= rule.from_day
            and reading.score >= self.settled + rule.each_rise
        )

    def _is_convincing(self) -> bool:
        run, rule = self.run, self.rule
        if len(run) < 2 or run[-1].day - run[0].day < rule.span_days:
            return False
        mean = sum(r.score for r in run) / len(run)
        return mean >= (self.settled or 0.0) + rule.mean_rise

    def _watch_for_end(self, reading: Reading) -> None:
        low = reading.score <= (self.settled or 0.0) + self.rule.end_rise
        self.downs = self.downs + 1 if low else 0
        if self.downs >= self.rule.end_reports:
            self.holds, self.shown = False, []
        else:
            self.shown = [*self.shown, reading][-SHOWN:]
