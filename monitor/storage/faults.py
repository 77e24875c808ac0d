"""What the database driver reports, told as one sentence with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from monitor.services.ports import Unavailable

SENTENCES = {
    "SQLITE_FULL": "The disk that holds {path} is full. Free some space, then try again.",
    "SQLITE_READONLY": (
        "The database {path} cannot be written. "
        "Allow this user to write to the file and to its folder."
    ),
    "SQLITE_BUSY": (
        "Another program keeps the database {path} locked. Try again in a moment; "
        "if this stays, close the other programs that use it."
    ),
    "SQLITE_LOCKED": (
        "Another part of the program keeps the database {path} locked. Try again in a moment."
    ),
    "SQLITE_CORRUPT": (
        "The database {path} is damaged. Keep the file as it is and restore the last backup."
    ),
    "SQLITE_NOTADB": (
        "The file {path} is damaged or is not a database. "
        "Check the path; if it is right, keep the file and restore the last backup."
    ),
    "SQLITE_CANTOPEN": (
        "The database {path} cannot be opened. "
        "Check that the file is there and that this user may read its folder."
    ),
    "SQLITE_PERM": "This user may not open the database {path}. Allow it to read and write it.",
    "SQLITE_IOERR": (
        "The disk that holds {path} reports an error. "
        "Check the disk; nothing that was confirmed before is lost."
    ),
}
"""The driver's name of an error, and what is told of it."""

GONE = "The database {path} is no longer there. Put the file back, then start the program again."
"""Told in place of the others where they are only what follows from it."""


def fault_of(error: BaseException | None, path: Path) -> Unavailable | None:
    """The same fault in plain words, or None where the error is one of the program's own."""
    sentence = SENTENCES.get(getattr(error, "sqlite_errorname", ""))
    if sentence is None:
        return None
    return Unavailable((sentence if path.exists() else GONE).format(path=path))


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn the driver's errors within the block into Unavailable, where they are known."""
    try:
        yield
    except dbapi2.Error as error:
        fault = fault_of(error, path)
        if fault is None:
            raise
        raise fault from error
