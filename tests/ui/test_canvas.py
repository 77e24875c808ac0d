"""The canvas: drawn once the size has settled, read with the mouse and the arrow keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from matplotlib.figure import Figure
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
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


# Moving and zooming


def wheel(canvas: ChartCanvas, where: QPoint, turned: int) -> None:
    at = QPointF(where)
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(at, at, QPoint(), QPoint(0, turned), no_button, no_key,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(canvas, event)


def drag(canvas: ChartCanvas, start: QPoint, across: int) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 11):
        where = QPointF(start.x() + across * step / 10, start.y())
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        move = QMouseEvent(QEvent.Type.MouseMove, where, where, none, left,
                           Qt.KeyboardModifier.NoModifier)  # fmt: skip
        QApplication.sendEvent(canvas, move)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(across, 0))


@pytest.mark.parametrize("key", ["+", "="])
def test_that_plus_zooms_in_about_the_cross_hair(show: Show, qtbot: QtBot, key: str):
    canvas = show(samples.rich())
    QTest.mouseMove(canvas, QPoint(3, 3))
    QTest.mouseMove(canvas, point_over(canvas, 84))
    before, x = canvas.view, drawn(canvas).x_of(84)
    qtbot.keyClicks(canvas, key)
    assert canvas.view.span == pytest.approx(before.span / 1.5)
    assert drawn(canvas).x_of(84) == pytest.approx(x, abs=2)
    assert drawn(canvas).first_day == canvas.view.first_day


def test_that_without_a_cross_hair_plus_zooms_about_today(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    x = drawn(canvas).x_of(224)
    qtbot.keyClicks(canvas, "+")
    assert drawn(canvas).x_of(224) == pytest.approx(x, abs=2)


def test_that_minus_shows_no_more_than_there_is(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    qtbot.keyClicks(canvas, "----")
    assert (canvas.view.first_day, canvas.view.last_day) == pytest.approx(drawn(canvas).limits)


def test_that_zero_shows_all_again(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    qtbot.keyClicks(canvas, "+++")
    qtbot.keyClicks(canvas, "0")
    assert (canvas.view.first_day, canvas.view.last_day) == drawn(canvas).limits


def test_that_shift_and_an_arrow_move_along_the_axis(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    qtbot.keyClicks(canvas, "++")
    before = canvas.view
    with qtbot.waitSignal(canvas.moved) as moved:
        qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.view.first_day == pytest.approx(before.first_day - before.span / 4)
    assert moved.args == [canvas.view.first_day, canvas.view.last_day]
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.view.first_day == pytest.approx(before.first_day)


def test_that_the_wheel_zooms_about_the_mouse_and_the_chart_is_drawn_when_it_rests(
    show: Show, qtbot: QtBot
):
    canvas = show(samples.rich())
    x = drawn(canvas).x_of(84)
    for _ in range(3):
        wheel(canvas, QPoint(round(x), 100), 120)
    assert canvas.view.span < drawn(canvas).last_day - drawn(canvas).first_day
    qtbot.waitUntil(lambda: drawn(canvas).first_day == canvas.view.first_day)
    assert drawn(canvas).x_of(84) == pytest.approx(x, abs=2)


def test_that_a_wheel_beside_the_plot_is_left_to_the_page(show: Show):
    canvas = show(samples.rich())
    before = canvas.view
    wheel(canvas, QPoint(5, 100), 120)
    assert canvas.view == before


def test_that_dragging_takes_the_days_along(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    qtbot.keyClicks(canvas, "++")
    day = 180
    start = point_over(canvas, day)
    drag(canvas, start, 60)
    assert drawn(canvas).x_of(day) == pytest.approx(start.x() + 60, abs=2)


def test_that_a_drag_is_no_click(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    qtbot.keyClicks(canvas, "++")
    with (
        qtbot.assertNotEmitted(canvas.report_clicked),
        qtbot.assertNotEmitted(canvas.alert_clicked),
    ):
        drag(canvas, point_over(canvas, 210), 40)


def test_that_while_it_is_dragged_the_picture_moves_with_the_hand(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    qtbot.keyClicks(canvas, "++")
    chart = drawn(canvas)
    before = canvas.grab().toImage()
    start = point_over(canvas, 180)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    where = QPointF(start.x() + 40, start.y())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, where, where, none, left,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(canvas, move)
    after = canvas.grab().toImage()
    assert drawn(canvas) is chart
    box = chart.panels["pain"]
    xs = range(round(box.left) + 60, round(box.right) - 10, 7)
    ys = range(round(box.top) + 5, round(box.bottom) - 5, 5)
    same = [after.pixel(x, y) == before.pixel(x - 40, y) for x in xs for y in ys]
    assert sum(same) / len(same) > 0.97
    left_of_it = [(x, y) for x in range(0, round(box.left) - 2, 5) for y in ys]
    assert all(after.pixel(x, y) == before.pixel(x, y) for x, y in left_of_it)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=where.toPoint())


def test_that_a_click_on_a_point_tells_which_report(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    with qtbot.waitSignal(canvas.report_clicked) as clicked:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=point_over(canvas, 84))
    assert clicked.args == ["submission-84"]
    with qtbot.assertNotEmitted(canvas.report_clicked):
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=point_over(canvas, 91))


def test_that_enter_opens_the_report_under_the_cross_hair(show: Show, qtbot: QtBot):
    canvas = show(samples.rich())
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    with qtbot.waitSignal(canvas.report_clicked) as clicked:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert clicked.args == ["submission-224"]


def test_that_of_two_reports_of_a_day_the_later_is_meant(show: Show, qtbot: QtBot):
    early = samples.point(3, 5)
    late = replace(early, submission_id="later", score=7,
                   answered_at=early.answered_at + dt.timedelta(hours=3))  # fmt: skip
    pain = replace(samples.series("pain", {1: 4}), points=(samples.point(1, 4), early, late))
    canvas = show(samples.chart(samples.panel("pain", pain)))
    with qtbot.waitSignal(canvas.report_clicked) as clicked:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=point_over(canvas, 3, "pain"))
    assert clicked.args == ["later"]


def test_that_after_a_change_of_size_everything_is_there(show: Show, qtbot: QtBot):
    canvas = show(samples.rich(), 800, 500)
    canvas.resize(1000, 600)
    qtbot.waitUntil(lambda: drawn(canvas).width == 1000)
    fresh = show(samples.rich(), 1000, 600)
    assert canvas.grab().toImage() == fresh.grab().toImage()


def test_that_nothing_is_painted_outside_what_is_asked_for(show: Show):
    canvas = show(samples.rich())
    QTest.mouseMove(canvas, point_over(canvas, 84))
    image = QImage(canvas.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    canvas.render(image, QPoint(), QRegion(100, 100, 50, 50))
    outside = [image.pixelColor(x, y).name() for x in range(60, 90) for y in range(60, 90)]
    assert set(outside) == {"#ff00ff"}


def test_that_another_screen_has_the_chart_drawn_for_its_pixels(qtbot: QtBot):
    times: list[float] = []

    def counted(figure: Figure, *rest: Any) -> Drawn:
        times.append(figure.dpi)
        return draw(figure, *rest)

    canvas = ChartCanvas(counted)
    qtbot.addWidget(canvas)
    chart = samples.sparse()
    canvas.show_chart(chart, samples.labels(), samples.style(), ranges(chart)["all"])
    with qtbot.waitExposed(canvas):
        canvas.show()
    times.clear()
    canvas.devicePixelRatioF = lambda: 2.0  # type: ignore[method-assign]
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.DevicePixelRatioChange))
    qtbot.waitUntil(lambda: times == [200])
