"""The one strict reading of numbers in files: ASCII digits, and nothing that looks like them."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

_NUMBER = re.compile(r"([+-]?[0-9]{1,9})(?:\.([0-9]{1,25}))?")


@lru_cache(maxsize=4096)
def parse_number(text: str, decimal: str = ".") -> Fraction | None:
    """Read a number exactly; None if the text is anything else.

    Refused are all that `float` or `int` would let through: nan, inf, 1e9, 1_0, digits of
    other scripts, superscripts, a bare point, signs other than + and -, and more than nine
    digits before the decimal sign. `decimal` is "." or ",".
    """
    if decimal != ".":
        if "." in text:
            return None
        text = text.replace(decimal, ".")
    found = _NUMBER.fullmatch(text)
    return Fraction(text) if found else None


@lru_cache(maxsize=4096)
def parse_whole(text: str) -> int | None:
    """Read a whole number, like `parse_number`; None if the text is anything else."""
    number = parse_number(text)
    return number.numerator if number is not None and "." not in text else None


def round_half_up(number: Fraction) -> int:
    """Round to the nearest whole number; a half goes up, towards the worse score."""
    return (number + Fraction(1, 2)).__floor__()
