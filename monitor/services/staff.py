"""The staff PIN, which opens at a kiosk what is not for patients."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise, takewhile

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from monitor.services import guessing
from monitor.services.clinic import Clinic
from monitor.services.ports import Refusal, Work

PIN = "staff_pin"
"""The name under which the PIN's hash is kept, and the subject of its audit lines."""

LENGTH = 6
"""Digits that a PIN has at least."""

LOCKS = ((10, dt.timedelta(minutes=15)), (5, dt.timedelta(minutes=5)))
"""From so many wrong tries in a row on, each one locks for so long; the most first."""

FREE = min(wrong for wrong, _ in LOCKS)
"""Wrong tries in a row that make the first lock."""

_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


def set_pin(clinic: Clinic, pin: str) -> None:
    """Set the PIN of every kiosk of the clinic, in place of the one before, and unlock it.

    Refuses with Refusal("weak_pin") what is not six or more digits, and digits that follow each
    other by the same step: 000000, 123456, 654321, 024680.
    """
    if _is_weak(pin):
        raise Refusal("weak_pin")
    kept = _hasher.hash(pin)
    with clinic.store.begin() as work:
        work.secrets.set(PIN, kept)
        guessing.note(clinic, work, "pin", "", passed=True)
        work.audit.add(clinic.signed("pin_set", PIN))
        work.commit()


def _is_weak(pin: str) -> bool:
    if not (pin.isascii() and pin.isdigit() and len(pin) >= LENGTH):
        return True
    return len({(int(b) - int(a)) % 10 for a, b in pairwise(pin)}) == 1


def has_pin(clinic: Clinic) -> bool:
    """Whether a PIN was ever set."""
    with clinic.store.read() as work:
        return bool(work.secrets.get(PIN))


def enter_pin(clinic: Clinic, pin: str) -> None:
    """Let those pass who know the PIN.

    Refuses with Refusal("wrong_pin", left=…), how many more may be wrong;
    Refusal("pin_locked", until=…) after too many at whichever stations, the right PIN included,
    until a time of day at the clinic (10:41); and with Refusal("no_pin").
    """
    kept = _take_try(clinic)
    passed = _is_right(kept, pin)
    with clinic.store.begin() as work:
        if passed:
            guessing.note(clinic, work, "pin", "", passed=True)
        work.audit.add(clinic.signed("pin_accepted" if passed else "pin_refused", PIN))
        wrong = _wrong_in_a_row(clinic, work)
        until = _locked_until(clinic, wrong)
        work.commit()
    if until is not None:
        raise _locked(clinic, until)
    if not passed:
        raise Refusal("wrong_pin", left=str(FREE - len(wrong)))


def _take_try(clinic: Clinic) -> str:
    """The hash to try the PIN on; the try counts as wrong until it has proved right.

    So it has been counted for whoever pulls the plug now, or tries at several kiosks at once.
    What is entered is never kept, not even as a digest: PINs are few enough to try them all.
    """
    with clinic.store.begin() as work:
        kept = work.secrets.get(PIN)
        if not kept:
            raise Refusal("no_pin")
        until = _locked_until(clinic, _wrong_in_a_row(clinic, work))
        if until is None:
            guessing.note(clinic, work, "pin", "", passed=False)
        else:
            work.audit.add(clinic.signed("pin_refused", PIN, "locked"))
        work.commit()
    if until is not None:
        raise _locked(clinic, until)
    return kept


def _is_right(kept: str, pin: str) -> bool:
    try:
        return _hasher.verify(kept, pin)
    except VerifyMismatchError:
        return False


def _wrong_in_a_row(clinic: Clinic, work: Work) -> tuple[dt.datetime, ...]:
    """When the wrong tries since the last right one were, the newest first."""
    tries = work.attempts.since(clinic.now() - guessing.REMEMBERED, "pin")
    return tuple(t.at for t in takewhile(lambda t: not t.passed, reversed(tries)))


def _locked_until(clinic: Clinic, wrong: tuple[dt.datetime, ...]) -> dt.datetime | None:
    """The end of the lock that holds now; a clock that is set back does not shorten it."""
    for count, duration in LOCKS:
        if len(wrong) >= count:
            until = max(wrong) + duration
            return until if until > clinic.now() else None
    return None


def _locked(clinic: Clinic, until: dt.datetime) -> Refusal:
    """The end of the lock in whole minutes, the one it falls in counted."""
    end = (until + dt.timedelta(seconds=59)).astimezone(clinic.zone)
    return Refusal("pin_locked", until=f"{end:%H:%M}")
