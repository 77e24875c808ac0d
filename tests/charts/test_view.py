"""Moving and zooming along the time axis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.charts.ranges import all_series, limits, ranges
from monitor.charts.view import View
from tests.charts import samples

LIMITS = (-30.0, 400.0)


def test_that_the_day_that_is_zoomed_about_stays_where_it_is():
    near = View(0, 100).zoomed(0.5, 80, LIMITS)
    assert (near.first_day, near.last_day) == (40, 90)
    assert (80 - near.first_day) / near.span == pytest.approx(0.8)


def test_that_moving_keeps_as_many_days():
    assert View(0, 100).panned(30, LIMITS) == View(30, 130)


def test_that_nothing_is_shown_beyond_what_there_is_to_see():
    assert View(0, 100).panned(1000, LIMITS) == View(300, 400)
    assert View(0, 100).panned(-1000, LIMITS) == View(-30, 70)
    assert View(0, 100).zoomed(100, 50, LIMITS) == View(-30, 400)


def test_that_zooming_in_ends_at_a_week():
    assert View(0, 100).zoomed(0.001, 50, LIMITS).span == 7


def test_that_what_was_lit_and_compared_stays_so():
    view = View(0, 100, "dates", "alert-1", earlier=True)
    for moved in (view.panned(3, LIMITS), view.zoomed(0.5, 50, LIMITS)):
        assert (moved.unit, moved.lit, moved.earlier) == ("dates", "alert-1", True)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pan"), st.floats(-500, 500)),
        st.tuples(st.floats(0.05, 20), st.floats(-30, 400)),
    ),
    max_size=12,
)


@given(STEPS)
def test_that_no_sequence_of_steps_leaves_the_limits(steps: list[tuple[str | float, float]]):
    view = View(0, 100)
    for kind, by in steps:
        view = view.panned(by, LIMITS) if kind == "pan" else view.zoomed(float(kind), by, LIMITS)
        assert LIMITS[0] - 1e-6 <= view.first_day < view.last_day <= LIMITS[1] + 1e-6
        assert view.span >= 7 - 1e-6


@pytest.mark.parametrize("chart", [samples.rich(), samples.early(), samples.empty()])
def test_that_the_limits_hold_all_that_was_reported_with_a_margin(chart):
    first, last = limits(chart)
    days = [point.day for series in all_series(chart) for point in series.points]
    assert all(first < day < last for day in days)
    whole = ranges(chart)["all"]
    assert first < whole.first_day
    assert last - whole.last_day < whole.span / 5
