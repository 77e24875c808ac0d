"""The rules of the detection study once more, from its table, and the product held to them.

Each function below says, looking back from the last of some scores, what the study's rule says
on that day: no state, everything anew. The protocol is given the study's numbers here, so that
the comparison stays what it is when the protocol's own numbers move. The trend of pain that comes
back has a test of its own (test_recurrence_trend).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from statistics import mean

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.course import course_of
from monitor.domain.episode import Episode, OwnWindow
from monitor.domain.rules import edges, evaluate
from monitor.domain.rules.above_baseline import AboveBaseline
from monitor.domain.rules.no_benefit import NoBenefit
from monitor.domain.rules.persistence import Persistence
from monitor.domain.rules.rule import Rule
from monitor.domain.rules.worsening import Worsening
from tests.builders import answer, episode, procedure, submission
from tests.protocols import default_protocol, rule_of

WINDOW = 42
RELIEF = 60
END = 170
EXAMPLES = 250
Score = tuple[int, int]
"""A day and the points given on it."""
Scores = Sequence[Score]


# ------------------------------------------------------------------- the study's table
def has_settled(scores: Scores, before: float) -> bool:
    """Two running from day 4 of at most before + 1, and not back before the window ended."""
    settled = False
    heard = [(day, points) for day, points in scores if day >= 4]
    for (_, first), (day, second) in pairwise(heard):
        if max(first, second) <= before + 1:
            settled = True
        elif min(first, second) >= before + 2 and day < WINDOW - 3:
            settled = False
    return settled


def persists(scores: Scores, before: float) -> bool:
    """Never settled, and from 3 days before the window's end both last reports before + 1.5."""
    last_two = scores[-2:]
    return (
        len(last_two) == 2
        and last_two[-1][0] >= WINDOW - 3
        and all(points >= before + 1.5 for _, points in last_two)
        and not has_settled(scores, before)
    )


def is_unheard(scores: Scores, before: float) -> bool:
    """High in the 4 weeks before the window ended and not settled; asked a week after it."""
    return (
        bool(scores)
        and WINDOW - 28 <= scores[-1][0] < WINDOW - 3
        and scores[-1][1] >= before + 3
        and not has_settled(scores, before)
    )


def brings_no_relief(scores: Scores, before: float) -> bool:
    """The last two average 65 % of before; never since day 5 did three average 45 %."""
    heard = [(day, points) for day, points in scores if day >= 5]
    points = [p for _, p in heard]
    relief = any(sum(points[i : i + 3]) / 3 <= 0.45 * before for i in range(len(points) - 2))
    in_time = bool(heard) and RELIEF - 7 <= heard[-1][0] <= RELIEF + 45
    return in_time and len(points) >= 2 and not relief and sum(points[-2:]) / 2 >= 0.65 * before


def is_above_baseline(scores: Scores, before: float) -> bool:
    """The last two, the newest on day 10 to 90, are at least before + 0.5 (or 10)."""
    limit = min(before + 0.5, 10)
    last_two = scores[-2:]
    return (
        len(last_two) == 2
        and 10 <= last_two[-1][0] <= 90
        and all(points >= limit for _, points in last_two)
    )


def settled_level(scores: Scores) -> list[int]:
    """After each report, the lowest level that two running did not exceed (99: none yet).

    Reports of a rise (2 above it, from day 6) teach nothing.
    """
    levels = [99]
    for (_, first), (day, second) in pairwise(scores):
        low = levels[-1]
        rises = day >= 6 and second >= low + 2
        levels.append(low if rises else min(low, max(first, second)))
    return levels


def new_deficits(scores: Scores) -> list[int]:
    """The days on which a new deficit is told: armed again after two of at most low + 1.

    It is one when a rise has two reports 3 days apart and averages low + 3.5.
    """
    levels = settled_level(scores)
    rises = [
        i > 0 and day >= 6 and points >= levels[i - 1] + 2 for i, (day, points) in enumerate(scores)
    ]
    low = [points <= level + 1 for (_, points), level in zip(scores, levels, strict=True)]
    told: list[int] = []
    for i in range(len(scores)):
        armed = not told or any(low[k - 1] and low[k] for k in range(told[-1] + 2, i + 1))
        first = i
        while first >= 0 and rises[first]:
            first -= 1
        rise = scores[first + 1 : i + 1]
        spans = bool(rise) and rise[-1][0] - rise[0][0] >= 3
        if armed and spans and sum(p for _, p in rise) / len(rise) >= levels[i] + 3.5:
            told.append(i)
    return [scores[i][0] for i in told]


# ------------------------------------------------------------------------- the product
def followed() -> Episode:
    own = (
        OwnWindow("soreness", WINDOW, WINDOW),
        OwnWindow("weakness", WINDOW, WINDOW),
        OwnWindow("relief", RELIEF, RELIEF),
    )
    return episode(procedure=procedure(profile="GENERIC"), own_windows=own)


def told_by(rule: Rule, before: Sequence[int], scores: Scores) -> list[int]:
    """The days since which the product says that the rule holds, while the reports come in."""
    presence = replace(
        default_protocol().presence,
        rise_unasked=1.5,
        settle_reports=2,
        settle_rise=1.0,
        settle_from_day=4,
        back_rise=2.0,
    )
    protocol = replace(default_protocol(), rules=(rule,), presence=presence)
    (item,) = rule.items(protocol)
    earlier = [(-1 - n, points) for n, points in enumerate(before)]
    reports = [submission(answer(item, p), day=day) for day, p in (*earlier, *scores)]
    course = course_of(protocol, followed(), reports, END)
    days = {day for day, _ in scores} | edges(course)
    return sorted({f.since_day for day in days for f in evaluate(course.until(day)).findings})


def first_day_on_which(says: Callable[[Scores], bool], scores: Scores, from_day: int) -> list[int]:
    """The first day from `from_day` on, a report's or that day, on which the study's rule speaks.

    The study's rules speak only when a report comes; the product looks on the day itself too.
    """
    days = sorted({max(day, from_day) for day, _ in scores} | {from_day})
    known = ([s for s in scores if s[0] <= day] for day in days)
    return [day for day, heard in zip(days, known, strict=True) if says(heard)][:1]


def levels_before(least: int, most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(least, most), min_size=1, max_size=2)


@st.composite
def courses(draw: st.DrawFn) -> Scores:
    """Scores on ascending days, two weeks apart at most, that stay about a level for a while."""
    points: list[int] = []
    for _ in range(draw(st.integers(1, 4))):
        level = draw(st.integers(0, 10))
        noise = draw(st.lists(st.sampled_from((0, 0, 1, -1, 2, -3)), min_size=1, max_size=7))
        points += [min(10, max(0, level + n)) for n in noise]
    days = accumulate(
        draw(st.lists(st.integers(1, 14), min_size=len(points), max_size=len(points)))
    )
    return [(d, p) for d, p in zip(days, points, strict=True) if d <= END]


def soreness() -> Rule:
    rule = rule_of("soreness_persists")
    assert isinstance(rule, Persistence)
    return replace(rule, fresh_days=3)


def weakness() -> Rule:
    rule = rule_of("weakness_persists")
    assert isinstance(rule, Persistence)
    return replace(
        rule, fresh_days=3, unheard_after_days=7, unheard_stale_days=28, unheard_rise=3.0
    )


@settings(max_examples=EXAMPLES)
@given(levels_before(0, 3), courses())
def test_that_a_symptom_persists_when_the_study_says_so(before: list[int], scores: Scores) -> None:
    level = mean(before)
    expected = first_day_on_which(lambda known: persists(known, level), scores, WINDOW)
    assert told_by(soreness(), before, scores)[:1] == expected


@settings(max_examples=EXAMPLES)
@given(levels_before(0, 3), courses())
def test_that_a_deficit_persists_or_is_asked_for_when_the_study_says_so(
    before: list[int], scores: Scores
) -> None:
    level = mean(before)
    persistent = first_day_on_which(lambda known: persists(known, level), scores, WINDOW)
    unheard = first_day_on_which(lambda known: is_unheard(known, level), scores, WINDOW + 7)
    assert told_by(weakness(), before, scores)[:1] == sorted(persistent + unheard)[:1]


@settings(max_examples=EXAMPLES)
@given(levels_before(1, 10), courses())
def test_that_no_relief_is_told_when_the_study_says_so(before: list[int], scores: Scores) -> None:
    rule = rule_of("no_benefit")
    assert isinstance(rule, NoBenefit)
    studied = replace(
        rule,
        baseline_at_least=1.0,
        from_day=5,
        still_fraction=0.65,
        still_reports=2,
        fresh_days=7,
        until_days=45,
        relief_fraction=0.45,
        relief_reports=3,
    )
    expected = first_day_on_which(
        lambda known: brings_no_relief(known, mean(before)), scores, RELIEF
    )
    assert told_by(studied, before, scores) == expected


@settings(max_examples=EXAMPLES)
@given(levels_before(0, 10), courses())
def test_that_pain_is_above_its_level_before_when_the_study_says_so(
    before: list[int], scores: Scores
) -> None:
    rule = rule_of("pain_above_baseline")
    assert isinstance(rule, AboveBaseline)
    studied = replace(
        rule, baseline_at_least=0.0, rise=0.5, reports_needed=2, from_day=10, to_day=90
    )
    expected = first_day_on_which(lambda known: is_above_baseline(known, mean(before)), scores, 1)
    assert told_by(studied, before, scores) == expected


@settings(max_examples=EXAMPLES)
@given(courses())
def test_that_a_deficit_is_new_each_time_the_study_says_so(scores: Scores) -> None:
    rule = rule_of("new_weakness")
    assert isinstance(rule, Worsening)
    studied = replace(
        rule,
        from_day=6,
        each_rise=2.0,
        mean_rise=3.5,
        run_reports=2,
        span_days=3,
        end_rise=1.0,
        end_reports=2,
    )
    assert told_by(studied, (), scores) == new_deficits(scores)
