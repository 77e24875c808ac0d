"""The words of a protocol in one language: none missing, none left over, all well formed."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping

from monitor.content.faults import Fault
from monitor.content.files import Table
from monitor.content.shapes import Draft
from monitor.domain.alert import FOLLOW_UP_ENDED
from monitor.domain.protocol import SIDES, Priority, Protocol
from monitor.domain.submission import COMPARED

WORD_FILE = re.compile(r"(words|alerts)\.([a-z]{2,3}(?:_[A-Z]{2})?)\.toml")
PLACEHOLDERS: dict[str, set[str]] = {
    "compared.question": {"item"},
    "time.day": {"day"},
    "time.week": {"week"},
}
"""What is filled into texts that are neither an alert's nor an item's question."""

SOURCE = "en"
"""The language that the others are translated from."""

KINDS = ("words", "alerts")
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
        files = _files(language)
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
    for language in sorted(words.keys() - {SOURCE}):
        files = _files(SOURCE, language)
        if all(file in tables for file in files):
            faulty = {fault.key for fault in faults if fault.file in files}
            faults += _differences(language, words[language], words[SOURCE], faulty)
    return words, faults


def _files(*languages: str) -> tuple[str, ...]:
    return tuple(f"{kind}.{language}.toml" for language in languages for kind in KINDS)


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
        names = _placeholders(text)
    except ValueError:
        yield "A brace { or } has no partner; close or remove it."
        return
    if key.startswith("alert."):
        return  # filled with the facts of a finding, which differ by kind of rule
    recalls = key.endswith(".question") or (key.startswith("pick.") and key.endswith(".title"))
    filled = PLACEHOLDERS.get(key, {"recall"} if recalls else set())
    for name in sorted(names - filled):
        yield f"Nothing fills {{{name}}} here; remove it."


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _differences(
    language: str, texts: Mapping[str, str], source: Mapping[str, str], faulty: set[str]
) -> Iterator[Fault]:
    """Where a translation has other texts than its source, or fills in other things.

    Keys that have a fault already are left out.
    """
    for key in sorted((texts.keys() | source.keys()) - faulty):
        file = _home(key, language)
        if key not in texts:
            yield Fault(file, key, "English has this text; translate it.")
        elif key not in source:
            yield Fault(file, key, "English has no such text; remove it, or add it there.")
        else:
            here, there = _placeholders(texts[key]), _placeholders(source[key])
            for name in sorted(there - here):
                yield Fault(file, key, f"English fills in {{{name}}}; say it here as well.")
            for name in sorted(here - there):
                yield Fault(file, key, f"English does not fill in {{{name}}}; remove it.")


def _home(key: str, language: str) -> str:
    """The file in which a missing text is looked for first."""
    return f"{'alerts' if key.startswith('alert.') else 'words'}.{language}.toml"


def _missing(draft: Draft, language: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    for key in sorted(set(needed(draft.protocol)) - texts.keys()):
        yield Fault(_home(key, language), key, "The text is missing; add it.")


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
    if family in ("finding", "advice"):
        return draft.single("contacts") is None
    if family in ("page", "pick", "recall"):
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
    yield from _of_forms(protocol)
    yield from (f"outcome.{code}" for code in (*(protocol.outcomes or ()), FOLLOW_UP_ENDED))
    if protocol.contacts is not None:  # of one that could not be read
        yield from (f"finding.{code}" for code in protocol.contacts.findings)
        yield from (f"advice.{code}" for code in protocol.contacts.advice)
    for rule in protocol.rules:
        for stage in rule.stages:
            yield from (f"alert.{rule.id}.{stage.id}.{part}" for part in ALERT_PARTS)
    yield from ("not_evaluable.no_baseline", "not_evaluable.no_answer")
    yield from ("urgent.title", "urgent.text", "safety.statement")
    yield from (f"time.{name}" for name in ("day", "week", "never"))
    yield from (f"said.{name}" for name in COMPARED)


def _of_forms(protocol: Protocol) -> Iterator[str]:
    for name, form in protocol.forms.items():
        yield f"form.{name}.name"
        yield f"recall.{form.recall_hours}"
        yield from (f"page.{step.page}.title" for step in form.steps if step.page)
        for step in form.steps:
            if step.pick:
                yield from (f"pick.{step.pick}.{part}" for part in ("name", "title", "none"))
            if step.pick and step.item in protocol.items:
                yield f"item.{step.item}.pick"


def optional(protocol: Protocol) -> Iterator[str]:
    """The key of every text that a protocol may have and can do without."""
    yield from (f"item.{name}.{part}" for name in protocol.items for part in ("hint", "pick"))
    for form in protocol.forms.values():
        yield from (f"page.{step.page}.hint" for step in form.steps if step.page)
        yield from (f"pick.{step.pick}.hint" for step in form.steps if step.pick)
