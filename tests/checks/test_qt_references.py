from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

Call = Callable[[], object]

CALLS = 1000
NOISE = 20
"""References that come and go while nobody counts; one lost per call would be a thousand."""


@contextmanager
def painting() -> Iterator[Call]:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    yield lambda: painter.drawLine(0, 0, 10, 10)
    painter.end()


@contextmanager
def naming() -> Iterator[Call]:
    thing = QObject()
    yield lambda: thing.setObjectName("a")


@contextmanager
def asking_for_no_parent() -> Iterator[Call]:
    thing = QObject()
    yield thing.parent


@contextmanager
def repainting() -> Iterator[Call]:
    widget = QWidget()
    yield widget.repaint


@pytest.mark.parametrize("calling", [painting, naming, asking_for_no_parent, repainting])
def test_that_a_thousand_qt_calls_lose_no_reference_to_none(
    qtbot: QtBot, calling: Callable[[], AbstractContextManager[Call]]
) -> None:
    """PySide6 6.12.0 loses one per call before Python 3.12 and ends the program (decision 8)."""
    with calling() as call:
        call()
        before = sys.getrefcount(None)
        for _ in range(CALLS):
            call()
        assert abs(sys.getrefcount(None) - before) < NOISE
