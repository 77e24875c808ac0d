"""The alerts of one patient as cards: what, since when, what would clear it, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.shared.widgets.priority_shape import PriorityShape
from monitor.ui.station.views import Card

_GAP = 12
_CARD_WIDTH = 380
_SHAPE = 16


class AlertCard(QFrame):
    """One alert.

    Signals:
        acknowledge_wanted, resolve_wanted, why_wanted: what to do with it (Card).
    """

    acknowledge_wanted = Signal(object)
    resolve_wanted = Signal(object)
    why_wanted = Signal(object)

    def __init__(self, theme: Theme, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = card
        self.setProperty("card", "true")
        self.setProperty("edge", card.priority.value)
        self.setAccessibleName(f"{card.words}: {card.title}. {card.sentence}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 11, 14, 11)
        column.setSpacing(4)
        column.addLayout(self._first_line(theme))
        column.addWidget(self._paragraph(card.sentence))
        if card.clears:
            column.addWidget(self._paragraph(card.clears, role="muted"))
        if card.seen:
            column.addWidget(self._paragraph(card.seen, role="strong"))
        column.addStretch(1)
        column.addSpacing(4)
        column.addLayout(self._buttons())

    def _first_line(self, theme: Theme) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        shape = PriorityShape(theme, _SHAPE)
        shape.show_priority(self.card.priority, self.card.words)
        title = self._paragraph(self.card.title, role="strong")
        words = PlainLabel(self.card.words)
        words.setProperty("priority", self.card.priority.value)
        line.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(title, 1)
        line.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _paragraph(self, text: str, role: str = "") -> PlainLabel:
        label = PlainLabel(text, role)
        label.setWordWrap(True)
        return label

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        if self.card.can_acknowledge:
            acknowledge = self._button(self.tr("Acknowledge"), "A", self.acknowledge_wanted)
            acknowledge.setProperty("kind", "primary")
            line.addWidget(acknowledge)
        if self.card.can_resolve:
            line.addWidget(self._button(self.tr("Resolve"), "R", self.resolve_wanted))
        line.addStretch(1)
        why = self._button(self.tr("Why this alert"), "", self.why_wanted)
        why.setProperty("kind", "link")
        line.addWidget(why)
        return line

    def _button(self, verb: str, key: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(f"{verb}  {key}".rstrip())
        button.setAccessibleName(f"{verb}: {self.card.title}")
        button.clicked.connect(lambda: wanted.emit(self.card))
        return button


class AlertCards(QWidget):
    """The cards side by side, as many as there is room for.

    Signals:
        acknowledge_wanted, resolve_wanted, why_wanted: what to do with which alert (Card).
    """

    acknowledge_wanted = Signal(object)
    resolve_wanted = Signal(object)
    why_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[tuple[Card, ...], tuple[Card, ...]] = ((), ())
        self._cards: list[AlertCard] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._with_closed = False
        self.setLayout(self._grid)

    def show_state(self, cards: tuple[Card, ...], closed: tuple[Card, ...]) -> None:
        """Show the open cards; those that stay the same keep the keyboard."""
        if (cards, closed) == self._shown:
            return
        self._shown = (cards, closed)
        self._rebuild()

    def show_closed(self, wanted: bool) -> None:
        """Show the closed ones behind the open ones, or put them away."""
        self._with_closed = wanted
        self._rebuild()

    def card_with_focus(self) -> Card | None:
        """The card in which the keyboard is."""
        for card in self._cards:
            if card.isAncestorOf(self.focusWidget()) and self.focusWidget().hasFocus():
                return card.card
        return None

    def focus_first(self) -> bool:
        """Give the keyboard to the first card's first button; False where there is none."""
        for card in self._cards:
            for button in card.findChildren(QPushButton):
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _rebuild(self) -> None:
        focused = self.card_with_focus() if self.focusWidget() else None
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        cards, closed = self._shown
        shown = (*cards, *closed) if self._with_closed else cards
        self._cards = [self._make(card) for card in shown]
        self._arrange()
        self.setVisible(bool(shown))
        self._give_back_focus(focused)

    def _make(self, card: Card) -> AlertCard:
        made = AlertCard(self._theme, card, self)
        made.acknowledge_wanted.connect(self.acknowledge_wanted)
        made.resolve_wanted.connect(self.resolve_wanted)
        made.why_wanted.connect(self.why_wanted)
        return made

    def _give_back_focus(self, focused: Card | None) -> None:
        for card in self._cards:
            if focused is not None and card.card.alert_id == focused.alert_id:
                card.findChildren(QPushButton)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _room(self) -> int:
        """How many cards stand side by side; one alone leaves half of the line free."""
        room = max(1, (self.width() + _GAP) // (_CARD_WIDTH + _GAP))
        return min(room, max(2, len(self._cards)))

    def _arrange(self) -> None:
        columns = self._room()
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // columns, number % columns)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cards and self._room() != self._columns:
            self._arrange()
