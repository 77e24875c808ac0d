from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.course import Course, course_of
from monitor.domain.finding import Evidence, Finding, NotEvaluable
from monitor.domain.protocol import Priority
from monitor.domain.rules import KINDS, edges, evaluate
from monitor.domain.rules.answers import Answers
from monitor.domain.rules.rule import Rule, Stage
from monitor.domain.submission import Place, Submission
from tests.builders import answer, episode, procedure, submission
from tests.protocols import default_protocol, protocol_with, rule_of


def stage(priority: Priority | None = Priority.AMBER) -> Stage:
    return Stage(id="S1", priority=priority, sources=("S1",), grade="C", why="A test.")


class Says(Rule):
    """A rule that says what it was told to say."""

    kind = "says"
    results: tuple[Finding | NotEvaluable, ...] = ()
    days: tuple[int, ...] = ()
    combined: tuple[Finding, ...] = ()

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        return self.results

    def edges(self, course: Course) -> Iterable[int]:
        return self.days

    def combine(self, course: Course, findings: tuple[Finding, ...]) -> Iterable[Finding]:
        return self.combined


def says(
    *results: Finding | NotEvaluable, days: tuple[int, ...] = (), combined: tuple[Finding, ...] = ()
) -> Says:
    rule = Says(id="says", stages=(stage(),))
    for name, value in (("results", results), ("days", days), ("combined", combined)):
        object.__setattr__(rule, name, value)
    return rule


def found(priority: Priority, side: str = "left") -> Finding:
    return Finding("says", "S1", priority, "pain", 3, (), Place("", side))  # type: ignore[arg-type]


def course(
    *submissions: Submission, rules: tuple[Rule, ...] = (), today: int = 100, profile: str = "MBRFN"
) -> Course:
    protocol = protocol_with(*rules) if rules else default_protocol()
    return course_of(protocol, episode(procedure=procedure(profile=profile)), submissions, today)


class TestEvaluate:
    def test_that_the_worst_of_two_findings_of_one_concern_is_kept(self) -> None:
        amber, red = found(Priority.AMBER), found(Priority.RED)
        for order in ((amber, red), (red, amber)):
            assert evaluate(course(rules=(says(*order),))).findings == (red,)

    def test_that_findings_at_two_places_are_two(self) -> None:
        both = (found(Priority.AMBER), found(Priority.AMBER, "right"))
        assert evaluate(course(rules=(says(*both),))).findings == both

    def test_that_what_could_not_be_judged_is_named(self) -> None:
        note = NotEvaluable("says", "no_baseline", "pain")
        judgement = evaluate(course(rules=(says(note, found(Priority.RED)),)))
        assert judgement.not_evaluable == (note,)
        assert judgement.findings == (found(Priority.RED),)

    def test_that_what_follows_from_findings_is_kept_by_the_same_measure(self) -> None:
        rule = says(found(Priority.AMBER), combined=(found(Priority.YELLOW), found(Priority.RED)))
        assert evaluate(course(rules=(rule,))).findings == (found(Priority.RED),)

    def test_that_a_course_without_reports_has_no_findings_before_one_is_missed(self) -> None:
        assert evaluate(course(today=1)).findings == ()


class TestUnless:
    """One worry, one alert: a rule is silent where another tells of the same as early."""

    @pytest.mark.parametrize(
        ("other", "silent"),
        [
            pytest.param({"since_day": 2}, True, id="told of earlier"),
            pytest.param({"since_day": 3}, True, id="told of on the same day"),
            pytest.param({"since_day": 4}, False, id="told of later"),
            pytest.param({"place": Place(side="right")}, False, id="another place"),
            pytest.param({"item": "headache"}, True, id="told of by another question"),
            pytest.param({"rule": "third"}, False, id="a rule that is not named"),
        ],
    )
    def test_that_a_worry_is_told_once(self, other: dict[str, Any], silent: bool) -> None:
        mine = found(Priority.AMBER)
        theirs = replace(mine, **{"rule": "other"} | other)
        rule = replace(says(), unless=("other",))
        for name, value in (("results", (mine, theirs)), ("days", ()), ("combined", ())):
            object.__setattr__(rule, name, value)
        kept = evaluate(course(rules=(rule,))).findings
        assert kept == ((theirs,) if silent else (mine, theirs))


class TestEdges:
    def test_that_only_days_after_the_procedure_count(self) -> None:
        assert edges(course(rules=(says(days=(-3, 0, 1, 7, 7)),))) == {1, 7}

    def test_that_some_of_the_rules_can_be_asked_alone(self) -> None:
        asked = course(rules=(says(days=(1,)),))
        assert edges(asked, (says(days=(9,)),)) == {9}

    def test_that_the_windows_of_what_was_answered_are_edges(self) -> None:
        answered = course(submission(answer("soreness", 4), answer("weakness", 4, side="left")))
        rules = (rule_of("soreness_persists"), rule_of("weakness_persists"))
        assert edges(answered, rules) == {15, 42, 2, 9}

    def test_that_spasm_is_watched_from_the_profiles_day_where_it_was_to_be_relieved(self) -> None:
        rules = (rule_of("spasm_returns"),)
        assert edges(course(profile="DORSAL_SPAST"), rules) == {90}
        assert edges(course(profile="MBRFN"), rules) == frozenset()

    def test_that_relief_and_recurrence_have_their_day(self) -> None:
        rules = (rule_of("no_benefit"), rule_of("pain_recurrence"))
        assert edges(course(), rules) == {42, 56}


class TestRule:
    def test_that_every_kind_is_known_by_its_own_name(self) -> None:
        assert all(name == kind.kind for name, kind in KINDS.items())

    def test_that_every_rule_of_the_protocol_is_of_a_known_kind(self) -> None:
        assert {type(rule) for rule in default_protocol().rules} == set(KINDS.values())

    def test_that_a_rule_reads_the_items_it_names(self) -> None:
        protocol = default_protocol()
        read = {rule.id: rule.items(protocol) for rule in protocol.rules}
        assert read["severe_pain"] == {"pain_worst", "medicine_enough"}
        assert read["numbness_persists"] == {"numbness"}
        assert read["new_weakness"] == {"weakness"}
        assert read["missed_report"] == read["two_ambers"] == frozenset()
        assert read["spasm_returns"] == {"spasticity"}
        for rule in ("pain_recurrence", "no_benefit", "pain_above_baseline", "pain_jump"):
            assert read[rule] == {"pain"}

    def test_that_a_rule_that_only_has_a_name_says_nothing(self) -> None:
        rule, empty = Rule(id="bare", stages=(stage(),)), course()
        assert (*rule.evaluate(empty), *rule.edges(empty), *rule.combine(empty, ())) == ()
        assert tuple(rule.suspects(empty)) == ()

    def test_that_a_stage_that_takes_the_windows_priority_has_none_of_its_own(self) -> None:
        assert stage(Priority.RED).own_priority is Priority.RED
        with pytest.raises(ValueError, match="no priority of its own"):
            _ = stage(None).own_priority

    def test_that_a_stage_is_found_by_its_id_and_an_unknown_one_refused(self) -> None:
        airway = rule_of("airway")
        assert airway.stage("R1") == airway.stages[0] == airway.find_stage("R1")
        assert airway.find_stage("R9") is None
        with pytest.raises(KeyError):
            airway.stage("R9")

    def test_that_a_rule_limited_to_profiles_is_silent_in_others(self) -> None:
        airway = rule_of("airway")
        assert isinstance(airway, Answers)
        limited = replace(airway, profiles=("TORT",))
        report = submission(answer("breathing", "yes"), day=2)
        assert evaluate(course(report, rules=(limited,))).findings == ()
        assert len(evaluate(course(report, rules=(limited,), profile="TORT")).findings) == 1


class TestEvidence:
    """Each finding shows what it rests on and what would clear it."""

    def test_that_a_red_flag_shows_the_answer(self) -> None:
        (one,) = evaluate(course(submission(answer("breathing", "yes"), day=2), today=2)).findings
        assert one.evidence == (Evidence(2, "breathing", "yes", submission_id="submission-2"),)
        assert (one.since_day, one.severity, one.key) == (2, 1, ("airway", "", ""))

    def test_that_a_persistent_complaint_shows_its_window_and_what_clears_it(self) -> None:
        reports = [
            submission(answer("soreness", s, compared="worse"), day=d)
            for d, s in ((35, 4), (42, 6))
        ]
        judged = course(
            submission(answer("soreness", 1), day=-1), *reports, today=45, profile="MBRFN"
        )
        (one,) = [f for f in evaluate(judged).findings if f.rule == "soreness_persists"]
        assert one.facts == {
            "symptom": "soreness",
            "baseline": 1,
            "expected_to_day": 14,
            "persistent_from_day": 42,
            "clear_at": 2,
            "clear_reports": 2,
        }
        assert [(e.day, e.value) for e in one.evidence] == [(35, 4), (42, 6)]
        assert (one.since_day, one.severity) == (42, 6)

    def test_that_a_recurrence_shows_the_limit_and_the_level_of_the_relief(self) -> None:
        scores = {-1: 8, 28: 3, 35: 2, 42: 3, 152: 5, 161: 5}
        reports = [submission(answer("pain", s), day=d) for d, s in scores.items()]
        (one,) = [f for f in evaluate(course(*reports, today=161)).findings if f.item == "pain"]
        assert one.facts == {
            "baseline": 8,
            "limit": 4,
            "reference": 3,
            "relief_day": 35,
            "clear_at": 3.2,
        }
        assert [e.day for e in one.evidence] == [152, 161]
        assert one.since_day == 152

    def test_that_pain_without_benefit_shows_the_day_and_the_limit(self) -> None:
        reports = [submission(answer("pain", s), day=d) for d, s in ((-1, 8), (36, 7), (42, 8))]
        (one,) = [
            f for f in evaluate(course(*reports, today=42)).findings if f.rule == "no_benefit"
        ]
        assert one.facts == {
            "baseline": 8,
            "limit": 5.2,
            "relief_day": 42,
            "expected_to_day": 42,
            "clear_at": 3.6,
            "clear_reports": 3,
        }
        assert [e.value for e in one.evidence] == [7, 8]

    def test_that_a_level_before_that_nobody_reported_is_no_score(self) -> None:
        reports = [submission(answer("soreness", 6, compared="new"), day=d) for d in (35, 42)]
        judged = evaluate(course(*reports, today=42)).findings
        (one,) = [f for f in judged if f.rule == "soreness_persists"]
        assert one.facts["baseline"] == ""

    def test_that_a_jump_of_pain_shows_the_level_before_and_what_followed(self) -> None:
        reports = [submission(answer("pain", s), day=d) for d, s in ((14, 2), (21, 6), (28, 5))]
        (one,) = [f for f in evaluate(course(*reports, today=28)).findings if f.item == "pain"]
        assert one.facts == {"level_before": 2, "clear_at": 4, "clear_reports": 2}
        assert [(e.day, e.value) for e in one.evidence] == [(14, 2), (21, 6), (28, 5)]
        assert one.since_day == 28

    def test_that_a_spasm_that_returned_shows_both_levels(self) -> None:
        scores = {-1: 8, 42: 4, 91: 6, 122: 7}
        reports = [submission(answer("spasticity", s), day=d) for d, s in scores.items()]
        judged = course(*reports, today=122, profile="DORSAL_SPAST")
        (one,) = [f for f in evaluate(judged).findings if f.rule == "spasm_returns"]
        assert one.facts == {
            "baseline": 8,
            "limit": 5.6,
            "eased_day": 42,
            "clear_at": 4,
            "clear_reports": 2,
        }
        assert [(e.day, e.value) for e in one.evidence] == [(91, 6), (122, 7)]

    def test_that_pain_above_its_level_before_shows_both_levels(self) -> None:
        reports = [submission(answer("pain", s), day=d) for d, s in ((-1, 4), (14, 5), (21, 6))]
        (one,) = [f for f in evaluate(course(*reports, today=21)).findings if f.item == "pain"]
        assert one.facts == {"baseline": 4, "limit": 4.5, "clear_at": 4.5, "clear_reports": 2}

    def test_that_a_new_deficit_shows_the_level_it_had_settled_at(self) -> None:
        scores = {3: 1, 7: 1, 14: 5, 17: 6}
        reports = [submission(answer("weakness", s, side="left"), day=d) for d, s in scores.items()]
        judged = course(*reports, today=17, profile="DORSAL_SPAST")
        (one,) = [f for f in evaluate(judged).findings if f.rule == "new_weakness"]
        assert one.facts == {"settled_at": 1, "clear_at": 2, "clear_reports": 2}
        assert [(e.day, e.value) for e in one.evidence] == [(14, 5), (17, 6)]
        assert one.place == Place(side="left")

    def test_that_silence_shows_the_reports_that_did_not_come(self) -> None:
        judged = course(submission(answer("pain", 4), day=-1), today=5)
        (one,) = [f for f in evaluate(judged).findings if f.rule == "missed_report"]
        assert [(e.day, e.item, e.value) for e in one.evidence] == [
            (1, "missed_report", "D1"),
            (3, "missed_report", "D3"),
        ]
        assert one.facts == {"missed": 2, "due_day": 3, "last_day": -1}

    def test_that_silence_from_the_start_has_no_last_day(self) -> None:
        (one,) = evaluate(course(today=2)).findings
        assert one.facts["last_day"] == ""
