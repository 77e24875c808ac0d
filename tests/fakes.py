"""Stand-ins for the ports, held to the same contract as the real store (tests/storage)."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, fields, replace

from monitor.domain import silence
from monitor.domain.alert import Alert, Event, State
from monitor.domain.episode import CANARY, Episode, Patient
from monitor.domain.folding import digits, folded, folded_name, folded_number, sought
from monitor.domain.protocol import Priority
from monitor.domain.protocol import Protocol as CareProtocol
from monitor.domain.submission import Submission
from monitor.domain.urgency import urgency
from monitor.domain.visit import Draft
from monitor.services.ports import (
    Asked,
    Attempt,
    AuditLine,
    Batch,
    Call,
    Canary,
    Conflict,
    Contact,
    DeskCode,
    Evaluation,
    EvaluationState,
    Found,
    Guessed,
    Heartbeat,
    Judged,
    Listed,
    Refusal,
    Score,
    Sweep,
    Tally,
    Unavailable,
    User,
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
    users: dict[str, User] = field(default_factory=dict)
    looks: dict[tuple[str, str], dt.datetime] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)

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


def by_name(patient: Patient) -> tuple[str, str, str]:
    return (folded(patient.family_name), folded(patient.given_name), patient.number)


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

    def save(self, patient: Patient) -> None:
        at = self._writing()
        self.get(patient.id)
        holder = self.by_number(patient.number)
        if holder is not None and holder.id != patient.id:
            raise Conflict("number_taken", number=patient.number)
        at.patients[patient.id] = patient

    def remove(self, patient_id: str) -> None:
        at = self._writing()
        self.get(patient_id)
        if any(episode.patient_id == patient_id for episode in at.episodes.values()):
            raise Refusal("in_use")
        del at.patients[patient_id]

    def alike(
        self, number: str, family_name: str, given_name: str, birth_date: dt.date | None, phone: str
    ) -> tuple[Patient, ...]:
        family, given = folded(family_name), folded(given_name)

        def may_be(one: Patient) -> bool:
            same_family = bool(family) and folded(one.family_name) == family
            same_given = bool(given) and folded(one.given_name) == given
            return (
                (bool(number) and one.number == number)
                or (same_family and same_given)
                or (one.birth_date == birth_date and (same_family or same_given))
                or (bool(digits(phone)) and digits(one.phone) == digits(phone))
            )

        return tuple(one for one in self.all() if not one.is_canary and may_be(one))

    def all(self) -> tuple[Patient, ...]:
        return tuple(sorted(self._at.patients.values(), key=by_name))


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

    def remove(self, episode_id: str) -> None:
        at = self._writing()
        self._need_episode(episode_id)
        shelves = (at.submissions, at.alerts, at.contacts, at.drafts, at.desk_codes)
        if any(one.episode_id == episode_id for shelf in shelves for one in shelf.values()):
            raise Refusal("in_use")
        at.judgements.pop(episode_id, None)
        at.looks = {key: seen for key, seen in at.looks.items() if key[1] != episode_id}
        del at.episodes[episode_id]

    def of_patient(self, patient_id: str) -> tuple[Episode, ...]:
        own = [e for e in self._at.episodes.values() if e.patient_id == patient_id]
        own.sort(key=lambda e: e.id)
        return tuple(sorted(own, key=lambda e: e.procedure.date, reverse=True))

    def open_ids(self) -> tuple[str, ...]:
        return tuple(sorted(e.id for e in self._at.episodes.values() if e.is_open))

    def operators(self) -> tuple[str, ...]:
        return tuple(sorted({e.procedure.operator for e in self._at.episodes.values()} - {""}))


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
            patient = self._at.patients[episode.patient_id]
            one = FakeLists(self._at, False).listed(patient, episode)
            known = (one.last_report, one.received_at, one.due_on)
            return Waiting(alert, patient, episode, *known)

        waiting = [alert for alert in self._at.alerts.values() if alert.is_open]
        waiting.sort(key=lambda alert: urgency(alert, now, today))
        return tuple(map(with_patient, waiting))

    def unseen(self, priority: Priority) -> frozenset[str]:
        return frozenset(
            alert.id
            for alert in self._at.alerts.values()
            if alert.state is State.RAISED
            and alert.priority is priority
            and alert.episode_id != CANARY
        )

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

    def get(self, contact_id: str) -> Contact:
        if contact_id not in self._at.contacts:
            raise Refusal("unknown_contact", contact=contact_id)
        return self._at.contacts[contact_id]

    def of_episode(self, episode_id: str) -> tuple[Contact, ...]:
        own = [c for c in self._at.contacts.values() if c.episode_id == episode_id]
        return tuple(sorted(own, key=lambda c: c.date))

    def promised(self) -> Mapping[str, dt.date]:
        struck = {contact.strikes for contact in self._at.contacts.values()}
        newest = {
            contact.episode_id: contact
            for contact in self._at.contacts.values()
            if contact.result and contact.id not in struck
            if contact.result in ("reached", "refused") or contact.next_on is not None
        }
        return {
            episode_id: contact.next_on
            for episode_id, contact in newest.items()
            if contact.next_on is not None and self._at.episodes[episode_id].is_open
        }

    def recipients(self) -> tuple[str, ...]:
        last_first = reversed(self._at.contacts.values())
        return tuple(dict.fromkeys(contact.to for contact in last_first if contact.to))


class FakeAudit(Shelf):
    def add(self, line: AuditLine) -> None:
        self._writing().audit.append(line)

    def of_subject(self, subject: str) -> tuple[AuditLine, ...]:
        own = [line for line in self._at.audit if line.subject == subject]
        return tuple(sorted(own, key=lambda line: line.at))

    def find(
        self,
        first: dt.datetime,
        last: dt.datetime,
        *,
        actor: str = "",
        action: str = "",
        subjects: Collection[str] = (),
        limit: int = 500,
    ) -> tuple[AuditLine, ...]:
        fitting = [
            line
            for line in reversed(self._at.audit)
            if first <= line.at < last
            and actor in ("", line.actor)
            and action in ("", line.action)
            and (not subjects or line.subject in subjects)
        ]
        return tuple(sorted(fitting, key=lambda line: line.at, reverse=True)[:limit])


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


class FakeUsers(Shelf):
    def add(self, user: User) -> None:
        at = self._writing()
        if user.id in at.users:
            raise Conflict("id_taken", id=user.id)
        self._need_name_free(user)
        at.users[user.id] = user

    def _need_name_free(self, user: User) -> None:
        others = (one for one in self._at.users.values() if one.id != user.id)
        if any(one.name.casefold() == user.name.casefold() for one in others):
            raise Conflict("name_taken", name=user.name)

    def get(self, user_id: str) -> User:
        if user_id not in self._at.users:
            raise Refusal("unknown_user", user=user_id)
        return self._at.users[user_id]

    def save(self, user: User) -> None:
        at = self._writing()
        self.get(user.id)
        self._need_name_free(user)
        at.users[user.id] = user

    def all(self) -> tuple[User, ...]:
        return tuple(sorted(self._at.users.values(), key=lambda user: user.name.casefold()))


class FakeLooks(Shelf):
    def set(self, user: str, episode_id: str, at: dt.datetime) -> None:
        shelves = self._writing()
        self._need_episode(episode_id)
        shelves.looks[user, episode_id] = at

    def of_user(self, user: str) -> Mapping[str, dt.datetime]:
        return {episode: at for (who, episode), at in self._at.looks.items() if who == user}


class FakeBatches(Shelf):
    def add(self, batch: Batch) -> None:
        at = self._writing()
        if batch.id in at.batches:
            raise Conflict("id_taken", id=batch.id)
        at.batches[batch.id] = batch

    def get(self, batch_id: str) -> Batch:
        if batch_id not in self._at.batches:
            raise Refusal("unknown_batch")
        return self._at.batches[batch_id]

    def undone(self, batch_id: str, at: dt.datetime) -> None:
        shelves = self._writing()
        batch = self.get(batch_id)
        if batch.undone_at is not None:
            raise Conflict("batch_undone")
        shelves.batches[batch_id] = replace(batch, undone_at=at)

    def all(self) -> tuple[Batch, ...]:
        in_order = sorted(self._at.batches.values(), key=lambda batch: batch.id)
        return tuple(sorted(in_order, key=lambda batch: batch.at, reverse=True))


class FakeLists(Shelf):
    def find(self, words: Sequence[str], offset: int, limit: int) -> Found:
        wanted = sought(words)

        def fits(patient: Patient) -> bool:
            names = folded_name(patient).replace("|", " ").split()
            born = patient.birth_date.isoformat()
            rest = (folded_number(patient.number), born, digits(patient.phone))
            return all(
                any(name.startswith(word) for name in names) or any(word in one for one in rest)
                for word in wanted
            )

        def rank(patient: Patient) -> tuple[int, tuple[str, str, str]]:
            first = wanted[0] if wanted else ""
            is_number = folded_number(patient.number) in (*wanted, "".join(wanted))
            leads = bool(first) and folded(patient.family_name).startswith(first)
            return (0 if is_number else 1 if leads else 2, by_name(patient))

        fitting = sorted(filter(fits, self._people()), key=rank)
        shown = fitting[offset : offset + limit]
        return Found(len(fitting), tuple(self.listed(one, self._newest(one)) for one in shown))

    def silent(self) -> tuple[Listed, ...]:
        found = [one for one in self._open() if one.silence is not None]
        return tuple(sorted(found, key=self._by_silence))

    @staticmethod
    def _by_silence(one: Listed) -> tuple[int, dt.date, str]:
        assert one.silence is not None, "only the silent are sorted"
        assert one.episode is not None, "only episodes fall silent"
        return (*silence.order(one.silence), one.episode.id)

    def new_and_well(self, since: dt.datetime, today: dt.date) -> tuple[Listed, ...]:
        found = [
            (one.received_at, one)
            for one in sorted(self._open(), key=lambda one: one.episode.id if one.episode else "")
            if one.received_at is not None
            and one.received_at >= since
            and not self._was_seen(one)
            and self._is_well(one, today)
        ]
        return tuple(one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True))

    def _is_well(self, one: Listed, today: dt.date) -> bool:
        at = self._at
        assert one.episode is not None, "reports are of episodes"
        theirs = {e.id for e in at.episodes.values() if e.patient_id == one.patient.id}
        judged = at.judgements.get(one.episode.id)
        own = [s for s in at.submissions.values() if s.episode_id == one.episode.id]
        told = [at.evaluations[s.id] for s in own if s.id in at.evaluations]
        return not (
            any(a.is_open and a.episode_id in theirs for a in at.alerts.values())
            or any(evaluation.state != "evaluated" for evaluation in told)
            or any(s.local_date > today for s in own)
            or (judged is not None and (judged.extra or judged.silence is not None))
        )

    def _was_seen(self, one: Listed) -> bool:
        assert one.episode is not None, "reports are of episodes"
        assert one.received_at is not None, "there is a report to see"
        episode_id = one.episode.id
        looks = (at for (_, seen), at in self._at.looks.items() if seen == episode_id)
        return any(at >= one.received_at for at in looks)

    def of(self, episode_ids: Collection[str]) -> tuple[Listed, ...]:
        own = (e for e in self._at.episodes.values() if e.id in set(episode_ids))
        episodes = (e for e in own if e.patient_id != CANARY)
        return tuple(self.listed(self._at.patients[e.patient_id], e) for e in episodes)

    def namesakes(self, patients: Collection[Patient]) -> frozenset[str]:
        counts = Counter(map(folded_name, self._people()))
        return frozenset(one.id for one in patients if counts[folded_name(one)] > 1)

    def count(self) -> int:
        return len(self._people())

    def count_silent(self) -> int:
        return len(self.silent())

    def count_new_and_well(self, since: dt.datetime, today: dt.date) -> int:
        return len(self.new_and_well(since, today))

    def reported_on(self, date: dt.date) -> int:
        own = (s for s in self._at.submissions.values() if s.episode_id != CANARY)
        return len({s.episode_id for s in own if s.local_date == date})

    def scores(self, episode_ids: Collection[str], item: str) -> Mapping[str, tuple[Score, ...]]:
        found: dict[str, tuple[Score, ...]] = {}
        for episode_id in episode_ids:
            own = [s for s in self._at.submissions.values() if s.episode_id == episode_id]
            own.sort(key=lambda s: (s.answered_at, s.id))
            found[episode_id] = tuple(
                Score(s.local_date, s.answered_at, a.place.site, a.place.side, a.value)
                for s in own
                for a in s.answers
                if a.item == item and isinstance(a.value, int)
            )
        return found

    def _people(self) -> list[Patient]:
        return [one for one in self._at.patients.values() if not one.is_canary]

    def _open(self) -> Iterator[Listed]:
        for episode in self._at.episodes.values():
            patient = self._at.patients[episode.patient_id]
            if episode.is_open and not patient.is_canary:
                yield self.listed(patient, episode)

    def _newest(self, patient: Patient) -> Episode | None:
        own = sorted((e for e in self._at.episodes.values() if e.patient_id == patient.id),
                     key=lambda e: e.id)  # fmt: skip
        return max(own, key=lambda e: e.procedure.date, default=None)

    def listed(self, patient: Patient, episode: Episode | None) -> Listed:
        if episode is None:
            return Listed(patient)
        own = [s for s in self._at.submissions.values() if s.episode_id == episode.id]
        open_ones = [
            a.priority for a in self._at.alerts.values() if a.episode_id == episode.id and a.is_open
        ]
        judged = self._at.judgements.get(episode.id)
        return Listed(
            patient,
            episode,
            last_report=max((s.local_date for s in own), default=None),
            received_at=max((s.received_at for s in own), default=None),
            priority=min(open_ones, key=lambda p: p.rank, default=None),
            due_on=judged.due_on if judged else None,
            silence=judged.silence if judged else None,
        )


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
        self.users = FakeUsers(shelves, writable)
        self.looks = FakeLooks(shelves, writable)
        self.batches = FakeBatches(shelves, writable)
        self.lists = FakeLists(shelves, writable)

    def commit(self) -> None:
        if self._keep is None:
            raise RuntimeError("this unit of work only reads")
        self._keep(self._shelves.copy())


class FakeStore:
    """A store in memory. Set `fault` to have the next units of work refused with Unavailable."""

    def __init__(self) -> None:
        self.fault = ""
        self._kept = Shelves()
        self._stored = 0
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

    def revision(self) -> Hashable:
        self._need_health()
        return self._stored

    def tamper(self, alert_id: str, alert: Alert | None) -> None:
        """Put another alert in the place of a stored one, or nothing, as a fault might."""
        kept = self._kept.copy()
        kept.alerts.pop(alert_id)
        if alert is not None:
            kept.alerts[alert_id] = alert
        self._keep(kept)

    def rewrite(self, submission: Submission) -> None:
        """Put another submission in the place of a stored one, as a fault might."""
        kept = self._kept.copy()
        kept.submissions[submission.id] = submission
        self._keep(kept)

    def forget_evaluation(self, submission_id: str) -> None:
        """Lose what is known of a submission's evaluation, as a fault might."""
        kept = self._kept.copy()
        kept.evaluations.pop(submission_id)
        self._keep(kept)

    def close(self) -> None:
        self.fault = "The store is closed."

    def _need_health(self) -> None:
        if self.fault:
            raise Unavailable(self.fault)

    def _keep(self, shelves: Shelves) -> None:
        self._kept = shelves
        self._stored += 1


class StoreElsewhere:
    """A store that must never be asked on the thread that made this: the one of the windows."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store
        self._here = threading.get_ident()

    def begin(self) -> AbstractContextManager[FakeWork]:
        self._need_another_thread()
        return self._store.begin()

    def read(self) -> AbstractContextManager[FakeWork]:
        self._need_another_thread()
        return self._store.read()

    def revision(self) -> Hashable:
        self._need_another_thread()
        return self._store.revision()

    def close(self) -> None:
        self._store.close()

    def _need_another_thread(self) -> None:
        if threading.get_ident() == self._here:
            raise AssertionError("the database was asked on the thread of the windows")
