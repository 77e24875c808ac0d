"""What the pages of signing in have in common, and the two that have no digits."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Heading, Screen
from monitor.ui.kiosk.screens.parts import Key, Look, even_out

ROWS = 4
"""Rows of keys on each of these pages: what four rows of digits need."""
MONTHS_PER_ROW = 4


@dataclass(frozen=True)
class WaysState:
    """Asks by what somebody wants to sign in; nothing is chosen in it."""


@dataclass(frozen=True)
class MonthState:
    """The names of the twelve months. `month` is the one chosen, 1 to 12, or 0 for none."""

    names: tuple[str, ...]
    month: int


class SignInScreen(Screen):
    """A page that asks who is there: the question above, all keys in `low`, in four rows."""

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.heading = Heading(measures)
        self.low = QWidget()
        self.back = Key(measures, wide=measures.target(34))
        self.back.show_text(self.tr("Back"))
        self.back.clicked.connect(self.went_back)
        self.help = Key(measures)
        self.help.show_text(self.tr("I need help"))
        self.help.clicked.connect(self.skipped)
        self.next = Key(measures, Look.PRIMARY, wide=measures.target(53))
        self.next.show_text(self.tr("Next"))
        self.next.clicked.connect(self.went_on)
        self.column = QVBoxLayout(self)
        side = measures.size("margin")
        self.column.setContentsMargins(side, measures.px(6.4), side, measures.px(6.4))
        self.column.setSpacing(0)
        self.column.addWidget(self.heading)
        self.column.addStretch(1)
        self.column.addWidget(self.low)

    def row_of_keys(self, *last: Key) -> QHBoxLayout:
        """The lowest row: Back and the quiet keys on one side, what goes on on the other."""
        row = QHBoxLayout()
        row.setSpacing(self.measures.gap)
        for key in (self.back, self.comfort_key, self.listen):
            row.addWidget(key)
        row.addStretch(1)
        row.addWidget(self.help)
        if last:
            row.addStretch(1)
        for key in last:
            row.addWidget(key)
        self.order_by_hand(row)
        return row

    def order(self, *answers: QWidget) -> None:
        """Tab goes from the answers to Next, Back, help and the quiet keys."""
        quiet = (self.next, self.back, self.help, self.comfort_key, self.listen)
        for one, other in pairwise((*answers, *quiet)):
            QWidget.setTabOrder(one, other)

    def above_keys(self) -> int:
        """The height of what stands between the question and the keys."""
        return 0

    def arrange(self) -> None:
        """Give the keys their rows in the lower two thirds, and the question the rest."""
        margins, gap = self.column.contentsMargins(), self.measures.gap
        room = self.height() - self.touch_top() - margins.bottom() - (ROWS - 1) * gap
        row = max(self.measures.floor, min(self.measures.target(30), room // ROWS))
        self.low.setFixedHeight(ROWS * row + (ROWS - 1) * gap)
        for key in (self.back, self.comfort_key, self.listen, self.help, self.next):
            key.setFixedHeight(row)
        width = self.width() - margins.left() - margins.right()
        fixed = margins.top() + margins.bottom() + self.low.height() + self.above_keys()
        most = self.height() - fixed - gap
        self.heading.take(width, max(1, min(self.heading.wished_height(width), most)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()


class WaysScreen(SignInScreen):
    """By a code from the desk, or by a clinic number.

    Signals: chosen, with "code" or "number".
    """

    chosen = Signal(str)

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.code = Key(measures, text_size="question")
        self.code.show_text(self.tr("I have a code from the desk"))
        self.code.clicked.connect(lambda: self.chosen.emit("code"))
        self.number = Key(measures, text_size="question")
        self.number.show_text(self.tr("I have my clinic number"))
        self.number.clicked.connect(lambda: self.chosen.emit("number"))
        grid = QGridLayout(self.low)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(measures.gap)
        for column, key in enumerate((self.code, self.number)):
            key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            grid.addWidget(key, 0, column, ROWS - 1, 1)
            grid.setColumnStretch(column, 1)
        self.next.hide()  # a touch on a way goes on
        grid.addLayout(self.row_of_keys(), ROWS - 1, 0, 1, 2)
        for row in range(ROWS):
            grid.setRowStretch(row, 1)
        for one, other in pairwise((self.code, self.number, self.back, self.help)):
            QWidget.setTabOrder(one, other)

    def show(self, state: WaysState) -> None:  # type: ignore[override]
        """Offer both ways."""
        self.heading.show_texts(
            self.tr("Welcome. Please tell us who you are."), self.tr("Touch what you have.")
        )
        self.arrange()
        even_out((self.code, self.number))

    def arrange(self) -> None:
        super().arrange()
        even_out((self.code, self.number))


class MonthScreen(SignInScreen):
    """The month of birth, by its name. A touch chooses, Next goes on.

    Signals: month_picked, 1 to 12.
    """

    month_picked = Signal(int)

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.months: list[Key] = []
        grid = QGridLayout(self.low)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(measures.gap)
        for index in range(12):
            key = Key(measures, checkable=True)
            key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            key.clicked.connect(lambda _, month=index + 1: self.month_picked.emit(month))
            grid.addWidget(key, index // MONTHS_PER_ROW, index % MONTHS_PER_ROW)
            self.months.append(key)
        for number in range(ROWS):
            grid.setRowStretch(number, 1)
            grid.setColumnStretch(number, 1)
        grid.addLayout(self.row_of_keys(self.next), ROWS - 1, 0, 1, MONTHS_PER_ROW)
        self.order(*self.months)

    def show(self, state: MonthState) -> None:  # type: ignore[override]
        """Show the months and the one chosen."""
        self.heading.show_texts(
            self.tr("In which month were you born?"), self.tr("Touch the month, then Next.")
        )
        for number, (key, name) in enumerate(zip(self.months, state.names, strict=True), start=1):
            key.show_text(name)
            key.setChecked(number == state.month)
        self.next.setEnabled(bool(state.month))
        self.arrange()

    def arrange(self) -> None:
        super().arrange()
        even_out(self.months)
