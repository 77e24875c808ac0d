"""Replaying past reports as if they had arrived live: how a clinic rehearses a protocol."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.domain.alert import Alert, Happening, Occasion, reconcile
from monitor.domain.course import Course, course_of
from monitor.domain.episode import Episode, postoperative_day
from monitor.domain.protocol import Priority, Protocol
from monitor.domain.rules import edges, evaluate
from monitor.domain.submission import Submission

Followed = tuple[Episode, tuple[Submission, ...]]


@dataclass(frozen=True)
class Raised:
    """An alert put before a nurse: raised, or come back after its condition had ended."""

    patient: str
    kind: str
    item: str
    site: str
    side: str
    day: int
    rule: str
    stage: str
    priority: Priority
    alert: Alert


def replay(protocol: Protocol, followed: Iterable[Followed], end: dt.date) -> Iterator[Raised]:
    """Every alert that would have been raised up to `end`, episode by episode, day by day.

    Rules that time alone brings about are included. Nobody acts on the alerts, but one whose
    condition has ended counts as dealt with: if it returns, it is raised again.
    """
    for episode, submissions in followed:
        last = postoperative_day(episode.procedure.date, end)
        course = course_of(protocol, episode, submissions, last)
        yield from _replay_one(course)


def judged_days(course: Course) -> tuple[int, ...]:
    """The days after the procedure on which the judgement of a course may change."""
    reported = {report.day for report in course.reports}
    return tuple(sorted(d for d in reported | edges(course) if 0 < d <= course.today))


def _as_it_became_known(course: Course) -> Iterator[Course]:
    """The course after each report, and on each day on which time alone may matter."""
    passed = set(judged_days(course))
    for count, report in enumerate(course.reports, start=1):
        for day in sorted(d for d in passed if d < report.day):
            passed.discard(day)
            yield course.until(day, count - 1)
        passed.discard(report.day)
        if report.day > 0:
            yield course.until(report.day, count)
    for day in sorted(passed):
        yield course.until(day)


def _replay_one(course: Course) -> Iterator[Raised]:
    ids = (f"replay-{n}" for n in itertools.count(1))
    alerts: dict[str, Alert] = {}
    for known in _as_it_became_known(course):
        day = known.today
        date = course.episode.procedure.date + dt.timedelta(days=day)
        at = dt.datetime.combine(date, dt.time(12), dt.UTC)
        occasion = Occasion(at, day, date, course.protocol)
        changes = reconcile(
            course.episode.id, evaluate(known), alerts.values(), occasion, lambda: next(ids)
        )
        for change in changes:
            alerts[change.alert.id] = change.alert
            if change.happening in (Happening.RAISE, Happening.RETURN):
                yield _raised(course, change.alert, day)


def _raised(course: Course, alert: Alert, day: int) -> Raised:
    finding = alert.finding
    rule = course.protocol.find_rule(finding.rule)
    return Raised(
        patient=course.episode.patient_id,
        kind=(rule and rule.reported_as) or finding.rule,
        item=finding.item,
        site=finding.place.site,
        side=finding.place.side,
        day=day,
        rule=finding.rule,
        stage=finding.stage,
        priority=finding.priority,
        alert=alert,
    )
