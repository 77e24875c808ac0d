"""Notes who printed what: paper and files leave the program, and nobody can call them back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from monitor.services.clinic import Clinic
from monitor.services.permissions import needs

Printed = Literal["summary", "hand_over", "slip", "card"]
"""What can be printed: one patient's summary, the hand-over list, a desk slip, a patient's card."""


@dataclass(frozen=True)
class Noted:
    """It stands in the audit trail; nothing that a screen shows has changed."""


@needs("print")
def note_printed(clinic: Clinic, subject: str, what: Printed, how: str = "") -> Noted:
    """Write that something was printed or saved, before it is.

    subject: the id of the episode or patient it is about, "" where it is about many. how: where
    it goes ("printer", or the name of the file), as the reason of the line.
    """
    with clinic.store.begin() as work:
        work.audit.add(clinic.signed(f"{what}_printed", subject, how))
        work.commit()
    return Noted()
