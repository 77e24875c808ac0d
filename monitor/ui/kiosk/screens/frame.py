"""What screens have in common: the fixed places of Back, Skip, Next and Stop, and the heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.parts import (
    LEFT,
    LINE,
    TOP,
    FittedText,
    Key,
    Look,
    Progress,
)


class Screen(QWidget):
    """One full page of the kiosk.

    Signals:
        went_on: the button at the lower right, or the one that goes on, was touched.
        went_back: Back was touched.
        skipped: Skip, or the quieter of two buttons, was touched.
        stopped: Stop was touched.
    """

    went_on = Signal()
    went_back = Signal()
    skipped = Signal()
    stopped = Signal()

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self.measures = measures
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show(self, state: Any) -> None:  # type: ignore[override]
        """Show a state of this screen's own kind."""
        raise NotImplementedError


@dataclass(frozen=True)
class Frame:
    """What stands around an answer: how far the visit is, the question, what may be done."""

    number: int
    count: int
    question: str
    hint: str
    can_go_on: bool
    can_go_back: bool = True


class Heading(QWidget):
    """A question and the smaller sentence below it."""

    def __init__(self, measures: Measures, size: str = "question") -> None:
        super().__init__()
        self._measures = measures
        self.question = FittedText(measures, size=size, weight=QFont.Weight.Bold, alignment=TOP)
        self.hint = FittedText(measures, colour="muted", alignment=TOP)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(measures.px(1.5))
        self._column.addWidget(self.question)
        self._column.addWidget(self.hint)
        self._column.addStretch(1)

    def show_texts(self, question: str, hint: str) -> None:
        self.question.show_text(question)
        self.hint.show_text(hint)

    def wished_height(self, width: int) -> int:
        together = self.question.wished_height(width) + self.hint.wished_height(width)
        return together + self._column.spacing()

    def take(self, width: int, height: int) -> None:
        """Use at most this much room, the hint first and the question what is left."""
        self.setFixedHeight(height)
        line = round(self._measures.least_text * LINE)
        beside = height - self.question.wished_height(width) - self._column.spacing()
        hint = min(self.hint.wished_height(width), max(beside, height // 3, line))
        if height - hint - self._column.spacing() < self.question.least_height(width):
            hint = 0  # on the smallest panels the question comes first
        left = height - hint - self._column.spacing()
        self.hint.setFixedHeight(hint)
        self.hint.setVisible(hint > 0)
        self.question.setFixedHeight(max(1, min(self.question.wished_height(width), left)))


def keep_place(widget: QWidget) -> None:
    """Let a widget that is hidden keep its room, so that nothing else moves."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


class QuestionScreen(Screen):
    """A page with a question; the answers are in `body`, which the page's own class fills."""

    HEADING_LINES = 2
    """Room kept for lines of the question, so that answers do not jump between pages."""

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.heading = Heading(measures)
        self.body = QWidget()
        self.body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._progress_words = FittedText(measures, size="small", colour="muted", alignment=LEFT)
        self._progress = Progress(measures)
        self.stop = Key(measures, Look.PILL)
        self.stop.show_text(self.tr("Stop"))
        self.stop.clicked.connect(self.stopped)
        self.back = Key(measures)
        self.back.show_text(self.tr("Back"))
        self.back.clicked.connect(self.went_back)
        self.skip = Key(measures, Look.PLAIN)
        self.skip.show_text(self.tr("Skip this question"))
        self.skip.clicked.connect(self.skipped)
        self.next = Key(measures, Look.PRIMARY)
        self.next.show_text(self.tr("Next"))
        self.next.clicked.connect(self.went_on)
        for key in (self.back, self.next):
            key.setFixedHeight(measures.target(21))
            key.setMinimumWidth(measures.target(53))
        self.skip.setFixedHeight(measures.target(21))
        keep_place(self.back)

        self._column = QVBoxLayout(self)
        side = measures.size("margin")
        self._column.setContentsMargins(side, measures.px(1.5), side, measures.px(6.4))
        self._column.setSpacing(max(measures.px(3), measures.gap))
        self._column.addLayout(self._top())
        self._column.addWidget(self.heading)
        self._column.addWidget(self.body, 1)
        self._column.addLayout(self._bottom())
        self._order()

    def _top(self) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(self.measures.px(5))
        row.addWidget(self._progress_words)
        row.addWidget(self._progress, 1)
        row.addWidget(self.stop)
        self.stop.setFixedHeight(self.measures.floor)
        self.stop.setMinimumWidth(self.measures.target(25))
        return row

    def _bottom(self) -> QLayout:
        row = self.buttons = QHBoxLayout()
        row.setSpacing(self.measures.gap)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.next)
        return row

    def _order(self) -> None:
        """Tab goes from the answers to Next, Back, Skip and Stop."""
        for one, other in (
            (self.body, self.next),
            (self.next, self.back),
            (self.back, self.skip),
            (self.skip, self.stop),
        ):
            QWidget.setTabOrder(one, other)

    def show_frame(self, frame: Frame) -> None:
        """Show what stands around the answers."""
        words = self.tr("Question {number} of {count}")
        self._progress_words.show_text(words.format(number=frame.number, count=frame.count))
        self._progress_words.setFixedWidth(self._progress_words.sizeHint().width() + 2)
        self._progress.show_share(frame.number / max(frame.count, 1))
        if frame.question != self.heading.question.text():
            self.setFocus()  # so that Tab begins with the answers of the new page
        self.heading.show_texts(frame.question, frame.hint)
        self.next.setEnabled(frame.can_go_on)
        self.back.setVisible(frame.can_go_back)
        self.arrange()

    def arrange(self) -> None:
        """Give the heading what it wishes for, or what the answers leave it."""
        width = self.width() - 2 * self.measures.size("margin")
        most = self.room() - self.needed_height()
        line = self.measures.text("question") * 1.22
        hint = self.measures.text() * (2.0 if self.heading.hint.text() else 0.5)
        kept = round(line * self.HEADING_LINES + hint) if self.HEADING_LINES else 0
        wished = max(self.heading.wished_height(width), kept)
        self.heading.take(width, max(min(wished, most), self.measures.text()))

    def room(self) -> int:
        """The height for question and answers together."""
        margins = self._column.contentsMargins()
        fixed = self.stop.height() + self.next.height() + margins.top() + margins.bottom()
        return self.height() - fixed - 3 * self._column.spacing()

    def needed_height(self) -> int:
        """What the answers cannot do without."""
        return self.body.minimumSizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
