"""The canary: once a day a made-up report goes the whole way, and must raise its alert.

A patient who is nobody signs in as at a kiosk, gives the answer that the protocol's `canary`
section names, must appear on the worklist, gives the other answer, and is closed again as a
nurse would. Then the books must balance: every report and every alert that ever came in is in one
state. That is counted here, once a day, because it reads the whole store.

Everything is done with the verbs that patients and nurses use, in the real store. Lists and counts
for people leave the canary out; the ledger of reports does not.
"""

from __future__ import annotations

import datetime as dt
import time
import uuid
from dataclasses import replace

from monitor.domain.alert import Alert
from monitor.domain.episode import CANARY, Episode, Patient, Procedure
from monitor.domain.protocol import Protocol
from monitor.domain.rules.monitoring import Monitoring
from monitor.domain.submission import Answer
from monitor.services import access, alerts, evaluation, health, submissions
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Canary, Unavailable

BIRTH_DATE = dt.date(1900, 1, 1)
PROCEDURE_DATE = dt.date(2000, 1, 1)
"""Of nobody; so long ago that no clock, however wrong, stands before it, and no report is due."""


class _Died(Exception):
    """The step at which the canary did not come through."""


@needs("monitor")
def run_if_due(clinic: Clinic) -> Canary | None:
    """Run the canary unless the last one came through and was today's.

    What went wrong is in the result and stored; raises Unavailable where the store does not
    answer.
    """
    with clinic.store.read() as work:
        last = work.canaries.last()
    if last and not last.fault and clinic.local_date(last.at) == clinic.today():
        return None
    started = time.monotonic()
    fault = ""
    try:
        # as a patient and as a nurse: it may do what either may
        _fly(replace(clinic, actor=CANARY, acting="operator"))
    except Unavailable:
        raise
    except _Died as died:
        fault = str(died)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the canary is for
        fault = evaluation.place_of(error)
    canary = Canary(clinic.now(), time.monotonic() - started, fault)
    with clinic.store.begin() as work:
        work.canaries.add(canary)
        work.commit()
    return canary


def _fly(clinic: Clinic) -> None:
    _hatch(clinic)
    # of a kiosk of its own: whoever guesses at this one must not look like a rule that failed
    welcome = access.identify(replace(clinic, station=CANARY), CANARY, BIRTH_DATE)
    plan, protocol = welcome.protocol.canary, welcome.protocol
    if _open(clinic):
        # the last one died half-way; what is open already would hide that nothing is raised
        _report(clinic, welcome.form_id, Answer(plan.item, plan.ends), seconds_ago=2)
        _close(clinic, protocol)
    _report(clinic, welcome.form_id, Answer(plan.item, plan.raises), seconds_ago=1)
    if not any(alert.finding.rule == plan.rule for alert in _open(clinic)):
        raise _Died("no alert on the worklist")
    _report(clinic, welcome.form_id, Answer(plan.item, plan.ends), seconds_ago=0)
    ended = [alert for alert in _open(clinic) if alert.finding.rule == plan.rule]
    if not ended or ended[0].ended_day is None:
        raise _Died("the alert did not end")
    closed = _close(clinic, protocol)
    if _open(clinic):
        raise _Died("the alert was not closed")
    if any(isinstance(protocol.find_rule(rule), Monitoring) for rule in closed):
        raise _Died("the stored alerts were not what they had to be")
    if unaccounted := health.ledger(clinic).unaccounted:
        raise _Died(f"{unaccounted} reports or alerts are not accounted for")


def _hatch(clinic: Clinic) -> None:
    """Make the canary where there is none."""
    with clinic.store.begin() as work:
        if work.patients.by_number(CANARY) is None:
            protocol = clinic.protocols.current(min(clinic.protocols.ids()))
            profile = next(iter(protocol.profiles))
            work.patients.add(Patient(CANARY, CANARY, CANARY, CANARY, BIRTH_DATE))
            procedure = Procedure(PROCEDURE_DATE, profile, (), "")
            work.episodes.add(Episode(CANARY, CANARY, procedure, protocol.id))
            work.commit()


def _report(clinic: Clinic, form: str, answer: Answer, seconds_ago: int) -> None:
    at = clinic.now() - dt.timedelta(seconds=seconds_ago)
    completed = submissions.Completed(str(uuid.uuid4()), CANARY, form, (answer,), at)
    if not submissions.record(clinic, completed).evaluated:
        raise _Died("the report was not judged")


def _open(clinic: Clinic) -> list[Alert]:
    """The canary's alerts, as the worklist reads them."""
    with clinic.store.read() as work:
        waiting = work.alerts.waiting(clinic.now(), clinic.today())
    return [one.alert for one in waiting if one.patient.is_canary]


def _close(clinic: Clinic, protocol: Protocol) -> tuple[str, ...]:
    """Close the canary's alerts as a nurse would; the rules that had raised them."""
    known = _open(clinic)
    for alert in known:
        alerts.resolve(clinic, alert.id, alert.version, protocol.outcomes[0], "canary")
    return tuple(alert.finding.rule for alert in known)
