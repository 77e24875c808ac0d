"""What happens at kiosk and desk: visits that are not finished, codes, tries, calls."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from monitor.domain.visit import Draft
from monitor.services.ports import (
    Attempt,
    Call,
    Conflict,
    DeskCode,
    Guessed,
    Refusal,
)
from monitor.storage import rows, tables
from monitor.storage.collection import NO_PARENT, Collection, taken


class SqliteDrafts(Collection):
    def set(self, draft: Draft) -> None:
        row = rows.draft_to_row(draft)
        self._write(
            sqlite.insert(tables.draft).values(row).on_conflict_do_update(set_=row),
            refusals={NO_PARENT: Refusal("unknown_episode", episode=draft.episode_id)},
        )

    def get(self, draft_id: str) -> Draft | None:
        row = self._first(sa.select(tables.draft).where(tables.draft.c.id == draft_id))
        return rows.row_to_draft(row) if row else None

    def of_episode(self, episode_id: str) -> tuple[Draft, ...]:
        columns = tables.draft.c
        found = self._all(
            sa.select(tables.draft)
            .where(columns.episode_id == episode_id)
            .order_by(columns.saved_at.desc(), columns.id)
        )
        return tuple(map(rows.row_to_draft, found))

    def saved_before(self, instant: dt.datetime) -> tuple[Draft, ...]:
        columns = tables.draft.c
        found = self._all(
            sa.select(tables.draft)
            .where(columns.saved_at < instant)
            .order_by(columns.saved_at, columns.id)
        )
        return tuple(map(rows.row_to_draft, found))

    def remove(self, draft_id: str) -> None:
        self._write(sa.delete(tables.draft).where(tables.draft.c.id == draft_id))

    def count(self) -> int:
        question = sa.select(sa.func.count()).select_from(tables.draft)
        return self._connection.execute(question).scalar_one()


class SqliteDeskCodes(Collection):
    def add(self, code: DeskCode) -> None:
        columns = tables.desk_code.c
        self._write(
            sa.insert(tables.desk_code),
            rows.desk_code_to_row(code),
            {
                taken(columns.date, columns.digest): Conflict("code_taken"),
                NO_PARENT: Refusal("unknown_episode", episode=code.episode_id),
            },
        )
        self._write(
            sa.delete(tables.desk_code).where(
                columns.date == code.date,
                columns.episode_id == code.episode_id,
                columns.digest != code.digest,
                columns.used_at.is_(None),
            )
        )

    def get(self, digest: str, date: dt.date) -> DeskCode | None:
        columns = tables.desk_code.c
        row = self._first(
            sa.select(tables.desk_code).where(columns.date == date, columns.digest == digest)
        )
        return rows.row_to_desk_code(row) if row else None

    def use(self, digest: str, date: dt.date, at: dt.datetime) -> None:
        columns = tables.desk_code.c
        written = self._write(
            sa.update(tables.desk_code)
            .where(columns.date == date, columns.digest == digest, columns.used_at.is_(None))
            .values(used_at=at)
        )
        if not written:
            raise Conflict("code_used") if self.get(digest, date) else Refusal("unknown_code")


class SqliteAttempts(Collection):
    def add(self, attempt: Attempt) -> None:
        self._write(sa.insert(tables.attempt), rows.attempt_to_row(attempt))

    def since(
        self, instant: dt.datetime, *kinds: Guessed, station: str = "", subject: str = ""
    ) -> tuple[Attempt, ...]:
        columns = tables.attempt.c
        question = sa.select(tables.attempt).where(columns.at >= instant, columns.kind.in_(kinds))
        if station:
            question = question.where(columns.station == station)
        if subject:
            question = question.where(columns.subject == subject)
        # sorted here: asked for this order, the database would read every attempt there ever was
        found = sorted(self._all(question), key=lambda row: row["sequence"])
        return tuple(map(rows.row_to_attempt, found))

    def remove_before(self, instant: dt.datetime) -> None:
        self._write(sa.delete(tables.attempt).where(tables.attempt.c.at < instant))


class SqliteCalls(Collection):
    def add(self, call: Call) -> None:
        self._write(
            sa.insert(tables.call),
            rows.call_to_row(call),
            {taken(tables.call.c.id): Conflict("id_taken", id=call.id)},
        )

    def waiting(self) -> tuple[Call, ...]:
        columns = tables.call.c
        found = self._all(
            sa.select(tables.call).where(tables.is_waiting).order_by(columns.at, columns.id)
        )
        return tuple(map(rows.row_to_call, found))

    def answer(self, call_id: str, by: str, at: dt.datetime) -> None:
        columns = tables.call.c
        written = self._write(
            sa.update(tables.call)
            .where(columns.id == call_id, tables.is_waiting)
            .values(answered_by=by, answered_at=at)
        )
        if not written:
            row = self._first(sa.select(columns.answered_by).where(columns.id == call_id))
            if row is None:
                raise Refusal("unknown_call")
            raise Conflict("call_answered", by=row["answered_by"])
