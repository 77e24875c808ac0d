"""What dialogs that change one follow-up have in common: fields, what it means, a note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.widgets.choices import Chips
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.forms import NOTE, Faults
from monitor.ui.station.screens.date_field import DateField
from monitor.ui.station.screens.fitting_dialog import FittingDialog
from monitor.ui.station.screens.form_field import FormField
from monitor.ui.station.screens.note_field import NoteField

_WIDTH = 580


class AskDialog(FittingDialog):
    """Asks before something is done to a follow-up. Esc closes it; whoever opened it keeps it.

    Signals:
        confirmed: what is to be done, as `typed` gives it.
    """

    confirmed = Signal(object)

    def __init__(
        self, parent: QWidget | None, verb: str, about: str, asks: str, hint: str = ""
    ) -> None:
        """verb: on the button and as title; about: whose; asks, hint: what the note is for."""
        super().__init__(parent, _WIDTH)
        self.setWindowTitle(verb)
        self.fields: dict[str, FormField] = {}
        self._about = PlainLabel(about, "muted")
        self._about.setWordWrap(True)
        self.says = PlainLabel(role="foresight")
        self.says.setWordWrap(True)
        self.says.setAccessibleName(self.tr("What it means"))
        self.note = NoteField(asks, hint)
        self.note.confirmed.connect(self.confirm)
        self._refusal = PlainLabel(role="refusal")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self.confirm_button = QPushButton(verb)
        self.confirm_button.setProperty("kind", "primary")
        self.confirm_button.setDefault(True)
        self.confirm_button.clicked.connect(self.confirm)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        column = self.column
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(verb, "title"))
        column.addWidget(self._about)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        column.addLayout(self.body)
        self.fields[NOTE] = FormField(asks, self.note)
        for widget in (self.fields[NOTE], self.says, self._refusal):
            column.addWidget(widget)
        line = QHBoxLayout()
        hint_below = self.tr("Enter confirms, Esc keeps what you typed")
        line.addWidget(PlainLabel(hint_below, "small"))
        line.addStretch(1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.confirm_button)
        column.addLayout(line)

    @property
    def refusal(self) -> str:
        """What stands in the way now, "" for nothing."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    @property
    def faults(self) -> dict[str, str]:
        """Name of a field -> what is said to be wrong with it."""
        return {name: field.fault for name, field in self.fields.items() if field.fault}

    def typed(self) -> object:
        """What stands in the fields: the note alone, where nothing else is asked."""
        return self.note.toPlainText().strip()

    def restore(self, typed: object) -> None:
        """Put back what was typed before."""
        self.note.setPlainText(str(typed))

    def confirm(self) -> None:
        """Tell what is to be done, once."""
        if self.confirm_button.isEnabled():
            self._refusal.hide()
            self.confirm_button.setEnabled(False)
            self.confirmed.emit(self.typed())

    def show_faults(self, faults: Faults) -> None:
        """Say all that is wrong, each beside its field; the first one gets the keyboard."""
        self.confirm_button.setEnabled(True)
        for name, field in self.fields.items():
            field.show_fault(faults.get(name, ""))
        wrong = [field for name, field in self.fields.items() if name in faults]
        if wrong:
            first = min(wrong, key=lambda field: field.mapTo(self, field.rect().topLeft()).y())
            take_keyboard(first.field)
        self.fit()

    def show_refusal(self, text: str, *, again: bool) -> None:
        """Say why it was not done; what was typed stays. `again`: it may be tried once more."""
        self._refusal.setText(text)
        self._refusal.show()
        self.confirm_button.setEnabled(again)
        self.fit()

    def say(self, text: str, *, bad: bool = False) -> None:
        """Say what it means. bad: why it cannot be."""
        self.says.setText(text)
        self.says.setVisible(bool(text))
        self.says.setProperty("bad", str(bad).lower())
        restyle(self.says)
        self.fit()

    def fit(self) -> None:
        # What a field says below itself comes and goes; Qt would look at that only later.
        for child in self.findChildren(QWidget):
            if (layout := child.layout()) is not None:
                layout.invalidate()
        self.column.invalidate()
        super().fit()

    def add_field(self, name: str, field: FormField) -> None:
        """Ask for something before the note."""
        self.fields[name] = field
        self.body.addWidget(field)


def take_keyboard(field: QWidget) -> None:
    """Give the keyboard to a field, or to what is to be done in it."""
    if isinstance(field, DateField):
        field.take_keyboard()
    elif isinstance(field, Chips):
        field.findChildren(QPushButton)[0].setFocus(Qt.FocusReason.TabFocusReason)
    else:
        field.setFocus(Qt.FocusReason.TabFocusReason)
