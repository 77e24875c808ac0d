"""Which stretch of a course is shown, and where its time axis has ticks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from monitor.charts.words import Labels

Unit = Literal["weeks", "dates"]

_LEAST_DAYS = 7.0


@dataclass(frozen=True)
class View:
    """The postoperative days from `first_day` to `last_day`, counted in weeks or as dates.

    `lit` is the alert whose evidence is lit, "" for none. `earlier`: the course after the
    procedure before lies behind.
    """

    first_day: float
    last_day: float
    unit: Unit = "weeks"
    lit: str = ""
    earlier: bool = False

    @property
    def span(self) -> float:
        return self.last_day - self.first_day

    def zoomed(self, factor: float, about: float, limits: tuple[float, float]) -> View:
        """So many times as many days, the day `about` staying where it is.

        Never fewer days than a week, and never beyond the days of `limits`.
        """
        span = min(max(self.span * factor, _LEAST_DAYS), limits[1] - limits[0])
        share = (about - self.first_day) / self.span
        return self._beginning(about - share * span, span, limits)

    def panned(self, days: float, limits: tuple[float, float]) -> View:
        """The same stretch so many days later, never beyond the days of `limits`."""
        return self._beginning(self.first_day + days, self.span, limits)

    def _beginning(self, first: float, span: float, limits: tuple[float, float]) -> View:
        first = max(min(first, limits[1] - span), limits[0])
        return replace(self, first_day=first, last_day=first + span)


@dataclass(frozen=True)
class Tick:
    """A tick of the time axis."""

    day: float
    label: str


_WEEK_STEPS = (7, 14, 28, 56, 91, 182, 364, 728)


def ticks(view: View, day_zero: dt.date, labels: Labels, most: int) -> tuple[Tick, ...]:
    """At most about `most` ticks: days up to three weeks, then weeks, in dates then months."""
    if view.span <= 21:
        return _day_ticks(view, day_zero, labels, most)
    if view.unit == "weeks":
        return _week_ticks(view, most)
    for step in (7, 14):
        if view.span <= 182 and view.span / step <= most:
            return _weekly_dates(view, day_zero, labels, step)
    return _month_ticks(view, day_zero, labels, most)


def counts_days(view: View) -> bool:
    """Whether the axis counts in days rather than weeks."""
    return view.span <= 21


def _multiples(view: View, step: int) -> Iterator[int]:
    first = -(-view.first_day // step) * step
    while first <= view.last_day:
        yield int(first)
        first += step


def _day_ticks(view: View, zero: dt.date, labels: Labels, most: int) -> tuple[Tick, ...]:
    step = next((s for s in (1, 2, 7) if view.span / s <= most), 7)
    return tuple(
        Tick(day, labels.short_date(zero + dt.timedelta(day)) if view.unit == "dates" else str(day))
        for day in _multiples(view, step)
    )


def _week_ticks(view: View, most: int) -> tuple[Tick, ...]:
    step = next((s for s in _WEEK_STEPS if view.span / s <= most), _WEEK_STEPS[-1])
    return tuple(Tick(day, str(day // 7)) for day in _multiples(view, step))


def _weekly_dates(view: View, zero: dt.date, labels: Labels, step: int) -> tuple[Tick, ...]:
    return tuple(
        Tick(day, labels.short_date(zero + dt.timedelta(day))) for day in _multiples(view, step)
    )


def _month_ticks(view: View, zero: dt.date, labels: Labels, most: int) -> tuple[Tick, ...]:
    months = view.span / 30.4
    step = next((s for s in (1, 2, 3, 6, 12, 24) if months / s <= most), 24)
    start = zero + dt.timedelta(int(view.first_day))
    count = start.year * 12 + start.month  # the first month that begins inside the view
    count += -count % step if step > 1 else 0
    found: list[Tick] = []
    while (day := (dt.date(count // 12, count % 12 + 1, 1) - zero).days) <= view.last_day:
        month = dt.date(count // 12, count % 12 + 1, 1)
        with_year = not found or month.month <= step
        if day >= view.first_day:
            found.append(Tick(day, labels.month(month, with_year=with_year)))
        count += step
    return tuple(found)
