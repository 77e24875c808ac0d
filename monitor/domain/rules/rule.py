"""What every kind of rule has in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Evidence, Fact, Finding, NotEvaluable
from monitor.domain.protocol import Grounds, Priority
from monitor.domain.submission import NOWHERE, Place

if TYPE_CHECKING:
    from monitor.domain.course import Course, Reading
    from monitor.domain.protocol import Protocol


SHOWN = 5
"""How many readings, the newest, a finding shows at most."""


@dataclass(frozen=True, kw_only=True)
class Stage(Grounds):
    """One step of a rule, with the id clinicians know it by ("Y1").

    `priority` None takes the priority of the window that was passed.
    """

    id: str
    priority: Priority | None = None

    @property
    def own_priority(self) -> Priority:
        """The priority of a stage that has one of its own, as all but windows' stages do."""
        if self.priority is None:
            raise ValueError(f"stage {self.id} has no priority of its own")
        return self.priority


@dataclass(frozen=True)
class Suspicion:
    """What a rule would alert for if the next report said the same as the one of `day`.

    A report before `from_day` could not decide it (0: the next one can).
    """

    rule: str
    item: str
    place: Place
    day: int
    from_day: int = 0


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of a protocol: its settings are its fields, its stages mild to severe.

    `latch`: once raised, its alert stays until a person closes it; otherwise it is retracted
    when the condition is gone. `snooze`: a person may put its alert aside.
    `raise_again_rise`: how much worse (`Finding.severity`) it must be to be raised again after
    a person closed it while it held; None takes the protocol's `presence.rise`.
    `unless`: rules whose finding at the same place, of the same day or earlier (`since_day`),
    tells of the same worry: then this one is silent, also where that one is silent itself.
    `ask_again`: what it suspects makes an extra report due (`monitor.domain.due`).
    `reported_as`: the name `replay` writes for it; empty means the rule's own id.
    """

    kind: ClassVar[str]

    id: str
    stages: tuple[Stage, ...]
    latch: bool = True
    snooze: bool = True
    raise_again_rise: float | None = None
    unless: tuple[str, ...] = ()
    ask_again: bool = False
    reported_as: str = ""

    def stage(self, stage_id: str) -> Stage:
        """The stage of that id; refuses with KeyError if there is none."""
        found = self.find_stage(stage_id)
        if found is None:
            raise KeyError(stage_id)
        return found

    def find_stage(self, stage_id: str) -> Stage | None:
        return next((s for s in self.stages if s.id == stage_id), None)

    def found(
        self,
        stage: Stage,
        item: str,
        since_day: int,
        readings: Iterable[Reading],
        facts: Mapping[str, Fact],
        *,
        place: Place = NOWHERE,
        priority: Priority | None = None,
    ) -> Finding:
        """A finding of this rule that rests on readings; `priority` None is the stage's own."""
        return Finding(
            rule=self.id,
            stage=stage.id,
            priority=priority or stage.own_priority,
            item=item,
            since_day=since_day,
            evidence=tuple(
                Evidence(r.day, item, r.score, place, r.compared, r.submission_id) for r in readings
            ),
            place=place,
            facts=facts,
        )

    def items(self, protocol: Protocol) -> frozenset[str]:
        """The items whose answers the rule reads."""
        return frozenset()

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        """What holds on `course.today`, judged from the whole course each time."""
        return ()

    def suspects(self, course: Course) -> Iterable[Suspicion]:
        """What the newest answers make likely and do not yet prove; nothing that holds already."""
        return ()

    def suspicion(
        self, item: str, day: int, place: Place = NOWHERE, from_day: int = 0
    ) -> Suspicion:
        return Suspicion(self.id, item, place, day, from_day)

    def edges(self, course: Course) -> Iterable[int]:
        """The days on which time alone, without a report, may change what `evaluate` says."""
        return ()

    def combine(self, course: Course, findings: tuple[Finding, ...]) -> Iterable[Finding]:
        """What follows from the findings of the other rules on the same day."""
        return ()


def reason_without(baseline: float | None) -> str:
    """Why a rule that compares with the score before the procedure cannot be looked at.

    "no_baseline": it is not known; "nothing_before": it is 0, or less than the rule wants.
    """
    return "no_baseline" if baseline is None else "nothing_before"
