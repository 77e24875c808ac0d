"""A clinic's own list: read as it comes, refused in sentences, and its errors written safely."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.content import people_file
from monitor.content.csv_files import Unreadable
from monitor.services.people_list import PeopleFile
from monitor.services.ports import Refusal

HEADER = "Patient No;Last name;First name;Born"
TEXT = f"{HEADER}\r\n1001;Núñez;Zoë;31.1.1970\r\n1002;Øst;Bo;1.2.1980\r\n"


def read(folder: Path, data: bytes | str, encoding: str = "", separator: str = "") -> PeopleFile:
    path = folder / "list.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return people_file.read(path, encoding, separator)


def refused(folder: Path, data: bytes | str) -> str:
    with pytest.raises(Unreadable) as caught:
        read(folder, data)
    return str(caught.value.details["faults"])


@pytest.mark.parametrize(
    ("written", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_that_the_encoding_is_found(tmp_path: Path, written: str, found: str) -> None:
    people = read(tmp_path, TEXT.encode(written))
    assert people.encoding == found
    assert people.header == ("Patient No", "Last name", "First name", "Born")
    assert people.values(1) == ("Núñez", "Øst")
    assert [row.line for row in people.rows] == [2, 3]


def test_that_an_encoding_that_was_found_wrongly_can_be_said(tmp_path: Path) -> None:
    as_found = read(tmp_path, TEXT)
    otherwise = read(tmp_path, TEXT, encoding="cp1252")
    assert as_found.values(1)[0] == "Núñez"
    assert otherwise.values(1)[0] == "NÃºÃ±ez"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_that_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    people = read(tmp_path, TEXT.replace(";", separator))
    assert people.separator == separator
    assert people.values(0) == ("1001", "1002")


def test_that_a_comma_within_values_is_not_taken_for_the_separator(tmp_path: Path) -> None:
    people = read(tmp_path, f"{HEADER}\n1001;Berg, von;Ann, Lee;31.1.1970\n1002;Ek;Bo, Jo;1.2.80\n")
    assert people.separator == ";"
    assert people.values(1) == ("Berg, von", "Ek")


def test_that_columns_of_one_name_and_without_one_keep_their_places(tmp_path: Path) -> None:
    people = read(tmp_path, "No,Name,Name,,Born\n1,Berg,Ann,x,1970-01-31\n")
    assert people.header == ("No", "Name", "Name", "", "Born")
    assert people.rows[0].cells == ("1", "Berg", "Ann", "x", "1970-01-31")


def test_that_rows_that_do_not_fit_keep_their_values_and_say_why(tmp_path: Path) -> None:
    people = read(tmp_path, f"{HEADER}\n1;Berg;Ann\n\n;;;\n2;Ek;Bo;1970-01-31;extra\n3;Ek;Bo;x;;\n")
    short, long, whole = people.rows
    assert short.cells == ("1", "Berg", "Ann")
    assert "3 values" in short.problem
    assert "5 values" in long.problem
    assert (whole.problem, whole.cells) == ("", ("3", "Ek", "Bo", "x"))


def test_that_a_wrong_quotation_mark_costs_its_rows_and_names_them(tmp_path: Path) -> None:
    people = read(tmp_path, f'{HEADER}\n1;"Be"rg;Ann;x\n2;Ek;Bo;x\n3;"Ek;Bo;x\n4;Ek;Bo;x\n')
    assert [bool(row.problem) for row in people.rows] == [True, False, True]
    assert "line 4 to line 5" in people.rows[2].problem
    assert people.rows[0].cells == ('1;"Be"rg;Ann;x',)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("", "empty"),
        ("\n\n  \n", "empty"),
        (HEADER, "no row"),
        ("1001;Berg;Ann;31.1.1970\n1002;Ek;Bo;1.2.1980\n", "holds values"),
        ("just a letter\nof some lines\n", "no table"),
        ("a;b\n1;2\n", "four columns"),
        (HEADER.encode() + b"\n1;B\0rg;Ann;x\n", "NUL"),
        (b"PK\x03\x04" + b"\0" * 50, "workbook"),
        (b"\x81\x8d;\x81;a;b\n", "cp1252"),
        (b"a;b;c;d\n" + b"1;" * 5_000_000 + b"\n", ""),
    ],
)
def test_that_what_is_no_list_is_refused_with_a_sentence(
    tmp_path: Path, data: bytes | str, word: str
) -> None:
    if word:
        assert word in refused(tmp_path, data)
    else:  # ten million signs in one row: that row is out, the program goes on
        assert "values" in read(tmp_path, data).rows[0].problem


def test_that_one_value_of_ten_million_signs_is_refused(tmp_path: Path) -> None:
    assert "far too long" in refused(tmp_path, "a" * 10_000_000)


def test_that_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_file, "LARGEST_LIST", 50)
    assert "larger than" in refused(tmp_path, TEXT)
    monkeypatch.undo()
    monkeypatch.setattr(people_file, "MOST_ROWS", 1)
    assert "more than 1 rows" in refused(tmp_path, TEXT)


def test_that_errors_are_written_with_their_reason_and_can_be_read_again(tmp_path: Path) -> None:
    people = read(tmp_path, f"{HEADER};Phone\n1;=cmd();Ann;x;+49 1\n2;Ek;Bo;y;\n3;Al;Cy;z\n")
    saved = tmp_path / "errors.csv"
    people_file.write_errors(saved, people, {2: "Bad.", 4: "=Too short."})
    first, *_ = (line for line in saved.read_text("utf-8-sig").splitlines()[1:])
    assert first == "1;'=cmd();Ann;x;'+49 1;Bad."
    again = people_file.read(saved)
    assert again.header == (*people.header, "reason")
    assert again.rows[0].cells == ("1", "=cmd()", "Ann", "x", "+49 1", "Bad.")
    assert again.rows[1].cells == ("3", "Al", "Cy", "z", "", "=Too short.")
    people_file.write_errors(saved, again, {2: "Worse."})
    assert people_file.read(saved).rows[0].cells[-2:] == ("+49 1", "Worse.")


def test_that_no_cell_of_the_errors_is_a_formula(tmp_path: Path) -> None:
    signs = ("=", "+", "-", "@", "\uff1d")
    rows = "".join(f"{n};{sign}1;Ann;x\n" for n, sign in enumerate(signs))
    people = read(tmp_path, f"{HEADER}\n{rows}")
    saved = tmp_path / "errors.csv"
    people_file.write_errors(saved, people, {row.line: "No." for row in people.rows})
    cells = [line.split(";")[1] for line in saved.read_text("utf-8-sig").splitlines()[1:]]
    assert cells == [f"'{sign}1" for sign in signs]


def test_that_a_place_where_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    people = read(tmp_path, TEXT)
    with pytest.raises(Refusal, match="cannot_write"):
        people_file.write_errors(tmp_path / "nowhere" / "errors.csv", people, {2: "Bad."})
