"""Dates as people type them, read leniently and never guessed. Has no Qt."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_LEAST_LETTERS = 3
"""By so many letters at least a month is known."""
_PARTS = re.compile(r"\d+|[a-z]+")
_TOGETHER = re.compile(r"\d{8}")
_CENTURIES = (1900, 2000)


class _Way(NamedTuple):
    """One way to read what was typed: which part is the day, which the month, which the year."""

    day: str
    month: str
    year: str


_YEAR = dt.timedelta(days=365)
_LONGEST_LIFE, _LONG_AGO = 115 * _YEAR, 50 * _YEAR
"""Since then people were born, and procedures done, that are written with a year of two digits."""


def birth_dates(text: str, today: dt.date) -> tuple[dt.date, ...]:
    """Every date of birth that a text can mean, as `dates_in`."""
    return dates_in(text, today - _LONGEST_LIFE, today)


def near_dates(text: str, today: dt.date) -> tuple[dt.date, ...]:
    """Every date of something that was done or is planned that a text can mean, likewise."""
    return dates_in(text, today - _LONG_AGO, today + _YEAR)


def only(dates: tuple[dt.date, ...]) -> dt.date | None:
    """The date that is meant; None where it is none, or can be several."""
    return dates[0] if len(dates) == 1 else None


def dates_in(text: str, earliest: dt.date, latest: dt.date) -> tuple[dt.date, ...]:
    """Every date that a text can mean, in order; none where it is no date.

    31.1.1970, 31 Jan 1970, Jan 31, 1970, 1970-01-31 and 31011970 are one date. 1/2/1970 is two,
    as one half of the world begins with the month; between dots the day is first everywhere.
    A year of two digits, and eight digits in a row, are of those from `earliest` to `latest`.
    """
    said = text.strip().casefold()
    if _TOGETHER.fullmatch(said):
        ways = (
            _Way(said[:2], said[2:4], said[4:]),
            _Way(said[2:4], said[:2], said[4:]),
            _Way(said[6:], said[4:6], said[:4]),
        )
        return tuple(date for date in _dates(ways) if earliest <= date <= latest)
    parts = _PARTS.findall(said)
    if len(parts) != 3:
        return ()
    first, second, third = parts
    if first.isdigit() and len(first) == 4:
        return _dates([_Way(third, second, first)])
    day_first, month_first = _Way(first, second, third), _Way(second, first, third)
    if first.isalpha() or second.isalpha():
        found = _dates([month_first if first.isalpha() else day_first])
    else:
        found = (_dates([day_first]) if "." in said else ()) or _dates([day_first, month_first])
    if len(third) == 4:
        return found
    return tuple(date for date in found if earliest <= date <= latest)


def _dates(ways: Iterable[_Way]) -> tuple[dt.date, ...]:
    """The dates that there are among these, in order, each once."""
    found = set()
    for way in ways:
        for month in _months(way.month):
            for year in _years(way.year):
                try:
                    found.add(dt.date(year, month, int(way.day)))
                except ValueError:
                    continue
    return tuple(sorted(found))


def _months(text: str) -> Iterator[int]:
    if text.isdigit():
        yield int(text)
    elif len(text) >= _LEAST_LETTERS:
        yield from (n for n, name in enumerate(_MONTHS, 1) if name.startswith(text))


def _years(text: str) -> Iterator[int]:
    if text.isdigit() and len(text) == 4:
        yield int(text)
    elif text.isdigit() and len(text) == 2:
        yield from (century + int(text) for century in _CENTURIES)
