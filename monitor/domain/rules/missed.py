"""Scheduled reports that did not come: silence must not look like health."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.finding import Evidence, Finding
from monitor.domain.protocol import Grounds, Priority
from monitor.domain.rules.rule import Rule

if TYPE_CHECKING:
    from monitor.domain.course import Course
    from monitor.domain.protocol import Slot

MISSED_REPORT = "missed_report"
"""The item named by evidence of a report that did not come; its value is the slot's id."""


@dataclass(frozen=True, kw_only=True)
class Phase(Grounds):
    """What a missed report asks for if it was due at most on `to_day` (None: any later day).

    Times count from the due day: the patient is reminded after `remind_after_hours`, a nurse
    calls after `call_after_hours`, which is when the alert is raised.
    """

    to_day: int | None = None
    remind_after_hours: int
    call_after_hours: int
    priority: Priority


@dataclass(frozen=True, kw_only=True)
class Missed(Rule):
    """Holds from a missed report's call day until a later report, or the next procedure, comes.

    A report that a pause excuses is not missed.

    `missed` is the stage of one missed report, with its phase's priority; `lost` that of
    `lost_after` in a row, or of one while a finding of `lost_with` priority holds.
    """

    kind: ClassVar[str] = "missed"

    phases: tuple[Phase, ...]
    missed: str
    lost: str
    lost_after: int
    lost_with: tuple[Priority, ...]

    def edges(self, course: Course) -> Iterable[int]:
        return (day for _, day, _ in self._calls(course))

    def combine(self, course: Course, findings: tuple[Finding, ...]) -> Iterable[Finding]:
        last = max((r.day for r in course.reports), default=None)
        silent = [
            (slot, day, phase)
            for slot, day, phase in self._calls(course)
            if day <= course.today and (last is None or last < slot.opens_day)
        ]
        if not silent or course.is_over:
            return
        worried = any(f.priority in self.lost_with for f in findings)
        is_lost = len(silent) >= self.lost_after or worried
        stage = self.stage(self.lost if is_lost else self.missed)
        yield Finding(
            rule=self.id,
            stage=stage.id,
            priority=stage.priority or silent[-1][2].priority,
            item="",
            since_day=silent[0][1],
            evidence=tuple(Evidence(s.due_day, MISSED_REPORT, s.id) for s, _, _ in silent),
            facts={
                "missed": len(silent),
                "due_day": silent[-1][0].due_day,
                "last_day": "" if last is None else last,
            },
        )

    def _calls(self, course: Course) -> Iterator[tuple[Slot, int, Phase]]:
        """Each expected report after the procedure, the day of the call, and its phase."""
        for slot in course.expected:
            if slot.due_day > course.protocol.baseline.to_day:
                phase = next(p for p in self.phases if p.to_day is None or slot.due_day <= p.to_day)
                waited = slot.due_day + math.ceil(phase.call_after_hours / 24)
                yield slot, max(slot.closes_day + 1, waited), phase
