"""Eyes and hands: sizes in millimetres, keys that are held, and the pages that set both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.ui.kiosk.comfort import CAPITALS_MM, USUAL, Comfort
from monitor.ui.kiosk.measures import LIKELY_DPI, Measures
from monitor.ui.kiosk.screens.calibrate import CARD_MM, CalibrateScreen, CalibrateState
from monitor.ui.kiosk.screens.comfort import ComfortScreen, ComfortState
from monitor.ui.kiosk.screens.frame import Frame, Screen
from monitor.ui.kiosk.screens.identify import IdentifyScreen, IdentifyState
from monitor.ui.kiosk.screens.message import MessageScreen, StopAsked, Urgent
from monitor.ui.kiosk.screens.number import NumberScreen, NumberState
from monitor.ui.kiosk.screens.parts import LEFT, FittedText, Key, Look
from monitor.ui.kiosk.screens.rest import RestScreen, RestState
from monitor.ui.shared.theme import Theme, load_fonts
from tests.protocols import default_protocol
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.pages import lay_out

RESOURCES = Path(__file__).parents[3] / "resources"
INCH_MM = 25.4
SMALL, LARGE = (QSize(1280, 800), 149.0), (QSize(1920, 1080), 166.0)
LANGUAGES = (("en", "English"), ("de", "Deutsch"), ("ar", "العربية"))
TOUCH = Qt.MouseButton.LeftButton
RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft

Stage = Callable[..., QWidget]


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme) -> Stage:
    """Puts a part of a page, or a page, into a window of the smallest panel and shows it."""
    load_fonts(RESOURCES / "fonts")

    def make(
        kind: Callable[[Measures], QWidget], comfort: Comfort = USUAL, *, mirrored: bool = False
    ) -> QWidget:
        size, dpi = SMALL
        window = QWidget()
        if mirrored:
            window.setLayoutDirection(RIGHT_TO_LEFT)
        window.resize(size)
        part = kind(Measures.of(theme, size, dpi, comfort))
        part.setParent(window)
        part.resize(size if isinstance(part, Screen) else QSize(400, 200))
        part.setVisible(True)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        part.keep = window  # type: ignore[attr-defined]
        return part

    return make


def counted(key: QAbstractButton) -> list[None]:
    """Grows by one with each touch of a key that counts."""
    touches: list[None] = []
    key.clicked.connect(lambda: touches.append(None))
    return touches


def pass_time(key: Key, milliseconds: int) -> None:
    """Let a key be held for so long since it was pressed."""
    assert key.holding is not None
    key.holding.setCurrentTime(milliseconds)


# Sizes


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize(("size", "dpi"), [SMALL, LARGE, (QSize(1920, 1080), 102.0)])
def test_that_capitals_of_the_text_are_as_high_as_was_chosen(
    qapp: object, theme: Theme, size: QSize, dpi: float, index: int
) -> None:
    load_fonts(RESOURCES / "fonts")
    measures = Measures.of(theme, size, dpi, Comfort(text_size=index))
    font = QFont(theme.font_family)
    font.setPixelSize(measures.text())
    high = QFontMetricsF(font).capHeight() / dpi * INCH_MM
    assert high == pytest.approx(CAPITALS_MM[index], abs=0.2)


def test_that_a_question_is_seven_to_eight_millimetres_high_by_default(theme: Theme) -> None:
    measures = Measures.of(theme, *SMALL, USUAL)
    assert 7 <= measures.text("question") * 0.727 / measures.pixels_per_mm <= 8


@pytest.mark.parametrize("name", ["small", "text", "number", "question", "title"])
def test_that_no_text_is_made_for_less_than_three_and_a_half_millimetres(
    theme: Theme, name: str
) -> None:
    measures = Measures.of(theme, *SMALL, Comfort(text_size=0))
    assert measures.text(name) * 0.727 / measures.pixels_per_mm >= 3.5


@pytest.mark.parametrize(
    ("size", "dpi", "floor_mm"),
    [
        pytest.param(QSize(1280, 800), 149.0, 16.0, id="10.1 inch"),
        pytest.param(QSize(1920, 1280), 187.0, 16.0, id="12.3 inch"),
        pytest.param(QSize(1920, 1080), 166.0, 20.0, id="13.3 inch"),
        pytest.param(QSize(1920, 1080), 102.0, 20.0, id="21.5 inch"),
        pytest.param(QSize(1024, 600), 170.0, 16.0, id="7 inch"),
    ],
)
def test_that_no_panel_makes_targets_smaller_than_the_floor(
    theme: Theme, size: QSize, dpi: float, floor_mm: float
) -> None:
    measures = Measures.of(theme, size, dpi, USUAL)
    for side in (measures.floor, measures.target(), measures.target(1.0)):
        assert side / measures.pixels_per_mm >= floor_mm
    assert measures.gap / measures.pixels_per_mm >= 3


# Keys that are held


def held_key(stage: Stage, hold_ms: int = 700) -> Key:
    key = stage(Key, Comfort(hold_ms=hold_ms))
    assert isinstance(key, Key)
    key.show_text("Next")
    return key


def test_that_a_key_counts_at_once_where_nothing_else_was_chosen(stage: Stage) -> None:
    key = held_key(stage, hold_ms=0)
    touches = counted(key)
    QTest.mouseClick(key, TOUCH)
    assert len(touches) == 1


def test_that_letting_go_too_early_does_nothing(stage: Stage) -> None:
    key = held_key(stage)
    touches = counted(key)
    QTest.mousePress(key, TOUCH)
    pass_time(key, 699)
    QTest.mouseRelease(key, TOUCH)
    assert touches == []
    assert key.held_share() == 0


def test_that_a_key_that_is_held_long_enough_counts_once(stage: Stage) -> None:
    key = held_key(stage)
    touches = counted(key)
    QTest.mousePress(key, TOUCH)
    pass_time(key, 700)
    assert len(touches) == 1
    QTest.mouseMove(key, QPoint(30, 30))
    QTest.mouseRelease(key, TOUCH)
    assert len(touches) == 1


def test_that_a_finger_that_slips_off_does_nothing(stage: Stage) -> None:
    key = held_key(stage)
    touches = counted(key)
    QTest.mousePress(key, TOUCH)
    pass_time(key, 350)
    assert key.held_share() == pytest.approx(0.5)
    QTest.mouseMove(key, QPoint(-40, -40))
    QTest.mouseMove(key, QPoint(20, 20))
    assert key.held_share() == 0
    pass_time(key, 700)
    QTest.mouseRelease(key, TOUCH)
    assert touches == []


def test_that_what_is_held_while_the_page_turns_does_not_count(stage: Stage) -> None:
    key = held_key(stage)
    touches = counted(key)
    QTest.mousePress(key, TOUCH)
    key.setDown(False)  # as the window takes back every press when it turns a page
    pass_time(key, 700)
    assert touches == []


@pytest.mark.parametrize("pressed", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_the_keyboard_does_not_wait(stage: Stage, pressed: Qt.Key) -> None:
    key = held_key(stage)
    touches = counted(key)
    QTest.keyClick(key, pressed)
    assert len(touches) == 1


def test_that_a_key_fills_while_it_is_held(stage: Stage) -> None:
    key = held_key(stage)
    before = key.grab().toImage()
    QTest.mousePress(key, TOUCH)
    pass_time(key, 350)
    half = key.grab().toImage()
    top, bottom = QPoint(40, 30), QPoint(40, key.height() - 30)
    assert half.pixelColor(top) == before.pixelColor(top)
    assert half.pixelColor(bottom) != before.pixelColor(bottom)


def test_that_a_digit_is_typed_by_holding_its_key(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk(comfort=Comfort(hold_ms=300))
    kiosk.touch(kiosk.screen.start)
    start = kiosk.screen
    assert isinstance(start, RestScreen), "a mere touch is not enough"
    QTest.mousePress(start.start, TOUCH)
    pass_time(start.start, 300)
    assert kiosk.screen is not start


# Which side things are on


def number_page(
    stage: Stage, hand: str = "right", *, mirrored: bool = False, from_right: bool = False
) -> NumberScreen:
    page = stage(NumberScreen, replace(USUAL, hand=hand), mirrored=mirrored)  # type: ignore[arg-type]
    assert isinstance(page, NumberScreen)
    frame = Frame(1, 8, "How bad was your pain?", "Touch one number", can_go_on=True)
    page.show(NumberState(frame, tuple(range(11)), "None", "Worst", None, from_right))
    lay_out()
    return page


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("hand", ["left", "right"])
def test_that_the_main_key_is_at_the_hand_that_touches_in_every_language(
    stage: Stage, hand: str, mirrored: bool
) -> None:
    page = number_page(stage, hand, mirrored=mirrored)
    assert (page.next.x() > page.back.x()) is (hand == "right")
    assert (page.skip.x() > page.stop.x()) is (hand == "right")


def test_that_the_keys_stay_at_the_hand_where_the_language_changes(stage: Stage) -> None:
    page = number_page(stage, "left")
    for direction in (RIGHT_TO_LEFT, Qt.LayoutDirection.LeftToRight):
        page.window().setLayoutDirection(direction)
        lay_out()
        assert page.next.x() < page.back.x()


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("hand", ["left", "right"])
def test_that_keys_beside_the_digits_stand_at_the_outer_edges(
    stage: Stage, hand: str, mirrored: bool
) -> None:
    page = stage(IdentifyScreen, replace(USUAL, hand=hand), mirrored=mirrored)  # type: ignore[arg-type]
    assert isinstance(page, IdentifyScreen)
    page.show(IdentifyState("code", "", masked=False, can_go_on=False))
    lay_out()
    margin = page.measures.size("margin")
    back, on = (key.mapTo(page, QPoint()).x() for key in (page.back, page.next))
    if hand == "right":
        assert (back, on + page.next.width()) == (margin, page.width() - margin)
    else:
        assert (on, back + page.back.width()) == (margin, page.width() - margin)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("from_right", [False, True])
def test_that_zero_is_where_the_translation_has_it(
    stage: Stage, mirrored: bool, from_right: bool
) -> None:
    page = number_page(stage, mirrored=mirrored, from_right=from_right)
    places = [page.keys[score].x() for score in range(11)]
    assert places == sorted(places, reverse=from_right)
    assert (page.low.x() > page.high.x()) is from_right


def test_that_a_hand_does_not_turn_the_numbers_round(stage: Stage) -> None:
    page = number_page(stage, "left")
    places = [page.keys[score].x() for score in range(11)]
    assert places == sorted(places)


def ink_is_on_the_left(image: QImage, ground: int) -> bool:
    """Whether what is painted in the middle line of an image lies in its left half."""
    rows = range(image.height() // 4, image.height() * 3 // 4)
    inked = [
        x for x in range(12, image.width() - 12) if any(image.pixel(x, y) != ground for y in rows)
    ]
    return sum(inked) / len(inked) < image.width() / 2


@pytest.mark.parametrize("mirrored", [False, True])
def test_that_texts_begin_where_lines_begin(stage: Stage, mirrored: bool) -> None:
    text = stage(lambda m: FittedText(m, alignment=LEFT), mirrored=mirrored)
    key = stage(lambda m: Key(m, Look.PLAIN, alignment=LEFT), mirrored=mirrored)
    assert isinstance(text, FittedText)
    assert isinstance(key, Key)
    for part in (text, key):
        part.show_text("Yes")
        image = part.grab().toImage()
        assert ink_is_on_the_left(image, image.pixel(20, 20)) is not mirrored


# The keys for comfort and listening


@pytest.mark.parametrize("kind", [NumberScreen, MessageScreen, RestScreen])
def test_that_pages_offer_comfort_and_where_possible_to_listen(
    stage: Stage, kind: type[Screen]
) -> None:
    page = stage(kind)
    assert isinstance(page, Screen)
    asked: list[str] = []
    page.comfort_asked.connect(lambda: asked.append("comfort"))
    page.listen_asked.connect(lambda: asked.append("listen"))
    assert page.comfort_key.isVisible()
    assert not page.listen.isVisible()
    page.can_listen = True
    assert page.listen.isVisible()
    for key in (page.comfort_key, page.listen):
        assert key.accessibleName()
        QTest.mouseClick(key, TOUCH)
    assert asked == ["comfort", "listen"]


def test_that_a_message_keeps_its_keys_for_a_left_hand(stage: Stage) -> None:
    page = stage(MessageScreen, Comfort(hand="left"))
    assert isinstance(page, MessageScreen)
    page.show(StopAsked("Do you want to stop?", "", "Stop", "Go on"))
    lay_out()
    assert page.go_on.x() < page.second.x()


def test_that_a_long_message_keeps_its_text_in_step_with_its_title(stage: Stage) -> None:
    page = stage(MessageScreen, Comfort(text_size=3))
    assert isinstance(page, MessageScreen)
    words = default_protocol().words["de"]
    title, text = words["urgent.title"], words["urgent.text"]
    page.show(Urgent(title, text, "Personal rufen", words["option.yes_no_unsure.yes"]))
    lay_out()
    wished = page.measures.text("title") / page.measures.text("text")
    title_em, text_em = (part._font().pixelSize() for part in (page.title, page.text))
    assert text_em > page.measures.least_text
    assert title_em / text_em == pytest.approx(wished, rel=0.15)
    assert not page.shape.isVisible(), "the words come first"
    page.show(Urgent("Please tell us.", "Please stay here.", "Call staff", "For staff"))
    lay_out()
    assert page.shape.isVisible()


def test_that_nothing_around_a_long_question_is_larger_than_it(stage: Stage) -> None:
    page = stage(NumberScreen, Comfort(text_size=3))
    assert isinstance(page, NumberScreen)
    question = "How bad was the pain in your neck, your shoulders or your head at its worst " * 2
    hint = "In the last 24 hours. Touch one number."
    frame = Frame(3, 16, question, hint, can_go_on=True)
    page.show(NumberState(frame, tuple(range(11)), "None", "Worst", None))
    lay_out()
    most = page.heading.question._font().pixelSize()
    assert most < page.measures.text("question")
    around = (page._progress_words, page.back, page.stop, page.skip, page.next)
    assert max(part._font().pixelSize() for part in around) <= most


def test_that_the_progress_is_said_in_small_words_at_every_size(stage: Stage) -> None:
    sizes = set()
    for size in range(len(CAPITALS_MM)):
        page = stage(NumberScreen, Comfort(text_size=size))
        assert isinstance(page, NumberScreen)
        page.show(NumberState(Frame(3, 16, "Pain?", "", True), (0, 1), "None", "Worst", None))
        lay_out()
        sizes.add(page._progress_words._font().pixelSize() / page.measures.least_text)
    assert sizes == {1.0}


@pytest.mark.parametrize("contrast", ["light", "dark"])
def test_that_every_key_has_a_border_that_can_be_seen(stage: Stage, contrast: str) -> None:
    page = stage(NumberScreen, Comfort(contrast=contrast))  # type: ignore[arg-type]
    assert isinstance(page, NumberScreen)
    page.show(NumberState(Frame(3, 16, "Pain?", "", True), (0, 1), "None", "Worst", None))
    lay_out()
    for key in (page.back, page.stop, page.skip):
        image = key.grab().toImage()
        middle = key.height() // 2
        assert image.pixelColor(0, middle) != image.pixelColor(8, middle), key.text()


def test_that_the_way_to_comfort_is_drawn_as_large_as_back(stage: Stage) -> None:
    page = number_page(stage)
    assert page.comfort_key.height() == page.back.height()
    assert page.comfort_key.width() == page.measures.target(34)


@pytest.mark.parametrize("size", range(len(CAPITALS_MM)))
def test_that_drawings_and_texts_keep_from_the_edge_of_their_key(stage: Stage, size: int) -> None:
    page = stage(MessageScreen, Comfort(text_size=size))
    assert isinstance(page, MessageScreen)
    page.show(StopAsked("Do you want to stop?", "", "Go on with the questions", "Stop here"))
    lay_out()
    image = page.comfort_key.grab().toImage()
    edge = round(1.7 * page.measures.pixels_per_mm)
    ground = image.pixel(edge, image.height() // 2)
    columns = [*range(6, edge), *range(image.width() - edge, image.width() - 6)]
    rows = range(image.height() // 4, image.height() * 3 // 4)
    assert {image.pixel(x, y) for x in columns for y in rows} == {ground}
    for key in (page.go_on, page.second):
        inside = key._text_rect()
        assert inside.top() >= 0.6 * page.measures.pixels_per_mm
        assert key.height() - inside.bottom() >= 0.6 * page.measures.pixels_per_mm


# The page of comfort


@pytest.mark.parametrize("mirrored", [False, True])
def test_that_each_hand_is_chosen_on_its_own_side(stage: Stage, mirrored: bool) -> None:
    page = stage(ComfortScreen, mirrored=mirrored)
    assert isinstance(page, ComfortScreen)
    page.show(ComfortState(USUAL, LANGUAGES, voice_available=True))
    lay_out()
    assert page.hands["left"].x() < page.hands["right"].x()


def test_that_hands_are_named_in_words(comfort_page: ComfortScreen) -> None:
    names = {hand: (key.text(), key.accessibleName()) for hand, key in comfort_page.hands.items()}
    assert names == {
        "left": ("Left", "I use my left hand"),
        "right": ("Right", "I use my right hand"),
    }


@pytest.fixture
def comfort_page(stage: Stage) -> ComfortScreen:
    page = stage(ComfortScreen)
    assert isinstance(page, ComfortScreen)
    page.show(ComfortState(USUAL, LANGUAGES, voice_available=True))
    lay_out()
    return page


def test_that_each_touch_on_the_comfort_page_acts_at_once(comfort_page: ComfortScreen) -> None:
    page = comfort_page
    chosen: list[Comfort] = []
    page.chosen.connect(chosen.append)
    touches = (
        page.languages["ar"],
        page.sizes[3],
        page.contrasts["dark"],
        page.hands["left"],
        page.holds[1200],
        page.sounds[False],
    )
    for key in touches:
        QTest.mouseClick(key, TOUCH)
    assert len(chosen) == len(touches)
    assert chosen[0] == Comfort(language="ar")
    assert chosen[-1] == Comfort("ar", 3, "dark", "left", 1200, sound=False)


def test_that_the_comfort_page_shows_what_is_chosen(comfort_page: ComfortScreen) -> None:
    page = comfort_page
    page.show(ComfortState(Comfort("de", 2, "dark", "left", 300, sound=False), LANGUAGES, True))
    for keys, value in (
        (page.languages, "de"),
        (page.sizes, 2),
        (page.contrasts, "dark"),
        (page.hands, "left"),
        (page.holds, 300),
        (page.sounds, False),
    ):
        assert [own for own, key in keys.items() if key.isChecked()] == [value]


def test_that_a_second_touch_on_what_is_chosen_leaves_it_chosen(
    comfort_page: ComfortScreen,
) -> None:
    QTest.mouseClick(comfort_page.sizes[1], TOUCH)
    assert comfort_page.sizes[1].isChecked()


def test_that_each_size_is_drawn_in_its_size(comfort_page: ComfortScreen) -> None:
    drawn = [key._font().pixelSize() for key in comfort_page.sizes.values()]
    assert drawn == sorted(set(drawn))


def test_that_what_there_is_no_choice_of_is_not_offered(comfort_page: ComfortScreen) -> None:
    page = comfort_page
    page.show(ComfortState(USUAL, LANGUAGES[:1], voice_available=False))
    assert page.languages == {}
    assert not any(key.isVisible() for key in page.sounds.values())


@pytest.mark.parametrize("draft", [False, True])
def test_that_a_draft_translation_is_called_one(comfort_page: ComfortScreen, draft: bool) -> None:
    page = comfort_page
    page.show(ComfortState(USUAL, LANGUAGES, voice_available=False, draft_translation=draft))
    assert page.draft.isVisible() is draft
    assert page.draft.text() == "Draft translation, not clinically validated."


def test_that_done_leads_on(comfort_page: ComfortScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(comfort_page.went_on):
        QTest.mouseClick(comfort_page.done, TOUCH)


# The resting page


@pytest.fixture
def rest_page(stage: Stage) -> RestScreen:
    page = stage(RestScreen)
    assert isinstance(page, RestScreen)
    page.show(RestState("Northfield Clinic", LANGUAGES, clock="10:42"))
    lay_out()
    return page


def test_that_start_is_sixty_by_forty_millimetres(rest_page: RestScreen) -> None:
    per_mm = rest_page.measures.pixels_per_mm
    assert rest_page.start.width() / per_mm == pytest.approx(60, abs=0.2)
    assert rest_page.start.height() / per_mm == pytest.approx(40, abs=0.2)


def test_that_a_language_is_picked_by_its_own_name(rest_page: RestScreen) -> None:
    picked: list[str] = []
    rest_page.language_picked.connect(picked.append)
    assert [key.text() for key in rest_page.languages.values()] == [name for _, name in LANGUAGES]
    QTest.mouseClick(rest_page.languages["ar"], TOUCH)
    assert picked == ["ar"]


def test_that_the_mark_for_staff_tells_whether_answers_are_kept(rest_page: RestScreen) -> None:
    well = rest_page.status.grab().toImage()
    assert rest_page.status.accessibleName() == "Works"
    rest_page.show(RestState("Northfield Clinic", can_save=False))
    assert rest_page.status.accessibleName() == "Cannot save now"
    assert rest_page.status.grab().toImage() != well


@pytest.mark.parametrize("by", ["touch", "key"])
def test_that_what_wakes_the_dimmed_page_does_no_more(rest_page: RestScreen, by: str) -> None:
    started, woken = counted(rest_page.start), []
    rest_page.dimmed.woken.connect(lambda: woken.append(by))
    rest_page.dim()
    top = rest_page.childAt(rest_page.start.geometry().center())
    assert top is rest_page.dimmed
    if by == "touch":
        QTest.mouseClick(top, TOUCH, pos=rest_page.start.geometry().center())
    else:
        QTest.keyClick(top, Qt.Key.Key_Return)
    assert woken == [by]
    assert started == []
    assert not rest_page.dimmed.isVisible()
    QTest.mouseClick(rest_page.start, TOUCH)
    assert len(started) == 1


def test_that_the_dimmed_page_is_dark_in_either_contrast(rest_page: RestScreen) -> None:
    rest_page.dim()
    image = rest_page.grab().toImage()
    assert image.pixelColor(5, 5).lightness() == 0


# The page that measures the panel


@pytest.fixture
def calibration(stage: Stage) -> CalibrateScreen:
    page = stage(CalibrateScreen)
    assert isinstance(page, CalibrateScreen)
    lay_out()
    page.show(CalibrateState(149.0))
    return page


def test_that_the_card_is_drawn_as_large_as_a_bank_card(calibration: CalibrateScreen) -> None:
    drawn = calibration.card.outline()
    assert drawn.width() / 149.0 * INCH_MM == pytest.approx(85.60)
    assert drawn.height() / 149.0 * INCH_MM == pytest.approx(53.98)
    assert calibration.size_words.text() == "This screen is 218 x 136 mm."


def test_that_the_density_is_what_the_card_was_made_to_be(calibration: CalibrateScreen) -> None:
    measured: list[float] = []
    calibration.calibrated.connect(measured.append)
    for _ in range(10):
        QTest.mouseClick(calibration.larger, TOUCH)
    QTest.mouseClick(calibration.smaller, TOUCH)
    QTest.mouseClick(calibration.save, TOUCH)
    assert measured == [pytest.approx(149.0 * 1.005**9)]
    wide = calibration.card.outline().width()
    assert measured[0] == pytest.approx(wide / CARD_MM[0] * INCH_MM)


def test_that_arrows_change_the_card_too(calibration: CalibrateScreen) -> None:
    before = calibration.card.dots_per_inch
    QTest.keyClick(calibration, Qt.Key.Key_Right)
    assert calibration.card.dots_per_inch > before
    QTest.keyClick(calibration, Qt.Key.Key_Down)
    assert calibration.card.dots_per_inch == pytest.approx(before)


def test_that_the_keys_repeat_while_they_are_down(calibration: CalibrateScreen) -> None:
    assert calibration.larger.autoRepeat()
    assert calibration.smaller.autoRepeat()


def test_that_the_card_stays_within_its_room_and_the_likely(calibration: CalibrateScreen) -> None:
    card = calibration.card
    for _ in range(300):
        calibration.larger.click()
    assert card.rect().toRectF().adjusted(-1, -1, 1, 1).contains(card.outline())
    for _ in range(600):
        calibration.smaller.click()
    assert card.dots_per_inch == LIKELY_DPI[0]


def test_that_leaving_the_calibration_changes_nothing(
    calibration: CalibrateScreen, qtbot: QtBot
) -> None:
    measured: list[float] = []
    calibration.calibrated.connect(measured.append)
    QTest.mouseClick(calibration.larger, TOUCH)
    with qtbot.waitSignal(calibration.went_back):
        QTest.mouseClick(calibration.back, TOUCH)
    assert measured == []
