"""The alerts of one patient as cards: what, since when, what would clear it, what to do.

A card has little room, so that the chart below is seen; W tells the whole.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from monitor.domain.protocol import Priority
from monitor.ui.shared.text_size import follow_text_size, text_scale
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.clamped_label import ClampedLabel
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.shared.widgets.priority_shape import PriorityShape
from monitor.ui.station.views import Card, Step

_GAP = 12
_CARD_WIDTH = 380
_SHAPE = 16
_TITLE_LINES, _SENTENCE_LINES = 2, 2
_AT_ONCE = 20
"""How many more are shown at a time: hundreds of cards are slow to make, and nobody reads them."""


class _Menu(QMenu):
    """The steps that are wanted more seldom; the letter of a step also chooses it in here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for action in self.actions():
            letter = action.text().partition("\t")[2]
            if letter and event.text().upper() == letter and action.isEnabled():
                self.close()
                action.trigger()
                return
        super().keyPressEvent(event)


class AlertCard(QFrame):
    """One alert.

    Signals:
        step_wanted: what to do with it (Step, Card).
        why_wanted: it is to be explained (Card).
    """

    step_wanted = Signal(str, object)
    why_wanted = Signal(object)

    def __init__(self, theme: Theme, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = card
        self.setProperty("card", "true")
        is_open = "resolve" in card.can
        self.setProperty("edge", card.priority.value if is_open else "closed")
        states = " ".join(card.states)
        self.setAccessibleName(f"{card.words}: {card.title}. {card.sentence} {states}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._lettered: list[tuple[QPushButton, str, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(3)
        column.addLayout(self._first_line(theme))
        column.addWidget(ClampedLabel(card.sentence, _SENTENCE_LINES))
        told = " ".join(card.states) or card.clears
        if told:
            column.addWidget(ClampedLabel(told, 1, "state" if card.states else "muted"))
        column.addStretch(1)
        column.addSpacing(2)
        column.addLayout(self._buttons())

    def show_letters(self, wanted: bool) -> None:
        """Write the keys on the buttons, or not: they stand only where they act."""
        for button, verb, letter in self._lettered:
            button.setText(f"{verb}  {letter}" if wanted else verb)

    def _first_line(self, theme: Theme) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        shape = PriorityShape(theme, _SHAPE)
        shape.show_priority(self.card.priority, self.card.words)
        title = ClampedLabel(self.card.title, _TITLE_LINES, "strong")
        words = PlainLabel(self.card.words)
        words.setProperty("priority", self.card.priority.value)
        line.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(title, 1)
        line.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        for step, verb, letter in self._main_steps():
            button = self._button(verb, letter)
            button.clicked.connect(partial(self._want, step))
            if step == "acknowledge":
                button.setProperty("kind", "primary")
            line.addWidget(button)
        line.addWidget(self._more())
        line.addStretch(1)
        why = self._button(self.tr("Why?"), "W")
        why.setAccessibleName(self.tr("Why this alert: {title}").format(title=self.card.title))
        why.setProperty("kind", "link")
        why.clicked.connect(lambda: self.why_wanted.emit(self.card))
        line.addWidget(why)
        return line

    def _main_steps(self) -> list[tuple[Step, str, str]]:
        steps: list[tuple[Step, str, str]] = [
            ("acknowledge", self.tr("Take in hand"), "A"),
            ("resolve", self.tr("Resolve"), "R"),
            ("reopen", self.tr("Open again"), "O"),
        ]
        return [one for one in steps if one[0] in self.card.can]

    def _button(self, verb: str, letter: str) -> QPushButton:
        button = QPushButton(verb)
        button.setAccessibleName(f"{verb}: {self.card.title}")
        self._lettered.append((button, verb, letter))
        return button

    def _more(self) -> QPushButton:
        menu = _Menu(self)
        if "snooze" in self.card.can:
            self._add(menu, "snooze", self.tr("Put aside…"), "S")
        elif "resolve" in self.card.can:
            menu.addAction(self.card.why_not("snooze")).setEnabled(False)
        for step, text, letter in (
            ("useful", self.tr("Mark as useful"), "Y"),
            ("not_useful", self.tr("Mark as not useful"), "X"),
        ):
            action = self._add(menu, step, text, letter)
            action.setCheckable(True)
            action.setChecked(self.card.useful == step)
        more = QPushButton(self.tr("More ▾"))
        more.setAccessibleName(self.tr("More steps: {title}").format(title=self.card.title))
        more.setMenu(menu)
        return more

    def _add(self, menu: QMenu, step: str, text: str, letter: str) -> QAction:
        action = menu.addAction(f"{text}\t{letter}")
        action.setData(step)
        action.triggered.connect(partial(self._want, step))
        return action

    def _want(self, step: str, _checked: bool = False) -> None:
        self.step_wanted.emit(step, self.card)


class AlertCards(QWidget):
    """The cards side by side, most urgent first; one line of them until more is wanted.

    Signals:
        step_wanted: what to do with which alert (Step, Card).
        why_wanted: which alert is to be explained (Card).
    """

    step_wanted = Signal(str, object)
    why_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[tuple[Card, ...], tuple[Card, ...]] = ((), ())
        self._cards: list[AlertCard] = []
        self._columns = 0
        self._unfolded = 0
        self._order: list[tuple[str, Priority]] = []
        self._with_closed = False
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.more = QPushButton()
        self.more.setProperty("kind", "link")
        self.more.clicked.connect(self._unfold_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        follow_text_size(self, lambda _scale: self._fit_columns())

    def show_state(self, cards: tuple[Card, ...], closed: tuple[Card, ...]) -> None:
        """Show the open cards; those that stay the same keep the keyboard and their place.

        What is taken in hand does not change places with what the nurse has not looked at: the next
        key would mean another alert. What is new, or has become more urgent, stands first.
        """
        there = [card for card in cards if self._key(card) in self._order]
        there.sort(key=lambda card: self._order.index(self._key(card)))
        cards = (*(card for card in cards if card not in there), *there)
        self._order = [self._key(card) for card in cards]
        if (cards, closed) == self._shown:
            return
        self._shown = (cards, closed)
        self._rebuild()

    def show_closed(self, wanted: bool) -> None:
        """Show the closed ones behind the open ones, or put them away."""
        self._with_closed = wanted
        self._unfolded = len(self._shown[0]) if wanted else 0
        self._rebuild()

    def fold(self) -> None:
        """Only the first line again, the most urgent first, for the next patient."""
        self._unfolded = 0
        self._order = []

    @staticmethod
    def _key(card: Card) -> tuple[str, Priority]:
        return card.alert_id, card.priority

    def current(self) -> Card | None:
        """The card that the keys mean: the one in which the keyboard is, else the first."""
        card = self._current()
        return card.card if card is not None else None

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in a card, or will be when the window has it again."""
        return self._focused() is not None

    def _current(self) -> AlertCard | None:
        return self._focused() or next(iter(self._cards), None)

    def _focused(self) -> AlertCard | None:
        widget = self.window().focusWidget()
        if widget is None:
            return None
        return next((card for card in self._cards if card.isAncestorOf(widget)), None)

    def _follow(self) -> None:
        """Write the keys on the card they mean."""
        current = self._current()
        for card in self._cards:
            card.show_letters(card is current)

    def focus_first(self) -> bool:
        """Give the keyboard to the first card's first button; False where there is none."""
        if not self._cards:
            return False
        self._focus(self._cards[0], Qt.FocusReason.TabFocusReason)
        return True

    def focus_first_closed(self) -> bool:
        """Give the keyboard to the first closed card that is shown; False where none is."""
        closed = {card.alert_id for card in self._shown[1]}
        found = next((card for card in self._cards if card.card.alert_id in closed), None)
        if found is not None:
            self._focus(found, Qt.FocusReason.TabFocusReason)
        return found is not None

    def _focus(self, card: AlertCard, reason: Qt.FocusReason) -> None:
        card.findChildren(QPushButton)[0].setFocus(reason)

    def _wanted(self) -> tuple[Card, ...]:
        """All that may be shown: the open ones, and the closed ones if they are asked for."""
        cards, closed = self._shown
        return (*cards, *closed) if self._with_closed else cards

    def _rebuild(self) -> None:
        focused = self._focused()
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.setParent(None)
            card.deleteLater()
        self._cards = []
        self._fill()
        self.setVisible(bool(self._wanted()))
        if focused is not None:
            self._give_back_focus(focused.card.alert_id)

    def _fill(self) -> None:
        """Make the cards that are missing, up to as many as are unfolded, and put them in place."""
        wanted = self._wanted()
        shown = min(len(wanted), max(self._fits(len(wanted)), self._unfolded))
        self._cards += [self._make(card) for card in wanted[len(self._cards) : shown]]
        rest = wanted[len(self._cards) :]
        self.more.setVisible(bool(rest))
        if rest:
            self.more.setText(self._rest_words(rest))
        self._arrange()
        self._follow()

    def _rest_words(self, rest: tuple[Card, ...]) -> str:
        """How many more there are, and how urgent they are."""
        counts = Counter(card.words for card in rest)
        told = ", ".join(f"{words} {count}" for words, count in counts.items())
        if len(rest) == 1:
            return self.tr("1 more alert: {told}  ▾").format(told=told)
        return self.tr("{n} more alerts: {told}  ▾").format(n=len(rest), told=told)

    def _unfold_more(self) -> None:
        """Show some more; the keyboard goes to the first of them."""
        first = len(self._cards)
        self._unfolded = first + _AT_ONCE
        self._fill()
        self._focus(self._cards[first], Qt.FocusReason.TabFocusReason)

    def _make(self, card: Card) -> AlertCard:
        made = AlertCard(self._theme, card, self)
        made.step_wanted.connect(self.step_wanted)
        made.why_wanted.connect(self.why_wanted)
        return made

    def _give_back_focus(self, alert_id: str) -> None:
        """To the same alert, and where it is gone to the first of the others."""
        same = (card for card in self._cards if card.card.alert_id == alert_id)
        card = next(same, next(iter(self._cards), None))
        if card is not None:
            self._focus(card, Qt.FocusReason.OtherFocusReason)

    def _fits(self, count: int) -> int:
        """How many cards stand side by side; one alone leaves half of the line free."""
        least = round(_CARD_WIDTH * text_scale(self)) + _GAP
        room = max(1, (self.width() + _GAP) // least)
        return min(room, max(2, count))

    def _arrange(self) -> None:
        columns = self._fits(len(self._wanted()))
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // columns, number % columns)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        if self._wanted() and self._fits(len(self._wanted())) != self._columns:
            self._rebuild()
