"""Asks once a day whether the alarm of this station can be heard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.views import TestState


class TestBar(QWidget):
    """A calm strip over the whole width; hidden where the alarm was heard today.

    Signals:
        play_wanted: the test alarm is to be played.
        answered: whether it was noticed.
    """

    __test__ = False  # no test of pytest's

    play_wanted = Signal()
    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("bar", "test")
        self._state = TestState("unknown")
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.play = QPushButton()
        self.yes = QPushButton(self.tr("I heard it  F7"))
        self.no = QPushButton(self.tr("I did not"))
        self.yes.setProperty("kind", "primary")
        self.play.clicked.connect(self.play_wanted)
        self.yes.clicked.connect(lambda: self.answered.emit(True))
        self.no.clicked.connect(lambda: self.answered.emit(False))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 20, 6)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        for button in (self.play, self.no, self.yes):
            row.addWidget(button)
        self.hide()

    def show_state(self, state: TestState) -> None:
        """Ask for what has to be done next, or go away."""
        self._state = state
        is_playing = state.state == "playing"
        self.text.setText(
            {
                "due": self.tr("Daily test: can the alarm of this station be heard?"),
                "playing": self.tr("The test alarm was played. Did you hear it?"),
                "not_heard": self.tr(
                    "The alarm of this station was not heard ({by}). Look at the list often, check "
                    "loudspeaker and volume, and test it again."
                ).format(by=state.by),
            }.get(state.state, "")
        )
        again = self.tr("Play it again")
        self.play.setText(again if is_playing else self.tr("Play the test alarm  F7"))
        for button in (self.yes, self.no):
            button.setVisible(is_playing)
        self.setVisible(bool(self.text.text()))

    def go_on(self) -> None:
        """What its key does: play the test, then say that it was heard."""
        if self._state.state == "playing":
            self.answered.emit(True)
        elif not self.isHidden():
            self.play_wanted.emit()
