"""Fingers, palms and hands that tremble, as the glass reports them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QPointingDevice, QTouchEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from monitor.domain.submission import Place
from monitor.ui.kiosk.comfort import Comfort
from monitor.ui.kiosk.screens.body_map import BodyMapScreen
from monitor.ui.kiosk.screens.identify import IdentifyScreen
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.signing_in import WaysScreen
from monitor.ui.kiosk.touch import PALM_MM, Contact, mouse_event
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.walking import go_to, go_to_map, go_to_pain

State = QEventPoint.State
PRESSED, MOVED, LIFTED = State.Pressed, State.Updated, State.Released
RESTS = State.Stationary
FINGER, PALM = 1, 2


class Glass:
    """A panel that reports contacts to the window, each event with its time in milliseconds."""

    def __init__(self, kiosk: Kiosk, device: QPointingDevice) -> None:
        self._kiosk = kiosk
        self._device = device
        self.ms = 10_000

    @property
    def window(self) -> QWindow:
        handle = self._kiosk.window.windowHandle()
        assert handle is not None
        return handle

    def middle(self, widget: QWidget, dx: float = 0.0) -> QPointF:
        assert widget.isVisible(), "only what can be seen can be touched"
        QApplication.sendPostedEvents()
        return QPointF(widget.mapTo(self._kiosk.window, widget.rect().center())) + QPointF(dx, 0)

    def report(self, *points: tuple[int, State, QPointF], after_ms: int = 50) -> QTouchEvent:
        """One event with all contacts that there are: number, state and place of each."""
        self.ms += after_ms
        states = {state for _, state, _ in points}
        kind = QEvent.Type.TouchUpdate
        if states == {PRESSED}:
            kind = QEvent.Type.TouchBegin
        elif states == {LIFTED}:
            kind = QEvent.Type.TouchEnd
        made = [QEventPoint(number, state, where, where) for number, state, where in points]
        event = QTouchEvent(kind, self._device, Qt.KeyboardModifier.NoModifier, made)
        event.setTimestamp(self.ms)
        event.ignore()
        QApplication.sendEvent(self.window, event)
        return event

    def tap(self, widget: QWidget, after_ms: int = 1000, held_ms: int = 60) -> None:
        where = self.middle(widget)
        self.report((FINGER, PRESSED, where), after_ms=after_ms)
        self.report((FINGER, LIFTED, where), after_ms=held_ms)

    def click(self, widget: QWidget, after_ms: int = 1000) -> None:
        """What the desktop tells of a mouse, and of a panel that it takes for one."""
        where = self.middle(widget)
        for kind, wait in (
            (QEvent.Type.MouseButtonPress, after_ms),
            (QEvent.Type.MouseButtonRelease, 60),
        ):
            self.ms += wait
            QApplication.sendEvent(self.window, mouse_event(self.window, kind, where, self.ms))

    def contact(self, state: State, where: QPointF, diameter_mm: float, number: int = 1) -> None:
        """One contact whose size the panel tells; Qt lets nobody make an event with it."""
        self.ms += 50
        self._kiosk.window.touches.hear([Contact(number, state, where, diameter_mm)], self.ms)


@pytest.fixture(scope="module")
def device() -> QPointingDevice:
    return QTest.createTouchDevice()


MakeKiosk = Callable[..., Kiosk]


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Kiosk:
    return make_kiosk()


@pytest.fixture
def glass(kiosk: Kiosk, device: QPointingDevice) -> Glass:
    return Glass(kiosk, device)


def pain(kiosk: Kiosk) -> dict[int, QWidget]:
    """Go to a page of scores; its keys."""
    kiosk.begin()
    go_to_pain(kiosk)
    keys: dict[int, QWidget] = kiosk.screen.keys
    return keys


def chosen(kiosk: Kiosk) -> list[int]:
    assert isinstance(kiosk.screen, NumberScreen)
    return [score for score, key in kiosk.screen.keys.items() if key.isChecked()]


def test_that_a_tap_touches_a_key_once(kiosk: Kiosk, glass: Glass) -> None:
    glass.tap(kiosk.screen.start)
    assert isinstance(kiosk.screen, WaysScreen)


def test_that_qt_makes_no_second_tap_of_a_touch(
    kiosk: Kiosk, glass: Glass, device: QPointingDevice
) -> None:
    kiosk.touch(kiosk.screen.start)
    kiosk.touch(kiosk.screen.number)
    where = glass.middle(kiosk.screen.digits["5"]).toPoint()
    touch = QTest.touchEvent(glass.window, device)
    touch.press(FINGER, where, glass.window).commit()
    touch.release(FINGER, where, glass.window).commit()
    assert kiosk.screen.boxes.letters() == "5"


def test_that_every_touch_is_taken_so_that_qt_makes_no_mouse_of_it(
    kiosk: Kiosk, glass: Glass
) -> None:
    where = QPointF(3, 3)
    assert glass.report((PALM, PRESSED, where)).isAccepted()
    assert glass.report((PALM, LIFTED, where)).isAccepted()


def test_that_a_mouse_works_as_ever(kiosk: Kiosk, glass: Glass) -> None:
    where = glass.middle(kiosk.screen.start).toPoint()
    QTest.mouseClick(glass.window, Qt.MouseButton.LeftButton, pos=where)
    assert isinstance(kiosk.screen, WaysScreen)


def test_that_a_finger_acts_while_a_hand_rests(kiosk: Kiosk, glass: Glass) -> None:
    keys = pain(kiosk)
    corner, key = QPointF(1200, 780), glass.middle(keys[4])
    glass.report((PALM, PRESSED, corner))
    glass.report((PALM, RESTS, corner), (FINGER, PRESSED, key), after_ms=3000)
    glass.report((PALM, RESTS, corner), (FINGER, LIFTED, key))
    assert chosen(kiosk) == [4]


def test_that_a_hand_that_rested_on_a_key_touches_nothing_when_a_finger_acts(
    kiosk: Kiosk, glass: Glass
) -> None:
    keys = pain(kiosk)
    below, key = glass.middle(keys[9]), glass.middle(keys[4])
    glass.report((PALM, PRESSED, below))
    glass.report((PALM, RESTS, below), (FINGER, PRESSED, key))
    glass.report((PALM, RESTS, below), (FINGER, LIFTED, key))
    glass.report((PALM, LIFTED, below))
    assert chosen(kiosk) == [4]
    assert not keys[9].isDown()  # type: ignore[attr-defined]


def test_that_a_hand_that_rested_long_touches_nothing_when_it_is_lifted(
    kiosk: Kiosk, glass: Glass
) -> None:
    keys = pain(kiosk)
    glass.tap(keys[9], held_ms=2001)
    assert chosen(kiosk) == []
    glass.tap(keys[3], held_ms=1999)
    assert chosen(kiosk) == [3]


def test_that_the_finger_that_came_last_acts(kiosk: Kiosk, glass: Glass) -> None:
    keys = pain(kiosk)
    one, other = glass.middle(keys[2]), glass.middle(keys[7])
    glass.report((1, PRESSED, one))
    glass.report((1, RESTS, one), (2, PRESSED, other))
    glass.report((1, LIFTED, one), (2, RESTS, other))
    assert chosen(kiosk) == []
    glass.report((2, LIFTED, other))
    assert chosen(kiosk) == [7]


def test_that_a_hand_laid_down_with_three_contacts_touches_nothing(
    kiosk: Kiosk, glass: Glass
) -> None:
    keys = pain(kiosk)
    places = [(score, glass.middle(keys[score])) for score in (3, 4, 5)]
    glass.report(*((score, PRESSED, where) for score, where in places))
    glass.report(*((score, LIFTED, where) for score, where in places))
    assert chosen(kiosk) == []
    glass.tap(keys[4])
    assert chosen(kiosk) == [4]


@pytest.mark.parametrize(
    ("diameter_mm", "scores"), [(0.0, [6]), (10.0, [6]), (PALM_MM - 1, [6]), (PALM_MM, [])]
)
def test_that_a_contact_as_large_as_a_palm_is_no_finger(
    kiosk: Kiosk, glass: Glass, diameter_mm: float, scores: list[int]
) -> None:
    where = glass.middle(pain(kiosk)[6])
    glass.contact(PRESSED, where, diameter_mm)
    glass.contact(LIFTED, where, diameter_mm)
    assert chosen(kiosk) == scores


def test_that_a_contact_that_grows_into_a_palm_touches_nothing(kiosk: Kiosk, glass: Glass) -> None:
    where = glass.middle(pain(kiosk)[6])
    glass.contact(PRESSED, where, 12)
    glass.contact(MOVED, where, 40)
    glass.contact(LIFTED, where, 12)
    assert chosen(kiosk) == []


def test_that_a_touch_the_desktop_takes_back_touches_nothing(kiosk: Kiosk, glass: Glass) -> None:
    keys = pain(kiosk)
    where = glass.middle(keys[6])
    glass.report((FINGER, PRESSED, where))
    cancelled = QTouchEvent(QEvent.Type.TouchCancel)
    QApplication.sendEvent(glass.window, cancelled)
    glass.report((FINGER, LIFTED, where))
    assert chosen(kiosk) == []
    assert not keys[6].isDown()  # type: ignore[attr-defined]


# ---------------------------------------------------------------------------- double taps


def test_that_a_double_tap_on_a_complaint_does_not_take_it_back(kiosk: Kiosk, glass: Glass) -> None:
    kiosk.begin()
    go_to(kiosk, PickScreen)
    key = next(iter(kiosk.screen.keys.values()))
    glass.tap(key)
    glass.tap(key, after_ms=200)
    assert key.isChecked()
    glass.tap(key, after_ms=400)
    assert not key.isChecked()


def test_that_a_hand_that_goes_on_trembling_touches_once(kiosk: Kiosk, glass: Glass) -> None:
    kiosk.begin()
    go_to(kiosk, PickScreen)
    key = next(iter(kiosk.screen.keys.values()))
    for _ in range(7):
        glass.tap(key, after_ms=140)
    assert key.isChecked()


def test_that_two_keys_may_be_touched_soon_after_each_other(kiosk: Kiosk, glass: Glass) -> None:
    kiosk.begin()
    go_to(kiosk, PickScreen)
    one, other, *_ = kiosk.screen.keys.values()
    glass.tap(one)
    glass.tap(other, after_ms=100)
    assert one.isChecked()
    assert other.isChecked()


def test_that_a_double_click_of_a_panel_that_poses_as_a_mouse_does_not_take_a_complaint_back(
    kiosk: Kiosk, glass: Glass
) -> None:
    kiosk.begin()
    go_to(kiosk, PickScreen)
    key = next(iter(kiosk.screen.keys.values()))
    glass.click(key)
    glass.click(key, after_ms=200)
    assert key.isChecked()
    glass.click(key, after_ms=400)
    assert not key.isChecked()


@pytest.mark.parametrize(("after_ms", "typed"), [(61, "11"), (59, "1")])
def test_that_a_digit_counts_twice_unless_the_finger_trembles(
    kiosk: Kiosk, glass: Glass, after_ms: int, typed: str
) -> None:
    """The first tap takes 60 ms, so that the presses are 121 or 119 ms apart."""
    kiosk.touch(kiosk.screen.start)
    kiosk.touch(kiosk.screen.number)
    assert isinstance(kiosk.screen, IdentifyScreen)
    glass.tap(kiosk.screen.digits["1"])
    glass.tap(kiosk.screen.digits["1"], after_ms=after_ms)
    assert kiosk.screen.boxes.letters() == typed


# ---------------------------------------------------------------------------- trembling presses

MM = 96 / 25.4


@pytest.mark.parametrize("hold_ms", [0, 300])
@pytest.mark.parametrize(("slides_mm", "counts"), [(2.5, True), (4.0, False)])
def test_that_a_press_counts_that_trembles_off_the_key_but_none_that_leaves_it(
    make_kiosk: MakeKiosk, device: QPointingDevice, hold_ms: int, slides_mm: float, counts: bool
) -> None:
    kiosk = make_kiosk()
    pain(kiosk)
    kiosk.window.change_comfort(Comfort(hold_ms=hold_ms))
    key = kiosk.screen.keys[10]
    glass = Glass(kiosk, device)
    middle = glass.middle(key)
    beside = middle + QPointF(0, key.height() / 2 + slides_mm * MM)
    glass.report((FINGER, PRESSED, middle))
    glass.report((FINGER, MOVED, beside))
    if hold_ms and key.holding.state() == key.holding.State.Running:
        key.holding.setCurrentTime(hold_ms)
    glass.report((FINGER, LIFTED, beside))
    assert chosen(kiosk) == ([10] if counts else [])


def test_that_a_finger_that_trembles_on_a_place_of_the_body_marks_it(
    make_kiosk: MakeKiosk, device: QPointingDevice
) -> None:
    kiosk = make_kiosk(day=60)
    kiosk.begin()
    go_to_map(kiosk)
    kiosk.window.change_comfort(Comfort(hold_ms=300))
    assert isinstance(kiosk.screen, BodyMapScreen)
    drawing = kiosk.screen.drawing
    glass = Glass(kiosk, device)
    (area,) = drawing.areas_of(Place("thumb_side", "right"))
    where = QPointF(drawing.mapTo(kiosk.window, area.pointAtPercent(0.0).toPoint()))
    glass.report((FINGER, PRESSED, where))
    assert drawing._held is not None
    held = drawing._held
    glass.report((FINGER, MOVED, where + QPointF(2 * MM, 0)))
    glass.report((FINGER, MOVED, where - QPointF(2 * MM, 0)))
    assert drawing._held == held
    glass.report((FINGER, MOVED, where + QPointF(60 * MM, 0)))
    assert drawing._held is None
