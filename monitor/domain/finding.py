"""What a rule concludes from a course, with everything needed to explain it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.domain.protocol import Priority
from monitor.domain.submission import NOWHERE, Place

Fact = int | float | str


@dataclass(frozen=True)
class Evidence:
    """One answer that a finding rests on."""

    day: int
    item: str
    value: int | str
    place: Place = NOWHERE
    compared: str | None = None
    submission_id: str = ""


@dataclass(frozen=True)
class Finding:
    """A condition that holds on the day it was looked for.

    `rule` is the rule's id and `stage` the step of it that holds ("Y1", then "A1").
    `since_day` is the first day of this spell on which the condition held. `facts` are the
    numbers and codes its sentence needs (limit, baseline, window ends); they are a function
    of the course, not of the day of looking, so looking again changes nothing.
    """

    rule: str
    stage: str
    priority: Priority
    item: str
    since_day: int
    evidence: tuple[Evidence, ...]
    place: Place = NOWHERE
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two findings the same concern: rule, site, side."""
        return (self.rule, self.place.site, self.place.side)

    @property
    def severity(self) -> int:
        """The highest score in the evidence; where it holds no score, how many pieces it has."""
        scores = [e.value for e in self.evidence if isinstance(e.value, int)]
        return max(scores) if scores else len(self.evidence)


@dataclass(frozen=True)
class NotEvaluable:
    """A rule that could not be looked at, and why ("no_baseline", "no_answer")."""

    rule: str
    reason: str
    item: str


@dataclass(frozen=True)
class Judgement:
    """All that the rules of a protocol say of one course on one day."""

    findings: tuple[Finding, ...]
    not_evaluable: tuple[NotEvaluable, ...] = ()
