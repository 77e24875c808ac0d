"""The parts of all screens: painted keys and texts that fit, at any size of text."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from monitor.ui.kiosk.measures import Measures

WRAP = int(Qt.TextFlag.TextWordWrap)
CENTRED = int(Qt.AlignmentFlag.AlignCenter)
LINE = 1.3
"""The height of a line of text, in ems, with some room to spare."""
APART = "\u00a0\u00a0"
"""Two spaces that keep a score and its word on one line."""
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
TOP = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
TOP_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
TOP_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)


def font_of(measures: Measures, pixels: int, weight: QFont.Weight) -> QFont:
    font = QFont(measures.theme.font_family)
    font.setPixelSize(max(1, pixels))
    font.setWeight(weight)
    return font


def fits(text: str, size: QSize, font: QFont) -> bool:
    """Whether a text, wrapped between words, stays inside a size without breaking a word."""
    metrics = QFontMetrics(font)
    bounds = metrics.boundingRect(QRect(0, 0, size.width(), 100000), WRAP, text)
    return bounds.width() <= size.width() and bounds.height() <= size.height()


def fitting_font(
    text: str, size: QSize, measures: Measures, wished: int, weight: QFont.Weight
) -> QFont:
    """The wished font, or the largest smaller one in which the text fits."""
    for pixels in range(wished, measures.least_text - 1, -1):
        font = font_of(measures, pixels, weight)
        if fits(text, size, font):
            return font
    return font_of(measures, min(measures.least_text, wished), weight)


class Fitting(Protocol):
    """A part whose text shrinks to fit, and can be told to shrink further."""

    def fitting_pixels(self) -> int:
        """The size its text would take by itself."""

    def limit(self, pixels: int) -> None:
        """Take no larger text than this."""


def even_out(parts: Iterable[Fitting]) -> None:
    """Give all parts the text size of the one with the least room: rows read alike."""
    sizes = [(part, part.fitting_pixels()) for part in parts]
    smallest = min((pixels for _, pixels in sizes), default=0)
    for part, _ in sizes:
        part.limit(smallest)


class FittedText(QWidget):
    """A text that is as large as wished where there is room, and smaller where not.

    Its height for a width is that of the wished size; a layout may give it less.
    """

    def __init__(
        self,
        measures: Measures,
        *,
        size: str = "text",
        weight: QFont.Weight = QFont.Weight.Normal,
        colour: str = "ink",
        alignment: int = CENTRED,
    ) -> None:
        super().__init__()
        self._measures = measures
        self._wished = measures.text(size)
        self._weight = weight
        self._colour = colour
        self._alignment = alignment
        self._text = ""
        self._limit = self._wished
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def wished_height(self, width: int) -> int:
        """The height that the text needs at its wished size; 0 for no text."""
        return self._height_at(self._wished, width)

    def least_height(self, width: int) -> int:
        """The height that the text needs at the smallest size."""
        return self._height_at(self._measures.least_text, width)

    def _height_at(self, pixels: int, width: int) -> int:
        if not self._text:
            return 0
        metrics = QFontMetrics(font_of(self._measures, pixels, self._weight))
        return metrics.boundingRect(QRect(0, 0, width, 100000), WRAP, self._text).height()

    def is_whole(self) -> bool:
        """Whether all of the text can be read at the size it has now."""
        return fits(self._text, self.size(), self._font())

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font_of(self._measures, self._wished, self._weight))
        return QSize(metrics.horizontalAdvance(self._text), self.wished_height(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def fitting_pixels(self) -> int:
        size = self.size()
        font = fitting_font(self._text, size, self._measures, self._wished, self._weight)
        return font.pixelSize()

    def limit(self, pixels: int) -> None:
        self._limit = pixels
        self.update()

    def _font(self) -> QFont:
        return fitting_font(self._text, self.size(), self._measures, self._limit, self._weight)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(QColor(getattr(self._measures.theme, self._colour)))
        painter.drawText(self.rect(), self._alignment | WRAP, self._text)
        painter.end()


class Look(StrEnum):
    """How a key is painted."""

    KEY = "key"
    PRIMARY = "primary"
    PLAIN = "plain"
    PILL = "pill"


class Key(QAbstractButton):
    """Something to touch. Its text wraps and shrinks to fit; what is chosen is filled.

    Touching does not move the keyboard's place; Tab, arrows, Enter and Space work.
    """

    def __init__(
        self,
        measures: Measures,
        look: Look = Look.KEY,
        *,
        text_size: str = "text",
        alignment: int = CENTRED,
        checkable: bool = False,
    ) -> None:
        super().__init__()
        self._measures = measures
        self._look = look
        self._wished = measures.text("small" if look is Look.PILL else text_size)
        self._limit = self._wished
        self._alignment = alignment
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(measures.floor, measures.floor)

    def show_text(self, text: str, name: str = "") -> None:
        """Show `text`; `name` says the same in whole words where the text is short."""
        self.setText(text)
        self.setAccessibleName(name or text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font_of(self._measures, self._wished, self._weight()))
        width = metrics.horizontalAdvance(self.text()) + 2 * self._measures.px(6)
        return QSize(width, self._measures.target()).expandedTo(self.minimumSize())

    def is_whole(self) -> bool:
        """Whether all of the text can be read at the size it has now."""
        return fits(self.text(), self._text_rect().size().toSize(), self._font())

    def _weight(self) -> QFont.Weight:
        quiet = self._look in (Look.PLAIN, Look.PILL) or self._alignment == LEFT
        return QFont.Weight.Medium if quiet else QFont.Weight.DemiBold

    def _text_rect(self) -> QRectF:
        side = self._measures.px(4.5 if self._alignment == LEFT else 1.5)
        return QRectF(self.rect()).adjusted(side, 1, -side, -1)

    def fitting_pixels(self) -> int:
        return self._fitted(self._wished).pixelSize()

    def limit(self, pixels: int) -> None:
        self._limit = pixels
        self.update()

    def _font(self) -> QFont:
        return self._fitted(self._limit)

    def _fitted(self, wished: int) -> QFont:
        size = self._text_rect().size().toSize()
        return fitting_font(self.text(), size, self._measures, wished, self._weight())

    def _colours(self) -> tuple[str, str, str]:
        """Ground, border and text."""
        theme = self._measures.theme
        if not self.isEnabled():
            return theme.disabled, theme.disabled, theme.disabled_ink
        if self._look is Look.PRIMARY or self.isChecked():
            ground = theme.accent_press if self.isDown() else theme.accent
            return ground, ground, theme.accent_ink
        ground = theme.press if self.isDown() else theme.paper
        if self._look is Look.PLAIN:
            return ground, ground, theme.muted
        ink = theme.muted if self._look is Look.PILL else theme.ink
        return ground, theme.edge, ink

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, border, ink = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, ground, border)
        painter.setPen(QColor(ink))
        painter.setFont(self._font())
        painter.drawText(self._text_rect(), self._alignment | WRAP, self.text())
        painter.end()

    def _paint_ground(self, painter: QPainter, ground: str, border: str) -> None:
        measures = self._measures
        width = measures.size("line")
        area = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = area.height() / 2 if self._look is Look.PILL else measures.size("radius")
        painter.setPen(QPen(QColor(border), width))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(area, radius, radius)
        if self.hasFocus():
            ring = QPen(QColor(measures.theme.focus), measures.px(1.1))
            painter.setPen(ring)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class EraseKey(Key):
    """The key that takes the last digit away, with the usual drawing."""

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, border, ink = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, ground, border)
        u = self._measures.px(1)
        pen = QPen(QColor(ink), self._measures.px(0.8), j=Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.translate(QRectF(self.rect()).center())
        shape = ((-4.5, 0), (-1.8, -3), (4.5, -3), (4.5, 3), (-1.8, 3))
        painter.drawPolygon([QPointF(x * u, y * u) for x, y in shape])
        for one, other in (((-0.3, -1.4), (2.5, 1.4)), ((-0.3, 1.4), (2.5, -1.4))):
            painter.drawLine(QPointF(one[0] * u, one[1] * u), QPointF(other[0] * u, other[1] * u))
        painter.end()


class Progress(QWidget):
    """A bar that is as full as the visit is far."""

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._measures = measures
        self._share = 0.0
        self.setFixedHeight(measures.px(2.6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        whole = QRectF(self.rect())
        theme = self._measures.theme
        for colour, share in ((theme.line, 1.0), (theme.accent, self._share)):
            painter.setBrush(QColor(colour))
            part = QRectF(whole)
            part.setWidth(max(whole.width() * share, whole.height()))
            painter.drawRoundedRect(part, radius, radius)
        painter.end()


class Rule(QWidget):
    """A thin line between rows."""

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._colour = measures.theme.line
        self.setFixedHeight(measures.size("line"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colour))
        painter.end()
