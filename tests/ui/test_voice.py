"""The voice that reads aloud: the same contract for the one of the tests and Qt's own."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from monitor.ui.shared.voice import PART, SPEAKER, Voice
from tests.ui.voices import FakeVoice

CAN_SPEAK = importlib.util.find_spec(PART) is not None
"""Whether the part of Qt that speaks is installed; its engine "mock" makes no sound."""
VOICES = ["fake", "mock"] if CAN_SPEAK else ["fake"]
LONG = "Zero means that you have no pain at all, and ten means the worst pain. " * 20

AnyVoice = FakeVoice | Voice


@pytest.fixture(params=VOICES)
def voice(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[AnyVoice]:
    voice: AnyVoice = FakeVoice("en") if request.param == "fake" else Voice("mock")
    yield voice
    voice.close()


def begin(voice: AnyVoice, qtbot: QtBot) -> None:
    voice.start(["en", "xx"])
    qtbot.waitUntil(lambda: bool(voice.languages), timeout=20_000)


def test_that_a_voice_has_no_language_before_it_has_looked(voice: AnyVoice) -> None:
    assert voice.languages == frozenset()
    assert not voice.is_speaking


def test_that_a_voice_finds_the_languages_that_it_can_speak(voice: AnyVoice, qtbot: QtBot) -> None:
    told: list[frozenset[str]] = []
    voice.changed.connect(lambda: told.append(voice.languages))
    begin(voice, qtbot)
    assert voice.languages == {"en"}
    assert told == [{"en"}]


def test_that_a_voice_speaks_until_it_is_stopped(voice: AnyVoice, qtbot: QtBot) -> None:
    begin(voice, qtbot)
    voice.say(LONG, "en")
    assert voice.is_speaking
    told: list[bool] = []
    voice.changed.connect(lambda: told.append(voice.is_speaking))
    voice.stop()
    assert not voice.is_speaking
    assert told == [False]


def test_that_a_text_takes_the_place_of_another(voice: AnyVoice, qtbot: QtBot) -> None:
    begin(voice, qtbot)
    voice.say(LONG, "en")
    voice.say(LONG, "en")
    assert voice.is_speaking


def test_that_nothing_is_said_in_a_language_without_a_voice(voice: AnyVoice, qtbot: QtBot) -> None:
    voice.say(LONG, "en")
    begin(voice, qtbot)
    voice.say(LONG, "xx")
    assert not voice.is_speaking


def test_that_a_text_comes_to_its_end(voice: AnyVoice, qtbot: QtBot) -> None:
    begin(voice, qtbot)
    voice.say("No.", "en")
    if isinstance(voice, FakeVoice):
        voice.finish()
    qtbot.waitUntil(lambda: not voice.is_speaking, timeout=20_000)


def test_that_a_voice_that_is_closed_is_silent(voice: AnyVoice, qtbot: QtBot) -> None:
    begin(voice, qtbot)
    voice.say(LONG, "en")
    voice.close()
    assert not voice.is_speaking


def test_that_a_machine_that_cannot_speak_says_so_by_silence() -> None:
    """The process ends at once, with or without the part of Qt that speaks."""
    command = [sys.executable, "-P", str(SPEAKER), "no-such-engine", "en"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(CAN_SPEAK, reason="the part of Qt that speaks is installed here")
def test_that_the_absence_of_the_part_that_speaks_does_no_harm(qtbot: QtBot) -> None:
    voice = Voice()
    voice.start(["en"])
    voice.say(LONG, "en")
    voice.stop()
    voice.close()
    assert voice.languages == frozenset()
    assert not voice.is_speaking
