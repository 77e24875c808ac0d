"""Stores what a form for a patient says, or says all that is wrong with it, field by field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from monitor.domain.episode import Episode, OwnBaseline, Patient, Procedure, Sex
from monitor.domain.protocol import SIDES, Protocol
from monitor.domain.submission import Place
from monitor.services import enrolment, episodes
from monitor.services.clinic import Clinic
from monitor.services.ports import Conflict, Refusal
from monitor.ui.station import wording
from monitor.ui.station.forms import (
    REASON,
    SCORE,
    UNSAID,
    FormKind,
    FormTyped,
    PatientTyped,
    ProcedureTyped,
    Registered,
)
from monitor.ui.station.registration import Subject, done_words
from monitor.ui.station.typed_dates import birth_dates, near_dates, only

translate = QCoreApplication.translate

_UNREAD = dt.date(1900, 1, 1)
"""Stands for a date of birth that cannot be read, so that all else is looked at beside it."""
_SEXES: tuple[Sex, ...] = ("", "female", "male", "other")
_APART = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Checked:
    """What came of a form: stored, or not, because of `faults`."""

    faults: dict[str, str]
    done: Registered | None = None
    evaluated: bool = True
    changed: frozenset[str] = frozenset()


def store(clinic: Clinic, subject: Subject, typed: FormTyped, language: str) -> Checked:
    """Store what a form says, or say all that is wrong with it; then nothing is stored.

    Refuses as the services do, but for what stands beside a field.
    """
    known = subject.patient if subject.kind == "further" else None
    patient = known or _patient(subject, typed.patient, clinic.today())
    episode = None if subject.kind == "patient" else _episode(clinic, subject, typed.procedure)
    faults = dict(_unread(clinic, subject, typed))
    for fault in enrolment.faults_of(clinic, patient, episode):
        name, said = _beside(fault, subject.kind)
        faults.setdefault(name, said)
    if faults:
        return Checked(faults)
    try:
        return _stored(clinic, subject, patient, episode, typed.reason, language)
    except Conflict as error:
        if error.code != "number_taken":
            raise
        return Checked(dict((_beside(error, subject.kind),)))


def _stored(
    clinic: Clinic,
    subject: Subject,
    patient: Patient,
    episode: Episode | None,
    reason: str,
    language: str,
) -> Checked:
    if episode is None:
        assert subject.patient is not None, "without a procedure a patient is edited"
        edited = enrolment.edit(clinic, subject.patient, patient, reason)
        return Checked({}, changed=edited.changed)
    if subject.kind == "further":
        added = episodes.add_procedure(clinic, episode)
        evaluated, changed = added.evaluated, added.changed
    else:
        made = enrolment.register(clinic, patient, episode)
        evaluated, changed = made.evaluated, made.changed
    return Checked({}, _told(clinic, patient, episode, language), evaluated, changed)


def _beside(fault: Refusal, kind: FormKind) -> tuple[str, str]:
    """The field that a fault is about, and what is said beside it."""
    if kind == "patient" and fault.code == "procedure_before_birth":
        return "birth_date", translate("station", "That is after a procedure of the patient.")
    said = {
        "no_number": ("number", translate("station", "Type the clinic number.")),
        "number_not_digits": (
            "number", translate("station", "Digits only: the kiosk has no letters.")
        ),
        "number_too_long": ("number", translate("station", "At most {digits} digits.")),
        "number_taken": ("number", translate("station", "Another patient has this number.")),
        "no_family_name": ("family_name", translate("station", "Type the family name.")),
        "no_given_name": ("given_name", translate("station", "Type the given name.")),
        "phone_too_short": ("phone", translate("station", "At least {digits} digits.")),
        "unknown_sex": ("sex", translate("station", "Choose one of these.")),
        "unknown_language": ("language", translate("station", "Choose one of these.")),
        "birth_in_future": ("birth_date", translate("station", "That is still to come.")),
        "birth_too_long_ago": (
            "birth_date", translate("station", "That is more than {years} years ago.")
        ),
        "procedure_before_birth": (
            "date", translate("station", "That is before the patient was born.")
        ),
        "procedure_too_far_ahead": (
            "date", translate("station", "The procedure may be at most {days} days ahead.")
        ),
        "unknown_profile": ("profile", translate("station", "Choose what was done.")),
        "unknown_level": (
            "levels", translate("station", "“{level}” is no level that the protocol knows.")
        ),
        "unknown_side": ("side", translate("station", "Choose the side.")),
    }  # fmt: skip
    name, sentence = said[fault.code]
    return name, sentence.format_map(fault.details)


def _told(clinic: Clinic, patient: Patient, episode: Episode, language: str) -> Registered:
    """What follows from it: what was done, and when the first report is due."""
    protocol = clinic.protocols.current(episode.protocol_id)
    lines = [done_words(episode, protocol.words[language])]
    today, zero = clinic.today(), episode.procedure.date
    slots = protocol.slots_for(episode.procedure.profile)
    days = [(slot, zero + dt.timedelta(days=slot.due_day)) for slot in slots]
    for slot, due in days:
        if zero + dt.timedelta(days=slot.closes_day) >= today:
            said = translate("station", "The first report is due on {date}.")
            lines.append(said.format(date=wording.long_date(max(due, today))))
            break
    return Registered(episode.id, wording.name_of(patient), tuple(lines))


def _patient(subject: Subject, typed: PatientTyped, today: dt.date) -> Patient:
    """The patient as they would be; a stand-in for a date of birth that cannot be read."""
    return Patient(
        id=subject.patient_id,
        number=typed.number,
        family_name=typed.family_name,
        given_name=typed.given_name,
        birth_date=only(birth_dates(typed.birth_date, today)) or _UNREAD,
        phone=typed.phone,
        language=typed.language,
        sex=next(one for one in _SEXES if one == typed.sex),
        remark=typed.remark,
    )


def _episode(clinic: Clinic, subject: Subject, typed: ProcedureTyped) -> Episode:
    """The episode as it would be; what cannot be read is left out, or has a stand-in."""
    today = clinic.today()
    scores = ((key, _score(text)) for key, text in typed.scores.items())
    return Episode(
        id=subject.episode_id,
        patient_id=subject.patient_id,
        procedure=Procedure(
            date=only(near_dates(typed.date, today)) or today,
            profile=typed.profile,
            levels=tuple(part.upper() for part in _APART.split(typed.levels) if part),
            side=next((side for side in SIDES if side == typed.side), ""),
            operator=typed.operator,
            implant=typed.implant,
        ),
        protocol_id=subject.protocol_id,
        own_baselines=tuple(
            _baseline(clinic, key, score) for key, score in scores if score is not None
        ),
    )


def _baseline(clinic: Clinic, key: str, score: int) -> OwnBaseline:
    item, _site, side = key.split("/")
    place = Place("", next((one for one in SIDES if one == side), ""))
    why = translate("station", "Told when the procedure was recorded")
    return OwnBaseline(item, score, place, why, clinic.actor, clinic.today())


def _score(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _unread(clinic: Clinic, subject: Subject, typed: FormTyped) -> Iterator[tuple[str, str]]:
    """What is wrong with how something is written: name of the field, sentence."""
    today = clinic.today()
    if subject.kind != "further":
        born = birth_dates(typed.patient.birth_date, today)
        yield from unread_date("birth_date", born)
    if subject.kind == "patient":
        now = _patient(subject, typed.patient, today)
        if _identity(now) != _identity(subject.patient) and not typed.reason.strip():
            yield REASON, translate("station", "Say why: it stands in the record.")
        return
    yield from unread_date("date", near_dates(typed.procedure.date, today))
    if not typed.procedure.profile:
        yield "profile", translate("station", "Choose what was done.")
    if typed.procedure.side == UNSAID:
        yield "side", translate("station", "Choose the side.")
    yield from _unread_scores(typed.procedure, clinic.protocols.current(subject.protocol_id))


def _identity(patient: Patient | None) -> tuple[object, ...] | None:
    """What tells people apart."""
    if patient is None:
        return None
    return patient.number, patient.family_name, patient.given_name, patient.birth_date


def _unread_scores(typed: ProcedureTyped, protocol: Protocol) -> Iterator[tuple[str, str]]:
    said = translate("station", "A score is a whole number from {minimum} to {maximum}.")
    for key, text in typed.scores.items():
        scale = protocol.scale_of(key.partition("/")[0])
        score = _score(text)
        if text and (score is None or not scale.accepts(score)):
            yield SCORE + key, said.format(minimum=scale.minimum, maximum=scale.maximum)


def unread_date(name: str, dates: tuple[dt.date, ...]) -> Iterator[tuple[str, str]]:
    """What is wrong with a date by what it can mean: name of the field, sentence."""
    if not dates:
        yield name, translate("station", "Type a date, such as 31.1.1970 or 31 Jan 1970.")
    elif len(dates) > 1:
        yield name, translate("station", "Choose which of these days it is.")
