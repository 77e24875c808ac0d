"""A field for one answer that is filled with one key, or with the digits of a score."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

Options = tuple[tuple[str, str, str], ...]


class AnswerField(QLineEdit):
    """Takes a score, or one of several answers by its key, and says when it is whole.

    A digit that no other can follow is a whole score; after the others Enter, Tab or an arrow
    goes on. Backspace and Delete empty it.

    Signals:
        filled: there is a whole answer, the keyboard can go on.
        changed: another answer stands in it, or none.
        left: the keyboard goes on (1) or back (-1) (int).
        rest_denied: the answers that are left in this section are "none" (Shift+N).
    """

    filled = Signal()
    changed = Signal()
    left = Signal(int)
    rest_denied = Signal()

    def __init__(
        self,
        name: str,
        scores: range = range(0),
        options: Options = (),
        parent: QWidget | None = None,
    ) -> None:
        """scores: those it accepts, ascending; options: (code, key, words) instead."""
        super().__init__(parent)
        self._scores = [str(score) for score in scores]
        self._options = options
        self._value = ""
        self.setReadOnly(True)  # what is typed comes through the keys below and nowhere else
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        keys = " ".join(key for _, key, _ in options)
        self.setPlaceholderText(keys or f"{self._scores[0]}–{self._scores[-1]}")

    @property
    def value(self) -> str:
        """The score, or the code of the answer; "" for none."""
        return self._value

    def show_value(self, value: str) -> None:
        """Put an answer in it; one it does not know empties it."""
        words = {code: text for code, _, text in self._options}
        is_known = value in words or value in self._scores
        self._value = value if is_known else ""
        self.setText(words.get(value, value) if is_known else "")
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        text = event.text().lower() if event.text().isprintable() else ""  # Esc is the dialog's
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                super().keyPressEvent(event)  # Ctrl+Enter is the dialog's
                return
            self.left.emit(1)
        elif key == Qt.Key.Key_Up:
            self.left.emit(-1)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._put("")
        elif event.isAutoRepeat() and text:
            return  # a key that is held answers one question, not those after it
        elif text == "n" and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.rest_denied.emit()  # and not the key by itself while Caps Lock is on
        elif text and self._options:
            self._press(text)
        elif text and text in "0123456789":
            self._digit(text)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _press(self, key: str) -> None:
        for code, its_key, _ in self._options:
            if key == its_key:
                self._put(code)
                self.filled.emit()

    def _digit(self, digit: str) -> None:
        value = self._value + digit if self._value + digit in self._scores else digit
        if value not in self._scores:
            return
        self._put(value)
        if not any(score.startswith(value) and score != value for score in self._scores):
            self.filled.emit()

    def _put(self, value: str) -> None:
        self.show_value(value)
        self.selectAll()
        self.changed.emit()
