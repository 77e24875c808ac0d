"""A score from 0 to 10: eleven keys in one row, none chosen beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Frame, QuestionScreen
from monitor.ui.kiosk.screens.parts import (
    APART,
    TOP_LEFT,
    TOP_RIGHT,
    FittedText,
    Key,
    direction_of,
    even_out,
)


@dataclass(frozen=True)
class NumberState:
    """A question with a score.

    `scores` are the numbers to choose from, ascending: from the left, or `from_right`.
    """

    frame: Frame
    scores: tuple[int, ...]
    low: str
    high: str
    chosen: int | None
    from_right: bool = False


class NumberScreen(QuestionScreen):
    """Signals: answered, with the score that was touched."""

    answered = Signal(int)

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.keys: dict[int, Key] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(measures.gap)
        self.low = FittedText(measures, colour="muted", alignment=TOP_LEFT)
        self.high = FittedText(measures, colour="muted", alignment=TOP_RIGHT)
        ends = self._ends = QHBoxLayout()
        ends.setSpacing(measures.px(8))
        ends.addWidget(self.low, 1)
        ends.addWidget(self.high, 1)
        self._column_of_body = QVBoxLayout(self.body)
        self._column_of_body.setSpacing(measures.px(4))
        self._column_of_body.addLayout(self._row)
        self._column_of_body.addLayout(ends)
        self._column_of_body.addStretch(1)

    def show(self, state: NumberState) -> None:  # type: ignore[override]
        """Show a question and the score chosen so far."""
        self.body.setLayoutDirection(direction_of(state.from_right))
        self._make_keys(state.scores)
        for score, key in self.keys.items():
            key.setChecked(score == state.chosen)
        self.low.show_text(f"{state.scores[0]}{APART}{state.low}")
        self.high.show_text(f"{state.high}{APART}{state.scores[-1]}")
        self._place()
        self.show_frame(state.frame)
        self._even_out()

    def answers(self) -> Iterable[QWidget]:
        return self.keys.values()

    def _answer(self, score: int) -> None:
        self.answered.emit(score)
        self.move_on(self.keys[score], self.next)

    def _make_keys(self, scores: tuple[int, ...]) -> None:
        if tuple(self.keys) == scores:
            return
        for key in self.keys.values():
            self._row.removeWidget(key)
            key.hide()
            key.deleteLater()
        self.keys = {}
        for score in scores:
            key = Key(self.measures, text_size="number", checkable=True)
            key.show_text(str(score))
            key.setFixedHeight(self.measures.target(28.5))
            key.clicked.connect(lambda _, score=score: self._answer(score))
            self._row.addWidget(key)
            key.show()  # at once, or the layout does not count it yet
            self.keys[score] = key

    def _place(self) -> None:
        """Make the keys as wide as drawn, and no wider than the window allows."""
        count = max(len(self.keys), 1)
        room = self.width() - 2 * self.measures.size("margin")
        gaps = (count - 1) * self.measures.gap
        wide = min(self.measures.target(24.3), (room - gaps) // count)
        for key in self.keys.values():
            key.setFixedWidth(max(wide, self.measures.floor))
        side = max((room - count * wide - gaps) // 2, 0)
        self._column_of_body.setContentsMargins(side, 0, side, 0)
        half = (room - 2 * side - self._ends.spacing()) // 2
        high = max(end.wished_height(half) for end in (self.low, self.high))
        for end in (self.low, self.high):
            end.setFixedHeight(high)

    def _even_out(self) -> None:
        self._column.activate()
        self._column_of_body.activate()
        even_out(self.keys.values())
        even_out((self.low, self.high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)
        self._even_out()
