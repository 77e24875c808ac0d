"""Where the station's window first stands, known before the window itself is loaded."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

SIZE = QSize(1280, 800)
LEAST_SIZE = QSize(1024, 640)
_FRAME = QSize(16, 48)
"""Room for the desktop's frame and title bar, which are known only when the window stands."""


def first_place(available: QRect) -> QRect:
    """Where the window first stands: with its frame inside what the screen has free.

    The status line at the bottom must be seen, and without the frame's height it is not.
    """
    return QRect(available.topLeft(), SIZE.boundedTo(available.size() - _FRAME))


def stand(window: QWidget) -> None:
    """Let a window that is not shown yet stand at its first place, and be no smaller than fits."""
    place = first_place(window.screen().availableGeometry())
    window.setMinimumSize(LEAST_SIZE.boundedTo(place.size()))
    window.resize(place.size())
    if place.size() != SIZE:
        window.move(place.topLeft())
