"""What a clinician changes about one patient, shown before it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.alert import Happening, State
from monitor.domain.episode import Episode, OwnBaseline, OwnWindow
from monitor.domain.protocol import Priority
from monitor.domain.submission import NOWHERE, Place
from monitor.services import access, alerts, charting, episodes
from monitor.services.ports import Conflict, Refusal, Unavailable
from monitor.services.review import Chart, Series
from tests.builders import answer, date, episode, instant, patient, procedure
from tests.fakes import FakeStore, FakeWork
from tests.services.clinics import Practice, broken_protocol, protocol_of_a_store_away

SORE = answer("soreness", 6, compared="worse")
LEFT, RIGHT = Place("", "left"), Place("", "right")


@pytest.fixture
def practice() -> Practice:
    """One patient, sore on days 16 and 22: past the 14 days in which that is expected."""
    practice = Practice()
    practice.enrols(levels=("C5",))
    practice.reports(-3, answer("soreness", 0), answer("pain", 8))
    practice.reports(16, SORE)
    practice.reports(22, SORE)
    practice.clock.set(instant(22, 12))
    return practice


def seen(practice: Practice, episode_id: str = "episode-1") -> Episode:
    with practice.store.read() as work:
        return work.episodes.get(episode_id)


def sore(practice: Practice) -> tuple[State, str, int | None]:
    alert = practice.alert("soreness_persists")
    return alert.state, alert.finding.stage, alert.ended_day


def told(foreseen: tuple[episodes.Foreseen, ...]) -> list[tuple[str, str, str, str]]:
    return [
        (f.happening.value, f.after.finding.rule, f.after.finding.stage, f.after.priority.value)
        for f in foreseen
    ]


def kept(practice: Practice) -> tuple[Any, ...]:
    """All that the store holds."""
    return tuple(vars(practice.store._kept.copy()).values())


class TestWindows:
    def test_that_an_own_window_comes_before_the_profiles_and_is_judged_at_once(
        self, practice: Practice
    ) -> None:
        assert sore(practice) == (State.RAISED, "Y1", None)
        done = episodes.set_window(
            practice.clinic, seen(practice), "soreness", 30, 60, " a slow healer "
        )
        assert done.evaluated
        assert done.changed == {"episodes", "alerts"}
        assert done.episode == seen(practice)
        assert done.episode.own_windows == (
            OwnWindow("soreness", 30, 60, "a slow healer", "nurse", date(22)),
        )
        assert sore(practice) == (State.RAISED, "Y1", 22)
        assert practice.history(practice.alert("soreness_persists"))[-1].cause == "episode_changed"

    def test_that_the_reason_and_what_was_there_before_stand_in_the_audit_trail(
        self, practice: Practice
    ) -> None:
        episodes.set_window(practice.clinic, seen(practice), "soreness", 30, 60, "slow healer")
        episodes.set_window(practice.clinic, seen(practice), "soreness", 40, 60, "slower still")
        episodes.clear_window(practice.clinic, seen(practice), "soreness", "healed")
        lines = [a for a in practice.audit("episode-1") if a.action in episodes.ACTIONS]
        assert [(a.action, a.actor, a.reason) for a in lines] == [
            ("window_set", "nurse", "slow healer [window of soreness: none -> 30 / 60]"),
            ("window_set", "nurse", "slower still [window of soreness: 30 / 60 -> 40 / 60]"),
            ("window_cleared", "nurse", "healed [window of soreness: 40 / 60 -> none]"),
        ]

    def test_that_the_profiles_window_holds_again_once_it_is_cleared(
        self, practice: Practice
    ) -> None:
        episodes.set_window(practice.clinic, seen(practice), "soreness", 30, 60, "slow healer")
        episodes.clear_window(practice.clinic, seen(practice), "soreness", "healed")
        assert seen(practice).own_windows == ()
        assert sore(practice) == (State.RAISED, "Y1", None)

    def test_that_one_item_has_one_window_and_others_keep_theirs(self, practice: Practice) -> None:
        for item, first in (("soreness", 30), ("burning", 30), ("soreness", 40)):
            episodes.set_window(practice.clinic, seen(practice), item, first, 60, "slow")
        windows = {w.item: w.expected_to_day for w in seen(practice).own_windows}
        assert (windows, len(seen(practice).own_windows)) == ({"soreness": 40, "burning": 30}, 2)

    def test_that_relief_has_one_day_by_which_it_is_due(self, practice: Practice) -> None:
        episodes.set_window(practice.clinic, seen(practice), "relief", 60, 60, "slow healer")
        chart = charting.chart(practice.clinic, "episode-1")
        assert chart.panels[0].relief_day == 60

    @pytest.mark.parametrize(
        ("item", "first", "last", "code"),
        [
            pytest.param("sorenes", 10, 20, "unknown_item", id="no item of the protocol"),
            pytest.param("pgic", 10, 20, "unknown_item", id="an item without a window"),
            pytest.param("soreness", 20, 20, "days_out_of_order", id="a window that never opens"),
            pytest.param("soreness", 20, 10, "days_out_of_order", id="the days the wrong way"),
            pytest.param("soreness", -1, 10, "days_out_of_order", id="before the procedure"),
            pytest.param("relief", 40, 60, "days_out_of_order", id="two days of relief"),
            pytest.param("relief", 0, 0, "days_out_of_order", id="relief on the day itself"),
            pytest.param("soreness", 10, 9999, "beyond_follow_up", id="without end"),
            pytest.param("relief", 9999, 9999, "beyond_follow_up", id="relief without end"),
        ],
    )
    def test_that_a_window_that_cannot_be_is_refused(
        self, practice: Practice, item: str, first: int, last: int, code: str
    ) -> None:
        before = seen(practice)
        with pytest.raises(Refusal) as refusal:
            episodes.set_window(practice.clinic, before, item, first, last, "slow")
        assert refusal.value.code == code
        assert seen(practice) == before

    def test_that_a_window_may_begin_with_the_procedure_and_end_with_the_follow_up(
        self, practice: Practice
    ) -> None:
        protocol = practice.clinic.protocols.current("cervical_rhizotomy")
        end = protocol.slots_for("MBRFN")[-1].closes_day
        episodes.set_window(practice.clinic, seen(practice), "soreness", 0, end, "slow")
        with pytest.raises(Refusal) as refusal:
            episodes.set_window(practice.clinic, seen(practice), "soreness", 0, end + 1, "slow")
        assert refusal.value.details == {"last_day": str(end)}

    def test_that_what_is_permanent_by_design_gets_no_window(self) -> None:
        practice = Practice()
        practice.enrols(profile="DORSAL_OPEN")
        with pytest.raises(Refusal, match="no_window"):
            episodes.set_window(practice.clinic, seen(practice), "numbness", 60, 90, "still numb")


class TestBaselines:
    def test_that_a_recalled_baseline_lets_rules_be_evaluated_that_had_none(self) -> None:
        practice = Practice()
        practice.enrols()
        for day in (70, 77, 84):
            practice.reports(day, answer("pain", 8))
        unknown = {
            (n.rule, n.reason) for n in charting.chart(practice.clinic, "episode-1").not_evaluable
        }
        assert ("no_benefit", "no_baseline") in unknown
        episodes.set_baseline(
            practice.clinic, seen(practice), "pain", NOWHERE, 8, "as she recalls it"
        )
        chart = charting.chart(practice.clinic, "episode-1")
        assert chart.panels[0].baseline == 8
        assert "no_benefit" not in {n.rule for n in chart.not_evaluable}
        assert practice.alert("no_benefit").raised_day == 84

    def test_that_it_comes_before_what_reports_say_until_it_is_cleared(
        self, practice: Practice
    ) -> None:
        episodes.set_baseline(practice.clinic, seen(practice), "soreness", NOWHERE, 5.5, "chronic")
        assert seen(practice).own_baselines == (
            OwnBaseline("soreness", 5.5, NOWHERE, "chronic", "nurse", date(22)),
        )
        assert sore(practice)[2] == 22
        episodes.clear_baseline(practice.clinic, seen(practice), "soreness", NOWHERE, "mistaken")
        assert sore(practice)[2] is None
        assert [a.action for a in practice.audit("episode-1")] == [
            "baseline_set",
            "baseline_cleared",
        ]

    def test_that_each_place_has_its_own(self, practice: Practice) -> None:
        for place, score in ((LEFT, 4), (RIGHT, 2), (LEFT, 3)):
            episodes.set_baseline(
                practice.clinic, seen(practice), "weakness", place, score, "old stroke"
            )
        known = [(b.place, b.score) for b in seen(practice).own_baselines]
        assert known == [(RIGHT, 2), (LEFT, 3)]
        audit = practice.audit("episode-1")[-1].reason
        assert audit == "old stroke [baseline of weakness left: 4 -> 3]"

    @pytest.mark.parametrize(
        ("item", "place", "score", "code"),
        [
            pytest.param("pains", NOWHERE, 5, "unknown_item", id="no item of the protocol"),
            pytest.param("fever", NOWHERE, 1, "unknown_item", id="an item without scores"),
            pytest.param("pain", NOWHERE, 10.5, "score_out_of_range", id="above the scale"),
            pytest.param("pain", NOWHERE, -1, "score_out_of_range", id="below the scale"),
            pytest.param("pain", NOWHERE, float("nan"), "score_out_of_range", id="no number"),
            pytest.param("pain", LEFT, 5, "unknown_place", id="a side of what has none"),
            pytest.param("weakness", NOWHERE, 5, "unknown_place", id="no side of what has two"),
            pytest.param("weakness", Place("neck", "left"), 5, "unknown_place", id="a region"),
            pytest.param("numbness", NOWHERE, 5, "unknown_place", id="the whole body map"),
            pytest.param("numbness", Place("knee", "left"), 5, "unknown_place", id="no region"),
            pytest.param("numbness", Place("neck"), 5, "unknown_place", id="a region without side"),
        ],
    )
    def test_that_a_baseline_that_cannot_be_is_refused(
        self, practice: Practice, item: str, place: Place, score: float, code: str
    ) -> None:
        with pytest.raises(Refusal) as refusal:
            episodes.set_baseline(practice.clinic, seen(practice), item, place, score, "recalled")
        assert refusal.value.code == code
        assert seen(practice).own_baselines == ()

    @pytest.mark.parametrize(
        ("item", "place"),
        [("pain", NOWHERE), ("weakness", LEFT), ("numbness", Place("neck", "left"))],
    )
    @pytest.mark.parametrize("score", [0, 10])
    def test_that_every_score_of_the_scale_can_be_one(
        self, practice: Practice, item: str, place: Place, score: float
    ) -> None:
        episodes.set_baseline(practice.clinic, seen(practice), item, place, score, "recalled")
        assert seen(practice).own_baselines[0].score == score

    def test_that_a_region_in_the_middle_has_no_side(self, practice: Practice) -> None:
        protocol = practice.clinic.protocols.current("cervical_rhizotomy")
        middle = {**protocol.regions, "neck": replace(protocol.regions["neck"], sided=False)}
        practice.follows(replace(protocol, regions=middle))
        for place, is_one in ((Place("neck"), True), (Place("neck", "left"), False)):
            would_be = seen(practice).with_baseline(OwnBaseline("numbness", 3, place))
            if is_one:
                assert episodes.preview(practice.clinic, would_be) == ()
            else:
                with pytest.raises(Refusal, match="unknown_place"):
                    episodes.preview(practice.clinic, would_be)


class TestRefused:
    def test_that_nothing_is_changed_without_a_reason(self, practice: Practice) -> None:
        one, clinic = seen(practice), practice.clinic
        for change in (
            lambda: episodes.set_window(clinic, one, "soreness", 30, 60, " "),
            lambda: episodes.clear_window(clinic, one, "soreness", ""),
            lambda: episodes.set_baseline(clinic, one, "pain", NOWHERE, 5, "\n"),
            lambda: episodes.clear_baseline(clinic, one, "pain", NOWHERE, ""),
            lambda: episodes.correct_procedure(clinic, one, procedure(), ""),
        ):
            with pytest.raises(Refusal, match="no_reason"):
                change()

    def test_that_who_was_second_is_told_who_was_first_and_when(self, practice: Practice) -> None:
        one = seen(practice)
        ada = replace(practice.clinic, actor="Ada")
        episodes.set_window(ada, one, "soreness", 30, 60, "slow healer")
        with pytest.raises(Conflict) as refusal:
            episodes.set_window(practice.clinic, one, "burning", 30, 60, "slow healer")
        assert refusal.value.code == "episode_changed"
        assert refusal.value.details == {"by": "Ada", "at": "2026-03-24 13:00"}
        assert [w.item for w in seen(practice).own_windows] == ["soreness"]

    def test_that_a_change_made_elsewhere_is_told_of_without_a_name(
        self, practice: Practice
    ) -> None:
        one = seen(practice)
        practice.saves(replace(one, state="closed"))
        with pytest.raises(Conflict) as refusal:
            episodes.clear_window(practice.clinic, one, "soreness", "healed")
        assert refusal.value.details == {"by": "", "at": ""}

    def test_that_a_closed_episode_is_not_changed(self, practice: Practice) -> None:
        practice.saves(replace(seen(practice), state="closed"))
        with pytest.raises(Refusal, match="episode_closed"):
            episodes.set_window(practice.clinic, seen(practice), "soreness", 30, 60, "slow")

    def test_that_a_change_of_nothing_is_refused(self, practice: Practice) -> None:
        one = seen(practice)
        with pytest.raises(Refusal, match="nothing_changed"):
            episodes.clear_window(practice.clinic, one, "soreness", "healed")
        with pytest.raises(Refusal, match="nothing_changed"):
            episodes.correct_procedure(practice.clinic, one, one.procedure, "just so")

    def test_that_what_was_stored_before_does_not_stand_in_the_way(
        self, practice: Practice
    ) -> None:
        imported = procedure(profile="MBRFN", levels=("L5",), date=date(0))
        practice.saves(
            replace(
                seen(practice),
                procedure=imported,
                own_windows=(OwnWindow("numbness", 9, 3),),
                own_baselines=(OwnBaseline("pain", 99),),
            )
        )
        episodes.set_window(practice.clinic, seen(practice), "soreness", 30, 60, "slow healer")
        assert len(seen(practice).own_windows) == 2

    def test_that_a_store_that_leaves_after_the_change_leaves_the_judgement_to_the_sweep(
        self, practice: Practice
    ) -> None:
        whole = practice.clinic.protocols.current("cervical_rhizotomy")
        practice.follows(protocol_of_a_store_away())
        done = episodes.set_window(practice.clinic, seen(practice), "soreness", 30, 60, "slow")
        assert not done.evaluated
        assert done.episode == seen(practice)
        practice.follows(whole)
        practice.sweeps(22)
        assert sore(practice)[2] == 22

    def test_that_rules_that_fail_cost_the_judgement_only(self, practice: Practice) -> None:
        practice.follows(broken_protocol())
        done = episodes.set_window(practice.clinic, seen(practice), "soreness", 30, 60, "slow")
        assert not done.evaluated
        assert seen(practice).own_windows

    def test_that_a_pasted_half_of_a_character_is_stored_as_a_question_mark(
        self, practice: Practice
    ) -> None:
        episodes.set_window(practice.clinic, seen(practice), "soreness", 30, 60, "slow \ud83d")
        assert seen(practice).own_windows[0].reason == "slow ?"


class TestPreview:
    def test_that_it_tells_which_alert_would_end(self, practice: Practice) -> None:
        would_be = seen(practice).with_window(OwnWindow("soreness", 30, 60))
        (foreseen,) = episodes.preview(practice.clinic, would_be)
        assert told((foreseen,)) == [("end", "soreness_persists", "Y1", "yellow")]
        assert foreseen.before == practice.alert("soreness_persists")
        assert foreseen.after.ended_day == 22

    def test_that_it_tells_which_alert_would_be_more_urgent_and_of_which_stage(
        self, practice: Practice
    ) -> None:
        would_be = seen(practice).with_window(OwnWindow("soreness", 5, 15))
        (foreseen,) = episodes.preview(practice.clinic, would_be)
        assert told((foreseen,)) == [("worsen", "soreness_persists", "A1", "amber")]
        assert foreseen.before is not None
        assert foreseen.before.priority is Priority.YELLOW

    def test_that_it_tells_which_alert_would_be_raised(self) -> None:
        practice = Practice()
        practice.enrols()
        practice.reports(-3, answer("soreness", 0))
        practice.reports(8, SORE)
        practice.reports(11, SORE)
        would_be = seen(practice).with_window(OwnWindow("soreness", 3, 20))
        (foreseen,) = episodes.preview(practice.clinic, would_be)
        assert told((foreseen,)) == [("raise", "soreness_persists", "Y1", "yellow")]
        assert foreseen.before is None
        assert practice.alerts() == ()

    def test_that_it_tells_which_alert_would_return(self, practice: Practice) -> None:
        episodes.set_window(practice.clinic, seen(practice), "soreness", 30, 60, "slow healer")
        would_be = seen(practice).without_window("soreness")
        foreseen = episodes.preview(practice.clinic, would_be)
        assert told(foreseen) == [("return", "soreness_persists", "Y1", "yellow")]

    def test_that_it_tells_which_alert_would_be_taken_back(self) -> None:
        practice = Practice()
        practice.enrols()
        practice.reports(1)
        practice.sweeps(12)
        assert practice.alert("missed_report").is_open
        one = seen(practice)
        later = replace(one, procedure=replace(one.procedure, date=date(11)))
        (foreseen,) = episodes.preview(practice.clinic, later)
        assert (foreseen.happening, foreseen.after.state) == (Happening.RETRACT, State.RETRACTED)

    def test_that_further_evidence_alone_is_not_told(self, practice: Practice) -> None:
        one = seen(practice)
        later = replace(one, procedure=replace(one.procedure, date=date(1)))
        assert episodes.preview(practice.clinic, later) == ()

    def test_that_what_time_brings_about_anyway_is_not_laid_to_the_change(
        self, practice: Practice
    ) -> None:
        practice.clock.set(instant(60))
        would_be = seen(practice).with_window(OwnWindow("burning", 30, 60))
        assert episodes.preview(practice.clinic, would_be) == ()

    def test_that_nothing_is_stored(self, practice: Practice) -> None:
        before = kept(practice)
        would_be = seen(practice).with_window(OwnWindow("soreness", 30, 60))
        assert episodes.preview(practice.clinic, would_be)
        further = episode(2, patient_id="patient-1", procedure=procedure(date=date(20)))
        assert episodes.preview(practice.clinic, further)
        assert kept(practice) == before

    def test_that_it_tells_of_all_that_are_followed_for_this_patient_and_of_nothing_closed(
        self, practice: Practice
    ) -> None:
        with practice.store.begin() as work:
            work.episodes.add(replace(further(-300, 3), state="closed"))
            work.commit()
        episodes.add_procedure(practice.clinic, further(20))
        practice.reports(24, answer("breathing", "yes"), episode_id="episode-2")
        one = seen(practice, "episode-2")
        later = replace(one, procedure=replace(one.procedure, date=date(23)))
        (foreseen,) = episodes.preview(practice.clinic, later)
        assert told((foreseen,)) == [("return", "soreness_persists", "Y1", "yellow")]
        assert foreseen.after.episode_id == "episode-1", "its course would end later"

    def test_that_it_refuses_what_would_be_refused_but_for_the_reason(
        self, practice: Practice
    ) -> None:
        with pytest.raises(Refusal, match="days_out_of_order"):
            episodes.preview(
                practice.clinic, seen(practice).with_window(OwnWindow("burning", 9, 9))
            )

    @pytest.mark.parametrize("shift", [-10, -3, 4, 12])
    def test_that_what_it_tells_is_what_happens(self, practice: Practice, shift: int) -> None:
        one = seen(practice)
        corrected = replace(one.procedure, date=date(shift))
        foreseen = episodes.preview(practice.clinic, replace(one, procedure=corrected))
        before = {a.id: len(practice.history(a)) for a in practice.alerts()}
        episodes.correct_procedure(practice.clinic, one, corrected, "a slip of the pen")
        happened = [
            (event.happening.value, alert.finding.rule, event.stage, event.priority.value)
            for alert in sorted(practice.alerts(), key=lambda a: (a.priority.rank, a.finding.key))
            for event in practice.history(alert)[before.get(alert.id, 0) :]
        ]
        assert told(foreseen) == happened
        stored = {a.finding.key: a for a in practice.alerts()}
        for one_alert in (f.after for f in foreseen):
            now = stored[one_alert.finding.key]
            assert (now.finding, now.raised_day, now.ended_day, now.window_ended_on) == (
                one_alert.finding,
                one_alert.raised_day,
                one_alert.ended_day,
                one_alert.window_ended_on,
            )


def points(chart: Chart, item: str) -> Series:
    return next(s.series for s in chart.strips if s.series.item == item)


class TestCorrectedProcedure:
    @pytest.mark.parametrize("shift", [-5, 5])
    def test_that_points_stay_on_their_dates_and_bands_move(
        self, practice: Practice, shift: int
    ) -> None:
        before = points(charting.chart(practice.clinic, "episode-1"), "soreness")
        one = seen(practice)
        episodes.correct_procedure(
            practice.clinic, one, replace(one.procedure, date=date(shift)), "a slip of the pen"
        )
        after = points(charting.chart(practice.clinic, "episode-1"), "soreness")
        assert [p.day + shift for p in after.points] == [p.day for p in before.points]
        assert [p.answered_at for p in after.points] == [p.answered_at for p in before.points]
        assert after.window == before.window, "counted from day 0, so it moves with it"

    def test_that_alerts_stay_on_their_dates_too(self, practice: Practice) -> None:
        practice.reports(24, answer("soreness", 0))
        practice.reports(26, answer("soreness", 0))
        (before,) = [s for s in spans(practice) if s.alert.finding.rule == "soreness_persists"]
        assert before.ended_day is not None
        one = seen(practice)
        episodes.correct_procedure(
            practice.clinic, one, replace(one.procedure, date=date(-2)), "a slip of the pen"
        )
        (after,) = [s for s in spans(practice) if s.alert.id == before.alert.id]
        assert (after.since_day, after.raised_day, after.ended_day) == (
            before.since_day + 2,
            before.raised_day + 2,
            before.ended_day + 2,
        )
        said = [e.day for e in after.alert.finding.evidence]
        assert said == [e.day + 2 for e in before.alert.finding.evidence]
        ended_on = before.alert.window_ended_on
        assert ended_on is not None
        assert after.alert.window_ended_on == ended_on - dt.timedelta(days=2)
        assert after.alert.version == before.alert.version, "a person's open dialog stays good"

    def test_that_the_sweep_finds_nothing_wrong_after_it(self, practice: Practice) -> None:
        one = seen(practice)
        episodes.correct_procedure(
            practice.clinic, one, replace(one.procedure, date=date(-2)), "a slip of the pen"
        )
        assert practice.sweeps(22).differing == ()
        assert {a.finding.rule for a in practice.alerts()} == {"soreness_persists"}

    def test_that_it_hides_no_alert_that_somebody_altered(self, practice: Practice) -> None:
        alert = practice.alert("soreness_persists")
        with practice.store.begin() as work:
            work.alerts.save(replace(alert, raised_day=3), alert.version)
            work.commit()
        one = seen(practice)
        episodes.correct_procedure(
            practice.clinic, one, replace(one.procedure, date=date(-2)), "a slip of the pen"
        )
        assert "alerts_differ" in {a.finding.rule for a in practice.alerts()}

    def test_that_an_episode_that_was_never_judged_can_be_corrected(self) -> None:
        practice = Practice()
        practice.enrols()
        one = seen(practice)
        done = episodes.correct_procedure(
            practice.clinic, one, replace(one.procedure, date=date(3)), "postponed"
        )
        assert done.evaluated

    def test_that_alerts_of_an_episode_without_a_judgement_stay_on_their_dates(
        self, practice: Practice
    ) -> None:
        practice.store._kept.judgements.clear()
        one = seen(practice)
        episodes.correct_procedure(
            practice.clinic, one, replace(one.procedure, date=date(-2)), "a slip of the pen"
        )
        assert practice.alert("soreness_persists").raised_day == 24

    def test_that_what_it_was_stands_in_the_audit_trail(self, practice: Practice) -> None:
        one = seen(practice)
        now = replace(one.procedure, date=date(-2), levels=("C5", "C6"), implant=True)
        episodes.correct_procedure(practice.clinic, one, now, "read from the wrong line")
        assert practice.audit("episode-1")[-1].reason == (
            "read from the wrong line [date: 2026-03-02 -> 2026-02-28; levels: C5 -> C5 C6; "
            "implant: False -> True]"
        )

    def test_that_its_levels_decide_where_numbness_is_planned(self, practice: Practice) -> None:
        thumb = answer("numbness", 6, "thumb_side", "right", compared="new")
        worst = answer("numbness", 6, compared="new")
        practice.enrols(2, profile="RF_DRG", levels=("C7",), side="right")
        practice.reports(10, worst, thumb, id="a", episode_id="episode-2")
        practice.reports(13, worst, thumb, id="b", episode_id="episode-2")
        alert = practice.alert("numbness_elsewhere_persists", "episode-2")
        assert alert.ended_day is None
        one = seen(practice, "episode-2")
        treated = replace(one.procedure, levels=("C6",))
        episodes.correct_procedure(practice.clinic, one, treated, "C6 it was")
        ended = practice.alert("numbness_elsewhere_persists", "episode-2")
        assert ended.ended_day is not None

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            pytest.param({"profile": "MBRF"}, "unknown_profile", id="no such kind"),
            pytest.param({"levels": ("C5", "C9")}, "unknown_level", id="no such root"),
            pytest.param({"side": "both"}, "unknown_side", id="no such side"),
            pytest.param({"date": dt.date(1970, 5, 16)}, "procedure_before_birth", id="unborn"),
            pytest.param({"date": date(22 + 31)}, "procedure_too_far_ahead", id="in the future"),
        ],
    )
    def test_that_a_procedure_that_cannot_be_is_refused(
        self, practice: Practice, fields: dict[str, Any], code: str
    ) -> None:
        one = seen(practice)
        with pytest.raises(Refusal) as refusal:
            episodes.correct_procedure(
                practice.clinic, one, replace(one.procedure, **fields), "a slip of the pen"
            )
        assert refusal.value.code == code
        assert seen(practice) == one

    @pytest.mark.parametrize(
        "fields",
        [
            {"levels": ("C1", "C2", "T1")},
            {"side": ""},
            {"date": date(22 + 30)},
            {"date": dt.date(1970, 5, 17)},
        ],
    )
    def test_that_the_edges_of_what_can_be_are_taken(
        self, practice: Practice, fields: dict[str, Any]
    ) -> None:
        one = seen(practice)
        now = replace(one.procedure, **fields)
        episodes.correct_procedure(practice.clinic, one, now, "a slip of the pen")
        assert seen(practice).procedure == now


def spans(practice: Practice) -> tuple[Any, ...]:
    return charting.chart(practice.clinic, "episode-1").spans


def further(day: int, count: int = 2, **fields: Any) -> Episode:
    """A further procedure of the first patient."""
    treated = procedure(**{"date": date(day), "profile": "MBRFN", "levels": ("C5",)} | fields)
    return episode(count, patient_id="patient-1", procedure=treated)


def days(practice: Practice, episode_id: str, item: str = "pain") -> list[int]:
    chart = charting.chart(practice.clinic, episode_id)
    found = [s for p in chart.panels for s in p.series if s.item == item]
    return [point.day for point in found[0].points] if found else []


class TestFurtherProcedure:
    @pytest.fixture
    def practice(self) -> Practice:
        """Pain of 8 before the first procedure, of 3 soon after, of 7 before the next."""
        practice = Practice()
        practice.enrols(levels=("C5",))
        for day, score in ((-3, 8), (28, 3), (75, 7), (85, 7)):
            practice.reports(day, answer("pain", score))
        practice.clock.set(instant(90))
        return practice

    def test_that_each_procedure_has_its_own_day_0_baseline_and_windows(
        self, practice: Practice
    ) -> None:
        done = episodes.add_procedure(practice.clinic, further(100, profile="TON"), "repeat")
        assert done.evaluated
        episodes.set_window(practice.clinic, further(100, profile="TON"), "soreness", 9, 30, "x")
        practice.reports(105, answer("pain", 4), answer("soreness", 2), episode_id="episode-2")
        first = charting.chart(practice.clinic, "episode-1")
        second = charting.chart(practice.clinic, "episode-2")
        assert (first.panels[0].baseline, second.panels[0].baseline) == (8, 7)
        assert second.today == 5
        window = points(second, "soreness").window
        assert window is not None
        assert window.expected_to_day == 9
        assert seen(practice).own_windows == ()

    def test_that_reports_of_the_month_before_are_its_baseline_whoever_they_were_given_for(
        self, practice: Practice
    ) -> None:
        episodes.add_procedure(practice.clinic, further(100))
        practice.clock.set(instant(101))
        assert days(practice, "episode-2") == [-25, -15]
        assert days(practice, "episode-1") == [-3, 28, 75, 85]

    def test_that_the_first_course_ends_the_day_before(self, practice: Practice) -> None:
        episodes.add_procedure(practice.clinic, further(100))
        practice.reports(99, answer("pain", 6))
        practice.reports(100, answer("pain", 9), episode_id="episode-2")
        assert days(practice, "episode-1")[-1] == 99
        assert days(practice, "episode-2")[-2:] == [-1, 0]
        assert charting.chart(practice.clinic, "episode-1").today == 99

    def test_that_a_report_given_for_the_first_after_the_second_belongs_to_the_second(
        self, practice: Practice
    ) -> None:
        episodes.add_procedure(practice.clinic, further(100))
        receipt = practice.reports(101, answer("breathing", "yes"))
        assert receipt.urgent == ("airway",), "the patient is told at once"
        assert "airway" not in {a.finding.rule for a in practice.alerts()}
        assert practice.alert("airway", "episode-2").raised_day == 1

    def test_that_reports_of_the_first_are_missed_no_more_once_the_second_has_come(
        self, practice: Practice
    ) -> None:
        episodes.add_procedure(practice.clinic, further(92))
        for day in range(91, 200, 7):
            practice.sweeps(day)
        assert "missed_report" not in {a.finding.rule for a in practice.alerts()}
        assert practice.alert("missed_report", "episode-2").is_open

    def test_that_no_report_is_due_any_more_for_the_first(self, practice: Practice) -> None:
        practice.sweeps(90)
        with practice.store.read() as work:
            judged = work.judgements.get("episode-1")
        assert judged is not None
        assert judged.due_on is not None
        episodes.add_procedure(practice.clinic, further(92))
        practice.sweeps(92)
        with practice.store.read() as work:
            judged = work.judgements.get("episode-1")
        assert judged is not None
        assert judged.due_on is None

    def test_that_one_registered_late_takes_back_what_was_missed_for_the_first(self) -> None:
        practice = Practice()
        practice.enrols()
        practice.reports(7)
        for day in (20, 25, 30):
            practice.sweeps(day)
        assert practice.alert("missed_report").is_open
        foreseen = episodes.preview(practice.clinic, further(9))
        assert ("retract", "missed_report") in {(h, r) for h, r, _, _ in told(foreseen)}
        episodes.add_procedure(practice.clinic, further(9), "done elsewhere")
        assert practice.alert("missed_report").state is State.RETRACTED
        assert practice.alerts("episode-2") == ()  # nobody has asked for a report of it yet

    def test_that_one_registered_late_takes_over_the_reports_since_it(
        self, practice: Practice
    ) -> None:
        episodes.add_procedure(practice.clinic, further(80), "done elsewhere")
        assert days(practice, "episode-2") == [-5, 5]
        assert days(practice, "episode-1") == [-3, 28, 75]

    @pytest.mark.parametrize(
        ("corrected", "first", "second"),
        [
            pytest.param(80, [-3, 28, 75], [-5, 5], id="earlier"),
            pytest.param(110, [-3, 28, 75, 85], [-25], id="later"),
            pytest.param(-10, [7, 38, 85, 95], None, id="before the first"),
        ],
    )
    def test_that_a_corrected_date_of_the_second_moves_the_end_of_the_first(
        self, practice: Practice, corrected: int, first: list[int], second: list[int] | None
    ) -> None:
        episodes.add_procedure(practice.clinic, further(100))
        practice.clock.set(instant(112))
        one = seen(practice, "episode-2")
        episodes.correct_procedure(
            practice.clinic, one, replace(one.procedure, date=date(corrected)), "a slip"
        )
        if second is None:
            # now it is the other way round: what was second was first, and ends before day 0
            assert days(practice, "episode-1") == [-3, 28, 75, 85]
            assert days(practice, "episode-2") == [7]
        else:
            assert days(practice, "episode-1") == first
            assert days(practice, "episode-2") == second

    def test_that_two_procedures_of_one_day_are_followed_to_their_ends(
        self, practice: Practice
    ) -> None:
        episodes.add_procedure(practice.clinic, further(0, side="left"), "both sides")
        assert days(practice, "episode-1") == days(practice, "episode-2") == [-3, 28, 75, 85]

    def test_that_adding_it_twice_changes_nothing(self, practice: Practice) -> None:
        episodes.add_procedure(practice.clinic, further(100), "repeat")
        practice.clock.set(instant(90, 12))
        episodes.add_procedure(practice.clinic, further(100), "repeat")
        (line,) = practice.audit("episode-2")
        assert (line.action, line.reason) == ("procedure_added", "repeat")

    def test_that_another_under_the_same_id_is_refused(self, practice: Practice) -> None:
        episodes.add_procedure(practice.clinic, further(100))
        with pytest.raises(Conflict, match="id_taken"):
            episodes.add_procedure(practice.clinic, further(101))

    @pytest.mark.parametrize(
        ("added", "code"),
        [
            pytest.param(episode(9), "unknown_patient", id="of nobody"),
            pytest.param(further(100, profile="X"), "unknown_profile", id="of no kind"),
            pytest.param(replace(further(100), state="closed"), "episode_closed", id="closed"),
            pytest.param(
                further(100).with_window(OwnWindow("relief", 0, 0)),
                "days_out_of_order",
                id="window",
            ),
            pytest.param(
                further(100).with_baseline(OwnBaseline("pain", 11)),
                "score_out_of_range",
                id="score",
            ),
        ],
    )
    def test_that_one_that_cannot_be_is_refused(
        self, practice: Practice, added: Episode, code: str
    ) -> None:
        with pytest.raises(Refusal, match=code):
            episodes.add_procedure(practice.clinic, added)
        with pytest.raises(Refusal, match=code):
            episodes.preview(practice.clinic, added)

    def test_that_the_patient_reports_for_the_first_until_the_second_has_happened(
        self, practice: Practice
    ) -> None:
        episodes.add_procedure(practice.clinic, further(100))
        born = patient(1).birth_date
        for day, expected in ((99, "episode-1"), (100, "episode-2"), (101, "episode-2")):
            practice.clock.set(instant(day))
            assert access.identify(practice.clinic, "1001", born).episode_id == expected

    def test_that_an_alert_of_the_first_stays_until_a_person_closes_it(
        self, practice: Practice
    ) -> None:
        alert = practice.alert("no_benefit")
        episodes.add_procedure(practice.clinic, further(100))
        practice.sweeps(130)
        assert practice.alert("no_benefit").is_open
        now = practice.alert("no_benefit")
        done = alerts.resolve(practice.clinic, alert.id, now.version, "treated", "repeated")
        assert done.alert.state is State.RESOLVED


class LeavesEarly(FakeStore):
    """A store that takes one change and answers nothing any more."""

    @contextmanager
    def begin(self) -> Iterator[FakeWork]:
        with super().begin() as work:
            yield work
        self.fault = "The server is away."


def test_that_a_store_that_goes_away_keeps_the_change(practice: Practice) -> None:
    store = LeavesEarly()
    store._kept = practice.store._kept
    clinic = replace(practice.clinic, store=store)
    done = episodes.set_window(clinic, seen(practice), "soreness", 30, 60, "slow healer")
    assert not done.evaluated
    with pytest.raises(Unavailable), store.read():
        pass
    assert store._kept.episodes["episode-1"] == done.episode
