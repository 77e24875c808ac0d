"""The words of a protocol in one language: none missing, none left over, all well formed."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping

from monitor.content.faults import Fault
from monitor.content.files import Table
from monitor.content.shapes import Draft
from monitor.domain.protocol import SIDES, Priority, Protocol
from monitor.domain.submission import COMPARED

WORD_FILE = re.compile(r"(words|alerts)\.([a-z]{2,3}(?:_[A-Z]{2})?)\.toml")
PLACEHOLDERS: dict[str, set[str]] = {
    "compared.question": {"item"},
    "time.day": {"day"},
    "time.week": {"week"},
}
"""What is filled into texts that are neither an alert's nor an item's question."""

ALERT_PARTS = ("title", "sentence", "why", "clears")
OPEN_FAMILIES = ("contact.", "not_evaluable.")
"""Texts of codes that are not the protocol's; those it has not are shown as the code."""


def read_words(
    tables: Mapping[str, Table], draft: Draft
) -> tuple[dict[str, dict[str, str]], list[Fault]]:
    """The words of every language that has a file, and what is wrong with them."""
    words: dict[str, dict[str, str]] = {}
    faults: list[Fault] = []
    languages = {match[2] for name in tables if (match := WORD_FILE.fullmatch(name))}
    for language in sorted(languages):
        texts: dict[str, str] = {}
        file_of: dict[str, str] = {}
        files = (f"words.{language}.toml", f"alerts.{language}.toml")
        for file in files:
            for key, text in _flatten(tables.get(file, {})):
                if key in texts:
                    remedy = "The other file of this language has it too; keep one."
                    faults.append(Fault(file, key, remedy))
                faults += (Fault(file, key, remedy) for remedy in _text_remedies(key, text))
                texts[key], file_of[key] = text, file
        if all(file in tables for file in files):
            faults += _missing(draft, language, texts)
            faults += _unused(draft, file_of)
        words[language] = texts
    return words, faults


def _flatten(table: Table, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The texts of nested tables by dotted key; "" stands for what is not a text."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value.strip() if isinstance(value, str) else ""


def _text_remedies(key: str, text: str) -> Iterator[str]:
    if not text:
        yield "Is empty; write a text in quotes."
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        yield "A brace { or } has no partner; close or remove it."
        return
    if key.startswith("alert."):
        return  # filled with the facts of a finding, which differ by kind of rule
    filled = PLACEHOLDERS.get(key, {"recall"} if key.endswith(".question") else set())
    for name in sorted(names - filled):
        yield f"Nothing fills {{{name}}} here; remove it."


def _missing(draft: Draft, language: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    for key in sorted(set(needed(draft.protocol)) - texts.keys()):
        kind = "alerts" if key.startswith("alert.") else "words"
        yield Fault(f"{kind}.{language}.toml", key, "The text is missing; add it.")


def _unused(draft: Draft, file_of: Mapping[str, str]) -> Iterator[Fault]:
    used = {*needed(draft.protocol), *optional(draft.protocol)}
    for key in sorted(file_of.keys() - used):
        if not key.startswith(OPEN_FAMILIES) and not _speaks_of_broken(draft, key):
            remedy = "Nothing uses this text; correct its key or remove it."
            yield Fault(file_of[key], key, remedy)


SECTION_OF_FAMILY = {"option": "scale", "band": "scale", "alert": "rule"}


def _speaks_of_broken(draft: Draft, key: str) -> bool:
    """Whether a text may belong to an entry that is there, but could not be read."""
    family, name, *_ = [*key.split("."), ""]
    if family == "outcome":
        return draft.single("outcomes") is None
    if family in ("page", "recall"):
        return bool(draft.broken["form"])
    if family == "item" and key.endswith((".low", ".high")) and draft.broken["scale"]:
        return True
    return name in draft.broken.get(SECTION_OF_FAMILY.get(family, family), frozenset())


def needed(protocol: Protocol) -> Iterator[str]:
    """The key of every text that a protocol, or what could be read of one, cannot do without."""
    for name, item in protocol.items.items():
        yield from (f"item.{name}.name", f"item.{name}.question")
        scale = protocol.scales.get(item.scale)
        if scale is not None and scale.kind == "number":
            yield from (f"item.{name}.low", f"item.{name}.high")
    for name, scale in protocol.scales.items():
        choices = scale.kind == "choice"
        yield from (f"option.{name}.{code}" for code in scale.options if choices)
        yield from (f"band.{name}.{band}" for band in scale.bands if not choices)
    yield from (f"region.{name}" for name in protocol.regions)
    yield from (f"side.{side}" for side in SIDES)
    yield "compared.question"
    yield from (f"compared.{code}" for code in COMPARED)
    for name in protocol.profiles:
        yield from (f"profile.{name}.name", f"profile.{name}.short")
    yield from (f"symptom.{name}.name" for name in protocol.symptoms)
    yield from (f"priority.{priority}" for priority in Priority)
    for name, form in protocol.forms.items():
        yield f"form.{name}.name"
        yield f"recall.{form.recall_hours}"
        yield from (f"page.{step.page}.title" for step in form.steps if step.page)
    yield from (f"outcome.{code}" for code in protocol.outcomes or ())
    for rule in protocol.rules:
        for stage in rule.stages:
            yield from (f"alert.{rule.id}.{stage.id}.{part}" for part in ALERT_PARTS)
    yield from ("not_evaluable.no_baseline", "not_evaluable.no_answer")
    yield from ("urgent.title", "urgent.text", "safety.statement")
    yield from (f"time.{name}" for name in ("day", "week", "never"))
    yield from (f"said.{name}" for name in COMPARED)


def optional(protocol: Protocol) -> Iterator[str]:
    """The key of every text that a protocol may have and can do without."""
    yield from (f"item.{name}.hint" for name in protocol.items)
    for form in protocol.forms.values():
        yield from (f"page.{step.page}.hint" for step in form.steps if step.page)
