"""A clinic's past is read as episodes with their reports, and what is wrong is named by line."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.content.cohorts import DAY_0, Cohort, read_cohort
from monitor.content.csv_files import Unreadable
from monitor.domain.episode import OwnWindow
from monitor.domain.submission import NOWHERE, Answer, Place
from tests.content.small_protocol import small_protocol

PROTOCOL = small_protocol()
PROCEDURES = "patient,side,level\n1,left,C5\n"
REPORTS = "patient,day,item,site,score\n"


def read(folder: Path, reports: str | bytes, procedures: str = PROCEDURES) -> Cohort:
    (folder / "procedures.csv").write_text(procedures, encoding="utf-8")
    content = reports if isinstance(reports, bytes) else (REPORTS + reports).encode()
    (folder / "reports.csv").write_bytes(content)
    return read_cohort(folder / "procedures.csv", folder / "reports.csv", PROTOCOL)


def bad(cohort: Cohort) -> list[tuple[str, int]]:
    return [(fault.file, int(fault.key.removeprefix("line "))) for fault in cohort.bad]


def test_that_each_day_of_a_patient_is_one_report(tmp_path: Path) -> None:
    cohort = read(tmp_path, "1,2,pain,neck,7\n1,2,stiffness,,3\n1,-7,pain,neck,8\n")
    ((episode, submissions),) = cohort.courses
    assert (episode.id, episode.patient_id) == ("1", "1")
    assert [s.local_date for s in submissions] == [
        DAY_0 - dt.timedelta(7),
        DAY_0 + dt.timedelta(2),
    ]
    assert [s.form for s in submissions] == ["base", "acute"]
    assert submissions[1].answers == (Answer("pain", 7), Answer("stiffness", 3))
    assert {s.entered_by for s in submissions} == {"import"}
    assert cohort.end == DAY_0 + dt.timedelta(2)
    assert cohort.bad == ()


def test_that_a_site_is_kept_only_where_the_item_has_places(tmp_path: Path) -> None:
    cohort = read(tmp_path, "1,2,pain,neck,7\n1,2,numbness,treated,4\n1,2,weakness,hand,1\n")
    (_, (report,)) = cohort.courses[0]
    places = [answer.place for answer in report.answers]
    assert places == [NOWHERE, Place("treated"), Place("hand")]


def test_that_sides_and_comparisons_are_read_where_there_are_columns(tmp_path: Path) -> None:
    content = (
        b"patient,day,item,site,score,side,compared\n"
        b"1,2,numbness,neck,4,right,worse\n"
        b"1,2,fever,,yes,,\n"
        b"1,3,numbness,neck,4,up,\n"
        b"1,4,numbness,neck,4,,later\n"
    )
    cohort = read(tmp_path, content)
    (_, (report,)) = cohort.courses[0]
    assert report.answers == (
        Answer("numbness", 4, Place("neck", "right"), "worse"),
        Answer("fever", "yes"),
    )
    assert bad(cohort) == [("reports.csv", 4), ("reports.csv", 5)]


def test_that_windows_profile_and_date_are_read_where_there_are_columns(tmp_path: Path) -> None:
    cohort = read(
        tmp_path,
        "Kim 7,1,pain,,5\n",
        "patient,side,level,profile,procedure_date,numbness_window,relief_window\n"
        "Kim 7,both,C4;C5,GENERIC,2024-02-29,42,60\n"
        "8,right,,,,,\n",
    )
    first, second = (episode for episode, _ in cohort.courses)
    assert first.own_windows == (OwnWindow("numbness", 42, 42), OwnWindow("relief", 60, 60))
    assert (first.procedure.date, first.procedure.side) == (dt.date(2024, 2, 29), "")
    assert first.procedure.levels == ("C4", "C5")
    assert (second.own_windows, second.procedure.date) == ((), DAY_0)
    assert cohort.courses[1][1] == ()


@pytest.mark.parametrize(
    "line",
    [
        "2,1,pain,,5",
        "1,1.5,pain,,5",
        "1,99999,pain,,5",
        "1,1,joy,,5",
        "1,1,pain,,11",
        "1,1,pain,,5.0",
        "1,1,pain,,nan",
        "1,1,pain,,٣",
        "1,1,pain,,",
        "1,1,fever,,perhaps",
        "1,1,pain",
        '1,1,"pain',
    ],
)
def test_that_a_report_that_says_nothing_sure_is_named_by_line(tmp_path: Path, line: str) -> None:
    cohort = read(tmp_path, f"1,0,pain,,5\n{line}\n")
    assert bad(cohort) == [("reports.csv", 3)]
    assert len(cohort.courses[0][1]) == 1


def test_that_of_contradicting_answers_none_is_taken(tmp_path: Path) -> None:
    cohort = read(tmp_path, "1,1,pain,,5\n1,1,pain,,6\n1,2,pain,,5\n1,2,pain,,5\n")
    (_, (report,)) = cohort.courses[0]
    assert report.local_date == DAY_0 + dt.timedelta(2)
    assert [line for _, line in bad(cohort)] == [2, 3, 5]


@pytest.mark.parametrize(
    "line",
    [
        "1,left,C5,,,",
        ",left,C5,,,",
        "2,up,C5,,,",
        "2,left,five,,,",
        "2,left,C5,MAGIC,,",
        "2,left,C5,,2025-02-30,",
        "2,left,C5,,20250230,",
        "2,left,C5,,,soon",
        "2,left,C5,,,-1",
        "2,left",
    ],
)
def test_that_a_procedure_that_cannot_be_is_named_by_line(tmp_path: Path, line: str) -> None:
    head = "patient,side,level,profile,procedure_date,relief_window\n1,left,C5,,,\n"
    cohort = read(tmp_path, "", head + line + "\n")
    assert bad(cohort) == [("procedures.csv", 3)]
    assert len(cohort.courses) == 1


@pytest.mark.parametrize(
    ("procedures", "hint"),
    [
        ("patient,side\n", "procedures.csv: level: Is missing"),
        ("patient,side,level,joy_window\n", "procedures.csv: joy_window: Is no item"),
    ],
)
def test_that_a_file_with_the_wrong_columns_is_refused(
    tmp_path: Path, procedures: str, hint: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(tmp_path, "", procedures)
    assert hint in str(refusal.value)


CELLS = st.sampled_from(["1", "2", "-7", "99", "pain", "numbness", "neck", "", '"', "é", "worse"])


@given(lines=st.lists(st.lists(CELLS, min_size=4, max_size=6), max_size=10), tail=st.binary())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_any_reports_are_read_or_refused(
    tmp_path: Path, lines: list[list[str]], tail: bytes
) -> None:
    text = REPORTS + "".join(",".join(cells) + "\n" for cells in lines)
    assert all(fault.remedy for fault in read(tmp_path, text.encode()).bad)
    with suppress(Unreadable):
        assert len(read(tmp_path, text.encode() + tail).courses) == 1


def test_that_reading_a_cohort_loads_neither_qt_nor_drawing_nor_a_database() -> None:
    program = (
        "import sys, monitor.content.cohorts\n"
        "heavy = {'PySide6', 'matplotlib', 'sqlalchemy', 'pydantic', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
