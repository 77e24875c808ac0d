"""The four shapes of the priorities: known by form and mark, not by colour alone."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from monitor.domain.protocol import Priority
from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.theme import Theme


def _polygon(rect: QRectF, *points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    corners = [
        QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height()) for x, y in points
    ]
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path


def outline(priority: Priority, rect: QRectF) -> QPainterPath:
    """The outline of a priority's shape inside `rect`.

    Red a triangle, orange a diamond, amber a disc, yellow a square.
    """
    if priority is Priority.RED:
        return _polygon(rect, (0.5, 0.04), (1.0, 0.96), (0.0, 0.96))
    if priority is Priority.ORANGE:
        return _polygon(rect, (0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))
    path = QPainterPath()
    if priority is Priority.AMBER:
        path.addEllipse(rect.adjusted(*_inset(rect, 0.04)))
    else:
        path.addRoundedRect(rect.adjusted(*_inset(rect, 0.09)), rect.width() / 9, rect.width() / 9)
    return path


def _inset(rect: QRectF, share: float) -> tuple[float, float, float, float]:
    by = rect.width() * share
    return by, by, -by, -by


def paint_priority(painter: QPainter, rect: QRectF, priority: Priority, theme: Theme) -> None:
    """Paint a priority's shape as large as fits in the middle of `rect`.

    Red, orange and amber carry "!", yellow a bar: the mark differs as well as the shape.
    """
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    colours = theme.priority(priority)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = max(1.0, side / 18)
    painter.setPen(QPen(QColor(colours.ink), width, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QColor(colours.fill))
    inner = square.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.drawPath(outline(priority, inner))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.mark))
    for part in _mark(priority, square):
        painter.drawRect(part)
    painter.restore()


def _mark(priority: Priority, square: QRectF) -> list[QRectF]:
    side, middle = square.width(), square.center().x()
    if priority is Priority.YELLOW:
        bar = QRectF(0, 0, side * 0.48, side * 0.1)
        bar.moveCenter(square.center())
        return [bar]
    top = 0.36 if priority is Priority.RED else 0.25
    width = side * 0.1
    stroke = QRectF(middle - width / 2, square.top() + side * top, width, side * 0.29)
    return [stroke, QRectF(stroke.left(), stroke.bottom() + width * 1.2, width, width)]


class PriorityShape(QWidget):
    """A priority's shape, `side` device-independent pixels wide and high beside usual text."""

    def __init__(self, theme: Theme, side: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._priority = Priority.RED
        self._side = side
        follow_text_size(self, self._follow)

    def _follow(self, scale: float) -> None:
        side = math.ceil(self._side * scale)
        self.setFixedSize(QSize(side, side))

    def show_priority(self, priority: Priority, words: str) -> None:
        """Show `priority`; `words` ("Act now") are for those who cannot see the shape."""
        self._priority = priority
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_priority(painter, QRectF(self.rect()), self._priority, self._theme)
