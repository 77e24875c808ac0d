"""What has been typed on the way in: a clinic number and a date of birth. Has no Qt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

Field = Literal["number", "day", "month", "year"]
FIELDS: tuple[Field, ...] = ("number", "day", "month", "year")
LONGEST: dict[Field, int] = {"number": 12, "day": 2, "year": 4}


@dataclass(frozen=True)
class Entry:
    """The digits typed so far and where the next one goes.

    `month` is 1 to 12, 0 for none. `anew`: the next digit replaces the number, which matched
    nobody.
    """

    number: str = ""
    day: str = ""
    month: int = 0
    year: str = ""
    field: Field = "number"
    anew: bool = False

    @property
    def birth_date(self) -> dt.date | None:
        """The date, or None while it is not whole or is no date at all."""
        if not (self.day and self.month and len(self.year) == LONGEST["year"]):
            return None
        try:
            return dt.date(int(self.year), self.month, int(self.day))
        except ValueError:
            return None

    @property
    def is_whole(self) -> bool:
        """Whether there is something in every field; it need not be a date."""
        return bool(self.number and self.day and self.month and len(self.year) == LONGEST["year"])

    @property
    def can_go_on(self) -> bool:
        """Whether the field in hand is filled, so that the next one can be asked."""
        return self.is_whole or _filled(self, self.field)


def type_digit(entry: Entry, digit: str) -> Entry:
    """Add a digit to the field in hand; a full day of the month moves on to the month."""
    if entry.field == "month":
        return entry
    text = digit if entry.anew else getattr(entry, entry.field) + digit
    if len(text) > LONGEST[entry.field]:
        return entry
    entry = _typed(entry, text)
    if entry.field == "day" and (len(text) == LONGEST["day"] or int(text) > 3):
        return next_field(entry)
    return entry


def pick_month(entry: Entry, month: int) -> Entry:
    """Choose the month and go on with the year."""
    return replace(entry, month=month, field="year")


def erase(entry: Entry) -> Entry:
    """Take the last digit back; from an empty field go back to the one before."""
    if entry.field == "month" and entry.month:
        return replace(entry, month=0)
    if entry.field != "month" and getattr(entry, entry.field):
        return _typed(entry, getattr(entry, entry.field)[:-1])
    before = FIELDS[max(FIELDS.index(entry.field) - 1, 0)]
    return entry if before == entry.field else erase(replace(entry, field=before))


def clear(entry: Entry) -> Entry:
    """Empty the field in hand."""
    if entry.field == "month":
        return replace(entry, month=0)
    return _typed(entry, "")


def choose_field(entry: Entry, field: Field) -> Entry:
    """Go on typing in another field."""
    return replace(entry, field=field, anew=False)


def try_anew(entry: Entry) -> Entry:
    """Go back to a number that matched nobody: the first digit typed replaces it."""
    return replace(entry, field="number", anew=True)


def next_field(entry: Entry) -> Entry:
    """Go to the first field after this one that is not filled, if there is one."""
    start = FIELDS.index(entry.field)
    order = (*FIELDS[start + 1 :], *FIELDS[:start])
    empty = next((field for field in order if not _filled(entry, field)), entry.field)
    return replace(entry, field=empty, anew=False)


def _typed(entry: Entry, text: str) -> Entry:
    if entry.field == "number":
        return replace(entry, number=text, anew=False)
    return replace(entry, day=text) if entry.field == "day" else replace(entry, year=text)


def _filled(entry: Entry, field: Field) -> bool:
    if field == "month":
        return bool(entry.month)
    if field == "year":
        return len(entry.year) == LONGEST["year"]
    return bool(getattr(entry, field))
