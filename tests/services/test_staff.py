"""The staff PIN: nobody gets past it by trying, at however many kiosks, and staff do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.services import staff
from monitor.services.ports import Refusal
from tests.builders import instant
from tests.services.clinics import Practice

PIN, WRONG = "246801", "246802"


@pytest.fixture
def practice() -> Practice:
    """A clinic with a PIN; it is 10:00 in Berlin."""
    practice = Practice()
    practice.clock.set(instant(3))
    staff.set_pin(practice.clinic, PIN)
    return practice


def refused(practice: Practice, pin: str, station: str = "kiosk") -> Refusal:
    with pytest.raises(Refusal) as refusal:
        staff.enter_pin(replace(practice.clinic, station=station), pin)
    return refusal.value


def wrong_times(practice: Practice, count: int) -> None:
    for _ in range(count):
        refused(practice, WRONG)


def test_that_who_knows_the_pin_passes(practice: Practice) -> None:
    staff.enter_pin(practice.clinic, PIN)
    assert [line.action for line in practice.audit("staff_pin")] == ["pin_set", "pin_accepted"]


def test_that_a_clinic_without_a_pin_says_so() -> None:
    practice = Practice()
    assert not staff.has_pin(practice.clinic)
    assert refused(practice, PIN).code == "no_pin"
    staff.set_pin(practice.clinic, PIN)
    assert staff.has_pin(practice.clinic)


@pytest.mark.parametrize(
    "pin",
    [
        "",
        "24680",
        "24680a",
        "246 801",
        "²⁴⁶⁸⁰¹",
        "٢٤٦٨٠١",
        "000000",
        "7777777",
        "123456",
        "654321",
        "789012",
        "210987",
        "135791",
    ],
)
def test_that_a_pin_that_is_easily_guessed_is_refused(pin: str) -> None:
    practice = Practice()
    with pytest.raises(Refusal, match="weak_pin"):
        staff.set_pin(practice.clinic, pin)
    assert not staff.has_pin(practice.clinic)


@pytest.mark.parametrize("pin", ["246801", "112233", "123457", "80215046"])
def test_that_any_other_pin_will_do(practice: Practice, pin: str) -> None:
    staff.set_pin(practice.clinic, pin)
    staff.enter_pin(practice.clinic, pin)


def test_that_the_pin_itself_is_nowhere(practice: Practice) -> None:
    refused(practice, WRONG)
    staff.enter_pin(practice.clinic, PIN)
    with practice.store.read() as work:
        kept = work.secrets.get("staff_pin")
        tries = work.attempts.since(instant(0), "pin")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert {one.subject for one in tries} == {""}
    told = repr((kept, tries, practice.audit("staff_pin")))
    assert PIN not in told
    assert WRONG not in told


def test_that_the_same_pin_is_kept_otherwise_each_time(practice: Practice) -> None:
    with practice.store.read() as work:
        first = work.secrets.get("staff_pin")
    staff.set_pin(practice.clinic, PIN)
    with practice.store.read() as work:
        assert work.secrets.get("staff_pin") != first


def test_that_four_wrong_tries_are_told_apart_and_the_fifth_locks_for_five_minutes(
    practice: Practice,
) -> None:
    left = [refused(practice, WRONG).details["left"] for _ in range(4)]
    fifth = refused(practice, WRONG)
    assert left == ["4", "3", "2", "1"]
    assert (fifth.code, fifth.details) == ("pin_locked", {"until": "10:05"})


def test_that_the_right_pin_is_refused_while_it_is_locked(practice: Practice) -> None:
    wrong_times(practice, 5)
    practice.clock.advance(minutes=4, seconds=59)
    assert refused(practice, PIN).details == {"until": "10:05"}
    practice.clock.advance(seconds=1)
    staff.enter_pin(practice.clinic, PIN)
    reasons = [(line.action, line.reason) for line in practice.audit("staff_pin")]
    assert reasons[-2:] == [("pin_refused", "locked"), ("pin_accepted", "")]


def test_that_the_end_of_a_lock_is_never_told_too_early(practice: Practice) -> None:
    practice.clock.advance(seconds=1)
    wrong_times(practice, 4)
    assert refused(practice, WRONG).details == {"until": "10:06"}


def test_that_trying_while_it_is_locked_makes_it_no_longer(practice: Practice) -> None:
    wrong_times(practice, 5)
    practice.clock.advance(minutes=3)
    refused(practice, WRONG)
    practice.clock.advance(minutes=2)
    staff.enter_pin(practice.clinic, PIN)


def test_that_a_lock_holds_at_every_kiosk_and_counts_those_of_all(practice: Practice) -> None:
    for number in range(5):
        refused(practice, WRONG, station=f"kiosk-{number}")
    assert refused(practice, PIN, station="kiosk-9").code == "pin_locked"


def test_that_from_the_fifth_on_each_wrong_try_locks_and_from_the_tenth_for_longer(
    practice: Practice,
) -> None:
    wrong_times(practice, 4)
    ends = []
    for minutes in (5, 5, 5, 5, 5, 15, 15):
        ends.append(refused(practice, WRONG).details["until"])
        practice.clock.advance(minutes=minutes)
    assert ends == ["10:05", "10:10", "10:15", "10:20", "10:25", "10:40", "10:55"]
    staff.enter_pin(practice.clinic, PIN)


def test_that_a_right_pin_ends_the_row(practice: Practice) -> None:
    wrong_times(practice, 4)
    staff.enter_pin(practice.clinic, PIN)
    assert refused(practice, WRONG).details == {"left": "4"}


def test_that_a_new_pin_ends_a_lock(practice: Practice) -> None:
    wrong_times(practice, 5)
    staff.set_pin(practice.clinic, "80215046")
    staff.enter_pin(practice.clinic, "80215046")


def test_that_setting_the_clock_back_does_not_end_a_lock(practice: Practice) -> None:
    wrong_times(practice, 5)
    practice.clock.advance(days=-2)
    assert refused(practice, PIN).code == "pin_locked"


def test_that_a_try_counts_before_it_is_known_to_be_wrong(practice: Practice) -> None:
    """Two at once, at two kiosks, are two tries; and so is one whose plug was pulled."""
    for _ in range(5):
        staff._take_try(practice.clinic)
    assert refused(practice, PIN).code == "pin_locked"
