"""Ways through the kiosk that several files of tests take."""

from __future__ import annotations

from dataclasses import replace

from monitor.domain.visit import Draft
from monitor.services import staff
from monitor.services.clinic import Clinic
from monitor.ui.kiosk.screens.body_map import BodyMapScreen
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.rest import RestScreen
from monitor.ui.kiosk.screens.statements import StatementsScreen
from monitor.ui.kiosk.window import LastCall
from tests.fakes import FakeClock
from tests.ui.kiosk.conftest import Kiosk

PIN = "274953"


def shows(kiosk: Kiosk, kind: type) -> bool:
    """Whether a state of this kind is on the screen."""
    return isinstance(kiosk.window._state, kind)


def clock_of(kiosk: Kiosk) -> FakeClock:
    clock = kiosk.tasks.clinic.clock
    assert isinstance(clock, FakeClock)
    return clock


def drafts_of(kiosk: Kiosk) -> tuple[Draft, ...]:
    """The drafts in the store, also while it is away."""
    fault, kiosk.store.fault = kiosk.store.fault, ""
    with kiosk.store.read() as work:
        found = work.drafts.of_episode("episode-1")
    kiosk.store.fault = fault
    return found


def turn(kiosk: Kiosk) -> None:
    """Deny what can be denied on this page, else skip it."""
    if isinstance(kiosk.screen, PickScreen | StatementsScreen) and kiosk.screen.denial.isVisible():
        kiosk.touch(kiosk.screen.denial)
        kiosk.touch(kiosk.screen.next)
    else:
        kiosk.touch(kiosk.screen.skip)


def go_to(kiosk: Kiosk, kind: type) -> None:
    """Turn pages until one of this screen is shown."""
    for _ in range(80):
        if isinstance(kiosk.screen, kind):
            return
        turn(kiosk)
    raise AssertionError("the page does not come")


def go_to_pain(kiosk: Kiosk) -> None:
    go_to(kiosk, NumberScreen)


def go_to_map(kiosk: Kiosk) -> None:
    """Turn pages, touch that there is numbness, and come to the body map."""
    for _ in range(80):
        if isinstance(kiosk.screen, BodyMapScreen):
            return
        if isinstance(kiosk.screen, PickScreen) and "numbness" in kiosk.screen.keys:
            kiosk.touch(kiosk.screen.keys["numbness"])
            kiosk.touch(kiosk.screen.next)
        else:
            turn(kiosk)
    raise AssertionError("the body map does not come")


def report_sign(kiosk: Kiosk, answer: str = "yes") -> None:
    """On the first page: touch trouble with breathing, and say so on the page that asks for it."""
    kiosk.touch(kiosk.screen.keys["breathing"])
    kiosk.touch(kiosk.screen.next)
    kiosk.touch(kiosk.screen.keys[answer])
    kiosk.touch(kiosk.screen.next)


def wait_for_countdown(kiosk: Kiosk) -> None:
    """Let nobody touch anything until it is asked whether somebody is there."""
    kiosk.window.idle.timeout.emit()
    assert isinstance(kiosk.screen, LastCall)


def walk_away(kiosk: Kiosk) -> None:
    """Let nobody touch anything until the countdown is over."""
    wait_for_countdown(kiosk)
    for _ in range(45):
        assert not isinstance(kiosk.screen, RestScreen)
        kiosk.window.last_call.timeout.emit()


def by_a_nurse(kiosk: Kiosk) -> Clinic:
    """The kiosk's clinic, for what is done at the desk."""
    clinic: Clinic = kiosk.tasks.clinic
    return replace(clinic, actor="nurse", acting="lead")


def set_pin(kiosk: Kiosk) -> None:
    staff.set_pin(by_a_nurse(kiosk), PIN)


def press_corner(kiosk: Kiosk) -> None:
    """Press at the top left for two seconds."""
    kiosk.window._corner.held.emit()


def enter_pin(kiosk: Kiosk, pin: str = PIN) -> None:
    """Type a PIN on the page that asks for it."""
    kiosk.type(pin)
    kiosk.touch(kiosk.screen.next)
