"""Says what was registered, and offers what the patient takes along from the desk."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.forms import Registered
from monitor.ui.station.screens.fitting_dialog import FittingDialog

_WIDTH = 540


class RegisteredDialog(FittingDialog):
    """Offers the slip with today's code, and the card for all visits; Esc does neither.

    Signals:
        slip_wanted: a slip with a code for today is to be made.
        card_wanted: a card is to be made.
    """

    slip_wanted = Signal()
    card_wanted = Signal()

    def __init__(self, done: Registered, parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH)
        self.setWindowTitle(self.tr("Registered"))
        column = self.column
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        heading = self.tr("{name} is on the list.").format(name=done.name)
        offer = self.tr("Print a slip with which they sign in at the kiosk today?")
        for text, role in ((heading, "heading"), *((line, "") for line in done.lines), (offer, "")):
            label = PlainLabel(text, role)
            label.setWordWrap(True)
            column.addWidget(label)
        self.slip_button = QPushButton(self.tr("Desk slip"))
        self.slip_button.setProperty("kind", "primary")
        self.slip_button.setDefault(True)
        self.card_button = QPushButton(self.tr("Patient card"))
        later = QPushButton(self.tr("Not now"))
        for button in (self.card_button, later):
            button.setAutoDefault(False)
        # Closed first: what is opened next stands before the window, not before this.
        for button, wanted in (
            (self.slip_button, self.slip_wanted),
            (self.card_button, self.card_wanted),
        ):
            button.clicked.connect(self.accept)
            button.clicked.connect(wanted)
        later.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(PlainLabel(self.tr("Enter makes a slip. Later: Shift+K"), "small"))
        line.addStretch(1)
        for button in (later, self.card_button, self.slip_button):
            line.addWidget(button)
        column.addSpacing(6)
        column.addLayout(line)
