"""A translation says what English says: each text, each thing filled in, and how far it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitor.content.faults import ProtocolFaults
from monitor.content.protocols import ProtocolFolder, read_protocol
from monitor.domain.protocol import Translation

ROOT = Path(__file__).parents[2] / "resources" / "protocols"
SMALL = Path(__file__).parent / "small"
TRANSLATION = """
[translation.de]
status = "draft"
scores = "left_to_right"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small protocol with a German that repeats the English words."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "small"))
    for kind in ("words", "alerts"):
        shutil.copy(folder / f"{kind}.en.toml", folder / f"{kind}.de.toml")
    add(folder, "protocol.toml", TRANSLATION)
    return folder


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first `old` in a file; it must be there."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def add(folder: Path, file: str, text: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as content:
        content.write(text)


def faults_of(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(ProtocolFaults) as refusal:
        read_protocol(folder)
    return [(fault.file, fault.key, fault.remedy) for fault in refusal.value.faults]


def places_of(folder: Path) -> list[tuple[str, str]]:
    return [(file, key) for file, key, _ in faults_of(folder)]


def test_that_a_protocol_says_which_of_its_languages_are_drafts(folder: Path) -> None:
    protocol = read_protocol(folder)
    assert set(protocol.words) == {"en", "de"}
    assert protocol.translations == {"de": Translation(status="draft", scores="left_to_right")}


def test_that_an_approved_translation_says_by_whom_and_when(folder: Path) -> None:
    edit(folder, "protocol.toml", TRANSLATION, TRANSLATION.replace("draft", "approved"))
    assert places_of(folder) == [
        ("protocol.toml", "translation.de.approved_by"),
        ("protocol.toml", "translation.de.approved_on"),
    ]
    add(folder, "protocol.toml", 'approved_by = "Dr. A"\napproved_on = "2026-01-31"\n')
    assert read_protocol(folder).translations["de"].approved_by == "Dr. A"


def test_that_a_draft_that_somebody_approved_is_refused(folder: Path) -> None:
    add(folder, "protocol.toml", 'approved_by = "Dr. A"\n')
    assert places_of(folder) == [("protocol.toml", "translation.de.status")]


def test_that_a_language_that_says_nothing_of_its_words_is_refused(folder: Path) -> None:
    edit(folder, "protocol.toml", TRANSLATION, "")
    assert places_of(folder) == [("protocol.toml", "translation.de")]


def test_that_a_translation_without_words_is_refused(folder: Path) -> None:
    (folder / "words.de.toml").unlink()
    (folder / "alerts.de.toml").unlink()
    ((file, key, remedy),) = faults_of(folder)
    assert (file, key) == ("protocol.toml", "translation.de")
    assert "words.de.toml" in remedy


def test_that_english_is_no_translation(folder: Path) -> None:
    add(folder, "protocol.toml", TRANSLATION.replace("de]", "en]"))
    assert places_of(folder) == [("protocol.toml", "translation.en")]


@pytest.mark.parametrize("line", ['status = "draft"', 'scores = "left_to_right"'])
def test_that_a_translation_leaves_nothing_of_itself_open(folder: Path, line: str) -> None:
    key = line.partition(" ")[0]
    edit(folder, "protocol.toml", TRANSLATION, TRANSLATION.replace(line, ""))
    assert places_of(folder) == [("protocol.toml", f"translation.de.{key}")]


def test_that_each_language_needs_every_text(folder: Path) -> None:
    edit(folder, "words.de.toml", 'name = "Fever"', "")
    assert places_of(folder) == [("words.de.toml", "item.fever.name")]


def test_that_a_hint_that_english_has_is_translated(folder: Path) -> None:
    edit(folder, "words.en.toml", "[item.cough]", "[item.cough]\nhint = 'At night'")
    assert places_of(folder) == [("words.de.toml", "item.cough.hint")]


def test_that_a_text_that_english_has_not_is_refused(folder: Path) -> None:
    edit(folder, "words.de.toml", "[item.cough]", "[item.cough]\nhint = 'Nachts'")
    assert places_of(folder) == [("words.de.toml", "item.cough.hint")]


def test_that_a_translation_fills_in_what_english_fills_in(folder: Path) -> None:
    edit(folder, "words.de.toml", " {recall}", "")
    ((file, key, remedy),) = faults_of(folder)
    assert (file, key[:5]) == ("words.de.toml", "item.")
    assert "{recall}" in remedy


def test_that_an_alert_is_told_with_the_same_facts_in_every_language(folder: Path) -> None:
    edit(folder, "alerts.de.toml", 'why = "', 'why = "{limit} ')
    ((file, key, remedy),) = faults_of(folder)
    assert (file, key.rpartition(".")[2]) == ("alerts.de.toml", "why")
    assert "{limit}" in remedy


def test_that_all_faults_of_a_translation_are_listed_at_once(folder: Path) -> None:
    edit(folder, "words.de.toml", 'question = "Do you cough?"', "")
    edit(folder, "words.de.toml", " {recall}", " {recall")
    edit(folder, "alerts.de.toml", 'why = "', 'why = "{limit} ')
    edit(folder, "protocol.toml", 'scores = "left_to_right"', 'scores = "down"')
    found = places_of(folder)
    assert len(found) == 4
    assert {file for file, _ in found} == {"words.de.toml", "alerts.de.toml", "protocol.toml"}


def test_that_the_shipped_translations_are_drafts_until_a_clinic_approves_them() -> None:
    translations = ProtocolFolder(ROOT).current("cervical_rhizotomy").translations
    assert set(translations) == {"ar", "de", "es", "fr"}
    assert {translation.status for translation in translations.values()} == {"draft"}
