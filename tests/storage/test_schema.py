"""The database's own version: what the migrations add up to, and how a file is brought up."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlcipher3 import dbapi2

from monitor.services.ports import Unavailable
from monitor.storage import schema, tables
from monitor.storage.connection import connect
from monitor.storage.store import SqliteStore
from tests.builders import enrol, patient, submission

MIGRATION = '''
"""One more change."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    {change}
'''
REBUILD = """with op.batch_alter_table("patient") as patient:
        patient.add_column(sa.Column("title", sa.Text(), nullable=False, server_default=""))
        patient.alter_column("phone", new_column_name="telephone")"""
BROKEN = {
    "sql": 'op.execute("CREATE TABLE half (a)")\n    op.execute("nonsense")',
    "orphans": "op.execute(\"UPDATE answer SET submission_id = 'none'\")",
    "full": 'op.execute("PRAGMA max_page_count = 1")\n    op.execute("CREATE TABLE half (a)")',
}


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a later program that has one more, for a test to write."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def add_migration(folder: Path, change: str) -> None:
    (folder / "versions" / "0003_more.py").write_text(MIGRATION.format(change=change))


@pytest.fixture
def filled(database: Path) -> Path:
    """A database of this version with two patients and a report."""
    store = SqliteStore(database, durable=False)
    with store.begin() as work:
        enrol(work)
        work.submissions.add(submission())
        work.commit()
    store.close()
    database.with_name(f"{database.name}-journal").unlink()
    return database


class TestWhatTheMigrationsAddUpTo:
    def test_that_the_written_schema_is_that_of_a_new_database(self) -> None:
        written = schema.SCHEMA_FILE.read_text(encoding="utf-8")
        assert written == schema.of_a_new_database(), "run python -m monitor.storage.schema"

    def test_that_the_tables_are_those_of_a_new_database(self) -> None:
        engine = sa.create_engine("sqlite://", module=dbapi2)
        with engine.begin() as connection:
            tables.metadata.create_all(connection)
            from_tables = schema.written_out(connection)
        engine.dispose()
        assert _in_any_order(from_tables) == _in_any_order(schema.of_a_new_database())

    def test_that_every_migration_is_known_by_its_number(self) -> None:
        scripts = list(ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions())
        assert tuple(script.revision for script in reversed(scripts)) == schema.versions()

    def test_that_migrations_import_nothing_of_ours(self) -> None:
        for file in schema.MIGRATIONS.rglob("*.py"):
            assert "monitor" not in file.read_text(encoding="utf-8")


def _in_any_order(text: str) -> list[list[str]]:
    """Statements as sets of lines: a table may list its constraints in any order."""
    statements = text.split(";\n\n")
    return [sorted(line.strip(" ,\t") for line in one.splitlines()) for one in statements]


class TestVersions:
    def test_that_a_newer_database_is_refused_with_what_to_do(self, database: Path) -> None:
        with closing(connect(database)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        before = database.read_bytes()
        with pytest.raises(Unavailable, match="newer Rootwatch"):
            SqliteStore(database)
        assert database.read_bytes() == before

    def test_that_a_database_of_this_version_is_left_as_it_is(self, filled: Path) -> None:
        before = filled.read_bytes()
        schema.bring_up_to_date(filled)
        assert filled.read_bytes() == before
        assert [file.name for file in filled.parent.iterdir()] == [filled.name]

    def test_that_an_older_database_is_brought_up_with_its_data(
        self, filled: Path, later: Path
    ) -> None:
        add_migration(later, REBUILD)
        schema.bring_up_to_date(filled, later)
        assert schema.version_of(filled) == "0003"
        with closing(connect(filled)) as connection:
            rows = connection.execute(
                "SELECT number, title FROM patient ORDER BY number"
            ).fetchall()
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        assert rows == [(patient(1).number, ""), (patient(2).number, "")]
        assert broken == []

    def test_that_the_file_as_it_was_is_kept_beside_it(self, filled: Path, later: Path) -> None:
        add_migration(later, REBUILD)
        schema.bring_up_to_date(filled, later)
        store = SqliteStore(filled.with_name("rootwatch.version-0002.db"))
        with store.read() as work:
            assert work.patients.all() == (patient(1), patient(2))
            assert work.submissions.get("submission-1") == submission()
        store.close()

    def test_that_an_earlier_copy_is_never_overwritten(self, filled: Path, later: Path) -> None:
        earlier = filled.with_name("rootwatch.version-0002.db")
        earlier.write_text("earlier")
        add_migration(later, REBUILD)
        schema.bring_up_to_date(filled, later)
        assert earlier.read_text() == "earlier"
        assert schema.version_of(filled.with_name("rootwatch.version-0002-2.db")) == "0002"

    @pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
    def test_that_a_migration_that_fails_keeps_the_old_file_untouched(
        self, filled: Path, later: Path, change: str
    ) -> None:
        before = filled.read_bytes()
        add_migration(later, change)
        with pytest.raises(Unavailable, match=r"stays as it was|is full"):
            schema.bring_up_to_date(filled, later)
        assert filled.read_bytes() == before
        kept = {file.name for file in filled.parent.iterdir()}
        assert kept <= {filled.name, f"{filled.name}-journal", later.name}

    def test_that_a_mistake_in_a_migration_keeps_the_old_file_untouched(
        self, filled: Path, later: Path
    ) -> None:
        before = filled.read_bytes()
        add_migration(later, 'op.execute("CREATE TABLE half (a)")\n    1 / 0')
        with pytest.raises(ZeroDivisionError):
            schema.bring_up_to_date(filled, later)
        assert filled.read_bytes() == before
        assert not list(filled.parent.glob("*.version-*"))

    def test_that_a_new_database_that_fails_leaves_nothing_behind(
        self, tmp_path: Path, later: Path
    ) -> None:
        add_migration(later, BROKEN["sql"])
        with pytest.raises(sa.exc.OperationalError):
            schema.create(tmp_path / "new.db", later)
        assert list(tmp_path.iterdir()) == [later]
