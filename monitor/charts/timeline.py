"""One episode on one time axis: pain, numbness, weakness, other symptoms, events, alerts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from monitor.charts.drawn import Drawn, Reading
from monitor.charts.events import (
    Placed,
    draw_events,
    entries_of,
    extra_due,
    pauses_of,
    place_entries,
    row_height,
)
from monitor.charts.evidence import Lit, lit_in
from monitor.charts.foot import Foot, draw_foot, foot_height, plan_foot, ticks_height
from monitor.charts.header import plan_header
from monitor.charts.layout import EDGE, Box
from monitor.charts.letters import draw_letters
from monitor.charts.panel import (
    NAME_INDENT,
    Part,
    Plan,
    draw_panel,
    draw_severity,
    frame_of,
    minimum_height,
    names_width,
)
from monitor.charts.ranges import limits, ranges
from monitor.charts.readings import Readings
from monitor.charts.series import concerns, draw_earlier, drawings_of
from monitor.charts.sheet import Frame, Sheet, TimeAxis
from monitor.charts.strips import Cells, draw_cells, draw_strip
from monitor.charts.style import Style, use_fonts
from monitor.charts.view import View
from monitor.charts.words import Labels
from monitor.services.review import AlertSpan, Chart, Earlier, Strip

__all__ = ["Drawn", "Labels", "Reading", "Style", "View", "draw", "ranges", "use_fonts"]

_SHARES = {"pain": 1.9, "numbness": 1.25, "weakness": 1.0}


@dataclass(frozen=True)
class _Columns:
    """The columns left of the plot: where titles and severity words end, and the plot begins."""

    titles: float
    severity: float | None
    plot: float


@dataclass(frozen=True)
class _Whole:
    """Everything that has been planned before the first thing is drawn."""

    columns: _Columns
    axis: TimeAxis
    plans: tuple[Plan, ...]
    placed: list[Placed]
    event_rows: int
    foot: Foot
    lit: Lit | None
    earlier: Earlier | None


def draw(figure: Figure, chart: Chart, labels: Labels, style: Style, view: View) -> Drawn:
    """Draw a chart on a figure in place of whatever was there, and say what can be asked of it.

    The figure's size and dpi are kept; it should be at least 700 x 400 pixels at its own 100
    dpi. Words that find no room are shortened or, beside an event or a marker, left out: the
    read-out has them.
    """
    sheet = Sheet(figure, style)
    whole = _plan(sheet, chart, labels, view)
    boxes = _boxes(sheet, chart, labels, whole)
    found: list[tuple[str, Box]] = []
    frames: dict[str, Frame] = {
        p.panel.name: frame_of(boxes[p.panel.name], whole.axis, p) for p in whole.plans
    }
    for plan in whole.plans:
        found += _draw_plan(sheet, chart, labels, whole, plan, frames[plan.panel.name])
    found += _draw_strips(sheet, chart, labels, whole, boxes["strips"])
    found += draw_events(sheet, whole.axis, boxes["events"], whole.placed, labels)
    draw_letters(sheet, frames, chart, labels)
    _draw_days(sheet, chart, labels, whole.axis, boxes)
    _draw_extra_due(sheet, chart, whole.axis, boxes)
    _draw_pauses(sheet, chart, whole.axis, boxes)
    draw_foot(sheet, whole.axis, boxes["events"].bottom, whole.foot)
    plot = Box(whole.axis.left, boxes["top"].top, whole.axis.right, boxes["events"].bottom)
    parts = {name: box for name, box in boxes.items() if name != "top"}
    readings = Readings(chart, labels, whole.earlier)
    return Drawn(
        sheet.width, sheet.height, plot, view.first_day, view.last_day, parts,
        readings.days, readings, tuple(found),
        boxes["events"].bottom + ticks_height(sheet), chart.today, limits(chart),
    )  # fmt: skip


def _plan(sheet: Sheet, chart: Chart, labels: Labels, view: View) -> _Whole:
    columns = _columns(sheet, chart, labels)
    lit = lit_in(chart, view.lit)
    rough = TimeAxis(columns.plot, sheet.width, view)
    parts = _parts(sheet, chart, rough)
    names = max((names_width(sheet, part, labels) for part in parts), default=0.0)
    titles = [labels.alert(s.alert) for s in chart.spans if _strips_of(chart, s)]
    names = max([names, *(sheet.measure(words, weight="bold") for words in titles)])
    right = sheet.width - min(names + NAME_INDENT + EDGE, sheet.width * 0.22) - 2
    axis = TimeAxis(columns.plot, right, view)
    elsewhere = [
        span for span in chart.spans if not _panel_of(chart, span) and not _strips_of(chart, span)
    ]
    placed, rows = place_entries(
        sheet, axis, entries_of(chart, elsewhere, labels, lit), 1 if sheet.is_small else 2
    )
    earlier = chart.earlier if view.earlier else None
    foot = plan_foot(sheet, axis, chart, labels, labels.earlier if earlier is not None else "")
    return _Whole(
        columns, axis, _plans(sheet, chart, labels, axis, parts), placed, rows, foot, lit, earlier
    )


def _parts(sheet: Sheet, chart: Chart, axis: TimeAxis) -> list[Part]:
    set_by_hand = {(own.item, own.place) for own in chart.episode.own_baselines}
    lit = lit_in(chart, axis.view.lit)
    parts = []
    for panel in chart.panels:
        spans = tuple(span for span in chart.spans if _panel_of(chart, span) == panel.name)
        drawings = tuple(drawings_of(panel, spans, axis, sheet))
        has_own = any((s.item, s.place) in set_by_hand for s in panel.series[:1])
        parts.append(Part(panel, spans, drawings, chart.today, lit, has_own))
    return parts


def _plans(
    sheet: Sheet, chart: Chart, labels: Labels, axis: TimeAxis, parts: Sequence[Part]
) -> tuple[Plan, ...]:
    zero, episode = chart.episode.procedure.date, chart.episode
    own = frozenset((window.item, window.expected_to_day) for window in episode.own_windows)
    plans: list[Plan] = []
    for part in parts:
        header = plan_header(
            sheet, axis, part.panel, part.spans, labels, 2 if sheet.is_small else 3,
            zero if axis.view.unit == "dates" else None, chart.today, own,
        )  # fmt: skip
        if not plans and _shows_today(sheet, chart, labels, axis):
            header.add(labels.today, sheet.style.muted, axis.x(chart.today) + 4)
        plans.append(Plan(**vars(part), header=header))
    return tuple(plans)


def _panel_of(chart: Chart, span: AlertSpan) -> str:
    names = {panel.name for panel in chart.panels}
    return span.panel if span.panel in names else ""


def _strips_of(chart: Chart, span: AlertSpan) -> list[Strip]:
    """The strips an alert speaks of; none if a panel has it."""
    if _panel_of(chart, span):
        return []
    return [strip for strip in chart.strips if concerns(span, strip.series)]


def _columns(sheet: Sheet, chart: Chart, labels: Labels) -> _Columns:
    titles = [labels.panels[panel.name] for panel in chart.panels]
    title = max((sheet.measure(t, sheet.text_size, "bold") for t in titles), default=0.0)
    severity = 0.0
    if sheet.width >= 740:
        words = [sheet.measure(w, sheet.small_size - 1) for _, _, w in labels.severity]
        severity = max((width + 12 for width in words), default=0.0)
    scale = sheet.measure("10") + 14  # and the space on both sides of it
    names = [labels.name(s.series.item, s.series.place) for s in chart.strips]
    strip = max((sheet.measure(n, weight="bold") for n in names), default=0.0) + 10
    wide = max(title + 8 + severity + scale, min(strip, sheet.width * 0.2))
    left = EDGE + wide
    words_end = left - scale if severity else None
    return _Columns(left - scale - severity - 4, words_end, left)


def _boxes(sheet: Sheet, chart: Chart, labels: Labels, whole: _Whole) -> dict[str, Box]:
    """The box of every part, from the top down, and "top", the first of them."""
    gap = 8.0 if sheet.is_small else 14.0
    least = max(sheet.small_size + 3, sheet.small_size * 1.25)
    strip = min(max(sheet.height * 0.027, least), max(24.0, least))
    below = (
        strip * len(chart.strips)
        + (gap if chart.strips else 0)
        + row_height(sheet) * whole.event_rows
        + gap
        + foot_height(sheet, whole.foot)
    )
    room = sheet.height - EDGE - below - gap * max(len(whole.plans) - 1, 0)
    boxes: dict[str, Box] = {}
    left, right, y = whole.axis.left, whole.axis.right, EDGE
    for plan, height in zip(whole.plans, _heights(sheet, whole.plans, labels, room), strict=True):
        boxes[plan.panel.name] = Box(left, y, right, y + height)
        y += height + gap
    boxes["strips"] = Box(left, y, right, y + strip * len(chart.strips))
    y = boxes["strips"].bottom + (gap if chart.strips else 0)
    boxes["events"] = Box(left, y, right, y + row_height(sheet) * whole.event_rows)
    boxes["top"] = next(iter(boxes.values()))
    return boxes


def _heights(sheet: Sheet, plans: Sequence[Plan], labels: Labels, room: float) -> list[float]:
    """Share the room out; a panel gets what it needs first, then its share of the rest."""
    least = [minimum_height(sheet, plan, labels) for plan in plans]
    nobody = all(plan.is_empty for plan in plans)
    shares = [
        0.0 if plan.is_empty and not nobody and plan.panel.name != "pain"
        else _SHARES[plan.panel.name] for plan in plans
    ]  # fmt: skip
    if sum(least) >= room:
        return [height * room / sum(least) for height in least]
    heights = list(least)
    fixed: set[int] = {i for i, share in enumerate(shares) if share == 0}
    while len(fixed) < len(plans):
        free = [i for i in range(len(plans)) if i not in fixed]
        rest = room - sum(heights[i] for i in fixed)
        unit = rest / sum(shares[i] for i in free)
        tight = [i for i in free if shares[i] * unit < least[i]]
        if not tight:
            for i in free:
                heights[i] = shares[i] * unit
            break
        fixed |= set(tight)
    return heights


def _draw_plan(
    sheet: Sheet, chart: Chart, labels: Labels, whole: _Whole, plan: Plan, frame: Frame
) -> list[tuple[str, Box]]:
    style, box = sheet.style, frame.box
    middle, size = (frame.zero_y + frame.ten_y) / 2, sheet.text_size
    title, right = labels.panels[plan.panel.name], whole.columns.titles
    colour = style.strong(plan.panel.name)
    sheet.text(right, middle - size * 0.65, title, colour, size=size, weight="bold",
               align="right")  # fmt: skip
    sheet.text(right, middle + size * 0.65, labels.scale, colour, size=size, weight="bold",
               align="right")  # fmt: skip
    if whole.columns.severity is not None:
        draw_severity(sheet, frame, whole.columns.severity, labels.severity)
    if plan.is_empty:
        nobody = chart.last_report is None
        is_first = plan is whole.plans[0]
        words = labels.waiting if nobody and is_first else "" if nobody else labels.nothing
        sheet.text((box.left + box.right) / 2, middle, words, style.muted, align="center",
                   size=size if is_first else None)  # fmt: skip
    for panel in whole.earlier.panels if whole.earlier is not None else ():
        if panel.name == plan.panel.name:
            draw_earlier(sheet, frame, panel)
    return draw_panel(sheet, frame, plan, labels, whole.foot.ticks)


def _draw_strips(
    sheet: Sheet, chart: Chart, labels: Labels, whole: _Whole, box: Box
) -> list[tuple[str, Box]]:
    found: list[tuple[str, Box]] = []
    cells: Cells = defaultdict(list)
    height = box.height / max(len(chart.strips), 1)
    for number, strip in enumerate(chart.strips):
        top = box.top + number * height
        spans = [span for span in chart.spans if strip in _strips_of(chart, span)]
        row = Box(box.left, top, box.right, top + height)
        found += draw_strip(
            sheet, whole.axis, row, strip, spans, labels, chart.today, cells, whole.lit
        )
    if chart.strips:
        sheet.rules((), [box.left], box, color=sheet.style.edge, linewidth=1, zorder=2.6)
    draw_cells(sheet, cells, steps_back=whole.lit is not None)
    return found


def _shows_today(sheet: Sheet, chart: Chart, labels: Labels, axis: TimeAxis) -> bool:
    """Whether the view looks far enough ahead for today to need a line."""
    room = axis.right - axis.x(chart.today) - sheet.measure(labels.today)
    return axis.shows(chart.today) and room > 12 and chart.today > 0


def _draw_days(
    sheet: Sheet, chart: Chart, labels: Labels, axis: TimeAxis, boxes: dict[str, Box]
) -> None:
    """Draw the lines of day 0 and today through all parts."""
    for name, box in boxes.items():
        if name == "top" or box.height == 0:
            continue
        if axis.shows(0):
            sheet.line([axis.x(0)] * 2, [box.top, box.bottom], color=sheet.style.ink,
                       linewidth=1.6, zorder=3.2, gid=f"day 0:{name}")  # fmt: skip
        if _shows_today(sheet, chart, labels, axis):
            sheet.line([axis.x(chart.today)] * 2, [box.top, box.bottom], color=sheet.style.muted,
                       linewidth=1, linestyle=(0, (1, 3)), zorder=2.7)  # fmt: skip


def _draw_extra_due(sheet: Sheet, chart: Chart, axis: TimeAxis, boxes: dict[str, Box]) -> None:
    """Draw the days in which the extra report is awaited through all parts."""
    due = extra_due(chart)
    stretch = axis.clipped(due.opens_day - 0.5, due.closes_day + 0.5) if due is not None else None
    if stretch is None:
        return
    left, right = stretch
    for name, box in boxes.items():
        if name == "top" or box.height == 0:
            continue
        band = Box(left, box.top, right, box.bottom)
        sheet.fill(band, sheet.style.accent, 1.2, alpha=0.1, gid=f"extra due:{name}")
        for x in stretch:
            sheet.line([x, x], [box.top, box.bottom], color=sheet.style.accent, linewidth=1,
                       linestyle=(0, (1, 2)), zorder=2.7)  # fmt: skip


def _draw_pauses(sheet: Sheet, chart: Chart, axis: TimeAxis, boxes: dict[str, Box]) -> None:
    """Draw the days on which no report was expected through all parts, dotted on both sides."""
    for pause, (first, last) in pauses_of(chart):
        if (stretch := axis.clipped(first - 0.5, last + 0.5)) is None:
            continue
        for name, box in boxes.items():
            if name == "top" or box.height == 0:
                continue
            ground = Box(stretch[0], box.top, stretch[1], box.bottom)
            sheet.fill(ground, sheet.style.gap, 1.8, alpha=0.2, gid=f"paused:{pause.first}:{name}")
            sheet.rules((), stretch, ground, color=sheet.style.gap, linewidth=1,
                        linestyle=(0, (1, 2)), zorder=2.7)  # fmt: skip
