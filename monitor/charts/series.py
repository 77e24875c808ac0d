"""The lines of a panel: how each is told from the others, and how it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
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

    def stretch(point: Point) -> tuple[bool, int]:
        return "baseline" in point.marks, sum(gap < point.day for gap in series.gaps)

    return [list(points) for _, points in groupby(series.points, key=stretch)]


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
    for points in stretches(series):
        if len(points) > 1:
            sheet.line(
                [p.day for p in points], [p.score for p in points], frame,
                color=look.colour, linewidth=width, linestyle=look.dashes,
                alpha=share * (0.45 if is_trended else 1.0), solid_joinstyle="round",
                zorder=4 if look.is_strong else 3.5, gid=f"line:{name}",
            )  # fmt: skip
    sheet.line(
        [p.day for p in series.points], [p.score for p in series.points], frame,
        color=look.colour, linestyle="none", gid=f"points:{name}",
        zorder=6 if look.is_strong else 5, alpha=share if steps_back else None,
        **marker_look(sheet, look),
    )  # fmt: skip


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
