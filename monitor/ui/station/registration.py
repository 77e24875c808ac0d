"""What the form for a patient begins with, who is like them, and what is stored of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QLocale

from monitor.domain.episode import Episode, Patient
from monitor.domain.folding import digits, folded
from monitor.domain.protocol import SIDES, Protocol
from monitor.domain.submission import NOWHERE, Place
from monitor.services import enrolment
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Work
from monitor.ui.shared.texts import Words, word
from monitor.ui.station import wording
from monitor.ui.station.forms import (
    Alike,
    Choices,
    Draft,
    FormKind,
    FormState,
    FormTyped,
    PatientTyped,
    ProcedureTyped,
)
from monitor.ui.station.reports import answer_key, full_name
from monitor.ui.station.typed_dates import birth_dates, only

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Subject:
    """Whom a form is about. `patient` is as it was read; None for somebody new.

    The ids are those that will be used for what is new: sent twice, it is stored once.
    """

    kind: FormKind
    patient: Patient | None
    protocol_id: str
    patient_id: str
    episode_id: str


@dataclass(frozen=True)
class Begun:
    """A form that was opened, and whom it is about."""

    subject: Subject
    state: FormState


@needs("register")
def begin_new(clinic: Clinic, language: str) -> Begun:
    """A form for somebody new."""
    protocol = _protocol(clinic)
    return _begun(clinic, protocol, "register", None, language)


@needs("edit")
def begin_further(clinic: Clinic, patient_id: str, language: str) -> Begun:
    """A form for a further procedure of a patient."""
    with clinic.store.read() as work:
        patient = work.patients.get(patient_id)
    return _begun(clinic, _protocol(clinic), "further", patient, language)


@needs("register")
def begin_patient(clinic: Clinic, patient_id: str, language: str) -> Begun:
    """A form for what is known of a patient."""
    with clinic.store.read() as work:
        patient = work.patients.get(patient_id)
    return _begun(clinic, _protocol(clinic), "patient", patient, language)


@needs("look")
def patient_of(clinic: Clinic, episode_id: str) -> str:
    """Whose follow-up it is."""
    with clinic.store.read() as work:
        return work.episodes.get(episode_id).patient_id


def _protocol(clinic: Clinic) -> Protocol:
    return clinic.protocols.current(min(clinic.protocols.ids()))


def _begun(
    clinic: Clinic, protocol: Protocol, kind: FormKind, patient: Patient | None, language: str
) -> Begun:
    words = protocol.words[language]
    with clinic.store.read() as work:
        operators = work.episodes.operators()
        about = _about(work, patient, words) if patient else ""
    known = _typed(patient) if patient else None
    state = FormState(
        kind=kind,
        about=about,
        today=clinic.today(),
        typed=FormTyped(patient=known or PatientTyped()),
        known=known if kind == "patient" else None,
        born=patient.birth_date if patient else None,
        profiles=tuple((p, word(f"profile.{p}.name", words)) for p in protocol.profiles),
        sides=(
            *((side, word(f"side.{side}", words)) for side in SIDES),
            ("", translate("station", "both sides")),
        ),
        sexes=_sexes(),
        languages=tuple((code, _language_name(code)) for code in protocol.words),
        operators=operators,
        scores=tuple(_scores(protocol, words)),
        highest=max(protocol.scale_of(item).maximum for item in _scored(protocol)),
    )
    subject = Subject(
        kind,
        patient,
        protocol.id,
        patient.id if patient else str(uuid.uuid4()),
        str(uuid.uuid4()),
    )
    return Begun(subject, state)


def _about(work: Work, patient: Patient, words: Words) -> str:
    """Who it is, and what was done so far."""
    done = (done_words(episode, words) for episode in work.episodes.of_patient(patient.id))
    who = translate("station", "{name}, No. {number}")
    who = who.format(name=wording.name_of(patient), number=wording.grouped(patient.number))
    return "\n".join((who, *done))


def done_words(episode: Episode, words: Words) -> str:
    procedure = episode.procedure
    done = f"{wording.procedure_of(procedure, words)}, {wording.long_date(procedure.date)}"
    closed = translate("station", "{done}, follow-up closed").format(done=done)
    return done if episode.is_open else closed


def _typed(patient: Patient) -> PatientTyped:
    return PatientTyped(
        patient.family_name,
        patient.given_name,
        patient.number,
        wording.long_date(patient.birth_date),
        patient.sex,
        patient.phone,
        patient.language,
        patient.remark,
    )


def _sexes() -> Choices:
    return (
        ("", translate("station", "not said")),
        ("female", translate("station", "female")),
        ("male", translate("station", "male")),
        ("other", translate("station", "other")),
    )


def _language_name(code: str) -> str:
    """What a language is called here: "German" for "de"."""
    return QLocale.languageToString(QLocale(code).language())


def _scored(protocol: Protocol) -> list[str]:
    """The items with scores that stand on the chart and belong to no region."""
    return [
        name
        for name, item in protocol.items.items()
        if item.chart
        and not item.retired
        and item.per != "region"
        and protocol.scale_of(name).kind == "number"
    ]


def _scores(protocol: Protocol, words: Words) -> Iterator[tuple[str, str]]:
    for item in _scored(protocol):
        places = [Place("", side) for side in SIDES] if protocol.items[item].per else [NOWHERE]
        for place in places:
            yield answer_key(item, place), full_name(item, place, words)


def said_birth(date: dt.date, today: dt.date) -> str:
    """Such as "31 January 1970, 56 years"."""
    said = wording.long_date(date)
    if date > today:
        return translate("station", "{date}, still to come").format(date=said)
    years = wording.age_on(date, today)
    age = translate("station", "1 year") if years == 1 else translate("station", "{n} years")
    return f"{said}, {age.format(n=years)}"


def said_day(date: dt.date, today: dt.date) -> str:
    """Such as "12 March 2026, 3 days ago"."""
    days = (today - date).days
    said = {
        0: translate("station", "{date}, today"),
        1: translate("station", "{date}, yesterday"),
        -1: translate("station", "{date}, tomorrow"),
    }.get(days)
    if said is None and days > 0:
        said = translate("station", "{date}, {n} days ago")
    elif said is None:
        said = translate("station", "{date}, in {n} days")
    return said.format(date=wording.long_date(date), n=abs(days))


@needs("register")
def find_alike(
    clinic: Clinic, typed: PatientTyped, but: str, language: str
) -> tuple[Alike, ...] | None:
    """Who may be the same person; None where too little is typed to ask.

    but: the id of the patient who is edited, who is like themselves.
    """
    born = only(birth_dates(typed.birth_date, clinic.today()))
    named = bool(typed.family_name and typed.given_name)
    born_and_named = bool(born and (typed.family_name or typed.given_name))
    if not (typed.number or digits(typed.phone) or named or born_and_named):
        return None
    found = enrolment.alike(
        clinic, typed.number, typed.family_name, typed.given_name, born, typed.phone
    )
    with clinic.store.read() as work:
        told = [_alike(work, clinic, one, typed, born, language) for one in found if one.id != but]
    return tuple(sorted(told, key=lambda one: not one.same))


def _alike(
    work: Work,
    clinic: Clinic,
    one: Patient,
    typed: PatientTyped,
    born: dt.date | None,
    language: str,
) -> Alike:
    done = work.episodes.of_patient(one.id)
    facts = translate("station", "No. {number} · born {date}")
    said = ""
    if done:
        said = done_words(done[0], clinic.protocols.current(done[0].protocol_id).words[language])
    return Alike(
        patient_id=one.id,
        episode_id=done[0].id if done else "",
        number=one.number,
        name=wording.name_of(one),
        facts=facts.format(
            number=wording.grouped(one.number), date=wording.short_date(one.birth_date)
        ),
        done=said,
        why=_why_alike(one, typed, born),
        same=one.number == typed.number,
    )


def _why_alike(one: Patient, typed: PatientTyped, born: dt.date | None) -> str:
    """What somebody shares with the person in the form: "Same number, same name"."""
    shared = []
    if typed.number and one.number == typed.number:
        shared.append(translate("station", "number"))
    family = bool(typed.family_name) and folded(one.family_name) == folded(typed.family_name)
    given = bool(typed.given_name) and folded(one.given_name) == folded(typed.given_name)
    if family and given:
        shared.append(translate("station", "name"))
    elif family:
        shared.append(translate("station", "family name"))
    elif given:
        shared.append(translate("station", "given name"))
    if born is not None and one.birth_date == born:
        shared.append(translate("station", "date of birth"))
    if digits(typed.phone) and digits(one.phone) == digits(typed.phone):
        shared.append(translate("station", "phone"))
    if len(shared) < 2:
        return translate("station", "Same {what}").format(what="".join(shared))
    first = ", ".join(shared[:-1])
    return translate("station", "Same {first} and {last}").format(first=first, last=shared[-1])


def with_draft(
    state: FormState, draft: Draft | None, handed_on: ProcedureTyped | None
) -> FormState:
    """The form as it begins: as it was left, or with a procedure from another form.

    What was typed before somebody else changed the patient is not put over what they changed.
    """
    is_same = draft is not None and draft.known == state.known
    typed = draft.typed if draft is not None and is_same else state.typed
    return replace(state, typed=replace(typed, procedure=handed_on or typed.procedure))
