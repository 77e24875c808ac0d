"""Protocols as they stand in their folders, read whole or refused with all their faults."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from monitor.content.checks import faults_between
from monitor.content.faults import Fault, ProtocolFaults
from monitor.content.files import read_files
from monitor.content.shapes import FILE_OF, Draft, at, read_sections
from monitor.content.words import WORD_FILE, read_words
from monitor.domain.protocol import Protocol
from monitor.services.ports import Refusal

STRUCTURE = sorted(set(FILE_OF.values()))


def read_protocol(folder: Path) -> Protocol:
    """Read the protocol in a folder, whose id is the folder's name.

    Refuses with ProtocolFaults, which lists everything that is wrong. Only where one of the
    files cannot be read at all are the agreements between the files left unchecked.
    """
    files = read_files(folder)
    faults = [*files.faults, *_wrong_names(folder)]
    if any(name not in files.tables for name in STRUCTURE):
        raise ProtocolFaults(folder.name, faults)
    draft, found = read_sections(files.tables, files.content_hash)
    faults += found
    faults += faults_between(draft)
    words, found = read_words(files.tables, draft)
    faults += found
    faults += _translations_without_words(folder, draft)
    if draft.single("id") not in (None, folder.name):
        faults.append(Fault("protocol.toml", "id", f'Must be "{folder.name}", as its folder.'))
    if faults:
        raise ProtocolFaults(folder.name, faults)
    return dataclasses.replace(draft.protocol, words=words)


def _wrong_names(folder: Path) -> Iterator[Fault]:
    """Files that are not there, and files that nobody expects."""
    there = {path.name for path in folder.glob("*.toml")}
    expected = {*STRUCTURE}
    for language in _languages(folder) | {"en"}:
        expected |= {f"words.{language}.toml", f"alerts.{language}.toml"}
    for name in expected - there:
        yield Fault(name, "", f"Is missing in {folder}; add it.")
    for name in there - expected:
        yield Fault(name, "", "Is no file of a protocol; rename or remove it.")


def _languages(folder: Path) -> set[str]:
    """The languages that have a file of words, whether or not it can be read."""
    names = (path.name for path in folder.glob("*.toml"))
    return {match[2] for name in names if (match := WORD_FILE.fullmatch(name))}


def _translations_without_words(folder: Path, draft: Draft) -> Iterator[Fault]:
    """Languages of which only one of words and `translation` is there; English needs none."""
    translated, described = _languages(folder) - {"en"}, draft.ids["translation"]
    for language in sorted(translated - described):
        remedy = "Is missing; say whether its words are a draft, and how scores are laid out."
        yield at(f"translation.{language}", remedy)
    for language in sorted(described - translated):
        remedy = f"Has no words; add words.{language}.toml and alerts.{language}.toml."
        if language == "en":
            remedy = "English is what is translated; remove it."
        yield at(f"translation.{language}", remedy)


class ProtocolFolder:
    """The protocols below one folder, each in a folder of its own, each read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, Protocol] = {}

    def ids(self) -> tuple[str, ...]:
        """The ids of the protocols that are there, sorted, whether or not they can be read."""
        return tuple(sorted(path.parent.name for path in self._root.glob("*/protocol.toml")))

    def current(self, protocol_id: str) -> Protocol:
        """The protocol of that id.

        Refuses with Refusal("unknown_protocol") if there is none and with ProtocolFaults if
        it cannot be used.
        """
        if protocol_id not in self._read:
            if protocol_id not in self.ids():
                raise Refusal("unknown_protocol", protocol=protocol_id)
            self._read[protocol_id] = read_protocol(self._root / protocol_id)
        return self._read[protocol_id]
