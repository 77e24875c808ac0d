"""A form of the door in a dialog, for whoever is signed in already."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from monitor.ui.station.doorway import Form
from monitor.ui.station.screens.door_page import FormCard
from monitor.ui.station.screens.fitting_dialog import FittingDialog

_WIDTH = 560


class FormDialog(FittingDialog):
    """Asks for a few lines; Enter in the last one sends them, Esc puts it away.

    Signals:
        submitted: what was typed (dict of str by key).
    """

    submitted = Signal(object)

    def __init__(self, form: Form, parent: QWidget | None) -> None:
        super().__init__(parent, _WIDTH)
        self.setWindowTitle(form.heading)
        self.card = FormCard()
        self.card.setProperty("card", "false")
        self.card.show_form(form)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.card)
        self.card.submitted.connect(self.submitted)
        self.card.skipped.connect(self.reject)
        self.card.take_keyboard()

    def show_refusal(self, text: str) -> None:
        """Say what was wrong, and ask once more."""
        self.card.show_refusal(text)
        self.fit()
