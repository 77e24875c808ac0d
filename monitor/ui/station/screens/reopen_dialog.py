"""Opens a closed alert again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from monitor.ui.station.screens.action_dialog import ActionDialog


class ReopenDialog(ActionDialog):
    """Asks why an alert is opened again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        says = self.tr("It stands on the list again as if nobody had looked at it.")
        super().__init__(parent, "reopen", self.tr("Open again"), says, self.tr("Why"))
        self.note.setFocus()

    def _missing(self) -> str:
        typed = self.note.toPlainText().strip()
        return "" if typed else self.tr("Say why it is opened again.")
