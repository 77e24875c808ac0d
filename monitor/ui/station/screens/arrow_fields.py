"""Fields with something to open behind an arrow, which the style sheet cannot draw."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget


class ArrowBox(QComboBox):
    """A list to choose from, with the arrow that the style sheet would need a picture for."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("arrow", "painted")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_arrow(self)


class ArrowDate(QDateEdit):
    """A date with a calendar behind its arrow."""

    def __init__(self, date: QDate) -> None:
        super().__init__(date)
        self.setProperty("arrow", "painted")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_arrow(self)


def _paint_arrow(widget: QWidget) -> None:
    with QPainter(widget) as painter:
        painter.setPen(widget.palette().color(widget.foregroundRole()))
        where = widget.rect().adjusted(0, 0, -10, 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "▾")
