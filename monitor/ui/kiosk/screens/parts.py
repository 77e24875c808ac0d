"""The parts of all screens: painted keys and texts that fit, at any size of text."""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from monitor.ui.kiosk.measures import Measures

CENTRED = int(Qt.AlignmentFlag.AlignCenter)
ABOVE, BELOW = 0.97, 0.44
"""How far letters reach above and below the base of their line, in ems.

Arabic needs that much, but its font asks for half as much again, for signs that are not written
here. Other letters need less, and get less.
"""
LINE = 1.45
"""The height of a line of text in any language, in ems, with some room to spare."""
LINE_SEPARATOR = chr(0x2028)
"""Ends a line, but not the paragraph."""
SLOP_MM = 3.0
"""How far a finger may slide beside a key that it has pressed; no farther than the next key."""
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


class Lines:
    """A text wrapped between words, in lines as near as their letters allow.

    `direction` is that of the reader: full stops, brackets and numbers stand where the lines of
    the language want them. `width` and `height` are what the text takes, in pixels; a long word
    takes more than it was given.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
        alignment: int = CENTRED,
    ) -> None:
        option = QTextOption(QStyle.visualAlignment(direction, Qt.AlignmentFlag(alignment)))
        option.setTextDirection(direction)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        self._layout = QTextLayout(text.replace("\n", LINE_SEPARATOR), font)
        self._layout.setTextOption(option)
        self._alignment = Qt.AlignmentFlag(alignment)
        above, below = ABOVE * font.pixelSize(), BELOW * font.pixelSize()
        self.width = self.height = 0.0
        self._layout.beginLayout()
        while text and (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, self.height + min(line.ascent(), above) - line.ascent()))
            self.height += min(line.ascent(), above) + min(line.descent(), below)
            self.width = max(self.width, line.naturalTextWidth())
        self._layout.endLayout()

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Draw the text in a place as wide as it was wrapped for, in the painter's pen."""
        spare = place.height() - self.height
        if self._alignment & Qt.AlignmentFlag.AlignTop:
            spare = 0
        self._layout.draw(painter, place.topLeft() + QPointF(0, round(spare / 2)))


def least_width(text: str, font: QFont, most: int) -> int:
    """The width in which a text takes no more lines than in `most`, and none is a lone word."""
    height = Lines(text, font, most).height
    too_narrow, wide = 0, most
    while wide - too_narrow > 1:
        between = (too_narrow + wide) // 2
        lines = Lines(text, font, between)
        if lines.height <= height and lines.width <= between:
            wide = between
        else:
            too_narrow = between
    return wide


def fits(text: str, size: QSize, font: QFont) -> bool:
    """Whether a text, wrapped between words, stays inside a size without breaking a word."""
    lines = Lines(text, font, size.width())
    return lines.width <= size.width() and lines.height <= size.height()


def fitting_font(
    text: str, size: QSize, measures: Measures, wished: int, weight: QFont.Weight
) -> QFont:
    """The wished font, or the largest smaller one in which the text fits."""
    font = font_of(measures, wished, weight)
    if fits(text, size, font):
        return font
    fitting, too_large = min(measures.least_text, wished), wished
    while too_large - fitting > 1:
        between = (fitting + too_large) // 2
        if fits(text, size, font_of(measures, between, weight)):
            fitting = between
        else:
            too_large = between
    return font_of(measures, fitting, weight)


def direction_of(from_right: bool) -> Qt.LayoutDirection:
    """The direction of what is laid out from the right, or from the left whatever the lines do."""
    return Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight


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

    def wished_height(self, width: int, share: float = 1.0) -> int:
        """The height that the text needs at its wished size; 0 for no text.

        share: of the wished size, above 0 and up to 1; never under the least size.
        """
        least = min(self._measures.least_text, self._wished)
        return self._height_at(max(int(self._wished * share), least), width)

    def least_height(self, width: int) -> int:
        """The height that the text needs at the smallest size."""
        return self._height_at(self._measures.least_text, width)

    def fitted_height(self, width: int, most: int) -> int:
        """The height that the text needs where it may have to shrink to take so much at most."""
        return min(self._height_at(self.fitted_pixels(width, most), width), most)

    def fitted_pixels(self, width: int, most: int) -> int:
        """The size that the text takes in so much room."""
        room = QSize(width, most)
        font = fitting_font(self._text, room, self._measures, self._wished, self._weight)
        return font.pixelSize()

    def _height_at(self, pixels: int, width: int) -> int:
        if not self._text:
            return 0
        font = font_of(self._measures, pixels, self._weight)
        return math.ceil(Lines(self._text, font, width).height)

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
        with QPainter(self) as painter:
            painter.setPen(QColor(getattr(self._measures.theme, self._colour)))
            direction = self.layoutDirection()
            font = self._font()
            wide = self.width()
            if self._alignment & Qt.AlignmentFlag.AlignHCenter.value:
                wide = least_width(self._text, font, wide)
            lines = Lines(self._text, font, wide, direction, self._alignment)
            lines.paint(painter, QRectF((self.width() - wide) / 2, 0, wide, self.height()))


class Touchable(QAbstractButton):
    """Something to touch, at once or by holding it for as long as the patient chose.

    With `comfort.hold_ms` a finger that lifts or slips off before `holding` has ended does
    nothing, and one that stays counts once. The keyboard never waits. A finger that trembles may
    leave the key by `SLOP_MM` and is still on it. `again`: it is touched again and again, as the
    digits are, so that two taps soon after each other may both be meant.
    """

    again = False

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._measures = measures
        self.holding: QVariantAnimation | None = None
        if measures.comfort.hold_ms:
            self.holding = QVariantAnimation(self)
            self.holding.setStartValue(0.0)
            self.holding.setEndValue(1.0)
            self.holding.setDuration(measures.comfort.hold_ms)
            self.holding.valueChanged.connect(lambda _: self.update())
            self.holding.finished.connect(self._count)

    def held_share(self) -> float:
        """How much of the time that it must be held has gone, from 0 to 1."""
        if self.holding is None or not self.isDown():
            return 0.0
        return float(self.holding.currentValue())

    def _count(self) -> None:
        if self.isDown():  # or another page was turned to meanwhile
            self.setDown(False)
            self.click()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.holding is not None and self.isDown():
            self.holding.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.holding is None:
            super().mouseMoveEvent(event)
        elif not self.hitButton(event.position().toPoint()):
            self._let_go()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.holding is not None:
            self._let_go()
        super().mouseReleaseEvent(event)

    def hitButton(self, pos: QPoint) -> bool:
        slop = round(SLOP_MM * self._measures.pixels_per_mm)
        return self.rect().adjusted(-slop, -slop, slop, slop).contains(pos)

    def _let_go(self) -> None:
        if self.holding is not None:
            self.holding.stop()
        self.setDown(False)


class Look(StrEnum):
    """How a key is painted."""

    KEY = "key"
    PRIMARY = "primary"
    PLAIN = "plain"
    PILL = "pill"


class Key(Touchable):
    """A key with a text that wraps and shrinks to fit; what is chosen is filled.

    It is as wide as its text wishes, or `wide` in a layout that has the room, and in no layout
    narrower than its text needs. Touching does not move the keyboard's place; Tab, arrows,
    Enter and Space work.
    """

    def __init__(
        self,
        measures: Measures,
        look: Look = Look.KEY,
        *,
        text_size: str = "text",
        alignment: int = CENTRED,
        checkable: bool = False,
        wide: int = 0,
    ) -> None:
        super().__init__(measures)
        self._look = look
        self._wide = wide
        self._wished = measures.text("small" if look is Look.PILL else text_size)
        self._limit = self._wished
        self._alignment = alignment
        self.setCheckable(checkable)
        self._least = measures.floor
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_text(self, text: str, name: str = "") -> None:
        """Show `text`; `name` says the same in whole words where the text is short."""
        self.setAccessibleName(name or text)
        if text != self.text():
            self.setText(text)
            self._least = self._least_width()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font_of(self._measures, self._wished, self._weight()))
        width = metrics.horizontalAdvance(self.text()) + 2 * self._measures.px(6)
        wished = QSize(max(width, self._wide), self._measures.target())
        return wished.expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, self._measures.floor)

    def _least_width(self) -> int:
        """The width in which the smallest text fits a key of the least height."""
        font = font_of(self._measures, self._measures.least_text, self._weight())
        beside = self._measures.floor - self._text_room(self._measures.floor)
        width = self._measures.floor
        room = self._measures.floor - 2 * self._above()
        step = max(1, self._measures.gap // 4)
        most = QFontMetrics(font).horizontalAdvance(self.text()) + beside + 2
        while width < most and not fits(self.text(), QSize(self._text_room(width), room), font):
            width += step
        return width

    def _text_room(self, width: int) -> int:
        """What a key of a width leaves between its sides."""
        return width - 2 * self._beside()

    def _beside(self) -> int:
        return max(
            self._measures.px(4.5 if self._alignment == LEFT else 1.5), self._measures.gap // 2
        )

    def is_whole(self) -> bool:
        """Whether all of the text can be read at the size it has now."""
        return fits(self.text(), self._text_rect().size().toSize(), self._font())

    def _weight(self) -> QFont.Weight:
        quiet = self._look in (Look.PLAIN, Look.PILL) or self._alignment == LEFT
        return QFont.Weight.Medium if quiet else QFont.Weight.DemiBold

    def _text_rect(self) -> QRectF:
        side = self._beside()
        above = self._above()
        return QRectF(self.rect()).adjusted(side, above, -side, -above)

    def _above(self) -> int:
        """What is kept free above and below the text: 0.7 mm, or tails would touch the border."""
        return round(0.7 * self._measures.pixels_per_mm)

    def fitting_pixels(self) -> int:
        return self._fitted(self._wished).pixelSize()

    def limit(self, pixels: int) -> None:
        self._limit = min(pixels, self._wished)
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
            ground = theme.accent_press if self._is_pressed() else theme.accent
            return ground, ground, theme.accent_ink
        ground = theme.press if self._is_pressed() else theme.paper
        ink = theme.ink if self._look is Look.KEY else theme.muted
        return ground, theme.edge, ink

    def _is_pressed(self) -> bool:
        """Whether to look pressed as a whole: a key that is to be held fills bit by bit."""
        return self.isDown() and self.holding is None

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, border, ink = self._colours()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter, ground, border)
            painter.setPen(QColor(ink))
            place, direction = self._text_rect(), self.layoutDirection()
            lines = Lines(self.text(), self._font(), place.width(), direction, self._alignment)
            lines.paint(painter, place)

    def _paint_ground(self, painter: QPainter, ground: str, border: str) -> None:
        measures = self._measures
        width = measures.size("line")
        area = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = area.height() / 2 if self._look is Look.PILL else measures.size("radius")
        painter.setPen(QPen(QColor(border), width))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(area, radius, radius)
        self._paint_holding(painter, area, radius)
        if self.hasFocus():
            ring = QPen(QColor(measures.theme.focus), measures.px(1.1))
            painter.setPen(ring)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)

    def _paint_holding(self, painter: QPainter, area: QRectF, radius: float) -> None:
        """Fill from below while it is held: when it is full, it has counted."""
        share = self.held_share()
        if not share:
            return
        theme = self._measures.theme
        filled = self._look is Look.PRIMARY or self.isChecked()
        whole, part = QPainterPath(), QPainterPath()
        whole.addRoundedRect(area, radius, radius)
        part.addRect(area.adjusted(0, area.height() * (1 - share), 0, 0))
        painter.setPen(QPen(QColor(theme.accent_ink if filled else theme.accent), 2))
        painter.setBrush(QColor(theme.accent_press if filled else theme.press))
        painter.drawPath(whole.intersected(part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


class DrawnKey(Key):
    """A key with a drawing and a name instead of a text; `name` is for those who cannot see it."""

    def __init__(self, measures: Measures, name: str = "") -> None:
        super().__init__(measures)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, border, ink = self._colours()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter, ground, border)
            pen_width = self._measures.floor / 25
            painter.setPen(QPen(QColor(ink), pen_width, j=Qt.PenJoinStyle.MiterJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.translate(QRectF(self.rect()).center())
            self._draw(painter, self._measures.floor / 20)

    def _draw(self, painter: QPainter, u: float) -> None:
        """Draw around the middle of the key, which is at least 20 `u` wide and high."""
        raise NotImplementedError


class EraseKey(DrawnKey):
    """The key that takes the last digit away, with the usual drawing."""

    def _draw(self, painter: QPainter, u: float) -> None:
        shape = ((-4.5, 0), (-1.8, -3), (4.5, -3), (4.5, 3), (-1.8, 3))
        painter.drawPolygon([QPointF(x * u, y * u) for x, y in shape])
        for one, other in (((-0.3, -1.4), (2.5, 1.4)), ((-0.3, 1.4), (2.5, -1.4))):
            painter.drawLine(QPointF(one[0] * u, one[1] * u), QPointF(other[0] * u, other[1] * u))


class ComfortKey(DrawnKey):
    """The way to language, text size and the like: a globe and a large and a small letter.

    Both are understood without reading any language.
    """

    def sizeHint(self) -> QSize:
        wished = QSize(self._measures.target(34), self._measures.target())
        return wished.expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        drawn = max(self._measures.px(27), round(self._measures.least_text * 4.4))
        return QSize(max(drawn, self._measures.floor), self._measures.floor)

    def _draw(self, painter: QPainter, u: float) -> None:
        em = min(self._measures.least_text, round(self.width() / 5.5))
        self._draw_globe(painter, QPointF(-1.15 * em, 0), 0.72 * em)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for letter, size, x in (("A", em, 0.42 * em), ("A", round(1.5 * em), 1.42 * em)):
            painter.setFont(font_of(self._measures, size, QFont.Weight.DemiBold))
            base = 0.73 * 1.5 * em / 2
            painter.drawText(QPointF(x - 0.35 * size, base), letter)

    def _draw_globe(self, painter: QPainter, middle: QPointF, radius: float) -> None:
        pen = painter.pen()
        pen.setWidthF(max(1.5, radius / 8))
        painter.setPen(pen)
        painter.drawEllipse(middle, radius, radius)
        painter.drawEllipse(middle, radius * 0.45, radius)
        across = QPointF(radius, 0)
        painter.drawLine(middle - across, middle + across)


class ListenKey(DrawnKey):
    """Reads the page aloud: a loudspeaker with two waves."""

    def _draw(self, painter: QPainter, u: float) -> None:
        shape = ((-4.2, -1.4), (-2.2, -1.4), (0.2, -3.6), (0.2, 3.6), (-2.2, 1.4), (-4.2, 1.4))
        painter.drawPolygon([QPointF(x * u, y * u) for x, y in shape])
        for radius in (2.4, 4.4):
            box = QRectF(-radius * u, -radius * u, 2 * radius * u, 2 * radius * u)
            painter.drawArc(box.translated(0.4 * u, 0), -45 * 16, 90 * 16)


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
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            radius = self.height() / 2
            whole = QRectF(self.rect())
            theme = self._measures.theme
            for colour, share in ((theme.line, 1.0), (theme.accent, self._share)):
                painter.setBrush(QColor(colour))
                part = QRectF(whole)
                part.setWidth(max(whole.width() * share, whole.height()))
                if self.isRightToLeft():
                    part.moveRight(whole.right())
                painter.drawRoundedRect(part, radius, radius)


class Rule(QWidget):
    """A thin line between rows."""

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._colour = measures.theme.line
        self.setFixedHeight(measures.size("line"))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._colour))
