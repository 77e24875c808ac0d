"""Says that there was a bug, with the reference under which it was written down."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from monitor.ui.shared.faults import Faults


class FaultDialog(QObject):
    """Says on the station that something went wrong, one dialog at a time."""

    def __init__(self, faults: Faults, window: QWidget, log_file: Path) -> None:
        super().__init__(window)
        self._window = window
        self._log_file = log_file
        self._box: QMessageBox | None = None
        faults.happened.connect(self.show_reference)

    @Slot(str)
    def show_reference(self, reference: str) -> None:
        """Open the dialog, unless one is open: a bug in a timer would bury the station."""
        if self._box is not None:
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Something went wrong"))
        box.setText(
            self.tr("Something went wrong in the program. Its reference is {reference}.").format(
                reference=reference
            )
        )
        box.setInformativeText(
            self.tr(
                "What was stored before is safe. Check whether your last action took effect. "
                "If it happens again, tell whoever looks after Rootwatch this reference; "
                "the details, without patients' data, are in {file}."
            ).format(file=self._log_file)
        )
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._forget)
        self._box = box
        box.open()

    @Slot()
    def _forget(self) -> None:
        self._box = None
