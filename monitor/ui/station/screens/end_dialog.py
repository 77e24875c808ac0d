"""Closes a follow-up, and says what happens with it; the words are calm, whatever the reason."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from monitor.ui.shared.widgets.choices import Chips, Choice
from monitor.ui.station.dates import long_date
from monitor.ui.station.forms import EndState, EndTyped
from monitor.ui.station.screens.ask_dialog import AskDialog, take_keyboard
from monitor.ui.station.screens.date_field import DateField, Said
from monitor.ui.station.screens.form_field import FormField
from monitor.ui.station.typed_dates import near_dates

_OF_THE_PERSON = frozenset({"died", "withdrew", "moved", "declined"})
"""Endings that are of the patient, and so of all their follow-ups."""


class EndDialog(AskDialog):
    """Asks how a follow-up ends and when; none of the endings is chosen beforehand."""

    def __init__(self, state: EndState, said: Said, parent: QWidget | None = None) -> None:
        """said: how a date is said back."""
        super().__init__(parent, self.tr("End the follow-up"), state.about, self.tr("Note"))
        self._state = state
        self._chosen = ""
        self.ending = Chips(self.tr("How it ends"), 6)
        self.on = DateField(lambda text: near_dates(text, state.today), said, state.today)
        self._on = FormField(self.tr("On which day"), self.on)
        self.add_field("ending", FormField(self.tr("How it ends"), self.ending))
        self.add_field("on", self._on)
        self.on.setText(long_date(state.today))
        self._show_endings()
        self.ending.chosen.connect(self._choose)
        self.on.changed.connect(self.fit)
        take_keyboard(self.ending)
        self._say()

    def typed(self) -> EndTyped:
        return EndTyped(self._chosen, self.on.text().strip(), self.note.toPlainText().strip())

    def restore(self, typed: object) -> None:
        if isinstance(typed, EndTyped):
            self.on.setText(typed.on)
            self.note.setPlainText(typed.note)
            self._choose(typed.ended_as)
            self._show_endings()

    def _choose(self, ending: str) -> None:
        self._chosen = ending
        self._say()

    def _show_endings(self) -> None:
        self.ending.show_choices([Choice(*one) for one in self._state.endings], self._chosen)
        for button in self.ending.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter confirms the dialog, Space presses

    def _say(self) -> None:
        if not self._chosen:
            self.say(self.tr("Choose how it ends; what happens then is said here."))
            return
        whole = self._chosen in _OF_THE_PERSON
        lines = []
        if self._chosen == "died":
            lines.append(
                self.tr("From that day on nobody is asked for a report, and nobody is called.")
            )
        else:
            lines.append(self.tr("No further report is expected, and nobody signs in for it."))
        if whole and self._state.episodes > 1:
            said = self.tr("All {n} open follow-ups of this patient close.")
            lines.append(said.format(n=self._state.episodes))
        lines.append(self._alerts(self._state.all_alerts if whole else self._state.alerts))
        lines.append(self.tr("What was recorded stays and can be read. It can be opened again."))
        self.say("\n".join(lines))

    def _alerts(self, count: int) -> str:
        if count == 0:
            return self.tr("No alert is open.")
        if count == 1:
            return self.tr("1 open alert is closed with it.")
        return self.tr("{n} open alerts are closed with it.").format(n=count)
