"""A card reader that types like a keyboard: tells it from a person by its speed alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from monitor.ui.kiosk.glass import Glass

FASTEST_PERSON_MS = 35
"""Keys that follow each other at least as fast as this were not pressed one after the other."""
PASSED = 2
"""So many keys of a scan reach the page: a person's finger may hit two at once, but not three."""
SHORTEST, LONGEST = 6, 32
ALLOWED = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")
ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
    }
)
CHORDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Scanner(Glass):
    """Stands before everything that hears keys in a window, and takes out what a machine types.

    A person's keys pass at once. Of a machine's none but its first two do, and only letters
    and digits: no Enter, Tab, Space or control character of a card ever reaches a page.

    Signals:
        scanned: a card was read while `enabled`; what it says, of `ALLOWED` alone.
        garbled: a machine typed something else and ended it; the first keys may have reached
            the page.
    """

    scanned = Signal(str)
    garbled = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.enabled = False
        self.dropped = 0
        """How many keys were kept from the pages that were no card: a reader set up wrongly."""
        self._last = -FASTEST_PERSON_MS - 1
        self._text = ""
        self._keys = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.isAutoRepeat() or event.key() in MODIFIERS:
            return False  # a key that is held down, or held down together with another
        since = event.timestamp() - self._last
        self._last = event.timestamp()
        if not 0 <= since <= FASTEST_PERSON_MS:
            self._text, self._keys = _character(event), 1
            return False
        self._keys += 1
        if event.key() in ENDS:
            self._end()
            return True
        return self._follow(_character(event))

    def _follow(self, character: str) -> bool:
        """One more key of a machine; one that is not allowed spoils all that came before."""
        readable = self._text and character and len(self._text) < LONGEST
        self._text = self._text + character if readable else ""
        if character and self._keys <= PASSED:
            return False
        self.dropped += 1
        return True

    def _end(self) -> None:
        text, self._text = self._text, ""  # what follows without a pause is no second card
        if self.enabled and len(text) >= SHORTEST:
            self.dropped -= len(text) - PASSED
            self.scanned.emit(text)
        else:
            self.dropped += 1
            if self._keys > PASSED:
                self.garbled.emit()


def _character(event: QKeyEvent) -> str:
    """The character a key stands for, where it is allowed."""
    if event.modifiers() & CHORDS:
        return ""
    return event.text() if event.text() in ALLOWED else ""
