"""A unit of work on the database: its collections, and the one transaction they share."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from monitor.domain.alert import Alert, Event, State
from monitor.domain.episode import CANARY, Episode, Patient
from monitor.domain.submission import Submission
from monitor.domain.urgency import HANDLED
from monitor.domain.visit import Draft
from monitor.services.ports import (
    Asked,
    Attempt,
    AuditLine,
    Call,
    Canary,
    Conflict,
    Contact,
    DeskCode,
    Evaluation,
    EvaluationState,
    Guessed,
    Heartbeat,
    Judged,
    Refusal,
    Sweep,
    Tally,
    Waiting,
)
from monitor.storage import rows, tables
from monitor.storage.columns import Date

NO_PARENT = "FOREIGN KEY constraint failed"
"""What the database says of a row that names one of another table that is not there."""


def taken(*columns: sa.Column[Any]) -> str:
    """What the database says of a row whose values in `columns` are in use already."""
    return f"UNIQUE constraint failed: {', '.join(map(str, columns))}"


OPEN_TAKEN = taken(*(tables.alert.c[name] for name in ("episode_id", "rule", "site", "side")))


class Collection:
    """What the collections share: asking, and writing with the database's refusals in our words."""

    def __init__(self, connection: sa.Connection, *, writable: bool) -> None:
        self._connection = connection
        self._writable = writable

    def _all(self, question: sa.Select[Any]) -> Sequence[sa.RowMapping]:
        return self._connection.execute(question).mappings().all()

    def _first(self, question: sa.Select[Any]) -> sa.RowMapping | None:
        return self._connection.execute(question).mappings().first()

    def _last(self, table: sa.Table) -> sa.RowMapping | None:
        """The row that was added last to a table whose rows are numbered in `sequence`."""
        column = table.c.sequence
        last = sa.select(sa.func.max(column)).scalar_subquery()
        return self._first(sa.select(table).where(column == last))

    def _write(
        self,
        statement: sa.Executable,
        values: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None = None,
        refusals: Mapping[str, Refusal] | None = None,
    ) -> int:
        """Return how many rows were written; refusals: what to raise, by what the database says."""
        if not self._writable:
            raise RuntimeError("this unit of work only reads")
        try:
            return self._connection.execute(statement, values).rowcount
        except sa.exc.IntegrityError as error:
            # by its words, as the driver gives no finer code than "constraint"
            refusal = (refusals or {}).get(str(error.orig))
            if refusal is None:
                raise
            raise refusal from error


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

    def all(self) -> tuple[Patient, ...]:
        # sorted here, because the database knows no small and capital letters beyond ASCII
        found = map(rows.row_to_patient, self._all(sa.select(tables.patient)))
        return tuple(
            sorted(
                found, key=lambda p: (p.family_name.casefold(), p.given_name.casefold(), p.number)
            )
        )


class SqliteEpisodes(Collection):
    def add(self, episode: Episode) -> None:
        self._write(
            sa.insert(tables.episode),
            rows.episode_to_row(episode),
            {
                taken(tables.episode.c.id): Conflict("id_taken", id=episode.id),
                NO_PARENT: Refusal("unknown_patient", patient=episode.patient_id),
            },
        )

    def get(self, episode_id: str) -> Episode:
        row = self._first(sa.select(tables.episode).where(tables.episode.c.id == episode_id))
        if row is None:
            raise Refusal("unknown_episode", episode=episode_id)
        return rows.row_to_episode(row)

    def save(self, episode: Episode) -> None:
        written = self._write(
            sa.update(tables.episode)
            .where(tables.episode.c.id == episode.id)
            .values(rows.episode_to_row(episode)),
            refusals={NO_PARENT: Refusal("unknown_patient", patient=episode.patient_id)},
        )
        if not written:
            raise Refusal("unknown_episode", episode=episode.id)

    def of_patient(self, patient_id: str) -> tuple[Episode, ...]:
        columns = tables.episode.c
        found = self._all(
            sa.select(tables.episode)
            .where(columns.patient_id == patient_id)
            .order_by(columns.procedure_date.desc(), columns.id)
        )
        return tuple(map(rows.row_to_episode, found))

    def open_ids(self) -> tuple[str, ...]:
        columns = tables.episode.c
        question = sa.select(columns.id).where(columns.state == "open").order_by(columns.id)
        return tuple(self._connection.scalars(question))


class SqliteSubmissions(Collection):
    def add(self, submission: Submission) -> bool:
        known = self._known(submission.id)
        if known is not None:
            if replace(known, received_at=submission.received_at) != submission:
                raise Conflict("submission_differs", submission=submission.id)
            return False
        self._write(
            sa.insert(tables.submission),
            rows.submission_to_row(submission),
            {NO_PARENT: Refusal("unknown_episode", episode=submission.episode_id)},
        )
        if submission.answers:
            self._write(sa.insert(tables.answer), rows.answers_to_rows(submission))
        waiting = Evaluation(submission.id, submission.episode_id, "waiting")
        self._write(sa.insert(tables.evaluation), rows.evaluation_to_row(waiting))
        return True

    def get(self, submission_id: str) -> Submission:
        found = self._known(submission_id)
        if found is None:
            raise Refusal("unknown_submission", submission=submission_id)
        return found

    def has(self, submission_id: str) -> bool:
        column = tables.submission.c.id
        return self._first(sa.select(column).where(column == submission_id)) is not None

    def _known(self, submission_id: str) -> Submission | None:
        row = self._first(
            sa.select(tables.submission).where(tables.submission.c.id == submission_id)
        )
        if row is None:
            return None
        # the episode too: answers are clustered by it
        answers = self._all(
            sa.select(tables.answer)
            .where(tables.answer.c.episode_id == row["episode_id"])
            .where(tables.answer.c.submission_id == submission_id)
            .order_by(tables.answer.c.position)
        )
        return rows.row_to_submission(row, answers)

    def of_episode(self, episode_id: str) -> tuple[Submission, ...]:
        answers = defaultdict(list)
        for answer in self._all(
            sa.select(tables.answer)
            .where(tables.answer.c.episode_id == episode_id)
            .order_by(tables.answer.c.position)
        ):
            answers[answer["submission_id"]].append(answer)
        columns = tables.submission.c
        found = self._all(
            sa.select(tables.submission)
            .where(columns.episode_id == episode_id)
            .order_by(columns.answered_at, columns.id)
        )
        return tuple(rows.row_to_submission(row, answers[row["id"]]) for row in found)

    def mark(self, evaluation: Evaluation) -> None:
        written = self._write(
            sa.update(tables.evaluation)
            .where(tables.evaluation.c.submission_id == evaluation.submission_id)
            .values(rows.evaluation_to_row(evaluation))
        )
        if not written:
            raise Refusal("unknown_submission", submission=evaluation.submission_id)

    def evaluations(self, *states: EvaluationState, of_episode: str = "") -> tuple[Evaluation, ...]:
        report, known = tables.submission.c, tables.evaluation.c
        question = (
            sa.select(
                known.submission_id, report.episode_id, known.state, known.attempts, known.error
            )
            .join(tables.submission, report.id == known.submission_id)
            .where(known.state.in_(states))
            .order_by(report.received_at, report.id)
        )
        if "evaluated" not in states:
            question = question.where(tables.unevaluated)
        if of_episode:
            question = question.where(report.episode_id == of_episode)
        return tuple(map(rows.row_to_evaluation, self._all(question)))

    def count(self) -> int:
        question = sa.select(sa.func.count()).select_from(tables.submission)
        return self._connection.execute(question).scalar_one()

    def states(self) -> Mapping[EvaluationState, int]:
        column = tables.evaluation.c.state
        found = self._connection.execute(sa.select(column, sa.func.count()).group_by(column))
        return dict(map(tuple, found))

    def last_dates(self) -> Mapping[str, dt.date]:
        # one look at the index per episode, not one pass over all reports there ever were
        columns = tables.submission.c
        latest = (
            sa.select(sa.func.max(columns.local_date))
            .where(columns.episode_id == tables.episode.c.id)
            .scalar_subquery()
        )
        found = self._connection.execute(sa.select(tables.episode.c.id, latest))
        return {episode_id: date for episode_id, date in found if date is not None}


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
        found = self._connection.execute(
            sa.select(alert, episode, patient)
            .join(episode, episode.c.id == alert.c.episode_id)
            .join(patient, patient.c.id == episode.c.patient_id)
            .where(tables.is_open)
            .order_by(*_urgency(now, today))
        )
        return tuple(
            Waiting(rows.row_to_alert(a), rows.row_to_patient(p), rows.row_to_episode(e))
            for a, e, p in _apart(found, alert, episode, patient)
        )

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


def _apart(found: Iterable[Sequence[Any]], *parts: sa.Table) -> Iterator[list[rows.Row]]:
    """Joined rows as one row a table; tables share column names, so each takes its stretch."""
    names = [table.c.keys() for table in parts]
    for row in found:
        values = iter(row)
        yield [dict(zip(own, islice(values, len(own)), strict=True)) for own in names]


class SqliteContacts(Collection):
    def add(self, contact: Contact) -> None:
        self._write(
            sa.insert(tables.contact),
            rows.contact_to_row(contact),
            {
                taken(tables.contact.c.id): Conflict("id_taken", id=contact.id),
                NO_PARENT: Refusal("unknown_episode", episode=contact.episode_id),
            },
        )

    def of_episode(self, episode_id: str) -> tuple[Contact, ...]:
        columns = tables.contact.c
        found = self._all(
            sa.select(tables.contact)
            .where(columns.episode_id == episode_id)
            .order_by(columns.date, columns.id)
        )
        return tuple(map(rows.row_to_contact, found))


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


class SqliteSweeps(Collection):
    def add(self, sweep: Sweep) -> None:
        self._write(sa.insert(tables.sweep), rows.sweep_to_row(sweep))

    def last(self) -> Sweep | None:
        row = self._last(tables.sweep)
        return rows.row_to_sweep(row) if row else None


class SqliteJudgements(Collection):
    def set(self, judged: Judged) -> None:
        row = rows.judged_to_row(judged)
        self._write(
            sqlite.insert(tables.judgement).values(row).on_conflict_do_update(set_=row),
            refusals={NO_PARENT: Refusal("unknown_episode", episode=judged.episode_id)},
        )

    def get(self, episode_id: str) -> Judged | None:
        columns = tables.judgement.c
        row = self._first(sa.select(tables.judgement).where(columns.episode_id == episode_id))
        return rows.row_to_judged(row) if row else None

    def asked(self) -> tuple[Asked, ...]:
        judgement, episode, patient = tables.judgement, tables.episode, tables.patient
        found = self._connection.execute(
            sa.select(judgement, episode, patient)
            .join(episode, episode.c.id == judgement.c.episode_id)
            .join(patient, patient.c.id == episode.c.patient_id)
            .where(tables.is_extra, episode.c.state == "open")
            .order_by(judgement.c.due_on, episode.c.id)
        )
        return tuple(
            Asked(rows.row_to_judged(j), rows.row_to_patient(p), rows.row_to_episode(e))
            for j, e, p in _apart(found, judgement, episode, patient)
        )


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


class SqliteSecrets(Collection):
    def get(self, name: str) -> str:
        row = self._first(sa.select(tables.secret).where(tables.secret.c.name == name))
        return row["value"] if row else ""

    def set(self, name: str, value: str) -> None:
        row = {"name": name, "value": value}
        self._write(sqlite.insert(tables.secret).values(row).on_conflict_do_update(set_=row))


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

    def commit(self) -> None:
        if not self._writable:
            raise RuntimeError("this unit of work only reads")
        self._connection.commit()
