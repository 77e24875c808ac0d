"""The kinds of rule there are, in one table, and how a protocol's rules judge a course."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.domain.course import Course
from monitor.domain.finding import Finding, Judgement, NotEvaluable
from monitor.domain.rules.above_baseline import AboveBaseline
from monitor.domain.rules.answers import Answers
from monitor.domain.rules.jump import Jump
from monitor.domain.rules.missed import Missed
from monitor.domain.rules.monitoring import Monitoring
from monitor.domain.rules.no_benefit import NoBenefit
from monitor.domain.rules.persistence import Persistence
from monitor.domain.rules.recurrence import Recurrence
from monitor.domain.rules.returned import Returned
from monitor.domain.rules.rule import Rule, Suspicion
from monitor.domain.rules.together import Together
from monitor.domain.rules.worsening import Worsening

KINDS: dict[str, type[Rule]] = {
    kind.kind: kind
    for kind in (
        Answers,
        Persistence,
        Recurrence,
        Worsening,
        NoBenefit,
        AboveBaseline,
        Jump,
        Returned,
        Missed,
        Together,
        Monitoring,
    )
}


def evaluate(course: Course) -> Judgement:
    """Judge a course by all rules of its protocol on `course.today`.

    A function of its argument alone: the same course gives the same judgement, in whatever
    order its reports came. At most one finding per `Finding.key` comes back.
    """
    found: dict[tuple[str, str, str], Finding] = {}
    not_evaluable: list[NotEvaluable] = []
    for rule in course.protocol.rules:
        for result in rule.evaluate(course):
            if isinstance(result, NotEvaluable):
                not_evaluable.append(result)
            else:
                _keep_worst(found, result)
    all_found = tuple(found.values())
    for rule in course.protocol.rules:
        if rule.unless:
            _leave_out_what_is_told(found, rule, all_found)
    for rule in course.protocol.rules:
        for finding in rule.combine(course, tuple(found.values())):
            _keep_worst(found, finding)
    return Judgement(tuple(found.values()), tuple(not_evaluable))


def suspicions(course: Course) -> tuple[Suspicion, ...]:
    """What the rules that ask again suspect, in the order of the protocol's rules.

    Not what would be silent because a rule that is named in `unless` tells of it already.
    """
    asking = (rule for rule in course.protocol.rules if rule.ask_again)
    return tuple(
        suspicion
        for rule in asking
        for suspicion in rule.suspects(course)
        if not _is_told_of(course, rule, suspicion)
    )


def _is_told_of(course: Course, rule: Rule, suspicion: Suspicion) -> bool:
    return any(
        isinstance(told, Finding) and told.place == suspicion.place
        for other in course.protocol.rules
        if other.id in rule.unless
        for told in other.evaluate(course)
    )


def edges(course: Course, rules: Iterable[Rule] | None = None) -> frozenset[int]:
    """The days after day 0 on which time alone may change the judgement of a course."""
    asked = course.protocol.rules if rules is None else rules
    return frozenset(day for rule in asked for day in rule.edges(course) if day > 0)


def _leave_out_what_is_told(
    found: dict[tuple[str, str, str], Finding], rule: Rule, all_found: tuple[Finding, ...]
) -> None:
    """Drop the findings of a rule that another one has told of as early: one worry, one alert."""
    for key, finding in list(found.items()):
        if finding.rule == rule.id and any(
            other.rule in rule.unless
            and other.place == finding.place
            and other.since_day <= finding.since_day
            for other in all_found
        ):
            del found[key]


def _keep_worst(found: dict[tuple[str, str, str], Finding], finding: Finding) -> None:
    known = found.get(finding.key)
    if known is None or finding.priority.is_above(known.priority):
        found[finding.key] = finding
