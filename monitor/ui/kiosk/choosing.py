"""The page of language and comfort, which lies over whichever page somebody came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal

from monitor.ui.kiosk.comfort import Comfort
from monitor.ui.kiosk.guide import Guide
from monitor.ui.kiosk.screens.comfort import ComfortScreen, ComfortState
from monitor.ui.kiosk.screens.frame import Screen


class Choosing(Guide):
    """Lets the person who is here choose; each touch acts at once.

    Signals:
        changed: with the Comfort that was chosen.
        done: enough was chosen.
    """

    changed = Signal(object)
    done = Signal()

    def __init__(
        self,
        comfort: Comfort,
        languages: tuple[tuple[str, str], ...],
        is_draft: Callable[[str], bool],
        voice_available: bool,
    ) -> None:
        """languages: code and own name of each; is_draft: the questions in one are not approved."""
        super().__init__()
        self._comfort = comfort
        self._languages = languages
        self._is_draft = is_draft
        self._voice_available = voice_available

    def begin(self) -> None:
        self.say(self._choices)

    def wire(self, screen: Screen) -> None:
        super().wire(screen)
        if isinstance(screen, ComfortScreen):
            screen.chosen.connect(self._choose)

    def go_on(self) -> None:
        self.done.emit()

    def expire(self) -> None:
        self.ended.emit()

    def _choices(self) -> ComfortState:
        comfort = self._comfort
        return ComfortState(
            comfort,
            self._languages,
            voice_available=self._voice_available,
            draft_translation=self._is_draft(comfort.language),
        )

    def _choose(self, comfort: Comfort) -> None:
        self._comfort = comfort
        self.changed.emit(comfort)

    def choose_language(self, code: str) -> None:
        """As if the language had been touched here."""
        self._choose(replace(self._comfort, language=code))
