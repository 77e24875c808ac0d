"""What a touch does just after a page has turned: nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from monitor.ui.kiosk.screens.message import Confirm, Expect, Thanks
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.rest import RestScreen
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.screens.signing_in import MonthScreen, WaysScreen
from monitor.ui.kiosk.settling import SETTLING_MS
from monitor.ui.kiosk.window import LastCall
from tests.ui.kiosk.conftest import Keyboard, Kiosk

NEVER_BY_ITSELF_MS = 3_600_000
LEFT = Qt.MouseButton.LeftButton


class Finger:
    """Touches the glass where something is shown, as the desktop reports it."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk = kiosk
        self._where = QPoint()

    @property
    def glass(self) -> QWindow:
        handle = self.kiosk.window.windowHandle()
        assert handle is not None
        return handle

    def tap(self, widget: QWidget) -> None:
        self.press(widget)
        self.lift()

    def tap_again(self) -> None:
        """Tap where the last tap was, whatever is there now."""
        QApplication.sendPostedEvents()
        QTest.mouseClick(self.glass, LEFT, pos=self._where)

    def press(self, widget: QWidget) -> None:
        assert widget.isVisible(), "only what can be seen can be touched"
        QApplication.sendPostedEvents()  # lay out what was just shown
        self._where = widget.mapTo(self.kiosk.window, widget.rect().center())
        QTest.mousePress(self.glass, LEFT, pos=self._where)

    def lift(self) -> None:
        QTest.mouseRelease(self.glass, LEFT, pos=self._where)

    def wait(self) -> None:
        """Let the settling time pass."""
        self.kiosk.window.settling.quiet.timeout.emit()


@pytest.fixture
def kiosk(make_kiosk: Callable[..., Kiosk]) -> Kiosk:
    return make_kiosk(settling_ms=NEVER_BY_ITSELF_MS)


@pytest.fixture
def finger(kiosk: Kiosk) -> Finger:
    finger = Finger(kiosk)
    finger.wait()
    return finger


def go_to_the_number(kiosk: Kiosk, finger: Finger) -> None:
    """Start, and choose the clinic number."""
    for key in ("start", "number"):
        finger.tap(getattr(kiosk.screen, key))
        finger.wait()


def go_to_a_question(kiosk: Kiosk, finger: Finger) -> str:
    """Begin; the key of the page that can be skipped next."""
    kiosk.begin()
    finger.wait()
    return kiosk.guide._visit.at


def test_that_a_double_tap_on_start_chooses_no_way(kiosk: Kiosk, finger: Finger) -> None:
    finger.tap(kiosk.screen.start)
    finger.tap_again()
    assert isinstance(kiosk.screen, WaysScreen)


def test_that_a_double_tap_on_a_way_types_no_digit(kiosk: Kiosk, finger: Finger) -> None:
    finger.tap(kiosk.screen.start)
    finger.wait()
    finger.tap(kiosk.screen.number)
    finger.tap_again()
    finger.wait()
    Keyboard(kiosk).type("1001")
    assert kiosk.screen.boxes.letters() == "1001"


def test_that_a_double_tap_on_skip_skips_one_page(kiosk: Kiosk, finger: Finger) -> None:
    go_to_a_question(kiosk, finger)
    finger.tap(kiosk.screen.skip)
    second = kiosk.guide._visit.at
    finger.tap_again()
    assert kiosk.guide._visit.at == second
    finger.wait()
    finger.tap_again()
    assert kiosk.guide._visit.at != second


def test_that_a_double_tap_on_next_turns_one_page(kiosk: Kiosk, finger: Finger) -> None:
    go_to_a_question(kiosk, finger)
    kiosk.touch(kiosk.screen.denial)
    kiosk.touch(kiosk.screen.next)
    kiosk.touch(kiosk.screen.denial)
    second = kiosk.guide._visit.at
    kiosk.touch(kiosk.screen.back)
    finger.wait()
    finger.tap(kiosk.screen.next)
    finger.tap_again()
    assert kiosk.guide._visit.at == second


def test_that_a_double_tap_on_back_turns_one_page(kiosk: Kiosk, finger: Finger) -> None:
    go_to_a_question(kiosk, finger)
    first_page = kiosk.guide._visit.at
    for _ in range(3):
        finger.tap(kiosk.screen.skip)
        finger.wait()
    finger.tap(kiosk.screen.back)
    finger.tap_again()
    finger.wait()
    finger.tap(kiosk.screen.back)
    finger.tap_again()
    assert kiosk.guide._visit.at != first_page


def test_that_a_double_tap_goes_past_one_message_only(kiosk: Kiosk, finger: Finger) -> None:
    kiosk.sign_in()
    finger.wait()
    assert isinstance(kiosk.window._state, Confirm)
    finger.tap(kiosk.screen.go_on)
    finger.tap_again()
    assert isinstance(kiosk.window._state, Expect)


def test_that_a_double_tap_on_next_page_does_not_send(kiosk: Kiosk, finger: Finger) -> None:
    kiosk.begin()
    kiosk.go_to_review()
    while kiosk.screen.later.isVisible():
        kiosk.touch(kiosk.screen.later)
    kiosk.touch(kiosk.screen.earlier)
    finger.wait()
    finger.tap(kiosk.screen.later)
    finger.tap_again()
    assert isinstance(kiosk.screen, ReviewScreen)
    finger.wait()
    finger.tap_again()
    assert isinstance(kiosk.window._state, Thanks)


def test_that_the_last_call_is_not_answered_by_a_touch_meant_for_the_page(
    kiosk: Kiosk, finger: Finger
) -> None:
    go_to_a_question(kiosk, finger)
    kiosk.window.idle.timeout.emit()
    finger.tap(kiosk.screen.second)
    assert isinstance(kiosk.screen, LastCall)
    finger.wait()
    kiosk.window.last_call.timeout.emit()
    finger.tap(kiosk.screen.second)
    assert isinstance(kiosk.screen, RestScreen)


def test_that_digits_may_be_touched_one_after_the_other(kiosk: Kiosk, finger: Finger) -> None:
    go_to_the_number(kiosk, finger)
    for digit in "1001":
        finger.tap(kiosk.screen.digits[digit])
    assert kiosk.screen.boxes.letters() == "1001"


def test_that_a_double_tap_after_the_day_goes_past_no_month(kiosk: Kiosk, finger: Finger) -> None:
    go_to_the_number(kiosk, finger)
    finger.tap(kiosk.screen.digits["1"])
    finger.tap(kiosk.screen.next)
    finger.wait()
    finger.tap(kiosk.screen.digits["9"])
    finger.tap(kiosk.screen.next)
    finger.tap_again()
    assert isinstance(kiosk.screen, MonthScreen)
    assert not any(key.isChecked() for key in kiosk.screen.months)


def test_that_a_press_that_began_on_one_page_does_not_count_on_the_next(
    kiosk: Kiosk, finger: Finger
) -> None:
    go_to_a_question(kiosk, finger)
    while not isinstance(kiosk.screen, NumberScreen):
        kiosk.touch(kiosk.screen.skip)
    finger.wait()
    key = kiosk.screen.keys[4]
    finger.press(key)
    kiosk.touch(kiosk.screen.skip)
    finger.wait()
    assert kiosk.screen.keys[4] is key, "the same screen shows the next question"
    QTest.mouseMove(finger.glass, finger._where + QPoint(3, 3))
    finger.lift()
    assert not key.isChecked()
    finger.tap(key)
    assert key.isChecked()


def test_that_keys_are_not_heard_just_after_a_page_has_turned(kiosk: Kiosk, finger: Finger) -> None:
    finger.tap(kiosk.screen.start)
    finger.wait()
    finger.tap(kiosk.screen.number)
    keyboard = Keyboard(kiosk)
    keyboard.press("1")
    assert kiosk.screen.boxes.letters() == ""
    finger.wait()
    keyboard.press("1")
    assert kiosk.screen.boxes.letters() == "1"


def test_that_the_settling_time_ends_by_itself(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk(settling_ms=SETTLING_MS)
    quiet = kiosk.window.settling.quiet
    kiosk.touch(kiosk.screen.start)
    assert quiet.isActive()
    assert quiet.isSingleShot()
    assert quiet.interval() == SETTLING_MS
