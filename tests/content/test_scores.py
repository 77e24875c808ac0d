"""Files of scores are read as they come, and nothing in them is lost silently."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitor.content.csv_files import LARGEST_TABLE, Unreadable
from monitor.content.numbers import parse_number, parse_whole, round_half_up
from monitor.content.scores import read_scores
from monitor.domain.submission import NOWHERE, Answer, Place
from monitor.services.importing import BadRow, ScoreFile
from tests.content.small_protocol import small_protocol

THIRD_PARTY = Path(__file__).parents[1] / "data" / "third_party"
PROTOCOL = small_protocol()

HEAD = """
[data_set]
id = "own"
title = "Our own"
licence = "none"
attribution = "us"
"""
FILE = """
[file]
layout = "long"
"""
COLUMNS = """
[columns]
subject = "subject"
item = "item"
score = "score"
day = "day"
"""
PROCEDURE = """
[procedure]
profile = "GENERIC"
date = 2026-03-02
"""
PATIENT = """
[patient]
number_prefix = "OWN"
family_name = "OWN"
birth_date = 1900-01-01
"""
PAIN = """
[[item]]
source = "nrs"
item = "pain"
scale = [0, 10]
"""


def mapping(
    head: str = HEAD,
    file: str = FILE,
    columns: str = COLUMNS,
    procedure: str = PROCEDURE,
    patient: str = PATIENT,
    items: str = PAIN,
) -> str:
    return head + file + columns + procedure + patient + items


def read(
    folder: Path, csv: str | bytes, mapped: str | None = None, today: dt.date | None = None
) -> ScoreFile:
    content = csv if isinstance(csv, bytes) else csv.encode()
    (folder / "scores.csv").write_bytes(content)
    (folder / "scores.toml").write_text(mapping() if mapped is None else mapped, encoding="utf-8")
    return read_scores(folder / "scores.csv", folder / "scores.toml", PROTOCOL, today)


def rows(*lines: str) -> str:
    return "\n".join(("subject,day,item,score", *lines, ""))


def scores(score_file: ScoreFile) -> list[tuple[str, int, int | str | None]]:
    """Person, day and value of every score, in the order in which they will be stored."""
    return [
        (person.subject, report.day, answer.value)
        for person in score_file.good
        for report in person.reports
        for answer in report.answers
    ]


def reasons(score_file: ScoreFile) -> str:
    return "\n".join(f"{row.line} {row.reason}" for row in score_file.bad)


def refused(folder: Path, csv: str | bytes, mapped: str | None = None) -> str:
    with pytest.raises(Unreadable) as refusal:
        read(folder, csv, mapped)
    return str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        *("nan", "NaN", "inf", "-inf", "Infinity", "1e3", "1e999", "1_0", "0x1", "", " 1", "1 "),
        *("٣٤", "²", "５", "1.", ".5", "1.2.3", "--1", "+-1", "1,5", "−1", "1" * 10, "1\n", "½"),
        *("True", "None", "9" * 5000),
    ],
)
def test_that_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_that_numbers_are_read_exactly() -> None:
    assert parse_number("0.1") == Fraction(1, 10)
    assert parse_number("-7") == -7
    assert parse_number("+2,50", ",") == Fraction(5, 2)
    assert parse_number("2.5", ",") is None


def test_that_a_whole_number_has_no_decimals() -> None:
    assert parse_whole("10") == 10
    assert parse_whole("10.0") is None
    assert parse_whole("x") is None


def test_that_a_half_goes_to_the_worse_score() -> None:
    assert [round_half_up(Fraction(n, 2)) for n in (1, 5, 6, -1)] == [1, 3, 3, 0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old_mac"])
def test_that_any_line_end_is_read_with_its_line_numbers(tmp_path: Path, end: str) -> None:
    score_file = read(tmp_path, rows("A,0,nrs,8", "A,1,nrs,x").replace("\n", end))
    assert scores(score_file) == [("A", 0, 8)]
    assert [row.line for row in score_file.bad] == [3]


def test_that_cp1252_text_is_read_when_the_mapping_says_so(tmp_path: Path) -> None:
    csv = rows("A,0,Schmerzstärke – Ruhe,8").encode("cp1252")
    items = PAIN.replace("nrs", "Schmerzstärke – Ruhe")
    cp1252 = mapping(file=FILE + 'encoding = "cp1252"\n', items=items)
    assert scores(read(tmp_path, csv, cp1252)) == [("A", 0, 8)]
    assert "scores.csv: line 2" in refused(tmp_path, csv)
    assert "scores.csv: line 3" in refused(tmp_path, b"subject\r\nA\r\n\xe4\r\n")


def test_that_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    csv = rows("A,0,nrs,8")
    assert scores(read(tmp_path, b"\xef\xbb\xbf" + csv.encode())) == [("A", 0, 8)]
    utf16 = mapping(file=FILE + 'encoding = "utf-16"\n')
    assert scores(read(tmp_path, csv.encode("utf-16"), utf16)) == [("A", 0, 8)]
    assert 'encoding = "utf-16"' in refused(tmp_path, csv.encode("utf-16"))


def test_that_column_names_may_hold_dots_and_signs(tmp_path: Path) -> None:
    columns = COLUMNS.replace('"score"', '"NRS.pain (0-10) %"').replace('"day"', '"d+"')
    csv = "subject,d+,item,NRS.pain (0-10) %\nA,0,nrs,8\n"
    assert scores(read(tmp_path, csv, mapping(columns=columns))) == [("A", 0, 8)]


def test_that_missing_scores_are_counted_and_are_no_zeros(tmp_path: Path) -> None:
    file = FILE + 'missing = ["NA", "-99"]\n'
    score_file = read(tmp_path, rows("A,0,nrs,NA", "A,1,nrs,", "A,2,nrs,-99"), mapping(file=file))
    assert (scores(score_file), score_file.unanswered, score_file.bad) == ([], 3, ())


def test_that_newest_first_rows_come_out_oldest_first(tmp_path: Path) -> None:
    score_file = read(tmp_path, rows("A,9,nrs,1", "A,3,nrs,2", "A,-2,nrs,3"))
    assert scores(score_file) == [("A", -2, 3), ("A", 3, 2), ("A", 9, 1)]


def test_that_ragged_rows_are_bad_and_trailing_separators_are_not(tmp_path: Path) -> None:
    csv = "subject,day,item,score,,\nA,0,nrs,8,,\nA,1,nrs\nA,2,nrs,8,7\n,,,,,\n\nA,3,nrs,4\n"
    score_file = read(tmp_path, csv)
    assert scores(score_file) == [("A", 0, 8), ("A", 3, 4)]
    assert [row.line for row in score_file.bad] == [3, 4]


def test_that_a_stray_quotation_mark_swallows_no_row_silently(tmp_path: Path) -> None:
    score_file = read(tmp_path, rows('A,0,"nrs,8', "A,1,nrs,7", 'A,2,nrs",6', "A,3,nrs,5"))
    assert scores(score_file) == [("A", 3, 5)]
    assert "from line 2 to line 4" in reasons(score_file)


def test_that_a_semicolon_file_may_have_decimal_commas(tmp_path: Path) -> None:
    file = FILE + 'separator = ";"\ndecimal = ","\n'
    csv = "subject;day;item;score\nA;0,5;nrs;8,0\n"
    assert scores(read(tmp_path, csv, mapping(file=file))) == [("A", 0, 8)]


def test_that_a_wide_file_has_one_item_per_column(tmp_path: Path) -> None:
    wide = mapping(
        file='[file]\nlayout = "wide"\ndrop = ["arm"]\n',
        columns='[columns]\nsubject = "id"\nday = "day"\n',
        items=PAIN + PAIN.replace("nrs", "stiff").replace("pain", "stiffness"),
    )
    score_file = read(tmp_path, "id,day,nrs,stiff,arm\nA,0,8,NA,1\nA,1,x,3,1\n", wide)
    assert scores(score_file) == [("A", 0, 8), ("A", 1, 3)]
    assert (score_file.unanswered, len(score_file.bad)) == (1, 1)
    assert "“sex” is neither" in refused(tmp_path, "id,day,nrs,stiff,arm,sex\n", wide)


@pytest.mark.parametrize(
    ("said", "text", "score"),
    [
        pytest.param("scale = [0, 1]", "0.8", 8, id="stored_0_to_1"),
        pytest.param("scale = [0, 100]", "70", 7, id="stored_0_to_100"),
        pytest.param("scale = [0, 100]\nround = true", "75", 8, id="half_rounds_up"),
        pytest.param("scale = [0, 100]\nround = true", "74.9", 7, id="below_half_rounds_down"),
        pytest.param("scale = [0, 10]\nreversed = true", "8", 2, id="higher_is_better"),
        pytest.param("scale = [1, 11]", "1", 0, id="ordinal_from_1"),
        pytest.param("scale = [1, 5]\nround = true", "2", 3, id="few_steps"),
        pytest.param("scale = [0.0, 0.3]", "0.03", 1, id="exact_fractions"),
        pytest.param("scale = [0, 10]", "8.0", 8, id="whole_with_decimals"),
        pytest.param('scale = [0, 10]\ncodes = { "LA10137-0" = 5 }', "LA10137-0", 5, id="coded"),
        pytest.param("scale = [0, 100]\ncodes = { 1 = 0, 2 = 30 }", "1", 0, id="code_not_value"),
    ],
)
def test_that_scores_are_carried_to_the_scale(
    tmp_path: Path, said: str, text: str, score: int
) -> None:
    items = PAIN.replace("scale = [0, 10]", said)
    assert scores(read(tmp_path, rows(f"A,0,nrs,{text}"), mapping(items=items))) == [
        ("A", 0, score)
    ]


@pytest.mark.parametrize(
    ("said", "text", "reason"),
    [
        ("scale = [0, 10]", "11", "outside its scale 0 to 10"),
        ("scale = [0, 10]", "-1", "outside its scale"),
        ("scale = [0, 10]", "7.5", "round = true"),
        ("scale = [0, 10]", "٣", "not a number"),
        ("scale = [0, 10]", "1e1", "not a number"),
        ("scale = [0, 10]\ncodes = { 1 = 1 }", "2", "not a known code"),
    ],
)
def test_that_a_score_off_its_scale_is_a_bad_row(
    tmp_path: Path, said: str, text: str, reason: str
) -> None:
    items = PAIN.replace("scale = [0, 10]", said)
    score_file = read(tmp_path, rows("A,0,nrs,1", f"A,1,nrs,{text}"), mapping(items=items))
    assert [row.line for row in score_file.bad] == [3]
    assert reason in reasons(score_file)


def test_that_options_are_given_by_code(tmp_path: Path) -> None:
    items = '[[item]]\nsource = "hot"\nitem = "fever"\ncodes = { 1 = "yes", 0 = "no" }\n'
    score_file = read(tmp_path, rows("A,1,hot,1", "A,2,hot,2"), mapping(items=items))
    assert scores(score_file) == [("A", 1, "yes")]
    assert [row.line for row in score_file.bad] == [3]


def test_that_fractions_of_a_day_become_reports_in_order_of_time(tmp_path: Path) -> None:
    score_file = read(
        tmp_path,
        rows("A,0.75,nrs,3", "A,0.020833333333333332,nrs,9", "A,-0.5,nrs,5", "A,1.0,nrs,1"),
    )
    (person,) = score_file.good
    times = [(report.day, report.second) for report in person.reports]
    assert times == [(-1, 43_200), (0, 1_800), (0, 64_800), (1, 0)]


def test_that_dates_are_counted_from_each_persons_procedure(tmp_path: Path) -> None:
    columns = COLUMNS.replace('day = "day"', 'date = "on"\nprocedure_date = "op"\nlevel = "level"')
    columns += 'date_format = "%d.%m.%Y %H:%M"\n'
    csv = (
        "subject,on,op,level,item,score\n"
        "A,03.04.2026 08:30,01.04.2026 00:00,c5 C6,nrs,8\n"
        "B,03.04.2026 08:30,,,nrs,7\n"
        "A,04.04.2026 08:30,02.04.2026 00:00,C5;C6,nrs,8\n"
        "A,31.02.2026 08:30,01.04.2026 00:00,C5;C6,nrs,8\n"
        "A,٠3.04.2026 08:30,01.04.2026 00:00,C5;C6,nrs,8\n"
        "A,05.04.2026 08:30,01.04.2026 00:00,lumbar,nrs,8\n"
    )
    score_file = read(tmp_path, csv, mapping(columns=columns))
    first, second = score_file.good
    assert (first.procedure.date, first.procedure.levels) == (dt.date(2026, 4, 1), ("C5", "C6"))
    assert (first.reports[0].day, first.reports[0].second) == (2, 30_600)
    assert (second.procedure.date, second.reports[0].day) == (dt.date(2026, 3, 2), 32)
    assert [row.line for row in score_file.bad] == [4, 5, 6, 7]


def test_that_visits_have_the_days_of_the_mapping(tmp_path: Path) -> None:
    columns = COLUMNS.replace("day =", "visit =")
    visits = '[visits]\nbefore = -7\n"6 weeks" = 42\n'
    mapped = mapping(columns=columns + visits)
    score_file = read(tmp_path, rows("A,6 weeks,nrs,2", "A,before,nrs,8", "A,later,nrs,1"), mapped)
    assert scores(score_file) == [("A", -7, 8), ("A", 42, 2)]
    assert "“later” is not in the mapping's visits" in reasons(score_file)


@pytest.mark.parametrize("day", ["", "x", "36501", "-99999999", "1e2", "NA"])
def test_that_a_day_that_is_none_is_a_bad_row(tmp_path: Path, day: str) -> None:
    assert [row.line for row in read(tmp_path, rows(f"A,{day},nrs,2")).bad] == [2]


def test_that_days_to_come_are_bad_rows_where_today_is_known(tmp_path: Path) -> None:
    today = dt.date(2026, 3, 3)
    score_file = read(tmp_path, rows("A,1,nrs,2", "A,2,nrs,2"), today=today)
    assert scores(score_file) == [("A", 1, 2)]
    assert reasons(score_file) == "3 The day is still to come."


def test_that_a_report_has_the_form_of_the_nearest_scheduled_one(tmp_path: Path) -> None:
    (person,) = read(tmp_path, rows("A,-5,nrs,1", "A,1,nrs,1", "A,30,nrs,1")).good
    assert [report.form for report in person.reports] == ["base", "acute", "week"]


def test_that_the_same_score_twice_is_taken_once_and_listed(tmp_path: Path) -> None:
    score_file = read(tmp_path, rows("A,0,nrs,8", "A,0.0,nrs,8"))
    assert scores(score_file) == [("A", 0, 8)]
    assert score_file.bad == (BadRow(3, "It repeats line 2, which was taken."),)


def test_that_of_two_different_scores_neither_is_taken(tmp_path: Path) -> None:
    score_file = read(tmp_path, rows("A,0,nrs,8", "A,0,nrs,2", "A,1,nrs,5"))
    assert scores(score_file) == [("A", 1, 5)]
    assert [row.line for row in score_file.bad] == [2, 3]


def test_that_two_people_never_share_a_number(tmp_path: Path) -> None:
    score_file = read(tmp_path, rows("1.0,0,nrs,8", "10,0,nrs,3", "1.0,1,nrs,8"))
    assert [person.number for person in score_file.good] == ["OWN10"]
    assert [row.line for row in score_file.bad] == [3]


@pytest.mark.parametrize(
    "subject", ["", "NA", "٣", "Zoë", "a\u202eb", "-A", "=1+1", "A" * 41], ids=ascii
)
def test_that_a_person_needs_a_plain_name(tmp_path: Path, subject: str) -> None:
    score_file = read(tmp_path, rows(f"{subject},0,nrs,8"))
    assert (score_file.good, [row.line for row in score_file.bad]) == ((), [2])


def test_that_scores_go_to_their_side_and_site(tmp_path: Path) -> None:
    columns = COLUMNS + 'side = "side"\nsite = "site"\ncompared = "than"\n'
    items = PAIN
    items += '[[item]]\nsource = "numb"\nitem = "numbness"\nscale = [0, 10]\nsite = "neck"\n'
    items += '[[item]]\nsource = "arm"\nitem = "arm_pain"\nscale = [0, 10]\n'
    csv = (
        "subject,day,item,score,side,site,than\n"
        "A,0,nrs,8,left,neck,\n"
        "A,0,numb,4,Right,shoulder,worse\n"
        "A,0,arm,3,both,,same\n"
        "A,1,arm,3,up,,\n"
        "A,2,arm,3,left,,later\n"
        "A,3,arm,3,left,\u202e,\n"
    )
    score_file = read(tmp_path, csv, mapping(columns=columns, items=items))
    (person,) = score_file.good
    assert person.reports[0].answers == (
        Answer("pain", 8, NOWHERE),
        Answer("numbness", 4, Place("neck", "right"), "worse"),
        Answer("arm_pain", 3, NOWHERE, "same"),
    )
    assert [row.line for row in score_file.bad] == [5, 6, 7]


def test_that_an_item_nobody_named_is_a_bad_row_and_a_dropped_one_is_not(tmp_path: Path) -> None:
    score_file = read(
        tmp_path,
        rows("A,0,nrs,8", "A,0,sleep,8", "A,0,mood,8"),
        mapping(file=FILE + 'drop = ["sleep"]\n'),
    )
    assert score_file.dropped == 1
    assert reasons(score_file).startswith("4 The item “mood” is not in the mapping")


def test_that_missing_columns_are_all_named(tmp_path: Path) -> None:
    said = refused(tmp_path, "subject;day;item;score\n")
    assert [name in said for name in ("“subject”", "“item”", "“score”", "“day”")] == [True] * 4
    assert "Is the separator right?" in said


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (b"subject,day\0\xff", "NUL"),
        (b'"subject', "quotation mark"),
        (b"subject,subject,day,item,score\n", "two columns"),
        (b"c," * 1001 + b"c\n", "more than 1000 columns"),
        (b"x" * (LARGEST_TABLE + 1), "larger than 20,000 kB"),
    ],
    ids=["empty", "blank", "xlsx", "xls", "binary", "quote", "doubled", "columns", "huge"],
)
def test_that_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, hint: str) -> None:
    assert hint in refused(tmp_path, content)


def test_that_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        read_scores(tmp_path / "none.csv", tmp_path, PROTOCOL)


def test_that_the_mapping_lists_all_its_faults_with_key_and_remedy(tmp_path: Path) -> None:
    said = refused(
        tmp_path,
        rows(),
        mapping(
            head=HEAD.replace('title = "Our own"\n', "colour = 1\n"),
            columns=COLUMNS.replace('"score"', "7"),
        ),
    )
    assert "scores.toml: data_set.title: Is missing; add it." in said
    assert "scores.toml: data_set.colour: Is not known" in said
    assert "scores.toml: columns.score: " in said


@pytest.mark.parametrize(
    ("mapped", "key"),
    [
        pytest.param(mapping(columns=COLUMNS + 'visit = "v"\n'), "columns:", id="two_days"),
        pytest.param(
            mapping(columns=COLUMNS.replace('item = "item"\n', "")), "columns.item:", id="no_item"
        ),
        pytest.param(
            mapping(file='[file]\nlayout = "wide"\n'), "columns.score:", id="score_in_wide"
        ),
        pytest.param(mapping(columns=COLUMNS.replace("day =", "visit =")), "visits:", id="visits"),
        pytest.param(
            mapping(columns=COLUMNS.replace("day =", "visit =") + "[visits]\nlate = inf\n"),
            "visits.late:",
            id="no_day",
        ),
        pytest.param(
            mapping(columns=COLUMNS + 'date_format = "%d.%m.%y"\n'),
            "columns.date_format:",
            id="century",
        ),
        pytest.param(
            mapping(columns=COLUMNS + 'date_format = "%d%d%m%Y"\n'),
            "columns.date_format:",
            id="part_twice",
        ),
        pytest.param(
            mapping(procedure='[procedure]\nprofile = "MAGIC"\n'),
            "procedure.profile:",
            id="profile",
        ),
        pytest.param(
            mapping(procedure='[procedure]\nprofile = "GENERIC"\n'), "procedure.date:", id="day_0"
        ),
        pytest.param(
            mapping(patient=PATIENT.replace("1900", "0001")), "patient.birth_date:", id="birth"
        ),
        pytest.param(mapping(items=PAIN + PAIN), "item[2].source:", id="source_twice"),
        pytest.param(
            mapping(items=PAIN.replace('"pain"', '"joy"')), "item[1].item:", id="unknown_item"
        ),
        pytest.param(
            mapping(items=PAIN.replace('"pain"', '"tingling"')), "item[1].item:", id="retired_item"
        ),
        pytest.param(mapping(items=PAIN + 'side = "left"\n'), "item[1]:", id="pain_has_no_side"),
        pytest.param(
            mapping(items=PAIN.replace('"pain"', '"numbness"') + 'site = "knee"\n'),
            "item[1].site:",
            id="unknown_region",
        ),
        pytest.param(
            mapping(items=PAIN.replace("[0, 10]", "[10, 0]")), "item[1].scale:", id="scale_reversed"
        ),
        pytest.param(
            mapping(items=PAIN.replace("[0, 10]", "[nan, 10]")), "item[1].scale[1]", id="scale_nan"
        ),
        pytest.param(
            mapping(items=PAIN.replace("scale = [0, 10]", "")), "item[1].scale:", id="no_scale"
        ),
        pytest.param(
            mapping(items=PAIN + "codes = { a = 11 }\n"), "item[1].codes.a:", id="code_off_scale"
        ),
        pytest.param(
            mapping(items=PAIN + 'codes = { a = "yes" }\n'), "item[1].codes.a:", id="code_is_text"
        ),
        pytest.param(
            mapping(items=PAIN.replace('"pain"', '"fever"')), "item[1].codes:", id="choice_codes"
        ),
        pytest.param(mapping(items="item = []\n"), "item:", id="no_items"),
        pytest.param("[data_set", "Is not TOML", id="no_toml"),
        pytest.param("a = " + "[" * 5000, "Is nested too deeply", id="deep"),
        pytest.param("a = " + "9" * 5000, "Holds a number out of all range", id="long_number"),
    ],
)
def test_that_a_mapping_that_makes_no_sense_is_refused_by_its_key(
    tmp_path: Path, mapped: str, key: str
) -> None:
    assert f"scores.toml: {key}" in refused(tmp_path, rows(), mapped)


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode("utf-16")))
@example(content=b'subject,day,item,score\n"A,0,nrs,1')
@example(content=b"subject,day,item,score\n" + b"x" * 140_000 + b",0,nrs,1\nA,0,nrs,1\n")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "iso-8859-1"])
def test_that_any_bytes_are_read_or_refused(tmp_path: Path, encoding: str, content: bytes) -> None:
    mapped = mapping(file=FILE + f'encoding = "{encoding}"\n')
    header = b"" if content[:7] == b"subject" else "subject,day,item,score\n".encode(encoding)
    for whole in (content, header + content):
        with suppress(Unreadable):
            for row in read(tmp_path, whole, mapped).bad:
                assert row.line > 1
                assert row.reason.endswith(".")


CELLS = st.sampled_from(
    ["A", "B 1", "0", "1.5", "-3", "8", "11", "nrs", "mood", "", "NA", '"', '"8"', "\t", "٣", "é"]
)


@given(lines=st.lists(st.lists(CELLS, min_size=3, max_size=5), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_every_line_is_taken_listed_or_counted(tmp_path: Path, lines: list[list[str]]) -> None:
    score_file = read(tmp_path, rows(*(",".join(cells) for cells in lines)))
    taken = {line for p in score_file.good for r in p.reports for line in r.lines}
    listed = {row.line for row in score_file.bad}
    assert not taken & listed
    # a line of nothing but separators says nothing, a quotation mark may join several
    said = [cells for cells in lines if any(cell.strip() for cell in cells)]
    if not any('"' in cell for cells in lines for cell in cells):
        assert len(taken) + len(listed) + score_file.unanswered == len(said)


@given(mapped=st.text(max_size=200) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_any_mapping_is_read_or_refused(tmp_path: Path, mapped: str) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path, rows(), mapped)


@pytest.mark.parametrize(
    ("name", "people", "taken", "unanswered", "dropped"),
    [
        ("hivsn_amitriptyline", 122, 732, 0, 1220),
        ("postop_throat_licorice", 233, 1165, 10, 1410),
        ("nerve_block_supraclavicular", 103, 206, 0, 309),
        ("smart4health_fhir_series", 1, 10, 0, 8),
    ],
)
def test_that_real_files_come_in_whole(  # of the throats, two people have no score at all
    name: str, people: int, taken: int, unanswered: int, dropped: int
) -> None:
    score_file = read_scores(THIRD_PARTY / f"{name}.csv", THIRD_PARTY / f"{name}.toml", PROTOCOL)
    assert score_file.bad == ()
    assert len(score_file.good) == people
    assert (score_file.scores, score_file.unanswered, score_file.dropped) == (
        taken,
        unanswered,
        dropped,
    )


def test_that_one_real_person_has_the_published_scores() -> None:
    score_file = read_scores(
        THIRD_PARTY / "hivsn_amitriptyline.csv", THIRD_PARTY / "hivsn_amitriptyline.toml", PROTOCOL
    )
    first = score_file.good[0]
    assert (first.number, first.family_name, first.given_name) == ("HIVSNE001", "HIVSN", "E001")
    assert scores(score_file)[:4] == [
        ("E001", 0, 8),
        ("E001", 21, 6),
        ("E001", 42, 5),
        ("E001", 63, 4),
    ]
