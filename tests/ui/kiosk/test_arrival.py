"""Signing in: two ways, one answer for all that does not match, and a desk that is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from monitor.services import desk_codes
from monitor.services.ports import Call
from monitor.ui.kiosk.arrival import ANSWER_MS
from monitor.ui.kiosk.screens.identify import DOT, MASK_MS, IdentifyScreen
from monitor.ui.kiosk.screens.message import (
    Confirm,
    Desk,
    Expect,
    Moment,
    NotMatched,
    Resting,
)
from monitor.ui.kiosk.screens.rest import RestScreen, RestState
from monitor.ui.kiosk.screens.signing_in import MonthScreen, WaysScreen, WaysState
from tests.builders import episode, patient
from tests.ui.kiosk.conftest import Keyboard, Kiosk
from tests.ui.kiosk.walking import by_a_nurse, clock_of, shows, wait_for_countdown

MakeKiosk = Callable[..., Kiosk]


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Kiosk:
    return make_kiosk()


def texts(widget: QWidget) -> list[str]:
    """Everything a widget and its children say, painted or spoken."""
    found = []
    for part in [widget, *widget.findChildren(QWidget)]:
        found += [part.accessibleName(), part.toolTip(), part.windowTitle()]
        for name in ("text", "letters"):
            if callable(say := getattr(part, name, None)):
                found.append(str(say()))
    return found


def close_episode(kiosk: Kiosk) -> None:
    with kiosk.store.begin() as work:
        work.episodes.save(replace(work.episodes.get("episode-1"), state="closed"))
        work.commit()


def code_of(kiosk: Kiosk) -> str:
    """A code from the desk for the patient."""
    return desk_codes.issue(by_a_nurse(kiosk), "episode-1")


def type_code(kiosk: Kiosk, code: str) -> None:
    kiosk.touch(kiosk.screen.start)
    kiosk.touch(kiosk.screen.code)
    kiosk.type(code)


def sign_in_by_code(kiosk: Kiosk, code: str) -> None:
    type_code(kiosk, code)
    kiosk.touch(kiosk.screen.next)
    kiosk.wait_for_answer()


def wrong_code(kiosk: Kiosk) -> str:
    """A code that was not given to anybody."""
    return f"{(int(code_of(kiosk)) + 1) % 1_000_000:06}"


def calls_for_help(kiosk: Kiosk) -> list[Call]:
    with kiosk.store.read() as work:
        return [call for call in work.calls.waiting() if call.kind == "help"]


class TestWays:
    def test_that_start_offers_a_code_and_a_number(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        assert isinstance(kiosk.screen, WaysScreen)
        assert kiosk.screen.code.text() == "I have a code from the desk"
        assert kiosk.screen.number.text() == "I have my clinic number"
        assert not kiosk.screen.next.isVisible()

    def test_that_a_code_from_the_desk_signs_in(self, kiosk: Kiosk) -> None:
        sign_in_by_code(kiosk, code_of(kiosk))
        assert shows(kiosk, Confirm)
        kiosk.touch(kiosk.screen.go_on)
        assert shows(kiosk, Expect)

    def test_that_a_number_and_a_date_sign_in_each_on_its_page(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        asked = [kiosk.window._state.field]
        kiosk.type("1001")
        kiosk.touch(kiosk.screen.next)
        asked.append(kiosk.window._state.field)
        kiosk.type("17")
        kiosk.touch(kiosk.screen.next)
        assert isinstance(kiosk.screen, MonthScreen)
        assert not kiosk.screen.next.isEnabled()
        kiosk.touch(kiosk.screen.months[0])
        kiosk.touch(kiosk.screen.months[4])
        assert [key.text() for key in kiosk.screen.months if key.isChecked()] == ["May"]
        kiosk.touch(kiosk.screen.next)
        asked.append(kiosk.window._state.field)
        kiosk.type("1970")
        kiosk.touch(kiosk.screen.next)
        kiosk.wait_for_answer()
        assert asked == ["number", "day", "year"]
        assert shows(kiosk, Confirm)

    def test_that_back_leads_page_by_page_to_rest_and_keeps_what_was_typed(
        self, kiosk: Kiosk
    ) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        kiosk.type("1001")
        kiosk.touch(kiosk.screen.next)
        kiosk.touch(kiosk.screen.back)
        assert kiosk.screen.boxes.letters() == "1001"
        kiosk.touch(kiosk.screen.back)
        assert isinstance(kiosk.screen, WaysScreen)
        kiosk.touch(kiosk.screen.back)
        assert isinstance(kiosk.screen, RestScreen)

    def test_that_digits_may_come_from_a_keyboard_too(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        keyboard = Keyboard(kiosk)
        keyboard.type("1001\b")
        assert kiosk.screen.boxes.letters() == "100"

    def test_that_clear_and_delete_take_digits_back(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        kiosk.type("1001")
        kiosk.touch(kiosk.screen.erase)
        assert kiosk.screen.boxes.letters() == "100"
        kiosk.touch(kiosk.screen.clear)
        assert kiosk.screen.boxes.letters() == ""
        assert not kiosk.screen.next.isEnabled()

    def test_that_a_change_of_language_keeps_what_was_typed(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        kiosk.type("1001")
        kiosk.guide.say_again()
        assert kiosk.screen.boxes.letters() == "1001"
        kiosk.touch(kiosk.screen.next)
        kiosk.type("1")
        kiosk.guide.say_again()
        kiosk.type("7")
        kiosk.touch(kiosk.screen.next)
        kiosk.touch(kiosk.screen.months[4])
        kiosk.guide.say_again()
        assert kiosk.screen.months[4].isChecked()

    @pytest.fixture
    def year_first(self, kiosk: Kiosk) -> Iterator[Kiosk]:
        """A kiosk that has just been switched to a language in which dates begin so."""
        before = QLocale()
        QLocale.setDefault(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
        yield kiosk
        QLocale.setDefault(before)

    def test_that_the_year_comes_first_where_dates_are_written_so(self, year_first: Kiosk) -> None:
        kiosk = year_first
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        kiosk.type("1001")
        kiosk.touch(kiosk.screen.next)
        assert kiosk.window._state.field == "year"


class TestMask:
    def test_that_the_code_from_the_desk_can_be_checked(self, kiosk: Kiosk) -> None:
        type_code(kiosk, "472918")
        assert not kiosk.screen.masking.isActive()
        assert kiosk.screen.boxes.letters() == "472918"

    def test_that_a_digit_of_the_year_is_hidden_after_a_moment(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        kiosk.type_identity("1001", "17", "47")
        assert kiosk.screen.boxes.letters() == f"{DOT}7"
        assert (kiosk.screen.masking.isActive(), kiosk.screen.masking.interval()) == (True, MASK_MS)
        kiosk.screen.masking.timeout.emit()
        assert kiosk.screen.boxes.letters() == DOT * 2
        kiosk.touch(kiosk.screen.erase)
        assert kiosk.screen.boxes.letters() == DOT
        assert not kiosk.screen.masking.isActive()

    @pytest.mark.parametrize("pages", [1, 3], ids=["day", "year"])
    def test_that_the_date_of_birth_is_hidden(self, kiosk: Kiosk, pages: int) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        kiosk.type_identity("1001", "17", "19")
        for _ in range(3 - pages):
            kiosk.touch(kiosk.screen.back)
        kiosk.screen.masking.timeout.emit()
        assert kiosk.screen.boxes.letters() == DOT * 2

    def test_that_nothing_hidden_is_said_in_any_text(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        kiosk.type_identity("1001", "17", "1970")
        kiosk.screen.masking.timeout.emit()
        assert not any("197" in text or "70" in text for text in texts(kiosk.window))

    def test_that_the_clinic_number_can_be_checked(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        kiosk.type("1001")
        assert not kiosk.screen.masking.isActive()
        assert kiosk.screen.boxes.letters() == "1001"


def unknown_number(kiosk: Kiosk) -> None:
    kiosk.sign_in("9999")


def wrong_date(kiosk: Kiosk) -> None:
    kiosk.sign_in(day="16")


def no_such_date(kiosk: Kiosk) -> None:
    kiosk.sign_in(day="32")


def closed_episode(kiosk: Kiosk) -> None:
    close_episode(kiosk)
    kiosk.sign_in()


def nobody_followed(kiosk: Kiosk) -> None:
    with kiosk.store.begin() as work:
        work.patients.add(patient(2))
        work.commit()
    kiosk.sign_in("1002")


def unknown_code(kiosk: Kiosk) -> None:
    sign_in_by_code(kiosk, wrong_code(kiosk))


def used_code(kiosk: Kiosk) -> None:
    code = code_of(kiosk)
    sign_in_by_code(kiosk, code)
    assert shows(kiosk, Confirm)
    kiosk.window._arrival.begin()
    sign_in_by_code(kiosk, code)


def yesterdays_code(kiosk: Kiosk) -> None:
    code = code_of(kiosk)
    clock_of(kiosk).advance(days=1)
    sign_in_by_code(kiosk, code)


def code_of_a_closed_episode(kiosk: Kiosk) -> None:
    code = code_of(kiosk)
    close_episode(kiosk)
    sign_in_by_code(kiosk, code)


def card_of_something_else(kiosk: Kiosk) -> None:
    kiosk.window.scanner.scanned.emit("LIBRARY-CARD")
    kiosk.wait_for_answer()


REASONS = (
    unknown_number,
    wrong_date,
    no_such_date,
    closed_episode,
    nobody_followed,
    unknown_code,
    used_code,
    yesterdays_code,
    code_of_a_closed_episode,
    card_of_something_else,
)


class TestSameAnswer:
    def test_that_whatever_is_wrong_gets_the_same_pages_in_the_same_time(
        self, make_kiosk: MakeKiosk
    ) -> None:
        said: dict[str, list[Any]] = {}
        for reason in REASONS:
            kiosk = make_kiosk()
            shown: list[Any] = []
            timed: list[int] = []
            answer = kiosk.window._arrival.answer
            kiosk.window._arrival.shown.connect(shown.append)
            answer.timeout.connect(lambda it=answer, to=timed: to.append(it.interval()))
            reason(kiosk)
            said[reason.__name__] = [*shown[-2:], timed[-1]]
        first = said[unknown_number.__name__]
        assert [type(part) for part in first] == [Moment, NotMatched, int]
        assert set(said) == {name for name, answered in said.items() if answered == first}

    def test_that_the_sentence_tells_nothing_of_the_reason(self, kiosk: Kiosk) -> None:
        kiosk.sign_in("9999")
        assert isinstance(kiosk.window._state, NotMatched)
        assert kiosk.screen.title.text() == "We could not match that."
        assert kiosk.screen.text.text() == "Please check or ask at the desk."
        assert not any("9999" in text for text in texts(kiosk.screen))

    @pytest.mark.parametrize("year", ["1970", "1969"], ids=["right", "wrong"])
    def test_that_an_answer_is_not_shown_before_its_time(self, kiosk: Kiosk, year: str) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.number)
        kiosk.type_identity("1001", "17", year)
        kiosk.touch(kiosk.screen.next)
        assert shows(kiosk, Moment)
        answer = kiosk.window._arrival.answer
        assert (answer.isActive(), answer.isSingleShot()) == (True, True)
        assert answer.interval() == ANSWER_MS
        kiosk.wait_for_answer()
        assert not shows(kiosk, Moment)
        assert not answer.isActive()

    def test_that_an_answer_is_not_shown_before_there_is_one(self, kiosk: Kiosk) -> None:
        kiosk.tasks.hold = True
        kiosk.sign_in()
        assert shows(kiosk, Moment)
        kiosk.tasks.release()
        assert shows(kiosk, Confirm)

    def test_that_the_page_of_waiting_has_no_key(self, kiosk: Kiosk) -> None:
        kiosk.tasks.hold = True
        kiosk.sign_in()
        assert not kiosk.screen.go_on.isVisible()
        assert not kiosk.screen.second.isVisible()

    def test_that_an_answer_is_not_shown_to_whoever_comes_next(self, kiosk: Kiosk) -> None:
        kiosk.tasks.hold = True
        kiosk.sign_in()
        kiosk.window._arrival.expire()
        assert shows(kiosk, Resting)
        kiosk.window._arrival.expire()
        kiosk.tasks.release()
        kiosk.wait_for_answer()
        assert shows(kiosk, RestState)

    def test_that_a_store_that_is_away_sends_to_the_desk(self, kiosk: Kiosk) -> None:
        kiosk.store.fault = "disk full"
        kiosk.sign_in()
        assert shows(kiosk, Resting)

    def test_that_a_bug_while_looking_sends_to_the_desk(self, kiosk: Kiosk) -> None:
        kiosk.tasks.hold = True
        kiosk.sign_in()
        kiosk.tasks.faulted.emit(RuntimeError("a bug"))
        assert shows(kiosk, Resting)

    def test_that_a_bug_elsewhere_turns_no_page(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.tasks.faulted.emit(RuntimeError("a bug"))
        assert shows(kiosk, WaysState)


class TestTryAgain:
    def test_that_a_number_that_did_not_match_is_replaced_and_not_added_to(
        self, kiosk: Kiosk
    ) -> None:
        kiosk.sign_in("9999")
        kiosk.touch(kiosk.screen.go_on)
        assert kiosk.screen.boxes.letters() == "9999"
        kiosk.type("1001")
        assert kiosk.screen.boxes.letters() == "1001"

    def test_that_what_was_hidden_is_typed_again(self, kiosk: Kiosk) -> None:
        kiosk.sign_in(day="16")
        kiosk.touch(kiosk.screen.go_on)
        kiosk.touch(kiosk.screen.next)
        assert kiosk.screen.boxes.letters() == ""
        kiosk.type("17")
        kiosk.touch(kiosk.screen.next)
        assert not any(key.isChecked() for key in kiosk.screen.months)
        kiosk.touch(kiosk.screen.months[4])
        kiosk.touch(kiosk.screen.next)
        kiosk.type("1970")
        kiosk.touch(kiosk.screen.next)
        kiosk.wait_for_answer()
        assert shows(kiosk, Confirm)

    def test_that_a_code_is_typed_again_from_its_first_digit(self, kiosk: Kiosk) -> None:
        sign_in_by_code(kiosk, wrong_code(kiosk))
        kiosk.touch(kiosk.screen.go_on)
        assert isinstance(kiosk.screen, IdentifyScreen)
        assert kiosk.screen.boxes.letters() == ""

    def test_that_a_card_of_something_else_leads_to_both_ways(self, kiosk: Kiosk) -> None:
        card_of_something_else(kiosk)
        kiosk.touch(kiosk.screen.go_on)
        assert isinstance(kiosk.screen, WaysScreen)

    def test_that_the_third_miss_leads_to_the_desk_which_is_told(self, kiosk: Kiosk) -> None:
        for _ in range(2):
            kiosk.window._arrival.scan("LIBRARY-CARD")
            kiosk.wait_for_answer()
            assert shows(kiosk, NotMatched)
            assert calls_for_help(kiosk) == []
        kiosk.window._arrival.scan("LIBRARY-CARD")
        kiosk.wait_for_answer()
        assert shows(kiosk, Desk)
        (call,) = calls_for_help(kiosk)
        assert call.episode_id == ""

    @pytest.mark.parametrize("by", ["itself", "its key"])
    def test_that_the_desk_page_ends(self, kiosk: Kiosk, by: str) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.touch(kiosk.screen.help)
        assert shows(kiosk, Desk)
        if by == "itself":
            kiosk.window._arrival.expire()
        else:
            kiosk.touch(kiosk.screen.go_on)
        assert shows(kiosk, RestState)

    def test_that_tries_are_counted_anew_for_whoever_comes_next(self, kiosk: Kiosk) -> None:
        for _ in range(2):
            card_of_something_else(kiosk)
        kiosk.window._arrival.expire()
        card_of_something_else(kiosk)
        assert shows(kiosk, NotMatched)


class TestHelp:
    @pytest.mark.parametrize("page", ["ways", "number", "month", "not_matched"])
    def test_that_help_may_be_called_on_every_page(self, kiosk: Kiosk, page: str) -> None:
        if page == "not_matched":
            kiosk.sign_in("9999")
            kiosk.touch(kiosk.screen.second)
        else:
            kiosk.touch(kiosk.screen.start)
            if page != "ways":
                kiosk.touch(kiosk.screen.number)
            if page == "month":
                kiosk.type("1001")
                kiosk.touch(kiosk.screen.next)
                kiosk.type("1")
                kiosk.touch(kiosk.screen.next)
            kiosk.touch(kiosk.screen.help)
        assert shows(kiosk, Desk)
        (call,) = calls_for_help(kiosk)
        assert (call.episode_id, call.station) == ("", "kiosk")

    def test_that_the_desk_is_asked_for_also_where_it_cannot_be_told(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        kiosk.store.fault = "gone"
        kiosk.touch(kiosk.screen.help)
        assert shows(kiosk, Desk)

    def test_that_not_me_is_sent_to_the_desk_and_the_desk_told(self, kiosk: Kiosk) -> None:
        kiosk.sign_in()
        kiosk.touch(kiosk.screen.second)
        assert shows(kiosk, Desk)
        assert kiosk.guide._welcome is None
        assert not any("Adalind" in text for text in texts(kiosk.window))
        assert len(calls_for_help(kiosk)) == 1
        kiosk.touch(kiosk.screen.go_on)
        assert isinstance(kiosk.screen, RestScreen)


def test_that_who_waits_too_long_to_sign_in_is_not_told_of_answers(kiosk: Kiosk) -> None:
    kiosk.sign_in()
    wait_for_countdown(kiosk)
    assert {"This page closes in 45 seconds.", "Close"} <= set(texts(kiosk.screen))


def test_that_only_first_name_initial_and_month_are_shown(kiosk: Kiosk) -> None:
    kiosk.sign_in()
    assert shows(kiosk, Confirm)
    assert kiosk.screen.title.text() == "Hello, Adalind E. Is this you?"
    assert kiosk.screen.text.text() == "You were born in May."
    assert not any("Eriksson" in text or "1970" in text for text in texts(kiosk.screen))


def test_that_the_language_of_the_patient_is_handed_on(kiosk: Kiosk) -> None:
    with kiosk.store.begin() as work:
        work.patients.add(patient(2, language="ar"))
        work.episodes.add(episode(2))
        work.commit()
    welcomes: list[Any] = []
    kiosk.window._arrival.arrived.disconnect()
    kiosk.window._arrival.arrived.connect(welcomes.append)
    kiosk.sign_in("1002")
    kiosk.touch(kiosk.screen.go_on)
    assert [welcome.language for welcome in welcomes] == ["ar"]


def test_that_an_abandoned_sign_in_leaves_nothing(kiosk: Kiosk) -> None:
    kiosk.touch(kiosk.screen.start)
    kiosk.touch(kiosk.screen.number)
    kiosk.type("1001")
    kiosk.window._arrival.expire()
    assert shows(kiosk, RestState)
    kiosk.touch(kiosk.screen.start)
    kiosk.touch(kiosk.screen.number)
    assert kiosk.screen.boxes.letters() == ""
    assert "1001" not in repr(kiosk.window._arrival.__dict__)
