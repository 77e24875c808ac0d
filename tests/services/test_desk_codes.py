"""Codes from the desk: short, for today, for once, and nowhere to be read again."""

from __future__ import annotations

import secrets

import pytest

from monitor.services import access, desk_codes
from monitor.services.ports import Refusal
from tests.builders import episode, instant
from tests.services.clinics import Practice


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols(1)
    practice.enrols(2)
    practice.enrols(3, own=episode(3, state="closed"))
    practice.clock.set(instant(3))
    return practice


def test_that_a_code_has_six_digits_and_signs_its_patient_in(practice: Practice) -> None:
    code = desk_codes.issue(practice.clinic, "episode-2")
    assert (len(code), code.isascii(), code.isdigit()) == (6, True, True)
    assert access.identify_by_code(practice.clinic, code).episode_id == "episode-2"
    (issued, _) = practice.audit("episode-2")
    assert (issued.action, issued.actor, issued.reason) == ("code_issued", "nurse", "")


def test_that_small_numbers_keep_their_zeros(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "randbelow", lambda _: 42)
    assert desk_codes.issue(practice.clinic, "episode-1") == "000042"


def test_that_two_patients_never_have_the_same_code(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    thrown = iter((7, 7, 7, 8))
    monkeypatch.setattr(secrets, "randbelow", lambda _: next(thrown))
    assert desk_codes.issue(practice.clinic, "episode-1") == "000007"
    assert desk_codes.issue(practice.clinic, "episode-2") == "000008"


def test_that_a_new_code_takes_back_the_one_before(practice: Practice) -> None:
    first = desk_codes.issue(practice.clinic, "episode-1")
    second = desk_codes.issue(practice.clinic, "episode-1")
    with pytest.raises(Refusal, match="not_matched"):
        access.identify_by_code(practice.clinic, first)
    assert access.identify_by_code(practice.clinic, second).episode_id == "episode-1"


@pytest.mark.parametrize(
    ("episode_id", "code"), [("episode-3", "episode_closed"), ("nobody", "unknown_episode")]
)
def test_that_nobody_who_is_not_followed_gets_a_code(
    practice: Practice, episode_id: str, code: str
) -> None:
    with pytest.raises(Refusal, match=code):
        desk_codes.issue(practice.clinic, episode_id)


def test_that_the_desk_can_name_a_patient_by_number(practice: Practice) -> None:
    code = desk_codes.issue_to(practice.clinic, "1002")
    assert access.identify_by_code(practice.clinic, code).episode_id == "episode-2"


@pytest.mark.parametrize("number", ["1003", "9999"])
def test_that_a_number_of_nobody_who_is_followed_is_named(practice: Practice, number: str) -> None:
    with pytest.raises(Refusal) as refusal:
        desk_codes.issue_to(practice.clinic, number)
    assert (refusal.value.code, refusal.value.details) == ("not_followed", {"number": number})
