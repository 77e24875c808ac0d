"""What the station's screens are given to show: ready words, no records of the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from monitor.domain.alert import Useful
from monitor.domain.protocol import Priority
from monitor.ui.station.page_views import (
    Entry,
    LookLine,
    MapState,
    OneReport,
    OtherProcedure,
    no_report,
)

ListName = Literal[
    "worklist",
    "red",
    "orange",
    "amber",
    "yellow",
    "in_hand",
    "snoozed",
    "asked",
    "silent",
    "well",
    "patients",
]
"""A list at the left: all of the worklist, a part of it, who does not report, who is new and well,
everybody."""

PlaceName = ListName | Literal["status", "audit"]

Sign = Literal["", "in_hand", "snoozed", "asked", "promised", "silent", "well", "patients"]
"""What a shape says that is not that of a priority; "" says nothing."""

CallKind = Literal["urgent", "help", "staff"]
"""Why a kiosk calls."""

Step = Literal["acknowledge", "snooze", "resolve", "reopen", "useful", "not_useful"]
"""What a nurse can do with an alert."""


@dataclass(frozen=True)
class Row:
    """One patient in the list at the left.

    `key` tells rows apart; `episode_id` is "" for a patient without a procedure. `since`,
    `procedure`, `where` and `reported` say what was done and what is known since ("Day 9 · RF
    neurotomy C4–C6 left · reported today"), `due` what comes next ("report due 12 Mar").
    `priority` None: nothing open; then `sign` says what else the row is about. `words` are those
    of the priority ("Act now"). `place` is the short reason why the row stands where it stands
    ("Overdue since 10:12"; in the list of all patients the number), `explained` the same as a
    sentence, `waited` how long somebody has waited where `place` does not say it. `owner` is who
    has something of this patient in hand. `beside` names what is worse and already in hand or
    put aside (`beside_priority`), `asked` the extra report that is due. `namesake`: the number,
    where another patient has the same name. `lists` are those parts of the worklist in which it
    stands. `gone`: left the list since it was last put in order, and stays in its place until
    then. `news` says that something has come since this nurse looked. `spark` names the row's small
    chart (None: it has none), another one whenever there is something else to draw. `marks` are
    the (first letter, length) of the parts of `name` that a search has found.

    `later` is there where a list may have thousands of rows: it gives all other fields of a row of
    which only name, number, priority and `lists` are known at once; `worded` is the whole row.
    """

    key: str
    episode_id: str
    name: str
    number: str
    since: str
    procedure: str = ""
    where: str = ""
    reported: str = ""
    due: str = ""
    priority: Priority | None = None
    sign: Sign = ""
    words: str = ""
    lists: frozenset[ListName] = frozenset()
    is_faint: bool = False
    place: str = ""
    overdue: bool = False
    explained: str = ""
    waited: str = ""
    owner: str = ""
    reason: str = ""
    more: str = ""
    sentence: str = ""
    beside: str = ""
    beside_priority: Priority | None = None
    asked: str = ""
    namesake: str = ""
    gone: bool = False
    news: str = ""
    spark: Hashable = None
    marks: tuple[tuple[int, int], ...] = ()
    later: Callable[[], Mapping[str, Any]] | None = field(default=None, compare=False, repr=False)

    def worded(self) -> Row:
        """The row with all that it says."""
        return replace(self, later=None, **self.later()) if self.later is not None else self

    @property
    def spoken(self) -> str:
        """The whole row as one sentence, for screen readers."""
        return ". ".join(part.rstrip(".") for part in self._parts if part) + "."

    @property
    def told(self) -> tuple[str, ...]:
        """The whole row line by line, for a tooltip; the last line says why it stands there."""
        return tuple(part for part in (*self._parts, self.explained) if part)

    @property
    def _parts(self) -> tuple[str, ...]:
        title = f"{self.reason} {self.more}".strip()
        number = f"{self.name}, {self.number}"
        done = f"{self.procedure} {self.where}".strip()
        line = " · ".join(part for part in (self.since, done, self.reported, self.due) if part)
        return (
            self.news, self.words, number, self.place, self.waited, title, self.sentence,
            self.beside, self.owner, self.asked, line,
        )  # fmt: skip


@dataclass(frozen=True)
class SparkLine:
    """The small chart of a row, as shares of its width and height from the lower left corner.

    `points` are (x, y), oldest first; `band` is where the shading begins and ends (None: there is
    none), `band_ends`: its end lies inside, and is marked.
    """

    points: tuple[tuple[float, float], ...]
    band: tuple[float, float] | None = None
    band_ends: bool = False


@dataclass(frozen=True)
class Need:
    """One list of the board; `count` None while nobody has counted."""

    key: ListName
    label: str
    count: int | None = None
    priority: Priority | None = None
    sign: Sign = ""


@dataclass(frozen=True)
class Hit:
    """One line of what the palette has found: a list, a command, or the patient of `row`.

    `key` names the list or command; `detail` says what it is, `keys` what to press for it (of a
    patient the number), `count` how many a list has.
    """

    key: str
    title: str
    detail: str
    keys: str = ""
    count: str = ""
    priority: Priority | None = None
    sign: Sign = ""
    row: Row | None = None


@dataclass(frozen=True)
class ListState:
    """The list at the left. `empty` is what to say when there are no rows.

    `needs` is the board, of which `name` is chosen; `query`: what is searched for, in all
    patients. `news` patients have come, or the order has changed (`moved`), since the rows were
    put in order; they wait so that the list does not move under the one that is open; `worst` is
    the most urgent of them. `narrowed` says what the list does not show, "" where that is
    nothing. `has_more`: more rows can be read. `is_first_run`: nobody is registered yet.
    """

    name: ListName
    title: str
    total: str
    rows: tuple[Row, ...] = ()
    needs: tuple[Need, ...] = ()
    query: str = ""
    empty: str = ""
    news: int = 0
    moved: bool = False
    worst: Row | None = None
    narrowed: str = ""
    has_more: bool = False
    is_first_run: bool = False


@dataclass(frozen=True)
class EvidenceLine:
    """One answer that an alert rests on."""

    day: str
    date: str
    question: str
    answer: str


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to an alert; `why` is the person's note or the rules' cause."""

    at: str
    who: str
    what: str
    why: str = ""


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

    `states` are sentences on what people and time have done with it ("In hand by …").
    `can` are the steps that are possible now, `cannot` says of others why they are not.
    `outcomes` are (code, words) it may be resolved with. It comes back from being in hand after
    `close_hours` (None: never) unless another day is chosen; it may be put aside for at most
    `snooze_days`.
    """

    alert_id: str
    version: int
    priority: Priority
    words: str
    title: str
    sentence: str
    clears: str
    states: tuple[str, ...]
    can: frozenset[Step]
    cannot: tuple[tuple[Step, str], ...]
    useful: Useful
    why: Why
    outcomes: tuple[tuple[str, str], ...] = ()
    close_hours: float | None = None
    snooze_days: int = 0

    def why_not(self, step: Step) -> str:
        """Why a step is not possible now, "" where it is."""
        return dict(self.cannot).get(step, "")


@dataclass(frozen=True)
class Decision:
    """What a nurse decided about an alert, as it was in the `version` that was seen.

    `about` is its title. `on`: the date on which it comes back; None leaves that to the protocol.
    """

    step: Step
    alert_id: str
    version: int
    about: str = ""
    note: str = ""
    outcome: str = ""
    on: dt.date | None = None


@dataclass(frozen=True)
class Draft:
    """What was typed and chosen in a dialog that was closed without doing it."""

    note: str = ""
    outcome: str = ""
    choice: str = ""
    on: dt.date | None = None


@dataclass(frozen=True)
class Told:
    """What is said after a step. `undo` takes it back, None where that is not possible.

    `bad`: it was not done; that stays until it is put away.
    """

    text: str
    undo: Callable[[], None] | None = field(compare=False, default=None)
    bad: bool = False


@dataclass(frozen=True)
class Report:
    """One line of the table of reports; `missed`: it was due and did not come.

    `cells` are in the order of the table's columns, "" where that was not answered.
    `submission_id` is the report to open, "" for one that did not come.
    """

    day: int
    when: str
    how: str
    cells: tuple[str, ...]
    missed: bool = False
    submission_id: str = ""


@dataclass(frozen=True)
class Reports:
    """All reports of one patient, newest first. `columns` are what was asked."""

    columns: tuple[str, ...] = ()
    rows: tuple[Report, ...] = ()


@dataclass(frozen=True)
class PatientState:
    """One patient's page. `who` tells them apart in a dialog ("Lindqvist, Karin, No. 204 118").

    `facts` say who it is, `done` what was done, `stands` how the follow-up stands where that
    is not only that it goes on ("Paused until 4 Dec: holiday"); `remark` must be known before
    anything is said to them. `notes` are sentences that must be read before the chart; `own`
    those on what was set for this patient alone. `earlier` and `later` are the procedures
    before and after this one. `empty`: what to say instead of reports while there are none.

    `chart` is what the canvas draws and `words` its labels, `report` writes out one report by
    its id; this page hands them on unread.
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
    own: tuple[str, ...] = ()
    done: str = ""
    remark: str = ""
    stands: str = ""
    is_open: bool = True
    earlier: OtherProcedure | None = None
    later: OtherProcedure | None = None
    empty: str = ""
    maps: tuple[MapState, ...] = ()
    entries: tuple[Entry, ...] = ()
    looks: tuple[LookLine, ...] = ()
    chart: Any = field(compare=False, default=None)
    words: Any = field(compare=False, default=None)
    report: Callable[[str], OneReport | None] = field(compare=False, default=no_report)


@dataclass(frozen=True)
class MonitoringState:
    """How monitoring is. `advice` says what to do.

    "bad": something must be looked at, and the status line is red. "stopped": monitoring does
    not run, and the banner above everything says so; `by_hand` is what to do without it.
    """

    state: Literal["unknown", "good", "bad", "stopped"]
    text: str
    advice: str = ""
    received: str = ""
    by_hand: str = ""


@dataclass(frozen=True)
class TestState:
    """How the daily test of this station's alarm stands; `by` is who did not hear it."""

    __test__ = False  # no test of pytest's

    state: Literal["unknown", "due", "playing", "heard", "not_heard"]
    by: str = ""


@dataclass(frozen=True)
class PhoneLine:
    """One patient to ring when monitoring does not run; `phone` "" where none is known."""

    words: str
    name: str
    number: str
    phone: str
    reason: str


@dataclass(frozen=True)
class Term:
    """One count of an equation, such as 47 received."""

    count: int
    name: str
    is_bad: bool = False


@dataclass(frozen=True)
class Equation:
    """What came in, and what became of it: `total` is the sum of `parts`, or `is_bad`."""

    total: Term
    parts: tuple[Term, ...]
    note: str
    is_bad: bool = False

    @property
    def sentence(self) -> str:
        """Such as "47 received = 47 judged + 0 waiting + 0 failed"."""
        parts = " + ".join(f"{part.count} {part.name}" for part in self.parts)
        return f"{self.total.count} {self.total.name} = {parts}"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and how it is; "unknown" is silence, not a fault."""

    state: Literal["good", "bad", "unknown"]
    name: str
    text: str


@dataclass(frozen=True)
class PatientLink:
    """A patient who has to be looked at, and why."""

    episode_id: str
    name: str
    why: str


@dataclass(frozen=True)
class RuleLine:
    """How much one rule asks of people: ready words for one line of a table."""

    title: str
    ids: str
    raised: str
    open: str
    useful: str


@dataclass(frozen=True)
class StatusState:
    """The status page.

    `per_100` is "" before the first report, `empty` what to say while there are no `rules`.
    """

    reports: Equation
    alerts: Equation
    checks: tuple[Check, ...]
    heard: tuple[Check, ...]
    patients: tuple[PatientLink, ...]
    per_100: str
    rules: tuple[RuleLine, ...]
    empty: str = ""


ChangeKind = Literal["procedure", "window", "baseline"]


@dataclass(frozen=True)
class EpisodeChange:
    """One change of a follow-up, as it stands in the dialog; only the fields of its kind count.

    `key` names the window's or the baseline's entry in `EpisodeState`; `clear` takes what was
    set for the patient back. A window of relief has one day: `expected`.
    """

    kind: ChangeKind
    date: dt.date
    profile: str
    levels: tuple[str, ...]
    side: str
    key: str = ""
    expected: int = 0
    persistent: int = 0
    score: float = 0.0
    clear: bool = False


@dataclass(frozen=True)
class WindowChoice:
    """A window that can be set for one patient. `usual` says what it is without that.

    `own` is who set it, when and why, "" where nobody did; `is_one_day`: it has only one day.
    """

    key: str
    name: str
    expected: int
    persistent: int
    usual: str
    own: str = ""
    is_one_day: bool = False


@dataclass(frozen=True)
class BaselineChoice:
    """A score before the procedure that can be set; `score` None where there is none."""

    key: str
    name: str
    score: float | None
    usual: str
    own: str = ""


@dataclass(frozen=True)
class EpisodeState:
    """What the dialog for a follow-up begins with. `profiles` and `sides` are (code, words)."""

    episode_id: str
    about: str
    now: EpisodeChange
    profiles: tuple[tuple[str, str], ...]
    sides: tuple[tuple[str, str], ...]
    windows: tuple[WindowChoice, ...]
    baselines: tuple[BaselineChoice, ...]
    last_day: int
    highest: int


@dataclass(frozen=True)
class Foresight:
    """What a change would do: sentences, or why it cannot be made (`refusal`).

    `change` is the one it speaks of, so that an answer that comes late is not taken for that
    of a later question.
    """

    change: EpisodeChange
    lines: tuple[str, ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class EpisodeDraft:
    """What was typed in the dialog and not stored."""

    change: EpisodeChange
    reason: str


@dataclass(frozen=True)
class CallLine:
    """A kiosk that calls. `who` and `episode_id` are empty where nobody knows who stands there."""

    call_id: str
    kind: CallKind
    kiosk: str
    who: str
    when: str
    episode_id: str


Entered = Literal["nurse_phone", "nurse_paper"]
"""Where a nurse has the answers from that she enters."""


@dataclass(frozen=True)
class SheetRow:
    """One answer that a nurse can enter. `key` tells rows apart, `section` is its heading.

    A score is from `lowest` to `highest`; an answer in words is one of `options`, each (what is
    stored, the key that is pressed, words). `denial` is what stands for "none of these". `low`
    and `high` are the words for the ends of a score. From the score `compares` on it is asked
    how it compares with before (None: never).
    """

    key: str
    section: str
    name: str
    question: str
    lowest: int = 0
    highest: int = 0
    low: str = ""
    high: str = ""
    options: tuple[tuple[str, str, str], ...] = ()
    denial: str = ""
    compares: int | None = None


@dataclass(frozen=True)
class Entries:
    """What was typed on a sheet: row key -> score or code, row key -> comparison."""

    values: Mapping[str, str]
    compared: Mapping[str, str]


@dataclass(frozen=True)
class SheetState:
    """The form of one patient on one day, to be filled in by a nurse.

    `about` says whose, `form` which form and day. It may be of any day from `first_date` to
    `today`. `comparisons` are (code, key, words) as in `SheetRow.options`.
    """

    episode_id: str
    about: str
    form: str
    date: dt.date
    first_date: dt.date
    today: dt.date
    rows: tuple[SheetRow, ...]
    comparisons: tuple[tuple[str, str, str], ...]
