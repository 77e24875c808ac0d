"""Takes pictures of windows that no screen shows."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QSize, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

SIZES = (QSize(1280, 800), QSize(1920, 1080))


def hush() -> None:
    """Keep quiet about what a screen that is none cannot do; whatever else Qt says is shown."""

    def say(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if not text.startswith("This plugin does not support"):
            sys.stderr.write(f"{text}\n")

    qInstallMessageHandler(say)


class Camera:
    """Takes pictures of windows into a folder. `count`: how many so far."""

    def __init__(self, folder: Path, frame: str) -> None:
        """frame: the colour of the line around a dialog, which has no frame of its own here."""
        self.count = 0
        self._folder = folder
        self._frame = QColor(frame)
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, window: QWidget, dialog: QWidget | None = None) -> None:
        """Write the window as it looks now, with the dialog in its middle; refuses with OSError."""
        picture = window.grab()
        if dialog is not None:
            place = dialog.rect()
            place.moveCenter(window.rect().center())
            with QPainter(picture) as painter:
                painter.drawPixmap(place.topLeft(), dialog.grab())
                painter.setPen(self._frame)
                painter.drawRect(place.adjusted(-1, -1, 0, 0))
        file = self._folder / f"{name}.png"
        if not picture.save(str(file), "PNG"):
            raise OSError(None, "The picture cannot be written", str(file))
        self.count += 1
