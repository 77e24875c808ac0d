"""How long one patient's page takes to read: `python -m tests.benchmarks.bench_patient`.

The large clinic of `bench_worklist` (20,000 patients, 1,000,000 answers) and one patient more,
with 100 full reports by the default protocol, whose alerts a real judgement has raised, 20
contacts and 200 lines of the audit trail. *page* is all that opening the patient does on the
database thread: what the store reads, the rules, and every word of every tab. *chart* is the part
of it that the services do. *revision* is what the station asks every few seconds of an open page.
*one report* and *one map* are made on the GUI thread when somebody looks at them. The page has
500 milliseconds; telling them on the clock is enough, as nothing else waits.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.services import charting, evaluation
from monitor.services.clinic import Clinic
from monitor.services.ports import AuditLine, Contact
from monitor.storage.store import SqliteStore
from monitor.ui.station.chart import read_patient, read_revision
from tests.benchmarks import bench_rules, bench_worklist
from tests.builders import date, episode, instant, patient, procedure
from tests.builders import evaluation as evaluation_of
from tests.fakes import FakeClock, FakeProtocols
from tests.protocols import default_protocol

COUNT = bench_worklist.PATIENTS + 1
TODAY = 21 + 7 * (bench_rules.REPORTS - len(bench_rules.DENSE))
CONTACTS, LOOKS = 20, 200
RUNS = 15


def fill(store: SqliteStore) -> None:
    """Write the clinic, and the patient who has everything."""
    own = episode(COUNT, procedure=procedure(profile=bench_rules.PROFILE))
    sent = bench_rules.reports(default_protocol(), bench_rules.PATIENTS["noisy"])
    with store.begin() as work:
        bench_worklist.fill(work, random.Random(bench_worklist.SEED))
        work.patients.add(patient(COUNT))
        work.episodes.add(own)
        for report in sent:
            one = replace(report, id=f"busy {report.id}", episode_id=own.id)
            work.submissions.add(one)
            work.submissions.mark(evaluation_of(one, state="evaluated"))
        for number in range(CONTACTS):
            work.contacts.add(
                Contact(f"contact {number}", own.id, date(number), "call", "Said so.", "Nurse Ann")
            )
        for number in range(LOOKS):
            at = instant(0) + dt.timedelta(hours=number)
            work.audit.add(AuditLine(at, "Nurse Ann", "desk", "chart_opened", own.id))
        work.commit()


def clinic_on(store: SqliteStore) -> Clinic:
    """A station's clinic on the day of the last report."""
    return Clinic(
        store=store,
        clock=FakeClock(instant(TODAY, hour=12)),
        protocols=FakeProtocols(default_protocol()),
        name="Large clinic",
        zone=ZoneInfo("Europe/Berlin"),
        actor="bench",
        station="bench",
        overdue_after=dt.timedelta(minutes=30),
        acting="operator",
    )


def questions(clinic: Clinic) -> dict[str, Callable[[], object]]:
    """What is timed, by the name it has in the table."""
    own = f"episode-{COUNT}"
    state, _ = read_patient(clinic, own, "en")
    newest = state.chart.given[-1].submission.id
    (numbness,) = state.maps
    return {
        "page": lambda: read_patient(clinic, own, "en"),
        "  of it the chart": lambda: charting.chart(clinic, own),
        "revision": lambda: read_revision(clinic, own),
        "one report": lambda: state.report(newest),
        "one map": lambda: numbness.frame(numbness.count - 1),
    }


def measure(question: Callable[[], object]) -> list[float]:
    """Milliseconds of each run; a first one, which fills the caches, is left out."""
    times = []
    for _ in range(1 + RUNS):
        start = time.perf_counter()
        question()
        times.append(1000 * (time.perf_counter() - start))
    return times[1:]


def _table(path: Path) -> None:
    store = SqliteStore.create(path, durable=False)
    fill(store)
    clinic = clinic_on(store)
    evaluation.judge(clinic, f"episode-{COUNT}", "report")
    print(f"{RUNS} runs, milliseconds{'min':>12}{'median':>9}")
    for name, question in questions(clinic).items():
        times = measure(question)
        print(f"{name:<28}{min(times):>7.1f}{statistics.median(times):>9.1f}", flush=True)
    store.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        _table(Path(folder) / "clinic.db")
