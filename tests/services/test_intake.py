"""A clinic's own list: a dry run stores nothing, all or nothing, twice the same, and undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.content import people_file
from monitor.domain.episode import Episode, Patient
from monitor.services import contacts, endings, enrolment, episodes, intake, intake_undo, sweep
from monitor.services.intake import DryRun, TakenIn
from monitor.services.people_list import Field, FileRow, PeopleFile, Plan
from monitor.services.people_words import codes_of, columns_of, date_in, orders_of
from monitor.services.ports import Conflict, Refusal, Work
from tests import builders
from tests.services.clinics import Practice

HEADER = ("No", "Last name", "First name", "Born", "Phone", "OP date", "Procedure", "Level", "Side")
ANN = ("1001", "Berg", "Ann", "31.1.1970", "555 0161", "27.2.2026", "MBRFN", "C4 C5", "left")
BO = ("1002", "Ek", "Bo", "3.4.1980", "", "1.3.2026", "TON", "C3", "right")
CY = ("1003", "Al", "Cy", "13.5.1981", "", "", "", "", "")
PROTOCOL = "cervical_rhizotomy"


def people_of(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> PeopleFile:
    numbered = (FileRow(line, row) for line, row in enumerate(rows, start=2))
    return PeopleFile("list.csv", "utf-8", ";", header, tuple(numbered))


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    """A row with other cells, by the first word of their column."""
    places = {name.split()[0].lower(): place for place, name in enumerate(HEADER)}
    new = list(row)
    for name, cell in cells.items():
        new[places[name]] = cell
    return tuple(new)


@pytest.fixture
def practice() -> Practice:
    return Practice()


def plan_of(practice: Practice, people: PeopleFile, **fields: Any) -> Plan:
    columns = columns_of(people.header)
    protocol = practice.clinic.protocols.current(PROTOCOL)
    default = Plan(columns, "dmy", codes_of(people, columns, protocol))
    return replace(default, **fields)


def check(practice: Practice, *rows: tuple[str, ...], **fields: Any) -> DryRun:
    people = people_of(*rows)
    return intake.check(practice.clinic, PROTOCOL, people, plan_of(practice, people, **fields))


def take_in(practice: Practice, *rows: tuple[str, ...], **fields: Any) -> TakenIn:
    people = people_of(*rows)
    taken = intake.take_in(practice.clinic, PROTOCOL, people, plan_of(practice, people, **fields))
    intake.judge(practice.clinic, taken.to_judge)
    return taken


def told(dry_run: DryRun) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.field, fault.refusal.code) for fault in dry_run.faults]


def everything(work: Work) -> tuple[object, ...]:
    """All that an import could change."""
    patients = work.patients.all()
    followed = [episode for one in patients for episode in work.episodes.of_patient(one.id)]
    subjects = [*(one.id for one in patients), *(one.id for one in followed)]
    first, last = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)
    return (
        patients,
        followed,
        work.batches.all(),
        work.audit.find(first, last),
        [work.judgements.get(one) for one in subjects],
        [work.alerts.of_episode(one.id) for one in followed],
    )


def stored(practice: Practice, number: str) -> tuple[Patient, tuple[Episode, ...]]:
    with practice.store.read() as work:
        patient = work.patients.by_number(number)
        assert patient is not None
        return patient, work.episodes.of_patient(patient.id)


def is_here(practice: Practice, number: str) -> bool:
    with practice.store.read() as work:
        return work.patients.by_number(number) is not None


def test_that_a_dry_run_stores_nothing(anywhere: Practice) -> None:
    anywhere.enrols(7)
    with anywhere.store.read() as work:
        before = everything(work)
    found = check(anywhere, ANN, BO, CY, changed(BO, no="x"))
    with anywhere.store.read() as work:
        assert everything(work) == before
    assert (found.new_patients, found.new_episodes) == (3, 2)
    assert [entry.line for entry in found.entries] == [2, 3, 4]


def test_that_a_row_becomes_a_patient_and_a_procedure(anywhere: Practice) -> None:
    taken = take_in(anywhere, ANN, CY)
    assert taken.batch is not None
    patient, (episode,) = stored(anywhere, "1001")
    assert patient == Patient(
        patient.id, "1001", "Berg", "Ann", dt.date(1970, 1, 31), "555 0161", "en"
    )
    done = episode.procedure
    assert (done.date, done.profile, done.levels, done.side, done.implant) == (
        dt.date(2026, 2, 27), "MBRFN", ("C4", "C5"), "left", False
    )  # fmt: skip
    assert is_here(anywhere, "1003")
    assert taken.batch.patient_ids[0] == patient.id
    assert taken.batch.episode_ids == (episode.id,)
    with anywhere.store.read() as work:
        assert work.batches.all() == (taken.batch,)
        assert work.judgements.get(episode.id) is not None
    (line,) = anywhere.audit(taken.batch.id)
    assert (line.action, line.actor) == ("patients_imported", "nurse")
    assert "2 patients, 1 procedures" in line.reason


def test_that_reports_that_were_due_before_the_import_do_not_count_as_missed(
    practice: Practice,
) -> None:
    """A procedure of months ago: nobody was asked for the reports that were due since."""
    take_in(practice, ANN)
    practice.clock.advance(hours=13)
    sweep.run(practice.clinic)
    _, (episode,) = stored(practice, "1001")
    assert practice.alerts(episode.id) == ()
    assert episode.followed_from is not None
    assert episode.followed_from > episode.procedure.date


def test_that_the_same_file_again_changes_nothing(anywhere: Practice) -> None:
    take_in(anywhere, ANN, BO, CY)
    with anywhere.store.read() as work:
        before = everything(work)
    again = take_in(anywhere, ANN, BO, CY)
    assert again.batch is None
    assert (again.dry_run.unchanged, again.dry_run.known) == (3, 3)
    with anywhere.store.read() as work:
        assert everything(work) == before


def test_that_somebody_who_was_put_right_here_since_is_left_as_they_are(practice: Practice) -> None:
    take_in(practice, ANN)
    patient, _ = stored(practice, "1001")
    enrolment.edit(practice.clinic, patient, replace(patient, number="77", family_name="Bergh"))
    again = take_in(practice, ANN)
    assert again.batch is None
    assert again.dry_run.unchanged == 1


def test_that_a_patient_who_is_here_gets_only_the_procedure_that_is_new(
    anywhere: Practice,
) -> None:
    known = builders.patient(
        1, number="1001", family_name="BERG", given_name="Ann", birth_date=dt.date(1970, 1, 31)
    )
    anywhere.enrols(1, known, date=dt.date(2025, 5, 5))
    taken = take_in(anywhere, ANN)
    assert (taken.dry_run.new_patients, taken.dry_run.new_episodes) == (0, 1)
    patient, followed = stored(anywhere, "1001")
    assert patient == known
    assert [one.procedure.date for one in followed] == [dt.date(2026, 2, 27), dt.date(2025, 5, 5)]


def test_that_a_procedure_that_was_registered_by_hand_is_not_doubled(practice: Practice) -> None:
    known = builders.patient(
        1, number="1001", family_name="Berg", given_name="Ann", birth_date=dt.date(1970, 1, 31)
    )
    practice.enrols(1, known, date=dt.date(2026, 2, 27), levels=("C4", "C5"), side="left")
    assert check(practice, ANN).unchanged == 1


def test_that_two_rows_of_one_patient_are_one_patient_with_two_procedures(
    practice: Practice,
) -> None:
    taken = take_in(practice, ANN, changed(ANN, op="1.9.2025", phone=""))
    assert (taken.dry_run.new_patients, taken.dry_run.new_episodes) == (1, 2)


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"no": ""}, "number", "no_number"),
        ({"no": "A-17"}, "number", "number_not_digits"),
        ({"no": "1" * 13}, "number", "number_too_long"),
        ({"last": ""}, "family_name", "no_family_name"),
        ({"first": " "}, "given_name", "no_given_name"),
        ({"born": ""}, "birth_date", "no_date"),
        ({"born": "31.2.1970"}, "birth_date", "date_unread"),
        ({"born": "31.1.70"}, "birth_date", "date_unread"),
        ({"born": "31.1.2070"}, "birth_date", "birth_in_future"),
        ({"born": "31.1.1870"}, "birth_date", "birth_too_long_ago"),
        ({"phone": "12"}, "phone", "phone_too_short"),
        ({"op": ""}, "date", "no_date"),
        ({"op": "1.1.1969"}, "date", "procedure_before_birth"),
        ({"op": "1.1.2027"}, "date", "procedure_too_far_ahead"),
        ({"procedure": ""}, "profile", "procedure_incomplete"),
        ({"procedure": "Massage"}, "profile", "word_unknown"),
        ({"level": "C4-C5"}, "levels", "unknown_level"),
        ({"side": ""}, "side", "procedure_incomplete"),
        ({"side": "up"}, "side", "word_unknown"),
    ],
)
def test_that_every_fault_is_told_with_its_line_and_field(
    practice: Practice, cells: dict[str, str], field: Field, code: str
) -> None:
    found = check(practice, BO, changed(ANN, **cells))
    assert told(found) == [(3, field, code)]
    assert [entry.line for entry in found.entries] == [2]


def test_that_all_faults_of_a_row_are_told_at_once(practice: Practice) -> None:
    found = check(practice, changed(ANN, no="", born="x", side="up"))
    assert told(found) == [
        (2, "birth_date", "date_unread"), (2, "side", "word_unknown"), (2, "number", "no_number")
    ]  # fmt: skip


def test_that_a_row_that_could_not_be_read_is_a_fault(practice: Practice) -> None:
    people = people_of(BO)
    broken = replace(people, rows=(*people.rows, FileRow(9, ("x",), "A mark is open.")))
    found = intake.check(practice.clinic, PROTOCOL, broken, plan_of(practice, people))
    assert told(found) == [(9, "", "row_unreadable")]


def test_that_a_number_of_somebody_else_is_refused(practice: Practice) -> None:
    practice.enrols(1)  # number 1001, another name
    assert told(check(practice, ANN)) == [(2, "number", "number_taken")]


def test_that_of_people_who_share_a_number_in_the_list_none_is_taken(practice: Practice) -> None:
    found = check(practice, ANN, BO, changed(CY, no="1001"))
    assert told(found) == [(2, "number", "number_shared"), (4, "number", "number_shared")]
    assert found.faults[0].refusal.details == {"lines": "2, 4"}


def test_that_a_row_that_says_otherwise_of_the_same_patient_is_refused(practice: Practice) -> None:
    found = check(practice, ANN, changed(ANN, op="1.9.2025", phone="555 9999"))
    assert told(found) == [(3, "phone", "rows_differ")]


def test_that_two_procedures_of_a_patient_on_one_day_are_refused(practice: Practice) -> None:
    found = check(practice, ANN, changed(ANN, side="right"))
    assert told(found) == [(3, "date", "day_taken")]


def test_that_who_may_be_here_already_is_told_and_can_be_left_out(practice: Practice) -> None:
    practice.enrols(1, builders.patient(1, number="9", family_name="BERG", given_name="Änn"))
    found = check(practice, ANN, BO)
    (one,) = found.lookalikes
    assert (one.line, one.patient.number, one.others[0].number) == (2, "1001", "9")
    assert found.new_patients == 2  # it is advice
    without = check(practice, ANN, BO, left_out=frozenset({"1001"}))
    assert (without.new_patients, without.left_out) == (1, 1)
    assert without.lookalikes[0].is_left_out


def test_that_somebody_who_stands_in_the_list_twice_is_told(practice: Practice) -> None:
    found = check(practice, ANN, changed(ANN, no="1009"))
    assert [(one.line, one.lines) for one in found.lookalikes] == [(2, (3,)), (3, (2,))]


def test_that_a_fault_of_the_store_leaves_nothing_behind(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    with practice.store.read() as work:
        before = everything(work)
        batches = type(work.batches)
    monkeypatch.setattr(batches, "add", fails)
    with pytest.raises(ZeroDivisionError):
        take_in(practice, ANN, BO)
    with practice.store.read() as work:
        assert everything(work) == before


@pytest.mark.parametrize("acting", ["nurse", "admin", "auditor", "nobody"])
def test_that_only_a_lead_imports(practice: Practice, acting: Any) -> None:
    practice.clinic = replace(practice.clinic, acting=acting)
    for verb in (check, take_in):
        with pytest.raises(Refusal, match="not_allowed"):
            verb(practice, ANN)
    with pytest.raises(Refusal, match="not_allowed"):
        intake_undo.undo(practice.clinic, "any")


def test_that_an_undo_takes_away_what_was_added_and_leaves_the_rest(anywhere: Practice) -> None:
    anywhere.enrols(7)
    with anywhere.store.read() as work:
        before = everything(work)[:2]
    taken = take_in(anywhere, BO, CY)
    assert taken.batch is not None
    undone = intake_undo.undo(anywhere.clinic, taken.batch.id)
    assert (undone.patients, undone.episodes, undone.kept) == (2, 1, ())
    with anywhere.store.read() as work:
        assert everything(work)[:2] == before
        assert work.batches.get(taken.batch.id).undone_at == anywhere.clinic.now()
    assert [line.action for line in anywhere.audit(taken.batch.id)] == [
        "patients_imported",
        "import_undone",
    ]
    with pytest.raises(Conflict, match="batch_undone"):
        intake_undo.undo(anywhere.clinic, taken.batch.id)


def test_that_an_undone_file_can_be_imported_again(anywhere: Practice) -> None:
    first = take_in(anywhere, BO)
    assert first.batch is not None
    intake_undo.undo(anywhere.clinic, first.batch.id)
    assert take_in(anywhere, BO).dry_run.new_patients == 1


def test_that_an_undo_names_whoever_something_is_kept_of(anywhere: Practice) -> None:
    dan, eve = changed(CY, no="1004", last="Ox"), changed(CY, no="1005", last="Um")
    taken = take_in(anywhere, BO, CY, changed(BO, no="1006", last="Yu"), dan, eve)
    assert taken.batch is not None
    patient, (episode,) = stored(anywhere, "1002")
    contacts.log(anywhere.clinic, builders.contact(0, episode_id=episode.id, kind="note"))
    _, (other,) = stored(anywhere, "1006")
    today = anywhere.clinic.today()
    endings.pause(anywhere.clinic, other, today, today, "holiday")
    edited, _ = stored(anywhere, "1004")
    enrolment.edit(anywhere.clinic, edited, replace(edited, phone="555 7777"))
    followed, _ = stored(anywhere, "1005")
    own = builders.episode(5, patient_id=followed.id, procedure=builders.procedure(levels=()))
    episodes.add_procedure(anywhere.clinic, own)
    undone = intake_undo.undo(anywhere.clinic, taken.batch.id)
    assert {one.patient.number: one.reasons for one in undone.kept} == {
        "1002": ("contact",),
        "1006": ("changed",),
        "1004": ("changed",),
        "1005": ("procedure",),
    }
    assert (undone.patients, undone.episodes) == (1, 0)
    assert stored(anywhere, "1002") == (patient, (episode,))
    assert not is_here(anywhere, "1003")


def test_that_those_who_stay_can_be_ended_as_a_mistake(practice: Practice) -> None:
    taken = take_in(practice, BO)
    _, (episode,) = stored(practice, "1002")
    contacts.log(practice.clinic, builders.contact(0, episode_id=episode.id, kind="note"))
    assert taken.batch is not None
    undone = intake_undo.undo(practice.clinic, taken.batch.id)
    ended = intake_undo.end_kept(practice.clinic, undone.kept, "The import was undone")
    assert (ended.ended, ended.refused) == (1, ())
    _, (closed,) = stored(practice, "1002")
    assert (closed.state, closed.ended_as) == ("closed", "mistake")


def test_that_who_cannot_be_ended_is_named(practice: Practice) -> None:
    taken = take_in(practice, BO)
    _, (episode,) = stored(practice, "1002")
    contacts.log(practice.clinic, builders.contact(0, episode_id=episode.id, kind="note"))
    assert taken.batch is not None
    undone = intake_undo.undo(practice.clinic, taken.batch.id)
    today = practice.clinic.today()
    endings.pause(practice.clinic, episode, today, today, "holiday")  # somebody was first
    ended = intake_undo.end_kept(practice.clinic, undone.kept, "The import was undone")
    assert [refusal.code for _, refusal in ended.refused] == ["episode_changed"]


def test_that_errors_that_are_put_right_come_in(practice: Practice, tmp_path: Path) -> None:
    people = people_of(ANN, changed(BO, born="3.4.80"))
    found = intake.check(practice.clinic, PROTOCOL, people, plan_of(practice, people))
    saved = tmp_path / "errors.csv"
    people_file.write_errors(saved, people, dict.fromkeys(found.faulty_lines, "A short year."))
    take_in(practice, ANN, changed(BO, born="3.4.80"))
    saved.write_text(saved.read_text("utf-8-sig").replace("3.4.80", "3.4.1980"), "utf-8")
    again = people_file.read(saved)
    taken = intake.take_in(practice.clinic, PROTOCOL, again, plan_of(practice, again))
    assert (taken.dry_run.new_patients, taken.dry_run.faults) == (1, ())


@pytest.mark.parametrize(
    "header",
    [
        (
            "MRN,Surname,First name,DOB,Gender,Phone number,Language,Notes,Surgery date,Procedure,"
            "Level,Laterality,Surgeon,Implant"
        ),
        (
            "Patientennr,Nachname,Vorname,Geburtsdatum,Geschlecht,Telefon,Sprache,Bemerkung,"
            "OP-Datum,Eingriff,Höhe,Seite,Operateur,Implantat"
        ),
        (
            "N° patient,Nom,Prénom,Date de naissance,Sexe,Téléphone,Langue,Remarques,"
            "Date de l’intervention,Acte,Niveau,Côté,Chirurgien,Implant"
        ),
        (
            "NHC,Apellidos,Nombre,Fecha de nacimiento,Sexo,Teléfono,Idioma,Observaciones,"
            "Fecha de intervención,Procedimiento,Nivel,Lado,Cirujano,Implante"
        ),
    ],
)
def test_that_columns_are_known_by_their_words_in_four_languages(header: str) -> None:
    assert list(columns_of(header.split(",")).values()) == list(range(14))


def test_that_a_column_stands_for_one_field_and_an_unknown_one_for_none() -> None:
    found = columns_of(("Name", "Patient: first name", "Shoe size", "Date", "Date of birth"))
    assert found == {"family_name": 0, "given_name": 1, "date": 3, "birth_date": 4}


@pytest.mark.parametrize(
    ("dates", "orders"),
    [
        (("31.1.1970", "1.2.1980"), ("dmy",)),
        (("1.2.1980",), ("dmy",)),
        (("1/31/1970", "1/2/1980"), ("mdy",)),
        (("31/1/1970", "1/2/1980"), ("dmy",)),
        (("1/2/1980", "3/4/1981"), ("dmy", "mdy")),
        (("1/31/1970", "31/1/1970"), ("dmy", "mdy")),
        (("1970-01-31", "1980-02-01 00:00:00"), ("ymd",)),
        (("1970-01-31", "1/2/1980"), ("dmy", "mdy")),
        (("", "soon"), ("ymd",)),
    ],
)
def test_that_the_order_of_dates_is_never_guessed_where_there_is_doubt(
    dates: tuple[str, ...], orders: tuple[str, ...]
) -> None:
    people = people_of(*((date,) for date in dates), header=("Born",))
    assert orders_of(people, {"birth_date": 0}) == orders


def test_that_a_date_is_read_in_the_order_that_was_said() -> None:
    assert date_in("3/4/1970", "dmy") == dt.date(1970, 4, 3)
    assert date_in("3/4/1970", "mdy") == dt.date(1970, 3, 4)
    assert date_in("1970-04-03T00:00:00Z", "mdy") == dt.date(1970, 4, 3)
    for text in ("3/4/70", "1970", "25569", "30.2.1970", "1970-04-03 10:15", "3/4/1970x", ""):
        assert date_in(text, "dmy") is None


def test_that_words_of_the_file_are_known_or_asked_for(practice: Practice) -> None:
    header = ("Sex", "Side", "Procedure", "Date")
    rows = (("w", "re", "mbrfn", "x"), ("M", "bds", "Third occipital RF", "x"), ("", "", "", ""))
    people = people_of(*rows, ("?", "", "Thing", "x"), header=header)
    protocol = practice.clinic.protocols.current(PROTOCOL)
    assert codes_of(people, columns_of(header), protocol) == {
        "sex": {"w": "female", "m": "male", "": "unsaid"},
        "profile": {"mbrfn": "MBRFN", "third occipital rf": "TON", "thing": ""},
        "side": {"re": "right", "bds": "both", "": ""},
    }


def test_that_m_beside_h_is_asked_for() -> None:
    people = people_of(("H",), ("M",), header=("Sexo",))
    protocol = Practice().clinic.protocols.current(PROTOCOL)
    assert codes_of(people, {"sex": 0}, protocol)["sex"] == {"h": "male", "m": ""}
