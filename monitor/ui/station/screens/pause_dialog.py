"""Pauses a follow-up for some days, and says which reports will then not be expected."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from monitor.ui.shared.widgets.choices import Chips, Choice
from monitor.ui.station.forms import PauseState, PauseTyped
from monitor.ui.station.screens.ask_dialog import AskDialog, take_keyboard
from monitor.ui.station.screens.date_field import DateField, Said
from monitor.ui.station.screens.form_field import FormField
from monitor.ui.station.screens.patient_fields import beside
from monitor.ui.station.typed_dates import near_dates

_SETTLED_MS = 200
"""For so long nothing may be typed before it is asked what the pause would mean."""


class PauseDialog(AskDialog):
    """Asks from when to when, and why.

    Signals:
        foresight_wanted: what would this pause mean? (PauseTyped)
    """

    foresight_wanted = Signal(object)

    def __init__(self, state: PauseState, said: Said, parent: QWidget | None = None) -> None:
        """said: how a date is said back."""
        super().__init__(parent, self.tr("Pause the follow-up"), state.about, self.tr("Note"))
        self._chosen = ""
        self._reasons = state.reasons
        read = partial(near_dates, today=state.today)
        self.first, self.last = (DateField(read, said, state.today) for _ in range(2))
        self.reason = Chips(self.tr("Why"), 6)
        self.fields["first"] = FormField(self.tr("First day"), self.first)
        self.fields["last"] = FormField(self.tr("Last day"), self.last)
        self.body.addLayout(beside(self.fields["first"], self.fields["last"]))
        self.add_field("reason", FormField(self.tr("Why"), self.reason))
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(lambda: self.foresight_wanted.emit(self.typed()))
        self.first.setText(state.first)
        self._show_reasons()
        self.reason.chosen.connect(self._choose)
        for field in (self.first, self.last):
            field.changed.connect(self._on_edited)
        self._on_edited()
        take_keyboard(self.last)

    def typed(self) -> PauseTyped:
        return PauseTyped(
            self.first.text().strip(),
            self.last.text().strip(),
            self._chosen,
            self.note.toPlainText().strip(),
        )

    def restore(self, typed: object) -> None:
        if isinstance(typed, PauseTyped):
            self.first.setText(typed.first)
            self.last.setText(typed.last)
            self.note.setPlainText(typed.note)
            self._chosen = typed.reason
            self._show_reasons()

    def show_foresight(self, typed: PauseTyped, lines: tuple[str, ...]) -> None:
        """Say what a pause would mean; an answer to an older question is not shown."""
        now = self.typed()
        if (typed.first, typed.last) == (now.first, now.last):
            self.say("\n".join(lines))

    def _choose(self, reason: str) -> None:
        self._chosen = reason

    def _show_reasons(self) -> None:
        self.reason.show_choices([Choice(*reason) for reason in self._reasons], self._chosen)
        for button in self.reason.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter confirms the dialog, Space presses

    def _on_edited(self) -> None:
        if self.first.date is None or self.last.date is None:
            self.say(self.tr("While it is paused no report is expected, and nobody is called."))
        else:
            self._settled.start()
        self.fit()
