"""Logs a contact: an attempt to reach the patient and what came of it, or what else happened."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.station.contact_views import ContactEntry, ContactSheet
from monitor.ui.station.screens.alert_field import AlertField
from monitor.ui.station.screens.arrow_fields import ArrowDate
from monitor.ui.station.screens.asking_dialog import AskingDialog
from monitor.ui.station.screens.asking_grid import AskingGrid
from monitor.ui.station.screens.day_chooser import DayChooser
from monitor.ui.station.screens.key_chips import KeyChips, KeyChoice, numbered
from monitor.ui.station.views import Card

_WIDTH, _DAY_WIDTH = 780, 190
_NEXT_DAYS = 365
"""How far away the next contact may be."""
_KEYS = {
    "phone": "p",
    "in_person": "i",
    "letter": "l",
    "visit": "v",
    "medicine": "m",
    "imaging": "g",
    "physiotherapy": "t",
    "activity": "a",
    "other": "o",
}


class ContactDialog(AskingDialog):
    """The keyboard begins at what came of a call, so that "no answer" is C, N, Enter.

    Tells a ContactEntry.

    Signals:
        escalation_wanted: a doctor has to hear of it; what is in here is kept as a draft.
    """

    escalation_wanted = Signal()

    def __init__(self, sheet: ContactSheet, alert_id: str, parent: QWidget | None = None) -> None:
        """alert_id: the one it is about as far as anybody knows, "" for none."""
        verb = self.tr("Log contact")
        super().__init__(parent, verb, "", self.tr("In your own words"), _WIDTH)
        self._sheet = sheet
        self.say(verb, " · ".join(part for part in (sheet.who, sheet.phone) if part))
        kinds = [KeyChoice(code, _KEYS.get(code, ""), words) for code, words in sheet.kinds]
        self.kind = KeyChips(self.tr("What"), kinds, several=False)
        self.came_of = KeyChips(self.tr("Result"), self._results(), several=False)
        self.findings = KeyChips(self.tr("Findings"), numbered(sheet.findings), several=True)
        self.advice = KeyChips(self.tr("Advice"), numbered(sheet.advice), several=True)
        nothing = self.tr("Not planned")
        self.next = DayChooser(self.tr("Next contact"), sheet.today, _NEXT_DAYS, nothing)
        self.day = ArrowDate(QDate(sheet.today.year, sheet.today.month, sheet.today.day))
        self.day.setAccessibleName(self.tr("Day"))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("ddd d MMM yyyy")
        self.day.setMaximumDate(self.day.date())
        follow_text_size(self, lambda by: self.day.setMaximumWidth(round(_DAY_WIDTH * by)))
        self.alert = AlertField(sheet.cards, alert_id)
        self.escalate_button = QPushButton(self.tr("Escalate… (Alt+E)"))
        self.escalate_button.setShortcut("Alt+E")
        self.escalate_button.setAutoDefault(False)
        self.escalate_button.clicked.connect(self._escalate)
        self._ask()
        self.kind.choose({sheet.kinds[0][0]})
        self._show_parts()
        self._connect()
        self._order()
        self.came_of.take_keyboard()

    def _ask(self) -> None:
        self._above, self._below = AskingGrid(), AskingGrid()
        self._above.ask(self.tr("What"), self.kind)
        self._above.ask(self.tr("Result"), self.came_of)
        self._above.ask(self.tr("Findings"), self.findings)
        self._above.ask(self.tr("Advice"), self.advice)
        self.body.addLayout(self._above)
        self._below.ask(self.tr("Next contact"), self.next)
        self._below.ask(self.tr("About"), self.alert)
        self._below.ask(self.tr("On"), self.day)
        self._below.show_row(self.alert, shown=bool(self._sheet.cards))
        self.rest.addLayout(self._below)
        self.buttons.insertWidget(2, self.escalate_button)

    def _connect(self) -> None:
        for field in (self.kind, self.came_of):
            field.changed.connect(self._show_parts)
        self.next.changed.connect(self.fit)
        self.alert.changed.connect(self._offer)

    @property
    def episode_id(self) -> str:
        return self._sheet.episode_id

    def show_cards(self, cards: tuple[Card, ...]) -> None:
        """Offer the open alerts as they are now; after a refusal it may be tried again."""
        self.alert.show_cards(cards)
        self.confirm_button.setEnabled(True)
        self.fit()

    def draft(self) -> ContactEntry:
        """What was chosen and typed so far."""
        card = self.alert.card
        return ContactEntry(
            episode_id=self._sheet.episode_id,
            kind=self.kind.one,
            date=dt.date(*self.day.date().getDate()),
            text=self.note.toPlainText().strip(),
            result=self.came_of.one,
            findings=self.findings.chosen,
            advice=self.advice.chosen,
            next_on=self.next.date,
            choice=self.next.choice,
            alert_id=card.alert_id if card else "",
            version=card.version if card else 0,
            about=card.title if card else "",
            deed=self.alert.deed if card else "",
        )

    def restore(self, draft: ContactEntry) -> None:
        """Put back what was chosen and typed before."""
        self.kind.choose({draft.kind})
        self.came_of.choose({draft.result} - {""})
        self.findings.choose(draft.findings)
        self.advice.choose(draft.advice)
        self.note.setPlainText(draft.text)
        self.next.choose(draft.choice, draft.next_on)
        self.day.setDate(QDate(draft.date.year, draft.date.month, draft.date.day))
        self.alert.choose(draft.alert_id, draft.deed)
        self._show_parts()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Straight on from "Reached": the digits of the findings, which have just come up."""
        goes_on = self.came_of.has_keyboard and self._has_talk and not event.modifiers()
        if not (goes_on and self.findings.take_letter(event.text())):
            super().keyPressEvent(event)

    def _answer(self) -> ContactEntry:
        return self.draft()

    def _missing(self) -> str:
        if self._is_attempt and not self.came_of.one:
            return self.tr("Say what came of it.")
        if not self._is_attempt and not self._has_talk and not self.note.toPlainText().strip():
            return self.tr("Say what happened.")
        return ""

    def _focus_missing(self) -> None:
        if self._is_attempt:
            self.came_of.take_keyboard()
        else:
            self.note.setFocus()

    @property
    def _is_attempt(self) -> bool:
        return self.kind.one in self._sheet.attempts

    @property
    def _has_talk(self) -> bool:
        """Whether anybody spoke with the patient, so that there can be findings and advice."""
        return self.kind.one == "visit" or (self._is_attempt and self.came_of.one == "reached")

    def _show_parts(self) -> None:
        """Ask only what there is to say; what is hidden says nothing."""
        self._above.show_row(self.came_of, shown=self._is_attempt)
        self._below.show_row(self.next, shown=self._is_attempt)
        for field in (self.findings, self.advice):
            self._above.show_row(field, shown=self._has_talk)
            if not self._has_talk:
                field.choose(())
        if not self._is_attempt:
            self.came_of.choose(())
            self.next.choose("")
        self.fit()

    def _offer(self) -> None:
        """The alert's steps are others now."""
        self._order()
        self.fit()

    def _order(self) -> None:
        self.order_tabs(
            self.kind, self.came_of, self.findings, self.advice, self.note, self.next,
            self.alert, self.day, self.escalate_button,
        )  # fmt: skip

    def _results(self) -> tuple[KeyChoice, ...]:
        return (
            KeyChoice("reached", "r", self.tr("Reached")),
            KeyChoice("no_answer", "n", self.tr("No answer")),
            KeyChoice("wrong_number", "w", self.tr("Wrong number")),
            KeyChoice("refused", "f", self.tr("Refused")),
        )

    def _escalate(self) -> None:
        self.reject()
        self.escalation_wanted.emit()
