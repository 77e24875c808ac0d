"""What is drawn of a course, asked of the drawn objects."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text

from monitor.charts.layout import Rows, spread
from monitor.charts.timeline import View, draw, ranges
from monitor.domain.alert import State
from monitor.domain.protocol import Priority
from monitor.domain.submission import NOWHERE, Place
from monitor.services.review import Chart, ChartEvent, Series, Strip
from tests.charts import samples

SIZES = [(760, 430), (1000, 560), (1400, 860)]
CHARTS = {
    "rich": samples.rich(),
    "eight regions": samples.eight_regions(),
    "early": samples.early(),
    "one report": samples.sparse(),
    "no report": samples.empty(),
}


def x_pixels(figure: Figure, gid: str) -> tuple[float, float]:
    """Left and right of a drawn rectangle, in pixels of a figure of 100 dpi."""
    box = samples.artist(figure, gid).get_window_extent()
    return box.x0, box.x1


def texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text()]


def words(figure: Figure) -> set[str]:
    return {text.get_text() for text in texts(figure)}


def gids(figure: Figure, prefix: str) -> set[str]:
    return {str(one.get_gid()) for one in samples.artists(figure, prefix)}


# Points and lines


def test_that_a_score_of_zero_is_drawn_at_zero():
    chart = samples.chart(samples.panel("pain", samples.series("pain", {1: 4, 2: 0, 3: 2})))
    figure, _ = samples.drawing(chart)
    points = samples.artist(figure, "points:pain::")
    assert list(points.get_xdata()) == [1, 2, 3]
    assert list(points.get_ydata()) == [4, 0, 2]


def test_that_the_line_is_broken_where_a_due_report_did_not_come():
    line = samples.series("pain", {1: 4, 2: 4, 3: 5, 7: 2, 8: 2}, gaps=(5,))
    figure, _ = samples.drawing(samples.chart(samples.panel("pain", line)))
    line = samples.artist(figure, "line:pain")
    assert samples.stretches(line) == [[1, 2, 3], [7, 8]]


def test_that_a_missed_report_leaves_a_hollow_tick_under_its_panel():
    line = samples.series("pain", {1: 4, 9: 5}, gaps=(5,))
    figure, drawn = samples.drawing(samples.chart(samples.panel("pain", line)))
    ticks = samples.artist(figure, "gaps:pain")
    assert list(ticks.get_xdata()) == [pytest.approx(drawn.x_of(5))]
    assert ticks.get_markerfacecolor() == samples.style().paper


def test_that_the_procedure_breaks_the_line():
    line = samples.series("pain", {-7: 8, -1: 7, 1: 4, 2: 5})
    figure, _ = samples.drawing(samples.chart(samples.panel("pain", line)))
    line = samples.artist(figure, "line:pain")
    assert samples.stretches(line) == [[-7, -1], [1, 2]]


def test_that_one_report_is_a_point_without_a_line_inside_its_band():
    figure, _ = samples.drawing(samples.sparse())
    assert list(samples.artist(figure, "points:pain::").get_xdata()) == [3]
    assert not samples.artists(figure, "line:")
    assert samples.artist(figure, "window:pain:42")


def test_that_the_trend_and_its_limit_are_those_of_the_rule():
    figure, _ = samples.drawing(samples.rich(missed=()))
    trend = samples.artist(figure, "trend")
    assert list(zip(trend.get_xdata(), trend.get_ydata(), strict=True)) == list(samples.TREND)
    assert samples.artist(figure, "limit")
    assert {"trend 5.4", "limit 3.5"} <= words(figure)


def test_that_the_trend_is_bolder_than_the_line_of_single_scores():
    figure, _ = samples.drawing(samples.rich())
    single = samples.artists(figure, "line:pain")
    trend = samples.artist(figure, "trend").get_linewidth()
    assert single
    assert all(one.get_linewidth() < trend for one in single)


@pytest.mark.parametrize(("score", "said"), [(7.0, "before: 7"), (6.5, "before: 6.5")])
def test_that_the_score_before_the_procedure_is_named(score: float, said: str):
    pain = samples.panel("pain", samples.series("pain", {1: 4}), baseline=score)
    figure, _ = samples.drawing(samples.chart(pain))
    assert said in words(figure)


# Telling series apart


@pytest.mark.parametrize(
    ("side", "marker"), [("left", "<"), ("right", ">"), ("", "o")], ids=["left", "right", "none"]
)
def test_that_the_marker_points_to_the_side(side: str, marker: str):
    place = Place("neck", side)  # type: ignore[arg-type]
    line = samples.series("numbness", {1: 3, 2: 3}, place)
    figure, _ = samples.drawing(samples.chart(samples.panel("numbness", line)))
    assert samples.artist(figure, "points:numbness").get_marker() == marker


def test_that_series_differ_in_grey_by_marker_dashes_or_filling():
    places = [Place(region, "left") for region in samples.REGIONS]
    lines = [samples.series("numbness", {1: 3, 2: 4}, place) for place in places]
    figure, _ = samples.drawing(samples.chart(samples.panel("numbness", *lines)))
    looks = set()
    for place in places:
        name = f"numbness:{place.site}:{place.side}"
        line = samples.artist(figure, f"line:{name}")
        points = samples.artist(figure, f"points:{name}")
        filled = points.get_markerfacecolor() == points.get_markeredgecolor()
        looks.add((points.get_marker(), str(line._dash_pattern), filled))
    assert len(looks) == len(places)


def test_that_at_most_the_worst_five_series_are_strong():
    lines = [
        samples.series("numbness", {1: 9 - number, 2: 9 - number}, Place(region, "left"))
        for number, region in enumerate(samples.REGIONS)
    ]
    figure, _ = samples.drawing(samples.chart(samples.panel("numbness", *lines)))
    look = samples.style()
    colours = [
        samples.artist(figure, f"line:numbness:{region}:left").get_color()
        for region in samples.REGIONS
    ]
    assert colours == [look.numbness] * 5 + [look.numbness_faint] * 3


def test_that_the_series_of_an_alert_is_strong_even_at_zero():
    place = Place("neck", "right")
    others = [
        samples.series("numbness", {1: 5, 2: 5}, Place(region, "left"))
        for region in samples.REGIONS
    ]
    chart = samples.chart(
        samples.panel("numbness", *others, samples.series("numbness", {1: 0, 2: 0}, place)),
        spans=(samples.span("a", "numbness", 1, 1, Priority.AMBER, "numbness", place),),
    )
    figure, _ = samples.drawing(chart)
    drawn = samples.artist(figure, "line:numbness:neck:right")
    assert drawn.get_color() == samples.style().numbness


# Windows and alerts


def test_that_the_band_runs_from_the_procedure_to_the_last_day_of_the_window():
    figure, drawn = samples.drawing(samples.rich())
    assert x_pixels(figure, "window:numbness:84") == pytest.approx((drawn.x_of(0), drawn.x_of(84)))
    assert x_pixels(figure, "window:pain:42") == pytest.approx((drawn.x_of(0), drawn.x_of(42)))
    assert {"expected to settle by week 12", "relief due by week 6"} <= words(figure)


def test_that_a_window_that_ends_within_a_week_is_named_by_its_day():
    line = samples.series("weakness", {1: 2}, Place("", "left"), ends=10)
    figure, _ = samples.drawing(samples.chart(samples.panel("weakness", line)))
    assert "expected to settle by day 10" in words(figure)


def test_that_a_window_outside_the_view_is_named_with_an_arrow():
    figure, _ = samples.drawing(samples.rich(), View(150, 224))
    assert "← expected to settle by week 12" in words(figure)
    figure, _ = samples.drawing(samples.rich(), View(-2, 30))
    assert "expected to settle by week 12 →" in words(figure)


def test_that_two_windows_in_one_panel_both_have_their_end():
    figure, _ = samples.drawing(CHARTS["eight regions"], size=(1400, 860))
    assert gids(figure, "window:numbness") == {"window:numbness:84", "window:numbness:14"}
    assert "outside the planned area by week 2" in words(figure)


def test_that_numbness_meant_to_stay_has_the_words_and_no_band():
    line = samples.series("numbness", {1: 5, 2: 5}, samples.C6_LEFT)
    figure, _ = samples.drawing(samples.chart(samples.panel("numbness", line)))
    assert "expected to stay (planned)" in words(figure)
    assert not samples.artists(figure, "window:")


def test_that_numbness_beyond_the_plan_is_not_said_to_stay():
    line = samples.series("numbness", {1: 5}, samples.C6_LEFT, planned=False)
    figure, _ = samples.drawing(samples.chart(samples.panel("numbness", line)))
    assert not any("stay" in text for text in words(figure))


def test_that_an_alert_is_marked_on_the_day_it_was_raised():
    figure, drawn = samples.drawing(samples.rich())
    marker = samples.artist(figure, "alert:alert-pain")
    assert list(marker.get_xdata()) == [pytest.approx(drawn.x_of(210))]
    assert "Pain has come back" in words(figure)


def test_that_each_priority_has_a_shape_of_its_own():
    days = range(10, 90, 20)
    spans = tuple(
        samples.span(priority.value, "pain", day, day, priority)
        for priority, day in zip(Priority, days, strict=True)
    )
    pain = samples.panel("pain", samples.series("pain", {1: 4, 90: 4}))
    figure, _ = samples.drawing(samples.chart(pain, spans=spans))
    shapes = {samples.artist(figure, f"alert:{p.value}").get_marker() for p in Priority}
    assert len(shapes) == len(Priority)


def test_that_the_shade_of_an_alert_joins_the_window_that_was_passed():
    figure, drawn = samples.drawing(samples.rich())
    left, right = x_pixels(figure, "span:alert-numb")
    assert left == pytest.approx(drawn.x_of(84))
    assert right == pytest.approx(drawn.x_of(224))


def test_that_the_shade_of_a_new_complaint_begins_with_it_and_ends_with_it():
    place = samples.C6_LEFT
    line = samples.series("numbness", {10: 2, 40: 0, 60: 0, 80: 5, 90: 0}, place, ends=28)
    span = samples.span("a", "numbness", 80, 80, Priority.ORANGE, "numbness", place, ended=90)
    chart = samples.chart(samples.panel("numbness", line), spans=(span,), today=100)
    figure, drawn = samples.drawing(chart)
    assert x_pixels(figure, "span:a") == pytest.approx((drawn.x_of(80), drawn.x_of(90)))


@pytest.mark.parametrize("alert", ["alert-new", "alert-weak", "alert-stiff"])
@pytest.mark.parametrize("view", ["all", "6w", "1y"])
def test_that_an_open_alert_is_shaded_to_today_and_no_further(alert: str, view: str):
    chart = samples.early()
    figure, drawn = samples.drawing(chart, ranges(chart)[view])
    assert chart.today < drawn.last_day
    assert x_pixels(figure, f"span:{alert}")[1] == pytest.approx(drawn.x_of(chart.today))


def test_that_an_alert_that_ended_is_shaded_to_its_end_while_it_waits_for_a_nurse():
    strip = Strip(samples.series("soreness", {5: 4, 20: 0, 40: 0}))
    pain = samples.panel("pain", samples.series("pain", {5: 4, 20: 0, 40: 0}))
    spans = (
        samples.span("panel", "pain", 5, 5, ended=20),
        samples.span("strip", "", 5, 5, item="soreness", ended=20),
    )
    figure, drawn = samples.drawing(samples.chart(pain, strips=(strip,), spans=spans, today=40))
    for name in ("span:panel", "span:strip"):
        assert x_pixels(figure, name) == pytest.approx((drawn.x_of(5), drawn.x_of(20)))


def closed_alerts(state: State) -> Chart:
    """A closed alert in a panel, in a strip and among the events."""
    strip = Strip(samples.series("stiffness", {5: 4, 20: 0, 40: 0}))
    pain = samples.panel("pain", samples.series("pain", {5: 4, 20: 0, 40: 0}))
    spans = (
        samples.span("alert-pain", "pain", 3, 5, ended=20, state=state),
        samples.span("alert-stiff", "", 3, 5, item="stiffness", state=state),
        samples.span("alert-missed", "", 5, 5, item="report", state=state),
    )
    return samples.chart(pain, strips=(strip,), spans=spans, today=40)


@pytest.mark.parametrize("state", [State.RESOLVED, State.RETRACTED])
def test_that_a_closed_alert_has_no_shade_a_hollow_marker_and_muted_words(state: State):
    figure, _ = samples.drawing(closed_alerts(state), size=(1400, 860))
    look = samples.style()
    assert not samples.artists(figure, "span:")
    for marker in samples.artists(figure, "alert:"):
        assert marker.get_markerfacecolor() == look.paper
        assert marker.get_markeredgecolor() == look.muted
    titles = [text for text in texts(figure) if text.get_text().startswith("closed: ")]
    assert len(titles) == 3
    assert {(text.get_color(), text.get_fontweight()) for text in titles} == {
        (look.muted, "normal")
    }


def test_that_a_closed_alert_has_a_hollow_bar_over_the_days_it_held():
    figure, drawn = samples.drawing(closed_alerts(State.RESOLVED))
    assert x_pixels(figure, "closed:alert-pain") == pytest.approx(
        (drawn.x_of(3), drawn.x_of(20)), abs=1
    )
    # Whether a symptom went on after an alert was closed is not said.
    assert x_pixels(figure, "closed:alert-stiff") == pytest.approx(
        (drawn.x_of(3), drawn.x_of(5)), abs=1
    )


def test_that_an_open_alert_stands_before_a_closed_one_of_higher_priority():
    strip = Strip(samples.series("stiffness", {5: 4, 20: 4}))
    pain = samples.panel("pain", samples.series("pain", {5: 4, 20: 4}))
    spans = (
        samples.span("alert-pain", "", 3, 5, item="stiffness", state=State.RESOLVED),
        samples.span("alert-stiff", "", 3, 20, Priority.YELLOW, "stiffness"),
    )
    figure, _ = samples.drawing(samples.chart(pain, strips=(strip,), spans=spans))
    assert any(text.startswith("Stiffness is") for text in words(figure))


def test_that_the_series_of_a_closed_alert_is_as_faint_as_any_that_settled():
    places = (Place("neck", "left"), Place("neck", "right"))
    lines = [samples.series("numbness", {1: 0, 2: 0}, place) for place in places]
    span = samples.span(
        "a", "numbness", 1, 1, Priority.AMBER, "numbness", places[0], state=State.RESOLVED
    )
    figure, _ = samples.drawing(samples.chart(samples.panel("numbness", *lines), spans=(span,)))
    drawn = samples.artist(figure, "line:numbness:neck:left")
    assert drawn.get_color() == samples.style().numbness_faint


WINDOW_WORDS = ("expected to settle", "relief due", "outside the planned", "← ")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", ["rich", "early", "eight regions"])
def test_that_the_words_of_a_window_stand_in_no_shade(name: str, size: tuple[int, int]):
    for view in ranges(CHARTS[name]).values():
        figure, _ = samples.drawing(CHARTS[name], view, size)
        shades = [one.get_window_extent() for one in samples.artists(figure, "span:")]
        for text in texts(figure):
            if text.get_text().startswith(WINDOW_WORDS):
                box = text.get_window_extent()
                assert not any(box.overlaps(shade) for shade in shades), text.get_text()


def test_that_the_words_of_a_window_of_few_days_stand_beside_its_end():
    figure, drawn = samples.drawing(samples.early())
    text = next(t for t in texts(figure) if t.get_text() == "expected to settle by day 2")
    assert 0 < text.get_window_extent().x0 - drawn.x_of(2) < 12


def test_that_a_shade_is_told_from_a_band_by_its_hatch():
    figure, _ = samples.drawing(samples.early())
    for alert in ("alert-new", "alert-weak", "alert-stiff"):
        shade = x_pixels(figure, f"span:{alert}")
        diagonals = samples.artist(figure, f"hatch:span:{alert}")
        xs = [x for x in diagonals.get_xdata() if x == x]  # noqa: PLR0124 (no NaN)
        assert shade[0] <= min(xs) < max(xs) <= shade[1]
    assert gids(figure, "hatch:") == {
        f"hatch:span:{alert}" for alert in ("alert-new", "alert-weak", "alert-stiff")
    }


def test_that_an_alert_of_a_strip_is_marked_in_the_strip_and_named_beside_it():
    figure, drawn = samples.drawing(CHARTS["eight regions"], size=(1400, 860))
    marker = samples.artist(figure, "alert:alert-stiff")
    assert drawn.panels["strips"].holds(marker.get_xdata()[0], marker.get_ydata()[0])
    assert any(text.startswith("Stiffness is") for text in words(figure))


def test_that_an_alert_of_no_symptom_is_marked_among_the_events():
    figure, drawn = samples.drawing(CHARTS["eight regions"])
    marker = samples.artist(figure, "alert:alert-missed")
    assert drawn.panels["events"].holds(marker.get_xdata()[0], marker.get_ydata()[0])


# Strips and events


def test_that_none_reported_is_drawn_and_not_asked_is_not():
    strip = Strip(samples.series("soreness", {1: 6, 3: 0}))
    pain = samples.panel("pain", samples.series("pain", {1: 4, 2: 4, 3: 4}))
    figure, _ = samples.drawing(samples.chart(pain, strips=(strip,)))
    cells = samples.cells(figure)
    assert {score: len(boxes) for score, boxes in cells.items()} == {6: 1, 0: 1}
    assert cells[0][0].height < cells[6][0].height / 3


def test_that_a_worse_score_has_a_darker_shade():
    strip = Strip(samples.series("soreness", {10 * score: score for score in range(1, 11)}))
    pain = samples.panel("pain", samples.series("pain", {1: 4}))
    figure, _ = samples.drawing(samples.chart(pain, strips=(strip,)))
    by_name = {one.get_gid(): one.get_alpha() for one in samples.artists(figure, "cells:")}
    shades = [by_name[f"cells:{score}"] for score in range(1, 11)]
    assert all(lighter < darker for lighter, darker in pairwise(shades))


def test_that_the_window_of_a_strip_has_a_tick_at_its_end():
    figure, drawn = samples.drawing(samples.rich())
    tick = samples.artist(figure, "window:stiffness:42")
    assert set(tick.get_xdata()) == {drawn.x_of(42)}


def test_that_contacts_are_filled_and_missed_reports_hollow():
    figure, _ = samples.drawing(samples.rich())
    look = samples.style()
    assert samples.artist(figure, "event:42").get_markerfacecolor() == look.event
    assert samples.artist(figure, "missed:168").get_markerfacecolor() == look.paper


def test_that_two_events_of_a_day_share_one_symbol():
    chart = samples.chart(
        samples.panel("pain", samples.series("pain", {1: 4, 60: 4})),
        events=(ChartEvent(30, "call"), ChartEvent(30, "visit")),
    )
    figure, _ = samples.drawing(chart)
    assert len(samples.artists(figure, "event:30")) == 1
    assert "Call, Visit" in words(figure)


# Marks


def test_that_a_report_taken_by_telephone_has_its_letter_and_the_letter_is_explained():
    pain = Series(
        "pain", NOWHERE, (samples.point(1, 4), samples.point(2, 4, "nurse_phone")), (), None
    )
    figure, drawn = samples.drawing(samples.chart(samples.panel("pain", pain)))
    assert list(samples.artist(figure, "letters:t").get_xdata()) == [pytest.approx(drawn.x_of(2))]
    assert "t by telephone" in words(figure)


def test_that_a_letter_on_every_report_is_left_out():
    points = tuple(samples.point(day, 4, "nurse_paper") for day in (1, 2, 3))
    pain = samples.panel("pain", Series("pain", NOWHERE, points, (), None))
    figure, _ = samples.drawing(samples.chart(pain))
    assert not samples.artists(figure, "letters:")


# Empty chart


def test_that_an_empty_chart_has_bands_and_says_what_it_waits_for():
    figure, _ = samples.drawing(samples.empty())
    assert gids(figure, "window:") >= {"window:pain:42", "window:weakness:28"}
    assert samples.labels().waiting in words(figure)


def test_that_a_panel_nobody_filled_says_so():
    chart = samples.chart(
        samples.panel("pain", samples.series("pain", {1: 4})), samples.panel("numbness")
    )
    figure, _ = samples.drawing(chart)
    assert "nothing reported" in words(figure)


# Words: none clipped, none over another


@pytest.mark.parametrize("unit", ["weeks", "dates"])
@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", CHARTS)
def test_that_words_stay_inside_the_figure_and_apart(
    name: str, size: tuple[int, int], ratio: int, unit: str
):
    chart = CHARTS[name]
    for view in ranges(chart, unit).values():  # type: ignore[arg-type]
        figure, _ = samples.drawing(chart, view, size, ratio)
        assert_words_are_apart(figure, ratio)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_that_long_names_are_shortened_rather_than_clipped(size: tuple[int, int]):
    plain = samples.labels()
    long = {name: f"the whole of the {text} and what is near it" for name, text in
            plain.series.items()}  # fmt: skip
    alerts = {key: f"{text}, which nobody would have expected so soon" for key, text in
              plain.alerts.items()}  # fmt: skip
    words_ = samples.labels(series=long, alerts=alerts, source=plain.source * 3)
    figure, _ = samples.drawing(CHARTS["eight regions"], size=size, words=words_)
    assert_words_are_apart(figure, 1)


def assert_words_are_apart(figure: Figure, ratio: int) -> None:
    boxes = [(text.get_text(), text.get_window_extent().padded(-ratio)) for text in texts(figure)]
    whole = figure.bbox
    for said, box in boxes:
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= whole.x1 and box.y1 <= whole.y1
        assert inside, f"“{said}” is clipped"
    for (said, box), (other, another) in combinations(boxes, 2):
        assert not box.overlaps(another), f"“{said}” lies over “{other}”"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_that_all_eight_numbness_series_are_named(size: tuple[int, int]):
    figure, _ = samples.drawing(CHARTS["eight regions"], size=size)
    names = {
        name for (item, place), name in samples.labels().series.items()
        if item == "numbness" and place in {
            s.place for panel in CHARTS["eight regions"].panels for s in panel.series
        }
    }  # fmt: skip
    assert len(names) == 8
    assert names <= words(figure)


def test_that_names_without_room_are_counted():
    places = [Place(region, side) for region in samples.REGIONS for side in ("left", "right")]
    lines = [samples.series("numbness", {1: 3, 2: 3}, place) for place in places]
    chart = samples.chart(
        samples.panel("pain", samples.series("pain", {1: 3})),
        samples.panel("numbness", *lines),
        samples.panel("weakness", samples.series("weakness", {1: 3}, Place("", "left"))),
    )
    figure, _ = samples.drawing(chart, size=(760, 300))
    assert any(text.startswith("and ") and text.endswith(" more") for text in words(figure))
    assert_words_are_apart(figure, 1)


# Range and ticks


def test_that_a_recent_procedure_is_seen_with_what_lies_ahead():
    view = ranges(samples.sparse())["6w"]
    assert view.first_day < 0
    assert view.last_day > 42


def test_that_a_range_looks_back_from_today():
    view = ranges(samples.rich())["6w"]
    assert view.first_day == 224 - 42
    assert view.last_day > 224


def test_that_all_holds_every_report_and_the_procedure():
    view = ranges(samples.rich())["all"]
    assert view.first_day < -14
    assert view.last_day > 224


@pytest.mark.parametrize(
    ("view", "some"),
    [
        (View(-1, 20, "dates"), "2 Mar"),
        (View(-1, 80, "dates"), "16 Mar"),
        (View(-1, 400, "dates"), "Jan 2027"),
        (View(-1, 20), "14"),
        (View(-1, 224), "12"),
    ],
    ids=["days", "weeks as dates", "months", "days since", "weeks since"],
)
def test_that_ticks_suit_the_span(view: View, some: str):
    figure, _ = samples.drawing(samples.rich(), view)
    assert some in words(figure)


def test_that_drawing_again_leaves_nothing_of_the_chart_before():
    figure, _ = samples.drawing(samples.rich())
    draw(figure, samples.empty(), samples.labels(), samples.style(), View(-2, 44))
    assert not samples.artists(figure, "points:numbness:thumb_side")


# What a drawn chart can be asked


def test_that_pixels_and_days_lead_back_to_each_other():
    _, drawn = samples.drawing(samples.rich())
    assert drawn.day_at(drawn.x_of(84)) == pytest.approx(84)
    assert drawn.x_of(drawn.first_day) == pytest.approx(drawn.plot.left)


def test_that_the_reading_is_of_the_nearest_report_with_all_its_scores():
    _, drawn = samples.drawing(samples.rich())
    reading = drawn.reading_at(86.4)
    assert reading is not None
    assert reading.title == "day 84 (week 12) – 25 May 2026"
    assert reading.values[:3] == (
        ("Pain", "1"),
        ("Numbness thumb side, left", "4"),
        ("Numbness outer arm, right", "0"),
    )
    assert reading.sentence.startswith("day 84 (week 12) – 25 May 2026: Pain 1 · Numbness")


def test_that_the_reading_tells_how_the_report_came_and_what_else_happened():
    pain = Series("pain", NOWHERE, (samples.point(3, 5, "nurse_phone"),), (), None)
    chart = samples.chart(
        samples.panel("pain", pain), events=(ChartEvent(3, "call", "sleeps badly"),)
    )
    _, drawn = samples.drawing(chart)
    reading = drawn.reading_at(3)
    assert reading is not None
    assert reading.notes == ("by telephone", "Call: sleeps badly")


def test_that_an_empty_chart_has_no_reading():
    _, drawn = samples.drawing(samples.empty())
    assert drawn.reading_at(3) is None
    assert drawn.next_reading(None, -1) is None


def test_that_the_next_reading_stays_within_the_view():
    _, drawn = samples.drawing(samples.rich(), View(-3, 9))
    days = [reading.day for reading in drawn.readings if -3 <= reading.day <= 9]
    walk = [drawn.next_reading(None, -1)]
    for _ in range(20):
        assert walk[-1] is not None
        walk.append(drawn.next_reading(walk[-1].day, -1))
    assert [r.day for r in reversed(walk[: len(days)]) if r is not None] == days
    assert walk[-1] is not None
    assert walk[-1].day == days[0]


def test_that_a_click_on_a_marker_finds_its_alert():
    _, drawn = samples.drawing(samples.rich())
    boxes = dict(drawn.alerts)
    box = boxes["alert-pain"]
    assert drawn.alert_at(box.left + box.width / 2, box.top + box.height / 2) == "alert-pain"
    assert drawn.alert_at(drawn.plot.left, drawn.plot.bottom) is None


def test_that_the_parts_lie_below_each_other():
    _, drawn = samples.drawing(samples.rich())
    boxes = [drawn.panels[name] for name in ("pain", "numbness", "weakness", "strips", "events")]
    assert all(upper.bottom < lower.top for upper, lower in pairwise(boxes))
    assert boxes[-1].bottom < drawn.height


# Placing


@given(
    st.lists(st.floats(-50, 250), min_size=1, max_size=12),
    st.floats(5, 15),
)
def test_that_spread_names_are_apart_inside_and_in_order(wanted: list[float], step: float):
    placed = spread(wanted, step, 0, 200)
    ordered = sorted(placed)
    assert all(upper - lower >= step - 1e-6 for lower, upper in pairwise(ordered))
    assert min(placed) >= -1e-6
    assert max(placed) <= 200 + 1e-6
    assert [placed[i] for i in sorted(range(len(wanted)), key=lambda i: wanted[i])] == ordered


def test_that_names_with_room_stay_where_they_belong():
    assert spread([10, 50, 90], 12, 0, 100) == [10, 50, 90]


def test_that_rows_put_what_does_not_fit_into_the_next():
    rows = Rows(2)
    assert rows.place((0, 10)) == (0, 0)
    assert rows.place((5, 15), (10, 20)) == (0, 1)
    assert rows.place((5, 15)) == (1, 0)
    assert rows.place((5, 15)) is None


def test_that_nothing_is_drawn_of_a_chart_without_panels():
    chart: Chart = samples.chart(today=3)
    figure, drawn = samples.drawing(chart)
    assert "Events" in words(figure)
    assert len(drawn.readings) == 0
