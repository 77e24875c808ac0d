"""Who opened, printed or changed something of one patient, and who signed in for them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.widgets.plain_label import plain_tip
from monitor.ui.station.page_views import LookLine

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NO_PARENT = QModelIndex()
_WIDTHS = (140, 170, 230, 120)
_ROW_HEIGHT = 28
_WHY = 4


class LooksModel(QAbstractTableModel):
    """When, who, what, where, why; one line each."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[LookLine, ...] = ()

    def show_lines(self, lines: tuple[LookLine, ...]) -> None:
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else _WHY + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return _LEFT
        if role != _DISPLAY:
            return None
        heads = (self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("Where"), self.tr("Why"))
        return heads[section]

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        text = (line.when, line.who, line.what, line.where, line.why)[index.column()]
        if role == _DISPLAY:
            return text
        return plain_tip(text) if role == int(Qt.ItemDataRole.ToolTipRole) else None


class LooksTable(QTableView):
    """The table itself; only for reading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = LooksModel()
        self.setModel(self._model)
        self.setAccessibleName(self.tr("Who looked, newest first"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        follow_text_size(self, self._follow)

    def _follow(self, scale: float) -> None:
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT * scale))
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, round(width * scale))

    def show_lines(self, lines: tuple[LookLine, ...]) -> None:
        """Show who looked, newest first."""
        self._model.show_lines(lines)

    def take_keyboard(self) -> None:
        """Give the keyboard to the first line."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid():
            self.selectRow(0)
