"""The cross-hair of a chart and the box of that day's scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QStaticText,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from monitor.charts.drawn import Drawn, Reading
from monitor.charts.style import Style

_SPACE = 20.0
_REMEMBERED = 500
"""So many words are kept laid out."""

_Column = Sequence[tuple[str, str]]


class _Letters:
    """The two fonts of the box, and the words that were written before, laid out."""

    def __init__(self, style: Style) -> None:
        self.plain, self.bold = QFont(style.font_family), QFont(style.font_family)
        for font in (self.plain, self.bold):
            font.setPixelSize(round(style.small))
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.of_plain = QFontMetricsF(self.plain)
        self.line = self.of_plain.height() + 2
        self._laid: dict[tuple[str, bool], QStaticText] = {}

    def laid(self, words: str, *, bold: bool = False) -> QStaticText:
        """Words ready to be written; names and scores come again with every reading."""
        if (words, bold) not in self._laid:
            if len(self._laid) > _REMEMBERED:
                self._laid.clear()
            text = QStaticText(words)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(QTransform(), self.bold if bold else self.plain)
            self._laid[words, bold] = text
        return self._laid[words, bold]

    def width(self, words: str, *, bold: bool = False) -> float:
        return self.laid(words, bold=bold).size().width()

    def column_width(self, column: _Column) -> float:
        return max(self.width(name) + self.width(score, bold=True) for name, score in column) + 14


@dataclass(frozen=True)
class _Placed:
    """A reading with the place of its line and its box, and its scores in columns."""

    reading: Reading
    x: float
    box: QRectF
    columns: Sequence[tuple[_Column, float]]


class ReadOut(QWidget):
    """Lies over the chart; a reading paints its line and its box and leaves the rest alone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._style: Style | None = None
        self._letters: _Letters | None = None
        self._drawn: Drawn | None = None
        self._placed: _Placed | None = None
        self._is_focused = False

    @property
    def reading(self) -> Reading | None:
        """The reading that is shown."""
        return self._placed.reading if self._placed is not None else None

    def set_chart(self, drawn: Drawn, style: Style) -> None:
        """Belong to another drawing; nothing is read out any more."""
        if style is not self._style:
            self._style, self._letters = style, _Letters(style)
        self._drawn, self._placed = drawn, None
        self.update()

    def set_focused(self, is_focused: bool) -> None:
        self._is_focused = is_focused
        self.update()

    def show_reading(self, reading: Reading | None) -> None:
        """Show a reading, or none."""
        if reading is not self.reading:
            self.update(self._covered())
            self._placed = self._place(reading) if reading is not None else None
            self.update(self._covered())

    def box(self) -> QRectF:
        """Where the box of scores is, always inside the widget; empty if nothing is read out."""
        return self._placed.box if self._placed is not None else QRectF()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_reading(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._style is not None and self._is_focused:
                painter.setPen(QPen(QColor(self._style.focus), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            if self._placed is not None and self._style is not None and self._letters is not None:
                self._paint_line(painter, self._placed.x, self._style)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_box(painter, self._placed, self._style, self._letters)

    def _paint_line(self, painter: QPainter, x: float, style: Style) -> None:
        assert self._drawn is not None
        painter.setPen(QPen(QColor(style.accent), 1))
        for part in self._drawn.panels.values():
            painter.drawLine(QPointF(x, part.top), QPointF(x, part.bottom))

    def _paint_box(
        self, painter: QPainter, placed: _Placed, style: Style, letters: _Letters
    ) -> None:
        box, reading = placed.box, placed.reading
        painter.setPen(QPen(QColor(style.edge), 1))
        painter.setBrush(QColor(style.paper))
        painter.drawRoundedRect(box, 5, 5)
        line, top, left = letters.line, box.top() + 8, box.left() + 10
        painter.setPen(QColor(style.ink))
        painter.setFont(letters.bold)
        painter.drawStaticText(QPointF(left, top), letters.laid(reading.title, bold=True))
        x, bottom = left, top + line
        for column, width in placed.columns:
            painter.setFont(letters.plain)
            painter.setPen(QColor(style.muted))
            for number, (name, _) in enumerate(column, 1):
                painter.drawStaticText(QPointF(x, top + number * line), letters.laid(name))
            painter.setFont(letters.bold)
            painter.setPen(QColor(style.ink))
            for number, (_, score) in enumerate(column, 1):
                right = x + width - letters.width(score, bold=True)
                where = QPointF(right, top + number * line)
                painter.drawStaticText(where, letters.laid(score, bold=True))
            bottom = max(bottom, top + (len(column) + 1) * line)
            x += width + _SPACE
        painter.setFont(letters.plain)
        painter.setPen(QColor(style.muted))
        room = box.width() - 20
        for number, note in enumerate(reading.notes):
            shown = letters.of_plain.elidedText(note, Qt.TextElideMode.ElideRight, room)
            painter.drawStaticText(QPointF(left, bottom + number * line), letters.laid(shown))

    def _place(self, reading: Reading) -> _Placed:
        assert self._drawn is not None
        assert self._letters is not None
        letters, line = self._letters, self._letters.line
        columns = [
            (column, letters.column_width(column)) for column in self._columns(reading, line)
        ]
        width = sum(wide for _, wide in columns) + _SPACE * (len(columns) + 1)
        width = max(width, letters.width(reading.title, bold=True) + 20)
        lines = max((len(column) for column, _ in columns), default=0)
        height = (lines + 1 + len(reading.notes)) * line + 14
        x = self._drawn.x_of(reading.day)
        left = x + 12 if x + 12 + width <= self.width() - 4 else x - 12 - width
        left = min(max(left, 4.0), max(self.width() - width - 4, 4.0))
        top = min(self._drawn.plot.top + 24, max(self.height() - height - 4, 4.0))
        box = QRectF(left, top, min(width, self.width() - 8), min(height, self.height() - 8))
        return _Placed(reading, x, box, columns)

    def _columns(self, reading: Reading, line: float) -> list[_Column]:
        values = reading.values
        # One tall column beside the line hides fewer days than a broad box.
        most = max(4, int((self.height() - 60) / line) - len(reading.notes))
        count = -(-len(values) // most) or 1
        each = -(-len(values) // count)
        return [values[start : start + each] for start in range(0, len(values), each or 1)]

    def _covered(self) -> QRegion:
        """What must be painted again when the reading goes: its box and its line."""
        if self._placed is None:
            return QRegion()
        line = QRect(round(self._placed.x) - 2, 0, 5, self.height())
        return QRegion(self._placed.box.toAlignedRect().adjusted(-2, -2, 2, 2)).united(line)
