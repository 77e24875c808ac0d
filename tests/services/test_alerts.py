from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.alert import (
    RULES,
    TRANSITIONS,
    UNDOABLE,
    Alert,
    Change,
    Event,
    Happening,
    Occasion,
    State,
    as_told,
    last_step,
    reconcile,
    undo,
)
from monitor.domain.finding import Evidence, Finding, Judgement, NotEvaluable
from monitor.domain.protocol import Priority, Protocol
from monitor.services import alerts, evaluation, sweep
from monitor.services.ports import Conflict, Refusal
from tests.builders import PROCEDURE_DATE, answer, date, finding, instant
from tests.fakes import Shelves
from tests.protocols import default_protocol
from tests.services.clinics import Practice

LATCHED, RED, PASSING, NEVER = "nerve_pain", "airway", "missed_report", "clear_fluid"


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
        assert (done.alert.state, done.alert.until) == (State.SNOOZED, instant(4, 23))
        assert practice.clinic.local_date(instant(4, 23)) == date(5), "as that day begins"

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


class TestInHand:
    def test_that_it_comes_back_when_its_time_to_be_closed_is_over(
        self, practice: Practice
    ) -> None:
        alert = practice.alert(LATCHED)
        done = alerts.acknowledge(practice.clinic, alert.id, alert.version)
        assert done.alert.until == instant(5, 10), "amber is to be closed within 48 hours"

    def test_that_a_day_of_review_comes_before_that(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        done = alerts.acknowledge(practice.clinic, alert.id, alert.version, review_on=date(12))
        assert done.alert.until == practice.clinic.start_of(date(12))
        practice.reports(11, answer("burning", 8, compared="worse"))
        assert practice.alert(LATCHED).state is State.ACKNOWLEDGED
        practice.sweeps(12)
        assert practice.alert(LATCHED).state is State.RAISED

    def test_that_three_working_days_from_friday_end_at_midnight_before_wednesday(
        self,
    ) -> None:
        """Over the weekend on which the clocks go back, in the clinic's time."""
        friday, wednesday = dt.date(2026, 10, 23), dt.date(2026, 10, 28)
        practice = Practice()
        practice.enrols(date=friday - dt.timedelta(days=3))
        at = dt.datetime(2026, 10, 23, 14, tzinfo=dt.UTC)
        day = (friday - PROCEDURE_DATE).days
        practice.reports(day, answer("burning", 8, compared="worse"))
        practice.clock.set(at)
        alert = practice.alert(LATCHED)
        alerts.acknowledge(practice.clinic, alert.id, alert.version, review_on=wednesday)
        midnight = dt.datetime(2026, 10, 27, 23, tzinfo=dt.UTC)
        assert practice.alert(LATCHED).until == midnight, "winter time by then"
        practice.clock.set(midnight - dt.timedelta(seconds=1))
        sweep.run(practice.clinic)
        assert practice.alert(LATCHED).state is State.ACKNOWLEDGED
        practice.clock.set(midnight)
        sweep.run(practice.clinic)
        assert practice.alert(LATCHED).state is State.RAISED

    @pytest.mark.parametrize(
        ("rule", "day", "code"),
        [
            pytest.param(LATCHED, 3, "review_in_past", id="today"),
            pytest.param(LATCHED, 18, "review_too_late", id="amber, beyond 14 days"),
            pytest.param(RED, 4, "review_too_late", id="red, beyond its 4 hours"),
            pytest.param(NEVER, 5, "review_too_late", id="what is never put aside"),
        ],
    )
    def test_that_a_review_is_no_way_round_the_limits_of_a_snooze(
        self, practice: Practice, rule: str, day: int, code: str
    ) -> None:
        practice.reports(3, answer("clear_fluid", "yes"), hour=10, id="wet")
        alert = practice.alert(rule)
        with pytest.raises(Refusal) as refusal:
            alerts.acknowledge(practice.clinic, alert.id, alert.version, review_on=date(day))
        assert refusal.value.code == code
        assert practice.alert(rule) == alert

    @pytest.mark.parametrize(
        ("rule", "hour", "day"),
        [
            pytest.param(LATCHED, 10, 17, id="amber, on the 14th day"),
            pytest.param(NEVER, 10, 4, id="what is never put aside, within its 24 hours"),
            pytest.param(RED, 20, 4, id="red, late in the evening, within its 4 hours"),
        ],
    )
    def test_that_a_review_within_its_time_is_taken(
        self, practice: Practice, rule: str, hour: int, day: int
    ) -> None:
        practice.reports(3, answer("clear_fluid", "yes"), hour=10, id="wet")
        practice.clock.set(instant(3, hour))
        alert = practice.alert(rule)
        done = alerts.acknowledge(practice.clinic, alert.id, alert.version, review_on=date(day))
        assert done.alert.until == practice.clinic.start_of(date(day))

    def test_that_without_a_time_to_be_closed_it_comes_back_on_its_review_only(
        self, practice: Practice
    ) -> None:
        protocol = default_protocol()
        endless = {p: replace(t, close_hours=None) for p, t in protocol.priorities.items()}
        practice.follows(replace(protocol, priorities=endless))
        alert = practice.alert(LATCHED)
        done = alerts.acknowledge(practice.clinic, alert.id, alert.version, review_on=date(9))
        assert done.alert.until == practice.clinic.start_of(date(9))
        red = practice.alert(RED)
        assert alerts.acknowledge(practice.clinic, red.id, red.version).alert.until is None


class TestUndo:
    def test_that_a_mistaken_step_is_taken_back(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.resolve(practice.clinic, alert.id, 1, "treated", "gabapentin")
        practice.clock.advance(seconds=30)
        done = alerts.take_back(practice.clinic, alert.id, 2)
        assert done.alert == replace(alert, version=3, seen_severity=8)
        last = practice.history(alert)[-1]
        assert (last.happening, last.by, last.note) == ("undo", "nurse", "")
        assert practice.audit(alert.id)[-1].action == "alert_undo"
        assert practice.sweeps(3).alerts_changed == 0

    def test_that_it_can_be_too_late(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.resolve(practice.clinic, alert.id, 1, "treated")
        practice.clock.advance(seconds=31)
        with pytest.raises(Refusal, match="undo_too_late"):
            alerts.take_back(practice.clinic, alert.id, 2)

    def test_that_a_mark_gives_no_more_time(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.resolve(practice.clinic, alert.id, 1, "treated")
        practice.clock.advance(seconds=25)
        alerts.rate(practice.clinic, alert.id, 2, "useful")
        practice.clock.advance(seconds=25)
        with pytest.raises(Refusal, match="undo_too_late"):
            alerts.take_back(practice.clinic, alert.id, 3)

    def test_that_nobody_takes_back_what_another_did(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.resolve(replace(practice.clinic, actor="Ada"), alert.id, 1, "treated")
        with pytest.raises(Refusal, match="not_possible"):
            alerts.take_back(practice.clinic, alert.id, 2)

    def test_that_a_closed_one_stays_closed_beside_one_raised_anew(
        self, practice: Practice
    ) -> None:
        practice.reports(4, answer("stiffness", 2), answer("pain_worst", 2))
        alert = practice.alert("nerve_pain")
        alerts.resolve(practice.clinic, alert.id, alert.version, "treated")
        version = practice.alert("nerve_pain").version
        practice.reports(4, answer("burning", 10, compared="worse"), hour=10, id="worse")
        assert len([a for a in practice.alerts() if a.finding.rule == "nerve_pain"]) == 2
        practice.clock.set(instant(4))
        with pytest.raises(Conflict, match="alert_open"):
            alerts.take_back(practice.clinic, alert.id, version)


class TestRating:
    def test_that_a_mark_changes_nothing_else_and_can_be_taken_back(
        self, practice: Practice
    ) -> None:
        alert = practice.alert(LATCHED)
        alerts.acknowledge(replace(practice.clinic, actor="Ada"), alert.id, 1, "calls her")
        before = practice.alert(LATCHED)
        done = alerts.rate(practice.clinic, alert.id, 2, "not_useful")
        assert done.alert == replace(before, useful="not_useful", version=3)
        done = alerts.rate(practice.clinic, alert.id, 3, "")
        assert done.alert == replace(before, useful="", version=4)
        said = [(e.happening, e.by, e.note, e.useful) for e in practice.history(alert)[-2:]]
        assert said == [("rate", "nurse", "", "not_useful"), ("rate", "nurse", "", "")]
        assert practice.audit(alert.id)[-1].reason == ""

    def test_that_a_closed_one_can_be_marked(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.resolve(practice.clinic, alert.id, 1, "treated")
        done = alerts.rate(practice.clinic, alert.id, 2, "useful")
        assert (done.alert.state, done.alert.outcome) == (State.RESOLVED, "treated")


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

    def test_that_who_was_first_is_named_also_where_it_was_the_program(
        self, practice: Practice
    ) -> None:
        alert = practice.alert(LATCHED)
        alerts.acknowledge(replace(practice.clinic, actor="Ada"), alert.id, alert.version)
        practice.reports(4, answer("burning", 0))
        with pytest.raises(Conflict) as refusal:
            alerts.resolve(practice.clinic, alert.id, 2, "treated")
        assert refusal.value.details == {
            "by": "rules",
            "at": "2026-03-06 10:00",
            "state": "acknowledged",
        }

    @pytest.mark.parametrize(
        ("days", "refused"),
        [(14, False), (15, True)],
        ids=["the last day that amber allows", "a day more"],
    )
    def test_that_a_snooze_lasts_as_long_as_its_priority_allows(
        self, practice: Practice, days: int, refused: bool
    ) -> None:
        alert = practice.alert(LATCHED)
        if refused:
            with pytest.raises(Refusal) as refusal:
                alerts.snooze(practice.clinic, alert.id, 1, date(3 + days), "known")
            assert (refusal.value.code, refusal.value.details) == (
                "snooze_too_late",
                {"days": "14"},
            )
        else:
            done = alerts.snooze(practice.clinic, alert.id, 1, date(3 + days), "known")
            assert done.alert.until == practice.clinic.start_of(date(3 + days))

    def test_that_reopening_needs_a_reason(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.resolve(practice.clinic, alert.id, 1, "treated")
        with pytest.raises(Refusal, match="no_reason"):
            alerts.reopen(practice.clinic, alert.id, 2, " ")

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
            alerts.reopen(practice.clinic, old.id, old.version, "not over")

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
        assert (woken.state, woken.until) == (State.RAISED, None)

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
        alerts.reopen(practice.clinic, alert.id, 3, "not over")
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


class TestLessons:
    """What other programs got wrong, each with its number in the list of lessons (A)."""

    def snoozed(self, practice: Practice, rule: str = LATCHED) -> Alert:
        alert = practice.alert(rule)
        return alerts.snooze(practice.clinic, alert.id, alert.version, date(10), "known").alert

    def test_a1_that_a_snooze_belongs_to_the_alert_and_no_new_report_ends_or_restarts_it(
        self, practice: Practice
    ) -> None:
        put_aside = self.snoozed(practice)
        for day in (4, 5, 7):
            practice.reports(day, answer("burning", 8, compared="worse"))
            now = practice.alert(LATCHED)
            assert (now.state, now.until) == (State.SNOOZED, put_aside.until)

    def test_a1_that_a_worse_report_ends_it(self) -> None:
        practice = Practice()
        practice.enrols()
        practice.reports(3, answer("burning", 7, compared="worse"))
        self.snoozed(practice)
        practice.reports(4, answer("burning", 8, compared="worse"))
        assert practice.alert(LATCHED).state is State.SNOOZED
        practice.reports(5, answer("burning", 9, compared="worse"))
        assert practice.alert(LATCHED).state is State.RAISED

    def test_a2_that_what_is_in_hand_is_not_raised_again_by_the_same(
        self, practice: Practice
    ) -> None:
        alert = practice.alert(LATCHED)
        alerts.acknowledge(practice.clinic, alert.id, 1, review_on=date(10))
        for day in (4, 5, 7):
            practice.reports(day, answer("burning", 8, compared="worse"))
            practice.sweeps(day)
            assert practice.alert(LATCHED).state is State.ACKNOWLEDGED

    def test_a2_that_it_is_when_it_is_worse_or_too_old(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.acknowledge(practice.clinic, alert.id, 1, review_on=date(10))
        practice.reports(4, answer("burning", 10, compared="worse"))
        assert practice.alert(LATCHED).state is State.RAISED
        now = practice.alert(LATCHED)
        alerts.acknowledge(practice.clinic, now.id, now.version)
        practice.sweeps(6)
        assert practice.alert(LATCHED).state is State.RAISED

    def test_a3_that_nothing_is_silenced_where_there_are_no_data(self, practice: Practice) -> None:
        practice.reports(4, answer("burning", None), answer("breathing", None))
        practice.sweeps(30)
        for rule in (LATCHED, RED):
            alert = practice.alert(rule)
            assert (alert.state, alert.ended_day) == (State.RAISED, None)

    def test_a4_that_a_snooze_is_of_one_side_and_leaves_the_other_alone(self) -> None:
        practice = Practice()
        practice.enrols()
        for day in (3, 4):
            practice.reports(
                day,
                answer("arm_pain", 6, side="left", compared="new"),
                answer("arm_pain", 6, side="right", compared="new"),
            )
        left, right = sorted(
            (a for a in practice.alerts() if a.finding.rule == "new_arm_pain"),
            key=lambda a: a.finding.place,
        )
        alerts.snooze(practice.clinic, left.id, left.version, date(10), "known")
        assert [a.state for a in practice.alerts() if a.id == right.id] == [State.RAISED]

    def test_a4_that_no_red_alert_and_no_dangerous_sign_is_ever_put_aside(self) -> None:
        protocol = default_protocol()
        assert protocol.priorities[Priority.RED].snooze_days == 0
        never = {rule.id for rule in protocol.rules if not rule.snooze}
        assert {"posture_headache", "clear_fluid", "wound", "head_drop"} <= never

    def test_a5_that_every_snooze_and_every_hand_has_an_end(self, practice: Practice) -> None:
        assert self.snoozed(practice).until is not None
        assert all(t.close_hours is not None for t in default_protocol().priorities.values())
        red = practice.alert(RED)
        assert alerts.acknowledge(practice.clinic, red.id, red.version).alert.until is not None

    def test_a6_that_one_odd_report_raises_nothing_that_persists(self) -> None:
        practice = Practice()
        practice.enrols()
        practice.reports(-3, answer("soreness", 0))
        practice.reports(18, answer("soreness", 0))
        practice.reports(44, answer("soreness", 8, compared="worse"))
        practice.reports(46, answer("soreness", 0))
        assert "soreness_persists" not in {a.finding.rule for a in practice.alerts()}

    def test_a7_that_what_flaps_is_one_alert_that_enters_and_leaves_at_different_scores(
        self,
    ) -> None:
        practice = Practice()
        practice.enrols()
        practice.reports(-3, answer("soreness", 0))
        for day, score in ((43, 4), (45, 4), (47, 2), (49, 4), (51, 1), (53, 4)):
            practice.reports(day, answer("soreness", score, compared="worse"))
        history = practice.history(practice.alert("soreness_persists"))
        assert [e.happening for e in history] == ["raise"]
        practice.reports(55, answer("soreness", 1))
        practice.reports(57, answer("soreness", 1))
        assert practice.alert("soreness_persists").ended_day == 57

    def test_a8_that_acknowledged_is_not_closed_and_comes_back_to_the_top(
        self, practice: Practice
    ) -> None:
        for rule in (LATCHED, RED):
            alert = practice.alert(rule)
            alerts.acknowledge(practice.clinic, alert.id, alert.version)
        assert {a.state for a in practice.alerts()} == {State.ACKNOWLEDGED}
        practice.sweeps(6)
        assert {a.state for a in practice.alerts()} == {State.RAISED}
        assert {practice.history(a)[-1].cause for a in practice.alerts()} == {"time"}

    def test_a9_that_of_two_who_act_at_once_one_wins_and_the_other_is_told(
        self, practice: Practice
    ) -> None:
        alert = practice.alert(LATCHED)
        ada, ben = (replace(practice.clinic, actor=name) for name in ("Ada", "Ben"))
        alerts.resolve(ada, alert.id, alert.version, "treated", "gabapentin")
        closed = practice.alert(LATCHED)
        with pytest.raises(Conflict) as refusal:
            alerts.acknowledge(ben, alert.id, alert.version, "I call her")
        assert refusal.value.details == {
            "by": "Ada",
            "at": "2026-03-05 11:00",
            "state": "resolved",
        }
        assert practice.alert(LATCHED) == closed

    def test_a9_that_nobody_closes_what_got_worse_while_they_looked(
        self, practice: Practice
    ) -> None:
        seen = practice.alert(LATCHED)
        practice.reports(3, answer("burning", 10, compared="worse"), hour=10, id="worse")
        with pytest.raises(Conflict, match="alert_changed"):
            alerts.resolve(practice.clinic, seen.id, seen.version, "treated")

    def test_a10_that_a_mistaken_step_is_undone_for_a_while_and_reopened_for_ever(
        self, practice: Practice
    ) -> None:
        alert = practice.alert(LATCHED)
        alerts.resolve(practice.clinic, alert.id, 1, "treated")
        assert alerts.take_back(practice.clinic, alert.id, 2).alert.state is State.RAISED
        alerts.resolve(practice.clinic, alert.id, 3, "treated")
        practice.clock.advance(days=700)
        done = alerts.reopen(practice.clinic, alert.id, 4, "it was the other arm")
        assert (done.alert.state, done.alert.raised_at) == (State.RAISED, practice.clinic.now())

    def test_a11_that_in_hand_by_whom_and_until_when_stays_to_be_seen(
        self, practice: Practice
    ) -> None:
        alert = practice.alert(LATCHED)
        alerts.acknowledge(practice.clinic, alert.id, 1, "calls her", date(10))
        practice.reports(5, answer("burning", 0))
        alerts.rate(replace(practice.clinic, actor="Ada"), alert.id, 3, "useful")
        (listed,) = [a for a in practice.alerts() if a.finding.rule == LATCHED and a.is_open]
        assert (listed.changed_by, listed.changed_at) == ("nurse", instant(3, 10))
        assert (listed.note, listed.ended_day) == ("calls her", 5)
        assert listed.until == practice.clinic.start_of(date(10))

    def test_a12_that_every_step_can_say_why(self, practice: Practice) -> None:
        alert = practice.alert(LATCHED)
        alerts.acknowledge(practice.clinic, alert.id, 1, "called her, she rests")
        assert practice.history(alert)[-1].note == "called her, she rests"

    def test_a13_that_every_red_alert_has_its_words_in_every_language(self) -> None:
        protocol = default_protocol()
        red = [r for r in protocol.rules if any(s.priority is Priority.RED for s in r.stages)]
        assert red
        for language, words in protocol.words.items():
            for rule in red:
                said = [text for key, text in words.items() if f".{rule.id}." in f".{key}."]
                assert said, (language, rule.id)
                assert all(text.strip() for text in said), (language, rule.id)


SAYS = {
    "holds": (5, Priority.YELLOW),
    "grows": (7, Priority.YELLOW),
    "presses": (5, Priority.AMBER),
}
LOOKS = (*SAYS, "gone", "unknown")
DEEDS = ("acknowledge", "snooze", "resolve", "reopen", "take_back", "rate")
ENDING = {(state, Happening.END) for state in (State.RAISED, State.ACKNOWLEDGED, State.SNOOZED)}
"""Only of rules that latch; what a person has closed ends in either case."""
RETRACTING = {(state, Happening.RETRACT) for state, _ in ENDING} | {
    (State.RETRACTED, Happening.RATE)
}
"""Only of rules that do not latch."""


class Model:
    """One concern, judged and acted upon in every possible order, by the clinic's own verbs."""

    def __init__(self, rule: str) -> None:
        self.practice = Practice()
        self.practice.enrols()
        self.rule = rule
        self.ids = itertools.count(1)

    def explore(self, steps: int) -> tuple[int, set[tuple[str, str]]]:
        """Every state within so many steps; how many there are, and the transitions seen."""
        start = self.practice.store._kept
        seen = {self._key()}
        seen_steps: set[tuple[str, str]] = set()
        frontier = [(start, self.practice.clock.now())]
        for _ in range(steps):
            following = []
            for kept, now in frontier:
                for step in self._steps(kept):
                    self.practice.store._kept = kept
                    self.practice.clock.set(now)
                    step()
                    seen_steps |= self._checked(kept)
                    key = self._key()
                    if key not in seen:
                        seen.add(key)
                        following.append((self.practice.store._kept, self.practice.clock.now()))
            frontier = following
        return len(seen), seen_steps

    def _steps(self, kept: Shelves) -> Iterator[Callable[[], None]]:
        for look in LOOKS:
            yield functools.partial(self.judge, look)
        yield functools.partial(self.practice.clock.advance, days=31)
        for alert in kept.alerts.values():
            for name in ("Ada", "Ben"):
                for deed in DEEDS:
                    yield functools.partial(self.act, name, deed, alert)

    def judge(self, look: str) -> None:
        """The rules look, twice: the second time changes nothing."""
        changes = self._reconciled(look)
        with self.practice.store.begin() as work:
            for change in changes:
                known = self.practice.store._kept.alerts.get(change.alert.id)
                evaluation.write(work, change, 20, known.version if known else 0, "report")
            work.commit()
        assert self._reconciled(look) == ()

    def _reconciled(self, look: str) -> tuple[Change, ...]:
        findings: tuple[Finding, ...] = ()
        notes: tuple[NotEvaluable, ...] = ()
        if look in SAYS:
            severity, priority = SAYS[look]
            shown = (Evidence(20, "burning", severity),)
            findings = (finding(self.rule, priority=priority, evidence=shown),)
        elif look == "unknown":
            notes = (NotEvaluable(self.rule, "no_answer", "burning"),)
        occasion = Occasion(self.practice.clock.now(), 20, date(20), default_protocol())
        return reconcile(
            "episode-1",
            Judgement(findings, notes),
            self.practice.alerts(),
            occasion,
            lambda: f"alert-{next(self.ids)}",
        )

    def act(self, name: str, deed: str, alert: Alert) -> None:
        """What a person does; what they may not leaves everything as it was."""
        clinic = replace(self.practice.clinic, actor=name)
        before = self.practice.store._kept
        tomorrow = clinic.today() + dt.timedelta(days=1)
        given: dict[str, tuple[Any, ...]] = {
            "acknowledge": (),
            "snooze": (tomorrow, "known"),
            "resolve": ("treated",),
            "reopen": ("not over",),
            "take_back": (),
            "rate": ("useful",),
        }
        try:
            getattr(alerts, deed)(clinic, alert.id, alert.version, *given[deed])
        except Refusal as refusal:
            refused = refusal.code
        else:
            refused = ""
        if refused:
            assert refused in ("not_possible", "undo_too_late", "alert_open")
            assert self.practice.store._kept is before
            return
        now = self.practice.store._kept.alerts[alert.id]
        other = replace(self.practice.clinic, actor="Cleo")
        with pytest.raises(Conflict) as told:
            alerts.rate(other, alert.id, alert.version, "useful")
        assert told.value.details["by"] == name
        assert told.value.details["state"] == now.state

    def _checked(self, kept: Shelves) -> set[tuple[str, str]]:
        """What must hold after every step; the transitions that it took."""
        now = self.practice.store._kept
        steps = set()
        assert now.events[: len(kept.events)] == kept.events, "no line of history is ever lost"
        added = now.events[len(kept.events) :]
        for event in added:
            before = kept.alerts.get(event.alert_id)
            state = before.state if before else None
            if event.happening is Happening.UNDO:
                assert event.by in ("Ada", "Ben")
            else:
                assert TRANSITIONS[state, event.happening] is event.state
            steps.add((str(state), event.happening.value))
            assert event.at == self.practice.clock.now()
            assert self._why(event), "every step says why"
            assert now.alerts[event.alert_id].state is event.state
        for alert in now.alerts.values():
            was = kept.alerts.get(alert.id)
            told = sum(event.alert_id == alert.id for event in added)
            assert told <= 1
            assert alert.version == (was.version if was else 0) + told
            if was is not None:
                assert not was.priority.is_above(alert.priority), "never lowered"
            in_hand = alert.state in (State.ACKNOWLEDGED, State.SNOOZED)
            assert (alert.until is not None) is in_hand
            assert alert.state is not State.RAISED or alert.respond_by is not None
            assert as_told(alert, self.practice.history(alert)) == alert
        assert sum(alert.is_open for alert in now.alerts.values()) <= 1
        return steps

    @staticmethod
    def _why(event: Event) -> bool:
        if event.by == RULES:
            return event.cause != ""
        return {
            Happening.ACKNOWLEDGE: event.until is not None,
            Happening.SNOOZE: event.note == "known",
            Happening.RESOLVE: event.outcome == "treated",
            Happening.REOPEN: event.note == "not over",
            Happening.UNDO: True,
            Happening.RATE: event.useful == "useful",
        }[event.happening]

    def _key(self) -> tuple[object, ...]:
        """All that what can happen next depends on; how it came about does not count."""
        now = self.practice.clock.now()

        def ago(at: dt.datetime | None) -> int | None:
            return None if at is None else (now - at).days

        def told(alert: Alert) -> tuple[object, ...]:
            return (
                alert.finding.severity,
                alert.finding.priority,
                alert.state,
                ago(alert.raised_at),
                alert.ended_day,
                ago(alert.until),
                alert.seen_severity,
                alert.useful,
            )

        def before(alert: Alert, events: Sequence[Event]) -> tuple[object, ...]:
            last = last_step(events)
            if last is None or last.happening not in UNDOABLE:
                return ()
            return (
                last.happening,
                last.by,
                ago(last.at),
                told(undo(alert, events, now, last.by).alert),
            )

        return tuple(
            (told(alert), before(alert, self.practice.history(alert)))
            for alert in self.practice.alerts()
        )


@pytest.mark.parametrize(
    "steps", [4, pytest.param(6, marks=pytest.mark.slow)], ids=["four steps", "six steps"]
)
@pytest.mark.parametrize("rule", [LATCHED, "pain_recurrence"], ids=["latched", "passing"])
def test_that_whatever_two_people_and_the_rules_do_the_table_holds(rule: str, steps: int) -> None:
    states, seen = Model(rule).explore(steps)
    assert states > 10 ** (steps // 2), "few of them would mean that little was tried"
    never = RETRACTING if rule == LATCHED else ENDING
    possible = {
        (str(state), happening.value)
        for state, happening in TRANSITIONS.keys() - never
        if happening is not Happening.KEEP
    }
    possible |= {(state.value, "undo") for state in State if state is not State.RETRACTED}
    assert seen <= possible, "nothing else happens"
    assert steps < 6 or seen == possible, "and each of them does"
