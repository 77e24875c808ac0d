"""How long the store takes for a large clinic: `python -m tests.benchmarks.bench_worklist`.

20,000 patients with five reports of ten answers each (1,000,000 answers), 100,000 alerts that
were closed and 2,000 that are open, 500 extra reports asked for, 50 reports that wait, and one
patient with 100 reports. 600 are silent, 1,100 have reported since yesterday, one user has looked
at 5,000, there are 40,000 contacts of which 2,000 promise another, and 200,000 lines of audit.
Every question opens a unit of work of its own, as the station does.
*waiting* is what the worklist asks; the two lines below it say how much of that is the
database's part and how much is reading findings from their JSON. *judging one episode* is all
that an evaluation reads of it.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from monitor.domain.alert import Alert, State
from monitor.domain.episode import Patient
from monitor.domain.finding import Evidence, Finding
from monitor.domain.protocol import Priority
from monitor.domain.silence import ORDER, Silence
from monitor.domain.submission import Submission
from monitor.services.ports import AuditLine, Contact, Judged, Work
from monitor.storage import rows, tables
from monitor.storage.store import SqliteStore
from tests.builders import (
    alert,
    answer,
    audit_line,
    canary,
    contact,
    date,
    episode,
    evaluation,
    finding,
    heartbeat,
    instant,
    judged,
    patient,
    submission,
    sweep,
)

PATIENTS = 20_000
REPORTS = (1, 14, 42, 90, 180)
ITEMS = tuple(f"item_{number}" for number in range(10))
CLOSED_EACH, OPEN, ASKED, WAITING = 5, 2_000, 500, 50
SILENT, NEW, LOOKED, PROMISED, AUDIT_LINES = 600, 1_100, 5_000, 2_000, 200_000
FAMILIES = tuple(
    f"{first}{last}"
    for first in ("Alv", "Ber", "Car", "Dom", "Fern", "Gar", "Hern", "Lop", "Mart", "Pér", "Rodr")
    for last in ("arez", "ández", "ing", "oğlu", "ov", "sen", "ßner", "son", "ström", "y")
)
GIVEN = tuple(
    f"{first}{last}"
    for first in ("Al", "Bel", "Car", "Dan", "El", "Jos", "Kat", "Lu", "Mar", "Sal")
    for last in ("a", "ana", "é", "ie", "ina", "io", "on", "um", "us", "y")
)
ACTORS = (*(f"Nurse {number}" for number in range(20)),)
RULES = tuple(f"rule_{number}" for number in range(20))
BUSY, BUSY_REPORTS = 1, 100
"""The patient with that count has that many reports."""
BATCH = 20_000
PAGE = 50
RUNS = 20
SEED = 8
NOW, TODAY = instant(200), date(200)


def fill(work: Any, chance: random.Random) -> None:
    """Write the clinic in bulk; the caller commits."""
    counts = range(1, PATIENTS + 1)
    reports = list(chain.from_iterable(map(_reports, counts)))
    waiting = {report.id for report in chance.sample(reports, WAITING)}
    asked, silent = (set(chance.sample(counts, many)) for many in (ASKED, SILENT))
    people = [_patient(count, chance) for count in counts]

    def evaluations() -> Iterator[dict[str, Any]]:
        for report in reports:
            state = "waiting" if report.id in waiting else "evaluated"
            yield rows.evaluation_to_row(evaluation(report, state=state))

    _write(work, tables.patient, map(rows.patient_to_row, people))
    _write(work, tables.episode, (rows.episode_to_row(episode(count)) for count in counts))
    _write(work, tables.submission, map(rows.submission_to_row, reports))
    _write(work, tables.answer, chain.from_iterable(map(rows.answers_to_rows, reports)))
    _write(work, tables.evaluation, evaluations())
    _write(work, tables.alert, map(rows.alert_to_row, _alerts(counts, chance)))
    _write(
        work,
        tables.judgement,
        (rows.judged_to_row(_judged(count, count in asked, count in silent)) for count in counts),
    )
    _write(work, tables.look, _looks(counts, chance))
    _write(work, tables.contact, map(rows.contact_to_row, _contacts(counts)))
    _write(work, tables.audit, map(rows.audit_line_to_row, _audit(chance)))
    work.sweeps.add(sweep(200))
    work.canaries.add(canary(200))
    for station in ("desk", "ward"):
        work.heartbeats.set(heartbeat(200, station=station))


def _write(work: Any, table: sa.Table, values: Iterable[dict[str, Any]]) -> None:
    coming = iter(values)
    while some := list(islice(coming, BATCH)):
        work._connection.execute(sa.insert(table), some)


def _reports(count: int) -> Iterator[Submission]:
    days = tuple(range(1, 1 + BUSY_REPORTS)) if count == BUSY else REPORTS
    if BUSY < count <= BUSY + NEW:
        days = (*REPORTS, 199)
    for day in days:
        answers = (answer(item, (count + day + place) % 11) for place, item in enumerate(ITEMS))
        yield submission(
            *answers, day=day, id=f"report-{count}-{day}", episode_id=f"episode-{count}"
        )


def _patient(count: int, chance: random.Random) -> Patient:
    return patient(
        count,
        family_name=chance.choice(FAMILIES),
        given_name=chance.choice(GIVEN),
        number=f"{100_000 + 7 * count}",
        birth_date=date(-chance.randint(20 * 365, 90 * 365)),
        phone=f"+44 {chance.randint(10**8, 10**9)}",
    )


def _judged(count: int, extra: bool, is_silent: bool) -> Judged:
    due = {"opens_on": date(203), "due_on": date(205), "closes_on": date(207)}
    silence = Silence(ORDER[count % len(ORDER)], 2, date(count % 190), "item_0", 7, 5.5)
    return judged(count, extra=extra, **due, silence=silence if is_silent else None)


def _looks(counts: range, chance: random.Random) -> Iterator[dict[str, Any]]:
    for user, many in (("osei", LOOKED), ("kim", LOOKED // 2)):
        for count in chance.sample(counts, many):
            yield {"user": user, "episode_id": f"episode-{count}", "at": instant(190)}


def _contacts(counts: range) -> Iterator[Contact]:
    for count in counts:
        for number, result in enumerate(("no_answer", "reached")):
            yield contact(
                100 + number,
                id=f"contact-{count}-{number}",
                episode_id=f"episode-{count}",
                kind="phone",
                at=instant(100 + number),
                result=result,
                findings=("pain_same", "sleeps_well"),
                next_on=date(203) if number and count <= PROMISED else None,
            )


def _audit(chance: random.Random) -> Iterator[AuditLine]:
    for number in range(AUDIT_LINES):
        yield audit_line(
            actor=chance.choice(ACTORS),
            at=instant(0) + dt.timedelta(minutes=number),
            action=chance.choice(("looked", "resolved", "printed")),
            subject=f"episode-{chance.randint(1, PATIENTS)}",
        )


def _alerts(counts: range, chance: random.Random) -> Iterator[Alert]:
    for count in counts:
        for number in range(CLOSED_EACH):
            state = chance.choice((State.RESOLVED, State.RETRACTED))
            yield _alert(f"closed-{count}-{number}", count, state, chance)
    for number in range(OPEN):
        state = chance.choice((State.RAISED, State.RAISED, State.ACKNOWLEDGED, State.SNOOZED))
        yield _alert(f"open-{number}", chance.choice(counts), state, chance)


def _alert(name: str, count: int, state: State, chance: random.Random) -> Alert:
    day = chance.randint(1, 199)
    is_open = name.startswith("open")
    return alert(
        _finding(chance, site=name if is_open else ""),  # the open one of a key is single
        day=day,
        id=name,
        episode_id=f"episode-{count}",
        state=state,
        until=None if state is State.RAISED else instant(chance.randint(195, 230)),
        respond_by=instant(day + chance.randint(0, 7)),
        window_ended_on=chance.choice((None, date(day), date(day + 90))),
        useful=chance.choice(("", "", "useful", "not_useful")),
    )


def _finding(chance: random.Random, site: str) -> Finding:
    days = sorted(chance.sample(range(1, 200), 6))
    return finding(
        chance.choice(RULES),
        site,
        priority=chance.choice(tuple(Priority)),
        evidence=tuple(
            Evidence(day, "item_0", chance.randint(4, 10), submission_id=f"report-1-{day}")
            for day in days
        ),
        facts={"limit": 5.5, "baseline": 8, "expected_to_day": 42, "score": 7, "days": 12},
    )


def questions(store: SqliteStore) -> dict[str, Callable[[Any], object]]:
    """What is asked, by the name it has in the table."""
    statement, values = _in_sql(store, lambda work: work.alerts.waiting(NOW, TODAY))
    with store.read() as work:
        texts = [rows.finding_to_json(w.alert.finding) for w in work.alerts.waiting(NOW, TODAY)]
    return {
        "waiting": lambda work: work.alerts.waiting(NOW, TODAY),
        "  of it the database": lambda work: work._connection.exec_driver_sql(
            statement, values
        ).all(),
        "  of it findings from JSON": lambda _: [rows.json_to_finding(text) for text in texts],
        "tallies": lambda work: work.alerts.tallies(),
        "asked": lambda work: work.judgements.asked(),
        "submissions: count": lambda work: work.submissions.count(),
        "submissions: states": lambda work: work.submissions.states(),
        "submissions: unjudged": lambda work: work.submissions.evaluations("waiting", "failed"),
        "submissions: last dates": lambda work: work.submissions.last_dates(),
        "alerts: count": lambda work: work.alerts.count(),
        "alerts: states": lambda work: work.alerts.states(),
        "heartbeats, canary, sweep": lambda work: (
            work.heartbeats.all(),
            work.canaries.last(),
            work.sweeps.last(),
        ),
        "open episodes": lambda work: work.episodes.open_ids(),
        "judging one episode": lambda work: _judging(work, BUSY + 1),
        f"  one with {BUSY_REPORTS} reports": lambda work: _judging(work, BUSY),
        **_of_the_lists(store),
    }


def _of_the_lists(store: SqliteStore) -> dict[str, Callable[[Any], object]]:
    with store.read() as work:
        one, *_ = work.lists.find(["mar"], 500, 1).rows
    name = [one.patient.given_name, one.patient.family_name]
    some = [f"episode-{count}" for count in range(BUSY, BUSY + 15)]
    fifty = [_patient(count, random.Random(count)) for count in range(1, 51)]
    ever = (instant(-1), instant(500))
    return {
        "unseen reds": lambda work: work.alerts.unseen(Priority.RED),
        "find: one letter": lambda work: work.lists.find(["a"], 0, PAGE),
        "find: a full name": lambda work: work.lists.find(name, 0, PAGE),
        "find: a number": lambda work: work.lists.find([one.patient.number], 0, PAGE),
        "find: nobody": lambda work: work.lists.find(["xyz"], 0, PAGE),
        "find: everybody": lambda work: work.lists.find([], 0, PAGE),
        "find: everybody, far down": lambda work: work.lists.find([], 15_000, PAGE),
        f"silent: {SILENT}": lambda work: work.lists.silent(),
        "  their count": lambda work: work.lists.count_silent(),
        "new and well: 1,000": lambda work: work.lists.new_and_well(instant(199), date(199)),
        "  how many": lambda work: work.lists.count_new_and_well(instant(199), date(199)),
        "reported on a day": lambda work: work.lists.reported_on(date(199)),
        "patients: count": lambda work: work.lists.count(),
        "operators": lambda work: work.episodes.operators(),
        "namesakes of 50": lambda work: work.lists.namesakes(fifty),
        "alike": lambda work: work.patients.alike(
            one.patient.number, *reversed(name), one.patient.birth_date, one.patient.phone
        ),
        "scores of 15 episodes": lambda work: work.lists.scores(some, "item_0"),
        "15 episodes": lambda work: work.lists.of(some),
        f"looks of a user: {LOOKED}": lambda work: work.looks.of_user("osei"),
        f"promised: {PROMISED}": lambda work: work.contacts.promised(),
        "audit: the last": lambda work: work.audit.find(*ever),
        "audit: of an actor": lambda work: work.audit.find(*ever, actor="Nurse 1"),
        "audit: of an actor never seen": lambda work: work.audit.find(*ever, actor="Nobody"),
        "audit: of 15 subjects": lambda work: work.audit.find(*ever, subjects=some),
    }


def _in_sql(store: SqliteStore, question: Callable[[Any], object]) -> tuple[str, Any]:
    """The last statement by which a question is asked, with its values."""
    asked: list[tuple[str, Any]] = []

    def note(*told: Any) -> None:
        asked.append((told[2], told[3]))

    sa.event.listen(store._engine, "before_cursor_execute", note)
    with store.read() as work:
        question(work)
    sa.event.remove(store._engine, "before_cursor_execute", note)
    return asked[-1]


def _judging(work: Work, count: int) -> object:
    followed = work.episodes.get(f"episode-{count}")
    return (
        work.alerts.of_episode(followed.id),
        work.judgements.get(followed.id),
        work.submissions.of_episode(followed.id),
        work.episodes.of_patient(followed.patient_id),
        work.submissions.evaluations("waiting", "failed", of_episode=followed.id),
    )


def measure(store: SqliteStore, question: Callable[[Any], object]) -> list[float]:
    """How long each run took, in milliseconds; a first one, which fills the caches, is left out."""
    times = []
    for _ in range(1 + RUNS):
        start = time.perf_counter()
        with store.read() as work:
            question(work)
        times.append(1000 * (time.perf_counter() - start))
    return times[1:]


def _table(path: Path) -> None:
    start = time.perf_counter()
    store = SqliteStore.create(path, durable=False)
    with store.begin() as work:
        fill(work, random.Random(SEED))
        work.commit()
    store.close()
    built, size = time.perf_counter() - start, path.stat().st_size / 1e6
    store = SqliteStore(path)
    with store.read() as work:
        reports = work.submissions.count()
    answers = reports * len(ITEMS)
    print(f"{PATIENTS} patients, {answers} answers, {size:.0f} MB, built in {built:.0f} s")
    print(f"{RUNS} runs, milliseconds{'min':>16}{'median':>9}")
    for name, question in questions(store).items():
        times = measure(store, question)
        print(f"{name:<32}{min(times):>7.1f}{statistics.median(times):>9.1f}")
    store.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        _table(Path(folder) / "clinic.db")
