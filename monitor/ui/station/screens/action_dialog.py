"""What acknowledging and resolving have in common: one alert, a note, Enter and Esc."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.note_field import NoteField
from monitor.ui.station.views import Card

_WIDTH = 480


class ActionDialog(QDialog):
    """Asks before something is done to one alert; what is typed is never lost to a refusal.

    Signals:
        confirmed: alert id, the version that was seen, outcome ("" for none), note.
    """

    confirmed = Signal(str, int, str, str)

    def __init__(self, parent: QWidget | None, title: str, verb: str, hint: str) -> None:
        """hint: the keys, for the bottom line."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self._card: Card | None = None
        self._about = PlainLabel(role="heading")
        self._about.setWordWrap(True)
        self._who = PlainLabel(role="muted")
        self._refusal = PlainLabel(role="refusal")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self.note = NoteField(self.tr("Note"), self.tr("Note (Shift+Enter for a new line)"))
        self.note.confirmed.connect(self.confirm)
        self.confirm_button = QPushButton(verb)
        self.confirm_button.setProperty("kind", "primary")
        self.confirm_button.setDefault(True)
        self.confirm_button.clicked.connect(self.confirm)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self._build(hint)

    def _build(self, hint: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._about)
        column.addWidget(self._who)
        self.body = QVBoxLayout()
        column.addLayout(self.body)
        column.addWidget(self.note)
        column.addWidget(self._refusal)
        line = QHBoxLayout()
        line.addWidget(PlainLabel(hint, "small"))
        line.addStretch(1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.confirm_button)
        column.addSpacing(4)
        column.addLayout(line)

    @property
    def alert_id(self) -> str:
        """The alert that is asked about."""
        return self._card.alert_id if self._card else ""

    @property
    def refusal(self) -> str:
        """What stands in the way now, "" for nothing."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    def show_state(self, card: Card, patient: str) -> None:
        """Ask about `card`; called again when it has changed while the dialog is open."""
        self._card = card
        self._about.setText(card.title)
        self._who.setText(patient)
        self.confirm_button.setEnabled(self._is_possible(card))

    def confirm(self) -> None:
        """Tell what was decided, once; refused by a sentence if something is missing."""
        if self._card is None or not self.confirm_button.isEnabled():
            return
        if missing := self._missing():
            self.show_refusal(missing, again=True)
            self._focus_missing()
            return
        self.confirm_button.setEnabled(False)
        note = self.note.toPlainText().strip()
        self.confirmed.emit(self._card.alert_id, self._card.version, self._outcome(), note)

    def show_refusal(self, text: str, *, again: bool) -> None:
        """Say why it was not done; the note stays. `again`: it may be tried once more."""
        self._refusal.setText(text)
        self._refusal.show()
        self.confirm_button.setEnabled(again)
        self.note.setFocus()
        self.adjustSize()

    def _is_possible(self, card: Card) -> bool:
        raise NotImplementedError

    def _missing(self) -> str:
        return ""

    def _focus_missing(self) -> None:
        """Give the keyboard to what `_missing` asks for."""

    def _outcome(self) -> str:
        return ""
