"""Puts an alert aside until a day, with a reason."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.dates import weekday_date
from monitor.ui.station.screens.action_dialog import ActionDialog
from monitor.ui.station.screens.day_chooser import DayChooser
from monitor.ui.station.views import Card, Draft


class SnoozeDialog(ActionDialog):
    """Asks until when, at most as far as the alert's priority allows, and why."""

    def __init__(self, card: Card, now: dt.datetime, parent: QWidget | None = None) -> None:
        """now: in the clinic's zone."""
        says = self.tr("Nobody need look at it until then. If it gets worse it comes back at once.")
        super().__init__(parent, "snooze", self.tr("Put aside"), says, self.tr("Why"))
        self._today = now.date()
        self._last = now.date() + dt.timedelta(days=card.snooze_days)
        self._words, self._most = card.words, card.snooze_days
        self.days = DayChooser(self.tr("Put aside until"), now.date(), card.snooze_days)
        self._until = PlainLabel(role="strong")
        self._until.setWordWrap(True)
        self._cap = PlainLabel(role="small")
        self._cap.setWordWrap(True)
        self._cap.setText(self._cap_words())
        self.days.changed.connect(self._say_until)
        self.body.addWidget(self.days)
        self.body.addWidget(self._until)
        self.body.addWidget(self._cap)
        self._say_until()
        self.days.take_keyboard()

    def restore(self, draft: Draft) -> None:
        super().restore(draft)
        self.days.choose(draft.choice, draft.on)
        self._say_until()

    def _cap_words(self) -> str:
        last = weekday_date(self._last, self._today)
        said = self.tr("“{priority}” may be put aside for {n} days at most, until {last}.")
        return said.format(priority=self._words, n=self._most, last=last)

    def _say_until(self) -> None:
        date = self.days.date
        if date is not None:
            said = self.tr("It comes back on {date}.")
            self._until.setText(said.format(date=weekday_date(date, self._today)))
        self.fit()

    def _missing(self) -> str:
        typed = self.note.toPlainText().strip()
        return "" if typed else self.tr("Say why it is put aside.")

    def _focus_missing(self) -> None:
        self.note.setFocus()

    def _choice(self) -> str:
        return self.days.choice

    def _on(self) -> dt.date | None:
        return self.days.date
