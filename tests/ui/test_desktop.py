"""Notifications: by whichever way the desktop has, and none where it has no way."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from monitor.ui.shared.desktop import Desktop


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(QProcess, "startDetached", lambda *given: started.append(given))
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    return started


@pytest.fixture
def desktop(qtbot: QtBot) -> Desktop:
    window = QWidget()
    qtbot.addWidget(window)
    desktop = Desktop(window)
    desktop.setProperty("window", window)  # or the window would go with this function
    return desktop


def test_that_a_desktop_without_a_tray_is_told_by_its_program(
    desktop: Desktop, started: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    desktop.say("Act now", "1 red alert waits at the station.")
    assert started == [
        (
            "/bin/notify-send",
            ["--urgency=critical", "--", "Act now", "1 red alert waits at the station."],
        )
    ]


def test_that_a_desktop_without_either_is_left_in_peace(
    desktop: Desktop, started: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    desktop.say("Act now", "1 red alert waits at the station.")
    assert started == []


def test_that_a_tray_is_taken_where_there_is_one(
    desktop: Desktop, started: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _icon: None)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _icon, title, *_rest: shown.append(title)
    )
    desktop.say("Act now", "1 red alert waits at the station.")
    assert shown == ["Act now"]
    assert started == []
