"""Several complaints on one page: a large key for each, and one that denies them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Frame, QuestionScreen
from monitor.ui.kiosk.screens.parts import LEFT, Key, even_out

COLUMNS, COLUMNS_ON_LOW_PANELS = 2, 3


@dataclass(frozen=True)
class PickState:
    """A question that several keys answer.

    `keys` maps item to text, in order; `chosen` are those that were touched. `denial` is the
    text of the key that denies all of them, `denied` whether it was.
    """

    frame: Frame
    keys: dict[str, str]
    chosen: frozenset[str]
    denial: str
    denied: bool


class PickKey(Key):
    """A key that can be chosen beside others, with a box that has a tick when it is."""

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures, alignment=LEFT, checkable=True)
        self.setMinimumSize(measures.floor, measures.floor)  # keys share the width of the page
        self._box = round(measures.least_text * 1.3)

    def _text_rect(self) -> QRectF:
        taken = self._box + self._beside()
        area = super()._text_rect()
        return (
            area.adjusted(0, 0, -taken, 0)
            if self.isRightToLeft()
            else area.adjusted(taken, 0, 0, 0)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _, edge, ink = self._colours()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = self._beside() + self._box / 2
            x = self.width() - middle if self.isRightToLeft() else middle
            painter.translate(x, self.height() / 2)
            side = self._box
            painter.setPen(QPen(QColor(ink if self.isChecked() else edge), max(2.0, side / 12)))
            painter.drawRoundedRect(QRectF(-side / 2, -side / 2, side, side), side / 6, side / 6)
            if self.isChecked():
                round_line = Qt.PenCapStyle.RoundCap
                painter.setPen(
                    QPen(QColor(ink), side / 7, c=round_line, j=Qt.PenJoinStyle.RoundJoin)
                )
                tick = ((-0.26, 0.02), (-0.07, 0.22), (0.28, -0.22))
                painter.drawPolyline([QPointF(x * side, y * side) for x, y in tick])


class PickScreen(QuestionScreen):
    """Signals: touched, with the item of the key; denied, all of them."""

    touched = Signal(str)
    denied = Signal()

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.keys: dict[str, PickKey] = {}
        self.denial = PickKey(measures)
        self.denial.clicked.connect(self.denied)
        self._grid = QGridLayout(self.body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(measures.gap)

    def show(self, state: PickState) -> None:  # type: ignore[override]
        """Show the keys and which of them were touched."""
        if tuple(self.keys) != tuple(state.keys):
            self._make_keys(state.keys)
        for item, key in self.keys.items():
            key.show_text(state.keys[item])
            key.setChecked(item in state.chosen)
        self.denial.show_text(state.denial)
        self.denial.setChecked(state.denied)
        self._place()
        self.show_frame(state.frame)
        self._even_out()

    def answers(self) -> Iterable[QWidget]:
        return (*self.keys.values(), self.denial)

    def _make_keys(self, items: dict[str, str]) -> None:
        for key in self.keys.values():
            self._grid.removeWidget(key)
            key.hide()
            key.deleteLater()
        self.keys = {}
        for item in items:
            key = PickKey(self.measures)
            key.clicked.connect(lambda _, item=item: self.touched.emit(item))
            self.keys[item] = key

    def _place(self) -> None:
        """Lay the keys out in two columns and the one that denies below, where they have room."""
        count, columns = len(self.keys), COLUMNS
        if self._height_of_row(-(-count // columns) + 1) < self.measures.target():
            columns = COLUMNS_ON_LOW_PANELS
        for index, key in enumerate(self.keys.values()):
            self._grid.addWidget(key, index // columns, index % columns)
        left = -count % columns if columns == COLUMNS_ON_LOW_PANELS else 0
        last = -(-count // columns) - bool(left)
        self._grid.addWidget(self.denial, last, columns - (left or columns), 1, left or columns)
        height = max(self._height_of_row(last + 1), self.measures.target())
        for key in (*self.keys.values(), self.denial):
            key.setFixedHeight(min(height, self.measures.target(26 / self.measures.fit)))
            key.show()  # at once, or the layout does not count it yet
        for column in range(COLUMNS_ON_LOW_PANELS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for row in range(self._grid.rowCount() + 1):
            self._grid.setRowStretch(row, 1 if row > last else 0)

    def _height_of_row(self, rows: int) -> int:
        """What each of so many rows gets of the room below the upper third."""
        return (self.lower_room() - (rows - 1) * self.measures.gap) // rows

    def _even_out(self) -> None:
        self._column.activate()
        self._grid.activate()
        even_out((*self.keys.values(), self.denial))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)
        self._even_out()
