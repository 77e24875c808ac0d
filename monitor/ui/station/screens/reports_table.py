"""All reports of one patient as a table, for checking what the chart shows."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from monitor.ui.shared.text_size import follow_text_size, text_scale
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.plain_label import plain_tip
from monitor.ui.station.views import Report, Reports

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_FIXED = 3
_HEADER_HEIGHT, _ROW_HEIGHT = 66, 28
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
        if role in (_DISPLAY, int(Qt.ItemDataRole.ToolTipRole)):
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
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return plain_tip(self._told(report, column))
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

    def _told(self, report: Report, column: int) -> str:
        """A cell by itself, for whoever cannot see its column's title."""
        if column < _FIXED or report.missed:
            return ", ".join(part for part in (report.when, report.how) if part)
        said = report.cells[column - _FIXED] or self.tr("Not answered")
        return f"{self._reports.columns[column - _FIXED]}: {said}"

    def report_at(self, row: int) -> Report:
        """The report in a line."""
        return self._reports.rows[row]


class ReportsTable(QTableView):
    """The table itself; Enter or a double click shows a report whole.

    Signals:
        report_wanted: the id of that report (str).
    """

    report_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ReportsModel(theme)
        self._reports = Reports()
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
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        follow_text_size(self, self._follow)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def _follow(self, scale: float) -> None:
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT * scale))
        self.horizontalHeader().setFixedHeight(round(_HEADER_HEIGHT * scale))
        # once the header has its new font, too
        QTimer.singleShot(0, self, self._fit_columns)

    def show_state(self, reports: Reports) -> None:
        """Show the reports; each column as wide as its wrapped title."""
        self._model.show_reports(reports)
        self._reports = reports
        self._fit_columns()

    def _fit_columns(self) -> None:
        reports, scale = self._reports, text_scale(self)
        metrics = self.horizontalHeader().fontMetrics()
        widest = (round(54 * scale), round(104 * scale), self._width_of_how(reports))
        for column in range(self._model.columnCount()):
            if column < _FIXED:
                width = widest[column]
            else:
                title = str(self._model.headerData(column, Qt.Orientation.Horizontal))
                longest = max(metrics.horizontalAdvance(word) for word in title.split())
                share = metrics.horizontalAdvance(title) // _TITLE_LINES
                cells = {report.cells[column - _FIXED] for report in reports.rows}
                written = max((self.fontMetrics().horizontalAdvance(c) for c in cells), default=0)
                width = max(round(64 * scale), longest + 26, share + 34, written + 22)
            self.setColumnWidth(column, width)

    def _width_of_how(self, reports: Reports) -> int:
        """As wide as what is special about reports needs, within reason."""
        told = {report.how for report in reports.rows}
        widest = max((self.fontMetrics().horizontalAdvance(text) for text in told), default=0)
        scale = text_scale(self)
        return min(max(round(104 * scale), widest + 18), round(210 * scale))

    def take_keyboard(self) -> None:
        """Give the keyboard to the first line."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        report = self._model.report_at(row)
        if report.submission_id:
            self.report_wanted.emit(report.submission_id)
