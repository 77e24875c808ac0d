"""Recording what patients answer: answers first, judgement second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from monitor.domain.episode import postoperative_day
from monitor.domain.finding import Finding
from monitor.domain.protocol import Priority
from monitor.domain.submission import Answer, EnteredBy, Submission, faults_in
from monitor.services import evaluation
from monitor.services.clinic import Clinic
from monitor.services.ports import Conflict, Refusal, Unavailable, Work

CHANGED = frozenset({"submissions", "alerts"})


@dataclass(frozen=True)
class Completed:
    """A form as it was filled in. `id` was made before the first answer.

    `part_of` is empty for a whole form; for a part of one, the id that the whole has.
    """

    id: str
    episode_id: str
    form: str
    answers: tuple[Answer, ...]
    answered_at: dt.datetime
    entered_by: EnteredBy = "patient"
    device: str = ""
    part_of: str = ""


@dataclass(frozen=True)
class Receipt:
    """What became of a submission.

    `new` is False if it was there already. `evaluated` is False if the rules could not judge
    it: it is stored all the same, is shown as waiting, and the sweep tries again. `urgent`
    names the rules whose red findings rest on it; `next_due` the next report.
    """

    submission_id: str
    new: bool
    evaluated: bool
    urgent: tuple[str, ...]
    next_due: dt.date | None
    received_at: dt.datetime
    changed: frozenset[str]


def record(clinic: Clinic, completed: Completed) -> Receipt:
    """Store a completed form, then let the rules judge its episode.

    Two units of work: the answers are safe whatever the rules do. Sending the same form
    again changes nothing. Refuses with Refusal("bad_submission") naming every fault,
    Refusal("unknown_episode") or Refusal("episode_closed"), and Conflict if the id was used
    for other answers.
    """
    submission, new = _store(clinic, completed)
    try:
        outcome = evaluation.judge(clinic, completed.episode_id)
    except Unavailable:
        outcome = evaluation.Outcome(error="unavailable")  # stored, waiting, and visible as that
    return Receipt(
        submission_id=submission.id,
        new=new,
        evaluated=not outcome.error,
        urgent=tuple(f.rule for f in outcome.findings if _is_urgent(f, submission)),
        next_due=_next_due(clinic, completed.episode_id),
        received_at=submission.received_at,
        changed=CHANGED,
    )


def evaluate_waiting(
    clinic: Clinic, progress: Callable[[int, int], None] | None = None
) -> tuple[str, ...]:
    """Judge every episode with submissions that the rules have not seen or failed on.

    One unit of work each; one that fails stays visible and does not stop the others. Returns
    the ids of the episodes that failed; `progress` hears (done, total). Raises Unavailable where
    the store does not answer; what was not judged goes on waiting.
    """
    with clinic.store.read() as work:
        waiting = work.submissions.evaluations(*evaluation.UNJUDGED)
    outcomes = evaluation.judge_all(clinic, (w.episode_id for w in waiting), progress)
    return tuple(episode_id for episode_id, outcome in outcomes.items() if outcome.error)


def _store(clinic: Clinic, completed: Completed) -> tuple[Submission, bool]:
    now = clinic.now()
    with clinic.store.begin() as work:
        episode = work.episodes.get(completed.episode_id)
        protocol = clinic.protocols.current(episode.protocol_id)
        submission = Submission(
            id=completed.id,
            episode_id=episode.id,
            form=completed.form,
            answers=completed.answers,
            answered_at=completed.answered_at,
            local_date=clinic.local_date(min(completed.answered_at, now)),
            received_at=now,
            protocol_version=protocol.version,
            protocol_hash=protocol.content_hash,
            entered_by=completed.entered_by,
            device=completed.device,
            part_of=completed.part_of,
        )
        if known := _already_there(work, submission):
            return known, False
        if not episode.is_open:
            raise Refusal("episode_closed")
        if faults := list(faults_in(submission, protocol)):
            listed = "; ".join(f"{f.code} {f.item} {f.value}".strip() for f in faults)
            raise Refusal("bad_submission", faults=listed)
        work.submissions.add(submission)
        work.audit.add(clinic.signed("submission_recorded", submission.id))
        work.commit()
    return submission, True


def _already_there(work: Work, submission: Submission) -> Submission | None:
    """The same submission, stored before; the protocol may have changed since then."""
    try:
        known = work.submissions.get(submission.id)
    except Refusal:
        return None
    sent_again = replace(
        submission,
        local_date=known.local_date,
        received_at=known.received_at,
        protocol_version=known.protocol_version,
        protocol_hash=known.protocol_hash,
    )
    if sent_again != known:
        raise Conflict("submission_differs", submission=submission.id)
    return known


def _is_urgent(finding: Finding, submission: Submission) -> bool:
    """Whether a submission itself says what is red; what was red before has been told."""
    said = any(e.submission_id == submission.id for e in finding.evidence)
    return finding.priority is Priority.RED and said


def _next_due(clinic: Clinic, episode_id: str) -> dt.date | None:
    """The date of the next report, where the store still answers: the answers are safe by now."""
    try:
        with clinic.store.read() as work:
            episode = work.episodes.get(episode_id)
    except Unavailable:
        return None
    protocol = clinic.protocols.current(episode.protocol_id)
    today = postoperative_day(episode.procedure.date, clinic.today())
    for slot in protocol.slots_for(episode.procedure.profile):
        if slot.opens_day > today:
            return episode.procedure.date + dt.timedelta(days=slot.due_day)
    return None
