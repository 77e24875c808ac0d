"""Recording what patients answer: answers first, judgement second."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from monitor.domain.alert import Cause
from monitor.domain.finding import Finding
from monitor.domain.protocol import Priority, Protocol
from monitor.domain.submission import Answer, EnteredBy, Submission, arrival, faults_in
from monitor.services import evaluation
from monitor.services.alerts import clean
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Conflict, Refusal, Unavailable, Work

CHANGED = frozenset({"submissions", "alerts"})


@dataclass(frozen=True)
class Completed:
    """A form as it was filled in. `id` was made before the first answer.

    `part_of` is empty for a whole form; for a part of one, the id that the whole has.
    `started_at` is when its first question was shown, None where nobody measured it.
    """

    id: str
    episode_id: str
    form: str
    answers: tuple[Answer, ...]
    answered_at: dt.datetime
    entered_by: EnteredBy = "patient"
    device: str = ""
    part_of: str = ""
    started_at: dt.datetime | None = None


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


@needs("kiosk")
def record(clinic: Clinic, completed: Completed) -> Receipt:
    """Store a completed form, then let the rules judge its episode.

    Two units of work: the answers are safe whatever the rules do. The draft of a visit goes
    as its whole form is stored. Sending the same form again changes nothing. Refuses with
    Refusal("bad_submission") naming every fault, Refusal("unknown_episode") or
    Refusal("episode_closed"), and Conflict if the id was used for other answers.
    """
    now = clinic.now()

    def written(protocol: Protocol) -> Submission:
        return Submission(
            **vars(completed),
            local_date=clinic.local_date(min(completed.answered_at, now)),
            received_at=now,
            protocol_version=protocol.version,
            protocol_hash=protocol.content_hash,
        )

    return _judged(clinic, _store(clinic, completed.episode_id, written))


@needs("enter")
def correct(
    clinic: Clinic, submission_id: str, new_id: str, answers: tuple[Answer, ...], reason: str
) -> Receipt:
    """Put other answers in the place of a stored report; without any, only take it back.

    The report stays stored and is never looked at again; the new one stands on its day, with
    `reason` and whoever acts here. Judged at once. Sending the same correction again changes
    nothing. Refuses with Refusal("no_reason"), Refusal("unknown_submission"),
    Conflict("already_corrected", by=…, at=…) and as `record` does.
    """
    if not reason.strip():
        raise Refusal("no_reason")
    with clinic.store.read() as work:
        wrong = work.submissions.get(submission_id)

    def written(protocol: Protocol) -> Submission:
        return replace(
            wrong,
            id=new_id,
            answers=answers,
            received_at=clinic.now(),
            protocol_version=protocol.version,
            protocol_hash=protocol.content_hash,
            device=clinic.station,
            part_of="",
            corrects=wrong.id,
            reason=clean(reason),
        )

    return _judged(clinic, _store(clinic, wrong.episode_id, written))


@needs("monitor")
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


@dataclass(frozen=True)
class _Stored:
    """A submission that is safe, whether it is `new`, and why its episode is to be judged."""

    submission: Submission
    new: bool
    cause: Cause


def _store(clinic: Clinic, episode_id: str, written: Callable[[Protocol], Submission]) -> _Stored:
    with clinic.store.begin() as work:
        episode = work.episodes.get(episode_id)
        protocol = clinic.protocols.current(episode.protocol_id)
        submission = written(protocol)
        known = work.submissions.of_episode(episode_id)
        cause = arrival(submission, known, clinic.today())
        work.drafts.remove(submission.id)  # the id of a visit is that of its whole form
        if there := _already_there(work, submission):
            work.commit()
            return _Stored(there, False, cause)
        _refuse_second_correction(clinic, work, submission, known)
        if not episode.is_open:
            raise Refusal("episode_closed")
        if faults := list(faults_in(submission, protocol)):
            listed = "; ".join(f"{f.code} {f.item} {f.value}".strip() for f in faults)
            raise Refusal("bad_submission", faults=listed)
        work.submissions.add(submission)
        action = "submission_corrected" if submission.corrects else "submission_recorded"
        work.audit.add(clinic.signed(action, submission.id, submission.reason))
        work.commit()
    return _Stored(submission, True, cause)


def _refuse_second_correction(
    clinic: Clinic, work: Work, submission: Submission, known: Iterable[Submission]
) -> None:
    """Refuse, with who and when, to correct what somebody else has corrected."""
    for other in known:
        if submission.corrects and other.corrects == submission.corrects:
            first = work.audit.of_subject(other.id)[0]
            at = first.at.astimezone(clinic.zone)
            raise Conflict("already_corrected", by=first.actor, at=f"{at:%Y-%m-%d %H:%M}")


def _judged(clinic: Clinic, stored: _Stored) -> Receipt:
    """Judge the episode of a stored submission, and the patient's others that it may speak to.

    The answers are safe, and so is what was raised: a store that leaves on the way costs the rest.
    """
    submission = stored.submission
    outcomes: list[evaluation.Outcome] = []
    due_on = None
    with contextlib.suppress(Unavailable):
        outcomes.append(evaluation.judge(clinic, submission.episode_id, stored.cause))
        with clinic.store.read() as work:
            episode = work.episodes.get(submission.episode_id)
            judged = work.judgements.get(episode.id)
            others = work.episodes.of_patient(episode.patient_id)
        due_on = judged.due_on if judged and not outcomes[0].error else None
        open_ids = (e.id for e in others if e.is_open and e.id != episode.id)
        outcomes += evaluation.judge_all(clinic, open_ids, cause=stored.cause).values()
    urgent = (f.rule for o in outcomes for f in o.findings if _is_urgent(f, submission))
    return Receipt(
        submission_id=submission.id,
        new=stored.new,
        evaluated=bool(outcomes) and not any(o.error for o in outcomes),
        urgent=tuple(dict.fromkeys(urgent)),
        next_due=due_on,
        received_at=submission.received_at,
        changed=CHANGED,
    )


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
