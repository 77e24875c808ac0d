"""The rows of the list at the left as Qt wants them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from monitor.ui.station.views import Row

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole) + 1


class RowModel(QAbstractListModel):
    """A list of rows; those that stay in their place are only repainted."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            # As paragraphs, so that long lines wrap; what people typed is never markup.
            return "".join(f"<p>{escape(line)}</p>" for line in row.told)
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def row_of(self, key: str) -> int | None:
        """The place of the row with that key, or None."""
        return next((n for n, row in enumerate(self._rows) if row.key == key), None)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show `rows`; the model is only reset if other rows or another order came."""
        before, self._rows = self._rows, tuple(rows)
        if [row.key for row in before] != [row.key for row in self._rows]:
            self.beginResetModel()
            self.endResetModel()
            return
        for number, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number), self.index(number))
