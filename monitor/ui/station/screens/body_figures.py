"""The body map of one report as drawn: front and back, with a score in each place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.domain.protocol import SIDES, Side
from monitor.domain.submission import Place
from monitor.ui.shared import body
from monitor.ui.shared.body_paint import Area, Stand, paint_lines, paint_skin
from monitor.ui.shared.theme import Theme
from monitor.ui.station.page_views import MapMark

_HIGHEST = 10
_DISC = 11.4
"""How wide the disc is in which a score stands, in units of the figure."""
_CAPTION = 22
_GAP = 16


class BodyFigures(QWidget):
    """Two figures side by side; the higher a score, the denser its hatching and the darker."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._places: tuple[Place, ...] = ()
        self._marks: Mapping[Place, MapMark] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 180)

    def show_marks(self, places: Mapping[Place, str], marks: Mapping[Place, MapMark]) -> None:
        """Draw the places of a map with their scores."""
        self._places, self._marks = tuple(places), marks
        self.update()

    def areas_of(self, place: Place) -> list[QPainterPath]:
        """Where a place is drawn, in the widget's own coordinates, in one view or in both."""
        return [
            area.path
            for stand in self._stands()
            for area in stand.areas(self._places)
            if area.place == place
        ]

    def _stands(self) -> tuple[Stand, ...]:
        """Side by side, or one below the other where they are larger so; in the middle."""
        wide, high = 2 * body.HALF_WIDTH, body.HEIGHT + body.CROWN
        beside = min((self.width() - _GAP) / 2 / wide, (self.height() - _CAPTION) / high)
        below = min(self.width() / wide, (self.height() / 2 - _CAPTION) / high)
        unit = max(0.1, beside, below)
        if beside >= below:
            step = unit * wide + _GAP
            top = (self.height() - _CAPTION - unit * high) / 2
            places = [(self.width() / 2 + at * step / 2, top) for at in (-1, 1)]
        else:
            step = unit * high + _CAPTION
            top = (self.height() - 2 * step) / 2
            places = [(self.width() / 2, top + at * step) for at in (0, 1)]
        return tuple(
            Stand(view, unit, middle, top + unit * high)
            for view, (middle, top) in zip(body.VIEWS, places, strict=True)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for stand in self._stands():
                areas = stand.areas(self._places)
                painter.save()
                painter.setClipRect(
                    QRectF(0, 0, self.width(), stand.bottom)
                )  # the legs go on below
                for area in areas:
                    painter.fillPath(area.path, QColor(self._theme.skin))
                paint_skin(painter, self._theme, stand)
                for area in areas:
                    self._paint_score_ground(painter, stand, area)
                paint_lines(painter, self._theme, stand, areas)
                for area in areas:
                    self._paint_new(painter, stand, area)
                for area in areas:
                    self._paint_score(painter, stand, area)
                painter.restore()
                self._paint_words(painter, stand)

    def _score(self, area: Area) -> int:
        mark = self._marks.get(area.place)
        return mark.score if mark else 0

    def _paint_score_ground(self, painter: QPainter, stand: Stand, area: Area) -> None:
        score = self._score(area)
        if not score:
            return
        share = score / _HIGHEST
        ground = QColor(self._theme.numb_area)
        ground.setAlphaF(0.25 + 0.75 * share)
        painter.save()
        painter.setClipPath(area.path)
        painter.fillPath(area.path, ground)
        painter.setPen(stand.pen(self._theme.numbness, 0.35 + 0.35 * share))
        bounds, step = area.path.boundingRect(), stand.unit * (7.0 - 4.8 * share)
        across = bounds.left() - bounds.height()
        while across < bounds.right():
            painter.drawLine(
                round(across + bounds.height()),
                round(bounds.top()),
                round(across),
                round(bounds.bottom()),
            )
            across += max(step, 2.5)
        painter.restore()

    def _paint_new(self, painter: QPainter, stand: Stand, area: Area) -> None:
        mark = self._marks.get(area.place)
        if mark is None or not mark.is_new:
            return
        pen = QPen(QColor(self._theme.ink), max(2.0, 1.0 * stand.unit))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(area.path)

    def _paint_score(self, painter: QPainter, stand: Stand, area: Area) -> None:
        score = self._score(area)
        if not score:
            return
        size = max(_DISC * stand.unit, 18.0)
        font = QFont(self.font())
        font.setPixelSize(round(0.62 * size))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        for heart in area.hearts:
            disc = QRectF(0, 0, size, size)
            disc.moveCenter(heart)
            painter.setPen(stand.pen(self._theme.ink, 0.4))
            painter.setBrush(QColor(self._theme.paper))
            painter.drawEllipse(disc)
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(score))

    def _paint_words(self, painter: QPainter, stand: Stand) -> None:
        """Under a figure from where it is seen; beside it which side is which."""
        painter.setPen(QColor(self._theme.muted))
        painter.setFont(self.font())
        below = QRectF(stand.middle - 150, stand.bottom, 300, _CAPTION)
        front = stand.view == "front"
        said = self.tr("From the front") if front else self.tr("From behind")
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, said)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        words: dict[Side, str] = {"left": self.tr("Left"), "right": self.tr("Right")}
        for side in SIDES:
            box = stand.corner(stand.outwards(side), body.KEY)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words[side])
