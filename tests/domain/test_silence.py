from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.course import Course, course_of
from monitor.domain.episode import Episode, Pause
from monitor.domain.protocol import Protocol
from monitor.domain.silence import ORDER, Silence, order, silence_of
from monitor.domain.submission import Answer, Submission
from tests.builders import answer, date, episode, procedure, submission
from tests.domain.courses import HORIZON, followed
from tests.protocols import default_protocol, protocol_with, rule_of

Followed = tuple[Episode, tuple[Submission, ...]]

CALM = {1: 4, 3: 4, 7: 4}
"""Pain in the reports that came, of a day-case procedure; those due on days 14 and 21 did not."""


def quiet() -> Protocol:
    """A protocol that finds nothing but missed reports."""
    return protocol_with(rule_of("missed_report"))


def course(
    pain: Mapping[int, int | None],
    today: int = 25,
    protocol: Protocol | None = None,
    pauses: tuple[Pause, ...] = (),
    more: Mapping[int, tuple[Answer, ...]] | None = None,
) -> Course:
    reports = [
        submission(answer("pain", score), *(more or {}).get(day, ()), day=day)
        for day, score in pain.items()
    ]
    one = episode(procedure=procedure(profile="MBRFN"), pauses=pauses)
    return course_of(protocol or quiet(), one, reports, today)


def silent(found: Course) -> Silence:
    silence = silence_of(found)
    assert silence is not None
    return silence


def pause(first: int, last: int) -> Pause:
    return Pause(date(first), date(last), "holiday")


class TestWhoIsSilent:
    def test_that_every_report_whose_days_are_over_counts_from_the_day_the_first_was_due(
        self,
    ) -> None:
        found = silent(course(CALM, today=25))
        assert (found.missed, found.since) == (2, date(14))

    @pytest.mark.parametrize(("today", "missed"), [(17, None), (18, 1), (24, 1), (25, 2)])
    def test_that_a_report_is_missed_when_its_last_day_is_over(
        self, today: int, missed: int | None
    ) -> None:
        found = silence_of(course(CALM, today))
        assert (found and found.missed) == missed

    def test_that_any_report_from_its_first_day_on_answers_for_it(self) -> None:
        assert silence_of(course({**CALM, 13: 4}, today=24)) is None
        assert silent(course({**CALM, 12: 4}, today=24)).missed == 1

    def test_that_the_report_before_the_procedure_is_not_missed(self) -> None:
        assert silence_of(course({}, today=1)) is None

    def test_that_nobody_is_silent_in_a_pause(self) -> None:
        paused = course(CALM, today=25, pauses=(pause(25, 25),))
        assert silence_of(paused) is None
        assert silent(course(CALM, today=25, pauses=(pause(26, 30),))).missed == 2

    def test_that_a_report_that_a_pause_excuses_does_not_count(self) -> None:
        found = silent(course(CALM, today=25, pauses=(pause(12, 14),)))
        assert (found.missed, found.since) == (1, date(21))

    def test_that_nobody_is_silent_whose_follow_up_is_over(self) -> None:
        assert silence_of(replace(course(CALM), is_over=True)) is None


class TestHowTheyWereDoing:
    def test_that_pain_that_had_risen_by_what_matters_is_worse(self) -> None:
        found = silent(course({**CALM, 7: 6}))
        assert (found.doing, found.item, found.score, found.before) == ("worse", "pain", 6, 4)

    @pytest.mark.parametrize(
        ("last", "doing"), [(6, "worse"), (5, "same"), (4, "same"), (3, "same"), (2, "better")]
    )
    def test_that_two_points_matter(self, last: int, doing: str) -> None:
        assert silent(course({**CALM, 7: last})).doing == doing

    def test_that_the_number_is_the_protocols_own(self) -> None:
        protocol = quiet()
        stricter = replace(protocol, presence=replace(protocol.presence, rise=1.0))
        assert silent(course({**CALM, 7: 5}, protocol=stricter)).doing == "worse"
        assert silent(course({**CALM, 7: 3}, protocol=stricter)).doing == "better"

    def test_that_the_worst_change_anywhere_speaks(self) -> None:
        numb = {
            3: (answer("numbness", 0), answer("weakness", 1, side="left")),
            7: (
                answer("numbness", 5),
                answer("numbness", 5, "thumb_side", "right"),
                answer("weakness", 1, side="left"),
            ),
        }
        found = silent(course({**CALM, 7: 1}, more=numb))
        assert (found.doing, found.item, found.score, found.before) == ("worse", "numbness", 5, 0)

    def test_that_what_had_fallen_is_better_only_where_nothing_had_risen(self) -> None:
        weak = {
            3: (answer("weakness", 1, side="left"),),
            7: (answer("weakness", 3, side="left"),),
        }
        assert silent(course({**CALM, 7: 1})).doing == "better"
        assert silent(course({**CALM, 7: 1}, more=weak)).doing == "worse"

    def test_that_a_complaint_of_the_strips_does_not_speak(self) -> None:
        sore = {3: (answer("soreness", 0),), 7: (answer("soreness", 9),)}
        assert silent(course(CALM, more=sore)).doing == "same"

    def test_that_a_question_that_was_skipped_last_is_compared_with_nothing(self) -> None:
        found = silent(course({**CALM, 3: 9, 7: None}))
        assert (found.doing, found.item, found.score) == ("same", "", None)

    def test_that_a_score_is_compared_with_the_last_one_that_was_given(self) -> None:
        assert silent(course({1: 4, 3: None, 7: 6})).doing == "worse"

    def test_that_the_first_report_is_compared_with_the_one_before_the_procedure(self) -> None:
        assert silent(course({-1: 8, 1: 4}, today=5)).doing == "better"
        found = silent(course({1: 4}, today=5))
        assert (found.doing, found.score, found.before) == ("same", 4, None)

    def test_that_who_had_something_open_then_was_worse(self) -> None:
        fluid = {7: (answer("clear_fluid", "yes"),)}
        assert silent(course(CALM, protocol=default_protocol(), more=fluid)).doing == "worse"
        assert silent(course(CALM, protocol=default_protocol())).doing == "same"

    def test_that_who_never_reported_after_the_procedure_never_did(self) -> None:
        assert silent(course({}, today=5)) == Silence("never", 2, date(1))
        assert silent(course({-1: 8}, today=5)) == Silence("never", 2, date(1))

    @pytest.mark.parametrize(("silence_days", "doing"), [(90, "worse"), (91, "lost")])
    def test_that_who_is_silent_for_longer_than_the_protocol_says_is_lost(
        self, silence_days: int, doing: str
    ) -> None:
        found = silent(course({**CALM, 7: 6}, today=14 + silence_days))
        assert (found.doing, found.score, found.since) == (doing, 6, date(14))


def test_that_the_worst_are_called_first_and_of_those_alike_the_longest_silent() -> None:
    alike = [Silence(doing, 1, date(day)) for doing in ORDER for day in (3, 9)]
    assert sorted(alike[1::2] + alike[::2], key=order) == alike


@settings(max_examples=60, deadline=None)
@given(followed(), st.integers(1, HORIZON))
def test_that_silence_is_what_no_report_has_answered(one: Followed, today: int) -> None:
    found = course_of(default_protocol(), replace(one[0], pauses=()), one[1], today)
    silence = silence_of(found)
    newest = found.reports[-1].day if found.reports else -100
    over = [
        slot
        for slot in found.protocol.slots_for(one[0].procedure.profile)
        if slot.due_day > 0 and newest < slot.opens_day and slot.closes_day < today
    ]
    assert (silence is not None) == bool(over)
    if silence is not None:
        assert silence.missed == len(over)
        assert silence.since == date(0) + dt.timedelta(days=over[0].due_day)
        assert (silence.doing == "never") <= (newest <= 0)
        assert (silence.score is None) == (silence.item == "")


@settings(max_examples=60, deadline=None)
@given(followed(), st.integers(1, HORIZON), st.integers(1, HORIZON), st.integers(0, 40))
def test_that_a_pause_only_ever_makes_less_of_it(
    one: Followed, today: int, first: int, days: int
) -> None:
    paused = replace(one[0], pauses=(*one[0].pauses, pause(first, first + days)))
    without = silence_of(course_of(default_protocol(), one[0], one[1], today))
    with_it = silence_of(course_of(default_protocol(), paused, one[1], today))
    if with_it is not None:
        assert without is not None
        assert with_it.missed <= without.missed
        assert with_it.since >= without.since
    if paused.paused_on(date(today)):
        assert with_it is None
