"""A page that says one thing: a title, a sentence, and at most two keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from monitor.domain.protocol import Priority
from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.parts import TOP, FittedText, Key, Look
from monitor.ui.shared.widgets.priority_shape import PriorityShape

SHARES = tuple(percent / 100 for percent in range(100, 35, -4))
"""Of their wished sizes, what title and text may shrink to; the last is the least of both."""


@dataclass(frozen=True)
class MessageState:
    """What is said. `go_on` is the main key and `second` the other; empty: no such key."""

    title: str
    text: str = ""
    go_on: str = ""
    second: str = ""


class Moment(MessageState):
    """Who that is, is being looked up."""


class NotMatched(MessageState):
    """What was typed is nobody's here; whatever the reason, it is said in the same words."""


class Desk(MessageState):
    """Please ask at the desk."""


class Confirm(MessageState):
    """Asks: is this you."""


class Parked(MessageState):
    """Asks: go on where you stopped."""


class Expect(MessageState):
    """What the visit will be like."""


class StopAsked(MessageState):
    """Asks: do you want to stop."""


class StillThere(MessageState):
    """Nothing was touched for a while; counts down."""


class Urgent(MessageState):
    """Please tell a member of staff now."""


class Afterwards(MessageState):
    """After the page that tells of a warning sign: the remaining questions are offered."""


class GiveBack(MessageState):
    """Asks to give the screen back to the nurse who handed it over."""


class NotSaved(MessageState):
    """The answers could not be stored."""


class Resting(MessageState):
    """The kiosk cannot be used now."""


class Thanks(MessageState):
    """The answers are stored."""


class MessageScreen(Screen):
    """Shows any of the messages; an urgent one with the red shape."""

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self._is_urgent = False
        self.shape = PriorityShape(measures.theme, measures.px(26))
        self.title = FittedText(measures, size="title", weight=QFont.Weight.Bold, alignment=TOP)
        self.text = FittedText(measures, colour="muted", alignment=TOP)
        self.go_on = Key(measures, Look.PRIMARY, wide=measures.target(70))
        self.go_on.clicked.connect(self.went_on)
        self.second = Key(measures, wide=measures.target(70))
        self.second.clicked.connect(self.skipped)
        keys = QHBoxLayout()
        keys.setSpacing(max(measures.px(6), measures.gap))
        keys.addStretch(1)
        for key in (self.second, self.go_on):
            key.setFixedHeight(measures.target(21))
            keys.addWidget(key)
        keys.addStretch(1)
        quiet = QHBoxLayout()
        quiet.setSpacing(measures.gap)
        for small in (self.comfort_key, self.listen):
            small.setFixedHeight(measures.floor)
            quiet.addWidget(small)
        quiet.addStretch(1)
        for row in (keys, quiet):
            self.order_by_hand(row)
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        self._words.addStretch(5)
        self._words.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignHCenter)
        self._words.addSpacing(measures.px(6))
        self._words.addWidget(self.title)
        self._words.addSpacing(measures.px(3))
        self._words.addWidget(self.text)
        self._words.addSpacing(max(measures.px(8), measures.gap))
        self._words.addLayout(keys)
        self._words.addStretch(4)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(measures.gap)
        side = measures.size("margin")
        self._column.setContentsMargins(side, measures.px(5), side, measures.px(6.4))
        self._column.addLayout(self._words, 1)
        self._column.addLayout(quiet)
        self.order_for_tab(self.go_on, self.second, self.comfort_key, self.listen)

    def show(self, state: MessageState) -> None:  # type: ignore[override]
        """Show a message."""
        self._is_urgent = isinstance(state, Urgent)
        for key in (self.second, self.go_on):
            key.setFixedHeight(self.measures.target(30 if self._is_urgent else 21))
        self.shape.show_priority(Priority.RED, state.title)
        self.title.show_text(state.title)
        self.text.show_text(state.text)
        for key, words in ((self.go_on, state.go_on), (self.second, state.second)):
            key.setVisible(bool(words))
            key.setEnabled(True)
            key.show_text(words)
        self._place()

    def _place(self) -> None:
        """Give title and text what they wish for, or let both shrink alike beside the keys.

        Where they would have to, their lines become longer, and the shape makes way for them.
        """
        margins = self._column.contentsMargins()
        most = self.width() - margins.left() - margins.right()
        wide = min(most, self.measures.px(230))
        self._show_shape(self._is_urgent)
        if self._height(wide) > self._room():
            wide = most
        if self._height(wide) > self._room():
            self._show_shape(False)
        side = (most - wide) // 2
        self._words.setContentsMargins(side, 0, side, 0)
        room = self._room()
        share = next((s for s in SHARES if self._height(wide, s) <= room), SHARES[-1])
        for text in (self.title, self.text):
            text.setFixedHeight(text.wished_height(wide, share))

    def _show_shape(self, is_shown: bool) -> None:
        if self.shape.isHidden() is is_shown:
            self.shape.setVisible(is_shown)

    def _height(self, wide: int, share: float = 1.0) -> int:
        """What title and text need in a share of the size that they wish for."""
        return self.title.wished_height(wide, share) + self.text.wished_height(wide, share)

    def _room(self) -> int:
        """The height for title and text together."""
        measures = self.measures
        margins = self._column.contentsMargins()
        fixed = self.go_on.height() + self.comfort_key.height() + measures.gap
        fixed += margins.top() + margins.bottom()
        fixed += measures.px(6) + measures.px(3) + max(measures.px(8), measures.gap)
        if not self.shape.isHidden():
            fixed += self.shape.minimumHeight()
        return max(1, self.height() - fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)
