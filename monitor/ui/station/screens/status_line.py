"""The line at the bottom: whether monitoring runs; it cannot be overlooked when it does not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.text_size import follow_text_size, text_scale
from monitor.ui.shared.widgets.elided_label import ElidedLabel
from monitor.ui.station.views import MonitoringState

_ALL_FIT = 1.25
"""With text larger than this not everything fits into the line."""
_DOT, _HEIGHT, _BAD_HEIGHT = 8, 30, 44


class StatusLine(QWidget):
    """Whether monitoring runs, what came in, and which protocol judges.

    Signals:
        check_wanted: all patients are to be checked now.
        status_wanted: the status page is to be shown.
    """

    check_wanted = Signal()
    status_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        self._dot = QLabel()
        self._dot.setFixedSize(_DOT, _DOT)
        self._text = ElidedLabel()
        self._advice = ElidedLabel()
        self._advice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._check = QPushButton(self.tr("Check now (F5)"))
        self._check.clicked.connect(self.check_wanted)
        self.page = QPushButton(self.tr("Status  Alt+3"))
        self.page.setProperty("kind", "link")
        self.page.clicked.connect(self.status_wanted)
        self._received = ElidedLabel()
        self._protocol = ElidedLabel()
        self._protocol.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for widget in (self._dot, self._text, self._received):
            row.addWidget(widget)
        row.addWidget(self._advice, 1)
        row.addWidget(self._check)
        row.addWidget(self._protocol, 1)
        row.addWidget(self.page)
        self._row = row
        self._is_bad = False
        self.show_state(MonitoringState("unknown", self.tr("Reading…")))
        follow_text_size(self, self._follow)

    def _follow(self, scale: float) -> None:
        self.setFixedHeight(round((_BAD_HEIGHT if self._is_bad else _HEIGHT) * scale))
        # the status page counts the reports; the rest of the line says how they are watched
        self._received.setVisible(bool(self._received.text()) and scale <= _ALL_FIT)

    @property
    def text(self) -> str:
        """What is said now, advice included."""
        return " ".join(part for part in (self._text.text(), self._advice.text()) if part)

    def show_state(self, state: MonitoringState) -> None:
        """Show how monitoring is; "bad" is red, over the whole width, and says what to do.

        Where it has stopped the banner at the top says more.
        """
        bad, stopped = state.state == "bad", state.state == "stopped"
        text = self.tr("Monitoring is not running: see above.") if stopped else state.text
        self._text.setText(text)
        self._advice.setText("" if stopped else state.advice)
        self._advice.setVisible(bool(self._advice.text()))
        self._received.setText(state.received)
        self._check.setVisible(bad)
        self._protocol.setVisible(not bad and not stopped)
        self.page.setVisible(not stopped)
        self._is_bad = bad
        self._follow(text_scale(self))
        self.setAccessibleName(self.text)
        if self.property("status") != state.state:
            self.setProperty("status", state.state)
            self._dot.setProperty("dot", state.state)
            for widget in (self, self._dot, *self.findChildren(QWidget)):
                restyle(widget)

    def show_protocol(self, text: str) -> None:
        """Name the protocol by which the patient that is open is judged."""
        self._protocol.setText(text)
        self._protocol.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
