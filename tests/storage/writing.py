"""A process that writes reports, for the tests that need a second one or one that dies.

Run as `python -m tests.storage.writing DATABASE NAME COUNT [DEATH AT]`; each report has its
answers, an alert and a line of audit in one unit of work, and its id is printed once it is
committed. DEATH is "step": killed when the database has taken AT of its steps, in the middle of
a unit; or "growth": killed when the file has grown by AT bytes, in the middle of a commit.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path

import sqlalchemy as sa

from monitor.storage.store import SqliteStore
from tests.builders import alert, answer, audit_line, finding, submission

ANSWERS = 30


def write(store: SqliteStore, name: str, count: int) -> None:
    for number in range(count):
        key = f"{name}-{number}"
        with store.begin() as work:
            answers = (answer(f"item-{position}") for position in range(ANSWERS))
            work.submissions.add(submission(*answers, id=key))
            work.alerts.add(alert(finding(key), id=key))
            work.audit.add(audit_line(subject=key))
            work.commit()
        sys.stdout.write(f"{key}\n")
        sys.stdout.flush()


def die_at_step(store: SqliteStore, last: int) -> None:
    steps = itertools.count()

    def count_step() -> None:
        if next(steps) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(
        store._engine,
        "connect",
        lambda connection, _: connection.set_progress_handler(count_step, 1),
    )


def die_at_growth(store: SqliteStore, room: int) -> None:
    import resource  # noqa: PLC0415 - not there on Windows

    # Python ignores this signal; by its nature it kills within the very call that writes
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    size = store.path.stat().st_size + room
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


DEATHS = {"step": die_at_step, "growth": die_at_growth}

if __name__ == "__main__":
    # not durable: what is tested is the death of a process, not that of the machine
    opened = SqliteStore(Path(sys.argv[1]), durable=False)
    if len(sys.argv) > 4:
        DEATHS[sys.argv[4]](opened, int(sys.argv[5]))
    write(opened, sys.argv[2], int(sys.argv[3]))
    opened.close()
