"""Artists and words that are kept from one drawing to the next."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from monitor.charts.stock import Paper
from monitor.charts.timeline import draw, ranges
from monitor.domain.submission import Place
from monitor.services.review import Chart
from tests.charts import samples

CHARTS = {
    "rich": samples.rich(),
    "eight regions": samples.eight_regions(),
    "early": samples.early(),
    "no report": samples.empty(),
}


def pixels(figure: Figure, *charts: Chart) -> np.ndarray[Any, Any]:
    """What is seen after the charts were drawn, one after the other."""
    for chart in charts:
        draw(figure, chart, samples.labels(), samples.style(), ranges(chart)["all"])
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).astype(int)


def paper(ratio: float = 1) -> Paper:
    return Paper(figsize=(10, 5.6), dpi=100 * ratio)


@pytest.mark.parametrize(
    ("name", "ratio"), [*((name, 1) for name in CHARTS), ("early", 1.5), ("rich", 2)]
)
def test_that_the_screen_shows_what_ordinary_means_would(name: str, ratio: float):
    ours = pixels(paper(ratio), CHARTS[name])
    plain = pixels(Figure(figsize=(10, 5.6), dpi=100 * ratio), CHARTS[name])
    assert ours.shape == plain.shape
    # Words stand at whole pixels: their edges differ, and by no more than half a pixel.
    blurred = abs(_soft(ours) - _soft(plain))
    assert np.mean(blurred > 60) < 0.002
    assert blurred.max() < 120


def _soft(image: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Each pixel's green with its neighbours, so that half a pixel's shift is small."""
    green = image[..., 1].astype(np.float32)
    down = green[:-2] + green[1:-1] + green[2:]
    return (down[:, :-2] + down[:, 1:-1] + down[:, 2:]) / 9


def test_that_nothing_of_another_patient_is_left():
    everything = [CHARTS[name] for name in ("rich", "eight regions", "early")]
    for name, chart in CHARTS.items():
        again = pixels(paper(), *everything, chart)
        assert (again == pixels(paper(), chart)).all(), name


def test_that_no_artist_is_made_twice():
    figure = paper()
    pixels(figure, samples.rich())
    before = {id(one) for one in figure.artists}
    pixels(figure, samples.rich())
    assert {id(one) for one in figure.artists} == before


def test_that_another_size_is_drawn_as_if_it_had_been_the_first():
    figure = paper()
    pixels(figure, samples.rich())
    figure.set_size_inches(8, 5)
    figure.set_dpi(150)
    fresh = Paper(figsize=(8, 5), dpi=150)
    assert (pixels(figure, samples.rich()) == pixels(fresh, samples.rich())).all()


def test_that_the_artists_of_a_great_chart_are_not_kept_for_ever():
    figure = paper()
    lines = [
        samples.panel("numbness", *(samples.series("numbness", {1: 3}, place) for place in places))
        for places in (_places(400), _places(2))
    ]
    for panel in (lines[0], lines[1], lines[1]):
        pixels(figure, samples.chart(panel))
    assert figure.stock.size < 600


def _places(count: int) -> list[Place]:
    return [Place(f"region {number}", "left") for number in range(count)]


@pytest.mark.parametrize("kind", [Figure, Paper])
def test_that_a_drawing_can_be_printed_with_its_words_as_words(kind: type[Figure]):
    figure = kind(figsize=(10, 5.6), dpi=100)
    pixels(figure, samples.rich())
    file = BytesIO()
    with rc_context({"svg.fonttype": "none"}):
        figure.savefig(file, format="svg")
    printed = file.getvalue().decode()
    for words in ("Pain has come back", "expected to settle by week 12", "thumb side, left"):
        assert f">{words}<" in printed
    file = BytesIO()
    figure.savefig(file, format="pdf")
    assert file.getvalue().startswith(b"%PDF")
