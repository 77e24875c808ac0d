"""New patients, and what is known of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.episode import Episode, Patient
from monitor.services import access, enrolment, episodes
from monitor.services.ports import Conflict, Refusal
from monitor.ui.kiosk.identity import LONGEST
from tests.builders import date, episode, instant, patient, procedure
from tests.services.clinics import Practice

BIRTH = dt.date(1970, 5, 17)
DAY_CASE = procedure(profile="MBRFN")


@pytest.fixture
def practice(anywhere: Practice) -> Practice:
    """A clinic on day 3 that knows one patient, Sample01, Kim, number 1001."""
    practice = anywhere
    practice.enrols()
    practice.clock.set(instant(3))
    return practice


def new(**fields: Any) -> Patient:
    given = {"family_name": "Núñez", "given_name": "Inés", "phone": "+34 600 100 200"} | fields
    return patient(2, **given)


def first(**fields: Any) -> Episode:
    return episode(2, **{"procedure": DAY_CASE} | fields)


def seen(practice: Practice, patient_id: str = "patient-1") -> Patient:
    with practice.store.read() as work:
        return work.patients.get(patient_id)


def codes(practice: Practice, one: Patient, own: Episode | None = None) -> list[str]:
    return [fault.code for fault in enrolment.faults_of(practice.clinic, one, own)]


class TestRegister:
    def test_that_a_patient_and_their_procedure_are_there_and_judged(
        self, practice: Practice
    ) -> None:
        done = enrolment.register(practice.clinic, new(), first())
        followed = first(followed_from=date(3))
        assert (done.patient, done.episode, done.evaluated) == (new(), followed, True)
        assert done.changed == {"patients", "episodes", "alerts"}
        assert seen(practice, "patient-2") == new()
        with practice.store.read() as work:
            judged = work.judgements.get("episode-2")
        assert judged is not None
        assert judged.due_on == date(3)
        assert judged.silence is None
        assert access.identify(practice.clinic, "1002", BIRTH).episode_id == "episode-2"

    def test_that_who_is_registered_late_is_not_told_to_have_missed_what_nobody_asked_for(
        self, practice: Practice
    ) -> None:
        practice.clock.set(instant(40))
        enrolment.register(practice.clinic, new(), first())
        practice.sweeps(41)
        assert practice.alerts("episode-2") == ()
        practice.sweeps(70)
        (missed,) = practice.alerts("episode-2")
        assert missed.finding.rule == "missed_report"
        assert all(one.day >= 40 for one in missed.finding.evidence)

    def test_that_sending_it_again_on_another_day_changes_nothing(self, practice: Practice) -> None:
        once = enrolment.register(practice.clinic, new(), first())
        practice.clock.set(instant(9))
        assert enrolment.register(practice.clinic, new(), first()).episode == once.episode

    def test_that_who_is_registered_before_the_procedure_is_followed_from_it(
        self, practice: Practice
    ) -> None:
        planned = first(procedure=procedure(profile="MBRFN", date=date(10)))
        done = enrolment.register(practice.clinic, new(), planned)
        assert done.episode == planned

    def test_that_a_patient_may_have_no_procedure_yet(self, practice: Practice) -> None:
        done = enrolment.register(practice.clinic, new())
        assert (done.patient, done.episode, done.evaluated) == (new(), None, True)
        with pytest.raises(Refusal, match="not_matched"):
            access.identify(practice.clinic, "1002", BIRTH)
        episodes.add_procedure(practice.clinic, first())
        assert access.identify(practice.clinic, "1002", BIRTH).episode_id == "episode-2"

    def test_that_both_stand_in_the_audit_trail(self, practice: Practice) -> None:
        enrolment.register(practice.clinic, new(), first())
        (line,) = practice.audit("patient-2")
        assert (line.action, line.actor, line.reason) == ("patient_registered", "nurse", "")
        assert practice.audit("episode-2")[0].action == "procedure_added"

    def test_that_sending_it_again_changes_nothing(self, practice: Practice) -> None:
        first_time = enrolment.register(practice.clinic, new(), first())
        trail = practice.audit("patient-2"), practice.audit("episode-2")
        assert enrolment.register(practice.clinic, new(), first()) == first_time
        assert (practice.audit("patient-2"), practice.audit("episode-2")) == trail

    def test_that_what_is_typed_is_kept_without_the_space_around_it(
        self, practice: Practice
    ) -> None:
        done = enrolment.register(practice.clinic, new(number=" 1002 ", family_name=" Núñez "))
        assert done.patient == new() == seen(practice, "patient-2")

    def test_that_an_id_that_is_somebody_elses_is_refused(self, practice: Practice) -> None:
        with pytest.raises(Conflict, match="id_taken"):
            enrolment.register(practice.clinic, new(id="patient-1"))
        with pytest.raises(Conflict, match="id_taken"):
            enrolment.register(practice.clinic, new(), first(id="episode-1"))
        with practice.store.read() as work:
            assert len(work.patients.all()) == 1

    def test_that_whoever_looks_like_somebody_is_registered_all_the_same_and_it_is_told(
        self, practice: Practice
    ) -> None:
        twin = new(family_name="Sample01", given_name="Kim", birth_date=dt.date(1990, 1, 1))
        enrolment.register(practice.clinic, twin)
        (line,) = practice.audit("patient-2")
        assert line.reason == "looks like 1001 (patient-1)"

    def test_that_a_number_is_one_patients(self, practice: Practice) -> None:
        with pytest.raises(Conflict) as conflict:
            enrolment.register(practice.clinic, new(number="1001"))
        assert (conflict.value.code, conflict.value.details) == ("number_taken", {"number": "1001"})

    def test_that_one_fault_is_refused_by_its_name_and_several_by_all_of_theirs(
        self, practice: Practice
    ) -> None:
        with pytest.raises(Refusal) as one:
            enrolment.register(practice.clinic, new(family_name=" "))
        with pytest.raises(Refusal) as several:
            enrolment.register(practice.clinic, new(family_name="", number=""))
        assert one.value.code == "no_family_name"
        assert several.value.code == "cannot_register"
        assert several.value.details == {"faults": "no_number; no_family_name"}
        with practice.store.read() as work:
            assert len(work.patients.all()) == 1


class TestFaults:
    def test_that_a_patient_as_they_should_be_has_none(self, practice: Practice) -> None:
        assert codes(practice, new(), first()) == []

    def test_that_all_are_told_at_once(self, practice: Practice) -> None:
        wrong = new(
            number="A1",
            family_name="",
            given_name=" ",
            birth_date=date(4),
            phone="12",
            sex="unknown",
            language="xx",
        )
        treated = procedure(profile="NOTHING", side="front", levels=("Z9",))
        assert codes(practice, wrong, first(procedure=treated)) == [
            "number_not_digits",
            "no_family_name",
            "no_given_name",
            "birth_in_future",
            "phone_too_short",
            "unknown_sex",
            "unknown_language",
            "unknown_profile",
            "unknown_level",
            "unknown_side",
            "procedure_before_birth",
        ]

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"number": ""}, ["no_number"]),
            ({"number": "12 34"}, ["number_not_digits"]),
            ({"number": "١٢٣"}, ["number_not_digits"]),
            ({"number": "0042"}, []),
            ({"number": "9" * 12}, []),
            ({"number": "9" * 13}, ["number_too_long"]),
            ({"number": "1001"}, ["number_taken"]),
            ({"birth_date": date(3)}, []),
            ({"birth_date": dt.date(1906, 1, 1)}, []),
            ({"birth_date": dt.date(1905, 12, 31)}, ["birth_too_long_ago"]),
            ({"phone": ""}, []),
            ({"phone": "ext. 1234"}, []),
            ({"phone": "ask her son"}, ["phone_too_short"]),
            ({"sex": "female"}, []),
            ({"language": "ar"}, []),
        ],
    )
    def test_that_each_is_told_by_its_name(
        self, practice: Practice, fields: dict[str, Any], expected: list[str]
    ) -> None:
        assert codes(practice, new(**fields)) == expected

    def test_that_the_number_fits_into_the_boxes_of_the_kiosk(self) -> None:
        assert LONGEST["number"] == enrolment.LONGEST_NUMBER

    def test_that_a_procedure_too_far_ahead_is_told(self, practice: Practice) -> None:
        later = first(procedure=replace(DAY_CASE, date=date(34)))
        (fault,) = enrolment.faults_of(practice.clinic, new(), later)
        assert (fault.code, fault.details) == ("procedure_too_far_ahead", {"days": "30"})

    def test_that_of_a_known_patient_only_what_changes_is_looked_at(
        self, practice: Practice
    ) -> None:
        with practice.store.begin() as work:
            work.patients.add(new(number="IMPORT-7", given_name=""))
            work.commit()
        known = seen(practice, "patient-2")
        assert codes(practice, replace(known, phone="600 100 201")) == []
        assert codes(practice, replace(known, number="IMPORT-8")) == ["number_not_digits"]


class TestEdit:
    def test_that_it_is_kept_with_what_it_was_before(self, practice: Practice) -> None:
        before = seen(practice)
        done = enrolment.edit(
            practice.clinic,
            before,
            replace(before, phone="600 100 200", remark="deaf in the left ear"),
            " she called ",
        )
        assert done.patient == seen(practice)
        assert done.patient.phone == "600 100 200"
        assert done.changed == {"patients"}
        line = practice.audit("patient-1")[-1]
        assert (line.action, line.actor) == ("patient_edited", "nurse")
        assert line.reason == (
            "she called [phone: none -> 600 100 200; remark: none -> deaf in the left ear]"
        )

    def test_that_a_number_put_right_signs_in_from_then_on(self, practice: Practice) -> None:
        before = seen(practice)
        enrolment.edit(practice.clinic, before, replace(before, number="7001"))
        assert access.identify(practice.clinic, "7001", BIRTH).episode_id == "episode-1"
        with pytest.raises(Refusal, match="not_matched"):
            access.identify(practice.clinic, "1001", BIRTH)
        assert practice.audit("patient-1")[-1].reason == "[number: 1001 -> 7001]"

    def test_that_a_date_of_birth_put_right_signs_in_from_then_on(self, practice: Practice) -> None:
        before, right = seen(practice), dt.date(1971, 5, 17)
        enrolment.edit(practice.clinic, before, replace(before, birth_date=right))
        assert access.identify(practice.clinic, "1001", right).episode_id == "episode-1"

    def test_that_a_date_of_birth_after_the_procedure_is_refused(self, practice: Practice) -> None:
        before = seen(practice)
        with pytest.raises(Refusal, match="procedure_before_birth"):
            enrolment.edit(practice.clinic, before, replace(before, birth_date=date(1)))

    def test_that_somebody_elses_change_is_told(self, practice: Practice) -> None:
        before = seen(practice)
        enrolment.edit(practice.clinic, before, replace(before, phone="600 100 200"))
        with pytest.raises(Conflict) as conflict:
            enrolment.edit(practice.clinic, before, replace(before, phone="600 100 201"))
        assert conflict.value.code == "patient_changed"
        assert conflict.value.details == {"by": "nurse", "at": "2026-03-05 10:00"}
        assert seen(practice).phone == "600 100 200"

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({}, "nothing_changed"),
            ({"phone": " "}, "nothing_changed"),
            ({"number": "1002"}, "number_taken"),
            ({"family_name": ""}, "no_family_name"),
        ],
    )
    def test_that_what_cannot_be_is_refused(
        self, practice: Practice, fields: dict[str, Any], code: str
    ) -> None:
        enrolment.register(practice.clinic, new())
        before = seen(practice)
        with pytest.raises(Refusal) as refusal:
            enrolment.edit(practice.clinic, before, replace(before, **fields))
        assert (refusal.value.code, seen(practice)) == (code, before)

    def test_that_a_number_may_stay_as_it_is(self, practice: Practice) -> None:
        before = seen(practice)
        enrolment.edit(practice.clinic, before, replace(before, given_name="Kimberly"))
        assert seen(practice).given_name == "Kimberly"


class TestAlike:
    @pytest.mark.parametrize(
        "typed",
        [
            pytest.param(("1001", "", "", None, ""), id="number"),
            pytest.param((" 1001 ", "", "", None, ""), id="number with space"),
            pytest.param(("", "sample01", "KIM", None, ""), id="name"),
            pytest.param(("", "", "Kim", BIRTH, ""), id="birth date and a name"),
        ],
    )
    def test_that_whoever_may_be_the_same_is_found(
        self, practice: Practice, typed: tuple[Any, ...]
    ) -> None:
        assert [p.id for p in enrolment.alike(practice.clinic, *typed)] == ["patient-1"]

    def test_that_what_is_empty_finds_nobody(self, practice: Practice) -> None:
        assert enrolment.alike(practice.clinic, " ", "", "", None, "") == ()


@pytest.mark.parametrize("acting", ["auditor", "admin", "kiosk", "nobody"])
def test_that_only_nurses_register(practice: Practice, acting: Any) -> None:
    practice.clinic = replace(practice.clinic, acting=acting)
    for act in (
        lambda: enrolment.register(practice.clinic, new()),
        lambda: enrolment.edit(practice.clinic, patient(), new()),
        lambda: enrolment.faults_of(practice.clinic, new()),
        lambda: enrolment.alike(practice.clinic, "1001", "", "", None, ""),
    ):
        with pytest.raises(Refusal, match="not_allowed"):
            act()


def test_that_a_date_that_is_put_right_later_makes_nobody_silent_who_was_never_asked() -> None:
    practice = Practice()
    practice.clock.set(instant(60))
    typed = replace(procedure(), date=practice.clinic.today())
    added = episode(9, procedure=typed)
    enrolment.register(practice.clinic, patient(9, number="90909"), added)
    practice.clock.advance(hours=1)
    right = replace(typed, date=date(0))
    foreseen = episodes.preview(practice.clinic, replace(added, procedure=right))
    done = episodes.correct_procedure(practice.clinic, added, right, "typed the wrong month")
    assert done.episode.followed_from == date(60)
    with practice.store.read() as work:
        judged = work.judgements.get(added.id)
        raised = work.alerts.of_episode(added.id)
    assert judged is not None
    assert (foreseen, raised, judged.silence) == ((), (), None)
