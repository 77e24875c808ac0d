"""How long a clinic's own list takes: `python -m tests.benchmarks.bench_import`.

5,000 patients with a procedure each, of the last 60 days, read from a file in Windows' encoding
into an empty clinic: finding out what its columns are, the dry run, the storing, the same file
again, judging 200 of them, and the undo of all of it but those.
"""

from __future__ import annotations

import datetime as dt
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from monitor.app import clinic_of, init
from monitor.content import people_file
from monitor.content.site import Site
from monitor.services import intake, intake_undo
from monitor.services.people_list import Plan
from monitor.services.people_words import codes_of, columns_of, orders_of

ROWS, JUDGED = 5_000, 200
T = TypeVar("T")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder=Path(folder, "site"), clinic="Benchmark")
        init(site)
        path = Path(folder, "list.csv")
        with clinic_of(site, "lead", "desk", acting="lead") as clinic:
            path.write_text("\n".join(lines(clinic.today())), "cp1252")
            protocol = clinic.protocols.current(site.protocol)
            people = timed("reading the file", lambda: people_file.read(path))
            columns = columns_of(people.header)
            (order,) = timed("how its dates are written", lambda: orders_of(people, columns))
            codes = timed("what its words mean", lambda: codes_of(people, columns, protocol))
            plan = Plan(columns, order, codes)
            timed("dry run", lambda: intake.check(clinic, protocol.id, people, plan))
            taken = timed("storing", lambda: intake.take_in(clinic, protocol.id, people, plan))
            assert taken.batch is not None, "all of it is new"
            assert not taken.dry_run.faults, "nothing is wrong with it"
            batch = taken.batch.id
            timed("the same again", lambda: intake.take_in(clinic, protocol.id, people, plan))
            timed(f"judging {JUDGED}", lambda: intake.judge(clinic, taken.to_judge[:JUDGED]))
            timed("undo", lambda: intake_undo.undo(clinic, batch))


def timed(what: str, do: Callable[[], T]) -> T:
    started = time.perf_counter()
    result = do()
    print(f"{what:<28}{time.perf_counter() - started:8.2f} s")
    return result


def lines(today: dt.date) -> Iterator[str]:
    """Invented people, the same in every run but for the dates of their procedures."""
    chance = random.Random(1)
    yield "Nr;Nachname;Vorname;Geburtsdatum;Geschlecht;Telefon;OP-Datum;Eingriff;Höhe;Seite"
    for count in range(ROWS):
        born = dt.date(1940, 1, 1) + dt.timedelta(days=chance.randrange(20_000))
        done = today - dt.timedelta(days=chance.randrange(60))
        yield (
            f"{100_000 + count};Family{chance.randrange(4_000)};Given{chance.randrange(800)};"
            f"{born:%d.%m.%Y};{chance.choice('mw')};555 {count:06};{done:%d.%m.%Y};"
            f"{chance.choice(('MBRFN', 'TON', 'RF_DRG'))};C4 C5;{chance.choice(('li', 're'))}"
        )


if __name__ == "__main__":
    main()
