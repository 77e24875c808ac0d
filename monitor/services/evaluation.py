"""Running the rules over one episode and writing what they change: one unit of work."""

from __future__ import annotations

import datetime as dt
import traceback
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from monitor.domain.alert import Alert, Cause, Change, Event, Happening, Occasion, reconcile
from monitor.domain.course import Course, course_of
from monitor.domain.due import next_due
from monitor.domain.episode import Episode, postoperative_day
from monitor.domain.finding import Finding, Judgement, NotEvaluable
from monitor.domain.protocol import Priority, Protocol
from monitor.domain.rules import evaluate
from monitor.domain.rules.monitoring import Monitoring
from monitor.domain.rules.recurrence import Recurrence
from monitor.domain.silence import silence_of
from monitor.domain.submission import ARRIVALS, Submission, arrival
from monitor.services import comparing
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Evaluation, EvaluationState, Judged, Unavailable, Work


@dataclass(frozen=True)
class _Papers:
    """What is stored of an episode: its reports, those of the patient's other episodes too.

    `superseded` is the date of the patient's next procedure, if there is one; one whose episode
    was a mistake is none.
    """

    protocol: Protocol
    episode: Episode
    submissions: tuple[Submission, ...]
    superseded: dt.date | None

    def course(self, on: dt.date) -> Course:
        """The course as of a date, or of its last day where that is before it.

        That is the day on which the follow-up was ended, or the one before the next procedure.
        """
        ended = () if self.episode.ended_on is None else (self.episode.ended_on,)
        if self.superseded is not None:
            ended = (*ended, self.superseded - dt.timedelta(days=1))
        last = min((on, *ended))
        today = postoperative_day(self.episode.procedure.date, last)
        found = course_of(self.protocol, self.episode, self.submissions, today)
        return replace(found, is_over=not self.episode.is_open or last < on)


def course(clinic: Clinic, work: Work, episode: Episode, on: dt.date) -> Course:
    """An episode's course as of a date; of one that was ended, as of the day on which it was.

    A patient's reports are about the patient: each belongs to the procedure that it follows,
    and, in the days before the next one, to the baseline of that one too, whichever episode it
    was given for. So the course ends on the day before the patient's next procedure.
    """
    return _papers(clinic, work, episode).course(on)


def course_and_reports(
    clinic: Clinic, work: Work, episode: Episode, on: dt.date
) -> tuple[Course, tuple[Submission, ...]]:
    """The course, and every report of the episode as stored, those that count no more too."""
    papers = _papers(clinic, work, episode)
    own = tuple(s for s in papers.submissions if s.episode_id == episode.id)
    return papers.course(on), own


def _papers(clinic: Clinic, work: Work, episode: Episode) -> _Papers:
    protocol = clinic.protocols.current(episode.protocol_id)
    start = episode.procedure.date
    first = start + dt.timedelta(days=protocol.baseline.from_day)
    submissions = list(work.submissions.of_episode(episode.id))
    later = []
    for other in work.episodes.of_patient(episode.patient_id):
        if other.id != episode.id:
            theirs = work.submissions.of_episode(other.id)
            submissions += (s for s in theirs if s.local_date >= first)
            if other.procedure.date > start and other.ended_as != "mistake":
                later.append(other.procedure.date)
    return _Papers(protocol, episode, tuple(submissions), min(later, default=None))


UNJUDGED: tuple[EvaluationState, ...] = ("waiting", "failed")
"""Submissions that the rules have not seen, or failed on."""

Trend = tuple[tuple[tuple[int, float], ...], float]
"""The points (day, value) of a trend, and its limit."""


@dataclass(frozen=True)
class Outcome:
    """What judging an episode came to. With an `error` nothing was changed.

    `findings` are those of today, and what was red in a report that came behind a newer one.
    `differing` names the rules whose stored alerts were not what they had to be.
    """

    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()
    error: str = ""
    differing: tuple[str, ...] = ()


def looked_at(course: Course) -> tuple[tuple[NotEvaluable, ...], Trend | None]:
    """What a chart needs of the rules: what they could not look at, and the trend they follow.

    Where the rules fail on this course the chart must open all the same, and say so.
    """
    try:
        trends = (r.trend(course) for r in course.protocol.rules if isinstance(r, Recurrence))
        return evaluate(course).not_evaluable, next(trends, None)
    except Exception:
        return (NotEvaluable("", "rules_failed", ""),), None


@needs("monitor")
def judge(clinic: Clinic, episode_id: str, cause: Cause = "time") -> Outcome:
    """Evaluate an episode today, in a unit of work of its own; `cause` says why.

    Before anything is changed, what is stored is compared with what it has to be
    (`monitor.services.comparing`); a difference is put right and raised as an alert of its own.
    Where time is the cause and nothing has changed, nothing is written, and nobody has to wait.

    Whatever is wrong with a rule costs this judgement only: nothing of it is kept, the
    episode's submissions that wait are marked as failed with the place of the fault, and the
    sweep tries again. Raises Unavailable where the store does not answer; nothing is marked.
    """
    try:
        if cause == "time":
            with clinic.store.read() as work:
                look = _look(clinic, work, episode_id)
            if not look.is_news:
                return Outcome(look.judgement.findings)
        with clinic.store.begin() as work:
            outcome = _keep(clinic, work, _look(clinic, work, episode_id), cause)
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


@needs("monitor")
def judge_all(
    clinic: Clinic,
    episode_ids: Iterable[str],
    progress: Callable[[int, int], None] | None = None,
    cause: Cause = "time",
) -> dict[str, Outcome]:
    """Judge several episodes, each once, in their order; `progress` hears (done, total)."""
    due = tuple(dict.fromkeys(episode_ids))
    outcomes = {}
    for done, episode_id in enumerate(due, start=1):
        outcomes[episode_id] = judge(clinic, episode_id, cause)
        if progress is not None:
            progress(done, len(due))
    return outcomes


def place_of(error: BaseException) -> str:
    """What kind of fault it was and where, without what it says: that may quote a patient."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {frames[-1].name}, {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


@dataclass(frozen=True)
class _Look:
    """What one look at an episode found, before anything is changed.

    `late` are red findings that only a report which comes behind a newer one holds. `mended` are
    the altered alerts as their histories tell them; `changes` what the judgement makes of the
    alerts as they have to be.
    """

    found: Course
    occasion: Occasion
    judgement: Judgement
    before: tuple[Alert, ...]
    unjudged: tuple[Evaluation, ...]
    late: tuple[Finding, ...]
    known: Judged | None
    differing: tuple[str, ...]
    mended: tuple[Change, ...]
    changes: tuple[Change, ...]
    judged: Judged

    @property
    def is_news(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.changes or self.mended or self.differing or self.unjudged) or (
            self.known is None
            or self.judged != replace(self.known, at=self.judged.at, day=self.judged.day)
        )


def _look(clinic: Clinic, work: Work, episode_id: str) -> _Look:
    episode = work.episodes.get(episode_id)
    papers = _papers(clinic, work, episode)
    before = work.alerts.of_episode(episode_id)
    known = work.judgements.get(episode_id)
    found = papers.course(clinic.today())
    judgement = evaluate(found)
    occasion = occasion_of(clinic, found)
    basis = _basis(papers, found)
    rules: frozenset[str] = frozenset()
    mended: tuple[Change, ...] = ()
    if known is not None and known.program == clinic.program:
        histories = {alert.id: work.alerts.events(alert.id) for alert in before}
        altered = comparing.altered(known.seals, before, histories)
        mends = (
            comparing.mend(alert, histories[alert.id], judgement, clinic.now(), before)
            for alert in before
            if alert.id in altered
        )
        mended = tuple(change for change in mends if change)
        if basis == known.basis:
            untouched = (alert for alert in before if alert.id not in altered)
            altered |= comparing.misplaced(untouched, judgement, occasion)
            rules = _otherwise(papers, judgement, known)
        rules |= comparing.rules_of(altered, known.seals, before)
    differing = tuple(sorted(rules))
    unjudged = work.submissions.evaluations(*UNJUDGED, of_episode=episode_id)
    late = _told_late(found, judgement, {waiting.submission_id for waiting in unjudged})
    now = {alert.id: alert for alert in before} | {c.alert.id: c.alert for c in mended}
    passing = (*late, *_differences(found, differing))
    changes = _reconciled(found, judgement, now, occasion, passing)
    now |= {change.alert.id: change.alert for change in changes}
    return _Look(
        found=found,
        occasion=occasion,
        judgement=judgement,
        before=before,
        unjudged=unjudged,
        late=late,
        known=known,
        differing=differing,
        mended=mended,
        changes=changes,
        judged=_judged(clinic, found, basis, comparing.seals(judgement, now.values())),
    )


def _otherwise(papers: _Papers, judgement: Judgement, known: Judged) -> frozenset[str]:
    """The rules of which the last judgement, made again of the same answers, is another.

    Only where today's judgement is another has it to be made again: time may have passed.
    """
    if not comparing.comes_out_otherwise(known.seals, judgement):
        return frozenset()
    then = papers.episode.procedure.date + dt.timedelta(days=known.day)
    return comparing.comes_out_otherwise(known.seals, evaluate(papers.course(then)))


def _told_late(found: Course, judgement: Judgement, new: Collection[str]) -> tuple[Finding, ...]:
    """What is red in reports that have just come in, and is not so any more by newer ones.

    Somebody said it, and nobody has been told: a kiosk that was cut off, a page of paper, a phone
    call in between. `new` are the ids of the submissions that no rule has seen. An import is
    history, and told as such.
    """
    told: dict[tuple[str, str, str], Finding] = {}
    for count, report in enumerate(found.reports[:-1], start=1):
        submission = report.submission
        if submission.id in new and submission.entered_by != "import":
            for finding in evaluate(found.until(report.day, count)).findings:
                said = any(e.submission_id == submission.id for e in finding.evidence)
                if finding.priority is Priority.RED and said:
                    told[finding.key] = finding
    holding = {finding.key for finding in judgement.findings}
    return tuple(finding for key, finding in told.items() if key not in holding)


def _differences(found: Course, differing: tuple[str, ...]) -> Iterator[Finding]:
    """That stored alerts were not what they had to be; they are put right as they are found."""
    if differing:
        watching = (rule for rule in found.protocol.rules if isinstance(rule, Monitoring))
        yield from (rule.differs(found.today, differing) for rule in watching)


def _reconciled(
    found: Course,
    judgement: Judgement,
    alerts: Mapping[str, Alert],
    occasion: Occasion,
    passing: tuple[Finding, ...],
) -> tuple[Change, ...]:
    """What the judgement changes, and the alerts of what was so once and is over by now.

    Those are raised and their condition has ended at once: were it found again at the next look,
    it would be raised again.
    """
    if not passing:
        return _changes(found, judgement, alerts, occasion)
    told = replace(judgement, findings=(*judgement.findings, *passing))
    changes = _changes(found, told, alerts, occasion)
    after = {**alerts, **{change.alert.id: change.alert for change in changes}}
    return (*changes, *_changes(found, judgement, after, occasion))


def _changes(
    found: Course, judgement: Judgement, alerts: Mapping[str, Alert], occasion: Occasion
) -> tuple[Change, ...]:
    return reconcile(
        found.episode.id, judgement, alerts.values(), occasion, lambda: str(uuid.uuid4())
    )


def _keep(clinic: Clinic, work: Work, look: _Look, cause: Cause) -> Outcome:
    """Write what a look found."""
    if look.differing:
        cause = "repair"
    elif look.known is not None and look.known.protocol_hash != look.judged.protocol_hash:
        cause = "protocol_changed"
    elif cause == "time" and look.unjudged:
        cause = _arrived(clinic, work, look.unjudged)
    versions = {alert.id: alert.version for alert in look.before}
    for change in (*look.mended, *look.changes):
        write(work, change, look.occasion.day, versions.get(change.alert.id, 0), cause)
        versions[change.alert.id] = change.alert.version
    for waiting in look.unjudged:
        work.submissions.mark(replace(waiting, state="evaluated", error=""))
    work.judgements.set(look.judged)
    changes = (*look.mended, *look.changes)
    findings = (*look.judgement.findings, *look.late)
    return Outcome(findings, changes, differing=look.differing)


def _arrived(clinic: Clinic, work: Work, unjudged: Iterable[Evaluation]) -> Cause:
    """How what waited had come; of several, what must be told first."""
    waited = [work.submissions.get(waiting.submission_id) for waiting in unjudged]
    known = work.submissions.of_episode(waited[0].episode_id)
    came = {arrival(s, known, clinic.local_date(s.received_at)) for s in waited}
    return next(how for how in ARRIVALS if how in came)


def occasion_of(clinic: Clinic, found: Course) -> Occasion:
    """The judgement of a course, made now."""
    date = found.episode.procedure.date + dt.timedelta(days=found.today)
    return Occasion(clinic.now(), found.today, date, found.protocol)


def _judged(clinic: Clinic, found: Course, basis: str, seals: comparing.Seals) -> Judged:
    due = next_due(found)
    start = found.episode.procedure.date

    def date(day: int) -> dt.date:
        return start + dt.timedelta(days=day)

    return Judged(
        episode_id=found.episode.id,
        at=clinic.now(),
        day=postoperative_day(start, clinic.today()),
        protocol_hash=found.protocol.content_hash,
        program=clinic.program,
        basis=basis,
        seals=seals,
        opens_on=date(due.opens_day) if due else None,
        due_on=date(due.due_day) if due else None,
        closes_on=date(due.closes_day) if due else None,
        extra=due is not None and due.slot is None,
        silence=silence_of(found),
    )


def _basis(papers: _Papers, found: Course) -> str:
    """A digest of all that a judgement follows from, but for the day."""
    episode = papers.episode
    return comparing.seal(
        papers.protocol.content_hash,
        episode.procedure,
        episode.own_windows,
        episode.own_baselines,
        episode.followed_from,
        episode.pauses,
        episode.ended_as,
        episode.ended_on,
        papers.superseded,
        *(report.submission.id for report in found.reports),
    )


def write(work: Work, change: Change, day: int, seen_version: int, cause: Cause = "") -> None:
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
                at=change.at,
                by=change.by,
                happening=change.happening,
                state=alert.state,
                day=day,
                stage=alert.finding.stage,
                priority=alert.priority,
                note=change.note,
                cause=cause,
                until=alert.until,
                outcome=alert.outcome,
                useful=alert.useful,
            )
        )
