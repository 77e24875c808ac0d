"""What is imported is stored whole, once, and never over what is there."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import pytest

from monitor.domain.course import Course
from monitor.domain.episode import Procedure
from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.protocol import Protocol
from monitor.domain.rules.rule import Rule
from monitor.domain.submission import Answer, Submission
from monitor.services.clinic import Clinic
from monitor.services.importing import (
    BadRow,
    DataSet,
    FilePerson,
    FileReport,
    ScoreFile,
    errors_csv,
    import_scores,
)
from monitor.services.ports import Refusal, Unavailable
from tests import builders
from tests.content.small_protocol import small_protocol
from tests.fakes import FakeClock, FakeProtocols, FakeStore, FakeSubmissions, FakeWork

DAY_0 = dt.date(2026, 3, 2)


@dataclass(frozen=True, kw_only=True)
class Broken(Rule):
    """A rule that cannot judge anything."""

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        raise ZeroDivisionError("no rule")


def clinic_with(store: FakeStore | None = None, protocol: Protocol | None = None) -> Clinic:
    return Clinic(
        store=store or FakeStore(),
        clock=FakeClock(builders.instant(100)),
        protocols=FakeProtocols(protocol or small_protocol()),
        name="Test clinic",
        zone=ZoneInfo("Europe/Berlin"),
        actor="admin",
        station="desk",
        overdue_after=dt.timedelta(minutes=20),
        acting="operator",
    )


def report(*answers: Answer, day: int = 1, second: int = 0, line: int = 2) -> FileReport:
    given = answers or (Answer("pain", 5),)
    lines = tuple(range(line, line + len(given)))
    return FileReport(day, second, "acute", given, lines)


def person(subject: str = "E001", *reports: FileReport) -> FilePerson:
    return FilePerson(
        subject=subject,
        number=f"OWN{subject}",
        family_name="OWN",
        given_name=subject,
        birth_date=dt.date(1900, 1, 1),
        language="en",
        procedure=Procedure(DAY_0, "GENERIC", (), ""),
        reports=reports or (report(),),
    )


def file_of(*people: FilePerson, bad: tuple[BadRow, ...] = ()) -> ScoreFile:
    protocol = small_protocol()
    return ScoreFile(
        data_set=DataSet("own", "Our own", "none", "us"),
        protocol_id=protocol.id,
        protocol_version=protocol.version,
        protocol_hash=protocol.content_hash,
        good=people or (person(),),
        bad=bad,
    )


def kept(clinic: Clinic) -> list[Submission]:
    with clinic.store.read() as work:
        return [
            submission
            for patient in work.patients.all()
            for episode in work.episodes.of_patient(patient.id)
            for submission in work.submissions.of_episode(episode.id)
        ]


def test_that_patients_episodes_and_reports_are_stored_and_judged() -> None:
    clinic = clinic_with()
    bad = (BadRow(9, "The day is still to come."),)
    done = import_scores(
        clinic, file_of(person("E001", report(), report(day=2)), person("E002"), bad=bad)
    )
    assert (done.patients, done.episodes, done.submissions, done.already_there) == (2, 2, 3, 0)
    assert (done.bad, done.not_judged) == (bad, ())
    assert done.changed == {"submissions", "alerts", "episodes"}
    with clinic.store.read() as work:
        assert len(work.submissions.evaluations("evaluated")) == 3
        assert [patient.number for patient in work.patients.all()] == ["OWNE001", "OWNE002"]
        assert [line.action for line in work.audit.of_subject("own")] == ["scores_imported"]


def test_that_a_report_is_dated_by_the_clock_of_the_clinic() -> None:
    clinic = clinic_with()
    import_scores(clinic, file_of(person("E001", report(day=27, second=9 * 3600))))
    (submission,) = kept(clinic)
    assert submission.local_date == dt.date(2026, 3, 29)
    # the day of the change to summer time, nine o'clock by the wall clock
    assert submission.answered_at == dt.datetime(2026, 3, 29, 7, tzinfo=dt.UTC)
    assert (submission.entered_by, submission.device) == ("import", "own")


def test_that_the_same_file_twice_changes_nothing() -> None:
    clinic = clinic_with()
    own = file_of(person("E001", report(), report(day=2)), person("E002"))
    import_scores(clinic, own)
    before = kept(clinic)
    again = import_scores(clinic, own)
    assert (again.patients, again.submissions, again.already_there) == (0, 0, 3)
    assert (again.bad, again.changed) == ((), frozenset())
    assert kept(clinic) == before
    with clinic.store.read() as work:
        assert len(work.audit.of_subject("own")) == 1


def test_that_ids_are_the_same_in_every_clinic_and_in_any_order() -> None:
    first, second = clinic_with(), clinic_with()
    people = (person("E001", report(), report(day=2)), person("E002"))
    import_scores(first, file_of(*people))
    import_scores(second, file_of(*reversed(people)))
    assert {s.id for s in kept(first)} == {s.id for s in kept(second)}


def test_that_a_later_file_of_the_set_adds_to_the_same_people() -> None:
    clinic = clinic_with()
    import_scores(clinic, file_of(person("E001", report())))
    done = import_scores(clinic, file_of(person("E001", report(), report(day=2))))
    assert (done.patients, done.submissions, done.already_there) == (0, 1, 1)


def test_that_a_corrected_file_adds_what_was_missing_and_only_that() -> None:
    clinic = clinic_with()
    import_scores(clinic, file_of(person("E001", report(Answer("pain", 5)))))
    whole = file_of(person("E001", report(Answer("pain", 5), Answer("stiffness", 3))))
    assert import_scores(clinic, whole).submissions == 1
    assert import_scores(clinic, whole).submissions == 0
    assert sorted((a.item, a.value) for s in kept(clinic) for a in s.answers) == [
        ("pain", 5),
        ("stiffness", 3),
    ]


def test_that_a_changed_score_is_listed_and_the_stored_one_stays() -> None:
    clinic = clinic_with()
    import_scores(clinic, file_of(person("E001", report(Answer("pain", 5)))))
    done = import_scores(clinic, file_of(person("E001", report(Answer("pain", 2), line=7))))
    assert [row.line for row in done.bad] == [7]
    assert "the score 5 is stored" in done.bad[0].reason
    assert [a.value for s in kept(clinic) for a in s.answers] == [5]


def test_that_a_number_of_another_patient_is_never_used() -> None:
    clinic = clinic_with()
    with clinic.store.begin() as work:
        work.patients.add(builders.patient(number="OWNE001"))
        work.commit()
    done = import_scores(clinic, file_of(person("E001"), person("E002")))
    assert (done.patients, [row.line for row in done.bad]) == (1, [2])
    assert "number_prefix" in done.bad[0].reason


def test_that_another_procedure_date_is_refused_for_people_who_are_there() -> None:
    clinic = clinic_with()
    import_scores(clinic, file_of())
    moved = replace(person(), procedure=Procedure(DAY_0 - dt.timedelta(7), "GENERIC", (), ""))
    done = import_scores(clinic, file_of(moved))
    assert (done.submissions, [row.line for row in done.bad]) == (0, [2])


def test_that_answers_the_protocol_does_not_know_are_not_stored() -> None:
    clinic = clinic_with()
    done = import_scores(clinic, file_of(person("E001", report(Answer("pain", 11)))))
    assert (done.submissions, kept(clinic)) == (0, [])
    assert "out_of_range pain 11" in done.bad[0].reason


def test_that_a_file_read_for_another_protocol_is_refused() -> None:
    clinic = clinic_with(protocol=small_protocol(content_hash="2" * 64))
    with pytest.raises(Refusal, match="protocol_changed"):
        import_scores(clinic, file_of())


def test_that_progress_ends_with_all_reports_done() -> None:
    heard: list[tuple[int, int]] = []
    people = file_of(person("E001", report(), report(day=2)), person("E002"))
    import_scores(clinic_with(), people, lambda done, total: heard.append((done, total)))
    assert heard == [(2, 3), (3, 3)]


class FullSubmissions(FakeSubmissions):
    """Room for two submissions."""

    def add(self, submission: Submission) -> bool:
        if self.count() == 2:
            raise Unavailable("The disk is full.")
        return super().add(submission)


class FullStore(FakeStore):
    @contextmanager
    def begin(self) -> Iterator[FakeWork]:
        with super().begin() as work:
            work.submissions = FullSubmissions(work._shelves, True)
            yield work


def test_that_a_crash_in_between_leaves_nothing() -> None:
    clinic = clinic_with(FullStore())
    with pytest.raises(Unavailable):
        import_scores(clinic, file_of(person("E001"), person("E002"), person("E003")))
    with clinic.store.read() as work:
        assert (work.patients.all(), work.submissions.count()) == ((), 0)
        assert work.audit.of_subject("own") == ()


def test_that_scores_which_cannot_be_judged_are_kept_and_visible() -> None:
    broken = small_protocol(Broken(id="broken", stages=()))
    clinic = clinic_with(protocol=broken)
    done = import_scores(clinic, file_of())
    assert len(kept(clinic)) == 1
    with clinic.store.read() as work:
        (waiting,) = work.submissions.evaluations("waiting", "failed")
    assert done.not_judged == (waiting.episode_id,)


def test_that_a_list_of_bad_rows_holds_no_formula() -> None:
    text = errors_csv([BadRow(2, "=1+1"), BadRow(3, "\uff1dcmd"), BadRow(4, 'The day is "x".')])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["line", "reason"],
        ["2", "'=1+1"],
        ["3", "'\uff1dcmd"],
        ["4", 'The day is "x".'],
    ]
