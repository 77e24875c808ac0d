"""The line of events under the panels: procedure, contacts, reports that did not come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import nan

from monitor.charts.evidence import Lit, answer_words
from monitor.charts.header import draw_flag, title_look
from monitor.charts.layout import Box, Rows
from monitor.charts.sheet import Sheet, TimeAxis, Weight
from monitor.charts.words import Labels
from monitor.domain.due import Due
from monitor.domain.episode import Pause
from monitor.services.review import AlertSpan, Chart

_HALF = 6.0


@dataclass(frozen=True)
class Entry:
    """What happened on one day, under one symbol. `span` is set where it is an alert.

    `is_lit`: an answer that a chosen alert rests on; `is_due`: a report that is still to come;
    `is_pause`: the first day of days without reports.
    """

    day: int
    words: str
    is_missed: bool = False
    span: AlertSpan | None = None
    is_lit: bool = False
    is_due: bool = False
    is_pause: bool = False


@dataclass(frozen=True)
class Placed:
    """An entry with its row; `words_left` None: there was no room for its words."""

    entry: Entry
    row: int
    words_left: float | None


def entries_of(
    chart: Chart, spans: Sequence[AlertSpan], labels: Labels, lit: Lit | None = None
) -> list[Entry]:
    """The entries, the most important first: what is lit and due, then the procedure and alerts.

    Contacts and missed reports come last. spans: alerts that belong to no panel and no strip.
    """
    first = [
        Entry(day, answer_words(some, labels), is_lit=True)
        for day, some in (lit.elsewhere(chart) if lit is not None else ())
    ]
    if (due := extra_due(chart)) is not None:
        zero = chart.episode.procedure.date
        first_date, last_date = (zero + dt.timedelta(d) for d in (due.opens_day, due.closes_day))
        words = labels.extra_due.format(
            first=labels.short_date(first_date), last=labels.short_date(last_date)
        )
        first.append(Entry(due.due_day, words, is_due=True))
    first += [
        Entry(days[0], labels.pauses.get(pause.reason, pause.reason), is_pause=True)
        for pause, days in pauses_of(chart)
    ]
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
        *first,
        *entries[:1],
        *alerts,
        *entries[1:],
        *(Entry(day, word, is_missed=True) for day in sorted(missed, reverse=True)),
    ]


def pauses_of(chart: Chart) -> list[tuple[Pause, tuple[int, int]]]:
    """The pauses of the follow-up, each with its first and last day."""
    zero = chart.episode.procedure.date
    return [(p, ((p.first - zero).days, (p.last - zero).days)) for p in chart.episode.pauses]


def extra_due(chart: Chart) -> Due | None:
    """The report that a rule asked for beside the schedule; None where none is due."""
    due = chart.next_due
    return due if due is not None and due.slot is None else None


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
        width = sheet.measure(entry.words, weight=_look(sheet, entry)[1]) + 10
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
    for one in reversed(placed):  # the most important is drawn last, over the others
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
    if entry.is_lit:
        sheet.line([x], [y], marker="o", markersize=_HALF * 2, markerfacecolor=style.paper,
                   markeredgecolor=style.ink, markeredgewidth=2, linestyle="none", zorder=7,
                   gid=f"lit:{entry.day}")  # fmt: skip
        sheet.line([x], [y], marker="o", markersize=4, color=style.ink, linestyle="none", zorder=7)
    elif entry.is_due:
        sheet.line([x], [y], marker="o", markersize=7.5, markerfacecolor=style.paper,
                   markeredgecolor=style.accent, markeredgewidth=2, linestyle="none", zorder=6,
                   gid=f"due:{entry.day}")  # fmt: skip
    elif entry.is_pause:
        sheet.line([x - 2.5, x - 2.5, nan, x + 1.5, x + 1.5],
                   [y - 4, y + 4, nan, y - 4, y + 4], color=style.muted, linewidth=1.8, zorder=6,
                   gid=f"pause:{entry.day}")  # fmt: skip
    elif entry.is_missed:
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
    if entry.is_lit:
        return sheet.style.ink, "bold"
    if entry.is_due:
        return sheet.style.accent, "bold"
    return title_look(sheet, entry.span) if entry.span else (sheet.style.muted, "normal")
