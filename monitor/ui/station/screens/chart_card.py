"""The chart with its ranges, and the table of reports in its place or beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.choices import Choice, Segments
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
        self, canvas: QWidget, state: PatientState, stretch: str, unit: str, *, low: bool
    ) -> None: ...


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
        self.setProperty("card", "true")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.views = Segments(self.tr("Chart or table"))
        self.ranges = Segments(self.tr("Stretch of time"))
        self.units = Segments(self.tr("Weeks or dates"))
        self.table = ReportsTable(theme)
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
        column.addLayout(self._body, 1)
        self._connect()
        self._arrange()

    def show_state(self, state: PatientState) -> None:
        """Show a patient's reports in the stretch of time that was chosen last."""
        self._state = state
        self.table.show_state(state.reports)
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
        bar.addStretch(1)
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
        self._drawing.show(self._canvas, self._state, self._range, self._unit, low=self._is_low())
        self._drawn_low = self._is_low()

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
