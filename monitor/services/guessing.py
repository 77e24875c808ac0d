"""Tries at what can be guessed at a kiosk: kept for a day, so that no restart forgets them."""

from __future__ import annotations

import datetime as dt

from monitor.services.clinic import Clinic
from monitor.services.ports import Attempt, Guessed, Work

REMEMBERED = dt.timedelta(days=1)


def note(clinic: Clinic, work: Work, kind: Guessed, subject: str, *, passed: bool) -> None:
    """Keep a try that is made here and now; those older than a day go."""
    now = clinic.now()
    work.attempts.remove_before(now - REMEMBERED)
    work.attempts.add(Attempt(now, clinic.station, kind, subject, passed))
