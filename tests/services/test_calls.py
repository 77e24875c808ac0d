"""A kiosk that asks for a person, until somebody says that they are going."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.services import calls
from monitor.services.ports import Call, CallKind, Conflict, Refusal
from tests.builders import instant
from tests.services.clinics import Practice


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols()
    practice.clock.set(instant(3))
    return practice


def test_that_a_call_waits_until_somebody_goes(practice: Practice) -> None:
    at_kiosk = replace(practice.clinic, actor="patient", station="kiosk")
    made = calls.call(at_kiosk, "urgent", "episode-1")
    assert calls.waiting(practice.clinic) == (
        Call(made.id, instant(3), "kiosk", "urgent", "episode-1"),
    )
    calls.answer(practice.clinic, made.id)
    assert calls.waiting(practice.clinic) == ()
    assert [(line.action, line.actor, line.reason) for line in practice.audit(made.id)] == [
        ("staff_called", "patient", "urgent"),
        ("call_answered", "nurse", ""),
    ]


def test_that_calls_wait_in_their_order(practice: Practice) -> None:
    first = calls.call(practice.clinic, "staff")
    practice.clock.advance(minutes=1)
    second = calls.call(practice.clinic, "help")
    assert calls.waiting(practice.clinic) == (first, second)


def test_that_only_one_can_say_that_they_are_going(practice: Practice) -> None:
    made = calls.call(practice.clinic, "staff")
    calls.answer(practice.clinic, made.id)
    with pytest.raises(Conflict) as conflict:
        calls.answer(replace(practice.clinic, actor="another"), made.id)
    assert (conflict.value.code, conflict.value.details) == ("call_answered", {"by": "nurse"})
    assert [line.action for line in practice.audit(made.id)] == ["staff_called", "call_answered"]


def test_that_a_call_nobody_made_cannot_be_answered(practice: Practice) -> None:
    with pytest.raises(Refusal, match="unknown_call"):
        calls.answer(practice.clinic, "nothing")


def test_that_pressing_again_makes_no_second_call(practice: Practice) -> None:
    made = calls.call(practice.clinic, "urgent", "episode-1")
    practice.clock.advance(minutes=1)
    assert calls.call(practice.clinic, "urgent", "episode-1") == made
    assert calls.waiting(practice.clinic) == (made,)


@pytest.mark.parametrize(
    ("station", "kind", "episode_id"),
    [("kiosk-2", "urgent", "episode-1"), ("desk", "staff", "episode-1"), ("desk", "urgent", "")],
)
def test_that_another_place_kind_or_patient_is_another_call(
    practice: Practice, station: str, kind: CallKind, episode_id: str
) -> None:
    calls.call(practice.clinic, "urgent", "episode-1")
    calls.call(replace(practice.clinic, station=station), kind, episode_id)
    assert len(calls.waiting(practice.clinic)) == 2


def test_that_who_was_answered_can_call_again(practice: Practice) -> None:
    made = calls.call(practice.clinic, "staff")
    calls.answer(practice.clinic, made.id)
    again = calls.call(practice.clinic, "staff")
    assert calls.waiting(practice.clinic) == (again,)
    assert again.id != made.id
