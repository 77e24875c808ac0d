"""Buttons of which one is chosen: as chips that wrap, or joined to one bar of segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLayout, QPushButton, QWidget

from monitor.ui.shared.widgets.flow_layout import FlowLayout

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True)
class Choice:
    """One button: its key, what stands on it, and what it does in a few words."""

    key: str
    label: str
    hint: str = ""


class Choices(QWidget):
    """A row of buttons, exactly one of them chosen.

    Signals:
        chosen: the key of the button that a person chose (str).
    """

    chosen = Signal(str)

    def __init__(self, name: str, layout: QLayout, kind: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._kind = kind
        self._keys: list[str] = []
        self._group = QButtonGroup(self)
        self._layout = layout
        self.setLayout(layout)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._keys[number]))

    def show_choices(self, choices: Sequence[Choice], chosen: str) -> None:
        """Show `choices` with the one of key `chosen` pressed; buttons of the same keys stay."""
        keys = [choice.key for choice in choices]
        if keys != self._keys:
            self._rebuild(keys)
        for number, choice in enumerate(choices):
            button = self._group.button(number)
            if button.text() != choice.label:
                button.setText(choice.label)
            button.setToolTip(choice.hint)
            button.setChecked(choice.key == chosen)

    def choose(self, key: str) -> None:
        """Press the button of a key as if a person had."""
        self._group.button(self._keys.index(key)).click()

    def button(self, key: str) -> QPushButton:
        found = self._group.button(self._keys.index(key))
        assert isinstance(found, QPushButton)
        return found

    def _rebuild(self, keys: list[str]) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._layout.removeWidget(button)
            button.deleteLater()
        self._keys = keys
        for number in range(len(keys)):
            button = QPushButton(self)
            button.setCheckable(True)
            button.setProperty("kind", self._kind)
            ends = (number == 0, number == len(keys) - 1)
            place = {(True, False): "first", (False, True): "last", (True, True): "only"}
            button.setProperty("place", place.get(ends, "middle"))
            button.installEventFilter(self)
            self._group.addButton(button, number)
            self._layout.addWidget(button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and right walk along the buttons, wherever a line of chips breaks."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step and isinstance(watched, QPushButton):
                number = (self._group.id(watched) + step) % len(self._keys)
                button = self._group.button(number)
                button.setFocus(Qt.FocusReason.TabFocusReason)
                button.click()
                return True
        return super().eventFilter(watched, event)


class Chips(Choices):
    """Rounded buttons that wrap onto further lines."""

    def __init__(self, name: str, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(name, FlowLayout(gap), "chip", parent)


class Segments(Choices):
    """Buttons joined to one bar, which breaks where there is no room for it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, FlowLayout(0), "segment", parent)
