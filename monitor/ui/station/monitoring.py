"""Keeps monitoring running while the station is open, and says so, or says that it is not."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from monitor.services import health, review, watching
from monitor.services.clinic import Clinic
from monitor.services.health import Status
from monitor.services.permissions import may
from monitor.services.ports import Sweep, Work
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.rows import phone_lines
from monitor.ui.station.views import MonitoringState, PhoneLine
from monitor.ui.station.wording import ago, name_of, reports_count

translate = QCoreApplication.translate

_PATIENCE = 12
"""Polls without an answer after which the database counts as silent."""
_PATIENCE_WHILE_CHECKING = 120
_OVERDUE_AFTER = dt.timedelta(minutes=20)
"""Taken for the clinic's own setting as long as the store has never answered."""
_BY_HAND_AFTER = dt.timedelta(minutes=40)
_BY_HAND_WHOLLY_AFTER = dt.timedelta(minutes=60)


@dataclass(frozen=True)
class _Read:
    """One look at monitoring; the last two are None where they were not counted this time."""

    status: Status
    overdue_after: dt.timedelta
    unjudged: tuple[str, ...]
    differing: tuple[str, ...]
    unaccounted: int | None = None
    phones: tuple[PhoneLine, ...] | None = None


def _read_status(clinic: Clinic, language: str, count: bool) -> _Read:
    """The status, with the names of those whom the last sweep could not judge or put right.

    Nobody is named to whom may not look at patients: how many they are is told instead. count:
    count everything too, and make the phone list anew; that takes longer.
    """
    status = health.status(clinic)
    may_look = may(clinic.acting, "look")
    with clinic.store.read() as work:
        unjudged = _names(work, status.failed_episodes, named=may_look)
        differing = _names(work, status.differing_episodes, named=may_look)
    return _Read(
        status,
        clinic.overdue_after,
        unjudged,
        differing,
        health.ledger(clinic).unaccounted if count else None,
        phone_lines(clinic, review.worklist(clinic), language) if count and may_look else None,
    )


def _is_over(_clinic: Clinic) -> None:
    """Do nothing, after everything before it."""


def _names(work: Work, episode_ids: Collection[str], *, named: bool) -> tuple[str, ...]:
    if not named:
        if len(episode_ids) == 1:
            return (translate("station", "1 patient"),)
        said = translate("station", "{n} patients").format(n=len(episode_ids))
        return (said,) if episode_ids else ()
    patients = (work.episodes.get(episode_id).patient_id for episode_id in episode_ids)
    return tuple(name_of(work.patients.get(patient_id)) for patient_id in patients)


class MonitoringPresenter(QObject):
    """Sweeps, and asks how monitoring is.

    What it trusts is this machine's steady clock as well as the clinic's: a clock that stands
    still must not make a stopped monitoring look young.

    Signals:
        shown: what the status line and the banner say (MonitoringState).
        checked: a sweep has finished.
    """

    shown = Signal(object)
    checked = Signal()

    def __init__(
        self,
        tasks: Tasks,
        language: str,
        parent: QObject | None = None,
        *,
        watch: Tasks | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """watch: runs the sweeps, so that nobody has to wait for one; steady: seconds of a clock.

        Nobody sets that clock. Without a `watch` sweeps run with everything else.
        """
        super().__init__(parent)
        self.phones: tuple[PhoneLine, ...] = ()
        self._tasks = tasks
        self._watch = watch or tasks
        self._language = language
        self._steady = steady
        self._unanswered = 0
        self._checking = False
        self._count = True
        self._unaccounted = 0
        self._last: Status | None = None
        self._overdue_after = _OVERDUE_AFTER
        self._sweep_seen: tuple[dt.datetime | None, float] = (None, steady())
        self._stopped_at: float | None = None

    def check(self) -> None:
        """Judge every patient now, unless that is going on."""
        if self._checking:
            return
        self._checking = True
        self._watch.run(watching.watch_once, "station", then=self._finish, failed=self._give_up)
        # Verbs run in order: when this answer comes, the sweep asked for before it is over,
        # even one that ended in a bug.
        self._watch.run(_is_over, then=self._look)

    def poll(self) -> None:
        """Ask how monitoring is. An answer that does not come is an answer, too."""
        if not self._unanswered:
            self._ask()
            return
        self._unanswered += 1
        patience = _PATIENCE_WHILE_CHECKING if self._checking else _PATIENCE
        if self._unanswered > patience:
            self._show_stopped(self.tr("The database does not answer."))

    def _ask(self) -> None:
        self._unanswered = 1
        count, self._count = self._count, False
        self._tasks.run(
            _read_status, self._language, count, then=self._take, failed=self._no_answer
        )

    def _finish(self, _done: Sweep) -> None:
        self._checking = False
        self._count = True
        self.checked.emit()

    def _give_up(self, _error: Exception) -> None:
        self._checking = False

    def _look(self, _nothing: None) -> None:
        """Ask what has come of a sweep."""
        self._checking = False
        self._ask()

    def _no_answer(self, _error: Exception) -> None:
        self._unanswered = 0
        self._count = True
        self._show_stopped(self.tr("The database cannot be read or written now."))

    def _take(self, read: _Read) -> None:
        self._unanswered = 0
        self._overdue_after = read.overdue_after
        if read.unaccounted is not None:
            self._unaccounted = read.unaccounted
        if read.phones is not None:
            self.phones = read.phones
        if read.status.last_sweep != self._sweep_seen[0]:
            self._sweep_seen = (read.status.last_sweep, self._steady())
        before, self._last = self._last, read.status
        self._show(read, before)

    def _show(self, read: _Read, before: Status | None) -> None:
        status = read.status
        if stopped := self._why_stopped(status):
            self._show_stopped(stopped)
            return
        self._stopped_at = None
        if status.failed or status.failed_episodes:
            self._show_unjudged(read)
        elif self._unaccounted:
            said = self.tr("Not accounted for: {n} reports or alerts.").format(n=self._unaccounted)
            self._show_bad(said, self.tr("Tell whoever looks after Rootwatch."))
        elif read.differing:
            said = self.tr("Alerts did not agree with the answers and were put right: {names}.")
            advice = self.tr("Read their charts, and tell whoever looks after Rootwatch.")
            self._show_bad(said.format(names="; ".join(read.differing)), advice)
        elif status.waiting and before is not None and before.waiting:
            # One that waits at a single look has just come in and is being judged.
            text = self.tr("Not judged yet: {reports}.").format(
                reports=reports_count(status.waiting)
            )
            self._show_bad(text, self._read_by_hand())
        elif status.dated_ahead:
            self._show_bad(self._dated_ahead(status.dated_ahead), self.tr("Look at their answers."))
        else:
            assert status.lag is not None, "without a sweep it has stopped"
            text = self.tr("Monitoring is running, last checked {ago}")
            received = self.tr("{reports} received, all judged").format(
                reports=reports_count(status.received)
            )
            self.shown.emit(
                MonitoringState("good", text.format(ago=ago(status.lag)), received=received)
            )

    def _why_stopped(self, status: Status) -> str:
        """Why nobody may rely on monitoring now, "" if one may."""
        lag = self._lag()
        if lag is None:
            return self.tr("Patients have never been checked here.")
        if status.overdue and lag < dt.timedelta(0):
            return self.tr("The clock of this computer is wrong: the last check is in its future.")
        if status.overdue or lag > self._overdue_after:
            return self.tr("Patients were last checked {ago}.").format(ago=ago(lag))
        if status.canary_overdue:
            return self.tr("The daily test report has not come through since yesterday began.")
        if status.canary is not None and status.canary.fault:
            return self.tr("The daily test report did not raise and end its alert as it must.")
        return ""

    def _lag(self) -> dt.timedelta | None:
        """How long ago the last sweep was, by whichever clock says longer."""
        if self._last is None or self._last.lag is None:
            return None
        seen = dt.timedelta(seconds=self._steady() - self._sweep_seen[1])
        return self._last.lag if self._last.lag < dt.timedelta(0) else max(self._last.lag, seen)

    def _show_stopped(self, text: str) -> None:
        """Monitoring does not run; the longer that lasts, the more has to be done by hand."""
        if self._stopped_at is None:
            self._stopped_at = self._steady()
        lasts = dt.timedelta(seconds=self._steady() - self._stopped_at)
        lasts = max(lasts, self._lag() or lasts)
        by_hand = ""
        if lasts >= _BY_HAND_WHOLLY_AFTER:
            by_hand = self.tr(
                "Work by hand until it runs: ring everybody on the phone list (F9), then those "
                "whose report is due today. Ask about the warning signs, and write the answers "
                "on paper."
            )
        elif lasts >= _BY_HAND_AFTER:
            by_hand = self.tr(
                "Work by hand until it runs: ring those on the phone list (F9) from the top."
            )
        advice = self.tr(
            "New alerts may be missing. Check now (F5); if this stays red, tell whoever looks "
            "after Rootwatch."
        )
        self.shown.emit(MonitoringState("stopped", text, advice, by_hand=by_hand))

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

    def _read_by_hand(self) -> str:
        return self.tr(
            "The answers are stored. Read them in the patient’s chart, "
            "and tell whoever looks after Rootwatch."
        )
