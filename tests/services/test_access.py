from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from monitor.services import access, submissions
from monitor.services.ports import Refusal
from tests.builders import answer, date, episode, instant, patient, procedure
from tests.protocols import default_protocol
from tests.services.clinics import Practice, broken_protocol

BIRTH = dt.date(1970, 5, 17)


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols(one=patient(1, language="de", family_name="Öztürk", given_name="Aylin"))
    practice.enrols(2, own=episode(2, state="closed"))
    practice.clock.set(instant(3))
    return practice


def test_that_an_implant_is_known_to_the_kiosk(practice: Practice) -> None:
    own = episode(3, procedure=procedure(profile="DORSAL_OPEN", implant=True))
    practice.enrols(3, own=own)
    assert access.identify(practice.clinic, "1003", BIRTH).implant


def test_that_number_and_birth_date_open_the_form_of_the_day(practice: Practice) -> None:
    assert access.identify(practice.clinic, "1001", BIRTH) == access.Welcome(
        episode_id="episode-1",
        given_name="Aylin",
        family_initial="Ö",
        birth_month=5,
        form_id="acute",
        day=3,
        profile="MBRFN",
        protocol=default_protocol(),
        answered_today=False,
        language="de",
    )


@pytest.mark.parametrize(
    ("number", "birth_date"),
    [
        pytest.param("9999", BIRTH, id="unknown number"),
        pytest.param("1001", dt.date(1970, 5, 18), id="wrong date"),
        pytest.param("1002", BIRTH, id="closed episode"),
        pytest.param("100", BIRTH, id="part of a number"),
        pytest.param("", BIRTH, id="no number"),
    ],
)
def test_that_everybody_else_is_refused_alike(
    practice: Practice, number: str, birth_date: dt.date
) -> None:
    with pytest.raises(Refusal) as refusal:
        access.identify(practice.clinic, number, birth_date)
    assert (refusal.value.code, refusal.value.details) == ("not_matched", {})
    assert [line.action for line in practice.audit("")] == ["kiosk_not_matched"]


def test_that_who_identified_is_in_the_audit(practice: Practice) -> None:
    access.identify(practice.clinic, "1001", BIRTH)
    assert [line.action for line in practice.audit("episode-1")] == ["kiosk_identified"]


def test_that_a_second_form_on_the_same_day_is_known(practice: Practice) -> None:
    practice.reports(3)
    assert access.identify(practice.clinic, "1001", BIRTH).answered_today
    practice.clock.set(instant(4))
    assert not access.identify(practice.clinic, "1001", BIRTH).answered_today


def followed(practice: Practice, **days: int) -> None:
    """Follow the first patient for further procedures, by their ids and days."""
    with practice.store.begin() as work:
        for name, day in days.items():
            one = episode(patient_id="patient-1", id=name, procedure=procedure(date=date(day)))
            work.episodes.add(replace(one, state="closed" if name == "closed" else "open"))
        work.commit()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(-1, "episode-1", id="none has happened: the next one"),
        pytest.param(0, "episode-1", id="the first, on its day"),
        pytest.param(19, "episode-1", id="the first, until the day before the second"),
        pytest.param(20, "second", id="the second, on its day"),
        pytest.param(49, "second", id="not one that is closed"),
        pytest.param(60, "third", id="the newest"),
    ],
)
def test_that_the_newest_procedure_that_has_happened_is_the_one(
    practice: Practice, day: int, expected: str
) -> None:
    followed(practice, second=20, closed=40, third=60)
    practice.clock.set(instant(day))
    assert access.identify(practice.clinic, "1001", BIRTH).episode_id == expected


def test_that_a_report_of_today_is_known_whichever_procedure_it_was_given_for(
    practice: Practice,
) -> None:
    practice.reports(3)
    followed(practice, second=2)
    welcome = access.identify(practice.clinic, "1001", BIRTH)
    assert (welcome.episode_id, welcome.answered_today) == ("second", True)


def test_that_a_report_that_was_taken_back_can_be_given_again(practice: Practice) -> None:
    practice.reports(3)
    submissions.correct(practice.clinic, "form-3-9", "nothing", (), "another patient's")
    assert not access.identify(practice.clinic, "1001", BIRTH).answered_today


class TestAskedAgain:
    @pytest.fixture
    def practice(self, practice: Practice) -> Practice:
        """Pain of 8 before, of 2 afterwards, and of 6 on day 62: suspicious, and not enough."""
        practice.reports(-3, answer("pain", 8))
        for day in (28, 35, 42, 50):
            practice.reports(day, answer("pain", 2))
        practice.reports(62, answer("pain", 6))
        with practice.store.read() as work:
            judged = work.judgements.get("episode-1")
        assert judged is not None
        assert (judged.extra, judged.opens_on, judged.closes_on) == (True, date(69), date(73))
        return practice

    @pytest.mark.parametrize(
        ("day", "asked"), [(62, False), (68, False), (69, True), (73, True), (74, False)]
    )
    def test_that_a_suspicious_report_is_asked_for_again_in_its_days(
        self, practice: Practice, day: int, asked: bool
    ) -> None:
        practice.clock.set(instant(day))
        welcome = access.identify(practice.clinic, "1001", BIRTH)
        assert (welcome.asked_again, welcome.form_id) == (asked, "month")

    def test_that_it_is_asked_for_once(self, practice: Practice) -> None:
        practice.reports(66, answer("pain", 2))
        assert not access.identify(practice.clinic, "1001", BIRTH).asked_again

    def test_that_its_form_is_that_of_its_first_day(self, practice: Practice) -> None:
        with practice.store.begin() as work:
            judged = work.judgements.get("episode-1")
            assert judged is not None
            work.judgements.set(replace(judged, opens_on=date(40), closes_on=date(90)))
            work.commit()
        practice.clock.set(instant(66))
        assert access.identify(practice.clinic, "1001", BIRTH).form_id == "week"

    def test_that_a_rule_that_fails_keeps_nobody_from_answering(self, practice: Practice) -> None:
        practice.follows(broken_protocol())
        practice.sweeps(70)
        assert access.identify(practice.clinic, "1001", BIRTH).asked_again
