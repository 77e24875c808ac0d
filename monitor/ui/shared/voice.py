"""Reads a page aloud, where this machine can speak; where it cannot, nothing is missing."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, Signal

PART = "PySide6.QtTextToSpeech"
"""The part of Qt that speaks."""
SPEAKER = Path(__file__).with_name("speaker.py")
CLOSING_MS = 500
"""How long a voice may take to end before it is ended."""


class Voice(QObject):
    """Speaks through a process of its own (`speaker.py`).

    A speech service whose loudspeaker is missing was seen to keep whoever asked it waiting for
    ever, and all of Python with it. So nothing here ever waits: a voice that does not answer is
    a voice that is not there.

    Signals:
        changed: `languages` or `is_speaking` is another than before.
    """

    changed = Signal()

    def __init__(self, engines: str = "") -> None:
        """engines: those to try, divided by commas; by default all that make a sound."""
        super().__init__()
        self._engines = engines
        self.languages: frozenset[str] = frozenset()
        self.is_speaking = False
        self._process = QProcess(self)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._hear)
        self._process.finished.connect(self._lose)
        self._process.errorOccurred.connect(self._lose)

    def start(self, codes: Iterable[str]) -> None:
        """Begin to look for voices for these languages; `changed` tells when some were found.

        Without the part of Qt that speaks, which is not installed unless asked for, nothing
        happens. A second time neither.
        """
        if importlib.util.find_spec(PART) and not self._process.processId():
            program = ["-P", str(SPEAKER), self._engines, *codes]
            self._process.start(sys.executable, program)
            if (application := QCoreApplication.instance()) is not None:
                application.aboutToQuit.connect(self.close)

    def say(self, text: str, language: str) -> None:
        """Read a text aloud, in place of what is read now; nothing in a language without voice."""
        if language in self.languages:
            self._ask({"say": text, "language": language})
            self._speak(True)

    def stop(self) -> None:
        """Be silent at once."""
        if self.is_speaking:
            self._ask({"say": ""})
            self._speak(False)

    def close(self) -> None:
        """Be silent for good."""
        self.stop()
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(CLOSING_MS):
            self._process.kill()
            self._process.waitForFinished(CLOSING_MS)

    def _ask(self, asked: dict[str, str]) -> None:
        self._process.write(f"{json.dumps(asked)}\n".encode())

    def _hear(self) -> None:
        while self._process.canReadLine():
            told = json.loads(bytes(self._process.readLine().data()))
            if "languages" in told:
                self.languages = frozenset(told["languages"])
                self.changed.emit()
            else:
                self._speak(told["speaks"])

    def _speak(self, speaks: bool) -> None:
        if speaks != self.is_speaking:
            self.is_speaking = speaks
            self.changed.emit()

    def _lose(self) -> None:
        """The process has ended, at once where there is nothing to speak with."""
        if self.languages or self.is_speaking:
            self.languages, self.is_speaking = frozenset(), False
            self.changed.emit()
