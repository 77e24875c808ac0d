"""Whom to ring when monitoring does not run: the worklist as it was last read, with numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.views import PhoneLine

_WIDTH, _HEIGHT = 860, 600


class PhoneList(QDialog):
    """The patients who need somebody, most urgent first; needs no store to be shown."""

    def __init__(self, lines: Sequence[PhoneLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Phone list"))
        self.resize(_WIDTH, _HEIGHT)
        page = QWidget()
        page.setProperty("ground", "paper")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(6)
        column.addWidget(PlainLabel(self.tr("Phone list"), "heading"))
        said = self.tr("The worklist as it was last read, the most urgent first.")
        if not lines:
            said = self.tr("Nobody was on the worklist when it was last read.")
        about = PlainLabel(said, "muted")
        about.setWordWrap(True)
        column.addWidget(about)
        if lines:
            column.addLayout(self._table(lines))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(24, 10, 24, 12)
        bottom.addStretch(1)
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        bottom.addWidget(close)
        whole.addLayout(bottom)
        area.setFocus()

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
