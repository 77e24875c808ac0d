from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from monitor.services import access
from monitor.services.ports import Refusal
from tests.builders import episode, instant, patient, procedure
from tests.protocols import default_protocol
from tests.services.clinics import Practice

BIRTH = dt.date(1970, 5, 17)


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols(one=patient(1, language="de", family_name="Öztürk", given_name="Aylin"))
    practice.enrols(2, own=episode(2, state="closed"))
    practice.clock.set(instant(3))
    return practice


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


def test_that_the_newest_open_episode_is_the_one(practice: Practice) -> None:
    newer = episode(
        3, patient_id="patient-1", procedure=procedure(date=dt.date(2026, 3, 4), profile="TORT")
    )
    newest = replace(newer, id="episode-4", procedure=procedure(date=dt.date(2026, 3, 5)))
    with practice.store.begin() as work:
        work.episodes.add(newer)
        work.episodes.add(replace(newest, state="closed"))
        work.commit()
    assert access.identify(practice.clinic, "1001", BIRTH).episode_id == "episode-3"


@pytest.mark.parametrize(
    ("day", "form"),
    [
        (-60, "base"),
        (-1, "base"),
        (1, "acute"),
        (2, "acute"),
        (12, "acute"),
        (21, "week"),
        (60, "month"),
        (900, "month"),
    ],
)
def test_that_the_form_is_todays_or_the_last_one_due(day: int, form: str) -> None:
    assert access.form_on(default_protocol(), "MBRFN", day) == form
