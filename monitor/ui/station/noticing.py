"""Makes the station heard: a sound and a notification for red, and for monitoring that stopped."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from monitor.services import noticing
from monitor.services.clinic import Clinic
from monitor.services.noticing import Notice
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.views import MonitoringState, TestState, Told

AGAIN_SECONDS = 120
"""Between two sounds for the same thing, as long as nobody has seen to it."""

MOST_SOUNDS = 5
"""For the same thing: who was not reached by these is not in the room."""


def read_notice(clinic: Clinic) -> Notice:
    """What there is to notice now."""
    return noticing.notice(clinic)


class NoticePresenter(QObject):
    """Asks whether there is something to make a sound for; everything else stays silent.

    What is said names no patient, so it goes on while nobody is signed in.

    Signals:
        rang: a sound is to be made.
        said: a notification is to be shown (title, text).
        told: that the test was written down (Told).
        test_shown: how the daily test of the alarm stands (TestState).
        counted: how many red alerts nobody has seen (int).
    """

    rang = Signal()
    said = Signal(str, str)
    told = Signal(object)
    test_shown = Signal(object)
    counted = Signal(int)

    def __init__(
        self,
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """steady: seconds of a clock that nobody sets."""
        super().__init__(parent)
        self._tasks = tasks
        self._red = _Bell(steady)
        self._stopped = _Bell(steady)
        self._test = TestState("unknown")
        self._is_playing = False

    def poll(self) -> None:
        """Ask what there is to notice; an outage is told as monitoring that stopped."""
        self._tasks.run(read_notice, then=self._take, failed=lambda _error: None, slot="notice")

    def show_monitoring(self, state: MonitoringState) -> None:
        """Make a sound where monitoring has stopped."""
        if self._stopped.rings_for(frozenset({"stopped"} if state.state == "stopped" else ())):
            self.rang.emit()
            self.said.emit(self.tr("Monitoring is not running"), state.text)

    def play_test(self) -> None:
        """Make the sound and the notification of the test, and ask whether they were noticed."""
        self._is_playing = True
        self.rang.emit()
        self.said.emit(
            self.tr("Test alarm"), self.tr("This is how Rootwatch calls when an alert is red.")
        )
        self._show_test()

    def confirm_test(self, heard: bool) -> None:
        """Say whether the test was noticed; only after it was played."""
        if self._is_playing:
            self._is_playing = False
            self._tasks.run(
                noticing.confirm_test,
                heard,
                then=self._tell_confirmed if heard else self._take,
                failed=lambda _error: self.poll(),
            )

    def _tell_confirmed(self, notice: Notice) -> None:
        self._take(notice)
        self.told.emit(Told(self.tr("Written down: the alarm of this station is heard today.")))

    def _take(self, notice: Notice) -> None:
        self.counted.emit(len(notice.red))
        if self._red.rings_for(notice.red):
            self.rang.emit()
            count = len(notice.red)
            said = self.tr("1 red alert waits at the station.")
            if count > 1:
                said = self.tr("{n} red alerts wait at the station.").format(n=count)
            self.said.emit(self.tr("Act now"), said)
        if not notice.test_is_due:
            self._test = TestState("heard")
        elif notice.test is not None and not notice.test.heard:
            self._test = TestState("not_heard", notice.test.by)
        else:
            self._test = TestState("due")
        self._show_test()

    def _show_test(self) -> None:
        self.test_shown.emit(TestState("playing") if self._is_playing else self._test)


class _Bell:
    """Rings for what is new, and again for a while for what stays."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._known: frozenset[str] = frozenset()
        self._rang = 0
        self._at = 0.0

    def rings_for(self, things: frozenset[str]) -> bool:
        """Whether to ring now for these."""
        is_new = bool(things - self._known)
        self._known = things
        if is_new:
            self._rang = 0
        is_early = self._steady() - self._at < AGAIN_SECONDS
        if not is_new and (not things or self._rang >= MOST_SOUNDS or is_early):
            return False
        self._rang += 1
        self._at = self._steady()
        return True
