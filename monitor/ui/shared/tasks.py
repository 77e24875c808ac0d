"""The one way from a screen to the services: verbs run on one database thread, in order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

Verb = Callable[..., Any]
Then = Callable[[Any], object]
Failed = Callable[[Exception], object]


@dataclass(frozen=True)
class _Job:
    verb: Verb
    args: tuple[Any, ...]
    then: Then | None
    failed: Failed | None
    slot: str
    number: int


@dataclass(frozen=True)
class _Outcome:
    job: _Job
    result: Any = None
    error: Exception | None = None


class Tasks(QObject):
    """Runs verbs on the database thread and brings what they give back to the GUI thread.

    Results arrive through one slot of this object, which lives on the GUI thread: only
    methods of a QObject are moved there, plain functions would run in the worker.

    Signals:
        changed: kinds of thing a verb changed (frozenset of str); whoever shows them asks again.
        unavailable: the store could not be read or written (the exception); a banner's matter.
        available: a verb came through again after `unavailable`.
        faulted: anything else that went wrong (the exception): a bug.
    """

    changed = Signal(object)
    unavailable = Signal(object)
    available = Signal()
    faulted = Signal(object)
    _finished = Signal(object)

    def __init__(
        self,
        clinic: object,
        parent: QObject | None = None,
        *,
        refusals: type[Exception] | tuple[type[Exception], ...] = Exception,
        outages: type[Exception] | tuple[type[Exception], ...] = (),
    ) -> None:
        """refusals: what `failed` is told of (`ports.Refusal`); outages: `ports.Unavailable`.

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
        if slot:
            self._newest[slot] = self._count
        self._jobs.put(_Job(verb, args, then, failed, slot, self._count))

    def close(self) -> None:
        """Finish what was asked, end the thread and wait for it; nothing is delivered after."""
        if self._closed:
            return
        self._closed = True
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if self._is_stale(job):
                continue
            try:
                outcome = _Outcome(job, result=job.verb(self._clinic, *job.args))
            except Exception as error:
                outcome = _Outcome(job, error=error)
            self._finished.emit(outcome)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        if self._closed:
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
