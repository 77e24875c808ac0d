"""Patients, the users, and what was imported of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from monitor.domain.episode import CANARY, Patient
from monitor.domain.folding import digits, folded
from monitor.services.ports import (
    Batch,
    Conflict,
    Refusal,
    User,
)
from monitor.storage import rows, tables
from monitor.storage.collection import NO_PARENT, Collection, taken


class SqlitePatients(Collection):
    def add(self, patient: Patient) -> None:
        self._write(
            sa.insert(tables.patient),
            rows.patient_to_row(patient),
            {
                taken(tables.patient.c.id): Conflict("id_taken", id=patient.id),
                taken(tables.patient.c.number): Conflict("number_taken", number=patient.number),
            },
        )

    def get(self, patient_id: str) -> Patient:
        row = self._first(sa.select(tables.patient).where(tables.patient.c.id == patient_id))
        if row is None:
            raise Refusal("unknown_patient", patient=patient_id)
        return rows.row_to_patient(row)

    def by_number(self, number: str) -> Patient | None:
        row = self._first(sa.select(tables.patient).where(tables.patient.c.number == number))
        return rows.row_to_patient(row) if row else None

    def save(self, patient: Patient) -> None:
        written = self._write(
            sa.update(tables.patient)
            .where(tables.patient.c.id == patient.id)
            .values(rows.patient_to_row(patient)),
            refusals={
                taken(tables.patient.c.number): Conflict("number_taken", number=patient.number)
            },
        )
        if not written:
            raise Refusal("unknown_patient", patient=patient.id)

    def remove(self, patient_id: str) -> None:
        written = self._write(
            sa.delete(tables.patient).where(tables.patient.c.id == patient_id),
            refusals={NO_PARENT: Refusal("in_use")},
        )
        if not written:
            raise Refusal("unknown_patient", patient=patient_id)

    def alike(
        self, number: str, family_name: str, given_name: str, birth_date: dt.date | None, phone: str
    ) -> tuple[Patient, ...]:
        columns = tables.patient.c
        family, given = folded(family_name), folded(given_name)
        same_family = columns.family_folded == family
        same_given = columns.given_folded == given
        either = [same for name, same in ((family, same_family), (given, same_given)) if name]
        ways = []
        if number:
            ways.append(columns.number == number)
        if family and given:
            ways.append(sa.and_(same_family, same_given))
        if birth_date and either:
            ways.append(sa.and_(columns.birth_date == birth_date, sa.or_(*either)))
        if digits(phone):
            ways.append(columns.phone_digits == digits(phone))
        if not ways:
            return ()
        found = sa.select(tables.patient).where(columns.id != CANARY, sa.or_(*ways))
        return tuple(map(rows.row_to_patient, self._all(found.order_by(*tables.by_name))))

    def all(self) -> tuple[Patient, ...]:
        found = self._all(sa.select(tables.patient).order_by(*tables.by_name))
        return tuple(map(rows.row_to_patient, found))


class SqliteUsers(Collection):
    def add(self, user: User) -> None:
        self._write(
            sa.insert(tables.user),
            rows.user_to_row(user),
            {
                taken(tables.user.c.id): Conflict("id_taken", id=user.id),
                **_name_taken(user),
            },
        )

    def get(self, user_id: str) -> User:
        row = self._first(sa.select(tables.user).where(tables.user.c.id == user_id))
        if row is None:
            raise Refusal("unknown_user", user=user_id)
        return rows.row_to_user(row)

    def save(self, user: User) -> None:
        written = self._write(
            sa.update(tables.user)
            .where(tables.user.c.id == user.id)
            .values(rows.user_to_row(user)),
            refusals=_name_taken(user),
        )
        if not written:
            raise Refusal("unknown_user", user=user.id)

    def all(self) -> tuple[User, ...]:
        found = self._all(sa.select(tables.user).order_by(tables.user.c.name_folded))
        return tuple(map(rows.row_to_user, found))


def _name_taken(user: User) -> dict[str, Refusal]:
    return {taken(tables.user.c.name_folded): Conflict("name_taken", name=user.name)}


class SqliteLooks(Collection):
    def set(self, user: str, episode_id: str, at: dt.datetime) -> None:
        row = {"user": user, "episode_id": episode_id, "at": at}
        self._write(
            sqlite.insert(tables.look).values(row).on_conflict_do_update(set_=row),
            refusals={NO_PARENT: Refusal("unknown_episode", episode=episode_id)},
        )

    def of_user(self, user: str) -> Mapping[str, dt.datetime]:
        columns = tables.look.c
        question = sa.select(columns.episode_id, columns.at).where(columns.user == user)
        return dict(map(tuple, self._connection.execute(question)))


class SqliteBatches(Collection):
    def add(self, batch: Batch) -> None:
        self._write(
            sa.insert(tables.batch),
            rows.batch_to_row(batch),
            {taken(tables.batch.c.id): Conflict("id_taken", id=batch.id)},
        )

    def get(self, batch_id: str) -> Batch:
        row = self._first(sa.select(tables.batch).where(tables.batch.c.id == batch_id))
        if row is None:
            raise Refusal("unknown_batch")
        return rows.row_to_batch(row)

    def undone(self, batch_id: str, at: dt.datetime) -> None:
        columns = tables.batch.c
        written = self._write(
            sa.update(tables.batch)
            .where(columns.id == batch_id, columns.undone_at.is_(None))
            .values(undone_at=at)
        )
        if not written:
            self.get(batch_id)
            raise Conflict("batch_undone")

    def all(self) -> tuple[Batch, ...]:
        columns = tables.batch.c
        found = self._all(sa.select(tables.batch).order_by(columns.at.desc(), columns.id))
        return tuple(map(rows.row_to_batch, found))
