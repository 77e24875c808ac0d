"""A chart in a window: drawn by matplotlib, read with the mouse or the arrow keys.

Whoever imports this loads matplotlib, which takes half a second: import it when the first
chart is shown, not with the window. The canvas knows no chart; it is given what draws one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from monitor.charts.drawn import Drawn, Reading
from monitor.charts.sheet import PIXELS_PER_INCH
from monitor.charts.style import Style

Draw = Callable[[Figure, Any, Any, Style, Any], Drawn]
"""Draws (figure, chart, labels, style, view), such as `monitor.charts.timeline.draw`."""

_SETTLED_MS = 60


class ReadOut(QWidget):
    """The cross-hair and the box of scores, painted over the chart without drawing it again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._style: Style | None = None
        self._drawn: Drawn | None = None
        self._reading: Reading | None = None
        self._is_focused = False

    @property
    def reading(self) -> Reading | None:
        """The reading that is shown."""
        return self._reading

    def set_chart(self, drawn: Drawn, style: Style) -> None:
        """Belong to another drawing; nothing is read out any more."""
        self._drawn, self._style, self._reading = drawn, style, None
        self.update()

    def set_focused(self, is_focused: bool) -> None:
        self._is_focused = is_focused
        self.update()

    def show_reading(self, reading: Reading | None) -> None:
        """Show a reading, or none."""
        if reading != self._reading:
            self.update(self._covered())
            self._reading = reading
            self.update(self._covered())

    def box(self) -> QRectF:
        """Where the box of scores is, always inside the widget; empty if nothing is read out."""
        if self._reading is None or self._drawn is None or self._style is None:
            return QRectF()
        columns = self._columns()
        width = sum(self._width(column) for column in columns) + _SPACE * (len(columns) + 1)
        width = max(width, self._metrics(bold=True).horizontalAdvance(self._reading.title) + 20)
        lines = max((len(column) for column in columns), default=0)
        height = (lines + 1 + len(self._reading.notes)) * self._line() + 14
        x = self._drawn.x_of(self._reading.day)
        left = x + 12 if x + 12 + width <= self.width() - 4 else x - 12 - width
        left = min(max(left, 4.0), max(self.width() - width - 4, 4.0))
        top = min(self._drawn.plot.top + 24, max(self.height() - height - 4, 4.0))
        return QRectF(left, top, min(width, self.width() - 8), min(height, self.height() - 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._style is not None and self._is_focused:
            painter.setPen(QPen(QColor(self._style.focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        if self._reading is not None and self._drawn is not None and self._style is not None:
            self._paint_line(painter, self._drawn.x_of(self._reading.day), self._style)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_box(painter, self.box(), self._reading, self._style)
        painter.end()

    def _paint_line(self, painter: QPainter, x: float, style: Style) -> None:
        assert self._drawn is not None
        painter.setPen(QPen(QColor(style.accent), 1))
        for part in self._drawn.panels.values():
            painter.drawLine(QPointF(x, part.top), QPointF(x, part.bottom))

    def _paint_box(self, painter: QPainter, box: QRectF, reading: Reading, style: Style) -> None:
        painter.setPen(QPen(QColor(style.edge), 1))
        painter.setBrush(QColor(style.paper))
        painter.drawRoundedRect(box, 5, 5)
        line, top, left = self._line(), box.top() + 7, box.left() + 10
        painter.setPen(QColor(style.ink))
        painter.setFont(self._font(bold=True))
        painter.drawText(QRectF(left, top, box.width(), line), _LEFT, reading.title)
        x, bottom = left, top + line
        for column in self._columns():
            width = self._width(column)
            for number, (name, score) in enumerate(column):
                row = QRectF(x, top + (number + 1) * line, width, line)
                bottom = max(bottom, row.bottom())
                painter.setFont(self._font())
                painter.setPen(QColor(style.muted))
                painter.drawText(row, _LEFT, name)
                painter.setFont(self._font(bold=True))
                painter.setPen(QColor(style.ink))
                painter.drawText(row, _RIGHT, score)
            x += width + _SPACE
        painter.setFont(self._font())
        painter.setPen(QColor(style.muted))
        for number, note in enumerate(reading.notes):
            where = QRectF(left, bottom + number * line, box.width() - 20, line)
            shown = self._metrics().elidedText(note, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, _LEFT, shown)

    def _columns(self) -> list[Sequence[tuple[str, str]]]:
        assert self._reading is not None
        values = self._reading.values
        # One tall column beside the line hides fewer days than a broad box.
        most = max(4, int((self.height() - 60) / self._line()) - len(self._reading.notes))
        count = -(-len(values) // most) or 1
        each = -(-len(values) // count)
        return [values[start : start + each] for start in range(0, len(values), each or 1)]

    def _width(self, column: Sequence[tuple[str, str]]) -> float:
        plain, bold = self._metrics(), self._metrics(bold=True)
        advances = [plain.horizontalAdvance(n) + bold.horizontalAdvance(v) for n, v in column]
        return max(advances) + 14

    def _covered(self) -> QRect:
        """What must be painted again when the reading goes: its box and its line."""
        if self._reading is None or self._drawn is None:
            return QRect()
        x = round(self._drawn.x_of(self._reading.day))
        line = QRect(x - 2, 0, 5, self.height())
        return self.box().toAlignedRect().adjusted(-2, -2, 2, 2).united(line)

    def _font(self, *, bold: bool = False) -> QFont:
        assert self._style is not None
        font = QFont(self._style.font_family)
        font.setPixelSize(round(self._style.small))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _metrics(self, *, bold: bool = False) -> QFontMetricsF:
        return QFontMetricsF(self._font(bold=bold))

    def _line(self) -> float:
        return self._metrics().height() + 2


_SPACE = 20.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ChartCanvas(QWidget):
    """Shows one chart at a time and reads it out.

    Signals:
        read: the reading that the arrow keys came to, as one sentence for a screen reader.
        alert_clicked: the id of the alert whose marker was clicked.
    """

    read = Signal(str)
    alert_clicked = Signal(str)

    def __init__(self, draw: Draw, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw_chart = draw
        self._shown: tuple[Any, Any, Style, Any] | None = None
        self._drawn: Drawn | None = None
        self.figure = Figure(dpi=PIXELS_PER_INCH)
        self._picture = FigureCanvasQTAgg(self.figure)
        self._picture.setParent(self)
        # The mouse belongs to the whole: the picture would swallow it for matplotlib's tools.
        self._picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._read_out = ReadOut(self)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._redraw)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(560, 360))
        self.setAccessibleName(
            self.tr("Chart of scores. The left and right arrow keys read one report at a time.")
        )

    @property
    def drawn(self) -> Drawn | None:
        """What the chart on show can be asked; None before the first."""
        return self._drawn

    @property
    def reading(self) -> Reading | None:
        """The reading under the cross-hair."""
        return self._read_out.reading

    def show_chart(self, chart: Any, labels: Any, style: Style, view: Any) -> None:
        """Draw a chart in place of the one on show."""
        self._shown = (chart, labels, style, view)
        self._redraw()

    def sizeHint(self) -> QSize:
        return QSize(1000, 560)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._read_out.setGeometry(self.rect())
        # While the window is dragged the picture keeps its size; a redraw takes a tenth of a
        # second, and one when the size has settled is enough.
        self._settled.start()

    def _redraw(self) -> None:
        self._settled.stop()
        if self._shown is None or self.width() < 50 or self.height() < 50:
            return
        chart, labels, style, view = self._shown
        self._picture.setGeometry(self.rect())
        self.figure.set_size_inches(
            self.width() / PIXELS_PER_INCH, self.height() / PIXELS_PER_INCH, forward=False
        )
        self._drawn = self._draw_chart(self.figure, chart, labels, style, view)
        self._read_out.set_chart(self._drawn, style)
        self._picture.draw_idle()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawn is None:
            return
        where = event.position()
        alert = self._drawn.alert_at(where.x(), where.y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if alert else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self._title(alert) if alert else "")
        plot = self._drawn.plot
        day = self._drawn.day_at(where.x())
        is_over = plot.holds(where.x(), where.y()) and not alert
        self._read_out.show_reading(self._drawn.reading_at(day) if is_over else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._read_out.show_reading(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drawn is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if alert := self._drawn.alert_at(event.position().x(), event.position().y()):
            self.alert_clicked.emit(alert)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() == Qt.Key.Key_Escape and self.reading is not None:
            self._read_out.show_reading(None)
        elif event.key() in steps and self._drawn is not None:
            self._step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() not in {
            Qt.FocusReason.MouseFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }
        self._read_out.set_focused(by_key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._read_out.set_focused(False)

    def _step(self, step: int) -> None:
        assert self._drawn is not None
        day = self.reading.day if self.reading is not None else None
        reading = self._drawn.next_reading(day, step)
        self._read_out.show_reading(reading)
        if reading is not None:
            self.setAccessibleDescription(reading.sentence)
            told = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(told)
            self.read.emit(reading.sentence)

    def _title(self, alert_id: str) -> str:
        assert self._shown is not None
        return str(self._shown[1].alerts.get(alert_id, ""))
