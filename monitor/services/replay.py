"""Replaying past reports as if they had arrived live: how a clinic rehearses a protocol."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.domain.alert import Alert, Occasion, reconcile
from monitor.domain.course import Course, course_of
from monitor.domain.episode import Episode, postoperative_day
from monitor.domain.protocol import Priority, Protocol
from monitor.domain.rules import edges, evaluate
from monitor.domain.submission import Submission

Followed = tuple[Episode, tuple[Submission, ...]]


@dataclass(frozen=True)
class Raised:
    """An alert put before a nurse: raised, or come back after its condition had ended.

    `report` is the id of the submission whose arrival raised it; empty where time alone did.
    """

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
    report: str = ""


@dataclass(frozen=True)
class Burden:
    """What the alerts of a replay would have asked of the clinic.

    `reports` are those after the procedure, `alerting` how many of them raised at least one
    alert as they arrived, `by_time` how many alerts time alone raised. `stages` counts the
    alerts of each (rule, stage), most first; together they are `alerts`.
    """

    reports: int
    alerting: int
    by_time: int
    stages: tuple[tuple[str, str, int], ...]

    @property
    def alerts(self) -> int:
        return sum(count for *_, count in self.stages)

    def per_100_reports(self, count: int) -> float | None:
        """A count for each 100 reports; None without reports."""
        return 100 * count / self.reports if self.reports else None


def burden(
    protocol: Protocol, followed: Iterable[Followed], end: dt.date, raised: Iterable[Raised]
) -> Burden:
    """Weigh the alerts that `replay` told of the same reports up to the same `end`."""
    told = tuple(raised)
    reports = 0
    for episode, submissions in followed:
        last = postoperative_day(episode.procedure.date, end)
        course = course_of(protocol, episode, submissions, last)
        reports += sum(report.day > 0 for report in course.reports)
    counted = Counter((row.rule, row.stage) for row in told)
    return Burden(
        reports=reports,
        alerting=len({(row.patient, row.report) for row in told if row.report}),
        by_time=sum(not row.report for row in told),
        stages=tuple(
            (rule, stage, count)
            for (rule, stage), count in sorted(counted.items(), key=lambda x: (-x[1], x[0]))
        ),
    )


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


def _as_it_became_known(course: Course) -> Iterator[tuple[Course, str]]:
    """The course after each report, and on each day on which time alone may matter.

    Each comes with the id of the report that has just arrived; empty where none has.
    """
    passed = set(judged_days(course))
    for count, report in enumerate(course.reports, start=1):
        for day in sorted(d for d in passed if d < report.day):
            passed.discard(day)
            yield course.until(day, count - 1), ""
        passed.discard(report.day)
        if report.day > 0:
            yield course.until(report.day, count), report.submission.id
    for day in sorted(passed):
        yield course.until(day), ""


def _replay_one(course: Course) -> Iterator[Raised]:
    ids = (f"replay-{n}" for n in itertools.count(1))
    alerts: dict[str, Alert] = {}
    for known, report in _as_it_became_known(course):
        day = known.today
        date = course.episode.procedure.date + dt.timedelta(days=day)
        at = dt.datetime.combine(date, dt.time(12), dt.UTC)
        occasion = Occasion(at, day, date, course.protocol)
        changes = reconcile(
            course.episode.id, evaluate(known), alerts.values(), occasion, lambda: next(ids)
        )
        for change in changes:
            before = alerts.get(change.alert.id)
            alerts[change.alert.id] = change.alert
            if before is None or _came_back(before, change.alert):
                yield _raised(course, change.alert, day, report)


def _came_back(before: Alert, after: Alert) -> bool:
    """Whether what had ended holds again, as bad as it was or worse."""
    return before.ended_day is not None and after.ended_day is None


def _raised(course: Course, alert: Alert, day: int, report: str) -> Raised:
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
        report=report,
    )
