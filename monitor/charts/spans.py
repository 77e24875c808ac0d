"""The days of an alert: a hatched wash behind the lines while it is open, a hollow bar after."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.charts.layout import Box
from monitor.charts.series import concerns
from monitor.charts.sheet import Sheet, TimeAxis
from monitor.services.review import AlertSpan, Series

_BAR = 3.0


def span_days(span: AlertSpan, series: Sequence[Series], today: int) -> tuple[float, float]:
    """The days an alert held: from since it did, to its end or today, whichever is sooner.

    Where no report came between the end of its series' window and then, from that end: the
    shade joins the window. An alert that was closed while it held is known to have held until
    it was raised.
    """
    start: float = span.since_day
    for one in series:
        if concerns(span, one) and one.window is not None:
            end = one.window.expected_to_day
            if end < start and not any(end < p.day < start for p in one.points):
                start = end
    known = today if span.alert.is_open else span.raised_day
    return start, min(today, known if span.ended_day is None else span.ended_day)


def wash_of(
    span: AlertSpan, series: Sequence[Series], axis: TimeAxis, today: int
) -> tuple[float, float] | None:
    """The pixels an alert washes in the view; None for a closed one, which has no wash."""
    if not span.alert.is_open:
        return None
    return axis.clipped(*span_days(span, series, today))


def draw_span(
    sheet: Sheet,
    axis: TimeAxis,
    box: Box,
    span: AlertSpan,
    series: Sequence[Series],
    *,
    today: int,
    words_end: float,
) -> None:
    """Draw the days of an alert into a box; the hatch begins at `words_end`, below the words."""
    if not span.alert.is_open:
        _draw_closed(sheet, axis, box, span, series, today)
        return
    look = sheet.style.priorities[span.alert.priority.value]
    start, _ = span_days(span, series, today)
    if (stretch := wash_of(span, series, axis, today)) is not None:
        left, right = stretch
        name = f"span:{span.alert.id}"
        sheet.fill(Box(left, box.top, right, box.bottom), look.wash, 1.5, gid=name)
        # The hatch tells the wash from an expected window without colour.
        sheet.hatch(Box(left, words_end, right, box.bottom), look.ink, 1.6, f"hatch:{name}")
        sheet.fill(Box(left, box.bottom - _BAR, right, box.bottom), look.fill, 2.5)
    if axis.shows(start):
        sheet.line(
            [axis.x(start)] * 2, [box.top, box.bottom], color=look.ink, linewidth=0.8,
            linestyle=(0, (2, 2)), zorder=2.4,
        )  # fmt: skip


def _draw_closed(
    sheet: Sheet,
    axis: TimeAxis,
    box: Box,
    span: AlertSpan,
    series: Sequence[Series],
    today: int,
) -> None:
    if (stretch := axis.clipped(*span_days(span, series, today))) is None:
        return
    bar = Box(stretch[0], box.bottom - _BAR - 1, stretch[1], box.bottom - 0.5)
    sheet.fill(
        bar, sheet.style.paper, 2.5, edgecolor=sheet.style.gap, linewidth=0.6,
        gid=f"closed:{span.alert.id}",
    )  # fmt: skip
