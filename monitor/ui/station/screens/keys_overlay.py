"""The keys of the station, on one card (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from monitor.ui.shared.text_size import text_scale
from monitor.ui.station.screens.paper_dialog import PaperDialog

_WIDTH, _HEIGHT = 1200, 660
_SIDE_BY_SIDE = 3
_BETWEEN = 28


class KeysOverlay(PaperDialog):
    """Every key and what it does; F1, Enter or Esc puts it away."""

    def __init__(self, keys: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """keys: (keys, what they do) in order."""
        super().__init__(self.tr("Keys"), _WIDTH, _HEIGHT, parent)
        columns = max(1, int(_SIDE_BY_SIDE / text_scale(self)))
        rows = -(-len(keys) // columns)
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(_BETWEEN)
        for first in range(0, len(keys), rows):
            side_by_side.addLayout(self._column_of(keys[first : first + rows]), 1)
        self.column.addLayout(side_by_side)
        self.column.addStretch(1)
        self.close_button.setShortcut("F1")

    def _column_of(self, keys: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for row, (key, what) in enumerate(keys):
            label = QLabel(key)
            label.setProperty("role", "key")
            said = QLabel(what)
            said.setWordWrap(True)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(said, row, 1)
        grid.setRowStretch(len(keys), 1)
        return grid
