"""The default protocol with a simulated family's own schedule of reports.

The simulator's patients report on days of their own, not on the protocol's. Where a rule speaks
of reports that are due, a fair figure needs the schedule that the patients were given.
"""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.domain.protocol import Protocol, Slot

DAILY = 3
"""The first days, on which a report belongs to its day alone."""


class _OnTime:
    """In place of the generator: nobody is asked a day early or late."""

    def integers(self, low: int, high: int, size: int) -> NDArray[Any]:
        return np.zeros(size, int)


def with_schedule_of(protocol: Protocol, simulate: ModuleType, family: Any) -> Protocol:
    """The protocol, its scheduled reports after the procedure being those of a family.

    As in the protocol itself, the days between two reports belong to the nearer one; the first
    days each to their own.
    """
    before = tuple(s for s in protocol.schedule if s.due_day <= 0)
    due = [int(day) for day in simulate.slots(family.schedule, _OnTime())]
    slots = []
    opens = 1
    for day, following in zip(due, [*due[1:], 2 * due[-1] - due[-2]], strict=True):
        closes = day if day <= DAILY else max(day, (day + following - 1) // 2)
        slots.append(Slot(f"S{day}", day, opens, closes, _form(protocol, day)))
        opens = closes + 1
    return replace(protocol, schedule=(*before, *slots))


def _form(protocol: Protocol, day: int) -> str:
    """The form that the protocol has for that time."""
    return [s.form for s in protocol.schedule if s.due_day <= day][-1]
