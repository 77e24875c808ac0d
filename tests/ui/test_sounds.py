"""The chime: heard where it can be, and without harm where it cannot."""

from __future__ import annotations

import importlib
import wave
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QUrl
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
    monkeypatch.setattr(importlib, "import_module", lambda _: multimedia)
    Effect.played.clear()


def test_that_it_plays_its_file_each_time(
    beeps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_qt_play(monkeypatch, loudspeaker=True)
    chime = Chime(CHIME)
    chime.ring()
    chime.ring()
    assert Effect.played == [QUrl.fromLocalFile(str(CHIME))] * 2
    assert beeps == []


def test_that_it_beeps_without_a_loudspeaker(
    beeps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_qt_play(monkeypatch, loudspeaker=False)
    Chime(CHIME).ring()
    assert beeps == ["beep"]
    assert Effect.played == []


def test_that_it_beeps_where_qt_cannot_play(
    beeps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    Chime(CHIME).ring()
    assert beeps == ["beep"]


def test_that_the_chime_is_short_and_not_loud() -> None:
    with wave.open(str(CHIME)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
    assert 0.3 < seconds < 1.5
    assert 0.1 < max(abs(sample) for sample in samples) / 32767 < 0.5
