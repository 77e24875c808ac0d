"""A unit of work on the database: its collections, and the one transaction they share."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.storage.alerts import SqliteAlerts
from monitor.storage.desk import SqliteAttempts, SqliteCalls, SqliteDeskCodes, SqliteDrafts
from monitor.storage.following import (
    SqliteContacts,
    SqliteEpisodes,
    SqliteJudgements,
    SqliteSubmissions,
)
from monitor.storage.lists import SqliteLists
from monitor.storage.people import SqliteBatches, SqliteLooks, SqlitePatients, SqliteUsers
from monitor.storage.records import (
    SqliteAudit,
    SqliteCanaries,
    SqliteHeartbeats,
    SqliteSecrets,
    SqliteSweeps,
)


class SqliteWork:
    """One unit of work. `commit` keeps what was done so far; what follows needs another."""

    def __init__(self, connection: sa.Connection, *, writable: bool) -> None:
        self._connection = connection
        self._writable = writable
        self.patients = SqlitePatients(connection, writable=writable)
        self.episodes = SqliteEpisodes(connection, writable=writable)
        self.submissions = SqliteSubmissions(connection, writable=writable)
        self.alerts = SqliteAlerts(connection, writable=writable)
        self.contacts = SqliteContacts(connection, writable=writable)
        self.audit = SqliteAudit(connection, writable=writable)
        self.sweeps = SqliteSweeps(connection, writable=writable)
        self.judgements = SqliteJudgements(connection, writable=writable)
        self.heartbeats = SqliteHeartbeats(connection, writable=writable)
        self.canaries = SqliteCanaries(connection, writable=writable)
        self.drafts = SqliteDrafts(connection, writable=writable)
        self.desk_codes = SqliteDeskCodes(connection, writable=writable)
        self.attempts = SqliteAttempts(connection, writable=writable)
        self.calls = SqliteCalls(connection, writable=writable)
        self.secrets = SqliteSecrets(connection, writable=writable)
        self.users = SqliteUsers(connection, writable=writable)
        self.looks = SqliteLooks(connection, writable=writable)
        self.batches = SqliteBatches(connection, writable=writable)
        self.lists = SqliteLists(connection, writable=writable)

    def commit(self) -> None:
        if not self._writable:
            raise RuntimeError("this unit of work only reads")
        self._connection.commit()
