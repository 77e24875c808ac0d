"""What the services need from outside: a store, a clock and protocols, and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from monitor.domain.alert import Alert, Event, State
from monitor.domain.episode import Episode, Patient
from monitor.domain.protocol import Protocol as CareProtocol
from monitor.domain.submission import Submission
from monitor.domain.visit import Draft
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


@dataclass(frozen=True)
class Contact:
    """Something that happened around an episode: a call, a visit, a start of physiotherapy."""

    id: str
    episode_id: str
    date: dt.date
    kind: str
    text: str
    by: str


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
    rule, beside the schedule.
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


Guessed = Literal["number", "code", "pin"]
"""What can be guessed at a kiosk."""


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
class Waiting:
    """One row of the worklist as stored: an open alert with its patient and episode."""

    alert: Alert
    patient: Patient
    episode: Episode


class Patients(Protocol):
    def add(self, patient: Patient) -> None:
        """Refuses with Conflict("number_taken") if the clinic number is in use.

        Like every `add` of a thing with an id: Conflict("id_taken") if the id is.
        """

    def get(self, patient_id: str) -> Patient:
        """Refuses with Refusal("unknown_patient")."""

    def by_number(self, number: str) -> Patient | None: ...

    def all(self) -> tuple[Patient, ...]:
        """Every patient, by family name, given name, number."""


class Episodes(Protocol):
    def add(self, episode: Episode) -> None:
        """Refuses with Refusal("unknown_patient")."""

    def get(self, episode_id: str) -> Episode:
        """Refuses with Refusal("unknown_episode")."""

    def save(self, episode: Episode) -> None:
        """Write an episode that is already there; refuses with Refusal("unknown_episode")."""

    def of_patient(self, patient_id: str) -> tuple[Episode, ...]:
        """Newest procedure first."""

    def open_ids(self) -> tuple[str, ...]:
        """Ids of all open episodes, in a stable order."""


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

    def count(self) -> int:
        """How many have a history, which is as many as were ever raised, there or not."""

    def states(self) -> Mapping[State, int]:
        """How many are in each state that any is in, counted one by one."""

    def tallies(self) -> tuple[Tally, ...]:
        """Every rule that ever raised an alert, by its id; the canary's alerts do not count."""


class Contacts(Protocol):
    def add(self, contact: Contact) -> None:
        """Refuses with Refusal("unknown_episode")."""

    def of_episode(self, episode_id: str) -> tuple[Contact, ...]:
        """By date, oldest first."""


class Audit(Protocol):
    def add(self, line: AuditLine) -> None: ...

    def of_subject(self, subject: str) -> tuple[AuditLine, ...]:
        """Oldest first."""


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

    def commit(self) -> None: ...


class Store(Protocol):
    """Where everything is kept. Raises Unavailable when it cannot be read or written."""

    def begin(self) -> AbstractContextManager[Work]:
        """Open a unit of work that may write; one at a time, others wait their turn."""

    def read(self) -> AbstractContextManager[Work]:
        """Open a unit of work that only reads, all of it as of one moment."""

    def close(self) -> None: ...


class Clock(Protocol):
    def now(self) -> dt.datetime:
        """The present instant, aware, in UTC."""


class Protocols(Protocol):
    def current(self, protocol_id: str) -> CareProtocol:
        """The version in force; refuses with Refusal("unknown_protocol")."""

    def ids(self) -> Iterable[str]: ...
