"""A date is typed in many ways; what can mean two dates is never taken for one."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.ui.station.typed_dates import dates_in

TODAY = dt.date(2026, 3, 12)
OLDEST = dt.date(1906, 3, 12)


def read(text: str) -> list[str]:
    return [date.isoformat() for date in dates_in(text, OLDEST, TODAY)]


@pytest.mark.parametrize(
    "typed",
    [
        "31.1.1970",
        " 31. 01. 1970 ",
        "31/1/1970",
        "1/31/1970",
        "31-01-1970",
        "31 Jan 1970",
        "31. January 1970",
        "31-jan-1970",
        "31Jan1970",
        "Jan 31, 1970",
        "1970-01-31",
        "1970/1/31",
        "31011970",
        "19700131",
        "31.1.70",
        "31 jan 70",
        "٣١.١.١٩٧٠",
    ],
)
def test_that_a_date_is_known_however_it_is_written(typed: str) -> None:
    assert read(typed) == ["1970-01-31"]


@pytest.mark.parametrize("typed", ["1/2/1970", "1-2-1970", "1 2 1970", "01021970"])
def test_that_a_day_and_a_month_that_can_be_each_other_are_two_dates(typed: str) -> None:
    assert read(typed) == ["1970-01-02", "1970-02-01"]


def test_that_the_same_day_and_month_are_one_date() -> None:
    assert read("2/2/1970") == ["1970-02-02"]


def test_that_between_dots_the_day_is_first() -> None:
    assert read("1.2.1970") == ["1970-02-01"]


def test_that_a_short_year_of_which_both_centuries_can_be_is_two_dates() -> None:
    assert read("31.1.15") == ["1915-01-31", "2015-01-31"]


def test_that_a_short_year_is_none_that_is_to_come() -> None:
    assert read("31.1.27") == ["1927-01-31"]


def test_that_a_whole_year_is_read_as_it_is_typed_even_if_it_cannot_be() -> None:
    assert read("31.1.2970") == ["2970-01-31"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31",
        "31.1.",
        "31.13.1970",
        "30 Feb 1970",
        "ma 3 1970",
        "yesterday",
        "0.1.1970",
        "1.1.197",
        "1970-31-01",
        "99999999",
    ],
)
def test_that_what_is_no_date_is_none(typed: str) -> None:
    assert read(typed) == []
