"""Make everything: patients, episodes, reports, alerts, and what was done to them.

The first version; there was nothing before it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    patient()
    episode()
    submission()
    answer()
    evaluation()
    alert()
    alert_event()
    contact()
    audit()
    sweep()
    judgement()
    heartbeat()
    canary()
    draft()
    desk_code()
    attempt()
    call()
    secret()
    for table in ("alert_event", "audit"):
        only_added(table)


def patient() -> None:
    op.create_table(
        "patient",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name="patient_number_unique"),
        sqlite_strict=True,
    )


def episode() -> None:
    op.create_table(
        "episode",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("protocol_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("procedure_date", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("implant", sa.Integer(), nullable=False),
        sa.Column("own_windows", sa.Text(), nullable=False),
        sa.Column("own_baselines", sa.Text(), nullable=False),
        sa.CheckConstraint("side IN ('', 'left', 'right')", name="episode_side_known"),
        sa.CheckConstraint("state IN ('open', 'closed')", name="episode_state_known"),
        sa.CheckConstraint("implant IN (0, 1)", name="episode_implant_yes_or_no"),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name="episode_patient_id_there"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("episode_of_patient", "episode", ["patient_id"], unique=False)


def submission() -> None:
    op.create_table(
        "submission",
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("protocol_version", sa.Text(), nullable=False),
        sa.Column("protocol_hash", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("part_of", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "entered_by IN ('patient', 'nurse_phone', 'nurse_paper', 'import')",
            name="submission_entered_by_known",
        ),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name="submission_episode_id_there"),
        sa.PrimaryKeyConstraint("episode_id", "id"),
        sa.UniqueConstraint("id", name="submission_id_unique"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "submission_last_date", "submission", ["episode_id", "local_date"], unique=False
    )


def answer() -> None:
    op.create_table(
        "answer",
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("choice", sa.Text(), nullable=True),
        sa.Column("compared", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "compared IS NULL OR compared IN ('better', 'same', 'worse', 'new')",
            name="answer_compared_known",
        ),
        sa.CheckConstraint("side IN ('', 'left', 'right')", name="answer_side_known"),
        sa.CheckConstraint("score IS NULL OR choice IS NULL", name="answer_score_or_choice"),
        sa.CheckConstraint(
            "score IS NULL OR score BETWEEN 0 AND 100", name="answer_score_in_range"
        ),
        sa.ForeignKeyConstraint(
            ["episode_id", "submission_id"],
            ["submission.episode_id", "submission.id"],
            name="answer_episode_id_there",
        ),
        sa.PrimaryKeyConstraint("episode_id", "submission_id", "item", "site", "side"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def evaluation() -> None:
    op.create_table(
        "evaluation",
        sa.Column("submission_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'evaluated', 'failed')", name="evaluation_state_known"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="evaluation_submission_id_there"
        ),
        sa.PrimaryKeyConstraint("submission_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "evaluation_pending",
        "evaluation",
        ["state"],
        unique=False,
        sqlite_where=sa.text("state != 'evaluated'"),
    )


def alert() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.Text(), nullable=False),
        sa.Column("raised_day", sa.Integer(), nullable=False),
        sa.Column("protocol_version", sa.Text(), nullable=False),
        sa.Column("protocol_hash", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("ended_day", sa.Integer(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("seen_severity", sa.Integer(), nullable=True),
        sa.Column("priority_rank", sa.Integer(), nullable=False),
        sa.Column("respond_by", sa.Text(), nullable=True),
        sa.Column("flag", sa.Integer(), nullable=False),
        sa.Column("window_ended_on", sa.Text(), nullable=True),
        sa.Column("useful", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("side IN ('', 'left', 'right')", name="alert_side_known"),
        sa.CheckConstraint(
            "state IN ('raised', 'acknowledged', 'snoozed', 'resolved', 'retracted')",
            name="alert_state_known",
        ),
        sa.CheckConstraint("useful IN ('', 'useful', 'not_useful')", name="alert_useful_known"),
        sa.CheckConstraint(
            "priority_rank IS CASE json_extract(finding, '$.priority') WHEN 'red' THEN 0"
            " WHEN 'orange' THEN 1 WHEN 'amber' THEN 2 WHEN 'yellow' THEN 3 END",
            name="alert_priority_rank_of_finding",
        ),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name="alert_episode_id_there"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("alert_of_episode", "alert", ["episode_id"], unique=False)
    op.create_index(
        "alert_counted", "alert", ["rule", "state", "useful", "episode_id"], unique=False
    )
    op.create_index(
        "alert_open",
        "alert",
        ["episode_id", "rule", "site", "side"],
        unique=True,
        sqlite_where=sa.text("state IN ('raised', 'acknowledged', 'snoozed')"),
    )


def alert_event() -> None:
    op.create_table(
        "alert_event",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("happening", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("useful", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "cause IN ('', 'report', 'late_report', 'corrected_report', 'time',"
            " 'episode_changed', 'protocol_changed', 'repair')",
            name="alert_event_cause_known",
        ),
        sa.CheckConstraint(
            "happening IN ('raise', 'keep', 'worsen', 'end', 'return', 'retract', 'wake',"
            " 'acknowledge', 'snooze', 'resolve', 'reopen', 'undo', 'rate')",
            name="alert_event_happening_known",
        ),
        sa.CheckConstraint(
            "priority IN ('red', 'orange', 'amber', 'yellow')", name="alert_event_priority_known"
        ),
        sa.CheckConstraint(
            "state IN ('raised', 'acknowledged', 'snoozed', 'resolved', 'retracted')",
            name="alert_event_state_known",
        ),
        sa.CheckConstraint(
            "useful IN ('', 'useful', 'not_useful')", name="alert_event_useful_known"
        ),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name="alert_event_alert_id_there"),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("alert_event_of_alert", "alert_event", ["alert_id"], unique=False)


def contact() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name="contact_episode_id_there"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("contact_of_episode", "contact", ["episode_id"], unique=False)


def audit() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("audit_of_subject", "audit", ["subject"], unique=False)


def sweep() -> None:
    op.create_table(
        "sweep",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=False),
        sa.Column("episodes", sa.Integer(), nullable=False),
        sa.Column("alerts_changed", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Text(), nullable=False),
        sa.Column("differing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_strict=True,
    )


def judgement() -> None:
    op.create_table(
        "judgement",
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("protocol_hash", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("seals", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("closes_on", sa.Text(), nullable=True),
        sa.Column("extra", sa.Integer(), nullable=False),
        sa.CheckConstraint("extra IN (0, 1)", name="judgement_extra_yes_or_no"),
        sa.CheckConstraint("extra = 0 OR due_on IS NOT NULL", name="judgement_extra_has_a_day"),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name="judgement_episode_id_there"),
        sa.PrimaryKeyConstraint("episode_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "judgement_asked", "judgement", ["due_on"], unique=False, sqlite_where=sa.text("extra = 1")
    )


def heartbeat() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('station', 'kiosk', 'watch')", name="heartbeat_role_known"),
        sa.PrimaryKeyConstraint("role", "station"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def canary() -> None:
    op.create_table(
        "canary",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("seconds", sa.REAL(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_strict=True,
    )


def draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("passed", sa.Text(), nullable=False),
        sa.Column("picked", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name="draft_episode_id_there"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )


def desk_code() -> None:
    op.create_table(
        "desk_code",
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name="desk_code_episode_id_there"),
        sa.PrimaryKeyConstraint("date", "digest"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('number', 'code', 'pin')", name="attempt_kind_known"),
        sa.CheckConstraint("passed IN (0, 1)", name="attempt_passed_yes_or_no"),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_strict=True,
    )
    op.create_index("attempt_since", "attempt", ["at"], unique=False)


def call() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('urgent', 'help', 'staff')", name="call_kind_known"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(
        "call_waiting",
        "call",
        ["at"],
        unique=False,
        sqlite_where=sa.text("answered_at IS NULL"),
    )


def secret() -> None:
    op.create_table(
        "secret",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def only_added(table: str) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
    there = f"EXISTS (SELECT 1 FROM {table} WHERE sequence = NEW.sequence)"  # noqa: S608 - ours
    op.execute(f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}\n{refuse}")
    op.execute(f"CREATE TRIGGER {table}_never_goes BEFORE DELETE ON {table}\n{refuse}")
    op.execute(
        f"CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}\nWHEN {there}\n{refuse}"
    )
