"""Up to three statements on one page, each with its answers beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Frame, QuestionScreen
from monitor.ui.kiosk.screens.parts import (
    LEFT,
    LINE,
    FittedText,
    Key,
    Rule,
    even_out,
    fits,
    font_of,
)

SHARE_OF_KEYS = 0.84
"""How much of a row the keys may take at most."""


@dataclass(frozen=True)
class StatementsState:
    """Statements and their answers so far (None: none yet), in order of the rows.

    `options` maps code to text and holds for every row. `denial` is the text of the key that
    answers the rows that are left with an explicit no; empty where there is none. `can_deny`:
    it has something to do.
    """

    frame: Frame
    statements: tuple[str, ...]
    options: dict[str, str]
    chosen: tuple[str | None, ...]
    denial: str = ""
    can_deny: bool = True


def key_width(
    measures: Measures, options: dict[str, str], statements: Iterable[str], room: QSize
) -> int:
    """The width of a key: each text in two lines, if that leaves the statements their room.

    `room` is that of a row: the statement and its keys.
    """
    font = font_of(measures, measures.text(), QFont.Weight.DemiBold)
    two_lines = round(measures.text() * 2 * LINE)
    beside_text = max(measures.px(4), measures.gap + 2)
    most = round(room.width() * SHARE_OF_KEYS) // len(options) - measures.gap
    width = measures.target(40)
    while width < most and not _all_fit(
        options.values(), QSize(width - beside_text, two_lines), font
    ):
        width += measures.px(1)
    width = min(width, most)
    keys_smallest = font_of(measures, measures.least_text, QFont.Weight.DemiBold)
    smallest = font_of(measures, measures.least_text, QFont.Weight.Medium)
    while width > measures.floor:
        beside = room.width() - len(options) * (width + measures.gap)
        narrower = QSize(width - measures.px(1) - beside_text, room.height() - 2)
        if _all_fit(statements, QSize(beside, room.height()), smallest) or not _all_fit(
            options.values(), narrower, keys_smallest
        ):
            break
        width -= measures.px(1)
    return max(width, measures.floor)


def _all_fit(texts: Iterable[str], size: QSize, font: QFont) -> bool:
    return all(fits(text, size, font) for text in texts)


class Row(QWidget):
    """One statement and its keys."""

    answered = Signal(str)

    def __init__(self, measures: Measures, options: dict[str, str]) -> None:
        super().__init__()
        self.statement = FittedText(measures, weight=QFont.Weight.Medium, alignment=LEFT)
        self.keys: dict[str, Key] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(measures.gap)
        row.addWidget(self.statement, 1)
        for code, text in options.items():
            key = Key(measures, checkable=True)
            key.show_text(text)
            key.clicked.connect(lambda _, code=code: self.answered.emit(code))
            row.addWidget(key)
            self.keys[code] = key

    def widen_keys(self, width: int) -> None:
        for key in self.keys.values():
            key.setFixedWidth(width)

    def show_row(self, statement: str, chosen: str | None) -> None:
        self.statement.show_text(statement)
        for code, key in self.keys.items():
            key.setChecked(code == chosen)
            key.setAccessibleName(f"{statement} {key.text()}")


class StatementsScreen(QuestionScreen):
    """Signals: answered, with the row (from 0) and the code; denied, for the rows that are left."""

    answered = Signal(int, str)
    denied = Signal()

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.rows: list[Row] = []
        self._options: dict[str, str] = {}
        self._shape: tuple[int, tuple[tuple[str, str], ...]] = (0, ())
        self.denial = Key(measures)
        self.denial.clicked.connect(self.denied)
        self.denial.setMinimumHeight(measures.target())
        self.denial.setMinimumWidth(measures.target(53))
        self._list = QVBoxLayout()
        self._list.setSpacing(-(-(measures.gap - measures.size("line")) // 2))
        self._end = QHBoxLayout()
        self._end.addStretch(1)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measures.gap)
        column.addLayout(self._list)
        column.addLayout(self._end)
        column.addStretch(1)

    def show(self, state: StatementsState) -> None:  # type: ignore[override]
        """Show the statements and what was answered so far."""
        shape = (len(state.statements), tuple(state.options.items()))
        if shape != self._shape:
            self._make_rows(len(state.statements), state.options)
            self._shape = shape
        for row, statement, chosen in zip(self.rows, state.statements, state.chosen, strict=True):
            row.show_row(statement, chosen)
        self._options = state.options
        self.denial.show_text(state.denial)
        self.denial.setEnabled(state.can_deny)
        self._widen_keys()
        self._place_denial()
        self.denial.setVisible(bool(state.denial))
        self.show_frame(state.frame)
        self._even_out()

    def answers(self) -> Iterable[QWidget]:
        return (*(key for row in self.rows for key in row.keys.values()), self.denial)

    def _answer(self, index: int, code: str) -> None:
        key = self.rows[index].keys[code]
        self.answered.emit(index, code)
        below = [next(iter(row.keys.values())) for row in self.rows[index + 1 :]]
        self.move_on(key, below[0] if below else self.next)

    def _place_denial(self) -> None:
        """Put the key for all rows below them, or beside Skip on panels too low for that."""
        if self._is_low():
            self.buttons.insertWidget(self.buttons.indexOf(self.skip) + 1, self.denial)
        else:
            self._end.addWidget(self.denial)
            if self.rows:
                self.denial.setFixedWidth(self._width_of_keys())

    def _is_low(self) -> bool:
        """Whether there is no room for a key below the rows."""
        count = len(self.rows) + 1
        needed = count * self.measures.target() + (count - 1) * self.measures.gap
        return self.lower_room() < needed

    def _widen_keys(self) -> None:
        """Share the width of the rows between statements and keys."""
        if not self.rows:
            return
        count = len(self.rows) + (0 if self._is_low() or self.denial.isHidden() else 1)
        high = self.lower_room() // count - self.measures.gap - self.measures.size("line")
        high = min(max(high, self.measures.target()), self.measures.target(26))
        room = QSize(self.width() - 2 * self.measures.size("margin"), high)
        statements = [row.statement.text() for row in self.rows]
        width = key_width(self.measures, self._options, statements, room)
        for row in self.rows:
            row.setFixedHeight(high)
            row.widen_keys(width)

    def _width_of_keys(self) -> int:
        keys = list(self.rows[0].keys.values())
        return sum(key.width() for key in keys) + (len(keys) - 1) * self.measures.gap

    def _even_out(self) -> None:
        self._column.activate()
        self._list.activate()
        even_out(row.statement for row in self.rows)
        even_out(key for row in self.rows for key in row.keys.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._widen_keys()
        super().resizeEvent(event)
        self._even_out()

    def _make_rows(self, count: int, options: dict[str, str]) -> None:
        while (entry := self._list.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for index in range(count):
            row = Row(self.measures, options)
            row.answered.connect(lambda code, index=index: self._answer(index, code))
            self.rows.append(row)
            for part in (row, Rule(self.measures)):
                self._list.addWidget(part)
                part.show()  # at once, or the layout does not count it yet
