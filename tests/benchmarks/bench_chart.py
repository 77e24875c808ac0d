"""How fast the chart follows the nurse: `python -m tests.benchmarks.bench_chart`.

Four ways of drawing the same course side by side, in turn, in one process; the numbers are
medians of the processor's time in milliseconds. *ours* is the canvas of the station. *replot* is
what it was before: the same drawing, with the figure cleared and every artist made anew, on
matplotlib's own canvas. *pyqtgraph* has the lines, bands, markers and axes but few of the words.
*paint* is the least that any of them can take: one picture of that size painted by Qt.

A course has 3 panels with 12 series, 4 strips, 6 alerts and N reports per series; every switch
shows another of 8 patients. *new words* is the first switch to a patient whose names and dates
have never been drawn. *hover* goes from one report to the next.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import cycle
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pyqtgraph as pg  # type: ignore[import-untyped]
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from monitor.charts.ranges import ranges
from monitor.charts.timeline import draw
from monitor.charts.view import View
from monitor.charts.words import Labels
from monitor.domain.protocol import Priority
from monitor.domain.submission import NOWHERE, Place
from monitor.services.review import Chart, ChartEvent, Series, Strip, Trend
from monitor.ui.shared.canvas import ChartCanvas
from tests.charts import samples

SIZE = (1400, 860)
PATIENTS = 8
ROUNDS = {50: 24, 500: 12, 5000: 5}
SEED = 11


def course(reports: int, chance: random.Random) -> Chart:
    """A course of one year with that many reports of each series."""
    days = sorted(chance.sample(range(1, max(366, reports * 2)), reports))

    def line(item: str, place: Place = NOWHERE, ends: int | None = None) -> Series:
        score, scores = chance.randint(3, 8), {}
        for day in days:
            score = min(10, max(0, score + chance.choice((-1, 0, 0, 1))))
            scores[day] = score
        gaps = tuple(day + 1 for day in days[:: max(len(days) // 4, 1)])
        return samples.series(item, scores, place, gaps, ends)

    numb = [
        line("numbness", Place(region, "left" if number % 2 else "right"), 84)
        for number, region in enumerate(samples.REGIONS)
    ]
    trend = Trend(tuple((day, chance.uniform(1, 8)) for day in days), 3.5)
    last = days[-1]
    return samples.chart(
        samples.panel("pain", line("pain"), line("pain_worst"), baseline=7.0, relief_day=42,
                      trend=trend),
        samples.panel("numbness", *numb),
        samples.panel("weakness", line("weakness", Place("", "left"), 28),
                      line("weakness", Place("", "right"), 28)),
        strips=tuple(
            Strip(line(item, ends=28)) for item in ("soreness", "stiffness", "headache", "burning")
        ),
        spans=(
            samples.span("alert-pain", "pain", last - 60, last - 50),
            samples.span("alert-numb", "numbness", 98, 105, Priority.AMBER, "numbness",
                         numb[0].place),
            samples.span("alert-new", "numbness", 56, 60, Priority.ORANGE, "numbness",
                         numb[1].place),
            samples.span("alert-weak", "weakness", 40, 42, Priority.ORANGE, "weakness",
                         Place("", "left")),
            samples.span("alert-stiff", "", 50, 56, Priority.YELLOW, "stiffness"),
            samples.span("alert-missed", "", 100, 101, Priority.YELLOW, "report"),
        ),
        events=(ChartEvent(0, "procedure"), ChartEvent(21, "call"), ChartEvent(90, "visit")),
    )  # fmt: skip


class Ours:
    """The canvas of the station."""

    def __init__(self) -> None:
        self.widget = ChartCanvas(draw)

    def show(self, chart: Chart, view: View, labels: Labels | None = None) -> None:
        self.widget.show_chart(chart, labels or LABELS, STYLE, view)
        self.widget.repaint()

    def wheel(self, number: int) -> None:
        where = QPointF(600, 200)
        none, still = QPoint(), Qt.KeyboardModifier.NoModifier
        turned = QPoint(0, 120 if number % 2 else -120)
        event = QWheelEvent(where, where, none, turned, Qt.MouseButton.NoButton, still,
                            Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
        self.widget.wheelEvent(event)
        self.widget.repaint()

    def hover(self, x: float) -> None:
        where = QPointF(x, 200)
        self.widget.mouseMoveEvent(_moved(where))
        QApplication.sendPostedEvents()
        QApplication.processEvents()


class Replot:
    """The same drawing by matplotlib's ordinary means, and its cross-hair as a plain artist."""

    def __init__(self) -> None:
        self.figure = Figure(dpi=100)
        self.widget = FigureCanvasQTAgg(self.figure)

    def show(self, chart: Chart, view: View) -> None:
        self.drawn = draw(self.figure, chart, LABELS, STYLE, view)
        self.hair: Any = None
        self.widget.draw()
        self.widget.repaint()

    def hover(self, x: float) -> None:
        if self.hair is None:
            self.hair = Line2D([0, 0], [0, 1], color="black", transform=self.figure.transFigure)
            self.figure.add_artist(self.hair)
        self.hair.set_xdata([x / SIZE[0]] * 2)
        self.widget.draw()
        self.widget.repaint()


class Pyqtgraph:
    """The lines with markers, bands and axes, kept and given new data."""

    def __init__(self) -> None:
        pg.setConfigOptions(antialias=True, background="w", foreground="k")
        self.widget = pg.GraphicsLayoutWidget()
        self.plots = [self.widget.addPlot(row=row, col=0) for row in range(3)]
        self.hairs = [pg.InfiniteLine(angle=90) for _ in self.plots]
        for plot, hair in zip(self.plots, self.hairs, strict=True):
            plot.setYRange(0, 10)
            plot.addItem(hair)
            plot.addItem(pg.LinearRegionItem((0, 84), movable=False))
        self.lines: list[list[Any]] = [[] for _ in self.plots]

    def show(self, chart: Chart, view: View) -> None:
        for plot, lines, panel in zip(self.plots, self.lines, chart.panels, strict=True):
            while len(lines) < len(panel.series):
                lines.append(plot.plot([], [], pen=pg.mkPen(STYLE.pain, width=1.8), symbol="o",
                                       symbolSize=6))  # fmt: skip
            for line, series in zip(lines, panel.series, strict=True):
                line.setData([p.day for p in series.points], [p.score for p in series.points])
            plot.setXRange(view.first_day, view.last_day, padding=0)
            plot.setTitle(panel.name)
        self._paint()

    def hover(self, x: float) -> None:
        for hair in self.hairs:
            hair.setPos(x / SIZE[0] * 300)
        self._paint()

    def _paint(self) -> None:
        QApplication.processEvents()
        self.widget.viewport().repaint()


class Paint(QWidget):
    """Paints one ready picture."""

    def __init__(self) -> None:
        super().__init__()
        self.widget = self
        ratio = self.devicePixelRatioF()
        width, height = (round(length * ratio) for length in SIZE)
        self.picture = QImage(width, height, QImage.Format.Format_RGBX8888)
        self.picture.fill(Qt.GlobalColor.white)
        self.picture.setDevicePixelRatio(ratio)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.drawImage(0, 0, self.picture)
        painter.end()


def _moved(where: QPointF) -> QMouseEvent:
    none = Qt.MouseButton.NoButton
    return QMouseEvent(
        QEvent.Type.MouseMove, where, where, none, none, Qt.KeyboardModifier.NoModifier
    )


def milliseconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


Times = dict[tuple[str, str], list[float]]


class Race:
    """Several ways of drawing the same courses, in turn."""

    def __init__(self, reports: int) -> None:
        chance = random.Random(SEED)
        self.times: Times = {}
        charts = [course(reports, chance) for _ in range(PATIENTS)]
        self.walk = cycle([(chart, ranges(chart)["all"]) for chart in charts])
        self.ours = Ours()
        self.ways: list[Any] = [self.ours, Replot(), Pyqtgraph()]
        self.floor = Paint()
        for way in (*self.ways, self.floor):
            way.widget.resize(*SIZE)
            way.widget.show()

    def run(self, rounds: int) -> None:
        """Measure everything so many times."""
        self._all("first drawing", "show", *next(self.walk))
        for _ in range(PATIENTS):
            for way in self.ways:
                way.show(*next(self.walk))
        for number in range(rounds):
            self._round(number)
        for number in range(rounds // 3):
            self._new_words(number)

    def _round(self, number: int) -> None:
        chart, view = next(self.walk)
        self._take("paint", self.floor, self.floor.repaint)
        self._all("patient switch", "show", chart, view)
        assert self.ours.widget.drawn is not None
        self._all("hover", "hover", self.ours.widget.drawn.x_of(40 + number * 5))
        near = View(view.first_day + number + 1, view.last_day - 2 * number - 1)
        self._all("pan or zoom, crisp", "show", chart, near)
        self._take("pan or zoom, preview", self.ours, partial(self.ours.wheel, number))

    def _new_words(self, number: int) -> None:
        """A patient of whose names, titles and values nothing has been seen before."""
        chart, view = next(self.walk)
        names = {name: f"{words} {number}" for name, words in LABELS.series.items()}
        labels = replace(LABELS, source=f"Windows: no. {number}", series=names)
        self._take("new words", self.ours, partial(self.ours.show, chart, view, labels))

    def _all(self, what: str, verb: str, *given: Any) -> None:
        for way in self.ways:
            self._take(what, way, partial(getattr(way, verb), *given))

    def _take(self, what: str, whose: Any, work: Callable[[], object]) -> None:
        QApplication.processEvents()  # nothing of what came before is in this one's time
        name = type(whose).__name__.lower()
        self.times.setdefault((what, name), []).append(milliseconds(work))


def report(reports: int, times: Times) -> None:
    median = {key: statistics.median(values) for key, values in times.items()}
    floor = median["paint", "paint"]
    print(f"N = {reports}; one paint {floor:.2f} ms")
    for what in dict.fromkeys(what for what, _ in median):
        if what == "paint":
            continue
        found = {name: median[what, name] for w, name in median if w == what}
        words = "  ".join(f"{name} {value:7.2f}" for name, value in found.items())
        ratio = ""
        if "replot" in found:
            ratio = f"  replot / ours {found['replot'] / found['ours']:.1f}"
        print(f"  {what:22} {words}{ratio}  ours / paint {found['ours'] / floor:.1f}")


def main() -> None:
    application = QApplication.instance() or QApplication([])
    sizes = [int(word) for word in sys.argv[1:]] or list(ROUNDS)
    ratio = os.environ.get("QT_SCALE_FACTOR", "1")
    print(f"{SIZE[0]} x {SIZE[1]}, device pixel ratio {ratio}")
    for reports in sizes:
        race = Race(reports)
        race.run(ROUNDS[reports])
        report(reports, race.times)
    del application
    if ratio == "1" and len(sys.argv) == 1:
        double = {**os.environ, "QT_SCALE_FACTOR": "2"}
        subprocess.run([sys.executable, "-m", __spec__.name, "50"], env=double, check=True)


LABELS = samples.labels()
STYLE = samples.style()

if __name__ == "__main__":
    main()
