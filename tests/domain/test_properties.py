from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.alert import Alert, Occasion, reconcile
from monitor.domain.course import Course, course_of
from monitor.domain.episode import Episode, Pause
from monitor.domain.protocol import Priority
from monitor.domain.rules import evaluate
from monitor.domain.submission import Submission
from monitor.services.replay import judged_days
from tests.builders import date, instant
from tests.domain.courses import HORIZON, followed, pauses, worst
from tests.protocols import default_protocol

Followed = tuple[Episode, tuple[Submission, ...]]


def laid_out(one: Followed, today: int = HORIZON) -> Course:
    return course_of(default_protocol(), one[0], one[1], today)


@settings(max_examples=50)
@given(followed())
def test_that_judging_twice_says_the_same(one: Followed) -> None:
    assert evaluate(laid_out(one)) == evaluate(laid_out(one))


@settings(max_examples=50)
@given(followed(), st.randoms(use_true_random=False))
def test_that_the_order_in_which_reports_arrive_does_not_matter(
    one: Followed, chance: random.Random
) -> None:
    shuffled = list(one[1])
    chance.shuffle(shuffled)
    assert evaluate(laid_out(one)) == evaluate(laid_out((one[0], tuple(shuffled))))


@settings(max_examples=50)
@given(followed(), st.integers(0, HORIZON))
def test_that_what_comes_later_does_not_change_how_an_earlier_day_is_judged(
    one: Followed, day: int
) -> None:
    episode, reports = one
    known = tuple(r for r in reports if (r.local_date - date(0)).days <= day)
    assert evaluate(laid_out(one).until(day)) == evaluate(laid_out((episode, known), day))


@settings(max_examples=50)
@given(followed(), st.data())
def test_that_a_worse_answer_never_removes_a_red_finding(
    one: Followed, data: st.DataObject
) -> None:
    episode, reports = one
    if not reports:
        return
    last = reports[-1]
    today = (last.local_date - date(0)).days
    chosen = data.draw(st.sets(st.sampled_from(last.answers)))
    answers = tuple(worst(a) if a in chosen else a for a in last.answers)
    worse = (*reports[:-1], replace(last, answers=answers))
    assert red(laid_out(one, today)) <= red(laid_out((episode, worse), today))


def red(course: Course) -> set[tuple[str, str, str]]:
    return {f.key for f in evaluate(course).findings if f.priority is Priority.RED}


@settings(max_examples=50)
@given(followed(), pauses(), st.integers(1, HORIZON))
def test_that_a_pause_excuses_reports_and_nothing_else(
    one: Followed, pause: Pause, day: int
) -> None:
    paused = replace(one[0], pauses=(*one[0].pauses, pause))
    found, excused = (evaluate(laid_out((e, one[1]), day)).findings for e in (one[0], paused))
    missed = {f.key for f in found} - {f.key for f in excused}
    assert missed <= {("missed_report", "", "")}
    assert [f for f in excused if f.rule != "missed_report"] == [
        f for f in found if f.rule != "missed_report"
    ]


@settings(max_examples=40)
@given(followed())
def test_that_nothing_changes_on_a_day_that_is_not_judged(one: Followed) -> None:
    course = laid_out(one)
    every_day = happenings(course, range(1, HORIZON + 1))
    assert happenings(course, judged_days(course)) == every_day


def happenings(course: Course, days: Iterable[int]) -> list[tuple[int, str, str, str]]:
    alerts: dict[str, Alert] = {}
    ids = (f"alert-{n}" for n in itertools.count(1))
    happened = []
    for day in days:
        occasion = Occasion(instant(day), day, date(day), course.protocol)
        changes = reconcile(
            "episode-1", evaluate(course.until(day)), alerts.values(), occasion, lambda: next(ids)
        )
        for change in changes:
            alerts[change.alert.id] = change.alert
            finding = change.alert.finding
            happened.append((day, change.happening.value, "/".join(finding.key), finding.stage))
    return happened
