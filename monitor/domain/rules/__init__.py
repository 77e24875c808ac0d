"""The kinds of rule there are, in one table, and how a protocol's rules judge a course."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.domain.course import Course
from monitor.domain.finding import Finding, Judgement, NotEvaluable
from monitor.domain.rules.above_baseline import AboveBaseline
from monitor.domain.rules.answers import Answers
from monitor.domain.rules.missed import Missed
from monitor.domain.rules.no_benefit import NoBenefit
from monitor.domain.rules.persistence import Persistence
from monitor.domain.rules.recurrence import Recurrence
from monitor.domain.rules.rule import Rule
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
        Missed,
        Together,
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
    for rule in course.protocol.rules:
        for finding in rule.combine(course, tuple(found.values())):
            _keep_worst(found, finding)
    return Judgement(tuple(found.values()), tuple(not_evaluable))


def edges(course: Course, rules: Iterable[Rule] | None = None) -> frozenset[int]:
    """The days after day 0 on which time alone may change the judgement of a course."""
    asked = course.protocol.rules if rules is None else rules
    return frozenset(day for rule in asked for day in rule.edges(course) if day > 0)


def _keep_worst(found: dict[tuple[str, str, str], Finding], finding: Finding) -> None:
    known = found.get(finding.key)
    if known is None or finding.priority.is_above(known.priority):
        found[finding.key] = finding
