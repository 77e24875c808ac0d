"""Two keys for whoever can use no more: one moves on, the other chooses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from monitor.ui.kiosk.glass import Glass

BOUNCE_MS = 150
"""A press sooner after the last is the same one: the switch bounces, or the hand trembles."""

Keys = tuple[Qt.Key, Qt.Key]


def keys_of(text: str) -> Keys | None:
    """The two keys that a setting names ("F7 F8"); None for an empty one.

    ValueError where they are not two different keys that Qt knows by these names.
    """
    if not text:
        return None
    found = [QKeySequence.fromString(name) for name in text.split()]
    keys = [each[0].key() for each in found if each.count() == 1]  # type: ignore[index]
    if len(found) != 2 or len(set(keys)) != 2 or Qt.Key.Key_unknown in keys:
        raise ValueError(text)
    return keys[0], keys[1]


class Switch(Glass):
    """Makes Tab and Enter of two keys, anywhere in a window.

    The first walks over what can be touched on the page and begins again at its end; the second
    touches what it has come to.

    Signals:
        heard: somebody has pressed a key, one of these or another: they are still there.
    """

    heard = Signal()

    def __init__(self, window: QWidget, keys: Keys | None) -> None:
        """keys: the one that moves on and the one that chooses; None where there is no switch."""
        super().__init__(window)
        self._meaning: dict[int, Qt.Key] = {}
        if keys is not None:
            self._meaning = {keys[0]: Qt.Key.Key_Tab, keys[1]: Qt.Key.Key_Return}
        self._last = -BOUNCE_MS

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        meant = self._meaning.get(event.key())
        if event.isAutoRepeat():
            return meant is not None  # a key that something lies on is nobody
        self.heard.emit()
        if meant is None:
            return False
        since, self._last = event.timestamp() - self._last, event.timestamp()
        if not 0 <= since < BOUNCE_MS:
            self._press(meant)
        return True

    def _press(self, key: Qt.Key) -> None:
        where = self._window.focusWidget() or self._window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
            event.setTimestamp(self._last)
            QApplication.sendEvent(where, event)
