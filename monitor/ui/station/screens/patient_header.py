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
    """

    closed_toggled = Signal(bool)
    edit_wanted = Signal()

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
        self._edit = QPushButton(self.tr("Edit  E"))
        self._edit.setProperty("kind", "link")
        self._edit.setAccessibleName(self.tr("Edit follow-up"))
        self._edit.setToolTip(self.tr("Edit follow-up: procedure, expected days, before (E)"))
        self._edit.clicked.connect(self.edit_wanted)
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
        second.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(second)

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
