"""A deficit that is new, or worse than the level it had settled at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.rules.rule import SHOWN, Rule, Suspicion

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading
    from monitor.domain.protocol import Presence, Protocol
    from monitor.domain.submission import Place


@dataclass(frozen=True, kw_only=True)
class Worsening(Rule):
    """Holds for a run of reports well above the level that `item` had settled at.

    Settled level: the lowest that two reports running did not exceed. A run: reports from
    `from_day` on (with `past_window`, only after the days in which the complaint is expected),
    all at least `each_rise` above it; it holds once `run_reports` of them or more span
    `span_days` and their mean is `mean_rise` above it. Where the patient was asked to compare
    with before, only "worse" or "new" (the protocol's `presence.compared`) counts.
    It has ended when `end_reports` running are at most `end_rise` above the settled level.
    """

    kind: ClassVar[str] = "worsening"

    item: str
    from_day: int
    past_window: bool = False
    each_rise: float
    mean_rise: float
    run_reports: int
    span_days: int
    end_rise: float
    end_reports: int

    def items(self, protocol: Protocol) -> frozenset[str]:
        return frozenset({self.item})

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        for place, track in self._tracks(course):
            if track.holds:
                facts = {
                    "settled_at": track.settled_then,
                    "clear_at": track.settled_then + self.end_rise,
                    "clear_reports": self.end_reports,
                }
                stage = self.stages[0]
                yield self.found(stage, self.item, track.since, track.shown, facts, place=place)

    def suspects(self, course: Course) -> Iterable[Suspicion]:
        """A run that has begun, and would convince if the next report said the same."""
        for place, track in self._tracks(course):
            if track.run and not track.holds and track.would_convince():
                yield self.suspicion(self.item, track.run[-1].day, place)

    def _tracks(self, course: Course) -> Iterator[tuple[Place, _Track]]:
        """What may hold today, walked through; what is over is left out."""
        for place in course.places(self.item):
            if not self._is_over(course.newest(self.item, place, self.end_reports)):
                track = _Track(self, course.protocol.presence, self._first_day(course, place))
                for reading in course.after(self.item, place):
                    track.hear(reading)
                yield place, track

    def _first_day(self, course: Course, place: Place) -> int:
        window = course.window(self.item, place) if self.past_window else None
        return max(self.from_day, window.expected_to_day + 1) if window else self.from_day

    def _is_over(self, newest: tuple[Reading, ...]) -> bool:
        """Whether the newest reports end it, whatever it had settled at: that is 0 or more."""
        low = min(self.end_rise, self.each_rise - 1)
        return len(newest) == self.end_reports and all(r.score <= low for r in newest)


@dataclass
class _Track:
    """One deficit at one place, walked through in order of time."""

    rule: Worsening
    presence: Presence
    first_day: int
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
        settled = self.settled
        if settled is not None and self._is_raised(reading, settled):
            self.run.append(reading)
        else:
            self.run = []
            level = float(max(before.score, reading.score))
            self.settled = settled = level if settled is None else min(settled, level)
        if self.holds:
            self._watch_for_end(reading, settled)
        elif self._is_convincing(settled):
            self.holds, self.downs, self.since = True, 0, reading.day
            self.settled_then = settled
            self.shown = self.run[-SHOWN:]

    def _is_raised(self, reading: Reading, settled: float) -> bool:
        return (
            reading.score >= settled + self.rule.each_rise
            and reading.day >= self.first_day
            and (reading.compared is None or reading.compared in self.presence.compared)
        )

    def _is_convincing(self, settled: float) -> bool:
        run, rule = self.run, self.rule
        if len(run) < rule.run_reports or run[-1].day - run[0].day < rule.span_days:
            return False
        return _mean(run) >= settled + rule.mean_rise

    def would_convince(self) -> bool:
        again = [*self.run, self.run[-1]]
        return _mean(again) >= (self.settled or 0.0) + self.rule.mean_rise

    def _watch_for_end(self, reading: Reading, settled: float) -> None:
        low = reading.score <= settled + self.rule.end_rise
        self.downs = self.downs + 1 if low else 0
        if self.downs >= self.rule.end_reports:
            self.holds, self.shown = False, []
        else:
            self.shown = [*self.shown, reading][-SHOWN:]


def _mean(run: list[Reading]) -> float:
    return sum(r.score for r in run) / len(run)
