"""What is followed: episodes, the reports of them, what was judged, and contacts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from monitor.domain.episode import Episode
from monitor.domain.submission import Submission
from monitor.services.ports import (
    Asked,
    Conflict,
    Contact,
    Evaluation,
    EvaluationState,
    Judged,
    Refusal,
)
from monitor.storage import rows, tables
from monitor.storage.collection import NO_PARENT, Collection, apart, taken


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

    def remove(self, episode_id: str) -> None:
        # together, as one that is refused must leave what was judged of it
        with self._connection.begin_nested():
            for made_again in (tables.judgement, tables.look):
                self._write(sa.delete(made_again).where(made_again.c.episode_id == episode_id))
            written = self._write(
                sa.delete(tables.episode).where(tables.episode.c.id == episode_id),
                refusals={NO_PARENT: Refusal("in_use")},
            )
            if not written:
                raise Refusal("unknown_episode", episode=episode_id)

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

    def operators(self) -> tuple[str, ...]:
        named = tables.episode.c.operator
        question = sa.select(named).where(named != "").distinct().order_by(named)
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
            for j, e, p in apart(found, judgement, episode, patient)
        )


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

    def get(self, contact_id: str) -> Contact:
        row = self._first(sa.select(tables.contact).where(tables.contact.c.id == contact_id))
        if row is None:
            raise Refusal("unknown_contact", contact=contact_id)
        return rows.row_to_contact(row)

    def of_episode(self, episode_id: str) -> tuple[Contact, ...]:
        columns = tables.contact.c
        found = self._all(
            sa.select(tables.contact)
            .where(columns.episode_id == episode_id)
            .order_by(columns.date, columns.sequence)
        )
        return tuple(map(rows.row_to_contact, found))

    def promised(self) -> Mapping[str, dt.date]:
        columns, later = tables.contact.c, tables.contact.alias("later").c
        is_struck = sa.exists().where(STRIKE.strikes == columns.id, STRIKE.strikes != NOTHING)
        later_is_struck = sa.exists().where(STRIKE.strikes == later.id, STRIKE.strikes != NOTHING)
        was_followed = sa.exists().where(
            later.episode_id == columns.episode_id,
            later.sequence > columns.sequence,
            later.result != NOTHING,
            sa.or_(later.result.in_(SPOKEN), later.next_on.is_not(None)),
            sa.not_(later_is_struck),
        )
        question = (
            sa.select(columns.episode_id, columns.next_on)
            .join(tables.episode, tables.episode.c.id == columns.episode_id)
            .where(tables.is_promise, tables.episode.c.state == "open")
            .where(sa.not_(is_struck), sa.not_(was_followed))
        )
        return dict(map(tuple, self._connection.execute(question)))

    def recipients(self) -> tuple[str, ...]:
        columns = tables.contact.c
        question = (
            sa.select(columns.escalated_to)
            .where(columns.escalated_to != NOTHING)
            .group_by(columns.escalated_to)
            .order_by(sa.func.max(columns.sequence).desc())
        )
        return tuple(self._connection.scalars(question))


SPOKEN = ("reached", "refused")
"""The results of attempts in which a promise to be in touch was kept."""

STRIKE = tables.contact.alias("strike").c
NOTHING: sa.ColumnElement[str] = sa.literal_column("''")
