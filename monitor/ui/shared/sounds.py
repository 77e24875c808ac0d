"""A polite chime. Where this machine cannot play one, it beeps, or stays silent."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtWidgets import QApplication

PLAYERS = ("pw-play", "paplay", "afplay", "aplay")
"""Programs of desktops that play a WAV file; those that mix it with other sound first."""


class Chime(QObject):
    """Plays a sound file (WAV) each time it is rung.

    Qt's own player is in the part of Qt that is not installed with Rootwatch unless asked for.
    Without it the player of the desktop is taken, and where there is none the desktop's beep, which
    does no harm where nothing is heard. Nobody can know from here whether it is heard: that is what
    the station's daily test is for.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._play = self._qt(file) or _windows(file) or _program(file) or QApplication.beep

    def ring(self) -> None:
        """Play it once."""
        self._play()

    def _qt(self, file: Path) -> Callable[[], object] | None:
        try:
            multimedia = importlib.import_module("PySide6.QtMultimedia")
        except ImportError:  # not installed, or without the system's own part of it
            return None
        if multimedia.QMediaDevices.defaultAudioOutput().isNull():
            return None
        effect = multimedia.QSoundEffect(self)
        effect.setSource(QUrl.fromLocalFile(str(file)))
        return effect.play


def _windows(file: Path) -> Callable[[], object] | None:
    try:
        winsound = importlib.import_module("winsound")
    except ImportError:
        return None
    return lambda: winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)


def _program(file: Path) -> Callable[[], object] | None:
    player = next(filter(None, map(shutil.which, PLAYERS)), None)
    return None if player is None else lambda: QProcess.startDetached(player, [str(file)])
