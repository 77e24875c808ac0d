"""The wizard in which a clinic's own list is read in: file, columns, check, import."""

from __future__ import annotations

from typing import Literal, get_args

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.import_views import (
    BatchRow,
    CheckShown,
    FileShown,
    MapShown,
    ResultShown,
)
from monitor.ui.station.screens.flowing_page import scrolled
from monitor.ui.station.screens.import_check import ImportCheck
from monitor.ui.station.screens.import_columns import ImportColumns
from monitor.ui.station.screens.import_file import ImportFile
from monitor.ui.station.screens.import_result import ImportResult
from monitor.ui.station.screens.room import keep_fitted

_WIDTH, _HEIGHT = 1360, 880
"""Pixels at most; in a small window a little less than that."""

Step = Literal["file", "columns", "check", "result"]


class ImportDialog(QDialog):
    """One step after the other; nothing is stored before the last button, and Esc asks nothing.

    Enter goes on; what stores or takes away has a key of its own, as Enter may come twice.

    Signals:
        columns_wanted: the file is the right one, its columns are to be looked at.
        check_wanted: what it would do is to be found out (Mapped).
        store_wanted: it is to be stored.
        undo_wanted: an import is to be undone (BatchRow).
    """

    columns_wanted = Signal()
    check_wanted = Signal(object)
    store_wanted = Signal()
    undo_wanted = Signal(object)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import a list of patients"))
        self.file = ImportFile()
        self.columns = ImportColumns()
        self.check = ImportCheck()
        self.outcome = ImportResult()
        self._pages: dict[Step, QWidget] = {
            "file": self.file,
            "columns": self.columns,
            "check": self.check,
            "result": self.outcome,
        }
        self._stack = QStackedWidget()
        self._steps: dict[Step, PlainLabel] = {}
        self._refusal = PlainLabel(role="refusal")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self.back = QPushButton(self.tr("Back"))
        self.next = QPushButton()
        self.close_button = QPushButton(self.tr("Close"))
        self._hint = PlainLabel(role="small")
        self._undoing: BatchRow | None = None
        self.is_storing = False
        self.has_file = self._has_map = False
        self._lay_out()
        self._connect()
        keep_fitted(self, QSize(_WIDTH, _HEIGHT))
        self._go_to("file")

    @property
    def step(self) -> Step:
        """Where somebody is."""
        page = self._stack.currentWidget()
        return next(step for step, one in self._pages.items() if one is page)

    @property
    def refusal(self) -> str:
        """What stands in the way now, "" for nothing."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    def show_file(self, file: FileShown) -> None:
        """A file was read."""
        self.has_file, self._has_map = True, False
        self.columns.forget()
        self.file.show_file(file)
        self._go_to("file")

    def show_map(self, state: MapShown) -> None:
        """Show what is taken for what."""
        self._has_map = True
        self.columns.show_map(state)
        if self.step != "columns":
            self._go_to("columns")

    def show_check(self, state: CheckShown) -> None:
        """Show what it would do."""
        self.check.show_check(state)
        if self.step != "check":
            self._go_to("check")
        self._show_buttons()

    def show_progress(self, heading: str, says: str) -> None:
        """Something is being stored or taken back: it cannot be stopped halfway."""
        self.is_storing = True
        self.outcome.show_progress(heading, says)
        self._go_to("result")

    def go_on(self, done: int, total: int) -> None:
        """So far it is with what is being checked, stored or taken back."""
        if self.step == "result":
            self.outcome.go_on(done, total)
        elif not self.next.isEnabled():
            self._hint.setText(
                self.tr("Checking: {done} of {total} rows").format(done=done, total=total)
            )

    def show_result(self, result: ResultShown) -> None:
        """Say what came of it."""
        self.is_storing = False
        self.outcome.show_result(result)
        self._go_to("result")

    def show_refusal(self, text: str) -> None:
        """Say why it cannot go on; what was chosen stays."""
        self._refusal.setText(text)
        self._refusal.setVisible(bool(text))
        self.is_storing = False
        if text and self.step == "result":
            self._go_to("check" if self._undoing is None and self.check.state else "file")
            self._refusal.show()
        self._show_buttons()

    def say(self, text: str) -> None:
        """Say that something beside the import is done."""
        self._hint.setText(text)

    def ask_undo(self, batch: BatchRow) -> None:
        """Ask once before an import is undone."""
        self._undoing = batch
        said = self.tr(
            "{what} were added. They are taken away again, but for those of whom anything else is "
            "kept by now: a report, an alert, a contact. Those are named, and stay as they are."
        )
        self.outcome.show_result(
            ResultShown(
                self.tr("Undo the import of {file}?").format(file=batch.file),
                said.format(what=batch.line[3]),
            )
        )
        self._go_to("result")

    def reject(self) -> None:
        """Close; not while something is being stored."""
        if not self.is_storing:
            super().reject()

    def _go_to(self, step: Step) -> None:
        self._refusal.hide()
        if step in ("file", "check"):
            self._undoing = None
        self._stack.setCurrentWidget(self._pages[step])
        for name, label in self._steps.items():
            label.setProperty("role", "strong" if name == step else "muted")
            restyle(label)
        self._show_buttons()
        if step == "columns":
            self.columns.take_keyboard()
        elif step == "check":
            self.check.take_keyboard()
        elif step == "file" and not self.has_file:
            self.file.choose.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            button = self.next if self.next.isVisibleTo(self) else self.close_button
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_buttons(self) -> None:
        step = self.step
        verb = self.check.state.verb if self.check.state is not None else ""
        words = {
            "file": self.tr("Columns"),
            "columns": self.tr("Check"),
            "check": verb or self.tr("Nothing to import"),
            "result": self.tr("&Undo the import"),
        }
        self.next.setText(words[step])
        self.next.setEnabled({"file": self.has_file, "check": bool(verb)}.get(step, True))
        self.next.setVisible(step != "result" or self._undoing is not None)
        self.back.setVisible(step in ("columns", "check") or self._undoing is not None)
        self.back.setEnabled(not self.is_storing)
        self.close_button.setEnabled(not self.is_storing)
        by_enter = step in ("file", "columns")
        self.next.setAutoDefault(by_enter)
        self.next.setDefault(by_enter)
        if step == "result":
            hint = self.tr("Alt+U undoes it, Esc closes.") if self._undoing is not None else ""
        elif step == "check":
            hint = self.tr("Alt+I imports, Esc closes. Nothing is stored yet.")
        else:
            hint = self.tr("Enter goes on, Esc closes. Nothing is stored yet.")
        self._hint.setText(hint)

    def _go_on(self) -> None:
        if not self.next.isEnabled():
            return
        step = self.step
        if step == "file" and self._has_map:
            self._go_to("columns")  # as they were left
        elif step == "file":
            self.columns_wanted.emit()
        elif step == "columns":
            missing = self.columns.missing()
            self.show_refusal(missing)
            if not missing:
                self.next.setEnabled(False)
                self.say(self.tr("Checking…"))
                self.check_wanted.emit(self.columns.mapped())
        elif step == "check":
            self.next.setEnabled(False)
            self.store_wanted.emit()
        elif self._undoing is not None:
            batch, self._undoing = self._undoing, None
            self.undo_wanted.emit(batch)

    def _go_back(self) -> None:
        self._go_to("columns" if self.step == "check" else "file")

    def _connect(self) -> None:
        self.next.clicked.connect(self._go_on)
        self.back.clicked.connect(self._go_back)
        self.close_button.clicked.connect(self.reject)
        self.file.undo_wanted.connect(self.ask_undo)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(PlainLabel(self.tr("Import a list of patients"), "title"))
        head.addStretch(1)
        names = (
            self.tr("1  File"),
            self.tr("2  Columns"),
            self.tr("3  Check"),
            self.tr("4  Import"),
        )
        for step, name in zip(get_args(Step), names, strict=True):
            self._stack.addWidget(self._pages[step])
            self._steps[step] = PlainLabel(name, "muted")
            head.addWidget(self._steps[step])
        self.next.setProperty("kind", "primary")
        self.back.setAutoDefault(False)
        self.close_button.setAutoDefault(False)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        for button in (self.close_button, self.back, self.next):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(scrolled(self._stack), 1)
        column.addWidget(self._refusal)
        column.addLayout(foot)
