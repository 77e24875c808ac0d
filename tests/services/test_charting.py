from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.finding import NotEvaluable
from monitor.domain.protocol import Priority, Window
from monitor.domain.submission import Place
from monitor.services import alerts, charting, review, submissions
from monitor.services.ports import Refusal
from monitor.services.review import Chart, ChartEvent, Panel, Point
from tests.builders import answer, contact, date, episode, instant, patient, procedure
from tests.protocols import default_protocol
from tests.services.clinics import Practice, broken_protocol

NECK, LEG = Place("neck", "right"), Place("leg", "left")


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols()
    return practice


def chart(practice: Practice, day: int = 20) -> Chart:
    practice.clock.set(instant(day))
    return charting.chart(practice.clinic, "episode-1")


def panel(found: Chart, name: str) -> Panel:
    return next(p for p in found.panels if p.name == name)


def scores(found: Chart, name: str) -> dict[str, list[tuple[int, int]]]:
    return {
        f"{s.item} {s.place.site} {s.place.side}".strip(): [(p.day, p.score) for p in s.points]
        for s in panel(found, name).series
    }


class TestPoints:
    def test_that_every_score_is_there_and_zero_is_a_score(self, practice: Practice) -> None:
        for day, score in ((-1, 8), (1, 0), (3, 10)):
            practice.reports(day, answer("pain", score))
        assert scores(chart(practice), "pain") == {"pain": [(-1, 8), (1, 0), (3, 10)]}

    def test_that_a_point_says_when_and_from_which_form(self, practice: Practice) -> None:
        practice.reports(3, answer("weakness", 4, side="left", compared="worse"))
        (series,) = panel(chart(practice), "weakness").series
        assert series.points == (Point(3, 4, instant(3), "form-3-9", "worse", frozenset()),)

    def test_that_numbness_is_a_line_for_each_region_and_side(self, practice: Practice) -> None:
        neck = answer("numbness", 5, "neck", "right")
        leg = answer("numbness", 2, "leg", "left")
        practice.reports(3, answer("numbness", 5), neck, leg)
        practice.reports(7, answer("numbness", 5), neck)
        found = chart(practice)
        assert scores(found, "numbness") == {
            "numbness leg left": [(3, 2), (7, 0)],
            "numbness neck right": [(3, 5), (7, 5)],
        }
        planned = {s.place: (s.planned, s.window) for s in panel(found, "numbness").series}
        assert planned == {
            NECK: (True, Window(42, 90, Priority.AMBER)),
            LEG: (False, Window(1, 2, Priority.ORANGE)),
        }

    def test_that_other_complaints_are_strips_with_the_end_of_their_window(
        self, practice: Practice
    ) -> None:
        practice.reports(3, answer("soreness", 4), answer("arm_pain", 2, side="left"))
        strips = {(s.series.item, s.series.place.side): s.series for s in chart(practice).strips}
        assert set(strips) == {("soreness", ""), ("arm_pain", "left")}
        assert strips["soreness", ""].window == Window(14, 42, Priority.AMBER)
        assert strips["arm_pain", "left"].window is None

    def test_that_a_question_never_scored_has_no_line(self, practice: Practice) -> None:
        practice.reports(3, answer("pain", None), answer("weakness", None, side="left"))
        found = chart(practice)
        assert scores(found, "pain") == scores(found, "weakness") == {}

    @pytest.mark.parametrize(
        ("day", "fields", "marks"),
        [
            pytest.param(1, {}, set(), id="on its day"),
            pytest.param(-1, {}, {"baseline"}, id="before the procedure"),
            pytest.param(2, {}, {"extra"}, id="on no scheduled day"),
            pytest.param(1, {"part_of": "a-visit"}, {"partial"}, id="not finished"),
            pytest.param(1, {"entered_by": "nurse_phone"}, {"nurse_phone"}, id="by phone"),
            pytest.param(1, {"started_at": instant(1, 8)}, set(), id="with time to think"),
            pytest.param(1, {"answered_at": instant(-1)}, {"baseline", "late"}, id="sent late"),
        ],
    )
    def test_that_a_point_is_marked(
        self, practice: Practice, day: int, fields: dict[str, Any], marks: set[str]
    ) -> None:
        practice.reports(day, answer("pain", 3), **fields)
        (series,) = panel(chart(practice), "pain").series
        assert series.points[0].marks == marks

    def test_that_scores_given_in_haste_are_marked_and_alert_all_the_same(
        self, practice: Practice
    ) -> None:
        same = (answer(item, 8) for item in ("pain", "soreness", "stiffness", "headache"))
        began = instant(3) - dt.timedelta(seconds=9)
        practice.reports(3, *same, answer("burning", 8, compared="worse"), started_at=began)
        (series,) = panel(chart(practice), "pain").series
        assert series.points[0].marks == {"hasty"}
        assert practice.alert("nerve_pain").raised_day == 3

    def test_that_a_score_that_was_put_right_says_so_and_stands_alone(
        self, practice: Practice
    ) -> None:
        practice.reports(3, answer("pain", 9), id="wrong")
        submissions.correct(practice.clinic, "wrong", "right", (answer("pain", 2),), "slip")
        (series,) = panel(chart(practice, 3), "pain").series
        (point,) = series.points
        assert (point.score, point.marks) == (2, frozenset({"corrected"}))

    def test_that_a_report_that_was_taken_back_has_no_points(self, practice: Practice) -> None:
        practice.reports(3, answer("pain", 9), id="wrong")
        submissions.correct(practice.clinic, "wrong", "right", (), "the wrong patient")
        assert scores(chart(practice, 3), "pain") == {}

    def test_that_late_is_by_the_clinics_calendar(self, practice: Practice) -> None:
        practice.clock.set(instant(1, 22, 59))
        answered = instant(1, 22, 50)
        practice.reports(1, answer("pain", 3), hour=22, answered_at=answered)
        practice.reports(3, answer("pain", 3), hour=23, answered_at=instant(3, 22, 50))
        (series,) = panel(chart(practice), "pain").series
        assert [("late" in p.marks) for p in series.points] == [False, True]


class TestGapsAndEvents:
    def test_that_scheduled_reports_that_did_not_come_are_gaps(self, practice: Practice) -> None:
        for day in (-1, 1, 7):
            practice.reports(day, answer("pain", 3))
        found = chart(practice, 25)
        (series,) = panel(found, "pain").series
        assert series.gaps == (3, 14, 21)
        assert [(e.day, e.text) for e in found.events if e.kind == "missed"] == [
            (3, "D3"),
            (14, "D14"),
            (21, "W3"),
        ]

    def test_that_a_report_still_possible_is_no_gap(self, practice: Practice) -> None:
        practice.reports(1, answer("pain", 3))
        (series,) = panel(chart(practice, 4), "pain").series
        assert series.gaps == ()

    def test_that_the_procedure_and_contacts_are_events_in_order(self, practice: Practice) -> None:
        with practice.store.begin() as work:
            work.contacts.add(contact(5, text="Feels well."))
            work.contacts.add(contact(-2, kind="visit", text="Talked it over."))
            work.commit()
        assert chart(practice, 1).events == (
            ChartEvent(-2, "visit", "Talked it over."),
            ChartEvent(0, "procedure"),
            ChartEvent(5, "call", "Feels well."),
        )

    @pytest.mark.parametrize(
        ("reported", "day", "due"),
        [
            ((), -5, ("BASE", date(-1))),
            ((-5,), -5, ("D1", date(1))),
            ((), 4, ("D3", date(3))),
            ((3,), 4, ("D7", date(7))),
            ((), 800, None),
        ],
    )
    def test_that_the_report_due_now_or_next_is_named(
        self,
        practice: Practice,
        reported: tuple[int, ...],
        day: int,
        due: tuple[str, object] | None,
    ) -> None:
        for one in reported:
            practice.reports(one)
        found = chart(practice, day).next_due
        told = (found.slot.id, date(found.due_day)) if found and found.slot else None
        assert told == due


class TestPain:
    def test_that_baseline_relief_day_and_trend_are_those_of_the_rules(
        self, practice: Practice
    ) -> None:
        for day, score in ((-14, 8), (-1, 7), (14, 3), (21, 3), (28, 3)):
            practice.reports(day, answer("pain", score))
        pain = panel(chart(practice, 30), "pain")
        assert (pain.baseline, pain.relief_day) == (7.5, 42)
        assert pain.trend is not None
        assert [day for day, _ in pain.trend.points] == [21, 28]
        assert [value for _, value in pain.trend.points] == pytest.approx([3, 3])
        assert pain.trend.limit == 3.75

    def test_that_there_is_no_trend_without_a_baseline(self, practice: Practice) -> None:
        practice.reports(14, answer("pain", 3))
        pain = panel(chart(practice), "pain")
        assert (pain.baseline, pain.trend) == (None, None)

    def test_that_only_pain_has_baseline_relief_and_trend(self, practice: Practice) -> None:
        practice.reports(-1, answer("weakness", 3, side="left"), answer("pain", 7))
        other = panel(chart(practice), "weakness")
        assert (other.baseline, other.relief_day, other.trend) == (None, None, None)

    def test_that_a_protocol_without_a_recurrence_rule_has_no_trend(
        self, practice: Practice
    ) -> None:
        practice.reports(-1, answer("pain", 7))
        practice.follows(replace(default_protocol(), rules=()))
        assert panel(chart(practice), "pain").trend is None


class TestAlerts:
    def test_that_open_unseen_urgent_cards_come_first(self, practice: Practice) -> None:
        practice.reports(
            3,
            answer("pgic", "much_worse"),
            answer("burning", 8, compared="worse"),
            answer("clear_fluid", "yes"),
            answer("breathing", "yes"),
        )
        orange, red = practice.alert("clear_fluid"), practice.alert("airway")
        alerts.acknowledge(practice.clinic, orange.id, orange.version)
        alerts.resolve(practice.clinic, red.id, red.version, "treated")
        cards = chart(practice, 3).cards
        assert [c.alert.finding.rule for c in cards] == [
            "nerve_pain",
            "feels_worse",
            "clear_fluid",
            "airway",
        ]
        grounds = cards[0].grounds
        assert grounds is not None
        assert grounds.grade == "B"
        assert [e.happening for e in cards[2].events] == ["raise", "acknowledge"]

    def test_that_open_cards_stand_in_the_order_of_the_worklist(self, practice: Practice) -> None:
        practice.reports(3, answer("burning", 8, compared="worse"))
        practice.reports(5, answer("arm_pain", 6, side="left", compared="new"))
        practice.clock.advance(days=1)
        cards = chart(practice, 6).cards
        (row,) = review.worklist(practice.clinic).rows
        assert [c.alert.id for c in cards] == [alert.id for alert in row.alerts]
        assert cards[0].alert.finding.rule == "nerve_pain"  # waits longest, and is overdue

    def test_that_spans_lie_in_the_panel_of_their_scores(self, practice: Practice) -> None:
        practice.reports(
            3,
            answer("burning", 8, compared="worse"),
            answer("weakness", 5, side="left", compared="worse"),
            answer("breathing", "yes"),
        )
        practice.reports(5, answer("burning", 0))
        practice.sweeps(10)
        spans = {s.alert.finding.rule: s for s in chart(practice, 12).spans}
        assert {rule: s.panel for rule, s in spans.items()} == {
            "airway": "events",
            "nerve_pain": "strip",
            "weakness_persists": "weakness",
            "missed_report": "events",
        }
        burning = spans["nerve_pain"]
        assert (burning.since_day, burning.raised_day, burning.ended_day) == (3, 3, 5)
        assert spans["weakness_persists"].ended_day is None

    def test_that_an_alert_of_a_rule_or_stage_that_is_no_more_is_still_shown(
        self, practice: Practice
    ) -> None:
        practice.reports(3, answer("burning", 8, compared="worse"), answer("breathing", "yes"))
        protocol = default_protocol()
        nerve, airway = protocol.find_rule("nerve_pain"), protocol.find_rule("airway")
        assert nerve is not None
        assert airway is not None
        renamed = replace(airway, stages=(replace(airway.stages[0], id="R0"),))
        others = tuple(r for r in protocol.rules if r not in (nerve, airway))
        practice.follows(replace(protocol, rules=(*others, renamed)))
        cards = {c.alert.finding.rule: c for c in chart(practice, 3).cards}
        assert cards["nerve_pain"].grounds is None
        assert cards["airway"].grounds is None


class TestAround:
    def test_that_it_says_who_and_by_which_protocol(self, practice: Practice) -> None:
        practice.reports(3, answer("pain", 4))
        found = chart(practice)
        assert (found.patient, found.episode.id, found.today) == (patient(), "episode-1", 20)
        assert (found.last_report, found.same_name, found.waiting) == (date(3), False, 0)
        assert (found.protocol_version, found.protocol_status) == (
            default_protocol().version,
            "draft",
        )

    def test_that_an_episode_is_followed_to_the_day_before_the_next_procedure(
        self, practice: Practice
    ) -> None:
        assert chart(practice, 20).followed_to is None
        later = episode(2, patient_id="patient-1", procedure=procedure(date=date(15)))
        with practice.store.begin() as work:
            work.episodes.add(later)
            work.commit()
        found = chart(practice, 20)
        assert (found.followed_to, found.today, found.next_due) == (14, 14, None)

    def test_that_what_cannot_be_judged_is_named(self, practice: Practice) -> None:
        practice.reports(3, answer("pain", 4))
        assert NotEvaluable("no_benefit", "no_baseline", "pain") in chart(practice).not_evaluable

    def test_that_a_patient_without_reports_has_an_empty_chart(self, practice: Practice) -> None:
        found = chart(practice, 1)
        assert all(p.series == () for p in found.panels)
        assert (found.strips, found.last_report, found.cards) == ((), None, ())

    def test_that_a_second_patient_of_that_name_is_pointed_out(self, practice: Practice) -> None:
        practice.enrols(2, one=patient(2, family_name="SAMPLE01"))
        assert chart(practice).same_name

    def test_that_who_looked_is_in_the_audit(self, practice: Practice) -> None:
        chart(practice)
        assert [(a.action, a.actor) for a in practice.audit("episode-1")] == [
            ("chart_opened", "nurse")
        ]

    def test_that_an_unknown_episode_is_refused(self, practice: Practice) -> None:
        with pytest.raises(Refusal, match="unknown_episode"):
            charting.chart(practice.clinic, "episode-9")

    def test_that_a_report_waiting_to_be_judged_is_counted(self, practice: Practice) -> None:
        practice.enrols(2)
        practice.follows(broken_protocol())
        practice.reports(3)
        practice.reports(3, id="other", episode_id="episode-2")
        practice.follows(default_protocol())
        assert chart(practice).waiting == 1

    def test_that_the_chart_opens_also_where_a_rule_fails(self, practice: Practice) -> None:
        practice.follows(broken_protocol())
        practice.reports(3, answer("pain", 4))
        assert scores(chart(practice), "pain") == {"pain": [(3, 4)]}


class TestTheWholeReport:
    def test_that_every_report_that_stands_is_there_even_without_a_score(
        self, practice: Practice
    ) -> None:
        practice.reports(1, answer("fever", "no"))
        practice.reports(7, answer("pain", 3))
        given = chart(practice).given
        assert [(g.day, g.submission.id, g.due_day) for g in given] == [
            (1, "form-1-9", 1),
            (7, "form-7-9", 7),
        ]

    def test_that_a_corrected_report_is_told_apart_with_who_corrected_it(
        self, practice: Practice
    ) -> None:
        practice.reports(7, answer("pain", 9))
        submissions.correct(
            practice.clinic, "form-7-9", "right", (answer("pain", 2),), "Wrong patient."
        )
        found = chart(practice)
        assert [g.submission.id for g in found.given] == ["right"]
        assert found.given[0].marks == {"corrected"}
        assert [one.id for one in found.taken_back] == ["form-7-9"]
        assert found.entered == {"right": "nurse"}

    def test_that_who_entered_what_a_patient_said_is_known(self, practice: Practice) -> None:
        practice.reports(3, answer("pain", 3), entered_by="nurse_phone")
        practice.reports(7, answer("pain", 3))
        assert chart(practice).entered == {"form-3-9": "nurse"}


class TestBodyMap:
    def test_that_each_report_that_answered_it_has_its_places(self, practice: Practice) -> None:
        neck = answer("numbness", 5, "neck", "right")
        practice.reports(3, answer("numbness", 5), neck)
        practice.reports(7, answer("numbness", 0))
        practice.reports(14, answer("numbness", None))
        practice.reports(15, answer("pain", 4))
        (numbness,) = chart(practice).maps
        assert numbness.item == "numbness"
        assert [(d.day, d.submission_id, dict(d.scores)) for d in numbness.days] == [
            (3, "form-3-9", {NECK: 5}),
            (7, "form-7-9", {}),
        ]

    def test_that_it_knows_where_it_was_numb_before_and_where_that_is_planned(
        self, practice: Practice
    ) -> None:
        practice.reports(-1, answer("numbness", 2), answer("numbness", 2, "leg", "left"))
        practice.reports(3, answer("numbness", 5), answer("numbness", 5, "neck", "right"))
        (numbness,) = chart(practice).maps
        assert numbness.before == {LEG: 2}
        assert NECK in numbness.planned
        assert LEG not in numbness.planned


class TestWhoLooked:
    def test_that_what_was_done_before_is_there_newest_first(self, practice: Practice) -> None:
        practice.clock.set(instant(3))
        chart(practice, day=3)
        practice.clinic = replace(practice.clinic, actor="doctor")
        chart(practice, day=4)
        found = chart(practice, day=5)
        assert [(line.action, line.actor, line.at) for line in found.audit] == [
            ("chart_opened", "doctor", instant(5)),
            ("chart_opened", "doctor", instant(4)),
            ("chart_opened", "nurse", instant(3)),
        ]

    def test_that_the_other_procedures_of_the_patient_count_as_well(
        self, practice: Practice
    ) -> None:
        with practice.store.begin() as work:
            work.episodes.add(
                episode(2, patient_id="patient-1", procedure=procedure(date=date(-400)))
            )
            work.commit()
        practice.clock.set(instant(3))
        charting.chart(practice.clinic, "episode-2")
        found = chart(practice, day=4)
        assert [line.subject for line in found.audit] == ["episode-1", "episode-2"]
        assert [one.id for one in found.episodes] == ["episode-1", "episode-2"]


def test_that_a_struck_contact_is_kept_and_not_drawn(practice: Practice) -> None:
    with practice.store.begin() as work:
        work.contacts.add(contact(5, text="Wrong patient."))
        work.contacts.add(contact(6, id="strike", text="It was another.", strikes="contact-5"))
        work.commit()
    found = chart(practice)
    assert [event.kind for event in found.events if event.kind == "call"] == []
    assert len(found.contacts) == 2
