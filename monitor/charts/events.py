"""The line of events under the panels: procedure, contacts, reports that did not come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from monitor.charts.header import draw_flag, title_look
from monitor.charts.layout import Box, Rows
from monitor.charts.sheet import Sheet, TimeAxis, Weight
from monitor.charts.words import Labels
from monitor.services.review import AlertSpan, Chart

_HALF = 6.0


@dataclass(frozen=True)
class Entry:
    """What happened on one day, under one symbol. `span` is set where it is an alert."""

    day: int
    words: str
    is_missed: bool = False
    span: AlertSpan | None = None


@dataclass(frozen=True)
class Placed:
    """An entry with its row; `words_left` None: there was no room for its words."""

    entry: Entry
    row: int
    words_left: float | None


def entries_of(chart: Chart, spans: Sequence[AlertSpan], labels: Labels) -> list[Entry]:
    """The entries, the most important first: procedure, alerts, contacts, missed reports.

    spans: alerts that belong to no panel and no strip.
    """
    alerts = [Entry(s.raised_day, labels.alert(s.alert), span=s) for s in spans]
    happened = [event for event in chart.events if event.kind != "missed"]
    missed = [event.day for event in chart.events if event.kind == "missed"]
    entries = [
        Entry(day, ", ".join(labels.events.get(e.kind, e.kind) for e in events))
        for day, events in groupby(sorted(happened, key=lambda e: e.day), key=lambda e: e.day)
    ]
    entries.sort(key=lambda entry: (entry.day != 0, -entry.day))
    word = labels.events["missed"]
    return [
        *entries[:1],
        *alerts,
        *entries[1:],
        *(Entry(day, word, is_missed=True) for day in sorted(missed, reverse=True)),
    ]


def place_entries(
    sheet: Sheet, axis: TimeAxis, entries: Sequence[Entry], most_rows: int
) -> tuple[list[Placed], int]:
    """A place for each entry in view, its words beside it where there is room; rows used."""
    shown = [entry for entry in entries if axis.shows(entry.day)]
    rows = Rows(most_rows)
    for entry in shown:  # symbols lie in the first row, so that no words may cover one
        x = axis.x(entry.day)
        rows.take(0, x - _HALF, x + _HALF)
    placed = []
    for entry in shown:
        x = axis.x(entry.day)
        width = (
            sheet.measure(
                entry.words, weight=title_look(sheet, entry.span)[1] if entry.span else "normal"
            )
            + 10
        )
        sides = [(x + _HALF, x + _HALF + width), (x - _HALF - width, x - _HALF)]
        inside = [s for s in sides if axis.left - 4 <= s[0] and s[1] <= sheet.width - 4]
        found = rows.place(*inside) if inside else None
        left = inside[found[1]][0] + 5 if found else None
        placed.append(Placed(entry, found[0] if found else 0, left))
    return placed, max(rows.used, 1)


def draw_events(
    sheet: Sheet, axis: TimeAxis, box: Box, placed: Sequence[Placed], labels: Labels
) -> list[tuple[str, Box]]:
    """Draw the entries into a box of one or two rows; (alert id, box) of alerts among them."""
    style, height = sheet.style, row_height(sheet)
    sheet.line([box.left] * 2, [box.top, box.bottom], color=style.edge, linewidth=1, zorder=2.6)
    first = box.top + height / 2
    sheet.text(box.left - 8, first, labels.events_title, style.muted, align="right")
    found: list[tuple[str, Box]] = []
    for one in placed:
        x, entry = axis.x(one.entry.day), one.entry
        if entry.span is not None:
            found.append(draw_flag(sheet, x, first, entry.span))
        else:
            _draw_symbol(sheet, x, first, entry)
        if one.words_left is not None:
            y = box.top + height * (one.row + 0.5)
            _draw_words(sheet, one, one.words_left, y)
            if one.row:  # the words of the second row hang on their symbol
                sheet.line([x, x], [first + 5, y], color=style.edge, linewidth=0.8, zorder=1)
    return found


def row_height(sheet: Sheet) -> float:
    return sheet.small_size + 6


def _draw_symbol(sheet: Sheet, x: float, y: float, entry: Entry) -> None:
    style = sheet.style
    if entry.is_missed:
        sheet.line([x], [y], marker="o", markersize=6.5, markerfacecolor=style.paper,
                   markeredgecolor=style.gap, markeredgewidth=1.4, linestyle="none", zorder=6,
                   gid=f"missed:{entry.day}")  # fmt: skip
    else:
        sheet.line([x], [y], marker="D", markersize=7.5, color=style.event, linestyle="none",
                   zorder=6, gid=f"event:{entry.day}")  # fmt: skip


def _draw_words(sheet: Sheet, one: Placed, left: float, y: float) -> None:
    ink, weight = _look(sheet, one.entry)
    sheet.text(left, y, one.entry.words, ink, weight=weight)


def _look(sheet: Sheet, entry: Entry) -> tuple[str, Weight]:
    return title_look(sheet, entry.span) if entry.span else (sheet.style.muted, "normal")
