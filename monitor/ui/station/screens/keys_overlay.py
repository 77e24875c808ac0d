"""The keys of the station, on one card (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from monitor.ui.shared.text_size import text_scale
from monitor.ui.station.screens.paper_dialog import PaperDialog

_WIDTH, _HEIGHT = 1200, 700
_SIDE_BY_SIDE = 3
_BETWEEN = 14
"""Pixels between the columns, beside the spacing."""


class KeysOverlay(PaperDialog):
    """Every key and what it does; F1, Enter or Esc puts it away."""

    def __init__(self, keys: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """keys: (keys, what they do) in order."""
        super().__init__(self.tr("Keys"), _WIDTH, _HEIGHT, parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        columns = max(1, int(_SIDE_BY_SIDE / text_scale(self)))
        rows = -(-len(keys) // columns)
        for number, (key, what) in enumerate(keys):
            side, row = divmod(number, rows)
            label = QLabel(key)
            label.setProperty("role", "key")
            said = QLabel(what)
            said.setWordWrap(True)
            grid.addWidget(label, row, 3 * side, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, row, 3 * side + 1)
            grid.setColumnStretch(3 * side + 1, 1)
        for side in range(columns - 1):
            grid.setColumnMinimumWidth(3 * side + 2, _BETWEEN)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self.close_button.setShortcut("F1")
