"""Rows keep their place under the one that is open; the search reads names and numbers."""

from __future__ import annotations

import pytest

from monitor.ui.station.rows import keep_place, matches
from monitor.ui.station.views import Row


def row(key: str, reason: str = "") -> Row:
    return Row(key, key, f"Name {key}", "204118", "Day 9", reason=reason)


def rows(keys: str) -> tuple[Row, ...]:
    return tuple(row(key) for key in keys)


def keys(shown: tuple[Row, ...]) -> str:
    return "".join(one.key for one in shown)


@pytest.mark.parametrize(
    ("before", "selected", "after", "shown", "news", "moved"),
    [
        ("abc", "", "xcab", "xcab", 0, False),
        ("abc", "b", "abxc", "abxc", 0, False),
        ("abc", "b", "abc", "abc", 0, False),
        ("abc", "b", "xabc", "abc", 1, False),
        ("abc", "b", "bac", "abc", 0, True),
        ("abc", "b", "ac", "abc", 0, True),
        ("abc", "b", "bc", "abc", 0, True),
        ("abc", "b", "xy", "abc", 2, True),
        ("abc", "q", "cba", "cba", 0, False),
        ("", "q", "ab", "ab", 0, False),
    ],
    ids=[
        "nobody open: the new order",
        "new one below: taken",
        "same order",
        "new one above waits",
        "another order waits",
        "the open one left",
        "one above left",
        "all left, others came",
        "open one not in the list",
        "first rows",
    ],
)
def test_that_the_open_row_never_moves(
    before: str, selected: str, after: str, shown: str, news: int, moved: bool
) -> None:
    kept = keep_place(rows(before), rows(after), selected)
    assert (keys(kept.rows), kept.news, kept.moved) == (shown, news, moved)


def test_that_rows_that_stay_say_what_is_true_now() -> None:
    fresh = (row("x"), row("a", "New weakness"), row("b"))
    kept = keep_place(rows("ab"), fresh, "b")
    assert kept.rows[0].reason == "New weakness"


def test_that_a_row_that_left_says_so() -> None:
    (a, _b) = keep_place(rows("ab"), rows("b"), "b").rows
    assert a.gone
    assert a.reason == "Nothing open any more"


@pytest.mark.parametrize("query", ["", "name a", "NAME", "204 118", "118", "a 2041"])
def test_that_the_search_finds(query: str) -> None:
    assert matches(row("a"), query)


@pytest.mark.parametrize("query", ["b", "name 9", "205"])
def test_that_the_search_leaves_out(query: str) -> None:
    assert not matches(row("a"), query)
