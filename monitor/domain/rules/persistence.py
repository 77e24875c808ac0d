"""A symptom that goes on past the days in which it is expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.protocol import Presence, Protocol, Window
from monitor.domain.rules.rule import SHOWN, Rule, Suspicion
from monitor.domain.submission import Place

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading


@dataclass(frozen=True, kw_only=True)
class Persistence(Rule):
    """Holds once a symptom that never settled is still present when its window has passed.

    `symptoms` are rows of the window table. The stage `late` speaks between the expected and
    the persistent day, `persistent` from the persistent day on, `unheard` (may be empty) when
    nothing was reported since before the window's end and the last score was high.

    Two reports running must show the symptom; only one where `once_if_compared` is set and
    the patient said it is worse or new than before. A report up to `fresh_days` before the
    end of the window counts as of that day. `unheard` speaks `unheard_after_days` after the
    persistent day, if the last report is at most `unheard_stale_days` older than that day and
    at least `unheard_rise` above the baseline.

    It has ended when `presence.settle_reports` reports running no longer show the symptom.
    """

    kind: ClassVar[str] = "persistence"

    symptoms: tuple[str, ...]
    late: str
    persistent: str
    unheard: str = ""
    once_if_compared: bool = False
    fresh_days: int
    unheard_after_days: int = 0
    unheard_stale_days: int = 0
    unheard_rise: float = 0.0

    def items(self, protocol: Protocol) -> frozenset[str]:
        return frozenset(protocol.symptoms[row].item for row in self.symptoms)

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        for item, place, row, track in self._tracks(course):
            if track.stage:
                yield self._finding(track, item, place, row)

    def suspects(self, course: Course) -> Iterable[Suspicion]:
        """A newest report that shows what has not settled by the end of its window."""
        for item, place, _, track in self._tracks(course):
            if track.is_suspicious():
                yield self.suspicion(item, track.recent[-1].day, place)

    def edges(self, course: Course) -> Iterable[int]:
        for _, _, _, window in self._watched(course):
            yield from self.clock(window)

    def _tracks(self, course: Course) -> Iterator[tuple[str, Place, str, _Track]]:
        """What may hold today, walked through; what is over is left out."""
        presence = course.protocol.presence
        for item, place, row, window in self._watched(course):
            track = _Track(self, presence, window, course.baseline(item, place))
            if not track.is_over(course.newest(item, place, presence.settle_reports)):
                track.run(course.after(item, place), course.today)
                yield item, place, row, track

    def _watched(self, course: Course) -> Iterator[tuple[str, Place, str, Window]]:
        for item in sorted(self.items(course.protocol)):
            for place in course.places(item):
                row = course.symptom_of(item, place)
                window = course.window(item, place)
                if row is not None and row[0] in self.symptoms and window is not None:
                    yield item, place, row[0], window

    def clock(self, window: Window) -> list[int]:
        """The days, ascending, on which a window's passing may change what this rule says."""
        days = [window.expected_to_day + 1, window.persistent_from_day]
        if self.unheard:
            days.append(window.persistent_from_day + self.unheard_after_days)
        return days

    def _finding(self, track: _Track, item: str, place: Place, row: str) -> Finding:
        stage = self.stage(track.stage)
        return self.found(
            stage,
            item,
            track.since,
            track.shown,
            {
                "symptom": row,
                "baseline": "" if track.baseline is None else round(track.baseline, 1),
                "expected_to_day": track.window.expected_to_day,
                "persistent_from_day": track.window.persistent_from_day,
                "clear_at": track.base + track.presence.settle_rise,
                "clear_reports": track.presence.settle_reports,
            },
            place=place,
            priority=stage.priority or track.window.priority,
        )


@dataclass
class _Track:
    """One symptom at one place, walked through in order of time."""

    rule: Persistence
    presence: Presence
    window: Window
    baseline: float | None
    stage: str = ""
    since: int = 0
    settled: bool = False
    lows: int = 0
    highs: int = 0
    gone: int = 0
    recent: list[Reading] = field(default_factory=list)
    shown: list[Reading] = field(default_factory=list)

    @property
    def base(self) -> float:
        return self.baseline or 0.0

    def is_over(self, newest: tuple[Reading, ...]) -> bool:
        """Whether the newest reports, newest first, rule out that anything holds today.

        Says in a moment what `run` would find, for the many complaints that have settled.
        """
        ended = len(newest) == self.presence.settle_reports and not any(map(self.shows, newest))
        return ended and not (self.rule.unheard and self._is_high(newest[0]))

    def run(self, readings: Iterable[Reading], today: int) -> None:
        clock = [day for day in self.rule.clock(self.window) if day <= today]
        for reading in readings:
            while clock and clock[0] < reading.day:
                self._look(clock.pop(0))
            self._hear(reading)
            self._look(reading.day)
        for day in clock:
            self._look(day)

    def shows(self, reading: Reading) -> bool:
        """Whether this report shows the symptom as present (EVIDENCE 7.4, METHOD)."""
        rise = reading.score - self.base
        if reading.compared is None:
            return rise >= self.presence.rise_unasked
        return (
            reading.score >= self.presence.at_least
            and (self.baseline is None or rise >= self.presence.rise)
            and reading.compared in self.presence.compared
        )

    def is_suspicious(self) -> bool:
        """Whether the last report shows it outside its days, and one more like it would alert."""
        if self.stage or self.settled or not self.recent:
            return False
        last = self.recent[-1]
        return self.shows(last) and last.day > self.window.expected_to_day - self.rule.fresh_days

    def _hear(self, reading: Reading) -> None:
        p = self.presence
        self.recent = [*self.recent, reading][-p.settle_reports :]
        if reading.day >= p.settle_from_day:
            self.lows = self.lows + 1 if reading.score <= self.base + p.settle_rise else 0
            self.highs = self.highs + 1 if reading.score >= self.base + p.back_rise else 0
            if self.lows >= p.settle_reports:
                self.settled = True
            elif self.highs >= p.settle_reports and reading.day < self._fresh_from():
                self.settled = False
        self.gone = 0 if self.shows(reading) else self.gone + 1
        self.shown = [*self.shown, reading][-SHOWN:] if self.shows(reading) else self.shown
        if self.gone >= p.settle_reports:
            self.stage, self.shown = "", []

    def _fresh_from(self) -> int:
        return self.window.persistent_from_day - self.rule.fresh_days

    def _look(self, day: int) -> None:
        window, rule = self.window, self.rule
        if day >= window.persistent_from_day:
            if self._is_fresh(self._fresh_from()) and (self._running() or self._said_so()):
                self._hold(rule.persistent, day)
            elif rule.unheard and not self.stage and self._is_unheard(day):
                self._hold(rule.unheard, day)
        elif day > window.expected_to_day:
            from_day = window.expected_to_day + 1 - rule.fresh_days
            if self._is_fresh(from_day) and self._running():
                self._hold(rule.late, day)

    def _hold(self, stage: str, day: int) -> None:
        if not self.stage:
            self.since = day
        self.stage = stage

    def _is_fresh(self, from_day: int) -> bool:
        return bool(self.recent) and self.recent[-1].day >= from_day

    def _running(self) -> bool:
        p = self.presence
        close = all(
            b.day - a.day <= p.within_days
            for a, b in zip(self.recent, self.recent[1:], strict=False)
        )
        enough = len(self.recent) == p.settle_reports
        return not self.settled and enough and close and all(map(self.shows, self.recent))

    def _said_so(self) -> bool:
        last = self.recent[-1]
        return self.rule.once_if_compared and last.compared is not None and self.shows(last)

    def _is_unheard(self, day: int) -> bool:
        if self.settled or not self.recent:
            return False
        persistent, last = self.window.persistent_from_day, self.recent[-1]
        return (
            day >= persistent + self.rule.unheard_after_days
            and persistent - self.rule.unheard_stale_days <= last.day < self._fresh_from()
            and self._is_high(last)
        )

    def _is_high(self, reading: Reading) -> bool:
        """Whether a score is high enough to be asked about when nothing is heard after it."""
        return reading.score >= self.base + self.rule.unheard_rise
