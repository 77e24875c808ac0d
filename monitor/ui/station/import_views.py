"""What the screens of an import show and tell, in words. Has no Qt and no services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Choices = tuple[tuple[str, str], ...]
"""Pairs of a code and its words."""
Line = tuple[str, ...]


@dataclass(frozen=True)
class BatchRow:
    """An import there was; `line` is when, who, file, what and how it stands."""

    id: str
    line: Line
    file: str
    can_undo: bool


@dataclass(frozen=True)
class FileShown:
    """A file as it was read: its first lines under the names of its columns."""

    name: str
    says: str
    encoding: str
    separator: str
    header: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class FieldRow:
    """One of our fields and the column that is taken for it, -1 for none.

    `without`: what is stored where there is none.
    """

    key: str
    title: str
    is_needed: bool
    column: int
    without: str


@dataclass(frozen=True)
class Word:
    """A word of the file, how often it stands there, and what it stands for ("": not known)."""

    key: str
    shown: str
    code: str


@dataclass(frozen=True)
class Words:
    """The words of a coded field; `more`: a sentence where there are too many to show."""

    key: str
    title: str
    choices: Choices
    words: tuple[Word, ...]
    more: str = ""


@dataclass(frozen=True)
class MapShown:
    """What the columns are taken for. `order` is "" while it has to be asked; with its doubt."""

    columns: Line
    samples: Line
    fields: tuple[FieldRow, ...]
    orders: Choices
    order: str
    doubt: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Mapped:
    """What a person says that the columns are; -1 is never among `columns`."""

    columns: Mapping[str, int]
    order: str
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class LookalikeRow:
    """Somebody new who may be here already."""

    number: str
    line: Line


@dataclass(frozen=True)
class CheckShown:
    """What the import would do. `verb` is "" where it would do nothing."""

    figures: tuple[tuple[str, str], ...]
    preview: tuple[Line, ...]
    faults: tuple[Line, ...]
    lookalikes: tuple[LookalikeRow, ...]
    faulty_rows: int
    verb: str


@dataclass(frozen=True)
class ResultShown:
    """What came of it. `kept` are patients that stay; `can_end`: some are followed still."""

    heading: str
    says: str
    kept: tuple[Line, ...] = ()
    can_end: bool = False
