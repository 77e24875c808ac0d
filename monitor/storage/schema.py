"""The database's own version: reading it, making a new file, bringing an older one up to date.

Run as a program (`python -m monitor.storage.schema`) it writes `schema.sql` anew: all that the
migrations add up to, for reading and for the test that compares it with the tables.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from monitor.services.ports import Unavailable
from monitor.storage.connection import beginning, connect, engine_of
from monitor.storage.faults import told_plainly

ROOM = Path(__file__).parent
MIGRATIONS = ROOM / "migrations"
SCHEMA_FILE = ROOM / "schema.sql"


def versions(folder: Path = MIGRATIONS) -> tuple[str, ...]:
    """The versions this program knows, oldest first: the numbers of its migrations."""
    return tuple(sorted(file.name[:4] for file in folder.glob("versions/[0-9]*.py")))


def version_of(path: Path) -> str | None:
    """The version of a database file; None where the file is no database of this program."""
    with told_plainly(path), closing(connect(path)) as connection:
        named = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'")
        if not named.fetchone():
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


def create(path: Path, folder: Path = MIGRATIONS) -> None:
    """Make a new, empty database; it appears under its name only when it is whole.

    Refuses with Unavailable if there is a file of that name.
    """
    if path.exists():
        raise Unavailable(f"There is already a file {path}. Choose another name or open it.")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _free_name(path, "unfinished")
    try:
        with _writing(unfinished, new=True) as connection:
            _upgrade(connection, folder)
        unfinished.rename(path)
    finally:
        for left in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            left.unlink(missing_ok=True)
    _sync_folder(path.parent)


def bring_up_to_date(path: Path, folder: Path = MIGRATIONS) -> None:
    """Migrate an older database, keeping a copy of it as it was beside it.

    Refuses with Unavailable a file that is no database of this program, or one of a newer
    version. A migration that fails changes nothing in the file.
    """
    version, known = version_of(path), versions(folder)
    if version is None:
        raise Unavailable(f"The file {path} is not a Rootwatch database. Check the path.")
    if version not in known:
        raise Unavailable(
            f"The database {path} was made by a newer Rootwatch (its version is {version}, "
            f"this program knows {known[-1]}). Install the newer Rootwatch on this machine too."
        )
    if version != known[-1]:
        _migrate(path, folder)


def _migrate(path: Path, folder: Path) -> None:
    # Foreign keys are off while tables are rebuilt, and are checked as a whole at the end.
    with _writing(path, new=False) as connection:
        # another process may have been first while this one waited for the lock
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if version == versions(folder)[-1]:
            return
        copy = _copy_beside(path, str(version))
        kept = False
        try:
            _upgrade(connection, folder)
            kept = True
        except sa.exc.SQLAlchemyError as error:
            raise Unavailable(
                f"The database {path} could not be brought up to date and stays as it was. "
                f"Use the Rootwatch that made it, and report this: {error}"
            ) from error
        finally:
            if not kept:
                copy.unlink()


@contextmanager
def _writing(path: Path, *, new: bool) -> Iterator[sa.Connection]:
    """One transaction on the file, kept if the block ends well; nobody else writes meanwhile."""
    engine = engine_of(path, foreign_keys=False, new=new)
    try:
        with beginning(engine, "BEGIN IMMEDIATE").begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _copy_beside(path: Path, version: str) -> Path:
    """Copy the file by the engine's own means and look whether the copy is whole."""
    copy = _free_name(path, f"version-{version}")
    with told_plainly(path), closing(connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    with told_plainly(copy), closing(connect(copy)) as connection:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise Unavailable(
            f"The database {path} is damaged ({verdict}). "
            "Keep the file as it is and restore the last backup."
        )
    return copy


def _free_name(path: Path, word: str) -> Path:
    """A name beside `path` that says what the file is and that no file has yet."""
    endings = itertools.chain([""], (f"-{count}" for count in itertools.count(2)))
    names = (path.with_name(f"{path.stem}.{word}{ending}{path.suffix}") for ending in endings)
    return next(name for name in names if not name.exists())


def _upgrade(connection: sa.Connection, folder: Path) -> None:
    from alembic import command  # noqa: PLC0415 - slow to load, and most starts migrate nothing
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise sa.exc.InvalidRequestError(f"rows of {broken[0][0]} point nowhere")


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; Windows does so by itself and refuses to be asked."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def written_out(connection: sa.Connection) -> str:
    """Everything that is in a database but its rows, as SQL, in alphabetical order."""
    rows = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " AND name <> 'alembic_version' ORDER BY tbl_name, type = 'trigger', type, name"
    )
    # a table that was renamed has its name in quotation marks
    plain = (re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", sql.strip()) for (sql,) in rows)
    tidy = ("\n".join(line.rstrip() for line in sql.splitlines()) for sql in plain)
    return "".join(f"{sql};\n\n" for sql in tidy)


def of_a_new_database() -> str:
    """What the migrations add up to, as SQL."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        create(path)
        engine = engine_of(path)
        with engine.connect() as connection:
            text = written_out(connection)
        engine.dispose()
    return text


if __name__ == "__main__":
    SCHEMA_FILE.write_text(of_a_new_database(), encoding="utf-8")
