"""What the pages of administrators and auditors show, as plain records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Group = Literal["", "views", "prints", "sign_ins", "users"]
"""What kind of thing is looked for in the audit trail; "" for everything."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the audit trail, both days included; "" where anything fits."""

    first: dt.date
    last: dt.date
    patient: str = ""
    actor: str = ""
    group: Group = ""


@dataclass(frozen=True)
class AuditState:
    """One page of the audit trail; `says` how much of it, `actors` who can be chosen."""

    rows: tuple[tuple[str, ...], ...]
    says: str
    has_newer: bool
    has_older: bool
    actors: tuple[str, ...]


@dataclass(frozen=True)
class PersonRow:
    """One user, with what can be done about them; `state` in words."""

    id: str
    name: str
    role: str
    role_words: str
    state: str
    is_active: bool
    is_locked: bool


@dataclass(frozen=True)
class PersonEntry:
    """What was filled in about a user; `password` only where it is set."""

    name: str
    role: str
    password: str = ""
