"""What the desk prints is read by the kiosk: a slip signs in, a card asks for the date of birth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from monitor.ui.kiosk.screens.identify import IdentifyState
from monitor.ui.kiosk.screens.message import Confirm
from monitor.ui.station.desk import make_card, make_slip
from tests.ui.kiosk.conftest import Keyboard, Kiosk

MakeKiosk = Callable[..., Kiosk]


def test_that_the_square_of_a_slip_signs_in(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk()
    at_the_desk = replace(kiosk.tasks.clinic, acting="nurse")
    slip = make_slip(at_the_desk, "episode-1").paper
    Keyboard(kiosk).type(f"{slip.scan}\r", Keyboard.FAST)
    kiosk.wait_for_answer()
    assert isinstance(kiosk.window._state, Confirm)


def test_that_the_square_of_a_card_leaves_only_the_date_of_birth_to_ask(
    make_kiosk: MakeKiosk,
) -> None:
    kiosk = make_kiosk()
    at_the_desk = replace(kiosk.tasks.clinic, acting="nurse")
    card = make_card(at_the_desk, "episode-1").paper
    Keyboard(kiosk).type(f"{card.scan}\r", Keyboard.FAST)
    assert isinstance(kiosk.window._state, IdentifyState)
    assert kiosk.window._state.field == "day"
