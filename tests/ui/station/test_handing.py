"""A nurse hands her screen to the patient who is open, and has it back as she left it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from monitor.services.ports import Refusal
from monitor.ui.station.window import StationWindow
from tests.ui.station.conftest import Opens, Ward


@pytest.fixture
def station(ward: Ward, open_station: Opens, qtbot: QtBot) -> StationWindow:
    ward.admit(1, family_name="Abara", given_name="Ngozi")
    window = open_station()
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.panel.list.model().rowCount() == 1)
    with qtbot.waitSignal(window.chart.shown):
        QTest.keyClick(window.panel.list, Qt.Key.Key_Down)
    return window


def test_that_the_key_hands_over_to_the_open_patient_and_to_nobody_else(
    station: StationWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(station.handed_over) as told:
        QTest.keyClick(station, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    (welcome,) = told.args
    assert (welcome.episode_id, welcome.given_name) == ("episode-1", "Ngozi")


@pytest.mark.qt_log_ignore("Keyboard event not accepted")  # which is what the test is about
def test_that_nothing_can_be_seen_or_done_at_the_station_while_it_is_away(
    station: StationWindow,
) -> None:
    station.step_aside()
    assert not station.header.isVisible()
    QTest.keyClick(station, Qt.Key.Key_P)
    QTest.keyClick(station, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    station.close()
    assert station.isVisible()
    assert station.reporting.dialog is None


def test_that_the_nurse_finds_the_same_patient_when_she_has_it_back(
    station: StationWindow, qtbot: QtBot
) -> None:
    station.step_aside()
    station.come_back()
    assert station.header.isVisible()
    assert station.page.state is not None
    assert station.page.state.episode_id == "episode-1"
    assert station.focusWidget() is station.panel.list
    with qtbot.waitSignal(station.reporting.presenter.asked):
        QTest.keyClick(station, Qt.Key.Key_P)


def test_that_without_a_pin_the_screen_stays_with_the_nurse_who_is_told_why(
    station: StationWindow,
) -> None:
    station.step_aside()
    station.handing.refuse(Refusal("no_pin"))
    assert station.header.isVisible()
    assert "rootwatch pin" in station.told.text.text()


def test_that_a_closed_follow_up_is_not_handed_over(
    ward: Ward, station: StationWindow, qtbot: QtBot
) -> None:
    with ward.store.begin() as work:
        work.episodes.save(replace(work.episodes.get("episode-1"), state="closed"))
        work.commit()
    with qtbot.waitSignal(station.handing.refused) as told:
        QTest.keyClick(station, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert "closed" in told.args[0]
