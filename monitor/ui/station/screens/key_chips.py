"""Chips that are pressed by a letter or a digit: any number of them, or one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from monitor.ui.shared.widgets.flow_layout import FlowLayout

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_DIGITS = "123456789abcdefghijklmnopqrstuvwxyz"
_GAP = 6


@dataclass(frozen=True)
class KeyChoice:
    """One chip: what it stands for, the key that presses it, and its words."""

    code: str
    key: str
    words: str


def numbered(choices: Iterable[tuple[str, str]]) -> tuple[KeyChoice, ...]:
    """Chips for (code, words) with the keys 1 to 9 and then letters; beyond those without one."""
    several = tuple(choices)
    keys = [*_DIGITS, *[""] * len(several)]
    return tuple(
        KeyChoice(code, key, words) for (code, words), key in zip(several, keys, strict=False)
    )


class KeyChips(QWidget):
    """One stop of the Tab key: arrows walk along the chips, Space or its own key presses one.

    Where only one can be pressed, the arrows press as they go.

    Signals:
        changed: another set of chips is pressed than before.
    """

    changed = Signal()

    def __init__(self, name: str, choices: Sequence[KeyChoice], *, several: bool) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._several = several
        self._layout = FlowLayout(_GAP)
        self.setLayout(self._layout)
        self._choices: tuple[KeyChoice, ...] = ()
        self._buttons: list[QPushButton] = []
        self.show_choices(choices)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The codes of the chips that are pressed."""
        pairs = zip(self._choices, self._buttons, strict=True)
        return tuple(choice.code for choice, button in pairs if button.isChecked())

    @property
    def one(self) -> str:
        """The code of the one that is pressed, "" for none."""
        return next(iter(self.chosen), "")

    @property
    def has_keyboard(self) -> bool:
        return any(button.hasFocus() for button in self._buttons)

    def show_choices(self, choices: Sequence[KeyChoice]) -> None:
        """Offer these; what was pressed stays pressed where it is still there."""
        if tuple(choices) == self._choices:
            return
        pressed = set(self.chosen)
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.deleteLater()
        self._choices = tuple(choices)
        self._buttons = [self._button(choice) for choice in choices]
        self.choose(pressed)

    def choose(self, codes: Iterable[str]) -> None:
        """Press those and no others; says nothing."""
        wanted = set(codes)
        for choice, button in zip(self._choices, self._buttons, strict=True):
            button.setChecked(choice.code in wanted)
        self._keep_one_stop()

    def press(self, code: str) -> None:
        """Press a chip as if a person had."""
        codes = [choice.code for choice in self._choices]
        self._buttons[codes.index(code)].click()

    def take_keyboard(self) -> None:
        """Give the keyboard to the chip that is pressed, or the first."""
        self._stop().setFocus(Qt.FocusReason.TabFocusReason)

    def _button(self, choice: KeyChoice) -> QPushButton:
        shown = f"{choice.words}  {choice.key.upper()}" if choice.key else choice.words
        button = QPushButton(shown.replace("&", "&&"), self)
        button.setAccessibleName(choice.words)
        button.setCheckable(True)
        button.setAutoDefault(False)  # Enter confirms the dialog
        button.setProperty("kind", "chip")
        button.installEventFilter(self)
        button.clicked.connect(lambda: self._note_press(button))
        self._layout.addWidget(button)
        return button

    def _note_press(self, button: QPushButton) -> None:
        if not self._several:
            for other in self._buttons:
                other.setChecked(other is button)
        self._keep_one_stop(button)
        self.changed.emit()

    def _stop(self) -> QPushButton:
        return next((b for b in self._buttons if b.isChecked()), self._buttons[0])

    def _keep_one_stop(self, stop: QPushButton | None = None) -> None:
        """Let Tab stop at one chip only."""
        if self._buttons:
            stop = stop or self._stop()
            for button in self._buttons:
                is_stop = button is stop
                policy = Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
                button.setFocusPolicy(policy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(watched, event)
        return super().eventFilter(watched, event)

    def _take_key(self, watched: QObject, event: QKeyEvent) -> bool:
        """Whether the key was one of these chips'."""
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if held:
            return False
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            number = next(n for n, button in enumerate(self._buttons) if button is watched)
            self._walk_to(self._buttons[(number + step) % len(self._buttons)])
            return True
        return self.take_letter(event.text())

    def take_letter(self, text: str) -> bool:
        """Press the chip whose own key it is, and go there; False where it is nobody's."""
        for choice, button in zip(self._choices, self._buttons, strict=True):
            if choice.key and choice.key == text.lower():
                button.setFocus(Qt.FocusReason.TabFocusReason)
                button.click()
                return True
        return False

    def _walk_to(self, button: QPushButton) -> None:
        button.setFocus(Qt.FocusReason.TabFocusReason)
        if self._several:
            self._keep_one_stop(button)
        else:
            button.click()
