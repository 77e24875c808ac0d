"""All answers in words, a page of them at a time, each with a key to change it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Frame, QuestionScreen, keep_place
from monitor.ui.kiosk.screens.parts import CENTRED, LEFT, FittedText, Key, Look, Rule, even_out

FILLING = 100
"""The share of the room between the keys that the words among them take."""


@dataclass(frozen=True)
class ReviewLine:
    """One answer in words. `page` is the key of the page that changes it."""

    page: str
    name: str
    value: str
    answered: bool = True


@dataclass(frozen=True)
class ReviewState:
    """Everything that will be sent.

    `missing` says in words how much has no answer; empty where nothing is missing. `sending`:
    it is on its way, nothing can be touched.
    """

    frame: Frame
    lines: tuple[ReviewLine, ...]
    missing: str = ""
    sending: bool = False


class Line(QWidget):
    """One answer and its key.

    Signals: change_asked.
    """

    change_asked = Signal()

    def __init__(self, measures: Measures, height: int, key_width: int) -> None:
        super().__init__()
        self.name = FittedText(measures, alignment=LEFT)
        self.value = FittedText(measures, weight=QFont.Weight.Bold, alignment=LEFT)
        self.missing = FittedText(measures, colour="muted", alignment=LEFT)
        self.key = Key(measures, Look.PILL)
        self.key.setFixedHeight(measures.floor)
        self.key.setFixedWidth(key_width)
        self.key.clicked.connect(self.change_asked)
        row = QHBoxLayout()
        row.setSpacing(measures.px(5))
        row.addWidget(self.name, 5)
        row.addWidget(self.value, 4)
        row.addWidget(self.missing, 4)
        row.addWidget(self.key)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(row, 1)
        self._column.addWidget(Rule(measures))
        self.setFixedHeight(height)

    def lay_out(self) -> None:
        """Give the texts their room at once, so that it can be asked how large they fit."""
        self._column.activate()

    def show_line(self, line: ReviewLine, change: str) -> None:
        self.name.show_text(line.name)
        self.value.show_text(line.value)
        self.missing.show_text(line.value)
        self.value.setVisible(line.answered)
        self.missing.setVisible(not line.answered)
        self.key.show_text(change, f"{change}: {line.name}")


class ReviewScreen(QuestionScreen):
    """Answers can only be sent from the last page of them, so that all have been shown.

    Signals: change_asked, with the key of the page to open; turned to other lines.
    """

    change_asked = Signal(str)
    turned = Signal()

    HEADING_LINES = 1

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.lines: list[Line] = []
        self._state: ReviewState | None = None
        self._page = 0
        self.skip.hide()
        self.next.show_text(self.tr("Send my answers"))
        self.next.clicked.connect(lambda: self.next.setEnabled(False))
        self._words = {True: self.tr("Change"), False: self.tr("Answer now")}
        self._key_width = self._widest_key()
        self.earlier = Key(measures, Look.PLAIN)
        self.earlier.show_text(self.tr("Previous page"))
        self.earlier.clicked.connect(lambda: self._turn(-1))
        self.later = Key(measures, Look.PRIMARY)
        self.later.show_text(self.tr("Next page"))
        self.later.clicked.connect(lambda: self._turn(1))
        self.which = FittedText(measures, size="small", colour="muted", alignment=CENTRED)
        self._list = QVBoxLayout(self.body)
        self._list.setSpacing(0)
        self._list.addWidget(Rule(measures))
        self._list.addStretch(1)
        after_skip = self.buttons.indexOf(self.skip) + 1
        self.buttons.insertWidget(after_skip, self.which, FILLING)
        self.buttons.insertWidget(self.buttons.indexOf(self.next), self.earlier)
        self.buttons.addWidget(self.later)
        for widget in (self.earlier, self.which, self.later):
            widget.setFixedHeight(measures.target(21))
        wide = max(self.next.sizeHint().width(), measures.target(79))
        for key in (self.later, self.next):  # in the same place, one at a time
            key.setFixedWidth(wide)
        keep_place(self.earlier)
        QWidget.setTabOrder(self.next, self.later)

    def _widest_key(self) -> int:
        """The width of the keys beside the lines: one for all, so that values form a column."""
        key = Key(self.measures, Look.PILL)
        wide = self.measures.target(34)
        for words in self._words.values():
            key.show_text(words)
            wide = max(wide, key.sizeHint().width())
        return wide

    def show(self, state: ReviewState) -> None:  # type: ignore[override]
        """Show the answers, the first page of them unless these are the same pages again."""
        self._state = state
        self.show_frame(state.frame)
        words = self.tr("Sending …") if state.sending else self.tr("Send my answers")
        self.next.show_text(words)
        self._fill()

    def per_page(self) -> int:
        """How many lines have room."""
        return max(1, (self.room() - self.heading.height()) // self._line_height())

    def _line_height(self) -> int:
        return self.measures.floor + self.measures.gap + self.measures.size("line")

    def needed_height(self) -> int:
        return self._line_height()

    def _turn(self, by: int) -> None:
        self._page += by
        self.setFocus()  # or the keyboard would go on to the key that takes this one's place
        self._fill()
        self.turned.emit()

    def _fill(self) -> None:
        if self._state is None:
            return
        lines, most = self._state.lines, self.per_page()
        count = max(1, -(-len(lines) // most))
        self._page = min(max(self._page, 0), count - 1)
        self._show_lines(lines[self._page * most : (self._page + 1) * most])
        self._say_where(count, self._state.missing)
        self.earlier.setVisible(self._page > 0)
        last = self._page == count - 1
        self.later.setVisible(not last)
        self.next.setVisible(last)

    def _say_where(self, count: int, missing: str) -> None:
        lines = [missing] if missing else []
        if count > 1:
            page = self.tr("Page {page} of {count}").format(page=self._page + 1, count=count)
            lines.insert(0, page)
        self.which.show_text("\n".join(lines))

    def _show_lines(self, shown: tuple[ReviewLine, ...]) -> None:
        while len(self.lines) < len(shown):
            line = Line(self.measures, self._line_height(), self._key_width)
            index = len(self.lines)
            line.change_asked.connect(lambda index=index: self._ask(index))
            self.lines.append(line)
            self._list.insertWidget(index + 1, line)
        for index, line in enumerate(self.lines):
            line.setVisible(index < len(shown))
            if index < len(shown):
                line.show_line(shown[index], self._words[shown[index].answered])
        self._column.activate()
        self._list.activate()
        for line in self.lines:
            line.lay_out()
        even_out(line.name for line in self.lines[: len(shown)])

    def _ask(self, index: int) -> None:
        if self._state is not None:
            line = self._state.lines[self._page * self.per_page() + index]
            self.change_asked.emit(line.page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * self.measures.size("margin")
        side = max((room - self.measures.px(245)) // 2, 0)
        self._list.setContentsMargins(side, 0, side, 0)
        self._fill()
