"""Running the rules over one episode and writing what they change: one unit of work."""

from __future__ import annotations

import datetime as dt
import traceback
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from monitor.domain.alert import Change, Event, Happening, Occasion, reconcile
from monitor.domain.course import Course, course_of
from monitor.domain.episode import Episode, postoperative_day
from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.rules import evaluate
from monitor.domain.rules.recurrence import Recurrence
from monitor.domain.submission import Submission
from monitor.services.clinic import Clinic
from monitor.services.ports import EvaluationState, Unavailable, Work


def course(
    clinic: Clinic, episode: Episode, submissions: Iterable[Submission], on: dt.date
) -> Course:
    """An episode's course as of a date."""
    protocol = clinic.protocols.current(episode.protocol_id)
    today = postoperative_day(episode.procedure.date, on)
    return course_of(protocol, episode, submissions, today)


UNJUDGED: tuple[EvaluationState, ...] = ("waiting", "failed")
"""Submissions that the rules have not seen, or failed on."""

Trend = tuple[tuple[tuple[int, float], ...], float]
"""The points (day, value) of a trend, and its limit."""


@dataclass(frozen=True)
class Outcome:
    """What judging an episode came to. With an `error` nothing was changed."""

    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()
    error: str = ""


def looked_at(course: Course) -> tuple[tuple[NotEvaluable, ...], Trend | None]:
    """What a chart needs of the rules: what they could not look at, and the trend they follow.

    Where the rules fail on this course the chart must open all the same, and say so.
    """
    try:
        trends = (r.trend(course) for r in course.protocol.rules if isinstance(r, Recurrence))
        return evaluate(course).not_evaluable, next(trends, None)
    except Exception:
        return (NotEvaluable("", "rules_failed", ""),), None


def judge(clinic: Clinic, episode_id: str) -> Outcome:
    """Evaluate an episode today, in a unit of work of its own.

    Whatever is wrong with a rule costs this judgement only: nothing of it is kept, the
    episode's submissions that wait are marked as failed with the place of the fault, and the
    sweep tries again. Raises Unavailable where the store does not answer; nothing is marked.
    """
    try:
        with clinic.store.begin() as work:
            outcome = _judge(clinic, work, episode_id)
            work.commit()
            return outcome
    except Unavailable:
        raise
    except Exception as error:
        reason = place_of(error)
    with clinic.store.begin() as work:
        for waiting in work.submissions.evaluations(*UNJUDGED, of_episode=episode_id):
            failed = replace(waiting, state="failed", attempts=waiting.attempts + 1, error=reason)
            work.submissions.mark(failed)
        work.commit()
    return Outcome(error=reason)


def judge_all(
    clinic: Clinic,
    episode_ids: Iterable[str],
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Outcome]:
    """Judge several episodes, each once, in their order; `progress` hears (done, total)."""
    due = tuple(dict.fromkeys(episode_ids))
    outcomes = {}
    for done, episode_id in enumerate(due, start=1):
        outcomes[episode_id] = judge(clinic, episode_id)
        if progress is not None:
            progress(done, len(due))
    return outcomes


def place_of(error: BaseException) -> str:
    """What kind of fault it was and where, without what it says: that may quote a patient."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {frames[-1].name}, {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def _judge(clinic: Clinic, work: Work, episode_id: str) -> Outcome:
    today = clinic.today()
    episode = work.episodes.get(episode_id)
    found = course(clinic, episode, work.submissions.of_episode(episode_id), today)
    judgement = evaluate(found)
    occasion = Occasion(clinic.now(), found.today, today, found.protocol)
    before = {alert.id: alert for alert in work.alerts.of_episode(episode_id)}
    changes = reconcile(episode_id, judgement, before.values(), occasion, lambda: str(uuid.uuid4()))
    for change in changes:
        known = before.get(change.alert.id)
        write(work, change, occasion.day, known.version if known else 0)
    for waiting in work.submissions.evaluations(*UNJUDGED, of_episode=episode_id):
        work.submissions.mark(replace(waiting, state="evaluated", error=""))
    return Outcome(judgement.findings, changes)


def write(work: Work, change: Change, day: int, seen_version: int) -> None:
    """Store a changed alert and add the line of its history; `day` is the postoperative day."""
    alert = change.alert
    if change.happening is Happening.RAISE:
        work.alerts.add(alert)
    else:
        work.alerts.save(alert, seen_version)
    if change.happening is not Happening.KEEP:
        work.alerts.add_event(
            Event(
                alert_id=alert.id,
                at=alert.changed_at,
                by=alert.changed_by,
                happening=change.happening,
                state=alert.state,
                day=day,
                stage=alert.finding.stage,
                priority=alert.priority,
                note=alert.note,
            )
        )
