"""What lies beside the course: an earlier one, pauses, marks, and more than there is room for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from monitor.charts.series import thinned
from monitor.charts.sheet import TimeAxis
from monitor.charts.style import Style
from monitor.charts.timeline import View, draw, ranges
from monitor.domain.alert import State
from monitor.domain.episode import Pause
from monitor.domain.protocol import Priority, Side
from monitor.domain.submission import NOWHERE, Place
from monitor.services.review import AlertSpan, Chart, Earlier, Mark, Series, Strip
from tests import builders
from tests.charts import samples
from tests.charts.test_timeline import SIZES, assert_words_are_apart, gids, texts, words

# An earlier course


def compared() -> Chart:
    """Pain after this procedure, and after one two years before."""
    before = samples.series("pain", {-7: 9, 5: 6, 12: 4, 40: 3}, gaps=(20,))
    numb = samples.series("numbness", {12: 2}, samples.C6_LEFT)
    panels = (samples.panel("pain", before), samples.panel("numbness", numb))
    pain = samples.panel("pain", samples.series("pain", {1: 7, 10: 5, 30: 4, 60: 2}))
    own = samples.panel("numbness", samples.series("numbness", {1: 7, 10: 5}, samples.C6_LEFT))
    return samples.chart(pain, own, earlier=Earlier(builders.episode(2), panels))


def beside(chart: Chart, **fields: Any) -> View:
    return replace(ranges(chart)["all"], **fields)


def test_that_an_earlier_course_is_drawn_only_when_it_is_asked_for():
    figure, _ = samples.drawing(compared(), beside(compared()))
    assert not samples.artists(figure, "earlier:")
    assert samples.labels().earlier not in words(figure)


def test_that_an_earlier_course_lies_behind_from_its_own_day_zero():
    figure, _ = samples.drawing(compared(), beside(compared(), earlier=True))
    line = samples.artist(figure, "earlier:pain::")
    assert samples.stretches(line) == [[-7], [5, 12], [40]]
    assert line.get_zorder() < samples.artist(figure, "line:pain::").get_zorder()
    assert line.get_transform() == samples.artist(figure, "line:pain::").get_transform()


def test_that_an_earlier_course_is_told_from_this_one_without_colour():
    figure, _ = samples.drawing(compared(), beside(compared(), earlier=True))
    earlier, own = (samples.artist(figure, f"{name}:pain::") for name in ("earlier", "line"))
    assert earlier.is_dashed()
    assert not own.is_dashed()
    assert luminance(earlier.get_color()) > luminance(own.get_color()) + 0.1
    assert luminance(earlier.get_color()) < 0.5  # and still seen on paper


@pytest.mark.parametrize("size", SIZES)
def test_that_an_earlier_course_is_named(size: tuple[int, int]):
    figure, _ = samples.drawing(compared(), beside(compared(), earlier=True), size)
    assert samples.labels().earlier in words(figure)
    assert_words_are_apart(figure, 1)


def test_that_the_reading_has_the_scores_of_the_nearest_earlier_report():
    _, drawn = samples.drawing(compared(), beside(compared(), earlier=True))
    notes = [reading.notes for reading in drawn.readings]
    assert notes == [
        ("earlier, day 5: Pain 6",),
        ("earlier, day 12: Pain 4", "Numbness thumb side, left 2"),
        ("earlier, day 40: Pain 3",),
        ("earlier, day 40: Pain 3",),
    ]
    _, alone = samples.drawing(compared(), beside(compared()))
    assert not any(reading.notes for reading in alone.readings)


# Pauses


def paused(*stretches: tuple[int, int]) -> Chart:
    chart = samples.rich()
    zero = chart.episode.procedure.date
    pauses = tuple(
        Pause(zero + dt.timedelta(first), zero + dt.timedelta(last), "holiday")
        for first, last in stretches
    )
    return replace(chart, episode=replace(chart.episode, pauses=pauses))


def test_that_a_pause_is_a_stretch_through_every_part():
    figure, drawn = samples.drawing(paused((120, 137)), size=(1400, 860))
    bands = samples.artists(figure, "paused:")
    assert len(bands) == len(drawn.panels)
    for band in bands:
        box = band.get_bbox()
        assert (box.x0, box.x1) == pytest.approx((drawn.x_of(119.5), drawn.x_of(137.5)))


def test_that_a_pause_says_why():
    figure, _ = samples.drawing(paused((120, 137)), size=(1400, 860))
    assert "paused: holiday" in words(figure)
    assert samples.artist(figure, "pause:120")


@pytest.mark.parametrize("size", SIZES)
def test_that_many_pauses_stay_apart(size: tuple[int, int]):
    figure, _ = samples.drawing(paused((20, 25), (27, 30), (120, 137), (200, 400)), size=size)
    assert_words_are_apart(figure, 1)


# Marks of a report

MARKS: tuple[Mark, ...] = (
    "late", "partial", "nurse_phone", "nurse_paper", "import", "extra", "corrected", "hasty",
)  # fmt: skip
LETTERS = dict(zip(MARKS, "L!tpiech", strict=True))


def marked() -> Chart:
    points = [samples.point(10 * (number + 1), 4, mark) for number, mark in enumerate(MARKS)]
    pain = Series("pain", NOWHERE, (samples.point(1, 4), *points), (), None)
    return samples.chart(samples.panel("pain", pain))


def test_that_every_mark_has_a_letter_of_its_own_over_its_point():
    labels = samples.labels(mark_letters=LETTERS, mark_words={mark: mark for mark in MARKS})
    figure, drawn = samples.drawing(marked(), words=labels)
    where = {
        gid.removeprefix("letters:"): samples.artist(figure, gid).get_xdata()[0]
        for gid in gids(figure, "letters:")
    }
    assert where == {
        letter: pytest.approx(drawn.x_of(10 * (number + 1)))
        for number, letter in enumerate(LETTERS.values())
    }


@pytest.mark.parametrize("size", [(560, 360), *SIZES])
def test_that_the_foot_explains_the_letters_as_far_as_there_is_room(size: tuple[int, int]):
    labels = samples.labels(mark_letters=LETTERS, mark_words={mark: mark for mark in MARKS})
    figure, _ = samples.drawing(marked(), size=size, words=labels)
    said = " · ".join(f"{letter} {mark}" for mark, letter in LETTERS.items())
    assert said in words(figure)
    assert_words_are_apart(figure, 1)


def test_that_the_reading_says_every_mark_in_words():
    labels = samples.labels(mark_letters=LETTERS, mark_words={mark: mark for mark in MARKS})
    _, drawn = samples.drawing(marked(), words=labels)
    assert [reading.notes for reading in drawn.readings] == [(), *((mark,) for mark in MARKS)]


# In grey


def luminance(colour: Any) -> float:
    """Relative luminance, 0 black to 1 white (WCAG 2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    ]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def test_that_in_grey_the_open_priorities_differ_in_shape_and_in_brightness():
    spans = tuple(
        samples.span(f"alert-{name}", "pain", 10 * n, 10 * n, Priority(name))
        for n, name in enumerate(("red", "orange", "amber", "yellow"), 1)
    )
    pain = samples.panel("pain", samples.series("pain", {1: 4, 50: 4}))
    figure, _ = samples.drawing(samples.chart(pain, spans=spans))
    markers = [samples.artist(figure, f"alert:{span.alert.id}") for span in spans]
    assert len({marker.get_marker() for marker in markers}) == 4
    fills = [luminance(marker.get_markerfacecolor()) for marker in markers]
    assert all(one + 0.08 < other for one, other in pairwise(fills))


def test_that_in_grey_left_and_right_differ_in_shape():
    lines = [
        samples.series("weakness", {1: 3, 9: 2}, Place("", side)) for side in ("left", "right")
    ]
    figure, _ = samples.drawing(samples.chart(samples.panel("weakness", *lines)))
    shapes = {
        samples.artist(figure, f"points:weakness::{side}").get_marker()
        for side in ("left", "right")
    }
    assert len(shapes) == 2


def test_that_in_grey_an_expected_window_a_shade_and_a_pause_are_told_apart():
    chart = paused((230, 260))
    figure, drawn = samples.drawing(replace(chart, today=224), View(-10, 280), (1400, 860))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3] / 255
    grey = pixels @ np.array((0.2126, 0.7152, 0.0722))
    box = drawn.panels["pain"]

    def stretch(first: float, last: float) -> Any:
        rows = slice(round(box.top + 0.12 * box.height), round(box.top + 0.2 * box.height))
        return grey[rows, round(drawn.x_of(first)) : round(drawn.x_of(last))]

    ground, window = np.median(stretch(60, 75)), np.median(stretch(15, 30))
    assert ground > window + 0.02
    assert ground > np.median(stretch(232, 258)) + 0.05
    assert _diagonals(stretch(200, 222)) > 0.01  # the hatch of a shade
    assert _diagonals(stretch(15, 30)) < 0.001
    assert samples.artist(figure, "pause:230")  # its sign, which no window has


def _diagonals(grey: Any) -> float:
    """How much of a picture is neither flat nor lines up or across."""
    upright = grey - np.median(grey, axis=0)
    return float((upright - np.median(upright, axis=1)[:, np.newaxis]).std())


# Random courses

PLACES = [Place(site, side) for site in samples.REGIONS for side in ("left", "right")]
SCORES = st.dictionaries(st.integers(-10, 300), st.integers(0, 10), max_size=25)


@st.composite
def courses(draw_: Any) -> Chart:
    """Any number of series, gaps, alerts and pauses."""
    pain = samples.panel(
        "pain",
        *(samples.series(item, draw_(SCORES)) for item in ("pain", "pain_worst")),
        baseline=draw_(st.one_of(st.none(), st.floats(0, 10))),
        relief_day=draw_(st.integers(1, 200)),
    )
    places = draw_(st.lists(st.sampled_from(PLACES), unique=True, max_size=12))
    gaps = tuple(draw_(st.sets(st.integers(1, 250), max_size=5)))
    numb = [samples.series("numbness", draw_(SCORES), p, gaps, ends=84) for p in places]
    sides: tuple[Side, ...] = ("left", "right")
    weak = [samples.series("weakness", draw_(SCORES), Place("", s), ends=28) for s in sides]
    names = ("soreness", "stiffness", "headache", "burning")
    strips = tuple(Strip(samples.series(name, draw_(SCORES), ends=30)) for name in names)
    spans = []
    for number in range(draw_(st.integers(0, 12))):
        since = draw_(st.integers(0, 250))
        part = draw_(st.sampled_from(("pain", "numbness", "weakness", "")))
        item = {"": "stiffness"}.get(part, part)
        state = draw_(st.sampled_from((State.RAISED, State.RESOLVED)))
        priority = draw_(st.sampled_from(tuple(Priority)))
        one = samples.span(f"a{number}", part, since, since + 3, priority, item, state=state)
        spans.append(one)
    chart = samples.chart(
        pain, samples.panel("numbness", *numb), samples.panel("weakness", *weak),
        today=draw_(st.integers(1, 300)), strips=strips, spans=tuple(spans),
    )  # fmt: skip
    zero = chart.episode.procedure.date
    first = draw_(st.integers(0, 200))
    pause = Pause(zero + dt.timedelta(first), zero + dt.timedelta(first + 12), "holiday")
    return replace(chart, episode=replace(chart.episode, pauses=(pause,)))


@settings(max_examples=40, deadline=None)
@given(courses(), st.sampled_from(SIZES), st.sampled_from(("6w", "3m", "1y", "all")))
def test_that_no_words_of_any_course_lie_over_others_or_outside(
    chart: Chart, size: tuple[int, int], stretch: str
):
    alerts = {s.alert.id: "Numbness is lasting longer than expected" for s in chart.spans}
    figure, _ = samples.drawing(
        chart, ranges(chart)[stretch], size, words=samples.labels(alerts=alerts)
    )
    assert_words_are_apart(figure, 1)


# A great deal of everything


def crowd(count: int, last: int) -> tuple[AlertSpan, ...]:
    """That many alerts, spread over the days up to `last`; every fifth is closed."""
    parts = (("pain", "pain"), ("numbness", "numbness"), ("", "stiffness"), ("events", "report"))
    found = []
    for number in range(count):
        part, item = parts[number % len(parts)]
        day = 1 + number * (last - 2) // count
        state = State.RESOLVED if number % 5 == 0 else State.RAISED
        priority = tuple(Priority)[number % len(Priority)]
        found.append(samples.span(f"a{number}", part, day, day + 1, priority, item, state=state))
    return tuple(found)


def long(reports: int) -> Chart:
    """A report every day, by two pains, a numbness and a symptom; one day is the worst."""
    scores = {day: 1 + day % 3 for day in range(1, reports + 1)}
    if reports:
        scores[reports // 2 + 1] = 10
    pains = [samples.series(item, scores) for item in ("pain", "pain_worst")]
    numb = samples.series("numbness", scores, samples.C6_LEFT, ends=84)
    strips = (Strip(samples.series("stiffness", scores, ends=42)),)
    return samples.chart(
        samples.panel("pain", *pains, relief_day=42), samples.panel("numbness", numb),
        today=max(reports, 3), strips=strips,
    )  # fmt: skip


@pytest.mark.parametrize("size", [(560, 360), (1400, 860)])
@pytest.mark.parametrize("alerts", [0, 300])
@pytest.mark.parametrize("reports", [0, 1, 5000])
def test_that_any_amount_is_drawn_with_its_words_apart(
    reports: int, alerts: int, size: tuple[int, int]
):
    chart = replace(long(reports), spans=crowd(alerts, max(reports, 300)))
    names = {s.alert.id: "Numbness is lasting longer than expected" for s in chart.spans}
    figure, drawn = samples.drawing(chart, size=size, words=samples.labels(alerts=names))
    assert_words_are_apart(figure, 1)
    assert len(drawn.readings) == reports


def test_that_of_5000_reports_no_more_is_drawn_than_there_are_pixels_for():
    figure, drawn = samples.drawing(long(5000), size=(1400, 860))
    assert len(samples.artist(figure, "line:pain::").get_xdata()) <= 2 * drawn.plot.width + 8
    assert sum(len(boxes) for boxes in samples.cells(figure).values()) <= drawn.plot.width + 1


def test_that_of_5000_reports_the_worst_is_drawn_in_every_part():
    figure, _ = samples.drawing(long(5000), size=(700, 400))
    for name in ("line:pain::", "points:pain::", "points:numbness"):
        assert max(samples.artist(figure, name).get_ydata()) == 10
    assert 10 in samples.cells(figure)


@given(
    st.lists(st.integers(0, 10), min_size=1, max_size=600),
    st.floats(40, 300),
)
def test_that_thinning_keeps_the_worst_and_the_best_of_every_column(
    scores: list[int], width: float
):
    axis = TimeAxis(0, width, View(0, len(scores)))
    points = [(float(day), float(score)) for day, score in enumerate(scores)]
    days, kept = thinned(points, axis)
    assert set(zip(days, kept, strict=True)) <= set(points)
    assert days == sorted(days)
    for column in {int(axis.x(day)) for day, _ in points}:
        some = [score for day, score in points if int(axis.x(day)) == column]
        left = [s for day, s in zip(days, kept, strict=True) if int(axis.x(day)) == column]
        assert (max(left), min(left)) == (max(some), min(some))


def test_that_alerts_without_room_are_counted_and_the_most_urgent_are_seen():
    last = 300
    pain = samples.panel("pain", samples.series("pain", {1: 4, last: 4}))
    spans = tuple(
        samples.span(
            f"a{number}", "pain", day, day, Priority.RED if day == 150 else Priority.YELLOW
        )
        for number, day in enumerate(sorted([*range(2, last, 2)] * 2))
    )
    figure, drawn = samples.drawing(samples.chart(pain, today=last, spans=spans), size=(760, 430))
    shown = {alert for alert, _ in drawn.alerts}
    red = {span.alert.id for span in spans if span.alert.priority is Priority.RED}
    hidden = len(spans) - len(shown)
    assert hidden > 0
    assert f"and {hidden} more alerts" in words(figure)
    assert red & shown
    assert_words_are_apart(figure, 1)
    assert max(Counter(alert for alert, _ in drawn.alerts).values()) == 1


# Larger text


def larger(times: float) -> Style:
    style = samples.style()
    return replace(style, text=style.text * times, small=style.small * times)


@pytest.mark.parametrize("times", [1.5, 2.0])
@pytest.mark.parametrize("name", ["rich", "eight_regions", "early", "empty"])
def test_that_words_twice_as_large_stay_apart(name: str, times: float):
    chart = getattr(samples, name)()
    figure = Figure(figsize=(14, 8.6), dpi=100)
    FigureCanvasAgg(figure)
    draw(figure, chart, samples.labels(), larger(times), ranges(chart)["all"])
    assert texts(figure)
    assert_words_are_apart(figure, 1)
