"""A plain table of texts, in which the arrows go from line to line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.widgets.plain_label import plain_tip

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NO_PARENT = QModelIndex()
_ROW_HEIGHT = 30


class LinesModel(QAbstractTableModel):
    """Rows of texts under their titles."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._titles[section]
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return _LEFT
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if not index.isValid():
            return None
        text = self._rows[index.row()][index.column()]
        if role == _DISPLAY:
            return text
        return plain_tip(text) if role == _TIP else None


class LinesTable(QTableView):
    """Shows the rows; one is chosen at a time.

    Signals:
        entered: Enter was pressed, or a row was clicked twice (its number).
    """

    entered = Signal(int)

    def __init__(
        self, name: str, titles: Sequence[str], widths: Sequence[int], parent: QWidget | None = None
    ) -> None:
        """widths: in pixels, with text of the usual size; 0 for the column that takes the rest."""
        super().__init__(parent)
        self._model = LinesModel(titles)
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate(widths):
            if not width:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._widths = tuple(widths)
        follow_text_size(self, self._follow)
        self.doubleClicked.connect(lambda index: self.entered.emit(index.row()))

    def _follow(self, scale: float) -> None:
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT * scale))
        for column, width in enumerate(self._widths):
            if width:
                self.setColumnWidth(column, round(width * scale))

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show other rows; the row that was chosen by its number stays so."""
        before = self.row
        self._model.show_rows(rows)
        if rows:
            self.selectRow(min(max(before, 0), len(rows) - 1))

    @property
    def row(self) -> int:
        """The number of the row that is chosen, -1 for none."""
        index = self.currentIndex()
        return index.row() if index.isValid() else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row >= 0:
            self.entered.emit(self.row)
            return
        super().keyPressEvent(event)
