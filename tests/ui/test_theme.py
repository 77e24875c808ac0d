"""The theme can be read by everybody: contrasts, four priorities apart, one font for all."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from matplotlib import font_manager
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QImage, QPainter

from monitor.domain.protocol import Priority
from monitor.ui.shared.theme import Theme, ThemeFault, load_fonts
from monitor.ui.shared.widgets.priority_shape import outline, paint_priority

RESOURCES = Path(__file__).parents[2] / "resources"
CONTENT = tomllib.loads((RESOURCES / "themes" / "light.toml").read_text())
STATION = Theme.from_mapping(CONTENT)
KIOSK = STATION.on_face("kiosk")
DARK = STATION.on_face("kiosk", "dark")

# What dichromats see, on linear RGB (Viénot, Brettel and Mollon 1999).
SEEN_BY = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopes": ((0.1124, 0.8876, 0), (0.1124, 0.8876, 0), (0.004, -0.004, 1)),
    "deuteranopes": ((0.2927, 0.7073, 0), (0.2927, 0.7073, 0), (-0.0223, 0.0223, 1)),
}


def linear(colour: str) -> tuple[float, ...]:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def luminance(colour: str, eyes: str = "all cones") -> float:
    seen = (
        sum(weight * part for weight, part in zip(row, linear(colour), strict=True))
        for row in SEEN_BY[eyes]
    )
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), seen, strict=True))


def contrast(one: str, other: str, eyes: str = "all cones") -> float:
    dark, light = sorted((luminance(one, eyes), luminance(other, eyes)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *itertools.product(("ink", "muted"), ("paper", "wash", "accent_wash")),
        ("accent_ink", "accent"),
        ("accent", "paper"),
        *((f"{p}_ink", ground) for p in Priority for ground in ("paper", f"{p}_wash")),
    ],
)
def test_that_text_of_the_station_has_a_contrast_of_seven(text: str, ground: str) -> None:
    assert contrast(getattr(STATION, text), getattr(STATION, ground)) >= 7


KIOSKS = pytest.mark.parametrize("theme", [KIOSK, DARK], ids=["light", "dark"])


@KIOSKS
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("ink", "press"),
        ("muted", "paper"),
        ("accent_ink", "accent"),
        ("accent_ink", "accent_press"),
        ("red_ink", "paper"),
    ],
)
def test_that_text_of_the_kiosk_has_a_contrast_of_ten(theme: Theme, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 10


@KIOSKS
def test_that_a_key_that_waits_can_still_be_read(theme: Theme) -> None:
    assert contrast(theme.disabled_ink, theme.disabled) >= 4.5


@KIOSKS
@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize(
    ("mark", "ground"),
    [
        ("accent", "paper"),
        ("focus", "paper"),
        ("skin_edge", "skin"),
        ("skin_edge", "skin_still"),
        ("skin_edge", "paper"),
        ("red", "paper"),
        ("red_mark", "red"),
    ],
)
def test_that_marks_of_the_kiosk_stand_out(theme: Theme, mark: str, ground: str, eyes: str) -> None:
    assert contrast(getattr(theme, mark), getattr(theme, ground), eyes) >= 3


@KIOSKS
@pytest.mark.parametrize("eyes", SEEN_BY)
def test_that_a_marked_region_differs_from_the_skin(theme: Theme, eyes: str) -> None:
    assert contrast(theme.numb_area, theme.skin, eyes) >= 2.4


def test_that_the_dark_kiosk_is_white_on_black() -> None:
    assert (DARK.ink, DARK.paper) == ("#ffffff", "#000000")


def test_that_a_face_is_found_from_every_other() -> None:
    assert vars(DARK.on_face("kiosk")) == vars(KIOSK)
    assert vars(KIOSK.on_face("station")) == vars(STATION)


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_that_each_priority_is_lighter_than_the_one_above_it(eyes: str) -> None:
    fills = [STATION.priority(p).fill for p in Priority]
    for darker, lighter in itertools.pairwise(fills):
        assert luminance(lighter, eyes) > luminance(darker, eyes)
        assert contrast(lighter, darker, eyes) >= 1.3


@pytest.mark.parametrize("priority", Priority)
def test_that_outline_and_mark_of_a_shape_stand_out(priority: Priority) -> None:
    colours = STATION.priority(priority)
    assert contrast(colours.ink, STATION.paper) >= 3
    assert contrast(colours.mark, colours.fill) >= 3


@pytest.mark.parametrize("mark", ["pain", "numbness", "weakness", "event", "gap", "band_edge"])
def test_that_marks_of_a_chart_have_a_contrast_of_three(mark: str) -> None:
    assert contrast(getattr(STATION, mark), STATION.paper) >= 3


def test_that_no_two_priorities_have_the_same_shape() -> None:
    square = QRectF(0, 0, 100, 100)
    shapes = [outline(p, square) for p in Priority]
    for one, other in itertools.combinations(shapes, 2):
        assert one != other


def test_that_the_four_shapes_are_told_apart_without_colour(qapp: object) -> None:
    drawn = []
    for priority in Priority:
        image = QImage(40, 40, QImage.Format.Format_RGB32)
        image.fill(QColor(STATION.paper))
        painter = QPainter(image)
        paint_priority(painter, QRectF(0, 0, 40, 40), priority, STATION)
        painter.end()
        drawn.append(image.convertToFormat(QImage.Format.Format_Grayscale8))
    for one, other in itertools.combinations(drawn, 2):
        differing = sum(
            abs(one.pixelColor(x, y).red() - other.pixelColor(x, y).red()) > 30
            for x in range(40)
            for y in range(40)
        )
        assert differing > 160


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold", "Bold"])
def test_that_qt_and_matplotlib_read_the_same_font(qapp: object, weight: str) -> None:
    file = RESOURCES / "fonts" / f"Inter-{weight}.otf"
    load_fonts(RESOURCES / "fonts")
    assert STATION.font_family in QFontDatabase.families()
    assert QFontInfo(QFont(STATION.font_family)).family() == STATION.font_family
    assert font_manager.get_font(str(file)).family_name == STATION.font_family


def test_that_the_licence_lies_beside_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE" in (RESOURCES / "fonts" / "OFL.txt").read_text()


@pytest.mark.parametrize("face", ["kiosk", "station"])
def test_that_a_style_sheet_has_every_name_filled_in(face: str) -> None:
    assert "@" not in STATION.stylesheet(face, 1.0)  # type: ignore[arg-type]


def test_that_a_theme_without_a_colour_is_refused_by_name() -> None:
    colours = {k: v for k, v in CONTENT["colour"].items() if k != "paper"}
    with pytest.raises(ThemeFault, match="colour paper is missing"):
        Theme.from_mapping({**CONTENT, "colour": {**colours, "papr": "#ffffff"}})
