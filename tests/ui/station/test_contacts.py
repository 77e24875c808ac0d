"""Logging a contact, a note, an escalation: by keyboard, with drafts, refusals and undo."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from monitor.domain.alert import State
from monitor.services import alerts
from monitor.services.ports import Contact
from monitor.ui.station.screens.contact_dialog import ContactDialog
from monitor.ui.station.screens.escalate_dialog import EscalateDialog
from monitor.ui.station.screens.note_dialog import NoteDialog
from monitor.ui.station.screens.strike_dialog import StrikeDialog
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward
from tests.ui.station.test_station import click_row

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


@pytest.fixture
def window(ward: Ward, open_station: Opens, qtbot: QtBot) -> StationWindow:
    """The station with the page of one patient open, who has one amber alert."""
    ward.admit(1, phone="0170 555")
    ward.raise_alert(1)
    opened = open_station()
    with qtbot.waitSignal(opened.contacting.presenter.read):
        click_row(qtbot, opened, 0)
    return opened


def written(ward: Ward) -> tuple[Contact, ...]:
    with ward.store.read() as work:
        return work.contacts.of_episode("episode-1")


def press(
    qtbot: QtBot,
    window: StationWindow,
    key: Qt.Key,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key where the keyboard is: in the dialog that is open, or in the window."""
    where: QWidget = window.contacting.dialog or window
    where.activateWindow()  # offscreen no desktop hands the keyboard on
    qtbot.waitUntil(where.isActiveWindow)
    qtbot.keyClick(where.focusWidget() or where, key, held)


def letters(qtbot: QtBot, window: StationWindow, text: str) -> None:
    for letter in text:
        press(qtbot, window, Qt.Key(ord(letter.upper())))


def stored(qtbot: QtBot, window: StationWindow) -> None:
    """Confirm by Enter and wait until it is stored and the page read again."""
    signals = [window.contacting.presenter.stored, window.contacting.presenter.read]
    with qtbot.waitSignals(signals):
        press(qtbot, window, ENTER)


def contact_dialog(window: StationWindow) -> ContactDialog:
    dialog = window.contacting.dialog
    assert isinstance(dialog, ContactDialog)
    return dialog


def read(dialog: QWidget) -> str:
    return " | ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_that_a_call_without_an_answer_is_c_n_and_enter(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "cn")
    stored(qtbot, window)
    (contact,) = written(ward)
    assert (contact.kind, contact.result, contact.by) == ("phone", "no_answer", "Nurse Ann")
    assert (contact.findings, contact.next_on, contact.alert_id) == ((), None, "alert-1")
    assert ward.alert("alert-1").state is State.RAISED
    assert window.contacting.dialog is None
    assert window.told.text.text() == "The contact is logged."


def test_that_whom_to_ring_and_where_stands_in_the_dialog(
    window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "c")
    assert "Sample01, Kim" in read(contact_dialog(window))
    assert "0170 555" in read(contact_dialog(window))


def test_that_a_call_is_logged_in_full_by_the_keyboard_and_takes_the_alert_in_hand(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "cr")
    press(qtbot, window, TAB)
    letters(qtbot, window, "37")  # unchanged, new weakness
    letters(qtbot, window, "7")  # and not after all
    press(qtbot, window, TAB)
    letters(qtbot, window, "1")
    press(qtbot, window, TAB)
    dialog = contact_dialog(window)
    assert dialog.focusWidget() is dialog.note
    qtbot.keyClicks(dialog.note, "sleeps well")
    press(qtbot, window, TAB)
    press(qtbot, window, Qt.Key.Key_Right)  # tomorrow
    press(qtbot, window, TAB)
    press(qtbot, window, TAB)
    letters(qtbot, window, "2")
    stored(qtbot, window)
    (contact,) = written(ward)
    assert (contact.findings, contact.advice) == (("unchanged",), ("wait_and_report",))
    assert contact.text == "sleeps well"
    assert contact.next_on == builders.date(TODAY + 1)
    alert = ward.alert("alert-1")
    assert (alert.state, alert.note) == (State.ACKNOWLEDGED, "sleeps well")
    assert window.told.text.text().endswith("In hand: Pain has come back.")


def test_that_the_digits_of_the_findings_work_straight_after_reached(
    window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "cr37")
    dialog = contact_dialog(window)
    assert dialog.came_of.one == "reached"
    assert dialog.findings.chosen == ("unchanged", "new_weakness")


def test_that_its_buttons_stay_on_the_screen_when_it_asks_for_more(
    window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "c")
    dialog = contact_dialog(window)
    free = dialog.screen().availableGeometry()
    dialog.move(dialog.x(), free.bottom() - dialog.height())
    letters(qtbot, window, "r")
    assert dialog.frameGeometry().bottom() <= free.bottom()


@pytest.mark.parametrize("asked", ["c", "E"])
def test_that_what_follows_is_about_the_alert_that_was_just_taken_in_hand(
    ward: Ward, window: StationWindow, qtbot: QtBot, asked: str
) -> None:
    """It keeps its place beside those that wait; she rings because of the one in hand."""
    ward.raise_alert(1, suffix="-other")
    window.chart.refresh()
    qtbot.waitUntil(lambda: window.page.state is not None and len(window.page.state.cards) == 2)
    assert window.page.current is not None
    taken = window.page.current.alert_id
    letters(qtbot, window, "a")
    qtbot.waitUntil(lambda: window.deciding.dialog is not None)
    assert window.deciding.dialog is not None
    with qtbot.waitSignal(window.contacting.presenter.read):
        window.deciding.dialog.confirm()
    qtbot.waitUntil(lambda: ward.alert(taken).state is State.ACKNOWLEDGED)
    held = Qt.KeyboardModifier.ShiftModifier if asked == "E" else Qt.KeyboardModifier.NoModifier
    press(qtbot, window, Qt.Key(ord(asked.upper())), held)
    dialog = window.contacting.dialog
    assert isinstance(dialog, ContactDialog | EscalateDialog)
    assert dialog.draft().alert_id == taken


def test_that_a_call_closes_its_alert_with_an_outcome(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "cr")
    contact_dialog(window).alert.steps.press("treated")
    stored(qtbot, window)
    closed = ward.alert("alert-1")
    assert (closed.state, closed.outcome) == (State.RESOLVED, "treated")


def test_that_undo_strikes_the_entry_and_gives_the_alert_back(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "cr")
    contact_dialog(window).alert.steps.press("acknowledge")
    stored(qtbot, window)
    with qtbot.waitSignal(window.contacting.presenter.undone):
        press(qtbot, window, Qt.Key.Key_U)
    assert ward.alert("alert-1").state is State.RAISED
    wrong, strike = written(ward)
    assert strike.strikes == wrong.id
    assert window.told.text.text() == "Undone: the entry is struck."


def test_that_an_attempt_without_a_result_is_not_stored(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "c")
    press(qtbot, window, ENTER)
    dialog = contact_dialog(window)
    assert dialog.refusal == "Say what came of it."
    assert dialog.came_of.has_keyboard
    assert written(ward) == ()


def test_that_what_else_happened_is_asked_for_in_words_and_not_for_a_result(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "c")
    dialog = contact_dialog(window)
    dialog.kind.press("medicine")
    assert not dialog.came_of.isVisible()
    assert not dialog.next.isVisible()
    dialog.confirm()
    assert dialog.refusal == "Say what happened."
    qtbot.keyClicks(dialog.note, "gabapentin 300 mg")
    dialog.day.setDate(dialog.day.date().addDays(-2))
    stored(qtbot, window)
    (contact,) = written(ward)
    assert (contact.kind, contact.result) == ("medicine", "")
    assert contact.date == builders.date(TODAY - 2)


def test_that_no_contact_is_dated_ahead(window: StationWindow, qtbot: QtBot) -> None:
    letters(qtbot, window, "c")
    day = contact_dialog(window).day
    day.setDate(day.date().addDays(1))
    assert dt.date(*day.date().getDate()) == builders.date(TODAY)


def test_that_esc_keeps_the_draft_until_it_is_stored(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "cr")
    dialog = contact_dialog(window)
    dialog.findings.press("worse")
    qtbot.keyClicks(dialog.note, "rang twice")
    press(qtbot, window, Qt.Key.Key_Escape)
    letters(qtbot, window, "c")
    again = contact_dialog(window)
    assert (again.came_of.one, again.findings.chosen) == ("reached", ("worse",))
    assert again.note.toPlainText() == "rang twice"
    stored(qtbot, window)
    letters(qtbot, window, "c")
    assert contact_dialog(window).note.toPlainText() == ""


def test_that_nothing_is_lost_where_somebody_else_was_first(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "cr")
    dialog = contact_dialog(window)
    dialog.alert.steps.press("acknowledge")
    qtbot.keyClicks(dialog.note, "mine")
    alerts.acknowledge(ward.as_somebody_else("N. Ruiz"), "alert-1", 1)
    with qtbot.waitSignals([window.contacting.presenter.refused, window.chart.shown]):
        press(qtbot, window, ENTER)
    assert dialog.refusal.startswith("N. Ruiz took it in hand")
    assert dialog.note.toPlainText() == "mine"
    assert written(ward) == ()
    stored(qtbot, window)
    (contact,) = written(ward)
    assert contact.text == "mine"
    assert ward.alert("alert-1").changed_by == "N. Ruiz"


def test_that_an_outage_is_said_and_may_be_tried_again(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "cn")
    ward.store.fault = "The disk is full."
    with qtbot.waitSignal(window.contacting.presenter.refused):
        press(qtbot, window, ENTER)
    assert "could not be stored" in contact_dialog(window).refusal
    ward.store.fault = ""
    contact_dialog(window).confirm_button.setFocus()
    stored(qtbot, window)
    assert len(written(ward)) == 1


def test_that_a_note_is_n_words_and_enter(ward: Ward, window: StationWindow, qtbot: QtBot) -> None:
    letters(qtbot, window, "n")
    dialog = window.contacting.dialog
    assert isinstance(dialog, NoteDialog)
    press(qtbot, window, ENTER)
    assert dialog.refusal == "Write the note."
    qtbot.keyClicks(dialog.note, "daughter may be rung")
    stored(qtbot, window)
    (contact,) = written(ward)
    assert (contact.kind, contact.text) == ("note", "daughter may be rung")


def escalate(qtbot: QtBot, window: StationWindow, name: str) -> EscalateDialog:
    press(qtbot, window, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    dialog = window.contacting.dialog
    assert isinstance(dialog, EscalateDialog)
    qtbot.keyClicks(dialog.to, name)
    return dialog


def test_that_an_escalation_says_to_whom_how_soon_and_why_and_takes_the_alert_in_hand(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    dialog = escalate(qtbot, window, "Dr Halloran")
    assert dialog.urgency.one == "amber", "as urgent as the alert"
    press(qtbot, window, ENTER)
    assert dialog.refusal == "Say why."
    qtbot.keyClicks(dialog.note, "new weakness")
    with qtbot.waitSignal(window.contacting.summary_wanted) as wanted:
        stored(qtbot, window)
    assert wanted.args == ["episode-1"]
    (contact,) = written(ward)
    assert (contact.kind, contact.to) == ("escalation", "Dr Halloran")
    assert contact.text == "Next working day: new weakness"
    assert ward.alert("alert-1").state is State.ACKNOWLEDGED


def test_that_an_escalation_names_a_doctor(window: StationWindow, qtbot: QtBot) -> None:
    dialog = escalate(qtbot, window, "")
    press(qtbot, window, ENTER)
    assert dialog.refusal == "Say whom you tell."
    assert dialog.focusWidget() is dialog.to


def test_that_a_name_used_before_is_one_key(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    dialog = escalate(qtbot, window, "Dr Halloran")
    dialog.prints.setChecked(False)
    qtbot.keyClicks(dialog.note, "new weakness")
    stored(qtbot, window)
    dialog = escalate(qtbot, window, "")
    press(qtbot, window, TAB)
    letters(qtbot, window, "1")
    assert dialog.to.text() == "Dr Halloran"


def test_that_a_contact_goes_on_as_an_escalation_with_what_was_typed(
    window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "cr")
    dialog = contact_dialog(window)
    qtbot.keyClicks(dialog.note, "cannot lift the arm")
    dialog.escalate_button.click()
    asked = window.contacting.dialog
    assert isinstance(asked, EscalateDialog)
    assert asked.note.toPlainText() == "cannot lift the arm"
    assert asked.draft().alert_id == "alert-1"


def test_that_a_wrong_entry_is_struck_with_a_reason(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    letters(qtbot, window, "cn")
    stored(qtbot, window)
    press(qtbot, window, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    dialog = window.contacting.dialog
    assert isinstance(dialog, StrikeDialog)
    assert dialog.entries.currentText() == "1 Apr · Phone call · no answer · Nurse Ann"
    press(qtbot, window, ENTER)
    assert dialog.refusal == "Say why it is wrong."
    qtbot.keyClicks(dialog.note, "another patient")
    stored(qtbot, window)
    wrong, strike = written(ward)
    assert (strike.strikes, strike.text) == (wrong.id, "another patient")


def test_that_without_an_entry_nothing_can_be_struck(window: StationWindow, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    assert window.contacting.dialog is None
    assert window.told.text.text() == "There is no entry to strike."


def test_that_what_is_stored_late_closes_no_other_dialog_and_leaves_no_draft(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    """A database that hangs while a nurse goes on: nothing of hers is lost, nothing told twice."""
    hangs = threading.Event()
    letters(qtbot, window, "n")
    note = window.contacting.dialog
    assert isinstance(note, NoteDialog)
    qtbot.keyClicks(note.focusWidget(), "She is well")
    window._tasks.run(lambda _clinic: hangs.wait())
    press(qtbot, window, ENTER)
    press(qtbot, window, Qt.Key.Key_Escape)
    letters(qtbot, window, "cr")
    other = contact_dialog(window)
    with qtbot.waitSignals([window.contacting.presenter.stored, window.contacting.presenter.read]):
        hangs.set()
    assert [contact.text for contact in written(ward)] == ["She is well"]
    assert window.contacting.dialog is other
    assert other.isVisible()
    other.reject()
    letters(qtbot, window, "n")
    again = window.contacting.dialog
    assert isinstance(again, NoteDialog)
    assert again.draft().text == ""
    again.reject()
