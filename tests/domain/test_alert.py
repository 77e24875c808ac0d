from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.alert import (
    OPEN,
    RULES,
    TRANSITIONS,
    Alert,
    Change,
    Happening,
    NotPossible,
    Occasion,
    State,
    move,
    reconcile,
)
from monitor.domain.finding import Evidence, Finding, Judgement, NotEvaluable
from monitor.domain.protocol import Priority, Side
from monitor.domain.submission import Place
from tests.builders import alert, date, finding, instant
from tests.protocols import default_protocol, rule_of

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
    },
    S.ACKNOWLEDGED: {
        H.KEEP: S.ACKNOWLEDGED,
        H.WORSEN: S.RAISED,
        H.END: S.ACKNOWLEDGED,
        H.RETURN: S.RAISED,
        H.RETRACT: S.RETRACTED,
        H.SNOOZE: S.SNOOZED,
        H.RESOLVE: S.RESOLVED,
    },
    S.SNOOZED: {
        H.KEEP: S.SNOOZED,
        H.WORSEN: S.RAISED,
        H.END: S.SNOOZED,
        H.RETURN: S.SNOOZED,
        H.RETRACT: S.RETRACTED,
        H.WAKE: S.RAISED,
        H.RESOLVE: S.RESOLVED,
    },
    S.RESOLVED: {H.END: S.RESOLVED, H.REOPEN: S.RAISED},
    S.RETRACTED: {},
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

    def test_that_a_move_says_who_when_and_why_and_counts_the_change(self) -> None:
        moved = move(
            alert(version=3), H.SNOOZE, instant(21), "nurse", "busy", snoozed_until=date(25)
        )
        assert moved == Change(
            alert(
                state=S.SNOOZED,
                changed_at=instant(21),
                changed_by="nurse",
                note="busy",
                version=4,
                snoozed_until=date(25),
            ),
            H.SNOOZE,
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
    """The alerts of one episode, judged on one day after another."""

    def __init__(self, *alerts: Alert) -> None:
        self.alerts = {a.id: a for a in alerts}
        self._ids = (f"alert-{n}" for n in itertools.count(len(alerts) + 1))

    def judged(self, day: int, *findings: Finding, unknown: tuple[str, ...] = ()) -> list[str]:
        """What happens when exactly these findings hold on a day."""
        notes = tuple(NotEvaluable(rule, "no_baseline", "pain") for rule in unknown)
        changes = reconcile(
            "episode-1",
            Judgement(findings, notes),
            self.alerts.values(),
            Occasion(instant(day), day, date(day), default_protocol()),
            lambda: next(self._ids),
        )
        for change in changes:
            self.alerts[change.alert.id] = change.alert
        return [change.happening.value for change in changes]

    def does(self, happening: Happening, alert_id: str = "alert-1", **fields: Any) -> None:
        self.alerts[alert_id] = move(
            self.alerts[alert_id], happening, instant(50), "nurse", **fields
        ).alert

    @property
    def last(self) -> Alert:
        return list(self.alerts.values())[-1]


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

    def test_that_only_the_latest_of_several_closed_ones_counts(self) -> None:
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
        ward.does(H.SNOOZE, snoozed_until=date(25))
        return ward

    def test_that_it_sleeps_until_its_date_and_wakes_on_it(self) -> None:
        ward = self.snoozed()
        same = concern(5, Priority.YELLOW)
        assert ward.judged(24, same) == []
        assert ward.judged(25, same) == ["wake"]
        assert (ward.last.state, ward.last.snoozed_until) == (S.RAISED, None)
        assert ward.judged(26, same) == []

    def test_that_worse_breaks_it(self) -> None:
        ward = self.snoozed()
        assert ward.judged(21, concern(5, Priority.AMBER)) == ["worsen"]
        assert (ward.last.state, ward.last.snoozed_until) == (S.RAISED, None)

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
        assert ward.last.snoozed_until is None
        assert ward.judged(25, concern(5, Priority.YELLOW)) == []


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
