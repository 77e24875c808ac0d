"""What the dialogs for contacts are given to show, and what they tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from monitor.ui.station.views import Card

Pairs = tuple[tuple[str, str], ...]
"""Codes with their words."""

Asked = Literal["contact", "note", "escalation", "strike"]
"""Which of the dialogs."""


@dataclass(frozen=True)
class ContactSheet:
    """What can be said of a contact with one patient.

    `who` and `phone` say whom it is about. `kinds` begin with those that are attempts to reach
    the patient (`attempts`). `cards` are the open alerts, the most urgent first. `written` are
    the entries that can be struck, the newest first.
    """

    episode_id: str
    who: str
    phone: str
    today: dt.date
    kinds: Pairs
    attempts: frozenset[str]
    findings: Pairs
    advice: Pairs
    urgencies: Pairs
    recipients: tuple[str, ...]
    written: Pairs
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class ContactEntry:
    """What was chosen and typed, to be stored or kept as a draft.

    `deed` is what is done to the alert: nothing (""), "acknowledge", or the outcome with which
    it is closed; `version` the alert's, as it was seen. `choice` is the button pressed for
    `next_on`. `strikes` is the entry that is wrong; `prints`: a summary is wanted with it.
    `id` is made when the dialog opens, so that sending it again stores it once.
    """

    episode_id: str
    kind: str
    date: dt.date
    text: str = ""
    result: str = ""
    findings: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    next_on: dt.date | None = None
    choice: str = ""
    alert_id: str = ""
    version: int = 0
    about: str = ""
    deed: str = ""
    to: str = ""
    urgency: str = ""
    strikes: str = ""
    prints: bool = False
    id: str = ""
