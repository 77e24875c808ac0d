"""What the program writes down of itself: audit, sweeps, signs of life, secrets."""

from __future__ import annotations

import collections.abc
import datetime as dt

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from monitor.services.ports import (
    AuditLine,
    Canary,
    Heartbeat,
    Sweep,
)
from monitor.storage import rows, tables
from monitor.storage.collection import Collection


class SqliteAudit(Collection):
    def add(self, line: AuditLine) -> None:
        self._write(sa.insert(tables.audit), rows.audit_line_to_row(line))

    def of_subject(self, subject: str) -> tuple[AuditLine, ...]:
        columns = tables.audit.c
        found = self._all(
            sa.select(tables.audit)
            .where(columns.subject == subject)
            .order_by(columns.at, columns.sequence)
        )
        return tuple(map(rows.row_to_audit_line, found))

    def find(
        self,
        first: dt.datetime,
        last: dt.datetime,
        *,
        actor: str = "",
        action: str = "",
        subjects: collections.abc.Collection[str] = (),
        limit: int = 500,
    ) -> tuple[AuditLine, ...]:
        columns = tables.audit.c
        question = sa.select(tables.audit).where(columns.at >= first, columns.at < last)
        if actor:
            question = question.where(columns.actor == actor)
        if action:
            question = question.where(columns.action == action)
        if subjects:
            question = question.where(columns.subject.in_(subjects))
        found = self._all(
            question.order_by(columns.at.desc(), columns.sequence.desc()).limit(limit)
        )
        return tuple(map(rows.row_to_audit_line, found))


class SqliteSweeps(Collection):
    def add(self, sweep: Sweep) -> None:
        self._write(sa.insert(tables.sweep), rows.sweep_to_row(sweep))

    def last(self) -> Sweep | None:
        row = self._last(tables.sweep)
        return rows.row_to_sweep(row) if row else None


class SqliteHeartbeats(Collection):
    def set(self, heartbeat: Heartbeat) -> None:
        row = rows.heartbeat_to_row(heartbeat)
        self._write(sqlite.insert(tables.heartbeat).values(row).on_conflict_do_update(set_=row))

    def all(self) -> tuple[Heartbeat, ...]:
        columns = tables.heartbeat.c
        found = self._all(sa.select(tables.heartbeat).order_by(columns.role, columns.station))
        return tuple(map(rows.row_to_heartbeat, found))


class SqliteCanaries(Collection):
    def add(self, canary: Canary) -> None:
        self._write(sa.insert(tables.canary), rows.canary_to_row(canary))

    def last(self) -> Canary | None:
        row = self._last(tables.canary)
        return rows.row_to_canary(row) if row else None

    def last_through(self) -> Canary | None:
        columns = tables.canary.c
        through = sa.select(tables.canary).where(columns.fault == "")
        row = self._first(through.order_by(columns.sequence.desc()).limit(1))
        return rows.row_to_canary(row) if row else None


class SqliteSecrets(Collection):
    def get(self, name: str) -> str:
        row = self._first(sa.select(tables.secret).where(tables.secret.c.name == name))
        return row["value"] if row else ""

    def set(self, name: str, value: str) -> None:
        row = {"name": name, "value": value}
        self._write(sqlite.insert(tables.secret).values(row).on_conflict_do_update(set_=row))
