"""Tells a doctor of a patient: to whom, how urgent, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from monitor.ui.station.contact_views import ContactEntry, ContactSheet
from monitor.ui.station.screens.alert_field import AlertField
from monitor.ui.station.screens.asking_dialog import AskingDialog
from monitor.ui.station.screens.asking_grid import AskingGrid
from monitor.ui.station.screens.key_chips import KeyChips, numbered
from monitor.ui.station.views import Card

_WIDTH = 640
_NAMES = 6
"""How many of the names used before are offered as chips."""


class EscalateDialog(AskingDialog):
    """Asks what a doctor has to be told, takes the alert in hand, and tells a ContactEntry.

    This program calls nobody: the dialog says so.
    """

    def __init__(self, sheet: ContactSheet, alert_id: str, parent: QWidget | None = None) -> None:
        verb = self.tr("Escalate")
        says = self.tr(
            "Writes down that you have told a doctor, or will. It does not call anybody."
        )
        super().__init__(parent, verb, says, self.tr("Why, and what you ask for"), _WIDTH)
        self._sheet = sheet
        self.say(verb, " · ".join(part for part in (sheet.who, sheet.phone) if part))
        self.to = QLineEdit()
        self.to.setAccessibleName(self.tr("To whom"))
        self.to.setPlaceholderText(self.tr("Name of the doctor"))
        names = numbered((name, name) for name in sheet.recipients[:_NAMES])
        self.names = KeyChips(self.tr("Names used before"), names, several=False)
        self.urgency = KeyChips(self.tr("How soon"), numbered(sheet.urgencies), several=False)
        self.alert = AlertField(sheet.cards, alert_id)
        self.prints = QCheckBox(self.tr("Show a summary to print with it"))
        self.prints.setChecked(True)
        self._ask()
        self._choose_urgency()
        self.names.changed.connect(lambda: self.to.setText(self.names.one))
        self.alert.changed.connect(self._follow)
        self.order_tabs(
            self.to, self.names, self.urgency, self.note, self.alert.alerts, self.prints
        )
        self.to.setFocus()

    def _ask(self) -> None:
        whom = QWidget()
        column = QVBoxLayout(whom)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.to)
        column.addWidget(self.names)
        self.names.setVisible(bool(self._sheet.recipients))
        above, below = AskingGrid(), AskingGrid()
        above.ask(self.tr("To"), whom)
        above.ask(self.tr("How soon"), self.urgency)
        below.ask(self.tr("About"), self.alert)
        below.show_row(self.alert, shown=bool(self._sheet.cards))
        self.alert.steps.hide()
        self.body.addLayout(above)
        self.rest.addLayout(below)
        self.rest.addWidget(self.prints)

    @property
    def episode_id(self) -> str:
        return self._sheet.episode_id

    def show_cards(self, cards: tuple[Card, ...]) -> None:
        """Offer the open alerts as they are now; after a refusal it may be tried again."""
        self.alert.show_cards(cards)
        self._follow()
        self.confirm_button.setEnabled(True)

    def draft(self) -> ContactEntry:
        """What was chosen and typed so far."""
        card = self.alert.card
        can = card is not None and "acknowledge" in card.can
        return ContactEntry(
            episode_id=self._sheet.episode_id,
            kind="escalation",
            date=self._sheet.today,
            text=self.note.toPlainText().strip(),
            alert_id=card.alert_id if card else "",
            version=card.version if card else 0,
            about=card.title if card else "",
            deed="acknowledge" if can else "",
            to=self.to.text().strip(),
            urgency=self.urgency.one,
            prints=self.prints.isChecked(),
        )

    def restore(self, draft: ContactEntry) -> None:
        """Put back what was chosen and typed before, here or in the dialog for a contact."""
        self.note.setPlainText(draft.text)
        self.to.setText(draft.to)
        self.alert.choose(draft.alert_id)
        if draft.urgency:
            self.urgency.choose({draft.urgency})

    def _answer(self) -> ContactEntry:
        return self.draft()

    def _missing(self) -> str:
        if not self.to.text().strip():
            return self.tr("Say whom you tell.")
        if not self.urgency.one:
            return self.tr("Say how soon.")
        if not self.note.toPlainText().strip():
            return self.tr("Say why.")
        return ""

    def _focus_missing(self) -> None:
        if not self.to.text().strip():
            self.to.setFocus()
        elif not self.urgency.one:
            self.urgency.take_keyboard()
        else:
            self.note.setFocus()

    def _follow(self) -> None:
        """The steps with an alert are not asked here: it is taken in hand."""
        self.alert.steps.hide()
        if not self.urgency.one:
            self._choose_urgency()
        self.fit()

    def _choose_urgency(self) -> None:
        card = self.alert.card
        if card is not None:
            self.urgency.choose({card.priority.value})
