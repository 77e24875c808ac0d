"""Passwords and PINs as they are kept, and which of them are too easily guessed."""

from __future__ import annotations

import functools
import unicodedata
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

PASSWORD_LENGTH = 12
"""Signs that a password has at least. Length guards it, not a mixture of kinds of signs."""

PASSWORD_LONGEST = 256
"""Signs that are looked at: enough for a sentence, too few to keep the machine busy with."""

COMMONEST = (
    "111111111111",
    "123123123123",
    "1234567890ab",
    "123456789012",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "abc123abc123",
    "abcdefghijkl",
    "administrator",
    "changemeplease",
    "correcthorsebatterystaple",
    "iloveyouiloveyou",
    "letmeinletmein",
    "passwordpassword",
    "password1234",
    "password12345",
    "password123456",
    "qwerty123456",
    "qwertyuiop123",
    "qwertyuiopas",
    "rootwatch1234",
    "rootwatchrootwatch",
    "welcome12345",
    "welcomewelcome",
)
"""Long ones that are tried first; the usual lists hold few of twelve signs or more."""

_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


def hash_of(secret: str) -> str:
    """What is kept in the place of a password or PIN; 50 to 100 ms of work and 64 MB.

    Never while a unit of work is open: everybody else would wait for it.
    """
    return _hasher.hash(_plain(secret))


def is_right(kept: str, secret: str) -> bool:
    """Whether a secret is the one that is kept; where nothing is kept, after the same work, no."""
    try:
        _hasher.verify(kept or _of_nobody(), _plain(secret))
    except VerifyMismatchError:
        return False
    return bool(kept)


@functools.cache
def _of_nobody() -> str:
    """What is compared with where nothing is kept, so that it takes as long."""
    return _hasher.hash("nobody")


def _plain(secret: str) -> str:
    """The same text, however a keyboard puts its letters and accents together."""
    return unicodedata.normalize("NFKC", secret)[:PASSWORD_LONGEST]


def is_weak_pin(pin: str, shortest: int, longest: int | None = None) -> bool:
    """Whether it is not as many digits as it must be, or they follow each other by one step.

    Such as 0000, 1234, 8642.
    """
    if not (pin.isascii() and pin.isdigit() and shortest <= len(pin) <= (longest or len(pin))):
        return True
    return len({(int(b) - int(a)) % 10 for a, b in pairwise(pin)}) == 1


def is_weak_password(password: str, name: str) -> bool:
    """Whether it is too short, one of the commonest, or little more than the user's name."""
    said = _plain(password).casefold()
    if len(said) < PASSWORD_LENGTH or said in COMMONEST or len(set(said)) <= 2:
        return True
    return _letters(said) == _letters(name.casefold())


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))
