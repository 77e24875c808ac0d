"""The drawing of the body map: one figure to touch, from the front or from the back."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QHideEvent,
    QInputEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.domain.protocol import SIDES, Side
from monitor.domain.submission import Place
from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.parts import FittedText, Key, font_of
from monitor.ui.shared import body
from monitor.ui.shared.body_paint import Area, Stand, paint_lines, paint_skin

MISS_MM = 5.0
"""How far beside a region a finger may land and still mean it."""
TREMBLE_MS = 600
"""A press on the same place sooner than this after the last is the same finger, trembling."""
UNKNOWN = "?"
"""Written in a place that is marked and has no score yet."""


def distance(area: Area, point: QPointF) -> float:
    """How far a point is from a region; 0 inside."""
    if area.path.contains(point):
        return 0.0
    return min(_to_edge(point, edge) for edge in area.path.toSubpathPolygons())


def _to_edge(point: QPointF, edge: QPolygonF) -> float:
    corners = edge.toList()
    return min(_to_line(point, one, other) for one, other in itertools.pairwise(corners))


def _to_line(point: QPointF, one: QPointF, other: QPointF) -> float:
    along, beside = other - one, point - one
    length = QPointF.dotProduct(along, along)
    share = QPointF.dotProduct(beside, along) / length if length else 0.0
    return QLineF(point, one + along * min(max(share, 0.0), 1.0)).length()


class BodyDrawing(QWidget):
    """A figure whose regions can be touched, with a key that turns it round.

    Tab and the arrows walk over its regions, Enter marks one. The figure stands on the lower
    edge; only the crown of its head rises above what can be touched. It is never mirrored by
    the direction of the writing.

    Signals:
        touched: a place was touched, or held for as long as the patient chose.
        entered: the same by the keyboard, after `touched`.
    """

    touched = Signal(object)
    entered = Signal()

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._measures = measures
        self._names: Mapping[Place, str] = {}
        self._marks: Mapping[Place, int | None] = {}
        self._chosen: Place | None = None
        self.view: body.View = body.VIEWS[0]
        self._areas: tuple[Area, ...] = ()
        self._cursor = 0
        self._reach = 0
        self._last_press: tuple[Place, int] | None = None
        self._held: Place | None = None
        self.holding = QTimer(self, singleShot=True, interval=measures.comfort.hold_ms)
        self.holding.timeout.connect(self._count)
        self.turn = Key(measures)
        self.turn.setParent(self)
        self.turn.clicked.connect(self._turn_round)
        self.caption = self._label()
        self.sides: dict[Side, FittedText] = {side: self._label() for side in SIDES}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _label(self) -> FittedText:
        label = FittedText(self._measures, colour="muted", weight=QFont.Weight.Medium)
        label.setParent(self)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return label

    def minimumSizeHint(self) -> QSize:
        return QSize(self._measures.px(150), self._measures.px(80))

    def show_marks(
        self,
        names: Mapping[Place, str],
        marks: Mapping[Place, int | None],
        chosen: Place | None,
    ) -> None:
        """Show which of the places that have names are marked, and which one is in hand."""
        changed = self._names != names
        self._names, self._marks, self._chosen = names, marks, chosen
        if changed:
            self._lay_out()
        self._tell_cursor()
        self.update()

    def keep_within(self, reach: int) -> None:
        """Let nothing that can be touched be higher than this, in pixels from the lower edge."""
        if reach != self._reach:
            self._reach = reach
            self._lay_out()

    def show_view(self, view: body.View) -> None:
        """Show the figure from the front or from the back."""
        self.view = view
        self._cursor = 0
        self._let_go()
        self._lay_out()
        self.update()

    def place_at(self, point: QPointF) -> Place | None:
        """The place under a point, or the nearest that a finger may have meant."""
        reach = MISS_MM * self._measures.pixels_per_mm
        around = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
        near = [area for area in self._areas if area.path.boundingRect().intersects(around)]
        found = min(near, key=lambda area: distance(area, point), default=None)
        return found.place if found and distance(found, point) <= reach else None

    def areas_of(self, place: Place) -> list[QPainterPath]:
        """Where a place is drawn in this view, in the widget's own coordinates."""
        return [area.path for area in self._areas if area.place == place]

    @property
    def places(self) -> list[Place]:
        """The places of this view, in the order of the keyboard."""
        return [area.place for area in self._areas]

    # ------------------------------------------------------------------ where things are

    def _unit(self) -> float:
        """One unit of the figure in pixels."""
        wide = self.width() / (2 * body.HALF_WIDTH)
        with_crown = self.height() / (body.HEIGHT + body.CROWN)
        return min(wide, with_crown, self._reach / body.HEIGHT)

    @property
    def _stand(self) -> Stand:
        return Stand(self.view, self._unit(), self.width() / 2, self.height())

    def _lay_out(self) -> None:
        self._areas = self._stand.areas(self._names)
        self._place_words()
        self._tell_cursor()

    def _place_words(self) -> None:
        """Put the key that turns into the upper corner at the scores, words into the others."""
        front = self.view == "front"
        self.turn.show_text(self.tr("Show the back") if front else self.tr("Show the front"))
        self.caption.show_text(
            self.tr("You from the front") if front else self.tr("You from behind")
        )
        keys = 1 if self._measures.comfort.hand == "right" else -1
        key = self._stand.corner(keys, body.KEY).toRect()
        key.setHeight(max(self._measures.floor, min(key.height(), self._measures.target())))
        self.turn.setGeometry(key)
        self.caption.setGeometry(self._stand.corner(-keys, body.KEY).toRect())
        words: dict[Side, str] = {"left": self.tr("Left"), "right": self.tr("Right")}
        for side, label in self.sides.items():
            label.show_text(words[side])
            label.setGeometry(
                self._stand.corner(self._stand.outwards(side), body.SIDE_WORDS).toRect()
            )

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for area in self._areas:
                painter.fillPath(area.path, QColor(self._measures.theme.skin))
            paint_skin(painter, self._measures.theme, self._stand)
            for area in self._areas:
                self._paint_mark(painter, area)
            paint_lines(painter, self._measures.theme, self._stand, self._areas)
            self._paint_rings(painter)
            for area in self._areas:
                self._paint_score(painter, area)

    def _paint_mark(self, painter: QPainter, area: Area) -> None:
        """Fill what is numb, with a pattern for those who see no colours."""
        theme = self._measures.theme
        if area.place == self._held:
            painter.fillPath(area.path, QColor(theme.press))
        if self._marks.get(area.place, 0) == 0:
            return
        painter.save()
        painter.setClipPath(area.path)
        painter.fillPath(area.path, QColor(theme.numb_area))
        painter.setPen(self._stand.pen(theme.numbness, 0.5))
        bounds, step = area.path.boundingRect(), 2.6 * self._unit()
        for index in range(math.ceil((bounds.width() + bounds.height()) / step)):
            start = bounds.topLeft() + QPointF(index * step, 0)
            painter.drawLine(start, start + QPointF(-bounds.height(), bounds.height()))
        painter.restore()

    def _paint_rings(self, painter: QPainter) -> None:
        theme, thick = self._measures.theme, self._measures.px(1.1) / self._unit()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for area in self._areas:
            if area.place == self._chosen:
                painter.setPen(self._stand.pen(theme.accent, thick))
                painter.drawPath(area.path)
        if self.hasFocus() and self._areas:
            painter.setPen(self._stand.pen(theme.focus, thick))
            painter.drawPath(self._areas[self._cursor].path)

    def _paint_score(self, painter: QPainter, area: Area) -> None:
        if area.place not in self._marks:
            return
        theme, score = self._measures.theme, self._marks[area.place]
        size = 10.6 * self._unit()
        painter.setFont(font_of(self._measures, round(0.62 * size), QFont.Weight.Bold))
        for heart in area.hearts:
            disc = QRectF(0, 0, size, size)
            disc.moveCenter(heart)
            painter.setPen(self._stand.pen(theme.ink, 0.4))
            painter.setBrush(QColor(theme.paper))
            painter.drawEllipse(disc)
            words = UNKNOWN if score is None else str(score)
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, words)

    # ------------------------------------------------------------------ touch and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place is None or self._trembles(place, event):
            return
        if self._measures.comfort.hold_ms:
            self._held = place
            self.holding.start()
            self.update()
        else:
            self.touched.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None and not self._is_on(self._held, event.position()):
            self._let_go()

    def _is_on(self, place: Place, point: QPointF) -> bool:
        """Whether a finger that has pressed a place is still on it, even if it trembles."""
        reach = MISS_MM * self._measures.pixels_per_mm
        return any(distance(area, point) <= reach for area in self._areas if area.place == place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._let_go()

    def _count(self) -> None:
        place = self._held
        self._let_go()
        if place is not None:
            self.touched.emit(place)

    def _let_go(self) -> None:
        self.holding.stop()
        self._held = None
        self.update()

    def _trembles(self, place: Place, event: QInputEvent) -> bool:
        """Whether a press follows another on the same place too soon to be meant."""
        last, self._last_press = self._last_press, (place, event.timestamp())
        return (
            last is not None and last[0] == place and 0 <= event.timestamp() - last[1] < TREMBLE_MS
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self._go_to((self._cursor + steps[Qt.Key(event.key())]) % len(self._areas))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            place = self._areas[self._cursor].place
            if not event.isAutoRepeat() and not self._trembles(place, event):
                self.touched.emit(place)
                self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab walk over the regions before it leaves."""
        index = self._cursor + (1 if forward else -1)
        if not self.hasFocus() or not 0 <= index < len(self._areas):
            return super().focusNextPrevChild(forward)
        self._go_to(index)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._go_to(0)
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._go_to(len(self._areas) - 1)

    def _go_to(self, index: int) -> None:
        self._cursor = index
        self._tell_cursor()
        self.update()

    def _tell_cursor(self) -> None:
        """Say in words where the keyboard is, for those who cannot see the drawing."""
        if not self._areas:
            return
        place = self._areas[self._cursor].place
        words = "{place}"
        if place in self._marks:
            score = self._marks[place]
            words = self.tr("{place}, marked") if score is None else self.tr("{place}: {score}")
        name = words.format(place=self._names[place], score=self._marks.get(place))
        self.setAccessibleName(name)

    def _turn_round(self) -> None:
        self.show_view("back" if self.view == "front" else "front")
        if self.turn.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # the keyboard came to see that side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.show_view(body.VIEWS[0])
