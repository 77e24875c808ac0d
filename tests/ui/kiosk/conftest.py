"""A kiosk on the real services and the default protocol, with a store in memory."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from monitor.content.protocols import read_protocol
from monitor.domain.protocol import Protocol
from monitor.domain.submission import Submission
from monitor.services.clinic import Clinic
from monitor.services.ports import Refusal, Unavailable
from monitor.ui.kiosk.comfort import USUAL, Comfort
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.screens.statements import StatementsScreen
from monitor.ui.kiosk.window import KioskWindow
from monitor.ui.shared.languages import Languages
from monitor.ui.shared.theme import Theme, load_fonts
from tests.builders import episode, instant, patient, procedure
from tests.fakes import FakeClock, FakeProtocols, FakeStore

RESOURCES = Path(__file__).parents[3] / "resources"
SMALL_PANEL = (1280, 800)


class StraightTasks(QObject):
    """Runs a verb at once and on this thread, with the outcomes of the real tasks.

    With `hold` set, verbs wait until `release`: the store is slow.
    """

    changed = Signal(object)
    faulted = Signal(object)

    def __init__(self, clinic: Clinic) -> None:
        super().__init__()
        self.clinic = clinic
        self.hold = False
        self._waiting: list[Callable[[], None]] = []

    def run(self, verb: Any, *args: Any, then: Any = None, failed: Any = None) -> None:
        self._waiting.append(lambda: self._do(verb, args, then, failed))
        if not self.hold:
            self.release()

    def release(self) -> None:
        self.hold = False
        while self._waiting:
            self._waiting.pop(0)()

    def _do(self, verb: Any, args: tuple[Any, ...], then: Any, failed: Any) -> None:
        try:
            result = verb(self.clinic, *args)
        except (Refusal, Unavailable) as error:
            if failed is not None:
                failed(error)
        except Exception as error:  # noqa: BLE001 -- as the real tasks do
            self.faulted.emit(error)
        else:
            if then is not None:
                then(result)


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    return read_protocol(RESOURCES / "protocols" / "cervical_rhizotomy")


@pytest.fixture(scope="session")
def theme() -> Theme:
    return Theme.from_mapping(tomllib.loads((RESOURCES / "themes" / "light.toml").read_text()))


@dataclass
class Kiosk:
    """The kiosk and what lies behind it. `day` is today's postoperative day."""

    window: KioskWindow
    tasks: StraightTasks
    store: FakeStore

    @property
    def screen(self) -> Any:
        return self.window.current()

    @property
    def guide(self) -> Any:
        """Who leads the patient now."""
        return self.window._guide

    def touch(self, widget: QWidget) -> None:
        """Touch a key with the mouse, as a patient sees it."""
        assert widget.isVisible(), "only what can be seen can be touched"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def sign_in(self, number: str = "1001", day: str = "17", year: str = "1970") -> None:
        """Start, clinic number and a date of birth in May, and wait for the answer."""
        self.touch(self.screen.start)
        self.touch(self.screen.number)
        self.type_identity(number, day, year)
        self.touch(self.screen.next)
        self.wait_for_answer()

    def type_identity(self, number: str, day: str, year: str) -> None:
        """From the page of the number to the year, typed but not gone on from."""
        self.type(number)
        self.touch(self.screen.next)
        self.type(day)
        self.touch(self.screen.next)
        self.touch(self.screen.months[4])
        self.touch(self.screen.next)
        self.type(year)

    def wait_for_answer(self) -> None:
        """Let the time pass after which it is told whether somebody matched."""
        self.window._arrival.answer.timeout.emit()

    def type(self, digits: str) -> None:
        for digit in digits:
            self.touch(self.screen.digits[digit])

    def begin(self) -> None:
        """Sign in as the patient, say "this is me" and begin."""
        self.sign_in()
        self.touch(self.screen.go_on)
        self.touch(self.screen.go_on)

    def go_to_review(self) -> None:
        """Deny every warning sign, then skip what is left."""
        for _ in range(80):
            if isinstance(self.screen, ReviewScreen):
                return
            keys = isinstance(self.screen, PickScreen | StatementsScreen)
            if keys and self.screen.denial.isVisible():
                self.touch(self.screen.denial)
                self.touch(self.screen.next)
            else:
                self.touch(self.screen.skip)
        raise AssertionError("the questions have no end")

    def send(self) -> None:
        """Look at every page of the review and send from the last."""
        while self.screen.later.isVisible():
            self.touch(self.screen.later)
        self.touch(self.screen.next)

    def submissions(self) -> tuple[Submission, ...]:
        fault, self.store.fault = self.store.fault, ""
        with self.store.read() as work:
            found = work.submissions.of_episode("episode-1")
        self.store.fault = fault
        return found

    def wipe(self) -> None:
        """Let Qt delete what was said to be deleted."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Keyboard:
    """Types as the desktop reports it: to the window, each key with its time in milliseconds."""

    SLOWLY, FAST = 200, 5

    def __init__(self, kiosk: Kiosk) -> None:
        self._kiosk = kiosk
        self._ms = 0

    def type(self, text: str, every_ms: int = SLOWLY) -> None:
        """The keys of a text one after the other, the first of them after a long pause."""
        for index, character in enumerate(text):
            self.press(character, every_ms if index else 10_000)

    def press(self, character: str, after_ms: int = SLOWLY) -> None:
        """The key, or the chord with Ctrl, that types a character."""
        self._ms += after_ms
        key, modifiers = _key_of(character)
        handle = self._kiosk.window.windowHandle()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, character)
            event.setTimestamp(self._ms)
            QApplication.sendEvent(handle, event)


NAMED_KEYS = {
    "\r": Qt.Key.Key_Return,
    "\n": Qt.Key.Key_Enter,
    "\t": Qt.Key.Key_Tab,
    "\b": Qt.Key.Key_Backspace,
    "\x1b": Qt.Key.Key_Escape,
    "\x7f": Qt.Key.Key_Delete,
}


def _key_of(character: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    if character in NAMED_KEYS:
        return NAMED_KEYS[character], Qt.KeyboardModifier.NoModifier
    if character < " ":
        return Qt.Key(ord(character) + 64), Qt.KeyboardModifier.ControlModifier
    return Qt.Key(ord(character.upper())), Qt.KeyboardModifier.NoModifier


def let_close(window: QWidget) -> None:
    """As staff do it: what fills the screen refuses to close, and guards it as long as it is."""
    assert isinstance(window, KioskWindow)
    window.allow_close = True


@pytest.fixture
def make_kiosk(qtbot: QtBot, protocol: Protocol, theme: Theme) -> Callable[..., Kiosk]:
    load_fonts(RESOURCES / "fonts")

    def make(
        day: int = 2,
        size: tuple[int, int] = SMALL_PANEL,
        comfort: Comfort = USUAL,
        dpi: float = 96.0,
        profile: str = "RF_DRG",
        settling_ms: int = 0,
        store: FakeStore | None = None,
        full_screen: bool = False,
        **settings: Any,
    ) -> Kiosk:
        clock = FakeClock(instant(day))
        if store is None:
            store = FakeStore()
            with store.begin() as work:
                work.patients.add(patient(1, given_name="Adalind", family_name="Eriksson"))
                work.episodes.add(episode(1, procedure=procedure(profile=profile)))
                work.commit()
        clinic = Clinic(
            store=store,
            clock=clock,
            protocols=FakeProtocols(protocol),
            name="Northfield Clinic",
            zone=ZoneInfo("Europe/London"),
            actor="patient",
            station="kiosk",
            overdue_after=dt.timedelta(minutes=20),
            acting="kiosk",
        )
        tasks = StraightTasks(clinic)
        window = KioskWindow(
            tasks,  # type: ignore[arg-type]
            clinic.name,
            theme,
            Languages(RESOURCES / "languages"),
            full_screen=full_screen,
            zone=dt.UTC,
            now=clock.now,
            comfort=comfort,
            dpi=dpi,
            settling_ms=settling_ms,
            **settings,
        )
        window.resize(*size)
        qtbot.addWidget(window, before_close_func=let_close)
        with qtbot.waitExposed(window):
            window.show()
        return Kiosk(window, tasks, store)

    return make
