"""Keeps monitoring running while the station is open, and says so, or says that it is not."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from monitor.services import review, sweep
from monitor.services.clinic import Clinic
from monitor.services.ports import Sweep
from monitor.services.review import Status
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.views import MonitoringState
from monitor.ui.station.wording import ago, name_of, reports_count

_PATIENCE = 12
"""Polls without an answer after which the database counts as silent."""
_PATIENCE_WHILE_CHECKING = 120


@dataclass(frozen=True)
class _Read:
    status: Status
    unjudged: tuple[str, ...]


def _read_status(clinic: Clinic) -> _Read:
    """The status, with the names of the patients whom the last sweep could not judge."""
    status = review.status(clinic)
    if not status.failed_episodes:
        return _Read(status, ())
    failed = frozenset(status.failed_episodes)
    rows = review.patients(clinic)
    names = (name_of(r.patient) for r in rows if r.episode and r.episode.id in failed)
    return _Read(status, tuple(names))


class MonitoringPresenter(QObject):
    """Sweeps, and asks how monitoring is.

    Signals:
        shown: what the status line says (MonitoringState).
        checked: a sweep has finished.
    """

    shown = Signal(object)
    checked = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._unanswered = 0
        self._checking = False
        self._last: Status | None = None

    def check(self) -> None:
        """Judge every patient now, unless that is going on."""
        if self._checking:
            return
        self._checking = True
        self._tasks.run(sweep.run, then=self._finish, failed=self._give_up)
        self._ask()

    def poll(self) -> None:
        """Ask how monitoring is. An answer that does not come is an answer, too."""
        if not self._unanswered:
            self._ask()
            return
        self._unanswered += 1
        patience = _PATIENCE_WHILE_CHECKING if self._checking else _PATIENCE
        if self._unanswered > patience:
            self._show_bad(self.tr("The database does not answer."), self._call_for_help())

    def _ask(self) -> None:
        self._unanswered = 1
        self._tasks.run(_read_status, then=self._take, failed=self._no_answer)

    def _finish(self, _done: Sweep) -> None:
        self._checking = False
        self.checked.emit()

    def _give_up(self, _error: Exception) -> None:
        self._checking = False

    def _no_answer(self, _error: Exception) -> None:
        self._unanswered = 0
        self._show_bad(
            self.tr("The database cannot be read or written now."), self._call_for_help()
        )

    def _take(self, read: _Read) -> None:
        self._unanswered = 0
        # Verbs run in order: when this answer comes, a sweep asked for before it is over,
        # even one that ended in a bug.
        self._checking = False
        before, self._last = self._last, read.status
        self._show(read, before)

    def _show(self, read: _Read, before: Status | None) -> None:
        status = read.status
        if status.lag is None:
            self._show_bad(self.tr("Monitoring has never run here."), self._call_for_help())
        elif status.overdue:
            late = self.tr("Monitoring is overdue: last checked {ago}.")
            if status.lag.total_seconds() < 0:
                late = self.tr("The clock is wrong: the last check lies in the future.")
            self._show_bad(late.format(ago=ago(status.lag)), self._call_for_help())
        elif status.failed or status.failed_episodes:
            self._show_unjudged(read)
        elif status.waiting and before is not None and before.waiting:
            # One that waits at a single look has just come in and is being judged.
            text = self.tr("Not judged yet: {reports}.").format(
                reports=reports_count(status.waiting)
            )
            self._show_bad(text, self._read_by_hand())
        elif status.dated_ahead:
            self._show_bad(self._dated_ahead(status.dated_ahead), self.tr("Look at their answers."))
        else:
            text = self.tr("Monitoring is running, last checked {ago}")
            received = self.tr("{reports} received, all judged").format(
                reports=reports_count(status.received)
            )
            self.shown.emit(
                MonitoringState("good", text.format(ago=ago(status.lag)), received=received)
            )

    def _show_unjudged(self, read: _Read) -> None:
        if read.unjudged:
            text = self.tr("Not judged: {names}.").format(names="; ".join(read.unjudged))
        else:
            failed = reports_count(read.status.failed)
            text = self.tr("Could not be judged: {reports}.").format(reports=failed)
        self._show_bad(text, self._read_by_hand())

    def _dated_ahead(self, count: int) -> str:
        if count == 1:
            return self.tr("1 patient has a report dated in the future: a clock was wrong.")
        return self.tr("{n} patients have a report dated in the future: a clock was wrong.").format(
            n=count
        )

    def _show_bad(self, text: str, advice: str) -> None:
        self.shown.emit(MonitoringState("bad", text, advice))

    def _call_for_help(self) -> str:
        return self.tr(
            "New alerts may be missing. Check now; if this stays red, "
            "tell whoever looks after Rootwatch."
        )

    def _read_by_hand(self) -> str:
        return self.tr(
            "The answers are stored. Read them in the patient’s chart, "
            "and tell whoever looks after Rootwatch."
        )
