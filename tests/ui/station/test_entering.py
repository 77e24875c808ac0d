"""Reports that a nurse enters by keyboard, from the telephone or from paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.domain.submission import NOWHERE, Answer, Place, Submission
from monitor.ui.station.screens.answer_field import AnswerField
from monitor.ui.station.screens.report_dialog import ReportDialog
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward

LEFT, RIGHT = Place("", "left"), Place("", "right")


@pytest.fixture
def station(ward: Ward, open_station: Opens) -> StationWindow:
    ward.admit(1, family_name="Abara", given_name="Ngozi")
    window = open_station()
    window.activateWindow()
    return window


@pytest.fixture
def opens(station: StationWindow, qtbot: QtBot) -> Callable[[], ReportDialog]:
    """Opens the sheet of the only patient with the keys of a nurse."""

    def opened() -> ReportDialog:
        QTest.keyClick(station, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: station.panel.list.model().rowCount() == 1)
        with qtbot.waitSignal(station.chart.shown):
            QTest.keyClick(station.panel.list, Qt.Key.Key_Down)
        with qtbot.waitSignal(station.reporting.presenter.asked):
            QTest.keyClick(station, Qt.Key.Key_P)
        dialog = station.reporting.dialog
        assert dialog is not None
        return dialog

    return opened


def typed(dialog: ReportDialog, keys: str) -> None:
    """Press keys one after the other, where the keyboard is."""
    for key in keys:
        QTest.keyClicks(dialog.focusWidget(), key)


def go_to(dialog: ReportDialog, item: str, place: Place = NOWHERE) -> AnswerField:
    key = f"{item}/{place.site}/{place.side}"
    field = next(row.answer for row in dialog.rows if row.row.key == key)
    field.setFocus()
    return field


def stored(ward: Ward) -> Submission:
    with ward.store.read() as work:
        (entered,) = (
            s for s in work.submissions.of_episode("episode-1") if s.entered_by != "patient"
        )
    return entered


def store(station: StationWindow, dialog: ReportDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(station.reporting.stored):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_that_the_first_field_has_the_keyboard(opens: Callable[[], ReportDialog]) -> None:
    dialog = opens()
    assert dialog.focusWidget() is dialog.rows[0].answer


def test_that_a_score_that_is_whole_goes_on_by_itself_and_one_waits_for_a_zero(
    opens: Callable[[], ReportDialog],
) -> None:
    dialog = opens()
    pain = go_to(dialog, "pain")
    typed(dialog, "1")
    assert dialog.focusWidget() is pain
    typed(dialog, "0")
    assert pain.value == "10"
    assert dialog.focusWidget() is not pain
    pain = go_to(dialog, "pain")
    typed(dialog, "4")
    assert pain.value == "4"


def test_that_a_score_beyond_the_scale_cannot_be_typed(opens: Callable[[], ReportDialog]) -> None:
    dialog = opens()
    pain = go_to(dialog, "pain")
    typed(dialog, "1")
    typed(dialog, "7")
    assert pain.value == "7"


def test_that_the_report_is_marked_as_entered_by_phone_and_signed_by_the_nurse(
    ward: Ward, station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    go_to(dialog, "pain")
    typed(dialog, "6")
    store(station, dialog, qtbot)
    report = stored(ward)
    assert report.entered_by == "nurse_phone"
    assert report.answers == (Answer("pain", 6),)
    assert report.answered_at == ward.clock.now()
    with ward.store.read() as work:
        (line,) = work.audit.of_subject(report.id)
    assert line.actor == "Nurse Ann"


def test_that_a_report_from_paper_stands_on_its_own_day(
    ward: Ward, station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    dialog.source.choose("nurse_paper")
    two_days_ago = ward.clinic.today() - dt.timedelta(days=2)
    with qtbot.waitSignal(station.reporting.presenter.opened):
        dialog.date.setDate(QDate(two_days_ago.year, two_days_ago.month, two_days_ago.day))
    go_to(dialog, "pain")
    typed(dialog, "3")
    store(station, dialog, qtbot)
    report = stored(ward)
    assert report.entered_by == "nurse_paper"
    assert report.local_date == two_days_ago
    assert builders.instant(TODAY - 2).date() == report.answered_at.date()


def test_that_a_high_score_is_compared_with_before(
    ward: Ward, station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    go_to(dialog, "weakness", LEFT)
    typed(dialog, "5")
    typed(dialog, "w")
    go_to(dialog, "weakness", RIGHT)
    typed(dialog, "0")
    store(station, dialog, qtbot)
    assert stored(ward).answers == (
        Answer("weakness", 5, LEFT, "worse"),
        Answer("weakness", 0, RIGHT),
    )


def test_that_the_places_of_numbness_are_asked_only_where_there_is_some(
    ward: Ward, station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    thumb = go_to(dialog, "numbness", Place("thumb_side", "left"))
    assert thumb.isHidden()
    go_to(dialog, "numbness")
    typed(dialog, "s")
    assert not thumb.isHidden()
    go_to(dialog, "numbness", Place("thumb_side", "left"))
    typed(dialog, "4")
    typed(dialog, "n")
    store(station, dialog, qtbot)
    assert stored(ward).answers == (
        Answer("numbness", 4, NOWHERE, "new"),
        Answer("numbness", 4, Place("thumb_side", "left"), "new"),
    )


def test_that_no_numbness_anywhere_is_a_zero_for_the_whole_body(
    ward: Ward, station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    go_to(dialog, "numbness")
    typed(dialog, "n")
    store(station, dialog, qtbot)
    assert stored(ward).answers == (Answer("numbness", 0),)


def test_that_one_key_denies_the_rest_of_a_part_and_keeps_what_was_said(
    ward: Ward, station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    first = dialog.rows[0].row
    part = [row.row.key.split("/")[0] for row in dialog.rows if row.row.section == first.section]
    typed(dialog, "y")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    store(station, dialog, qtbot)
    said = {a.item: a.value for a in stored(ward).answers}
    assert said.pop(part[0]) == "yes"
    assert len(part) > 2
    assert said == dict.fromkeys(part[1:], "no")


def test_that_pain_is_not_denied_by_the_key_for_a_part(
    opens: Callable[[], ReportDialog],
) -> None:
    dialog = opens()
    pain = go_to(dialog, "pain")
    QTest.keyClick(pain, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert pain.value == ""
    assert dialog.focusWidget() is pain


def test_that_a_follow_up_is_asked_when_the_answer_before_asks_for_it(
    opens: Callable[[], ReportDialog],
) -> None:
    dialog = opens()
    posture = next(r.answer for r in dialog.rows if r.row.key.startswith("headache_posture"))
    assert posture.isHidden()
    go_to(dialog, "headache")
    typed(dialog, "5")
    assert not posture.isHidden()


def test_that_nothing_is_stored_without_an_answer(
    station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    with qtbot.waitSignal(station.reporting.presenter.refused):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.refusal == "Nothing is entered yet."
    assert dialog.isVisible()


def test_that_what_was_typed_survives_esc_and_an_outage(
    ward: Ward, station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    go_to(dialog, "pain")
    typed(dialog, "6")
    ward.store.fault = "disk full"
    with qtbot.waitSignal(station.reporting.presenter.refused):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "What you typed stays" in dialog.refusal
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    ward.store.fault = ""
    qtbot.waitUntil(lambda: station.reporting.dialog is None)
    station.activateWindow()
    qtbot.waitUntil(station.isActiveWindow)
    with qtbot.waitSignal(station.reporting.presenter.asked):
        QTest.keyClick(station, Qt.Key.Key_P)
    again = station.reporting.dialog
    assert again is not None
    assert go_to(again, "pain").value == "6"
    store(station, again, qtbot)
    assert stored(ward).answers == (Answer("pain", 6),)


def test_that_esc_closes_it_from_a_field_of_choices_too(
    station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    field = dialog.rows[0].answer
    assert dialog.rows[0].row.options
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: station.reporting.dialog is None)


def test_that_no_part_of_the_sheet_has_a_hole_in_its_name(
    opens: Callable[[], ReportDialog],
) -> None:
    sections = {row.row.section for row in opens().rows}
    assert any("last 7 days" in section for section in sections)
    assert not any("{" in section for section in sections)


def test_that_a_comparison_goes_with_the_score_that_asked_for_it(
    ward: Ward, station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    go_to(dialog, "stiffness")
    typed(dialog, "5")
    typed(dialog, "w")
    go_to(dialog, "stiffness")
    typed(dialog, "0")
    store(station, dialog, qtbot)
    assert stored(ward).answers == (Answer("stiffness", 0),)


def test_that_caps_lock_does_not_make_one_no_a_no_to_everything(
    opens: Callable[[], ReportDialog],
) -> None:
    dialog = opens()
    without_shift = Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_N, without_shift, "N")
    QApplication.sendEvent(dialog.rows[0].answer, event)
    assert [row.answer.value for row in dialog.rows[:3]] == ["no", "", ""]


def test_that_a_key_that_is_held_answers_one_question(opens: Callable[[], ReportDialog]) -> None:
    dialog = opens()
    for is_repeated in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_N,
            Qt.KeyboardModifier.NoModifier,
            "n",
            is_repeated,
        )
        QApplication.sendEvent(dialog.focusWidget(), event)
    assert [row.answer.value for row in dialog.rows[:3]] == ["no", "", ""]


def test_that_a_report_never_stands_on_another_day_than_the_one_shown(
    ward: Ward, station: StationWindow, opens: Callable[[], ReportDialog], qtbot: QtBot
) -> None:
    dialog = opens()
    go_to(dialog, "pain")
    typed(dialog, "3")
    shown = dialog.date.date()
    ward.store.fault = "disk full"
    with qtbot.waitSignal(station.reporting.presenter.refused):
        dialog.date.setDate(shown.addDays(-2))
        assert not dialog.store_button.isEnabled(), "the sheet of that day is not there yet"
    assert dialog.date.date() == shown
    ward.store.fault = ""
    store(station, dialog, qtbot)
    assert stored(ward).local_date == ward.clinic.today()
