"""One of several answers in words: a large key for each, none chosen beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Frame, QuestionScreen
from monitor.ui.kiosk.screens.parts import LEFT, Key, even_out

MOST_IN_A_COLUMN = 4
MOST_COLUMNS = 3


@dataclass(frozen=True)
class ChoiceState:
    """A question with answers in words. `options` maps code to text, in order."""

    frame: Frame
    options: dict[str, str]
    chosen: str | None


class ChoiceScreen(QuestionScreen):
    """Signals: answered, with the code of the option that was touched."""

    answered = Signal(str)

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.keys: dict[str, Key] = {}
        self._grid = QGridLayout(self.body)
        self._grid.setSpacing(measures.gap)

    def show(self, state: ChoiceState) -> None:  # type: ignore[override]
        """Show a question and the option chosen so far."""
        if tuple(self.keys) != tuple(state.options):
            self._make_keys(state.options)
        for code, key in self.keys.items():
            key.show_text(state.options[code])
            key.setChecked(code == state.chosen)
        self._place()
        self.show_frame(state.frame)
        self._even_out()

    def answers(self) -> Iterable[QWidget]:
        return self.keys.values()

    def _answer(self, code: str) -> None:
        self.answered.emit(code)
        self.move_on(self.keys[code], self.next)

    def _make_keys(self, options: dict[str, str]) -> None:
        for key in self.keys.values():
            self._grid.removeWidget(key)
            key.hide()
            key.deleteLater()
        self.keys = {}
        for code in options:
            key = Key(self.measures, alignment=LEFT, checkable=True)
            key.setMinimumHeight(self.measures.target())
            key.setMaximumHeight(self.measures.target(24))
            key.clicked.connect(lambda _, code=code: self._answer(code))
            self.keys[code] = key

    def _columns(self) -> int:
        """As few columns as the height allows."""
        each = self.measures.target() + self.measures.gap
        most = min(MOST_IN_A_COLUMN, (self.lower_room() + self.measures.gap) // each)
        return min(MOST_COLUMNS, -(-len(self.keys) // max(most, 1)))

    def _place(self) -> None:
        columns = max(self._columns(), 1)
        rows = -(-len(self.keys) // columns)
        for index, key in enumerate(self.keys.values()):
            self._grid.addWidget(key, index % rows, index // rows)
            key.show()  # at once, or the layout does not count it yet
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(rows, 1)
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        room = self.width() - 2 * self.measures.size("margin")
        wide = min(room, self.measures.px(190 if columns == 1 else 260))
        side = max((room - wide) // 2, 0)
        self._grid.setContentsMargins(side, 0, side, 0)

    def _even_out(self) -> None:
        self._column.activate()
        self._grid.activate()
        even_out(self.keys.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)
        self._even_out()
