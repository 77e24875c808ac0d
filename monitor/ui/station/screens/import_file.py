"""First step of an import: the file, as it is read, and the imports there were."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.text_size import follow_text_size, text_scale
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.import_views import BatchRow, FileShown
from monitor.ui.station.screens.arrow_fields import ArrowBox
from monitor.ui.station.screens.lines_table import LinesModel, LinesTable

_BATCHES_HEIGHT = 168
_WIDEST = 190
"""Pixels of a column with usual text: one with remarks must not push the others away."""


class ImportFile(QWidget):
    """What was read stands in the middle; how it is written can be changed where it is wrong.

    Signals:
        file_wanted: a file is to be chosen.
        reread: the file is to be read with this encoding and this separator (str, str).
        undo_wanted: an import is to be undone (BatchRow).
    """

    file_wanted = Signal()
    reread = Signal(str, str)
    undo_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.batches: tuple[BatchRow, ...] = ()
        self.choose = QPushButton(self.tr("Choose a file…"))
        self.choose.setAutoDefault(False)
        self._name = PlainLabel(role="strong")
        self._name.hide()
        self._says = PlainLabel(self.tr("Nothing is stored before the last step."), "muted")
        self._needs = PlainLabel(
            self.tr(
                "A list is a CSV file: one row for each patient and procedure, and a first line "
                "that names the columns.\n\n"
                "It needs the clinic number, family name, given name and date of birth.\n"
                "It may have sex, phone, language and a remark; and of a procedure its date, what "
                "was done, levels, side, operator and whether there is an implant.\n\n"
                "What the columns are called, and in which order they stand, does not matter: "
                "that is asked next. From a spreadsheet choose “Save as” and CSV."
            ),
            "placeholder",
        )
        self._needs.setWordWrap(True)
        self._needs.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.encoding = self._box(
            self.tr("Letters"),
            (
                ("utf-8", "UTF-8"),
                ("utf-16", "UTF-16"),
                ("cp1252", self.tr("Windows (1252)")),
            ),
        )
        self.separator = self._box(
            self.tr("Between the values"),
            (
                (";", self.tr("semicolon ;")),
                (",", self.tr("comma ,")),
                ("\t", self.tr("tab")),
            ),
        )
        self.table = QTableView()
        self._past = QWidget()
        self.past = LinesTable(
            self.tr("Imports so far"),
            (
                self.tr("When"),
                self.tr("Who"),
                self.tr("File"),
                self.tr("What was added"),
                self.tr("State"),
            ),
            (150, 160, 0, 250, 190),
        )
        self.undo = QPushButton(self.tr("Undo this import…"))
        self.undo.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self.show_batches(())

    def show_file(self, file: FileShown) -> None:
        """Show the first lines as they were read."""
        self._name.setText(file.name)
        self._says.setText(file.says)
        for box, code in ((self.encoding, file.encoding), (self.separator, file.separator)):
            box.setCurrentIndex(box.findData(code))
        model = LinesModel(file.header)
        model.show_rows(file.lines)
        self.table.setModel(model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.resizeColumnsToContents()
        for column in range(len(file.header)):
            widest = round(_WIDEST * text_scale(self))
            self.table.setColumnWidth(column, min(widest, self.table.columnWidth(column) + 8))
        self._needs.hide()
        self._name.show()
        self._read.show()
        self.table.show()

    def show_batches(self, batches: tuple[BatchRow, ...]) -> None:
        """Show the imports there were, the newest first."""
        self.batches = batches
        self.past.show_rows([batch.line for batch in batches])
        self._past.setVisible(bool(batches))
        self._show_button()

    def _box(self, name: str, choices: tuple[tuple[str, str], ...]) -> ArrowBox:
        box = ArrowBox()
        box.setAccessibleName(name)
        for code, words in choices:
            box.addItem(words, code)
        return box

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.choose)
        top.addWidget(self._name)
        top.addWidget(self._says, 1)
        self._read = QWidget()
        line = QHBoxLayout(self._read)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(PlainLabel(self.tr("Letters"), "muted"))
        line.addWidget(self.encoding)
        line.addSpacing(12)
        line.addWidget(PlainLabel(self.tr("Between the values"), "muted"))
        line.addWidget(self.separator)
        line.addSpacing(12)
        hint = PlainLabel(
            self.tr("Do names and dates below look right? If not, change these."), "small"
        )
        hint.setWordWrap(True)
        line.addWidget(hint, 1)
        self.table.setAccessibleName(self.tr("The first lines of the file"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        past = QVBoxLayout(self._past)
        past.setContentsMargins(0, 0, 0, 0)
        past.setSpacing(6)
        heading = QHBoxLayout()
        heading.addWidget(PlainLabel(self.tr("Imports so far"), "heading"))
        heading.addStretch(1)
        heading.addWidget(self.undo)
        past.addLayout(heading)
        follow_text_size(
            self.past, lambda scale: self.past.setFixedHeight(round(_BATCHES_HEIGHT * scale))
        )
        self._past.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        past.addWidget(self.past)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._read)
        column.addWidget(self.table, 1)
        column.addWidget(self._needs, 1)
        column.addWidget(self._past)
        self._read.hide()
        self.table.hide()
        column.setAlignment(top, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self.choose.clicked.connect(self.file_wanted)
        for box in (self.encoding, self.separator):
            box.activated.connect(self._tell_reread)
        self.past.selectionModel().currentRowChanged.connect(lambda *_: self._show_button())
        self.past.entered.connect(lambda _row: self._tell_undo())
        self.undo.clicked.connect(self._tell_undo)

    def _tell_reread(self) -> None:
        self.reread.emit(self.encoding.currentData(), self.separator.currentData())

    def _chosen(self) -> BatchRow | None:
        row = self.past.row
        return self.batches[row] if 0 <= row < len(self.batches) else None

    def _show_button(self) -> None:
        one = self._chosen()
        self.undo.setEnabled(one is not None and one.can_undo)

    def _tell_undo(self) -> None:
        one = self._chosen()
        if one is not None and one.can_undo:
            self.undo_wanted.emit(one)
