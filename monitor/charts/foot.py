"""The foot of a chart: ticks of the time axis, its title, the key of marks, the source."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.charts.letters import letters_used
from monitor.charts.series import EARLIER
from monitor.charts.sheet import Sheet, TimeAxis
from monitor.charts.view import Tick, counts_days, ticks
from monitor.charts.words import Labels
from monitor.services.review import Chart

_SAMPLE = 26.0
"""The dashes before the name of the earlier course."""


@dataclass(frozen=True)
class Foot:
    """Ticks and words of the foot. `rows` below the title: one for keys and source, or two."""

    ticks: tuple[Tick, ...]
    title: str
    key: str
    source: str
    earlier: str
    rows: int


def plan_foot(
    sheet: Sheet, axis: TimeAxis, chart: Chart, labels: Labels, earlier: str = ""
) -> Foot:
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
    keys, source = _keys_width(sheet, key, earlier) + 20, sheet.measure(labels.source) + 20
    fits = keys < middle - half and source < sheet.width - middle - half
    rows = 0 if fits else 1 if keys + source < sheet.width else 2
    return Foot(chosen, title, key, labels.source, earlier, rows)


def _keys_width(sheet: Sheet, key: str, earlier: str) -> float:
    gap = 16 if key and earlier else 0
    return sheet.measure(key) + gap + (_SAMPLE + sheet.measure(earlier) if earlier else 0)


def foot_height(sheet: Sheet, foot: Foot) -> float:
    return _row(sheet) * (2 + foot.rows) + 4


def ticks_height(sheet: Sheet) -> float:
    """The height of the words of the ticks, at the top of the foot."""
    return _row(sheet)


def draw_foot(sheet: Sheet, axis: TimeAxis, top: float, foot: Foot) -> None:
    """Draw the foot under height `top`."""
    style, row = sheet.style, _row(sheet)
    for tick in foot.ticks:
        sheet.text(axis.x(tick.day), top + row * 0.6, tick.label, style.muted, align="center")
    sheet.text((axis.left + axis.right) / 2, top + row * 1.6, foot.title, style.muted,
               align="center")  # fmt: skip
    last = top + row * (2.6 if foot.rows else 1.6)
    left, room = 6.0, sheet.width - 12
    if foot.earlier:
        sheet.line([left, left + _SAMPLE - 4], [last, last], color=style.gap, **EARLIER)
        words = sheet.elide(foot.earlier, room - _SAMPLE)
        sheet.text(left + _SAMPLE, last, words, style.muted)
        left += _SAMPLE + sheet.measure(words) + 16
    key = sheet.elide(foot.key, max(sheet.width - left - 6, 0)) if foot.key else ""
    sheet.text(left, last, key, style.muted)
    room = sheet.width - 12 - (left + sheet.measure(key) + 8 if foot.rows < 2 else 0)
    source = sheet.elide(foot.source, room) if room > 0 else ""
    sheet.text(sheet.width - 6, top + row * (1.6 + foot.rows), source, style.muted,
               align="right")  # fmt: skip


def _row(sheet: Sheet) -> float:
    return sheet.small_size + 5
