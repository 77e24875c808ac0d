"""The audit page: who did what to whom, and when."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.dates import LOCALE
from monitor.ui.station.keeping import AuditState, Wanted
from monitor.ui.station.screens.arrow_fields import ArrowBox, ArrowDate
from monitor.ui.station.screens.lines_table import LinesTable

_DAYS = 7


class AuditPage(QWidget):
    """What is looked for above, what was found below.

    Signals:
        searched: what is looked for (Wanted).
        turned: an older page (1) or a newer one (-1).
    """

    searched = Signal(object)
    turned = Signal(int)

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.patient = QLineEdit()
        self.patient.setPlaceholderText(self.tr("Number or name"))
        self.actor = ArrowBox()
        self.actor.addItem(self.tr("Anybody"), "")
        self.group = ArrowBox()
        for group, words in (
            ("", self.tr("Anything")),
            ("views", self.tr("Looked at a patient")),
            ("prints", self.tr("Printed")),
            ("sign_ins", self.tr("Signed in, locked, refused")),
            ("users", self.tr("Users and PINs")),
        ):
            self.group.addItem(words, group)
        self.first = self._date(today - dt.timedelta(days=_DAYS - 1))
        self.last = self._date(today)
        self.go = QPushButton(self.tr("Search"))
        self.go.setProperty("kind", "primary")
        self.newer = QPushButton(self.tr("Newer"))
        self.older = QPushButton(self.tr("Older"))
        self._says = PlainLabel(self.tr("Reading…"), "muted")
        self.table = LinesTable(
            self.tr("What was done"),
            (
                self.tr("When"),
                self.tr("Who"),
                self.tr("Where"),
                self.tr("What"),
                self.tr("About"),
                self.tr("Why"),
            ),
            (150, 170, 100, 180, 220, 0),
        )
        self._lay_out()
        self.go.clicked.connect(self.search)
        self.patient.returnPressed.connect(self.search)
        self.newer.clicked.connect(lambda: self.turned.emit(-1))
        self.older.clicked.connect(lambda: self.turned.emit(1))

    def search(self) -> None:
        """Look for what stands in the fields."""
        self._says.setText(self.tr("Reading…"))
        self.searched.emit(
            Wanted(
                _plain(self.first.date()),
                _plain(self.last.date()),
                self.patient.text(),
                self.actor.currentData(),
                self.group.currentData(),
            )
        )

    def show_state(self, state: AuditState) -> None:
        """Show one page of what was found."""
        self.table.show_rows(state.rows)
        self._says.setText(state.says)
        self.newer.setEnabled(state.has_newer)
        self.older.setEnabled(state.has_older)
        chosen = self.actor.currentData()
        while self.actor.count() > 1:
            self.actor.removeItem(1)
        for name in state.actors:
            self.actor.addItem(name, name)
        self.actor.setCurrentIndex(max(0, self.actor.findData(chosen)))

    def show_refusal(self, text: str) -> None:
        """Say why nothing was found."""
        self.table.show_rows(())
        self._says.setText(text)
        self.newer.setEnabled(False)
        self.older.setEnabled(False)

    def _date(self, date: dt.date) -> ArrowDate:
        field = ArrowDate(QDate(date.year, date.month, date.day))
        field.setLocale(LOCALE)
        field.setDisplayFormat("d MMM yyyy")
        field.setCalendarPopup(True)
        return field

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        fields = (
            (self.tr("Patient"), self.patient, 3),
            (self.tr("Who"), self.actor, 3),
            (self.tr("What"), self.group, 3),
            (self.tr("From"), self.first, 2),
            (self.tr("To"), self.last, 2),
        )
        for place, (title, field, share) in enumerate(fields):
            field.setAccessibleName(title)
            grid.addWidget(PlainLabel(title, "small"), 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, share)
        grid.addWidget(self.go, 1, len(fields))
        bottom = QHBoxLayout()
        bottom.setSpacing(10)
        bottom.addWidget(self._says, 1)
        bottom.addWidget(self.newer)
        bottom.addWidget(self.older)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("Audit"), "name"))
        column.addLayout(grid)
        column.addWidget(self.table, 1)
        column.addLayout(bottom)
        self.setFocusProxy(self.patient)


def _plain(date: QDate) -> dt.date:
    return dt.date(date.year(), date.month(), date.day())
