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


@dataclass(frozen=True)
class MessageState:
    """What is said. `go_on` is the main key and `second` the other; empty: no such key."""

    title: str
    text: str = ""
    go_on: str = ""
    second: str = ""


class Desk(MessageState):
    """Please ask at the desk."""


class Confirm(MessageState):
    """Asks: is this you."""


class Expect(MessageState):
    """What the visit will be like."""


class StopAsked(MessageState):
    """Asks: do you want to stop."""


class StillThere(MessageState):
    """Nothing was touched for a while; counts down."""


class Urgent(MessageState):
    """Please tell a member of staff now."""


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
        self.shape = PriorityShape(measures.theme, measures.px(26))
        self.title = FittedText(measures, size="title", weight=QFont.Weight.Bold, alignment=TOP)
        self.text = FittedText(measures, colour="muted", alignment=TOP)
        self.go_on = Key(measures, Look.PRIMARY)
        self.go_on.clicked.connect(self.went_on)
        self.second = Key(measures)
        self.second.clicked.connect(self.skipped)
        keys = QHBoxLayout()
        keys.setSpacing(measures.px(6))
        keys.addStretch(1)
        for key in (self.second, self.go_on):
            key.setFixedHeight(measures.target(21))
            key.setMinimumWidth(measures.target(70))
            keys.addWidget(key)
        keys.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addStretch(5)
        self._column.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(measures.px(8))
        self._column.addWidget(self.title)
        self._column.addSpacing(measures.px(3))
        self._column.addWidget(self.text)
        self._column.addSpacing(measures.px(11))
        self._column.addLayout(keys)
        self._column.addStretch(6)

    def show(self, state: MessageState) -> None:  # type: ignore[override]
        """Show a message."""
        self.shape.setVisible(isinstance(state, Urgent))
        self.shape.show_priority(Priority.RED, state.title)
        self.title.show_text(state.title)
        self.text.show_text(state.text)
        for key, words in ((self.go_on, state.go_on), (self.second, state.second)):
            key.setVisible(bool(words))
            key.setEnabled(True)
            key.show_text(words)
        self._place()

    def _place(self) -> None:
        wide = min(self.width() - 2 * self.measures.size("margin"), self.measures.px(230))
        side = (self.width() - wide) // 2
        self._column.setContentsMargins(side, self.measures.px(5), side, self.measures.px(5))
        room = self.height() // 3
        for text in (self.title, self.text):
            text.setFixedHeight(min(text.wished_height(wide), room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)
