"""Who the page is about, so that nobody is taken for somebody else, and what can be done."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.widgets.clamped_label import ClampedLabel
from monitor.ui.shared.widgets.flow_layout import FlowLayout
from monitor.ui.shared.widgets.plain_label import PlainLabel, plain_tip
from monitor.ui.station.page_views import OtherProcedure
from monitor.ui.station.views import PatientState

_MAIN = ("contact", "enter", "note")
"""What is done most often stands as a button; the rest is in the menu beside them."""


class _Menu(QMenu):
    """What is done more seldom; the letter of a line also chooses it in here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for action in self.actions():
            letter = action.text().partition("\t")[2]
            if letter and event.text().upper() == letter:
                self.close()
                action.trigger()
                return
        super().keyPressEvent(event)


class PatientHeader(QWidget):
    """Who, what was done, how the follow-up stands; a flag where two have the same name.

    Signals:
        closed_toggled: whether the closed alerts are to be shown (bool).
        command_wanted: what is to be done for the patient, by the name it has among the keys.
        procedure_wanted: the episode of another procedure of the patient (str).
    """

    closed_toggled = Signal(bool)
    command_wanted = Signal(str)
    procedure_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ClampedLabel(lines=2, role="name")
        self._same = PlainLabel(role="flag")
        self._same.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._stands = PlainLabel(role="stands")
        self._facts = PlainLabel(role="muted")
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._day = PlainLabel(role="strong")
        self._done = PlainLabel(role="muted")
        self._done.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._facts, self._done):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._reporting = PlainLabel(role="muted")
        self._remark = PlainLabel(role="remark")
        self._remark.setWordWrap(True)
        self._closed = self._link("", "")
        self._closed.setCheckable(True)
        self._closed.toggled.connect(self.closed_toggled)
        self.earlier = self._link("", "")
        self.later = self._link("", "")
        for button in (self.earlier, self.later):
            button.clicked.connect(partial(self._go_to, button))
        self.buttons = {command: self._button(command) for command in _MAIN}
        self.more = QPushButton(self.tr("More ▾"))
        self.more.setAccessibleName(self.tr("More to do for this patient"))
        self._menu = _Menu(self)
        self.more.setMenu(self._menu)
        self._offered: frozenset[str] = frozenset()
        self._lay_out()

    def _lay_out(self) -> None:
        first = FlowLayout(10, line_gap=6, spread=True)
        for widget in (self._name, self._same, self._main_buttons()):
            first.addWidget(widget)
        second = FlowLayout(12, line_gap=3, spread=True)
        second.addWidget(self._facts)
        second.addWidget(self._reporting)
        third = FlowLayout(12, line_gap=3, spread=True)
        for widget in (self._day, self._done, self.earlier, self.later, self._closed):
            third.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(first)
        column.addLayout(second)
        column.addLayout(third)
        fourth = QHBoxLayout()
        fourth.setContentsMargins(0, 3, 0, 0)
        fourth.setSpacing(10)
        fourth.addWidget(self._stands, 0, Qt.AlignmentFlag.AlignTop)
        fourth.addWidget(self._remark, 1)
        column.addLayout(fourth)

    def _main_buttons(self) -> QWidget:
        """They stay together where they need a line of their own."""
        made = QWidget()
        line = FlowLayout(10, made)
        for button in (*self.buttons.values(), self.more):
            line.addWidget(button)
        return made

    def show_state(self, state: PatientState) -> None:
        """Show whose page this is."""
        self._name.setText(state.name)
        self._show(self._same, state.same_name)
        self._show(self._stands, state.stands)
        self._show(self._remark, state.remark)
        self._facts.setText(state.facts)
        self._reporting.setText(state.reporting)
        self._closed.setVisible(bool(state.closed))
        self._closed.setText(self.tr("Closed alerts: {n}").format(n=len(state.closed)))
        self._day.setText(state.day[:1].upper() + state.day[1:])
        self._done.setText(state.done)
        self._show_other(self.earlier, state.earlier, self.tr("◂ Earlier: {what}"), ",")
        self._show_other(self.later, state.later, self.tr("Later: {what} ▸"), ".")
        self._fill_menu(state)

    def offer(self, commands: Collection[str]) -> None:
        """Offer only those commands that there are."""
        self._offered = frozenset(commands)
        for command, button in self.buttons.items():
            button.setVisible(command in self._offered)

    def unfold(self) -> None:
        """Show the closed alerts."""
        self._closed.setChecked(True)

    def fold(self) -> None:
        """Put the closed alerts away, for the next patient."""
        self._closed.setChecked(False)

    def _show(self, label: PlainLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _show_other(
        self, button: QPushButton, other: OtherProcedure | None, said: str, key: str
    ) -> None:
        button.setVisible(other is not None)
        button.setProperty("episode", other.episode_id if other else "")
        if other is not None:
            button.setText(said.format(what=other.label.partition(",")[0]))
            button.setToolTip(plain_tip(f"{other.label} ({key})"))
            button.setAccessibleName(other.label)

    def _go_to(self, button: QPushButton) -> None:
        self.procedure_wanted.emit(button.property("episode"))

    def _fill_menu(self, state: PatientState) -> None:
        self._menu.clear()
        end = self.tr("End the follow-up…")
        lines = (
            ("print", self.tr("Print a summary…"), "Ctrl+P"),
            ("escalation", self.tr("Escalate to a doctor…"), "Shift+E"),
            ("strike", self.tr("Strike a wrong entry…"), "Shift+C"),
            ("hand_over", self.tr("Hand this screen to the patient"), "Shift+H"),
            ("slip", self.tr("Desk slip with a code for today…"), "K"),
            ("card", self.tr("Patient card…"), "Ctrl+Shift+K"),
            ("edit", self.tr("Edit the follow-up…"), "E"),
            ("patient", self.tr("Edit the patient…"), "Ctrl+E"),
            ("further", self.tr("Further procedure…"), "Ctrl+Shift+N"),
            ("pause", self.tr("Pause the follow-up, or go on…"), "Shift+P"),
            ("end", end if state.is_open else self.tr("Open the follow-up again…"), "Shift+X"),
        )
        for command, text, key in lines:
            if command not in self._offered:
                continue
            action = self._menu.addAction(f"{text}\t{key}")
            action.triggered.connect(partial(self._want, command))

    def _button(self, command: str) -> QPushButton:
        told = {
            "contact": (
                self.tr("Log contact  C"),
                self.tr("Log a call, a visit, a letter, and what came of it (C)"),
            ),
            "enter": (
                self.tr("Enter report  P"),
                self.tr("Enter what the patient says by phone or wrote on paper (P)"),
            ),
            "note": (self.tr("Note  N"), self.tr("Write a note (N)")),
        }
        text, hint = told[command]
        button = QPushButton(text)
        button.setAccessibleName(text.rpartition("  ")[0])
        button.setToolTip(hint)
        button.clicked.connect(partial(self._want, command))
        return button

    def _link(self, text: str, hint: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "link")
        button.setToolTip(hint)
        return button

    def _want(self, command: str, _checked: bool = False) -> None:
        self.command_wanted.emit(command)
