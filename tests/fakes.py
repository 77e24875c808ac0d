"""Stand-ins for the ports, held to the same contract as the real store (tests/storage)."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace

from monitor.domain.alert import Alert, Event, State
from monitor.domain.episode import CANARY, Episode, Patient
from monitor.domain.protocol import Protocol as CareProtocol
from monitor.domain.submission import Submission
from monitor.domain.urgency import urgency
from monitor.domain.visit import Draft
from monitor.services.ports import (
    Asked,
    Attempt,
    AuditLine,
    Call,
    Canary,
    Conflict,
    Contact,
    DeskCode,
    Evaluation,
    EvaluationState,
    Guessed,
    Heartbeat,
    Judged,
    Refusal,
    Sweep,
    Tally,
    Unavailable,
    Waiting,
)
from tests.builders import instant

TURN_SECONDS = 5.0


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: dt.datetime | None = None) -> None:
        self._now = at or instant(0)

    def now(self) -> dt.datetime:
        return self._now

    def set(self, at: dt.datetime) -> None:
        """Move to an aware instant, also back."""
        if at.tzinfo is None:
            raise ValueError("a clock shows aware instants")
        self._now = at.astimezone(dt.UTC)

    def advance(self, **duration: float) -> None:
        """Move on by a duration in the words of timedelta: days=1, hours=2."""
        self._now += dt.timedelta(**duration)


class FakeProtocols:
    """The protocols it was given, by their id."""

    def __init__(self, *protocols: CareProtocol) -> None:
        self._protocols = {protocol.id: protocol for protocol in protocols}

    def current(self, protocol_id: str) -> CareProtocol:
        if protocol_id not in self._protocols:
            raise Refusal("unknown_protocol", protocol=protocol_id)
        return self._protocols[protocol_id]

    def ids(self) -> Iterable[str]:
        return tuple(self._protocols)


@dataclass
class Shelves:
    """All that a store holds. The records are frozen, so copying the shelves is enough."""

    patients: dict[str, Patient] = field(default_factory=dict)
    episodes: dict[str, Episode] = field(default_factory=dict)
    submissions: dict[str, Submission] = field(default_factory=dict)
    evaluations: dict[str, Evaluation] = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    contacts: dict[str, Contact] = field(default_factory=dict)
    audit: list[AuditLine] = field(default_factory=list)
    sweeps: list[Sweep] = field(default_factory=list)
    judgements: dict[str, Judged] = field(default_factory=dict)
    heartbeats: dict[tuple[str, str], Heartbeat] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)
    desk_codes: dict[tuple[str, dt.date], DeskCode] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    calls: dict[str, Call] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Shelves:
        return Shelves(**{shelf.name: getattr(self, shelf.name).copy() for shelf in fields(self)})


class Shelf:
    """What the collections share: the shelves, and the right to change them."""

    def __init__(self, shelves: Shelves, writable: bool) -> None:
        self._at = shelves
        self._writable = writable

    def _writing(self) -> Shelves:
        if not self._writable:
            raise RuntimeError("this unit of work only reads")
        return self._at

    def _need_episode(self, episode_id: str) -> None:
        if episode_id not in self._at.episodes:
            raise Refusal("unknown_episode", episode=episode_id)


class FakePatients(Shelf):
    def add(self, patient: Patient) -> None:
        at = self._writing()
        if patient.id in at.patients:
            raise Conflict("id_taken", id=patient.id)
        if self.by_number(patient.number):
            raise Conflict("number_taken", number=patient.number)
        at.patients[patient.id] = patient

    def get(self, patient_id: str) -> Patient:
        if patient_id not in self._at.patients:
            raise Refusal("unknown_patient", patient=patient_id)
        return self._at.patients[patient_id]

    def by_number(self, number: str) -> Patient | None:
        return next((p for p in self._at.patients.values() if p.number == number), None)

    def all(self) -> tuple[Patient, ...]:
        def name(patient: Patient) -> tuple[str, str, str]:
            return (patient.family_name.casefold(), patient.given_name.casefold(), patient.number)

        return tuple(sorted(self._at.patients.values(), key=name))


class FakeEpisodes(Shelf):
    def add(self, episode: Episode) -> None:
        at = self._writing()
        if episode.id in at.episodes:
            raise Conflict("id_taken", id=episode.id)
        if episode.patient_id not in at.patients:
            raise Refusal("unknown_patient", patient=episode.patient_id)
        at.episodes[episode.id] = episode

    def get(self, episode_id: str) -> Episode:
        self._need_episode(episode_id)
        return self._at.episodes[episode_id]

    def save(self, episode: Episode) -> None:
        at = self._writing()
        self._need_episode(episode.id)
        at.episodes[episode.id] = episode

    def of_patient(self, patient_id: str) -> tuple[Episode, ...]:
        own = [e for e in self._at.episodes.values() if e.patient_id == patient_id]
        own.sort(key=lambda e: e.id)
        return tuple(sorted(own, key=lambda e: e.procedure.date, reverse=True))

    def open_ids(self) -> tuple[str, ...]:
        return tuple(sorted(e.id for e in self._at.episodes.values() if e.is_open))


class FakeSubmissions(Shelf):
    def add(self, submission: Submission) -> bool:
        at = self._writing()
        there = at.submissions.get(submission.id)
        if there is not None:
            if replace(there, received_at=submission.received_at) != submission:
                raise Conflict("submission_differs", submission=submission.id)
            return False
        self._need_episode(submission.episode_id)
        at.submissions[submission.id] = submission
        at.evaluations[submission.id] = Evaluation(submission.id, submission.episode_id, "waiting")
        return True

    def get(self, submission_id: str) -> Submission:
        if submission_id not in self._at.submissions:
            raise Refusal("unknown_submission", submission=submission_id)
        return self._at.submissions[submission_id]

    def has(self, submission_id: str) -> bool:
        return submission_id in self._at.submissions

    def of_episode(self, episode_id: str) -> tuple[Submission, ...]:
        own = [s for s in self._at.submissions.values() if s.episode_id == episode_id]
        return tuple(sorted(own, key=lambda s: (s.answered_at, s.id)))

    def mark(self, evaluation: Evaluation) -> None:
        at = self._writing()
        if evaluation.submission_id not in at.submissions:
            raise Refusal("unknown_submission", submission=evaluation.submission_id)
        at.evaluations[evaluation.submission_id] = evaluation

    def evaluations(self, *states: EvaluationState, of_episode: str = "") -> tuple[Evaluation, ...]:
        def received(evaluation: Evaluation) -> tuple[dt.datetime, str]:
            submission = self._at.submissions[evaluation.submission_id]
            return (submission.received_at, submission.id)

        found = [e for e in self._at.evaluations.values() if e.state in states]
        of_one = [e for e in found if of_episode in ("", e.episode_id)]
        return tuple(sorted(of_one, key=received))

    def count(self) -> int:
        return len(self._at.submissions)

    def states(self) -> Mapping[EvaluationState, int]:
        return dict(Counter(evaluation.state for evaluation in self._at.evaluations.values()))

    def last_dates(self) -> Mapping[str, dt.date]:
        latest: dict[str, dt.date] = {}
        for submission in self._at.submissions.values():
            known = latest.get(submission.episode_id, submission.local_date)
            latest[submission.episode_id] = max(known, submission.local_date)
        return latest


class FakeAlerts(Shelf):
    def add(self, alert: Alert) -> None:
        at = self._writing()
        if alert.id in at.alerts:
            raise Conflict("id_taken", id=alert.id)
        self._need_episode(alert.episode_id)
        self._need_key_free(alert)
        at.alerts[alert.id] = alert

    def save(self, alert: Alert, seen_version: int) -> None:
        at = self._writing()
        there = self.get(alert.id)
        if there.version != seen_version:
            raise Conflict(
                "alert_changed",
                by=there.changed_by,
                at=there.changed_at.astimezone(dt.UTC).isoformat(),
                state=there.state.value,
            )
        self._need_key_free(alert)
        at.alerts[alert.id] = alert

    def _need_key_free(self, alert: Alert) -> None:
        for other in self._at.alerts.values():
            same = (other.episode_id, other.finding.key) == (alert.episode_id, alert.finding.key)
            if same and other.is_open and alert.is_open and other.id != alert.id:
                raise Conflict("alert_open", rule=alert.finding.rule)

    def get(self, alert_id: str) -> Alert:
        if alert_id not in self._at.alerts:
            raise Refusal("unknown_alert", alert=alert_id)
        return self._at.alerts[alert_id]

    def of_episode(self, episode_id: str) -> tuple[Alert, ...]:
        own = [a for a in self._at.alerts.values() if a.episode_id == episode_id]
        return tuple(sorted(own, key=lambda a: (a.raised_at, a.id)))

    def add_event(self, event: Event) -> None:
        at = self._writing()
        self.get(event.alert_id)
        at.events.append(event)

    def events(self, alert_id: str) -> tuple[Event, ...]:
        return tuple(e for e in self._at.events if e.alert_id == alert_id)

    def waiting(self, now: dt.datetime, today: dt.date) -> tuple[Waiting, ...]:
        def with_patient(alert: Alert) -> Waiting:
            episode = self._at.episodes[alert.episode_id]
            return Waiting(alert, self._at.patients[episode.patient_id], episode)

        waiting = [alert for alert in self._at.alerts.values() if alert.is_open]
        waiting.sort(key=lambda alert: urgency(alert, now, today))
        return tuple(map(with_patient, waiting))

    def count(self) -> int:
        return len({event.alert_id for event in self._at.events})

    def states(self) -> Mapping[State, int]:
        return dict(Counter(alert.state for alert in self._at.alerts.values()))

    def tallies(self) -> tuple[Tally, ...]:
        raised = [a for a in self._at.alerts.values() if a.episode_id != CANARY]

        def tally(rule: str) -> Tally:
            own = [a for a in raised if a.finding.rule == rule]
            return Tally(
                rule,
                len(own),
                sum(a.is_open for a in own),
                sum(a.useful == "useful" for a in own),
                sum(a.useful == "not_useful" for a in own),
            )

        return tuple(map(tally, sorted({a.finding.rule for a in raised})))


class FakeContacts(Shelf):
    def add(self, contact: Contact) -> None:
        at = self._writing()
        if contact.id in at.contacts:
            raise Conflict("id_taken", id=contact.id)
        self._need_episode(contact.episode_id)
        at.contacts[contact.id] = contact

    def of_episode(self, episode_id: str) -> tuple[Contact, ...]:
        own = [c for c in self._at.contacts.values() if c.episode_id == episode_id]
        return tuple(sorted(own, key=lambda c: (c.date, c.id)))


class FakeAudit(Shelf):
    def add(self, line: AuditLine) -> None:
        self._writing().audit.append(line)

    def of_subject(self, subject: str) -> tuple[AuditLine, ...]:
        own = [line for line in self._at.audit if line.subject == subject]
        return tuple(sorted(own, key=lambda line: line.at))


class FakeSweeps(Shelf):
    def add(self, sweep: Sweep) -> None:
        self._writing().sweeps.append(sweep)

    def last(self) -> Sweep | None:
        return self._at.sweeps[-1] if self._at.sweeps else None


class FakeJudgements(Shelf):
    def set(self, judged: Judged) -> None:
        at = self._writing()
        self._need_episode(judged.episode_id)
        at.judgements[judged.episode_id] = judged

    def get(self, episode_id: str) -> Judged | None:
        return self._at.judgements.get(episode_id)

    def asked(self) -> tuple[Asked, ...]:
        def with_patient(judged: Judged) -> Asked:
            episode = self._at.episodes[judged.episode_id]
            return Asked(judged, self._at.patients[episode.patient_id], episode)

        def due(one: Asked) -> tuple[dt.date, str]:
            assert one.judged.due_on is not None, "an extra report has a day on which it is due"
            return (one.judged.due_on, one.episode.id)

        extra = (with_patient(judged) for judged in self._at.judgements.values() if judged.extra)
        return tuple(sorted((one for one in extra if one.episode.is_open), key=due))


class FakeHeartbeats(Shelf):
    def set(self, heartbeat: Heartbeat) -> None:
        self._writing().heartbeats[heartbeat.role, heartbeat.station] = heartbeat

    def all(self) -> tuple[Heartbeat, ...]:
        return tuple(beat for _, beat in sorted(self._at.heartbeats.items()))


class FakeCanaries(Shelf):
    def add(self, canary: Canary) -> None:
        self._writing().canaries.append(canary)

    def last(self) -> Canary | None:
        return self._at.canaries[-1] if self._at.canaries else None

    def last_through(self) -> Canary | None:
        return next((canary for canary in reversed(self._at.canaries) if not canary.fault), None)


class FakeDrafts(Shelf):
    def set(self, draft: Draft) -> None:
        at = self._writing()
        self._need_episode(draft.episode_id)
        at.drafts[draft.id] = draft

    def get(self, draft_id: str) -> Draft | None:
        return self._at.drafts.get(draft_id)

    def of_episode(self, episode_id: str) -> tuple[Draft, ...]:
        own = sorted(
            (d for d in self._at.drafts.values() if d.episode_id == episode_id),
            key=lambda draft: draft.id,
        )
        return tuple(sorted(own, key=lambda draft: draft.saved_at, reverse=True))

    def saved_before(self, instant: dt.datetime) -> tuple[Draft, ...]:
        old = (draft for draft in self._at.drafts.values() if draft.saved_at < instant)
        return tuple(sorted(old, key=lambda draft: (draft.saved_at, draft.id)))

    def remove(self, draft_id: str) -> None:
        self._writing().drafts.pop(draft_id, None)

    def count(self) -> int:
        return len(self._at.drafts)


class FakeDeskCodes(Shelf):
    def add(self, code: DeskCode) -> None:
        at = self._writing()
        self._need_episode(code.episode_id)
        if (code.digest, code.date) in at.desk_codes:
            raise Conflict("code_taken")
        for key, other in list(at.desk_codes.items()):
            same = (other.episode_id, other.date) == (code.episode_id, code.date)
            if same and other.used_at is None:
                del at.desk_codes[key]
        at.desk_codes[code.digest, code.date] = code

    def get(self, digest: str, date: dt.date) -> DeskCode | None:
        return self._at.desk_codes.get((digest, date))

    def use(self, digest: str, date: dt.date, at: dt.datetime) -> None:
        shelves = self._writing()
        code = shelves.desk_codes.get((digest, date))
        if code is None:
            raise Refusal("unknown_code")
        if code.used_at is not None:
            raise Conflict("code_used")
        shelves.desk_codes[digest, date] = replace(code, used_at=at)


class FakeAttempts(Shelf):
    def add(self, attempt: Attempt) -> None:
        self._writing().attempts.append(attempt)

    def since(
        self, instant: dt.datetime, *kinds: Guessed, station: str = "", subject: str = ""
    ) -> tuple[Attempt, ...]:
        return tuple(
            attempt
            for attempt in self._at.attempts
            if attempt.at >= instant
            and attempt.kind in kinds
            and station in ("", attempt.station)
            and subject in ("", attempt.subject)
        )

    def remove_before(self, instant: dt.datetime) -> None:
        at = self._writing()
        at.attempts = [attempt for attempt in at.attempts if attempt.at >= instant]


class FakeCalls(Shelf):
    def add(self, call: Call) -> None:
        at = self._writing()
        if call.id in at.calls:
            raise Conflict("id_taken", id=call.id)
        at.calls[call.id] = call

    def waiting(self) -> tuple[Call, ...]:
        open_calls = (call for call in self._at.calls.values() if call.answered_at is None)
        return tuple(sorted(open_calls, key=lambda call: (call.at, call.id)))

    def answer(self, call_id: str, by: str, at: dt.datetime) -> None:
        shelves = self._writing()
        if call_id not in shelves.calls:
            raise Refusal("unknown_call")
        call = shelves.calls[call_id]
        if call.answered_at is not None:
            raise Conflict("call_answered", by=call.answered_by)
        shelves.calls[call_id] = replace(call, answered_at=at, answered_by=by)


class FakeSecrets(Shelf):
    def get(self, name: str) -> str:
        return self._at.secrets.get(name, "")

    def set(self, name: str, value: str) -> None:
        self._writing().secrets[name] = value


class FakeWork:
    """A unit of work on a copy of the shelves; `commit` hands the copy in."""

    def __init__(self, shelves: Shelves, keep: Callable[[Shelves], None] | None) -> None:
        writable = keep is not None
        self._shelves = shelves
        self._keep = keep
        self.patients = FakePatients(shelves, writable)
        self.episodes = FakeEpisodes(shelves, writable)
        self.submissions = FakeSubmissions(shelves, writable)
        self.alerts = FakeAlerts(shelves, writable)
        self.contacts = FakeContacts(shelves, writable)
        self.audit = FakeAudit(shelves, writable)
        self.sweeps = FakeSweeps(shelves, writable)
        self.judgements = FakeJudgements(shelves, writable)
        self.heartbeats = FakeHeartbeats(shelves, writable)
        self.canaries = FakeCanaries(shelves, writable)
        self.drafts = FakeDrafts(shelves, writable)
        self.desk_codes = FakeDeskCodes(shelves, writable)
        self.attempts = FakeAttempts(shelves, writable)
        self.calls = FakeCalls(shelves, writable)
        self.secrets = FakeSecrets(shelves, writable)

    def commit(self) -> None:
        if self._keep is None:
            raise RuntimeError("this unit of work only reads")
        self._keep(self._shelves.copy())


class FakeStore:
    """A store in memory. Set `fault` to have the next units of work refused with Unavailable."""

    def __init__(self) -> None:
        self.fault = ""
        self._kept = Shelves()
        self._turn = threading.Lock()

    @contextmanager
    def begin(self) -> Iterator[FakeWork]:
        self._need_health()
        if not self._turn.acquire(timeout=TURN_SECONDS):
            raise Unavailable("Another unit of work is still open.")
        try:
            yield FakeWork(self._kept.copy(), self._keep)
        finally:
            self._turn.release()

    @contextmanager
    def read(self) -> Iterator[FakeWork]:
        self._need_health()
        yield FakeWork(self._kept.copy(), None)

    def tamper(self, alert_id: str, alert: Alert | None) -> None:
        """Put another alert in the place of a stored one, or nothing, as a fault might."""
        kept = self._kept.copy()
        kept.alerts.pop(alert_id)
        if alert is not None:
            kept.alerts[alert_id] = alert
        self._kept = kept

    def rewrite(self, submission: Submission) -> None:
        """Put another submission in the place of a stored one, as a fault might."""
        kept = self._kept.copy()
        kept.submissions[submission.id] = submission
        self._kept = kept

    def forget_evaluation(self, submission_id: str) -> None:
        """Lose what is known of a submission's evaluation, as a fault might."""
        kept = self._kept.copy()
        kept.evaluations.pop(submission_id)
        self._kept = kept

    def close(self) -> None:
        self.fault = "The store is closed."

    def _need_health(self) -> None:
        if self.fault:
            raise Unavailable(self.fault)

    def _keep(self, shelves: Shelves) -> None:
        self._kept = shelves
