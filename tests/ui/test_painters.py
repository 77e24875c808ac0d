"""A painter that is still at work when a paint event is left ends the whole program.

Qt does not forgive it: where painting raised, the fault would not be told but the window be gone,
and monitoring with it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import monitor
from monitor.charts.timeline import draw, ranges
from monitor.ui.shared.canvas import ChartCanvas
from tests.charts import samples

ROOM = Path(monitor.__file__).parent / "ui"


def open_ended(tree: ast.AST) -> Iterator[str]:
    """The painters that no with statement ends: one that is made in it, or begun before it."""
    nodes = list(ast.walk(tree))
    held = [
        item.context_expr for node in nodes if isinstance(node, ast.With) for item in node.items
    ]
    names = {ast.unparse(one) for one in held}
    begun = [
        node.value
        for node in nodes
        if isinstance(node, ast.Assign)
        and ast.unparse(node.value) == "QPainter()"
        and ast.unparse(node.targets[0]) in names
    ]
    for node in nodes:
        is_made = isinstance(node, ast.Call) and ast.unparse(node.func) == "QPainter"
        if is_made and node not in (*held, *begun):
            yield ast.unparse(node)


@pytest.mark.parametrize(
    "file",
    [file for file in sorted(ROOM.rglob("*.py")) if "QPainter(" in file.read_text("utf-8")],
    ids=lambda file: file.stem,
)
def test_that_every_painter_is_ended_whatever_happens(file: Path) -> None:
    assert list(open_ended(ast.parse(file.read_text("utf-8")))) == []


class Unfinished(ChartCanvas):
    """A chart with a bug in what is painted while it is dragged."""

    def _paint_preview(self, painter: QPainter, *_given: object) -> None:
        assert painter.isActive()
        raise ZeroDivisionError


def test_that_a_fault_while_a_chart_is_painted_is_told_and_does_not_end_the_program(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    canvas = Unfinished(draw, window)
    window.resize(800, 600)
    canvas.resize(700, 500)
    chart = samples.rich()
    with qtbot.waitExposed(window):
        window.show()
    canvas.show_chart(chart, samples.labels(), samples.style(), ranges(chart)["all"])
    canvas.change_view("in")  # so that there are other days to drag to
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(350, 250))
    for x in (380, 450):
        move = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(x, 250), QPointF(x, 250),
            Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(canvas, move)
    with pytest.raises(ZeroDivisionError):
        canvas.repaint()
    canvas.hide()
    window.grab()  # as whatever comes next does
