"""What the services need from outside: a store, a clock and protocols, and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from monitor.domain.alert import Alert, Event, State
from monitor.domain.episode import Episode, Patient
from monitor.domain.protocol import Priority
from monitor.domain.protocol import Protocol as CareProtocol
from monitor.domain.silence import Silence
from monitor.domain.submission import Submission
from monitor.domain.visit import Draft
from monitor.services.permissions import Role as UserRole
from monitor.services.refusals import Conflict as Conflict  # noqa: PLC0414 - one of the ports
from monitor.services.refusals import Refusal as Refusal  # noqa: PLC0414 - one of the ports
from monitor.services.refusals import Unavailable as Unavailable  # noqa: PLC0414 - one of the ports

EvaluationState = Literal["waiting", "evaluated", "failed"]


@dataclass(frozen=True)
class Evaluation:
    """Whether the rules have seen a submission; `failed` says what stopped them last."""

    submission_id: str
    episode_id: str
    state: EvaluationState
    attempts: int = 0
    error: str = ""


ATTEMPTS = ("phone", "in_person", "letter")
"""The kinds of contact with which a person tries to reach a patient."""

Result = Literal["", "reached", "no_answer", "wrong_number", "refused"]
"""What came of an attempt; "" where nobody tried to reach anybody."""


@dataclass(frozen=True)
class Contact:
    """Something that happened around an episode, or was written down about it.

    `kind` is an attempt ("phone", "in_person", "letter"), "note", "escalation", or one of the
    protocol's other kinds (a visit, a medicine that changed). `date` is the day on which it was,
    `at` when it was written down (None: not known). `findings` and `advice` are codes of the
    protocol. `next_on` is when the patient is to be contacted again, `to` whom it was escalated
    to, `alert_id` the alert it is about. `strikes` is the id of an earlier one that this one
    declares wrong; nothing is ever changed.
    """

    id: str
    episode_id: str
    date: dt.date
    kind: str
    text: str
    by: str
    at: dt.datetime | None = None
    result: Result = ""
    findings: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    next_on: dt.date | None = None
    to: str = ""
    alert_id: str = ""
    strikes: str = ""


@dataclass(frozen=True)
class AuditLine:
    """Who did what to what, when, where and why. Only ever added."""

    at: dt.datetime
    actor: str
    station: str
    action: str
    subject: str
    reason: str = ""


@dataclass(frozen=True)
class Sweep:
    """One pass over all open episodes.

    `alerts_changed` counts the alerts with something new, further evidence included; `failed`
    names the episodes that could not be judged, `differing` those whose stored alerts were not
    what their answers say.
    """

    started_at: dt.datetime
    finished_at: dt.datetime
    episodes: int
    alerts_changed: int
    failed: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What is known of the last judgement of an episode that came out otherwise than before.

    `basis` is a digest of all that it was made from but the day, `seals` are digests of what it
    came to (`monitor.services.comparing`), and `program` is what made them: where these
    are the same and the outcome is not, there is a fault. `due_on` is the next report (None: no
    more is scheduled), accepted from `opens_on` to `closes_on`; `extra`: it was asked for by a
    rule, beside the schedule. `silence` is there while scheduled reports do not come.
    """

    episode_id: str
    at: dt.datetime
    day: int
    protocol_hash: str
    basis: str
    program: str = ""
    seals: Mapping[str, str] = field(default_factory=dict)
    opens_on: dt.date | None = None
    due_on: dt.date | None = None
    closes_on: dt.date | None = None
    extra: bool = False
    silence: Silence | None = None


@dataclass(frozen=True)
class Asked:
    """An extra report that a rule asked for, with whose it is."""

    judged: Judged
    patient: Patient
    episode: Episode


Role = Literal["station", "kiosk", "watch"]
"""A program that runs for a long time and says that it does."""


@dataclass(frozen=True)
class Heartbeat:
    """That a program was alive: `role` on the machine called `station`, last heard `at`."""

    role: Role
    station: str
    at: dt.datetime


@dataclass(frozen=True)
class Canary:
    """One run of the canary: the day's proof that a report still raises an alert.

    `fault` says at which step it died; empty where it came through.
    """

    at: dt.datetime
    seconds: float
    fault: str = ""


@dataclass(frozen=True)
class Tally:
    """How often one rule has raised an alert, and what people thought of those alerts.

    `open` are those that wait for somebody now.
    """

    rule: str
    raised: int
    open: int
    useful: int
    not_useful: int


@dataclass(frozen=True)
class DeskCode:
    """A code from the desk with which a patient signs in once, on one day.

    `digest` is what is kept in place of the code (`monitor.services.sealed`). `used_at` is
    None until somebody has signed in with it.
    """

    digest: str
    episode_id: str
    date: dt.date
    issued_at: dt.datetime
    used_at: dt.datetime | None = None


Guessed = Literal["number", "code", "pin", "password", "unlock"]
"""What can be guessed: three things at a kiosk; a user's password and own PIN at a station."""


@dataclass(frozen=True)
class Attempt:
    """One try to sign in, or to get past the staff PIN, and whether it `passed`.

    `subject` is a digest of what was entered, so that tries at one thing can be counted.
    """

    at: dt.datetime
    station: str
    kind: Guessed
    subject: str
    passed: bool


CallKind = Literal["urgent", "help", "staff"]


@dataclass(frozen=True)
class Call:
    """A kiosk that asks for a person: answers were `urgent`, signing in needs `help`, or `staff`.

    `episode_id` is empty where it is not known who stands there. It waits until somebody says
    that they are going: `answered_by`, `answered_at`.
    """

    id: str
    at: dt.datetime
    station: str
    kind: CallKind
    episode_id: str = ""
    answered_at: dt.datetime | None = None
    answered_by: str = ""


@dataclass(frozen=True)
class User:
    """Somebody who works here. Never removed: what they did is signed with their `name`.

    `name` is how they sign and are shown ("M. Osei, RN"); no two have the same. `password` and
    `pin` are argon2id hashes; `pin` is "" until they have set one. `must_change`: the password was
    set by somebody else.
    """

    id: str
    name: str
    role: UserRole
    password: str
    pin: str = ""
    is_active: bool = True
    must_change: bool = False


@dataclass(frozen=True)
class Batch:
    """One import of patients: what it added, so that it can be taken back.

    `undone_at` is None as long as it stands.
    """

    id: str
    at: dt.datetime
    by: str
    file: str
    patient_ids: tuple[str, ...]
    episode_ids: tuple[str, ...]
    undone_at: dt.datetime | None = None


@dataclass(frozen=True)
class Listed:
    """One patient as a list shows them, with their newest episode.

    `last_report` is the local date of the newest report of that episode, `received_at` when the
    one received last came; `priority` is that of the most urgent open alert; `due_on` the next
    report that is expected; `silence` is there while scheduled reports do not come.
    """

    patient: Patient
    episode: Episode | None = None
    last_report: dt.date | None = None
    received_at: dt.datetime | None = None
    priority: Priority | None = None
    due_on: dt.date | None = None
    silence: Silence | None = None


@dataclass(frozen=True)
class Found:
    """A part of a long list: `rows`, out of `total` that fit."""

    total: int
    rows: tuple[Listed, ...]


class Score(NamedTuple):
    """One answered score, on the local `date` of its report."""

    date: dt.date
    answered_at: dt.datetime
    site: str
    side: str
    score: int


@dataclass(frozen=True)
class Waiting:
    """One row of the worklist as stored: an open alert with its patient and episode.

    `last_report`, `received_at` and `due_on` are what `Listed` says of that episode.
    """

    alert: Alert
    patient: Patient
    episode: Episode
    last_report: dt.date | None = None
    received_at: dt.datetime | None = None
    due_on: dt.date | None = None


class Patients(Protocol):
    def add(self, patient: Patient) -> None:
        """Refuses with Conflict("number_taken") if the clinic number is in use.

        Like every `add` of a thing with an id: Conflict("id_taken") if the id is.
        """

    def get(self, patient_id: str) -> Patient:
        """Refuses with Refusal("unknown_patient")."""

    def by_number(self, number: str) -> Patient | None: ...

    def save(self, patient: Patient) -> None:
        """Write a patient who is already there.

        Refuses with Refusal("unknown_patient") and Conflict("number_taken").
        """

    def remove(self, patient_id: str) -> None:
        """Refuses with Refusal("in_use") while they have episodes, Refusal("unknown_patient")."""

    def alike(
        self, number: str, family_name: str, given_name: str, birth_date: dt.date | None, phone: str
    ) -> tuple[Patient, ...]:
        """Those who may be the same person, by name, given name, number: nobody is blocked by it.

        They share the number; or family name and given name; or the date of birth and either
        name; or the phone number, by its digits. Names are compared as `domain.folding` folds
        them; what is empty is not compared, and the canary is never among them.
        """

    def all(self) -> tuple[Patient, ...]:
        """Every patient, by family name, given name (both folded), number."""


class Episodes(Protocol):
    def add(self, episode: Episode) -> None:
        """Refuses with Refusal("unknown_patient")."""

    def get(self, episode_id: str) -> Episode:
        """Refuses with Refusal("unknown_episode")."""

    def save(self, episode: Episode) -> None:
        """Write an episode that is already there; refuses with Refusal("unknown_episode")."""

    def remove(self, episode_id: str) -> None:
        """Takes what was judged of it along, as that can be made again.

        Refuses with Refusal("in_use") while anything else is kept of it, and with
        Refusal("unknown_episode").
        """

    def of_patient(self, patient_id: str) -> tuple[Episode, ...]:
        """Newest procedure first."""

    def open_ids(self) -> tuple[str, ...]:
        """Ids of all open episodes, in a stable order."""

    def operators(self) -> tuple[str, ...]:
        """Everybody who is named as the operator of a procedure, each once, in a stable order."""


class Submissions(Protocol):
    def add(self, submission: Submission) -> bool:
        """Store a submission, state "waiting". False and no change if it is already there.

        Refuses with Conflict("submission_differs") if the id is there with other content
        (everything but `received_at` counts), and with Refusal("unknown_episode").
        """

    def get(self, submission_id: str) -> Submission:
        """Refuses with Refusal("unknown_submission")."""

    def has(self, submission_id: str) -> bool: ...

    def of_episode(self, episode_id: str) -> tuple[Submission, ...]:
        """In order of `answered_at`, then id; answers in the order in which they were given."""

    def mark(self, evaluation: Evaluation) -> None:
        """Set what is known of its evaluation; refuses with Refusal("unknown_submission")."""

    def evaluations(self, *states: EvaluationState, of_episode: str = "") -> tuple[Evaluation, ...]:
        """Those in any of `states`, oldest received first; of one episode where it is named."""

    def count(self) -> int: ...

    def states(self) -> Mapping[EvaluationState, int]:
        """How many are in each state that any is in, counted one by one."""

    def last_dates(self) -> Mapping[str, dt.date]:
        """Episode id -> local date of its latest report, for episodes that have one."""


class Alerts(Protocol):
    def add(self, alert: Alert) -> None:
        """Refuses with Conflict("alert_open") if one of the same key is open there.

        Also with Refusal("unknown_episode").
        """

    def save(self, alert: Alert, seen_version: int) -> None:
        """Write a changed alert if nobody changed it since `seen_version`.

        Refuses with Conflict("alert_changed", by=…, at=…, state=…) otherwise, with
        Conflict("alert_open") if it is reopened beside an open one of the same key, and with
        Refusal("unknown_alert").
        """

    def get(self, alert_id: str) -> Alert:
        """Refuses with Refusal("unknown_alert")."""

    def of_episode(self, episode_id: str) -> tuple[Alert, ...]:
        """All of them, oldest raised first."""

    def add_event(self, event: Event) -> None:
        """Refuses with Refusal("unknown_alert")."""

    def events(self, alert_id: str) -> tuple[Event, ...]:
        """In the order in which they were added, whatever the clock said then."""

    def waiting(self, now: dt.datetime, today: dt.date) -> tuple[Waiting, ...]:
        """Every open alert with its patient and episode, by `domain.urgency`, the first first."""

    def unseen(self, priority: Priority) -> frozenset[str]:
        """The ids of those that wait for somebody to look; the canary's do not."""

    def count(self) -> int:
        """How many have a history, which is as many as were ever raised, there or not."""

    def states(self) -> Mapping[State, int]:
        """How many are in each state that any is in, counted one by one."""

    def tallies(self) -> tuple[Tally, ...]:
        """Every rule that ever raised an alert, by its id; the canary's alerts do not count."""


class Contacts(Protocol):
    def add(self, contact: Contact) -> None:
        """Refuses with Refusal("unknown_episode")."""

    def get(self, contact_id: str) -> Contact:
        """Refuses with Refusal("unknown_contact")."""

    def of_episode(self, episode_id: str) -> tuple[Contact, ...]:
        """By date, oldest first; of one date in the order in which they were added."""

    def promised(self) -> Mapping[str, dt.date]:
        """Open episode -> the `next_on` of its newest attempt, where that names one.

        The newest is the one that was added last among those with a `result`, and not struck. One
        in which nobody was spoken to and that names no other day leaves a promise as it was.
        """

    def recipients(self) -> tuple[str, ...]:
        """Those to whom anything was escalated, who was named last first; each once."""


class Audit(Protocol):
    def add(self, line: AuditLine) -> None: ...

    def of_subject(self, subject: str) -> tuple[AuditLine, ...]:
        """Oldest first."""

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
        """Those from `first` up to, not including, `last`; newest first, at most `limit`.

        By one actor, of one action, about any of the subjects, where they are given.
        """


class Sweeps(Protocol):
    def add(self, sweep: Sweep) -> None: ...

    def last(self) -> Sweep | None:
        """The one that was added last, whatever the clock said then."""


class Judgements(Protocol):
    def set(self, judged: Judged) -> None:
        """In place of what was known of the episode; refuses Refusal("unknown_episode")."""

    def get(self, episode_id: str) -> Judged | None: ...

    def asked(self) -> tuple[Asked, ...]:
        """The extra reports that open episodes wait for, first due first, then by episode."""


class Heartbeats(Protocol):
    def set(self, heartbeat: Heartbeat) -> None:
        """In place of the last one of the same role and station."""

    def all(self) -> tuple[Heartbeat, ...]:
        """By role and station."""


class Canaries(Protocol):
    def add(self, canary: Canary) -> None: ...

    def last(self) -> Canary | None:
        """The one that was added last."""

    def last_through(self) -> Canary | None:
        """The one without a fault that was added last."""


class Drafts(Protocol):
    def set(self, draft: Draft) -> None:
        """In place of the one with the same id; refuses with Refusal("unknown_episode")."""

    def get(self, draft_id: str) -> Draft | None: ...

    def of_episode(self, episode_id: str) -> tuple[Draft, ...]:
        """Saved last first, then by id."""

    def saved_before(self, instant: dt.datetime) -> tuple[Draft, ...]:
        """Those nobody has been seen at since; saved first first, then by id."""

    def remove(self, draft_id: str) -> None:
        """Nothing happens where there is none."""

    def count(self) -> int: ...


class DeskCodes(Protocol):
    def add(self, code: DeskCode) -> None:
        """Refuses with Conflict("code_taken") where its date has that digest already.

        Also with Refusal("unknown_episode"). What was issued for the same episode and date before,
        and not used, is taken back.
        """

    def get(self, digest: str, date: dt.date) -> DeskCode | None: ...

    def use(self, digest: str, date: dt.date, at: dt.datetime) -> None:
        """Refuses with Conflict("code_used") if it was used, Refusal("unknown_code")."""


class Attempts(Protocol):
    def add(self, attempt: Attempt) -> None: ...

    def since(
        self, instant: dt.datetime, *kinds: Guessed, station: str = "", subject: str = ""
    ) -> tuple[Attempt, ...]:
        """Those at or after an instant, at one station and on one subject where they are named.

        In the order in which they were added, whatever the clock said then.
        """

    def remove_before(self, instant: dt.datetime) -> None: ...


class Calls(Protocol):
    def add(self, call: Call) -> None: ...

    def waiting(self) -> tuple[Call, ...]:
        """Those nobody has answered, the oldest first."""

    def answer(self, call_id: str, by: str, at: dt.datetime) -> None:
        """Refuses with Conflict("call_answered", by=…) and with Refusal("unknown_call")."""


class Users(Protocol):
    def add(self, user: User) -> None:
        """Refuses with Conflict("id_taken") and Conflict("name_taken"), whatever the case."""

    def get(self, user_id: str) -> User:
        """Refuses with Refusal("unknown_user")."""

    def save(self, user: User) -> None:
        """Refuses with Refusal("unknown_user") and Conflict("name_taken")."""

    def all(self) -> tuple[User, ...]:
        """By name."""


class Looks(Protocol):
    """When a user last looked at an episode: what has come since is new to them."""

    def set(self, user: str, episode_id: str, at: dt.datetime) -> None:
        """In place of the last one; refuses with Refusal("unknown_episode")."""

    def of_user(self, user: str) -> Mapping[str, dt.datetime]:
        """Episode id -> when that user looked last."""


class Batches(Protocol):
    def add(self, batch: Batch) -> None: ...

    def get(self, batch_id: str) -> Batch:
        """Refuses with Refusal("unknown_batch")."""

    def undone(self, batch_id: str, at: dt.datetime) -> None:
        """Refuses with Conflict("batch_undone") if it was, and Refusal("unknown_batch")."""

    def all(self) -> tuple[Batch, ...]:
        """The newest first, then by id."""


class Lists(Protocol):
    """What the station's lists ask about many patients; the canary is in none of them."""

    def find(self, words: Sequence[str], offset: int, limit: int) -> Found:
        """Patients of whom every word begins a word of the name, or is a part of the rest.

        The rest is number, date of birth (1970-01-31) and the digits of the phone number. Words
        are what `domain.folding.sought` makes of them; without words it is everybody. The best
        first: the number itself, then a family name that begins with the first word, then the
        others; those alike by family name, given name (both folded), number.
        """

    def silent(self) -> tuple[Listed, ...]:
        """Open episodes of which scheduled reports did not come, by `domain.silence.order`."""

    def new_and_well(self, since: dt.datetime, today: dt.date) -> tuple[Listed, ...]:
        """Open episodes with a report received since then that nobody saw, and nothing to be done.

        Nobody: no user has looked at the episode since it was received. Nothing: no open alert of
        the patient, whichever episode it is of, no extra report asked for, none that should have
        come. Nor is anybody well of whom a report was not judged: it waits, the rules failed on
        it, or it is dated after `today`. Received last first, then by episode.
        """

    def of(self, episode_ids: Collection[str]) -> tuple[Listed, ...]:
        """Those episodes, in any order; `Listed.episode` is the one that was asked for."""

    def namesakes(self, patients: Collection[Patient]) -> frozenset[str]:
        """The ids of those who share family and given name with anybody else."""

    def count(self) -> int:
        """How many patients there are."""

    def count_silent(self) -> int:
        """How many `silent` would give."""

    def count_new_and_well(self, since: dt.datetime, today: dt.date) -> int:
        """How many `new_and_well` would give."""

    def reported_on(self, date: dt.date) -> int:
        """How many episodes have a report of that local date."""

    def scores(self, episode_ids: Collection[str], item: str) -> Mapping[str, tuple[Score, ...]]:
        """Episode -> the scores of an item, of all its places, oldest first; skipped left out."""


class Secrets(Protocol):
    def get(self, name: str) -> str:
        """Empty where nothing is kept under that name."""

    def set(self, name: str, value: str) -> None: ...


class Work(Protocol):
    """A unit of work. Leaving its block without `commit` undoes everything done in it."""

    @property
    def patients(self) -> Patients: ...
    @property
    def episodes(self) -> Episodes: ...
    @property
    def submissions(self) -> Submissions: ...
    @property
    def alerts(self) -> Alerts: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def sweeps(self) -> Sweeps: ...
    @property
    def judgements(self) -> Judgements: ...
    @property
    def heartbeats(self) -> Heartbeats: ...
    @property
    def canaries(self) -> Canaries: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def desk_codes(self) -> DeskCodes: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def secrets(self) -> Secrets: ...
    @property
    def users(self) -> Users: ...
    @property
    def looks(self) -> Looks: ...
    @property
    def batches(self) -> Batches: ...
    @property
    def lists(self) -> Lists: ...

    def commit(self) -> None: ...


class Store(Protocol):
    """Where everything is kept. Raises Unavailable when it cannot be read or written."""

    def begin(self) -> AbstractContextManager[Work]:
        """Open a unit of work that may write; one at a time, others wait their turn."""

    def read(self) -> AbstractContextManager[Work]:
        """Open a unit of work that only reads, all of it as of one moment."""

    def revision(self) -> Hashable:
        """Equals an earlier one only if nothing was stored since, by this program or any other.

        It is cheap to ask, and may be another one although nothing was stored.
        """

    def close(self) -> None: ...


class Clock(Protocol):
    def now(self) -> dt.datetime:
        """The present instant, aware, in UTC."""


class Protocols(Protocol):
    def current(self, protocol_id: str) -> CareProtocol:
        """The version in force; refuses with Refusal("unknown_protocol")."""

    def ids(self) -> Iterable[str]: ...
