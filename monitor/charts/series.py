"""The lines of a panel: how each is told from the others, and how it is drawn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import nan
from typing import Any

from monitor.charts.sheet import Frame, Sheet, TimeAxis
from monitor.services.review import AlertSpan, Panel, Point, Series

_MARKERS = {"left": "<", "right": ">", "": "o"}
_DASHES = ("solid", (0, (5, 1.6)), (0, (5, 1.6, 1.2, 1.6)), (0, (1.4, 1.4)))
STRONG = 5
"""So many series of a panel are drawn strong; the rest is faint."""


@dataclass(frozen=True)
class Look:
    """How a series is drawn; marker, dashes and filling together are its own in the panel."""

    marker: str
    dashes: str | tuple[int, tuple[float, ...]]
    is_filled: bool
    is_strong: bool
    colour: str


@dataclass(frozen=True)
class Drawing:
    """A series with its look. `last` is its last point in view, if it has one."""

    series: Series
    look: Look
    last: Point | None


def drawings_of(
    panel: Panel, spans: Sequence[AlertSpan], axis: TimeAxis, sheet: Sheet
) -> list[Drawing]:
    """The series of a panel with their looks, the worst first."""
    ranked = sorted(panel.series, key=lambda series: _weight(series, spans), reverse=True)
    strong = ranked[:STRONG]
    count: dict[str, int] = {}
    looks: dict[int, Look] = {}
    for series in panel.series:
        number = count[series.place.side] = count.get(series.place.side, -1) + 1
        is_strong = any(series is one for one in strong) and (
            len(panel.series) == 1 or any(p.score for p in series.points[-3:])
            or is_alerted(series, spans)
        )  # fmt: skip
        looks[id(series)] = Look(
            _MARKERS[series.place.side],
            _DASHES[number % len(_DASHES)],
            number // len(_DASHES) % 2 == 1,
            is_strong,
            sheet.style.strong(panel.name) if is_strong else sheet.style.faint(panel.name),
        )
    return [Drawing(series, looks[id(series)], _last(series, axis)) for series in ranked]


def is_alerted(series: Series, spans: Iterable[AlertSpan]) -> bool:
    """Whether one of the alerts that are open speaks of this series."""
    return any(span.alert.is_open and concerns(span, series) for span in spans)


def concerns(span: AlertSpan, series: Series) -> bool:
    """Whether an alert speaks of a series."""
    finding = span.alert.finding
    return finding.item == series.item and finding.place == series.place


def _weight(series: Series, spans: Iterable[AlertSpan]) -> tuple[bool, int, int]:
    scores = [point.score for point in series.points]
    return is_alerted(series, spans), scores[-1] if scores else -1, max(scores, default=-1)


def _last(series: Series, axis: TimeAxis) -> Point | None:
    return next((p for p in reversed(series.points) if axis.shows(p.day)), None)


def stretches(series: Series) -> list[list[Point]]:
    """The points of a series between its gaps; the procedure, too, breaks the line."""
    gaps = sorted(series.gaps)

    def stretch(point: Point) -> tuple[bool, int]:
        return "baseline" in point.marks, bisect_left(gaps, point.day)

    return [list(points) for _, points in groupby(series.points, key=stretch)]


def _broken(series: Series, axis: TimeAxis, least: int = 2) -> tuple[list[float], list[float]]:
    """Days and scores of a line through the points, broken by NaN between the stretches.

    Stretches of fewer than `least` points are left out.
    """
    days: list[float] = []
    scores: list[float] = []
    for points in stretches(series):
        if len(points) >= least:
            some_days, some_scores = thinned([(p.day, p.score) for p in points], axis)
            days += [*some_days, nan]
            scores += [*some_scores, nan]
    return days[:-1], scores[:-1]


def thinned(
    points: Sequence[tuple[float, float]], axis: TimeAxis, column: float = 1.0
) -> tuple[list[float], list[float]]:
    """Days and scores of (day, score) without what nobody could see.

    Of several points in a column of that many pixels the worst and the best are left, in their
    order; the line through them covers the same pixels. Points outside the view are left out,
    but for the nearest on either side.
    """
    first = max(bisect_left(points, axis.view.first_day, key=_day) - 1, 0)
    points = points[first : bisect_right(points, axis.view.last_day, key=_day) + 1]
    if len(points) > (axis.right - axis.left) / column:
        start, each = axis.view.first_day, (axis.right - axis.left) / axis.view.span / column
        points = [
            one
            for _, some in groupby(points, key=lambda one: int((one[0] - start) * each))
            for one in _telling(list(some))
        ]
    return [day for day, _ in points], [score for _, score in points]


def _telling(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    if len(points) <= 2:
        return points
    scores = [score for _, score in points]
    places = {scores.index(max(scores)), scores.index(min(scores))}
    return [points[place] for place in sorted(places)]


def _day(point: tuple[float, float]) -> float:
    return point[0]


_COLUMN = 3.0
"""Markers lie over each other where more than one is drawn in so many pixels."""
_CROWDED = 4.0
"""With fewer pixels for each, markers are dots, which leave the line to be seen."""
_DOT = 2.5

STEPPED_BACK = 0.3
"""How much is left of a point while others are lit."""


def draw_series(
    sheet: Sheet, frame: Frame, drawing: Drawing, *, is_trended: bool, steps_back: bool = False
) -> None:
    """Draw a series' points and the lines between them.

    is_trended: the series has a bold trend; its own line then steps back. steps_back: the
    evidence of an alert is lit, and everything else makes room for it.
    """
    series, look = drawing.series, drawing.look
    name = f"{series.item}:{series.place.site}:{series.place.side}"
    width = 1.0 if is_trended else 1.8 if look.is_strong else 1.2
    share = STEPPED_BACK if steps_back else 1.0
    days, scores = _broken(series, frame.axis)
    if days:
        sheet.line(
            days, scores, frame,
            color=look.colour, linewidth=width, linestyle=look.dashes,
            alpha=share * (0.45 if is_trended else 1.0), solid_joinstyle="round",
            zorder=4 if look.is_strong else 3.5, gid=f"line:{name}",
        )  # fmt: skip
    days, scores = thinned([(p.day, p.score) for p in series.points], frame.axis, _COLUMN)
    is_dense = len(days) * _CROWDED > frame.axis.right - frame.axis.left
    dots = {"marker": ".", "markersize": _DOT, "markerfacecolor": look.colour}
    sheet.line(
        days, scores, frame,
        color=look.colour, linestyle="none", gid=f"points:{name}",
        zorder=6 if look.is_strong else 5, alpha=share if steps_back else None,
        **(marker_look(sheet, look) | (dots if is_dense else {})),
    )  # fmt: skip


def draw_earlier(sheet: Sheet, frame: Frame, panel: Panel) -> None:
    """Draw the lines of an earlier course: pale, dashed, and behind everything of this one."""
    for series in panel.series:
        name = f"{series.item}:{series.place.site}:{series.place.side}"
        days, scores = _broken(series, frame.axis, 1)
        sheet.line(days, scores, frame, color=sheet.style.gap, zorder=2.9, marker=".",
                   markersize=4, gid=f"earlier:{name}", **EARLIER)  # fmt: skip


EARLIER: dict[str, Any] = {"linewidth": 1.3, "linestyle": (0, (4, 2.5))}
"""How the lines of an earlier course are dashed, on the chart and in its key."""


def marker_look(sheet: Sheet, look: Look) -> dict[str, Any]:
    """How a series' marker looks, on its line and beside its name."""
    size = 7.0 if look.is_strong else 5.5
    return {
        "marker": look.marker,
        "markersize": size if look.marker != "o" else size - 0.5,
        "markerfacecolor": look.colour if look.is_filled else sheet.style.paper,
        "markeredgecolor": look.colour,
        "markeredgewidth": 1.5 if look.is_strong else 1.1,
    }
