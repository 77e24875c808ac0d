"""Asks which open alert something is about, and what is done with that alert."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from monitor.ui.station.screens.arrow_fields import ArrowBox
from monitor.ui.station.screens.key_chips import KeyChips, numbered
from monitor.ui.station.views import Card


class AlertField(QWidget):
    """A list of the alerts, and below it chips for the steps that are possible with the chosen one.

    Signals:
        changed: another alert or another step was chosen.
    """

    changed = Signal()

    def __init__(self, cards: Sequence[Card], chosen: str) -> None:
        """chosen: the id of the alert to begin with, "" for none."""
        super().__init__()
        self._cards: tuple[Card, ...] = ()
        self.alerts = ArrowBox()
        self.alerts.setAccessibleName(self.tr("About"))
        self.steps = KeyChips(self.tr("The alert"), (), several=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.alerts)
        column.addWidget(self.steps)
        self.show_cards(cards)
        self.choose(chosen)
        self.alerts.currentIndexChanged.connect(self._offer)
        self.steps.changed.connect(self.changed)

    @property
    def card(self) -> Card | None:
        """The alert that is chosen, as it was last shown."""
        found = (c for c in self._cards if c.alert_id == self.alerts.currentData())
        return next(found, None)

    @property
    def deed(self) -> str:
        """What is done with it: "" nothing, "acknowledge", or an outcome."""
        return self.steps.one

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Offer these alerts, as they are now; what was chosen stays where it is still open."""
        kept, deed = self.alerts.currentData(), self.deed
        self._cards = tuple(cards)
        self.alerts.blockSignals(True)
        self.alerts.clear()
        self.alerts.addItem(self.tr("No alert in particular"), "")
        for card in cards:
            self.alerts.addItem(f"{card.words}: {card.title}", card.alert_id)
        self.alerts.setCurrentIndex(max(0, self.alerts.findData(kept)))
        self.alerts.blockSignals(False)
        self._offer()
        self.choose(self.alerts.currentData(), deed)

    def choose(self, alert_id: str, deed: str = "") -> None:
        """Choose an alert and a step, as far as they are possible."""
        self.alerts.setCurrentIndex(max(0, self.alerts.findData(alert_id)))
        self._offer()
        offered = [code for code, _words in self._steps()]
        self.steps.choose({deed if deed in offered else ""})

    def _offer(self) -> None:
        steps = self._steps()
        self.steps.show_choices(numbered(steps) if steps else ())
        if steps and not self.steps.chosen:
            self.steps.choose({""})
        self.steps.setVisible(bool(steps))
        self.changed.emit()

    def _steps(self) -> tuple[tuple[str, str], ...]:
        card = self.card
        if card is None:
            return ()
        steps = [("", self.tr("Leave it as it is"))]
        if "acknowledge" in card.can:
            steps.append(("acknowledge", self.tr("Take it in hand")))
        if "resolve" in card.can:
            close = self.tr("Close: {outcome}")
            steps += [(code, close.format(outcome=words)) for code, words in card.outcomes]
        return tuple(steps)
