"""A card reader types like a keyboard, and may type anything: only a card of ours does anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from monitor.services import desk_codes
from monitor.ui.kiosk.scanner import ALLOWED, FASTEST_PERSON_MS, PASSED
from monitor.ui.kiosk.screens.identify import IdentifyState
from monitor.ui.kiosk.screens.message import Confirm, Desk, Moment, NotMatched, Urgent
from monitor.ui.kiosk.screens.rest import RestState
from monitor.ui.kiosk.screens.signing_in import MonthState, WaysState
from tests.ui.kiosk.conftest import Keyboard, Kiosk
from tests.ui.kiosk.walking import by_a_nurse, report_sign

MakeKiosk = Callable[..., Kiosk]
ASCII = [chr(code) for code in range(128)]
FOUR_KB = "0123456789ABCDEF" * 256
ENDS = ("\r", "\n", "\t", "\r\n", "\r\n\t")
ends = pytest.mark.parametrize("end", ENDS, ids=[repr(end) for end in ENDS])


class Reader:
    """Holds cards to the reader of a kiosk."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.keyboard = Keyboard(kiosk)

    def read(self, text: str) -> None:
        self.keyboard.type(text, Keyboard.FAST)


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Kiosk:
    return make_kiosk()


@pytest.fixture
def reader(kiosk: Kiosk) -> Reader:
    return Reader(kiosk)


def code_of(kiosk: Kiosk) -> str:
    """A code from the desk for the patient."""
    return desk_codes.issue(by_a_nurse(kiosk), "episode-1")


def go_to(kiosk: Kiosk, page: str) -> None:
    """Go to a page of signing in, with nothing typed on it; or to a question or the red page."""
    if page in ("question", "red"):
        kiosk.begin()
        if page == "red":
            report_sign(kiosk)
    elif page in ("not_matched", "confirm", "desk"):
        kiosk.sign_in("9999" if page != "confirm" else "1001")
        if page == "desk":
            kiosk.touch(kiosk.screen.second)
    elif page != "rest":
        kiosk.touch(kiosk.screen.start)
        if page == "code":
            kiosk.touch(kiosk.screen.code)
        elif page != "ways":
            go_to_number_or_date(kiosk, page)


def go_to_number_or_date(kiosk: Kiosk, page: str) -> None:
    kiosk.touch(kiosk.screen.number)
    if page == "number":
        return
    kiosk.type_identity("1001", "17", "" if page != "moment" else "1970")
    if page == "moment":
        kiosk.tasks.hold = True
        kiosk.touch(kiosk.screen.next)
    for _ in range({"year": 0, "month": 1, "day": 2, "moment": 0}[page]):
        kiosk.touch(kiosk.screen.back)
    if page == "day":
        kiosk.touch(kiosk.screen.clear)


TAKING: dict[str, type] = {
    "rest": RestState,
    "ways": WaysState,
    "code": IdentifyState,
    "number": IdentifyState,
    "not_matched": NotMatched,
}
OTHERS: dict[str, type] = {
    "day": IdentifyState,
    "month": MonthState,
    "year": IdentifyState,
    "moment": Moment,
    "confirm": Confirm,
    "desk": Desk,
    "question": object,
    "red": Urgent,
}


def what_stands(kiosk: Kiosk) -> tuple[Any, ...]:
    """The page that is shown, and everything that was ever stored."""
    with kiosk.store.read() as work:
        stored = (
            work.calls.waiting(),
            work.submissions.of_episode("episode-1"),
            len(work.audit.of_subject("episode-1")),
        )
    return (kiosk.window._state, *stored)


class TestCards:
    @ends
    @pytest.mark.parametrize("page", TAKING)
    def test_that_a_card_with_a_code_signs_in_on_every_page_that_takes_cards(
        self, kiosk: Kiosk, reader: Reader, page: str, end: str
    ) -> None:
        go_to(kiosk, page)
        reader.read(f"RWC{code_of(kiosk)}{end}")
        assert isinstance(kiosk.window._state, Moment)
        kiosk.wait_for_answer()
        assert isinstance(kiosk.window._state, Confirm)

    @ends
    @pytest.mark.parametrize("text", ["RWN001001", "001001"])
    @pytest.mark.parametrize("page", TAKING)
    def test_that_a_card_with_a_number_asks_for_the_date_of_birth_alone(
        self, kiosk: Kiosk, reader: Reader, page: str, text: str, end: str
    ) -> None:
        go_to(kiosk, page)
        reader.read(text + end)
        assert kiosk.window._state == IdentifyState("day", "", masked=True, can_go_on=False)
        kiosk.touch(kiosk.screen.back)
        assert kiosk.screen.boxes.letters() == "001001"

    def test_that_a_card_replaces_what_was_typed(self, kiosk: Kiosk, reader: Reader) -> None:
        go_to(kiosk, "number")
        reader.keyboard.type("77")
        reader.read("204118\r")
        kiosk.touch(kiosk.screen.back)
        assert kiosk.screen.boxes.letters() == "204118"

    def test_that_a_card_of_something_else_counts_as_a_try(
        self, kiosk: Kiosk, reader: Reader
    ) -> None:
        for said in (NotMatched, NotMatched, Desk):
            reader.read("LIBRARY-42\r")
            kiosk.wait_for_answer()
            assert isinstance(kiosk.window._state, said)

    def test_that_a_card_is_read_whole_in_the_first_moments_of_a_page(
        self, make_kiosk: MakeKiosk
    ) -> None:
        kiosk = make_kiosk(settling_ms=3_600_000)
        kiosk.touch(kiosk.screen.start)
        assert kiosk.window.settling.quiet.isActive()
        Reader(kiosk).read(f"RWC{code_of(kiosk)}\r")
        kiosk.wait_for_answer()
        assert isinstance(kiosk.window._state, Confirm)

    def test_that_two_cards_without_a_pause_are_one_try(self, kiosk: Kiosk, reader: Reader) -> None:
        reader.read("LIBRARY-42\r" * 5)
        kiosk.wait_for_answer()
        assert isinstance(kiosk.window._state, NotMatched)

    def test_that_a_card_that_was_read_is_not_counted_as_dropped(
        self, kiosk: Kiosk, reader: Reader
    ) -> None:
        reader.read("RWN204118\r")
        assert kiosk.window.scanner.dropped == 0
        reader.read("RWN204118\r")
        assert kiosk.window.scanner.dropped == len("RWN204118\r") - PASSED


class TestAnythingElse:
    @pytest.mark.parametrize("page", [*TAKING, *OTHERS])
    def test_that_no_character_outside_of_the_alphabet_does_anything_anywhere(
        self, kiosk: Kiosk, reader: Reader, page: str
    ) -> None:
        go_to(kiosk, page)
        assert isinstance(kiosk.window._state, {**TAKING, **OTHERS}[page])
        before = what_stands(kiosk)
        for character in set(ASCII) - ALLOWED:
            for text in (f"{character}ABCDEF", f"A{character}BCDEF", f"ABCDE{character}"):
                kiosk.screen.setFocus()
                reader.read(f"{text}G\r\n\t")
                assert what_stands(kiosk) == before, repr(text)
        assert kiosk.window.isVisible()

    @pytest.mark.parametrize("page", OTHERS)
    def test_that_no_character_at_all_does_anything_where_no_card_is_taken(
        self, kiosk: Kiosk, reader: Reader, page: str
    ) -> None:
        go_to(kiosk, page)
        before = what_stands(kiosk)
        for character in sorted(ALLOWED):
            reader.read(f"{character * 3}RWC123456\r\n\t")
            assert what_stands(kiosk) == before, character

    @ends
    @pytest.mark.parametrize("page", [*TAKING, *OTHERS])
    def test_that_four_kilobytes_do_nothing_anywhere(
        self, kiosk: Kiosk, reader: Reader, page: str, end: str
    ) -> None:
        go_to(kiosk, page)
        before = what_stands(kiosk)
        reader.read(FOUR_KB + end)
        assert what_stands(kiosk) == before
        assert kiosk.window.scanner.dropped == len(FOUR_KB + end) - PASSED

    @ends
    def test_that_the_end_of_a_card_presses_no_key_the_keyboard_is_on(
        self, kiosk: Kiosk, reader: Reader, end: str
    ) -> None:
        kiosk.screen.start.setFocus()
        reader.read(f"12345{end}")
        assert isinstance(kiosk.window._state, RestState)
        reader.read(f"ab {end} {end}")
        assert isinstance(kiosk.window._state, RestState)

    @pytest.mark.parametrize("chord", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    def test_that_a_card_can_press_no_chord(self, kiosk: Kiosk, reader: Reader, chord: str) -> None:
        reader.read(f"RWC{chr(ord(chord) - 64)}123456\r")
        assert isinstance(kiosk.window._state, RestState)


class TestPeople:
    def test_that_a_person_who_types_fast_is_heard(self, kiosk: Kiosk) -> None:
        go_to(kiosk, "number")
        Keyboard(kiosk).type("204118", every_ms=FASTEST_PERSON_MS + 1)
        assert kiosk.screen.boxes.letters() == "204118"

    def test_that_two_keys_hit_at_once_are_both_heard(self, kiosk: Kiosk) -> None:
        go_to(kiosk, "number")
        keyboard = Keyboard(kiosk)
        for pair in ("20", "41", "18"):
            keyboard.type(pair, Keyboard.FAST)
        assert kiosk.screen.boxes.letters() == "204118"

    @pytest.mark.parametrize("key", ["\r", "\n", " "])
    def test_that_a_person_can_press_the_key_the_keyboard_is_on(
        self, kiosk: Kiosk, key: str
    ) -> None:
        keyboard = Keyboard(kiosk)
        kiosk.screen.start.setFocus()
        keyboard.press("x")
        keyboard.press(key, after_ms=FASTEST_PERSON_MS + 1)
        assert isinstance(kiosk.window._state, WaysState)

    def test_that_a_key_that_is_held_down_repeats(self, kiosk: Kiosk) -> None:
        go_to(kiosk, "number")
        keyboard = Keyboard(kiosk)
        keyboard.type("204118")
        keyboard.press("\b")
        for _ in range(3):
            event = QKeyEvent(
                QEvent.Type.KeyPress,
                Qt.Key.Key_Backspace,
                Qt.KeyboardModifier.NoModifier,
                "\b",
                True,
            )
            QApplication.sendEvent(kiosk.window.windowHandle(), event)
        assert kiosk.screen.boxes.letters() == "20"

    def test_that_a_clock_that_begins_anew_takes_no_key_away(self, kiosk: Kiosk) -> None:
        go_to(kiosk, "number")
        keyboard = Keyboard(kiosk)
        keyboard.type("20")
        keyboard._ms = 0
        keyboard.press("4", after_ms=1)
        keyboard.type("118")
        assert kiosk.screen.boxes.letters() == "204118"
