"""What hears a window's events where the desktop hands them in, before any page does."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget


class Glass(QObject):
    """An event filter on the whole window, so that no page and no key has to know of it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def guard(self) -> None:
        """Begin to listen, once the window has a place on the desktop, and before all others.

        A second time it only moves to the front: the one that is told last hears first.
        """
        if (handle := self._window.windowHandle()) is not None:
            handle.installEventFilter(self)
