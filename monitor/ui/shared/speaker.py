"""The process that speaks for the kiosk, run by `Voice` alone: it may hang, the kiosk may not.

Run as `speaker.py ENGINES CODE...`: the engines to try (QtTextToSpeech's names, divided by
commas; nothing for all that are no mock), and the codes of the languages to look for. It reads
one JSON object from each line of its input, {"say": text, "language": code} or {"say": ""} to
stop, and writes {"languages": [code...]} once and {"speaks": bool} with each change. It ends with
its input, or at once where nothing here can speak.
"""

from __future__ import annotations

import importlib
import json
import sys
import threading
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Signal

MOCK = "mock"
"""Qt's own engine for tests, which is always there and makes no sound."""


class Reader(QObject):
    """Reads the input on a thread of its own, for Windows cannot wait for it in any other way.

    Signals: read, with a line; ended.
    """

    read = Signal(str)
    ended = Signal()

    def start(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.read.emit(line)
        self.ended.emit()


class Speaker(QObject):
    """One engine that is ready, and the voice it has for each language."""

    def __init__(self, speech: Any, engine: Any, locales: dict[str, QLocale]) -> None:
        super().__init__()
        self._engine = engine
        self._locales = locales
        self._speaking = speech.QTextToSpeech.State.Speaking
        engine.stateChanged.connect(self._tell)

    def obey(self, line: str) -> None:
        """Say what a line of the input asks for, in place of what is said now."""
        asked = json.loads(line)
        self._engine.stop()
        if asked["say"]:
            self._engine.setLocale(self._locales[asked["language"]])
            self._engine.say(asked["say"])

    def _tell(self, state: object) -> None:
        write({"speaks": state == self._speaking})


def write(told: dict[str, object]) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201 -- this is how the process answers


def ready_engine(speech: Any, names: Iterable[str]) -> Any:
    """The first of these engines that can speak; None if none can."""
    for name in names:
        engine = speech.QTextToSpeech(name)
        if engine.state() == speech.QTextToSpeech.State.Ready:
            return engine
    return None


def locales_of(engine: Any, codes: Iterable[str]) -> dict[str, QLocale]:
    """The voice for each language that has one: the country's usual one, or the first."""
    found = {}
    for code in codes:
        usual = QLocale(code)
        locales = [
            each for each in engine.availableLocales() if each.language() == usual.language()
        ]
        if locales and usual.language() != QLocale.Language.C:  # what is not known is C
            found[code] = usual if usual in locales else locales[0]
    return found


def main(engines: str, codes: list[str]) -> int:
    """Speak until the input ends."""
    try:
        speech = importlib.import_module("PySide6.QtTextToSpeech")
    except ImportError:  # not installed, or without the system's own part of it
        return 0
    app = QCoreApplication([])
    there = [name for name in speech.QTextToSpeech.availableEngines() if name != MOCK]
    engine = ready_engine(speech, engines.split(",") if engines else there)
    if engine is None:
        return 0
    locales = locales_of(engine, codes)
    speaker, reader = Speaker(speech, engine, locales), Reader()
    reader.read.connect(speaker.obey)
    reader.ended.connect(app.quit)
    write({"languages": list(locales)})
    reader.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
