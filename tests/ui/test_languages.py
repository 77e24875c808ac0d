"""Every word of the kiosk is in every language, and the program speaks the one that is chosen."""

from __future__ import annotations

import ast
import string
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QLocale, QSize, Qt, QTranslator
from PySide6.QtGui import QFont, QRawFont, QTextLayout
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from monitor.domain import visit as flow
from monitor.domain.protocol import Translation
from monitor.ui.kiosk.comfort import Comfort
from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.number import NumberScreen, NumberState
from monitor.ui.kiosk.wording import page_state
from monitor.ui.shared.languages import LanguageFault, Languages
from monitor.ui.shared.theme import Theme, load_fonts
from tests.protocols import default_protocol

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"
FOLDER = RESOURCES / "languages"
CODES = sorted(file.stem.removeprefix("rootwatch_") for file in FOLDER.glob("*.ts"))
KIOSK = [
    *sorted((ROOT / "monitor" / "ui" / "kiosk").rglob("*.py")),
    ROOT / "monitor" / "ui" / "shared" / "languages.py",
]
STATION = sorted((ROOT / "monitor" / "ui" / "station").rglob("*.py"))
LIGHT = RESOURCES / "themes" / "light.toml"
THEME = Theme.from_mapping(tomllib.loads(LIGHT.read_text(encoding="utf-8")))

Texts = set[tuple[str, str]]
"""The context of each text and what it is in English."""


class Finder(ast.NodeVisitor):
    """Finds the texts of a source file that are to be translated, in the contexts of Qt."""

    def __init__(self) -> None:
        self.texts: Texts = set()
        self.not_plain: list[int] = []
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        match ast.unparse(node.func), node.args:
            case "self.tr", [ast.Constant(value=str(text)), *_]:
                self.texts.add((self._classes[-1], text))
            case (
                ("translate" | "QT_TRANSLATE_NOOP"),
                [ast.Constant(value=str(context)), ast.Constant(value=str(text)), *_],
            ):
                self.texts.add((context, text))
            case (("self.tr" | "translate" | "QT_TRANSLATE_NOOP"), _):
                self.not_plain.append(node.lineno)
        self.generic_visit(node)


def other_names_of_translate(file: Path) -> list[str]:
    """Uses of Qt's own function by any name but `translate`, by which texts are found."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.value) == "QCoreApplication.translate":
            found += [ast.unparse(target) for target in node.targets]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "QCoreApplication.translate":
            found.append(ast.unparse(node))
    return [name for name in found if name != "translate"]


def finder_of(file: Path) -> Finder:
    finder = Finder()
    finder.visit(ast.parse(file.read_text(encoding="utf-8")))
    return finder


def texts_of(files: list[Path]) -> Texts:
    return {text for file in files for text in finder_of(file).texts}


def messages(code: str) -> dict[tuple[str, str], str]:
    """What a .ts says: the finished translations; what is not finished is empty."""
    found = {}
    for context in ET.parse(FOLDER / f"rootwatch_{code}.ts").getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            finished = translation.get("type") is None
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = (translation.text or "") if finished else ""
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    before = QLocale()
    languages = Languages(FOLDER)
    yield languages
    languages.choose("en")
    QLocale.setDefault(before)


@pytest.mark.parametrize("file", KIOSK, ids=lambda file: file.stem)
def test_that_what_is_translated_is_written_plainly(file: Path) -> None:
    assert finder_of(file).not_plain == []


@pytest.mark.parametrize("code", CODES)
def test_that_every_text_of_the_kiosk_is_translated_and_none_is_left_over(code: str) -> None:
    texts, found = texts_of(KIOSK), messages(code)
    assert len(texts) > 80
    assert sorted(found.keys() ^ texts) == [], "run `make languages`, then translate"
    assert [text for text, translation in found.items() if not translation] == []


@pytest.mark.parametrize("code", CODES)
def test_that_a_translation_fills_in_what_the_text_fills_in(code: str) -> None:
    for (_, text), translation in messages(code).items():
        assert placeholders(translation) == placeholders(text), text


@pytest.mark.parametrize("code", CODES)
def test_that_what_is_translated_is_compiled(code: str) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / f"rootwatch_{code}.qm"))
    for (context, text), translation in messages(code).items():
        assert translator.translate(context, text) == translation, "run `make languages`"


def test_that_the_kiosk_translates_nothing_of_the_station() -> None:
    contexts = {context for context, _ in texts_of(KIOSK)}
    assert not contexts & {context for context, _ in texts_of(STATION)}


def test_that_the_languages_are_named_by_those_who_speak_them(languages: Languages) -> None:
    named = [(code, languages.name(code)) for code in languages.codes()]
    assert named == [
        ("en", "English"),
        ("de", "Deutsch"),
        ("es", "Español"),
        ("fr", "Français"),
        ("ar", "العربية"),
    ]


def test_that_a_protocol_can_be_asked_in_every_language(languages: Languages) -> None:
    assert set(languages.codes()) == set(default_protocol().words)


def test_that_only_arabic_runs_from_the_right(languages: Languages) -> None:
    from_the_right = [code for code in languages.codes() if languages.is_right_to_left(code)]
    assert from_the_right == ["ar"]


def test_that_the_kiosk_speaks_the_language_chosen_last(languages: Languages) -> None:
    languages.choose("fr")
    languages.choose("es")
    assert QCoreApplication.translate("QuestionScreen", "Next") == "Siguiente"
    assert QLocale().standaloneMonthName(8) == "agosto"
    languages.choose("en")
    assert QCoreApplication.translate("QuestionScreen", "Next") == "Next"
    assert QLocale().standaloneMonthName(8) == "August"


def test_that_a_window_of_the_station_keeps_its_direction(languages: Languages) -> None:
    languages.choose("ar")
    QCoreApplication.processEvents()
    assert QApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight


@pytest.mark.parametrize("code", ["en", *CODES])
def test_that_digits_are_those_of_the_keys_in_every_language(
    languages: Languages, code: str
) -> None:
    languages.choose(code)
    date = QLocale().toString(QDate(2026, 8, 14), "dddd d MMMM yyyy")
    assert [each for each in date if each.isdigit()] == [*"142026"]


def test_that_days_are_named_in_arabic(languages: Languages) -> None:
    languages.choose("ar")
    assert QLocale().dayName(1) == "الاثنين"
    assert QLocale().standaloneMonthName(8) == "أغسطس"


def test_that_a_file_replaced_while_the_kiosk_runs_takes_no_words_away(
    qapp: QApplication, tmp_path: Path
) -> None:
    """As an update of the program does; a file that Qt read from would end the process."""
    file = tmp_path / "rootwatch_de.qm"
    file.write_bytes((FOLDER / file.name).read_bytes())
    languages = Languages(tmp_path)
    file.write_bytes(b"")
    assert languages.name("de") == "Deutsch"


def test_that_a_language_that_cannot_be_read_is_named(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "rootwatch_it.qm").write_bytes(b"no language")
    with pytest.raises(LanguageFault, match="rootwatch_it"):
        Languages(tmp_path)


@pytest.mark.parametrize(("scores", "leftmost"), [("left_to_right", 0), ("right_to_left", 10)])
def test_that_scores_run_as_the_translation_prescribes_and_not_as_its_lines(
    qtbot: QtBot, scores: Literal["left_to_right", "right_to_left"], leftmost: int
) -> None:
    translations = {"es": Translation(status="draft", scores=scores)}
    protocol = replace(default_protocol(), translations=translations)
    visit = replace(flow.start("visit", protocol, "base", -5, "MBRFN"), language="es")
    state = next(
        state
        for page in flow.pages(visit)
        if isinstance(state := page_state(replace(visit, at=page.key)), NumberState)
    )
    screen = NumberScreen(Measures.of(THEME, QSize(1280, 800), 149.0, Comfort()))
    qtbot.addWidget(screen)
    screen.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    screen.resize(1280, 800)
    screen.show(state)
    QWidget.show(screen)
    assert min(screen.keys, key=lambda score: screen.keys[score].x()) == leftmost


def shown() -> Iterator[str]:
    """Every text that the kiosk shows, or can put together from its signs."""
    for words in default_protocol().words.values():
        yield from words.values()
    for code in CODES:
        yield from messages(code).values()
    for file in KIOSK:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_that_no_text_hides_behind_another_name_of_translate() -> None:
    assert {str(file): names for file in KIOSK if (names := other_names_of_translate(file))} == {}


def test_that_the_bundled_fonts_have_every_letter_and_sign(qapp: QApplication) -> None:
    fonts = [
        QRawFont(str(RESOURCES / "fonts" / name), 20)
        for name in ("Inter-Regular.otf", "NotoSansArabic-Regular.ttf")
    ]
    letters = set("".join(shown())) - {"\n", "\u2028"}  # line ends have no letter
    assert {"•", "é", "ب"} <= letters
    without = {
        letter for letter in letters if not any(f.supportsCharacter(ord(letter)) for f in fonts)
    }
    assert not without


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_that_arabic_is_written_in_the_bundled_fonts_at_every_weight(
    qapp: QApplication, weight: int
) -> None:
    load_fonts(RESOURCES / "fonts")
    font = QFont(THEME.font_family, 20, QFont.Weight(weight))
    layout = QTextLayout("العربية 10", font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    assert {run.rawFont().familyName() for run in runs} == {THEME.font_family, "Noto Sans Arabic"}
    assert all(0 not in run.glyphIndexes() for run in runs)
