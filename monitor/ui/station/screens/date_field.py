"""A date that is typed as one likes, said back in words, and asked about where it can be two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.dates import long_date
from monitor.ui.station.typed_dates import only

Read = Callable[[str], tuple[dt.date, ...]]
"""Every date that a text can mean (`monitor.ui.station.typed_dates`)."""

Said = Callable[[dt.date], str]
"""How a date is said back, such as "31 January 1970, 56 years"."""


class DateField(QWidget):
    """A line to type a date in. Where two can be meant, both are buttons below it.

    Signals:
        changed: something else stands in it.
    """

    changed = Signal()

    def __init__(self, read: Read, said: Said, like: dt.date) -> None:
        """like: the date that stands in it as an example."""
        super().__init__()
        self._reads, self._said = read, said
        self.line = QLineEdit()
        short, long = f"{like.day}.{like.month}.{like.year}", long_date(like)
        example = self.tr("{short} or {long}").format(short=short, long=long)
        self.line.setPlaceholderText(example)
        self.says = PlainLabel(role="small")
        self.says.setWordWrap(True)
        self._buttons: list[QPushButton] = []
        self._asked = QWidget()
        self._ways = QHBoxLayout(self._asked)
        self._ways.setContentsMargins(0, 0, 0, 0)
        self._ways.setSpacing(6)
        self._asked.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.line)
        column.addWidget(self.says)
        column.addWidget(self._asked)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._read)
        self._read()

    def setAccessibleName(self, name: str) -> None:
        """Name the line too, which is what the keyboard goes to."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:
        super().setAccessibleDescription(text)
        self.line.setAccessibleDescription(text)

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """What the text can mean: one date, none, or several that it must be chosen from."""
        return self._reads(self.line.text())

    @property
    def date(self) -> dt.date | None:
        """The date, None while it is none or can be several."""
        return only(self.dates)

    @property
    def ways(self) -> list[QPushButton]:
        """The buttons to choose with, where it can be several."""
        return list(self._buttons)

    def text(self) -> str:
        return self.line.text()

    def setText(self, text: str) -> None:
        self.line.setText(text)

    def take_keyboard(self) -> None:
        """Give the keyboard to what is to be done: the choice, or the line."""
        field = self._buttons[0] if self._buttons else self.line
        field.setFocus(Qt.FocusReason.TabFocusReason)

    def _read(self) -> None:
        dates = self.dates
        for button in self._buttons:
            self._ways.removeWidget(button)
            button.hide()  # it may be the one that was pressed, and goes when that is over
            button.deleteLater()
        self._buttons = []
        self._asked.setVisible(len(dates) > 1)
        self.says.setVisible(bool(dates))
        if len(dates) > 1:
            self.says.setText(self.tr("Which day is it?"))
            self._ask(dates)
        elif dates:
            self.says.setText(self._said(dates[0]))
        self.changed.emit()

    def _ask(self, dates: tuple[dt.date, ...]) -> None:
        before: QWidget = self.line
        for date in dates:
            button = QPushButton(long_date(date))
            button.setProperty("kind", "chip")
            button.clicked.connect(lambda _checked, chosen=date: self._choose(chosen))
            self._ways.addWidget(button)
            self._buttons.append(button)
            self.setTabOrder(before, button)
            before = button

    def _choose(self, date: dt.date) -> None:
        self.line.setFocus()
        self.line.setText(long_date(date))
