"""Asks the audit trail who did what, and puts it into words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from monitor.services import auditing
from monitor.services.auditing import Found, Line, Search
from monitor.services.ports import Refusal
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.keeping import AuditState, Wanted

translate = QCoreApplication.translate


@dataclass(frozen=True)
class _Asked:
    """A search as it was sent."""

    search: Search
    number: int


class AuditPresenter(QObject):
    """Searches page by page, the newest first.

    Signals:
        shown: what was found (AuditState).
        refused: why nothing was (str).
    """

    shown = Signal(object)
    refused = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._asked: _Asked | None = None

    @property
    def today(self) -> dt.date:
        today: dt.date = self._tasks.clinic.today()
        return today

    def search(self, wanted: Wanted) -> None:
        """Look for something else, from the newest on."""
        search = Search(
            wanted.first, wanted.last, wanted.patient.strip(), wanted.actor, wanted.group
        )
        self._ask(_Asked(search, 0))

    def turn(self, by: int) -> None:
        """Go to an older page (1) or a newer one (-1) of what was found."""
        if self._asked is not None:
            self._ask(_Asked(self._asked.search, max(0, self._asked.number + by)))

    def _ask(self, asked: _Asked) -> None:
        self._asked = asked
        self._tasks.run(
            auditing.search, asked.search, asked.number,
            then=self._take, failed=self._refuse, slot="audit",
        )  # fmt: skip

    def _take(self, found: Found) -> None:
        zone = self._tasks.clinic.zone
        self.shown.emit(
            AuditState(
                rows=tuple(_row(line, zone) for line in found.lines),
                says=self._says(found),
                has_newer=found.number > 0,
                has_older=found.has_more,
                actors=found.actors,
            )
        )

    def _says(self, found: Found) -> str:
        if not found.lines:
            return self.tr("Nothing was done that fits. Widen the days, or leave a field empty.")
        first = found.number * auditing.PAGE + 1
        said = self.tr("{first} to {last}, the newest first")
        return said.format(first=first, last=first + len(found.lines) - 1)

    def _refuse(self, error: Exception) -> None:
        code = error.code if isinstance(error, Refusal) else ""
        said = {
            "unknown_patient": self.tr("No patient fits. Search by the number."),
            "too_many_patients": self.tr("Too many patients fit. Search by the number."),
        }
        away = self.tr("That is not possible now: the database does not answer.")
        self.refused.emit(said.get(code, away))


def _row(line: Line, zone: dt.tzinfo) -> tuple[str, ...]:
    """When, who, where, what, about whom and why."""
    when = f"{line.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    return when, line.actor, line.station, _what(line.action), line.about, line.reason


def _what(action: str) -> str:
    """What was done, in the words of the buttons where those are others than the trail's own."""
    return {
        "alert_acknowledge": translate("station", "Alert taken in hand"),
        "alert_snooze": translate("station", "Alert put aside"),
        "alert_resolve": translate("station", "Alert closed"),
        "alert_reopen": translate("station", "Alert opened again"),
        "alert_undo": translate("station", "Step undone"),
        "alert_rate": translate("station", "Alert marked as useful or not"),
    }.get(action, action.replace("_", " ").capitalize())
