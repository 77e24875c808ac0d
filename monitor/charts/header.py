"""The words along the top of a panel: alert titles and what its windows say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.charts.layout import Box, Rows
from monitor.charts.sheet import Sheet, TimeAxis, Weight
from monitor.charts.spans import wash_of
from monitor.charts.words import Labels
from monitor.services.review import AlertSpan, Panel, Series

Own = frozenset[tuple[str, int]]
"""The windows set for one patient: item ("relief" for the day of relief) and last day."""

SHAPES = {"red": "v", "orange": "D", "amber": "o", "yellow": "s"}
"""Marker of each priority: triangle, diamond, disc, square, as on the worklist."""

MARKER = 11.0
_GAP = 5.0
_APART = 5.0
"""Markers nearer than this to each other, in pixels, cannot be told apart."""


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
    """What has found its place along the top of a panel. Words never overlap.

    `washes`: the stretches that alerts shade, from below the first `lifted` rows. `crowd`:
    alerts that no row had room for; `hidden`: how many of them lie under others' markers.
    """

    sheet: Sheet
    axis: TimeAxis
    rows: Rows
    washes: tuple[tuple[float, float], ...] = ()
    lifted: int = 0
    phrases: list[Phrase] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    crowd: list[AlertSpan] = field(default_factory=list)
    hidden: int = 0

    @property
    def row_height(self) -> float:
        return self.sheet.small_size + 5

    @property
    def height(self) -> float:
        return self.rows.used * self.row_height + (3 if self.rows.used else 0)

    @property
    def lifted_height(self) -> float:
        """How far below the top of the panel the washes begin."""
        return self.lifted * self.row_height + (3 if self.lifted else 0)

    def add_alert(self, span: AlertSpan, title: str) -> None:
        """Put a marker on the day the alert was raised, its title beside it as far as it fits."""
        if not self.axis.shows(span.raised_day):
            return
        x = self.axis.x(span.raised_day)
        _, weight = title_look(self.sheet, span)
        for words in (title, self._as_fits(title, x, weight), ""):
            width = self.sheet.measure(words, weight=weight) + _GAP if words else 0.0
            sides = [(x - MARKER / 2 - 2, x + MARKER / 2 + 2 + width)]
            if words:
                sides.append((x - MARKER / 2 - 2 - width, x + MARKER / 2 + 2))
            inside = [s for s in sides if self._is_inside(s) or not words]
            if found := self.rows.place(*inside, first=self.lifted):
                self._keep(span, x, words, found[0], before=inside[found[1]] != sides[0])
                return
        self.crowd.append(span)

    def place_crowd(self) -> None:
        """Put the markers of the crowd into a row of their own, as many as can be told apart."""
        row, taken = self.rows.used, list[float]()
        self.rows.take(row, self.axis.left, self.axis.right)
        for span in self.crowd:
            x = self.axis.x(span.raised_day)
            if any(abs(x - other) < _APART for other in taken):
                self.hidden += 1
            else:
                taken.append(x)
                self.flags.append(Flag(x, row, span))

    def _as_fits(self, title: str, x: float, weight: Weight) -> str:
        room = max(x - self.axis.left, self.axis.right - x) - MARKER - 2 * _GAP
        shortened = self.sheet.elide(title, room * 0.6, weight=weight)
        return shortened if len(shortened) > 8 else ""

    def _is_inside(self, stretch: tuple[float, float]) -> bool:
        return self.axis.left <= stretch[0] and stretch[1] <= self.axis.right + 2

    def _keep(self, span: AlertSpan, x: float, words: str, row: int, *, before: bool) -> None:
        self.flags.append(Flag(x, row, span))
        if not words:
            return
        ink, weight = title_look(self.sheet, span)
        width = self.sheet.measure(words, weight=weight)
        left = x - MARKER / 2 - _GAP - width if before else x + MARKER / 2 + _GAP
        self.phrases.append(Phrase(left, row, words, ink, weight))

    def add(self, words: str, colour: str, *lefts: float, is_clear: bool = False) -> bool:
        """Write words at the first of `lefts` that is free; False if none is.

        is_clear: they may not stand in a wash.
        """
        width = self.sheet.measure(words)
        stretches = [(left - 3, left + width + 3) for left in lefts]
        inside = [s for s in stretches if self._is_inside(s) and not (is_clear and self._dims(s))]
        if inside and (found := self.rows.place(*inside)):
            self.phrases.append(Phrase(inside[found[1]][0] + 3, found[0], words, colour))
            return True
        return False

    def lift(self, words: str, colour: str, *lefts: float) -> None:
        """Write words above the washes; must come before any alert is added."""
        self.add(words, colour, *lefts)
        self.lifted = self.rows.used

    def _dims(self, stretch: tuple[float, float]) -> bool:
        return any(stretch[0] < right and left < stretch[1] for left, right in self.washes)

    def draw(self, box: Box) -> list[tuple[str, Box]]:
        """Write the words and markers at the top of `box`; (alert id, box) of each marker."""
        for phrase in self.phrases:
            self.sheet.text(
                phrase.left, self._y(box, phrase.row), phrase.words, phrase.colour,
                weight=phrase.weight,
            )  # fmt: skip
        # The most urgent come first and are drawn last, over the others.
        found = [self._draw_flag(flag, self._y(box, flag.row)) for flag in reversed(self.flags)]
        return found[::-1]

    def _draw_flag(self, flag: Flag, y: float) -> tuple[str, Box]:
        return draw_flag(self.sheet, flag.x, y, flag.span)

    def _y(self, box: Box, row: int) -> float:
        return box.top + 3 + self.row_height * (row + 0.5)


def urgency(span: AlertSpan) -> tuple[bool, int]:
    """The order of alerts: those that are open, then by priority."""
    return not span.alert.is_open, span.alert.priority.rank


def title_look(sheet: Sheet, span: AlertSpan) -> tuple[str, Weight]:
    """The colour and weight of an alert's title; one that is closed is muted."""
    if not span.alert.is_open:
        return sheet.style.muted, "normal"
    return sheet.style.priorities[span.alert.priority.value].ink, "bold"


def draw_flag(sheet: Sheet, x: float, y: float, span: AlertSpan) -> tuple[str, Box]:
    """Draw an alert's marker in the shape of its priority, hollow if closed; its id and box."""
    priority, style = span.alert.priority.value, sheet.style
    look = style.priorities[priority]
    is_open = span.alert.is_open
    sheet.line(
        [x], [y], marker=SHAPES[priority], linestyle="none", zorder=9,
        markerfacecolor=look.fill if is_open else style.paper,
        markeredgecolor=look.ink if is_open else style.muted, markeredgewidth=1.2,
        markersize=MARKER - (3 if priority in {"orange", "yellow"} else 1),
        gid=f"alert:{span.alert.id}",
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
    today: int,
    own: Own = frozenset(),
) -> Header:
    """Find a place for the alerts of a panel, then for what its windows say.

    What a window says never stands in an alert's wash: where nothing else is free it has rows
    of its own above the washes, beside the end of its band; what has no room even there is
    left out, the longest window last. dates_from: the date of day 0 where days are spoken of
    as dates; own: the windows that were set for this patient.
    """
    found = (wash_of(span, panel.series, axis, today) for span in spans)
    washes = tuple(wash for wash in found if wash is not None)
    windows = [
        (pattern.format(when=labels.when(day, dates_from)), day)
        for day, pattern in windows_of(panel, labels, own)
    ]
    header = _laid(Header(sheet, axis, Rows(most), washes), spans, windows, labels)
    if header.crowd:
        header = _laid(Header(sheet, axis, Rows(most - 1), washes), spans, windows, labels)
        header.place_crowd()
    for words in permanent_words(panel, labels):
        room = axis.right - max(axis.x(0), axis.left) - 12
        fitted = sheet.elide(words, room)
        lefts = max(axis.x(0), axis.left) + 6, axis.right - sheet.measure(fitted) - 4
        if not header.add(fitted, sheet.style.muted, *lefts, is_clear=True):
            header.add(fitted, sheet.style.muted, *lefts)
    return header


def _laid(
    header: Header,
    spans: Sequence[AlertSpan],
    windows: Sequence[tuple[str, int]],
    labels: Labels,
) -> Header:
    """The header with its alerts and windows, or another of that size, with the windows above."""
    most = header.rows.most
    _add_alerts(header, spans, labels)
    placed = [_add_window(header, words, day) for words, day in windows]
    if not all(placed):
        header = Header(header.sheet, header.axis, Rows(most - 1), header.washes)
        for words, day in windows:
            _lift_window(header, words, day)
        header.rows.most = most  # at least the last row is left to the alerts
        _add_alerts(header, spans, labels)
    return header


def _add_alerts(header: Header, spans: Sequence[AlertSpan], labels: Labels) -> None:
    for span in sorted(spans, key=urgency):
        header.add_alert(span, labels.alert(span.alert))


def _add_window(header: Header, words: str, day: int) -> bool:
    """Write where a window ends, clear of washes: inside its band, else on either side of it."""
    words, lefts = _window_places(header, words, day)
    return header.add(words, header.sheet.style.band_edge, *lefts, is_clear=True)


def _lift_window(header: Header, words: str, day: int) -> None:
    words, lefts = _window_places(header, words, day)
    header.lift(words, header.sheet.style.band_edge, *lefts)


def _window_places(header: Header, words: str, day: int) -> tuple[str, list[float]]:
    """What is written of a window, with an arrow if it ends out of view, and where it may begin."""
    axis = header.axis
    if day < axis.view.first_day:
        return f"← {words}", [axis.left + 6]
    if day > axis.view.last_day:
        words = f"{words} →"
    width, end = header.sheet.measure(words), min(axis.x(day), axis.right)
    zero = max(axis.x(0), axis.left)
    # Inside the band: at its end, else before a wash, clear of the marker where that begins.
    washes = sorted((left for left, _ in header.washes if left < end), reverse=True)
    inside = [end - 5 - width, *(left - MARKER - 2 - width for left in washes)]
    lefts = [left for left in inside if left > zero + 3]
    lefts.append(end + 5)
    # Near the right edge there is room only over the end of the band, or before it.
    lefts += [left for left in (axis.right - width - 4, zero - 5 - width) if left < end]
    return words, lefts


def windows_of(panel: Panel, labels: Labels, own: Own = frozenset()) -> list[tuple[int, str]]:
    """The ends of a panel's expected windows, longest first, each with its phrase."""
    if panel.relief_day is not None:
        is_own = ("relief", panel.relief_day) in own
        return [(panel.relief_day, labels.relief_own if is_own else labels.relief_due)]
    set_by_hand = {s.window.expected_to_day for s in panel.series if s.window and _is_own(s, own)}
    ends: dict[int, bool] = {}
    for series in panel.series:
        if series.window is not None:
            end = series.window.expected_to_day
            ends[end] = ends.get(end, False) or series.planned
    several = len(ends) > 1

    def phrase(end: int, planned: bool) -> str:
        if end in set_by_hand:
            return labels.settle_own
        return labels.settle if planned or not several else labels.settle_elsewhere

    return [(end, phrase(end, planned)) for end, planned in sorted(ends.items(), reverse=True)]


def _is_own(series: Series, own: Own) -> bool:
    """Whether the window of a series is one that was set for this patient."""
    window = series.window
    return window is not None and (series.item, window.expected_to_day) in own


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
