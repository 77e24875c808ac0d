"""A voice for tests, which says nothing and remembers what it was asked to say."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class FakeVoice(QObject):
    """Has voices for some languages; ends a text when it is told to `finish`."""

    changed = Signal()

    def __init__(self, *languages: str) -> None:
        super().__init__()
        self._there = frozenset(languages)
        self.languages: frozenset[str] = frozenset()
        self.is_speaking = False
        self.said: list[tuple[str, str]] = []

    def start(self, codes: Iterable[str]) -> None:
        self.languages = self._there & frozenset(codes)
        if self.languages:
            self.changed.emit()

    def say(self, text: str, language: str) -> None:
        if language in self.languages:
            self.said.append((text, language))
            self._speak(True)

    def stop(self) -> None:
        self._speak(False)

    def close(self) -> None:
        self.stop()

    def finish(self) -> None:
        """Come to the end of what is read."""
        self._speak(False)

    def _speak(self, speaks: bool) -> None:
        if speaks != self.is_speaking:
            self.is_speaking = speaks
            self.changed.emit()
