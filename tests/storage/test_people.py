"""Patients, users, looks and imports, held against the fake and the real store."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.episode import CANARY
from monitor.services.ports import Batch, Conflict, Refusal, Store, User, Work
from tests.builders import (
    alert,
    call,
    contact,
    desk_code,
    draft,
    episode,
    instant,
    judged,
    patient,
    submission,
)


def user(count: int = 1, **fields: Any) -> User:
    default = User(f"user-{count}", f"Nurse {count}", "nurse", password="argon-hash")
    return replace(default, **fields)


def batch(day: int = 1, **fields: Any) -> Batch:
    default = Batch(f"batch-{day}", instant(day), "lead", "list.csv", ("patient-1",), ("e", "f"))
    return replace(default, **fields)


class TestSavingAPatient:
    def test_that_every_field_is_written(self, work: Work) -> None:
        changed = patient(
            1,
            number="9",
            family_name="Wéiß",
            given_name="Ö",
            phone="1",
            language="ky",
            sex="other",
            remark="deaf in the left ear",
        )
        work.patients.save(changed)
        assert work.patients.get("patient-1") == work.patients.by_number("9") == changed

    def test_that_a_patient_may_keep_the_number(self, work: Work) -> None:
        work.patients.save(patient(1, phone="5"))
        assert work.patients.get("patient-1").phone == "5"

    def test_that_the_number_of_another_is_refused(self, work: Work) -> None:
        with pytest.raises(Conflict) as refused:
            work.patients.save(patient(1, number=patient(2).number))
        assert refused.value.code == "number_taken"
        assert work.patients.get("patient-1") == patient(1)

    def test_that_an_unknown_patient_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.patients.save(patient(7))
        assert refused.value.code == "unknown_patient"


class TestRemovingAPatient:
    def test_that_one_without_episodes_goes(self, work: Work) -> None:
        work.patients.add(patient(3))
        work.patients.remove("patient-3")
        assert work.patients.by_number(patient(3).number) is None

    def test_that_one_with_an_episode_stays(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.patients.remove("patient-1")
        assert refused.value.code == "in_use"
        assert work.patients.get("patient-1") == patient(1)

    def test_that_an_unknown_patient_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.patients.remove("nobody")
        assert refused.value.code == "unknown_patient"


class TestRemovingAnEpisode:
    def test_that_what_was_judged_and_seen_of_it_goes_along(self, work: Work) -> None:
        work.judgements.set(judged())
        work.looks.set("kim", "episode-1", instant(1))
        work.looks.set("kim", "episode-2", instant(1))
        work.calls.add(call(episode_id="episode-1"))
        work.episodes.remove("episode-1")
        assert work.episodes.of_patient("patient-1") == ()
        assert work.judgements.get("episode-1") is None
        assert work.looks.of_user("kim") == {"episode-2": instant(1)}
        work.patients.remove("patient-1")

    @pytest.mark.parametrize(
        "keep",
        [
            lambda work: work.submissions.add(submission()),
            lambda work: work.alerts.add(alert()),
            lambda work: work.contacts.add(contact()),
            lambda work: work.drafts.set(draft()),
            lambda work: work.desk_codes.add(desk_code()),
        ],
        ids=["submission", "alert", "contact", "draft", "desk code"],
    )
    def test_that_one_of_which_anything_is_kept_stays_as_it_is(self, work: Work, keep: Any) -> None:
        keep(work)
        work.judgements.set(judged())
        work.looks.set("kim", "episode-1", instant(1))
        with pytest.raises(Refusal) as refused:
            work.episodes.remove("episode-1")
        assert refused.value.code == "in_use"
        assert work.episodes.get("episode-1") == episode()
        assert work.judgements.get("episode-1") == judged()
        assert work.looks.of_user("kim") == {"episode-1": instant(1)}

    def test_that_an_unknown_episode_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.episodes.remove("none")
        assert refused.value.code == "unknown_episode"


class TestAlike:
    """Who may be the person that is about to be registered."""

    OTHER_DAY = patient().birth_date.replace(year=1940)

    @pytest.mark.parametrize(
        ("fields", "is_alike"),
        [
            ({"number": "2001"}, True),
            ({"number": "200"}, False),
            ({"family_name": "nunez", "given_name": "MARIA jose"}, True),
            ({"family_name": "nunez", "given_name": "Maria"}, False),
            ({"family_name": "Núñez"}, False),
            ({"family_name": "Núñez", "birth_date": patient().birth_date}, True),
            ({"given_name": "maría-josé", "birth_date": patient().birth_date}, True),
            ({"family_name": "Núñez", "birth_date": OTHER_DAY}, False),
            ({"birth_date": patient().birth_date}, False),
            ({"family_name": "x", "given_name": "y", "birth_date": patient().birth_date}, False),
            ({"phone": "(0171) 55-5"}, True),
            ({"phone": "171555"}, False),
            ({"phone": "none"}, False),
            ({}, False),
            ({"family_name": "%", "given_name": "%", "birth_date": patient().birth_date}, False),
        ],
    )
    def test_that_those_are_told_who_share_enough(
        self, work: Work, fields: dict[str, Any], is_alike: bool
    ) -> None:
        there = patient(
            5, number="2001", family_name="Núñez", given_name="María José", phone="0171 555"
        )
        work.patients.add(there)
        asked: dict[str, Any] = {
            "number": "", "family_name": "", "given_name": "", "birth_date": None, "phone": "",
        }  # fmt: skip
        found = work.patients.alike(**{**asked, **fields})
        assert (there in found) is is_alike
        assert found == (there,) * is_alike

    def test_that_names_without_a_letter_are_not_compared(self, work: Work) -> None:
        work.patients.add(patient(5, family_name="-", given_name="?"))
        assert work.patients.alike("", "-", "?", patient().birth_date, "-") == ()

    def test_that_they_are_in_order_of_their_names_without_the_canary(self, work: Work) -> None:
        for count, name in ((5, "Ö"), (6, "o"), (7, "A")):
            work.patients.add(patient(count, family_name=name, phone="77"))
        work.patients.add(patient(8, id=CANARY, phone="77"))
        found = work.patients.alike("1001", "", "", None, "77")
        assert [one.id for one in found] == ["patient-7", "patient-5", "patient-6", "patient-1"]


class TestUsers:
    def test_that_every_field_comes_back(self, work: Work) -> None:
        told = user(role="auditor", pin="argon", is_active=False, must_change=True)
        work.users.add(told)
        assert work.users.get("user-1") == told
        changed = replace(told, name="Else", role="lead", is_active=True, must_change=False)
        work.users.save(changed)
        assert work.users.get("user-1") == changed

    def test_that_they_are_listed_by_name_whatever_the_capitals(self, work: Work) -> None:
        for count, name in enumerate(("Zed", "adams", "Berg", "ÖZ")):
            work.users.add(user(count, name=name))
        assert [one.name for one in work.users.all()] == ["adams", "Berg", "Zed", "ÖZ"]

    def test_that_an_id_in_use_is_refused(self, work: Work) -> None:
        work.users.add(user())
        with pytest.raises(Conflict) as refused:
            work.users.add(user(name="Other"))
        assert refused.value.code == "id_taken"

    @pytest.mark.parametrize(("name", "same"), [("M. Osei", "m. osei"), ("STRASSE", "straße")])
    def test_that_a_name_in_use_is_refused_whatever_the_capitals(
        self, work: Work, name: str, same: str
    ) -> None:
        work.users.add(user(1, name=name))
        work.users.add(user(2))
        for write in (
            lambda: work.users.add(user(3, name=same)),
            lambda: work.users.save(user(2, name=same)),
        ):
            with pytest.raises(Conflict) as refused:
                write()
            assert refused.value.code == "name_taken"
        work.users.save(user(1, name=same))

    def test_that_an_unknown_user_is_refused(self, work: Work) -> None:
        for ask in (lambda: work.users.get("none"), lambda: work.users.save(user(9))):
            with pytest.raises(Refusal) as refused:
                ask()
            assert refused.value.code == "unknown_user"


class TestLooks:
    def test_that_the_last_look_of_each_user_is_known(self, work: Work) -> None:
        work.looks.set("kim", "episode-1", instant(5))
        work.looks.set("kim", "episode-1", instant(3))
        work.looks.set("osei", "episode-1", instant(4))
        work.looks.set("kim", "episode-2", instant(1))
        assert work.looks.of_user("kim") == {"episode-1": instant(3), "episode-2": instant(1)}
        assert work.looks.of_user("nobody") == {}

    def test_that_an_unknown_episode_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.looks.set("kim", "none", instant(1))
        assert refused.value.code == "unknown_episode"


class TestBatches:
    def test_that_the_newest_is_first(self, work: Work) -> None:
        for one in (batch(1), batch(3), batch(2, id="b"), batch(2, id="a", patient_ids=())):
            work.batches.add(one)
        assert [one.id for one in work.batches.all()] == ["batch-3", "a", "b", "batch-1"]
        assert work.batches.get("batch-1") == batch(1)

    def test_that_one_is_taken_back_once(self, work: Work) -> None:
        work.batches.add(batch())
        work.batches.undone("batch-1", instant(4))
        assert work.batches.get("batch-1") == batch(undone_at=instant(4))
        with pytest.raises(Conflict) as refused:
            work.batches.undone("batch-1", instant(5))
        assert refused.value.code == "batch_undone"
        assert work.batches.get("batch-1").undone_at == instant(4)

    def test_that_an_unknown_one_is_refused(self, work: Work) -> None:
        for ask in (
            lambda: work.batches.get("none"),
            lambda: work.batches.undone("none", instant(1)),
        ):
            with pytest.raises(Refusal) as refused:
                ask()
            assert refused.value.code == "unknown_batch"

    def test_that_an_id_in_use_is_refused(self, work: Work) -> None:
        work.batches.add(batch())
        with pytest.raises(Conflict) as refused:
            work.batches.add(batch())
        assert refused.value.code == "id_taken"


def test_that_leaving_without_commit_undoes_all_of_it(store: Store) -> None:
    with store.begin() as work:
        work.patients.add(patient())
        work.episodes.add(episode())
        work.commit()
    with store.begin() as work:
        work.users.add(user())
        work.looks.set("kim", "episode-1", instant(1))
        work.batches.add(batch())
        work.patients.save(patient(1, phone="5"))
        work.episodes.remove("episode-1")
    with store.read() as work:
        assert work.users.all() == ()
        assert work.looks.of_user("kim") == {}
        assert work.batches.all() == ()
        assert work.patients.all() == (patient(),)
        assert work.episodes.get("episode-1") == episode()
