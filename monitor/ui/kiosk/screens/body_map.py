"""Where it is numb: front and back of the body to touch, and a score for each place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from monitor.domain.submission import Place
from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.body_drawing import BodyDrawing
from monitor.ui.kiosk.screens.frame import Frame, QuestionScreen
from monitor.ui.kiosk.screens.parts import (
    APART,
    LEFT,
    LINE,
    FittedText,
    Key,
    direction_of,
)
from monitor.ui.shared import body

COLUMNS_OF_SCORES = 4
MORE = "…"
"""Stands for the marks that there is no room to say."""
BETWEEN = " · "
LINES_KEPT = 2
"""For how many lines of marks there is room on the smallest panels."""


@dataclass(frozen=True)
class BodyMapState:
    """Which places can be marked, which are, and the score of the chosen one.

    `names` maps every place that can be touched to its name. `marks` maps the marked places
    to their scores, None where it is not given yet. `chosen` is the place whose score is
    asked, `denied` whether "none" was answered. `lines` say the marks in words. Each row of
    scores begins on the left, or `from_right`.
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
    from_right: bool = False


class BodyMapScreen(QuestionScreen):
    """The drawing, and beside it at the hand that touches: what is marked, and a score to give.

    The hint stands where the scores will be, so that the drawing has the height.

    Signals: touched, with a place; answered, with the score; denied: nowhere at all.
    """

    touched = Signal(object)
    answered = Signal(int)
    denied = Signal()

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.drawing = BodyDrawing(measures)
        self.drawing.touched.connect(self.touched)
        self.drawing.entered.connect(self._on_to_scores)
        self.keys: dict[int, Key] = {}
        self._marked: dict[Place, str] = {}
        self._chosen: Place | None = None
        strong = QFont.Weight.DemiBold
        self.hint = FittedText(measures, colour="muted", alignment=LEFT)
        self.lines = FittedText(measures, alignment=LEFT)
        self.name = FittedText(measures, weight=strong, alignment=LEFT)
        self.ask = FittedText(measures, colour="muted", size="small", alignment=LEFT)
        self.low = FittedText(measures, colour="muted", size="small", alignment=LEFT)
        self.high = FittedText(measures, colour="muted", size="small", alignment=LEFT)
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
        self.order_by_hand(row)

    def _panel(self) -> QWidget:
        measures = self.measures
        wide = COLUMNS_OF_SCORES * measures.target() + 3 * measures.gap
        whole = QWidget()
        whole.setFixedWidth(wide)
        panel = QVBoxLayout(whole)
        panel.setContentsMargins(0, 0, 0, 0)
        panel.setSpacing(measures.px(1))
        panel.addWidget(self.hint, 1)
        panel.addWidget(self.lines, 1)
        panel.addWidget(self.name)
        panel.addWidget(self.ask)
        panel.addWidget(self.low)  # above the 0
        panel.addWidget(self._scores)
        panel.addWidget(self.high)  # below the 10
        panel.addWidget(self.denial)
        return whole

    def show(self, state: BodyMapState) -> None:  # type: ignore[override]
        """Show the drawing with its marks, and the score of the chosen place."""
        self._scores.setLayoutDirection(direction_of(state.from_right))
        self._make_keys(state.scores)
        self.drawing.show_marks(state.names, state.marks, state.chosen)
        chosen = state.chosen
        for score, key in self.keys.items():
            key.setChecked(chosen is not None and state.marks.get(chosen) == score)
            key.setAccessibleName(f"{state.names[chosen]}: {score}" if chosen else str(score))
        self._scores.setVisible(chosen is not None)
        self.name.show_text(state.names[chosen] if chosen else "")
        self.ask.show_text(state.ask)
        self.low.show_text(f"{state.scores[0]}{APART}{state.low}")
        self.high.show_text(f"{state.scores[-1]}{APART}{state.high}")
        self.hint.show_text(state.frame.hint)
        self.hint.setVisible(not state.marks)
        self.lines.setVisible(bool(state.marks))
        self.denial.setVisible(not state.marks)
        self.denial.show_text(state.denial)
        self.denial.setChecked(state.denied)
        self._chosen = chosen
        self._marked = dict(zip(state.marks, state.lines, strict=True))
        self.show_frame(replace(state.frame, hint=""))

    def answers(self) -> Iterable[QWidget]:
        return (self.drawing, self.drawing.turn, *self.keys.values(), self.denial)

    def _make_keys(self, scores: tuple[int, ...]) -> None:
        if tuple(self.keys) == scores:
            return
        for index, score in enumerate(scores):
            key = Key(self.measures, text_size="number", checkable=True)
            key.show_text(str(score))
            key.setFixedSize(self.measures.target(), self.measures.target(18))
            key.clicked.connect(lambda _, score=score: self._answer(score))
            self._grid.addWidget(key, index // COLUMNS_OF_SCORES, index % COLUMNS_OF_SCORES)
            key.show()  # at once, or the layout does not count it yet
            self.keys[score] = key

    def _answer(self, score: int) -> None:
        by_keyboard = self.keys[score].hasFocus()
        self.answered.emit(score)
        if by_keyboard:
            self.drawing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_to_scores(self) -> None:
        """Whoever marked a place by the keyboard goes on to its score, and back after it."""
        if self.keys and self._scores.isVisible():
            next(iter(self.keys.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_lines(self, room: int) -> None:
        """Say the marks in words: one below the other, or closer, or only the newest.

        Where they must be closer, the one whose score is asked is left to its name below.
        """
        wide = COLUMNS_OF_SCORES * self.measures.target() + 3 * self.measures.gap
        close = [words for place, words in self._marked.items() if place != self._chosen]
        shorter = (
            BETWEEN.join((*((MORE,) if first else ()), *close[first:]))
            for first in range(len(close))
        )
        for text in ("\n".join(self._marked.values()), *shorter, ""):
            self.lines.show_text(text)
            if self.lines.least_height(wide) <= room:
                return

    def arrange(self) -> None:
        """Give the heading what it wishes for, but leave the crown of the head its room.

        Where the scores with their words take more than that, the words become smaller, and the
        question above them, which the hint has asked already, makes way; at last the list of the
        marks does, which the drawing shows.
        """
        reach = self.room() - self._heading_least()
        self.drawing.keep_within(reach)
        crown = math.ceil(reach * body.CROWN / body.HEIGHT)
        width = self.width() - 2 * self.measures.size("margin")
        wished = min(self.heading.wished_height(width), self._heading_least() - crown)
        least = round(1.5 * self.heading.question.least_height(width))
        for large, asked, lines, enough in (
            (True, True, LINES_KEPT, wished),
            (False, True, LINES_KEPT, wished),
            (False, False, LINES_KEPT, least),
            (False, False, 1, least),
            (False, False, 0, 0),
        ):
            words = self._word_heights(large, asked)
            most = self.room() - self._panel_height(words, lines)
            if enough <= most:
                break
        for text, height in words.items():
            text.setFixedHeight(height)
            text.setVisible(bool(height) and not self._scores.isHidden())
        self.heading.take(width, max(1, min(wished, most)))
        self._show_lines(self.room() - self.heading.height() - self._panel_height(words, 0))

    def _word_heights(self, large: bool, asked: bool) -> dict[FittedText, int]:
        """A line for each of the words around the scores: of the patient's size, or the least."""
        measures = self.measures
        sizes = {self.name: "text", self.ask: "small", self.low: "small", self.high: "small"}
        lines = {
            text: round((measures.text(size) if large else measures.least_text) * LINE)
            for text, size in sizes.items()
        }
        return lines if asked else {**lines, self.ask: 0}

    def _panel_height(self, words: dict[FittedText, int], lines: int) -> int:
        """What the panel needs for so many lines of marks, and the scores with their words."""
        kept = lines * round(self.measures.least_text * LINE)
        if self._scores.isHidden():
            return kept + (0 if self.denial.isHidden() else self.denial.height())
        rows = -(-len(self.keys) // COLUMNS_OF_SCORES)
        keys = rows * self.measures.target(18) + (rows - 1) * self.measures.gap
        return kept + keys + sum(words.values()) + (len(words) + 1) * self.measures.px(1)
