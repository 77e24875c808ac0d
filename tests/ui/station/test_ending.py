"""Pausing and ending a follow-up: what it means is said before, and both can be taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from monitor.domain.episode import Episode, Pause
from monitor.domain.protocol import Slot
from monitor.services import endings, episodes
from monitor.ui.station.screens.ask_dialog import AskDialog
from monitor.ui.station.screens.end_dialog import EndDialog
from monitor.ui.station.screens.pause_dialog import PauseDialog
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward
from tests.ui.station.test_station import click_row

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(ward: Ward, open_station: Opens, qtbot: QtBot) -> StationWindow:
    """A station with Karin Lindqvist on the page; she has an open alert."""
    ward.admit(1, family_name="Lindqvist", given_name="Karin")
    ward.raise_alert(1)
    opened = open_station()
    click_row(qtbot, opened, 0)
    return opened


def asked(qtbot: QtBot, window: StationWindow, key: Qt.Key) -> AskDialog:
    if not window.isActiveWindow():  # offscreen no desktop hands the keyboard back
        with qtbot.waitActive(window):
            window.activateWindow()
    with qtbot.waitSignal(window.ending.presenter.opened):
        qtbot.keyClick(window, key, SHIFT)
    assert window.ending.dialog is not None
    return window.ending.dialog


def pausing(qtbot: QtBot, window: StationWindow) -> PauseDialog:
    dialog = asked(qtbot, window, Qt.Key.Key_P)
    assert isinstance(dialog, PauseDialog)
    return dialog


def closing(qtbot: QtBot, window: StationWindow) -> EndDialog:
    dialog = asked(qtbot, window, Qt.Key.Key_X)
    assert isinstance(dialog, EndDialog)
    return dialog


def stored(ward: Ward, episode_id: str = "episode-1") -> Episode:
    with ward.store.read() as work:
        return work.episodes.get(episode_id)


def stored_slot(ward: Ward) -> Slot:
    """The scheduled report of today."""
    protocol = ward.clinic.protocols.current("cervical_rhizotomy")
    slot = protocol.slot_on("RF_DRG", TODAY)
    assert slot is not None
    return slot


def test_that_a_pause_begins_today_and_says_which_reports_it_excuses(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    dialog = pausing(qtbot, window)
    assert dialog.first.says.text() == "1 April 2026, today"
    assert dialog.focusWidget() is dialog.last.line
    with qtbot.waitSignal(window.ending.presenter.foreseen):
        dialog.last.setText("20.4.2026")
    said = dialog.says.text().splitlines()
    assert said[0] == "20 days, back on 21 April 2026."
    assert said[1].startswith("Not expected: the ")
    assert said[2] == "Alerts that are open stay open. It can be ended on any day."
    assert stored(ward).pauses == ()


def test_that_a_pause_into_which_no_report_falls_says_so(
    window: StationWindow, qtbot: QtBot
) -> None:
    dialog = pausing(qtbot, window)
    dialog.first.setText("1 Feb 2026")
    with qtbot.waitSignal(window.ending.presenter.foreseen):
        dialog.last.setText("1 Feb 2026")
    assert dialog.says.text().splitlines()[:2] == [
        "1 day, back on 2 February 2026.",
        "No scheduled report falls into them.",
    ]


def test_that_a_report_that_has_come_is_not_called_excused(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    """The report of today answers the one that is due about now."""
    slot = stored_slot(ward)
    assert slot.opens_day <= TODAY <= slot.closes_day
    dialog = pausing(qtbot, window)
    with qtbot.waitSignal(window.ending.presenter.foreseen):
        dialog.last.setText("2.4.2026")
    assert dialog.says.text().splitlines()[1] == "No scheduled report falls into them."


def test_that_a_pause_is_stored_by_the_keyboard_alone(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    dialog = pausing(qtbot, window)
    qtbot.keyClicks(dialog.last.line, "20.4.2026")
    qtbot.keyClick(dialog.last.line, Qt.Key.Key_Tab)
    chip = dialog.focusWidget()
    assert chip is not None
    qtbot.keyClick(chip, Qt.Key.Key_Right)
    dialog.note.setFocus()
    qtbot.keyClicks(dialog.note, "hip surgery")
    with qtbot.waitSignal(window.ending.presenter.stored) as told:
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    assert stored(ward).pauses == (
        Pause(
            dt.date(2026, 4, 1),
            dt.date(2026, 4, 20),
            "hospital",
            "hip surgery",
            "Nurse Ann",
            builders.date(TODAY),
        ),
    )
    assert told.args == ["Paused 1–20 Apr; no report is expected then."]
    assert window.ending.dialog is None


def test_that_all_that_is_wrong_with_a_pause_is_said_at_once(
    window: StationWindow, qtbot: QtBot
) -> None:
    dialog = pausing(qtbot, window)
    dialog.last.setText("5/4/2026")
    with qtbot.waitSignal(window.ending.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {
        "last": "Choose which of these days it is.",
        "reason": "Choose why.",
    }
    assert dialog.focusWidget() is dialog.last.ways[0]


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("31 Mar 2026", "The last day is before the first."),
        ("1 Sep 2026", "At most 28 days ahead; then decide anew."),
    ],
    ids=["backwards", "too long"],
)
def test_that_what_cannot_be_is_refused_beside_the_last_day(
    window: StationWindow, ward: Ward, qtbot: QtBot, last: str, said: str
) -> None:
    dialog = pausing(qtbot, window)
    dialog.last.setText(last)
    dialog.reason.choose("holiday")
    with qtbot.waitSignal(window.ending.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {"last": said}
    assert stored(ward).pauses == ()


def test_that_something_else_needs_a_note(window: StationWindow, qtbot: QtBot) -> None:
    dialog = pausing(qtbot, window)
    dialog.last.setText("20.4.2026")
    dialog.reason.choose("other")
    with qtbot.waitSignal(window.ending.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {"note": "Say why: it stands in the record."}
    assert dialog.focusWidget() is dialog.note


def test_that_a_pause_says_who_set_it_and_can_be_ended(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    endings.pause(
        ward.as_somebody_else("Dr Bo"),
        stored(ward),
        builders.date(TODAY - 2),
        builders.date(TODAY + 5),
        "holiday",
        "Crete",
    )
    dialog = asked(qtbot, window, Qt.Key.Key_P)
    assert dialog.says.text().splitlines() == [
        "Paused 30 Mar – 6 Apr: On holiday, Crete.",
        "Set by Dr Bo, 1 Apr 2026.",
        "Reports are expected again from today on.",
    ]
    with qtbot.waitSignal(window.ending.stored):
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    (pause,) = stored(ward).pauses
    assert pause.last == builders.date(TODAY - 1)


def test_that_esc_keeps_what_was_typed(window: StationWindow, qtbot: QtBot) -> None:
    dialog = pausing(qtbot, window)
    dialog.last.setText("20.4.2026")
    dialog.reason.choose("hospital")
    dialog.note.setPlainText("hip surgery")
    before = dialog.typed()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    again = pausing(qtbot, window)
    assert again is not dialog
    assert again.typed() == before
    assert again.reason.button("hospital").isChecked()


def test_that_an_end_says_what_happens_with_it_and_closes_the_alerts(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    dialog = closing(qtbot, window)
    assert dialog.says.text() == "Choose how it ends; what happens then is said here."
    dialog.ending.choose("completed")
    assert dialog.says.text().splitlines() == [
        "No further report is expected, and nobody signs in for it.",
        "1 open alert is closed with it.",
        "What was recorded stays and can be read. It can be opened again.",
    ]
    with qtbot.waitSignal(window.ending.stored):
        dialog.confirm()
    ended = stored(ward)
    assert (ended.state, ended.ended_as, ended.ended_on) == (
        "closed",
        "completed",
        builders.date(TODAY),
    )
    assert not ward.alert("alert-1").is_open


def test_that_a_death_is_said_calmly_and_ends_all_follow_ups(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    second = builders.episode(2, patient_id="patient-1")
    episodes.add_procedure(ward.clinic, second)
    dialog = closing(qtbot, window)
    dialog.ending.choose("died")
    assert dialog.says.text().splitlines()[:3] == [
        "From that day on nobody is asked for a report, and nobody is called.",
        "All 2 open follow-ups of this patient close.",
        "1 open alert is closed with it.",
    ]
    assert dialog.says.property("bad") != "true"
    with qtbot.waitSignal(window.ending.presenter.stored) as told:
        dialog.confirm()
    assert told.args == ["2 follow-ups are closed."]
    assert not stored(ward).is_open
    assert not stored(ward, "episode-2").is_open


def test_that_an_end_needs_a_kind_and_a_day(window: StationWindow, qtbot: QtBot) -> None:
    dialog = closing(qtbot, window)
    dialog.on.setText("soon")
    with qtbot.waitSignal(window.ending.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {
        "ending": "Choose how it ends.",
        "on": "Type a date, such as 31.1.1970 or 31 Jan 1970.",
    }
    assert dialog.focusWidget() is dialog.ending.button("completed")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2 Apr 2026", "That is still to come."),
        ("1 Mar 2026", "That is before the procedure."),
        ("31 Mar 2026", "There is a report of 1 April 2026: it cannot have ended before."),
    ],
    ids=["to come", "before the procedure", "before a report"],
)
def test_that_a_day_on_which_it_cannot_have_ended_is_refused_beside_its_field(
    window: StationWindow, qtbot: QtBot, day: str, said: str
) -> None:
    dialog = closing(qtbot, window)
    dialog.ending.choose("withdrew")
    dialog.on.setText(day)
    with qtbot.waitSignal(window.ending.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {"on": said}


def test_that_a_closed_follow_up_is_opened_again_with_a_reason(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    endings.end(ward.clinic, stored(ward), "moved", builders.date(TODAY), "")
    dialog = asked(qtbot, window, Qt.Key.Key_X)
    assert dialog.says.text().splitlines()[0] == "Closed: Moved away · 1 April 2026."
    with qtbot.waitSignal(window.ending.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {"note": "Say why: it stands in the record."}
    dialog.note.setPlainText("came back")
    with qtbot.waitSignal(window.ending.stored):
        dialog.confirm()
    assert stored(ward).is_open
    assert ward.alert("alert-1").is_open


def test_that_whoever_was_first_is_named_and_nothing_is_lost(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    dialog = closing(qtbot, window)
    dialog.ending.choose("completed")
    dialog.note.setPlainText("well")
    endings.pause(
        ward.as_somebody_else("Dr Bo"),
        stored(ward),
        builders.date(TODAY),
        builders.date(TODAY),
        "holiday",
    )
    with qtbot.waitSignal(window.ending.presenter.refused):
        dialog.confirm()
    assert dialog.refusal.startswith("Dr Bo was first, at ")
    assert dialog.note.toPlainText() == "well"
    assert not dialog.confirm_button.isEnabled()


def test_that_an_outage_may_be_tried_again(window: StationWindow, ward: Ward, qtbot: QtBot) -> None:
    dialog = closing(qtbot, window)
    dialog.ending.choose("completed")
    ward.store.fault = "gone"
    with qtbot.waitSignal(window.ending.presenter.refused):
        dialog.confirm()
    assert "could not be stored" in dialog.refusal
    ward.store.fault = ""
    with qtbot.waitSignal(window.ending.stored):
        dialog.confirm()
    assert not stored(ward).is_open


def test_that_what_a_fault_says_has_room(window: StationWindow, qtbot: QtBot) -> None:
    dialog = pausing(qtbot, window)
    height = dialog.last.line.height()
    dialog.last.setText("5/4/26")
    with qtbot.waitSignal(window.ending.presenter.faulted):
        dialog.confirm()
    qtbot.wait(0)
    assert dialog.last.line.height() >= height
    assert all(way.height() >= way.sizeHint().height() for way in dialog.last.ways)
