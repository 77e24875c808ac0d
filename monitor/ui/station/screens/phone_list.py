"""Whom to ring when monitoring does not run: the worklist as it was last read, with numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.paper_dialog import PaperDialog
from monitor.ui.station.views import PhoneLine

_WIDTH, _HEIGHT = 860, 600


class PhoneList(PaperDialog):
    """The patients who need somebody, most urgent first; needs no store to be shown."""

    def __init__(self, lines: Sequence[PhoneLine], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Phone list"), _WIDTH, _HEIGHT, parent)
        self.column.addWidget(PlainLabel(self.tr("Phone list"), "heading"))
        said = self.tr("The worklist as it was last read, the most urgent first.")
        if not lines:
            said = self.tr("Nobody was on the worklist when it was last read.")
        about = PlainLabel(said, "muted")
        about.setWordWrap(True)
        self.column.addWidget(about)
        if lines:
            self.column.addLayout(self._table(lines))
        self.column.addStretch(1)

    def _table(self, lines: Sequence[PhoneLine]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(4, 3)
        heads = (
            self.tr("How soon"),
            self.tr("Patient"),
            self.tr("Number"),
            self.tr("Telephone"),
            self.tr("Why"),
        )
        for place, head in enumerate(heads):
            grid.addWidget(PlainLabel(head, "column"), 0, place)
        for row, line in enumerate(lines, start=1):
            texts = (line.words, line.name, line.number, line.phone or "–", line.reason)
            for place, text in enumerate(texts):
                label = PlainLabel(text, "cell")
                label.setWordWrap(place in (1, 4))
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(label, row, place)
        return grid
