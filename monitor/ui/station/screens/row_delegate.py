"""Paints one row of the list at the left: shape, name, why it stands there, what it is of."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.priority_shape import paint_priority
from monitor.ui.station.screens.row_model import ROW, SPARK
from monitor.ui.station.screens.signs import paint_sign
from monitor.ui.station.screens.sparkline import HEIGHT, WIDTH, paint_sparkline
from monitor.ui.station.views import Row, SparkLine

Index = QModelIndex | QPersistentModelIndex

_LEFT, _RIGHT, _TOP, _BOTTOM = 18, 14, 9, 9
_SHAPE, _SHAPE_GAP = 19, 11
_LEADING = (2, 3, 1)
"""Between the first and second line, the second and third, the third and last."""
_NAME_SHARE = 0.5
"""Of the first line at least so much is the name's, however long the reason beside it."""
_TAG_GAP, _TAG_PADDING = 6, 6
_SPARK_GAP = 12
_SPARK_SHARE = 3.3
"""A box that is not so many times as wide has no room for the small chart beside words."""
_DOT = 3.5
_LEAST_PROCEDURE = 40
_FAINT = 0.6
_PICTURES_KEPT = 100
_STATES = (
    QStyle.StateFlag.State_Selected
    | QStyle.StateFlag.State_MouseOver
    | QStyle.StateFlag.State_HasFocus
)

_ELIDED = Qt.TextElideMode.ElideRight
_AT_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_AT_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class _Face:
    """A font with its measure, which is dear to ask for anew."""

    font: QFont
    metrics: QFontMetrics

    def width(self, text: str) -> int:
        return self.metrics.horizontalAdvance(text) if text else 0

    def elided(self, text: str, room: int) -> str:
        return self.metrics.elidedText(text, _ELIDED, max(0, room))


@dataclass(frozen=True)
class _Picture:
    """What was painted of a row, and of what: text is dear, a picture is not."""

    row: Row
    spark: SparkLine | None
    look: tuple[object, ...]
    picture: QPixmap


class RowDelegate(QStyledItemDelegate):
    """One column, one height and one painter for the whole row: the cheapest list to repaint."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: dict[str, _Picture] = {}
        self.follow(1.0)

    def follow(self, scale: float) -> None:
        """Paint rows with text so many times as large as usual; the list lays itself out anew."""
        self._scale = scale
        self._pictures.clear()
        sizes = {name: size * scale for name, size in self._theme.sizes.items()}
        self._name = self._face(sizes["text"] + scale, QFont.Weight.Medium)
        self._new_name = self._face(sizes["text"] + scale, QFont.Weight.Bold)
        self._text = self._face(sizes["text"])
        self._strong = self._face(sizes["text"], QFont.Weight.DemiBold)
        self._small = self._face(sizes["small"])
        self._small_strong = self._face(sizes["small"], QFont.Weight.DemiBold)
        self._heights = (
            self._name.metrics.height(),
            self._text.metrics.height(),
            self._small.metrics.height(),
            self._small.metrics.height() + 2,
        )
        self._shape = round(_SHAPE * scale)
        self._spark = QSize(WIDTH, HEIGHT) * scale
        self._height = _TOP + sum(self._heights) + sum(_LEADING) + _BOTTOM

    def _face(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> _Face:
        font = QFont(self._theme.font_family)
        font.setPixelSize(round(size))
        font.setWeight(weight)
        return _Face(font, QFontMetrics(font))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the picture of the row where it belongs; a new one only where it has changed."""
        row: Row = index.data(ROW)
        spark = index.data(SPARK) if row.spark is not None else None
        ratio = painter.device().devicePixelRatio()
        look = (option.state & _STATES, option.rect.size(), ratio)
        kept = self._pictures.get(row.key)
        if kept is None or kept.row is not row or kept.spark is not spark or kept.look != look:
            picture = QPixmap(option.rect.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            self._draw(picture, option, row, spark)
            if len(self._pictures) >= _PICTURES_KEPT:
                self._pictures.clear()
            kept = self._pictures[row.key] = _Picture(row, spark, look, picture)
        painter.drawPixmap(option.rect.topLeft(), kept.picture)

    def _draw(
        self, picture: QPixmap, option: QStyleOptionViewItem, row: Row, spark: SparkLine | None
    ) -> None:
        rect = QRect(QPoint(), option.rect.size())
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter, rect, option.state)
            self._paint_shape(painter, rect, row)
            box = rect.adjusted(_LEFT + self._shape + _SHAPE_GAP, _TOP, -_RIGHT, -_BOTTOM)
            first, second, third, last = self._lines(box)
            self._paint_first(painter, first, row)
            self._paint_second(painter, second, row)
            if row.spark is not None and box.width() >= _SPARK_SHARE * self._spark.width():
                if spark is not None:
                    place = QRect(QPoint(), self._spark)
                    place.moveBottomRight(QPoint(box.right(), last.bottom()))
                    paint_sparkline(painter, QRectF(place), spark, self._theme)
                for line in (third, last):
                    line.setWidth(line.width() - self._spark.width() - _SPARK_GAP)
            self._paint_third(painter, third, row)
            self._paint_last(painter, last, row)

    def _lines(self, box: QRect) -> list[QRect]:
        lines, y = [], box.top()
        for height, after in zip(self._heights, (*_LEADING, 0), strict=True):
            lines.append(QRect(box.left(), y, box.width(), height))
            y += height + after
        return lines

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        theme = self._theme
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = theme.accent_wash if selected else theme.wash if hovered else theme.paper
        painter.fillRect(rect, QColor(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.line))
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -2), 3, 3)

    def _paint_shape(self, painter: QPainter, rect: QRect, row: Row) -> None:
        box = QRectF(rect.left() + _LEFT, rect.top() + _TOP - 1, self._shape, self._shape)
        if row.priority is not None:
            painter.setOpacity(_FAINT if row.is_faint else 1.0)
            paint_priority(painter, box, row.priority, self._theme)
            painter.setOpacity(1.0)
        else:
            paint_sign(painter, box.adjusted(1, 1, -1, -1), row.sign, self._theme)
        if row.news:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.accent))
            centre = QRectF(0, 0, 2 * _DOT, 2 * _DOT)
            centre.moveCenter(QRectF(rect.left() + 3, box.top(), _LEFT - 3, self._shape).center())
            painter.drawEllipse(centre)

    def _paint_first(self, painter: QPainter, line: QRect, row: Row) -> None:
        face = self._small_strong if row.overdue else self._small
        place = face.elided(row.place, round(line.width() * (1 - _NAME_SHARE)))
        if row.namesake and line.width() - face.width(place) < self._name_room(row, line.width()):
            place = ""  # larger text: the number tells the two apart, the place is in the tooltip
        self._write(
            painter, line, place, face,
            self._theme.red_ink if row.overdue else self._theme.muted, _AT_RIGHT,
        )  # fmt: skip
        room = line.width() - (face.width(place) + 10 if place else 0)
        self._paint_name(painter, QRect(line.left(), line.top(), room, line.height()), row)

    def _name_room(self, row: Row, width: int) -> int:
        """What the name needs: its share of the line, and its number."""
        return round(width * _NAME_SHARE) + self._name.width(_number(row)) + 10

    def _paint_name(self, painter: QPainter, box: QRect, row: Row) -> None:
        face = self._new_name if row.news else self._name
        # A namesake is told apart by the number, in the same place where the eye is.
        number = _number(row)
        name = face.elided(row.name, box.width() - face.width(number))
        seen = len(row.name) if name == row.name else len(name) - 1
        for first, length in row.marks:
            if first + length > seen:
                continue
            left = box.left() + face.width(name[:first])
            width = face.width(name[first : first + length])
            marked = QRectF(left - 1, box.top() + 1, width + 2, box.height() - 2)
            painter.fillRect(marked, QColor(self._theme.yellow))
        ink = self._theme.muted if row.gone else self._theme.ink
        self._write(painter, box, name + number, face, ink)

    def _paint_second(self, painter: QPainter, line: QRect, row: Row) -> None:
        """How urgent in words, and why; at the right how long somebody has waited."""
        theme = self._theme
        self._write(painter, line, row.waited, self._small, theme.muted, _AT_RIGHT)
        room = line.width() - (self._small.width(row.waited) + 10 if row.waited else 0)
        left = line.left()
        reason = " ".join(part for part in (row.reason, row.more) if part)
        if row.words:
            ink = theme.ink if row.priority is None else theme.priority(row.priority).ink
            words = self._strong.elided(row.words, room)
            self._write(painter, line, words, self._strong, ink)
            left += self._strong.width(words)
            reason = f" · {reason}" if reason else ""
        rest = QRect(left, line.top(), line.left() + room - left, line.height())
        ink = theme.muted if row.gone else theme.ink
        self._write(painter, rest, self._text.elided(reason, rest.width()), self._text, ink)

    def _paint_third(self, painter: QPainter, line: QRect, row: Row) -> None:
        small = self._small
        # What is shortened is the name of the procedure: its level and side stay readable.
        rest = small.width(f"{row.since} ·  {row.where}")
        name = small.elided(row.procedure, max(_LEAST_PROCEDURE, line.width() - rest))
        parts = (row.since, f"{name} {row.where}".strip())
        text = small.elided(" · ".join(part for part in parts if part), line.width())
        self._write(painter, line, text, small, self._theme.muted)

    def _paint_last(self, painter: QPainter, line: QRect, row: Row) -> None:
        """What must not be overlooked as labels, then what came last and what comes next."""
        left, end = line.left(), line.left() + line.width()
        if row.beside and row.beside_priority is not None:
            colours = self._theme.priority(row.beside_priority)
            room = QRect(left, line.top(), end - left, line.height())
            left += self._paint_tag(painter, room, row.beside, colours.ink, colours.wash)
        if row.asked:
            room = QRect(left, line.top(), end - left, line.height())
            left += self._paint_tag(
                painter, room, row.asked, self._theme.accent, self._theme.accent_wash
            )
        parts = " · ".join(part for part in (row.owner, row.reported, row.due) if part)
        room = QRect(left, line.top(), end - left, line.height())
        self._write(
            painter, room, self._small.elided(parts, room.width()), self._small, self._theme.muted
        )

    def _paint_tag(self, painter: QPainter, room: QRect, text: str, ink: str, ground: str) -> int:
        """Paint one rounded label at the left of `room`; the width it takes."""
        shown = self._small.elided(text, room.width() - 2 * _TAG_PADDING)
        width = self._small.width(shown) + 2 * _TAG_PADDING
        box = QRectF(room.left() + 0.5, room.top() + 0.5, width, room.height() - 1)
        painter.setPen(QPen(QColor(ink), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, room.height() / 2, room.height() / 2)
        painter.setFont(self._small.font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)
        return width + _TAG_GAP

    def _write(
        self, painter: QPainter, box: QRect, text: str, face: _Face, ink: str,
        where: int = _AT_LEFT,
    ) -> None:  # fmt: skip
        if text:
            painter.setFont(face.font)
            painter.setPen(QColor(ink))
            painter.drawText(box, where, text)


def _number(row: Row) -> str:
    """The number behind the name, where another patient has the same name."""
    return f" · {row.namesake}" if row.namesake else ""
