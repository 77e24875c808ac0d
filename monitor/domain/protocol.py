"""The agreed plan of follow-up: items, windows, schedule, rules, and where each number is from.

These records are what the protocol files become once they have been read and found whole
(`monitor.content.protocols`). They hold numbers and codes only; words are in the protocol's
word files.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from monitor.domain.condition import Condition

if TYPE_CHECKING:
    from monitor.domain.rules.rule import Rule

Side = Literal["", "left", "right"]
SIDES: tuple[Side, ...] = ("left", "right")


class Priority(enum.StrEnum):
    """How soon somebody must act. Ordered: red comes first."""

    RED = "red"
    ORANGE = "orange"
    AMBER = "amber"
    YELLOW = "yellow"

    @property
    def rank(self) -> int:
        """0 for red, 3 for yellow; sorts the most urgent first."""
        return list(Priority).index(self)

    def is_above(self, other: Priority) -> bool:
        return self.rank < other.rank


@dataclass(frozen=True)
class Source:
    """One entry of the protocol's source list: an article, a page, or a named judgement."""

    citation: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Why a number is what it is. `grade`: A direct evidence, B indirect, C judgement."""

    sources: tuple[str, ...]
    grade: Literal["A", "B", "C"]
    why: str


@dataclass(frozen=True)
class Scale:
    """The range of one kind of answer.

    A `number` scale has whole numbers from `minimum` to `maximum`, higher always worse, and
    `bands` that name stretches of it (inclusive first and last). A `choice` scale has
    `options`, stable codes in the order in which they are shown.

    `denial` is the answer of somebody who has nothing of what is asked; without one (None) no
    key can offer the question beside others (`Step.pick`). `presumed` is the option that counts
    of somebody who touched that key and did not answer more closely; "": the question then
    counts as skipped.
    """

    kind: Literal["number", "choice"]
    minimum: int = 0
    maximum: int = 10
    bands: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    denial: int | str | None = None
    presumed: str = ""

    def accepts(self, value: int | str) -> bool:
        if self.kind == "number":
            return type(value) is int and self.minimum <= value <= self.maximum
        return isinstance(value, str) and value in self.options


@dataclass(frozen=True)
class Item:
    """One question.

    `per` says what an answer belongs to: nothing (""), a side of the body ("side"), or a
    region and side of the body map ("region"). `compare`: a score at or above the protocol's
    `compare_from` is followed by "compared with before the procedure".
    `chart`: where the station shows it ("pain", "numbness", "weakness" panels, "strip", or
    not at all).
    """

    scale: str
    per: Literal["", "side", "region"] = ""
    compare: bool = False
    chart: Literal["", "pain", "numbness", "weakness", "strip"] = ""
    retired: bool = False


@dataclass(frozen=True)
class Region:
    """An area of the body map. `roots` are the cervical roots whose skin it is ("C6")."""

    roots: tuple[str, ...] = ()
    sided: bool = True


@dataclass(frozen=True, kw_only=True)
class Profile(Grounds):
    """A kind of procedure. Days count from the procedure (day 0).

    `planned_regions` are the regions where numbness is part of the procedure;
    `planned_by_level` adds the regions of the treated levels on the treated side.
    """

    surgical: bool
    planned_regions: tuple[str, ...]
    planned_by_level: bool
    benefit_from_day: int
    recurrence_from_day: int


@dataclass(frozen=True)
class Window:
    """The days in which a complaint is expected after one kind of procedure.

    Expected up to and including `expected_to_day`; persistent from `persistent_from_day` on;
    in between it is late. `priority` is that of the alert once it is persistent.
    """

    expected_to_day: int
    persistent_from_day: int
    priority: Priority


@dataclass(frozen=True, kw_only=True)
class Symptom(Grounds):
    """One row of the window table: an item, in or outside the planned area.

    `windows` holds one entry per profile; None means permanent by design, never persistent.
    """

    item: str
    where: Literal["", "planned", "elsewhere"] = ""
    windows: Mapping[str, Window | None]


@dataclass(frozen=True)
class Slot:
    """One scheduled report: due on `due_day`, accepted from `opens_day` to `closes_day`."""

    id: str
    due_day: int
    opens_day: int
    closes_day: int
    form: str
    surgical_only: bool = False


@dataclass(frozen=True)
class Step:
    """One question of a form, in its place.

    Steps that follow each other with the same `pick` are first offered together, a key each,
    and asked only where their key was touched. Steps that follow each other with the same `page`
    are shown together. `when` asks the
    question only if the answers so far fulfil it; `from_day` and `to_day` bound the
    postoperative days on which it is asked (None: no bound; `to_day_implant` takes the place
    of `to_day` after an implant), `profiles` the kinds of procedure (empty: all).
    """

    item: str
    page: str = ""
    pick: str = ""
    when: Condition | None = None
    from_day: int | None = None
    to_day: int | None = None
    to_day_implant: int | None = None
    profiles: tuple[str, ...] = ()

    def last_day(self, implant: bool) -> int | None:
        """The last day on which it is asked, None: no end."""
        return self.to_day_implant if implant and self.to_day_implant is not None else self.to_day


@dataclass(frozen=True)
class Form:
    """A questionnaire. `recall` is the period its scores speak of, in hours."""

    recall_hours: int
    steps: tuple[Step, ...]

    def steps_on(self, day: int, profile: str, implant: bool = False) -> tuple[Step, ...]:
        """The steps asked on postoperative day `day`, before any `when` is looked at."""
        return tuple(
            step
            for step in self.steps
            if (step.from_day is None or step.from_day <= day)
            and ((last := step.last_day(implant)) is None or day <= last)
            and (not step.profiles or profile in step.profiles)
        )


@dataclass(frozen=True, kw_only=True)
class Times(Grounds):
    """What one priority asks of the clinic, in hours; None where nothing is asked.

    What is acknowledged comes back after `close_hours` unless it was closed. `snooze_days` is
    the longest it may be put aside (0: never).
    """

    acknowledge_hours: float | None
    respond_hours: float | None
    close_hours: float | None
    snooze_days: int


@dataclass(frozen=True, kw_only=True)
class Presence(Grounds):
    """When a symptom counts as present, and when it counts as settled.

    Asked "compared with before": score >= `at_least`, and >= baseline + `rise`, and the
    answer is one of `compared`. Not asked: score >= baseline + `rise_unasked` (see
    METHOD in the sources). Settled: `settle_reports` reports running at most baseline +
    `settle_rise`, from day `settle_from_day`. Back: as many running at least
    baseline + `back_rise`. Two reports further apart than `within_days` are not "running".
    """

    at_least: int
    rise: float
    compared: tuple[str, ...]
    rise_unasked: float
    settle_reports: int
    settle_rise: float
    settle_from_day: int
    back_rise: float
    within_days: int


@dataclass(frozen=True, kw_only=True)
class BaselinePlan(Grounds):
    """The reports that make a baseline: the mean of those from `from_day` to `to_day`."""

    from_day: int
    to_day: int


@dataclass(frozen=True)
class CanaryPlan:
    """The daily proof that reports raise alerts.

    The answer to `item` that `raises` the alert of `rule`, and the one that `ends` it.
    """

    item: str
    raises: str
    ends: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class AskAgain(Grounds):
    """When a suspicious report is followed by an extra one, beside the schedule.

    It is accepted from `from_days` to `to_days` after the suspicious report: late enough to be a
    second look, soon enough to matter. `at_most` extra reports are asked for in a row.
    """

    from_days: int
    to_days: int
    at_most: int


@dataclass(frozen=True, kw_only=True)
class Quality(Grounds):
    """When answers were given in such haste that they may say little (`monitor.domain.quality`).

    The scores of `identical_items` or more questions, all of them the same, in less than
    `within_seconds` from the first question on.
    """

    identical_items: int
    within_seconds: int


@dataclass(frozen=True, kw_only=True)
class PausePlan(Grounds):
    """For how many days from now on no report may be expected, without anybody deciding anew."""

    at_most_days: int


@dataclass(frozen=True, kw_only=True)
class SilencePlan(Grounds):
    """Whom to call last of those who do not report: silent for more than `long_lost_days`."""

    long_lost_days: int


@dataclass(frozen=True)
class Approval:
    """Who approved this version for clinical use, and when (ISO date)."""

    by: str
    on: str


@dataclass(frozen=True, kw_only=True)
class Translation:
    """What is known of the words in a language other than English.

    `status`: "draft" has not been clinically validated; "approved" says by whom and when (ISO
    date). `scores`: from which side the numbers of a scale are laid out, which is part of the
    instrument and does not follow from the direction of the lines.
    """

    status: Literal["draft", "approved"]
    scores: Literal["left_to_right", "right_to_left"]
    approved_by: str = ""
    approved_on: str = ""


@dataclass(frozen=True)
class ContactCodes:
    """What a nurse can tick of a contact: what she found, and what she advised."""

    findings: tuple[str, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """A whole protocol, read and checked.

    `content_hash` is the SHA-256 (hex) of the protocol's files; with `version` it is kept in
    every submission and every alert. `outcomes` are the codes an alert may be resolved with.
    `words` maps language -> key -> text; `translations` has every language of them but English.
    """

    id: str
    version: str
    content_hash: str
    status: Literal["draft", "approved"]
    approval: Approval | None
    compare_from: int
    scales: Mapping[str, Scale]
    items: Mapping[str, Item]
    regions: Mapping[str, Region]
    profiles: Mapping[str, Profile]
    symptoms: Mapping[str, Symptom]
    presence: Presence
    baseline: BaselinePlan
    ask_again: AskAgain
    quality: Quality
    pause: PausePlan
    silence: SilencePlan
    schedule: tuple[Slot, ...]
    forms: Mapping[str, Form]
    priorities: Mapping[Priority, Times]
    rules: tuple[Rule, ...]
    canary: CanaryPlan
    outcomes: tuple[str, ...]
    contacts: ContactCodes
    sources: Mapping[str, Source]
    words: Mapping[str, Mapping[str, str]]
    translations: Mapping[str, Translation] = field(default_factory=dict)

    def scale_of(self, item: str) -> Scale:
        return self.scales[self.items[item].scale]

    def find_rule(self, rule_id: str) -> Rule | None:
        """The rule of that id; None if this version has it no more."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def slots_for(self, profile: str) -> tuple[Slot, ...]:
        """The scheduled reports of a profile, in order of due day."""
        surgical = self.profiles[profile].surgical
        return tuple(s for s in self.schedule if surgical or not s.surgical_only)

    def slot_on(self, profile: str, day: int) -> Slot | None:
        """The scheduled report to which one given on `day` belongs, or None for an extra one.

        Where two slots hold the day, the one whose due day is nearest has it; of two equally
        near the later one (its form is the one for the days to come).
        """
        holding = [s for s in self.slots_for(profile) if s.opens_day <= day <= s.closes_day]
        return min(holding, key=lambda s: (abs(s.due_day - day), -s.due_day), default=None)
