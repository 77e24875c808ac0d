"""Takes an alert in hand: it stays on the list, with who has seen it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.action_dialog import ActionDialog
from monitor.ui.station.views import Card


class AcknowledgeDialog(ActionDialog):
    """Asks for a note before an alert is acknowledged; the note may be empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        verb = self.tr("Acknowledge")
        super().__init__(parent, verb, verb, self.tr("Enter confirms, Esc closes"))
        says = PlainLabel(self.tr("You have seen it and take it in hand. It stays on the list."))
        says.setWordWrap(True)
        self.body.addWidget(says)
        self.note.setFocus()

    def _is_possible(self, card: Card) -> bool:
        return card.can_acknowledge
