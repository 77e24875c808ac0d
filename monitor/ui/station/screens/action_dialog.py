"""What all steps with one alert that ask something have in common."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from monitor.ui.station.screens.asking_dialog import AskingDialog
from monitor.ui.station.views import Card, Decision, Draft, Step


class ActionDialog(AskingDialog):
    """Asks before something is done to one alert, and tells what was decided (Decision)."""

    def __init__(self, parent: QWidget | None, step: Step, verb: str, says: str, asks: str) -> None:
        """verb: on the button and as title; says: what it does; asks: what the note is for."""
        super().__init__(parent, verb, says, asks)
        self.step = step
        self._card: Card | None = None

    @property
    def alert_id(self) -> str:
        """The alert that is asked about."""
        return self._card.alert_id if self._card else ""

    def show_state(self, card: Card, patient: str) -> None:
        """Ask about `card`; called again when it has changed while the dialog is open."""
        self._card = card
        self.say(card.title, patient)
        self.confirm_button.setEnabled(self.step in card.can)

    def draft(self) -> Draft:
        """What was typed and chosen so far."""
        return Draft(self.note.toPlainText(), self._outcome(), self._choice(), self._on())

    def restore(self, draft: Draft) -> None:
        """Put back what was typed before."""
        self.note.setPlainText(draft.note)

    def confirm(self) -> None:
        if self._card is not None:
            super().confirm()

    def _answer(self) -> Decision:
        assert self._card is not None, "what is confirmed is about an alert"
        return Decision(
            self.step,
            self._card.alert_id,
            self._card.version,
            self._card.title,
            self.note.toPlainText().strip(),
            self._outcome(),
            self._on(),
        )

    def _outcome(self) -> str:
        return ""

    def _choice(self) -> str:
        return ""

    def _on(self) -> dt.date | None:
        return None
