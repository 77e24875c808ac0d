"""A clinic's own list of patients and procedures: what reading it in would do, and doing it."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from monitor.domain.episode import Episode, Patient, Procedure, Sex
from monitor.domain.folding import folded_name
from monitor.domain.protocol import SIDES, Protocol
from monitor.services import enrolment, episodes
from monitor.services.alerts import clean
from monitor.services.clinic import Clinic
from monitor.services.people_list import (
    CODED,
    DATES,
    IMPLANTED,
    NEEDED_TO_FOLLOW,
    OF_PROCEDURE,
    Field,
    FileRow,
    PeopleFile,
    Plan,
)
from monitor.services.people_words import choices_of, date_in, folded_value
from monitor.services.permissions import needs
from monitor.services.ports import Batch, Refusal, Work

Progress = Callable[[int, int], None]
"""Called with how many rows are done and how many there are."""

NAMESPACE = uuid.UUID("0f5f0d5e-9a0b-5c63-8d59-2f2a6f4f7a11")
"""Never changes: with it the same row has the same ids, whenever it is read in."""

PREVIEWED = 20
"""So many rows are shown as they would be stored."""

_APART = re.compile(r"[\s,;/+&|]+")
_UNREAD = dt.date(1900, 1, 1)
"""Stands for a date that cannot be read, so that all else of its row is looked at."""

_FIELD_OF: dict[str, Field] = {
    "no_number": "number",
    "number_not_digits": "number",
    "number_too_long": "number",
    "number_taken": "number",
    "no_family_name": "family_name",
    "no_given_name": "given_name",
    "unknown_language": "language",
    "unknown_sex": "sex",
    "phone_too_short": "phone",
    "birth_in_future": "birth_date",
    "birth_too_long_ago": "birth_date",
    "procedure_before_birth": "date",
    "procedure_too_far_ahead": "date",
    "unknown_profile": "profile",
    "unknown_level": "levels",
    "unknown_side": "side",
}
"""The field that a refusal of `enrolment.faults_of` is about."""


@dataclass(frozen=True)
class Fault:
    """What keeps a row out. `field` "" is the whole row.

    Beside those of `enrolment.faults_of` the codes are:

    - "row_unreadable" (why=…); "no_date", "date_unread" (text=…); "word_unknown" (text=…);
    - "procedure_incomplete": of a procedure some is said and this field is not;
    - "number_shared" (lines=…): the list gives one number to several people;
    - "rows_differ" (line=…): an earlier row says something else of the same patient;
    - "day_taken": the patient has another procedure on that day.
    """

    line: int
    field: Field | Literal[""]
    refusal: Refusal


@dataclass(frozen=True)
class Entry:
    """One row as it would be stored."""

    line: int
    patient: Patient
    episode: Episode | None


@dataclass(frozen=True)
class Lookalike:
    """Somebody new who may be here already: `others`, or twice in the list: `lines`.

    `line` is the first of theirs; `is_left_out` if the plan says so.
    """

    line: int
    patient: Patient
    others: tuple[Patient, ...]
    lines: tuple[int, ...]
    is_left_out: bool


@dataclass(frozen=True)
class DryRun:
    """What reading a list in would do; nothing of it is stored.

    Every row is in one of four places: `entries` (something of it is new), `unchanged`, `left_out`
    and those with `faults`. `known` counts the patients of the list who are here already.
    """

    entries: tuple[Entry, ...]
    new_patients: int
    new_episodes: int
    known: int
    unchanged: int
    left_out: int
    lookalikes: tuple[Lookalike, ...]
    faults: tuple[Fault, ...]

    @property
    def faulty_lines(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(fault.line for fault in self.faults))


@dataclass(frozen=True)
class TakenIn:
    """What was stored: `batch` is None where nothing was new.

    `to_judge` are the patients whose follow-ups are to be judged now (`judge`).
    """

    dry_run: DryRun
    batch: Batch | None = None
    to_judge: tuple[str, ...] = ()
    changed: frozenset[str] = frozenset()


@needs("import")
def check(
    clinic: Clinic,
    protocol_id: str,
    people: PeopleFile,
    plan: Plan,
    progress: Progress | None = None,
) -> DryRun:
    """What reading a list in would do. Nothing is stored."""
    with clinic.store.read() as work:
        return _Reading(clinic, work, protocol_id, people, plan).run(progress)


@needs("import")
def take_in(
    clinic: Clinic,
    protocol_id: str,
    people: PeopleFile,
    plan: Plan,
    progress: Progress | None = None,
) -> TakenIn:
    """Store the rows without a fault in one unit of work: all of them or none.

    The same list again changes nothing: ids are made from what a row says. What was added is kept
    as a `Batch`, so that it can be taken back. Who is stored is still to be judged (`judge`).
    """
    with clinic.store.begin() as work:
        dry_run = _Reading(clinic, work, protocol_id, people, plan).run(progress)
        if not dry_run.entries:
            return TakenIn(dry_run)
        patients, added = _add(clinic, work, people.name, dry_run.entries)
        batch = Batch(
            id=str(uuid.uuid4()),
            at=clinic.now(),
            by=clinic.actor,
            file=people.name,
            patient_ids=patients,
            episode_ids=tuple(episode.id for episode in added),
        )
        work.batches.add(batch)
        why = (
            f"{people.name}: {len(patients)} patients, {len(added)} procedures, "
            f"{len(dry_run.faulty_lines)} rows with faults"
        )
        work.audit.add(clinic.signed("patients_imported", batch.id, why))
        work.commit()
    to_judge = tuple(dict.fromkeys(episode.patient_id for episode in added))
    return TakenIn(dry_run, batch, to_judge, frozenset({"patients", "episodes"}))


def _add(
    clinic: Clinic, work: Work, name: str, entries: Iterable[Entry]
) -> tuple[tuple[str, ...], tuple[Episode, ...]]:
    """Write what is new of some rows; the ids of the new patients and the new episodes."""
    patients: dict[str, None] = {}
    added: list[Episode] = []
    known = _ids_of_known(work, entries)
    for entry in entries:
        patient, episode = entry.patient, entry.episode
        if patient.id not in known and patient.id not in patients:
            work.patients.add(patient)
            work.audit.add(clinic.signed("patient_imported", patient.id, f"{name}: {entry.line}"))
            patients[patient.id] = None
        if episode is not None:
            work.episodes.add(episode)
            work.audit.add(clinic.signed("procedure_imported", episode.id, f"{name}: {entry.line}"))
            added.append(episode)
    return tuple(patients), tuple(added)


def _ids_of_known(work: Work, entries: Iterable[Entry]) -> frozenset[str]:
    """Of the patients in some rows those who are here."""
    ids = {entry.patient.id for entry in entries}
    return frozenset(one for one in ids if _patient_of(work, one) is not None)


@needs("import")
def judge(clinic: Clinic, patient_ids: tuple[str, ...]) -> int:
    """Judge the open follow-ups of some patients; how many of them the rules could not judge.

    Those wait for the sweep.
    """
    return sum(not episodes.judged(clinic, patient_id) for patient_id in patient_ids)


def _patient_of(work: Work, patient_id: str) -> Patient | None:
    try:
        return work.patients.get(patient_id)
    except Refusal:
        return None


@dataclass(frozen=True)
class _Said:
    """What one row says, and what is wrong with how it says it."""

    line: int
    patient: Patient
    procedure: Procedure | None
    faults: tuple[Fault, ...]

    @property
    def identity(self) -> tuple[str, dt.date]:
        return folded_name(self.patient), self.patient.birth_date


@dataclass
class _Person:
    """A patient as far as the rows have told: here already, or to be added.

    `taken` are the procedures that are here, and those of earlier rows, as `_done` tells them.
    """

    patient: Patient
    is_here: bool
    line: int
    taken: set[tuple[object, ...]] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)


@dataclass
class _Reading:
    """Goes through a list once, row by row, and says what is to be stored of it."""

    clinic: Clinic
    work: Work
    protocol_id: str
    people: PeopleFile
    plan: Plan
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    persons: dict[str, _Person] = field(default_factory=dict)
    new_patients: int = 0
    new_episodes: int = 0
    unchanged: int = 0
    left_out: int = 0

    def __post_init__(self) -> None:
        self.protocol: Protocol = self.clinic.protocols.current(self.protocol_id)
        self.lookalikes: list[Lookalike] = []
        self.choices = {one: frozenset(choices_of(one, self.protocol)) for one in CODED}

    def run(self, progress: Progress | None) -> DryRun:
        said = [self._read(row) for row in self.people.rows if not row.problem]
        self._refuse_unreadable()
        shared = _shared_numbers(said)
        twins = _twins(said)
        for done, one in enumerate(said, start=1):
            lines = shared.get(one.patient.number)
            if one.patient.number in self.plan.left_out:
                self._look(one, twins)
                self.left_out += 1
            elif lines:
                told = ", ".join(map(str, lines))
                self._refuse(one.line, "number", Refusal("number_shared", lines=told))
            else:
                self._take(one, twins)
            if progress is not None:
                progress(done, len(said))
        return DryRun(
            entries=tuple(self.entries),
            new_patients=self.new_patients,
            new_episodes=self.new_episodes,
            known=sum(person.is_here for person in self.persons.values()),
            unchanged=self.unchanged,
            left_out=self.left_out,
            lookalikes=tuple(self.lookalikes),
            faults=tuple(sorted(self.faults, key=lambda fault: fault.line)),
        )

    def _refuse(self, line: int, about: Field | Literal[""], refusal: Refusal) -> None:
        self.faults.append(Fault(line, about, refusal))

    def _refuse_unreadable(self) -> None:
        for row in self.people.rows:
            if row.problem:
                self._refuse(row.line, "", Refusal("row_unreadable", why=row.problem))

    def _take(self, said: _Said, twins: dict[tuple[str, dt.date], tuple[int, ...]]) -> None:
        """Take one row, or say what is wrong with it."""
        faults = list(said.faults)
        person = self.persons.get(said.patient.number) or self._person(said)
        if person is None:
            faults.append(Fault(said.line, "number", Refusal("number_taken")))
            self.faults += faults
            return
        patient, is_first = person.patient, said.patient.number not in self.persons
        if not is_first and not person.is_here:
            faults += self._differences(said, person)
        episode = self._episode(said, patient)
        faults += self._faults_within(said, person, episode)
        if episode is not None and self._is_day_taken(person, episode):
            faults.append(Fault(said.line, "date", Refusal("day_taken")))
        if faults:
            self.faults += faults
            return
        self.persons[said.patient.number] = person
        if is_first and not person.is_here:
            self._look(said, twins)
        self._keep(said.line, person, episode, is_new=is_first and not person.is_here)

    def _keep(self, line: int, person: _Person, episode: Episode | None, *, is_new: bool) -> None:
        is_known = episode is None or self._is_same(person, episode)
        self.new_patients += is_new
        if is_known and not is_new:
            self.unchanged += 1
            return
        if episode is not None and not is_known:
            self.new_episodes += 1
            person.taken.add(_done(episode.procedure))
            person.ids.add(episode.id)
        self.entries.append(Entry(line, person.patient, None if is_known else episode))

    def _person(self, said: _Said) -> _Person | None:
        """Whom a row is about; None where its number is somebody else's."""
        known = _patient_of(self.work, said.patient.id)
        if known is None:
            known = self.work.patients.by_number(said.patient.number)
            if known is None:
                return _Person(said.patient, False, said.line)
            is_same = (folded_name(known), known.birth_date) == said.identity
            if not is_same or known.is_canary:
                return None
        followed = self.work.episodes.of_patient(known.id)
        taken = {_done(episode.procedure) for episode in followed}
        return _Person(known, True, said.line, taken, {episode.id for episode in followed})

    def _is_same(self, person: _Person, episode: Episode) -> bool:
        """Whether a procedure is there; who did it and with what may have been put right since."""
        return episode.id in person.ids or _done(episode.procedure) in person.taken

    def _is_day_taken(self, person: _Person, episode: Episode) -> bool:
        days = {day for day, *_ in person.taken}
        return episode.procedure.date in days and not self._is_same(person, episode)

    def _episode(self, said: _Said, patient: Patient) -> Episode | None:
        if said.procedure is None:
            return None
        return Episode(
            id=_id("episode", patient.id, *map(str, _done(said.procedure))),
            patient_id=patient.id,
            procedure=said.procedure,
            protocol_id=self.protocol_id,
            followed_from=episodes.followed_from(self.clinic, said.procedure),
        )

    def _faults_within(
        self, said: _Said, person: _Person, episode: Episode | None
    ) -> Iterator[Fault]:
        """What the services would refuse, but for what the row's own faults tell of already."""
        told = {fault.field for fault in said.faults}
        patient = person.patient if person.is_here else said.patient
        if person.is_here or said.patient.number in self.persons:
            found: Iterable[Refusal] = ()
            if episode is not None:
                found = episodes.procedure_faults(
                    episode.procedure, self.protocol, patient, self.clinic.today()
                )
        else:
            found = enrolment.faults_within(self.clinic, self.work, patient, episode)
        for refusal in found:
            about = _FIELD_OF[refusal.code]
            depends = {about, *(DATES if about in DATES else ())}
            if not depends & told:
                yield Fault(said.line, about, refusal)
            if about in DATES:
                told.add(about)

    def _differences(self, said: _Said, person: _Person) -> Iterator[Fault]:
        """What a further row of somebody new says otherwise than their first; empty is no word."""
        for name in ("sex", "phone", "language", "remark"):
            value = vars(said.patient)[name]
            if value and value != vars(person.patient)[name] and name in self.plan.columns:
                refusal = Refusal("rows_differ", line=str(person.line))
                yield Fault(said.line, name, refusal)

    def _look(self, said: _Said, twins: dict[tuple[str, dt.date], tuple[int, ...]]) -> None:
        """Say who is like somebody new: advice, nobody is kept out by it."""
        one = said.patient
        is_left_out = one.number in self.plan.left_out
        if any(known.patient.number == one.number for known in self.lookalikes):
            return
        found = self.work.patients.alike(
            one.number, one.family_name, one.given_name, one.birth_date, one.phone
        )
        others = tuple(other for other in found if other.number != one.number)
        lines = tuple(line for line in twins.get(said.identity, ()) if line != said.line)
        if others or lines:
            self.lookalikes.append(Lookalike(said.line, one, others, lines, is_left_out))

    def _read(self, row: FileRow) -> _Said:
        return _Row(self.plan, self.choices, self.protocol, row).said()


def _shared_numbers(said: Iterable[_Said]) -> dict[str, tuple[int, ...]]:
    """Numbers that a list gives to several people, with their lines: only the clinic knows whose.

    The first line of each person is told.
    """
    holders: dict[str, dict[tuple[str, dt.date], int]] = defaultdict(dict)
    for one in said:
        if one.patient.number and one.patient.birth_date != _UNREAD:
            holders[one.patient.number].setdefault(one.identity, one.line)
    return {number: tuple(of.values()) for number, of in holders.items() if len(of) > 1}


def _twins(said: Iterable[_Said]) -> dict[tuple[str, dt.date], tuple[int, ...]]:
    """People who stand in a list with several numbers: their first line with each."""
    numbers: dict[tuple[str, dt.date], dict[str, int]] = defaultdict(dict)
    for one in said:
        if one.patient.birth_date != _UNREAD:
            numbers[one.identity].setdefault(one.patient.number, one.line)
    return {who: tuple(of.values()) for who, of in numbers.items() if len(of) > 1}


def _done(procedure: Procedure) -> tuple[object, ...]:
    """What makes a procedure the same one."""
    return procedure.date, procedure.profile, " ".join(procedure.levels), procedure.side


def _id(*parts: str) -> str:
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(parts)))


@dataclass
class _Row:
    """Reads one row by a plan."""

    plan: Plan
    choices: dict[Field, frozenset[str]]
    protocol: Protocol
    row: FileRow
    faults: list[Fault] = field(default_factory=list)

    def said(self) -> _Said:
        number, family, given = (
            clean(self._cell(name)) for name in ("number", "family_name", "given_name")
        )
        born = self._date("birth_date")
        patient = Patient(
            id="",
            number=number,
            family_name=family,
            given_name=given,
            birth_date=born,
            phone=clean(self._cell("phone")),
            sex=next((one for one in get_args(Sex) if one == self._code("sex")), ""),
            remark=clean(self._cell("remark")),
        )
        if "language" in self.plan.columns:
            patient = replace(patient, language=self._code("language"))
        who = _id("patient", number, folded_name(patient), born.isoformat())
        procedure = self._procedure() if self._has_procedure() else None
        return _Said(self.row.line, replace(patient, id=who), procedure, tuple(self.faults))

    def _has_procedure(self) -> bool:
        return any(self._cell(name) for name in ("date", "profile", "levels", "side"))

    def _procedure(self) -> Procedure:
        for name in NEEDED_TO_FOLLOW:
            if name not in self.plan.columns:
                self._refuse(name, Refusal("procedure_incomplete"))
        side = self._code("side")
        return Procedure(
            date=self._date("date") if "date" in self.plan.columns else _UNREAD,
            profile=self._code("profile"),
            levels=tuple(part.upper() for part in _APART.split(self._cell("levels")) if part),
            side=next((one for one in SIDES if one == side), ""),
            operator=clean(self._cell("operator")),
            implant=IMPLANTED.get(self._code("implant"), False),
        )

    def _refuse(self, about: Field, refusal: Refusal) -> None:
        self.faults.append(Fault(self.row.line, about, refusal))

    def _cell(self, name: Field) -> str:
        column = self.plan.columns.get(name)
        return "" if column is None else self.row.cells[column].strip()

    def _date(self, name: Field) -> dt.date:
        text = self._cell(name)
        date = date_in(text, self.plan.order) if self.plan.order else None
        if date is not None:
            return date
        self._refuse(name, Refusal("date_unread", text=text) if text else Refusal("no_date"))
        return _UNREAD

    def _code(self, name: Field) -> str:
        """What a word stands for, "" where it is not said or the field has no column."""
        if name not in self.plan.columns:
            return ""
        text = self._cell(name)
        code = self.plan.codes.get(name, {}).get(folded_value(text), "")
        if code not in self.choices[name]:
            if not text and name in OF_PROCEDURE:
                self._refuse(name, Refusal("procedure_incomplete"))
            else:
                self._refuse(name, Refusal("word_unknown", text=text))
            return ""
        return code
