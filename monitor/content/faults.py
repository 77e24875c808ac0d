"""What can be wrong with a file, said so that the person who wrote it can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.services.refusals import Refusal


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: the file, the key in it ("" for the whole file), what to do.

    Entries of lists are counted from 1: "form.week.steps[3].item" is the third step.
    """

    file: str
    key: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.remedy}"


class ProtocolFaults(Refusal):
    """A protocol that cannot be used. `faults` holds everything that is wrong with it."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.name = name
        self.faults = tuple(sorted(set(faults)))
        super().__init__("protocol_faults", protocol=name)

    def __str__(self) -> str:
        count = len(self.faults)
        many = "fault" if count == 1 else "faults"
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        return f'The protocol "{self.name}" has {count} {many}:\n{lines}'
