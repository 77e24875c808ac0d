"""A page of paper to read: it scrolls, and one key puts it away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from monitor.ui.station.screens.room import keep_fitted


class PaperDialog(QDialog):
    """Has a `column` for what is to be read; Enter, Esc or Close puts it away.

    `area` scrolls it, `bottom` has room for further buttons at its beginning.
    """

    def __init__(self, title: str, width: int, height: int, parent: QWidget | None) -> None:
        """width, height: in device-independent pixels, with text of the usual size."""
        super().__init__(parent)
        self.setWindowTitle(title)
        keep_fitted(self, QSize(width, height))
        page = QWidget()
        page.setProperty("ground", "paper")
        self.column = QVBoxLayout(page)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(6)
        area = self.area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        close = self.close_button = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        bottom = self.bottom = QHBoxLayout()
        bottom.setContentsMargins(24, 10, 24, 12)
        bottom.addStretch(1)
        bottom.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addLayout(bottom)
        area.setFocus()
