"""A clinic's own list of people as it was read from a file, and what its columns are taken for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

Field = Literal[
    "number",
    "family_name",
    "given_name",
    "birth_date",
    "sex",
    "phone",
    "language",
    "remark",
    "date",
    "profile",
    "levels",
    "side",
    "operator",
    "implant",
]
"""What is known of a patient, then of a procedure."""

REQUIRED: tuple[Field, ...] = ("number", "family_name", "given_name", "birth_date")
"""Without a column for each of these nobody can be told from anybody else."""

OF_PROCEDURE: tuple[Field, ...] = ("date", "profile", "levels", "side", "operator", "implant")
NEEDED_TO_FOLLOW: tuple[Field, ...] = ("date", "profile", "side")
"""A procedure has all of these; a row in which they are all empty is of a patient alone."""

DATES: tuple[Field, ...] = ("birth_date", "date")
CODED: tuple[Field, ...] = ("sex", "language", "profile", "side", "implant")
"""Fields of which the file's own words stand for one of a few values."""

BOTH_SIDES = "both"
"""How a plan says that both sides were treated; an episode says ""."""
UNSAID = "unsaid"
"""How a plan says that a list does not say the sex; a patient says ""."""
IMPLANTED: Mapping[str, bool] = {"yes": True, "no": False}

Order = Literal["dmy", "mdy", "ymd"]
"""How dates are written: 31.1.1970, 1/31/1970 or 1970-01-31."""


@dataclass(frozen=True)
class FileRow:
    """One row with its line in the file; `problem` is a sentence, "" for a row that can be read."""

    line: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True)
class PeopleFile:
    """A table as it was read; columns are known by their place, as two may have one name."""

    name: str
    encoding: str
    separator: str
    header: tuple[str, ...]
    rows: tuple[FileRow, ...]

    def values(self, column: int) -> tuple[str, ...]:
        """What stands in a column, row by row, of the rows that can be read."""
        return tuple(row.cells[column] for row in self.rows if not row.problem)


@dataclass(frozen=True)
class Plan:
    """What the columns are taken for.

    `order` is "" while nobody has said how dates are written. `codes` holds for each coded field
    what a word of the file (as `folded_value` makes it) stands for; one that is not in it, or
    stands for "", makes its row a fault. `left_out` are clinic numbers that are not to be taken.
    """

    columns: Mapping[Field, int]
    order: Order | Literal[""] = ""
    codes: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


class PeopleFiles(Protocol):
    """Reads and writes such lists."""

    def read(self, path: Path, encoding: str = "", separator: str = "") -> PeopleFile:
        """The list in a file; how it is written is found out where it is not said.

        Refuses with Refusal("unreadable_file", faults=…), sentences for whoever chose the file.
        """

    def write_errors(self, path: Path, people: PeopleFile, reasons: Mapping[int, str]) -> None:
        """Write the rows of some lines with why, so that they can be put right and read again.

        Refuses with Refusal("cannot_write").
        """
