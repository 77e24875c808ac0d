"""What the station's screens are given to show: ready words, no records of the services."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from monitor.domain.protocol import Priority

ListName = Literal["worklist", "patients"]
Urgency = Literal["", "over", "today"]


@dataclass(frozen=True)
class Row:
    """One patient in the list at the left.

    `key` tells rows apart; `episode_id` is "" for a patient without a procedure. `since`,
    `procedure`, `where` and `reported` make the last line ("Day 9 · RF neurotomy C4–C6 left ·
    reported today").
    `priority` None: nothing open. `words` are those of the priority ("Act now"); `due` says
    when an answer is due and `urgency` how that is shown. `namesake`: the number, where another
    patient has the same name. `gone`: left the list since it was
    last put in order, and stays in its place until then.
    """

    key: str
    episode_id: str
    name: str
    number: str
    since: str
    procedure: str = ""
    where: str = ""
    reported: str = ""
    priority: Priority | None = None
    words: str = ""
    in_hand: bool = False
    due: str = ""
    urgency: Urgency = ""
    reason: str = ""
    more: str = ""
    sentence: str = ""
    namesake: str = ""
    gone: bool = False

    @property
    def spoken(self) -> str:
        """The whole row as one sentence, for tooltips and screen readers."""
        title = f"{self.reason} {self.more}".strip()
        number = f"{self.name}, {self.number}"
        done = f"{self.procedure} {self.where}".strip()
        line = " · ".join(part for part in (self.since, done, self.reported) if part)
        parts = (self.words, number, self.due, title, self.sentence, line)
        return ". ".join(part.rstrip(".") for part in parts if part) + "."


@dataclass(frozen=True)
class Chip:
    """One way to narrow the list; `count` None shows none."""

    key: str
    label: str
    count: int | None = None


@dataclass(frozen=True)
class ListState:
    """The list at the left. `empty` is what to say when there are no rows.

    `news` patients have come, or the order has changed (`moved`), since the rows were put in
    order; they wait so that the list does not move under the one that is open; `worst` is the
    most urgent of them. `narrowed` says
    that not everybody is shown, "" where all are. `elsewhere`: nobody here fits the search, but
    it can be put to all patients.
    """

    name: ListName
    title: str
    total: str
    rows: tuple[Row, ...] = ()
    chips: tuple[Chip, ...] = ()
    chosen: str = "all"
    empty: str = ""
    news: int = 0
    moved: bool = False
    worst: Row | None = None
    narrowed: str = ""
    elsewhere: bool = False


@dataclass(frozen=True)
class EvidenceLine:
    """One answer that an alert rests on."""

    day: str
    date: str
    question: str
    answer: str


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to an alert."""

    at: str
    who: str
    what: str
    note: str = ""


@dataclass(frozen=True)
class Why:
    """Everything behind one alert. `facts` are (name, value) pairs in order of interest."""

    title: str
    sentence: str
    why: str
    clears: str
    evidence: tuple[EvidenceLine, ...]
    facts: tuple[tuple[str, str], ...]
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True)
class Card:
    """One alert as a card. `version` goes back with what is done to it.

    `seen` says who has it in hand since when; `can_acknowledge` is False once it is seen.
    `outcomes` are (code, words) it may be resolved with.
    """

    alert_id: str
    version: int
    priority: Priority
    words: str
    title: str
    sentence: str
    clears: str
    seen: str
    can_acknowledge: bool
    can_resolve: bool
    why: Why
    outcomes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Report:
    """One line of the table of reports; `missed`: it was due and did not come.

    `cells` are in the order of the table's columns, "" where that was not answered.
    """

    day: int
    when: str
    how: str
    cells: tuple[str, ...]
    missed: bool = False


@dataclass(frozen=True)
class Reports:
    """All reports of one patient, newest first. `columns` are what was asked."""

    columns: tuple[str, ...] = ()
    rows: tuple[Report, ...] = ()


@dataclass(frozen=True)
class PatientState:
    """One patient's page. `who` tells them apart in a dialog ("Lindqvist, Karin, No. 204 118").

    `notes` are sentences that must be read before the chart.

    `chart` is what the canvas draws and `words` its labels; this page hands both on unread.
    """

    episode_id: str
    name: str
    who: str
    facts: str
    day: str
    same_name: str
    reporting: str
    notes: tuple[str, ...]
    cards: tuple[Card, ...]
    closed: tuple[Card, ...]
    reports: Reports
    protocol: str
    chart: Any = field(compare=False, default=None)
    words: Any = field(compare=False, default=None)


@dataclass(frozen=True)
class MonitoringState:
    """The status line. `state` "bad" must not be overlooked; `advice` says what to do."""

    state: Literal["unknown", "good", "bad"]
    text: str
    advice: str = ""
    received: str = ""
