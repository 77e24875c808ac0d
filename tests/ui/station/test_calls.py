"""A kiosk calls for somebody, and the station says so until a nurse is going."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from monitor.services import calls
from monitor.services.ports import CallKind
from monitor.ui.station.window import StationWindow
from tests.ui.station.conftest import Opens, Ward


@pytest.fixture
def station(ward: Ward, open_station: Opens) -> StationWindow:
    ward.admit(1, family_name="Abara", given_name="Ngozi")
    window = open_station()
    window.activateWindow()
    return window


def call(ward: Ward, kind: CallKind, episode_id: str = "") -> None:
    calls.call(replace(ward.clinic, actor="patient", station="Kiosk A"), kind, episode_id)


def looked(station: StationWindow, qtbot: QtBot) -> None:
    """Let the station ask for calls, as it does every few seconds."""
    with qtbot.waitSignal(station.calls.shown):
        station.calls.poll()


def test_that_nothing_is_said_while_nobody_calls(station: StationWindow, qtbot: QtBot) -> None:
    looked(station, qtbot)
    assert station.call_bar.isHidden()


def test_that_an_urgent_call_names_kiosk_and_patient_and_rings_once(
    ward: Ward, station: StationWindow, qtbot: QtBot
) -> None:
    rang: list[bool] = []
    station.calls.rang.connect(lambda: rang.append(True))
    call(ward, "urgent", "episode-1")
    looked(station, qtbot)
    looked(station, qtbot)
    assert (
        station.call_bar.text.text() == "Kiosk A: Abara, Ngozi needs a nurse now (today at 10:00)."
    )
    assert len(rang) == 1


def test_that_help_signing_in_names_nobody_and_does_not_ring(
    ward: Ward, station: StationWindow, qtbot: QtBot
) -> None:
    rang: list[bool] = []
    station.calls.rang.connect(lambda: rang.append(True))
    call(ward, "help")
    looked(station, qtbot)
    assert station.call_bar.text.text().startswith("Kiosk A: somebody needs help signing in")
    assert station.call_bar.open_button.isHidden()
    assert not rang


def test_that_the_urgent_call_stands_before_an_older_one(
    ward: Ward, station: StationWindow, qtbot: QtBot
) -> None:
    call(ward, "help")
    ward.clock.advance(minutes=3)
    call(ward, "urgent", "episode-1")
    looked(station, qtbot)
    assert "needs a nurse now" in station.call_bar.text.text()
    assert station.call_bar.more.text() == "1 more"


def test_that_one_key_says_who_is_going_and_shows_what_still_waits(
    ward: Ward, station: StationWindow, qtbot: QtBot
) -> None:
    call(ward, "urgent", "episode-1")
    call(ward, "staff")
    looked(station, qtbot)
    with qtbot.waitSignal(station.calls.shown):
        QTest.keyClick(station, Qt.Key.Key_F8)
    assert "asks for staff" in station.call_bar.text.text()
    with ward.store.read() as work:
        assert [c.kind for c in work.calls.waiting()] == ["staff"]


def test_that_a_call_somebody_else_answered_goes_away(
    ward: Ward, station: StationWindow, qtbot: QtBot
) -> None:
    call(ward, "urgent", "episode-1")
    looked(station, qtbot)
    (waiting,) = calls.waiting(ward.clinic)
    calls.answer(ward.as_somebody_else("Nurse Bea"), waiting.id)
    with qtbot.waitSignal(station.calls.shown):
        station.call_bar.answer()
    assert station.call_bar.isHidden()


def test_that_the_patient_who_stands_there_can_be_opened(
    ward: Ward, station: StationWindow, qtbot: QtBot
) -> None:
    call(ward, "urgent", "episode-1")
    looked(station, qtbot)
    with qtbot.waitSignal(station.chart.shown):
        QTest.mouseClick(station.call_bar.open_button, Qt.MouseButton.LeftButton)
    assert station.page.state is not None
    assert station.page.state.episode_id == "episode-1"
