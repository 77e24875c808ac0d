"""Ctrl+K finds patients, lists, pages and commands, by the keyboard alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from monitor.domain.protocol import Priority
from monitor.services import alerts
from monitor.ui.station.screens.palette import PaletteDialog
from monitor.ui.station.window import StationWindow
from tests.ui.station.conftest import Opens, Ward
from tests.ui.station.test_station import click_row

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

CONTROL = Qt.KeyboardModifier.ControlModifier


def open_palette(qtbot: QtBot, window: StationWindow) -> PaletteDialog:
    window.activateWindow()  # offscreen no desktop hands the keyboard back
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_K, CONTROL)
    assert window.finder.dialog is not None
    return window.finder.dialog


def titles(dialog: PaletteDialog) -> list[str]:
    return [entry.title for entry in dialog.entries]


def test_that_it_begins_with_the_lists_and_then_what_can_be_done(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1, Priority.RED)
    window = open_station()
    first, second, *_ = open_palette(qtbot, window).entries
    assert (first.title, first.keys, first.count) == ("Needs attention", "g w", "1")
    assert (second.title, second.priority, second.keys) == ("Act now", Priority.RED, "g a")


def test_that_a_patient_is_found_and_opened_by_the_keyboard(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1, family_name="Okafor")
    ward.raise_alert(1)
    ward.admit(2, family_name="Lindqvist", given_name="Karin", number="204118")
    window = open_station()
    dialog = open_palette(qtbot, window)
    qtbot.keyClicks(dialog.field, "karin lind")
    qtbot.waitUntil(lambda: titles(dialog) == ["Lindqvist, Karin"])
    assert dialog.entries[0].keys == "204 118"
    with qtbot.waitSignal(window.chart.shown):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.page.state is not None
    assert window.page.state.name == "Lindqvist, Karin"
    assert window.finder.dialog is None
    assert window.worklist._name == "worklist"


def test_that_a_list_is_brought_to_the_front(ward: Ward, open_station: Opens, qtbot: QtBot) -> None:
    ward.admit(1)
    window = open_station()
    dialog = open_palette(qtbot, window)
    qtbot.keyClicks(dialog.field, "not rep")
    assert titles(dialog)[0] == "Not reported"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.panel.board.button("silent").isChecked()


def test_that_a_command_is_given(ward: Ward, open_station: Opens, qtbot: QtBot) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    dialog = open_palette(qtbot, window)
    qtbot.keyClicks(dialog.field, "take in hand")
    assert (titles(dialog), dialog.entries[0].keys) == (["Take the alert in hand"], "a")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.deciding.dialog is not None
    assert window.deciding.dialog.step == "acknowledge"


def commands(dialog: PaletteDialog) -> set[str]:
    return {entry.key for entry in dialog.entries if entry.detail == "Command"}


def test_that_only_what_is_possible_now_is_offered(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    of_alert = {"acknowledge", "resolve", "snooze", "why"}
    of_patient = {"edit", "enter", "hand_over"}
    assert not commands(open_palette(qtbot, window)) & (of_alert | of_patient | {"going"})
    window.finder.dialog.reject()  # type: ignore[union-attr]
    click_row(qtbot, window, 0)
    assert of_alert | of_patient <= commands(open_palette(qtbot, window))
    window.finder.dialog.reject()  # type: ignore[union-attr]
    alerts.acknowledge(ward.clinic, "alert-1", 1)
    with qtbot.waitSignal(window.chart.shown):
        window.chart.refresh()
    offered = commands(open_palette(qtbot, window))
    assert "resolve" in offered
    assert "acknowledge" not in offered


def test_that_only_what_is_allowed_is_offered(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1, family_name="Lindqvist")
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    window._tasks.serve(replace(ward.clinic, acting="auditor"))
    dialog = open_palette(qtbot, window)
    offered = commands(dialog)
    assert not offered & {"acknowledge", "edit", "enter", "hand_over"}
    assert {"why", "status"} <= offered
    window._tasks.serve(replace(ward.clinic, acting="admin"))
    dialog.reject()
    dialog = open_palette(qtbot, window)
    qtbot.keyClicks(dialog.field, "lindqvist")
    with qtbot.waitSignal(window.monitoring.shown):
        window.monitoring.poll()
    assert titles(dialog) == []


def test_that_arrows_mark_and_the_mark_stays_while_patients_come(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1, family_name="Allen")
    window = open_station()
    dialog = open_palette(qtbot, window)
    qtbot.keyClicks(dialog.field, "al")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    marked = dialog.list.currentIndex().data()
    qtbot.waitUntil(lambda: "Allen, Kim" in titles(dialog))
    assert titles(dialog)[1] == marked == dialog.list.currentIndex().data()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Up)
    assert dialog.list.currentIndex().row() == 0


def test_that_nothing_found_says_so_and_enter_does_nothing(
    open_station: Opens, qtbot: QtBot
) -> None:
    dialog = open_palette(qtbot, open_station())
    qtbot.keyClicks(dialog.field, "zzzz")
    assert dialog._empty.isVisible()
    assert dialog._empty.text() == "Nothing fits “zzzz”."
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()


@pytest.mark.parametrize("key", ["escape", "again"])
def test_that_esc_and_ctrl_k_close_it(open_station: Opens, qtbot: QtBot, key: str) -> None:
    window = open_station()
    dialog = open_palette(qtbot, window)
    if key == "escape":
        qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    else:
        qtbot.keyClick(dialog.field, Qt.Key.Key_K, CONTROL)
    assert window.finder.dialog is None


def test_that_it_opens_while_somebody_types_in_the_search(
    open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    qtbot.keyClick(window, Qt.Key.Key_Slash)
    assert window.focusWidget() is window.header.search
    assert open_palette(qtbot, window).isVisible()
