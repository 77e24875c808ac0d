from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain.protocol import Form, Priority, Scale, Slot, Step
from tests.protocols import default_protocol

SURGICAL, DAY_CASE = "DORSAL_OPEN", "MBRFN"


@pytest.mark.parametrize(
    ("profile", "day", "slot"),
    [
        (DAY_CASE, -31, None),
        (DAY_CASE, -30, "BASE"),
        (DAY_CASE, 0, "BASE"),
        (DAY_CASE, 1, "D1"),
        (DAY_CASE, 2, None),
        (SURGICAL, 2, "D2"),
        (DAY_CASE, 4, "D3"),
        (DAY_CASE, 5, None),
        (SURGICAL, 5, "D5"),
        (DAY_CASE, 9, "D7"),
        (DAY_CASE, 12, None),
        (DAY_CASE, 17, "D14"),
        (DAY_CASE, 18, "W3"),
        (DAY_CASE, 48, "W6"),
        (DAY_CASE, 49, "M2"),
        (DAY_CASE, 136, "M4"),
        (DAY_CASE, 137, "M5"),
        (DAY_CASE, 760, "M24"),
        (DAY_CASE, 761, None),
    ],
)
def test_that_a_report_belongs_to_the_slot_that_holds_its_day(
    profile: str, day: int, slot: str | None
) -> None:
    found = default_protocol().slot_on(profile, day)
    assert (found.id if found else None) == slot


@pytest.mark.parametrize(("day", "slot"), [(14, "first"), (15, "second"), (16, "second")])
def test_that_of_two_slots_the_nearest_has_the_day_and_of_equals_the_later(
    day: int, slot: str
) -> None:
    schedule = (Slot("first", 10, 5, 20, "week"), Slot("second", 20, 10, 30, "week"))
    found = replace(default_protocol(), schedule=schedule).slot_on(DAY_CASE, day)
    assert found is not None
    assert found.id == slot


def test_that_every_day_of_every_profile_has_at_most_the_slot_that_opened_for_it() -> None:
    protocol = default_protocol()
    for profile in protocol.profiles:
        for day in range(-40, 800):
            slot = protocol.slot_on(profile, day)
            assert slot is None or slot.opens_day <= day <= slot.closes_day


def test_that_only_operations_have_the_extra_reports() -> None:
    protocol = default_protocol()
    surgical = {s.id for s in protocol.slots_for(SURGICAL)}
    assert surgical - {s.id for s in protocol.slots_for(DAY_CASE)} == {"D2", "D5", "D10"}


def test_that_priorities_are_ranked_from_red_to_yellow() -> None:
    assert [p.rank for p in Priority] == [0, 1, 2, 3]
    assert Priority.RED.is_above(Priority.ORANGE)
    assert not Priority.AMBER.is_above(Priority.AMBER)
    assert not Priority.YELLOW.is_above(Priority.AMBER)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, True), (10, True), (-1, False), (11, False), (True, False), ("5", False)],
)
def test_that_a_number_scale_accepts_whole_numbers_in_its_range(
    value: int | str, expected: bool
) -> None:
    assert Scale("number").accepts(value) is expected


@pytest.mark.parametrize(("value", "expected"), [("yes", True), ("maybe", False), (1, False)])
def test_that_a_choice_scale_accepts_its_options(value: int | str, expected: bool) -> None:
    assert Scale("choice", options=("yes", "no")).accepts(value) is expected


def test_that_a_rule_is_found_by_its_id_if_there_is_one() -> None:
    found = default_protocol().find_rule("airway")
    assert found is not None
    assert found.id == "airway"
    assert default_protocol().find_rule("no such rule") is None


@pytest.mark.parametrize(
    ("step", "days"),
    [
        (Step("pain"), [1, 2, 3]),
        (Step("pain", from_day=2), [2, 3]),
        (Step("pain", to_day=2), [1, 2]),
        (Step("pain", from_day=2, to_day=2), [2]),
        (Step("pain", profiles=("TORT",)), []),
        (Step("pain", profiles=(DAY_CASE,)), [1, 2, 3]),
    ],
)
def test_that_a_step_is_asked_on_its_days_and_in_its_profiles(step: Step, days: list[int]) -> None:
    form = Form(24, (step,))
    assert [d for d in (1, 2, 3) if form.steps_on(d, DAY_CASE)] == days
