"""All answers in words, a page of them at a time, each with a key to change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Frame, QuestionScreen, keep_place
from monitor.ui.kiosk.screens.parts import LEFT, FittedText, Key, Look, Rule, even_out

COLUMN_MM = 125
"""The width from which on a line can be read beside another; narrower panels have one column."""

SHARE_OF_SEND = 0.25
"""How much of the width the key that sends may take."""

LONGEST_LINE = 30
"""How wide a line with a large text may be, in ems."""


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
        self.earlier.setMaximumWidth(measures.target(53))
        self.earlier.clicked.connect(lambda: self._turn(-1))
        self.later = Key(measures, Look.PRIMARY)
        self.later.show_text(self.tr("Next page"))
        self.later.clicked.connect(lambda: self._turn(1))
        self.which = self.heading.hint
        self._list = QGridLayout(self.body)
        self._list.setVerticalSpacing(0)
        self._list.addWidget(Rule(measures), 0, 0, 1, 2)
        self.buttons.insertWidget(self.buttons.indexOf(self.next), self.earlier)
        self.buttons.addWidget(self.later)
        for key in (self.earlier, self.later):
            key.setFixedHeight(measures.target(21))
        keep_place(self.earlier)

    def _widest_key(self) -> int:
        """The width of the keys beside the lines: one for all, so that values form a column."""
        key = Key(self.measures, Look.PILL)
        wide = self.measures.target(34)
        for words in self._words.values():
            key.show_text(words)
            wide = max(wide, key.sizeHint().width())
        return min(wide, self.measures.target(45))

    def show(self, state: ReviewState) -> None:  # type: ignore[override]
        """Show the answers, the first page of them unless these are the same pages again."""
        self._state = state
        self.show_frame(state.frame)
        words = self.tr("Sending …") if state.sending else self.tr("Send my answers")
        self.next.show_text(words)
        self._fill()

    def answers(self) -> Iterable[QWidget]:
        return (*(line.key for line in self.lines), self.later, self.earlier)

    def per_page(self) -> int:
        """How many lines have room below the upper third."""
        return self._rows() * self._columns()

    def _rows(self) -> int:
        return max(1, (self.lower_room() - self.measures.size("line")) // self._line_height())

    def _columns(self) -> int:
        room = self.width() - 2 * self.measures.size("margin") - self.measures.px(8)
        return 2 if room >= 2 * COLUMN_MM * self.measures.pixels_per_mm else 1

    def _line_height(self) -> int:
        return self.measures.floor + self.measures.gap + self.measures.size("line")

    def needed_height(self) -> int:
        return self._rows() * self._line_height() + self.measures.size("line")

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
        self.order()

    def _say_where(self, count: int, missing: str) -> None:
        lines = [missing] if missing else []
        if count > 1:
            page = self.tr("Page {page} of {count}").format(page=self._page + 1, count=count)
            lines.insert(0, page)
        self.heading.show_texts(self.heading.question.text(), "\n".join(lines))
        self.arrange()

    def _show_lines(self, shown: tuple[ReviewLine, ...]) -> None:
        while len(self.lines) < len(shown):
            line = Line(self.measures, self._line_height(), self._key_width)
            index = len(self.lines)
            line.change_asked.connect(lambda index=index: self._ask(index))
            self.lines.append(line)
        rows, columns = self._rows(), self._columns()
        self._list.setHorizontalSpacing(self.measures.px(8) if columns > 1 else 0)
        for column in range(2):
            self._list.setColumnStretch(column, 1 if column < columns else 0)
        for row in range(max(rows + 1, self._list.rowCount()) + 1):
            self._list.setRowStretch(row, 1 if row > rows else 0)
        for index, line in enumerate(self.lines):
            self._list.addWidget(line, 1 + index % rows, index // rows)
            line.setVisible(index < len(shown))
            if index < len(shown):
                line.show_line(shown[index], self._words[shown[index].answered])
        self._column.activate()
        self._list.activate()
        for line in self.lines:
            line.lay_out()
        even_out(line.name for line in self.lines[: len(shown)])

    def _longest(self) -> int:
        """How wide a line may be where it stands alone."""
        return max(self.measures.px(245), round(self.measures.text() * LONGEST_LINE))

    def _ask(self, index: int) -> None:
        if self._state is not None:
            line = self._state.lines[self._page * self.per_page() + index]
            self.change_asked.emit(line.page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * self.measures.size("margin")
        wished = max(self.next.sizeHint().width(), self.measures.target(79))
        for key in (self.later, self.next):  # in the same place, one at a time
            key.setFixedWidth(min(wished, round(room * SHARE_OF_SEND)))
        wide = room if self._columns() > 1 else self._longest()
        side = max((room - wide) // 2, 0)
        self._list.setContentsMargins(side, 0, side, 0)
        self._fill()
