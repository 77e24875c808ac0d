"""What is typed on the way in, and what a card says."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.ui.kiosk import identity
from monitor.ui.kiosk.identity import BY_CODE, BY_NUMBER, BY_NUMBER_YEAR_FIRST, Entry


def typed(entry: Entry, digits: str) -> Entry:
    for digit in digits:
        entry = identity.type_digit(entry, digit)
    return entry


def further(entry: Entry) -> Entry:
    after = identity.next_step(entry)
    assert after is not None
    return after


def test_that_a_number_and_a_date_are_typed_one_after_the_other() -> None:
    entry = further(typed(identity.start(BY_NUMBER), "204118"))
    entry = further(typed(entry, "04"))
    entry = further(identity.pick_month(entry, 3))
    entry = typed(entry, "1971")
    assert (entry.number, entry.birth_date) == ("204118", dt.date(1971, 3, 4))
    assert identity.next_step(entry) is None


def test_that_a_date_may_begin_with_the_year() -> None:
    entry = further(typed(identity.start(BY_NUMBER_YEAR_FIRST), "1"))
    entry = further(typed(entry, "1971"))
    entry = further(identity.pick_month(entry, 3))
    assert typed(entry, "4").birth_date == dt.date(1971, 3, 4)


def test_that_a_code_is_one_page() -> None:
    entry = typed(identity.start(BY_CODE), "472918")
    assert entry.code == "472918"
    assert identity.next_step(entry) is None
    assert identity.step_back(entry) is None


def test_that_going_back_keeps_what_was_typed() -> None:
    entry = further(typed(identity.start(BY_NUMBER), "204118"))
    entry = further(typed(entry, "4"))
    before = identity.step_back(entry)
    assert before is not None
    assert (before.field, before.typed, before.number) == ("day", "4", "204118")


@pytest.mark.parametrize(
    ("entry", "goes_on"),
    [
        (Entry(BY_CODE, "code", code="47291"), False),
        (Entry(BY_CODE, "code", code="472918"), True),
        (Entry(BY_NUMBER, "number"), False),
        (Entry(BY_NUMBER, "number", number="1"), True),
        (Entry(BY_NUMBER, "day", day="4"), True),
        (Entry(BY_NUMBER, "month"), False),
        (Entry(BY_NUMBER, "month", month=12), True),
        (Entry(BY_NUMBER, "year", year="197"), False),
        (Entry(BY_NUMBER, "year", year="1971"), True),
    ],
)
def test_that_a_page_goes_on_once_its_field_is_filled(entry: Entry, goes_on: bool) -> None:
    assert entry.can_go_on is goes_on


@pytest.mark.parametrize(("day", "month", "year"), [("31", 2, "1971"), ("0", 1, "1971")])
def test_that_a_date_that_does_not_exist_can_be_typed_but_is_none(
    day: str, month: int, year: str
) -> None:
    entry = Entry(BY_NUMBER, "year", number="1", day=day, month=month, year=year)
    assert entry.can_go_on
    assert entry.birth_date is None


def test_that_erasing_and_clearing_touch_the_field_in_hand_only() -> None:
    entry = Entry(BY_NUMBER, "day", number="12", day="14", month=3)
    assert identity.erase(entry) == Entry(BY_NUMBER, "day", number="12", day="1", month=3)
    assert identity.clear(entry) == Entry(BY_NUMBER, "day", number="12", month=3)
    assert identity.erase(identity.clear(entry)) == identity.clear(entry)


@pytest.mark.parametrize(
    ("field", "most"), [("code", 6), ("number", 12), ("day", 2), ("year", 4), ("month", 0)]
)
def test_that_a_field_has_so_many_digits_and_no_more(field: identity.Field, most: int) -> None:
    assert len(typed(Entry(BY_NUMBER, field), "9" * 20).typed) == most


def test_that_trying_anew_keeps_the_number_that_can_be_read_and_nothing_hidden() -> None:
    entry = Entry(BY_NUMBER, "year", number="12", day="4", month=3, year="1971")
    anew = identity.try_anew(entry)
    assert anew == Entry(BY_NUMBER, "number", number="12", anew=True)
    assert identity.type_digit(anew, "7").number == "7"
    assert identity.erase(anew).number == "1"
    assert identity.try_anew(Entry(BY_CODE, "code", code="472918")).code == ""


@pytest.mark.parametrize("steps", [BY_NUMBER, BY_NUMBER_YEAR_FIRST])
@pytest.mark.parametrize("text", ["204118", "RWN204118"])
def test_that_a_card_with_a_number_asks_for_the_date(
    text: str, steps: tuple[identity.Field, ...]
) -> None:
    entry = identity.read_card(text, steps)
    assert entry == Entry(steps, steps[1], number="204118")


def test_that_a_card_with_a_code_asks_for_nothing_more() -> None:
    entry = identity.read_card("RWC472918", BY_NUMBER)
    assert entry == Entry(BY_CODE, "code", code="472918")
    assert entry.can_go_on


@pytest.mark.parametrize(
    "text",
    ["RWC47291", "RWC4729180", "RWN", "1234567890123", "ABCDEF", "RWX123456", "-204118", "٣٤٥٦٧٨"],
)
def test_that_a_card_of_something_else_says_nothing(text: str) -> None:
    assert identity.read_card(text, BY_NUMBER) is None
