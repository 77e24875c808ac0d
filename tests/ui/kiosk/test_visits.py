"""Whole visits, touched through on the real services."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from monitor.domain.submission import Answer, Place
from monitor.services.ports import Heartbeat, Judged
from monitor.ui.kiosk.arrival import Arrival
from monitor.ui.kiosk.screens.message import (
    Expect,
    NotSaved,
    Resting,
    StopAsked,
    Thanks,
)
from monitor.ui.kiosk.screens.number import NumberScreen, NumberState
from monitor.ui.kiosk.screens.rest import RestScreen
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.screens.signing_in import WaysScreen, WaysState
from monitor.ui.kiosk.screens.statements import StatementsScreen
from tests.builders import date, instant
from tests.fakes import FakeClock
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.walking import (
    clock_of,
    drafts_of,
    go_to,
    go_to_map,
    go_to_pain,
    report_sign,
    shows,
    walk_away,
)

MakeKiosk = Callable[..., Kiosk]


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Kiosk:
    return make_kiosk()


def line_of(kiosk: Kiosk, name: str) -> Any:
    """The line of the review with that name, on whichever page of it."""
    while True:
        for line in kiosk.screen.lines:
            if line.name.text() == name and line.isVisible():
                return line
        kiosk.touch(kiosk.screen.later)


def texts(widget: QWidget) -> list[str]:
    """Everything a widget and its children say, painted or spoken."""
    found = []
    for part in [widget, *widget.findChildren(QWidget)]:
        found += [part.accessibleName(), part.toolTip(), part.windowTitle()]
        for name in ("text", "letters"):
            if callable(say := getattr(part, name, None)):
                found.append(str(say()))
    return found


def test_that_a_whole_visit_is_stored_under_the_id_made_at_its_start(kiosk: Kiosk) -> None:
    kiosk.begin()
    visit_id = kiosk.guide._visit.id
    go_to_pain(kiosk)
    kiosk.touch(kiosk.screen.keys[4])
    kiosk.touch(kiosk.screen.next)
    kiosk.go_to_review()
    kiosk.send()
    assert shows(kiosk, Thanks)
    (stored,) = kiosk.submissions()
    assert (stored.id, stored.partial, stored.entered_by) == (visit_id, False, "patient")
    assert Answer("pain", 4) in stored.answers
    assert Answer("pain_worst", None) in stored.answers


def test_that_the_thanks_say_when_it_was_saved_and_when_to_come_again(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.go_to_review()
    kiosk.send()
    assert kiosk.screen.title.text() == "Thank you. Saved at 09:00."
    assert kiosk.screen.text.text() == "Your next questions are due on Thursday 5 March."


def test_that_the_kiosk_rests_after_the_thanks(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.go_to_review()
    kiosk.send()
    kiosk.window.idle.timeout.emit()
    assert isinstance(kiosk.screen, RestScreen)


def test_that_nothing_is_chosen_beforehand(kiosk: Kiosk) -> None:
    kiosk.begin()
    go_to_pain(kiosk)
    assert isinstance(kiosk.screen, NumberScreen)
    assert sorted(kiosk.screen.keys) == list(range(11))
    assert not any(key.isChecked() for key in kiosk.screen.keys.values())
    assert not kiosk.screen.next.isEnabled()


def test_that_another_number_replaces_the_first(kiosk: Kiosk) -> None:
    kiosk.begin()
    go_to_pain(kiosk)
    kiosk.touch(kiosk.screen.keys[3])
    kiosk.touch(kiosk.screen.keys[8])
    assert [s for s, key in kiosk.screen.keys.items() if key.isChecked()] == [8]
    assert kiosk.screen.heading.hint.text() == "You chose 8"


def test_that_going_back_shows_what_was_chosen(kiosk: Kiosk) -> None:
    kiosk.begin()
    go_to_pain(kiosk)
    kiosk.touch(kiosk.screen.keys[3])
    kiosk.touch(kiosk.screen.next)
    kiosk.touch(kiosk.screen.back)
    assert kiosk.screen.keys[3].isChecked()


def test_that_an_answer_is_changed_from_the_review(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.go_to_review()
    line = line_of(kiosk, "Pain, on average")
    assert line.missing.text() == "Not answered"
    kiosk.touch(line.key)
    kiosk.touch(kiosk.screen.keys[6])
    kiosk.touch(kiosk.screen.next)
    assert isinstance(kiosk.screen, ReviewScreen)
    line = line_of(kiosk, "Pain, on average")
    assert line.value.text() == "6 of 10"


def test_that_answers_are_sent_from_the_last_page_of_the_review_only(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.go_to_review()
    assert kiosk.screen.later.isVisible()
    assert not kiosk.screen.next.isVisible()
    place = kiosk.screen.later.geometry()
    while kiosk.screen.later.isVisible():
        kiosk.touch(kiosk.screen.later)
    QApplication.sendPostedEvents()
    assert kiosk.screen.next.isVisible()
    assert kiosk.screen.next.geometry() == place


def test_that_the_review_says_how_much_is_not_answered(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.go_to_review()
    missing = sum(not line.answered for line in kiosk.window._state.lines)
    assert missing > 1
    while True:
        assert kiosk.screen.which.text().endswith(f"\n{missing} questions are not answered")
        if not kiosk.screen.later.isVisible():
            return
        kiosk.touch(kiosk.screen.later)


def test_that_the_values_of_the_review_form_one_column(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.go_to_review()
    QApplication.sendPostedEvents()
    shown = [line for line in kiosk.screen.lines if line.isVisible()]
    assert {line.key.text() for line in shown} == {"Change", "Answer now"}
    values = [line.value if line.value.isVisible() else line.missing for line in shown]
    assert len({value.x() for value in values}) == 1


def test_that_none_of_the_others_keeps_a_yes(kiosk: Kiosk) -> None:
    kiosk.begin()
    go_to(kiosk, StatementsScreen)
    assert kiosk.screen.denial.text() == "None of these"
    kiosk.touch(kiosk.screen.rows[1].keys["yes"])
    assert kiosk.screen.denial.text() == "None of the others"
    kiosk.touch(kiosk.screen.denial)
    chosen = [[c for c, k in row.keys.items() if k.isChecked()] for row in kiosk.screen.rows]
    assert chosen == [["no"], ["yes"], *([["no"]] * (len(chosen) - 2))]
    assert not kiosk.screen.denial.isEnabled()


def test_that_a_double_touch_on_send_records_once(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.go_to_review()
    while kiosk.screen.later.isVisible():
        kiosk.touch(kiosk.screen.later)
    kiosk.tasks.hold = True
    QTest.mouseDClick(kiosk.screen.next, Qt.MouseButton.LeftButton)
    QTest.mouseClick(kiosk.screen.next, Qt.MouseButton.LeftButton)
    assert not kiosk.screen.next.isEnabled()
    assert kiosk.submissions() == ()
    kiosk.tasks.release()
    assert len(kiosk.submissions()) == 1
    assert shows(kiosk, Thanks)


def test_that_numbness_is_marked_on_the_drawing(kiosk: Kiosk) -> None:
    kiosk.begin()
    go_to_map(kiosk)
    drawing = kiosk.screen.drawing
    middle_finger = drawing.areas_of(Place("middle_finger", "right"))[0]
    QTest.mouseClick(
        drawing, Qt.MouseButton.LeftButton, pos=middle_finger.boundingRect().center().toPoint()
    )
    assert kiosk.screen.name.text() == "Right middle finger"
    assert not kiosk.screen.next.isEnabled()
    kiosk.touch(kiosk.screen.keys[4])
    assert kiosk.screen.lines.text() == "Right middle finger: 4"
    assert kiosk.screen.next.isEnabled()


def test_that_no_numbness_is_an_answer(kiosk: Kiosk) -> None:
    kiosk.begin()
    go_to_map(kiosk)
    assert kiosk.screen.denial.text() == "I have no numbness"
    kiosk.touch(kiosk.screen.denial)
    assert kiosk.screen.denial.isChecked()
    kiosk.touch(kiosk.screen.next)
    kiosk.go_to_review()
    kiosk.send()
    assert Answer("numbness", 0) in kiosk.submissions()[0].answers


class TestArrival:
    def test_that_who_answered_today_is_asked_whether_to_add_something(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.go_to_review()
        kiosk.send()
        kiosk.touch(kiosk.screen.go_on)
        kiosk.sign_in()
        kiosk.touch(kiosk.screen.go_on)
        assert shows(kiosk, Expect)
        assert kiosk.screen.title.text() == "You already answered today."
        kiosk.touch(kiosk.screen.second)
        assert isinstance(kiosk.screen, RestScreen)
        assert len(kiosk.submissions()) == 1


class TestNothingIsLost:
    def test_that_nothing_says_thank_you_before_the_store_has_it(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.go_to_review()
        kiosk.store.fault = "disk full"
        kiosk.send()
        assert shows(kiosk, NotSaved)
        assert kiosk.submissions() == ()
        assert not kiosk.window.idle.isActive(), "the page stays"

    def test_that_trying_again_stores_the_same_answers(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.go_to_review()
        visit_id = kiosk.guide._visit.id
        kiosk.store.fault = "disk full"
        kiosk.send()
        kiosk.store.fault = ""
        kiosk.touch(kiosk.screen.go_on)
        assert shows(kiosk, Thanks)
        assert [s.id for s in kiosk.submissions()] == [visit_id]

    def test_that_a_bug_while_sending_keeps_the_answers_too(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.go_to_review()
        kiosk.tasks.hold = True
        kiosk.send()
        kiosk.tasks.faulted.emit(RuntimeError("a bug"))
        assert shows(kiosk, NotSaved)

    def test_that_stopping_asks_first_and_then_keeps_what_was_answered(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.touch(kiosk.screen.stop)
        assert shows(kiosk, StopAsked)
        kiosk.touch(kiosk.screen.go_on)
        assert shows(kiosk, NumberState)
        kiosk.touch(kiosk.screen.stop)
        kiosk.touch(kiosk.screen.second)
        assert shows(kiosk, Thanks)
        (stored,) = kiosk.submissions()
        assert stored.partial
        assert Answer("pain", 4) in stored.answers

    def test_that_stopping_before_any_answer_stores_nothing(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.touch(kiosk.screen.stop)
        kiosk.touch(kiosk.screen.second)
        assert isinstance(kiosk.screen, RestScreen)
        assert kiosk.submissions() == ()


class TestNobodyThere:
    def test_that_the_kiosk_asks_before_it_gives_up(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        assert kiosk.window.idle.isActive()
        kiosk.window.idle.timeout.emit()
        assert kiosk.screen.title.text() == "Are you still there?"
        assert "45" in kiosk.screen.text.text()
        kiosk.touch(kiosk.screen.go_on)
        assert isinstance(kiosk.screen, NumberScreen)
        assert not kiosk.window.last_call.isActive()

    def test_that_the_countdown_ends_in_rest_with_the_answers_kept(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        walk_away(kiosk)
        assert isinstance(kiosk.screen, RestScreen)
        (kept,) = drafts_of(kiosk)
        assert Answer("pain", 4) in kept.answers

    def test_that_no_timer_runs_while_the_kiosk_rests(self, kiosk: Kiosk) -> None:
        assert not kiosk.window.idle.isActive()
        assert not kiosk.window.last_call.isActive()


def test_that_no_widget_keeps_a_word_of_the_patient(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.go_to_review()
    kiosk.send()
    kiosk.touch(kiosk.screen.go_on)
    kiosk.wipe()
    gc.collect()
    said = [text for widget in QApplication.allWidgets() for text in texts(widget)]
    assert not any("Adalind" in text or "1001" in text or "17" in text for text in said)
    assert [type(s) for s in kiosk.window._screens.values()] == [RestScreen]
    assert type(kiosk.guide) is Arrival
    assert kiosk.window._arrival._welcome is None
    assert kiosk.window._arrival._entry is None


class TestWindow:
    def test_that_a_patient_cannot_close_it(self, kiosk: Kiosk) -> None:
        kiosk.window.allow_close = False
        assert not kiosk.window.close()
        assert kiosk.window.isVisible()

    def test_that_the_demo_can_close_it_and_hears_of_it(self, kiosk: Kiosk, qtbot: Any) -> None:
        with qtbot.waitSignal(kiosk.window.left):
            event = QCloseEvent()
            kiosk.window.closeEvent(event)
        assert event.isAccepted()

    def test_that_escape_changes_nothing(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.start)
        QTest.keyClick(kiosk.window, Qt.Key.Key_Escape)
        QTest.keyClick(kiosk.screen, Qt.Key.Key_Escape)
        assert isinstance(kiosk.screen, WaysScreen)
        assert kiosk.window.isVisible()


def ask_again(kiosk: Kiosk) -> None:
    """Let an extra report be due today, as a rule would ask for it."""
    today = date(2)
    with kiosk.store.begin() as work:
        work.judgements.set(
            Judged(
                episode_id="episode-1",
                at=instant(1),
                day=1,
                protocol_hash="",
                basis="",
                opens_on=today,
                due_on=today,
                closes_on=date(4),
                extra=True,
            )
        )
        work.commit()


def test_that_an_extra_report_is_asked_for_by_one_calm_sentence(kiosk: Kiosk) -> None:
    ask_again(kiosk)
    kiosk.sign_in()
    kiosk.touch(kiosk.screen.go_on)
    assert kiosk.screen.text.text().startswith(
        "Your nurse would like a few answers again, a little earlier than planned. You may skip"
    )


def test_that_a_scheduled_report_does_not_say_so(kiosk: Kiosk) -> None:
    kiosk.sign_in()
    kiosk.touch(kiosk.screen.go_on)
    assert "earlier than planned" not in kiosk.screen.text.text()


def test_that_a_visit_keeps_when_its_first_question_was_shown(kiosk: Kiosk) -> None:
    clock = kiosk.tasks.clinic.clock
    assert isinstance(clock, FakeClock)
    kiosk.sign_in()
    kiosk.touch(kiosk.screen.go_on)
    clock.advance(minutes=3)
    kiosk.touch(kiosk.screen.go_on)
    shown_at = clock.now()
    clock.advance(minutes=4)
    kiosk.go_to_review()
    kiosk.send()
    (stored,) = kiosk.submissions()
    assert (stored.started_at, stored.answered_at) == (shown_at, clock.now())


def test_that_the_kiosk_says_that_it_is_alive_and_again_every_minute(kiosk: Kiosk) -> None:
    clock = kiosk.tasks.clinic.clock
    assert isinstance(clock, FakeClock)

    def heard() -> Heartbeat:
        with kiosk.store.read() as work:
            (beat,) = work.heartbeats.all()
        return beat

    assert heard() == Heartbeat("kiosk", "kiosk", clock.now())
    assert kiosk.window.heart.interval() == 60_000
    clock.advance(minutes=1)
    kiosk.window.heart.timeout.emit()
    assert heard().at == clock.now()


class TestStoreAway:
    def test_that_a_resting_kiosk_says_so_and_recovers_by_itself(self, kiosk: Kiosk) -> None:
        kiosk.store.fault = "gone"
        kiosk.window.heart.timeout.emit()
        assert shows(kiosk, Resting)
        assert kiosk.screen.title.text() == "This screen is resting."
        assert kiosk.screen.text.text() == "Please ask at the desk."
        kiosk.window.heart.timeout.emit()
        kiosk.window.idle.timeout.emit()
        assert shows(kiosk, Resting)
        kiosk.store.fault = ""
        kiosk.window.heart.timeout.emit()
        assert isinstance(kiosk.screen, RestScreen)
        kiosk.touch(kiosk.screen.start)
        assert shows(kiosk, WaysState)

    def test_that_a_visit_goes_on(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.store.fault = "gone"
        kiosk.window.heart.timeout.emit()
        assert not shows(kiosk, Resting)

    def test_that_the_resting_page_marks_what_could_not_be_stored_yet(self, kiosk: Kiosk) -> None:
        assert kiosk.window._state.can_save
        kiosk.begin()
        report_sign(kiosk)
        kiosk.guide._alarm.hush()
        kiosk.window.post._on_its_way = None
        kiosk.store.fault = "locked"
        kiosk.guide._alarm.call()
        kiosk.store.fault = ""
        kiosk.guide._end()
        assert isinstance(kiosk.screen, RestScreen)
        assert not kiosk.window._state.can_save
        kiosk.window.heart.timeout.emit()
        assert kiosk.window._state.can_save


class TestRest:
    def test_that_it_tells_the_time_and_moves_on(self, kiosk: Kiosk) -> None:
        assert kiosk.screen.clock.text() == "09:00"
        clock_of(kiosk).advance(minutes=1)
        kiosk.window.heart.timeout.emit()
        assert kiosk.screen.clock.text() == "09:01"

    def test_that_it_dims_after_ten_minutes_until_it_is_touched(self, kiosk: Kiosk) -> None:
        dimming = kiosk.window.dimming
        assert (dimming.interval(), dimming.isActive()) == (600_000, True)
        dimming.stop()
        dimming.timeout.emit()
        assert kiosk.screen.dimmed.isVisible()
        kiosk.window.heart.timeout.emit()
        assert kiosk.screen.dimmed.isVisible(), "the beat wakes nobody"
        kiosk.touch(kiosk.screen.dimmed)
        assert isinstance(kiosk.screen, RestScreen)
        assert not kiosk.screen.dimmed.isVisible()
        assert dimming.isActive(), "it dims again"

    def test_that_the_minutes_go_on_to_count_while_the_clock_moves(self, kiosk: Kiosk) -> None:
        kiosk.window.dimming.stop()
        kiosk.window.heart.timeout.emit()
        assert not kiosk.window.dimming.isActive()

    def test_that_no_question_is_ever_dimmed(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.window.dimming.timeout.emit()
        assert not isinstance(kiosk.screen, RestScreen)


def test_that_a_kiosk_that_is_put_away_is_silent(kiosk: Kiosk) -> None:
    kiosk.window.hide()
    assert not kiosk.window.heart.isActive()
