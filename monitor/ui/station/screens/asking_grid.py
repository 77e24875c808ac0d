"""Rows of a dialog: the name of what is asked at the left, the field at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel

_NAMES = 92
_DOWN = 5
"""So that a name stands on one line with what is written in its field."""


class AskingGrid(QGridLayout):
    """Keeps names and fields in two columns; a row is shown or hidden as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 4, 0, 0)
        self.setHorizontalSpacing(10)
        self.setVerticalSpacing(8)
        self.setColumnMinimumWidth(0, _NAMES)
        self.setColumnStretch(1, 1)
        self._names: dict[QWidget, PlainLabel] = {}

    def ask(self, name: str, field: QWidget) -> None:
        """Add a row."""
        label = PlainLabel(name, "muted")
        label.setContentsMargins(0, _DOWN, 0, 0)
        self._names[field] = label
        row = len(self._names)
        self.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self.addWidget(field, row, 1)

    def show_row(self, field: QWidget, *, shown: bool) -> None:
        field.setVisible(shown)
        self._names[field].setVisible(shown)
