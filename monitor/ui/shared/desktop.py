"""Notifications on the desktop, for when the window is not the one that is looked at."""

from __future__ import annotations

import shutil

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication, QStyle, QSystemTrayIcon, QWidget

_PROGRAM = "notify-send"
"""Comes with Linux desktops, of which some have no place for the icon that Qt's own way needs."""


class Desktop(QObject):
    """Says something on the desktop, by whichever way it has.

    Never put a name into it: it may be read over a shoulder, and stays on a locked screen.
    """

    def __init__(self, window: QWidget) -> None:
        """window: the one whose entry in the task bar blinks."""
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None

    def say(self, title: str, text: str) -> None:
        """Show a notification that stays until it is put away, where the desktop has such."""
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._made_icon().showMessage(title, text, QSystemTrayIcon.MessageIcon.Warning)
        elif (program := shutil.which(_PROGRAM)) is not None:
            QProcess.startDetached(program, ["--urgency=critical", "--", title, text])

    def _made_icon(self) -> QSystemTrayIcon:
        if self._icon is None:
            icon = self._window.windowIcon()
            if icon.isNull():
                icon = self._window.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
            self._icon = QSystemTrayIcon(icon, self)
            self._icon.show()
        return self._icon
