"""Mapping files: what a clinic says about a CSV file of scores before it is imported."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from monitor.content.csv_files import Unreadable, decode, read_file
from monitor.content.faults import Fault
from monitor.domain.protocol import Protocol, Scale, Side

LARGEST_MAPPING = 256_000
"""Bytes of a mapping file."""
FURTHEST_DAY = 36_500
"""Days from the procedure beyond which a day is a slip of the pen."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
DATE_PARTS = frozenset("YmdHMS")
"""The parts a date format may have; each speaks for itself in any language and century."""

Number = int | Decimal
Text = Annotated[str, Field(min_length=1, max_length=400)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]
Level = Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,2}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class DataSetPart(_Part):
    id: Code
    title: Text
    licence: Text
    attribution: Text


class FilePart(_Part):
    """How the file is written. `drop`: items (long) or columns (wide) knowingly left out."""

    layout: Literal["long", "wide"]
    encoding: Literal["utf-8", "utf-16", "cp1252", "iso-8859-1"] = "utf-8"
    separator: Literal[",", ";", "\t", "|"] = ","
    decimal: Literal[".", ","] = "."
    missing: tuple[str, ...] = ("NA",)
    drop: tuple[str, ...] = ()


class ColumnsPart(_Part):
    """Which column holds what. Exactly one of `day`, `date` and `visit` is named."""

    subject: Text
    item: Text | None = None
    score: Text | None = None
    day: Text | None = None
    date: Text | None = None
    visit: Text | None = None
    site: Text | None = None
    side: Text | None = None
    compared: Text | None = None
    procedure_date: Text | None = None
    level: Text | None = None
    date_format: Text = "%Y-%m-%d"

    def named(self) -> Iterator[tuple[str, str]]:
        """Every key that names a column, with the column."""
        for key in type(self).model_fields:
            if key != "date_format" and (column := getattr(self, key)) is not None:
                yield key, column


class ProcedurePart(_Part):
    """What was done. `date` is day 0 of everybody whose row names no procedure date."""

    profile: Text
    side: Side = ""
    levels: tuple[Level, ...] = ()
    date: dt.date | None = None


class PatientPart(_Part):
    """How the people of the file are entered: nobody's own name or date of birth."""

    number_prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9]{0,12}$")]
    family_name: Text
    birth_date: dt.date
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"


class ItemPart(_Part):
    """One item of the file and the protocol's item that it becomes.

    A number is carried over from `scale` (its lowest and highest value) to the protocol's
    scale in a straight line; `reversed`: higher is better in the file; `round`: a result
    between two whole scores is rounded, half up, instead of refused. With `codes` only the
    texts named there are answers: they stand for numbers of `scale`, or for options where
    the protocol's item is a choice.
    """

    source: Text
    item: Text
    scale: tuple[Number, Number] | None = None
    reversed: bool = False
    round: bool = False
    codes: dict[str, Number | str] = Field(default_factory=dict)
    site: str = ""
    side: Side = ""


class Mapping(_Part):
    data_set: DataSetPart
    file: FilePart
    columns: ColumnsPart
    procedure: ProcedurePart
    patient: PatientPart
    visits: dict[str, Number] = Field(default_factory=dict)
    item: tuple[ItemPart, ...] = Field(min_length=1)


def read_mapping(path: Path, protocol: Protocol) -> Mapping:
    """Read a mapping file and hold it against the protocol.

    Refuses with Unreadable, naming every fault with its key and what to do about it.
    """
    text = decode(read_file(path, LARGEST_MAPPING), "utf-8", path.name)
    try:
        # TOML's own fractions would be binary ones: 0.1 must stay a tenth.
        content = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
        mapping = Mapping.model_validate(_tuples(content))
    except tomllib.TOMLDecodeError as error:
        raise Unreadable([Fault(path.name, "", f"Is not TOML; put right: {error}.")]) from error
    except RecursionError as error:
        raise Unreadable(
            [Fault(path.name, "", "Is nested too deeply; make it flatter.")]
        ) from error
    except ValidationError as error:
        raise Unreadable([Fault(path.name, *said) for said in _shape_faults(error)]) from error
    except (ValueError, ArithmeticError) as error:
        raise Unreadable([Fault(path.name, "", "Holds a number out of all range.")]) from error
    if faults := [Fault(path.name, *said) for said in _faults(mapping, protocol)]:
        raise Unreadable(faults)
    return mapping


def _tuples(value: object) -> object:
    """TOML's arrays as tuples, which is what a frozen record holds."""
    if isinstance(value, list):
        return tuple(_tuples(part) for part in value)
    if isinstance(value, dict):
        return {key: _tuples(part) for key, part in value.items()}
    return value


Said = tuple[str, str]
"""A key of the mapping file and what to do about it."""


def _shape_faults(error: ValidationError) -> Iterator[Said]:
    for detail in error.errors(include_url=False):
        key = _key(detail["loc"])
        if detail["type"] == "missing":
            yield key, "Is missing; add it."
        elif detail["type"] == "extra_forbidden":
            yield key, "Is not known; correct its spelling or remove it."
        else:
            yield key, f"{detail['msg']}."


def _key(location: tuple[int | str, ...]) -> str:
    """The place of a value as its author sees it; list entries count from 1."""
    key = ""
    for part in location:
        if isinstance(part, int):
            key += f"[{part + 1}]"
        elif part not in ("int", "decimal", "str"):  # the branches of a union
            key += f".{part}" if key else part
    return key


def _faults(mapping: Mapping, protocol: Protocol) -> Iterator[Said]:
    """What is wrong with a mapping that has the right shape."""
    yield from _column_faults(mapping)
    yield from _date_faults(mapping)
    if mapping.procedure.profile not in protocol.profiles:
        known = ", ".join(protocol.profiles)
        yield "procedure.profile", f"Is no profile of the protocol; use one of: {known}."
    seen = set(mapping.file.drop)
    for count, part in enumerate(mapping.item, start=1):
        key = f"item[{count}]"
        if part.source in seen:
            yield f"{key}.source", f"{part.source} is named twice; keep one of the two."
        seen.add(part.source)
        yield from _item_faults(key, part, protocol)


def _column_faults(mapping: Mapping) -> Iterator[Said]:
    columns = mapping.columns
    if [columns.day, columns.date, columns.visit].count(None) != 2:
        yield "columns", "Name exactly one of day, date and visit."
    long = mapping.file.layout == "long"
    for key in ("item", "score"):
        if long and getattr(columns, key) is None:
            yield f"columns.{key}", "Is missing; a long file has a column for it."
        if not long and getattr(columns, key) is not None:
            yield f"columns.{key}", "Remove it; in a wide file every item is a column."
    if columns.visit is not None and not mapping.visits:
        yield "visits", "Is missing; say for each visit on which day it was."
    for label, day in mapping.visits.items():
        if not Decimal(day).is_finite() or abs(Decimal(day)) > FURTHEST_DAY:
            yield f"visits.{label}", "Is no day; give the days since the procedure."


def _date_faults(mapping: Mapping) -> Iterator[Said]:
    day_zero = mapping.procedure.date
    if day_zero is None and mapping.columns.procedure_date is None:
        yield "procedure.date", "Is missing; give a date, or name columns.procedure_date."
    parts = re.findall(r"%(.?)", mapping.columns.date_format)
    if not set(parts) <= DATE_PARTS or not set("Ymd") <= set(parts):
        yield "columns.date_format", "Use %Y, %m and %d, and if need be %H, %M and %S."
    elif len(parts) != len(set(parts)):
        yield "columns.date_format", "Names a part twice; name each once."
    for key, date in (
        ("procedure.date", day_zero),
        ("patient.birth_date", mapping.patient.birth_date),
    ):
        if date is not None and not FIRST_YEAR <= date.year <= LAST_YEAR:
            yield key, f"Give a date from {FIRST_YEAR} to {LAST_YEAR}."


def _item_faults(key: str, part: ItemPart, protocol: Protocol) -> Iterator[Said]:
    item = protocol.items.get(part.item)
    if item is None or item.retired:
        yield f"{key}.item", f"The protocol asks no {part.item}; use one of its items."
        return
    if not item.per and (part.site or part.side):
        yield key, f"{part.item} has neither site nor side; remove them."
    elif part.site and part.site not in protocol.regions:
        yield f"{key}.site", f"Is no region; use one of: {', '.join(protocol.regions)}."
    scale = protocol.scale_of(part.item)
    faults = _option_faults(part, scale) if scale.kind == "choice" else _scale_faults(part)
    yield from ((f"{key}.{inner}", remedy) for inner, remedy in faults)


def _option_faults(part: ItemPart, scale: Scale) -> Iterator[Said]:
    if part.scale is not None or part.reversed or part.round:
        yield "item", f"{part.item} is a choice; use codes, not scale, reversed or round."
    if not part.codes:
        yield "codes", "Is missing; say which text stands for which option."
    for text, option in part.codes.items():
        if option not in scale.options:
            yield f"codes.{text}", f"Is no option; use one of: {', '.join(scale.options)}."


def _scale_faults(part: ItemPart) -> Iterator[Said]:
    if part.scale is None:
        yield "scale", "Is missing; give the lowest and the highest value of the file's scale."
        return
    low, high = (Decimal(bound) for bound in part.scale)
    if not (low.is_finite() and high.is_finite() and low < high):
        yield "scale", "Give two numbers, the smaller one first."
        return
    for text, number in part.codes.items():
        if isinstance(number, str) or not low <= Decimal(number) <= high:
            yield f"codes.{text}", f"Give a number from {low} to {high}, the scale of the file."


def to_protocol_scale(number: Fraction, part: ItemPart, scale: Scale) -> Fraction:
    """Carry a number from the file's scale to the protocol's, exactly."""
    assert part.scale is not None
    low, high = (Fraction(bound) for bound in part.scale)
    share = (number - low) / (high - low)
    if part.reversed:
        share = 1 - share
    return scale.minimum + share * (scale.maximum - scale.minimum)
