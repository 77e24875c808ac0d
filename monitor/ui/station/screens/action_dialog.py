"""What all steps that ask something have in common: one alert, a note, Enter and Esc."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.fitting_dialog import FittingDialog
from monitor.ui.station.screens.note_field import NoteField
from monitor.ui.station.views import Card, Decision, Draft, Step

_WIDTH = 560


class ActionDialog(FittingDialog):
    """Asks before something is done to one alert; what is typed is never lost.

    A refusal leaves it in the dialog; Esc leaves it with whoever opened it, as a draft.

    Signals:
        confirmed: what was decided (Decision).
    """

    confirmed = Signal(object)

    def __init__(self, parent: QWidget | None, step: Step, verb: str, says: str, asks: str) -> None:
        """verb: on the button and as title; says: what it does; asks: what the note is for."""
        super().__init__(parent, _WIDTH)
        self.step = step
        self.setWindowTitle(verb)
        self._card: Card | None = None
        self._about = PlainLabel(role="heading")
        self._about.setWordWrap(True)
        self._who = PlainLabel(role="muted")
        self._who.setWordWrap(True)
        self._says = PlainLabel(says)
        self._says.setWordWrap(True)
        self._refusal = PlainLabel(role="refusal")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self.note = NoteField(
            asks, self.tr("{asks} (Shift+Enter for a new line)").format(asks=asks)
        )
        self.note.confirmed.connect(self.confirm)
        self.confirm_button = QPushButton(verb)
        self.confirm_button.setProperty("kind", "primary")
        self.confirm_button.setDefault(True)
        self.confirm_button.clicked.connect(self.confirm)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self._build()

    def _build(self) -> None:
        column = self.column
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._about)
        column.addWidget(self._who)
        column.addWidget(self._says)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        column.addLayout(self.body)
        column.addWidget(self.note)
        column.addWidget(self._refusal)
        line = QHBoxLayout()
        hint = self.tr("Enter confirms, Esc closes and keeps what you typed")
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
        self.confirm_button.setEnabled(self.step in card.can)

    def draft(self) -> Draft:
        """What was typed and chosen so far."""
        return Draft(self.note.toPlainText(), self._outcome(), self._choice(), self._on())

    def restore(self, draft: Draft) -> None:
        """Put back what was typed before."""
        self.note.setPlainText(draft.note)

    def confirm(self) -> None:
        """Tell what was decided, once; refused by a sentence if something is missing."""
        if self._card is None or not self.confirm_button.isEnabled():
            return
        if missing := self._missing():
            self.show_refusal(missing, again=True)
            self._focus_missing()
            return
        self.confirm_button.setEnabled(False)
        decision = Decision(
            self.step,
            self._card.alert_id,
            self._card.version,
            self._card.title,
            self.note.toPlainText().strip(),
            self._outcome(),
            self._on(),
        )
        self.confirmed.emit(decision)

    def show_refusal(self, text: str, *, again: bool) -> None:
        """Say why it was not done; the note stays. `again`: it may be tried once more."""
        kept = self.tr("What you typed is kept here.")
        self._refusal.setText(f"{text} {kept}" if self.note.toPlainText().strip() else text)
        self._refusal.show()
        self.confirm_button.setEnabled(again)
        self.note.setFocus()
        self.fit()

    def _missing(self) -> str:
        return ""

    def _focus_missing(self) -> None:
        """Give the keyboard to what `_missing` asks for."""

    def _outcome(self) -> str:
        return ""

    def _choice(self) -> str:
        return ""

    def _on(self) -> dt.date | None:
        return None
