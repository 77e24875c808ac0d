"""The staff PIN, which opens at a kiosk what is not for patients."""

from __future__ import annotations

import datetime as dt

from monitor.services import guessing, hashing
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Refusal

PIN = "staff_pin"
"""The name under which the PIN's hash is kept, and the subject of its audit lines."""

LENGTH = 6
"""Digits that a PIN has at least."""

FREE = guessing.FREE
"""Wrong tries in a row that make the first lock."""


@needs("pin")
def set_pin(clinic: Clinic, pin: str) -> None:
    """Set the PIN of every kiosk of the clinic, in place of the one before, and unlock it.

    Refuses with Refusal("weak_pin") what is not six or more digits, and digits that follow each
    other by the same step: 000000, 123456, 654321, 024680.
    """
    if hashing.is_weak_pin(pin, LENGTH):
        raise Refusal("weak_pin")
    kept = hashing.hash_of(pin)
    with clinic.store.begin() as work:
        work.secrets.set(PIN, kept)
        guessing.note(clinic, work, "pin", "", passed=True)
        work.audit.add(clinic.signed("pin_set", PIN))
        work.commit()


@needs("kiosk")
def has_pin(clinic: Clinic) -> bool:
    """Whether a PIN was ever set."""
    with clinic.store.read() as work:
        return bool(work.secrets.get(PIN))


@needs("kiosk")
def enter_pin(clinic: Clinic, pin: str) -> None:
    """Let those pass who know the PIN.

    Refuses with Refusal("wrong_pin", left=…), how many more may be wrong;
    Refusal("pin_locked", until=…) after too many at whichever stations, the right PIN included,
    until a time of day at the clinic (10:41); and with Refusal("no_pin").
    """
    kept = _take_try(clinic)
    passed = hashing.is_right(kept, pin)
    with clinic.store.begin() as work:
        if passed:
            guessing.note(clinic, work, "pin", "", passed=True)
        work.audit.add(clinic.signed("pin_accepted" if passed else "pin_refused", PIN))
        wrong = guessing.wrong_in_a_row(clinic, work, "pin")
        until = guessing.locked_until(clinic, wrong)
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
        until = guessing.locked_until(clinic, guessing.wrong_in_a_row(clinic, work, "pin"))
        if until is None:
            guessing.note(clinic, work, "pin", "", passed=False)
        else:
            work.audit.add(clinic.signed("pin_refused", PIN, "locked"))
        work.commit()
    if until is not None:
        raise _locked(clinic, until)
    return kept


def _locked(clinic: Clinic, until: dt.datetime) -> Refusal:
    """The end of the lock in whole minutes, the one it falls in counted."""
    end = (until + dt.timedelta(seconds=59)).astimezone(clinic.zone)
    return Refusal("pin_locked", until=f"{end:%H:%M}")
