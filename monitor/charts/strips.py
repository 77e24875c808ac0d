"""The other symptoms: one line each, a shade per report, a tick where the window ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from monitor.charts.evidence import Lit, draw_lit_cell
from monitor.charts.header import draw_flag, title_look, urgency
from monitor.charts.layout import EDGE, Box
from monitor.charts.panel import NAME_INDENT
from monitor.charts.series import STEPPED_BACK, is_alerted
from monitor.charts.sheet import Sheet, TimeAxis, Weight
from monitor.charts.spans import draw_span
from monitor.charts.words import Labels
from monitor.services.review import AlertSpan, Point, Strip

_WIDEST = 16.0


Cells = dict[int, list[Box]]
"""The cells of all strips by their score."""


def draw_strip(
    sheet: Sheet,
    axis: TimeAxis,
    box: Box,
    strip: Strip,
    spans: Sequence[AlertSpan],
    labels: Labels,
    today: int,
    cells: Cells,
    lit: Lit | None = None,
) -> list[tuple[str, Box]]:
    """Draw a strip into its box, its name to the left of the axis.

    Its cells are added to `cells`. Gives (alert id, box) of its markers.
    """
    series, style = strip.series, sheet.style
    middle = (box.top + box.bottom) / 2
    weight: Weight = "bold" if is_alerted(series, spans) else "normal"
    room = box.left - 8 - EDGE
    name = sheet.elide(labels.name(series.item, series.place), room, weight=weight)
    sheet.text(box.left - 8, middle, name, style.muted, align="right", weight=weight)
    for span in spans:
        draw_span(sheet, axis, box, span, (series,), today=today, words_end=box.top)
    lit_points = lit.points(series) if lit is not None else ()
    shown = _worst_of_each([point for point in series.points if axis.shows(point.day)], axis)
    for point, (start, end) in zip(shown, _cells(shown, axis), strict=True):
        cells[point.score].append(_cell(box, point.score, start, end))
        if point in lit_points:
            draw_lit_cell(sheet, Box(start - 1, box.top + 1, end + 1, box.bottom - 1), point.score)
    if series.window is not None and axis.shows(series.window.expected_to_day):
        x = axis.x(series.window.expected_to_day)
        sheet.line(
            [x, x], [box.top, box.bottom], color=style.band_edge, linewidth=2, zorder=6,
            gid=f"window:{series.item}:{series.window.expected_to_day}",
        )  # fmt: skip
    return _draw_alerts(sheet, axis, box, spans, labels)


def _worst_of_each(points: Sequence[Point], axis: TimeAxis) -> Sequence[Point]:
    """Where there is less than a pixel for each, the worst of every pixel column."""
    if len(points) < axis.right - axis.left:
        return points
    columns = groupby(points, key=lambda point: int(axis.x(point.day)))
    return [max(some, key=lambda point: point.score) for _, some in columns]


def _cells(points: Sequence[Point], axis: TimeAxis) -> list[tuple[float, float]]:
    """Left and right of each report's cell: centred on its day, never over its neighbour."""
    xs = [axis.x(point.day) for point in points]
    halves = [_WIDEST / 2] * len(xs)
    for number, (one, other) in enumerate(pairwise(xs)):
        half = max((other - one) / 2 - 0.5, 0.5)
        halves[number] = min(halves[number], half)
        halves[number + 1] = min(halves[number + 1], half)
    return [
        (max(x - half, axis.left), min(x + half, axis.right))
        for x, half in zip(xs, halves, strict=True)
    ]


def _cell(box: Box, score: int, start: float, end: float) -> Box:
    """A reported 0 is a thin bar, not asked is nothing."""
    if score == 0:
        middle = (box.top + box.bottom) / 2
        return Box(start, middle - 1, end, middle + 1)
    inset = box.height * 0.14
    return Box(start, box.top + inset, end, box.bottom - inset)


def draw_cells(sheet: Sheet, cells: Cells, *, steps_back: bool) -> None:
    """Draw the cells of all strips, the worse the darker."""
    share = STEPPED_BACK if steps_back else 1.0
    for score, boxes in cells.items():
        shade = 0.14 + 0.86 * min(score, 10) / 10 if score else 0.28
        sheet.fills(boxes, sheet.style.strip, 3, alpha=shade * share, gid=f"cells:{score}")


def _draw_alerts(
    sheet: Sheet, axis: TimeAxis, box: Box, spans: Sequence[AlertSpan], labels: Labels
) -> list[tuple[str, Box]]:
    """Mark each alert where it was raised; the most urgent open one is named at the right."""
    middle = (box.top + box.bottom) / 2
    ordered = sorted(spans, key=urgency)
    found = [
        draw_flag(sheet, axis.x(span.raised_day), middle, span)
        for span in reversed(ordered)
        if axis.shows(span.raised_day)
    ]
    if ordered:
        first = ordered[0]
        ink, weight = title_look(sheet, first)
        left = axis.right + NAME_INDENT
        title = labels.alert(first.alert)
        fitted = sheet.elide(title, sheet.width - left - 4, weight=weight)
        sheet.text(left, middle, fitted, ink, weight=weight)
        found.append(draw_flag(sheet, left - 9, middle, first))
    return found
