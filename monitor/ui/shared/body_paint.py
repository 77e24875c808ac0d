"""Where a figure of the body map stands on a widget, and the painting of its skin and its lines.

Both faces paint on top of it what is theirs: the kiosk what is touched, the station scores.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from monitor.domain.protocol import SIDES, Side
from monitor.domain.submission import Place
from monitor.ui.shared import body
from monitor.ui.shared.figure import figure
from monitor.ui.shared.theme import Theme

Sides = tuple[Side, ...]


@dataclass(frozen=True)
class Area:
    """One region as it stands on the screen. `hearts` are where its score is written."""

    place: Place
    path: QPainterPath
    hearts: tuple[QPointF, ...]


@dataclass(frozen=True)
class Stand:
    """A figure seen from one side: its middle and its lower edge, and one `unit` in pixels.

    It is never mirrored by the direction of the writing.
    """

    view: body.View
    unit: float
    middle: float
    bottom: float

    def outwards(self, side: Side) -> int:
        """Whoever looks at a front sees its right side on their left."""
        return 1 if (side == "right") == (self.view == "back") else -1

    def onto(self, outwards: int) -> QTransform:
        """From the units of one half to the widget."""
        top = self.bottom - self.unit * body.HEIGHT
        return QTransform(outwards * self.unit, 0, 0, self.unit, self.middle, top)

    def corner(self, outwards: int, corner: tuple[body.Point, body.Point]) -> QRectF:
        """A box beside the figure that is given by two of its corners."""
        (left, top), (right, bottom) = corner
        return self.onto(outwards).mapRect(QRectF(left, top, right - left, bottom - top))

    def areas(self, places: Iterable[Place]) -> tuple[Area, ...]:
        """Those of the places that this view shows, in the order of the keyboard."""
        wanted = set(places)
        sites = (body.HEADS[self.view], *body.CUTS)
        return tuple(
            self._area(place, sides or SIDES)
            for sides in ((), *((side,) for side in SIDES))
            for site in sites
            if (place := Place(site, *sides)) in wanted
        )

    def _area(self, place: Place, sides: Sides) -> Area:
        path, hearts = QPainterPath(), []
        for side in sides:
            onto = self.onto(self.outwards(side))
            path = path.united(onto.map(figure().regions[place.site]))
            hearts.append(onto.map(QPointF(*body.HEARTS[place.site])))
        return Area(place, path, tuple(hearts))

    def pen(self, colour: str, units: float) -> QPen:
        """A round pen as thick as so many units, and never thinner than a pixel."""
        thick = max(1.0, units * self.unit)
        return QPen(QColor(colour), thick, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)


def paint_skin(painter: QPainter, theme: Theme, stand: Stand) -> None:
    """The figure without its lines, in the colour of paper."""
    drawn, onto = figure(), stand.onto(1)
    painter.setPen(stand.pen(theme.skin_edge, 0.65))
    painter.setBrush(QColor(theme.paper))
    for outwards in (-1, 1):
        painter.drawPath(stand.onto(outwards).map(drawn.ear))
    for path in (drawn.skin, drawn.head):
        painter.fillPath(onto.map(path), QColor(theme.paper))
    hair = drawn.head if stand.view == "back" else drawn.hair
    painter.fillPath(onto.map(hair), QColor(theme.edge))


def paint_lines(painter: QPainter, theme: Theme, stand: Stand, areas: Iterable[Area]) -> None:
    """The borders between the areas, what tells front from back, and the edge of the skin."""
    drawn = figure()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.save()
    painter.setClipPath(_below_head(stand, areas))
    painter.setPen(stand.pen(theme.edge, 0.4))
    for outwards in (-1, 1):
        painter.drawPath(stand.onto(outwards).map(drawn.borders))
    painter.restore()
    painter.setPen(stand.pen(theme.skin_edge, 0.45))
    for outwards in (-1, 1):
        onto = stand.onto(outwards)
        painter.drawPath(onto.map(drawn.strokes[stand.view]))
        if stand.view == "back":
            painter.drawPath(onto.map(drawn.nails))
        else:
            painter.fillPath(onto.map(drawn.eye), QColor(theme.skin_edge))
    painter.setPen(stand.pen(theme.skin_edge, 0.65))
    for path in (drawn.skin, drawn.head):
        painter.drawPath(stand.onto(1).map(path))


def _below_head(stand: Stand, areas: Iterable[Area]) -> QPainterPath:
    """All areas without the head, over which no border runs."""
    whole = QPainterPath()
    for area in areas:
        if area.place.site != body.HEADS[stand.view]:
            whole.addPath(area.path)
    return whole
