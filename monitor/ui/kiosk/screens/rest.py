"""The page between visits: the clinic's name and one key. Holds nothing of any patient."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.parts import (
    LEFT,
    LINE,
    TOP,
    FittedText,
    Key,
    Lines,
    Look,
    font_of,
)

IN_A_ROW = 5
"""How many languages stand beside each other."""


@dataclass(frozen=True)
class RestState:
    """What is shown to nobody in particular.

    `languages`: code and own name of each that can be chosen; none where there is only one.
    `clock` in words, empty for none. `can_save`: what a patient answers now would be stored.
    """

    clinic_name: str
    languages: tuple[tuple[str, str], ...] = ()
    clock: str = ""
    can_save: bool = True


class Status(QWidget):
    """A small grey mark for staff: a ring while all is well, crossed out while nothing is saved."""

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._measures = measures
        self._can_save = True
        self.setFixedSize(QSize(measures.least_text, measures.least_text))

    def show_status(self, *, can_save: bool) -> None:
        self._can_save = can_save
        self.setAccessibleName(self.tr("Works") if can_save else self.tr("Cannot save now"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = self.width() / 9
            painter.setPen(QPen(QColor(self._measures.theme.faint), width))
            ring = QRectF(self.rect()).adjusted(2 * width, 2 * width, -2 * width, -2 * width)
            painter.drawEllipse(ring)
            if not self._can_save:
                across = QRectF(self.rect()).adjusted(width, width, -width, -width)
                painter.drawLine(across.topLeft(), across.bottomRight())


class Dimmed(QWidget):
    """A dark sheet over the page, with what it says in faint. Whatever wakes it does no more.

    Signals: woken.
    """

    woken = Signal()

    def __init__(self, measures: Measures, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._measures = measures
        self._theme = measures.theme.on_face("kiosk", "dark")
        self._lines: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def cover(self, lines: tuple[str, ...]) -> None:
        """Lie down over the page, as large as the page has made this."""
        self._lines = tuple(line for line in lines if line)
        self.show()
        self.raise_()
        self.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._wake()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab wakes like any other key."""
        self._wake()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._wake()

    def _wake(self) -> None:
        self._page.setFocus()  # before it hides, for Qt would look for the next and wake it again
        self.hide()
        self.woken.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._theme.paper))
            painter.setPen(QColor(self._theme.faint))
            font = font_of(self._measures, self._measures.text(), QFont.Weight.Medium)
            lines = Lines("\n\n".join(self._lines), font, self.width(), self.layoutDirection())
            lines.paint(painter, QRectF(self.rect()))


class RestScreen(Screen):
    """Says who asks and offers to start, in a language that is touched.

    Signals: language_picked, with its code.
    """

    language_picked = Signal(str)

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self._brand = FittedText(measures, size="small", weight=QFont.Weight.Bold, alignment=TOP)
        self._brand.show_text("Rootwatch")
        self._brand.setFixedHeight(round(measures.least_text * LINE))
        self.name = FittedText(measures, size="title", weight=QFont.Weight.Bold, alignment=TOP)
        self.sentence = FittedText(measures, colour="muted", alignment=TOP)
        self.sentence.show_text(
            self.tr("Tell us how you are after your procedure. It takes a few minutes.")
        )
        self.start = Key(measures, Look.PRIMARY, text_size="question")
        self.start.show_text(self.tr("Start"))
        self.start.setFixedSize(round(60 * measures.pixels_per_mm), self._start_height())
        self.start.clicked.connect(self.went_on)
        self.languages: dict[str, Key] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(measures.gap)
        self.clock = FittedText(measures, size="small", colour="muted", alignment=LEFT)
        self.clock.setFixedHeight(measures.floor)
        self.status = Status(measures)
        for key in (self.comfort_key, self.listen):
            key.setFixedHeight(measures.floor)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._lay_out()
        self.dimmed = Dimmed(measures, self)

    def _start_height(self) -> int:
        return round(40 * self.measures.pixels_per_mm)

    def _lay_out(self) -> None:
        measures = self.measures
        bottom = QHBoxLayout()
        bottom.setSpacing(measures.gap)
        for small in (self.comfort_key, self.listen):
            bottom.addWidget(small)
        bottom.addStretch(1)
        bottom.addWidget(self.status)
        bottom.addWidget(self.clock)
        self.order_by_hand(bottom)
        side = measures.size("margin")
        self._column.setContentsMargins(side, measures.px(2), side, measures.px(6.4))
        self._upper = QWidget()
        upper = QVBoxLayout(self._upper)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self._brand)
        upper.addStretch(1)
        upper.addWidget(self.name)
        upper.addSpacing(measures.px(3))
        upper.addWidget(self.sentence)
        upper.addStretch(1)
        self._column.addWidget(self._upper)
        self._column.addStretch(1)
        self._column.addSpacing(measures.gap)
        self._column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._column.addSpacing(measures.gap)
        self._column.addLayout(self._grid)
        self._column.addStretch(1)
        self._column.addSpacing(measures.gap)
        self._column.addLayout(bottom)

    def show(self, state: RestState) -> None:  # type: ignore[override]
        """Show the clinic's name, and be awake."""
        self.dimmed.hide()
        self.name.show_text(state.clinic_name)
        self._make_languages(state.languages)
        self.clock.show_text(state.clock)
        self.clock.setFixedWidth(self.clock.sizeHint().width() + 2)
        self.status.show_status(can_save=state.can_save)
        self._place()

    def dim(self) -> None:
        """Spare the panel and the room: dark, until it is touched; that touch does no more."""
        self.dimmed.cover((self.clock.text(), self.sentence.text(), self.start.text()))

    def _make_languages(self, languages: tuple[tuple[str, str], ...]) -> None:
        if tuple(self.languages) == tuple(code for code, _ in languages):
            return
        for key in self.languages.values():
            self._grid.removeWidget(key)
            key.hide()
            key.deleteLater()
        self.languages = {}
        for index, (code, name) in enumerate(languages):
            key = Key(self.measures)
            key.show_text(name)
            key.setFixedHeight(self.measures.floor)
            key.clicked.connect(lambda _, code=code: self.language_picked.emit(code))
            self._grid.addWidget(key, index // IN_A_ROW, index % IN_A_ROW)
            key.show()  # at once, or the layout does not count it yet
            self.languages[code] = key
        self.order_for_tab(
            self.start, *self.languages.values(), self.comfort_key, self.listen, self.dimmed
        )

    def _place(self) -> None:
        """Keep name and sentence in the upper third, and Start below it."""
        margins = self._column.contentsMargins()
        wide = self.width() - margins.left() - margins.right()
        upper = self.touch_top() - margins.top() - self.measures.gap
        self._upper.setFixedHeight(upper)
        room = max(1, upper - self._brand.height() - self.measures.px(3))
        wished = self.name.wished_height(wide) + self.sentence.wished_height(wide)
        share = min(1.0, room / max(wished, 1))
        for text in (self.name, self.sentence):
            text.setFixedHeight(int(text.wished_height(wide) * share))
        self.dimmed.setGeometry(self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)
