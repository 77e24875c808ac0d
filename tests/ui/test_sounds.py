"""The chime: heard where it can be, and without harm where it cannot."""

from __future__ import annotations

import importlib
import shutil
import wave
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QProcess, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.ui.shared.sounds import Chime

CHIME = Path(__file__).parents[2] / "resources" / "sounds" / "chime.wav"


@pytest.fixture
def beeps(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append("beep"))
    return heard


class Effect:
    """Stands in for a part of Qt that is not installed with Rootwatch."""

    played: list[QUrl] = []  # noqa: RUF012 -- emptied by each test

    def __init__(self, parent: object) -> None:
        self._source = QUrl()

    def setSource(self, source: QUrl) -> None:  # noqa: N802 -- as Qt calls it
        self._source = source

    def play(self) -> None:
        self.played.append(self._source)


def let_qt_play(monkeypatch: pytest.MonkeyPatch, *, loudspeaker: bool) -> None:
    device = SimpleNamespace(isNull=lambda: not loudspeaker)
    multimedia = SimpleNamespace(
        QSoundEffect=Effect, QMediaDevices=SimpleNamespace(defaultAudioOutput=lambda: device)
    )
    found = {"PySide6.QtMultimedia": multimedia}

    def imported(name: str) -> Any:
        if name not in found:
            raise ImportError(name)
        return found[name]

    monkeypatch.setattr(importlib, "import_module", imported)
    Effect.played.clear()


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The programs of this desktop: none but those that a test puts here."""
    there: list[str] = []
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name in there else None)
    return there


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What was started as a program of its own."""
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(QProcess, "startDetached", lambda *given: started.append(given))
    return started


def let_nothing_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", absent)


def test_that_it_plays_its_file_each_time(
    beeps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_qt_play(monkeypatch, loudspeaker=True)
    chime = Chime(CHIME)
    chime.ring()
    chime.ring()
    assert Effect.played == [QUrl.fromLocalFile(str(CHIME))] * 2
    assert beeps == []


def test_that_it_does_not_play_by_qt_without_a_loudspeaker(
    beeps: list[str], programs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_qt_play(monkeypatch, loudspeaker=False)
    Chime(CHIME).ring()
    assert beeps == ["beep"]
    assert Effect.played == []


def test_that_a_player_of_the_desktop_is_taken_where_qt_cannot_play(
    beeps: list[str],
    programs: list[str],
    started: list[tuple[str, list[str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    let_nothing_be_imported(monkeypatch)
    programs += ["aplay", "paplay"]
    Chime(CHIME).ring()
    assert started == [("/bin/paplay", [str(CHIME)])]
    assert beeps == []


def test_that_it_beeps_where_nothing_can_play(
    beeps: list[str], programs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_nothing_be_imported(monkeypatch)
    Chime(CHIME).ring()
    assert beeps == ["beep"]


def test_that_windows_plays_it_itself(
    beeps: list[str], programs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[tuple[str, int]] = []
    windows = SimpleNamespace(
        PlaySound=lambda *given: played.append(given), SND_FILENAME=2, SND_ASYNC=1
    )

    def imported(name: str) -> Any:
        if name != "winsound":
            raise ImportError(name)
        return windows

    monkeypatch.setattr(importlib, "import_module", imported)
    Chime(CHIME).ring()
    assert played == [(str(CHIME), 3)]
    assert beeps == []


def test_that_the_chime_is_short_and_not_loud() -> None:
    with wave.open(str(CHIME)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
    assert 0.3 < seconds < 1.5
    assert 0.1 < max(abs(sample) for sample in samples) / 32767 < 0.5
