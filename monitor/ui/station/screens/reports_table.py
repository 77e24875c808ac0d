"""All reports of one patient as a table, for checking what the chart shows."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from monitor.ui.shared.theme import Theme
from monitor.ui.station.views import Report, Reports

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_FIXED = 3
_HEADER_HEIGHT = 66
_TITLE_LINES = 3
_WRAP = int(Qt.TextFlag.TextWordWrap)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NO_PARENT = QModelIndex()


class ReportsModel(QAbstractTableModel):
    """Day, date and how it came, then one column per thing that was asked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._reports = Reports()

    def show_reports(self, reports: Reports) -> None:
        self.beginResetModel()
        self._reports = reports
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._reports.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else _FIXED + len(self._reports.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        first = (self.tr("Day"), self.tr("Date"), self.tr("How"))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (_LEFT if section in (1, 2) else _CENTRE) | _WRAP
        if role in (_DISPLAY, Qt.ItemDataRole.ToolTipRole):
            if section < _FIXED:
                return first[section]
            return self._reports.columns[section - _FIXED]
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if not index.isValid():
            return None
        report, column = self._reports.rows[index.row()], index.column()
        if role == _DISPLAY:
            return self._text(report, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if column in (1, 2) else _CENTRE
        if role == Qt.ItemDataRole.ForegroundRole and report.missed:
            return QColor(self._theme.muted)
        return None

    def _text(self, report: Report, column: int) -> str:
        if column < _FIXED:
            return (str(report.day), report.when, report.how)[column]
        if report.missed:
            return ""
        return report.cells[column - _FIXED] or "–"


class ReportsTable(QTableView):
    """The table itself; only for reading."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ReportsModel(theme)
        self.setModel(self._model)
        self.setAccessibleName(self.tr("All reports, newest first"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setFixedHeight(_HEADER_HEIGHT)

    def show_state(self, reports: Reports) -> None:
        """Show the reports; each column as wide as its wrapped title."""
        self._model.show_reports(reports)
        metrics = self.horizontalHeader().fontMetrics()
        widest = (54, 104, 104)
        for column in range(self._model.columnCount()):
            if column < _FIXED:
                width = widest[column]
            else:
                title = str(self._model.headerData(column, Qt.Orientation.Horizontal))
                longest = max(metrics.horizontalAdvance(word) for word in title.split())
                share = metrics.horizontalAdvance(title) // _TITLE_LINES
                width = max(64, longest + 26, share + 34)
            self.setColumnWidth(column, width)
