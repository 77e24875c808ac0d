"""The store of one machine: an SQLite file that the kiosk and the station use at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from monitor.services.ports import Unavailable
from monitor.storage import schema
from monitor.storage.connection import beginning, engine_of
from monitor.storage.location import need_local
from monitor.storage.work import SqliteWork


class SqliteStore:
    """Opens a database that is there, bringing an older one up to date.

    Refuses with Unavailable a missing file, one on a network drive, one that is not ours,
    damaged, or of a newer version. `durable` False trades safety for speed and is for
    building demo data only: a power cut may then destroy the file.
    """

    def __init__(self, path: Path | str, *, durable: bool = True) -> None:
        self.path = Path(path)
        need_local(self.path)
        self._need_file()
        schema.bring_up_to_date(self.path)
        self._file = self._identity()
        self._engine = engine_of(self.path, durable=durable)
        self._writers = beginning(self._engine, "BEGIN IMMEDIATE")
        self._readers = beginning(self._engine, "BEGIN")
        # A connection is not told of what it wrote itself: this one never writes.
        self._watcher = engine_of(self.path)
        self._watchers = count()

    @classmethod
    def create(cls, path: Path | str, *, durable: bool = True) -> SqliteStore:
        """Make a new, empty database and open it; refuses (Unavailable) an existing file."""
        need_local(Path(path))
        schema.create(Path(path))
        return cls(path, durable=durable)

    @contextmanager
    def begin(self) -> Iterator[SqliteWork]:
        """Open a unit of work that may write; others wait five seconds for it, then refuse."""
        with self._connected(self._writers) as connection:
            yield SqliteWork(connection, writable=True)

    @contextmanager
    def read(self) -> Iterator[SqliteWork]:
        """Open a unit of work that only reads, all of it as of one moment."""
        with self._connected(self._readers) as connection:
            yield SqliteWork(connection, writable=False)

    def revision(self) -> Hashable:
        """What SQLite counts up for a connection whenever any other has stored something.

        A new connection counts anew, so its own number belongs to it.
        """
        with self._connected(self._watcher) as connection:
            version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
            return connection.info.setdefault("number", next(self._watchers)), version

    def damage(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the whole file, as it says it; nothing in a sound one.

        Reads every page: seconds for a large clinic.
        """
        with self._connected(self._readers) as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        return tuple(line for line in found if line != "ok")

    def close(self) -> None:
        self._engine.dispose()
        self._watcher.dispose()

    @contextmanager
    def _connected(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        self._need_same_file()
        with engine.connect() as connection:
            try:
                connection.begin()
                yield connection
            except Unavailable:
                # after a failed write nothing that this connection remembers can be trusted
                connection.invalidate()
                raise

    def _need_file(self) -> None:
        if not self.path.is_file():
            raise Unavailable(
                f"There is no database {self.path}. Check the path, or make a new one first."
            )

    def _need_same_file(self) -> None:
        """An open file that was deleted or replaced still answers, with what nobody else sees."""
        self._need_file()
        if self._identity() != self._file:
            raise Unavailable(
                f"The database {self.path} was replaced while it was in use. "
                "Start the program again."
            )

    def _identity(self) -> tuple[int, int]:
        found = self.path.stat()
        return (found.st_dev, found.st_ino)
