"""Somebody who uses a window with mouse and keyboard, on a clinic in which things can go wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from monitor.services.clinic import Clinic
from monitor.services.demo import SteppingClock
from monitor.services.ports import Store, Unavailable, Work
from monitor.ui.pictures.camera import Camera
from monitor.ui.shared.tasks import Tasks

LONGEST_WAIT_MS = 20_000
LOOKED_AFTER_MS = 5
FOLLOWING = 4
"""How often an answer of the store may lead to another question before all is still."""


class _ShakyStore:
    """A store that can be taken away and given back."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.is_there = True

    @contextmanager
    def begin(self) -> Iterator[Work]:
        self._need()
        with self._store.begin() as work:
            yield work

    @contextmanager
    def read(self) -> Iterator[Work]:
        self._need()
        with self._store.read() as work:
            yield work

    def revision(self) -> Hashable:
        self._need()
        return self._store.revision()

    def close(self) -> None:
        self._store.close()

    def _need(self) -> None:
        if not self.is_there:
            raise Unavailable("The store was taken away for a picture.")


class Stage:
    """A clinic whose clock stands still and whose store can fail, so that both can be shown."""

    def __init__(self, clinic: Clinic) -> None:
        self._clock = SteppingClock(clinic.now())
        self._store = _ShakyStore(clinic.store)
        self.clinic = replace(clinic, clock=self._clock, store=self._store)

    def now(self) -> dt.datetime:
        return self._clock.now()

    @contextmanager
    def later(self, by: dt.timedelta) -> Iterator[None]:
        """Let the block be played so much later."""
        self._clock.at += by
        yield
        self._clock.at -= by

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Let the store be out of reach while the block is played."""
        self._store.is_there = False
        yield
        self._store.is_there = True


class Person:
    """Uses one window with mouse and keyboard, waits for what comes, and takes pictures."""

    def __init__(self, stage: Stage, tasks: Tasks, camera: Camera) -> None:
        self.stage = stage
        self._tasks = tasks
        self._camera = camera
        self.taken: set[str] = set()
        self.window = QWidget()

    def take(self, name: str) -> None:
        """Take a picture of the window and of the dialog before it, once for each name."""
        if name not in self.taken:
            self.taken.add(name)
            self._breathe()
            self._camera.take(name, self.window, QApplication.activeModalWidget())

    def _breathe(self) -> None:
        """Let Qt lay out and show what was just made."""
        loop = QEventLoop()
        QTimer.singleShot(0, loop, loop.quit)
        loop.exec()

    def click(self, widget: QWidget) -> None:
        if not (widget.isVisible() and widget.isEnabled()):
            raise LookupError(f"nobody could click {widget.accessibleName() or widget}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the keyboard is now."""
        QTest.keyClick(self._keyboard(), key, modifier or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        QTest.keyClicks(self._keyboard(), text)

    def _keyboard(self) -> QWidget:
        front = QApplication.activeModalWidget() or self.window
        if not front.isActiveWindow():  # offscreen no desktop hands the keyboard back
            front.activateWindow()
            self.wait_for("the keyboard", front.isActiveWindow)
        return front.focusWidget() or front

    def wait_for(self, what: str, is_there: Callable[[], bool]) -> None:
        """Let the window live until something is there; refuses with TimeoutError."""
        loop = QEventLoop()
        looking = QTimer(interval=LOOKED_AFTER_MS)
        looking.timeout.connect(lambda: loop.quit() if is_there() else None)
        looking.start()
        QTimer.singleShot(LONGEST_WAIT_MS, loop, loop.quit)
        if not is_there():
            loop.exec()
        looking.stop()
        if not is_there():
            raise TimeoutError(f"{what} did not come")

    def settle(self) -> None:
        """Wait until everything that was asked is answered.

        Verbs run in order: once the last of a few more is answered, so are all before it.
        """
        for _ in range(FOLLOWING):
            answers: list[None] = []
            self._tasks.run(_ask_nothing, then=answers.append)
            self.wait_for("the answer of the store", lambda: bool(answers))  # noqa: B023


def _ask_nothing(_clinic: Clinic) -> None:
    """Do nothing, after everything before it."""
