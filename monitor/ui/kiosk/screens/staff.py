"""The staff corner: the PIN on large keys, and what there is behind it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.identify import DOT, IdentifyScreen
from monitor.ui.kiosk.screens.parts import Key
from monitor.ui.kiosk.screens.signing_in import ROWS, SignInScreen


@dataclass(frozen=True)
class PinState:
    """How many digits were typed, and what went wrong or was done in `note`."""

    typed: int
    can_go_on: bool
    note: str = ""


class PinScreen(IdentifyScreen):
    """Asks for the staff PIN, of which no digit is ever shown; offers to call the staff."""

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.help.show_text(self.tr("Call staff"))
        self.next.show_text(self.tr("Open"))
        self.comfort_key.hide()

    def show(self, state: PinState) -> None:  # type: ignore[override]
        """Show a dot for each digit."""
        self.heading.show_texts(
            self.tr("For staff only. Please type the PIN."), state.note or self.tr("Or touch Back.")
        )
        self.next.setEnabled(state.can_go_on)
        self.boxes.show_letters(DOT * state.typed, 1)
        self.boxes.setAccessibleName(self.tr("{count} digits").format(count=state.typed))
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as staff expect; no card is read here whose end could do it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next.click()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True)
class MenuState:
    """What staff can do at the kiosk; `note` says what was done."""

    note: str = ""


class MenuScreen(SignInScreen):
    """Signals: chosen, with "calibrate" or "close"."""

    chosen = Signal(str)

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.calibrate = Key(measures, text_size="question")
        self.calibrate.show_text(self.tr("Calibrate the screen"))
        self.calibrate.clicked.connect(lambda: self.chosen.emit("calibrate"))
        self.close_kiosk = Key(measures, text_size="question")
        self.close_kiosk.show_text(self.tr("Close the kiosk"))
        self.close_kiosk.clicked.connect(lambda: self.chosen.emit("close"))
        grid = QGridLayout(self.low)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(measures.gap)
        for column, key in enumerate((self.calibrate, self.close_kiosk)):
            key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            grid.addWidget(key, 0, column, ROWS - 1, 1)
            grid.setColumnStretch(column, 1)
        for key in (self.next, self.help, self.comfort_key):
            key.hide()
        grid.addLayout(self.row_of_keys(), ROWS - 1, 0, 1, 2)
        for row in range(ROWS):
            grid.setRowStretch(row, 1)
        for one, other in pairwise((self.calibrate, self.close_kiosk, self.back)):
            QWidget.setTabOrder(one, other)

    def show(self, state: MenuState) -> None:  # type: ignore[override]
        """Offer what there is."""
        self.heading.show_texts(self.tr("For staff"), state.note)
        self.arrange()
