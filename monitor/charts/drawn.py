"""What a drawn chart can be asked: which day lies where, what was reported, which alert."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.charts.layout import Box

_REACH = 7.0
"""As far from a point's middle a click still means it, in pixels."""


@dataclass(frozen=True)
class Reading:
    """All that was reported on one day.

    `title` names the day in every way it is counted. `values` are (name, score), in the order
    of the chart; `notes` say how the report came and what else happened that day. `report` is
    the id of the submission; of two on a day, of the later one, whose scores count.
    """

    day: int
    title: str
    values: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()
    report: str = ""

    @property
    def sentence(self) -> str:
        """The reading in one line, for a screen reader."""
        said = [f"{name} {value}" for name, value in self.values]
        return f"{self.title}: {' · '.join((*said, *self.notes))}"


@dataclass(frozen=True)
class Drawn:
    """A drawn chart. Pixels are device-independent and count from the top left corner.

    `panels`: the box of every part by its name: panels, "strips", "events". `days` are those
    with a report, in order, and `readings` what was reported on them. `foot` is where the words
    of the ticks end, `today` the day it is, and `limits` are the first and the last day that
    there is anything to see of.
    """

    width: float
    height: float
    plot: Box
    first_day: float
    last_day: float
    panels: Mapping[str, Box]
    days: Sequence[int]
    readings: Sequence[Reading]
    alerts: Sequence[tuple[str, Box]]
    foot: float
    today: float
    limits: tuple[float, float]

    def x_of(self, day: float) -> float:
        share = (day - self.first_day) / (self.last_day - self.first_day)
        return self.plot.left + share * self.plot.width

    def day_at(self, x: float) -> float:
        share = (x - self.plot.left) / self.plot.width
        return self.first_day + share * (self.last_day - self.first_day)

    def reading_at(self, day: float) -> Reading | None:
        """The reading of the report day nearest to `day` among those in view, or None."""
        first, last = self._shown
        place = bisect.bisect_left(self.days, day, first, last)
        near = range(max(place - 1, first), min(place + 1, last))
        chosen = min(near, key=lambda number: abs(self.days[number] - day), default=None)
        return self.readings[chosen] if chosen is not None else None

    def next_reading(self, day: float | None, step: int) -> Reading | None:
        """The reading `step` reports after the one on `day`, or before it if negative.

        Stays at the first and the last in view; `day` None begins at the last.
        """
        first, last = self._shown
        if first == last:
            return None
        if day is None:
            return self.readings[last - 1]
        find = bisect.bisect_left if step < 0 else bisect.bisect_right
        place = find(self.days, day, first, last) - (0 if step < 0 else 1)
        return self.readings[min(max(place + step, first), last - 1)]

    @property
    def _shown(self) -> tuple[int, int]:
        """Which of the readings are in view: the first, and the one after the last."""
        return (
            bisect.bisect_left(self.days, self.first_day),
            bisect.bisect_right(self.days, self.last_day),
        )

    def report_at(self, x: float, y: float) -> str:
        """The report whose points are at a pixel, with a few pixels' grace; "" for none."""
        reading = self.reading_at(self.day_at(x))
        if reading is None or abs(self.x_of(reading.day) - x) > _REACH:
            return ""
        parts = (box for name, box in self.panels.items() if name != "events")
        return reading.report if any(box.holds(x, y, slack=_REACH) for box in parts) else ""

    def alert_at(self, x: float, y: float) -> str | None:
        """The id of the alert whose marker is at a pixel, with a few pixels' grace."""
        for alert_id, box in self.alerts:
            if box.holds(x, y, slack=4):
                return alert_id
        return None
