"""Who are you: a clinic number and a date of birth, on large keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Heading, Screen
from monitor.ui.kiosk.screens.parts import LEFT, EraseKey, FittedText, Key, Look, even_out, font_of

BOXES = {"day": 2, "year": 4}
LONGEST_MONTH = 5.8
"""Room for the longest name of a month, in ems of the smallest text."""


@dataclass(frozen=True)
class IdentifyState:
    """What was typed so far. `field` is the one in hand; `note` says what went wrong."""

    number: str
    day: str
    month: str
    year: str
    field: Literal["number", "day", "month", "year"]
    can_go_on: bool
    months: tuple[str, ...]
    note: str = ""


class Boxes(QAbstractButton):
    """A field made of painted boxes, one for each letter or one for all. Touched to go there.

    Not a text field: there is nothing to select, copy or undo.
    """

    def __init__(self, measures: Measures, width_mm: float, blank: str, count: int = 1) -> None:
        super().__init__()
        self._measures = measures
        self._width = width_mm
        self._blank = blank
        self._count = count
        self._letters = ""
        self._in_hand = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_letters(self, letters: str, *, in_hand: bool) -> None:
        self._letters = letters
        self._in_hand = in_hand
        self.update()

    def letters(self) -> str:
        return self._letters

    def sizeHint(self) -> QSize:
        gap = self._measures.px(2.6)
        width = self._count * self._measures.px(self._width) + (self._count - 1) * gap
        return QSize(max(width, self._measures.floor), self._measures.target())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._measures.floor, self._measures.floor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = self._measures.px(2.6) if self._count > 1 else 0
        wide = (self.width() - (self._count - 1) * gap) / self._count
        for index in range(self._count):
            box = QRectF(index * (wide + gap), 0, wide, self.height())
            self._paint_box(painter, box, index)
        painter.end()

    def _paint_box(self, painter: QPainter, box: QRectF, index: int) -> None:
        theme = self._measures.theme
        parts = tuple(self._letters) if self._count > 1 else (self._letters,)
        text = parts[index] if index < len(parts) else ""
        next_one = index == min(len(parts), self._count - 1) or self._count == 1
        in_hand = self._in_hand and next_one
        width = self._measures.px(0.8 if in_hand else 0.5)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.focus), self._measures.px(1.1)))
        else:
            painter.setPen(QPen(QColor(theme.accent if in_hand else theme.faint), width))
        painter.setBrush(QColor(theme.paper))
        radius = self._measures.px(2.1)
        painter.drawRoundedRect(box.adjusted(width, width, -width, -width), radius, radius)
        painter.setPen(QColor(theme.ink if text else theme.faint))
        shown = text or ("" if in_hand else self._blank)
        painter.setFont(self._font(shown, box))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)

    def _font(self, text: str, box: QRectF) -> QFont:
        size = self._measures.text("number")
        most = box.width() - self._measures.px(5)
        font = font_of(self._measures, size, QFont.Weight.DemiBold)
        while size > 8 and QFontMetricsF(font).horizontalAdvance(text) > most:
            size -= 1
            font.setPixelSize(size)
        return font


class IdentifyScreen(Screen):
    """Signals: typed a digit; month_picked, 1 to 12; erased; cleared; field_touched by name."""

    typed = Signal(str)
    month_picked = Signal(int)
    erased = Signal()
    cleared = Signal()
    field_touched = Signal(str)

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.heading = Heading(measures)
        self.note = FittedText(
            measures, colour="red_ink", weight=QFont.Weight.DemiBold, alignment=LEFT
        )
        self.fields = {
            "number": Boxes(measures, 115, ""),
            "day": Boxes(measures, 15.3, self.tr("D"), BOXES["day"]),
            "month": Boxes(measures, 38, self.tr("Month")),
            "year": Boxes(measures, 15.3, self.tr("Y"), BOXES["year"]),
        }
        self.digits: dict[str, Key] = {}
        self.months: list[Key] = []
        self.pads = QStackedWidget()
        self.pads.addWidget(self._digit_pad())
        self.pads.addWidget(self._month_pad())
        self.help = Key(measures, Look.PLAIN)
        self.help.show_text(self.tr("I need help"))
        self.help.clicked.connect(self.skipped)
        self.next = Key(measures, Look.PRIMARY)
        self.next.show_text(self.tr("Next"))
        self.next.clicked.connect(self.went_on)
        self._lay_out()

    def _digit_pad(self) -> QWidget:
        pad = QWidget()
        grid = self._grid(pad)
        for index, digit in enumerate("123456789"):
            self._add_digit(grid, digit, index // 3, index % 3)
        clear = Key(self.measures)
        clear.show_text(self.tr("Clear"))
        clear.clicked.connect(self.cleared)
        grid.addWidget(clear, 3, 0)
        self._add_digit(grid, "0", 3, 1)
        erase = self.erase = EraseKey(self.measures)
        erase.setAccessibleName(self.tr("Delete the last digit"))
        erase.clicked.connect(self.erased)
        grid.addWidget(erase, 3, 2)
        for key in (clear, erase):
            key.setFixedSize(self._key_size())
        return pad

    def _add_digit(self, grid: QGridLayout, digit: str, row: int, column: int) -> None:
        key = Key(self.measures, text_size="number")
        key.show_text(digit)
        key.setFixedSize(self._key_size())
        key.clicked.connect(lambda: self.typed.emit(digit))
        grid.addWidget(key, row, column)
        self.digits[digit] = key

    def _month_pad(self) -> QWidget:
        pad = QWidget()
        grid = self._grid(pad)
        for index in range(12):
            key = Key(self.measures)
            key.setFixedSize(self._key_size())
            key.clicked.connect(lambda _, month=index + 1: self.month_picked.emit(month))
            grid.addWidget(key, index // 3, index % 3)
            self.months.append(key)
        return pad

    def _grid(self, pad: QWidget) -> QGridLayout:
        grid = QGridLayout(pad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self.measures.gap)
        return grid

    def _key_size(self) -> QSize:
        month = round(self.measures.least_text * LONGEST_MONTH)
        return QSize(max(self.measures.target(34), month), self.measures.target(22))

    def _label(self, words: str) -> FittedText:
        label = FittedText(self.measures, alignment=LEFT)
        label.show_text(words)
        label.setFixedHeight(round(self.measures.text() * 1.35))
        return label

    def _lay_out(self) -> None:
        measures = self.measures
        date = QHBoxLayout()
        date.setSpacing(measures.px(5))
        for name in ("day", "month", "year"):
            date.addWidget(self.fields[name])
        date.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(measures.px(1.5))
        left.addStretch(1)
        left.addWidget(self._label(self.tr("Your clinic number")))
        left.addWidget(self.fields["number"], 0, Qt.AlignmentFlag.AlignLeft)
        left.addSpacing(measures.px(6))
        left.addWidget(self._label(self.tr("Your date of birth")))
        left.addLayout(date)
        left.addSpacing(measures.px(3))
        left.addWidget(self.note)
        left.addStretch(1)
        self.note.setFixedHeight(round(measures.text() * 1.25 * 2))
        middle = QHBoxLayout()
        middle.setContentsMargins(measures.px(10), 0, measures.px(10), 0)
        middle.setSpacing(measures.px(10))
        middle.addLayout(left, 1)
        middle.addWidget(self.pads, 0, Qt.AlignmentFlag.AlignVCenter)
        bottom = QHBoxLayout()
        bottom.addWidget(self.help)
        bottom.addStretch(1)
        bottom.addWidget(self.next)
        for key in (self.help, self.next):
            key.setFixedHeight(measures.target(21))
            key.setMinimumWidth(measures.target(53))
        self._column = QVBoxLayout(self)
        side = measures.size("margin")
        self._column.setContentsMargins(side, measures.px(20), side, measures.px(6.4))
        self._column.addWidget(self.heading)
        self._column.addLayout(middle, 1)
        self._column.addLayout(bottom)
        for name, field in self.fields.items():
            field.clicked.connect(lambda _, name=name: self.field_touched.emit(name))

    def show(self, state: IdentifyState) -> None:  # type: ignore[override]
        """Show what was typed, and the keys that the field in hand needs."""
        self.heading.show_texts(
            self.tr("Welcome. Please tell us who you are."),
            self.tr("Type the number on your clinic card and your date of birth."),
        )
        texts = {"number": state.number, "day": state.day, "month": state.month, "year": state.year}
        names = {
            "number": self.tr("Your clinic number"),
            "day": self.tr("Day of birth"),
            "month": self.tr("Month of birth"),
            "year": self.tr("Year of birth"),
        }
        for name, field in self.fields.items():
            field.show_letters(texts[name], in_hand=name == state.field)
            field.setAccessibleName(f"{names[name]} {texts[name]}".strip())
        for key, month in zip(self.months, state.months, strict=True):
            key.show_text(month)
        even_out(self.months)
        self.pads.setCurrentIndex(1 if state.field == "month" else 0)
        self.note.show_text(state.note)
        self.next.setEnabled(state.can_go_on)
        self._arrange()

    def _arrange(self) -> None:
        width = self.width() - 2 * self.measures.size("margin")
        least = 4 * (self._key_size().height() + self.measures.gap) + self.measures.target(21)
        room = self.height() - least - self.measures.px(30)
        self.heading.take(width, max(1, min(self.heading.wished_height(width), room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in self.digits:
            self.typed.emit(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.erased.emit()
        else:
            super().keyPressEvent(event)
