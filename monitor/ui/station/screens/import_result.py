"""Last step of an import: how far it is, and what came of it; of an undo likewise."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.import_views import ResultShown
from monitor.ui.station.screens.lines_table import LinesTable


class ImportResult(QWidget):
    """A bar while something runs, then sentences.

    Signals:
        end_wanted: the follow-ups that stayed are to be ended as a mistake.
    """

    end_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = PlainLabel(role="title")
        self.says = PlainLabel()
        for label in (self.heading, self.says):
            label.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.kept = LinesTable(
            self.tr("Those who stay"), (self.tr("Patient"), self.tr("Why")), (460, 0)
        )
        self.end = QPushButton(self.tr("End these follow-ups as a mistake"))
        self.end.setAutoDefault(False)
        self.end.clicked.connect(self._tell_end)
        self._lay_out()

    def show_progress(self, heading: str, says: str) -> None:
        """Something begins to run."""
        self.heading.setText(heading)
        self.says.setText(says)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.kept.hide()
        self.end.hide()

    def go_on(self, done: int, total: int) -> None:
        """So far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_result(self, result: ResultShown) -> None:
        """Say what came of it."""
        self.heading.setText(result.heading)
        self.says.setText(result.says)
        self.bar.hide()
        self.kept.show_rows(result.kept)
        self.kept.setVisible(bool(result.kept))
        self.end.setEnabled(True)
        self.end.setVisible(result.can_end)

    def _tell_end(self) -> None:
        self.end.setEnabled(False)
        self.end_wanted.emit()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.end)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.says)
        column.addWidget(self.bar)
        column.addWidget(self.kept, 1)
        column.addLayout(line)
        column.addStretch(0)
