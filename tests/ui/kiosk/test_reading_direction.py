"""Texts are written the way their language runs, in lines that Arabic letters fit."""

from __future__ import annotations

import tomllib

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.ui.kiosk.comfort import Comfort
from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.parts import LEFT, LINE, FittedText, Lines, font_of
from monitor.ui.shared.theme import Theme, load_fonts
from tests.ui.kiosk.conftest import RESOURCES

LIGHT = RESOURCES / "themes" / "light.toml"
FROM_LEFT, FROM_RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
SIZE = QSize(800, 300)
TALL = "أبدًا إلى اليمين"
"""Letters with signs above and tails below."""


@pytest.fixture
def measures(qapp: QApplication) -> Measures:
    load_fonts(RESOURCES / "fonts")
    theme = Theme.from_mapping(tomllib.loads(LIGHT.read_text(encoding="utf-8")))
    return Measures.of(theme, QSize(1280, 800), 149.0, Comfort())


def painted(text: str, font: QFont, direction: Qt.LayoutDirection, alignment: int) -> QImage:
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setPen(QColor("black"))
    place = QRectF(image.rect())
    Lines(text, font, place.width(), direction, alignment).paint(painter, place)
    painter.end()
    return image


def inked_columns(image: QImage) -> list[int]:
    white = QColor("white").rgb()
    return [
        x
        for x in range(image.width())
        if any(image.pixel(x, y) != white for y in range(image.height()))
    ]


@pytest.mark.parametrize(("direction", "side"), [(FROM_LEFT, "left"), (FROM_RIGHT, "right")])
def test_that_a_text_begins_where_its_reader_begins(
    measures: Measures, direction: Qt.LayoutDirection, side: str
) -> None:
    font = font_of(measures, 40, QFont.Weight.Normal)
    inked = inked_columns(painted("نعم", font, direction, LEFT))
    middle = SIZE.width() / 2
    assert (inked[-1] < middle) if side == "left" else (inked[0] > middle)


def test_that_an_arabic_sentence_ends_with_its_full_stop_at_the_left(measures: Measures) -> None:
    font = font_of(measures, 40, QFont.Weight.Normal)
    plain = inked_columns(painted("نعم", font, FROM_RIGHT, LEFT))
    stopped = inked_columns(painted("نعم.", font, FROM_RIGHT, LEFT))
    assert stopped[-1] == plain[-1]
    assert stopped[0] < plain[0]


def test_that_scores_are_read_in_the_order_of_an_arabic_sentence(measures: Measures) -> None:
    font = font_of(measures, 40, QFont.Weight.Normal)
    first = inked_columns(painted("1", font, FROM_RIGHT, LEFT))
    whole = painted("1 من 888888", font, FROM_RIGHT, LEFT)
    assert inked_columns(whole)[-1] == first[-1], "the 1 stands first, at the right"


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.Bold])
def test_that_arabic_lines_lie_near_and_hold_their_letters(
    measures: Measures, weight: QFont.Weight
) -> None:
    font = font_of(measures, 100, weight)
    lines = Lines(TALL, font, 10000, FROM_RIGHT)
    assert lines.height <= LINE * 100
    assert QFontMetrics(font).tightBoundingRect(TALL).height() <= LINE * 100


def test_that_one_line_holds_arabic_at_the_least_size(qtbot: QtBot, measures: Measures) -> None:
    text = FittedText(measures, size="small")
    qtbot.addWidget(text)
    text.show_text(TALL)
    text.resize(1000, round(measures.least_text * LINE))
    assert text.is_whole()
