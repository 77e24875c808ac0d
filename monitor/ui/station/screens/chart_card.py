"""The chart with its ranges, and the table of reports in its place or beside it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.choices import Choice, Segments
from monitor.ui.shared.widgets.elided_label import ElidedLabel
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.reports_table import ReportsTable
from monitor.ui.station.views import PatientState

_BESIDE_WIDTH = 1240
_TABLE_WIDTH = 540
_LEAST_HEIGHT = 416
_LOW_HEIGHT = 600


class Draws(Protocol):
    """What the card needs of whoever draws: a canvas, and a chart on it."""

    def make(self, parent: QWidget, alert_clicked: Callable[[str], None]) -> QWidget: ...

    def show(
        self, canvas: QWidget, state: PatientState, stretch: str, unit: str, *, low: bool, lit: str
    ) -> tuple[float, float]: ...


class ChartCard(QFrame):
    """Chart and table of one patient.

    Signals:
        alert_clicked: the id of the alert whose marker on the chart was clicked.

    The canvas is made when the first chart is shown, not before: it takes longer to load
    than all the rest of the window.
    """

    alert_clicked = Signal(str)

    def __init__(self, theme: Theme, drawing: Draws, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._state: PatientState | None = None
        self._canvas: QWidget | None = None
        self._drawn_low = False
        self._range, self._unit, self._view = "all", "weeks", "chart"
        self._lit = ""
        self.setProperty("card", "true")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.views = Segments(self.tr("Chart or table"))
        self.ranges = Segments(self.tr("Stretch of time"))
        self.units = Segments(self.tr("Weeks or dates"))
        self.table = ReportsTable(theme)
        self.lit_words = ElidedLabel()
        self.lit_words.setProperty("role", "lit")
        policy = QSizePolicy.Policy
        self.lit_words.setSizePolicy(policy.Ignored, policy.Preferred)
        self.own = PlainLabel(role="small")
        self.own.setWordWrap(True)
        self.own.hide()
        self._waiting = QLabel(self.tr("Drawing…"))
        self._waiting.setProperty("role", "placeholder")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = QHBoxLayout()
        self._body.setSpacing(12)
        self._body.addWidget(self._waiting, 1)
        self._body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(11, 9, 12, 8)
        column.setSpacing(8)
        column.addLayout(self._bar())
        column.addWidget(self.own)
        column.addLayout(self._body, 1)
        self._connect()
        self._arrange()

    def show_state(self, state: PatientState) -> None:
        """Show a patient's reports in the stretch of time that was chosen last."""
        self._state = state
        self.table.show_state(state.reports)
        self.own.setText("\n".join(state.own))
        self.own.setVisible(bool(state.own))
        self._draw()

    def light(self, alert_id: str) -> None:
        """Light the answers that an alert rests on, and no others; "" lights none."""
        if alert_id != self._lit:
            self._lit = alert_id
            self._draw()

    def choose_view(self, key: str) -> None:
        """Show the "chart" or the "table"; where there is room the table stands beside it."""
        self._view = key
        self._arrange()

    def toggle_table(self) -> None:
        """From the chart to the table, and back."""
        self.views.choose("chart" if self._view == "table" else "table")

    def toggle_unit(self) -> None:
        """From weeks to dates, and back."""
        self.units.choose("weeks" if self._unit == "dates" else "dates")

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.views)
        bar.addWidget(self.lit_words, 1)
        bar.addWidget(self.ranges)
        bar.addWidget(self.units)
        self.views.show_choices(
            (
                Choice("chart", self.tr("Chart")),
                Choice("table", self.tr("Reports"), self.tr("All reports as a table (t)")),
            ),
            self._view,
        )
        self.ranges.show_choices(
            (
                Choice("6w", self.tr("6 weeks"), self.tr("The last 6 weeks (1)")),
                Choice("3m", self.tr("3 months"), self.tr("The last 3 months (2)")),
                Choice("1y", self.tr("1 year"), self.tr("The last year (3)")),
                Choice("all", self.tr("All"), self.tr("From the procedure to today (4)")),
            ),
            self._range,
        )
        self.units.show_choices(
            (
                Choice("weeks", self.tr("Weeks"), self.tr("Weeks since the procedure (d)")),
                Choice("dates", self.tr("Dates"), self.tr("Calendar dates (d)")),
            ),
            self._unit,
        )
        return bar

    def _connect(self) -> None:
        self.views.chosen.connect(self.choose_view)
        self.ranges.chosen.connect(self._choose_range)
        self.units.chosen.connect(self._choose_unit)

    def _choose_range(self, key: str) -> None:
        self._range = key
        self._draw()

    def _choose_unit(self, key: str) -> None:
        self._unit = key
        self._draw()

    def _draw(self) -> None:
        if self._state is None:
            return
        if self._canvas is None:
            self._canvas = self._drawing.make(self, self.alert_clicked.emit)
            self._body.replaceWidget(self._waiting, self._canvas)
            self._body.setStretchFactor(self._canvas, 1)
            self._waiting.deleteLater()
            self._arrange()
        self._drawn_low = self._is_low()  # first: what cannot be drawn is not tried for ever
        first, last = self._drawing.show(
            self._canvas, self._state, self._range, self._unit, low=self._drawn_low, lit=self._lit
        )
        self.lit_words.setText(self._lit_sentence(first, last))

    def _lit_sentence(self, first: float, last: float) -> str:
        """What is lit in words, such as "Lit: 5 (day 213), 6 (day 220)"."""
        assert self._state is not None
        everything = (*self._state.cards, *self._state.closed)
        card = next((card for card in everything if card.alert_id == self._lit), None)
        if card is None or not card.why.evidence:
            return ""
        lines = sorted(card.why.evidence, key=lambda line: int(line.day))
        several = len({line.question for line in lines}) > 1
        parts = []
        for day, answers in groupby(lines, key=lambda line: line.day):
            said = "; ".join(f"{a.question}: {a.answer}" if several else a.answer for a in answers)
            parts.append(self.tr("{answers} (day {day})").format(answers=said, day=day))
        words = self.tr("Lit: {answers}").format(answers=", ".join(parts))
        hidden = sum(not first <= int(line.day) <= last for line in lines)
        if hidden:
            more = self.tr("{n} not in this stretch, press 4").format(n=hidden)
            return f"{words} · {more}"
        return words

    def _arrange(self) -> None:
        """Chart alone, table alone, or both where the card is wide enough."""
        beside = self.width() >= _BESIDE_WIDTH
        table = self._view == "table"
        self.table.setVisible(table)
        shown = self._canvas or self._waiting
        shown.setVisible(beside or not table)
        self.table.setMaximumWidth(_TABLE_WIDTH if beside else 16_777_215)
        self.table.setMinimumWidth(_TABLE_WIDTH if beside else 0)
        for widget in (self.ranges, self.units):
            widget.setVisible(beside or not table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self._canvas is not None and self._is_low() != self._drawn_low:
            self._draw()

    def _is_low(self) -> bool:
        return self.height() < _LOW_HEIGHT

    def sizeHint(self) -> QSize:
        return QSize(900, _LEAST_HEIGHT)
