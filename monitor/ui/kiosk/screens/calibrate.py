"""For staff, once for each panel: how large it is, by a bank card held against the glass."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from monitor.ui.kiosk.measures import LIKELY_DPI, MILLIMETRES_PER_INCH, Measures
from monitor.ui.kiosk.screens.frame import Heading, Screen
from monitor.ui.kiosk.screens.parts import FittedText, Key, Look

CARD_MM = (85.60, 53.98)
"""Width and height of a bank card: ID-1 of ISO/IEC 7810."""
CORNER_MM = 3.18
STEP = 1.005
"""By how much one touch changes the card: less than half a millimetre of its width."""
REPEAT_MS = (500, 60)
"""A key that stays down repeats, after the first of these and then each time after the second."""


@dataclass(frozen=True)
class CalibrateState:
    """The density of the panel as it is believed so far, in dots per inch."""

    dots_per_inch: float


class Card(QWidget):
    """A bank card as large as the panel's density would have it."""

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._measures = measures
        self.dots_per_inch = 0.0

    def show_density(self, dots_per_inch: float) -> None:
        self.dots_per_inch = dots_per_inch
        self.update()

    def most(self) -> float:
        """The density at which the card is as large as the room for it."""
        per_inch = (
            side * MILLIMETRES_PER_INCH / millimetres
            for side, millimetres in zip(self.size().toTuple(), CARD_MM, strict=True)
        )
        return min(per_inch)

    def outline(self) -> QRectF:
        """Where the card is drawn."""
        per_mm = self.dots_per_inch / MILLIMETRES_PER_INCH
        drawn = QRectF(0, 0, CARD_MM[0] * per_mm, CARD_MM[1] * per_mm)
        drawn.moveCenter(QRectF(self.rect()).center())
        return drawn

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme = self._measures.theme
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(QColor(theme.accent_wash))
            radius = CORNER_MM * self.dots_per_inch / MILLIMETRES_PER_INCH
            painter.drawRoundedRect(self.outline(), radius, radius)


class CalibrateScreen(Screen):
    """Smaller and larger by key or arrow, held to repeat.

    Signals: calibrated, with the dots per inch, by Save; went_back, by Back.
    """

    calibrated = Signal(float)

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self.heading = Heading(measures)
        self.card = Card(measures)
        self.size_words = FittedText(measures)
        self.smaller = self._changing(self.tr("Smaller"), 1 / STEP)
        self.larger = self._changing(self.tr("Larger"), STEP)
        self.back = Key(measures, wide=measures.target(34))
        self.back.show_text(self.tr("Back"))
        self.back.clicked.connect(self.went_back)
        self.save = Key(measures, Look.PRIMARY, wide=measures.target(53))
        self.save.show_text(self.tr("Save"))
        self.save.clicked.connect(lambda: self.calibrated.emit(self.card.dots_per_inch))
        self._lay_out()

    def _changing(self, words: str, factor: float) -> Key:
        key = Key(self.measures)
        key.show_text(words)
        key.setFixedHeight(self.measures.target(26))
        key.again = True
        key.setAutoRepeat(True)
        key.setAutoRepeatDelay(REPEAT_MS[0])
        key.setAutoRepeatInterval(REPEAT_MS[1])
        key.clicked.connect(lambda: self._scale(factor))
        return key

    def _lay_out(self) -> None:
        measures = self.measures
        keys = QVBoxLayout()
        keys.setSpacing(measures.gap)
        keys.addStretch(1)
        for widget in (self.larger, self.smaller):
            widget.setFixedWidth(measures.target(60))
            keys.addWidget(widget)
        middle = QHBoxLayout()
        middle.setSpacing(measures.gap)
        middle.addWidget(self.card, 1)
        middle.addLayout(keys)
        bottom = QHBoxLayout()
        bottom.setSpacing(measures.gap)
        bottom.addWidget(self.back)
        bottom.addWidget(self.size_words, 1)
        bottom.addWidget(self.save)
        for key in (self.back, self.save):
            key.setFixedHeight(measures.target(21))
        for row in (middle, bottom):
            self.order_by_hand(row)
        side = measures.size("margin")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(side, measures.px(2), side, measures.px(6.4))
        self._column.setSpacing(measures.gap)
        self._column.addWidget(self.heading)
        self._column.addLayout(middle, 1)
        self._column.addLayout(bottom)

    def show(self, state: CalibrateState) -> None:  # type: ignore[override]
        """Show the card at the density believed so far."""
        self.heading.show_texts(
            self.tr("Hold a bank card against the screen."),
            self.tr("Make the drawing as large as the card, then touch Save."),
        )
        self._place()
        self._take(state.dots_per_inch)

    def _scale(self, factor: float) -> None:
        self._take(self.card.dots_per_inch * factor)

    def _take(self, dots_per_inch: float) -> None:
        lowest, highest = LIKELY_DPI
        most = max(min(highest, self.card.most()), lowest)
        self.card.show_density(min(max(dots_per_inch, lowest), most))
        wide, high = (
            side / self.card.dots_per_inch * MILLIMETRES_PER_INCH for side in self.size().toTuple()
        )
        words = self.tr("This screen is {width} x {height} mm.")
        self.size_words.show_text(words.format(width=round(wide), height=round(high)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Plus):
            self._scale(STEP)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Minus):
            self._scale(1 / STEP)
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        margins = self._column.contentsMargins()
        wide = self.width() - margins.left() - margins.right()
        most = self.touch_top() - margins.top() - self.measures.gap
        self.heading.take(wide, max(1, min(self.heading.wished_height(wide), most)))
        self._column.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
