"""The figure of the body map as paths: its skin, and the regions that can be touched."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF, QTransform

from monitor.ui.shared import body

FINE = 16.0
"""Paths are put together this much larger, so that Qt's curves stay round when made small."""


@dataclass(frozen=True)
class Figure:
    """The figure in the units of `body`: skin, head and hair whole, the rest where x grows.

    `hair` is that of the front view. `strokes` are lines, `nails` seen from behind. `regions`
    maps each region of both views to its path. `borders` lie between them, and run on outside.
    """

    skin: QPainterPath
    head: QPainterPath
    ear: QPainterPath
    eye: QPainterPath
    hair: QPainterPath
    nails: QPainterPath
    strokes: dict[body.View, QPainterPath]
    regions: dict[str, QPainterPath]
    borders: QPainterPath


@cache
def figure() -> Figure:
    """Put the figure together from its data, once."""
    skin, head = _skin(), _smooth(body.HEAD)
    head.closeSubpath()
    touched = _box(0, body.HEIGHT)
    over_jaw = _with_rim(head).intersected(_box(0, body.JAW))
    on_head = over_jaw.united(head).intersected(touched)
    around = _with_rim(skin).intersected(touched).subtracted(on_head)
    regions = {site: around.intersected(_polygon(cut)) for site, cut in body.CUTS.items()}
    regions |= dict.fromkeys(body.HEADS.values(), on_head)
    small = QTransform.fromScale(1 / FINE, 1 / FINE)
    return Figure(
        skin=small.map(_both(skin.subtracted(head))),
        head=small.map(_both(head)),
        ear=small.map(_oval(*body.EAR)),
        eye=small.map(_oval(*body.EYE)),
        hair=small.map(_both(_above_fringe().intersected(head))),
        nails=small.map(_nails()),
        strokes={view: small.map(_strokes(view)) for view in body.VIEWS},
        regions={site: small.map(path) for site, path in regions.items()},
        borders=small.map(_borders()),
    )


def _both(path: QPainterPath) -> QPainterPath:
    """A half and its mirror image, overlapping a little so that no seam is left."""
    other = QTransform.fromScale(-1, 1).map(path).translated(0.1 * FINE, 0)
    return path.united(other).simplified()


def _above_fringe() -> QPainterPath:
    hair = _smooth(body.FRINGE[1:])
    hair.lineTo(_point((0, body.FRINGE[0][1])))
    hair.lineTo(_point(body.FRINGE[0]))
    hair.closeSubpath()
    return hair


def _borders() -> QPainterPath:
    borders = QPainterPath()
    for cut in body.CUTS.values():
        borders.addPath(_polygon(cut))
    return borders


def _nails() -> QPainterPath:
    """A nail near the end of each finger, turned with it."""
    nails = QPainterPath()
    for base, tip, thick in body.FINGERS:
        way = QLineF(_point(base), _point(tip))
        turn = QTransform().translate(way.x2(), way.y2()).rotate(-way.angle())
        nail = QPainterPath()
        nail.addEllipse(QPointF(0, 0), 0.28 * thick * FINE, 0.2 * thick * FINE)
        nails.addPath(turn.map(nail))
    return nails


def _strokes(view: body.View) -> QPainterPath:
    strokes = QPainterPath()
    for points in body.STROKES[view]:
        strokes.addPath(_smooth(points))
    return strokes


def _oval(middle: body.Point, wide: float, high: float) -> QPainterPath:
    oval = QPainterPath()
    oval.addEllipse(_point(middle), wide * FINE, high * FINE)
    return oval


def _skin() -> QPainterPath:
    """All of the half below the head."""
    skin = QPainterPath(_point((0, body.OUTLINE[0][1])))
    skin.lineTo(_point(body.OUTLINE[0]))
    skin.connectPath(_smooth(body.OUTLINE))
    skin.connectPath(_smooth(body.INNER_LEG))
    skin.closeSubpath()
    for base, tip, thick in body.FINGERS:
        line = QPainterPath(_point(base))
        line.lineTo(_point(tip))
        skin = skin.united(_stroked(line, thick))
    return skin


def _with_rim(path: QPainterPath) -> QPainterPath:
    """A path and what lies near it, without the slits that Qt leaves where strokes meet."""
    together = path.united(_stroked(path, 2 * body.RIM)).simplified()
    whole = QPainterPath()
    whole.addPolygon(max(together.toSubpathPolygons(), key=_breadth))
    whole.closeSubpath()
    return whole


def _breadth(polygon: QPolygonF) -> float:
    return polygon.boundingRect().width()


def _stroked(path: QPainterPath, thick: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(thick * FINE)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path)


def _smooth(points: body.Points) -> QPainterPath:
    """A curve through all the points (Catmull-Rom, as cubics)."""
    path = QPainterPath(_point(points[0]))
    for index, (one, other) in enumerate(itertools.pairwise(points)):
        before = points[max(index - 1, 0)]
        after = points[min(index + 2, len(points) - 1)]
        path.cubicTo(
            _point(one) + (_point(other) - _point(before)) / 6,
            _point(other) - (_point(after) - _point(one)) / 6,
            _point(other),
        )
    return path


def _polygon(points: body.Points) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([_point(point) for point in points]))
    path.closeSubpath()
    return path


def _box(top: float, bottom: float) -> QPainterPath:
    """All of the half between two heights."""
    right = body.HALF_WIDTH
    return _polygon(((0, top), (right, top), (right, bottom), (0, bottom)))


def _point(point: body.Point) -> QPointF:
    return QPointF(point[0] * FINE, point[1] * FINE)
