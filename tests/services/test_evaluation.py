"""What is stored is compared with what it has to be, each time an episode is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from monitor.domain.alert import Alert, State
from monitor.domain.episode import Episode
from monitor.domain.protocol import Priority
from monitor.domain.rules.rule import Rule
from monitor.domain.silence import Silence
from monitor.services import alerts, sweep
from monitor.services.ports import Judged
from tests.builders import answer, date, instant, procedure
from tests.protocols import default_protocol
from tests.services.clinics import Practice
from tests.services.healthy_days import HealthyDays

HISTORIES = 60
STEPS = 60
WATCHED = "alerts_differ"


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_that_nothing_differs_in_a_clinic_in_which_nothing_is_at_fault(seed: int) -> None:
    days = HealthyDays(seed)
    for _ in range(STEPS):
        days.step()
        assert days.sweep() == ()


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols()
    return practice


# --------------------------------------------------------------- what an alert can have lived


def raised(practice: Practice) -> Alert:
    practice.reports(3, answer("breathing", "yes"), answer("burning", 8, compared="worse"))
    return practice.alert("nerve_pain")


def acknowledged(practice: Practice) -> Alert:
    one = raised(practice)
    return alerts.acknowledge(practice.clinic, one.id, one.version, "called").alert


def snoozed(practice: Practice) -> Alert:
    one = raised(practice)
    return alerts.snooze(practice.clinic, one.id, one.version, date(6), "known").alert


def resolved(practice: Practice) -> Alert:
    one = raised(practice)
    return alerts.resolve(practice.clinic, one.id, one.version, "treated", "seen").alert


def ended(practice: Practice) -> Alert:
    raised(practice)
    practice.reports(4, answer("burning", 0), answer("breathing", "no"))
    return practice.alert("nerve_pain")


def ended_and_resolved(practice: Practice) -> Alert:
    one = ended(practice)
    return alerts.resolve(practice.clinic, one.id, one.version, "treated", "seen").alert


LIVES = {
    raised: State.RAISED,
    acknowledged: State.ACKNOWLEDGED,
    snoozed: State.SNOOZED,
    resolved: State.RESOLVED,
    ended: State.RAISED,
    ended_and_resolved: State.RESOLVED,
}


# -------------------------------------------------------------- what a store can do to an alert


def gone(_: Alert) -> None:
    return None


def urgent(alert: Alert) -> Alert:
    return replace(alert, finding=replace(alert.finding, priority=Priority.RED))


def trifling(alert: Alert) -> Alert:
    return replace(alert, finding=replace(alert.finding, priority=Priority.YELLOW))


def other_days(alert: Alert) -> Alert:
    return replace(alert, ended_day=None if alert.ended_day is not None else 2)


def other_evidence(alert: Alert) -> Alert:
    (*_, last) = alert.finding.evidence
    said = replace(last, value=1)
    return replace(alert, finding=replace(alert.finding, evidence=(said,)))


def other_finding(alert: Alert) -> Alert:
    finding = replace(alert.finding, since_day=1, facts={**alert.finding.facts, "limit": 11})
    return replace(alert, finding=finding)


def other_time(alert: Alert) -> Alert:
    return replace(alert, until=instant(300))


def other_outcome(alert: Alert) -> Alert:
    return replace(alert, outcome="data_error", useful="useful")


Deed = Callable[[Alert], Alert | None]
DEEDS: tuple[Deed, ...] = (
    gone,
    urgent,
    trifling,
    other_days,
    other_evidence,
    other_finding,
    other_time,
    other_outcome,
)


def moved(state: State) -> Deed:
    return lambda alert: replace(alert, state=state)


CASES = [
    pytest.param(life, deed, id=f"{life.__name__}, then {name}")
    for life, state in LIVES.items()
    for name, deed in (
        *((deed.__name__, deed) for deed in DEEDS if (life, deed) != (resolved, other_days)),
        *((f"moved to {other}", moved(other)) for other in State if other is not state),
    )
]


@pytest.mark.parametrize(("life", "deed"), CASES)
def test_that_whatever_was_done_to_a_stored_alert_is_found_told_once_and_put_right(
    practice: Practice, life: Callable[[Practice], Alert], deed: Deed
) -> None:
    life(practice)
    sweep.run(practice.clinic)
    alert = practice.alert("nerve_pain")
    practice.store.tamper(alert.id, deed(alert))
    practice.clock.advance(minutes=5)
    assert sweep.run(practice.clinic).differing == ("episode-1",)
    told = practice.alert(WATCHED)
    assert told.state is State.RAISED
    assert [e.value for e in told.finding.evidence] == ["nerve_pain"]
    assert {e.cause for e in practice.history(told)} == {"repair"}
    if deed is not gone:
        assert lasting(practice.alert("nerve_pain")) == lasting(alert)
    elif alert.ended_day is None:  # of what has ended nothing can be told any more
        assert practice.alert("nerve_pain").state is State.RAISED
    for _ in range(3):
        practice.clock.advance(minutes=5)
        done = sweep.run(practice.clinic)
        assert (done.differing, done.alerts_changed) == ((), 0)
    assert practice.alert(WATCHED) == told


def lasting(alert: Alert) -> tuple[object, ...]:
    """What must be as it was, once an alert has been put right."""
    return (
        alert.priority,
        alert.finding if alert.ended_day is None else None,
        alert.is_open,
        alert.outcome,
        alert.useful,
    )


def swept(practice: Practice, minutes: int = 5) -> tuple[str, ...]:
    """The episodes in which a sweep a little later finds a difference."""
    practice.clock.advance(minutes=minutes)
    return sweep.run(practice.clinic).differing


def test_that_what_was_closed_and_is_said_to_have_ended_is_raised_anew(practice: Practice) -> None:
    alert = resolved(practice)
    practice.store.tamper(alert.id, other_days(alert))
    assert swept(practice) == ("episode-1",)
    assert practice.alert("nerve_pain").state is State.RAISED
    assert swept(practice) == ()


def test_that_an_alert_of_no_judgement_is_found(practice: Practice) -> None:
    alert = raised(practice)
    with practice.store.begin() as work:
        stray = replace(alert, id="stray", finding=replace(alert.finding, rule="new_deficit"))
        work.alerts.add(stray)
        work.commit()
    assert swept(practice) == ("episode-1",)
    assert [e.value for e in practice.alert(WATCHED).finding.evidence] == ["new_deficit"]


def test_that_an_alert_that_holds_is_put_back_in_its_place(practice: Practice) -> None:
    alert = raised(practice)
    practice.store.tamper(alert.id, replace(alert, respond_by=instant(900)))
    assert swept(practice) == ("episode-1",)
    assert practice.alert("nerve_pain").respond_by == alert.respond_by


@pytest.mark.parametrize("minutes", [5, 3 * 24 * 60], ids=["at once", "after days"])
def test_that_an_answer_changed_in_the_store_is_found(practice: Practice, minutes: int) -> None:
    raised(practice)
    with practice.store.read() as work:
        (report,) = work.submissions.of_episode("episode-1")
    breathing, burning = report.answers
    practice.store.rewrite(replace(report, answers=(breathing, replace(burning, value=9))))
    assert swept(practice, minutes) == ("episode-1",)
    assert [e.value for e in practice.alert(WATCHED).finding.evidence] == ["nerve_pain"]
    assert practice.alert("nerve_pain").finding.evidence[0].value == 9
    assert swept(practice) == ()


def test_that_a_report_that_comes_before_the_sweep_hides_nothing(practice: Practice) -> None:
    alert = raised(practice)
    practice.store.tamper(alert.id, trifling(alert))
    practice.reports(4, answer("pain", 3))
    assert practice.alert(WATCHED).state is State.RAISED
    assert practice.alert("nerve_pain").priority is Priority.AMBER


def test_that_a_further_difference_is_told_again_once_the_first_was_closed(
    practice: Practice,
) -> None:
    alert = raised(practice)
    practice.store.tamper(alert.id, trifling(alert))
    swept(practice)
    first = practice.alert(WATCHED)
    alerts.resolve(practice.clinic, first.id, first.version, "other", "looked into")
    alert = practice.alert("nerve_pain")
    practice.store.tamper(alert.id, trifling(alert))
    assert swept(practice) == ("episode-1",)
    second = practice.alert(WATCHED)
    assert (second.state, second.id == first.id) == (State.RAISED, False)


def test_that_a_further_difference_brings_back_the_one_that_is_in_hand(practice: Practice) -> None:
    alert = raised(practice)
    practice.store.tamper(alert.id, trifling(alert))
    swept(practice)
    told = practice.alert(WATCHED)
    alerts.acknowledge(practice.clinic, told.id, told.version, "looking into it")
    practice.store.tamper(alert.id, None)
    assert swept(practice) == ("episode-1",)
    assert practice.alert(WATCHED).state is State.RAISED


class TestWithoutAFault:
    def test_that_nothing_is_written_where_nothing_has_changed(self, practice: Practice) -> None:
        ended(practice)
        sweep.run(practice.clinic)
        with practice.store.read() as work:
            before = work.judgements.get("episode-1")
        swept(practice, minutes=60)
        with practice.store.read() as work:
            assert work.judgements.get("episode-1") == before

    def test_that_another_version_of_the_program_may_judge_otherwise(
        self, practice: Practice
    ) -> None:
        raised(practice)
        sweep.run(practice.clinic)
        known = default_protocol()
        practice.follows(replace(known, rules=tuple(map(shouting, known.rules))))
        practice.clinic = replace(practice.clinic, program="next")
        assert swept(practice) == ()
        assert practice.alert("nerve_pain").priority is Priority.RED

    def test_that_the_same_version_may_not(self, practice: Practice) -> None:
        raised(practice)
        sweep.run(practice.clinic)
        known = default_protocol()
        practice.follows(replace(known, rules=tuple(map(shouting, known.rules))))
        assert swept(practice) == ("episode-1",)


def shouting(rule: Rule) -> Rule:
    """The nerve pain rule of a program that has been changed: its findings are red."""
    if rule.id != "nerve_pain":
        return rule
    return replace(rule, stages=tuple(replace(s, priority=Priority.RED) for s in rule.stages))


def test_that_what_cannot_be_compared_is_an_episode_that_failed(practice: Practice) -> None:
    raised(practice)
    with practice.store.begin() as work:
        known = work.judgements.get("episode-1")
        assert known is not None
        work.judgements.set(replace(known, seals={"unreadable": ""}))
        work.commit()
    practice.clock.advance(minutes=5)
    done = sweep.run(practice.clinic)
    assert (done.failed, done.differing) == (("episode-1",), ())


class TestSilence:
    def test_that_it_is_judged_with_the_rest(self, practice: Practice) -> None:
        practice.reports(1, answer("pain", 4))
        practice.reports(3, answer("pain", 7))
        practice.sweeps(9, hour=12)
        assert known(practice).silence is None
        practice.sweeps(10, hour=12)
        assert known(practice).silence == Silence("worse", 1, date(7), "pain", 7, 4)

    def test_that_it_is_over_with_the_next_report(self, practice: Practice) -> None:
        practice.sweeps(10)
        assert known(practice).silence is not None
        practice.reports(11)
        assert known(practice).silence is None

    def test_that_it_is_kept_up_to_date_though_nothing_else_changes(
        self, practice: Practice
    ) -> None:
        for day, doing in ((15, "never"), (92, "lost")):
            practice.sweeps(day, hour=12)
            silence = known(practice).silence
            assert silence is not None
            assert silence.doing == doing


def known(practice: Practice) -> Judged:
    with practice.store.read() as work:
        judged = work.judgements.get("episode-1")
    assert judged is not None
    return judged


def test_that_a_superseded_episode_differs_in_nothing_as_the_days_pass(practice: Practice) -> None:
    raised(practice)
    later = replace(practice_episode(practice), id="episode-2", procedure=procedure(date=date(9)))
    with practice.store.begin() as work:
        work.episodes.add(later)
        work.commit()
    for day in (5, 8, 9, 10, 30, 7, 12):
        assert practice.sweeps(day).differing == ()
    alert = practice.alert("nerve_pain")
    practice.store.tamper(alert.id, trifling(alert))
    assert swept(practice) == ("episode-1",)


def practice_episode(practice: Practice) -> Episode:
    with practice.store.read() as work:
        return work.episodes.get("episode-1")
