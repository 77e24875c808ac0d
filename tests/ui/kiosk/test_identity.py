"""What is typed on the way in."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.ui.kiosk import identity
from monitor.ui.kiosk.identity import Entry


def typed(entry: Entry, digits: str) -> Entry:
    for digit in digits:
        entry = identity.type_digit(entry, digit)
    return entry


def test_that_a_number_and_a_date_are_typed_one_after_the_other() -> None:
    entry = identity.next_field(typed(Entry(), "204118"))
    entry = identity.pick_month(typed(entry, "04"), 3)
    entry = typed(entry, "1971")
    assert (entry.number, entry.birth_date) == ("204118", dt.date(1971, 3, 4))


@pytest.mark.parametrize(("digits", "field"), [("0", "day"), ("3", "day"), ("4", "month")])
def test_that_a_day_that_can_have_no_second_digit_moves_on(digits: str, field: str) -> None:
    assert typed(Entry(field="day"), digits).field == field


def test_that_a_date_that_does_not_exist_is_whole_but_no_date() -> None:
    entry = Entry("1", "31", 2, "1971", "year")
    assert entry.is_whole
    assert entry.birth_date is None


def test_that_erasing_goes_back_into_the_field_before() -> None:
    entry = identity.erase(Entry("12", "4", 3, "", "year"))
    assert (entry.month, entry.field) == (0, "month")
    entry = identity.erase(entry)
    assert (entry.day, entry.field) == ("", "day")


def test_that_clearing_empties_one_field_only() -> None:
    assert identity.clear(Entry("12", "4", field="number")) == Entry("", "4", field="number")


def test_that_a_year_has_four_digits_and_no_more() -> None:
    assert typed(Entry(field="year"), "19712").year == "1971"
