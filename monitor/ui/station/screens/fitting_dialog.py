"""A dialog that is as high as its texts need in the width it has."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget


class FittingDialog(QDialog):
    """Has a `column` of content and one width.

    Qt would take the height that wrapped texts need in the narrowest width there can be, or that
    chips need on one line.
    """

    def __init__(self, parent: QWidget | None, width: int) -> None:
        """width: in device-independent pixels."""
        super().__init__(parent)
        self.setFixedWidth(width)
        self.column = QVBoxLayout(self)
        self.column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)

    def fit(self) -> None:
        """Take the height that the content needs now."""
        self.column.activate()
        self.setFixedHeight(self.column.totalHeightForWidth(self.width()))

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)
