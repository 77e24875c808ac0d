"""Changing a follow-up: what it would do is said before, who was first is said after."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from monitor.domain.episode import Episode
from monitor.domain.submission import NOWHERE
from monitor.services import episodes, evaluation
from monitor.ui.station.screens.episode_dialog import EpisodeDialog
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward
from tests.ui.station.test_station import click_row

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

STIFF = {-7: 0, 14: 4, 21: 4, 28: 4}


@pytest.fixture
def stiff(ward: Ward) -> Ward:
    """A patient with stiffness that is late by today; its alert is raised."""
    with ward.store.begin() as work:
        work.patients.add(builders.patient(1, family_name="Lindqvist", given_name="Karin"))
        work.episodes.add(builders.episode(1))
        for day, score in STIFF.items():
            answers = (builders.answer("pain", 3), builders.answer("stiffness", score))
            work.submissions.add(builders.submission(*answers, day=day, id=f"report-{day}"))
        work.commit()
    assert evaluation.judge(ward.clinic, "episode-1").findings
    return ward


def stored(ward: Ward) -> Episode:
    with ward.store.read() as work:
        return work.episodes.get("episode-1")


def edit(qtbot: QtBot, window: StationWindow) -> EpisodeDialog:
    if not window.isActiveWindow():  # offscreen no desktop hands the keyboard back
        with qtbot.waitActive(window):
            window.activateWindow()
    with qtbot.waitSignal(window.following.presenter.opened):
        qtbot.keyClick(window, Qt.Key.Key_E)
    assert window.following.dialog is not None
    return window.following.dialog


@pytest.fixture
def window(stiff: Ward, open_station: Opens, qtbot: QtBot) -> StationWindow:
    opened = open_station()
    click_row(qtbot, opened, 0)
    return opened


@pytest.fixture
def dialog(window: StationWindow, qtbot: QtBot) -> EpisodeDialog:
    return edit(qtbot, window)


def foreseen(qtbot: QtBot, dialog: EpisodeDialog) -> list[str]:
    """What the dialog says the change would do, once it has been asked."""
    qtbot.waitUntil(lambda: dialog._foreseen is not None)
    return dialog.foresight.text().splitlines()


def choose_window(dialog: EpisodeDialog, item: str, expected: int, persistent: int) -> None:
    dialog.kinds.choose("window")
    dialog.symptom.setCurrentIndex(dialog.symptom.findData(item))
    dialog.expected.setValue(expected)
    dialog.persistent.setValue(persistent)


def test_that_the_dialog_begins_with_what_is_so_now(dialog: EpisodeDialog) -> None:
    assert dialog.state.about.startswith("Lindqvist, Karin, ")
    assert dialog.date.date() == QDate(2026, 3, 2)
    assert dialog.levels.text() == "C6"
    assert dialog.side.currentText() == "right"
    assert dialog.foresight.text() == "Nothing is changed yet."
    assert not dialog.confirm_button.isEnabled()


def test_that_it_is_said_which_alerts_a_wider_window_would_end(
    window: StationWindow, dialog: EpisodeDialog, stiff: Ward, qtbot: QtBot
) -> None:
    assert window.page.state is not None
    title = next(card.title for card in window.page.state.cards if "tiff" in card.title)
    choose_window(dialog, "stiffness", 56, 84)
    (line,) = foreseen(qtbot, dialog)
    assert line.endswith(f": {title}")
    assert "end" in line
    assert stored(stiff).own_windows == ()


def test_that_a_change_is_stored_with_its_reason_and_shown(
    window: StationWindow, dialog: EpisodeDialog, stiff: Ward, qtbot: QtBot
) -> None:
    choose_window(dialog, "stiffness", 56, 84)
    foreseen(qtbot, dialog)
    dialog.reason.setFocus()
    qtbot.keyClicks(dialog.reason, "frozen shoulder")
    with qtbot.waitSignals([window.following.presenter.stored, window.chart.shown]):
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    (own,) = stored(stiff).own_windows
    assert (own.item, own.expected_to_day, own.persistent_from_day) == ("stiffness", 56, 84)
    assert (own.reason, own.by, own.on) == (
        "frozen shoulder",
        "Nurse Ann",
        builders.date(TODAY),
    )
    assert window.following.dialog is None
    assert window.page.state is not None
    assert "frozen shoulder" in window.page.state.own[0]


def test_that_without_a_reason_nothing_is_stored(
    dialog: EpisodeDialog, stiff: Ward, qtbot: QtBot
) -> None:
    choose_window(dialog, "stiffness", 56, 84)
    foreseen(qtbot, dialog)
    dialog.confirm()
    assert dialog.refusal == "Say why: it stands in the record."
    assert dialog.focusWidget() is dialog.reason
    assert stored(stiff).own_windows == ()


def test_that_a_corrected_date_says_how_far_the_bands_move_and_that_reports_stay(
    window: StationWindow, dialog: EpisodeDialog, stiff: Ward, qtbot: QtBot
) -> None:
    dialog.date.setDate(dialog.date.date().addDays(5))
    assert foreseen(qtbot, dialog)[-1] == (
        "Bands move later by 5 days; reports stay on their dates."
    )
    dialog.date.setDate(dialog.date.date().addDays(-6))
    assert foreseen(qtbot, dialog)[-1] == (
        "Bands move earlier by 1 day; reports stay on their dates."
    )
    dialog.reason.setPlainText("read from the record of the operation")
    with qtbot.waitSignal(window.chart.shown):
        dialog.confirm()
    assert stored(stiff).procedure.date == dt.date(2026, 3, 1)


def test_that_an_alert_that_a_change_would_raise_is_named(
    window: StationWindow, dialog: EpisodeDialog, stiff: Ward, qtbot: QtBot
) -> None:
    answers = (builders.answer("burning", 6),)
    for day in (26, 27):
        with stiff.store.begin() as work:
            work.submissions.add(builders.submission(*answers, day=day, id=f"burning-{day}"))
            work.commit()
    usual = next(one for one in dialog.state.windows if one.key == "burning")
    assert usual.expected > TODAY, "as usual it would not be late yet"
    choose_window(dialog, "burning", 7, 14)
    lines = foreseen(qtbot, dialog)
    assert any(line.startswith("Would be raised: ") and "urning" in line for line in lines)


def test_that_what_cannot_be_is_refused_before_it_is_confirmed(
    dialog: EpisodeDialog, stiff: Ward, qtbot: QtBot
) -> None:
    choose_window(dialog, "stiffness", 84, 56)
    assert foreseen(qtbot, dialog) == [
        "The day from which it is persistent comes after the last day expected."
    ]
    assert dialog.foresight.property("bad") == "true"
    assert not dialog.confirm_button.isEnabled()
    dialog.kinds.choose("procedure")
    dialog.levels.setText("c4, X9")
    assert foreseen(qtbot, dialog) == ["“X9” is no level that the protocol knows."]


def test_that_a_baseline_that_a_patient_recalls_can_be_set_and_taken_back(
    window: StationWindow, dialog: EpisodeDialog, stiff: Ward, qtbot: QtBot
) -> None:
    dialog.kinds.choose("baseline")
    dialog.item.setCurrentIndex(dialog.item.findData("pain//"))
    assert "Nobody was asked before the procedure." not in dialog._about_baseline.text()
    dialog.score.setValue(7)
    foreseen(qtbot, dialog)
    dialog.reason.setPlainText("as she recalls it")
    with qtbot.waitSignal(window.chart.shown):
        dialog.confirm()
    (own,) = stored(stiff).own_baselines
    assert (own.item, own.place, own.score) == ("pain", NOWHERE, 7)
    again = edit(qtbot, window)
    again.kinds.choose("baseline")
    again.item.setCurrentIndex(again.item.findData("pain//"))
    assert "as she recalls it" in again._about_baseline.text()
    again.usual_score.click()
    foreseen(qtbot, again)
    again.reason.setPlainText("the paper form was found")
    with qtbot.waitSignal(window.chart.shown):
        again.confirm()
    assert stored(stiff).own_baselines == ()


def test_that_esc_keeps_what_was_typed(
    window: StationWindow, dialog: EpisodeDialog, qtbot: QtBot
) -> None:
    choose_window(dialog, "stiffness", 56, 84)
    dialog.reason.setPlainText("frozen shoulder")
    before = dialog.draft()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.following.dialog is None
    again = edit(qtbot, window)
    assert again is not dialog
    assert again.draft() == before
    assert again.reason.toPlainText() == "frozen shoulder"


def test_that_a_conflict_says_who_was_first_and_keeps_what_was_typed(
    window: StationWindow, dialog: EpisodeDialog, stiff: Ward, qtbot: QtBot
) -> None:
    choose_window(dialog, "stiffness", 56, 84)
    foreseen(qtbot, dialog)
    dialog.reason.setPlainText("frozen shoulder")
    other = stiff.as_somebody_else("Dr Bo")
    episodes.set_window(other, stored(stiff), "stiffness", 70, 90, "agreed")
    with qtbot.waitSignal(window.following.presenter.refused):
        dialog.confirm()
    assert dialog.refusal == (
        "Dr Bo was first, at 2026-04-01 10:00. Nothing of yours was stored; close and open this "
        "again."
    )
    assert dialog.reason.toPlainText() == "frozen shoulder"
    assert not dialog.confirm_button.isEnabled()
    (own,) = stored(stiff).own_windows
    assert own.by == "Dr Bo"


def test_that_an_outage_may_be_tried_again(
    window: StationWindow, dialog: EpisodeDialog, stiff: Ward, qtbot: QtBot
) -> None:
    choose_window(dialog, "stiffness", 56, 84)
    foreseen(qtbot, dialog)
    dialog.reason.setPlainText("frozen shoulder")
    stiff.store.fault = "gone"
    with qtbot.waitSignal(window.following.presenter.refused):
        dialog.confirm()
    assert "could not be stored" in dialog.refusal
    stiff.store.fault = ""
    with qtbot.waitSignal(window.following.presenter.stored):
        dialog.confirm()
    assert len(stored(stiff).own_windows) == 1


def test_that_every_field_can_be_reached_by_tab_and_has_a_name(
    dialog: EpisodeDialog, qtbot: QtBot
) -> None:
    fields = (dialog.date, dialog.profile, dialog.levels, dialog.side, dialog.reason)
    reached = set()
    widget = dialog.date
    for _ in range(60):
        reached.add(widget)
        widget = widget.nextInFocusChain()  # type: ignore[assignment]
    assert set(fields) <= reached
    assert all(field.accessibleName() for field in fields)
