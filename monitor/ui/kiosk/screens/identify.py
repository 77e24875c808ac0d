"""One number on large keys: the code from the desk, the clinic number, a day, a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.parts import EraseKey, Key, font_of
from monitor.ui.kiosk.screens.signing_in import ROWS, SignInScreen

MASK_MS = 400
"""How long a digit that is hidden can be read after it was typed."""
DOT = "•"

Asked = Literal["code", "number", "day", "year"]
BOXES: dict[Asked, int] = {"code": 6, "number": 1, "day": 2, "year": 4}
"""How many boxes the digits stand in: one for each where it is known how many there are."""
BOX_MM, WIDE_BOX_MM = 15.3, 115.0


@dataclass(frozen=True)
class IdentifyState:
    """What is asked and the digits typed so far; `masked`: they are hidden once they were read."""

    field: Asked
    digits: str
    masked: bool
    can_go_on: bool


class Boxes(QWidget):
    """Painted boxes with the digits, from left to right in every language.

    Not a text field: there is nothing to select, copy or undo.
    """

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._measures = measures
        self._count = 1
        self._letters = ""
        self.setFixedHeight(measures.px(18))

    def show_letters(self, letters: str, count: int) -> None:
        self._letters = letters
        self._count = count
        wide = WIDE_BOX_MM if count == 1 else BOX_MM
        self.setFixedWidth(count * self._measures.px(wide) + (count - 1) * self._gap())
        self.update()

    def letters(self) -> str:
        """What can be read: a dot for each digit that is hidden."""
        return self._letters

    def _gap(self) -> int:
        return self._measures.px(2.6) if self._count > 1 else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            wide = (self.width() - (self._count - 1) * self._gap()) / self._count
            for index in range(self._count):
                box = QRectF(index * (wide + self._gap()), 0, wide, self.height())
                self._paint_box(painter, box, index)

    def _paint_box(self, painter: QPainter, box: QRectF, index: int) -> None:
        theme = self._measures.theme
        in_hand = self._count == 1 or index == min(len(self._letters), self._count - 1)
        width = self._measures.px(0.8 if in_hand else 0.5)
        painter.setPen(QPen(QColor(theme.accent if in_hand else theme.faint), width))
        painter.setBrush(QColor(theme.paper))
        radius = self._measures.px(2.1)
        painter.drawRoundedRect(box.adjusted(width, width, -width, -width), radius, radius)
        text = self._letters if self._count == 1 else self._letters[index : index + 1]
        painter.setPen(QColor(theme.ink))
        painter.setFont(self._font(text, box))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _font(self, text: str, box: QRectF) -> QFont:
        size = min(self._measures.text("number"), round(box.height() * 0.7))
        most = box.width() - self._measures.px(5)
        font = font_of(self._measures, size, QFont.Weight.DemiBold)
        least = self._measures.least_text
        while size > least and QFontMetricsF(font).horizontalAdvance(text) > most:
            size -= 1
            font.setPixelSize(size)
        return font


class IdentifyScreen(SignInScreen):
    """Signals: typed, with a digit; erased, the last one; cleared, all of them."""

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.boxes = Boxes(measures)
        self.digits: dict[str, Key] = {}
        self._state: IdentifyState | None = None
        self.masking = QTimer(self)
        self.masking.setSingleShot(True)
        self.masking.setInterval(MASK_MS)
        self.masking.timeout.connect(lambda: self._show_digits(readable=0))
        self.column.insertWidget(2, self.boxes, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.insertSpacing(3, measures.gap)
        row = QHBoxLayout(self.low)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(measures.px(10))
        row.addWidget(_column(self._beside()), 1)
        row.addWidget(self._pad())
        row.addWidget(_column(self._main()), 1)
        self.order_by_hand(row)
        self.order(*self.digits.values(), self.clear, self.erase)

    def _pad(self) -> QWidget:
        pad = QWidget()
        pad.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as on every telephone
        grid = QGridLayout(pad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self.measures.gap)
        self.clear = Key(self.measures)
        self.clear.show_text(self.tr("Clear"))
        self.clear.clicked.connect(self.cleared)
        self.erase = EraseKey(self.measures, self.tr("Delete the last digit"))
        self.erase.again = True
        self.erase.clicked.connect(self.erased)
        keys: list[Key] = [self._digit(digit) for digit in "123456789"]
        keys += [self.clear, self._digit("0"), self.erase]
        for index, key in enumerate(keys):
            key.setFixedWidth(self.measures.target(34))
            key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
            grid.addWidget(key, index // 3, index % 3)
        for number in range(ROWS):
            grid.setRowStretch(number, 1)
        return pad

    def _digit(self, digit: str) -> Key:
        key = self.digits[digit] = Key(self.measures, text_size="number")
        key.again = True
        key.show_text(digit)
        key.clicked.connect(lambda: self.typed.emit(digit))
        return key

    def _beside(self) -> QVBoxLayout:
        """Help, the quiet keys and Back, one below the other beside the digits."""
        quiet = QHBoxLayout()
        quiet.setSpacing(self.measures.gap)
        quiet.addWidget(self.comfort_key)
        quiet.addWidget(self.listen)
        quiet.addStretch(1)
        self.order_by_hand(quiet)
        begins, _ = self._ends()
        column = QVBoxLayout()
        column.setSpacing(self.measures.gap)
        column.addStretch(1)
        column.addWidget(self.help, 0, begins)
        column.addLayout(quiet)
        column.addWidget(self.back, 0, begins)
        return column

    def _main(self) -> QVBoxLayout:
        column = QVBoxLayout()
        _, ends = self._ends()
        column.addStretch(1)
        column.addWidget(self.next, 0, ends)
        return column

    def _ends(self) -> tuple[Qt.AlignmentFlag, Qt.AlignmentFlag]:
        """The outer sides of the first and the last column, as the hand has turned them."""
        as_it_is = Qt.AlignmentFlag.AlignAbsolute  # and not as the lines run
        left, right = Qt.AlignmentFlag.AlignLeft | as_it_is, Qt.AlignmentFlag.AlignRight | as_it_is
        return (left, right) if self.measures.comfort.hand == "right" else (right, left)

    def show(self, state: IdentifyState) -> None:  # type: ignore[override]
        """Show what was typed; of hidden digits the one just typed can be read for a moment."""
        before, self._state = self._state, state
        is_new = (
            before is not None
            and before.field == state.field
            and len(state.digits) == len(before.digits) + 1
        )
        self.heading.show_texts(*self._words(state.field))
        self.next.setEnabled(state.can_go_on)
        self.masking.stop()
        if state.masked and is_new:
            self.masking.start()
        self._show_digits(readable=int(is_new))
        self.arrange()

    def _show_digits(self, readable: int) -> None:
        state = self._state
        assert state is not None
        letters = state.digits
        if state.masked:
            hidden = len(letters) - readable
            letters = DOT * hidden + letters[hidden:]
        self.boxes.show_letters(letters, BOXES[state.field])
        typed = self.tr("Typed so far: {digits}").format(digits=letters)
        self.boxes.setAccessibleName(typed)

    def _words(self, field: Asked) -> tuple[str, str]:
        words = {
            "code": (
                self.tr("Please type the code from the desk."),
                self.tr("It has six digits and is for today."),
            ),
            "number": (
                self.tr("Please type your clinic number."),
                self.tr("It is on your clinic card."),
            ),
            "day": (
                self.tr("On which day of the month were you born?"),
                self.tr("From 1 to 31"),
            ),
            "year": (self.tr("In which year were you born?"), self.tr("All four digits")),
        }
        return words[field]

    def above_keys(self) -> int:
        return self.boxes.height() + self.measures.gap

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in self.digits:
            self.typed.emit(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.erased.emit()
        else:
            super().keyPressEvent(event)


def _column(keys: QVBoxLayout) -> QWidget:
    """Keys beside the digits, as wide as those on the other side, whatever they say."""
    column = QWidget()
    column.setLayout(keys)
    keys.setContentsMargins(0, 0, 0, 0)
    column.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return column
