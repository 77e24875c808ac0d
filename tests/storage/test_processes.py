"""Two programs at once on one file, and programs that die while they write."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from monitor.storage.connection import connect
from monitor.storage.store import SqliteStore
from tests.builders import date, enrol, instant
from tests.storage.writing import ANSWERS

ROOT = Path(__file__).parents[2]
STEPS = range(100, 8100, 400)
PAGES = range(1, 21)


@pytest.fixture
def enrolled(database: Path) -> Path:
    store = SqliteStore(database, durable=False)
    with store.begin() as work:
        enrol(work)
        work.commit()
    store.close()
    return database


def start_writing(path: Path, *options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writing", str(path), *map(str, options)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_that_two_programs_write_200_reports_each_without_a_refusal(enrolled: Path) -> None:
    both = [start_writing(enrolled, name, 200) for name in ("kiosk", "station")]
    complaints = [writer.communicate()[1] for writer in both]
    assert complaints == ["", ""]
    store = SqliteStore(enrolled)
    with store.read() as work:
        assert work.submissions.count() == 400
        assert len(work.alerts.waiting(instant(0), date(0))) == 400
    store.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the writers die by signals of POSIX")
@pytest.mark.parametrize(
    ("death", "moments"),
    [("step", STEPS), ("growth", [4096 * pages for pages in PAGES])],
    ids=["unit", "commit"],
)
def test_that_a_program_that_dies_while_it_writes_leaves_all_of_a_report_or_nothing(
    enrolled: Path, death: str, moments: list[int]
) -> None:
    confirmed: set[str] = set()
    journal = enrolled.with_name(f"{enrolled.name}-journal")
    for moment in moments:
        writer = start_writing(enrolled, f"run-{moment}", 10_000, death, moment)
        confirmed |= set(writer.communicate()[0].split())
        assert writer.returncode < 0
        if death == "growth":
            assert journal.stat().st_size > 0, "it did not die in the middle of a commit"
    assert_whole(enrolled, confirmed)


def assert_whole(path: Path, confirmed: set[str]) -> None:
    """Everything confirmed is there, and whatever is there has all its parts."""
    store = SqliteStore(path)
    with store.read() as work:
        reports = work.submissions.of_episode("episode-1")
        ids = {report.id for report in reports}
        assert confirmed
        assert confirmed <= ids
        assert {len(report.answers) for report in reports} == {ANSWERS}
        assert {e.submission_id for e in work.submissions.evaluations("waiting")} == ids
        assert {w.alert.id for w in work.alerts.waiting(instant(0), date(0))} == ids
        assert all(len(work.audit.of_subject(report)) == 1 for report in ids)
    store.close()
    with closing(connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
