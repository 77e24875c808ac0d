"""Which alert's evidence is lit on the chart: that of the card in which the keyboard is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from monitor.ui.shared.restyling import restyle
from monitor.ui.station.screens.alert_cards import AlertCard, AlertCards


class Lighting(QObject):
    """Follows the keyboard: into a card lights it, into the list or the search lights none.

    The chart, its buttons and dialogs leave lit what is lit: that is where one looks at it. A
    click anywhere on a card gives it the keyboard.
    """

    def __init__(self, page: QWidget, cards: AlertCards, light: Callable[[str], None]) -> None:
        """light: told the id of the alert to light, "" for none."""
        super().__init__(page)
        self._page = page
        self._cards = cards
        self._light = light
        self._lit = ""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show)
        cards.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    @property
    def lit(self) -> str:
        """The alert that is lit, "" for none."""
        return self._lit

    def keep_to(self, alerts: set[str]) -> None:
        """Other cards are shown: what is not among them is lit no more."""
        if self._lit not in alerts:
            self._lit = ""
        self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            card = _card_of(self._cards.childAt(event.position().toPoint()))
            buttons = card.findChildren(QPushButton) if card is not None else []
            if buttons:
                buttons[0].setFocus(Qt.FocusReason.MouseFocusReason)
        return super().eventFilter(watched, event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.window() is not self._page.window():
            return  # a dialog, or another program
        card = _card_of(now) if self._cards.isAncestorOf(now) else None
        if card is not None:
            self._lit = card.card.alert_id
        elif not self._page.isAncestorOf(now):
            self._lit = ""
        # Soon, not now: cards that are made anew hand the keyboard back and forth.
        self._soon.start()

    def _show(self) -> None:
        for card in self._cards.findChildren(AlertCard):
            is_lit = str(bool(self._lit) and card.card.alert_id == self._lit).lower()
            if card.property("lit") != is_lit:
                card.setProperty("lit", is_lit)
                restyle(card)
        self._light(self._lit)


def _card_of(widget: QWidget | None) -> AlertCard | None:
    """The card that a widget is, or is in."""
    while widget is not None and not isinstance(widget, AlertCard):
        widget = widget.parentWidget()
    return widget
