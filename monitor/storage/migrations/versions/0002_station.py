"""Keep what the whole station needs: users, looks, imports, pauses, and names to search by.

Tables that change are made anew and filled from the old ones, which SQLite has no other way
to do without leaving defaults behind. Folded names are made here as the program of that
version made them: a later one may fold otherwise, and then brings a migration of its own.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    patient()
    episode()
    contact()
    judgement()
    attempt()
    user()
    look()
    batch()
    op.create_index("submission_on", "submission", ["local_date"], unique=False)
    op.create_index("submission_received", "submission", ["received_at"], unique=False)
    op.create_index("audit_at", "audit", ["at"], unique=False)


def patient() -> None:
    new = op.create_table(
        "patient_new",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("family_folded", sa.Text(), nullable=False),
        sa.Column("given_folded", sa.Text(), nullable=False),
        sa.Column("number_folded", sa.Text(), nullable=False),
        sa.Column("phone_digits", sa.Text(), nullable=False),
        sa.CheckConstraint("sex IN ('', 'female', 'male', 'other')", name="patient_sex_known"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name="patient_number_unique"),
        sqlite_strict=True,
    )
    old = op.get_bind().execute(sa.text("SELECT * FROM patient ORDER BY rowid")).mappings().all()
    op.bulk_insert(new, [{**row, "sex": "", "remark": "", **searched(row)} for row in old])
    take_place("patient")
    op.create_index(
        "patient_searched",
        "patient",
        [
            "family_folded",
            "given_folded",
            "number",
            "number_folded",
            "birth_date",
            "phone_digits",
        ],
        unique=False,
    )
    op.create_index("patient_born", "patient", ["birth_date"], unique=False)
    op.create_index("patient_phoned", "patient", ["phone_digits"], unique=False)


def searched(row: sa.RowMapping) -> dict[str, str]:
    return {
        "family_folded": folded(row["family_name"]),
        "given_folded": folded(row["given_name"]),
        "number_folded": folded(row["number"]).replace(" ", ""),
        "phone_digits": "".join(c for c in row["phone"] if c.isascii() and c.isdigit()),
    }


LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
                         "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i"})  # fmt: skip


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS)).casefold()
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def episode() -> None:
    op.create_table(
        "episode_new",
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
        sa.Column("followed_from", sa.Text(), nullable=True),
        sa.Column("pauses", sa.Text(), nullable=False),
        sa.Column("ended_as", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "ended_as IN ('', 'completed', 'withdrew', 'died', 'moved', 'declined', 'mistake')",
            name="episode_ended_as_known",
        ),
        sa.CheckConstraint("side IN ('', 'left', 'right')", name="episode_side_known"),
        sa.CheckConstraint("state IN ('open', 'closed')", name="episode_state_known"),
        sa.CheckConstraint("implant IN (0, 1)", name="episode_implant_yes_or_no"),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name="episode_patient_id_there"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO episode_new SELECT id, patient_id, protocol_id, state, procedure_date,"
        " profile, levels, side, operator, implant, own_windows, own_baselines,"
        " NULL, '[]', '', NULL FROM episode ORDER BY rowid"
    )
    take_place("episode")
    op.create_index("episode_of_patient", "episode", ["patient_id"], unique=False)


def contact() -> None:
    op.create_table(
        "contact_new",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Text(), nullable=True),
        sa.Column("escalated_to", sa.Text(), nullable=False),
        sa.Column("alert_id", sa.Text(), nullable=False),
        sa.Column("strikes", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "result IN ('', 'reached', 'no_answer', 'wrong_number', 'refused')",
            name="contact_result_known",
        ),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name="contact_episode_id_there"),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("id", name="contact_id_unique"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO contact_new SELECT NULL, id, episode_id, date, kind, text, by, NULL, '',"
        " '[]', '[]', NULL, '', '', '' FROM contact ORDER BY rowid"
    )
    take_place("contact")
    op.create_index("contact_of_episode", "contact", ["episode_id"], unique=False)
    op.create_index(
        "contact_attempt",
        "contact",
        ["episode_id"],
        unique=False,
        sqlite_where=sa.text("result != ''"),
    )
    op.create_index(
        "contact_promise",
        "contact",
        ["episode_id"],
        unique=False,
        sqlite_where=sa.text("result != '' AND next_on IS NOT NULL"),
    )
    op.create_index(
        "contact_escalation",
        "contact",
        ["escalated_to"],
        unique=False,
        sqlite_where=sa.text("escalated_to != ''"),
    )
    op.create_index(
        "contact_strike",
        "contact",
        ["strikes"],
        unique=False,
        sqlite_where=sa.text("strikes != ''"),
    )
    only_added("contact")


def judgement() -> None:
    op.create_table(
        "judgement_new",
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
        sa.Column("silence", sa.Text(), nullable=True),
        sa.CheckConstraint("extra IN (0, 1)", name="judgement_extra_yes_or_no"),
        sa.CheckConstraint("extra = 0 OR due_on IS NOT NULL", name="judgement_extra_has_a_day"),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name="judgement_episode_id_there"),
        sa.PrimaryKeyConstraint("episode_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO judgement_new SELECT episode_id, at, day, protocol_hash, basis, program,"
        " seals, opens_on, due_on, closes_on, extra, NULL FROM judgement"
    )
    take_place("judgement")
    op.create_index(
        "judgement_asked", "judgement", ["due_on"], unique=False, sqlite_where=sa.text("extra = 1")
    )
    op.create_index(
        "judgement_silent",
        "judgement",
        ["episode_id"],
        unique=False,
        sqlite_where=sa.text("silence IS NOT NULL"),
    )


def attempt() -> None:
    op.create_table(
        "attempt_new",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('number', 'code', 'pin', 'password', 'unlock')", name="attempt_kind_known"
        ),
        sa.CheckConstraint("passed IN (0, 1)", name="attempt_passed_yes_or_no"),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO attempt_new SELECT sequence, at, station, kind, subject, passed FROM attempt"
    )
    take_place("attempt")
    op.create_index("attempt_since", "attempt", ["at"], unique=False)


def user() -> None:
    op.create_table(
        "user",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("pin", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Integer(), nullable=False),
        sa.Column("must_change", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('nurse', 'lead', 'admin', 'auditor')", name="user_role_known"),
        sa.CheckConstraint("is_active IN (0, 1)", name="user_is_active_yes_or_no"),
        sa.CheckConstraint("must_change IN (0, 1)", name="user_must_change_yes_or_no"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_folded", name="user_name_folded_unique"),
        sqlite_strict=True,
    )


def look() -> None:
    op.create_table(
        "look",
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name="look_episode_id_there"),
        sa.PrimaryKeyConstraint("user", "episode_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("look_at_episode", "look", ["episode_id", "at"], unique=False)


def batch() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("patient_ids", sa.Text(), nullable=False),
        sa.Column("episode_ids", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )


def take_place(table: str) -> None:
    """Put the new table in the place of the old one, for whose rows others keep asking."""
    op.drop_table(table)
    op.rename_table(f"{table}_new", table)


def only_added(table: str) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
    there = f"EXISTS (SELECT 1 FROM {table} WHERE sequence = NEW.sequence)"  # noqa: S608 - ours
    op.execute(f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}\n{refuse}")
    op.execute(f"CREATE TRIGGER {table}_never_goes BEFORE DELETE ON {table}\n{refuse}")
    op.execute(
        f"CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}\nWHEN {there}\n{refuse}"
    )
