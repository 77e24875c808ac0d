"""Pauses of a follow-up, its end, and that an end was wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.alert import Happening, State
from monitor.domain.episode import Ending, Episode, Pause
from monitor.services import (
    access,
    alerts,
    charting,
    desk_codes,
    drafts,
    endings,
    episodes,
    submissions,
)
from monitor.services.ports import Conflict, Judged, Refusal
from tests.builders import answer, contact, date, draft, episode, instant, procedure
from tests.services.clinics import Practice, broken_protocol, form

BIRTH = dt.date(1970, 5, 17)
FLUID = answer("clear_fluid", "yes")
"""What is orange and stays on the list until a person closes it."""


@pytest.fixture
def practice(anywhere: Practice) -> Practice:
    """A patient who reported on days 1, 3 and 7 and not on days 14 and 21; it is day 25."""
    practice = anywhere
    practice.enrols()
    for day in (1, 3, 7):
        practice.reports(day)
    practice.sweeps(25, hour=8)
    return practice


def seen(practice: Practice, episode_id: str = "episode-1") -> Episode:
    with practice.store.read() as work:
        return work.episodes.get(episode_id)


def known(practice: Practice, episode_id: str = "episode-1") -> Judged:
    with practice.store.read() as work:
        judged = work.judgements.get(episode_id)
    assert judged is not None
    return judged


def paused(practice: Practice, first: int, last: int, **fields: Any) -> episodes.Done:
    given = {"reason": "holiday", "note": ""} | fields
    return endings.pause(practice.clinic, seen(practice), date(first), date(last), **given)


def ended(practice: Practice, ended_as: Ending = "completed", day: int = 25, note: str = "") -> Any:
    return endings.end(practice.clinic, seen(practice), ended_as, date(day), note)


def refused(practice: Practice, *args: Any, **fields: Any) -> Refusal:
    before = seen(practice)
    with pytest.raises(Refusal) as refusal:
        paused(practice, *args, **fields)
    assert seen(practice) == before
    return refusal.value


class TestPause:
    def test_that_it_is_kept_with_why_who_and_when(self, practice: Practice) -> None:
        done = paused(practice, 26, 40, note=" with her sister ")
        (kept,) = seen(practice).pauses
        assert kept == Pause(date(26), date(40), "holiday", "with her sister", "nurse", date(25))
        assert done.evaluated
        assert done.changed == {"episodes", "alerts"}
        assert practice.audit("episode-1")[-1].reason == (
            f"holiday: with her sister [pause from {date(26)}: none -> holiday to {date(40)}]"
        )

    def test_that_what_was_missed_in_it_was_not_missed(self, practice: Practice) -> None:
        missed = practice.alert("missed_report")
        assert (missed.state, missed.finding.stage) == (State.RAISED, "A7")
        paused(practice, 15, 26, reason="hospital")
        assert practice.alert("missed_report").state is State.RETRACTED

    def test_that_what_was_missed_before_it_stays(self, practice: Practice) -> None:
        paused(practice, 25, 40)
        assert practice.alert("missed_report").is_open
        assert known(practice).silence is None

    def test_that_nothing_is_due_before_it_is_over(self, practice: Practice) -> None:
        paused(practice, 25, 45)
        assert known(practice).due_on == date(60)

    def test_that_the_chart_has_no_gap_in_it(self, practice: Practice) -> None:
        def gaps() -> tuple[int, ...]:
            return charting.chart(practice.clinic, "episode-1").panels[0].series[0].gaps

        assert gaps() == (14, 21)
        paused(practice, 20, 22, reason="hospital")
        assert gaps() == (14,)

    def test_that_a_report_that_comes_all_the_same_is_judged(self, practice: Practice) -> None:
        paused(practice, 24, 45)
        practice.reports(26, FLUID)
        assert practice.alert("clear_fluid").is_open

    def test_that_it_excuses_nothing_else(self, practice: Practice) -> None:
        practice.reports(25, FLUID, hour=9)
        paused(practice, 25, 45)
        practice.sweeps(30)
        assert practice.alert("clear_fluid").is_open

    def test_that_the_days_after_it_count_again(self, practice: Practice) -> None:
        paused(practice, 15, 26, reason="hospital")
        practice.sweeps(31, hour=12)
        assert practice.alert("missed_report").state is State.RETRACTED
        practice.sweeps(32, hour=12)
        assert practice.alert("missed_report").is_open

    def test_that_no_fault_is_found_in_what_it_changed(self, practice: Practice) -> None:
        paused(practice, 15, 26, reason="hospital")
        assert practice.sweeps(25, hour=20).differing == ()
        endings.end_pause(practice.clinic, seen(practice))
        assert practice.sweeps(26, hour=12).differing == ()
        assert "alerts_differ" not in {a.finding.rule for a in practice.alerts()}

    @pytest.mark.parametrize(
        ("first", "last", "code"),
        [
            pytest.param(30, 29, "days_out_of_order", id="ends before it begins"),
            pytest.param(25, 53, "pause_too_long", id="one day too long"),
            pytest.param(20, 53, "pause_too_long", id="so many days still to come"),
            pytest.param(60, 88, "pause_too_long", id="too long later"),
            pytest.param(25, 2_900_000, "pause_too_long", id="to the end of time"),
        ],
    )
    def test_that_one_that_cannot_be_is_refused(
        self, practice: Practice, first: int, last: int, code: str
    ) -> None:
        assert refused(practice, first, last).code == code

    @pytest.mark.parametrize(("first", "last"), [(25, 52), (60, 87), (-10, 20), (30, 30), (3, 52)])
    def test_that_one_within_the_protocols_days_is_kept(
        self, practice: Practice, first: int, last: int
    ) -> None:
        paused(practice, first, last)
        assert len(seen(practice).pauses) == 1

    def test_that_it_says_how_many_days_may_be(self, practice: Practice) -> None:
        assert refused(practice, 25, 53).details == {"days": "28"}

    def test_that_pauses_next_to_each_other_are_one(self, practice: Practice) -> None:
        paused(practice, 40, 50)
        paused(practice, 28, 39)
        assert refused(practice, 51, 56).code == "pause_too_long"
        paused(practice, 51, 55)
        assert refused(practice, 23, 27).code == "pause_too_long"
        paused(practice, 23, 26)

    def test_that_a_later_day_may_decide_anew(self, practice: Practice) -> None:
        paused(practice, 25, 52)
        practice.clock.set(instant(50))
        paused(practice, 53, 70)
        assert seen(practice).paused_on(date(70))

    def test_that_another_reason_has_to_be_told(self, practice: Practice) -> None:
        assert refused(practice, 25, 30, reason="other", note=" ").code == "no_reason"
        assert refused(practice, 25, 30, reason="bored").code == "unknown_reason"
        paused(practice, 25, 30, reason="other", note="cares for her mother")

    def test_that_somebody_elses_change_is_told(self, practice: Practice) -> None:
        before = seen(practice)
        paused(practice, 25, 30)
        with pytest.raises(Conflict) as conflict:
            endings.pause(practice.clinic, before, date(25), date(31), "holiday")
        assert conflict.value.code == "episode_changed"
        assert conflict.value.details == {"by": "nurse", "at": "2026-03-27 09:00"}

    def test_that_a_closed_follow_up_has_none(self, practice: Practice) -> None:
        ended(practice)
        assert refused(practice, 25, 30).code == "episode_closed"


class TestEndOfAPause:
    def test_that_reports_are_expected_again_from_today_on(self, practice: Practice) -> None:
        paused(practice, 24, 45)
        practice.clock.set(instant(30))
        endings.end_pause(practice.clinic, seen(practice), "back early")
        assert [(p.first, p.last) for p in seen(practice).pauses] == [(date(24), date(29))]
        assert known(practice).due_on == date(35)
        assert practice.audit("episode-1")[-1].reason.startswith("back early [pause from")

    def test_that_one_that_begins_today_goes_altogether(self, practice: Practice) -> None:
        paused(practice, 25, 45)
        endings.end_pause(practice.clinic, seen(practice))
        assert seen(practice).pauses == ()

    def test_that_those_that_are_over_and_that_will_come_stay(self, practice: Practice) -> None:
        paused(practice, 10, 12)
        paused(practice, 24, 45)
        paused(practice, 80, 90)
        endings.end_pause(practice.clinic, seen(practice))
        left = [(p.first, p.last) for p in seen(practice).pauses]
        assert left == [(date(10), date(12)), (date(24), date(24)), (date(80), date(90))]

    def test_that_out_of_a_pause_the_next_one_is_taken_back(self, practice: Practice) -> None:
        paused(practice, 80, 90)
        paused(practice, 40, 50)
        endings.end_pause(practice.clinic, seen(practice))
        assert [p.first for p in seen(practice).pauses] == [date(80)]

    def test_that_there_must_be_one(self, practice: Practice) -> None:
        paused(practice, 10, 12)
        with pytest.raises(Refusal, match="not_paused"):
            endings.end_pause(practice.clinic, seen(practice))


class TestEnd:
    def test_that_it_is_kept_with_why_and_when(self, practice: Practice) -> None:
        done = ended(practice, "completed", 24, "doing well")
        kept = seen(practice)
        assert (kept.state, kept.ended_as, kept.ended_on) == ("closed", "completed", date(24))
        assert done.episodes == (kept,)
        assert done.evaluated
        assert done.changed == {"episodes", "alerts"}
        line = practice.audit("episode-1")[-1]
        assert (line.action, line.actor) == ("follow_up_ended", "nurse")
        assert line.reason == f"doing well [ended: none -> completed {date(24)}]"

    def test_that_nothing_is_expected_any_more(self, practice: Practice) -> None:
        ended(practice)
        chart = charting.chart(practice.clinic, "episode-1")
        assert (chart.next_due, known(practice).due_on, known(practice).silence) == (None,) * 3
        assert chart.today == 25
        swept = practice.sweeps(120)
        assert swept.episodes == 0
        assert not [a for a in practice.alerts() if a.is_open]

    def test_that_its_history_is_there_to_read(self, practice: Practice) -> None:
        before = charting.chart(practice.clinic, "episode-1")
        ended(practice)
        practice.clock.set(instant(200))
        after = charting.chart(practice.clinic, "episode-1")
        assert (after.panels, after.strips) == (before.panels, before.strips)
        assert len(after.cards) == len(before.cards)
        assert (after.today, after.followed_to) == (25, 25)

    def test_that_nobody_signs_in_to_it(self, practice: Practice) -> None:
        code = desk_codes.issue(practice.clinic, "episode-1")
        ended(practice)
        for sign_in in (
            lambda: access.identify(practice.clinic, "1001", BIRTH),
            lambda: access.identify_by_code(practice.clinic, code),
        ):
            with pytest.raises(Refusal, match="not_matched"):
                sign_in()

    def test_that_its_open_alerts_are_closed_with_it(self, practice: Practice) -> None:
        practice.reports(25, FLUID)
        one = practice.alert("clear_fluid")
        alerts.acknowledge(practice.clinic, one.id, one.version, "called")
        done = ended(practice, "moved", note="to Porto")
        assert {a.finding.rule for a in done.alerts} == {"clear_fluid"}
        closed = practice.alert("clear_fluid")
        assert (closed.state, closed.outcome) == (State.RESOLVED, "follow_up_ended")
        last = practice.history(closed)[-1]
        assert (last.happening, last.by, last.note) == (Happening.RESOLVE, "nurse", "to Porto")
        assert practice.audit(closed.id)[-1].action == "alert_resolve"

    @pytest.mark.parametrize("ended_as", ["completed", "died", "mistake"])
    def test_that_a_red_one_is_taken_in_hand_by_somebody_first(
        self, practice: Practice, ended_as: Ending
    ) -> None:
        practice.reports(25, answer("breathing", "yes"))
        before, red = seen(practice), practice.alert("airway")
        with pytest.raises(Refusal, match="red_waits"):
            ended(practice, ended_as)
        assert (seen(practice), practice.alert("airway")) == (before, red)
        alerts.acknowledge(practice.clinic, red.id, red.version, "sent to hospital")
        ended(practice, ended_as)
        assert practice.alert("airway").state is State.RESOLVED

    def test_that_alerts_that_were_closed_before_stay_as_they_were(
        self, practice: Practice
    ) -> None:
        practice.reports(25, FLUID)
        one = practice.alert("clear_fluid")
        before = alerts.resolve(practice.clinic, one.id, one.version, "treated").alert
        ended(practice)
        assert practice.alert("clear_fluid") == before

    def test_that_nothing_of_it_can_be_put_aside_any_more(self, practice: Practice) -> None:
        ended(practice)
        closed = practice.alert("missed_report")
        with pytest.raises(Refusal, match="episode_closed"):
            alerts.reopen(practice.clinic, closed.id, closed.version, "not over")
        with pytest.raises(Refusal, match="episode_closed"):
            alerts.take_back(practice.clinic, closed.id, closed.version)
        assert alerts.rate(practice.clinic, closed.id, closed.version, "useful").alert.useful

    def test_that_a_report_nobody_had_judged_is_judged_all_the_same_and_waits(
        self, practice: Practice
    ) -> None:
        good = practice.clinic.protocols.current("cervical_rhizotomy")
        practice.follows(broken_protocol())
        practice.reports(25, FLUID)
        ended(practice)
        practice.follows(good)
        practice.sweeps(26)
        late = practice.alert("clear_fluid")
        assert late.state is State.RAISED
        with pytest.raises(Refusal, match="episode_closed"):
            alerts.acknowledge(practice.clinic, late.id, late.version)
        alerts.resolve(practice.clinic, late.id, late.version, "referred")
        assert not practice.alert("missed_report").is_open

    @pytest.mark.parametrize("ended_as", ["died", "withdrew", "moved", "declined"])
    def test_that_what_is_said_of_the_patient_ends_all_of_their_follow_ups(
        self, practice: Practice, ended_as: Ending
    ) -> None:
        further(practice, 20)
        done = ended(practice, ended_as)
        assert {e.id for e in done.episodes} == {"episode-1", "episode-2"}
        assert all(not seen(practice, e).is_open for e in ("episode-1", "episode-2"))
        assert practice.audit("episode-2")[-1].action == "follow_up_ended"

    @pytest.mark.parametrize("ended_as", ["completed", "mistake"])
    def test_that_what_is_said_of_the_follow_up_ends_it_alone(
        self, practice: Practice, ended_as: Ending
    ) -> None:
        further(practice, 20)
        ended(practice, ended_as)
        assert seen(practice, "episode-2").is_open
        assert access.identify(practice.clinic, "1001", BIRTH).episode_id == "episode-2"

    def test_that_a_procedure_that_was_a_mistake_ends_no_other_follow_up(
        self, practice: Practice
    ) -> None:
        further(practice, 20)
        assert known(practice).due_on is None
        endings.end(practice.clinic, seen(practice, "episode-2"), "mistake", date(25))
        assert known(practice).due_on == date(28)
        endings.reopen(practice.clinic, "episode-2", "it was right")
        assert known(practice).due_on is None

    @pytest.mark.parametrize(
        ("ended_as", "day", "code"),
        [
            pytest.param("completed", 26, "ended_in_future", id="tomorrow"),
            pytest.param("mistake", 26, "ended_in_future", id="a mistake of tomorrow"),
            pytest.param("completed", -1, "ended_before_procedure", id="before day 0"),
            pytest.param("completed", 6, "ended_before_report", id="before a report"),
            pytest.param("", 25, "unknown_ending", id="no reason"),
            pytest.param("bored", 25, "unknown_ending", id="no reason of ours"),
        ],
    )
    def test_that_an_ending_that_cannot_be_is_refused(
        self, practice: Practice, ended_as: Ending, day: int, code: str
    ) -> None:
        before = seen(practice)
        with pytest.raises(Refusal) as refusal:
            ended(practice, ended_as, day)
        assert (refusal.value.code, seen(practice)) == (code, before)

    def test_that_it_may_be_the_day_of_the_last_report(self, practice: Practice) -> None:
        ended(practice, "died", 7)
        assert seen(practice).ended_on == date(7)

    @pytest.mark.parametrize(("ended_as", "day"), [("declined", 4), ("mistake", -60)])
    def test_that_a_procedure_that_never_came_can_be_ended(
        self, ended_as: Ending, day: int
    ) -> None:
        practice = Practice()
        practice.enrols(date=date(20))
        practice.clock.set(instant(5))
        ended(practice, ended_as, day)
        assert not seen(practice).is_open

    def test_that_one_planned_is_not_ended_long_before(self) -> None:
        practice = Practice()
        practice.enrols(date=date(20))
        practice.clock.set(instant(5))
        with pytest.raises(Refusal, match="ended_before_procedure"):
            ended(practice, "declined", -11)

    def test_that_it_ends_once(self, practice: Practice) -> None:
        before = seen(practice)
        ended(practice)
        with pytest.raises(Conflict) as conflict:
            endings.end(practice.clinic, before, "died", date(25))
        assert conflict.value.details == {"by": "nurse", "at": "2026-03-27 09:00"}
        with pytest.raises(Refusal, match="episode_closed"):
            ended(practice)

    def test_that_a_visit_left_at_a_kiosk_is_heard_before(self, practice: Practice) -> None:
        left = draft(answer("breathing", "yes"), day=25, picked=("breathing",))
        drafts.keep(practice.clinic, left)
        with pytest.raises(Conflict, match="report_came"):
            ended(practice)
        assert seen(practice).is_open
        airway = practice.alert("airway")
        with pytest.raises(Refusal, match="red_waits"):
            ended(practice)
        alerts.acknowledge(practice.clinic, airway.id, airway.version)
        ended(practice)
        assert not seen(practice).is_open

    def test_that_a_visit_in_which_nothing_was_said_keeps_nobody(self, practice: Practice) -> None:
        drafts.keep(practice.clinic, draft(answer("pain", None), day=25))
        ended(practice)
        with practice.store.read() as work:
            assert work.drafts.count() == 0
        assert not seen(practice).is_open

    def test_that_a_refused_ending_leaves_a_visit_alone(self, practice: Practice) -> None:
        drafts.keep(practice.clinic, draft(answer("breathing", "yes"), day=25))
        with pytest.raises(Refusal, match="ended_in_future"):
            ended(practice, day=30)
        with practice.store.read() as work:
            assert work.drafts.count() == 1

    def test_that_it_says_which_promised_contact_falls_away(self, practice: Practice) -> None:
        with practice.store.begin() as work:
            work.contacts.add(contact(24, kind="phone", result="reached", next_on=date(33)))
            work.commit()
        assert ended(practice).promised == date(33)
        with practice.store.read() as work:
            assert work.contacts.promised() == {}


def further(practice: Practice, day: int) -> None:
    """Another procedure of the same patient."""
    treated = procedure(profile="MBRFN", date=date(day))
    one = episode(2, patient_id="patient-1", procedure=treated)
    episodes.add_procedure(practice.clinic, one)


class TestReopen:
    def test_that_everything_is_as_it_was(self, practice: Practice) -> None:
        practice.reports(25, FLUID)
        before, due = seen(practice), known(practice).due_on
        ended(practice, "died")
        done = endings.reopen(practice.clinic, "episode-1", "it was her sister")
        assert seen(practice) == before
        assert (done.episodes, done.evaluated) == ((before,), True)
        assert practice.alert("clear_fluid").state is State.RAISED
        assert known(practice).due_on == due
        assert "alerts_differ" not in {a.finding.rule for a in practice.alerts()}
        assert access.identify(practice.clinic, "1001", BIRTH).episode_id == "episode-1"
        assert practice.sweeps(25, hour=20).differing == ()

    def test_that_it_says_who_and_why(self, practice: Practice) -> None:
        practice.reports(25, FLUID)
        ended(practice, "died")
        endings.reopen(practice.clinic, "episode-1", " it was her sister ")
        line = practice.audit("episode-1")[-1]
        assert (line.action, line.actor) == ("follow_up_reopened", "nurse")
        assert line.reason == f"it was her sister [ended: died {date(25)} -> none]"
        again = practice.history(practice.alert("clear_fluid"))[-1]
        assert (again.happening, again.by, again.note) == (
            Happening.REOPEN,
            "nurse",
            "it was her sister",
        )

    def test_that_what_was_not_heard_of_meanwhile_is_missed(self, practice: Practice) -> None:
        ended(practice)
        practice.clock.set(instant(40))
        endings.reopen(practice.clinic, "episode-1", "not over")
        assert practice.alert("missed_report").is_open
        assert known(practice).silence is not None

    def test_that_an_alert_whose_condition_is_gone_is_taken_back_by_the_rules(
        self, practice: Practice
    ) -> None:
        assert practice.alert("missed_report").is_open
        ended(practice)
        later = replace(form(25), answered_at=instant(25, 8))
        further(practice, 25)
        practice.clock.set(instant(25, 10))
        submissions.record(practice.clinic, replace(later, episode_id="episode-2"))
        endings.reopen(practice.clinic, "episode-1", "not over")
        assert practice.alert("missed_report").state is State.RETRACTED

    def test_that_no_fault_is_found_in_what_was_judged_while_it_was_closed(
        self, practice: Practice
    ) -> None:
        good = practice.clinic.protocols.current("cervical_rhizotomy")
        practice.follows(broken_protocol())
        practice.reports(25, FLUID)
        ended(practice)
        practice.follows(good)
        practice.sweeps(60)
        endings.reopen(practice.clinic, "episode-1", "not over")
        assert practice.alert("missed_report").is_open
        assert "alerts_differ" not in {a.finding.rule for a in practice.alerts()}

    def test_that_what_a_person_closed_before_stays_closed(self, practice: Practice) -> None:
        practice.reports(25, FLUID)
        one = practice.alert("clear_fluid")
        alerts.resolve(practice.clinic, one.id, one.version, "treated")
        ended(practice)
        done = endings.reopen(practice.clinic, "episode-1", "not over")
        assert practice.alert("clear_fluid").outcome == "treated"
        assert "clear_fluid" not in {a.finding.rule for a in done.alerts}

    def test_that_what_ended_with_it_opens_with_it(self, practice: Practice) -> None:
        further(practice, 20)
        ended(practice, "died")
        endings.reopen(practice.clinic, "episode-2", "it was her sister")
        assert seen(practice).is_open
        assert seen(practice, "episode-2").is_open

    def test_that_what_ended_before_stays_closed(self, practice: Practice) -> None:
        further(practice, 20)
        ended(practice, "completed")
        endings.end(practice.clinic, seen(practice, "episode-2"), "died", date(25))
        endings.reopen(practice.clinic, "episode-2", "it was her sister")
        assert not seen(practice).is_open

    def test_that_a_follow_up_closed_long_ago_without_a_reason_can_be_opened(
        self, practice: Practice
    ) -> None:
        practice.saves(replace(seen(practice), state="closed"))
        endings.reopen(practice.clinic, "episode-1", "needed again")
        assert seen(practice).is_open

    @pytest.mark.parametrize(
        ("episode_id", "note", "code"),
        [
            ("episode-1", "why not", "episode_open"),
            ("nobody", "why not", "unknown_episode"),
            ("episode-1", " ", "no_reason"),
        ],
    )
    def test_that_one_that_cannot_be_opened_is_refused(
        self, practice: Practice, episode_id: str, note: str, code: str
    ) -> None:
        with pytest.raises(Refusal, match=code):
            endings.reopen(practice.clinic, episode_id, note)


@pytest.mark.parametrize("acting", ["auditor", "admin", "kiosk", "nobody"])
def test_that_only_nurses_end_and_pause(practice: Practice, acting: Any) -> None:
    practice.clinic = replace(practice.clinic, acting=acting)
    for act in (lambda: ended(practice), lambda: paused(practice, 25, 26)):
        with pytest.raises(Refusal, match="not_allowed"):
            act()
