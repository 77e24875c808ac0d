from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.alert import (
    LOOKED,
    OPEN,
    RULES,
    TRANSITIONS,
    UNDOABLE,
    Alert,
    Change,
    Event,
    Happening,
    NotPossible,
    Occasion,
    State,
    as_told,
    last_step,
    move,
    placed,
    reconcile,
    recounted,
    undo,
)
from monitor.domain.finding import Evidence, Finding, Judgement, NotEvaluable
from monitor.domain.protocol import Priority, Side
from monitor.domain.submission import Place
from tests.builders import alert, date, event, finding, instant
from tests.protocols import default_protocol, rule_of

PAGE = Path(__file__).parents[2] / "docs" / "alerts.md"
LATCHED, PASSING = "nerve_pain", "pain_recurrence"
H, S = Happening, State

TABLE: dict[State | None, dict[Happening, State]] = {
    None: {H.RAISE: S.RAISED},
    S.RAISED: {
        H.KEEP: S.RAISED,
        H.WORSEN: S.RAISED,
        H.END: S.RAISED,
        H.RETURN: S.RAISED,
        H.RETRACT: S.RETRACTED,
        H.ACKNOWLEDGE: S.ACKNOWLEDGED,
        H.SNOOZE: S.SNOOZED,
        H.RESOLVE: S.RESOLVED,
        H.RATE: S.RAISED,
    },
    S.ACKNOWLEDGED: {
        H.KEEP: S.ACKNOWLEDGED,
        H.WORSEN: S.RAISED,
        H.END: S.ACKNOWLEDGED,
        H.RETURN: S.RAISED,
        H.RETRACT: S.RETRACTED,
        H.WAKE: S.RAISED,
        H.SNOOZE: S.SNOOZED,
        H.RESOLVE: S.RESOLVED,
        H.RATE: S.ACKNOWLEDGED,
    },
    S.SNOOZED: {
        H.KEEP: S.SNOOZED,
        H.WORSEN: S.RAISED,
        H.END: S.SNOOZED,
        H.RETURN: S.SNOOZED,
        H.RETRACT: S.RETRACTED,
        H.WAKE: S.RAISED,
        H.RESOLVE: S.RESOLVED,
        H.RATE: S.SNOOZED,
    },
    S.RESOLVED: {H.END: S.RESOLVED, H.REOPEN: S.RAISED, H.RATE: S.RESOLVED},
    S.RETRACTED: {H.RATE: S.RETRACTED},
}


class TestTable:
    def test_that_the_table_is_the_one_agreed(self) -> None:
        agreed = {(s, h): target for s, row in TABLE.items() for h, target in row.items()}
        assert agreed == TRANSITIONS

    @pytest.mark.parametrize(
        ("state", "happening"), list(itertools.product(State, Happening)), ids=str
    )
    def test_that_an_alert_moves_exactly_where_the_table_says(
        self, state: State, happening: Happening
    ) -> None:
        before = alert(state=state)
        target = TABLE[state].get(happening)
        if target is None:
            with pytest.raises(NotPossible) as refusal:
                move(before, happening, instant(21), "nurse")
            assert (refusal.value.state, refusal.value.happening) == (state, happening)
            assert str(refusal.value) == f"an alert that is {state} cannot {happening}"
        else:
            assert move(before, happening, instant(21), "nurse").alert.state is target

    def test_that_the_page_for_clinicians_has_the_same_table(self) -> None:
        rows = [
            [cell.strip(" `") for cell in line.split("|")[1:-1]]
            for line in PAGE.read_text(encoding="utf-8").splitlines()
            if line.startswith("| ")
        ]
        told = {
            (None if start == "nowhere" else State(start), Happening(step)): State(end)
            for start, step, end, words in (row for row in rows if len(row) == 4)
            if start != "from" and words
        }
        assert told == TRANSITIONS
        undone = {Happening(row[0]) for row in rows if row[-1] == "yes"}
        assert undone == UNDOABLE

    def test_that_a_move_says_who_when_and_why_and_counts_the_change(self) -> None:
        moved = move(alert(version=3), H.SNOOZE, instant(21), "nurse", "busy", until=instant(25, 0))
        assert moved == Change(
            alert(
                state=S.SNOOZED,
                changed_at=instant(21),
                changed_by="nurse",
                note="busy",
                version=4,
                until=instant(25, 0),
                seen_severity=7,
            ),
            H.SNOOZE,
            instant(21),
            "nurse",
            "busy",
        )

    def test_that_open_is_what_a_person_has_not_closed(self) -> None:
        assert {s for s in State if alert(state=s).is_open} == OPEN
        assert {S.RAISED, S.ACKNOWLEDGED, S.SNOOZED} == OPEN


def concern(
    score: int = 7,
    priority: Priority = Priority.AMBER,
    rule: str = LATCHED,
    site: str = "",
    side: Side = "",
) -> Finding:
    shown = (Evidence(20, "burning", score, Place(site, side)),)
    return finding(rule, site, side, priority=priority, evidence=shown)


class Ward:
    """The alerts of one episode and their histories, judged on one day after another."""

    def __init__(self, *alerts: Alert) -> None:
        self.alerts = {a.id: placed(a, occasion(a.raised_day)) for a in alerts}
        self.events: dict[str, list[Event]] = {a.id: [event(state=a.state)] for a in alerts}
        self._ids = (f"alert-{n}" for n in itertools.count(len(alerts) + 1))

    def judged(self, day: int, *findings: Finding, unknown: tuple[str, ...] = ()) -> list[str]:
        """What happens when exactly these findings hold on a day."""
        notes = tuple(NotEvaluable(rule, "no_baseline", "pain") for rule in unknown)
        changes = reconcile(
            "episode-1",
            Judgement(findings, notes),
            self.alerts.values(),
            occasion(day),
            lambda: next(self._ids),
        )
        for change in changes:
            self._keep(change)
        return [change.happening.value for change in changes]

    def does(
        self,
        happening: Happening,
        alert_id: str = "alert-1",
        day: int = 50,
        by: str = "nurse",
        note: str = "",
        **fields: Any,
    ) -> None:
        change = move(self.alerts[alert_id], happening, instant(day), by, note, **fields)
        self._keep(replace(change, alert=placed(change.alert, occasion(day))))

    def undoes(self, alert_id: str = "alert-1", day: int = 50, by: str = "nurse") -> None:
        self._keep(undo(self.alerts[alert_id], self.events[alert_id], instant(day), by))

    def _keep(self, change: Change) -> None:
        alert = change.alert
        self.alerts[alert.id] = alert
        if change.happening is not H.KEEP:
            told = Event(
                alert_id=alert.id,
                at=change.at,
                by=change.by,
                happening=change.happening,
                state=alert.state,
                day=20,
                stage=alert.finding.stage,
                priority=alert.priority,
                note=change.note,
                until=alert.until,
                outcome=alert.outcome,
                useful=alert.useful,
            )
            self.events.setdefault(alert.id, []).append(told)

    @property
    def last(self) -> Alert:
        return list(self.alerts.values())[-1]


def occasion(day: int) -> Occasion:
    return Occasion(instant(day), day, date(day), default_protocol())


def hours(priority: Priority) -> dt.timedelta:
    """The time in which an alert of that priority must be answered."""
    limit = default_protocol().priorities[priority].respond_hours
    assert limit is not None
    return dt.timedelta(hours=limit)


class TestRaising:
    def test_that_a_finding_becomes_an_alert_with_the_protocol_that_judged(self) -> None:
        ward = Ward()
        assert ward.judged(20, concern()) == ["raise"]
        protocol = default_protocol()
        assert ward.last == Alert(
            id="alert-1",
            episode_id="episode-1",
            finding=concern(),
            state=S.RAISED,
            raised_at=instant(20),
            raised_day=20,
            protocol_version=protocol.version,
            protocol_hash=protocol.content_hash,
            changed_at=instant(20),
            changed_by=RULES,
            respond_by=instant(20) + hours(Priority.AMBER),
        )
        assert ward.last.priority is Priority.AMBER

    def test_that_judging_again_changes_nothing(self) -> None:
        ward = Ward()
        ward.judged(20, concern())
        assert ward.judged(20, concern()) == []
        assert ward.judged(21, concern()) == []

    def test_that_each_rule_site_and_side_has_an_alert_of_its_own(self) -> None:
        ward = Ward()
        several = [
            concern(),
            concern(side="left"),
            concern(site="neck", side="left"),
            concern(rule="airway"),
        ]
        assert ward.judged(20, *several) == ["raise"] * 4
        assert ward.judged(21, *several) == []

    def test_that_more_evidence_is_kept_without_a_change_of_version(self) -> None:
        ward = Ward()
        ward.judged(20, concern(7))
        assert ward.judged(21, concern(8)) == ["keep"]
        assert ward.last.finding.severity == 8
        assert (ward.last.version, ward.last.changed_at) == (1, instant(20))


class TestPriority:
    def test_that_a_higher_priority_worsens(self) -> None:
        ward = Ward()
        ward.judged(20, concern(priority=Priority.YELLOW))
        assert ward.judged(21, concern(priority=Priority.AMBER)) == ["worsen"]
        assert (ward.last.priority, ward.last.raised_day) == (Priority.AMBER, 20)

    def test_that_a_milder_finding_never_lowers_it(self) -> None:
        ward = Ward()
        ward.judged(20, concern(priority=Priority.ORANGE))
        assert ward.judged(21, concern(priority=Priority.YELLOW)) == []
        assert ward.last.priority is Priority.ORANGE

    def test_that_worsening_asks_for_a_second_look(self) -> None:
        ward = Ward()
        ward.judged(20, concern(priority=Priority.YELLOW))
        ward.does(H.ACKNOWLEDGE)
        ward.judged(21, concern(priority=Priority.AMBER))
        assert ward.last.state is S.RAISED


class TestEnding:
    def test_that_a_latched_alert_stays_until_a_person_closes_it(self) -> None:
        ward = Ward()
        ward.judged(20, concern())
        assert ward.judged(25) == ["end"]
        assert (ward.last.state, ward.last.ended_day) == (S.RAISED, 25)
        assert ward.judged(26) == []

    def test_that_an_alert_that_is_not_latched_is_retracted(self) -> None:
        ward = Ward()
        ward.judged(20, concern(rule=PASSING))
        assert ward.judged(25) == ["retract"]
        assert (ward.last.state, ward.last.ended_day) == (S.RETRACTED, 25)
        assert ward.judged(26) == []

    def test_that_what_was_retracted_is_raised_anew(self) -> None:
        ward = Ward()
        ward.judged(20, concern(rule=PASSING))
        ward.judged(25)
        assert ward.judged(30, concern(rule=PASSING)) == ["raise"]
        assert len(ward.alerts) == 2

    @pytest.mark.parametrize("seen", [False, True])
    def test_that_a_latched_alert_whose_condition_is_back_returns(self, seen: bool) -> None:
        ward = Ward()
        ward.judged(20, concern())
        ward.judged(25)
        if seen:
            ward.does(H.ACKNOWLEDGE)
        assert ward.judged(30, concern()) == ["return"]
        assert (ward.last.state, ward.last.ended_day) == (S.RAISED, None)

    def test_that_what_returns_milder_keeps_its_priority(self) -> None:
        ward = Ward()
        ward.judged(20, concern(9, Priority.ORANGE))
        ward.judged(25)
        ward.judged(30, concern(3, Priority.YELLOW))
        assert (ward.last.priority, ward.last.finding.severity) == (Priority.ORANGE, 9)

    def test_that_an_alert_whose_rule_is_not_in_the_protocol_any_more_stays(self) -> None:
        ward = Ward(alert(of=finding("a_rule_of_last_year")))
        assert ward.judged(25) == ["end"]
        assert ward.last.state is S.RAISED

    @pytest.mark.parametrize("rule", [LATCHED, PASSING])
    def test_that_a_rule_that_cannot_be_evaluated_leaves_its_alerts_alone(self, rule: str) -> None:
        ward = Ward()
        ward.judged(20, concern(rule=rule))
        assert ward.judged(25, unknown=(rule,)) == []
        assert ward.last.ended_day is None


class TestClosed:
    def closed(self, **fields: Any) -> Ward:
        ward = Ward()
        ward.judged(20, concern(5, **fields))
        ward.does(H.RESOLVE, outcome="treated")
        return ward

    def test_that_it_stays_closed_while_its_condition_holds(self) -> None:
        ward = self.closed()
        assert ward.judged(21, concern(5)) == []
        assert ward.judged(22, concern(6)) == []

    def test_that_it_is_raised_again_two_points_worse(self) -> None:
        ward = self.closed()
        assert ward.judged(21, concern(7)) == ["raise"]
        assert len(ward.alerts) == 2

    def test_that_a_rule_may_ask_for_less_to_be_raised_again(self) -> None:
        assert rule_of("missed_report").raise_again_rise == 1
        ward = self.closed(rule="missed_report")
        assert ward.judged(21, concern(5, rule="missed_report")) == []
        assert ward.judged(22, concern(6, rule="missed_report")) == ["raise"]

    def test_that_it_is_raised_again_by_a_rule_the_protocol_has_no_more(self) -> None:
        ward = self.closed(rule="a_rule_of_last_year")
        assert ward.judged(21, concern(6, rule="a_rule_of_last_year")) == []
        assert ward.judged(22, concern(7, rule="a_rule_of_last_year")) == ["raise"]

    def test_that_it_is_raised_again_at_a_higher_priority(self) -> None:
        ward = self.closed(priority=Priority.YELLOW)
        assert ward.judged(21, concern(5, Priority.AMBER)) == ["raise"]

    @pytest.mark.parametrize("rule", [LATCHED, PASSING])
    def test_that_it_is_raised_again_after_it_was_gone_once(self, rule: str) -> None:
        ward = self.closed(rule=rule)
        assert ward.judged(25) == ["end"]
        assert ward.last.state is S.RESOLVED
        assert ward.judged(26) == []
        assert ward.judged(30, concern(5, rule=rule)) == ["raise"]

    def test_that_the_worst_of_several_closed_ones_counts_in_whatever_order(self) -> None:
        old = alert(of=concern(3), id="alert-1", day=10, state=S.RESOLVED)
        new = alert(of=concern(7), id="alert-2", day=20, state=S.RESOLVED)
        for order in ((old, new), (new, old)):
            assert Ward(*order).judged(30, concern(8)) == []

    def test_that_an_open_one_counts_before_a_closed_one(self) -> None:
        old = alert(of=concern(7), id="alert-1", day=10)
        new = alert(of=concern(3), id="alert-2", day=20, state=S.RESOLVED)
        assert Ward(old, new).judged(30, concern(7)) == []


class TestSnoozed:
    def snoozed(self) -> Ward:
        ward = Ward()
        ward.judged(20, concern(5, Priority.YELLOW))
        ward.does(H.SNOOZE, until=instant(25, 0))
        return ward

    def test_that_it_sleeps_until_its_date_and_wakes_on_it(self) -> None:
        ward = self.snoozed()
        same = concern(5, Priority.YELLOW)
        assert ward.judged(24, same) == []
        assert ward.judged(25, same) == ["wake"]
        assert (ward.last.state, ward.last.until) == (S.RAISED, None)
        assert ward.judged(26, same) == []

    def test_that_worse_breaks_it(self) -> None:
        ward = self.snoozed()
        assert ward.judged(21, concern(5, Priority.AMBER)) == ["worsen"]
        assert (ward.last.state, ward.last.until) == (S.RAISED, None)

    def test_that_it_sleeps_on_when_its_condition_ends_and_returns(self) -> None:
        ward = self.snoozed()
        assert ward.judged(21) == ["end"]
        assert ward.judged(22, concern(5, Priority.YELLOW)) == ["return"]
        assert ward.last.state is S.SNOOZED

    def test_that_it_wakes_on_its_date_also_if_its_condition_ended_before(self) -> None:
        ward = self.snoozed()
        ward.judged(21)
        assert ward.judged(24) == []
        assert ward.judged(25) == ["wake"]
        assert (ward.last.state, ward.last.ended_day) == (S.RAISED, 21)
        assert ward.judged(26) == []

    def test_that_it_wakes_on_its_date_also_if_its_condition_ends_then(self) -> None:
        ward = self.snoozed()
        assert ward.judged(25) == ["wake"]
        assert (ward.last.state, ward.last.ended_day) == (S.RAISED, 25)

    def test_that_it_wakes_on_its_date_also_if_its_condition_returns_then(self) -> None:
        ward = self.snoozed()
        ward.judged(21)
        assert ward.judged(25, concern(5, Priority.YELLOW)) == ["wake"]
        assert (ward.last.state, ward.last.ended_day) == (S.RAISED, None)

    def test_that_it_wakes_if_it_returns_worse_than_it_was_put_aside(self) -> None:
        ward = self.snoozed()
        ward.judged(21)
        assert ward.judged(22, concern(5, Priority.ORANGE)) == ["worsen"]
        assert (ward.last.state, ward.last.ended_day) == (S.RAISED, None)

    def test_that_its_date_is_forgotten_when_a_person_closes_it(self) -> None:
        ward = self.snoozed()
        ward.does(H.RESOLVE, outcome="treated")
        ward.does(H.REOPEN)
        assert ward.last.until is None
        assert ward.judged(25, concern(5, Priority.YELLOW)) == []


class TestGrown:
    """What got two points worse within its stage and priority."""

    def test_that_what_is_in_hand_is_put_before_a_person_again(self) -> None:
        ward = Ward()
        ward.judged(20, concern(5))
        ward.does(H.ACKNOWLEDGE, day=21)
        assert ward.judged(22, concern(6)) == ["keep"]
        assert ward.judged(23, concern(7)) == ["worsen"]
        assert ward.last.state is S.RAISED

    def test_that_what_was_looked_at_since_is_known(self) -> None:
        ward = Ward()
        ward.judged(20, concern(5))
        ward.does(H.ACKNOWLEDGE, day=21)
        ward.judged(22, concern(7))
        ward.does(H.ACKNOWLEDGE, day=22)
        assert ward.judged(23, concern(5)) == ["keep"]
        assert ward.judged(24, concern(7)) == ["keep"]
        assert ward.last.state is S.ACKNOWLEDGED

    def test_that_who_has_the_milder_one_before_their_eyes_cannot_close_it_unseen(self) -> None:
        ward = Ward()
        ward.judged(20, concern(5))
        seen = ward.last
        assert ward.judged(21, concern(9)) == ["worsen"]
        assert ward.last.version > seen.version
        assert ward.judged(22, concern(9)) == []

    def test_that_a_milder_kind_that_is_so_much_more_severe_keeps_its_priority(self) -> None:
        ward = Ward()
        ward.judged(20, concern(4, Priority.ORANGE))
        ward.does(H.SNOOZE, day=21, until=instant(40))
        severe = concern(7, Priority.YELLOW)
        assert ward.judged(22, severe) == ["worsen"]
        assert (ward.last.priority, ward.last.finding.severity) == (Priority.ORANGE, 7)
        assert ward.judged(23, severe) == []
        ward.does(H.SNOOZE, day=23, until=instant(40))
        assert ward.judged(24, severe) == [], "what was put aside at 7 stays so at 7"

    def test_that_a_rule_may_call_less_worse_for_what_was_looked_at(self) -> None:
        ward = Ward()
        ward.judged(20, concern(1, rule="missed_report"))
        assert ward.judged(21, concern(2, rule="missed_report")) == ["keep"]
        ward.does(H.ACKNOWLEDGE, day=21)
        assert ward.judged(22, concern(3, rule="missed_report")) == ["worsen"]


class TestInHand:
    def in_hand(self) -> Ward:
        ward = Ward()
        ward.judged(20, concern(5))
        ward.does(H.ACKNOWLEDGE, day=21, note="calls her", until=instant(25))
        return ward

    def test_that_an_end_takes_it_out_of_nobodys_hands(self) -> None:
        ward = self.in_hand()
        ward.judged(22)
        assert (ward.last.changed_by, ward.last.changed_at) == ("nurse", instant(21))
        assert (ward.last.note, ward.last.until) == ("calls her", instant(25))
        assert (ward.events["alert-1"][-1].by, ward.events["alert-1"][-1].note) == (RULES, "")

    def test_that_a_mark_of_another_takes_it_out_of_nobodys_hands(self) -> None:
        ward = self.in_hand()
        ward.does(H.RATE, day=22, by="Ada", useful="useful")
        assert (ward.last.changed_by, ward.last.note) == ("nurse", "calls her")
        assert (ward.last.useful, ward.last.until) == ("useful", instant(25))
        assert (ward.events["alert-1"][-1].by, ward.events["alert-1"][-1].note) == ("Ada", "")

    def test_that_it_comes_back_when_its_time_is_over(self) -> None:
        ward = self.in_hand()
        assert ward.judged(24, concern(5)) == []
        assert ward.judged(25, concern(5)) == ["wake"]
        assert (ward.last.state, ward.last.until) == (S.RAISED, None)
        assert (ward.last.raised_at, ward.last.changed_by) == (instant(25), RULES)

    def test_that_it_comes_back_also_where_its_rule_cannot_be_looked_at(self) -> None:
        ward = self.in_hand()
        assert ward.judged(24, unknown=(LATCHED,)) == []
        assert ward.judged(25, unknown=(LATCHED,)) == ["wake"]
        assert ward.last.changed_by == RULES


class TestUndo:
    @pytest.mark.parametrize(
        ("before", "step"),
        [
            ((), H.ACKNOWLEDGE),
            ((), H.SNOOZE),
            ((), H.RESOLVE),
            ((H.ACKNOWLEDGE,), H.SNOOZE),
            ((H.ACKNOWLEDGE,), H.RESOLVE),
            ((H.SNOOZE,), H.RESOLVE),
            ((H.RESOLVE,), H.REOPEN),
            ((H.SNOOZE, H.RESOLVE), H.REOPEN),
        ],
        ids=str,
    )
    @pytest.mark.parametrize("again", [False, True], ids=["once", "after another undo"])
    def test_that_the_alert_is_as_it_was(
        self, before: tuple[Happening, ...], step: Happening, again: bool
    ) -> None:
        fields: dict[Happening, dict[str, Any]] = {
            H.SNOOZE: {"until": instant(60)},
            H.ACKNOWLEDGE: {"until": instant(55)},
            H.RESOLVE: {"outcome": "treated"},
            H.REOPEN: {"outcome": ""},
        }
        ward = Ward()
        ward.judged(20, concern(5))
        for n, happening in enumerate(before):
            ward.does(happening, day=30 + n, by="Ada", note=f"why {n}", **fields[happening])
        if again:
            ward.does(step, day=39, note="too early", **fields[step])
            ward.undoes(day=39)
        was = ward.last
        ward.does(step, day=40, note="mistaken", **fields[step])
        assert ward.last.state is not was.state
        ward.undoes(day=40)
        now = ward.last
        assert now == replace(
            was, version=was.version + 2, seen_severity=now.seen_severity, respond_by=now.respond_by
        )
        assert now.seen_severity == (5 if step in LOOKED or before else None)
        if now.state is S.RAISED:
            assert now.respond_by == was.respond_by

    def test_that_a_mark_in_between_stays_and_is_no_hindrance(self) -> None:
        ward = Ward()
        ward.judged(20, concern())
        ward.does(H.ACKNOWLEDGE, day=21)
        ward.does(H.RATE, day=21, by="Ada", useful="useful")
        ward.undoes(day=21)
        assert (ward.last.state, ward.last.useful) == (S.RAISED, "useful")

    def test_that_only_who_took_a_step_takes_it_back(self) -> None:
        ward = Ward()
        ward.judged(20, concern())
        ward.does(H.ACKNOWLEDGE, by="Ada")
        with pytest.raises(NotPossible) as refusal:
            ward.undoes(by="nurse")
        assert refusal.value.happening is H.UNDO

    def test_that_nothing_is_taken_back_over_what_happened_since(self) -> None:
        ward = Ward()
        ward.judged(20, concern())
        ward.does(H.ACKNOWLEDGE, day=21)
        ward.judged(22)
        with pytest.raises(NotPossible):
            ward.undoes()

    def test_that_a_step_is_taken_back_once(self) -> None:
        ward = Ward()
        ward.judged(20, concern())
        ward.does(H.ACKNOWLEDGE)
        ward.undoes()
        with pytest.raises(NotPossible):
            ward.undoes()

    def test_that_nobody_takes_back_what_the_rules_did(self) -> None:
        ward = Ward()
        ward.judged(20, concern())
        with pytest.raises(NotPossible):
            ward.undoes(by=RULES)

    def test_that_an_alert_without_a_history_has_nothing_to_take_back(self) -> None:
        assert last_step(()) is None
        with pytest.raises(NotPossible):
            undo(alert(), (), instant(21), "nurse")

    def test_that_one_reopened_by_mistake_is_not_the_latest_for_that(self) -> None:
        ward = Ward()
        ward.judged(20, concern(5))
        ward.does(H.RESOLVE, day=21)
        ward.judged(22)
        ward.judged(23, concern(5))
        ward.does(H.RESOLVE, "alert-2", day=24)
        ward.does(H.REOPEN, "alert-1", day=25)
        ward.undoes("alert-1", day=25)
        assert ward.judged(26, concern(5)) == [], "the second was closed while it was so"


class TestTold:
    def test_that_a_history_tells_all_that_people_own_of_an_alert(self) -> None:
        ward = Ward()
        ward.judged(20, concern(5))
        ward.does(H.SNOOZE, day=21, note="known", until=instant(30))
        ward.judged(22)
        ward.does(H.RATE, day=23, by="Ada", useful="not_useful")
        altered = replace(
            ward.last,
            state=S.RESOLVED,
            until=None,
            note="",
            changed_by="nobody",
            useful="",
            outcome="cured",
            raised_at=instant(1),
        )
        assert as_told(altered, ward.events["alert-1"]) == ward.last

    def test_that_what_the_program_put_right_took_no_step_back(self) -> None:
        ward = Ward()
        ward.judged(20, concern(5))
        ward.does(H.ACKNOWLEDGE, day=21)
        repair = replace(ward.events["alert-1"][-1], happening=H.UNDO, by=RULES)
        assert as_told(ward.last, [*ward.events["alert-1"], repair]) == ward.last


class TestRecounted:
    def test_that_days_are_fewer_and_windows_move_when_day_0_was_later(self) -> None:
        one = alert(raised_day=20, ended_day=30, window_ended_on=date(14))
        assert recounted(one, 3) == replace(
            one,
            finding=replace(
                one.finding, since_day=17, evidence=(replace(one.finding.evidence[0], day=17),)
            ),
            raised_day=17,
            ended_day=27,
            window_ended_on=date(17),
        )

    def test_that_what_holds_and_has_no_window_has_none_after_it(self) -> None:
        now = recounted(alert(), -3)
        assert (now.raised_day, now.ended_day, now.window_ended_on) == (23, None, None)


class TestPlaced:
    def test_that_a_red_alert_has_the_place_of_its_rule_among_the_protocols(self) -> None:
        rules = [rule.id for rule in default_protocol().rules]
        for rule in ("airway", "stroke"):
            red = alert(of=concern(rule=rule, priority=Priority.RED))
            assert placed(red, occasion(20)).flag == 1 + rules.index(rule)
        assert placed(alert(of=concern(rule="airway")), occasion(20)).flag == 0
        gone = alert(of=concern(rule="a_rule_of_last_year", priority=Priority.RED))
        assert placed(gone, occasion(20)).flag == 0

    def test_that_a_window_ended_on_its_day_whenever_it_is_looked_at(self) -> None:
        past = alert(of=replace(concern(), facts={"expected_to_day": 14}))
        assert placed(past, occasion(20)).window_ended_on == date(14)
        assert placed(past, occasion(50)).window_ended_on == date(14)
        assert placed(alert(), occasion(20)).window_ended_on is None

    def test_that_where_nothing_is_asked_nothing_is_overdue(self) -> None:
        protocol = default_protocol()
        amber = replace(protocol.priorities[Priority.AMBER], respond_hours=None)
        lenient = replace(protocol, priorities={**protocol.priorities, Priority.AMBER: amber})
        assert placed(alert(), replace(occasion(20), protocol=lenient)).respond_by is None


class TestWaiting:
    def test_that_it_waits_for_a_person_from_when_it_was_raised(self) -> None:
        ward = Ward()
        ward.judged(20, concern(priority=Priority.YELLOW))
        ward.judged(25)
        ward.judged(30, concern(priority=Priority.YELLOW))
        assert ward.last.raised_at == instant(20)

    def test_that_one_that_was_seen_waits_anew_from_when_it_came_back(self) -> None:
        ward = Ward()
        ward.judged(20, concern(priority=Priority.YELLOW))
        ward.does(H.ACKNOWLEDGE)
        assert ward.last.raised_at == instant(20)
        ward.judged(51, concern(priority=Priority.AMBER))
        assert (ward.last.raised_at, ward.last.raised_day) == (instant(51), 20)
        assert ward.last.respond_by == instant(51) + hours(Priority.AMBER)

    @pytest.mark.parametrize("priority", [Priority.YELLOW, Priority.ORANGE, Priority.RED])
    def test_that_what_gets_worse_before_anybody_saw_it_gets_no_more_time(
        self, priority: Priority
    ) -> None:
        ward = Ward()
        ward.judged(20, concern(3, Priority.YELLOW))
        before = ward.last.respond_by
        assert ward.judged(22, concern(9, priority)) == ["worsen"]
        assert ward.last.raised_at == instant(20), "since then it waits"
        assert before is not None
        assert ward.last.respond_by is not None
        assert ward.last.respond_by <= before
        assert ward.last.respond_by == instant(20) + hours(priority)


findings = st.lists(
    st.builds(
        concern,
        score=st.integers(0, 10),
        priority=st.sampled_from(Priority),
        rule=st.sampled_from([LATCHED, PASSING, "airway"]),
        side=st.sampled_from(["left", "right"]),
    ),
    max_size=4,
    unique_by=lambda f: f.key,
)
steps = st.lists(
    st.tuples(findings, st.sampled_from([None, H.ACKNOWLEDGE, H.RESOLVE])), max_size=12
)


@given(steps)
def test_that_whatever_happens_one_alert_is_open_per_concern_and_none_is_lowered(
    course: list[tuple[list[Finding], Happening | None]],
) -> None:
    ward = Ward()
    for day, (found, by_person) in enumerate(course):
        before = {a.id: a.priority for a in ward.alerts.values()}
        ward.judged(day, *found)
        assert ward.judged(day, *found) == []
        keys = [a.finding.key for a in ward.alerts.values() if a.is_open]
        assert len(keys) == len(set(keys))
        for known, priority in before.items():
            assert not priority.is_above(ward.alerts[known].priority)
        for one in list(ward.alerts.values()):
            if by_person and (one.state, by_person) in TRANSITIONS:
                ward.alerts[one.id] = move(one, by_person, instant(day), "nurse").alert
