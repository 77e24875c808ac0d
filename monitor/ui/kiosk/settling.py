"""Keeps a touch that was meant for one page from acting on the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from monitor.ui.kiosk.glass import Glass

SETTLING_MS = 350
"""How long a page that was just turned to hears nothing: longer than a double tap takes."""

PRESSES = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.KeyPress,
    }
)
RELEASES = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.KeyRelease})


class Settling(Glass):
    """Stands between the screen's glass and the pages of a window, once for all of them.

    `quiet` runs while presses are swallowed.
    """

    def __init__(self, window: QWidget, milliseconds: int = SETTLING_MS) -> None:
        super().__init__(window)
        self._milliseconds = milliseconds
        self._deaf = False
        self._outdated = False
        self.quiet = QTimer(self)
        self.quiet.setSingleShot(True)
        self.quiet.setInterval(milliseconds)
        self.quiet.timeout.connect(self._listen)

    def turned(self) -> None:
        """Another page is shown: hear nothing for a while, and forget what is held down."""
        if self._milliseconds:
            self._deaf = True
            self.quiet.start()
        self._outdated = True
        self._let_go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in RELEASES and self._outdated:
            self._let_go()  # a finger that moved may have pressed a key anew
        if kind not in PRESSES:
            return False
        if isinstance(event, QKeyEvent) and event.isAutoRepeat() and self._outdated:
            return True  # still the key that turned the page
        if not self._deaf:
            self._outdated = False
        return self._deaf

    def _listen(self) -> None:
        self._deaf = False

    def _let_go(self) -> None:
        """Take back the press of every key: letting go of it then does not count."""
        for key in self._window.findChildren(QAbstractButton):
            key.setDown(False)
