"""The preset stretches of time that a chart can show."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.charts.view import Unit, View
from monitor.services.review import Chart, Series

RANGE_DAYS = {"6w": 42, "3m": 91, "1y": 365}


def ranges(chart: Chart, unit: Unit = "weeks") -> dict[str, View]:
    """The preset views by name: "6w", "3m", "1y" and "all".

    Each ends a little after today and looks back so many days; while the procedure is more
    recent than that it begins a little before day 0 and looks ahead instead, to where the
    next windows end. "all" holds every report and the next end of a panel's window;
    with no report yet, all of them.
    """
    views = {name: _stretch(chart, days, unit) for name, days in RANGE_DAYS.items()}
    views["all"] = _whole(chart, unit)
    return views


def limits(chart: Chart) -> tuple[float, float]:
    """The days beyond which there is nothing to see: those of "all", and a little more."""
    whole = _whole(chart, "weeks")
    margin = whole.span * 0.1
    return whole.first_day - margin, whole.last_day + margin


def all_series(chart: Chart) -> Iterator[Series]:
    """Every series of the chart, panels first, in the order in which they are shown."""
    for panel in chart.panels:
        yield from panel.series
    for strip in chart.strips:
        yield strip.series


def _stretch(chart: Chart, days: int, unit: Unit) -> View:
    if chart.today > days:
        end = _with_due(chart, chart.today)
        return View(chart.today - days, end + days * 0.03, unit)
    return View(-days * 0.06, max(days, _with_due(chart, 0)) * 1.02, unit)


def _with_due(chart: Chart, day: int) -> int:
    """`day`, or the end of an extra report's time where that is later: it must be in view."""
    due = chart.next_due
    return max(day, due.closes_day) if due is not None and due.slot is None else day


def _panel_ends(chart: Chart) -> Iterator[int]:
    for panel in chart.panels:
        if panel.relief_day is not None:
            yield panel.relief_day
        yield from (s.window.expected_to_day for s in panel.series if s.window is not None)


def _whole(chart: Chart, unit: Unit) -> View:
    points = [point.day for series in all_series(chart) for point in series.points]
    coming = [end for end in _panel_ends(chart) if end >= chart.today]
    ahead = min(coming, default=0) if points else max(coming, default=0)
    last = max(chart.today, *points, ahead, _with_due(chart, 7))
    first = min(0, *points, 0)
    pad = (last - first) * 0.03
    return View(first - pad * (2 if first == 0 else 1), last + pad, unit)
