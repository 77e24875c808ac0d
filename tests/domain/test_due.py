from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from monitor.domain.course import Course, course_of
from monitor.domain.due import Due, due_today, form_on, next_due, second_look
from monitor.domain.episode import Pause
from monitor.domain.protocol import Protocol
from monitor.domain.rules import suspicions
from monitor.domain.rules.rule import Suspicion
from monitor.domain.submission import NOWHERE, Place
from tests.builders import answer, date, episode, instant, procedure, submission
from tests.protocols import default_protocol, protocol_with, rule_of

LEFT = Place(side="left")
WORRYING = 4
"""A weakness that a second report like it makes an alert."""
SLOT_DAYS = (-1, 1, 3, 7, 14, 21, 28, 35, 42, 60)


def asking(at_most: int = 2, ask: bool = True) -> Protocol:
    """The default protocol with the rule for new weakness alone."""
    protocol = protocol_with(replace(rule_of("new_weakness"), ask_again=ask))
    return replace(protocol, ask_again=replace(protocol.ask_again, at_most=at_most))


def course(
    weakness: Mapping[int, int | None], today: int, protocol: Protocol | None = None
) -> Course:
    """A course that settled at no weakness and then went on like this."""
    settled = dict.fromkeys(SLOT_DAYS, 0)
    reports = [
        submission(answer("weakness", score, side="left"), day=day)
        for day, score in (settled | dict(weakness)).items()
    ]
    followed = episode(procedure=procedure(profile="MBRFN"))
    return course_of(protocol or asking(), followed, reports, today)


class TestSecondLook:
    @pytest.mark.parametrize(
        ("today", "open_now"),
        [(91, False), (93, False), (94, True), (98, True), (99, False)],
    )
    def test_that_it_is_open_from_3_to_7_days_after_the_suspicious_report(
        self, today: int, open_now: bool
    ) -> None:
        due = due_today(course({91: WORRYING}, today))
        assert (due is not None) is open_now

    def test_that_it_says_what_it_looks_at_and_is_in_no_slot(self) -> None:
        look = second_look(course({91: WORRYING}, 91))
        suspicion = Suspicion("new_weakness", "weakness", LEFT, 91)
        assert look == Due(94, 94, 98, "month", None, (suspicion,))

    def test_that_nothing_is_asked_after_a_report_that_is_not_suspicious(self) -> None:
        assert second_look(course({91: 1}, 91)) is None

    def test_that_nothing_is_asked_once_an_answer_has_come(self) -> None:
        assert second_look(course({91: WORRYING, 95: 0}, 95)) is None

    def test_that_nothing_is_asked_once_it_alerts(self) -> None:
        alerting = {91: 5, 95: 5}
        assert second_look(course(alerting, 95)) is None

    def test_that_a_report_without_the_question_is_no_answer(self) -> None:
        look = second_look(course({91: WORRYING, 92: None}, 92))
        assert look is not None
        assert (look.opens_day, look.closes_day) == (94, 98)

    def test_that_it_has_passed_when_its_days_have(self) -> None:
        assert second_look(course({91: WORRYING}, 98)) is not None
        assert second_look(course({91: WORRYING}, 99)) is None

    def test_that_it_follows_the_newest_of_two_suspicions(self) -> None:
        rules = tuple(replace(rule_of(r), ask_again=True) for r in ("new_weakness", "pain_jump"))
        protocol = protocol_with(*rules)
        reports = [
            submission(answer("weakness", s, side="left"), answer("pain", 2), day=d)
            for d, s in ((7, 0), (14, 0), (91, WORRYING))
        ]
        reports.append(submission(answer("pain", 6), day=93))
        followed = episode(procedure=procedure(profile="MBRFN"))
        look = second_look(course_of(protocol, followed, reports, 93))
        assert look is not None
        assert (look.opens_day, look.closes_day) == (96, 100)
        assert {s.rule for s in look.suspicions} == {"new_weakness", "pain_jump"}

    def test_that_a_rule_that_does_not_ask_again_asks_for_nothing(self) -> None:
        protocol = asking(ask=False)
        assert second_look(course({91: WORRYING}, 91, protocol)) is None

    @pytest.mark.parametrize(
        ("day", "expected"),
        [(27, (30, 34)), (28, None), (37, None), (39, (42, 46)), (42, (45, 49))],
    )
    def test_that_a_scheduled_report_that_comes_in_time_is_the_second_look(
        self, day: int, expected: tuple[int, int] | None
    ) -> None:
        before = {d: 0 for d in (7, 14, 21) if d < day}
        reports = [
            submission(answer("weakness", s, side="left"), day=d)
            for d, s in ({**before, day: WORRYING}).items()
        ]
        followed = episode(procedure=procedure(profile="MBRFN"))
        look = second_look(course_of(asking(), followed, reports, day))
        assert (look and (look.opens_day, look.closes_day)) == expected

    def test_that_at_most_two_are_asked_for_in_a_row(self) -> None:
        assert second_look(course({91: 0, 95: WORRYING}, 95)) is not None
        assert second_look(course({91: 0, 95: 0, 99: WORRYING}, 99)) is None

    def test_that_a_scheduled_report_begins_a_new_row(self) -> None:
        assert second_look(course({91: 0, 95: 0, 99: 0, 122: WORRYING}, 122)) is not None

    def test_that_an_extra_report_of_the_patients_own_begins_a_new_row(self) -> None:
        assert second_look(course({80: 0, 84: 0, 88: 0, 96: WORRYING}, 96)) is not None

    def test_that_two_parts_of_one_day_are_one_look(self) -> None:
        again = submission(
            answer("weakness", WORRYING, side="left"),
            day=95,
            id="again",
            answered_at=instant(95, 12),
        )
        laid_out = course({91: 0, 95: WORRYING}, 95)
        submissions = [*(r.submission for r in laid_out.reports), again]
        assert second_look(course_of(asking(), laid_out.episode, submissions, 95)) is not None

    def test_that_nothing_is_asked_where_the_protocol_never_asks_again(self) -> None:
        assert second_look(course({91: WORRYING}, 91, asking(at_most=0))) is None

    def test_that_one_that_does_not_come_raises_no_alert(self) -> None:
        protocol = protocol_with(
            replace(rule_of("new_weakness"), ask_again=True), rule_of("missed_report")
        )
        asked = course({91: WORRYING}, 91, protocol)
        calls = {
            day for day in range(92, 137) for _ in protocol.rules[1].combine(at(asked, day), ())
        }
        assert not calls


def at(asked: Course, day: int) -> Course:
    submissions = (report.submission for report in asked.reports)
    return course_of(asked.protocol, asked.episode, submissions, day)


class TestNextDue:
    def test_that_the_extra_report_comes_before_a_later_scheduled_one(self) -> None:
        due = next_due(course({91: WORRYING}, 91))
        assert due is not None
        assert (due.due_day, due.slot) == (94, None)

    def test_that_the_scheduled_report_comes_when_nothing_is_asked_again(self) -> None:
        due = next_due(course({91: 0}, 91))
        assert due is not None
        assert due.slot is not None
        assert (due.slot.id, due.opens_day, due.due_day, due.closes_day) == ("M4", 107, 122, 137)
        assert due.form == "month"

    def test_that_a_report_that_is_due_and_has_not_come_is_still_due(self) -> None:
        due = next_due(course({}, 100))
        assert due is not None
        assert due.due_day == 91

    def test_that_a_report_on_a_day_of_two_slots_answers_both(self) -> None:
        due = next_due(course({91: 0, 137: 0}, 137))
        assert due is not None
        assert due.slot is not None
        assert due.slot.id == "M6"

    def test_that_none_is_due_after_the_last(self) -> None:
        assert next_due(course({730: 0}, 730)) is None

    def test_that_the_first_of_all_is_due_before_any_report(self) -> None:
        followed = episode(procedure=procedure(profile="MBRFN"))
        due = next_due(course_of(asking(), followed, (), -5))
        assert due is not None
        assert due.due_day == -1


class TestPauses:
    """A pause of a procedure's days; M3 is due on day 91 and accepted from 76 to 106."""

    def due(self, *pauses: tuple[int, int], today: int = 80) -> int:
        paused = tuple(Pause(date(first), date(last), "holiday") for first, last in pauses)
        followed = episode(procedure=procedure(profile="MBRFN"), pauses=paused)
        due = next_due(course_of(asking(), followed, (), today))
        assert due is not None
        return due.due_day

    @pytest.mark.parametrize(
        ("pause", "day"),
        [
            pytest.param((80, 90), 91, id="over before it is due"),
            pytest.param((80, 91), 122, id="to its due day"),
            pytest.param((95, 97), 122, id="within its days"),
            pytest.param((106, 120), 122, id="from its last day"),
            pytest.param((107, 120), 91, id="from the day after"),
        ],
    )
    def test_that_a_report_is_not_due_of_which_a_day_lies_in_a_pause(
        self, pause: tuple[int, int], day: int
    ) -> None:
        assert self.due(pause) == day

    def test_that_each_of_several_pauses_counts(self) -> None:
        assert self.due((91, 92), (122, 123)) == 152

    def paused(self, today: int, *pauses: tuple[int, int]) -> Course:
        """A course with a suspicious report of day 91, asked about again on days 94 to 98."""
        asked = course({91: WORRYING}, today)
        paused = tuple(Pause(date(first), date(last), "holiday") for first, last in pauses)
        submissions = [report.submission for report in asked.reports]
        return course_of(asked.protocol, replace(asked.episode, pauses=paused), submissions, today)

    @pytest.mark.parametrize(
        ("pauses", "opens"),
        [
            pytest.param([(92, 93)], 94, id="over before it"),
            pytest.param([(90, 94)], 95, id="into it"),
            pytest.param([(98, 99)], 100, id="from its last day"),
            pytest.param([(99, 99)], 94, id="after it"),
            pytest.param([(96, 97), (99, 101)], 102, id="one after the other"),
        ],
    )
    def test_that_a_second_look_waits_until_the_pause_is_over(
        self, pauses: list[tuple[int, int]], opens: int
    ) -> None:
        look = second_look(self.paused(92, *pauses))
        assert look is not None
        assert (look.opens_day, look.closes_day) == (opens, opens + 4)

    def test_that_it_is_still_asked_for_after_a_pause_as_long_as_its_days(self) -> None:
        assert second_look(self.paused(99, (94, 98))) is not None
        assert second_look(self.paused(103, (94, 98))) is not None
        assert second_look(self.paused(104, (94, 98))) is None


def test_that_nothing_is_due_once_the_patients_next_procedure_has_come() -> None:
    over = replace(course({91: WORRYING}, 94), is_over=True)
    assert (next_due(over), due_today(over), second_look(over)) == (None, None, None)


class TestDueToday:
    def test_that_a_scheduled_report_comes_before_an_extra_one_on_the_same_day(self) -> None:
        reports = [
            submission(answer("weakness", s, side="left"), day=d)
            for d, s in {7: 0, 14: 0, 73: WORRYING}.items()
        ]
        followed = episode(procedure=procedure(profile="MBRFN"))
        due = due_today(course_of(asking(), followed, reports, 78))
        assert due is not None
        assert due.slot is not None
        assert due.slot.id == "M3"

    def test_that_nothing_is_due_between_two_slots(self) -> None:
        assert due_today(course({91: 0}, 93)) is None


@pytest.mark.parametrize(
    ("day", "form"),
    [
        (-60, "base"),
        (-1, "base"),
        (1, "acute"),
        (2, "acute"),
        (12, "acute"),
        (21, "week"),
        (60, "month"),
        (900, "month"),
    ],
)
def test_that_the_form_is_todays_or_the_last_one_due(day: int, form: str) -> None:
    assert form_on(default_protocol(), "MBRFN", day) == form


def test_that_suspicions_come_in_the_order_of_the_rules() -> None:
    first, second = rule_of("pain_jump"), rule_of("pain_above_baseline")
    reports = [submission(answer("pain", s), day=d) for d, s in ((-1, 5), (21, 3), (28, 6))]
    followed = episode(procedure=procedure(profile="MBRFN"))
    found = suspicions(course_of(protocol_with(first, second), followed, reports, 28))
    assert found == (
        Suspicion("pain_jump", "pain", NOWHERE, 28),
        Suspicion("pain_above_baseline", "pain", NOWHERE, 28),
    )
