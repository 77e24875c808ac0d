"""A page of paper to read: it scrolls, and one key puts it away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget


class PaperDialog(QDialog):
    """Has a `column` for what is to be read; Enter, Esc or Close puts it away."""

    def __init__(self, title: str, width: int, height: int, parent: QWidget | None) -> None:
        """width, height: in device-independent pixels."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(width, height)
        page = QWidget()
        page.setProperty("ground", "paper")
        self.column = QVBoxLayout(page)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(6)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(24, 10, 24, 12)
        bottom.addStretch(1)
        bottom.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addLayout(bottom)
        area.setFocus()
