"""Takes an alert in hand: it stays on the list, with who has it and when it comes back."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.dates import moment, weekday_date
from monitor.ui.station.screens.action_dialog import ActionDialog
from monitor.ui.station.screens.day_chooser import DayChooser
from monitor.ui.station.views import Card, Draft


class AcknowledgeDialog(ActionDialog):
    """Asks when the alert comes back, and for a note; both may be left as they are."""

    def __init__(self, card: Card, now: dt.datetime, parent: QWidget | None = None) -> None:
        """now: in the clinic's zone."""
        says = self.tr("You have seen it and take care of it. It stays on the list.")
        verb = self.tr("Take in hand")
        super().__init__(parent, "acknowledge", verb, says, self.tr("Note"))
        self._now = now
        self._hours = card.close_hours
        by_itself = self.tr("As the protocol says")
        name, most = self.tr("Comes back"), self._most_days(card)
        self.days = DayChooser(name, now.date(), most, by_itself)
        self.days.setVisible(bool(most))
        self._when = PlainLabel(role="strong")
        self._when.setWordWrap(True)
        self.days.changed.connect(self._say_when)
        self.body.addWidget(self.days)
        self.body.addWidget(self._when)
        self._say_when()
        self.note.setFocus()

    def restore(self, draft: Draft) -> None:
        super().restore(draft)
        self.days.choose(draft.choice, draft.on)
        self._say_when()

    def _most_days(self, card: Card) -> int:
        """How far away the day may be: until it must be closed, or as it may be put aside."""
        if card.close_hours is None:
            return card.snooze_days
        closed_by = self._now + dt.timedelta(hours=card.close_hours)
        return max(card.snooze_days, (closed_by.date() - self._now.date()).days)

    def _say_when(self) -> None:
        date = self.days.date
        if date is not None:
            said = self.tr("If it is still open it comes back on {date}.")
            self._when.setText(said.format(date=weekday_date(date, self._now.date())))
        elif self._hours is None:
            self._when.setText(self.tr("It does not come back by itself."))
        else:
            said = self.tr("If it is still open it comes back {when}.")
            at = self._now + dt.timedelta(hours=self._hours)
            self._when.setText(said.format(when=moment(at, self._now)))
        self.fit()

    def _choice(self) -> str:
        return self.days.choice

    def _on(self) -> dt.date | None:
        return self.days.date
