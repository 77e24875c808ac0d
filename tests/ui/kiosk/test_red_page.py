"""What must be told at once is told in the room, whatever the store and the station do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from monitor.domain.submission import Answer
from monitor.services import calls
from monitor.services.ports import Call
from monitor.ui.kiosk.screens.choice import ChoiceScreen
from monitor.ui.kiosk.screens.message import Afterwards, Thanks, Urgent
from monitor.ui.kiosk.screens.rest import RestScreen
from monitor.ui.kiosk.screens.staff import PinState
from monitor.ui.kiosk.window import LastCall
from tests.fakes import FakeProtocols
from tests.services.clinics import broken_protocol
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.test_visits import texts
from tests.ui.kiosk.walking import (
    clock_of,
    drafts_of,
    enter_pin,
    press_corner,
    report_sign,
    set_pin,
    shows,
    walk_away,
)

MakeKiosk = Callable[..., Kiosk]


@pytest.fixture
def rung() -> list[str]:
    """One entry each time the chime is rung."""
    return []


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk, rung: list[str]) -> Kiosk:
    kiosk = make_kiosk(chime=lambda: rung.append("chime"))
    set_pin(kiosk)
    return kiosk


def waiting(kiosk: Kiosk) -> tuple[Call, ...]:
    with kiosk.store.read() as work:
        return work.calls.waiting()


def staff_come(kiosk: Kiosk) -> None:
    """Close the red page as a nurse does."""
    kiosk.touch(kiosk.screen.second)
    assert shows(kiosk, PinState)
    enter_pin(kiosk)


class TestAtOnce:
    def test_that_it_is_shown_when_the_page_is_left(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        assert shows(kiosk, Urgent)
        assert kiosk.screen.shape.isVisible()
        assert kiosk.screen.title.text() == "Please tell a member of staff now."

    def test_that_what_it_rests_on_is_stored_and_the_station_called(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        (stored,) = kiosk.submissions()
        assert stored.partial
        assert Answer("breathing", "yes") in stored.answers
        (call,) = waiting(kiosk)
        assert (call.kind, call.episode_id, call.station) == ("urgent", "episode-1", "kiosk")

    def test_that_it_does_not_wait_for_a_slow_store(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.touch(kiosk.screen.keys["breathing"])
        kiosk.touch(kiosk.screen.next)
        kiosk.touch(kiosk.screen.keys["yes"])
        kiosk.tasks.hold = True
        kiosk.touch(kiosk.screen.next)
        assert shows(kiosk, Urgent)
        assert kiosk.submissions() == ()
        kiosk.tasks.release()
        assert shows(kiosk, Urgent)
        assert len(kiosk.submissions()) == 1

    def test_that_it_is_shown_while_the_store_is_away_and_sent_when_it_is_back(
        self, kiosk: Kiosk
    ) -> None:
        kiosk.begin()
        kiosk.store.fault = "gone"
        report_sign(kiosk)
        reported_at = clock_of(kiosk).now()
        assert shows(kiosk, Urgent)
        assert kiosk.submissions() == ()
        kiosk.store.fault = ""
        clock_of(kiosk).advance(minutes=3)
        kiosk.window.post.again.timeout.emit()
        (stored,) = kiosk.submissions()
        assert stored.answered_at == reported_at, "the true time"
        assert len(waiting(kiosk)) == 1

    def test_that_it_is_tried_again_after_5_seconds_and_at_last_each_minute(
        self, kiosk: Kiosk
    ) -> None:
        kiosk.begin()
        kiosk.store.fault = "gone"
        report_sign(kiosk)
        again = kiosk.window.post.again
        pauses = []
        for _ in range(6):
            assert again.isActive()
            pauses.append(again.interval() // 1000)
            again.stop()
            again.timeout.emit()
        assert pauses == [5, 10, 20, 40, 60, 60]

    def test_that_it_is_told_also_where_the_rules_fail(self, kiosk: Kiosk) -> None:
        kiosk.tasks.clinic = replace(kiosk.tasks.clinic, protocols=FakeProtocols(broken_protocol()))
        kiosk.begin()
        report_sign(kiosk)
        assert shows(kiosk, Urgent)

    def test_that_not_sure_counts_as_yes(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk, "unsure")
        assert shows(kiosk, Urgent)

    def test_that_a_sign_that_is_denied_is_no_reason(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk, "no")
        assert not shows(kiosk, Urgent)
        assert waiting(kiosk) == ()

    def test_that_it_goes_on_to_be_sent_after_the_visit_has_ended(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.store.fault = "gone"
        report_sign(kiosk)
        kiosk.store.fault = ""
        staff_come(kiosk)
        kiosk.touch(kiosk.screen.second)
        kiosk.touch(kiosk.screen.go_on)
        assert isinstance(kiosk.screen, RestScreen)
        kiosk.window.post.again.timeout.emit()
        assert any(Answer("breathing", "yes") in s.answers for s in kiosk.submissions())
        assert len(waiting(kiosk)) == 1


class TestUntilAPersonComes:
    def test_that_it_says_no_more_than_the_clinic_wants_said(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        words = kiosk.guide._welcome.protocol.words["en"]
        said = kiosk.screen.text.text().split("\n\n")
        assert said == [words["urgent.text"], "The staff have been called."]
        assert not any(digit in "".join(texts(kiosk.screen)) for digit in "0123456789")

    def test_that_it_does_not_claim_a_call_that_was_not_heard(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.store.fault = "gone"
        report_sign(kiosk)
        assert kiosk.screen.text.text() == kiosk.guide._welcome.protocol.words["en"]["urgent.text"]

    def test_that_it_chimes_now_and_every_20_seconds(self, kiosk: Kiosk, rung: list[str]) -> None:
        kiosk.begin()
        assert rung == []
        report_sign(kiosk)
        assert len(rung) == 1
        rings = kiosk.guide._alarm.rings
        assert rings.isActive()
        assert (rings.interval(), rings.isSingleShot()) == (20_000, False)
        rings.timeout.emit()
        assert len(rung) == 2

    def test_that_neither_time_nor_the_patient_closes_it(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        assert not kiosk.window.idle.isActive()
        kiosk.touch(kiosk.screen.go_on)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space):
            QTest.keyClick(kiosk.screen, key)
        assert shows(kiosk, Urgent)

    def test_that_the_staff_can_be_called_again(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        calls.answer(kiosk.tasks.clinic, waiting(kiosk)[0].id)
        assert kiosk.screen.go_on.text() == "Call staff"
        kiosk.touch(kiosk.screen.go_on)
        assert len(waiting(kiosk)) == 1

    def test_that_it_says_that_the_staff_were_called_again(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        kiosk.touch(kiosk.screen.go_on)
        assert kiosk.screen.text.text().endswith("The staff have been called again.")
        assert len(waiting(kiosk)) == 1
        calls.answer(kiosk.tasks.clinic, waiting(kiosk)[0].id)
        kiosk.guide._alarm.asks.timeout.emit()
        assert kiosk.screen.text.text().endswith("A nurse is coming.")
        kiosk.touch(kiosk.screen.go_on)
        assert len(waiting(kiosk)) == 1
        kiosk.guide._alarm.asks.timeout.emit()
        assert kiosk.screen.text.text().endswith("The staff have been called again.")

    def test_that_a_call_that_was_not_heard_is_not_said_to_be_another(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.store.fault = "gone"
        report_sign(kiosk)
        kiosk.touch(kiosk.screen.go_on)
        assert "called" not in kiosk.screen.text.text()

    def test_that_the_pin_answers_its_call(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        (call,) = waiting(kiosk)
        staff_come(kiosk)
        assert waiting(kiosk) == ()
        with kiosk.store.read() as work:
            line = work.audit.of_subject(call.id)[-1]
        assert (line.action, line.actor, line.station) == ("call_answered", "staff", "kiosk")

    def test_that_the_pin_answers_a_call_that_is_heard_late(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.tasks.hold = True
        kiosk.guide._ring(kiosk.guide._show_page)
        kiosk.guide.staff_came()
        kiosk.tasks.release()
        assert shows(kiosk, Afterwards)
        assert waiting(kiosk) == ()

    def test_that_a_nurse_who_answered_before_is_no_trouble(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        calls.answer(kiosk.tasks.clinic, waiting(kiosk)[0].id)
        staff_come(kiosk)
        assert shows(kiosk, Afterwards)
        assert not kiosk.window.post.is_stuck

    def test_that_it_says_when_a_nurse_has_answered(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        asks = kiosk.guide._alarm.asks
        assert (asks.interval(), asks.isActive()) == (5_000, True)
        asks.timeout.emit()
        assert "A nurse is coming." not in kiosk.screen.text.text()
        calls.answer(kiosk.tasks.clinic, waiting(kiosk)[0].id)
        asks.timeout.emit()
        assert kiosk.screen.text.text().endswith("A nurse is coming.")
        assert shows(kiosk, Urgent), "it waits for the nurse all the same"

    def test_that_the_pin_closes_it_and_offers_the_remaining_questions(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        staff_come(kiosk)
        assert shows(kiosk, Afterwards)
        assert not kiosk.guide._alarm.rings.isActive()
        kiosk.touch(kiosk.screen.go_on)
        kiosk.go_to_review()
        kiosk.send()
        assert shows(kiosk, Thanks)
        partial, complete = sorted(kiosk.submissions(), key=lambda s: not s.partial)
        assert partial.id != complete.id
        assert set(partial.answers) <= set(complete.answers)

    def test_that_the_corner_closes_it_too(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        press_corner(kiosk)
        enter_pin(kiosk)
        assert shows(kiosk, Afterwards)

    def test_that_a_wrong_pin_does_not_close_it(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        kiosk.touch(kiosk.screen.second)
        enter_pin(kiosk, "111111")
        kiosk.touch(kiosk.screen.back)
        assert shows(kiosk, Urgent)
        assert kiosk.guide._alarm.rings.isActive()

    def test_that_the_rest_is_offered_and_not_forced(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        staff_come(kiosk)
        kiosk.touch(kiosk.screen.second)
        assert shows(kiosk, Thanks)
        assert drafts_of(kiosk) == ()
        assert all(s.partial for s in kiosk.submissions())

    def test_that_it_ends_after_ten_minutes_and_the_station_goes_on(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        limit = kiosk.guide._alarm.limit
        assert (limit.interval(), limit.isSingleShot()) == (600_000, True)
        limit.timeout.emit()
        assert shows(kiosk, Afterwards)
        assert len(waiting(kiosk)) == 1

    def test_that_who_walks_away_then_is_parked(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        kiosk.guide._alarm.limit.timeout.emit()
        walk_away(kiosk)
        assert isinstance(kiosk.screen, RestScreen)
        assert len(drafts_of(kiosk)) == 1

    def test_that_the_same_sign_is_told_once(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        staff_come(kiosk)
        kiosk.touch(kiosk.screen.go_on)
        kiosk.touch(kiosk.screen.back)
        assert isinstance(kiosk.screen, ChoiceScreen)
        kiosk.touch(kiosk.screen.next)
        assert not shows(kiosk, Urgent)

    def test_that_a_sign_taken_back_before_the_store_was_there_is_told_all_the_same(
        self, kiosk: Kiosk
    ) -> None:
        kiosk.begin()
        kiosk.store.fault = "gone"
        report_sign(kiosk)
        kiosk.store.fault = ""
        staff_come(kiosk)
        kiosk.touch(kiosk.screen.go_on)
        clock_of(kiosk).advance(minutes=1)
        kiosk.touch(kiosk.screen.back)
        kiosk.touch(kiosk.screen.keys["no"])
        kiosk.touch(kiosk.screen.next)
        assert kiosk.submissions() == (), "it still waits for the next try"
        kiosk.go_to_review()
        kiosk.send()
        assert shows(kiosk, Thanks)
        with kiosk.store.read() as work:
            alerts = work.alerts.of_episode("episode-1")
        assert "airway" in {alert.finding.rule for alert in alerts}

    def test_that_who_comes_back_to_a_sign_is_told_again(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        kiosk.guide._alarm.limit.timeout.emit()
        walk_away(kiosk)
        kiosk.sign_in()
        kiosk.touch(kiosk.screen.go_on)
        kiosk.touch(kiosk.screen.go_on)
        assert shows(kiosk, Urgent)

    def test_that_a_sign_is_told_where_its_patient_begins_again(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        kiosk.guide._alarm.limit.timeout.emit()
        walk_away(kiosk)
        kiosk.sign_in()
        kiosk.touch(kiosk.screen.go_on)
        kiosk.touch(kiosk.screen.second)
        assert shows(kiosk, Urgent)
        staff_come(kiosk)
        kiosk.touch(kiosk.screen.go_on)
        assert kiosk.window._state.frame.number == 1

    def test_that_no_countdown_covers_it(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton)
        kiosk.window.mousePressEvent(None)  # type: ignore[arg-type]
        assert not kiosk.window.idle.isActive()
        assert not isinstance(kiosk.screen, LastCall)
