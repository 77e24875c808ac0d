"""What all dialogs have in common that ask before something is stored: a note, Enter and Esc."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.fitting_dialog import FittingDialog
from monitor.ui.station.screens.note_field import NoteField

_WIDTH = 560


class AskingDialog(FittingDialog):
    """Asks, and tells once what was answered; what is typed is never lost.

    A refusal leaves it in the dialog; Esc leaves it with whoever opened it, as a draft.

    Signals:
        confirmed: what was answered; each kind of dialog has its own record.
    """

    confirmed = Signal(object)

    def __init__(
        self, parent: QWidget | None, verb: str, says: str, asks: str, width: int = _WIDTH
    ) -> None:
        """verb: on the button and as title; says: what it does; asks: what the note is for.

        width: in device-independent pixels.
        """
        super().__init__(parent, width)
        self.setWindowTitle(verb)
        self._about = PlainLabel(role="heading")
        self._who = PlainLabel(role="muted")
        self._says = PlainLabel(says)
        self._says.setVisible(bool(says))
        self._refusal = PlainLabel(role="refusal")
        for label in (self._about, self._who, self._says, self._refusal):
            label.setWordWrap(True)
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
        self.body, self.rest = QVBoxLayout(), QVBoxLayout()
        for part in (self.body, self.rest):
            part.setSpacing(6)
        column.addLayout(self.body)
        column.addWidget(self.note)
        column.addLayout(self.rest)
        column.addWidget(self._refusal)
        line = self.buttons = QHBoxLayout()
        hint = self.tr("Enter confirms, Esc closes and keeps what you typed")
        line.addWidget(PlainLabel(hint, "small"))
        line.addStretch(1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.confirm_button)
        column.addSpacing(4)
        column.addLayout(line)

    @property
    def refusal(self) -> str:
        """What stands in the way now, "" for nothing."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    def say(self, about: str, who: str) -> None:
        """Say what is asked about, and whose it is."""
        self._about.setText(about)
        self._who.setText(who)

    def confirm(self) -> None:
        """Tell what was answered, once; refused by a sentence if something is missing."""
        if not self.confirm_button.isEnabled():
            return
        if missing := self._missing():
            self.show_refusal(missing, again=True)
            self._focus_missing()
            return
        self.confirm_button.setEnabled(False)
        self.confirmed.emit(self._answer())

    def show_refusal(self, text: str, *, again: bool) -> None:
        """Say why it was not done; the note stays. `again`: it may be tried once more."""
        kept = self.tr("What you typed is kept here.")
        self._refusal.setText(f"{text} {kept}" if self.note.toPlainText().strip() else text)
        self._refusal.show()
        self.confirm_button.setEnabled(again)
        self.note.setFocus()
        self.fit()

    def order_tabs(self, *fields: QWidget) -> None:
        """Let the Tab key go through these in turn, and all that is inside them."""
        chain = [
            part
            for field in (*fields, self.cancel_button, self.confirm_button)
            for part in (field, *field.findChildren(QWidget))
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _answer(self) -> object:
        raise NotImplementedError

    def _missing(self) -> str:
        return ""

    def _focus_missing(self) -> None:
        """Give the keyboard to what `_missing` asks for."""
