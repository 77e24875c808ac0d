"""Patients, their procedures, and the follow-up that each procedure opens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from monitor.domain.protocol import Side
from monitor.domain.submission import NOWHERE, Place

Sex = Literal["", "female", "male", "other"]
"""As administrative forms ask for it; "" where nobody has said."""

CANARY = "canary"
"""The id of the patient, and of their episode, who is nobody: see `monitor.services.canary`."""


@dataclass(frozen=True)
class Patient:
    """A person who is followed.

    `number` is the clinic's own: digits only for whoever uses the kiosk, which has no letters.
    `remark` is what must be known before anything is said to them ("deaf in the left ear").
    """

    id: str
    number: str
    family_name: str
    given_name: str
    birth_date: dt.date
    phone: str = ""
    language: str = "en"
    sex: Sex = ""
    remark: str = ""

    @property
    def is_canary(self) -> bool:
        """Whether this is nobody, but the program's own proof that reports still raise alerts."""
        return self.id == CANARY


@dataclass(frozen=True)
class Procedure:
    """What was done. `levels` are roots or joints by root ("C4", "C5"); `side` "" is both."""

    date: dt.date
    profile: str
    levels: tuple[str, ...]
    side: Side
    operator: str = ""
    implant: bool = False


RELIEF = "relief"
"""The window of the day by which relief is due; every other is that of an item."""


@dataclass(frozen=True)
class OwnWindow:
    """A window set for one episode in place of the profile's.

    `item` is an item of the protocol, or "relief" for the day by which relief is due (then
    both days are that day). `reason` is why, `by` who set it and `on` when.
    """

    item: str
    expected_to_day: int
    persistent_from_day: int
    reason: str = ""
    by: str = ""
    on: dt.date | None = None


@dataclass(frozen=True)
class OwnBaseline:
    """A score before the procedure that a clinician set, in place of what reports say of it.

    For a patient who remembers it (nobody asked before the procedure), or whose reports before
    it do not speak for it. `score` is on the item's scale.
    """

    item: str
    score: float
    place: Place = NOWHERE
    reason: str = ""
    by: str = ""
    on: dt.date | None = None


PauseReason = Literal["holiday", "hospital", "other"]


@dataclass(frozen=True)
class Pause:
    """A stretch of days on which no report is expected, both days included.

    It always has an end, so that nobody is forgotten in it. `note` says more of the `reason`,
    `by` who set it and `on` when.
    """

    first: dt.date
    last: dt.date
    reason: PauseReason
    note: str = ""
    by: str = ""
    on: dt.date | None = None

    def holds_on(self, date: dt.date) -> bool:
        return self.first <= date <= self.last

    def overlaps(self, first: dt.date, last: dt.date) -> bool:
        return self.first <= last and first <= self.last


Ending = Literal["", "completed", "withdrew", "died", "moved", "declined", "mistake"]
"""Why a follow-up is closed; "" while it is open. "mistake": it should never have been opened."""


@dataclass(frozen=True)
class Episode:
    """One procedure and its follow-up.

    `followed_from` is the day on which it was registered here, where that was after the procedure:
    nobody was asked for a report before it. `pauses` are in the order in which they were set.
    `ended_as` and `ended_on` say why and when
    a closed one was closed.
    """

    id: str
    patient_id: str
    procedure: Procedure
    protocol_id: str
    state: Literal["open", "closed"] = "open"
    own_windows: tuple[OwnWindow, ...] = ()
    own_baselines: tuple[OwnBaseline, ...] = ()
    followed_from: dt.date | None = None
    pauses: tuple[Pause, ...] = ()
    ended_as: Ending = ""
    ended_on: dt.date | None = None

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    def paused_on(self, date: dt.date) -> Pause | None:
        """The pause in which a date lies, if it lies in one."""
        return next((pause for pause in self.pauses if pause.holds_on(date)), None)

    def paused_between(self, first: dt.date, last: dt.date) -> Pause | None:
        """A pause that has any of these days in it, both included; the one that lasts longest."""
        pauses = (pause for pause in self.pauses if pause.overlaps(first, last))
        return max(pauses, key=lambda pause: pause.last, default=None)

    def with_window(self, window: OwnWindow) -> Episode:
        """The episode with a window of its own, in place of the one it had for that item."""
        return replace(self, own_windows=(*self.without_window(window.item).own_windows, window))

    def without_window(self, item: str) -> Episode:
        """The episode with the profile's window for an item."""
        return replace(self, own_windows=tuple(w for w in self.own_windows if w.item != item))

    def with_baseline(self, baseline: OwnBaseline) -> Episode:
        """The episode with a baseline of its own, in place of the one it had there."""
        others = self.without_baseline(baseline.item, baseline.place).own_baselines
        return replace(self, own_baselines=(*others, baseline))

    def without_baseline(self, item: str, place: Place = NOWHERE) -> Episode:
        """The episode with the baseline that reports give for an item at a place."""
        kept = (b for b in self.own_baselines if (b.item, b.place) != (item, place))
        return replace(self, own_baselines=tuple(kept))


def postoperative_day(procedure_date: dt.date, on: dt.date) -> int:
    """Days from the procedure to `on`, both calendar dates in the clinic's zone.

    The procedure date is day 0; days before it are negative. Calendar dates, not hours: a
    day with a clock change is one day.
    """
    return (on - procedure_date).days
