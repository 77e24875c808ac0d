"""The body map: every region wide enough for a finger without feeling, on the right side."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from monitor.domain.protocol import SIDES, Protocol, Side
from monitor.domain.submission import Place
from monitor.ui.kiosk.comfort import CAPITALS_MM, USUAL, Comfort
from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.body_drawing import TREMBLE_MS, BodyDrawing
from monitor.ui.kiosk.screens.body_map import BodyMapScreen, BodyMapState
from monitor.ui.kiosk.screens.frame import Frame
from monitor.ui.shared import body
from monitor.ui.shared.theme import Theme, load_fonts
from tests.ui.kiosk.conftest import RESOURCES

INCH_MM = 25.4
FLOOR_MM = 16.0
SMALL = ((1280, 800), 149.0)
PANELS = pytest.mark.parametrize(
    "panel",
    [
        pytest.param(SMALL, id="10 inch"),
        pytest.param(((1920, 1080), 166.0), id="13 inch"),
        pytest.param(((1920, 1080), 102.0), id="21 inch"),
    ],
)
TEXTS = pytest.mark.parametrize("text_size", range(len(CAPITALS_MM)))
VIEWS = pytest.mark.parametrize("view", body.VIEWS)
Panel = tuple[tuple[int, int], float]
Field = npt.NDArray[np.float64]
MakeScreen = Callable[..., BodyMapScreen]


def places_of(protocol: Protocol) -> list[Place]:
    return [Place(site, side) for site in protocol.regions for side in SIDES]


@pytest.fixture
def make_screen(qtbot: QtBot, theme: Theme, protocol: Protocol) -> MakeScreen:
    load_fonts(RESOURCES / "fonts")
    names = {place: f"{place.side} {place.site}" for place in places_of(protocol)}
    pages: list[QWidget] = []  # as long as the test lasts

    def make(
        panel: Panel = SMALL,
        view: body.View = "front",
        comfort: Comfort = USUAL,
        marks: dict[Place, int | None] | None = None,
        direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
    ) -> BodyMapScreen:
        (width, height), dpi = panel
        screen = BodyMapScreen(Measures.of(theme, QSize(width, height), dpi, comfort))
        page = QWidget()  # the window that a kiosk would be
        page.setLayoutDirection(direction)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(width, height)
        screen.setParent(page)
        screen.resize(width, height)
        marked = marks or {}
        screen.show(
            BodyMapState(
                frame=Frame(1, 2, "Where did your skin feel numb?", "Touch a place", False),
                names=names,
                marks=marked,
                chosen=list(marked)[-1] if marked else None,
                scores=tuple(range(11)),
                low="Not numb",
                high="No feeling at all",
                ask="How strong, at its worst?",
                denial="I have no numbness",
                denied=False,
                lines=tuple(f"{names[place]}: {score}" for place, score in marked.items()),
            )
        )
        with qtbot.waitExposed(page):
            page.show()
        for _ in range(2):  # one layout may ask for another
            QApplication.sendPostedEvents()
        screen.drawing.show_view(view)
        assert screen.minimumSizeHint().height() <= height, "the page needs more than the panel"
        return screen

    return make


def distances(path: QPainterPath, across: Field, down: Field) -> Field:
    """How far points are from the edge of a path; negative outside."""
    nearest = np.full(across.shape, np.inf)
    inside = np.zeros(across.shape, dtype=bool)
    for polygon in path.toSubpathPolygons():
        corners = [(corner.x(), corner.y()) for corner in polygon.toList()]
        for (x1, y1), (x2, y2) in itertools.pairwise([*corners, corners[0]]):
            length = (x2 - x1) ** 2 + (y2 - y1) ** 2
            if length == 0:
                continue
            share = ((across - x1) * (x2 - x1) + (down - y1) * (y2 - y1)) / length
            share = np.clip(share, 0, 1)
            beside = np.hypot(across - x1 - share * (x2 - x1), down - y1 - share * (y2 - y1))
            nearest = np.minimum(nearest, beside)
            if y1 != y2:
                crossing = (x2 - x1) * (down - y1) / (y2 - y1) + x1
                inside ^= ((y1 > down) != (y2 > down)) & (across < crossing)
    return np.where(inside, nearest, -nearest)


def largest_circle(path: QPainterPath) -> float:
    """The diameter of the largest circle inside a path, searched on a grid and then closer."""
    bounds, step = path.boundingRect(), max(path.boundingRect().height() / 40, 0.1)
    across, down = np.meshgrid(
        np.arange(bounds.left(), bounds.right(), step),
        np.arange(bounds.top(), bounds.bottom(), step),
    )
    found = distances(path, across, down)
    best = np.unravel_index(found.argmax(), found.shape)
    near = np.linspace(-step, step, 21)
    closer = np.meshgrid(across[best] + near, down[best] + near)
    return 2 * float(distances(path, *closer).max())


def area_of(drawing: BodyDrawing, place: Place) -> QPainterPath:
    (area,) = drawing.areas_of(place)
    return area


def touched_by(drawing: BodyDrawing) -> list[Place]:
    touched: list[Place] = []
    drawing.touched.connect(touched.append)
    return touched


def press(drawing: BodyDrawing, place: Place, at_ms: int) -> None:
    """A finger comes down in the middle of a place at a time of the event's own clock."""
    where = QPointF(area_of(drawing, place).boundingRect().center())
    left = Qt.MouseButton.LeftButton
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(kind, where, where, left, left, Qt.KeyboardModifier.NoModifier)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(drawing, event)


def enter(drawing: BodyDrawing, at_ms: int) -> None:
    none = Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none)
    event.setTimestamp(at_ms)
    QApplication.sendEvent(drawing, event)


class TestRegions:
    def test_that_every_region_of_the_protocol_is_drawn(self, protocol: Protocol) -> None:
        assert {*body.CUTS, *body.HEADS.values()} == set(protocol.regions)

    @PANELS
    @VIEWS
    def test_that_every_region_holds_a_finger(
        self, make_screen: MakeScreen, panel: Panel, view: body.View
    ) -> None:
        drawing = make_screen(panel, view).drawing
        per_mm = panel[1] / INCH_MM
        found = {p: largest_circle(area_of(drawing, p)) / per_mm for p in drawing.places}
        assert len(found) == 2 * (len(body.CUTS) + 1)
        assert {place: mm for place, mm in found.items() if mm < FLOOR_MM} == {}

    @PANELS
    @VIEWS
    @TEXTS
    def test_that_all_of_them_lie_in_the_lower_two_thirds(
        self, make_screen: MakeScreen, panel: Panel, view: body.View, text_size: int
    ) -> None:
        comfort = Comfort(text_size=text_size)
        screen = make_screen(panel, view, comfort, {Place("neck", "left"): 3})
        drawing = screen.drawing
        for place in drawing.places:
            bounds = area_of(drawing, place).boundingRect().toAlignedRect().adjusted(1, 1, -1, -1)
            assert drawing.rect().contains(bounds), place
            assert drawing.mapTo(screen, bounds.topLeft()).y() >= screen.height() / 3 - 1, place
        for key in (drawing.turn, *screen.keys.values()):
            assert key.mapTo(screen, QPoint()).y() >= screen.height() / 3 - 1, key.text()
            assert min(key.width(), key.height()) >= int(FLOOR_MM * panel[1] / INCH_MM)

    @VIEWS
    def test_that_regions_do_not_lie_over_each_other(
        self, make_screen: MakeScreen, view: body.View
    ) -> None:
        drawing = make_screen(view=view).drawing
        for one, other in itertools.combinations(drawing.places, 2):
            both = area_of(drawing, one).intersected(area_of(drawing, other))
            assert both.boundingRect().isEmpty() or largest_circle(both) < 1, (one, other)

    @VIEWS
    @pytest.mark.parametrize("side", SIDES)
    @pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
    def test_that_a_front_shows_the_right_side_on_the_left_in_every_script(
        self,
        make_screen: MakeScreen,
        view: body.View,
        side: Side,
        direction: Qt.LayoutDirection,
    ) -> None:
        drawing = make_screen(view=view, direction=direction).drawing
        on_left = (view == "front") == (side == "right")
        middle = drawing.width() / 2
        for place in (p for p in drawing.places if p.side == side):
            bounds = area_of(drawing, place).boundingRect()
            assert bounds.right() <= middle + 1 if on_left else bounds.left() >= middle - 1, place
        words = drawing.sides[side]
        assert (words.geometry().center().x() < middle) == on_left
        assert words.text() == side.capitalize()

    def test_that_a_face_is_in_front_and_the_back_of_the_head_behind(
        self, make_screen: MakeScreen
    ) -> None:
        drawing = make_screen().drawing
        assert drawing.areas_of(Place("face", "left"))
        assert not drawing.areas_of(Place("back_of_head", "left"))
        QTest.mouseClick(drawing.turn, Qt.MouseButton.LeftButton)
        assert drawing.areas_of(Place("back_of_head", "left"))
        assert not drawing.areas_of(Place("face", "left"))
        QTest.mouseClick(drawing.turn, Qt.MouseButton.LeftButton)
        assert drawing.areas_of(Place("face", "left"))

    def test_that_every_visit_of_the_page_begins_in_front(self, make_screen: MakeScreen) -> None:
        drawing = make_screen(view="back").drawing
        drawing.hide()
        drawing.setVisible(True)
        assert drawing.view == "front"

    @pytest.mark.parametrize("hand", ["left", "right"])
    def test_that_the_scores_are_at_the_hand_that_touches(
        self, make_screen: MakeScreen, hand: Any
    ) -> None:
        screen = make_screen(comfort=Comfort(hand=hand))
        panel, drawing = (
            screen.denial.mapTo(screen, QPoint()),
            screen.drawing.mapTo(screen, QPoint()),
        )
        assert (panel.x() > drawing.x()) == (hand == "right")
        turn = screen.drawing.turn.geometry().center().x()
        assert (turn > screen.drawing.width() / 2) == (hand == "right")

    @PANELS
    @TEXTS
    def test_that_the_words_on_the_drawing_can_be_read(
        self, make_screen: MakeScreen, panel: Panel, text_size: int
    ) -> None:
        drawing = make_screen(panel, comfort=Comfort(text_size=text_size)).drawing
        assert drawing.turn.is_whole()
        for words in (drawing.caption, *drawing.sides.values()):
            assert words.is_whole(), words.text()


class TestTouch:
    @VIEWS
    def test_that_the_middle_of_each_region_is_that_region(
        self, make_screen: MakeScreen, view: body.View
    ) -> None:
        drawing = make_screen(view=view).drawing
        touched = touched_by(drawing)
        for count, place in enumerate(drawing.places):
            press(drawing, place, at_ms=count)
        assert touched == drawing.places

    def test_that_a_touch_beside_a_region_means_the_nearest(self, make_screen: MakeScreen) -> None:
        drawing = make_screen().drawing
        per_mm = SMALL[1] / INCH_MM
        face, neck = Place("face", "right"), Place("neck", "right")
        bounds = area_of(drawing, face).boundingRect()
        assert drawing.place_at(bounds.topLeft() - QPointF(4 * per_mm, -20)) == face
        assert drawing.place_at(bounds.topLeft() - QPointF(6 * per_mm, -20)) is None
        shoulder = area_of(drawing, Place("shoulder", "right")).boundingRect()
        corner = QPointF(bounds.left() + 2, shoulder.top() - 2)
        nearest = min(
            (-distances(area_of(drawing, p), np.array([corner.x()]), np.array([corner.y()]))[0], p)
            for p in drawing.places
        )
        assert drawing.place_at(corner) == nearest[1]
        assert nearest[1] in (face, neck, Place("shoulder", "right"))

    def test_that_a_trembling_finger_does_not_take_its_mark_off(
        self, make_screen: MakeScreen
    ) -> None:
        drawing = make_screen().drawing
        touched = touched_by(drawing)
        neck, leg = Place("neck", "left"), Place("leg", "left")
        press(drawing, neck, at_ms=1000)
        press(drawing, neck, at_ms=1000 + TREMBLE_MS - 1)
        press(drawing, neck, at_ms=1000 + 2 * TREMBLE_MS - 2)  # and it goes on
        assert touched == [neck]
        press(drawing, leg, at_ms=1000 + 2 * TREMBLE_MS)
        assert touched == [neck, leg]
        press(drawing, leg, at_ms=1000 + 3 * TREMBLE_MS)
        assert touched == [neck, leg, leg]

    def test_that_a_place_is_held_for_as_long_as_the_patient_chose(
        self, make_screen: MakeScreen
    ) -> None:
        drawing = make_screen(comfort=Comfort(hold_ms=700)).drawing
        touched = touched_by(drawing)
        where = area_of(drawing, Place("neck", "left")).boundingRect().center().toPoint()
        QTest.mousePress(drawing, Qt.MouseButton.LeftButton, pos=where)
        assert drawing.holding.interval() == 700
        assert drawing.holding.isActive()
        QTest.mouseRelease(drawing, Qt.MouseButton.LeftButton, pos=where)
        assert not drawing.holding.isActive()
        assert touched == []
        press_on = area_of(drawing, Place("leg", "left")).boundingRect().center().toPoint()
        QTest.mousePress(drawing, Qt.MouseButton.LeftButton, pos=press_on)
        drawing.holding.timeout.emit()
        assert touched == [Place("leg", "left")]


class TestKeyboard:
    @pytest.fixture
    def page(self, make_screen: MakeScreen) -> BodyMapScreen:
        screen = make_screen(marks={Place("neck", "left"): 3, Place("leg", "left"): None})
        screen.window().activateWindow()
        screen.drawing.setFocus(Qt.FocusReason.TabFocusReason)
        return screen

    @VIEWS
    def test_that_tab_walks_over_every_region_and_leaves(
        self, page: BodyMapScreen, view: body.View
    ) -> None:
        drawing = page.drawing
        drawing.show_view(view)
        touched = touched_by(drawing)
        for count in range(len(drawing.places)):
            drawing.setFocus()
            enter(drawing, at_ms=count)
            drawing.setFocus()
            QTest.keyClick(drawing, Qt.Key.Key_Tab)
        assert touched == drawing.places
        assert not drawing.hasFocus()

    def test_that_it_comes_back_at_the_last(self, page: BodyMapScreen) -> None:
        drawing = page.drawing
        page.skip.setFocus()
        drawing.setFocus(Qt.FocusReason.BacktabFocusReason)
        for _ in drawing.places:
            assert drawing.hasFocus()
            QTest.keyClick(drawing, Qt.Key.Key_Backtab)
        assert not drawing.hasFocus()

    def test_that_arrows_walk_round(self, page: BodyMapScreen) -> None:
        drawing = page.drawing
        seen = []
        for _ in drawing.places:
            seen.append(drawing.accessibleName())
            QTest.keyClick(drawing, Qt.Key.Key_Right)
        assert len(set(seen)) == len(drawing.places)
        assert drawing.accessibleName() == seen[0]
        QTest.keyClick(drawing, Qt.Key.Key_Left)
        assert drawing.accessibleName() == seen[-1]

    def test_that_names_say_the_place_and_its_score(self, page: BodyMapScreen) -> None:
        drawing = page.drawing
        seen = set()
        for _ in drawing.places:
            seen.add(drawing.accessibleName())
            QTest.keyClick(drawing, Qt.Key.Key_Down)
        assert {"left neck: 3", "left leg, marked", "right neck"} <= seen

    def test_that_enter_goes_to_the_scores_and_a_score_back(self, page: BodyMapScreen) -> None:
        answered: list[int] = []
        page.answered.connect(answered.append)
        enter(page.drawing, at_ms=5000)
        assert page.keys[0].hasFocus()
        QTest.keyClick(page.keys[0], Qt.Key.Key_Return)
        assert answered == [0]
        assert page.drawing.hasFocus()

    def test_that_a_trembling_enter_counts_once(self, page: BodyMapScreen) -> None:
        touched = touched_by(page.drawing)
        for at_ms in (5000, 5000 + TREMBLE_MS - 1, 5000 + 2 * TREMBLE_MS):
            enter(page.drawing, at_ms)
        assert len(touched) == 2


class TestMarks:
    MANY: ClassVar[dict[Place, int | None]] = {Place(site, "left"): 7 for site in body.CUTS}

    @PANELS
    @TEXTS
    def test_that_no_word_beside_the_drawing_is_cut_off(
        self, make_screen: MakeScreen, panel: Panel, text_size: int
    ) -> None:
        screen = make_screen(panel, comfort=Comfort(text_size=text_size), marks=self.MANY)
        parts = (screen.lines, screen.name, screen.ask, screen.low, screen.high)
        for part in (screen.heading.question, *parts):
            assert part.isHidden() or part.is_whole(), part.text()
        assert screen.name.text() == "left leg"
        assert "left trunk: 7" in screen.lines.text()

    def test_that_what_is_marked_looks_marked_without_colour(self, make_screen: MakeScreen) -> None:
        """Lines of another lightness cross the region, so that a grey print shows it too."""
        place = Place("trunk", "left")
        plain, marked = make_screen(), make_screen(marks={place: 4})
        assert _shades(plain.drawing, place) < 8 < _shades(marked.drawing, place)


def _shades(drawing: BodyDrawing, place: Place) -> int:
    """How often the lightness changes along a line across the lower part of a region."""
    bounds = area_of(drawing, place).boundingRect()
    picture = drawing.grab().toImage()
    ratio = picture.devicePixelRatio()
    row = round((bounds.top() + 0.75 * bounds.height()) * ratio)
    columns = range(round(bounds.left() * ratio) + 4, round(bounds.right() * ratio) - 30)
    grey = [picture.pixelColor(x, row).lightness() // 24 for x in columns]
    return sum(one != other for one, other in itertools.pairwise(grey))
