from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from monitor.domain.alert import OPEN, RULES, Alert, Happening, State, move
from monitor.domain.protocol import Priority
from monitor.domain.urgency import Reason, days_past_window, is_back, is_overdue, reason, urgency
from tests.builders import alert, date, finding, instant

NOW, TODAY = instant(30), date(30)
MOMENT = dt.timedelta(microseconds=1)


def concern(priority: Priority = Priority.AMBER, **fields: Any) -> Alert:
    """An alert that waits since day 20, not yet late, within no window."""
    return alert(finding(priority=priority), **({"respond_by": instant(31)} | fields))


LESS_URGENT: dict[str, Any] = {
    "state": State.RAISED,
    "priority": Priority.YELLOW,
    "flag": 9,
    "respond_by": instant(31),
    "ended_day": 25,
    "window_ended_on": None,
    "day": 29,
    "id": "z",
}
"""The last in each thing that counts, among alerts that nobody has seen."""

BEATS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "one that nobody has seen before one in hand",
        {"state": State.RAISED},
        {"state": State.ACKNOWLEDGED, "until": instant(31)},
    ),
    (
        "one in hand before one put aside",
        {"state": State.ACKNOWLEDGED, "until": instant(31)},
        {"state": State.SNOOZED, "until": instant(31)},
    ),
    ("red before orange", {"priority": Priority.RED}, {"priority": Priority.ORANGE}),
    ("orange before amber", {"priority": Priority.ORANGE}, {"priority": Priority.AMBER}),
    ("amber before yellow", {"priority": Priority.AMBER}, {"priority": Priority.YELLOW}),
    (
        "the first kind of warning sign before the second",
        {"priority": Priority.RED, "flag": 1},
        {"priority": Priority.RED, "flag": 2},
    ),
    (
        "a warning sign that the protocol has no more before those it has",
        {"priority": Priority.RED, "flag": 0},
        {"priority": Priority.RED, "flag": 1},
    ),
    ("overdue before in time", {"respond_by": instant(29)}, {"respond_by": instant(31)}),
    ("overdue before never due", {"respond_by": instant(29)}, {"respond_by": None}),
    ("what holds before what has ended", {"ended_day": None}, {"ended_day": 25}),
    (
        "long past its window before lately past it",
        {"ended_day": None, "window_ended_on": date(10)},
        {"ended_day": None, "window_ended_on": date(11)},
    ),
    (
        "past its window before within it",
        {"ended_day": None, "window_ended_on": date(29)},
        {"ended_day": None, "window_ended_on": date(40)},
    ),
    (
        "past its window before without one",
        {"ended_day": None, "window_ended_on": date(29)},
        {"ended_day": None, "window_ended_on": None},
    ),
    ("the longest waiting first", {"day": 10}, {"day": 11}),
    ("the same in all by id", {"id": "a"}, {"id": "b"}),
]
"""What comes first, and what second; in all that counts more than this they are the same."""

ORDER = ("state", "priority", "flag", "respond_by", "ended_day", "window_ended_on", "day", "id")
MOST_URGENT: dict[str, Any] = {
    "state": State.RAISED,
    "priority": Priority.RED,
    "flag": 0,
    "respond_by": instant(1),
    "ended_day": None,
    "window_ended_on": date(1),
    "day": 1,
    "id": "a",
}


def counts_less(thing: str) -> tuple[str, ...]:
    """All that counts less than `thing`."""
    return ORDER[ORDER.index(thing) + 1 :]


def place(fields: dict[str, Any]) -> Any:
    return urgency(concern(**fields), NOW, TODAY)


@pytest.mark.parametrize(
    ("first", "second"), [beat[1:] for beat in BEATS], ids=[beat[0] for beat in BEATS]
)
def test_that_what_counts_more_wins_whatever_the_rest_says(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    thing = next(name for name in ORDER if first.get(name) != second.get(name))
    less = counts_less(thing)
    worst = LESS_URGENT | first | {name: LESS_URGENT[name] for name in less}
    best = LESS_URGENT | second | {name: MOST_URGENT[name] for name in less}
    assert place(worst) < place(best)


@pytest.mark.parametrize("state", [State.ACKNOWLEDGED, State.SNOOZED])
class TestBack:
    def test_that_it_waits_again_from_the_very_moment_until_which_it_was_put_aside(
        self, state: State
    ) -> None:
        until = concern(state=state, until=NOW)
        assert is_back(until, NOW)
        assert not is_back(until, NOW - MOMENT)
        assert not is_back(concern(state=state), NOW)

    def test_that_it_stands_before_what_is_in_hand_though_no_sweep_has_raised_it(
        self, state: State
    ) -> None:
        back = concern(Priority.YELLOW, state=state, until=instant(29))
        in_hand = concern(Priority.RED, flag=1, state=State.ACKNOWLEDGED, until=instant(31))
        assert urgency(back, NOW, TODAY) < urgency(in_hand, NOW, TODAY)

    def test_that_it_stands_where_the_next_sweep_will_leave_it(self, state: State) -> None:
        back = concern(state=state, until=instant(29), respond_by=None)
        raised = move(back, Happening.WAKE, instant(29), RULES).alert
        assert raised.state is State.RAISED
        assert urgency(back, NOW, TODAY) == urgency(raised, NOW, TODAY)

    def test_that_it_is_not_late_for_an_answer_that_it_had(self, state: State) -> None:
        back = concern(state=state, until=instant(29), respond_by=instant(21))
        assert not is_overdue(back, NOW)


def test_that_what_waits_anew_has_no_earlier_time_at_which_it_comes_back() -> None:
    raised = concern(until=instant(1))
    assert not is_back(raised, NOW)
    assert urgency(raised, NOW, TODAY) == urgency(concern(), NOW, TODAY)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_that_only_what_nobody_has_seen_is_overdue_and_only_after_its_time(state: State) -> None:
    late = concern(state=state, respond_by=NOW)
    assert is_overdue(late, NOW + MOMENT) is (state is State.RAISED)
    assert not is_overdue(late, NOW)
    assert not is_overdue(concern(state=state, respond_by=None), NOW)


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"window_ended_on": date(29)}, 1),
        ({"window_ended_on": date(-5)}, 35),
        ({"window_ended_on": date(30)}, 0),
        ({"window_ended_on": date(31)}, 0),
        ({}, 0),
        ({"window_ended_on": date(10), "ended_day": 25}, 0),
        ({"window_ended_on": date(10), "ended_day": 0}, 0),
    ],
    ids=["by a day", "long", "today", "to come", "no window", "ended", "ended on day 0"],
)
def test_that_days_past_the_window_are_counted_while_its_condition_holds(
    fields: dict[str, Any], days: int
) -> None:
    assert days_past_window(concern(**fields), TODAY) == days


LATE = {"respond_by": instant(29)}
PAST = {"window_ended_on": date(10)}
SIGN = {"priority": Priority.RED, "flag": 2}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (SIGN, "red_flag"),
        (SIGN | LATE | PAST, "red_flag"),
        ({"priority": Priority.RED, "flag": 0}, "red_flag"),
        (LATE, "overdue"),
        (LATE | PAST, "overdue"),
        (LATE | {"ended_day": 25}, "overdue"),
        (PAST, "past_window"),
        (PAST | {"ended_day": 25}, "waiting"),
        ({}, "waiting"),
        (SIGN | LATE | PAST | {"state": State.ACKNOWLEDGED}, "in_hand"),
        (SIGN | {"state": State.ACKNOWLEDGED, "until": instant(31)}, "in_hand"),
        (SIGN | {"state": State.ACKNOWLEDGED, "until": instant(29)}, "red_flag"),
        (LATE | PAST | {"state": State.SNOOZED, "until": instant(31)}, "snoozed"),
        (LATE | PAST | {"state": State.SNOOZED, "until": instant(29)}, "past_window"),
        (LATE | {"state": State.SNOOZED, "until": instant(29)}, "waiting"),
    ],
    ids=[
        "a warning sign",
        "a warning sign that is late and past its window",
        "red of a kind that the protocol has no more",
        "late",
        "late and past its window",
        "late although it has ended",
        "past its window",
        "past its window until it ended",
        "nothing but time",
        "in hand",
        "in hand until later",
        "in hand until now",
        "put aside",
        "put aside until now, past its window",
        "put aside until now",
    ],
)
def test_that_the_reason_is_the_first_thing_that_speaks_for_it(
    fields: dict[str, Any], expected: Reason
) -> None:
    assert reason(concern(**fields), NOW, TODAY) == expected
