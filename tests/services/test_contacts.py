"""Attempts, notes and escalations: what is stored, what is refused, what is taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.alert import State
from monitor.services import alerts, contacts
from monitor.services.contacts import Deed
from monitor.services.ports import Conflict, Contact, Refusal
from tests.builders import answer, date, instant
from tests.services.clinics import Practice

RULE = "nerve_pain"


@pytest.fixture
def practice() -> Practice:
    """One patient with an amber alert, on the morning of day 3."""
    practice = Practice()
    practice.enrols()
    practice.reports(3, answer("burning", 8, compared="worse"))
    practice.clock.set(instant(3, 10))
    return practice


def call(**fields: Any) -> Contact:
    """A telephone call that reached nobody, as a dialog hands it in."""
    default = Contact("", "episode-1", date(3), "phone", "", "", result="no_answer")
    return replace(default, **fields)


def stored(practice: Practice, episode_id: str = "episode-1") -> tuple[Contact, ...]:
    with practice.store.read() as work:
        return work.contacts.of_episode(episode_id)


def test_that_a_contact_is_signed_with_who_writes_it_down_and_when(practice: Practice) -> None:
    done = contacts.log(
        practice.clinic, call(by="somebody else", at=instant(1), text=" rang \ud800")
    )
    assert done.changed == {"contacts"}
    assert stored(practice) == (done.contact,)
    assert (done.contact.by, done.contact.at) == ("nurse", instant(3, 10))
    assert done.contact.text == "rang ?"
    (line,) = practice.audit("episode-1")[-1:]
    assert (line.action, line.actor, line.reason) == ("contact_logged", "nurse", "phone")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "pigeon"}, "unknown_kind"),
        ({"result": ""}, "no_result"),
        ({"result": "busy"}, "unknown_result"),
        ({"kind": "visit"}, "no_attempt"),
        ({"kind": "visit", "result": "", "next_on": date(5)}, "no_attempt"),
        ({"findings": ("happy",)}, "unknown_finding"),
        ({"advice": ("run",)}, "unknown_advice"),
        ({"date": date(4)}, "in_future"),
        ({"next_on": date(3)}, "next_in_past"),
        ({"kind": "note", "result": "", "text": "  "}, "no_text"),
        ({"kind": "escalation", "result": "", "text": "worse"}, "no_recipient"),
        ({"kind": "escalation", "result": "", "to": "Dr B"}, "no_text"),
        ({"alert_id": "nobody"}, "unknown_alert"),
        ({"episode_id": "nobody"}, "unknown_episode"),
    ],
)
def test_that_what_cannot_be_is_refused_and_nothing_is_stored(
    practice: Practice, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        contacts.log(practice.clinic, call(**fields))
    assert refusal.value.code == code
    assert stored(practice) == ()


def test_that_an_alert_of_another_patient_is_not_written_about(practice: Practice) -> None:
    practice.enrols(2)
    alert = practice.alert(RULE)
    with pytest.raises(Refusal) as refusal:
        contacts.log(practice.clinic, call(episode_id="episode-2", alert_id=alert.id))
    assert refusal.value.code == "unknown_alert"


def test_that_the_alert_is_taken_in_hand_along_with_the_contact(practice: Practice) -> None:
    alert = practice.alert(RULE)
    reached = call(alert_id=alert.id, result="reached", text="knows it")
    done = contacts.log(practice.clinic, reached, Deed(alert.version))
    assert done.changed == {"contacts", "alerts"}
    assert done.alert == practice.alert(RULE)
    assert (done.alert.state, done.alert.note) == (State.ACKNOWLEDGED, "knows it")


def test_that_the_alert_is_closed_along_with_the_contact(practice: Practice) -> None:
    alert = practice.alert(RULE)
    contacts.log(practice.clinic, call(alert_id=alert.id), Deed(alert.version, "treated"))
    closed = practice.alert(RULE)
    assert (closed.state, closed.outcome) == (State.RESOLVED, "treated")


def test_that_neither_is_stored_where_somebody_else_was_first(practice: Practice) -> None:
    alert = practice.alert(RULE)
    other = replace(practice.clinic, actor="other")
    alerts.resolve(other, alert.id, alert.version, "treated")
    with pytest.raises(Conflict) as conflict:
        contacts.log(practice.clinic, call(alert_id=alert.id), Deed(alert.version))
    assert (conflict.value.code, conflict.value.details["by"]) == ("alert_changed", "other")
    assert stored(practice) == ()


def test_that_a_wrong_entry_is_struck_with_a_reason_and_stays(practice: Practice) -> None:
    wrong = contacts.log(practice.clinic, call(next_on=date(4))).contact
    kept = contacts.log(practice.clinic, call(kind="in_person")).contact
    struck = contacts.strike(practice.clinic, wrong.id, "another patient").contact
    assert (struck.strikes, struck.text, struck.by) == (wrong.id, "another patient", "nurse")
    assert stored(practice) == (wrong, kept, struck)
    assert contacts.standing(stored(practice)) == (kept,)
    assert practice.audit("episode-1")[-1].reason == "another patient"


def test_that_a_promise_that_was_struck_is_no_promise(practice: Practice) -> None:
    wrong = contacts.log(practice.clinic, call(next_on=date(4))).contact
    contacts.strike(practice.clinic, wrong.id, "wrong day")
    with practice.store.read() as work:
        assert work.contacts.promised() == {}


@pytest.mark.parametrize("of", ["the struck one", "the one that strikes"])
def test_that_an_entry_is_struck_once(practice: Practice, of: str) -> None:
    wrong = contacts.log(practice.clinic, call()).contact
    struck = contacts.strike(practice.clinic, wrong.id, "wrong").contact
    named = wrong if of == "the struck one" else struck
    with pytest.raises(Refusal) as refusal:
        contacts.strike(practice.clinic, named.id, "again")
    assert refusal.value.code == "is_struck"


def test_that_striking_needs_a_reason_and_something_to_strike(practice: Practice) -> None:
    wrong = contacts.log(practice.clinic, call()).contact
    with pytest.raises(Refusal, match="no_reason"):
        contacts.strike(practice.clinic, wrong.id, "  ")
    with pytest.raises(Refusal, match="unknown_contact"):
        contacts.strike(practice.clinic, "nobody", "wrong")


def test_that_an_entry_is_taken_back_at_once_with_what_was_done_to_its_alert(
    practice: Practice,
) -> None:
    alert = practice.alert(RULE)
    done = contacts.log(practice.clinic, call(alert_id=alert.id), Deed(alert.version))
    assert done.alert is not None
    practice.clock.set(instant(3, 10) + alerts.UNDO_WITHIN)
    back = contacts.take_back(practice.clinic, done.contact.id, done.alert.version)
    assert back.changed == {"contacts", "alerts"}
    assert practice.alert(RULE).state is State.RAISED
    assert contacts.standing(stored(practice)) == ()


def test_that_nothing_is_taken_back_where_the_alert_has_moved_on(practice: Practice) -> None:
    alert = practice.alert(RULE)
    done = contacts.log(practice.clinic, call(alert_id=alert.id), Deed(alert.version))
    assert done.alert is not None
    alerts.resolve(practice.clinic, alert.id, done.alert.version, "treated")
    with pytest.raises(Conflict):
        contacts.take_back(practice.clinic, done.contact.id, done.alert.version)
    assert contacts.standing(stored(practice)) == (done.contact,)


@pytest.mark.parametrize(
    ("actor", "later", "code"),
    [
        ("nurse", alerts.UNDO_WITHIN + dt.timedelta(seconds=1), "undo_too_late"),
        ("other", dt.timedelta(0), "not_possible"),
    ],
)
def test_that_only_its_writer_takes_an_entry_back_and_only_at_once(
    practice: Practice, actor: str, later: dt.timedelta, code: str
) -> None:
    done = contacts.log(practice.clinic, call())
    practice.clock.set(instant(3, 10) + later)
    with pytest.raises(Refusal, match=code):
        contacts.take_back(replace(practice.clinic, actor=actor), done.contact.id)


def test_that_the_names_used_before_are_offered_the_last_first(practice: Practice) -> None:
    for name in ("Dr A", "Dr B", "Dr A"):
        asked = call(kind="escalation", result="", to=name, text="worse")
        contacts.log(practice.clinic, asked)
    offered = contacts.codes(practice.clinic, "episode-1")
    assert offered.recipients == ("Dr A", "Dr B")
    assert "new_weakness" in offered.protocol.contacts.findings


@pytest.mark.parametrize("verb", ["log", "strike", "take_back", "codes"])
def test_that_an_auditor_writes_nothing(practice: Practice, verb: str) -> None:
    auditor = replace(practice.clinic, acting="auditor")
    with pytest.raises(Refusal, match="not_allowed"):
        getattr(contacts, verb)(auditor, "x", "y") if verb == "strike" else getattr(contacts, verb)(
            auditor, "x"
        )


def test_that_sending_a_contact_again_changes_nothing(practice: Practice) -> None:
    """The store was slow, nobody was told that it is stored, and somebody pressed Enter again."""
    called = call(id="made-by-the-dialog")
    first = contacts.log(practice.clinic, called)
    practice.clock.advance(minutes=2)
    again = contacts.log(practice.clinic, called)
    assert again.alert is None
    with practice.store.read() as work:
        assert work.contacts.of_episode(called.episode_id) == (first.contact,)
