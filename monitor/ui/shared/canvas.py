"""A chart in a window: drawn by matplotlib, read, moved and zoomed with the mouse or the keys.

Whoever imports this loads matplotlib, which takes half a second: import it when the first
chart is shown, not with the window. The canvas knows no chart; it is given what draws one.

The picture that matplotlib has drawn is painted by the canvas itself, and only as much of it as
Qt asks for. What follows the mouse lies over it as a widget of its own (`ReadOut`). While the
chart is dragged the picture is moved and stretched; it is drawn again once the hand rests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from monitor.charts.drawn import Drawn, Reading
from monitor.charts.stock import PIXELS_PER_INCH, Paper
from monitor.charts.style import Style
from monitor.charts.view import View
from monitor.ui.shared.read_out import ReadOut

Draw = Callable[[Any, Any, Any, Style, Any], Drawn]
"""Draws (figure, chart, labels, style, view), such as `monitor.charts.timeline.draw`."""

_SETTLED_MS = 60
_ZOOM = 1.5
"""One press of a key shows so many times as many days, or as few."""
_WHEEL = 1.2
"""So many times for one notch of a wheel, which turns an eighth of a circle in 120 steps."""
_NOTCH = 120
_PAN = 0.25
"""One press of a key moves by this share of what is shown."""


_SAME = 1e-6

Zoom = Literal["in", "out", "sooner", "later", "whole"]
"""How the days on show are changed by a key."""

_ZOOM_KEYS: dict[Qt.Key, Zoom] = {
    Qt.Key.Key_Plus: "in",
    Qt.Key.Key_Equal: "in",  # plus without Shift, on many keyboards
    Qt.Key.Key_Minus: "out",
    Qt.Key.Key_0: "whole",
}


class ChartCanvas(QWidget):
    """Shows one chart at a time and reads it out.

    Signals:
        read: the reading that the arrow keys came to, as one sentence for a screen reader.
        alert_clicked: the id of the alert whose marker was clicked.
        report_clicked: the id of the submission whose points were clicked.
        moved: the first and the last day in view, after they were moved or zoomed.
    """

    read = Signal(str)
    alert_clicked = Signal(str)
    report_clicked = Signal(str)
    moved = Signal(float, float)

    def __init__(self, draw: Draw, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw_chart = draw
        self._shown: tuple[Any, Any, Style] | None = None
        self._view = View(0, 1)
        self._drawn: Drawn | None = None
        self._drawn_view = self._view
        self.figure = Paper(dpi=PIXELS_PER_INCH)
        self._agg = FigureCanvasAgg(self.figure)
        self._picture = QImage()
        self._limits = (0.0, 1.0)
        self._pressed: QPointF | None = None
        self._dragged_from: View | None = None
        self._read_out = ReadOut(self)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._redraw)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(560, 360))
        self.setAccessibleName(
            self.tr(
                "Chart of scores. The left and right arrow keys read one report at a time, plus "
                "and minus zoom, Shift with the arrow keys moves, 0 shows all."
            )
        )

    @property
    def drawn(self) -> Drawn | None:
        """What the chart on show can be asked; None before the first."""
        return self._drawn

    @property
    def view(self) -> View:
        """The days on show."""
        return self._view

    @property
    def reading(self) -> Reading | None:
        """The reading under the cross-hair."""
        return self._read_out.reading

    def show_chart(self, chart: Any, labels: Any, style: Style, view: View) -> None:
        """Draw a chart in place of the one on show."""
        self._shown, self._view = (chart, labels, style), view
        self._redraw()

    def change_view(self, way: Zoom) -> None:
        """Zoom "in" or "out" about the cross-hair or else today, or move "sooner" or "later".

        "whole" shows everything there is to see.
        """
        if self._drawn is None:
            return
        view, limits = self._view, self._limits
        if way == "whole":
            first, last = self._drawn.limits
            view = replace(view, first_day=first, last_day=last)
        elif way in ("in", "out"):
            view = view.zoomed(_ZOOM if way == "out" else 1 / _ZOOM, self._middle(), limits)
        else:
            view = view.panned(view.span * (_PAN if way == "later" else -_PAN), limits)
        self._move_to(view)
        self._redraw()

    def _middle(self) -> float:
        """The day that stays where it is while the chart is zoomed."""
        assert self._drawn is not None
        view, today = self._view, self._drawn.today
        if self.reading is not None:
            return self.reading.day
        if view.first_day <= today <= view.last_day:
            return today
        return (view.first_day + view.last_day) / 2

    def sizeHint(self) -> QSize:
        return QSize(1000, 560)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settled.start()  # on another screen
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._read_out.setGeometry(self.rect())
        # While the window is dragged the picture keeps its size; one that is drawn when the
        # size has settled is enough.
        self._settled.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.isNull() or self._drawn is None:
            return
        with QPainter(self) as painter:
            ratio = self._picture.devicePixelRatio()
            where = QRectF(event.rect())  # of which Qt lets through what must be painted
            painter.drawImage(where, self._picture, _scaled(where, ratio))
            if self._view != self._drawn_view:
                self._paint_preview(painter, self._drawn, ratio)

    def _paint_preview(self, painter: QPainter, drawn: Drawn, ratio: float) -> None:
        """Paint the days in view from the picture of those that were drawn last."""
        box = drawn.plot
        plot = QRectF(box.left + 1, 0, box.width, drawn.foot)
        first, last = drawn.x_of(self._view.first_day), drawn.x_of(self._view.last_day)
        share = box.width / (last - first)
        assert self._shown is not None
        painter.setClipRect(plot)
        painter.fillRect(plot, self._shown[2].paper)
        size = QSizeF(self.size())
        if abs(share - 1) < _SAME:  # moved and not stretched: no pixel need be mixed with others
            painter.drawImage(QPointF(round((box.left - first) * ratio) / ratio, 0), self._picture)
        else:
            where = QRectF(box.left - first * share, 0, size.width() * share, size.height())
            painter.drawImage(where, self._picture, _scaled(QRectF(QPointF(), size), ratio))

    def _redraw(self) -> None:
        self._settled.stop()
        if self._shown is None or self.width() < 50 or self.height() < 50:
            return
        chart, labels, style = self._shown
        ratio = self.devicePixelRatioF()
        self._fit(ratio)
        self._drawn = self._draw_chart(self.figure, chart, labels, style, self._view)
        self._drawn_view = self._view
        limits, view = self._drawn.limits, self._view
        self._limits = min(limits[0], view.first_day), max(limits[1], view.last_day)
        self._agg.draw()
        pixels = self._agg.buffer_rgba()
        height, width = pixels.shape[:2]
        drawing = QImage(pixels, width, height, QImage.Format.Format_RGBX8888)
        # As windows have it: what is painted again and again is turned round only once.
        self._picture = drawing.convertToFormat(QImage.Format.Format_RGB32)
        self._picture.setDevicePixelRatio(ratio)
        self._read_out.set_chart(self._drawn, style)
        self.update()

    def _fit(self, ratio: float) -> None:
        """Give the figure the size of the widget; the same size again would cost time."""
        inches = (self.width() / PIXELS_PER_INCH, self.height() / PIXELS_PER_INCH)
        if (*self.figure.get_size_inches(), self.figure.dpi) != (*inches, PIXELS_PER_INCH * ratio):
            self.figure.set_dpi(PIXELS_PER_INCH * ratio)
            self.figure.set_size_inches(*inches, forward=False)

    def _move_to(self, view: View) -> None:
        """Look at other days; they are drawn when `_redraw` comes, and previewed until then."""
        if view != self._view:
            self._view = view
            self._read_out.show_reading(None)
            self.moved.emit(view.first_day, view.last_day)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawn is None:
            return
        where = event.position()
        if self._pressed is not None and self._drags(where, self._drawn):
            return
        alert = self._drawn.alert_at(where.x(), where.y())
        hits = alert or self._drawn.report_at(where.x(), where.y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if hits else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self._title(alert) if alert else "")
        plot = self._drawn.plot
        day = self._drawn.day_at(where.x())
        is_over = plot.holds(where.x(), where.y()) and not alert
        self._read_out.show_reading(self._drawn.reading_at(day) if is_over else None)

    def _drags(self, where: QPointF, drawn: Drawn) -> bool:
        """Follow a hand that drags the days along; whether it does."""
        assert self._pressed is not None
        across = where.x() - self._pressed.x()
        if self._dragged_from is None:
            far = abs(across) >= QApplication.startDragDistance()
            if not far or not drawn.plot.holds(self._pressed.x(), self._pressed.y()):
                return False
            self._dragged_from = self._view
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        days = across / drawn.plot.width * self._dragged_from.span
        self._move_to(self._dragged_from.panned(-days, self._limits))
        self._settled.start()
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drawn is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        dragged, self._dragged_from, self._pressed = self._dragged_from, None, None
        if dragged is not None:
            self.setCursor(Qt.CursorShape.ArrowCursor)
            self._redraw()
            return
        x, y = event.position().x(), event.position().y()
        if alert := self._drawn.alert_at(x, y):
            self.alert_clicked.emit(alert)
        elif report := self._drawn.report_at(x, y):
            self.report_clicked.emit(report)

    def wheelEvent(self, event: QWheelEvent) -> None:
        where, turned = event.position(), event.angleDelta()
        if self._drawn is None or not self._drawn.plot.holds(where.x(), where.y()):
            super().wheelEvent(event)  # the page scrolls
            return
        share = (where.x() - self._drawn.plot.left) / self._drawn.plot.width
        about = self._view.first_day + share * self._view.span
        if turned.y():
            factor = _WHEEL ** (-turned.y() / _NOTCH)
            self._move_to(self._view.zoomed(factor, about, self._limits))
        else:
            days = -turned.x() / _NOTCH * _PAN * self._view.span / 2
            self._move_to(self._view.panned(days, self._limits))
        self._settled.start()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._read_out.show_reading(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        moves = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key == Qt.Key.Key_Escape and self.reading is not None:
            self._read_out.show_reading(None)
        elif key in steps and moves:
            self.change_view("sooner" if key == Qt.Key.Key_Left else "later")
        elif key in steps and self._drawn is not None:
            self._step(steps[Qt.Key(key)])
        elif key in _ZOOM_KEYS:
            self.change_view(_ZOOM_KEYS[Qt.Key(key)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.reading is not None:
            self.report_clicked.emit(self.reading.report)
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


def _scaled(box: QRectF, ratio: float) -> QRectF:
    """A rectangle of the widget as one of the picture."""
    return QRectF(box.x() * ratio, box.y() * ratio, box.width() * ratio, box.height() * ratio)
