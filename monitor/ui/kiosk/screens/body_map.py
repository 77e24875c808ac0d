"""Where it is numb: front and back of the body to touch, and a score for each place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from monitor.domain.protocol import SIDES, Side
from monitor.domain.submission import Place
from monitor.ui.kiosk import body
from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Frame, QuestionScreen
from monitor.ui.kiosk.screens.parts import (
    APART,
    LEFT,
    LINE,
    TOP_LEFT,
    TOP_RIGHT,
    FittedText,
    Key,
    font_of,
)

MISS_MM = 5.0
"""How far beside a region a finger may land and still mean it."""
COLUMNS_OF_SCORES = 4


@dataclass(frozen=True)
class BodyMapState:
    """Which places can be marked, which are, and the score of the chosen one.

    `names` maps every place that can be touched to its name. `marks` maps the marked places
    to their scores, None where it is not given yet. `chosen` is the place whose score is
    asked, `denied` whether "none" was answered. `lines` say the marks in words.
    """

    frame: Frame
    names: dict[Place, str]
    marks: dict[Place, int | None]
    chosen: Place | None
    scores: tuple[int, ...]
    low: str
    high: str
    ask: str
    denial: str
    denied: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Area:
    """One region as it stands on the screen."""

    view: body.View
    place: Place
    path: QPainterPath


class BodyDrawing(QWidget):
    """Two figures to touch. With the keyboard, arrows walk over the places, Enter marks.

    Signals: touched, with the place.
    """

    touched = Signal(object)

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._measures = measures
        self._state: BodyMapState | None = None
        self._areas: tuple[_Area, ...] = ()
        self._cursor = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._measures.px(150), self._measures.px(80))

    def show_state(self, state: BodyMapState) -> None:
        changed = self._state is None or self._state.names != state.names
        self._state = state
        if changed:
            self._lay_out()
        self._tell_cursor()
        self.update()

    def place_at(self, point: QPointF) -> Place | None:
        """The place under a point, or the nearest that a finger may have meant."""
        for reach in range(round(MISS_MM * self._measures.pixels_per_mm) + 1):
            around = QRectF(0, 0, 2 * reach + 1, 2 * reach + 1)
            around.moveCenter(point)
            for area in reversed(self._areas):
                if area.path.intersects(around):
                    return area.place
        return None

    def areas_of(self, place: Place) -> list[QPainterPath]:
        """Where a place is drawn, in the widget's own coordinates."""
        return [area.path for area in self._areas if area.place == place]

    def _places(self) -> list[Place]:
        return list(dict.fromkeys(area.place for area in self._areas))

    def _lay_out(self) -> None:
        self._areas = tuple(self._drawn())

    def _drawn(self) -> Iterator[_Area]:
        if self._state is None:
            return
        for view in ("front", "back"):
            for site, half in body.HALVES[view].items():
                if Place(site) in self._state.names:
                    both = self._path(view, "left", half).united(self._path(view, "right", half))
                    yield _Area(view, Place(site), both.simplified())
                for side in SIDES:
                    if Place(site, side) in self._state.names:
                        yield _Area(view, Place(site, side), self._path(view, side, half))

    def _path(self, view: body.View, side: Side, half: body.Polygon) -> QPainterPath:
        # Whoever looks at a front sees its right side on their left.
        outwards = 1 if (side == "right") == (view == "back") else -1
        middle, top, scale = self._figure(view)
        turned = QTransform(outwards * scale, 0, 0, scale, middle, top)
        path = QPainterPath()
        path.addPolygon(turned.map(QPolygonF([QPointF(x, y) for x, y in half])))
        path.closeSubpath()
        return path

    def _figure(self, view: body.View) -> tuple[float, float, float]:
        """The middle, the top and the scale of a figure."""
        words = self._words_height()
        across = self.width() / 2 - self._measures.px(2)
        scale = min(across / (2 * body.HALF_WIDTH), (self.height() - words) / body.HEIGHT)
        top = max((self.height() - words - scale * body.HEIGHT) / 2, 0)
        return self.width() * (0.25 if view == "front" else 0.75), top, scale

    def _words_height(self) -> float:
        return self._measures.text("small") * 1.5

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for area in self._areas:
            self._paint_area(painter, area)
        for area in self._areas:
            if area.place == self._state.chosen:
                self._outline(painter, area.path, self._measures.theme.accent, 0.9)
            elif self.hasFocus() and area.place == self._places()[self._cursor]:
                self._outline(painter, area.path, self._measures.theme.focus, 1.1)
        self._paint_words(painter)
        painter.end()

    def _paint_area(self, painter: QPainter, area: _Area) -> None:
        theme = self._measures.theme
        marks = self._state.marks if self._state else {}
        marked = area.place in marks and marks[area.place] != 0
        quiet = area.place.site in body.QUIET
        ground = theme.numb_area if marked else theme.skin_still if quiet else theme.skin
        painter.setPen(QPen(QColor(theme.skin_edge), max(1.0, self._measures.px(0.4))))
        painter.setBrush(QColor(ground))
        painter.drawPath(area.path)

    def _outline(self, painter: QPainter, path: QPainterPath, colour: str, mm: float) -> None:
        pen = QPen(QColor(colour), self._measures.px(mm), j=Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_words(self, painter: QPainter) -> None:
        measures = self._measures
        painter.setFont(font_of(measures, measures.text("small"), QFont.Weight.Medium))
        painter.setPen(QColor(measures.theme.muted))
        right, left = self.tr("Right"), self.tr("Left")
        for view, title, sides in (
            ("front", self.tr("Front"), (right, left)),
            ("back", self.tr("Back"), (left, right)),
        ):
            middle, top, scale = self._figure("front" if view == "front" else "back")
            below = QRectF(0, top + scale * body.HEIGHT, self.width() / 2, self._words_height())
            below.moveCenter(QPointF(middle, below.center().y()))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), title)
            for sign, words in zip((-1, 1), sides, strict=True):
                beside = QRectF(0, 0, 110 * scale + measures.px(20), self._words_height())
                x = middle + sign * 0.69 * body.HALF_WIDTH * scale
                beside.moveCenter(QPointF(x, top + 0.975 * body.HEIGHT * scale))
                painter.drawText(beside, int(Qt.AlignmentFlag.AlignCenter), words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (place := self.place_at(event.position())) is not None:
            self.touched.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        places = self._places()
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self._cursor = (self._cursor + steps[Qt.Key(event.key())]) % len(places)
            self._tell_cursor()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.touched.emit(places[self._cursor])
        else:
            super().keyPressEvent(event)

    def _tell_cursor(self) -> None:
        """Say in words where the keyboard is, for those who cannot see the drawing."""
        if self._state is None or not self._areas:
            return
        place = self._places()[self._cursor]
        name = self._state.names[place]
        marked = self.tr("{place}, marked") if place in self._state.marks else "{place}"
        self.setAccessibleName(marked.format(place=name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()


class BodyMapScreen(QuestionScreen):
    """Signals: touched, with a place; answered, with the score; denied: nowhere at all."""

    touched = Signal(object)
    answered = Signal(int)
    denied = Signal()

    HEADING_LINES = 0

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.drawing = BodyDrawing(measures)
        self.drawing.touched.connect(self.touched)
        self.keys: dict[int, Key] = {}
        strong = QFont.Weight.DemiBold
        self.name = FittedText(measures, weight=strong, alignment=LEFT)
        self.ask = FittedText(measures, colour="muted", size="small", alignment=LEFT)
        self.low = FittedText(measures, colour="muted", size="small", alignment=TOP_LEFT)
        self.high = FittedText(measures, colour="muted", size="small", alignment=TOP_RIGHT)
        self.lines = FittedText(measures, size="small", alignment=TOP_LEFT)
        self.denial = Key(measures, checkable=True)
        self.denial.clicked.connect(self.denied)
        self.denial.setFixedHeight(measures.target())
        self._scores = QWidget()
        self._grid = QGridLayout(self._scores)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(measures.gap)
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(measures.px(6))
        row.addWidget(self.drawing, 1)
        row.addWidget(self._panel())

    def _panel(self) -> QWidget:
        wide = COLUMNS_OF_SCORES * self.measures.target() + 3 * self.measures.gap
        ends = QHBoxLayout()
        ends.addWidget(self.low, 2)
        ends.addWidget(self.high, 3)
        whole = QWidget()
        whole.setFixedWidth(wide)
        panel = QVBoxLayout(whole)
        panel.setContentsMargins(0, 0, 0, 0)
        panel.setSpacing(self.measures.px(1.5))
        panel.addStretch(1)
        panel.addWidget(self.name)
        panel.addWidget(self.ask)
        panel.addWidget(self._scores)
        panel.addLayout(ends)
        panel.addWidget(self.lines)
        panel.addWidget(self.denial)
        panel.addStretch(1)
        small = round(self.measures.text("small") * LINE)
        self.name.setFixedHeight(round(self.measures.text() * LINE))
        for text in (self.ask, self.low, self.high):
            text.setFixedHeight(small)
        return whole

    def show(self, state: BodyMapState) -> None:  # type: ignore[override]
        """Show the drawing with its marks, and the score of the chosen place."""
        self._make_keys(state.scores)
        self.drawing.show_state(state)
        chosen = state.chosen
        for score, key in self.keys.items():
            key.setChecked(chosen is not None and state.marks.get(chosen) == score)
            key.setAccessibleName(f"{state.names[chosen]}: {score}" if chosen else str(score))
        for widget in (self._scores, self.ask, self.name):
            widget.setVisible(chosen is not None)
        self.name.show_text(state.names[chosen] if chosen else "")
        self.ask.show_text(state.ask)
        self.low.show_text(f"{state.scores[0]}{APART}{state.low}" if chosen else "")
        self.high.show_text(f"{state.high}{APART}{state.scores[-1]}" if chosen else "")
        self.denial.setVisible(not state.marks)
        self.denial.show_text(state.denial)
        self.denial.setChecked(state.denied)
        self.show_frame(state.frame)
        self._fit_lines(state.lines)

    def _make_keys(self, scores: tuple[int, ...]) -> None:
        if tuple(self.keys) == scores:
            return
        for index, score in enumerate(scores):
            key = Key(self.measures, text_size="number", checkable=True)
            key.show_text(str(score))
            key.setFixedSize(self.measures.target(), self.measures.target(18))
            key.clicked.connect(lambda _, score=score: self.answered.emit(score))
            self._grid.addWidget(key, index // COLUMNS_OF_SCORES, index % COLUMNS_OF_SCORES)
            key.show()  # at once, or the layout does not count it yet
            self.keys[score] = key

    def _fit_lines(self, lines: tuple[str, ...]) -> None:
        """Give the marks in words what the scores leave."""
        most = self.room() - self.heading.height() - self._scores_height()
        room = max(0, int(most / (self.measures.least_text * LINE)))
        shown = lines if len(lines) <= room else (*lines[: max(room - 1, 0)], "…")[:room]
        self.lines.show_text("\n".join(shown))
        wished = self.lines.wished_height(self._scores.width())
        self.lines.setFixedHeight(max(0, min(wished, most)))

    def needed_height(self) -> int:
        line = round(self.measures.least_text * LINE)
        left = self.room() - self._scores_height()
        return self._scores_height() + (2 * line if left > 5 * line else 0)

    def _scores_height(self) -> int:
        rows = -(-len(self.keys) // COLUMNS_OF_SCORES)
        texts = self.measures.text() * LINE + self.measures.text("small") * 2.6
        keys = rows * self.measures.target(18) + (rows - 1) * self.measures.gap
        return round(keys + texts + self.measures.px(8))
