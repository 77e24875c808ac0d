"""Pain that comes back after relief: the trend that is drawn on the chart is what alerts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.rules.rule import SHOWN, Rule, Suspicion, reason_without
from monitor.domain.submission import NOWHERE

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading
    from monitor.domain.protocol import Protocol


@dataclass(frozen=True, kw_only=True)
class Recurrence(Rule):
    """Holds when the trend of `item` is back at a fraction of its level before the procedure.

    Relief: `relief_reports` running at most `limit_fraction` of the baseline, from
    `relief_from_day`. From then on a trend moves towards each report, capped at
    `cap_fraction` of the baseline so that no single one decides, by 1 - exp(-gap / `tau_days`).

    `possible`: the trend is above `limit_fraction` of the baseline (at it is relief), from the
    profile's recurrence day on. `confirmed`: a report at least `confirm_after_days` later is at
    or above the limit and `confirm_at_least`, and the mean of both is `confirm_rise` above the
    level of the relief (the median of the first `reference_reports` reports of at most the limit
    from `reference_from_day`). A report that late which is below the limit refutes it; then only
    two reports that far apart, both at the limit, confirm it anew.

    It has ended, and is armed again, when the trend is below `rearm_fraction` of the baseline.
    """

    kind: ClassVar[str] = "recurrence"

    item: str
    possible: str
    confirmed: str
    limit_fraction: float
    relief_reports: int
    relief_from_day: int
    tau_days: float
    cap_fraction: float
    rearm_fraction: float
    confirm_after_days: int
    confirm_at_least: int
    confirm_rise: float
    reference_reports: int
    reference_from_day: int

    def items(self, protocol: Protocol) -> frozenset[str]:
        return frozenset({self.item})

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        readings = course.after(self.item)
        baseline = course.baseline(self.item)
        if not baseline:
            if readings:
                yield NotEvaluable(self.id, reason_without(baseline), self.item)
            return
        track = self._track(course, baseline)
        if track.stage:
            yield self.found(
                self.stage(track.stage),
                self.item,
                track.since,
                track.shown,
                {
                    "baseline": round(baseline, 1),
                    "limit": round(track.limit, 1),
                    "reference": track.reference(),
                    "relief_day": track.relief_day,
                    "clear_at": round(self.rearm_fraction * baseline, 1),
                },
            )

    def suspects(self, course: Course) -> Iterable[Suspicion]:
        """A newest report at the limit, with a trend that is no longer low, until confirmed.

        Once the trend has crossed the limit, only a report `confirm_after_days` after the
        crossing (the report there, see `possible`) can decide it.
        """
        baseline = course.baseline(self.item)
        newest = course.newest(self.item, NOWHERE, 1)
        if not baseline or not newest or newest[0].score < self.limit_fraction * baseline:
            return
        track = self._track(course, baseline)
        risen = track.relief_day >= 0 and track.trend >= self.rearm_fraction * baseline
        watched = newest[0].day >= track.watch_day
        if risen and watched and track.stage != self.confirmed:
            crossing = track.crossing
            from_day = crossing.day + self.confirm_after_days if crossing else 0
            yield self.suspicion(self.item, newest[0].day, from_day=from_day)

    def edges(self, course: Course) -> Iterable[int]:
        yield course.profile.recurrence_from_day

    def trend(self, course: Course) -> tuple[tuple[tuple[int, float], ...], float] | None:
        """The trend after each report since relief, as (day, value), and the limit it alerts at.

        None without a baseline.
        """
        baseline = course.baseline(self.item)
        if not baseline:
            return None
        track = self._track(course, baseline)
        return tuple(track.line), track.limit

    def _track(self, course: Course, baseline: float) -> _Track:
        track = _Track(self, baseline, course.profile.recurrence_from_day)
        for reading in course.after(self.item):
            track.pass_watch_day(reading.day - 1)
            track.hear(reading)
        track.pass_watch_day(course.today)
        return track


@dataclass
class _Track:
    """The pain of one episode, walked through in order of time."""

    rule: Recurrence
    baseline: float
    watch_day: int
    stage: str = ""
    since: int = 0
    relief_day: int = -1
    trend: float = 0.0
    armed: bool = True
    lows: int = 0
    crossing: Reading | None = None
    doubted: bool = False
    heard: list[Reading] = field(default_factory=list)
    shown: list[Reading] = field(default_factory=list)
    since_crossing: list[Reading] = field(default_factory=list)
    relieved: list[int] = field(default_factory=list)
    line: list[tuple[int, float]] = field(default_factory=list)

    @property
    def limit(self) -> float:
        return self.rule.limit_fraction * self.baseline

    def reference(self) -> float:
        """The level of the relief; 0 where too few reports tell."""
        return float(median(self.relieved)) if self.relieved else 0.0

    def hear(self, reading: Reading) -> None:
        rule, last = self.rule, self.heard[-1] if self.heard else None
        self.heard.append(reading)
        self._learn_reference(reading)
        low = reading.day >= rule.relief_from_day and reading.score <= self.limit
        self.lows = self.lows + 1 if low else 0
        if self.relief_day < 0:
            if self.lows < rule.relief_reports:
                return
            self.relief_day = reading.day
            self.trend = float(last.score if last else reading.score)
        gap = reading.day - last.day if last else 0
        target = min(float(reading.score), rule.cap_fraction * self.baseline)
        self.trend += (1 - math.exp(-gap / rule.tau_days)) * (target - self.trend)
        self.line.append((reading.day, self.trend))
        self._judge(reading, reading.day)

    def pass_watch_day(self, day: int) -> None:
        """Let time alone reach the day from which recurrence is watched for."""
        if self.heard and self.relief_day >= 0 and self.heard[-1].day < self.watch_day <= day:
            self._judge(self.heard[-1], self.watch_day)

    def _learn_reference(self, reading: Reading) -> None:
        rule = self.rule
        few = len(self.relieved) < rule.reference_reports
        if few and reading.day >= rule.reference_from_day and reading.score <= self.limit:
            self.relieved.append(reading.score)

    def _judge(self, reading: Reading, day: int) -> None:
        if self.trend < self.rule.rearm_fraction * self.baseline:
            self._forget()
            self.armed, self.doubted = True, False
        elif day < self.watch_day:
            return
        elif self.crossing is None:
            self._look_for_crossing(reading, day)
        else:
            self._follow(reading, self.crossing, day)

    def _forget(self) -> None:
        self.stage, self.crossing, self.shown = "", None, []

    def _look_for_crossing(self, reading: Reading, day: int) -> None:
        high = reading.score >= self.limit
        if self.trend > self.limit and (self.armed or (self.doubted and high)):
            self.crossing, self.since_crossing = reading, [reading]
            if self.armed:
                self._hold(self.rule.possible, day)
                self.shown = self.heard[-3:]
            self.armed = False

    def _follow(self, reading: Reading, crossing: Reading, day: int) -> None:
        high = reading.score >= self.limit
        if high and crossing.score < self.limit:
            # The trend was over the limit while the report was not: this one is the crossing.
            self.crossing, self.since_crossing = reading, []
        self.since_crossing = [*self.since_crossing, reading][-SHOWN:]
        self.shown = self.since_crossing
        if reading.day - crossing.day < self.rule.confirm_after_days:
            return
        if high and self._confirms(reading, crossing):
            self._hold(self.rule.confirmed, day)
        elif not high and self.stage != self.rule.confirmed:
            self._forget()
            self.doubted = True

    def _hold(self, stage: str, day: int) -> None:
        if not self.stage:
            self.since = day
        self.stage = stage

    def _confirms(self, reading: Reading, crossing: Reading) -> bool:
        rule = self.rule
        mean = (crossing.score + reading.score) / 2
        return (
            min(crossing.score, reading.score) >= self.limit
            and reading.score >= rule.confirm_at_least
            and mean - self.reference() >= rule.confirm_rise
        )
