"""The one way from a screen to the services: verbs run on one database thread, in order."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

Verb = Callable[..., Any]
Then = Callable[[Any], object]
Failed = Callable[[Exception], object]


@dataclass(frozen=True)
class _Job:
    clinic: object
    verb: Verb
    args: tuple[Any, ...]
    then: Then | None
    failed: Failed | None
    slot: str
    number: int


@dataclass(frozen=True)
class _Outcome:
    """`result` and `error` are None where the job was overtaken and not run."""

    job: _Job
    result: Any = None
    error: Exception | None = None
    was_run: bool = True


PATIENCE_SECONDS = 5.0
"""After so long without an answer the store counts as slow, and whoever waits is told."""

WATCHED_EVERY_MS = 500


class Tasks(QObject):
    """Runs verbs on the database thread and brings what they give back to the GUI thread.

    Results arrive through one slot of this object, which lives on the GUI thread: only
    methods of a QObject are moved there, plain functions would run in the worker.

    Signals:
        changed: kinds of thing a verb changed (frozenset of str); whoever shows them asks again.
        unavailable: the store could not be read or written (the exception); a banner's matter.
        available: a verb came through again after `unavailable`.
        slow: nothing was answered for PATIENCE_SECONDS and longer (seconds); told again and again.
        quick: an answer came after that.
        faulted: anything else that went wrong (the exception): a bug.
    """

    changed = Signal(object)
    unavailable = Signal(object)
    available = Signal()
    slow = Signal(float)
    quick = Signal()
    faulted = Signal(object)
    _finished = Signal(object)

    def __init__(
        self,
        clinic: object,
        parent: QObject | None = None,
        *,
        refusals: type[Exception] | tuple[type[Exception], ...] = Exception,
        outages: type[Exception] | tuple[type[Exception], ...] = (),
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """steady: seconds of a clock that nobody sets.

        refusals: what `failed` is told of (`ports.Refusal`); outages: `ports.Unavailable`.

        The types are given by whoever builds it, because this room does not know the services.
        """
        super().__init__(parent)
        self._clinic = clinic
        self._refusals = refusals
        self._outages = outages
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._newest: dict[str, int] = {}
        self._count = 0
        self._away = False
        self._closed = False
        self._steady = steady
        self._asked: deque[float] = deque()
        self._is_slow = False
        self._watchdog = QTimer(self, interval=WATCHED_EVERY_MS)
        self._watchdog.timeout.connect(self.watch)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="database", daemon=True)
        self._thread.start()

    def run(
        self,
        verb: Verb,
        *args: Any,
        then: Then | None = None,
        failed: Failed | None = None,
        slot: str = "",
    ) -> None:
        """Call `verb(clinic, *args)` after everything asked before, and hand on what it gives.

        then: called with the result. failed: called with a refusal or an outage; without it a
        refusal counts as a bug. slot: a name for a question of which only the newest answer
        matters; older ones are dropped, and not asked at all if they have not begun. Only
        reading verbs may have one. After `close` nothing is run.
        """
        if self._closed:
            return
        self._count += 1
        self._asked.append(self._steady())
        self._watchdog.start()
        if slot:
            self._newest[slot] = self._count
        self._jobs.put(_Job(self._clinic, verb, args, then, failed, slot, self._count))

    @property
    def clinic(self) -> Any:
        """For whom verbs are run now."""
        return self._clinic

    def serve(self, clinic: object) -> None:
        """Run what is asked from now on for another clinic: the same one, with somebody else.

        What was asked before is done for whom it was asked.
        """
        self._clinic = clinic

    def close(self) -> None:
        """Finish what was asked, end the thread and wait for it; nothing is delivered after."""
        if self._closed:
            return
        self._closed = True
        self._watchdog.stop()
        self._jobs.put(None)
        self._thread.join()

    def watch(self) -> None:
        """Say how long the oldest question has waited, where that is long.

        A database that hangs gives no error: somebody who has not asked it has to look at the time.
        """
        if not self._asked:
            self._watchdog.stop()
            return
        waited = self._steady() - self._asked[0]
        if waited >= PATIENCE_SECONDS:
            self._is_slow = True
            self.slow.emit(waited)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if self._is_stale(job):
                self._finished.emit(_Outcome(job, was_run=False))
                continue
            try:
                outcome = _Outcome(job, result=job.verb(job.clinic, *job.args))
            except Exception as error:
                outcome = _Outcome(job, error=error)
            self._finished.emit(outcome)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        if self._closed:
            return
        self._asked.popleft()
        if self._is_slow:
            self._is_slow = False
            self.quick.emit()
        if not outcome.was_run:
            return
        if outcome.error is not None:
            self._deliver_error(outcome.job, outcome.error)
            return
        if self._away:
            self._away = False
            self.available.emit()
        if changed := getattr(outcome.result, "changed", None):
            self.changed.emit(changed)
        if outcome.job.then is not None and not self._is_stale(outcome.job):
            outcome.job.then(outcome.result)

    def _deliver_error(self, job: _Job, error: Exception) -> None:
        if isinstance(error, self._outages):
            self._away = True
            self.unavailable.emit(error)
            if job.failed is not None:
                job.failed(error)
        elif isinstance(error, self._refusals) and job.failed is not None:
            if not self._is_stale(job):
                job.failed(error)
        else:
            self.faulted.emit(error)

    def _is_stale(self, job: _Job) -> bool:
        return bool(job.slot) and self._newest[job.slot] != job.number
