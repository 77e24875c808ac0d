"""The canvas: drawn once the size has settled, read with the mouse and the arrow keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.figure import Figure
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from monitor.charts.drawn import Drawn
from monitor.charts.timeline import draw, ranges
from monitor.services.review import Chart
from monitor.ui.shared.canvas import ChartCanvas
from tests.charts import samples

Show = Callable[..., ChartCanvas]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Shows a chart on a canvas of its own."""

    def shown(chart: Chart, width: int = 1000, height: int = 560) -> ChartCanvas:
        canvas = ChartCanvas(draw)
        qtbot.addWidget(canvas)
        canvas.resize(width, height)
        canvas.show_chart(chart, samples.labels(), samples.style(), ranges(chart)["all"])
        with qtbot.waitExposed(canvas):
            canvas.show()
        return canvas

    return shown


def drawn(canvas: ChartCanvas) -> Drawn:
    assert canvas.drawn is not None
    return canvas.drawn


def point_over(canvas: ChartCanvas, day: float, part: str = "numbness") -> QPoint:
    chart = drawn(canvas)
    box = chart.panels[part]
    return QPointF(chart.x_of(day), (box.top + box.bottom) / 2).toPoint()


def middle_of(canvas: ChartCanvas, alert_id: str) -> QPoint:
    box = dict(drawn(canvas).alerts)[alert_id]
    return QPointF((box.left + box.right) / 2, (box.top + box.bottom) / 2).toPoint()


def colours_of(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }


def test_that_the_chart_is_painted(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())

    def painted() -> None:
        assert samples.style().band in colours_of(canvas.grab().toImage())

    qtbot.waitUntil(painted)


def test_that_the_chart_fills_the_canvas(show: Show):
    chart = drawn(show(samples.rich(), 900, 500))
    assert (chart.width, chart.height) == (900, 500)


def test_that_a_change_of_size_draws_the_chart_once_when_it_has_settled(qtbot: QtBot):
    sizes: list[tuple[float, float]] = []

    def counted(figure: Figure, *rest: Any) -> Drawn:
        sizes.append(tuple(figure.get_size_inches() * 100))
        return draw(figure, *rest)

    canvas = ChartCanvas(counted)
    qtbot.addWidget(canvas)
    canvas.resize(800, 500)
    chart = samples.sparse()
    canvas.show_chart(chart, samples.labels(), samples.style(), ranges(chart)["all"])
    with qtbot.waitExposed(canvas):
        canvas.show()
    sizes.clear()
    for width in range(810, 900, 10):
        canvas.resize(width, 500)
    assert sizes == []
    qtbot.waitUntil(lambda: bool(sizes))
    assert sizes == [(890, 500)]


def test_that_the_mouse_reads_the_nearest_report(show: Show):
    canvas = show(samples.rich())
    QTest.mouseMove(canvas, point_over(canvas, 86))
    assert canvas.reading is not None
    assert canvas.reading.day == 84


def test_that_nothing_is_read_beside_the_plot(show: Show):
    canvas = show(samples.rich())
    QTest.mouseMove(canvas, point_over(canvas, 86))
    QTest.mouseMove(canvas, QPoint(3, 100))
    assert canvas.reading is None


@pytest.mark.parametrize("size", [(600, 400), (760, 430), (1400, 860)])
@pytest.mark.parametrize("chart", [samples.rich(), samples.eight_regions()], ids=["rich", "eight"])
def test_that_the_read_out_stays_inside_the_canvas(
    chart: Chart, size: tuple[int, int], show: Show, qtbot: QtBot
):
    canvas = show(chart, *size)
    for reading in drawn(canvas).readings:
        QTest.mouseMove(canvas, point_over(canvas, reading.day))
        box = canvas._read_out.box()
        assert box.width() > 0
        assert canvas.rect().contains(box.toAlignedRect())


def test_that_the_read_out_is_painted_without_drawing_the_chart_again(qtbot: QtBot):
    times: list[int] = []

    def counted(figure: Figure, *rest: Any) -> Drawn:
        times.append(1)
        return draw(figure, *rest)

    canvas = ChartCanvas(counted)
    qtbot.addWidget(canvas)
    canvas.resize(1000, 560)
    chart = samples.rich()
    canvas.show_chart(chart, samples.labels(), samples.style(), ranges(chart)["all"])
    with qtbot.waitExposed(canvas):
        canvas.show()
    times.clear()
    before = canvas.grab().toImage()
    QTest.mouseMove(canvas, point_over(canvas, 84))
    after = canvas.grab().toImage()
    assert before != after
    assert times == []


def test_that_the_arrow_keys_go_from_report_to_report_and_say_it(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    said: list[str] = []
    canvas.read.connect(said.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(canvas, key)
    assert [text.split(" (")[0] for text in said] == ["day 224", "day 217", "day 224"]
    assert "Pain 5" in said[-1]
    assert canvas.accessibleDescription() == said[-1]


def test_that_escape_takes_the_read_out_away(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.reading is not None
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.reading is None


def test_that_the_arrow_keys_are_quiet_on_an_empty_chart(show: Show, qtbot: QtBot):
    canvas = show(samples.empty())
    said: list[str] = []
    canvas.read.connect(said.append)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert said == []


def test_that_a_click_on_an_alert_tells_which(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    with qtbot.waitSignal(canvas.alert_clicked) as clicked:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle_of(canvas, "alert-pain"))
    assert clicked.args == ["alert-pain"]


def test_that_a_click_elsewhere_tells_nothing(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    with qtbot.assertNotEmitted(canvas.alert_clicked):
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=point_over(canvas, 84))


def test_that_an_alert_is_named_under_the_mouse(show: Show):
    canvas = show(samples.rich())
    QTest.mouseMove(canvas, middle_of(canvas, "alert-pain"))
    assert canvas.toolTip() == "Pain has come back"
    assert canvas.cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_that_another_chart_forgets_the_reading(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    other = samples.sparse()
    canvas.show_chart(other, samples.labels(), samples.style(), ranges(other)["all"])
    assert canvas.reading is None
    assert [reading.day for reading in drawn(canvas).readings] == [3]


def test_that_the_canvas_is_named_for_those_who_cannot_see_it(show: Show):
    canvas = show(samples.rich())
    assert "arrow keys" in canvas.accessibleName()
    assert canvas.focusPolicy() is Qt.FocusPolicy.StrongFocus
