"""The keys of the station, on one card (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_SIDE_BY_SIDE = 2
_BETWEEN = 18
"""Pixels between the columns, beside the spacing."""


class KeysOverlay(QDialog):
    """Every key and what it does; F1, Enter or Esc puts it away."""

    def __init__(self, keys: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """keys: (keys, what they do) in order."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(14)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        rows = -(-len(keys) // _SIDE_BY_SIDE)
        for number, (key, what) in enumerate(keys):
            side, row = divmod(number, rows)
            label = QLabel(key)
            label.setProperty("role", "key")
            grid.addWidget(label, row, 3 * side)
            grid.addWidget(QLabel(what), row, 3 * side + 1)
        for side in range(_SIDE_BY_SIDE - 1):
            grid.setColumnMinimumWidth(3 * side + 2, _BETWEEN)
        column.addLayout(grid)
        close = QPushButton(self.tr("Close"))
        close.setShortcut("F1")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column.addWidget(close)
