"""Tries at what can be guessed: kept for a day, so that no restart forgets them."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile

from monitor.services.clinic import Clinic
from monitor.services.ports import Attempt, Guessed, Work

REMEMBERED = dt.timedelta(days=1)

LOCKS = ((10, dt.timedelta(minutes=15)), (5, dt.timedelta(minutes=5)))
"""From so many wrong tries in a row on, each one locks for so long; the most first."""

FREE = min(wrong for wrong, _ in LOCKS)
"""Wrong tries in a row that make the first lock."""


def note(clinic: Clinic, work: Work, kind: Guessed, subject: str, *, passed: bool) -> None:
    """Keep a try that is made here and now; those older than a day go."""
    now = clinic.now()
    work.attempts.remove_before(now - REMEMBERED)
    work.attempts.add(Attempt(now, clinic.station, kind, subject, passed))


def wrong_in_a_row(
    clinic: Clinic, work: Work, *kinds: Guessed, subject: str = ""
) -> tuple[dt.datetime, ...]:
    """When the wrong tries of these kinds since the last right one were, the newest first."""
    tries = work.attempts.since(clinic.now() - REMEMBERED, *kinds, subject=subject)
    return tuple(t.at for t in takewhile(lambda t: not t.passed, reversed(tries)))


def locked_until(clinic: Clinic, wrong: tuple[dt.datetime, ...]) -> dt.datetime | None:
    """The end of the lock that holds now; a clock that is set back does not shorten it."""
    for count, duration in LOCKS:
        if len(wrong) >= count:
            until = max(wrong) + duration
            return until if until > clinic.now() else None
    return None
