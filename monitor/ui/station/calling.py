"""Brings to the station what a kiosk calls for, and tells the kiosk that somebody is going."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from monitor.services import calls
from monitor.services.clinic import Clinic
from monitor.services.permissions import may
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.dates import moment
from monitor.ui.station.views import CallLine
from monitor.ui.station.wording import name_of


def read_calls(clinic: Clinic) -> tuple[CallLine, ...]:
    """Every call that nobody has answered: urgent ones first, then the oldest.

    Who stands there is told to whom may look at patients.
    """
    waiting = sorted(calls.waiting(clinic), key=lambda call: call.kind != "urgent")
    if not waiting:
        return ()  # as nearly always: asked every few seconds, it reads once
    with clinic.store.read() as work:
        is_told = may(clinic.acting, "look")
        known = {call.episode_id for call in waiting if call.episode_id and is_told}
        people = {e: work.patients.get(work.episodes.get(e).patient_id) for e in known}
    now = clinic.now().astimezone(clinic.zone)
    return tuple(
        CallLine(
            call_id=call.id,
            kind=call.kind,
            kiosk=call.station,
            who=name_of(people[call.episode_id]) if call.episode_id in people else "",
            when=moment(call.at, now),
            episode_id=call.episode_id if is_told else "",
        )
        for call in waiting
    )


def answer(clinic: Clinic, call_id: str) -> tuple[CallLine, ...]:
    """Say that whoever acts here is going; what still waits."""
    calls.answer(clinic, call_id)
    return read_calls(clinic)


class CallsPresenter(QObject):
    """Asks for the calls of the kiosks.

    Signals:
        shown: the calls that wait (tuple of CallLine).
        rang: an urgent call has come that was not there before.
    """

    shown = Signal(object)
    rang = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._known: frozenset[str] = frozenset()

    def poll(self) -> None:
        """Ask what waits now; an outage has its own banner."""
        self._tasks.run(read_calls, then=self._take, failed=lambda _error: None, slot="calls")

    def answer(self, call_id: str) -> None:
        """Say that somebody is going; where somebody else was first, show what is true now."""
        self._tasks.run(answer, call_id, then=self._take, failed=lambda _error: self.poll())

    def _take(self, lines: tuple[CallLine, ...]) -> None:
        urgent = frozenset(line.call_id for line in lines if line.kind == "urgent")
        is_new = bool(urgent - self._known)
        self._known = urgent
        self.shown.emit(lines)
        if is_new:
            self.rang.emit()
