"""The tables as data: what is kept, how it is clustered, and what the database itself refuses.

A change here needs a migration beside it: a test compares these tables with what the
migrations add up to (`schema.sql`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

import sqlalchemy as sa

from monitor.domain.alert import OPEN, Cause, Happening, State, Useful
from monitor.domain.episode import Ending, Sex
from monitor.domain.protocol import SIDES, Priority
from monitor.domain.submission import COMPARED, EnteredBy
from monitor.services.permissions import Role as UserRole
from monitor.services.ports import CallKind, EvaluationState, Guessed, Result, Role
from monitor.storage.columns import Date, Instant

metadata = sa.MetaData(
    naming_convention={
        "fk": "%(table_name)s_%(column_0_name)s_there",
        "uq": "%(table_name)s_%(column_0_name)s_unique",
    }
)


def _text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, **options)


def _whole(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, **options)


def _of(table: str) -> sa.Column[str]:
    """A column that names a row of another table by its id."""
    return sa.Column(f"{table}_id", sa.Text, sa.ForeignKey(f"{table}.id"), nullable=False)


def _codes(values: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def _one_of(table: str, column: str, values: Iterable[str]) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN {_codes(values)}", name=f"{table}_{column}_known")


def _yes_or_no(table: str, column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN (0, 1)", name=f"{table}_{column}_yes_or_no")


patient = sa.Table(
    "patient",
    metadata,
    _text("id", primary_key=True),
    _text("number", unique=True),
    _text("family_name"),
    _text("given_name"),
    sa.Column("birth_date", Date, nullable=False),
    _text("phone"),
    _text("language"),
    _text("sex"),
    _text("remark"),
    # what the search and the look for the same person compare (`monitor.domain.folding`)
    _text("family_folded"),
    _text("given_folded"),
    _text("number_folded"),
    _text("phone_digits"),
    _one_of("patient", "sex", get_args(Sex)),
    # holds all that is searched, in the order in which it is shown
    sa.Index(
        "patient_searched",
        "family_folded",
        "given_folded",
        "number",
        "number_folded",
        "birth_date",
        "phone_digits",
    ),
    sa.Index("patient_born", "birth_date"),
    sa.Index("patient_phoned", "phone_digits"),
    sqlite_strict=True,
)

by_name = (patient.c.family_folded, patient.c.given_folded, patient.c.number)
"""The order in which patients are listed."""

episode = sa.Table(
    "episode",
    metadata,
    _text("id", primary_key=True),
    _of("patient"),
    _text("protocol_id"),
    _text("state"),
    sa.Column("procedure_date", Date, nullable=False),
    _text("profile"),
    _text("levels"),
    _text("side"),
    _text("operator"),
    _whole("implant"),
    _text("own_windows"),
    _text("own_baselines"),
    sa.Column("followed_from", Date),
    _text("pauses"),
    _text("ended_as"),
    sa.Column("ended_on", Date),
    _one_of("episode", "state", ("open", "closed")),
    _one_of("episode", "side", ("", *SIDES)),
    _one_of("episode", "ended_as", get_args(Ending)),
    _yes_or_no("episode", "implant"),
    sa.Index("episode_of_patient", "patient_id"),
    sqlite_strict=True,
)

submission = sa.Table(
    "submission",
    metadata,
    _of("episode"),
    _text("id", unique=True),
    _text("form"),
    sa.Column("answered_at", Instant, nullable=False),
    sa.Column("local_date", Date, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    _text("protocol_version"),
    _text("protocol_hash"),
    _text("entered_by"),
    _text("device"),
    _text("part_of"),
    _text("corrects"),
    _text("reason"),
    sa.Column("started_at", Instant),
    # clustered by episode: a chart reads one stretch of the file, however old the clinic is
    sa.PrimaryKeyConstraint("episode_id", "id"),
    _one_of("submission", "entered_by", get_args(EnteredBy)),
    sa.Index("submission_last_date", "episode_id", "local_date"),
    # the key of the table is in these two as well
    sa.Index("submission_on", "local_date"),
    sa.Index("submission_received", "received_at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

answer = sa.Table(
    "answer",
    metadata,
    _text("episode_id"),
    _text("submission_id"),
    _text("item"),
    _text("site"),
    _text("side"),
    _whole("position"),
    sa.Column("score", sa.Integer),
    sa.Column("choice", sa.Text),
    sa.Column("compared", sa.Text),
    sa.PrimaryKeyConstraint("episode_id", "submission_id", "item", "site", "side"),
    sa.ForeignKeyConstraint(
        ["episode_id", "submission_id"],
        ["submission.episode_id", "submission.id"],
    ),
    _one_of("answer", "side", ("", *SIDES)),
    # nothing in both columns means skipped, never zero
    sa.CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name="answer_score_in_range"),
    sa.CheckConstraint("score IS NULL OR choice IS NULL", name="answer_score_or_choice"),
    sa.CheckConstraint(
        f"compared IS NULL OR compared IN {_codes(COMPARED)}", name="answer_compared_known"
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

evaluation = sa.Table(
    "evaluation",
    metadata,
    sa.Column("submission_id", sa.Text, sa.ForeignKey("submission.id"), primary_key=True),
    _text("state"),
    _whole("attempts"),
    _text("error"),
    _one_of("evaluation", "state", get_args(EvaluationState)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

_ranks = " ".join(f"WHEN '{priority}' THEN {priority.rank}" for priority in Priority)

alert = sa.Table(
    "alert",
    metadata,
    _text("id", primary_key=True),
    _of("episode"),
    # rule, site and side repeat what `finding` says, for the index that keeps the open one single
    _text("rule"),
    _text("site"),
    _text("side"),
    _text("finding"),
    _text("state"),
    sa.Column("raised_at", Instant, nullable=False),
    _whole("raised_day"),
    _text("protocol_version"),
    _text("protocol_hash"),
    sa.Column("changed_at", Instant, nullable=False),
    _text("changed_by"),
    sa.Column("ended_day", sa.Integer),
    sa.Column("until", Instant),
    sa.Column("seen_severity", sa.Integer),
    # what the worklist is sorted by; the first repeats what `finding` says, and must
    _whole("priority_rank"),
    sa.Column("respond_by", Instant),
    _whole("flag"),
    sa.Column("window_ended_on", Date),
    _text("useful"),
    _text("note"),
    _text("outcome"),
    _whole("version"),
    _one_of("alert", "state", State),
    _one_of("alert", "side", ("", *SIDES)),
    _one_of("alert", "useful", get_args(Useful)),
    sa.CheckConstraint(
        f"priority_rank IS CASE json_extract(finding, '$.priority') {_ranks} END",
        name="alert_priority_rank_of_finding",
    ),
    sa.Index("alert_of_episode", "episode_id"),
    # holds all that is ever counted of alerts, which else reads every finding there ever was
    sa.Index("alert_counted", "rule", "state", "useful", "episode_id"),
    sqlite_strict=True,
)

# The words of a partial index and of the question that uses it must be the same, so the codes
# stand in the SQL itself and not beside it as parameters.
unevaluated = evaluation.c.state != sa.literal_column("'evaluated'")
"""Submissions that the rules have not seen: few, whatever the age of the clinic."""

is_open = alert.c.state.in_([sa.literal_column(f"'{s}'") for s in State if s in OPEN])
"""The alerts that wait for somebody."""

sa.Index("evaluation_pending", evaluation.c.state, sqlite_where=unevaluated)

sa.Index(
    "alert_open",
    alert.c.episode_id,
    alert.c.rule,
    alert.c.site,
    alert.c.side,
    unique=True,
    sqlite_where=is_open,
)

alert_event = sa.Table(
    "alert_event",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True),
    _of("alert"),
    sa.Column("at", Instant, nullable=False),
    _text("by"),
    _text("happening"),
    _text("state"),
    _whole("day"),
    _text("stage"),
    _text("priority"),
    _text("note"),
    _text("cause"),
    sa.Column("until", Instant),
    _text("outcome"),
    _text("useful"),
    _one_of("alert_event", "cause", get_args(Cause)),
    _one_of("alert_event", "happening", Happening),
    _one_of("alert_event", "state", State),
    _one_of("alert_event", "priority", Priority),
    _one_of("alert_event", "useful", get_args(Useful)),
    sa.Index("alert_event_of_alert", "alert_id"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

contact = sa.Table(
    "contact",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True),
    _text("id", unique=True),
    _of("episode"),
    sa.Column("date", Date, nullable=False),
    _text("kind"),
    _text("text"),
    _text("by"),
    sa.Column("at", Instant),
    _text("result"),
    _text("findings"),
    _text("advice"),
    sa.Column("next_on", Date),
    _text("escalated_to"),
    # these two name no row where they are empty
    _text("alert_id"),
    _text("strikes"),
    _one_of("contact", "result", get_args(Result)),
    sa.Index("contact_of_episode", "episode_id"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

_nothing: sa.ColumnElement[str] = sa.literal_column("''")

is_promise = sa.and_(contact.c.result != _nothing, contact.c.next_on.is_not(None))
"""The attempts to reach a patient that name the day of another."""

sa.Index("contact_attempt", contact.c.episode_id, sqlite_where=contact.c.result != _nothing)
sa.Index("contact_promise", contact.c.episode_id, sqlite_where=is_promise)
sa.Index(
    "contact_escalation", contact.c.escalated_to, sqlite_where=contact.c.escalated_to != _nothing
)
sa.Index("contact_strike", contact.c.strikes, sqlite_where=contact.c.strikes != _nothing)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    _text("actor"),
    _text("station"),
    _text("action"),
    _text("subject"),
    _text("reason"),
    sa.Index("audit_of_subject", "subject"),
    sa.Index("audit_at", "at"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

sweep = sa.Table(
    "sweep",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("finished_at", Instant, nullable=False),
    _whole("episodes"),
    _whole("alerts_changed"),
    _text("failed"),
    _text("differing"),
    sqlite_strict=True,
)

judgement = sa.Table(
    "judgement",
    metadata,
    sa.Column("episode_id", sa.Text, sa.ForeignKey("episode.id"), primary_key=True),
    sa.Column("at", Instant, nullable=False),
    _whole("day"),
    _text("protocol_hash"),
    _text("basis"),
    _text("program"),
    _text("seals"),
    sa.Column("opens_on", Date),
    sa.Column("due_on", Date),
    sa.Column("closes_on", Date),
    _whole("extra"),
    sa.Column("silence", sa.Text),
    _yes_or_no("judgement", "extra"),
    sa.CheckConstraint("extra = 0 OR due_on IS NOT NULL", name="judgement_extra_has_a_day"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

is_extra = judgement.c.extra == sa.literal_column("1")
"""The reports that were asked for beside the schedule: few."""

sa.Index("judgement_asked", judgement.c.due_on, sqlite_where=is_extra)

is_silent = judgement.c.silence.is_not(None)
"""The episodes of which scheduled reports do not come: few."""

sa.Index("judgement_silent", judgement.c.episode_id, sqlite_where=is_silent)

heartbeat = sa.Table(
    "heartbeat",
    metadata,
    _text("role"),
    _text("station"),
    sa.Column("at", Instant, nullable=False),
    sa.PrimaryKeyConstraint("role", "station"),
    _one_of("heartbeat", "role", get_args(Role)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

canary = sa.Table(
    "canary",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("seconds", sa.REAL, nullable=False),
    _text("fault"),
    sqlite_strict=True,
)

# few at any time, and gone within the hour: the table needs no index
draft = sa.Table(
    "draft",
    metadata,
    _text("id", primary_key=True),
    _of("episode"),
    _text("form"),
    _whole("day"),
    _text("page"),
    _text("answers"),
    _text("passed"),
    _text("picked"),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("saved_at", Instant, nullable=False),
    _text("device"),
    sqlite_strict=True,
)

desk_code = sa.Table(
    "desk_code",
    metadata,
    sa.Column("date", Date, nullable=False),
    _text("digest"),
    _of("episode"),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("used_at", Instant),
    # the date first: who asks for the codes of one day reads no other
    sa.PrimaryKeyConstraint("date", "digest"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    _text("station"),
    _text("kind"),
    _text("subject"),
    _whole("passed"),
    _one_of("attempt", "kind", get_args(Guessed)),
    _yes_or_no("attempt", "passed"),
    sa.Index("attempt_since", "at"),
    sqlite_strict=True,
)

call = sa.Table(
    "call",
    metadata,
    _text("id", primary_key=True),
    sa.Column("at", Instant, nullable=False),
    _text("station"),
    _text("kind"),
    # names no row where nobody knows who stands there
    _text("episode_id"),
    sa.Column("answered_at", Instant),
    _text("answered_by"),
    _one_of("call", "kind", get_args(CallKind)),
    sqlite_strict=True,
)

is_waiting = call.c.answered_at.is_(None)
"""The calls that nobody has answered: few, however many there ever were."""

sa.Index("call_waiting", call.c.at, sqlite_where=is_waiting)

secret = sa.Table(
    "secret",
    metadata,
    _text("name", primary_key=True),
    _text("value"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

user = sa.Table(
    "user",
    metadata,
    _text("id", primary_key=True),
    _text("name"),
    # no two have the same name, whatever its capital letters
    _text("name_folded", unique=True),
    _text("role"),
    _text("password"),
    _text("pin"),
    _whole("is_active"),
    _whole("must_change"),
    _one_of("user", "role", get_args(UserRole)),
    _yes_or_no("user", "is_active"),
    _yes_or_no("user", "must_change"),
    sqlite_strict=True,
)

look = sa.Table(
    "look",
    metadata,
    _text("user"),
    _of("episode"),
    sa.Column("at", Instant, nullable=False),
    sa.PrimaryKeyConstraint("user", "episode_id"),
    sa.Index("look_at_episode", "episode_id", "at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

batch = sa.Table(
    "batch",
    metadata,
    _text("id", primary_key=True),
    sa.Column("at", Instant, nullable=False),
    _text("by"),
    _text("file"),
    _text("patient_ids"),
    _text("episode_ids"),
    sa.Column("undone_at", Instant),
    sqlite_strict=True,
)

ONLY_ADDED = (alert_event, audit, contact)
"""Tables whose rows are never changed and never removed."""


def guards(table: str) -> tuple[str, ...]:
    """The triggers that refuse every change of a row of `table` that is already there.

    The third is for INSERT OR REPLACE, which removes a row without asking the second.
    """
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
    there = f"EXISTS (SELECT 1 FROM {table} WHERE sequence = NEW.sequence)"  # noqa: S608 - ours
    moments = {
        "changes": f"UPDATE ON {table}",
        "goes": f"DELETE ON {table}",
        "replaced": f"INSERT ON {table}\nWHEN {there}",
    }
    return tuple(
        f"CREATE TRIGGER {table}_never_{word} BEFORE {moment}\n{refuse}"
        for word, moment in moments.items()
    )


for _table in ONLY_ADDED:
    for _guard in guards(_table.name):
        sa.event.listen(_table, "after_create", sa.DDL(_guard))  # type: ignore[no-untyped-call]
