"""One patient: who it is, what is open, and the chart; or why nobody is shown."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QScrollArea,
    QStackedLayout,
    QWidget,
)

from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.alert_cards import AlertCards
from monitor.ui.station.screens.chart_card import ChartCard, Draws
from monitor.ui.station.screens.flowing_page import FlowingPage, scrolled
from monitor.ui.station.screens.lighting import Lighting
from monitor.ui.station.screens.patient_header import PatientHeader
from monitor.ui.station.views import Card, PatientState


class PatientPage(QWidget):
    """The right side of the station.

    Signals:
        step_wanted: what to do with which alert (Step, Card).
        why_wanted: which alert is to be explained (Card).
        command_wanted: what is to be done for the patient, by the name it has among the keys.
        procedure_wanted: the episode of another procedure of the patient (str).
        report_wanted: the report that is to be shown whole (OneReport).
    """

    step_wanted = Signal(str, object)
    why_wanted = Signal(object)
    command_wanted = Signal(str)
    procedure_wanted = Signal(str)
    report_wanted = Signal(object)

    def __init__(self, theme: Theme, drawing: Draws, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state: PatientState | None = None
        self._message = PlainLabel(role="placeholder")
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self._header = PatientHeader()
        self._notes = PlainLabel(role="note")
        self._notes.setWordWrap(True)
        self.cards = AlertCards(theme)
        self.chart = ChartCard(theme, drawing)
        self.lighting = Lighting(self, self.cards, self.chart.light)
        self._area = self._make_area()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._message)
        self._stack.addWidget(self._area)
        self.chart.alert_clicked.connect(self._tell_clicked)
        self._header.closed_toggled.connect(self.cards.show_closed)
        self._header.command_wanted.connect(self.command_wanted)
        self._header.procedure_wanted.connect(self.procedure_wanted)
        self.chart.report_wanted.connect(self._tell_report)
        self.cards.step_wanted.connect(self.step_wanted)
        self.cards.why_wanted.connect(self.why_wanted)

    def offer(self, commands: Collection[str]) -> None:
        """Offer only those of the commands of the header that there are."""
        self._header.offer(commands)

    def show_message(self, text: str) -> None:
        """Show a sentence instead of a patient."""
        self.state = None
        self._message.setText(text)
        self._stack.setCurrentIndex(0)

    def show_state(self, state: PatientState) -> None:
        """Show a patient; the same one again keeps what is unfolded and where it is scrolled."""
        if self.state is None or self.state.episode_id != state.episode_id:
            self.cards.fold()
            self._header.fold()
            self._area.verticalScrollBar().setValue(0)
        self.state = state
        self._header.show_state(state)
        self._notes.setText("\n".join(state.notes))
        self._notes.setVisible(bool(state.notes))
        in_cards = self.cards.has_keyboard()
        self.cards.show_state(state.cards, state.closed)
        self.lighting.keep_to({card.alert_id for card in (*state.cards, *state.closed)})
        self._stack.setCurrentIndex(1)
        # Last: a chart that cannot be drawn must not keep the alerts from being seen.
        self.chart.show_state(state)
        if in_cards and not self.cards.has_keyboard():
            self.take_keyboard()

    @property
    def current(self) -> Card | None:
        """The alert that the keys mean: the one with the keyboard, else the first."""
        return self.cards.current() if self.state is not None else None

    def card_of(self, alert_id: str) -> Card | None:
        """The card of an alert, open or closed, as it is shown now."""
        if self.state is None:
            return None
        everything = (*self.state.cards, *self.state.closed)
        return next((card for card in everything if card.alert_id == alert_id), None)

    def unfold_closed(self) -> bool:
        """Show the closed alerts and go to the first; False where there is none."""
        if self.state is None or not self.state.closed:
            return False
        self._header.unfold()
        return self.cards.focus_first_closed()

    def take_keyboard(self) -> None:
        """Give the keyboard to the first alert, or to the chart's buttons."""
        if self.state is not None and not self.cards.focus_first():
            self.chart.views.button("chart").setFocus(Qt.FocusReason.TabFocusReason)

    def _tell_clicked(self, alert_id: str) -> None:
        card = self.card_of(alert_id)
        if card is not None:
            self.why_wanted.emit(card)

    def _tell_report(self, submission_id: str) -> None:
        assert self.state is not None, "a report is on a patient's page"
        if (report := self.state.report(submission_id)) is not None:
            self.report_wanted.emit(report)

    def _make_area(self) -> QScrollArea:
        page = FlowingPage()
        page.setProperty("ground", "wash")
        column = page.column
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(10)
        column.addWidget(self._header)
        column.addWidget(self._notes)
        column.addWidget(self.cards)
        column.addWidget(self.chart, 1)
        return scrolled(page)
