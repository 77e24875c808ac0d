"""Who may already be registered, beside the form in which somebody is being registered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.forms import Alike


class Duplicates(QWidget):
    """Says who is like the person in the form and why; the form is never closed to anybody.

    Signals:
        open_wanted: this patient is the one: open them (Alike).
        add_wanted: this patient is the one: the procedure is theirs (Alike).
    """

    open_wanted = Signal(object)
    add_wanted = Signal(object)

    def __init__(self, *, offers_adding: bool) -> None:
        """offers_adding: whether a procedure is being recorded that could be somebody's."""
        super().__init__()
        self._offers_adding = offers_adding
        self._heading = PlainLabel(role="strong")
        self._heading.setWordWrap(True)
        self._says = PlainLabel(role="muted")
        self._says.setWordWrap(True)
        page = QWidget()
        page.setProperty("ground", "wash")
        self._cards = QVBoxLayout(page)
        self._cards.setContentsMargins(0, 0, 8, 0)
        self._cards.setSpacing(8)
        self._cards.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._says)
        column.addWidget(area, 1)
        self.shown: tuple[Alike, ...] = ()
        self._shown_cards: list[QFrame] = []
        self.show_alike(None)

    @property
    def buttons(self) -> list[QPushButton]:
        """What can be done, in the order in which it is shown."""
        return self.findChildren(QPushButton)

    def show_alike(self, alike: tuple[Alike, ...] | None) -> None:
        """Show who may be the same person, whoever shares the number first.

        None: nothing was asked, as there is too little to ask by.
        """
        if alike is None:
            self._show((), self.tr("Registered before?"))
            self._says.setText(
                self.tr("As you type, whoever may be the same person is shown here.")
            )
            return
        if not alike:
            self._show((), self.tr("Registered before?"))
            self._says.setText(self.tr("Nobody like this is registered."))
            return
        count = len(alike)
        heading = self.tr("1 patient may be the same person")
        if count > 1:
            heading = self.tr("{n} patients may be the same person").format(n=count)
        self._show(alike, heading)
        self._says.setText(self.tr("F6 goes here and back to the form."))

    def take_keyboard(self) -> bool:
        """Give the keyboard to the first patient; False where there is none."""
        buttons = self.buttons
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(buttons)

    def _show(self, alike: tuple[Alike, ...], heading: str) -> None:
        self._heading.setText(heading)
        if alike == self.shown:
            return  # nobody's keyboard is taken away for what is there already
        self.shown = alike
        for card in self._shown_cards:
            card.setParent(None)  # gone at once; one of its buttons may still be pressed
            card.deleteLater()
        self._shown_cards = [self._card(one) for one in alike]
        for number, card in enumerate(self._shown_cards):
            self._cards.insertWidget(number, card)

    def _card(self, one: Alike) -> QFrame:
        card = QFrame()
        card.setProperty("card", "true")
        card.setProperty("match", "same" if one.same else "alike")
        restyle(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(3)
        for text, role in (
            (one.why, "match"),
            (one.name, "strong"),
            (one.facts, "muted"),
            (one.done, "small"),
        ):
            if text:
                label = PlainLabel(text, role)
                label.setWordWrap(True)
                column.addWidget(label)
        line = QHBoxLayout()
        line.setContentsMargins(0, 5, 0, 0)
        open_it = self._button(self.tr("Open"), self.tr("Open {name}"), one)
        open_it.clicked.connect(lambda: self.open_wanted.emit(one))
        line.addWidget(open_it)
        if self._offers_adding:
            add = self._button(
                self.tr("Add the procedure"), self.tr("Add the procedure to {name}"), one
            )
            add.clicked.connect(lambda: self.add_wanted.emit(one))
            line.addWidget(add)
        line.addStretch(1)
        column.addLayout(line)
        return card

    def _button(self, text: str, name: str, one: Alike) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "match")
        button.setAccessibleName(name.format(name=one.name))
        button.setToolTip(name.format(name=one.name))
        button.setAutoDefault(True)  # here Enter presses the button, not the form's
        return button
