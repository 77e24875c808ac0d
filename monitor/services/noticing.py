"""What a station must make a sound for, and the daily proof that somebody hears it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.domain.protocol import Priority
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Work

HEARD, NOT_HEARD = "test_alarm_heard", "test_alarm_not_heard"
"""What stands in the audit trail of a station's test alarm."""


@dataclass(frozen=True)
class TestAlarm:
    """What somebody said about the test alarm of this station, `by` name."""

    __test__ = False  # no test of pytest's

    at: dt.datetime
    by: str
    heard: bool


@dataclass(frozen=True)
class Notice:
    """`red` are the ids of the red alerts that nobody has seen; it names no patient.

    `test` is the last test alarm of this station, `test_is_due`: nobody has heard one today.
    """

    red: frozenset[str]
    test: TestAlarm | None
    test_is_due: bool


@needs("monitor")
def notice(clinic: Clinic) -> Notice:
    """What there is to notice now."""
    with clinic.store.read() as work:
        red = work.alerts.unseen(Priority.RED)
        test = _last_test(work, clinic.station)
    is_due = test is None or not test.heard or clinic.local_date(test.at) < clinic.today()
    return Notice(red, test, is_due)


@needs("alarm")
def confirm_test(clinic: Clinic, heard: bool) -> Notice:
    """Write down whether whoever acts here heard the test alarm of this station."""
    with clinic.store.begin() as work:
        work.audit.add(clinic.signed(HEARD if heard else NOT_HEARD, clinic.station))
        work.commit()
    return notice(clinic)


def _last_test(work: Work, station: str) -> TestAlarm | None:
    tests = [line for line in work.audit.of_subject(station) if line.action in (HEARD, NOT_HEARD)]
    if not tests:
        return None
    last = tests[-1]
    return TestAlarm(last.at, last.actor, last.action == HEARD)
