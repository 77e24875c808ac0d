"""The page between visits: the clinic's name and one key. Holds nothing of any patient."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.parts import LEFT, TOP, FittedText, Key, Look


@dataclass(frozen=True)
class RestState:
    """The clinic's name."""

    clinic_name: str


class RestScreen(Screen):
    """Says who asks and offers to start."""

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self._brand = FittedText(measures, size="small", weight=QFont.Weight.Bold, alignment=LEFT)
        self._brand.show_text("Rootwatch")
        self._brand.setFixedHeight(measures.floor)
        self.name = FittedText(measures, size="title", weight=QFont.Weight.Bold, alignment=TOP)
        self.sentence = FittedText(measures, colour="muted", alignment=TOP)
        self.sentence.show_text(
            self.tr("Tell us how you are after your procedure. It takes a few minutes.")
        )
        self.start = Key(measures, Look.PRIMARY, text_size="question")
        self.start.show_text(self.tr("Start"))
        self.start.setFixedSize(measures.target(80), measures.target(40))
        self.start.clicked.connect(self.went_on)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._brand)
        self._column.addStretch(4)
        self._column.addWidget(self.name)
        self._column.addSpacing(measures.px(3))
        self._column.addWidget(self.sentence)
        self._column.addSpacing(measures.px(16))
        self._column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(6)

    def show(self, state: RestState) -> None:  # type: ignore[override]
        """Show the clinic's name."""
        self.name.show_text(state.clinic_name)
        self._place()

    def _place(self) -> None:
        side = self.measures.size("margin")
        self._column.setContentsMargins(side, self.measures.px(1.5), side, self.measures.px(5))
        wide = self.width() - 2 * side
        for text in (self.name, self.sentence):
            text.setFixedHeight(min(text.wished_height(wide), self.height() // 4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)
