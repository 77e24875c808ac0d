"""Paints one row of the list at the left: shape, name, why it stands there, what it is of."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.priority_shape import paint_priority
from monitor.ui.station.screens.row_model import ROW
from monitor.ui.station.views import Row

Index = QModelIndex | QPersistentModelIndex

_LEFT, _RIGHT, _TOP, _BOTTOM = 17, 15, 12, 13
_SHAPE, _SHAPE_GAP = 19, 12
_MOST_LINES = 2
_NAME_SHARE = 0.42
"""Of the first line at least so much is the name's, however long the reason beside it."""
_TAG_GAP, _TAG_PADDING, _TAG_ABOVE = 6, 7, 5


class RowDelegate(QStyledItemDelegate):
    """One column and one painter for the whole row: the cheapest list there is to repaint."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        sizes = theme.sizes
        self._name = self._font(sizes["text"] + 1, QFont.Weight.DemiBold)
        self._text = self._font(sizes["text"])
        self._place = self._font(sizes["small"])
        self._place_strong = self._font(sizes["small"], QFont.Weight.DemiBold)
        self._small = self._font(sizes["small"])
        self._name_height = QFontMetrics(self._name).height()
        self._text_height = QFontMetrics(self._text).height()
        self._small_height = QFontMetrics(self._small).height()

    def _font(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(self._theme.font_family)
        font.setPixelSize(round(size))
        font.setWeight(weight)
        return font

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        widget = option.widget
        width = widget.viewport().width() if hasattr(widget, "viewport") else option.rect.width()
        lines = self._reason_lines(row, width - self._text_left() - _RIGHT)
        height = _TOP + self._name_height + self._small_height + _BOTTOM + 4
        if row.beside or row.asked:
            height += self._tag_height + _TAG_ABOVE
        return QSize(width, height + lines * self._text_height)

    @property
    def _tag_height(self) -> int:
        return self._small_height + 4

    def _text_left(self) -> int:
        return _LEFT + _SHAPE + _SHAPE_GAP

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        box = option.rect.adjusted(self._text_left(), _TOP, -_RIGHT, -_BOTTOM)
        self._paint_shape(painter, option.rect, row)
        self._paint_first_line(painter, box, row)
        y = box.top() + self._name_height + 2
        y += self._paint_reason(painter, QRect(box.left(), y, box.width(), box.height()), row)
        self._paint_small(painter, QRect(box.left(), y + 2, box.width(), self._small_height), row)
        y += 2 + self._small_height + _TAG_ABOVE
        self._paint_tags(painter, QRect(box.left(), y, box.width(), self._tag_height), row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, rect, state = self._theme, option.rect, option.state
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
        if row.priority is None:
            return
        box = QRectF(rect.left() + _LEFT, rect.top() + _TOP - 1, _SHAPE, _SHAPE)
        if row.section != "attention":
            painter.setOpacity(0.55)
        paint_priority(painter, box, row.priority, self._theme)
        painter.setOpacity(1.0)

    def _paint_first_line(self, painter: QPainter, box: QRect, row: Row) -> None:
        theme = self._theme
        line = QRect(box.left(), box.top(), box.width(), self._name_height)
        metrics = QFontMetrics(self._place_strong if row.overdue else self._place)
        most = round(line.width() * (1 - _NAME_SHARE))
        place = metrics.elidedText(row.place, Qt.TextElideMode.ElideRight, most)
        painter.setFont(self._place_strong if row.overdue else self._place)
        painter.setPen(QColor(theme.red_ink if row.overdue else theme.muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, int(right), place)
        room = line.width() - (metrics.horizontalAdvance(place) + 10 if place else 0)
        self._paint_name(painter, QRect(line.left(), line.top(), room, line.height()), row)

    def _paint_name(self, painter: QPainter, box: QRect, row: Row) -> None:
        painter.setFont(self._name)
        painter.setPen(QColor(self._theme.muted if row.gone else self._theme.ink))
        # A namesake is told apart by the number, in the same place where the eye is.
        number = f" · {row.namesake}" if row.namesake else ""
        metrics = QFontMetrics(self._name)
        room = box.width() - metrics.horizontalAdvance(number)
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(middle), name + number)

    def _reason_layout(self, row: Row, width: int) -> QTextLayout:
        parts = (row.words, " ".join(p for p in (row.reason, row.more) if p))
        layout = QTextLayout(" · ".join(part for part in parts if part), self._text)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if row.words and row.priority is not None:
            strong = QTextCharFormat()
            strong.setFontWeight(QFont.Weight.DemiBold)
            strong.setForeground(QColor(self._theme.priority(row.priority).ink))
            mark = QTextLayout.FormatRange()
            mark.start, mark.length, mark.format = 0, len(row.words), strong
            layout.setFormats([mark])
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
        layout.endLayout()
        return layout

    def _reason_lines(self, row: Row, width: int) -> int:
        if not (row.words or row.reason):
            return 0
        return min(_MOST_LINES, self._reason_layout(row, width).lineCount())

    def _paint_reason(self, painter: QPainter, box: QRect, row: Row) -> int:
        """Paint the reason on at most two lines; the height it took."""
        if not (row.words or row.reason):
            return 0
        layout = self._reason_layout(row, box.width())
        painter.setPen(QColor(self._theme.muted if row.gone else self._theme.ink))
        y = box.top()
        count = min(_MOST_LINES, layout.lineCount())
        for number in range(count):
            line = layout.lineAt(number)
            if number == _MOST_LINES - 1 and layout.lineCount() > _MOST_LINES:
                rest = layout.text()[line.textStart() :]
                metrics = QFontMetrics(self._text)
                shown = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, box.width())
                painter.setFont(self._text)
                place = QRect(box.left(), y, box.width(), self._text_height)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), shown)
            else:
                line.draw(painter, QPointF(box.left(), y - line.y()))
            y += self._text_height
        return count * self._text_height

    def _paint_small(self, painter: QPainter, box: QRect, row: Row) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._theme.muted))
        metrics = QFontMetrics(self._small)
        # What is shortened is the name of the procedure: its level and side stay readable.
        rest = metrics.horizontalAdvance(f"{row.since} · {row.where} · {row.reported} ")
        right = Qt.TextElideMode.ElideRight
        name = metrics.elidedText(row.procedure, right, max(40, box.width() - rest))
        parts = (row.since, f"{name} {row.where}".strip(), row.reported)
        line = metrics.elidedText(" · ".join(p for p in parts if p), right, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), line)

    def _paint_tags(self, painter: QPainter, box: QRect, row: Row) -> None:
        """What is worse and seen to already, and the extra report that is due."""
        left = box.left()
        if row.beside and row.beside_priority is not None:
            colours = self._theme.priority(row.beside_priority)
            left += _TAG_GAP + self._paint_tag(
                painter, QRect(left, box.top(), box.right() - left, box.height()),
                row.beside, colours.ink, colours.wash,
            )  # fmt: skip
        if row.asked:
            self._paint_tag(
                painter, QRect(left, box.top(), box.right() - left, box.height()),
                row.asked, self._theme.accent, self._theme.accent_wash,
            )  # fmt: skip

    def _paint_tag(self, painter: QPainter, room: QRect, text: str, ink: str, ground: str) -> int:
        """Paint one rounded label at the left of `room`; its width."""
        metrics = QFontMetrics(self._small)
        shown = metrics.elidedText(
            text, Qt.TextElideMode.ElideRight, room.width() - 2 * _TAG_PADDING
        )
        width = metrics.horizontalAdvance(shown) + 2 * _TAG_PADDING
        box = QRectF(room.left() + 0.5, room.top() + 0.5, width, room.height() - 1)
        painter.setPen(QPen(QColor(ink), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, room.height() / 2, room.height() / 2)
        painter.setFont(self._small)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)
        return width
