"""One part of the chart with a 0-10 axis: windows, alert spans, lines and their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.path import Path

from monitor.charts.evidence import Lit, draw_lit_points
from monitor.charts.header import Header
from monitor.charts.layout import Box, spread
from monitor.charts.series import Drawing, draw_series, marker_look, thinned
from monitor.charts.sheet import Frame, Sheet, TimeAxis, Weight
from monitor.charts.spans import draw_span
from monitor.charts.view import Tick
from monitor.charts.words import Labels
from monitor.services.review import AlertSpan, Panel, Trend

_MANY = 12
"""With more alerts than this it is likely that some lie under others' markers."""
_BELOW_ZERO = 7.0
_ABOVE_TEN = 6.0
_BREAK = Path([(-0.3, -1), (-0.3, 1), (0.3, 1), (0.3, -1), (-0.3, -1)])
"""The outline of the mark at the foot of a panel where a report did not come."""


@dataclass(frozen=True)
class Part:
    """A panel before it has a place: all that does not depend on the width of the plot."""

    panel: Panel
    spans: tuple[AlertSpan, ...]
    drawings: tuple[Drawing, ...]
    today: int
    lit: Lit | None = None
    own_baseline: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(series.points for series in self.panel.series)


@dataclass(frozen=True, kw_only=True)
class Plan(Part):
    """A panel with the words along its top: all that does not depend on its height."""

    header: Header


@dataclass(frozen=True)
class _Name:
    """A name beside the plot: the height it belongs to and how it looks."""

    y: float
    words: str
    colour: str
    weight: Weight = "normal"
    drawing: Drawing | None = None


def minimum_height(sheet: Sheet, plan: Plan, labels: Labels) -> float:
    """The height a panel needs for its scale, and for the names beside it."""
    names = len(_names(sheet, plan, labels, None))
    scale = 30.0 if plan.is_empty else 58.0 if plan.panel.name == "pain" else 42.0
    return max(plan.header.height + scale + _BELOW_ZERO + _ABOVE_TEN, names * _step(sheet) + 6)


def names_width(sheet: Sheet, plan: Part, labels: Labels) -> float:
    """The room that the names beside the plot would like."""
    names = _names(sheet, plan, labels, None)
    widths = [sheet.measure(name.words, weight=name.weight) for name in names]
    if len(plan.spans) > _MANY:
        widths.append(sheet.measure(labels.more_alerts.format(count=len(plan.spans))))
    return max(widths, default=0.0)


def frame_of(box: Box, axis: TimeAxis, plan: Plan) -> Frame:
    """The frame of a panel in its box: the scale lies below the words along the top."""
    return Frame(box, axis, box.bottom - _BELOW_ZERO, box.top + plan.header.height + _ABOVE_TEN)


def draw_panel(
    sheet: Sheet, frame: Frame, plan: Plan, labels: Labels, ticks: Sequence[Tick]
) -> list[tuple[str, Box]]:
    """Draw a panel into its frame; gives (alert id, box) of each alert marker."""
    _draw_windows(sheet, frame, plan)
    _draw_spans(sheet, frame, plan)
    _draw_grid(sheet, frame, ticks)
    _draw_reference(sheet, frame, plan)
    for drawing in plan.drawings:
        is_trended = plan.panel.trend is not None and drawing.series is plan.panel.series[0]
        draw_series(sheet, frame, drawing, is_trended=is_trended, steps_back=plan.lit is not None)
    if plan.lit is not None:
        draw_lit_points(sheet, frame, plan.drawings, plan.lit)
    _draw_gaps(sheet, frame, plan)
    names = _names(sheet, plan, labels, frame)
    if plan.header.hidden:
        words = labels.more_alerts.format(count=plan.header.hidden)
        names.insert(0, _Name(frame.box.top, words, sheet.style.muted))
    _draw_names(sheet, frame, names, labels)
    return plan.header.draw(frame.box)


def _draw_windows(sheet: Sheet, frame: Frame, plan: Plan) -> None:
    ends = {s.window.expected_to_day for s in plan.panel.series if s.window is not None}
    if plan.panel.relief_day is not None:
        ends = {plan.panel.relief_day}
    style = sheet.style
    for depth, end in enumerate(sorted(ends, reverse=True)):
        if (stretch := frame.axis.clipped(0, end)) is None:
            continue
        band = Box(stretch[0], frame.box.top, stretch[1], frame.box.bottom)
        # A shorter window lies inside a longer one and is drawn darker.
        sheet.fill(band, style.band, 1 + depth / 10, gid=f"window:{plan.panel.name}:{end}")
        if depth:
            sheet.fill(band, style.band_edge, 1.05 + depth / 10, alpha=0.07)
        if frame.axis.shows(end):
            sheet.line(
                [stretch[1], stretch[1]], [band.top, band.bottom],
                color=style.band_edge, linewidth=1, alpha=0.55, zorder=2.2,
            )  # fmt: skip


def _draw_spans(sheet: Sheet, frame: Frame, plan: Plan) -> None:
    for span in sorted(plan.spans, key=lambda s: s.alert.priority.rank, reverse=True):
        top = frame.box.top + plan.header.lifted_height
        ground = Box(frame.box.left, top, frame.box.right, frame.box.bottom)
        words_end = frame.box.top + plan.header.height
        draw_span(
            sheet, frame.axis, ground, span, plan.panel.series,
            today=plan.today, words_end=words_end,
        )  # fmt: skip


def _draw_grid(sheet: Sheet, frame: Frame, ticks: Sequence[Tick]) -> None:
    style, box = sheet.style, frame.box
    per_score = (frame.zero_y - frame.ten_y) / 10
    steps = (2, 5, 10)
    step = next((s for s in steps if per_score * s >= sheet.small_size + 8), steps[-1])
    scores = range(0, 11, step)
    heights = [frame.y(score) for score in scores]
    sheet.rules(heights, (), box, color=style.line, linewidth=0.8, zorder=2)
    for score, y in zip(scores, heights, strict=True):
        sheet.text(box.left - 8, y, str(score), style.muted, align="right")
    days = [frame.axis.x(tick.day) for tick in ticks]
    sheet.rules((), days, box, color=style.line, linewidth=0.6, zorder=1.9)
    sheet.line([box.left] * 2, [box.top, box.bottom], color=style.edge, linewidth=1, zorder=2.6)


def draw_severity(
    sheet: Sheet, frame: Frame, right: float, severity: Sequence[tuple[int, int, str]]
) -> None:
    """Write the words for stretches of the scale, ending at `right`, the worst first.

    A word too near to the one above it is left out: in a low panel that of the lowest stretch.
    """
    above = float("-inf")
    for first, last, words in sorted(severity, reverse=True):
        y = frame.y((first + last) / 2)
        if y - above >= sheet.small_size + 2:
            sheet.text(right, y, words, sheet.style.muted, size=sheet.small_size - 1, align="right")
            above = y


def _draw_reference(sheet: Sheet, frame: Frame, plan: Plan) -> None:
    if plan.panel.name != "pain":
        return
    style, box = sheet.style, frame.box
    if plan.panel.baseline is not None:
        y = frame.y(plan.panel.baseline)
        sheet.line(
            [box.left, box.right], [y, y], color=style.pain, linewidth=1.1, alpha=0.8,
            linestyle=(0, (4, 3)), zorder=2.8, gid="baseline",
        )  # fmt: skip
    if plan.panel.trend is None:
        return
    y = frame.y(plan.panel.trend.limit)
    sheet.line(
        [box.left, box.right], [y, y], color=style.priorities["red"].ink, linewidth=1.2,
        linestyle=(0, (1.2, 1.8)), zorder=2.8, gid="limit",
    )  # fmt: skip
    if len(plan.panel.trend.points) > 1:
        days, values = thinned(plan.panel.trend.points, frame.axis)
        sheet.line(
            days, values, frame, color=style.pain, linewidth=2.6, zorder=4.5, gid="trend",
            solid_joinstyle="round", solid_capstyle="round",
        )  # fmt: skip


def _draw_gaps(sheet: Sheet, frame: Frame, plan: Plan) -> None:
    days = sorted({gap for series in plan.panel.series for gap in series.gaps})
    shown = [day for day in days if frame.axis.shows(day)]
    if shown:
        sheet.line(
            [frame.axis.x(day) for day in shown], [frame.box.bottom] * len(shown),
            linestyle="none", marker=_BREAK,
            markersize=9, markerfacecolor=sheet.style.paper, markeredgecolor=sheet.style.muted,
            markeredgewidth=1, zorder=7, gid=f"gaps:{plan.panel.name}",
        )  # fmt: skip


def _step(sheet: Sheet) -> float:
    return max(sheet.small_size + 2.5, sheet.small_size * 1.2)


def _names(sheet: Sheet, plan: Part, labels: Labels, frame: Frame | None) -> list[_Name]:
    """The names beside the plot, the most important first; `frame` None: heights unknown."""

    def y(score: float) -> float:
        return frame.y(score) if frame is not None else 0.0

    panel, style = plan.panel, sheet.style
    found: list[_Name] = []
    if panel.name == "pain" and panel.baseline is not None:
        before = labels.before_own if plan.own_baseline else labels.before
        words = before.format(score=f"{panel.baseline:.1f}".removesuffix(".0"))
        found.append(_Name(y(panel.baseline), words, style.pain))
    if panel.trend is not None:
        found += _trend_names(sheet, plan, panel.trend, labels, frame)
    if panel.name == "pain" and len(panel.series) < 2:
        return found
    for drawing in plan.drawings:
        if drawing.last is not None:
            strong = drawing.look.is_strong
            found.append(
                _Name(
                    y(drawing.last.score),
                    labels.name(drawing.series.item, drawing.series.place),
                    style.strong(panel.name) if strong else style.muted,
                    "bold" if strong else "normal",
                    drawing,
                )
            )
    return found


def _trend_names(
    sheet: Sheet, plan: Part, trend: Trend, labels: Labels, frame: Frame | None
) -> Iterator[_Name]:
    """The trend as it stands at the end of the view, and the limit it alerts at."""
    end = frame.axis.view.last_day if frame is not None else plan.today
    value = next((v for day, v in reversed(trend.points) if day <= end), None)
    limit = f"{trend.limit:.1f}"
    if value is not None:
        said = f"{value:.1f}"
        if said == limit and value != trend.limit:  # the reader must see on which side it is
            said, limit = f"{value:.2f}", f"{trend.limit:.2f}"
        words = labels.trend.format(value=said)
        where = frame.y(value) if frame is not None else 0.0
        yield _Name(where, words, sheet.style.pain, "bold")
    where = frame.y(trend.limit) if frame is not None else 0.0
    yield _Name(where, labels.limit.format(value=limit), sheet.style.priorities["red"].ink)


def _draw_names(sheet: Sheet, frame: Frame, names: list[_Name], labels: Labels) -> None:
    step = _step(sheet)
    low, high = frame.box.top + step / 2, frame.box.bottom + _BELOW_ZERO - step / 2
    room = max(1, int((high - low) / step) + 1)
    if len(names) > room:
        rest = len(names) - room + 1
        names = [*names[: room - 1], _Name(high, labels.more.format(count=rest), sheet.style.muted)]
    heights = spread([n.y for n in names], step, low, high)
    leaders = []
    for name, y in zip(names, heights, strict=True):
        left = frame.box.right + (NAME_INDENT if name.drawing is not None else 10)
        _draw_name(sheet, left, name, y)
        if name.drawing is not None:
            leaders.append((frame.box.right + 1, name.y, left - 14, y))
        elif abs(name.y - y) > 1.5:
            leaders.append((frame.box.right + 1, name.y, left - 2, y))
    sheet.leaders(leaders, color=sheet.style.edge, linewidth=0.8)


NAME_INDENT = 26.0
"""From the edge of the plot to the words of a name: room for a leader and a marker."""


def _draw_name(sheet: Sheet, left: float, name: _Name, y: float) -> None:
    room = sheet.width - left - 4
    sheet.text(left, y, sheet.elide(name.words, room, weight=name.weight), name.colour,
               weight=name.weight)  # fmt: skip
    if name.drawing is not None:
        sheet.line([left - 8], [y], linestyle="none", zorder=6,
                   **marker_look(sheet, name.drawing.look))  # fmt: skip
