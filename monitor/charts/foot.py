"""The foot of a chart: ticks of the time axis, its title, the key of marks, the source."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.charts.letters import letters_used
from monitor.charts.sheet import Sheet, TimeAxis
from monitor.charts.view import Tick, counts_days, ticks
from monitor.charts.words import Labels
from monitor.services.review import Chart


@dataclass(frozen=True)
class Foot:
    """Ticks and words of the foot. `is_tall`: key and source have a row of their own."""

    ticks: tuple[Tick, ...]
    title: str
    key: str
    source: str
    is_tall: bool


def plan_foot(sheet: Sheet, axis: TimeAxis, chart: Chart, labels: Labels) -> Foot:
    """Choose the ticks and see whether the words fit in one row."""
    zero = chart.episode.procedure.date
    room = 62.0 if axis.view.unit == "dates" else 38.0
    chosen = ticks(axis.view, zero, labels, max(2, int((axis.right - axis.left) / room)))
    pattern = labels.since_days if counts_days(axis.view) else labels.since_weeks
    if axis.view.unit == "dates":
        pattern = labels.dates
    title = pattern.format(date=labels.full_date(zero))
    key = " · ".join(
        f"{labels.mark_letters[mark]} {labels.mark_words.get(mark, mark)}"
        for mark in letters_used(chart, labels)
    )
    middle, half = (axis.left + axis.right) / 2, sheet.measure(title) / 2
    fits = (
        sheet.measure(key) + 20 < middle - half
        and sheet.measure(labels.source) + 20 < sheet.width - middle - half
    )
    return Foot(chosen, title, key, labels.source, not fits and bool(key or labels.source))


def foot_height(sheet: Sheet, foot: Foot) -> float:
    return _row(sheet) * (3 if foot.is_tall else 2) + 4


def draw_foot(sheet: Sheet, axis: TimeAxis, top: float, foot: Foot) -> None:
    """Draw the foot under height `top`."""
    style, row = sheet.style, _row(sheet)
    for tick in foot.ticks:
        sheet.text(axis.x(tick.day), top + row * 0.6, tick.label, style.muted, align="center")
    sheet.text((axis.left + axis.right) / 2, top + row * 1.6, foot.title, style.muted,
               align="center")  # fmt: skip
    last = top + row * (2.6 if foot.is_tall else 1.6)
    room = sheet.width - sheet.measure(foot.key) - 30
    sheet.text(6, last, foot.key, style.muted)
    sheet.text(sheet.width - 6, last, sheet.elide(foot.source, room), style.muted, align="right")


def _row(sheet: Sheet) -> float:
    return sheet.small_size + 5
