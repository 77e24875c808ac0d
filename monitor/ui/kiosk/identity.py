"""What has been typed on the way in: a code, or a number and a date of birth. Has no Qt."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

Field = Literal["code", "number", "day", "month", "year"]
BY_CODE: tuple[Field, ...] = ("code",)
BY_NUMBER: tuple[Field, ...] = ("number", "day", "month", "year")
BY_NUMBER_YEAR_FIRST: tuple[Field, ...] = ("number", "year", "month", "day")
LONGEST: dict[Field, int] = {"code": 6, "number": 12, "day": 2, "year": 4}

MASKED: frozenset[Field] = frozenset({"day", "year"})
"""What is hidden from whoever looks over a shoulder. Not the number, which proves nothing by
itself, nor the code, which is for today and used up as it signs in: both have so many digits that
a patient has to be able to check them."""

CARD = re.compile(r"RWC(?P<code>[0-9]{6})|(?:RWN)?(?P<number>[0-9]{1,12})")
"""What a card says to the reader: a code from the desk, or a clinic number."""


@dataclass(frozen=True)
class Entry:
    """What was typed so far, one `field` to a page, in the order of `steps`.

    `month` is 1 to 12, 0 for none. `anew`: the next digit replaces the number, which matched
    nobody.
    """

    steps: tuple[Field, ...]
    field: Field
    code: str = ""
    number: str = ""
    day: str = ""
    month: int = 0
    year: str = ""
    anew: bool = False

    @property
    def birth_date(self) -> dt.date | None:
        """The date, or None while it is not whole or is no date at all."""
        if not (self.day and self.month and self.year):
            return None
        try:
            return dt.date(int(self.year), self.month, int(self.day))
        except ValueError:
            return None

    @property
    def can_go_on(self) -> bool:
        """Whether the field in hand is filled; it need not be a date."""
        if self.field == "month":
            return bool(self.month)
        if self.field in ("code", "year"):
            return len(self.typed) == LONGEST[self.field]
        return bool(self.typed)

    @property
    def typed(self) -> str:
        """The digits in the field in hand; none where it is the month, which is picked."""
        return "" if self.field == "month" else str(getattr(self, self.field))


def start(steps: tuple[Field, ...]) -> Entry:
    """Nothing typed, the first field in hand."""
    return Entry(steps, steps[0])


def type_digit(entry: Entry, digit: str) -> Entry:
    """Add a digit to the field in hand, if it has room."""
    text = digit if entry.anew else entry.typed + digit
    if entry.field == "month" or len(text) > LONGEST[entry.field]:
        return entry
    return _typed(entry, text)


def pick_month(entry: Entry, month: int) -> Entry:
    """Choose the month, 1 to 12."""
    return replace(entry, month=month)


def erase(entry: Entry) -> Entry:
    """Take the last digit of the field in hand back."""
    return _typed(entry, entry.typed[:-1])


def clear(entry: Entry) -> Entry:
    """Empty the field in hand."""
    return _typed(entry, "")


def next_step(entry: Entry) -> Entry | None:
    """With the next field in hand; None where this was the last."""
    return _step(entry, 1)


def step_back(entry: Entry) -> Entry | None:
    """With the field before in hand; None where this is the first."""
    return _step(entry, -1)


def try_anew(entry: Entry) -> Entry:
    """Begin again after no match: what could be read may be checked, what was hidden is empty."""
    return replace(start(entry.steps), number=entry.number, anew=True)


def read_card(text: str, steps: tuple[Field, ...]) -> Entry | None:
    """What a card says, with what is still to be asked; None for a card of something else.

    steps: those after which a number is asked for its date of birth.
    """
    found = CARD.fullmatch(text)
    if found is None:
        return None
    if found["code"]:
        return replace(start(BY_CODE), code=found["code"])
    return replace(start(steps), number=found["number"], field=steps[1])


def _step(entry: Entry, by: int) -> Entry | None:
    place = entry.steps.index(entry.field) + by
    if not 0 <= place < len(entry.steps):
        return None
    return replace(entry, field=entry.steps[place], anew=False)


def _typed(entry: Entry, text: str) -> Entry:
    match entry.field:
        case "code":
            return replace(entry, code=text)
        case "number":
            return replace(entry, number=text, anew=False)
        case "day":
            return replace(entry, day=text)
        case "year":
            return replace(entry, year=text)
    return entry
