"""What is behind the corner is for who knows the PIN."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from monitor.services.ports import Call
from monitor.ui.kiosk.screens.calibrate import CalibrateState
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.rest import RestScreen
from monitor.ui.kiosk.screens.staff import MenuState, PinState
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.test_visits import texts
from tests.ui.kiosk.walking import PIN, enter_pin, go_to_pain, press_corner, set_pin, shows

MakeKiosk = Callable[..., Kiosk]


@pytest.fixture
def measured() -> list[float]:
    return []


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk, measured: list[float]) -> Kiosk:
    kiosk = make_kiosk(keep_dpi=measured.append)
    set_pin(kiosk)
    return kiosk


def waiting(kiosk: Kiosk) -> tuple[Call, ...]:
    with kiosk.store.read() as work:
        return work.calls.waiting()


class TestTheWayIn:
    def test_that_a_press_of_two_seconds_at_the_top_left_asks_for_the_pin(
        self, kiosk: Kiosk
    ) -> None:
        corner = kiosk.window._corner
        assert corner.geometry().topLeft().isNull()
        QTest.mousePress(corner, Qt.MouseButton.LeftButton)
        assert (corner.press.interval(), corner.press.isActive()) == (2000, True)
        corner.press.timeout.emit()
        assert shows(kiosk, PinState)

    def test_that_a_short_press_there_does_not(self, kiosk: Kiosk) -> None:
        QTest.mouseClick(kiosk.window._corner, Qt.MouseButton.LeftButton)
        assert not kiosk.window._corner.press.isActive()
        assert isinstance(kiosk.screen, RestScreen)

    def test_that_no_digit_of_the_pin_is_shown(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        kiosk.type("274")
        assert kiosk.screen.boxes.letters() == "•••"
        said = [text for text in texts(kiosk.screen) if text not in kiosk.screen.digits]
        assert not any(digit in text for text in said for digit in "274")

    def test_that_six_digits_are_the_least(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        kiosk.type(PIN[:5])
        assert not kiosk.screen.next.isEnabled()
        kiosk.type(PIN[5:])
        assert kiosk.screen.next.isEnabled()

    def test_that_enter_opens_once_there_are_enough(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        for digit in PIN[:5]:
            QTest.keyClicks(kiosk.screen, digit)
        QTest.keyClick(kiosk.screen, Qt.Key.Key_Return)
        assert shows(kiosk, PinState)
        QTest.keyClicks(kiosk.screen, PIN[5])
        QTest.keyClick(kiosk.screen, Qt.Key.Key_Return)
        assert shows(kiosk, MenuState)

    def test_that_digits_can_be_taken_back(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        kiosk.type("27")
        kiosk.touch(kiosk.screen.erase)
        assert kiosk.screen.boxes.letters() == "•"
        kiosk.touch(kiosk.screen.clear)
        assert kiosk.screen.boxes.letters() == ""

    def test_that_a_wrong_pin_is_refused_and_forgotten(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        enter_pin(kiosk, "111111")
        assert shows(kiosk, PinState)
        assert kiosk.screen.heading.hint.text() == "That is not the PIN. Tries left: 4"
        assert kiosk.screen.boxes.letters() == ""

    def test_that_it_is_locked_after_too_many_tries_and_says_until_when(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        for _ in range(5):
            enter_pin(kiosk, "111111")
        enter_pin(kiosk, PIN)
        assert shows(kiosk, PinState)
        assert kiosk.screen.heading.hint.text() == (
            "Too many wrong tries. No PIN is heard until 09:05."
        )

    def test_that_it_says_where_no_pin_is_set(self, make_kiosk: MakeKiosk) -> None:
        kiosk = make_kiosk()
        press_corner(kiosk)
        enter_pin(kiosk)
        assert kiosk.screen.heading.hint.text() == "No staff PIN was set for this clinic."

    def test_that_a_store_that_is_away_lets_nobody_in(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        kiosk.store.fault = "gone"
        enter_pin(kiosk)
        assert shows(kiosk, PinState)
        assert "cannot be checked now" in kiosk.screen.heading.hint.text()

    def test_that_a_pin_on_its_way_is_asked_once(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        kiosk.type("111111")
        kiosk.tasks.hold = True
        kiosk.touch(kiosk.screen.next)
        QTest.mouseClick(kiosk.screen.next, Qt.MouseButton.LeftButton)
        kiosk.tasks.release()
        assert "Tries left: 4" in kiosk.screen.heading.hint.text()

    def test_that_a_patient_who_got_there_can_call_staff(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        assert kiosk.screen.help.text() == "Call staff"
        kiosk.touch(kiosk.screen.help)
        assert [call.kind for call in waiting(kiosk)] == ["staff"]
        assert kiosk.screen.heading.hint.text() == "The staff have been called."

    def test_that_it_goes_by_itself_after_30_seconds(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        kiosk.type("274")
        assert kiosk.window.idle.interval() == 30_000
        kiosk.window.idle.timeout.emit()
        assert isinstance(kiosk.screen, RestScreen)
        press_corner(kiosk)
        assert kiosk.window._state == PinState(typed=0, can_go_on=False)


class TestBehindIt:
    def test_that_the_page_of_the_patient_is_there_again_as_it_was(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        for leave in (lambda: kiosk.touch(kiosk.screen.back), kiosk.window.idle.timeout.emit):
            press_corner(kiosk)
            leave()
            assert isinstance(kiosk.screen, NumberScreen)
            assert kiosk.screen.keys[4].isChecked()
            assert kiosk.window.idle.interval() == 120_000

    def test_that_staff_find_three_things(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        enter_pin(kiosk)
        assert shows(kiosk, MenuState)
        keys = (kiosk.screen.calibrate, kiosk.screen.close_kiosk, kiosk.screen.back)
        assert [key.text() for key in keys] == ["Calibrate the screen", "Close the kiosk", "Back"]
        kiosk.touch(kiosk.screen.back)
        assert isinstance(kiosk.screen, RestScreen)

    def test_that_the_menu_goes_by_itself_after_30_seconds(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        enter_pin(kiosk)
        assert kiosk.window.idle.interval() == 30_000
        kiosk.window.idle.timeout.emit()
        assert isinstance(kiosk.screen, RestScreen)

    def test_that_only_staff_close_a_full_kiosk(self, kiosk: Kiosk) -> None:
        kiosk.window.allow_close = False
        assert not kiosk.window.close()
        press_corner(kiosk)
        enter_pin(kiosk)
        left = []
        kiosk.window.left.connect(lambda: left.append(True))
        kiosk.touch(kiosk.screen.close_kiosk)
        assert left == [True]
        assert not kiosk.window.isVisible()

    def test_that_what_was_calibrated_counts_at_once_and_is_kept(
        self, kiosk: Kiosk, measured: list[float]
    ) -> None:
        before = kiosk.window._measures.floor
        press_corner(kiosk)
        enter_pin(kiosk)
        kiosk.touch(kiosk.screen.calibrate)
        assert shows(kiosk, CalibrateState)
        assert kiosk.window._state.dots_per_inch == pytest.approx(96)
        for _ in range(20):
            kiosk.touch(kiosk.screen.larger)
        kiosk.touch(kiosk.screen.save)
        assert shows(kiosk, MenuState)
        assert kiosk.screen.heading.hint.text() == "The screen is calibrated."
        assert measured == [pytest.approx(96 * 1.005**20)]
        assert kiosk.window._measures.floor > before

    def test_that_back_from_calibrating_leads_to_the_menu(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        enter_pin(kiosk)
        kiosk.touch(kiosk.screen.calibrate)
        kiosk.touch(kiosk.screen.back)
        assert shows(kiosk, MenuState)
        kiosk.touch(kiosk.screen.back)
        assert isinstance(kiosk.screen, RestScreen)

    def test_that_the_pages_of_staff_leave_nothing_behind(self, kiosk: Kiosk) -> None:
        press_corner(kiosk)
        enter_pin(kiosk)
        kiosk.touch(kiosk.screen.back)
        assert [type(s) for s in kiosk.window._screens.values()] == [RestScreen]
        assert kiosk.window._over is None
