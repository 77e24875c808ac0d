"""How the database file is opened: the driver, its settings, and when a transaction locks.

Why these settings: with journal_mode=TRUNCATE and synchronous=EXTRA what was committed is
there after a power cut, and a file that was moved away is noticed before anything is
confirmed. Writers lock at once (BEGIN IMMEDIATE): a transaction that starts to read and then
wants to write can fail at once when another process writes too, however long it would wait.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlcipher3 import dbapi2

from monitor.storage.faults import fault_of

PATIENCE_SECONDS = 5.0
"""How long a unit of work waits for its turn."""


def settings(*, durable: bool, foreign_keys: bool) -> tuple[tuple[str, str], ...]:
    """The pragmas of a connection in their order; the key of an encrypted file comes second."""
    return (
        ("cipher_log_level", "NONE"),
        ("journal_mode", "TRUNCATE"),
        ("synchronous", "EXTRA" if durable else "OFF"),
        ("foreign_keys", "ON" if foreign_keys else "OFF"),
        ("recursive_triggers", "ON"),
        ("cell_size_check", "ON"),
        ("trusted_schema", "OFF"),
        ("mmap_size", "0"),
    )


def connect(
    path: Path, *, durable: bool = True, foreign_keys: bool = True, new: bool = False
) -> dbapi2.Connection:
    """Open the file with all settings; makes a file only if it is to be `new`."""
    connection = dbapi2.connect(
        f"{path.resolve().as_uri()}?mode={'rwc' if new else 'rw'}",
        uri=True,
        timeout=PATIENCE_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for name, value in settings(durable=durable, foreign_keys=foreign_keys):
            connection.execute(f"PRAGMA {name} = {value}")
    except dbapi2.Error:
        connection.close()
        raise
    return connection


def engine_of(
    path: Path, *, durable: bool = True, foreign_keys: bool = True, new: bool = False
) -> sa.Engine:
    """An engine on the file whose errors are Unavailable wherever they are known faults."""
    engine = sa.create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, durable=durable, foreign_keys=foreign_keys, new=new),
        poolclass=sa.QueuePool,
        # errors are written to logs, and parameters are names and answers of patients
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "begin")
    def start(connection: sa.Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    @sa.event.listens_for(engine, "handle_error")
    def tell_plainly(context: ExceptionContext) -> None:
        fault = fault_of(context.original_exception, path)
        if fault is not None:
            raise fault

    return engine


def beginning(engine: sa.Engine, how: Literal["BEGIN", "BEGIN IMMEDIATE"]) -> sa.Engine:
    """The same engine, its transactions begun in this way."""
    return engine.execution_options(begin=how)
