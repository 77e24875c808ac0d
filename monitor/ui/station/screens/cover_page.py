"""What hides everything in the last half minute before the station is locked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel


class CoverPage(QWidget):
    """Counts down; any key or touch takes it away, and does nothing else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "wash")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._seconds = PlainLabel(role="title")
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        column.addWidget(self._seconds, 0, Qt.AlignmentFlag.AlignHCenter)
        hint = PlainLabel(self.tr("Press any key, or move the mouse, to go on."), "muted")
        column.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_seconds(self, left: int) -> None:
        """Say how long it is until the station is locked."""
        said = self.tr("Locks in 1 second")
        if left != 1:
            said = self.tr("Locks in {n} seconds").format(n=left)
        self._seconds.setText(said)
        self.setAccessibleName(said)
