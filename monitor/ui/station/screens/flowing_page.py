"""A page that scrolls, and is as high as its texts need in the width it has."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


class FlowingPage(QWidget):
    """Has a `column` of content.

    Qt would take the height that wrapped text needs in the narrowest width there can be.
    """

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)

    def minimumSizeHint(self) -> QSize:
        # Asked for its height in the width it gets, it is given that; a least one is for the rest.
        least = self.column.minimumSize()
        return QSize(least.width(), 0) if self.column.hasHeightForWidth() else least


def scrolled(page: QWidget) -> QScrollArea:
    """An area in which a page scrolls; the keyboard goes to what is on the page."""
    area = QScrollArea()
    area.setProperty("page", "true")
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
