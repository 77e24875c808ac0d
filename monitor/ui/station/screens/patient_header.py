"""Who the page is about, so that nobody is taken for somebody else."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from monitor.ui.shared.widgets.elided_label import ElidedLabel
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.views import PatientState


class PatientHeader(QWidget):
    """Name, birth date, number, procedure and day; a flag where two have the same name.

    Signals:
        closed_toggled: whether the closed alerts are to be shown (bool).
        edit_wanted: the follow-up is to be changed.
        report_wanted: a report is to be entered for the patient.
        hand_over_wanted: the patient is to answer on this screen.
    """

    closed_toggled = Signal(bool)
    edit_wanted = Signal()
    report_wanted = Signal()
    hand_over_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ElidedLabel()
        self._name.setProperty("role", "name")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._same = PlainLabel(role="flag")
        self._facts = QLabel()
        self._facts.setProperty("role", "muted")
        self._facts.setWordWrap(True)
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reporting = PlainLabel(role="muted")
        self._closed = QPushButton()
        self._closed.setCheckable(True)
        self._closed.setProperty("kind", "link")
        self._closed.toggled.connect(self.closed_toggled)
        self._edit = self._link(
            self.tr("Edit  E"),
            self.tr("Edit follow-up"),
            self.tr("Edit follow-up: procedure, expected days, before (E)"),
        )
        self._edit.clicked.connect(self.edit_wanted)
        self._report = self._link(
            self.tr("Enter report  P"),
            self.tr("Enter a report"),
            self.tr("Enter what the patient says by phone or wrote on paper (P)"),
        )
        self._report.clicked.connect(self.report_wanted)
        self._hand_over = self._link(
            self.tr("Hand over  H"),
            self.tr("Hand over the screen"),
            self.tr("Let the patient answer on this screen; it is locked to them (H)"),
        )
        self._hand_over.clicked.connect(self.hand_over_wanted)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._name)
        first.addWidget(self._same)
        first.addStretch(1)
        first.addWidget(self._closed)
        first.addWidget(self._reporting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(self._facts, 1)
        for button in (self._report, self._hand_over, self._edit):
            second.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(second)

    def _link(self, text: str, name: str, hint: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "link")
        button.setAccessibleName(name)
        button.setToolTip(hint)
        return button

    def show_state(self, state: PatientState) -> None:
        """Show whose page this is."""
        self._name.setText(state.name)
        self._same.setText(state.same_name)
        self._same.setVisible(bool(state.same_name))
        self._reporting.setText(state.reporting)
        self._closed.setVisible(bool(state.closed))
        self._closed.setText(self.tr("Closed alerts: {n}").format(n=len(state.closed)))
        # The facts come from people's typing: shown as text, never read as markup.
        day = escape(state.day).replace(" ", "&nbsp;")
        self._facts.setText(f"{escape(state.facts)} · <b>{day}</b>")

    def unfold(self) -> None:
        """Show the closed alerts."""
        self._closed.setChecked(True)

    def fold(self) -> None:
        """Put the closed alerts away, for the next patient."""
        self._closed.setChecked(False)
