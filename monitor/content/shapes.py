"""From the tables of a protocol's files to the records of the domain, type by type.

The domain's dataclasses are the only list of what a protocol holds: their annotations are
checked here by pydantic, strictly and with unknown keys refused.
"""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from monitor.content.faults import Fault
from monitor.content.files import Table
from monitor.domain import condition, protocol
from monitor.domain.protocol import Priority, Protocol
from monitor.domain.rules import KINDS
from monitor.domain.rules.rule import Rule

FILE_OF: Mapping[str, str] = {
    "id": "protocol.toml",
    "version": "protocol.toml",
    "status": "protocol.toml",
    "approval": "protocol.toml",
    "compare_from": "protocol.toml",
    "outcomes": "protocol.toml",
    "contacts": "protocol.toml",
    "scale": "protocol.toml",
    "item": "protocol.toml",
    "region": "protocol.toml",
    "profile": "protocol.toml",
    "symptom": "protocol.toml",
    "presence": "protocol.toml",
    "baseline": "protocol.toml",
    "ask_again": "protocol.toml",
    "quality": "protocol.toml",
    "pause": "protocol.toml",
    "silence": "protocol.toml",
    "slot": "protocol.toml",
    "priority": "protocol.toml",
    "canary": "protocol.toml",
    "translation": "protocol.toml",
    "form": "forms.toml",
    "rule": "rules.toml",
    "source": "sources.toml",
}
"""The key of every section, and the file in which it stands."""

FIELD_OF: Mapping[str, str] = {
    "scale": "scales",
    "item": "items",
    "region": "regions",
    "profile": "profiles",
    "symptom": "symptoms",
    "slot": "schedule",
    "priority": "priorities",
    "translation": "translations",
    "form": "forms",
    "rule": "rules",
    "source": "sources",
}
"""The field of Protocol that a section fills, where it is not called the same."""

MAY_BE_LEFT_OUT = frozenset({"approval", "translation"})

NAMES = {**vars(protocol), **vars(condition), "Rule": Rule}
HINTS = typing.get_type_hints(Protocol, localns=NAMES)
STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)

PLAIN_WORDS = {
    "missing": "Is missing; add it.",
    "unexpected_keyword_argument": "Nothing reads this key; correct its spelling or remove it.",
    "bool_type": "Write true or false, without quotes.",
    "int_type": "Write a whole number, without quotes.",
    "int_from_float": "Write a whole number, without a decimal point.",
    "float_type": "Write a number, without quotes.",
    "finite_number": "Write a number that ends.",
    "string_type": "Write a text in quotes.",
    "tuple_type": "Write a list in square brackets.",
    "dict_type": "Write a table of keys and values here.",
    "mapping_type": "Write a table of keys and values here.",
    "dataclass_type": "Write a table of keys and values here.",
}


@dataclass(frozen=True)
class Draft:
    """What could be read of a protocol.

    `protocol` lacks the entries that are not valid (for a section that is not a collection
    see `single`). `ids` are the ids of each section, valid or not, so that a
    reference to an entry with a fault of its own is not reported as well; `broken` are the
    ids of those with faults.
    """

    protocol: Protocol
    ids: Mapping[str, frozenset[str]]
    broken: Mapping[str, frozenset[str]]

    def single(self, section: str) -> Any:
        """A section that is not a collection, or None where it could not be read."""
        return getattr(self.protocol, section)


def at(key: str, remedy: str) -> Fault:
    """A fault at a key path, in the file in which its section stands."""
    section = re.split(r"[.\[]", key, maxsplit=1)[0]
    return Fault(FILE_OF[section], key, remedy)


def read_sections(tables: Mapping[str, Table], content_hash: str) -> tuple[Draft, list[Fault]]:
    """Lay the tables of the files over the domain's records; words are read elsewhere."""
    faults = list(_strays(tables))
    fields: dict[str, Any] = {"content_hash": content_hash, "words": {}}
    ids: dict[str, frozenset[str]] = {}
    broken: dict[str, frozenset[str]] = {}
    for section, file in FILE_OF.items():
        raw = tables[file].get(section)
        if raw is None and section not in MAY_BE_LEFT_OUT:
            faults.append(at(section, PLAIN_WORDS["missing"]))
        if section in FIELD_OF:
            read = _entries(section, raw)
            fields[FIELD_OF[section]] = read.records
            ids[section], broken[section] = read.ids, read.broken
            faults += read.faults
        elif raw is None:
            fields[section] = None
        else:
            fields[section], found = _value(HINTS[section], section, raw)
            faults += found
    return Draft(Protocol(**fields), ids, broken), faults


@dataclass(frozen=True)
class _Entries:
    """The valid records of a section, in the collection that Protocol wants them in."""

    records: Mapping[Any, Any] | tuple[Any, ...]
    ids: frozenset[str]
    broken: frozenset[str]
    faults: list[Fault]


def _entries(section: str, raw: Any) -> _Entries:
    keyed, faults = _keyed(section, raw)
    good: dict[str, Any] = {}
    for name, entry in keyed:
        record, found = _entry(section, f"{section}.{name}", entry)
        faults += found
        if record is not None:
            good[name] = record
    ids = frozenset(name for name, _ in keyed)
    records: Mapping[Any, Any] | tuple[Any, ...] = good
    if _is_list(section):
        records = tuple(good.values())
    elif section == "priority":
        records = {Priority(name): record for name, record in good.items()}
    return _Entries(records, ids, ids - good.keys(), faults)


def _strays(tables: Mapping[str, Table]) -> Iterator[Fault]:
    """Top-level keys of the structure files that no section has."""
    for file in sorted(set(FILE_OF.values())):
        for key in tables[file]:
            if FILE_OF.get(key) != file:
                yield Fault(file, key, PLAIN_WORDS["unexpected_keyword_argument"])


def _is_list(section: str) -> bool:
    return typing.get_origin(HINTS[FIELD_OF[section]]) is tuple


def _keyed(section: str, raw: Any) -> tuple[list[tuple[str, Any]], list[Fault]]:
    """The entries of a section by id; those of a list carry their id inside."""
    if raw is None:
        return [], []
    if not _is_list(section):
        if isinstance(raw, dict):
            return list(raw.items()), []
        return [], [at(section, PLAIN_WORDS["dict_type"])]
    if not isinstance(raw, list):
        return [], [at(section, f"Write each entry under a heading [[{section}]].")]
    keyed: dict[str, Any] = {}
    faults: list[Fault] = []
    for number, entry in enumerate(raw, start=1):
        name = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(name, str):
            faults.append(at(f"{section}[{number}].id", "Give it an id, a text in quotes."))
        elif name in keyed:
            faults.append(at(f"{section}.{name}", "Two entries have this id; rename one."))
        else:
            keyed[name] = entry
    return list(keyed.items()), faults


def _entry(section: str, key: str, raw: Any) -> tuple[Any, list[Fault]]:
    """One entry of a section as the domain's record, or None and what is wrong with it."""
    if section == "rule":
        return _rule(key, raw)
    if section == "priority":
        if key.removeprefix("priority.") not in list(Priority):
            choices = ", ".join(Priority)
            return None, [at(key, f"Is no priority; the priorities are {choices}.")]
        raw = _without(raw, "none")
    if section == "symptom" and isinstance(raw, dict) and "windows" in raw:
        raw = {**raw, "windows": _without(raw["windows"], "permanent")}
    record, *_ = typing.get_args(HINTS[FIELD_OF[section]])[not _is_list(section) :]
    return _value(record, key, raw)


def _rule(key: str, raw: Table) -> tuple[Any, list[Fault]]:
    settings = dict(raw)
    kind = settings.pop("kind", None)
    if not isinstance(kind, str) or kind not in KINDS:
        choices = ", ".join(sorted(KINDS))
        return None, [at(f"{key}.kind", f"Is no kind of rule; the kinds are {choices}.")]
    return _value(KINDS[kind], key, settings)


def _without(raw: Any, word: str) -> Any:
    """A table in which the values that are `word` are None, which TOML cannot say."""
    if not isinstance(raw, dict):
        return raw
    return {key: None if value == word else value for key, value in raw.items()}


def _value(hint: Any, key: str, raw: Any) -> tuple[Any, list[Fault]]:
    try:
        text = json.dumps({"here": raw}, default=str)
        return _adapter(hint).validate_json(text)["here"], []
    except ValidationError as error:
        return None, [at(_path(key, e["loc"]), _remedy(e)) for e in error.errors()]
    except RecursionError:
        return None, [at(key, "Is nested too deeply; make it flatter.")]


@cache
def _adapter(hint: Any) -> TypeAdapter[dict[str, Any]]:
    """A strict reader of one type, kept in a one-key table.

    Pydantic lets only a type that is not itself a dataclass carry settings to the
    dataclasses inside it (seen in 2.14).
    """
    adapter: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, hint], config=STRICT)
    adapter.rebuild(_types_namespace=NAMES)
    return adapter


def _path(key: str, location: tuple[int | str, ...]) -> str:
    parts = (
        f"[{part + 1}]" if isinstance(part, int) else f".{part}"
        for part in location[1:]
        if part != "[key]"
    )
    return key + "".join(parts)


def _remedy(error: ErrorDetails) -> str:
    if error["type"] in ("enum", "literal_error"):
        return f"Is {error['input']!r}; write one of {error['ctx']['expected']}."
    message = error["msg"][:1].upper() + error["msg"][1:]
    return PLAIN_WORDS.get(error["type"], f"{message}; put it right.")
