"""A screen in a patient's hands shows that patient's visit, and after it nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from monitor.services import access
from monitor.services.access import Welcome
from monitor.services.ports import Refusal
from monitor.ui.kiosk.screens.message import Confirm, Expect, GiveBack, Resting, Thanks
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.rest import RestState
from monitor.ui.kiosk.screens.staff import MenuState, PinState
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.walking import (
    by_a_nurse,
    drafts_of,
    enter_pin,
    go_to_pain,
    press_corner,
    set_pin,
    shows,
    walk_away,
)

MakeKiosk = Callable[..., Kiosk]

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)


@pytest.fixture
def seen() -> list[type]:
    """The kind of every page that was shown since the screen was handed over."""
    return []


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk, seen: list[type], monkeypatch: pytest.MonkeyPatch) -> Kiosk:
    kiosk = make_kiosk()
    set_pin(kiosk)
    show = kiosk.window._show

    def note(state: object) -> None:
        seen.append(type(state))
        show(state)

    monkeypatch.setattr(kiosk.window, "_show", note)
    kiosk.window.hand_over(welcome(kiosk))
    return kiosk


def welcome(kiosk: Kiosk) -> Welcome:
    return access.welcome_for(by_a_nurse(kiosk), "episode-1")


def give_back(kiosk: Kiosk) -> None:
    kiosk.touch(kiosk.screen.go_on)
    enter_pin(kiosk)


def test_that_it_begins_with_is_this_you(kiosk: Kiosk) -> None:
    assert shows(kiosk, Confirm)
    assert kiosk.screen.title.text() == "Hello, Adalind E. Is this you?"
    assert kiosk.screen.text.text() == "You were born in May."
    kiosk.touch(kiosk.screen.go_on)
    assert shows(kiosk, Expect)


def test_that_a_whole_visit_ends_with_giving_it_back(kiosk: Kiosk, seen: list[type]) -> None:
    kiosk.touch(kiosk.screen.go_on)
    kiosk.touch(kiosk.screen.go_on)
    kiosk.go_to_review()
    kiosk.send()
    assert shows(kiosk, Thanks)
    kiosk.touch(kiosk.screen.go_on)
    assert shows(kiosk, GiveBack)
    assert kiosk.screen.title.text() == "Please give this screen back to the nurse."
    assert len(kiosk.submissions()) == 1
    assert RestState not in seen
    assert not kiosk.window.idle.isActive(), "it stays"


def test_that_who_is_somebody_else_gives_it_back(kiosk: Kiosk) -> None:
    kiosk.touch(kiosk.screen.second)
    assert shows(kiosk, GiveBack)


def test_that_who_does_not_say_gives_it_back(kiosk: Kiosk) -> None:
    walk_away(kiosk)
    assert shows(kiosk, GiveBack)


def test_that_who_walks_away_is_parked(kiosk: Kiosk, seen: list[type]) -> None:
    kiosk.touch(kiosk.screen.go_on)
    kiosk.touch(kiosk.screen.go_on)
    go_to_pain(kiosk)
    kiosk.touch(kiosk.screen.keys[4])
    walk_away(kiosk)
    assert shows(kiosk, GiveBack)
    assert len(drafts_of(kiosk)) == 1
    assert RestState not in seen


def test_that_only_the_pin_gives_it_back(kiosk: Kiosk) -> None:
    given = []
    kiosk.window.given_back.connect(lambda: given.append(True))
    kiosk.touch(kiosk.screen.second)
    kiosk.touch(kiosk.screen.go_on)
    assert shows(kiosk, PinState)
    kiosk.touch(kiosk.screen.back)
    assert shows(kiosk, GiveBack)
    kiosk.touch(kiosk.screen.go_on)
    enter_pin(kiosk, "111111")
    assert not given
    enter_pin(kiosk)
    assert given == [True]
    assert not kiosk.window.isVisible()


def test_that_it_cannot_be_handed_over_without_a_pin(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk()
    refused: list[Refusal] = []
    kiosk.window.refused.connect(refused.append)
    kiosk.window.hand_over(welcome(kiosk))
    assert [refusal.code for refusal in refused] == ["no_pin"]
    assert shows(kiosk, RestState)


def test_that_staff_can_stop_a_visit_from_the_corner(kiosk: Kiosk) -> None:
    kiosk.touch(kiosk.screen.go_on)
    kiosk.touch(kiosk.screen.go_on)
    go_to_pain(kiosk)
    press_corner(kiosk)
    enter_pin(kiosk)
    assert shows(kiosk, MenuState)
    kiosk.touch(kiosk.screen.back)
    assert isinstance(kiosk.screen, NumberScreen)


def test_that_staff_who_close_it_in_a_visit_have_their_screen_back_and_a_patient_cannot(
    make_kiosk: MakeKiosk,
) -> None:
    kiosk = make_kiosk(full_screen=True)
    set_pin(kiosk)
    kiosk.window.hand_over(welcome(kiosk))
    given = []
    kiosk.window.given_back.connect(lambda: given.append(True))
    kiosk.touch(kiosk.screen.go_on)
    kiosk.touch(kiosk.screen.go_on)
    go_to_pain(kiosk)
    kiosk.touch(kiosk.screen.keys[4])
    kiosk.touch(kiosk.screen.next)
    press_corner(kiosk)
    enter_pin(kiosk)
    kiosk.touch(kiosk.screen.close_kiosk)
    assert given == [True]
    assert not kiosk.window.isVisible()
    assert len(drafts_of(kiosk)) == 1
    kiosk.window.hand_over(welcome(kiosk))
    assert not kiosk.window.close()


def test_that_it_can_be_handed_over_again(kiosk: Kiosk) -> None:
    kiosk.touch(kiosk.screen.second)
    give_back(kiosk)
    kiosk.window.hand_over(welcome(kiosk))
    assert shows(kiosk, Confirm)
    assert kiosk.window.isVisible()


def test_that_a_screen_that_was_handed_over_is_no_kiosk_to_be_missed(kiosk: Kiosk) -> None:
    with kiosk.store.read() as work:
        before = work.heartbeats.all()
    kiosk.tasks.clinic.clock.advance(minutes=5)  # type: ignore[attr-defined]
    kiosk.window.heart.timeout.emit()
    with kiosk.store.read() as work:
        assert work.heartbeats.all() == before


def test_that_a_store_that_is_away_changes_nothing_on_the_way(
    kiosk: Kiosk, seen: list[type]
) -> None:
    kiosk.store.fault = "gone"
    kiosk.window.heart.timeout.emit()
    assert shows(kiosk, Confirm)
    assert Resting not in seen
