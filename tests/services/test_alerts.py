from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain.alert import State
from monitor.domain.protocol import Protocol
from monitor.services import alerts
from monitor.services.ports import Conflict, Refusal
from tests.builders import answer, date, instant
from tests.protocols import default_protocol
from tests.services.clinics import Practice

LATCHED, RED, PASSING = "nerve_pain", "airway", "missed_report"


@pytest.fixture
def practice() -> Practice:
    """One patient with nerve pain and a red flag, both raised on day 3 at nine."""
    practice = Practice()
    practice.enrols()
    practice.reports(3, answer("burning", 8, compared="worse"), answer("breathing", "yes"))
    practice.clock.set(instant(3, 10))
    return practice


class TestHappy:
    def test_that_acknowledging_says_who_takes_it_in_hand(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        done = alerts.acknowledge(practice.clinic, alert.id, alert.version, "  calls her ")
        assert done.changed == {"alerts"}
        assert done.alert == practice.alert(LATCHED)
        assert done.alert.state is State.ACKNOWLEDGED
        assert (done.alert.changed_by, done.alert.changed_at) == ("nurse", instant(3, 10))
        assert (done.alert.note, done.alert.version) == ("calls her", 2)

    def test_that_resolving_closes_it_with_an_outcome(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        done = alerts.resolve(practice.clinic, alert.id, alert.version, "treated", "gabapentin")
        assert (done.alert.state, done.alert.outcome) == (State.RESOLVED, "treated")

    def test_that_snoozing_puts_it_aside_until_a_date(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        done = alerts.snooze(practice.clinic, alert.id, alert.version, date(5), "known")
        assert (done.alert.state, done.alert.snoozed_until) == (State.SNOOZED, date(5))

    def test_that_reopening_takes_back_that_it_was_closed(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.resolve(practice.clinic, alert.id, alert.version, "treated")
        done = alerts.reopen(practice.clinic, alert.id, 2, "wrong patient")
        assert (done.alert.state, done.alert.outcome) == (State.RAISED, "")

    def test_that_every_step_is_in_the_history_and_in_the_audit(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.acknowledge(practice.clinic, alert.id, 1, "seen")
        alerts.snooze(practice.clinic, alert.id, 2, date(5), "known")
        alerts.resolve(practice.clinic, alert.id, 3, "treated", "done")
        alerts.reopen(practice.clinic, alert.id, 4, "back")
        assert [(e.happening, e.by, e.note, e.day) for e in practice.history(alert)] == [
            ("raise", "rules", "", 3),
            ("acknowledge", "nurse", "seen", 3),
            ("snooze", "nurse", "known", 3),
            ("resolve", "nurse", "done", 3),
            ("reopen", "nurse", "back", 3),
        ]
        assert [(a.action, a.actor, a.station, a.reason) for a in practice.audit(alert.id)] == [
            ("alert_acknowledge", "nurse", "desk", "seen"),
            ("alert_snooze", "nurse", "desk", "known"),
            ("alert_resolve", "nurse", "desk", "done"),
            ("alert_reopen", "nurse", "desk", "back"),
        ]


class TestRefused:
    def test_that_a_stale_version_says_who_changed_it_and_when(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.acknowledge(replace(practice.clinic, actor="Ada"), alert.id, alert.version)
        with pytest.raises(Conflict) as refusal:
            alerts.resolve(practice.clinic, alert.id, alert.version, "treated")
        assert refusal.value.code == "alert_changed"
        assert refusal.value.details == {
            "by": "Ada",
            "at": "2026-03-05 11:00",  # the clinic's time, an hour ahead of UTC
            "state": "acknowledged",
        }

    @pytest.mark.parametrize("outcome", ["", "cured"])
    def test_that_an_outcome_outside_the_protocol_is_refused(
        self, practice: Practice, outcome: str
    ) -> None:
        alert = practice.alert(LATCHED)
        with pytest.raises(Refusal, match="unknown_outcome"):
            alerts.resolve(practice.clinic, alert.id, alert.version, outcome)
        assert practice.alert(LATCHED) == alert

    @pytest.mark.parametrize(
        ("until", "note", "code"),
        [(5, " ", "no_reason"), (3, "known", "snooze_in_past"), (2, "known", "snooze_in_past")],
    )
    def test_that_a_snooze_needs_a_reason_and_a_day_to_come(
        self, practice: Practice, until: int, note: str, code: str
    ) -> None:
        alert = practice.alert(LATCHED)
        with pytest.raises(Refusal, match=code):
            alerts.snooze(practice.clinic, alert.id, alert.version, date(until), note)

    def test_that_a_red_flag_is_never_snoozed(self, practice: Practice) -> None:
        alert = practice.alert(RED)
        with pytest.raises(Refusal, match="never_snoozed"):
            alerts.snooze(practice.clinic, alert.id, alert.version, date(5), "known")

    def test_that_what_the_state_does_not_allow_is_refused(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.acknowledge(practice.clinic, alert.id, 1)
        with pytest.raises(Refusal) as refusal:
            alerts.acknowledge(practice.clinic, alert.id, 2)
        assert refusal.value.code == "not_possible"
        assert refusal.value.details == {"state": "acknowledged", "step": "acknowledge"}

    def test_that_an_unknown_alert_is_refused(self, practice: Practice) -> None:
        with pytest.raises(Refusal, match="unknown_alert"):
            alerts.acknowledge(practice.clinic, "no such alert", 1)

    def test_that_reopening_beside_one_raised_anew_is_refused(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.resolve(practice.clinic, alert.id, alert.version, "treated")
        practice.reports(5, answer("burning", 0))
        practice.reports(7, answer("burning", 8, compared="worse"))
        old = practice.alerts()[0] if practice.alerts()[0].id == alert.id else practice.alerts()[1]
        with pytest.raises(Conflict, match="alert_open"):
            alerts.reopen(practice.clinic, old.id, old.version)

    def test_that_a_refused_step_leaves_no_trace(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        with pytest.raises(Refusal):
            alerts.resolve(practice.clinic, alert.id, alert.version, "cured")
        assert len(practice.history(alert)) == 1
        assert practice.audit(alert.id) == []


class TestAfterwards:
    """What the rules make of an alert that a person has moved."""

    def test_that_a_closed_alert_stays_closed_while_its_condition_holds(
        self, practice: Practice
    ) -> None:
        alert = practice.alert(LATCHED)
        alerts.resolve(practice.clinic, alert.id, alert.version, "treated")
        practice.reports(5, answer("burning", 8, compared="worse"))
        practice.sweeps(6)
        assert practice.alert(LATCHED).state is State.RESOLVED

    def test_that_a_snoozed_alert_wakes_on_its_date(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.snooze(practice.clinic, alert.id, alert.version, date(5), "known")
        practice.sweeps(4)
        assert practice.alert(LATCHED).state is State.SNOOZED
        practice.sweeps(5)
        woken = practice.alert(LATCHED)
        assert (woken.state, woken.snoozed_until) == (State.RAISED, None)

    def test_that_a_snoozed_alert_wakes_even_if_its_condition_has_ended(
        self, practice: Practice
    ) -> None:
        alert = practice.alert(LATCHED)
        alerts.snooze(practice.clinic, alert.id, alert.version, date(8), "known")
        practice.reports(5, answer("burning", 0))
        practice.sweeps(8)
        woken = practice.alert(LATCHED)
        assert (woken.state, woken.ended_day) == (State.RAISED, 5)

    def test_that_reopening_what_was_snoozed_before_it_was_closed_is_judged_as_any_other(
        self, practice: Practice
    ) -> None:
        alert = practice.alert(LATCHED)
        alerts.snooze(practice.clinic, alert.id, 1, date(6), "known")
        alerts.resolve(practice.clinic, alert.id, 2, "treated")
        alerts.reopen(practice.clinic, alert.id, 3)
        assert practice.sweeps(6).failed == ()
        assert practice.alert(LATCHED).state is State.RAISED

    def test_that_every_further_silence_is_raised_after_one_was_closed(self) -> None:
        practice = Practice()
        practice.enrols()
        practice.reports(1)
        practice.sweeps(5)
        silent = practice.alert(PASSING)
        alerts.resolve(practice.clinic, silent.id, silent.version, "other", "on holiday")
        practice.sweeps(9)
        assert practice.alert(PASSING).state is State.RESOLVED
        practice.sweeps(10)
        assert practice.alert(PASSING).state is State.RAISED


class TestRetiredRules:
    @pytest.fixture
    def shorter(self) -> Protocol:
        protocol = default_protocol()
        return replace(protocol, rules=tuple(r for r in protocol.rules if r.id != LATCHED))

    def test_that_its_alert_can_be_closed_but_not_snoozed(
        self, practice: Practice, shorter: Protocol
    ) -> None:
        practice.follows(shorter)
        alert = practice.alert(LATCHED)
        with pytest.raises(Refusal, match="never_snoozed"):
            alerts.snooze(practice.clinic, alert.id, alert.version, date(5), "known")
        done = alerts.resolve(practice.clinic, alert.id, alert.version, "treated")
        assert done.alert.state is State.RESOLVED
