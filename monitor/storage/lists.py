"""The station's lists: what is asked about many patients at once."""

from __future__ import annotations

import collections.abc
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from monitor.domain import silence
from monitor.domain.episode import CANARY, Patient
from monitor.domain.folding import folded, sought
from monitor.domain.protocol import Priority
from monitor.services.ports import Found, Listed, Score
from monitor.storage import rows, tables
from monitor.storage.collection import Collection, apart
from monitor.storage.columns import Date, Instant

PRIORITIES = tuple(Priority)
PATIENT, EPISODE, SUBMISSION = tables.patient.c, tables.episode.c, tables.submission.c
IS_SOMEBODY = PATIENT.id != CANARY


class SqliteLists(Collection):
    def find(self, words: Sequence[str], offset: int, limit: int) -> Found:
        wanted = sought(words)
        fits = sa.and_(IS_SOMEBODY, *map(_has, wanted))
        order = (*_rank(wanted), *tables.by_name)
        page = sa.select(PATIENT.id).where(fits).order_by(*order).offset(offset).limit(limit)
        newest = tables.episode.alias()
        its_newest = (
            sa.select(newest.c.id)
            .where(newest.c.patient_id == PATIENT.id)
            .order_by(newest.c.procedure_date.desc(), newest.c.id)
            .limit(1)
            .scalar_subquery()
        )
        everybody = tables.patient.outerjoin(tables.episode, EPISODE.id == its_newest)
        shown = self._listed(everybody, PATIENT.id.in_(page), *order)
        return Found(self._count(tables.patient, fits), shown)

    def silent(self) -> tuple[Listed, ...]:
        return tuple(sorted(self._listed(FOLLOWED, IS_SILENT), key=_by_silence))

    def new_and_well(self, since: dt.datetime, today: dt.date) -> tuple[Listed, ...]:
        fits = _new_and_well(since, today)
        return self._listed(FOLLOWED, fits, RECEIVED_AT.desc(), EPISODE.id)

    def of(self, episode_ids: collections.abc.Collection[str]) -> tuple[Listed, ...]:
        return self._listed(FOLLOWED, sa.and_(IS_SOMEBODY, EPISODE.id.in_(episode_ids)))

    def namesakes(self, patients: collections.abc.Collection[Patient]) -> frozenset[str]:
        names = {one.id: (folded(one.family_name), folded(one.given_name)) for one in patients}
        name = (PATIENT.family_folded, PATIENT.given_folded)
        question = (
            sa.select(*name)
            .where(IS_SOMEBODY, sa.tuple_(*name).in_(set(names.values())))
            .group_by(*name)
            .having(sa.func.count() > 1)
        )
        shared = set(map(tuple, self._connection.execute(question)))
        return frozenset(patient_id for patient_id, its in names.items() if its in shared)

    def count(self) -> int:
        return self._count(tables.patient, IS_SOMEBODY)

    def count_silent(self) -> int:
        return self._count(FOLLOWED, IS_SILENT)

    def count_new_and_well(self, since: dt.datetime, today: dt.date) -> int:
        return self._count(FOLLOWED, _new_and_well(since, today))

    def reported_on(self, date: dt.date) -> int:
        question = sa.select(sa.func.count(sa.distinct(SUBMISSION.episode_id)))
        on_that_day = question.where(SUBMISSION.local_date == date, SUBMISSION.episode_id != CANARY)
        return self._connection.execute(on_that_day).scalar_one()

    def scores(
        self, episode_ids: collections.abc.Collection[str], item: str
    ) -> Mapping[str, tuple[Score, ...]]:
        answer = tables.answer.c
        question = (
            sa.select(
                SUBMISSION.episode_id,
                SUBMISSION.local_date,
                SUBMISSION.answered_at,
                answer.site,
                answer.side,
                answer.score,
            )
            .join_from(tables.submission, tables.answer)
            .where(SUBMISSION.episode_id.in_(episode_ids))
            .where(answer.item == item, answer.score.is_not(None))
            .order_by(SUBMISSION.answered_at, SUBMISSION.id, answer.position)
        )
        found = defaultdict[str, list[Score]](list)
        for episode_id, *score in self._connection.execute(question):
            found[episode_id].append(Score(*score))
        return {episode_id: tuple(found[episode_id]) for episode_id in episode_ids}

    def _count(self, source: sa.FromClause, fits: sa.ColumnElement[bool]) -> int:
        question = sa.select(sa.func.count()).select_from(source).where(fits)
        return self._connection.execute(question).scalar_one()

    def _listed(
        self, source: sa.Join, fits: sa.ColumnElement[bool], *order: sa.ColumnElement[Any]
    ) -> tuple[Listed, ...]:
        judgement = tables.judgement
        found = self._connection.execute(
            sa.select(tables.patient, tables.episode, *LISTED)
            .select_from(source.outerjoin(judgement, judgement.c.episode_id == EPISODE.id))
            .where(fits)
            .order_by(*order)
        ).all()
        parts = apart(found, tables.patient, tables.episode)
        return tuple(
            _row_to_listed(patient, episode, *row[-len(LISTED) :])
            for row, (patient, episode) in zip(found, parts, strict=True)
        )


def _newest(column: sa.Column[Any], kind: Date | Instant) -> sa.ColumnElement[Any]:
    newest = sa.select(sa.func.max(column)).where(SUBMISSION.episode_id == EPISODE.id)
    return sa.type_coerce(newest.correlate(tables.episode).scalar_subquery(), kind)


LAST_REPORT = _newest(SUBMISSION.local_date, Date())
RECEIVED_AT = _newest(SUBMISSION.received_at, Instant())
LISTED = (
    LAST_REPORT,
    RECEIVED_AT,
    sa.select(sa.func.min(tables.alert.c.priority_rank))
    .where(tables.alert.c.episode_id == EPISODE.id, tables.is_open)
    .scalar_subquery(),
    tables.judgement.c.due_on,
    tables.judgement.c.silence,
)
"""What a list shows beside patient and episode, in the order of `_row_to_listed`."""

FOLLOWED = tables.patient.join(tables.episode, EPISODE.patient_id == PATIENT.id)
IS_OPEN = sa.and_(IS_SOMEBODY, EPISODE.state == "open")

# The few are asked for by their ids, or the database would go through all episodes to find them.
IS_SILENT = sa.and_(
    IS_OPEN, EPISODE.id.in_(sa.select(tables.judgement.c.episode_id).where(tables.is_silent))
)


def _new_and_well(since: dt.datetime, today: dt.date) -> sa.ColumnElement[bool]:
    came = sa.select(SUBMISSION.episode_id).where(SUBMISSION.received_at >= since)
    alert, look, judged = tables.alert.c, tables.look.c, tables.judgement.c
    theirs, evaluation = tables.episode.alias(), tables.evaluation.c
    own = SUBMISSION.episode_id == EPISODE.id
    kept_out = (
        (theirs.c.patient_id == PATIENT.id, alert.episode_id == theirs.c.id, tables.is_open),
        (look.episode_id == EPISODE.id, look.at >= RECEIVED_AT),
        (own, evaluation.submission_id == SUBMISSION.id, tables.unevaluated),
        (own, SUBMISSION.local_date > today),
        (judged.episode_id == EPISODE.id, sa.or_(tables.is_extra, tables.is_silent)),
    )
    return sa.and_(IS_OPEN, EPISODE.id.in_(came), *(~_is_there(*one) for one in kept_out))


def _is_there(*fits: sa.ColumnElement[bool]) -> sa.Exists:
    """Whether there is anything of the kind about the patient and episode of a row."""
    return sa.exists().where(*fits).correlate(tables.patient, tables.episode)


def _row_to_listed(
    patient: rows.Row,
    episode: rows.Row,
    last_report: dt.date | None,
    received_at: dt.datetime | None,
    rank: int | None,
    due_on: dt.date | None,
    silent: str | None,
) -> Listed:
    return Listed(
        rows.row_to_patient(patient),
        rows.row_to_episode(episode) if episode["id"] is not None else None,
        last_report=last_report,
        received_at=received_at,
        priority=None if rank is None else PRIORITIES[rank],
        due_on=due_on,
        silence=rows.json_to_silence(silent),
    )


def _has(word: str) -> sa.ColumnElement[bool]:
    """Whether a folded word begins a word of the name, or is a part of the rest.

    It has letters and digits only, so nothing in it means anything to LIKE.
    """
    names = sa.literal(" ") + PATIENT.family_folded + " " + PATIENT.given_folded
    rest = (
        PATIENT.number_folded,
        sa.type_coerce(PATIENT.birth_date, sa.Text),
        PATIENT.phone_digits,
    )
    return sa.or_(names.like(f"% {word}%"), *(column.like(f"%{word}%") for column in rest))


def _rank(wanted: Sequence[str]) -> tuple[sa.ColumnElement[int], ...]:
    """The number itself first, then a family name that begins with the first word."""
    if not wanted:
        return ()
    is_number = PATIENT.number_folded.in_({*wanted, "".join(wanted)})
    leads = PATIENT.family_folded.like(f"{wanted[0]}%")
    return (sa.case((is_number, 0), (leads, 1), else_=2),)


def _by_silence(one: Listed) -> tuple[int, dt.date, str]:
    assert one.silence is not None, "only the silent are sorted"
    assert one.episode is not None, "only episodes fall silent"
    return (*silence.order(one.silence), one.episode.id)
