"""Hands the screen of a one-computer clinic to a patient, and takes it back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from monitor.services import access
from monitor.services.ports import Refusal
from monitor.ui.shared.tasks import Tasks


class HandingPresenter(QObject):
    """Reads whom the screen is handed to.

    Signals:
        ready: the screen may be handed over (the patient's Welcome).
        refused: it may not, and why (str).
    """

    ready = Signal(object)
    refused = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def open(self, episode_id: str) -> None:
        """Open the form of a patient for them to fill in."""
        self._tasks.run(access.welcome_for, episode_id, then=self.ready.emit, failed=self.refuse)

    def refuse(self, error: Exception) -> None:
        """Say why the screen stays with the nurse."""
        code = error.code if isinstance(error, Refusal) else ""
        said = {
            "no_pin": self.tr(
                "Without a staff PIN nobody could take the screen back. Set one with "
                "“rootwatch pin”."
            ),
            "episode_closed": self.tr("This follow-up is closed; no report can be added."),
        }
        away = self.tr("The screen cannot be handed over now: the database does not answer.")
        self.refused.emit(said.get(code, away))
