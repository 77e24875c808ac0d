from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.course import Course, course_of
from monitor.domain.rules import evaluate
from monitor.domain.rules.recurrence import Recurrence
from tests.builders import answer, episode, procedure, submission
from tests.domain.reference_trend import trend
from tests.protocols import default_protocol, rule_of


def recurrence() -> Recurrence:
    rule = rule_of("pain_recurrence")
    assert isinstance(rule, Recurrence)
    return rule


def course(before: list[int], after: dict[int, int], today: int = 400) -> Course:
    reports = [submission(answer("pain", s), day=-d - 1) for d, s in enumerate(before)]
    reports += [submission(answer("pain", s), day=d) for d, s in after.items()]
    followed = episode(procedure=procedure(profile="MBRFN"))
    return course_of(default_protocol(), followed, reports, today)


scores = st.dictionaries(st.integers(1, 365), st.integers(0, 10), max_size=30)


@given(st.lists(st.integers(1, 10), min_size=1, max_size=3), scores)
def test_that_the_trend_is_the_one_described(before: list[int], after: dict[int, int]) -> None:
    baseline = sum(before) / len(before)
    found = recurrence().trend(course(before, after))
    assert found is not None
    points, limit = found
    expected = trend(recurrence(), baseline, sorted(after.items()))
    assert [day for day, _ in points] == [day for day, _ in expected]
    assert [value for _, value in points] == pytest.approx([value for _, value in expected])
    assert limit == pytest.approx(baseline / 2)


@given(st.integers(4, 10), scores)
def test_that_nothing_recurs_while_the_trend_stays_under_its_limit(
    baseline: int, after: dict[int, int]
) -> None:
    judged = course([baseline], after)
    points = trend(recurrence(), baseline, sorted(after.items()))
    if all(value < baseline / 2 - 1e-9 for _, value in points):
        assert not [f for f in evaluate(judged).findings if f.rule == "pain_recurrence"]


@given(st.integers(4, 10), scores)
def test_that_nothing_recurs_once_the_trend_is_low_again(
    baseline: int, after: dict[int, int]
) -> None:
    judged = course([baseline], after)
    points = trend(recurrence(), baseline, sorted(after.items()))
    low = recurrence().rearm_fraction * baseline
    if points and points[-1][1] < low - 1e-9:
        assert not [f for f in evaluate(judged).findings if f.rule == "pain_recurrence"]


@given(st.integers(4, 10), scores)
def test_that_a_trend_that_crosses_its_limit_on_a_day_of_the_watch_is_possible_recurrence(
    baseline: int, after: dict[int, int]
) -> None:
    points = trend(recurrence(), baseline, sorted(after.items()))
    limit = baseline / 2
    watch = default_protocol().profiles["MBRFN"].recurrence_from_day
    first = next((n for n, (_, value) in enumerate(points) if value >= limit + 1e-9), None)
    if first is None or points[first][0] < watch:
        return
    if any(abs(value - limit) < 1e-9 for _, value in points[:first]):
        return
    judged = course([baseline], after, today=points[first][0])
    (one,) = [f for f in evaluate(judged).findings if f.rule == "pain_recurrence"]
    assert (one.stage, one.since_day) == ("Y3", points[first][0])


def test_that_there_is_no_trend_without_a_baseline() -> None:
    assert recurrence().trend(course([], {30: 2, 40: 2})) is None


def test_that_the_trend_is_empty_before_relief() -> None:
    assert recurrence().trend(course([8], {30: 7, 40: 7})) == ((), 4.0)
