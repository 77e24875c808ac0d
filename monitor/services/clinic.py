"""The clinic: the ports of the program and who is acting where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from monitor.services.permissions import Acting
from monitor.services.ports import AuditLine, Clock, Protocols, Store


@dataclass(frozen=True)
class Clinic:
    """Passed to every verb. `actor` and `station` sign what is done; `zone` makes dates.

    `acting` says what the actor may do (`monitor.services.permissions`): nothing by default.
    Monitoring counts as stopped when the last sweep is older than `overdue_after`. `program`
    names what judges here: what another version of the rules made cannot be compared.
    """

    store: Store
    clock: Clock
    protocols: Protocols
    name: str
    zone: ZoneInfo
    actor: str
    station: str
    overdue_after: dt.timedelta
    program: str = ""
    acting: Acting = "nobody"

    def now(self) -> dt.datetime:
        return self.clock.now()

    def signed(self, action: str, subject: str, reason: str = "") -> AuditLine:
        """A line of the audit trail: who acts here, now."""
        return AuditLine(self.now(), self.actor, self.station, action, subject, reason)

    def today(self) -> dt.date:
        """The calendar date in the clinic's zone."""
        return self.local_date(self.now())

    def start_of(self, date: dt.date) -> dt.datetime:
        """The instant at which a calendar date begins in the clinic's zone."""
        return dt.datetime.combine(date, dt.time(), self.zone).astimezone(dt.UTC)

    def local_date(self, instant: dt.datetime) -> dt.date:
        return instant.astimezone(self.zone).date()
