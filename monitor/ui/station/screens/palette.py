"""The field that finds everything, with what it has found below it (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.shared.widgets.priority_shape import paint_priority
from monitor.ui.station.screens.room import room_of
from monitor.ui.station.screens.signs import paint_sign
from monitor.ui.station.views import Hit

Index = QModelIndex | QPersistentModelIndex

_ENTRY = int(Qt.ItemDataRole.UserRole) + 1
_WIDTH, _TOP, _ROWS, _HEIGHT = 640, 72, 11, 34
_PAD, _SHAPE = 12, 15
_SECOND_SHARE = 0.45
"""Of a line at most so much is left to what stands behind the title."""
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class _Entries(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Hit, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == _ENTRY:
            return entry
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return ". ".join(p for p in (entry.title, entry.detail, entry.keys) if p)
        return entry.title if role == int(Qt.ItemDataRole.DisplayRole) else None

    def show(self, entries: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()


class _EntryDelegate(QStyledItemDelegate):
    """One line: shape, title, what it is; at the right its count and its keys."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scale = 1.0

    def follow(self, scale: float) -> None:
        self._scale = scale

    def _font(self, size: str, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(self._theme.font_family)
        font.setPixelSize(round(self._theme.sizes[size] * self._scale))
        font.setWeight(weight)
        return font

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, round(_HEIGHT * self._scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Hit = index.data(_ENTRY)
        theme, rect = self._theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.accent_wash))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        side = _SHAPE * self._scale
        shape = QRectF(rect.left() + _PAD, rect.center().y() - side / 2 + 1, side, side)
        if entry.priority is not None:
            paint_priority(painter, shape, entry.priority, theme)
        else:
            paint_sign(painter, shape, entry.sign, theme)
        line = rect.adjusted(2 * _PAD + round(side), 0, -_PAD, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._font("small", QFont.Weight.DemiBold))
        painter.setPen(QColor(theme.muted))
        painter.drawText(line, int(right), entry.keys)
        line.setRight(line.right() - painter.fontMetrics().horizontalAdvance(entry.keys) - _PAD)
        detail = " · ".join(part for part in (entry.detail, entry.count) if part)
        painter.setFont(self._font("small"))
        metrics = painter.fontMetrics()
        most = round(line.width() * _SECOND_SHARE)
        detail = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, most)
        painter.drawText(line, int(right), detail)
        line.setRight(line.right() - metrics.horizontalAdvance(detail) - _PAD)
        painter.setFont(self._font("text", QFont.Weight.Medium))
        painter.setPen(QColor(theme.ink))
        title = painter.fontMetrics().elidedText(
            entry.title, Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, int(left), title)
        painter.restore()


class _Field(QLineEdit):
    """Up and down walk along what was found; Ctrl+K closes what it has opened.

    Signals:
        moved: a key that is the list's (QKeyEvent).
    """

    moved = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES:
            self.moved.emit(event)
        else:
            super().keyPressEvent(event)


class PaletteDialog(QDialog):
    """Enter takes the marked line, the arrows mark another, Esc closes.

    Signals:
        typed: what stands in the field now (str).
        chosen: the entry that was taken (Hit).
    """

    typed = Signal(str)
    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._over = parent
        self.setWindowTitle(self.tr("Find everything"))
        self.setProperty("kind", "palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = _Field()
        self.field.setPlaceholderText(self.tr("Patient, list or command"))
        self.field.setAccessibleName(self.tr("Find everything"))
        self._query = ""
        self._model = _Entries()
        self.list = QListView()
        self.list.setModel(self._model)
        lines = _EntryDelegate(theme, self.list)
        self.list.setItemDelegate(lines)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Found"))
        self._empty = PlainLabel(role="placeholder")
        self._empty.setWordWrap(True)
        follow_text_size(self.list, lines.follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self._empty)
        column.addWidget(self.list)
        self.field.textChanged.connect(self.typed)
        self.field.returnPressed.connect(self._take)
        self.field.moved.connect(self._move)
        follow_text_size(self, self._follow)

    def _follow(self, scale: float) -> None:
        room = room_of(self)
        self.setFixedWidth(min(round(_WIDTH * scale), room.width()))
        self._empty.setMinimumHeight(round(_HEIGHT * scale))
        self._line = round(_HEIGHT * scale)
        self._rows = max(1, min(_ROWS, round((room.height() - 2 * _TOP) / self._line) - 2))
        self._fit()

    def _fit(self) -> None:
        """As high as what was found, and no higher than the window has room for."""
        self.list.setFixedHeight(min(len(self.entries), self._rows) * self._line + 1)
        self.adjustSize()
        self.list.clicked.connect(lambda index: self.chosen.emit(index.data(_ENTRY)))

    @property
    def entries(self) -> tuple[Hit, ...]:
        """What is shown now."""
        return self._model.entries

    def show_entries(self, entries: Sequence[Hit], query: str) -> None:
        """Show what fits `query`; the mark stays on its line while that is there."""
        marked = self.list.currentIndex().data(_ENTRY)
        is_same = marked is not None and self._query == query
        self._query = query
        self._model.show(entries)
        places = [n for n, e in enumerate(entries) if is_same and e.key == marked.key]
        self.list.setCurrentIndex(self._model.index(places[0] if places else 0))
        self._empty.setText(self.tr("Nothing fits “{query}”.").format(query=query))
        self._empty.setVisible(not entries)
        self.list.setVisible(bool(entries))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        corner = self._over.mapToGlobal(self._over.rect().topLeft())
        self.move(corner.x() + (self._over.width() - self.width()) // 2, corner.y() + _TOP)
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() == Qt.Key.Key_K:
            self.reject()
            return
        super().keyPressEvent(event)

    def _move(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: 1 - _ROWS,
            Qt.Key.Key_PageDown: _ROWS - 1,
        }
        last = self._model.rowCount() - 1
        if last >= 0:
            number = self.list.currentIndex().row() + steps[Qt.Key(event.key())]
            self.list.setCurrentIndex(self._model.index(min(max(number, 0), last)))

    def _take(self) -> None:
        entry = self.list.currentIndex().data(_ENTRY)
        if entry is not None:
            self.chosen.emit(entry)
