"""Patients, their procedures, and the follow-up that each procedure opens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from monitor.domain.protocol import Side


@dataclass(frozen=True)
class Patient:
    """A person who is followed.

    `number` is the clinic's own: digits only for whoever uses the kiosk, which has no letters.
    """

    id: str
    number: str
    family_name: str
    given_name: str
    birth_date: dt.date
    phone: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Procedure:
    """What was done. `levels` are roots or joints by root ("C4", "C5"); `side` "" is both."""

    date: dt.date
    profile: str
    levels: tuple[str, ...]
    side: Side
    operator: str = ""
    implant: bool = False


@dataclass(frozen=True)
class OwnWindow:
    """A window set for one episode in place of the profile's.

    `item` is an item of the protocol, or "relief" for the day by which relief is due (then
    both days are that day).
    """

    item: str
    expected_to_day: int
    persistent_from_day: int


@dataclass(frozen=True)
class Episode:
    """One procedure and its follow-up."""

    id: str
    patient_id: str
    procedure: Procedure
    protocol_id: str
    state: Literal["open", "closed"] = "open"
    own_windows: tuple[OwnWindow, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def postoperative_day(procedure_date: dt.date, on: dt.date) -> int:
    """Days from the procedure to `on`, both calendar dates in the clinic's zone.

    The procedure date is day 0; days before it are negative. Calendar dates, not hours: a
    day with a clock change is one day.
    """
    return (on - procedure_date).days
