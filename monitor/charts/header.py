"""The words along the top of a panel: alert titles and what its windows say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.charts.layout import Box, Rows
from monitor.charts.sheet import Sheet, TimeAxis, Weight
from monitor.charts.words import Labels
from monitor.services.review import AlertSpan, Panel

SHAPES = {"red": "v", "orange": "D", "amber": "o", "yellow": "s"}
"""Marker of each priority: triangle, diamond, disc, square, as on the worklist."""

MARKER = 11.0
_GAP = 5.0


@dataclass(frozen=True)
class Phrase:
    """Words of a panel's top: where they begin, in which row, and how they look."""

    left: float
    row: int
    words: str
    colour: str
    weight: Weight = "normal"


@dataclass(frozen=True)
class Flag:
    """An alert's marker: its middle and its row."""

    x: float
    row: int
    span: AlertSpan


@dataclass
class Header:
    """What has found its place along the top of a panel. Words never overlap."""

    sheet: Sheet
    axis: TimeAxis
    rows: Rows
    phrases: list[Phrase] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    @property
    def row_height(self) -> float:
        return self.sheet.small_size + 5

    @property
    def height(self) -> float:
        return self.rows.used * self.row_height + (3 if self.rows.used else 0)

    def add_alert(self, span: AlertSpan, title: str) -> None:
        """Put a marker on the day the alert was raised, its title beside it as far as it fits."""
        if not self.axis.shows(span.raised_day):
            return
        x = self.axis.x(span.raised_day)
        for words in (title, self._as_fits(title, x), ""):
            width = self.sheet.measure(words, weight="bold") + _GAP if words else 0.0
            sides = [(x - MARKER / 2 - 2, x + MARKER / 2 + 2 + width)]
            if words:
                sides.append((x - MARKER / 2 - 2 - width, x + MARKER / 2 + 2))
            inside = [s for s in sides if self._is_inside(s) or not words]
            if found := self.rows.place(*inside):
                self._keep(span, x, words, found[0], before=inside[found[1]] != sides[0])
                return
        self._keep(span, x, "", self.rows.most - 1, before=False)

    def _as_fits(self, title: str, x: float) -> str:
        room = max(x - self.axis.left, self.axis.right - x) - MARKER - 2 * _GAP
        shortened = self.sheet.elide(title, room * 0.6, weight="bold")
        return shortened if len(shortened) > 8 else ""

    def _is_inside(self, stretch: tuple[float, float]) -> bool:
        return self.axis.left <= stretch[0] and stretch[1] <= self.axis.right + 2

    def _keep(self, span: AlertSpan, x: float, words: str, row: int, *, before: bool) -> None:
        self.flags.append(Flag(x, row, span))
        if not words:
            return
        width = self.sheet.measure(words, weight="bold")
        left = x - MARKER / 2 - _GAP - width if before else x + MARKER / 2 + _GAP
        ink = self.sheet.style.priorities[span.alert.priority.value].ink
        self.phrases.append(Phrase(left, row, words, ink, "bold"))

    def add(self, words: str, colour: str, *lefts: float) -> bool:
        """Write words at the first of `lefts` that is free; False if none is."""
        width = self.sheet.measure(words)
        stretches = [(left - 3, left + width + 3) for left in lefts]
        inside = [s for s in stretches if self._is_inside(s)]
        if inside and (found := self.rows.place(*inside)):
            self.phrases.append(Phrase(inside[found[1]][0] + 3, found[0], words, colour))
            return True
        return False

    def draw(self, box: Box) -> list[tuple[str, Box]]:
        """Write the words and markers at the top of `box`; (alert id, box) of each marker."""
        for phrase in self.phrases:
            self.sheet.text(
                phrase.left, self._y(box, phrase.row), phrase.words, phrase.colour,
                weight=phrase.weight,
            )  # fmt: skip
        return [self._draw_flag(flag, self._y(box, flag.row)) for flag in self.flags]

    def _draw_flag(self, flag: Flag, y: float) -> tuple[str, Box]:
        return draw_flag(self.sheet, flag.x, y, flag.span)

    def _y(self, box: Box, row: int) -> float:
        return box.top + 3 + self.row_height * (row + 0.5)


def draw_flag(sheet: Sheet, x: float, y: float, span: AlertSpan) -> tuple[str, Box]:
    """Draw an alert's marker in the shape of its priority; its id and box."""
    priority = span.alert.priority.value
    look = sheet.style.priorities[priority]
    sheet.line(
        [x], [y], marker=SHAPES[priority], linestyle="none", color=look.fill,
        markeredgecolor=look.ink, markeredgewidth=1.2, zorder=9, gid=f"alert:{span.alert.id}",
        markersize=MARKER - (3 if priority in {"orange", "yellow"} else 1),
    )  # fmt: skip
    half = MARKER / 2
    return span.alert.id, Box(x - half, y - half, x + half, y + half)


def plan_header(
    sheet: Sheet,
    axis: TimeAxis,
    panel: Panel,
    spans: Sequence[AlertSpan],
    labels: Labels,
    most: int,
    dates_from: dt.date | None,
) -> Header:
    """Find a place for the alerts of a panel, then for what its windows say.

    dates_from: the date of day 0 where days are spoken of as dates.
    """
    header = Header(sheet, axis, Rows(most))
    for span in sorted(spans, key=lambda s: s.alert.priority.rank):
        header.add_alert(span, labels.alerts.get(span.alert.id, ""))
    ink = sheet.style.band_edge
    for day, pattern in windows_of(panel, labels):
        words = pattern.format(when=labels.when(day, dates_from))
        _add_window(header, words, ink, day)
    for words in permanent_words(panel, labels):
        room = axis.right - max(axis.x(0), axis.left) - 12
        fitted = sheet.elide(words, room)
        left = max(axis.x(0), axis.left) + 6
        header.add(fitted, sheet.style.muted, left, axis.right - sheet.measure(fitted) - 4)
    return header


def _add_window(header: Header, words: str, ink: str, day: int) -> None:
    """Write where a window ends: inside its band, else beyond it, with an arrow if out of view."""
    axis, sheet = header.axis, header.sheet
    if day < axis.view.first_day:
        header.add(f"← {words}", ink, axis.left + 6)
        return
    if day > axis.view.last_day:
        words = f"{words} →"
    width, end = sheet.measure(words), min(axis.x(day), axis.right)
    inside = end - 5 - width
    clear = [inside] if inside > axis.x(0) + 3 else []
    if not header.add(words, ink, *clear, end + 5, axis.right - width - 4):
        header.add(words, ink, max(inside, axis.left + 4))


def windows_of(panel: Panel, labels: Labels) -> list[tuple[int, str]]:
    """The ends of a panel's expected windows, longest first, each with its phrase."""
    if panel.relief_day is not None:
        return [(panel.relief_day, labels.relief_due)]
    ends: dict[int, bool] = {}
    for series in panel.series:
        if series.window is not None:
            end = series.window.expected_to_day
            ends[end] = ends.get(end, False) or series.planned
    several = len(ends) > 1
    return [
        (end, labels.settle if planned or not several else labels.settle_elsewhere)
        for end, planned in sorted(ends.items(), reverse=True)
    ]


def permanent_words(panel: Panel, labels: Labels) -> list[str]:
    """What is said of numbness that is part of the procedure and has no window."""
    if panel.name != "numbness":
        return []
    staying = [s for s in panel.series if s.planned and s.window is None]
    if not staying:
        return []
    if len(staying) == len(panel.series):
        return [labels.stays]
    names = ", ".join(labels.name(s.item, s.place) for s in staying)
    return [f"{names}: {labels.stays}"]
