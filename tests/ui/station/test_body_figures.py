"""The drawn body map: told apart without colours, and never mirrored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from monitor.domain.protocol import SIDES, Side
from monitor.domain.submission import Place
from monitor.ui.shared.theme import Theme
from monitor.ui.station.page_views import MapMark
from monitor.ui.station.screens.body_figures import BodyFigures

PLACES = {Place("shoulder", side): f"shoulder {side}" for side in SIDES}
LEFT, RIGHT = Place("shoulder", "left"), Place("shoulder", "right")
SIZE = 1000, 420


@pytest.fixture
def figures(theme: Theme, qtbot: QtBot) -> BodyFigures:
    made = BodyFigures(theme.on_face("station"))
    qtbot.addWidget(made)
    made.resize(*SIZE)
    return made


def greys(figures: BodyFigures, place: Place) -> list[int]:
    """The shades of grey in the front view of a place, as a printer without colours shows it."""
    image = figures.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    path = figures.areas_of(place)[0]
    box = path.boundingRect().toAlignedRect()
    columns, lines = range(box.left(), box.right()), range(box.top(), box.bottom())
    points = [(x, y) for x in columns for y in lines]
    inside = [(x, y) for x, y in points if path.contains(QPointF(x, y))]
    return [image.pixelColor(x, y).lightness() for x, y in inside]


def darkness(figures: BodyFigures, score: int, *, is_new: bool = False) -> float:
    figures.show_marks(PLACES, {LEFT: MapMark(score, is_new)})
    shades = greys(figures, LEFT)
    return 255 - sum(shades) / len(shades)


def test_that_a_higher_score_is_darker_without_colours(figures: BodyFigures) -> None:
    shades = [darkness(figures, score) for score in (0, 2, 5, 8, 10)]
    assert shades == sorted(shades)
    assert len(set(shades)) == len(shades)


def test_that_what_is_new_has_an_outline(figures: BodyFigures) -> None:
    assert darkness(figures, 4, is_new=True) > darkness(figures, 4) + 5


@pytest.mark.parametrize(("side", "is_right_half"), [("left", True), ("right", False)])
def test_that_a_front_shows_the_left_of_the_patient_on_the_right(
    figures: BodyFigures, side: Side, is_right_half: bool
) -> None:
    figures.show_marks(PLACES, {})
    front, back = figures.areas_of(Place("shoulder", side))
    assert (front.boundingRect().center().x() > SIZE[0] / 4) is is_right_half
    assert (back.boundingRect().center().x() > SIZE[0] * 3 / 4) is not is_right_half


def test_that_narrow_and_high_the_figures_stand_one_below_the_other(figures: BodyFigures) -> None:
    figures.resize(360, 560)
    figures.show_marks(PLACES, {})
    front, back = figures.areas_of(LEFT)
    assert back.boundingRect().top() > front.boundingRect().bottom()
