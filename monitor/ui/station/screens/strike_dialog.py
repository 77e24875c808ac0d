"""Strikes an entry that is wrong; it stays readable as struck."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from monitor.ui.station.contact_views import ContactEntry, ContactSheet
from monitor.ui.station.screens.arrow_fields import ArrowBox
from monitor.ui.station.screens.asking_dialog import AskingDialog


class StrikeDialog(AskingDialog):
    """Asks which entry is wrong, the newest one first, and why; tells a ContactEntry."""

    def __init__(self, sheet: ContactSheet, parent: QWidget | None = None) -> None:
        verb = self.tr("Strike entry")
        says = self.tr("Nothing is removed: it stays in the timeline, struck through.")
        super().__init__(parent, verb, says, self.tr("Why is it wrong"))
        self._sheet = sheet
        self.say(verb, sheet.who)
        self.entries = ArrowBox()
        self.entries.setAccessibleName(self.tr("Entry"))
        for contact_id, words in sheet.written:
            self.entries.addItem(words, contact_id)
        self.body.addWidget(self.entries)
        QWidget.setTabOrder(self.entries, self.note)
        self.entries.setFocus()

    @property
    def episode_id(self) -> str:
        return self._sheet.episode_id

    def draft(self) -> ContactEntry:
        text, struck = self.note.toPlainText().strip(), self.entries.currentData()
        return ContactEntry(
            self._sheet.episode_id, "strike", self._sheet.today, text, strikes=struck
        )

    def restore(self, draft: ContactEntry) -> None:
        self.note.setPlainText(draft.text)
        self.entries.setCurrentIndex(max(0, self.entries.findData(draft.strikes)))

    def _answer(self) -> ContactEntry:
        return self.draft()

    def _missing(self) -> str:
        return "" if self.note.toPlainText().strip() else self.tr("Say why it is wrong.")

    def _focus_missing(self) -> None:
        self.note.setFocus()
