"""What nurses write down about a patient: attempts to reach them, notes, what else happened."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import get_args

from monitor.domain.alert import Alert
from monitor.domain.protocol import Protocol
from monitor.services import alerts
from monitor.services.alerts import UNDO_WITHIN, clean
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import ATTEMPTS, Contact, Refusal, Result, Work

CHANGED = frozenset({"contacts"})

NOTE, ESCALATION = "note", "escalation"

HAPPENED = ("visit", "medicine", "imaging", "physiotherapy", "activity", "other")
"""What a nurse writes down that is no attempt to reach anybody."""

KINDS = (*ATTEMPTS, *HAPPENED, NOTE, ESCALATION)
"""The kinds of contact that can be written down; older ones may be read."""

RESULTS: tuple[Result, ...] = tuple(result for result in get_args(Result) if result)
"""What can come of an attempt."""

TAKEN_BACK = "taken back"
"""Why an entry is struck that its writer took back at once."""


@dataclass(frozen=True)
class Deed:
    """What is done along with a contact to the alert it is about, as that was in `version`.

    It is closed with `outcome`, or taken in hand where that is "".
    """

    version: int
    outcome: str = ""


@dataclass(frozen=True)
class Logged:
    """The contact as it is stored, and the alert that was moved with it, if one was."""

    contact: Contact
    alert: Alert | None = None
    changed: frozenset[str] = CHANGED


@dataclass(frozen=True)
class Codes:
    """What can be chosen for a patient's contact: codes of their protocol, and names.

    `recipients` are those to whom anything was escalated before, who was named last first.
    `written` are the patient's contacts that nobody has struck, the newest first.
    """

    protocol: Protocol
    phone: str
    recipients: tuple[str, ...]
    written: tuple[Contact, ...]


@needs("contact")
def codes(clinic: Clinic, episode_id: str) -> Codes:
    """What the dialog for a contact offers; refuses with Refusal("unknown_episode")."""
    with clinic.store.read() as work:
        episode = work.episodes.get(episode_id)
        phone = work.patients.get(episode.patient_id).phone
        recipients = work.contacts.recipients()
        written = standing(work.contacts.of_episode(episode_id))
    protocol = clinic.protocols.current(episode.protocol_id)
    return Codes(protocol, phone, recipients, written[::-1])


@needs("contact")
def log(clinic: Clinic, contact: Contact, deed: Deed | None = None) -> Logged:
    """Write a contact down, signed with who does it now, and do `deed` to its alert with it.

    Both are stored or neither; sending it again changes nothing. `id` "" gets one; `by` and `at`
    are set here. Refuses with
    Refusal "unknown_kind", "no_result" (an attempt), "no_attempt" (a result or a next date of
    anything else), "unknown_result", "unknown_finding", "unknown_advice", "in_future",
    "next_in_past", "no_text" (a note, an escalation), "no_recipient", "unknown_alert",
    "unknown_episode", and as `alerts.acknowledge` and `alerts.resolve` do for the deed.
    """
    with clinic.store.begin() as work:
        episode = work.episodes.get(contact.episode_id)
        told = _signed(clinic, contact)
        if _is_there(work, told):
            return Logged(told, None)
        _check(clinic, told, clinic.protocols.current(episode.protocol_id))
        moved = _move(clinic, work, told, deed)
        _add(clinic, work, told, "contact_logged", told.kind)
        work.commit()
    return Logged(told, moved, CHANGED if moved is None else CHANGED | alerts.CHANGED)


@needs("contact")
def strike(clinic: Clinic, contact_id: str, note: str) -> Logged:
    """Declare an entry wrong, with a reason; it stays readable as struck.

    Gives the entry that says so. Refuses with Refusal("no_reason"), Refusal("unknown_contact"),
    and Refusal("is_struck") where somebody has struck it, or where it strikes another itself.
    """
    if not note.strip():
        raise Refusal("no_reason")
    with clinic.store.begin() as work:
        struck = _strike(clinic, work, work.contacts.get(contact_id), note)
        work.commit()
    return Logged(struck)


@needs("contact")
def take_back(clinic: Clinic, contact_id: str, alert_version: int | None = None) -> Logged:
    """Strike one's own entry within `alerts.UNDO_WITHIN`, and undo what was done with it.

    alert_version: that of the alert after the deed, None where there was none. Refuses with
    Refusal("undo_too_late"), Refusal("not_possible") for another's entry, and as `strike` and
    `alerts.take_back` do.
    """
    with clinic.store.begin() as work:
        contact = work.contacts.get(contact_id)
        if contact.by != clinic.actor:
            raise Refusal("not_possible")
        if contact.at is None or clinic.now() - contact.at > UNDO_WITHIN:
            raise Refusal("undo_too_late")
        struck = _strike(clinic, work, contact, TAKEN_BACK)
        moved = None
        if alert_version is not None:
            step = alerts.undoing(clinic, work, contact.alert_id)
            moved = alerts.take_step(clinic, work, contact.alert_id, alert_version, step)
        work.commit()
    return Logged(struck, moved, CHANGED if moved is None else CHANGED | alerts.CHANGED)


def standing(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    """Those that nobody has struck, in the same order."""
    struck = {contact.strikes for contact in contacts if contact.strikes}
    return tuple(c for c in contacts if not c.strikes and c.id not in struck)


def _signed(clinic: Clinic, contact: Contact) -> Contact:
    return replace(
        contact,
        id=contact.id or uuid.uuid4().hex,
        text=clean(contact.text),
        to=clean(contact.to),
        by=clinic.actor,
        at=clinic.now(),
        strikes="",
    )


def _is_there(work: Work, told: Contact) -> bool:
    """Whether this was stored before, though whoever sent it was not told."""
    known = work.contacts.of_episode(told.episode_id)
    return any(replace(one, at=told.at) == told for one in known)


def _check(clinic: Clinic, contact: Contact, protocol: Protocol) -> None:
    if contact.kind not in KINDS:
        raise Refusal("unknown_kind", kind=contact.kind)
    _check_result(contact)
    _check_dates(contact, clinic.today())
    for finding in contact.findings:
        if finding not in protocol.contacts.findings:
            raise Refusal("unknown_finding", finding=finding)
    for advice in contact.advice:
        if advice not in protocol.contacts.advice:
            raise Refusal("unknown_advice", advice=advice)
    if contact.kind == ESCALATION and not contact.to:
        raise Refusal("no_recipient")
    if contact.kind in (NOTE, ESCALATION) and not contact.text:
        raise Refusal("no_text")


def _check_result(contact: Contact) -> None:
    if contact.kind not in ATTEMPTS:
        if contact.result or contact.next_on is not None:
            raise Refusal("no_attempt")
    elif not contact.result:
        raise Refusal("no_result")
    elif contact.result not in RESULTS:
        raise Refusal("unknown_result", result=contact.result)


def _check_dates(contact: Contact, today: dt.date) -> None:
    if contact.date > today:
        raise Refusal("in_future")
    if contact.next_on is not None and contact.next_on <= today:
        raise Refusal("next_in_past")


def _move(clinic: Clinic, work: Work, contact: Contact, deed: Deed | None) -> Alert | None:
    """Do what goes with a contact to its alert; the alert's note is the contact's text."""
    if contact.alert_id and work.alerts.get(contact.alert_id).episode_id != contact.episode_id:
        raise Refusal("unknown_alert", alert=contact.alert_id)
    if deed is None:
        return None
    step = (
        alerts.resolving(clinic, deed.outcome, contact.text)
        if deed.outcome
        else alerts.taking_in_hand(clinic, contact.text)
    )
    return alerts.take_step(clinic, work, contact.alert_id, deed.version, step)


def _strike(clinic: Clinic, work: Work, contact: Contact, note: str) -> Contact:
    known = work.contacts.of_episode(contact.episode_id)
    if contact.strikes or any(other.strikes == contact.id for other in known):
        raise Refusal("is_struck")
    struck = Contact(
        id=uuid.uuid4().hex,
        episode_id=contact.episode_id,
        date=contact.date,
        kind=contact.kind,
        text=clean(note),
        by=clinic.actor,
        at=clinic.now(),
        strikes=contact.id,
    )
    _add(clinic, work, struck, "contact_struck", struck.text)
    return struck


def _add(clinic: Clinic, work: Work, contact: Contact, action: str, reason: str) -> None:
    work.contacts.add(contact)
    work.audit.add(clinic.signed(action, contact.episode_id, reason))
