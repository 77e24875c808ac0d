"""The rows of the list at the left as Qt wants them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from html import escape

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from monitor.ui.station.views import Row, SparkLine

Index = QModelIndex | QPersistentModelIndex

ROW = int(Qt.ItemDataRole.UserRole) + 1
SPARK = ROW + 1
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_SPARKS_KEPT = 2_000


class RowModel(QAbstractListModel):
    """A list of rows; those that stay in their place are only repainted.

    Signals:
        more_wanted: somebody has scrolled to the end of what was read of a long list.
    """

    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._worded: dict[str, tuple[Row, Row]] = {}
        self._sparks: dict[Hashable, SparkLine] = {}
        self._has_more = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if not index.isValid():
            return None
        row = self._row(index.row())
        if role == ROW:
            return row
        if role == SPARK:
            return self._sparks.get(row.spark)
        if role == _DISPLAY:
            return row.name
        if role == _TIP:
            # As paragraphs, so that long lines wrap; what people typed is never markup.
            return "".join(f"<p>{escape(line)}</p>" for line in row.told)
        return row.spoken if role == _SPOKEN else None

    def _row(self, number: int) -> Row:
        """The row with all that it says, put into words once it is asked for."""
        row = self._rows[number]
        if row.later is None:
            return row
        known, worded = self._worded.get(row.key, (None, row))
        if known is not row:
            worded = _same(worded, row.worded())
            self._worded[row.key] = (row, worded)
        return worded

    def canFetchMore(self, parent: Index) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        self._has_more = False  # until it has come
        self.more_wanted.emit()

    def row_of(self, key: str) -> int | None:
        """The place of the row with that key, or None."""
        return next((n for n, row in enumerate(self._rows) if row.key == key), None)

    def show_rows(self, rows: Sequence[Row], has_more: bool = False) -> None:
        """Show `rows`; the model is only reset if other rows or another order came.

        has_more: more of them can be read, and are asked for when the last one is in view.
        """
        # The same record for the same content: what was painted of it can be painted again.
        kept = {row.key: row for row in self._rows}
        before, now = self._rows, tuple(_same(kept.get(row.key), row) for row in rows)
        self._has_more = has_more
        known = [row.key for row in before]
        keys = [row.key for row in now]
        if known != keys[: len(known)] or not known:
            self.beginResetModel()
            self._rows = now
            self._worded = {key: self._worded[key] for key in keys if key in self._worded}
            self.endResetModel()
            return
        if len(now) > len(before):
            self.beginInsertRows(QModelIndex(), len(before), len(now) - 1)
            self._rows = now
            self.endInsertRows()
        self._rows = now
        changed = [n for n, (old, new) in enumerate(zip(before, now, strict=False))
                   if old is not new]  # fmt: skip
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def unknown_sparks(self, numbers: Iterable[int]) -> tuple[Hashable, ...]:
        """The small charts of those rows that have not been read, each once."""
        names = (self._row(number).spark for number in numbers)
        return tuple(dict.fromkeys(n for n in names if n is not None and n not in self._sparks))

    def show_sparks(self, sparks: Mapping[Hashable, SparkLine]) -> None:
        """Keep small charts that were read; those of the rows shown are painted."""
        if len(self._sparks) > _SPARKS_KEPT:
            self._sparks.clear()
        self._sparks.update(sparks)
        if self._rows:  # only those in view are painted anew
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


def _same(before: Row | None, now: Row) -> Row:
    """The same record for the same content; what is not in words yet may say something else."""
    return before if before is not None and now.later is None and before == now else now
