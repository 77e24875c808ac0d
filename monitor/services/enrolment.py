"""New patients, and what is known of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from monitor.domain.episode import Episode, Patient, Sex
from monitor.domain.folding import digits
from monitor.services import episodes
from monitor.services.alerts import clean
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Conflict, Refusal, Work

LONGEST_NUMBER = 12
"""Digits of a clinic number: the kiosk has no more boxes for them."""

OLDEST = 120
"""Years: whoever would be older was born in another century than somebody typed."""

SHORTEST_PHONE = 4
"""Digits: an extension within the house."""

ACTIONS = frozenset({"patient_registered", "patient_edited"})
"""What stands in the audit trail of a change of a patient."""


@dataclass(frozen=True)
class Registered:
    """The patient and the episode as they are stored; None where there is no procedure yet.

    `evaluated` is False if the rules could not judge the episode; the sweep tries again.
    """

    patient: Patient
    episode: Episode | None = None
    evaluated: bool = True
    changed: frozenset[str] = frozenset({"patients", "episodes", "alerts"})


@dataclass(frozen=True)
class Edited:
    patient: Patient
    changed: frozenset[str] = frozenset({"patients"})


@needs("register")
def register(clinic: Clinic, patient: Patient, episode: Episode | None = None) -> Registered:
    """Add a patient, with the procedure that they are followed after, if it is known already.

    Both have ids made by the caller; sending them again changes nothing. Nobody is kept from
    registering somebody who may be there already; the audit trail says whom they look like.
    Refuses with the one of `faults_of`, or Refusal("cannot_register", faults=…) of several;
    with Conflict("number_taken") and Conflict("id_taken").
    """
    assert episode is None or episode.patient_id == patient.id, "the procedure is the patient's"
    patient = _cleaned(patient)
    with clinic.store.begin() as work:
        if episode is not None:
            episode = episodes.followed(clinic, work, episode)
        is_there = episode is None or _has_episode(work, episode)
        if not is_there or _known(work, patient.id) != patient:
            _refuse(faults_within(clinic, work, patient, episode))
            reason = _those_alike(work, patient)
            work.patients.add(patient)
            work.audit.add(clinic.signed("patient_registered", patient.id, reason))
            if episode is not None:
                work.episodes.add(episode)
                work.audit.add(clinic.signed("procedure_added", episode.id))
            work.commit()
    evaluated = episode is None or episodes.judged(clinic, patient.id)
    return Registered(patient, episode, evaluated)


@needs("register")
def edit(clinic: Clinic, seen: Patient, would_be: Patient, reason: str = "") -> Edited:
    """Put right what is known of a patient; what it was before stays in the audit trail.

    Only what was changed is looked at. Refuses as `register` does, and with
    Refusal("nothing_changed") and Conflict("patient_changed", by=…, at=…).
    """
    would_be = replace(_cleaned(would_be), id=seen.id)
    with clinic.store.begin() as work:
        stored = work.patients.get(seen.id)
        if stored != seen:
            raise episodes.conflict(clinic, work, "patient_changed", stored.id, ACTIONS)
        if would_be == stored:
            raise Refusal("nothing_changed")
        _refuse(faults_within(clinic, work, would_be, None))
        work.patients.save(would_be)
        said = episodes.difference(_told(stored), _told(would_be))
        why = f"{clean(reason)} [{said}]".lstrip()
        work.audit.add(clinic.signed("patient_edited", stored.id, why))
        work.commit()
    return Edited(would_be)


@needs("register")
def alike(
    clinic: Clinic,
    number: str,
    family_name: str,
    given_name: str,
    birth_date: dt.date | None,
    phone: str,
) -> tuple[Patient, ...]:
    """Those who may be the same person as far as has been typed; what is empty is not compared."""
    with clinic.store.read() as work:
        return work.patients.alike(
            number.strip(), clean(family_name), clean(given_name), birth_date, phone
        )


@needs("register")
def faults_of(
    clinic: Clinic, patient: Patient, episode: Episode | None = None
) -> tuple[Refusal, ...]:
    """All that is wrong with a patient, and with their first procedure, at once.

    Of one who is there already only what would be changed. The codes:

    - "no_number", "number_not_digits", "number_too_long" (digits=…), "number_taken" (a Conflict);
    - "no_family_name", "no_given_name", "unknown_sex", "unknown_language", "phone_too_short";
    - "birth_in_future", "birth_too_long_ago" (years=…), "procedure_before_birth";
    - those of `episodes.preview` for a procedure.
    """
    with clinic.store.read() as work:
        return tuple(faults_within(clinic, work, _cleaned(patient), episode))


def _cleaned(patient: Patient) -> Patient:
    texts = {name: clean(value) for name, value in vars(patient).items() if isinstance(value, str)}
    return replace(patient, **texts)  # type: ignore[arg-type]


def _known(work: Work, patient_id: str) -> Patient | None:
    try:
        return work.patients.get(patient_id)
    except Refusal:
        return None


def _has_episode(work: Work, episode: Episode) -> bool:
    return episode in work.episodes.of_patient(episode.patient_id)


def _those_alike(work: Work, patient: Patient) -> str:
    found = work.patients.alike(
        patient.number,
        patient.family_name,
        patient.given_name,
        patient.birth_date,
        patient.phone,
    )
    named = ", ".join(f"{one.number} ({one.id})" for one in found)
    return f"looks like {named}" if named else ""


def _told(patient: Patient) -> dict[str, str]:
    return {name: str(value) for name, value in vars(patient).items()}


def _refuse(faults: Iterator[Refusal]) -> None:
    found = list(faults)
    if len(found) == 1:
        raise found[0]
    if found:
        raise Refusal("cannot_register", faults="; ".join(fault.code for fault in found))


def faults_within(
    clinic: Clinic, work: Work, patient: Patient, episode: Episode | None
) -> Iterator[Refusal]:
    """As `faults_of`, of a patient as they would be stored, in a unit of work of the caller.

    What was so before is not looked at again.
    """
    known = _known(work, patient.id)
    changed = {
        name for name, value in vars(patient).items() if known is None or vars(known)[name] != value
    }
    if "number" in changed:
        yield from _faults_of_number(work, patient)
    for name in ("family_name", "given_name"):
        if name in changed and not vars(patient)[name]:
            yield Refusal(f"no_{name}")
    if "birth_date" in changed:
        yield from _faults_of_birth(clinic, work, patient)
    if "phone" in changed and patient.phone and len(digits(patient.phone)) < SHORTEST_PHONE:
        yield Refusal("phone_too_short", digits=str(SHORTEST_PHONE))
    if "sex" in changed and patient.sex not in get_args(Sex):
        yield Refusal("unknown_sex", sex=patient.sex)
    if "language" in changed and not _speaks(clinic, patient.language, episode):
        yield Refusal("unknown_language", language=patient.language)
    if episode is not None:
        protocol = clinic.protocols.current(episode.protocol_id)
        yield from episodes.procedure_faults(episode.procedure, protocol, patient, clinic.today())


def _faults_of_number(work: Work, patient: Patient) -> Iterator[Refusal]:
    holder = work.patients.by_number(patient.number)
    if not patient.number:
        yield Refusal("no_number")
    elif digits(patient.number) != patient.number:
        yield Refusal("number_not_digits")
    elif len(patient.number) > LONGEST_NUMBER:
        yield Refusal("number_too_long", digits=str(LONGEST_NUMBER))
    if holder is not None and holder.id != patient.id:
        yield Conflict("number_taken", number=patient.number)


def _faults_of_birth(clinic: Clinic, work: Work, patient: Patient) -> Iterator[Refusal]:
    today = clinic.today()
    if patient.birth_date > today:
        yield Refusal("birth_in_future")
    if patient.birth_date.year < today.year - OLDEST:
        yield Refusal("birth_too_long_ago", years=str(OLDEST))
    followed = work.episodes.of_patient(patient.id)
    if any(one.procedure.date < patient.birth_date for one in followed):
        yield Refusal("procedure_before_birth")


def _speaks(clinic: Clinic, language: str, episode: Episode | None) -> bool:
    """Whether the protocol can be asked in a language; any of them, while none is chosen."""
    ids = clinic.protocols.ids() if episode is None else (episode.protocol_id,)
    return any(language in clinic.protocols.current(one).words for one in ids)
