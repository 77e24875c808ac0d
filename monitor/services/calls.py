"""A kiosk that asks for a person, and the person who says that they are going."""

from __future__ import annotations

import uuid
from dataclasses import replace

from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Call, CallKind, Work


@needs("kiosk")
def call(clinic: Clinic, kind: CallKind, episode_id: str = "") -> Call:
    """Ask for a person here; where the same call waits already, it stays the only one.

    `episode_id` is empty where nobody knows who stands here.
    """
    with clinic.store.begin() as work:
        made = note(clinic, work, kind, episode_id)
        work.commit()
    return made


def note(clinic: Clinic, work: Work, kind: CallKind, episode_id: str = "") -> Call:
    """The same as `call`, as a part of a unit of work."""
    for known in work.calls.waiting():
        if (known.station, known.kind, known.episode_id) == (clinic.station, kind, episode_id):
            return known
    made = Call(str(uuid.uuid4()), clinic.now(), clinic.station, kind, episode_id)
    work.calls.add(made)
    work.audit.add(clinic.signed("staff_called", made.id, kind))
    return made


@needs("monitor")
def waiting(clinic: Clinic) -> tuple[Call, ...]:
    """The calls that nobody has answered, the oldest first."""
    with clinic.store.read() as work:
        return work.calls.waiting()


@needs("monitor")
def answer(clinic: Clinic, call_id: str) -> None:
    """Say that whoever acts here is going there.

    Refuses with Conflict("call_answered", by=…) where somebody else does, and with
    Refusal("unknown_call").
    """
    with clinic.store.begin() as work:
        work.calls.answer(call_id, clinic.actor, clinic.now())
        work.audit.add(clinic.signed("call_answered", call_id))
        work.commit()


@needs("kiosk")
def meet(clinic: Clinic, call_id: str) -> None:
    """Say that somebody has come to the kiosk that called: whose name it is not, but staff.

    Refuses as `answer` does.
    """
    answer(replace(clinic, actor="staff"), call_id)
