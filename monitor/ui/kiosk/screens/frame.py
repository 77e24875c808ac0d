"""What screens have in common: the fixed places of Back, Stop, Skip and Next, and the heading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.parts import (
    LEFT,
    TOP,
    ComfortKey,
    FittedText,
    Key,
    ListenKey,
    Look,
    Progress,
)

translate = QCoreApplication.translate

LONGEST_LINE = 26
"""How wide a question may run, in its own ems: about fifty letters."""


class Screen(QWidget):
    """One full page of the kiosk. Whatever can be touched lies in its lower two thirds.

    Each has two quiet keys to lay out in its row of keys: `comfort_key`, and `listen` for where
    the page can be read aloud.

    Signals:
        went_on: the main key, or the one that goes on, was touched.
        went_back: Back was touched.
        skipped: Skip, or the quieter of two buttons, was touched.
        stopped: Stop was touched.
        comfort_asked: the key for language, text size and the like was touched.
        listen_asked: the key that reads the page aloud was touched.
    """

    went_on = Signal()
    went_back = Signal()
    skipped = Signal()
    stopped = Signal()
    comfort_asked = Signal()
    listen_asked = Signal()

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self.measures = measures
        self._rows_at_hand: list[QBoxLayout] = []
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.comfort_key = ComfortKey(measures, translate("Kiosk", "Language and comfort"))
        self.comfort_key.clicked.connect(self.comfort_asked)
        self.listen = ListenKey(measures, translate("Kiosk", "Listen"))
        self.listen.clicked.connect(self.listen_asked)
        self.can_listen = False

    @property
    def can_listen(self) -> bool:
        """Whether the page can be read aloud: there is a voice, and sound was not switched off."""
        return not self.listen.isHidden()

    @can_listen.setter
    def can_listen(self, can: bool) -> None:
        self.listen.setHidden(not can)

    def touch_top(self) -> int:
        """From where on, in pixels from above, there may be something to touch."""
        return -(-self.height() // 3)

    def order_by_hand(self, row: QBoxLayout) -> None:
        """Let a row of keys end at the hand that touches, wherever the lines begin."""
        self._rows_at_hand.append(row)
        self._turn_rows()

    def _turn_rows(self) -> None:
        """Qt turns rows round with the lines: turn them back, for a hand stays where it is."""
        turned = (self.measures.comfort.hand == "left") is not self.isRightToLeft()
        direction = QBoxLayout.Direction
        for row in self._rows_at_hand:
            row.setDirection(direction.RightToLeft if turned else direction.LeftToRight)

    def event(self, event: QEvent) -> bool:
        """The lines begin at another side than before."""
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._turn_rows()
        return super().event(event)

    def order_for_tab(self, *parts: QWidget) -> None:
        """Let Tab go from the page itself, where it begins, to one part after the other."""
        for one, other in pairwise((self, *parts)):
            QWidget.setTabOrder(one, other)

    def show(self, state: Any) -> None:  # type: ignore[override]
        """Show a state of this screen's own kind."""
        raise NotImplementedError


@dataclass(frozen=True)
class Frame:
    """What stands around an answer: how far the visit is, the question, what may be done.

    `unsaved`: the page before could not be stored yet, which is said quietly.
    """

    number: int
    count: int
    question: str
    hint: str
    can_go_on: bool
    can_go_back: bool = True
    unsaved: bool = False


class Heading(QWidget):
    """A question and the smaller sentence below it, in lines not too long to read.

    `pixels`: the em of the question where it stands now.
    """

    def __init__(self, measures: Measures, size: str = "question") -> None:
        super().__init__()
        self._measures = measures
        self._widest = round(LONGEST_LINE * measures.text(size))
        self.pixels = measures.text(size)
        self.question = FittedText(measures, size=size, weight=QFont.Weight.Bold, alignment=TOP)
        self.hint = FittedText(measures, colour="muted", alignment=TOP)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(measures.px(1.5))
        self._column.addStretch(1)
        self._column.addWidget(self.question)
        self._column.addWidget(self.hint)
        self._column.addStretch(2)

    def show_texts(self, question: str, hint: str) -> None:
        self.question.show_text(question)
        self.hint.show_text(hint)

    def wished_height(self, width: int) -> int:
        wide = min(width, self._widest)
        return self._together(self.question.wished_height(wide), self.hint.wished_height(wide))

    def _together(self, question: int, hint: int) -> int:
        return question + hint + 3 * self._column.spacing()

    def take(self, width: int, height: int) -> None:
        """Use this much room: for the hint what it wishes or a third, for the question the rest.

        Where that does not do for the question, its lines become longer and the hint gives way.
        """
        self.setFixedHeight(height)
        wide = min(width, self._widest)
        if self.wished_height(wide) > height:
            wide = width
        side = (width - wide) // 2
        self._column.setContentsMargins(side, 0, side, 0)
        least = self.hint.least_height(wide)
        beside = height - self._together(self.question.wished_height(wide), 0)
        most = height - self._together(self.question.least_height(wide), 0)
        hint = min(self.hint.wished_height(wide), max(beside, height // 3, least), most)
        if hint < least:
            hint = 0  # on the smallest panels the question comes first
        left = max(1, height - self._together(0, hint))
        self.hint.setFixedHeight(hint)
        self.hint.setVisible(hint > 0)
        self.question.setFixedHeight(max(1, self.question.fitted_height(wide, left)))
        self.pixels = self.question.fitted_pixels(wide, left)


def keep_place(widget: QWidget) -> None:
    """Let a widget that is hidden keep its room, so that nothing else moves."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


class QuestionScreen(Screen):
    """A page with a question; the answers are in `body`, which the page's own class fills.

    Above: how far the visit is and the question, a third of the page at least. Below: the keys.
    """

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.heading = Heading(measures)
        self.body = QWidget()
        self.body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        smallest = replace(measures, comfort=replace(measures.comfort, text_size=0))
        self._progress_words = FittedText(smallest, size="small", colour="muted", alignment=LEFT)
        self._progress = Progress(measures)
        self.back = Key(measures, wide=measures.target(34))
        self.back.show_text(self.tr("Back"))
        self.back.clicked.connect(self.went_back)
        self.stop = Key(measures, Look.PLAIN)
        self.stop.show_text(self.tr("Stop"))
        self.stop.clicked.connect(self.stopped)
        self.skip = Key(measures, Look.PLAIN)
        self.skip.show_text(self.tr("Skip"), self.tr("Skip this question"))
        self.skip.clicked.connect(self.skipped)
        self.next = Key(measures, Look.PRIMARY, wide=measures.target(53))
        self.next.show_text(self.tr("Next"))
        self.next.clicked.connect(self.went_on)
        keep_place(self.back)

        self._column = QVBoxLayout(self)
        side = measures.size("margin")
        self._column.setContentsMargins(side, measures.px(2), side, measures.px(6.4))
        self._column.setSpacing(0)
        self._column.addLayout(self._top())
        self._column.addSpacing(self._below_progress())
        self._column.addWidget(self.heading)
        self._column.addSpacing(measures.gap)
        self._column.addWidget(self.body, 1)
        self._column.addSpacing(measures.gap)
        self._column.addLayout(self._bottom())

    def _below_progress(self) -> int:
        return self.measures.px(3)

    def _top(self) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(self.measures.px(5))
        row.addWidget(self._progress_words)
        row.addWidget(self._progress, 1)
        return row

    def _bottom(self) -> QLayout:
        row = self.buttons = QHBoxLayout()
        row.setSpacing(self.measures.gap)
        for key in (self.back, self.comfort_key, self.listen, self.stop):
            row.addWidget(key)
        row.addStretch(1)
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.next)
        for key in (self.back, self.comfort_key, self.listen, self.stop, self.skip, self.next):
            key.setFixedHeight(self.measures.target(21))
        self.order_by_hand(row)
        return row

    def answers(self) -> Iterable[QWidget]:
        """What answers the question, in the order of the keyboard."""
        raise NotImplementedError

    def order(self) -> None:
        """Tab goes from the answers to Next, Back, Skip, and the quiet keys."""
        around = (self.next, self.back, self.skip, self.stop, self.comfort_key, self.listen)
        self.order_for_tab(*self.answers(), *around)

    def move_on(self, key: QWidget, to: QWidget) -> None:
        """Take the keyboard on from a key that has just answered; a touch leaves it alone."""
        if key.hasFocus():
            to.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_frame(self, frame: Frame) -> None:
        """Show what stands around the answers."""
        words = self.tr("Question {number} of {count}")
        if frame.unsaved:
            words = self.tr("Question {number} of {count}, not saved yet")
        self._progress_words.show_text(words.format(number=frame.number, count=frame.count))
        wide = self._progress_words.sizeHint().width() + 2
        self._progress_words.setFixedSize(wide, self._progress_words.wished_height(wide))
        self._progress.show_share(frame.number / max(frame.count, 1))
        if frame.question != self.heading.question.text():
            self.setFocus()  # so that Tab begins with the answers of the new page
        self.heading.show_texts(frame.question, frame.hint)
        self.next.setEnabled(frame.can_go_on)
        self.back.setVisible(frame.can_go_back)
        self.order()
        self.arrange()

    def arrange(self) -> None:
        """Keep the answers below the upper third; lower where a long question has the room."""
        width = self.width() - 2 * self.measures.size("margin")
        wished = min(self.heading.wished_height(width), self.room() - self.needed_height())
        self.heading.take(width, max(wished, self._heading_least()))
        self.keep_keys_quiet()

    def keep_keys_quiet(self) -> None:
        """Let no text of the lower keys be larger than the question."""
        for key in (self.back, self.stop, self.skip, self.next):
            key.limit(self.heading.pixels)

    def _heading_least(self) -> int:
        """What there is for the question between the progress and the lower two thirds."""
        margins = self._column.contentsMargins()
        above = margins.top() + self._progress_words.height() + self._below_progress()
        return max(1, self.touch_top() - above - self.measures.gap)

    def room(self) -> int:
        """The height for question and answers together."""
        margins = self._column.contentsMargins()
        fixed = self._progress_words.height() + self._below_progress() + self.next.height()
        apart = margins.top() + margins.bottom() + 2 * self.measures.gap
        return self.height() - fixed - apart

    def lower_room(self) -> int:
        """The height for the answers that there is at least, below the upper third."""
        return self.room() - self._heading_least()

    def needed_height(self) -> int:
        """What the answers cannot do without."""
        layout = self.body.layout()
        if layout is None:
            return 0
        layout.activate()  # or it still tells what the last answers needed
        return layout.totalMinimumSize().height()

    def event(self, event: QEvent) -> bool:
        """The answers need another room than before."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
