"""What is typed into the forms for patients and their follow-up, and what is said beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

FormKind = Literal["register", "further", "patient"]
"""A patient with a procedure, a further procedure of a patient, or what is known of a patient."""

UNSAID = "?"
"""The side before anybody has chosen one: "" already is both."""

SCORE, REASON, NOTE = "score ", "reason", "note"
"""Names of fields: before the key of a score, why something is changed, a note."""

Choices = tuple[tuple[str, str], ...]
"""(code, words) in order."""


@dataclass(frozen=True)
class PatientTyped:
    """What is known of a person, as it stands in the fields."""

    family_name: str = ""
    given_name: str = ""
    number: str = ""
    birth_date: str = ""
    sex: str = ""
    phone: str = ""
    language: str = "en"
    remark: str = ""


@dataclass(frozen=True)
class ProcedureTyped:
    """What was done, as it stands in the fields. `scores`: baseline key -> what was typed."""

    profile: str = ""
    date: str = ""
    levels: str = ""
    side: str = UNSAID
    operator: str = ""
    implant: bool = False
    scores: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FormTyped:
    """A whole form as it stands; `reason` is why the identity of a patient is changed."""

    patient: PatientTyped = PatientTyped()
    procedure: ProcedureTyped = ProcedureTyped()
    reason: str = ""


@dataclass(frozen=True)
class FormState:
    """What a form begins with.

    `about` says whose it is, "" where that is what is asked; `typed` is how the fields stand.
    `known` is the patient as stored and `born` their date of birth, to tell whether their identity
    changes. `scores` are (key, question) of what can be known of the time before the procedure,
    each from 0 to `highest`.
    """

    kind: FormKind
    about: str
    today: dt.date
    typed: FormTyped
    known: PatientTyped | None = None
    born: dt.date | None = None
    profiles: Choices = ()
    sides: Choices = ()
    sexes: Choices = ()
    languages: Choices = ()
    operators: tuple[str, ...] = ()
    scores: Choices = ()
    highest: int = 0


@dataclass(frozen=True)
class Draft:
    """A form that was closed without storing it. `known` is the patient as stored then."""

    known: PatientTyped | None
    typed: FormTyped


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the same person. `facts` and `done` tell them apart, `why` says why.

    `same`: it is them, or somebody made a mistake: the number is the same. `episode_id` is that of
    their newest procedure, "" where none is recorded.
    """

    patient_id: str
    episode_id: str
    number: str
    name: str
    facts: str
    done: str
    why: str
    same: bool = False


Faults = Mapping[str, str]
"""Name of a field -> what is wrong with it."""


@dataclass(frozen=True)
class Registered:
    """Who was registered, or got a further procedure. `lines` say what follows from it."""

    episode_id: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PauseState:
    """A follow-up that is to be paused, or whose pause is to end.

    `first` is the day from which it is, as it first stands in its field. `paused` says until when,
    why and by whom it is paused now, "" where it is not; it then can only be ended.
    """

    episode_id: str
    about: str
    today: dt.date
    first: str
    paused: str
    reasons: Choices


@dataclass(frozen=True)
class PauseTyped:
    """A pause as it stands in the fields."""

    first: str = ""
    last: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class EndState:
    """A follow-up that is to be closed, or one that is closed and may be opened again.

    `ended` says how and when it was closed, "" while it is open. `alerts` counts the open alerts of
    this follow-up, `all_alerts` those of all follow-ups of the patient that are open, and
    `episodes` these.
    """

    episode_id: str
    about: str
    today: dt.date
    ended: str
    alerts: int
    all_alerts: int
    episodes: int
    endings: Choices


@dataclass(frozen=True)
class EndTyped:
    """The end of a follow-up as it stands in the fields."""

    ended_as: str = ""
    on: str = ""
    note: str = ""


@dataclass(frozen=True)
class Paper:
    """What is printed for one patient. `who` is as much of the name as others may read.

    `code` is large in the middle, and `scan` what a reader reads of its square, "" where no reader
    could read it. `steps` say how to sign in, `foot` what to do when it does not go.
    """

    title: str
    who: str
    code: str
    scan: str
    until: str
    steps: tuple[str, ...]
    foot: str
