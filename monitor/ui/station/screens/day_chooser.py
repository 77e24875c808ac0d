"""Asks for a day in the near future: a few buttons, and a calendar for any other day."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from monitor.ui.shared.widgets.choices import Chips, Choice
from monitor.ui.station.dates import day_and_month, weekday_date, working_day_after

_OFFERED = (1, 2, 7)
"""In how many days the buttons are, as far as that is allowed."""
_WORKING_DAYS = 3
"""In how many working days one more button is: the usual time to look again."""
_LIKELY = 14
"""Where the calendar opens, in days from today, as far as that is allowed."""
_OTHER, _WORKING = "other", "working"


class DayChooser(QWidget):
    """Buttons for the days that are most often meant; "Other day" opens a calendar.

    Signals:
        changed: another day was chosen.
    """

    changed = Signal()

    def __init__(self, name: str, today: dt.date, most_days: int, by_itself: str = "") -> None:
        """most_days: how far away the last day may be; 0 only where no day need be chosen.

        by_itself: what then stands on the first button, "" where a day must be chosen.
        """
        super().__init__()
        self._today = today
        days = [day for day in _OFFERED if day <= most_days]
        self._chips = Chips(name, 6)
        self._choices = [Choice("", by_itself)] if by_itself else []
        self._choices += [Choice(str(day), *self._label(day)) for day in days]
        if (self._working_day - today).days <= most_days:
            self._choices.insert(-1 if 7 in days else len(self._choices), self._working())
        if most_days > len(days):
            self._choices.append(Choice(_OTHER, self.tr("Other day…")))
        self.calendar = QDateEdit()
        self.calendar.setAccessibleName(self.tr("The day"))
        self.calendar.setCalendarPopup(True)
        self.calendar.setDisplayFormat("ddd d MMM yyyy")
        self.calendar.setDateRange(_qdate(self._on(1)), _qdate(self._on(max(most_days, 1))))
        self.calendar.setDate(_qdate(self._on(max(1, min(most_days, _LIKELY)))))
        line = QHBoxLayout()
        line.addWidget(self.calendar)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._chips)
        column.addLayout(line)
        self.choose(self._choices[0].key)
        for button in self._chips.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter confirms the dialog, Space presses
        self._chips.chosen.connect(self._choose_by_hand)
        self.calendar.dateChanged.connect(self.changed)

    @property
    def choice(self) -> str:
        """The key of the button that is pressed.

        "" by itself, a number of days, "working" (in 3 working days), "other".
        """
        return self._choice

    @property
    def date(self) -> dt.date | None:
        """The day that is chosen; None where it comes by itself."""
        if self._choice == _OTHER:
            return dt.date(*self.calendar.date().getDate())
        if self._choice == _WORKING:
            return self._working_day
        return self._on(int(self._choice)) if self._choice else None

    def choose(self, choice: str, date: dt.date | None = None) -> None:
        """Press a button; `date` is the calendar's where it is the one for any other day."""
        if choice not in {one.key for one in self._choices}:
            return
        self._choice = choice
        if date is not None:
            self.calendar.setDate(_qdate(date))
        self._chips.show_choices(self._choices, choice)
        self.calendar.setVisible(choice == _OTHER)

    def take_keyboard(self) -> None:
        """Give the keyboard to the button that is pressed."""
        self._chips.button(self._choice).setFocus(Qt.FocusReason.TabFocusReason)

    def _choose_by_hand(self, choice: str) -> None:
        self.choose(choice)
        self.changed.emit()

    def _on(self, days: int) -> dt.date:
        return self._today + dt.timedelta(days=days)

    @property
    def _working_day(self) -> dt.date:
        return working_day_after(self._today, _WORKING_DAYS)

    def _working(self) -> Choice:
        said = self.tr("{date} (Monday to Friday count; public holidays are not known)")
        hint = said.format(date=weekday_date(self._working_day, self._today))
        words = self.tr("In {n} working days").format(n=_WORKING_DAYS)
        return Choice(_WORKING, words, hint)

    def _label(self, days: int) -> tuple[str, str]:
        """What stands on a button, and the whole date as its hint."""
        date = self._on(days)
        hint = weekday_date(date, self._today)
        if days == 1:
            return self.tr("Tomorrow"), hint
        if days == 7:
            return self.tr("In a week"), hint
        return day_and_month(date, self._today), hint


def _qdate(date: dt.date) -> QDate:
    return QDate(date.year, date.month, date.day)
