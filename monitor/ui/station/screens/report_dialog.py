"""Enter a report: what a patient said on the telephone or wrote on paper, by keyboard."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import partial

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.text_size import follow_text_size, text_scale
from monitor.ui.shared.widgets.choices import Choice, Segments
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.answer_field import AnswerField, Options
from monitor.ui.station.screens.arrow_fields import ArrowDate
from monitor.ui.station.screens.room import keep_fitted
from monitor.ui.station.views import Entered, Entries, SheetRow, SheetState

_SIZE = (900, 680)
_FIELD, _COMPARED = 150, 212
_ALL_FIT = 1.25
"""With larger text room is kept for the second field only once it is asked for."""


class _Row:
    """The widgets of one row of the sheet, which appear and go together."""

    def __init__(
        self, row: SheetRow, before: SheetRow | None, comparisons: Options, comparison: str
    ) -> None:
        """before: the row above, whose words need not be said again.

        comparison: the accessible name of the field for the comparison.
        """
        self.row = row
        legend = _legend(row)
        is_same = before is not None and (before.section, _legend(before)) == (row.section, legend)
        is_asked = before is None or before.question != row.question
        self.name = PlainLabel(row.name, "strong")
        self.name.setWordWrap(True)
        self.question = PlainLabel(row.question if is_asked else "", "small")
        self.question.setWordWrap(True)
        self.ends = PlainLabel("" if is_same else legend, "small")
        self.ends.setWordWrap(True)
        self.text = QWidget()
        column = QVBoxLayout(self.text)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for label in (self.name, self.question, self.ends):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            if not label.text():
                label.hide()
            column.addWidget(label)
        self.answer = AnswerField(
            f"{row.name}. {row.question} {legend}",
            range(row.lowest, row.highest + 1),
            row.options,
        )
        self.compared = AnswerField(comparison.format(name=row.name), options=comparisons)
        self.compared.hide()
        for field, width in ((self.answer, _FIELD), (self.compared, _COMPARED)):
            follow_text_size(field, partial(_widen, field, width))

    def show(self, is_asked: bool) -> None:
        for widget in (self.text, self.answer):
            widget.setVisible(is_asked)
        self.compared.setVisible(is_asked and self.is_compared)

    @property
    def is_compared(self) -> bool:
        """Whether what is entered is so much that it is asked how it was before."""
        least, value = self.row.compares, self.answer.value
        return least is not None and value.isdecimal() and int(value) >= least

    @property
    def fields(self) -> list[AnswerField]:
        """The fields that the keyboard comes to, in order."""
        return [f for f in (self.answer, self.compared) if not f.isHidden()]


class ReportDialog(QDialog):
    """The form of one patient on one day. Esc closes it; whoever opened it keeps what was typed.

    Signals:
        edited: something was entered (Entries).
        date_chosen: the sheet of another day is wanted (date).
        confirmed: the report is to be stored (Entries, where it is from).
    """

    edited = Signal(object)
    date_chosen = Signal(object)
    confirmed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[_Row] = []
        self.episode_id = ""
        self._date = dt.date.min
        self._entered_by: Entered = "nurse_phone"
        self.setWindowTitle(self.tr("Enter a report"))
        keep_fitted(self, QSize(*_SIZE))
        self.about = PlainLabel(role="heading")
        self.form = PlainLabel(role="muted")
        self.source = Segments(self.tr("Where the answers are from"))
        self.source.show_choices(
            (
                Choice("nurse_phone", self.tr("By telephone")),
                Choice("nurse_paper", self.tr("From paper")),
            ),
            self._entered_by,
        )
        self.source.chosen.connect(self._choose_source)
        self.date = ArrowDate(QDate.currentDate())
        self.date.setAccessibleName(self.tr("Answered on"))
        self.date.setDisplayFormat("ddd d MMM yyyy")
        self.date.setCalendarPopup(True)
        self.date.userDateChanged.connect(self._choose_date)
        self.store_button = QPushButton(self.tr("Store report  Ctrl+Enter"))
        self.store_button.setProperty("kind", "primary")
        self.store_button.setShortcut("Ctrl+Return")
        self.store_button.setAutoDefault(False)
        self.store_button.clicked.connect(self.confirm)
        self._refusal = PlainLabel(role="refusal")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self._sheet = QScrollArea()
        self._sheet.setWidgetResizable(True)
        self._sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()

    @property
    def refusal(self) -> str:
        """Why it is not stored, "" for nothing."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    def show_sheet(self, state: SheetState, entries: Entries) -> None:
        """Show the form of a day with what was entered on it before."""
        self.episode_id = state.episode_id
        self.about.setText(state.about)
        self.form.setText(state.form)
        self._date = state.date
        self.date.blockSignals(True)
        self.date.setDateRange(_qdate(state.first_date), _qdate(state.today))
        self._show_date()
        self.store_button.setEnabled(True)
        comparison = self.tr("{name}: compared with before")
        self.rows = [
            _Row(row, before, state.comparisons, comparison)
            for before, row in itertools.pairwise((None, *state.rows))
            if row is not None
        ]
        self._fill()
        for row in self.rows:
            row.answer.show_value(entries.values.get(row.row.key, ""))
            row.compared.show_value(entries.compared.get(row.row.key, ""))
            self._connect(row)

    def show_asked(self, keys: frozenset[str]) -> None:
        """Show the rows that are asked as things stand."""
        for row in self.rows:
            row.show(row.row.key in keys)

    def show_refusal(self, text: str) -> None:
        """Say why it is not stored; what was typed stays."""
        self._refusal.setText(text)
        self._refusal.show()
        self._show_date()
        self.store_button.setEnabled(True)

    def entries(self) -> Entries:
        """Everything that is entered now."""
        return Entries(
            {row.row.key: row.answer.value for row in self.rows if row.answer.value},
            {row.row.key: row.compared.value for row in self.rows if row.compared.value},
        )

    def confirm(self) -> None:
        """Have the report stored, once."""
        if self.store_button.isEnabled():
            self._refusal.hide()
            self.store_button.setEnabled(False)
            self.confirmed.emit(self.entries(), self._entered_by)

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is in one of the fields of the sheet."""
        return any(field.hasFocus() for field in self._fields())

    def take_keyboard(self) -> None:
        """Give the keyboard to the first field that has no answer."""
        fields = self._fields()
        empty = next((field for field in fields if not field.value), None)
        if empty is not None:
            self._go_to(empty)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.source)
        top.addWidget(self.date)
        top.addWidget(self.form, 1)
        hint = PlainLabel(
            self.tr("Shift+N: none of the rest of this part. What stays empty was not asked."),
            "small",
        )
        cancel = QPushButton(self.tr("Close  Esc"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        hint.setWordWrap(True)
        bottom = QHBoxLayout()
        bottom.addWidget(hint, 1)
        bottom.addWidget(cancel)
        bottom.addWidget(self.store_button)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        column.addWidget(self.about)
        column.addLayout(top)
        column.addWidget(self._sheet, 1)
        column.addWidget(self._refusal)
        column.addLayout(bottom)

    def _fill(self) -> None:
        page = QWidget()
        page.setProperty("ground", "paper")
        grid = QGridLayout(page)
        grid.setContentsMargins(12, 8, 12, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        if text_scale(self) <= _ALL_FIT:
            grid.setColumnMinimumWidth(2, _COMPARED)
        line, section = 0, ""
        for row in self.rows:
            if row.row.section != section:
                section = row.row.section
                heading = PlainLabel(section, "section")
                heading.setWordWrap(True)
                grid.addWidget(heading, line, 0, 1, 3)
                line += 1
            grid.addWidget(row.text, line, 0)
            grid.addWidget(row.answer, line, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(row.compared, line, 2, Qt.AlignmentFlag.AlignTop)
            line += 1
        grid.setRowStretch(line, 1)
        self._sheet.setWidget(page)

    def _connect(self, row: _Row) -> None:
        for field in (row.answer, row.compared):
            field.changed.connect(self._tell)
            field.filled.connect(lambda field=field: self._step(field, 1))
            field.left.connect(lambda by, field=field: self._step(field, by))
            field.rest_denied.connect(lambda row=row: self._deny_rest(row))

    def _tell(self) -> None:
        self._refusal.hide()
        self.edited.emit(self.entries())

    def _fields(self) -> list[AnswerField]:
        return [field for row in self.rows for field in row.fields]

    def _step(self, field: AnswerField, by: int) -> None:
        """Go to the next field, or from the last one to the button that stores."""
        fields = self._fields()
        index = fields.index(field) + by
        if index >= len(fields):
            self.store_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif index >= 0:
            self._go_to(fields[index])

    def _go_to(self, field: AnswerField) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self._sheet.ensureWidgetVisible(field, 0, 90)

    def _deny_rest(self, here: _Row) -> None:
        """Answer what is empty in the section of a row with none, and go on after it.

        What stands in no section (pain, medicine) was asked by itself and has its own answer.
        """
        if not here.row.section:
            return
        section = [row for row in self.rows if row.row.section == here.row.section]
        for row in section:
            if not row.answer.isHidden() and not row.answer.value:
                row.answer.show_value(row.row.denial)
        self._tell()
        self._step(section[-1].fields[-1] if section[-1].fields else here.answer, 1)

    def _choose_source(self, source: str) -> None:
        self._entered_by = "nurse_paper" if source == "nurse_paper" else "nurse_phone"

    def _show_date(self) -> None:
        """Show the day of the sheet, also where that of another day could not be read."""
        self.date.blockSignals(True)
        self.date.setDate(_qdate(self._date))
        self.date.blockSignals(False)

    def _choose_date(self, date: QDate) -> None:
        self.store_button.setEnabled(False)  # until the sheet of that day is there
        self.date_chosen.emit(dt.date(date.year(), date.month(), date.day()))


def _legend(row: SheetRow) -> str:
    if row.options:
        return " · ".join(f"{key} {text}" for _, key, text in row.options)
    return f"{row.lowest} {row.low} · {row.highest} {row.high}"


def _qdate(date: dt.date) -> QDate:
    return QDate(date.year, date.month, date.day)


def _widen(field: QWidget, width: int, scale: float) -> None:
    field.setFixedWidth(round(width * scale))
