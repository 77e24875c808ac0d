"""Alerts, their history, and the order of the worklist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from monitor.domain.alert import Alert, Event, State
from monitor.domain.episode import CANARY
from monitor.domain.protocol import Priority
from monitor.domain.urgency import HANDLED
from monitor.services.ports import (
    Conflict,
    Refusal,
    Tally,
    Waiting,
)
from monitor.storage import rows, tables
from monitor.storage.collection import NO_PARENT, Collection, apart, taken
from monitor.storage.columns import Date
from monitor.storage.lists import LAST_REPORT, RECEIVED_AT

OPEN_TAKEN = taken(*(tables.alert.c[name] for name in ("episode_id", "rule", "site", "side")))


class SqliteAlerts(Collection):
    def add(self, alert: Alert) -> None:
        self._write(
            sa.insert(tables.alert),
            rows.alert_to_row(alert),
            {
                taken(tables.alert.c.id): Conflict("id_taken", id=alert.id),
                OPEN_TAKEN: Conflict("alert_open", rule=alert.finding.rule),
                NO_PARENT: Refusal("unknown_episode", episode=alert.episode_id),
            },
        )

    def save(self, alert: Alert, seen_version: int) -> None:
        columns = tables.alert.c
        written = self._write(
            sa.update(tables.alert)
            .where(columns.id == alert.id, columns.version == seen_version)
            .values(rows.alert_to_row(alert)),
            refusals={OPEN_TAKEN: Conflict("alert_open", rule=alert.finding.rule)},
        )
        if not written:
            there = self.get(alert.id)
            raise Conflict(
                "alert_changed",
                by=there.changed_by,
                at=there.changed_at.isoformat(),
                state=there.state.value,
            )

    def get(self, alert_id: str) -> Alert:
        row = self._first(sa.select(tables.alert).where(tables.alert.c.id == alert_id))
        if row is None:
            raise Refusal("unknown_alert", alert=alert_id)
        return rows.row_to_alert(row)

    def of_episode(self, episode_id: str) -> tuple[Alert, ...]:
        columns = tables.alert.c
        found = self._all(
            sa.select(tables.alert)
            .where(columns.episode_id == episode_id)
            .order_by(columns.raised_at, columns.id)
        )
        return tuple(map(rows.row_to_alert, found))

    def add_event(self, event: Event) -> None:
        self._write(
            sa.insert(tables.alert_event),
            rows.event_to_row(event),
            {NO_PARENT: Refusal("unknown_alert", alert=event.alert_id)},
        )

    def events(self, alert_id: str) -> tuple[Event, ...]:
        columns = tables.alert_event.c
        found = self._all(
            sa.select(tables.alert_event)
            .where(columns.alert_id == alert_id)
            # not by their instants: a clock that was put back must not mix up what followed what
            .order_by(columns.sequence)
        )
        return tuple(map(rows.row_to_event, found))

    def waiting(self, now: dt.datetime, today: dt.date) -> tuple[Waiting, ...]:
        alert, episode, patient = tables.alert, tables.episode, tables.patient
        judgement, known = tables.judgement, (LAST_REPORT, RECEIVED_AT, tables.judgement.c.due_on)
        found = self._connection.execute(
            sa.select(alert, episode, patient, *known)
            .join(episode, episode.c.id == alert.c.episode_id)
            .join(patient, patient.c.id == episode.c.patient_id)
            .outerjoin(judgement, judgement.c.episode_id == episode.c.id)
            .where(tables.is_open)
            .order_by(*_urgency(now, today))
        ).all()
        parts = apart(found, alert, episode, patient)
        return tuple(
            Waiting(
                rows.row_to_alert(a),
                rows.row_to_patient(p),
                rows.row_to_episode(e),
                *row[-len(known) :],
            )
            for row, (a, e, p) in zip(found, parts, strict=True)
        )

    def unseen(self, priority: Priority) -> frozenset[str]:
        columns = tables.alert.c
        question = sa.select(columns.id).where(
            tables.is_open,
            columns.state == State.RAISED.value,
            columns.priority_rank == priority.rank,
            columns.episode_id != CANARY,
        )
        return frozenset(self._connection.scalars(question))

    def count(self) -> int:
        # each has a history, and those can only be added to
        question = sa.select(sa.func.count(sa.distinct(tables.alert_event.c.alert_id)))
        return self._connection.execute(question).scalar_one()

    def states(self) -> Mapping[State, int]:
        column = tables.alert.c.state
        found = self._connection.execute(sa.select(column, sa.func.count()).group_by(column))
        return {State(state): count for state, count in found}

    def tallies(self) -> tuple[Tally, ...]:
        columns = tables.alert.c
        found = self._connection.execute(
            sa.select(
                columns.rule,
                sa.func.count(),
                sa.func.sum(sa.case((tables.is_open, 1), else_=0)),
                sa.func.sum(sa.case((columns.useful == "useful", 1), else_=0)),
                sa.func.sum(sa.case((columns.useful == "not_useful", 1), else_=0)),
            )
            .where(columns.episode_id != CANARY)
            .group_by(columns.rule)
            .order_by(columns.rule)
        )
        return tuple(Tally(*row) for row in found)


def _urgency(now: dt.datetime, today: dt.date) -> tuple[sa.ColumnElement[Any], ...]:
    """The order of `monitor.domain.urgency`, in the words of the database."""
    columns = tables.alert.c
    is_raised = columns.state == State.RAISED.value
    is_back = sa.and_(sa.not_(is_raised), columns.until <= now)
    is_overdue = sa.and_(is_raised, columns.respond_by < now)
    has_ended = columns.ended_day.is_not(None)
    # the earlier a window ended, the more days it is past; one that is not past counts as today
    is_past = sa.and_(sa.not_(has_ended), columns.window_ended_on < today)
    return (
        sa.case(
            (is_back, HANDLED[State.RAISED]),
            *((columns.state == state.value, place) for state, place in HANDLED.items()),
        ),
        columns.priority_rank,
        columns.flag,
        sa.case((is_overdue, 0), else_=1),
        sa.case((has_ended, 1), else_=0),
        sa.case((is_past, columns.window_ended_on), else_=sa.literal(today, Date)),
        sa.case((is_back, columns.until), else_=columns.raised_at),
        columns.id,
    )
