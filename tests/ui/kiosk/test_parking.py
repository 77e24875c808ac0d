"""Nothing that was answered is lost, and nobody but the patient who comes back can see it."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from monitor.domain.submission import Answer, Place
from monitor.services.drafts import KEPT
from monitor.ui.kiosk.screens.body_map import BodyMapState
from monitor.ui.kiosk.screens.message import Expect, NotSaved, Parked, Thanks, Urgent
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.rest import RestScreen
from tests.builders import episode, patient, procedure
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.test_visits import texts
from tests.ui.kiosk.walking import (
    clock_of,
    drafts_of,
    go_to,
    go_to_map,
    go_to_pain,
    report_sign,
    shows,
    wait_for_countdown,
    walk_away,
)

MakeKiosk = Callable[..., Kiosk]
UNSAVED = "not saved yet"


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Kiosk:
    return make_kiosk()


def pain_of(kiosk: Kiosk) -> list[int | str | None]:
    return [a.value for d in drafts_of(kiosk) for a in d.answers if a.item == "pain"]


def progress(kiosk: Kiosk) -> str:
    said: str = kiosk.screen._progress_words.text()
    return said


class TestDrafts:
    def test_that_a_page_is_in_the_store_before_the_next_is_shown(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        page = kiosk.window._state.frame.number
        kiosk.tasks.hold = True
        kiosk.touch(kiosk.screen.next)
        assert kiosk.window._state.frame.number == page, "not stored yet"
        kiosk.tasks.release()
        assert kiosk.window._state.frame.number == page + 1
        assert pain_of(kiosk) == [4]

    def test_that_the_page_hears_nothing_while_it_is_on_its_way(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        page = kiosk.window._state.frame.number
        kiosk.tasks.hold = True
        kiosk.touch(kiosk.screen.next)
        for key in (kiosk.screen.keys[9], kiosk.screen.next, kiosk.screen.skip, kiosk.screen.stop):
            QTest.mouseClick(key, Qt.MouseButton.LeftButton)
        kiosk.tasks.release()
        assert kiosk.window._state.frame.number == page + 1
        assert pain_of(kiosk) == [4]

    def test_that_the_page_back_is_stored_too(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.touch(kiosk.screen.back)
        assert pain_of(kiosk) == [4]

    def test_that_a_store_that_is_away_does_not_stop_the_patient(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        page = kiosk.window._state.frame.number
        kiosk.store.fault = "disk full"
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.touch(kiosk.screen.next)
        assert kiosk.window._state.frame.number == page + 1
        assert UNSAVED in progress(kiosk)
        kiosk.store.fault = ""
        kiosk.touch(kiosk.screen.skip)
        assert UNSAVED not in progress(kiosk)
        assert pain_of(kiosk) == [4]

    def test_that_nothing_says_so_while_all_is_saved(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.touch(kiosk.screen.next)
        assert UNSAVED not in progress(kiosk)

    def test_that_a_store_that_is_slow_does_not_stop_the_patient(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        page = kiosk.window._state.frame.number
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.tasks.hold = True
        kiosk.touch(kiosk.screen.next)
        assert kiosk.guide.slow.isActive()
        kiosk.guide.slow.timeout.emit()
        assert kiosk.window._state.frame.number == page + 1
        kiosk.touch(kiosk.screen.keys[7])
        kiosk.tasks.release()
        assert kiosk.screen.keys[7].isChecked(), "what came late changes nothing on the page"

    def test_that_a_bug_while_keeping_does_not_stop_the_patient(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        page = kiosk.window._state.frame.number
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.tasks.hold = True
        kiosk.touch(kiosk.screen.next)
        kiosk.tasks.faulted.emit(RuntimeError("a bug"))
        assert kiosk.window._state.frame.number == page + 1

    def test_that_nothing_is_kept_where_nothing_was_answered(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.touch(kiosk.screen.skip)
        assert drafts_of(kiosk) == ()

    def test_that_the_draft_of_who_is_here_stays_young(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        clock_of(kiosk).advance(minutes=29)
        kiosk.window.heart.timeout.emit()
        clock_of(kiosk).advance(minutes=29)
        kiosk.window.heart.timeout.emit()
        assert [d.saved_at for d in drafts_of(kiosk)] == [clock_of(kiosk).now()]
        assert kiosk.submissions() == ()

    def test_that_the_whole_report_ends_the_draft(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.go_to_review()
        assert len(drafts_of(kiosk)) == 1
        kiosk.send()
        assert drafts_of(kiosk) == ()
        assert len(kiosk.submissions()) == 1

    def test_that_to_stop_makes_a_report_at_once_and_ends_the_draft(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.touch(kiosk.screen.stop)
        kiosk.touch(kiosk.screen.second)
        assert shows(kiosk, Thanks)
        (stored,) = kiosk.submissions()
        assert stored.partial
        assert Answer("pain", 4) in stored.answers
        assert drafts_of(kiosk) == ()

    def test_that_answers_that_were_taken_back_leave_nothing(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.touch(kiosk.screen.denial)
        kiosk.touch(kiosk.screen.next)
        kiosk.touch(kiosk.screen.back)
        kiosk.touch(kiosk.screen.skip)
        walk_away(kiosk)
        assert isinstance(kiosk.screen, RestScreen)
        assert (drafts_of(kiosk), kiosk.submissions()) == ((), ())


class TestParking:
    def test_that_more_time_may_be_had_without_end(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        for _ in range(12):
            wait_for_countdown(kiosk)
            kiosk.touch(kiosk.screen.go_on)
            assert isinstance(kiosk.screen, NumberScreen)
            assert kiosk.window.idle.isActive()
        assert kiosk.window.idle.interval() == 120_000

    def test_that_finish_later_parks_the_visit_with_what_is_on_the_page(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        wait_for_countdown(kiosk)
        assert kiosk.screen.second.text() == "Finish later"
        assert kiosk.screen.text.text().startswith("Your answers are kept.")
        kiosk.touch(kiosk.screen.second)
        assert isinstance(kiosk.screen, RestScreen)
        assert pain_of(kiosk) == [4]
        assert kiosk.submissions() == ()

    def test_that_a_visit_that_cannot_be_parked_stays_and_is_parked_by_itself(
        self, kiosk: Kiosk
    ) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.store.fault = "disk full"
        walk_away(kiosk)
        assert shows(kiosk, NotSaved)
        kiosk.window.heart.timeout.emit()
        assert shows(kiosk, NotSaved)
        kiosk.store.fault = ""
        kiosk.window.heart.timeout.emit()
        assert isinstance(kiosk.screen, RestScreen)
        assert pain_of(kiosk) == [4]

    def test_that_begin_again_reports_what_was_and_starts_anew(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        walk_away(kiosk)
        kiosk.sign_in()
        kiosk.touch(kiosk.screen.go_on)
        assert shows(kiosk, Parked)
        kiosk.touch(kiosk.screen.second)
        assert kiosk.window._state.frame.number == 1
        (stored,) = kiosk.submissions()
        assert stored.partial
        assert Answer("pain", 4) in stored.answers
        assert drafts_of(kiosk) == ()
        go_to_pain(kiosk)
        assert not any(key.isChecked() for key in kiosk.screen.keys.values())

    def test_that_begin_again_does_not_tell_a_sign_as_one_of_the_new_visit(
        self, kiosk: Kiosk
    ) -> None:
        kiosk.begin()
        report_sign(kiosk)
        visit_id = kiosk.guide._visit.id
        kiosk.window._let_staff_in()
        walk_away(kiosk)
        kiosk.sign_in()
        kiosk.touch(kiosk.screen.go_on)
        kiosk.touch(kiosk.screen.second)
        assert {s.visit for s in kiosk.submissions()} == {visit_id}

    def test_that_begin_again_shows_the_red_page_for_a_key_that_was_only_touched(
        self, kiosk: Kiosk
    ) -> None:
        kiosk.begin()
        kiosk.touch(kiosk.screen.keys["breathing"])
        kiosk.touch(kiosk.screen.next)
        walk_away(kiosk)
        kiosk.sign_in()
        kiosk.touch(kiosk.screen.go_on)
        kiosk.touch(kiosk.screen.second)
        assert shows(kiosk, Urgent)

    def test_that_who_does_not_say_whether_to_go_on_can_come_again(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        walk_away(kiosk)
        for _ in range(2):
            kiosk.sign_in()
            kiosk.touch(kiosk.screen.go_on)
            assert shows(kiosk, Parked)
            walk_away(kiosk)
        assert pain_of(kiosk) == [4]

    def test_that_going_on_sends_one_whole_report_of_the_same_visit(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        visit_id = kiosk.guide._visit.id
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        walk_away(kiosk)
        clock_of(kiosk).advance(minutes=5)
        kiosk.sign_in()
        kiosk.touch(kiosk.screen.go_on)
        kiosk.touch(kiosk.screen.go_on)
        kiosk.touch(kiosk.screen.next)
        kiosk.go_to_review()
        kiosk.send()
        assert shows(kiosk, Thanks)
        (stored,) = kiosk.submissions()
        assert (stored.id, stored.partial) == (visit_id, False)
        assert stored.started_at == clock_of(kiosk).now() - dt.timedelta(minutes=5)
        assert Answer("pain", 4) in stored.answers

    def test_that_a_second_report_of_the_day_is_allowed(self, kiosk: Kiosk) -> None:
        for _ in range(2):
            kiosk.begin()
            kiosk.go_to_review()
            kiosk.send()
            kiosk.touch(kiosk.screen.go_on)
        first, second = kiosk.submissions()
        assert first.id != second.id
        assert first.local_date == second.local_date

    def test_that_a_kiosk_that_was_cut_off_offers_the_draft_when_it_is_back(
        self, kiosk: Kiosk, make_kiosk: MakeKiosk
    ) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        kiosk.touch(kiosk.screen.next)
        page = kiosk.window._state.frame
        another = make_kiosk(store=kiosk.store)  # the first never ends its visit
        another.sign_in()
        another.touch(another.screen.go_on)
        assert shows(another, Parked)
        another.touch(another.screen.go_on)
        assert another.window._state.frame == page


class TestTheWholeCase:
    """Case 11 of the design: the body map, a stranger in between, and two ways to come back."""

    @pytest.fixture
    def parked(self, kiosk: Kiosk) -> Kiosk:
        """Left at the body map with the right middle finger marked."""
        with kiosk.store.begin() as work:
            stranger = patient(2, given_name="Bertram", family_name="Olsen")
            work.patients.add(stranger)
            work.episodes.add(episode(2, patient_id=stranger.id, procedure=procedure()))
            work.commit()
        kiosk.begin()
        go_to_map(kiosk)
        kiosk.guide._touch(Place("middle_finger", "right"))
        kiosk.touch(kiosk.screen.keys[4])
        walk_away(kiosk)
        return kiosk

    def test_that_a_stranger_sees_no_pixel_and_no_word_of_the_first(
        self, parked: Kiosk, make_kiosk: MakeKiosk
    ) -> None:
        parked.wipe()
        gc.collect()
        said = [text for widget in QApplication.allWidgets() for text in texts(widget)]
        assert not any("Adalind" in text or "middle finger" in text for text in said)
        untouched = make_kiosk()
        with untouched.store.begin() as work:
            stranger = patient(2, given_name="Bertram", family_name="Olsen")
            work.patients.add(stranger)
            work.episodes.add(episode(2, patient_id=stranger.id, procedure=procedure()))
            work.commit()
        for kiosk in (parked, untouched):
            kiosk.sign_in("1002")
            kiosk.touch(kiosk.screen.go_on)
            assert shows(kiosk, Expect)
        for kind in (PickScreen, NumberScreen):
            for kiosk in (parked, untouched):
                if shows(kiosk, Expect):
                    kiosk.touch(kiosk.screen.go_on)
                go_to(kiosk, kind)
            assert picture(parked) == picture(untouched)
            assert texts(parked.screen) == texts(untouched.screen)

    def test_that_the_first_goes_on_at_minute_20(self, parked: Kiosk) -> None:
        clock_of(parked).advance(minutes=20)
        parked.window.heart.timeout.emit()
        parked.sign_in()
        parked.touch(parked.screen.go_on)
        assert shows(parked, Parked)
        parked.touch(parked.screen.go_on)
        assert shows(parked, BodyMapState)
        assert "Right middle finger: 4" in parked.screen.lines.text()

    def test_that_at_minute_31_there_is_a_report_which_the_rules_have_judged(
        self, parked: Kiosk
    ) -> None:
        clock_of(parked).advance(minutes=31)
        parked.window.heart.timeout.emit()
        (stored,) = parked.submissions()
        assert stored.partial
        assert Answer("numbness", 4, Place("middle_finger", "right")) in stored.answers
        with parked.store.read() as work:
            assert work.submissions.evaluations("evaluated")[0].submission_id == stored.id
        parked.sign_in()
        parked.touch(parked.screen.go_on)
        assert shows(parked, Expect)

    def test_that_half_an_hour_is_what_the_services_keep(self) -> None:
        assert dt.timedelta(minutes=30) == KEPT


def picture(kiosk: Kiosk) -> QImage:
    QApplication.sendPostedEvents()
    return kiosk.window.grab().toImage()
