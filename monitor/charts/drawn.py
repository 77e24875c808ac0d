"""What a drawn chart can be asked: which day lies where, what was reported, which alert."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.charts.layout import Box


@dataclass(frozen=True)
class Reading:
    """All that was reported on one day.

    `title` names the day in every way it is counted. `values` are (name, score), in the order
    of the chart; `notes` say how the report came and what else happened that day.
    """

    day: int
    title: str
    values: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The reading in one line, for a screen reader."""
        said = [f"{name} {value}" for name, value in self.values]
        return f"{self.title}: {' · '.join((*said, *self.notes))}"


@dataclass(frozen=True)
class Drawn:
    """A drawn chart. Pixels are device-independent and count from the top left corner.

    `panels`: the box of every part by its name: panels, "strips", "events". `readings` are in
    order of day.
    """

    width: float
    height: float
    plot: Box
    first_day: float
    last_day: float
    panels: Mapping[str, Box]
    readings: Sequence[Reading]
    alerts: Sequence[tuple[str, Box]]

    def x_of(self, day: float) -> float:
        share = (day - self.first_day) / (self.last_day - self.first_day)
        return self.plot.left + share * self.plot.width

    def day_at(self, x: float) -> float:
        share = (x - self.plot.left) / self.plot.width
        return self.first_day + share * (self.last_day - self.first_day)

    def reading_at(self, day: float) -> Reading | None:
        """The reading of the report day nearest to `day` among those in view, or None."""
        shown = [r for r in self.readings if self.first_day <= r.day <= self.last_day]
        return min(shown, key=lambda r: abs(r.day - day), default=None)

    def next_reading(self, day: float | None, step: int) -> Reading | None:
        """The reading `step` reports after the one on `day`, or before it if negative.

        Stays at the first and the last in view; `day` None begins at the last.
        """
        shown = [r for r in self.readings if self.first_day <= r.day <= self.last_day]
        if not shown:
            return None
        if day is None:
            return shown[-1]
        days = [r.day for r in shown]
        place = bisect.bisect_left(days, day) if step < 0 else bisect.bisect_right(days, day) - 1
        return shown[min(max(place + step, 0), len(shown) - 1)]

    def alert_at(self, x: float, y: float) -> str | None:
        """The id of the alert whose marker is at a pixel, with a few pixels' grace."""
        for alert_id, box in self.alerts:
            if box.holds(x, y, slack=4):
                return alert_id
        return None
