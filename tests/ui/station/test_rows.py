"""Rows keep their place under those that are held; a search marks what it found in a name."""

from __future__ import annotations

import pytest

from monitor.ui.station.rows import fitting, keep_page, keep_place
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
    kept = keep_place(rows(before), rows(after), {selected})
    assert (keys(kept.rows), kept.news, kept.moved) == (shown, news, moved)


def test_that_rows_that_stay_say_what_is_true_now() -> None:
    fresh = (row("x"), row("a", "New weakness"), row("b"))
    kept = keep_place(rows("ab"), fresh, {"b"})
    assert kept.rows[0].reason == "New weakness"


def test_that_a_row_that_left_says_so() -> None:
    (a, _b) = keep_place(rows("ab"), rows("b"), {"b"}).rows
    assert a.gone
    assert a.reason == "No longer in this list"


def test_that_neither_the_open_row_nor_the_one_under_the_mouse_moves() -> None:
    kept = keep_place(rows("abcd"), rows("abdc"), {"a", "d"})
    assert (keys(kept.rows), kept.moved) == ("abcd", True)
    assert keys(keep_place(rows("abcd"), rows("abdc"), {"a"}).rows) == "abdc"


@pytest.mark.parametrize(
    ("after", "shown", "moved"), [("abxy", "abxy", False), ("axby", "abc", True)]
)
def test_that_of_a_long_list_nobody_is_said_to_have_left(
    after: str, shown: str, moved: bool
) -> None:
    kept = keep_page(rows("abc"), rows(after), {"b"})
    assert (keys(kept.rows), kept.moved, kept.news) == (shown, moved, 0)
    assert not any(one.gone for one in kept.rows)


@pytest.mark.parametrize(
    ("name", "words", "marked"),
    [
        ("Núñez-Ø’Hara, Ana", "nune", "Núñe"),
        ("Núñez-Ø’Hara, Ana", "hara a", "Hara|A"),
        ("Weiß, Kim", "weis", "Weiß"),
        ("Weiß, Kim", "eis", ""),
        ("Ben Ali, Ali", "ali", "Ali|Ali"),
        ("Alima, Kim", "al alim", "Alim"),
    ],
)
def test_that_the_part_of_a_name_that_a_search_found_is_marked(
    name: str, words: str, marked: str
) -> None:
    found = fitting(name, words.split())
    assert "|".join(name[first : first + length] for first, length in found) == marked
