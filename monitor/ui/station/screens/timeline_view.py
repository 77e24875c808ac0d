"""Everything that happened around one patient's procedure in one list, newest first."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.choices import Chips, Choice
from monitor.ui.shared.widgets.plain_label import PlainLabel, plain_tip
from monitor.ui.station.page_views import Entry, EntryKind

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex
ENTRY = int(Qt.ItemDataRole.UserRole)
_ALL = "all"
_PADDING = 10
_NARROW, _WIDE = 75, 118
"""Letters in a line; what has room for fewer is narrow, for more wide."""
_NO_PARENT = QModelIndex()
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class EntriesModel(QAbstractListModel):
    """The entries that are shown; each is told whole in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return ", ".join(part for part in _parts(entry) if part)
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return plain_tip("\n".join(part for part in _parts(entry) if part))
        return None


def _parts(entry: Entry) -> tuple[str, ...]:
    return entry.when, entry.who, entry.what, entry.more, entry.struck


def _below(entry: Entry) -> str:
    """What stands below an entry: why it is wrong, and what was written or found."""
    return " · ".join(part for part in (entry.struck, entry.more) if part)


class _EntryDelegate(QStyledItemDelegate):
    """Paints an entry in columns: day, when, who, what; below it what was written or found."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._list = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as all that was written needs in the width there is."""
        entry: Entry = index.data(ENTRY)
        metrics: QFontMetrics = option.fontMetrics
        height = metrics.lineSpacing() + 12
        rect = QRect(0, 0, self._list.viewport().width(), 0)
        if self._is_narrow(rect, metrics):
            height += metrics.lineSpacing()
        if text := _below(entry):
            _, width = self._columns(rect, metrics)[3]
            if metrics.horizontalAdvance(text) <= width:
                height += metrics.lineSpacing()
            else:
                height += metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAPPED, text).height()
        return QSize(300, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        rect: QRect = option.rect
        state = option.state
        plain: QFont = option.font
        metrics = QFontMetrics(plain)
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(self._theme.accent_wash if selected else self._theme.paper))
        painter.setPen(QColor(self._theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        columns = self._columns(rect, metrics)
        top, line = rect.top() + 6, metrics.lineSpacing()
        muted, ink = QColor(self._theme.muted), QColor(self._theme.ink)
        texts = (entry.day, entry.when, entry.who)
        for (left, width), text, right in zip(columns, texts, (True, False, False), strict=False):
            painter.setFont(plain)
            painter.setPen(muted)
            self._write(painter, metrics, QRect(left, top, width, line), text, right=right)
        left, width = columns[3]
        if self._is_narrow(rect, metrics):
            top += line
        said = QFont(plain)
        said.setStrikeOut(bool(entry.struck))
        said.setWeight(QFont.Weight.Medium)
        painter.setFont(said)
        painter.setPen(muted if entry.struck else ink)
        self._write(painter, QFontMetrics(said), QRect(left, top, width, line), entry.what)
        if text := _below(entry):
            painter.setFont(plain)
            painter.setPen(ink if entry.struck else muted)
            painter.drawText(QRect(left, top + line, width, rect.height()), _WRAPPED, text)
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        metrics: QFontMetrics,
        box: QRect,
        text: str,
        *,
        right: bool = False,
    ) -> None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    def _columns(self, rect: QRect, metrics: QFontMetrics) -> list[tuple[int, int]]:
        """Left edge and width of day, when, who and what."""
        wide = rect.width() > _WIDE * metrics.horizontalAdvance("n")
        day = metrics.horizontalAdvance("–0000")
        when = metrics.horizontalAdvance("30 Nov 2026 00:00") + 6
        who = metrics.horizontalAdvance("n") * (22 if wide else 14)
        left, columns = rect.left() + _PADDING, []
        for width in (day, when, who):
            columns.append((left, width))
            left += width + 14
        if self._is_narrow(rect, metrics):
            left = rect.left() + _PADDING + day + 14
        columns.append((left, rect.right() - left - _PADDING))
        return columns

    def _is_narrow(self, rect: QRect, metrics: QFontMetrics) -> bool:
        """Whether what happened stands below when and who, for want of room beside them."""
        return rect.width() < _NARROW * metrics.horizontalAdvance("n")


def _is_filter(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_F and not event.modifiers()


class _EntryList(QListView):
    """The list itself; F goes round what is shown.

    Signals:
        filter_wanted: the next filter, please.
        entered: the entry that Enter or a double click chose (Entry).
    """

    filter_wanted = Signal()
    entered = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Keep F for the filter: elsewhere at the station it may be another command's."""
        wanted = isinstance(event, QKeyEvent) and _is_filter(event)
        if wanted and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_filter(event):
            self.filter_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.entered.emit(self.currentIndex().data(ENTRY))
        else:
            super().keyPressEvent(event)


class TimelineView(QWidget):
    """The list with its filters: a click, or F for one after the other.

    Signals:
        report_wanted: the id of the report that is to be shown whole (str).
        alert_wanted: the id of the alert that is to be explained (str).
    """

    report_wanted = Signal(str)
    alert_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._chosen = _ALL
        self._shown: list[str] = []
        self.filters = Chips(self.tr("What the timeline shows"), 6)
        self.list = _EntryList()
        self._model = EntriesModel()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_EntryDelegate(theme, self.list))
        self.list.setAccessibleName(self.tr("Timeline, newest first; F filters it"))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.empty = PlainLabel(role="placeholder")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filters)
        column.addWidget(below, 1)
        self.filters.chosen.connect(self._choose)
        self.list.filter_wanted.connect(self._choose_next)
        self.list.entered.connect(self._open)
        self.list.doubleClicked.connect(lambda index: self._open(index.data(ENTRY)))

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show a patient's entries; the filter stays as it was chosen."""
        if entries == self._entries and self._shown:
            return
        self._entries = entries
        self._show()

    def take_keyboard(self) -> None:
        """Give the keyboard to the list."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The entries that the filter lets through."""
        if self._chosen == _ALL:
            return self._entries
        return tuple(e for e in self._entries if e.kind == self._chosen)

    def _show(self) -> None:
        names = _kind_names()
        counts = dict.fromkeys(names, 0)
        for entry in self._entries:
            counts[entry.kind] += 1
        choices = [Choice(_ALL, self._label(self.tr("All"), len(self._entries)), self.tr("(f)"))]
        choices += [Choice(kind, self._label(names[kind], counts[kind])) for kind in names]
        self._shown = [choice.key for choice in choices]
        self.filters.show_choices(choices, self._chosen)
        shown = self.shown
        self._model.show_entries(shown)
        self.empty.setText(self.tr("Nothing of this kind. F shows the next kind."))
        self._stack.setCurrentIndex(0 if shown else 1)
        if shown:
            self.list.setCurrentIndex(self._model.index(0))

    def _label(self, name: str, count: int) -> str:
        return self.tr("{name} {n}").format(name=name, n=count)

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._show()

    def _choose_next(self) -> None:
        """The next kind of which there is something."""
        kinds = [_ALL, *(k for k in self._shown[1:] if any(e.kind == k for e in self._entries))]
        at = kinds.index(self._chosen) if self._chosen in kinds else -1
        self._choose(kinds[(at + 1) % len(kinds)])

    def _open(self, entry: Entry) -> None:
        if entry.submission_id:
            self.report_wanted.emit(entry.submission_id)
        elif entry.alert_id:
            self.alert_wanted.emit(entry.alert_id)


def _kind_names() -> dict[EntryKind, str]:
    return {
        "report": translate("station", "Reports"),
        "alert": translate("station", "Alerts"),
        "contact": translate("station", "Contacts"),
        "note": translate("station", "Notes"),
        "visit": translate("station", "Visits, medicines, activity"),
        "follow_up": translate("station", "Follow-up"),
    }
