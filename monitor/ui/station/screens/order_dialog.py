"""Why the worklist is in the order it is in (?)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.fitting_dialog import FittingDialog

_WIDTH = 520


class OrderDialog(FittingDialog):
    """The steps by which the list is sorted, and where the open patient stands in them."""

    def __init__(self, priorities: str, about: str, parent: QWidget | None = None) -> None:
        """priorities: their words, most urgent first; about: on the open patient, "" for none."""
        super().__init__(parent, _WIDTH)
        self.setWindowTitle(self.tr("Why this order"))
        column = self.column
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(self.tr("Why the list is in this order"), "heading"))
        if about:
            label = PlainLabel(about, "note")
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self._text(self.tr("Where two are equal, the next line decides.")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for number, said in enumerate(self._steps(priorities)):
            count = PlainLabel(f"{number + 1}", "strong")
            grid.addWidget(count, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._text(said), number, 1)
        column.addLayout(grid)
        column.addWidget(
            self._text(self.tr("A patient stands where the most urgent of their alerts stands."))
        )
        line = QHBoxLayout()
        line.addStretch(1)
        close = QPushButton(self.tr("Close"))
        close.setShortcut("?")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        line.addWidget(close)
        column.addLayout(line)

    def _steps(self, priorities: str) -> tuple[str, ...]:
        return (
            self.tr(
                "What nobody has looked at, then what is in hand, then what was put aside; at the "
                "end those of whom only another report is asked."
            ),
            self.tr("Priority: {priorities}.").format(priorities=priorities),
            self.tr(
                "Who was promised a call by today stands behind what is new and more urgent, "
                "and before all else, the earliest promise first."
            ),
            self.tr("The kind of warning sign, in the order of the protocol (the first only)."),
            self.tr("Overdue: nobody answered in the time that the priority allows."),
            self.tr("What still holds, then what has ended."),
            self.tr("How many days it is past its window: the longest first."),
            self.tr("How long it has waited: the longest first."),
        )

    def _text(self, text: str) -> PlainLabel:
        label = PlainLabel(text)
        label.setWordWrap(True)
        return label
