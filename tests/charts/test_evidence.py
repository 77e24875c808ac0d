"""The evidence of an alert lit on the chart, extra reports, and what was set for one patient."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from matplotlib.figure import Figure

from monitor.charts.timeline import ranges
from monitor.domain.due import Due
from monitor.domain.episode import OwnBaseline, OwnWindow
from monitor.domain.finding import Evidence
from monitor.domain.protocol import Slot
from monitor.domain.submission import NOWHERE, Place
from monitor.services.review import AlertSpan, Chart, Strip, Trend
from tests import builders
from tests.charts import samples
from tests.charts.test_timeline import gids, texts, words, x_pixels

RED_FLAG = Evidence(3, "fever", "yes", NOWHERE, None, "submission-3")


def resting_on(span: AlertSpan, *evidence: Evidence) -> AlertSpan:
    """The same alert, resting on other answers."""
    finding = replace(span.alert.finding, evidence=evidence)
    return replace(span, alert=replace(span.alert, finding=finding))


def score(day: int, value: int, item: str = "pain", place: Any = NOWHERE) -> Evidence:
    return Evidence(day, item, value, place, None, f"submission-{day}")


def chart() -> Chart:
    """Pain and numbness with an alert on two of the pains and on one of the numbnesses."""
    pain = samples.panel("pain", samples.series("pain", {1: 4, 2: 6, 3: 7, 9: 3}))
    numb = samples.panel("numbness", samples.series("numbness", {1: 2, 3: 5}, samples.C6_LEFT))
    strip = Strip(samples.series("headache", {1: 0, 3: 8}))
    return samples.chart(
        pain,
        numb,
        strips=(strip,),
        spans=(
            resting_on(
                samples.span("alert-pain", "pain", 2, 3),
                score(2, 6),
                score(3, 7),
                score(3, 5, "numbness", samples.C6_LEFT),
                score(3, 8, "headache"),
                RED_FLAG,
            ),
            resting_on(samples.span("other", "pain", 1, 1), score(1, 4)),
        ),
    )


def drawn(what: Chart, lit: str, size: tuple[int, int] = (1000, 560)) -> Figure:
    labels = samples.labels(answers={RED_FLAG: "Fever: yes"})
    view = replace(ranges(what)["all"], lit=lit)
    return samples.drawing(what, view, size, words=labels)[0]


def lit_points(figure: Figure) -> dict[str, list[tuple[float, float]]]:
    """Name of the series -> (day, score) of its lit points."""
    return {
        str(a.get_gid()).removeprefix("ring:"): list(zip(a.get_xdata(), a.get_ydata(), strict=True))
        for a in samples.artists(figure, "ring:")
    }


def test_that_exactly_the_evidence_of_the_alert_is_lit_in_every_series():
    assert lit_points(drawn(chart(), "alert-pain")) == {
        "pain::": [(2, 6), (3, 7)],
        "numbness:thumb_side:left": [(3, 5)],
    }


def test_that_lighting_another_alert_puts_the_first_one_out():
    assert lit_points(drawn(chart(), "other")) == {"pain::": [(1, 4)]}


@pytest.mark.parametrize("lit", ["", "an alert of somebody else"])
def test_that_without_a_chosen_alert_nothing_is_lit_and_nothing_steps_back(lit: str):
    figure = drawn(chart(), lit)
    assert not lit_points(figure)
    assert samples.artist(figure, "points:pain::").get_alpha() is None


def test_that_everything_else_steps_back():
    figure = drawn(chart(), "alert-pain")
    for name in ("points:pain::", "points:numbness", "line:pain", "cells:8"):
        assert samples.artist(figure, name).get_alpha() <= 0.3, name


def test_that_a_lit_point_is_told_in_grey_by_its_ring_and_its_number():
    figure = drawn(chart(), "alert-pain")
    ring = samples.artist(figure, "ring:pain::")
    assert ring.get_markeredgecolor() == samples.style().ink
    assert ring.get_markersize() > samples.artist(figure, "lit:pain::").get_markersize()
    assert {"6", "7"} <= words(figure)


def test_that_a_lit_symptom_has_a_frame_and_its_number():
    figure = drawn(chart(), "alert-pain")
    (frame,) = samples.artists(figure, "lit cell:")
    assert str(frame.get_gid()) == "lit cell:8"


def test_that_an_answer_that_is_no_score_is_lit_on_the_line_of_events():
    figure = drawn(chart(), "alert-pain")
    assert "lit:3" in gids(figure, "lit:3")
    assert "Fever: yes" in words(figure)
    assert "Fever: yes" not in words(drawn(chart(), "other"))


def test_that_of_two_reports_of_one_day_only_the_one_that_counts_is_lit():
    twice = samples.series("pain", {3: 7})
    other = replace(twice.points[0], score=2, submission_id="earlier")
    panel = samples.panel("pain", replace(twice, points=(other, *twice.points)))
    alert = resting_on(samples.span("a", "pain", 3, 3), score(3, 7))
    figure = drawn(samples.chart(panel, spans=(alert,)), "a")
    assert lit_points(figure) == {"pain::": [(3, 7)]}


def test_that_numbers_of_points_close_together_do_not_cover_each_other():
    days = range(200, 204)
    line = samples.series("pain", {1: 2} | dict.fromkeys(days, 5))
    alert = resting_on(samples.span("a", "pain", 200, 205), *(score(day, 5) for day in days))
    figure = drawn(samples.chart(samples.panel("pain", line), spans=(alert,)), "a", (1000, 700))
    numbers = [t for t in texts(figure) if t.get_text() == "5" and t.get_fontweight() == "bold"]
    places = [t.get_position() for t in numbers]
    assert len(places) == len(days)
    size = samples.style().small
    for (x, y), (other_x, other_y) in combinations(places, 2):
        assert abs(x - other_x) >= size / 2 or abs(y - other_y) >= size


# An extra report


def awaiting(opens: int, closes: int) -> Chart:
    line = samples.series("pain", {1: 4, 40: 5})
    due = Due(opens, opens, closes, "weekly")
    return samples.chart(samples.panel("pain", line), today=40, next_due=due)


@pytest.mark.parametrize("name", ["6w", "3m", "1y", "all"])
def test_that_the_days_of_an_extra_report_stand_at_the_right_of_today(name: str):
    what = awaiting(43, 47)
    figure, made = samples.drawing(what, ranges(what)[name])
    left, right = x_pixels(figure, "extra due:pain")
    assert (left, right) == pytest.approx((made.x_of(42.5), made.x_of(47.5)))
    assert left > made.x_of(40)
    assert "extra report due 14 Apr to 18 Apr" in words(figure)


def test_that_a_scheduled_report_has_no_such_days():
    what = awaiting(43, 47)
    due = Due(43, 43, 47, "weekly", Slot("week_6", 43, 43, 47, "weekly"))
    figure, _ = samples.drawing(replace(what, next_due=due))
    assert not samples.artists(figure, "extra due:")


# Set for one patient


def with_own(chart: Chart, **own: Any) -> Chart:
    return replace(chart, episode=builders.episode(**own))


def test_that_a_window_set_for_one_patient_says_so():
    line = samples.series("weakness", {1: 2}, Place("", "left"), ends=56)
    what = samples.chart(samples.panel("weakness", line))
    assert "expected to settle by week 8" in words(samples.drawing(what)[0])
    own = with_own(what, own_windows=(OwnWindow("weakness", 56, 84),))
    assert "set for this patient: by week 8" in words(samples.drawing(own)[0])


def test_that_the_window_of_another_symptom_is_left_as_it_is():
    line = samples.series("weakness", {1: 2}, Place("", "left"), ends=56)
    what = samples.chart(samples.panel("weakness", line))
    own = with_own(what, own_windows=(OwnWindow("stiffness", 56, 84),))
    assert "expected to settle by week 8" in words(samples.drawing(own)[0])


def test_that_a_day_of_relief_set_for_one_patient_says_so():
    what = samples.chart(samples.panel("pain", samples.series("pain", {1: 4}), relief_day=56))
    own = with_own(what, own_windows=(OwnWindow("relief", 56, 56),))
    assert "relief due by week 8, set for this patient" in words(samples.drawing(own)[0])


def test_that_a_baseline_set_for_one_patient_says_so():
    what = samples.chart(samples.panel("pain", samples.series("pain", {1: 4}), baseline=6.0))
    own = with_own(what, own_baselines=(OwnBaseline("pain", 6.0),))
    assert "before: 6, set" in words(samples.drawing(own)[0])


# The trend


def test_that_the_trend_is_named_by_its_value_at_the_end_of_the_view():
    what = samples.rich(missed=())
    view = replace(ranges(what)["all"], last_day=150)
    assert {"trend 2.1", "limit 3.5"} <= words(samples.drawing(what, view)[0])


def test_that_a_trend_that_rounds_to_its_limit_shows_on_which_side_it_is():
    pain = samples.panel(
        "pain",
        samples.series("pain", {1: 4}),
        trend=Trend(((1, 3.52),), 3.5),
    )
    assert {"trend 3.52", "limit 3.50"} <= words(samples.drawing(samples.chart(pain))[0])
