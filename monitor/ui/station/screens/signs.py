"""The shapes of what is no priority: in hand, put aside, asked again, silent, well, everybody."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from monitor.ui.shared.theme import Theme
from monitor.ui.station.views import Sign


def paint_sign(painter: QPainter, rect: QRectF, sign: Sign, theme: Theme) -> None:
    """Paint a sign as large as fits in the middle of `rect`; nothing for "".

    All are outlines, so that none is taken for a priority: those are filled.
    """
    if not sign:
        return
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    colour = {"silent": theme.muted, "patients": theme.muted, "well": theme.green}
    width = max(1.4, side / 10)
    pen = QPen(QColor(colour.get(sign, theme.accent)), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    _PAINT[sign](painter, square.adjusted(width, width, -width, -width))
    painter.restore()


def _line(painter: QPainter, square: QRectF, *points: tuple[float, float]) -> None:
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(square.left() + x * square.width(), square.top() + y * square.height())
                for x, y in points
            ]
        )
    )


def _diamond(painter: QPainter, square: QRectF) -> None:
    _line(painter, square, (0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5), (0.5, 0))


def _pause(painter: QPainter, square: QRectF) -> None:
    painter.drawEllipse(square)
    _line(painter, square, (0.37, 0.3), (0.37, 0.7))
    _line(painter, square, (0.63, 0.3), (0.63, 0.7))


def _again(painter: QPainter, square: QRectF) -> None:
    inner = square.adjusted(1, 1, -1, -1)
    painter.drawArc(inner, 60 * 16, -300 * 16)
    _line(painter, square, (0.4, 0.16), (0.62, 0.1), (0.6, 0.34))


def _clock(painter: QPainter, square: QRectF) -> None:
    painter.drawEllipse(square)
    _line(painter, square, (0.5, 0.22), (0.5, 0.53), (0.72, 0.62))


def _ring(painter: QPainter, square: QRectF) -> None:
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawEllipse(square)


def _tick(painter: QPainter, square: QRectF) -> None:
    painter.drawEllipse(square)
    _line(painter, square, (0.28, 0.52), (0.45, 0.7), (0.74, 0.32))


def _people(painter: QPainter, square: QRectF) -> None:
    head = QRectF(0, 0, square.width() * 0.42, square.height() * 0.42)
    head.moveCenter(QPointF(square.center().x(), square.top() + square.height() * 0.24))
    painter.drawEllipse(head)
    body = QRectF(square.left() + 1, square.top() + square.height() * 0.58,
                  square.width() - 2, square.height() * 0.84)  # fmt: skip
    painter.drawArc(body, 0, 180 * 16)


_PAINT: dict[str, Callable[[QPainter, QRectF], None]] = {
    "in_hand": _diamond,
    "snoozed": _pause,
    "asked": _again,
    "promised": _clock,
    "silent": _ring,
    "well": _tick,
    "patients": _people,
}
