"""Up to four statements on one page, each with its answers beside it."""

from __future__ import annotations

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

SHARE_OF_KEYS = 0.74
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


def key_width(measures: Measures, options: dict[str, str], room: int) -> int:
    """The width of a key: the least in which each text takes two lines, if there is room."""
    font = font_of(measures, measures.text(), QFont.Weight.DemiBold)
    two_lines = round(measures.text() * 2 * LINE)
    most = round(room * SHARE_OF_KEYS) // len(options) - measures.gap
    width = measures.target(40)
    while width < most and not all(
        fits(text, QSize(width - measures.px(4), two_lines), font) for text in options.values()
    ):
        width += measures.px(1)
    return max(min(width, most), measures.floor)


class Row(QWidget):
    """One statement and its keys."""

    answered = Signal(str)

    def __init__(self, measures: Measures, options: dict[str, str], width: int) -> None:
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
            key.setFixedWidth(width)
            key.clicked.connect(lambda _, code=code: self.answered.emit(code))
            row.addWidget(key)
            self.keys[code] = key
        self.setMinimumHeight(measures.target())
        self.setMaximumHeight(measures.target(26))
        for key in self.keys.values():
            key.setMinimumHeight(measures.target())

    def show_row(self, statement: str, chosen: str | None) -> None:
        self.statement.show_text(statement)
        for code, key in self.keys.items():
            key.setChecked(code == chosen)
            key.setAccessibleName(f"{statement} {key.text()}")


class StatementsScreen(QuestionScreen):
    """Signals: answered, with the row (from 0) and the code; denied, for the rows that are left."""

    answered = Signal(int, str)
    denied = Signal()

    HEADING_LINES = 1

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.rows: list[Row] = []
        self._shape: tuple[int, tuple[tuple[str, str], ...]] = (0, ())
        self.denial = Key(measures)
        self.denial.clicked.connect(self.denied)
        self.denial.setMinimumHeight(measures.target())
        self.denial.setMinimumWidth(measures.target(53))
        self._list = QVBoxLayout()
        self._list.setSpacing(measures.gap // 2)
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
        self.denial.show_text(state.denial)
        self.denial.setEnabled(state.can_deny)
        self._place_denial()
        self.denial.setVisible(bool(state.denial))
        self.show_frame(state.frame)
        self._even_out()

    def _place_denial(self) -> None:
        """Put the key for all rows below them, or beside Skip on panels too low for that."""
        heading = round(self.measures.least_text * LINE * 2.5)
        row = self.measures.target() + 2 * self.measures.gap
        tight = self.room() - (len(self.rows) + 1) * row < heading
        if tight:
            self.buttons.insertWidget(self.buttons.indexOf(self.skip) + 1, self.denial)
        else:
            self._end.addWidget(self.denial)
            if self.rows:
                self.denial.setFixedWidth(self._width_of_keys())

    def _width_of_keys(self) -> int:
        keys = list(self.rows[0].keys.values())
        return sum(key.width() for key in keys) + (len(keys) - 1) * self.measures.gap

    def _even_out(self) -> None:
        self._column.activate()
        self._list.activate()
        even_out(row.statement for row in self.rows)
        even_out(key for row in self.rows for key in row.keys.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._even_out()

    def _make_rows(self, count: int, options: dict[str, str]) -> None:
        while (entry := self._list.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        room = self.width() - 2 * self.measures.size("margin")
        width = key_width(self.measures, options, room)
        for index in range(count):
            row = Row(self.measures, options, width)
            row.answered.connect(lambda code, index=index: self.answered.emit(index, code))
            self.rows.append(row)
            for part in (row, Rule(self.measures)):
                self._list.addWidget(part)
                part.show()  # at once, or the layout does not count it yet
