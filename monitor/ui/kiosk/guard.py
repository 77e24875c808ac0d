"""Keeps a kiosk that fills the screen the only window, and the clipboard empty."""

from __future__ import annotations

from typing import TypeGuard

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

HELP = frozenset({QEvent.Type.ToolTip, QEvent.Type.QueryWhatsThis, QEvent.Type.WhatsThis})
"""What asks for a little window that explains; parts that the station has too have such words."""


class Guard(QObject):
    """Closes every other window of this process that is shown while the kiosk is guarded.

    No page of the kiosk opens one. What still might is a part of Qt or of the station (a menu, a
    message over a screen that was handed over), and each would be a way out or show what is not
    the patient's. A kiosk in a window, as in the demo, is not guarded: the station beside it
    needs its own.

    Signals:
        closed: a window was closed (the name of its class; its words may be a patient's).
    """

    closed = Signal(str)

    def __init__(self, kiosk: QWidget) -> None:
        super().__init__(kiosk)
        self._kiosk = kiosk

    def begin(self) -> None:
        """Guard from now on; a second time changes nothing."""
        if application := QApplication.instance():
            application.installEventFilter(self)

    def end(self) -> None:
        if application := QApplication.instance():
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show and self._is_stray(watched):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, watched, watched.hide)  # Qt is in the midst of showing it
            self.closed.emit(type(watched).__name__)
        return kind in HELP

    def _is_stray(self, watched: QObject) -> TypeGuard[QWidget]:
        return isinstance(watched, QWidget) and watched.isWindow() and watched is not self._kiosk


def empty_clipboard() -> None:
    """Take away what was copied or selected, in this program or another."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
