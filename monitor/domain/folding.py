"""Names as they are compared and searched: without accents, small, one space between words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from monitor.domain.episode import Patient

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
                          "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i"})  # fmt: skip
"""Letters that have no accent to lose, and are written without it all the same."""


@lru_cache(maxsize=10_000)  # a list of many people has few names, again and again
def folded(text: str) -> str:
    """What a text is compared by: "Núñez-Ø’Hara" and "nunez o hara" are the same."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def digits(text: str) -> str:
    """The digits of a phone number, by which two ways of writing it are the same."""
    return "".join(c for c in text if c.isascii() and c.isdigit())


def folded_name(patient: Patient) -> str:
    """Family and given name, folded; what namesakes share."""
    return f"{folded(patient.family_name)}|{folded(patient.given_name)}"


MOST_WORDS, MOST_LETTERS = 20, 100
"""What is looked at of a search: somebody may paste a whole letter into its field."""


def sought(words: Sequence[str]) -> tuple[str, ...]:
    """What is searched for: folded words of at most 100 letters, each once, the first twenty."""
    parts = (part[:MOST_LETTERS] for word in words for part in folded(word).split())
    return tuple(dict.fromkeys(parts))[:MOST_WORDS]


def folded_number(number: str) -> str:
    """A clinic number as it is searched: "A-17" and "a17" are the same."""
    return folded(number).replace(" ", "")
