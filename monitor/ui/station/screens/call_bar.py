"""What the kiosks call for, in a strip over the whole width; gone when somebody is going."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.views import CallLine


class CallBar(QWidget):
    """Shows the most urgent call and how many more there are; hidden while nobody calls.

    Signals:
        answered: the nurse is going (call id).
        opened: the patient who stands there is to be opened (episode id).
    """

    answered = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("bar", "call")
        self._line: CallLine | None = None
        self.text = PlainLabel(role="strong")
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.more = PlainLabel(role="muted")
        self.open_button = QPushButton(self.tr("Open the patient"))
        self.open_button.clicked.connect(self._open)
        self.going = QPushButton(self.tr("I am going  F8"))
        self.going.setProperty("kind", "primary")
        self.going.clicked.connect(self.answer)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.more)
        row.addWidget(self.open_button)
        row.addWidget(self.going)
        self.hide()

    def show_calls(self, lines: tuple[CallLine, ...]) -> None:
        """Show the first of the calls, the most urgent; none hides the strip."""
        before, self._line = self._line, next(iter(lines), None)
        self.setVisible(self._line is not None)
        if self._line is None:
            return
        self.text.setText(self._sentence(self._line))
        self.setAccessibleName(self.text.text())
        self.more.setText(self.tr("{n} more").format(n=len(lines) - 1) if len(lines) > 1 else "")
        self.open_button.setVisible(bool(self._line.episode_id))
        self._dress(self._line.kind == "urgent")
        if before is None or before.call_id != self._line.call_id:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def answer(self) -> None:
        """Say that somebody is going to the first call."""
        if self._line is not None:
            self.answered.emit(self._line.call_id)

    def _open(self) -> None:
        if self._line is not None:
            self.opened.emit(self._line.episode_id)

    def _sentence(self, line: CallLine) -> str:
        said = {
            "urgent": self.tr("{kiosk}: {who} needs a nurse now ({when})."),
            "help": self.tr("{kiosk}: somebody needs help signing in ({when})."),
            "staff": self.tr("{kiosk}: somebody asks for staff ({when})."),
        }[line.kind]
        who = line.who or self.tr("a patient")
        return said.format(kiosk=line.kiosk, who=who, when=line.when)

    def _dress(self, is_urgent: bool) -> None:
        self.setProperty("urgent", str(is_urgent).lower())
        restyle(self)
