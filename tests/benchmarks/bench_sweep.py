"""How long a sweep over a large clinic takes: `python -m tests.benchmarks.bench_sweep [EPISODES]`.

An SQLite clinic of EPISODES patients (10,000 unless named), each followed since 50 days and with
12 full reports (every question that the forms ask on the day). Of twenty patients one is *noisy*:
complaints that come and go, so that several alerts are open; the others are *quiet*. The file is
filled in bulk; the alerts are raised by the first sweep, as after an import.

Three sweeps are timed. *first*: nothing is judged yet, so that every episode is written. *again*:
nothing has changed since, which is every sweep of a day but few. *next day*: a day has passed.
Then the cost of one episode of the second kind is told part by part, on a sample, in
milliseconds of the processor; *writing* is what a changed episode costs beside that, on the clock,
because there the disk is waited for.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from monitor.domain.rules import evaluate
from monitor.domain.submission import Submission
from monitor.services import comparing, evaluation, sweep
from monitor.services.clinic import Clinic
from monitor.services.ports import Evaluation
from monitor.storage import rows, tables
from monitor.storage.store import SqliteStore
from tests.benchmarks import bench_rules
from tests.builders import episode, instant, patient, procedure
from tests.fakes import FakeClock, FakeProtocols
from tests.protocols import default_protocol

EPISODES = 10_000
REPORTS = 12
TODAY = 50
NOISY_EVERY = 20
SAMPLE = 500
BATCH = 500
DAYS = (-7, -1, 1, 3, 7, 10, 14, 21, 28, 35, 42, 49)


def _templates() -> tuple[tuple[Submission, ...], tuple[Submission, ...]]:
    """The reports of a quiet patient and of a noisy one."""
    protocol = default_protocol()
    both = []
    for name in ("quiet", "noisy"):
        known = bench_rules.reports(protocol, bench_rules.PATIENTS[name])[:REPORTS]
        both.append(
            tuple(
                replace(
                    report,
                    answered_at=instant(day),
                    received_at=instant(day),
                    local_date=instant(day).date(),
                )
                for report, day in zip(known, DAYS, strict=True)
            )
        )
    return both[0], both[1]


def fill(store: SqliteStore, episodes: int) -> None:
    """Write everything that a clinic without judgements holds, many rows at a time."""
    quiet, noisy = _templates()
    for first in range(1, episodes + 1, BATCH):
        kept: dict[sa.Table, list[dict[str, Any]]] = {
            tables.patient: [],
            tables.episode: [],
            tables.submission: [],
            tables.answer: [],
            tables.evaluation: [],
        }
        for count in range(first, min(first + BATCH, episodes + 1)):
            own = episode(count, procedure=procedure(profile=bench_rules.PROFILE))
            kept[tables.patient].append(rows.patient_to_row(patient(count)))
            kept[tables.episode].append(rows.episode_to_row(own))
            for report in quiet if count % NOISY_EVERY else noisy:
                sent = replace(report, id=f"{report.id} {count}", episode_id=own.id)
                known = Evaluation(sent.id, own.id, "evaluated")
                kept[tables.submission].append(rows.submission_to_row(sent))
                kept[tables.answer] += rows.answers_to_rows(sent)
                kept[tables.evaluation].append(rows.evaluation_to_row(known))
        with store.begin() as work:
            for table, several in kept.items():
                work._connection.execute(sa.insert(table), several)
            work.commit()


@contextmanager
def clinic_of(episodes: int) -> Iterator[tuple[Clinic, FakeClock]]:
    """The clinic on a file that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore.create(Path(folder, "clinic.db"))
        fill(store, episodes)
        clock = FakeClock(instant(TODAY))
        yield (
            Clinic(
                store=store,
                clock=clock,
                protocols=FakeProtocols(default_protocol()),
                name="Large clinic",
                zone=ZoneInfo("Europe/Berlin"),
                actor="bench",
                station="bench",
                overdue_after=dt.timedelta(minutes=30),
                acting="operator",
            ),
            clock,
        )
        store.close()


def timed(done: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of this process: on a busy machine the second says more."""
    start, own = time.perf_counter(), time.process_time()
    done()
    return time.perf_counter() - start, time.process_time() - own


def parts(clinic: Clinic, episode_ids: list[str]) -> dict[str, float]:
    """Milliseconds for one episode in which nothing has changed, by what is done."""
    spent = dict.fromkeys(("reading", "course", "rules", "comparing", "writing"), 0.0)

    def add(part: str, since: float) -> float:
        now = time.process_time()
        spent[part] += 1000 * (now - since) / len(episode_ids)
        return now

    for episode_id in episode_ids:
        at = time.process_time()
        with clinic.store.read() as work:
            papers = evaluation._papers(clinic, work, work.episodes.get(episode_id))
            alerts = work.alerts.of_episode(episode_id)
            known = work.judgements.get(episode_id)
            histories = {alert.id: work.alerts.events(alert.id) for alert in alerts}
            work.submissions.evaluations(*evaluation.UNJUDGED, of_episode=episode_id)
        at = add("reading", at)
        course = papers.course(clinic.today())
        at = add("course", at)
        judgement = evaluate(course)
        at = add("rules", at)
        assert known is not None
        evaluation._basis(papers, course)
        comparing.altered(known.seals, alerts, histories)
        comparing.misplaced(alerts, judgement, evaluation.occasion_of(clinic, course))
        comparing.comes_out_otherwise(known.seals, judgement)
        comparing.seals(judgement, alerts)
        add("comparing", at)
        written = time.perf_counter()
        with clinic.store.begin() as work:
            work.judgements.set(known)
            work.commit()
        spent["writing"] += 1000 * (time.perf_counter() - written) / len(episode_ids)
    return spent


def _table(episodes: int) -> None:
    print(f"{episodes} episodes of {REPORTS} reports, one in {NOISY_EVERY} of them noisy")
    start = time.perf_counter()
    with clinic_of(episodes) as (clinic, clock):
        print(f"(filled in {time.perf_counter() - start:.0f} s)")
        print(f"{'sweep':<12}{'seconds':>9}{'of the processor':>18}{'the same, ms an episode':>26}")
        for name, days in (("first", 0), ("again", 0), ("next day", 1)):
            clock.advance(days=days)
            seconds, own = timed(lambda: sweep.run(clinic))
            print(
                f"{name:<12}{seconds:>9.1f}{own:>18.1f}{1000 * own / episodes:>26.2f}", flush=True
            )
        with clinic.store.read() as work:
            sampled = list(work.episodes.open_ids())[:SAMPLE]
        print("one episode, ms: ", end="")
        print(", ".join(f"{part} {ms:.2f}" for part, ms in parts(clinic, sampled).items()))


if __name__ == "__main__":
    _table(int(sys.argv[1]) if len(sys.argv) > 1 else EPISODES)
