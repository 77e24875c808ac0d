"""A polite chime. Where this machine cannot play one, it beeps, or stays silent."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWidgets import QApplication


class Chime(QObject):
    """Plays a sound file (WAV) each time it is rung.

    That takes the part of Qt that is not installed with Rootwatch unless asked for. Without it, or
    without a loudspeaker, the desktop's own beep is tried, which does no harm where there is none.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._effect: Any = None
        try:
            multimedia = importlib.import_module("PySide6.QtMultimedia")
        except ImportError:  # not installed, or without the system's own part of it
            return
        if not multimedia.QMediaDevices.defaultAudioOutput().isNull():
            self._effect = multimedia.QSoundEffect(self)
            self._effect.setSource(QUrl.fromLocalFile(str(file)))

    def ring(self) -> None:
        """Play it once."""
        if self._effect is not None:
            self._effect.play()
        else:
            QApplication.beep()
