"""Whether all that is written on a screen can be read: the whole of it, or shortened on purpose."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from monitor.ui.shared.widgets.clamped_label import ClampedLabel
from monitor.ui.shared.widgets.elided_label import ElidedLabel
from monitor.ui.station.screens.needs_board import NeedButton

SLACK = 2
"""Pixels: letters have a little air around them."""


def faults(window: QWidget, dialog: QWidget | None = None) -> Iterator[str]:
    """What cannot be read in a window and in the dialog before it, in words."""
    yield from _faults_in(window)
    if dialog is not None:
        yield from _faults_in(dialog)
        if window.size().expandedTo(dialog.size()) != window.size():
            wide, high = dialog.width(), dialog.height()
            yield f"the dialog {dialog.windowTitle()!r} is {wide} x {high}, larger than the window"


def _faults_in(screen: QWidget) -> Iterator[str]:
    for part in screen.findChildren(QWidget):
        if part.isVisibleTo(screen) and part.window() is screen.window():
            yield from _faults_of(part)


def _faults_of(part: QWidget) -> Iterator[str]:
    if isinstance(part, ClampedLabel | ElidedLabel):
        shortened = part.is_shortened if isinstance(part, ClampedLabel) else part.is_elided
        if shortened and not part.toolTip():
            yield f"{part.text()!r} is shortened and nowhere whole"
    elif isinstance(part, QLabel) and part.text():
        yield from _faults_of_label(part)
    elif isinstance(part, QAbstractButton) and part.text() and not isinstance(part, NeedButton):
        yield from _faults_of_size(part, part.text())
    elif isinstance(part, QComboBox):
        yield from _faults_of_height(part, part.currentText())
    elif isinstance(part, QLineEdit) and not isinstance(part.parentWidget(), QComboBox):
        yield from _faults_of_height(part, part.text() or part.placeholderText())
    yield from _faults_of_place(part)


def _faults_of_label(label: QLabel) -> Iterator[str]:
    text, room = label.text(), label.contentsRect()
    lines = text.splitlines() if not label.wordWrap() else text.split()
    widest = max(label.fontMetrics().horizontalAdvance(line) for line in lines)
    if widest > room.width() + SLACK:
        yield f"{text!r} needs {widest} pixels and has {room.width()}"
    flags = Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag(0)
    box = QRect(0, 0, room.width() + SLACK, 100_000)
    high = label.fontMetrics().boundingRect(box, int(flags), text).height()
    if high > room.height() + SLACK:
        yield f"{text!r} needs a height of {high} pixels and has {room.height()}"


def _faults_of_size(part: QWidget, text: str) -> Iterator[str]:
    if part.minimumSizeHint().width() > part.width() + SLACK:
        yield f"{text!r} needs {part.minimumSizeHint().width()} pixels and has {part.width()}"
    yield from _faults_of_height(part, text)


def _faults_of_height(part: QWidget, text: str) -> Iterator[str]:
    needed = part.fontMetrics().height()
    if needed > part.height() - SLACK:
        yield f"{text!r} needs a height of {needed} pixels and has {part.height()}"


def _faults_of_place(part: QWidget) -> Iterator[str]:
    """Lies within what it lies on; what scrolls may be larger."""
    below = part.parentWidget()
    if below is None or part.isWindow() or isinstance(below, QAbstractScrollArea):
        return
    area = below.parentWidget()
    if isinstance(area, QAbstractScrollArea) and area.viewport() is below:
        return
    said = part.text() if isinstance(part, QLabel | QAbstractButton | QLineEdit) else ""
    if said and not below.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(part.geometry()):
        yield f"{said!r} lies partly outside"
