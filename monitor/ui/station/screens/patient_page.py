"""One patient: who it is, what is open, and the chart; or why nobody is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.alert_cards import AlertCards
from monitor.ui.station.screens.chart_card import ChartCard, Draws
from monitor.ui.station.screens.patient_header import PatientHeader
from monitor.ui.station.views import Card, PatientState


class PatientPage(QWidget):
    """The right side of the station.

    Signals:
        acknowledge_wanted, resolve_wanted, why_wanted: what to do with which alert (Card).
    """

    acknowledge_wanted = Signal(object)
    resolve_wanted = Signal(object)
    why_wanted = Signal(object)

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
        self._area = self._make_area()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._message)
        self._stack.addWidget(self._area)
        self.chart.alert_clicked.connect(self._tell_clicked)
        self._header.closed_toggled.connect(self.cards.show_closed)
        for signal, told in (
            (self.cards.acknowledge_wanted, self.acknowledge_wanted),
            (self.cards.resolve_wanted, self.resolve_wanted),
            (self.cards.why_wanted, self.why_wanted),
        ):
            signal.connect(told)

    def show_message(self, text: str) -> None:
        """Show a sentence instead of a patient."""
        self.state = None
        self._message.setText(text)
        self._stack.setCurrentIndex(0)

    def show_state(self, state: PatientState) -> None:
        """Show a patient; the same one again keeps what is unfolded and where it is scrolled."""
        if self.state is None or self.state.episode_id != state.episode_id:
            self._header.fold()
            self._area.verticalScrollBar().setValue(0)
        self.state = state
        self._header.show_state(state)
        self._notes.setText("\n".join(state.notes))
        self._notes.setVisible(bool(state.notes))
        self.cards.show_state(state.cards, state.closed)
        self._stack.setCurrentIndex(1)
        # Last: a chart that cannot be drawn must not keep the alerts from being seen.
        self.chart.show_state(state)

    def card_for(self, command: str) -> Card | None:
        """The alert a key means: the one with the keyboard, else the first for which it fits."""
        if self.state is None:
            return None
        focused = self.cards.card_with_focus()
        candidates = ([focused] if focused else []) + list(self.state.cards)
        for card in candidates:
            if _fits(command, card):
                return card
        return None

    def card_of(self, alert_id: str) -> Card | None:
        """The card of an alert, open or closed, as it is shown now."""
        if self.state is None:
            return None
        everything = (*self.state.cards, *self.state.closed)
        return next((card for card in everything if card.alert_id == alert_id), None)

    def take_keyboard(self) -> None:
        """Give the keyboard to the first alert, or to the chart's buttons."""
        if self.state is not None and not self.cards.focus_first():
            self.chart.views.button("chart").setFocus(Qt.FocusReason.TabFocusReason)

    def _tell_clicked(self, alert_id: str) -> None:
        card = self.card_of(alert_id)
        if card is not None:
            self.why_wanted.emit(card)

    def _make_area(self) -> QScrollArea:
        page = _Page()
        page.setProperty("ground", "wash")
        column = page.column
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(12)
        column.addWidget(self._header)
        column.addWidget(self._notes)
        column.addWidget(self.cards)
        column.addWidget(self.chart, 1)
        area = QScrollArea()
        area.setProperty("page", "true")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area


class _Page(QWidget):
    """As high as its content needs in the width it has.

    Qt would take the height that wrapped text needs in the narrowest width there can be.
    """

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)

    def minimumSizeHint(self) -> QSize:
        narrowest = self.column.minimumSize().width()
        return QSize(narrowest, self.column.heightForWidth(max(self.width(), narrowest)))


def _fits(command: str, card: Card) -> bool:
    if command == "acknowledge":
        return card.can_acknowledge
    return card.can_resolve or command == "why"
