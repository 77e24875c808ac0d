"""The kiosk without a touch: with Tab and Enter, and with the two keys of a switch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from monitor.domain import visit as flow
from monitor.ui.kiosk.screens.body_drawing import BodyDrawing
from monitor.ui.kiosk.screens.body_map import BodyMapScreen
from monitor.ui.kiosk.screens.choice import ChoiceScreen
from monitor.ui.kiosk.screens.comfort import ComfortScreen
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.identify import IdentifyScreen
from monitor.ui.kiosk.screens.message import Thanks
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.rest import RestScreen
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.screens.signing_in import MonthScreen, WaysScreen
from monitor.ui.kiosk.screens.statements import StatementsScreen
from monitor.ui.kiosk.switch import BOUNCE_MS, Keys, keys_of
from monitor.ui.kiosk.window import LastCall
from tests.ui.kiosk import pages
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.walking import go_to_map, go_to_pain, shows, wait_for_countdown

MakeKiosk = Callable[..., Kiosk]
SWITCH: Keys = (Qt.Key.Key_F7, Qt.Key.Key_F8)
TAB_AND_ENTER: Keys = (Qt.Key.Key_Tab, Qt.Key.Key_Return)
ONE_ROUND = 90
"""No page has so much to come to."""


class Hands:
    """Presses two keys as the desktop reports them, each with its time, and counts."""

    def __init__(self, kiosk: Kiosk, keys: Keys) -> None:
        self.kiosk = kiosk
        self.onwards, self.chooses = keys
        self.presses = 0
        self.ms = 0

    def press(self, key: Qt.Key, after_ms: int = 400, *, repeats: bool = False) -> None:
        self.ms += after_ms
        self.presses += 1
        handle = self.kiosk.window.windowHandle()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeats)
            event.setTimestamp(self.ms)
            QApplication.sendEvent(handle, event)

    def move_on(self) -> QWidget:
        """Go to the next; what the keyboard has come to."""
        self.press(self.onwards)
        found = self.kiosk.window.focusWidget()
        assert found is not None
        assert found.isVisible()
        assert found is self.kiosk.screen or self.kiosk.screen.isAncestorOf(found)
        return found

    def come_to(self, key: QWidget) -> None:
        for _ in range(ONE_ROUND):
            if self.move_on() is key:
                return
        raise AssertionError(f"no way leads to {key.accessibleName()!r}")

    def touch(self, key: QWidget) -> None:
        if self.kiosk.window.focusWidget() is not key:
            self.come_to(key)
        self.press(self.chooses)


def reached(hands: Hands) -> set[QWidget]:
    """Everything that the key that moves on comes to before it begins again."""
    found: list[QWidget] = []
    for _ in range(ONE_ROUND):
        widget = hands.move_on()
        if found and widget is found[0] and not isinstance(widget, BodyDrawing):
            return set(found)
        found.append(widget)
    return set(found)


def sign_in(hands: Hands) -> None:
    kiosk = hands.kiosk
    hands.touch(kiosk.screen.start)
    assert isinstance(kiosk.screen, WaysScreen)
    hands.touch(kiosk.screen.number)
    for typed in ("1001", "17"):
        type_digits(hands, typed)
    assert isinstance(kiosk.screen, MonthScreen)
    hands.touch(kiosk.screen.months[4])
    hands.touch(kiosk.screen.next)
    type_digits(hands, "1970")
    kiosk.wait_for_answer()


def type_digits(hands: Hands, digits: str) -> None:
    assert isinstance(hands.kiosk.screen, IdentifyScreen)
    for digit in digits:
        hands.touch(hands.kiosk.screen.digits[digit])
    assert hands.kiosk.screen.boxes.letters().endswith(digits[-1])
    hands.touch(hands.kiosk.screen.next)


def answer(hands: Hands) -> None:
    """Answer a question as somebody does who has nothing to tell, and go on."""
    screen = hands.kiosk.screen
    if isinstance(screen, NumberScreen):
        hands.touch(screen.keys[0])
    elif isinstance(screen, ChoiceScreen):
        hands.touch(next(iter(screen.keys.values())))
    elif isinstance(screen, StatementsScreen) and not screen.denial.isVisible():
        for row in screen.rows:
            hands.touch(next(iter(row.keys.values())))
    else:
        assert isinstance(screen, PickScreen | StatementsScreen | BodyMapScreen)
        hands.touch(screen.denial)
    hands.touch(hands.kiosk.screen.next)


def walk(hands: Hands, on_page: Callable[[], None] = lambda: None) -> int:
    """A routine visit from rest to thanks; how many keys were pressed from the first question."""
    sign_in(hands)
    kiosk = hands.kiosk
    for _ in ("this is me", "begin"):
        hands.touch(kiosk.screen.go_on)
    before = hands.presses
    for _ in range(40):
        if isinstance(kiosk.screen, ReviewScreen):
            break
        on_page()
        answer(hands)
    while kiosk.screen.later.isVisible():
        on_page()
        hands.touch(kiosk.screen.later)
    on_page()
    hands.touch(kiosk.screen.next)
    presses = hands.presses - before
    assert shows(kiosk, Thanks)
    hands.touch(kiosk.screen.go_on)
    assert isinstance(kiosk.screen, RestScreen)
    return presses


@pytest.fixture(params=[SWITCH, TAB_AND_ENTER], ids=["switch", "tab and enter"])
def hands(request: pytest.FixtureRequest, make_kiosk: MakeKiosk) -> Hands:
    return Hands(make_kiosk(day=60, switch_keys=SWITCH), request.param)


def test_that_a_routine_visit_can_be_made_with_two_keys(hands: Hands) -> None:
    walk(hands)
    (submission,) = hands.kiosk.submissions()
    assert submission.answers
    assert submission.part_of == "", "the whole form"


def test_that_a_routine_visit_with_two_keys_is_not_tedious(hands: Hands) -> None:
    """From the first question to Send, in a window of 1280 x 800, as docs/kiosk.md says it."""
    page = (Path(__file__).parents[3] / "docs" / "kiosk.md").read_text(encoding="utf-8")
    assert f"**{walk(hands)} presses**" in page


@pytest.mark.parametrize("keys", [SWITCH, TAB_AND_ENTER], ids=["switch", "tab and enter"])
def test_that_everything_on_every_page_can_be_come_to(make_kiosk: MakeKiosk, keys: Keys) -> None:
    kiosk = make_kiosk(day=60, switch_keys=SWITCH)
    hands = Hands(kiosk, keys)
    kinds: set[type[Screen]] = set()
    seen: set[str] = set()
    for screen in pages.every_page(kiosk):
        usable = {key for key in pages.touchable(screen) if key.isEnabled()}
        look = repr((type(screen), sorted(key.accessibleName() for key in usable)))
        if look in seen:
            continue
        seen.add(look)
        kinds.add(type(screen))
        missed = [key.accessibleName() for key in usable - reached(hands)]
        assert missed == [], type(screen).__name__
    assert len(kinds) > 10


def test_that_the_keyboard_begins_at_the_top_of_each_page(hands: Hands) -> None:
    """And not at a key, which would look chosen and which Enter would touch."""
    begun: list[bool] = []

    def look() -> None:
        begun.append(hands.kiosk.window.focusWidget() is hands.kiosk.screen)

    walk(hands, look)
    assert len(begun) > 10
    assert all(begun)


def test_that_two_messages_after_each_other_are_two_pages_for_the_keyboard(hands: Hands) -> None:
    sign_in(hands)
    hands.touch(hands.kiosk.screen.go_on)
    assert hands.kiosk.window.focusWidget() is hands.kiosk.screen


def test_that_a_score_takes_the_keyboard_on_to_next(hands: Hands) -> None:
    hands.kiosk.begin()
    go_to_pain(hands.kiosk)
    hands.touch(hands.kiosk.screen.keys[3])
    assert hands.kiosk.window.focusWidget() is hands.kiosk.screen.next


def test_that_a_finger_takes_the_keyboard_back_to_the_top(hands: Hands) -> None:
    """No ring is left at a key that was not touched."""
    hands.kiosk.begin()
    go_to_pain(hands.kiosk)
    hands.come_to(hands.kiosk.screen.keys[1])
    hands.kiosk.touch(hands.kiosk.screen.keys[3])
    assert hands.kiosk.window.focusWidget() is hands.kiosk.screen


def test_that_numbness_on_the_back_can_be_told(hands: Hands) -> None:
    kiosk = hands.kiosk
    kiosk.begin()
    go_to_map(kiosk)
    drawing = kiosk.screen.drawing
    hands.touch(drawing.turn)
    came_to_see_that_side = kiosk.window.focusWidget() is drawing
    assert came_to_see_that_side
    hands.press(hands.chooses)
    place = drawing.places[0]
    assert kiosk.window.focusWidget() is kiosk.screen.keys[0]
    hands.touch(kiosk.screen.keys[6])
    assert kiosk.window.focusWidget() is drawing
    assert flow.regions(kiosk.guide._visit)[place] == 6


def test_that_a_choice_of_comfort_keeps_the_place_of_the_keyboard(hands: Hands) -> None:
    kiosk = hands.kiosk
    hands.touch(kiosk.screen.comfort_key)
    assert isinstance(kiosk.screen, ComfortScreen)
    hands.touch(kiosk.screen.sizes[3])
    assert kiosk.window.comfort.text_size == 3
    assert kiosk.window.focusWidget() is kiosk.screen.sizes[3]


def test_that_a_dark_page_is_woken_and_nothing_else(hands: Hands) -> None:
    kiosk = hands.kiosk
    kiosk.window.dimming.timeout.emit()
    assert kiosk.screen.dimmed.isVisible()
    hands.press(hands.onwards)
    assert not kiosk.screen.dimmed.isVisible()
    begins_at_the_top = kiosk.window.focusWidget() is kiosk.screen
    assert begins_at_the_top
    kiosk.window.dimming.timeout.emit()
    hands.press(hands.chooses)
    assert not kiosk.screen.dimmed.isVisible()
    assert isinstance(kiosk.screen, RestScreen)


def test_that_who_presses_keys_is_not_taken_for_gone(hands: Hands) -> None:
    hands.kiosk.begin()
    idle = hands.kiosk.window.idle
    idle.start(1)
    hands.press(hands.onwards)
    assert idle.interval() > 1000


def test_that_a_key_that_something_lies_on_is_taken_for_nobody(hands: Hands) -> None:
    hands.kiosk.begin()
    idle = hands.kiosk.window.idle
    idle.start(1)
    hands.press(hands.onwards, repeats=True)
    assert idle.interval() == 1


def test_that_the_last_call_waits_for_its_own_keys(hands: Hands) -> None:
    hands.kiosk.begin()
    wait_for_countdown(hands.kiosk)
    hands.press(hands.onwards)
    assert isinstance(hands.kiosk.screen, LastCall)
    hands.touch(hands.kiosk.screen.go_on)
    assert not isinstance(hands.kiosk.screen, LastCall)


def test_that_a_held_enter_touches_once(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk()
    hands = Hands(kiosk, TAB_AND_ENTER)
    kiosk.touch(kiosk.screen.start)
    kiosk.touch(kiosk.screen.number)
    hands.touch(kiosk.screen.digits["1"])
    hands.press(Qt.Key.Key_Return, repeats=True)
    assert kiosk.screen.boxes.letters() == "1"


# ---------------------------------------------------------------------------- the switch alone


@pytest.fixture
def switch(make_kiosk: MakeKiosk) -> Hands:
    return Hands(make_kiosk(switch_keys=SWITCH), SWITCH)


@pytest.mark.parametrize(("after_ms", "counts"), [(BOUNCE_MS - 1, False), (BOUNCE_MS, True)])
def test_that_a_switch_that_bounces_counts_once(switch: Hands, after_ms: int, counts: bool) -> None:
    first = switch.move_on()
    switch.press(switch.onwards, after_ms)
    assert (switch.kiosk.window.focusWidget() is not first) is counts


def test_that_a_switch_that_goes_on_bouncing_counts_once(switch: Hands) -> None:
    first = switch.move_on()
    for _ in range(5):
        switch.press(switch.onwards, BOUNCE_MS - 10)
    assert switch.kiosk.window.focusWidget() is first


def test_that_a_held_switch_counts_once(switch: Hands) -> None:
    first = switch.move_on()
    for _ in range(5):
        switch.press(switch.onwards, 400, repeats=True)
    assert switch.kiosk.window.focusWidget() is first


def test_that_choosing_touches_nothing_before_it_has_moved_on(switch: Hands) -> None:
    switch.kiosk.screen.setFocus()
    switch.press(switch.chooses)
    assert isinstance(switch.kiosk.screen, RestScreen)


def test_that_a_switch_is_deaf_just_after_a_page_has_turned(make_kiosk: MakeKiosk) -> None:
    hands = Hands(make_kiosk(switch_keys=SWITCH, settling_ms=3_600_000), SWITCH)
    hands.kiosk.window.settling.quiet.timeout.emit()
    hands.touch(hands.kiosk.screen.start)
    assert isinstance(hands.kiosk.screen, WaysScreen)
    hands.press(hands.onwards)
    assert hands.kiosk.window.focusWidget() is hands.kiosk.screen


def test_that_without_a_switch_its_keys_do_nothing(make_kiosk: MakeKiosk) -> None:
    hands = Hands(make_kiosk(switch_keys=None), SWITCH)
    hands.kiosk.screen.setFocus()
    hands.press(hands.onwards)
    assert hands.kiosk.window.focusWidget() is hands.kiosk.screen


def test_that_the_setting_names_two_keys() -> None:
    assert keys_of("F7 F8") == SWITCH
    assert keys_of("Space Return") == (Qt.Key.Key_Space, Qt.Key.Key_Return)
    assert keys_of("") is None


@pytest.mark.parametrize("text", ["F7", "F7 F7", "F7 F8 F9", "F7 Nokey", "Ctrl+A,B F8", "F7,F8"])
def test_that_a_setting_that_names_no_two_keys_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        keys_of(text)
