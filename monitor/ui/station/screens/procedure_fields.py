"""The fields for what was done, and for scores from before it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.station.forms import SCORE, UNSAID, Choices, FormState, ProcedureTyped
from monitor.ui.station.screens.date_field import DateField, Said
from monitor.ui.station.screens.form_field import FormField
from monitor.ui.station.screens.patient_fields import beside, box_of
from monitor.ui.station.typed_dates import near_dates


class ProcedureFields(QWidget):
    """Kind, date, levels and side of a procedure; nothing that matters is chosen beforehand.

    Signals:
        changed: something else stands in one of the fields.
    """

    changed = Signal()

    def __init__(self, state: FormState, said: Said) -> None:
        """said: how the date is said back."""
        super().__init__()
        asks = self.tr("Choose…")
        self.profile = box_of(state.profiles, asks)
        self.side = box_of(state.sides, asks)
        self.date = DateField(lambda text: near_dates(text, state.today), said, state.today)
        self.levels, self.operator = QLineEdit(), QLineEdit()
        self.levels.setPlaceholderText("C4, C5")
        self.operator.setCompleter(_completer(state.operators, self))
        self.implant = QCheckBox(self.tr("An implant was placed"))
        self.scores = {key: QLineEdit() for key, _words in state.scores}
        self.fields = {
            "profile": FormField(self.tr("Procedure"), self.profile),
            "date": FormField(self.tr("Date of the procedure"), self.date),
            "levels": FormField(self.tr("Levels"), self.levels),
            "side": FormField(self.tr("Side"), self.side),
            "operator": FormField(self.tr("Operator"), self.operator),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.fields["profile"])
        column.addWidget(self.fields["date"])
        column.addLayout(beside(self.fields["levels"], self.fields["side"]))
        column.addWidget(self.fields["operator"])
        column.addWidget(self.implant)
        self._before = self._scores_of(state.scores, state.highest)
        self.unfold = QPushButton()
        self.unfold.setProperty("kind", "link")
        self.unfold.setCheckable(True)
        self.unfold.setAutoDefault(False)
        self.unfold.toggled.connect(self._show_scores)
        column.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._before)
        column.addStretch(1)
        self.show_typed(state.typed.procedure)
        self._connect()

    def show_typed(self, typed: ProcedureTyped) -> None:
        """Put in what was typed before."""
        self.profile.setCurrentIndex(self.profile.findData(typed.profile))
        self.side.setCurrentIndex(self.side.findData(typed.side))
        self.date.setText(typed.date)
        self.levels.setText(typed.levels)
        self.operator.setText(typed.operator)
        self.implant.setChecked(typed.implant)
        for key, line in self.scores.items():
            line.setText(typed.scores.get(key, ""))
        self.unfold.setChecked(any(typed.scores.values()))
        self._show_scores(self.unfold.isChecked())

    def typed(self) -> ProcedureTyped:
        """What stands in the fields."""
        side = self.side.currentData()
        return ProcedureTyped(
            profile=str(self.profile.currentData() or ""),
            date=self.date.text().strip(),
            levels=self.levels.text().strip(),
            side=UNSAID if side is None else str(side),
            operator=self.operator.text().strip(),
            implant=self.implant.isChecked(),
            scores={key: line.text().strip() for key, line in self.scores.items() if line.text()},
        )

    def unfold_scores(self) -> None:
        """Show the scores: one of them is wrong."""
        self.unfold.setChecked(True)

    def _connect(self) -> None:
        for box in (self.profile, self.side):
            box.currentIndexChanged.connect(self.changed)
        self.date.changed.connect(self.changed)
        for line in (self.levels, self.operator, *self.scores.values()):
            line.textChanged.connect(self.changed)
        self.implant.toggled.connect(self.changed)

    def _scores_of(self, scores: Choices, highest: int) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        for number, (key, words) in enumerate(scores):
            line = self.scores[key]
            line.setPlaceholderText(self.tr("0 to {n}").format(n=highest))
            field = FormField(words, line)
            self.fields[SCORE + key] = field
            row, side = divmod(number, 2)
            grid.addWidget(field, row, side, Qt.AlignmentFlag.AlignTop)
        for side in range(2):
            grid.setColumnStretch(side, 1)
        return page

    def _show_scores(self, shown: bool) -> None:
        self._before.setVisible(shown)
        self.unfold.setText(
            self.tr("Before the procedure: put away")
            if shown
            else self.tr("Scores from before the procedure, if known…")
        )


def _completer(operators: tuple[str, ...], parent: QWidget) -> QCompleter:
    completer = QCompleter(operators, parent)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return completer
