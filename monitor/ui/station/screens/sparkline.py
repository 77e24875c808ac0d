"""The small chart of a row: the last scores over days, and the days in which they are expected."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from monitor.ui.shared.theme import Theme
from monitor.ui.station.views import SparkLine

WIDTH, HEIGHT = 90, 28
_PAD = 3.0
_DOT = 1.7


def paint_sparkline(painter: QPainter, box: QRectF, spark: SparkLine, theme: Theme) -> None:
    """Paint a small chart: 0 at the bottom, the end of the scale at the top, today at the right.

    Each score has a dot, the newest a larger one; the end of the shading is a line, so that it
    is seen in grey, too. Without a score only the base line and the shading are there.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plot = box.adjusted(0, _PAD, -_PAD, -_PAD)
    if spark.band is not None:
        left, right = (plot.left() + share * plot.width() for share in spark.band)
        painter.fillRect(QRectF(left, box.top(), right - left, box.height()), QColor(theme.band))
        if spark.band_ends:
            painter.setPen(QPen(QColor(theme.band_edge), 1))
            painter.drawLine(QPointF(right, box.top()), QPointF(right, box.bottom()))
    painter.setPen(QPen(QColor(theme.edge), 1))
    painter.drawLine(QPointF(box.left(), plot.bottom()), QPointF(box.right(), plot.bottom()))
    points = [
        QPointF(plot.left() + x * plot.width(), plot.bottom() - y * plot.height())
        for x, y in spark.points
    ]
    pen = QPen(QColor(theme.ink), 1.2)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if len(points) > 1:
        painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.ink))
    for point in points:
        size = _DOT * 1.5 if point is points[-1] else _DOT
        painter.drawEllipse(point, size, size)
    painter.restore()
