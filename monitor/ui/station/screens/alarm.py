"""The loudest thing the program says: that monitoring is not running, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.widgets.flow_layout import FlowLayout
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.views import MonitoringState

_LEAST_TEXT = 520


class Alarm(QWidget):
    """A red banner over the whole width, above everything else; hidden while all is well.

    Never a dialog: what can still be done at the station must not wait for it.

    Signals:
        check_wanted: all patients are to be checked now.
        phones_wanted: the phone list is to be shown.
        status_wanted: the status page is to be shown.
    """

    check_wanted = Signal()
    phones_wanted = Signal()
    status_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("bar", "alarm")
        self._text = self._paragraph()
        self._by_hand = self._paragraph("by hand")
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(PlainLabel(self.tr("Monitoring is not running"), "alarm"))
        column.addWidget(self._text)
        column.addWidget(self._by_hand)
        whole = FlowLayout(16, self, spread=True)
        whole.setContentsMargins(20, 12, 20, 12)
        said = self._said = QWidget()
        row = QHBoxLayout(said)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        sign = PlainLabel("!", "alarm sign")
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        follow_text_size(self, lambda by: sign.setFixedSize(QSize(40, 40) * by))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        below = QWidget()
        buttons = QHBoxLayout(below)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        self.check = self._button(self.tr("Check now  F5"))
        self.phones = self._button(self.tr("Phone list  F9"))
        self.page = self._button(self.tr("Status  Alt+3"))
        self.check.clicked.connect(self.check_wanted)
        self.phones.clicked.connect(self.phones_wanted)
        self.page.clicked.connect(self.status_wanted)
        for button in (self.check, self.phones, self.page):
            buttons.addWidget(button)
        follow_text_size(said, lambda by: said.setMinimumWidth(round(_LEAST_TEXT * by)))
        ignored = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        ignored.setHeightForWidth(True)
        said.setSizePolicy(ignored)
        whole.addWidget(said)
        whole.addWidget(below)
        self.hide()

    @property
    def text(self) -> str:
        """What the banner says, "" while it is hidden."""
        return "" if self.isHidden() else self.accessibleName()

    def show_state(self, state: MonitoringState) -> None:
        """Say that monitoring does not run and what to do, or go away."""
        is_new = self.isHidden()
        self._text.setText(f"{state.text} {state.advice}".strip())
        self._by_hand.setText(state.by_hand)
        self._by_hand.setVisible(bool(state.by_hand))
        said = (self.tr("Monitoring is not running."), state.text, state.advice, state.by_hand)
        self.setAccessibleName(" ".join(part for part in said if part))
        self.setVisible(state.state == "stopped")
        if is_new and self.isVisible():
            told = QAccessibleEvent(self, QAccessible.Event.Alert)
            QAccessible.updateAccessibility(told)

    def _paragraph(self, role: str = "") -> PlainLabel:
        label = PlainLabel(role=role)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return label

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button
