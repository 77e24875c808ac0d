"""Writes a note about a patient."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from monitor.ui.station.contact_views import ContactEntry, ContactSheet
from monitor.ui.station.screens.asking_dialog import AskingDialog


class NoteDialog(AskingDialog):
    """Asks for the words, and tells a ContactEntry."""

    def __init__(self, sheet: ContactSheet, parent: QWidget | None = None) -> None:
        verb = self.tr("Write note")
        says = self.tr("It stands in the timeline, signed with your name.")
        super().__init__(parent, verb, says, self.tr("Note"))
        self._sheet = sheet
        self.say(verb, sheet.who)
        self.note.setFocus()

    @property
    def episode_id(self) -> str:
        return self._sheet.episode_id

    def draft(self) -> ContactEntry:
        text = self.note.toPlainText().strip()
        return ContactEntry(self._sheet.episode_id, "note", self._sheet.today, text)

    def restore(self, draft: ContactEntry) -> None:
        self.note.setPlainText(draft.text)

    def _answer(self) -> ContactEntry:
        return self.draft()

    def _missing(self) -> str:
        return "" if self.note.toPlainText().strip() else self.tr("Write the note.")
