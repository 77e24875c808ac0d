"""One of several answers in words: a large key for each, none chosen beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Frame, QuestionScreen
from monitor.ui.kiosk.screens.parts import LEFT, Key

MOST_IN_A_COLUMN = 4


@dataclass(frozen=True)
class ChoiceState:
    """A question with answers in words. `options` maps code to text, in order."""

    frame: Frame
    options: dict[str, str]
    chosen: str | None


class ChoiceScreen(QuestionScreen):
    """Signals: answered, with the code of the option that was touched."""

    answered = Signal(str)

    HEADING_LINES = 3

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
        self.show_frame(state.frame)

    def _make_keys(self, options: dict[str, str]) -> None:
        for key in self.keys.values():
            self._grid.removeWidget(key)
            key.hide()
            key.deleteLater()
        self.keys = {}
        rows = len(options) if len(options) <= MOST_IN_A_COLUMN else -(-len(options) // 2)
        for index, code in enumerate(options):
            key = Key(self.measures, alignment=LEFT, checkable=True)
            key.setMinimumHeight(self.measures.target())
            key.setMaximumHeight(self.measures.target(24))
            key.clicked.connect(lambda _, code=code: self.answered.emit(code))
            self._grid.addWidget(key, index % rows, index // rows)
            key.show()  # at once, or the layout does not count it yet
            self.keys[code] = key
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(rows, 1)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column * rows < len(options) else 0)
        self._place()

    def _place(self) -> None:
        room = self.width() - 2 * self.measures.size("margin")
        two = len(self.keys) > MOST_IN_A_COLUMN
        wide = min(room, self.measures.px(260 if two else 190))
        side = max((room - wide) // 2, 0)
        self._grid.setContentsMargins(side, 0, side, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)
