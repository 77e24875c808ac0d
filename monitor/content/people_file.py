"""Reads a clinic's own list of people from a CSV file, and writes the rows that were not taken."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from monitor.content.csv_files import (
    Row,
    Unreadable,
    decode,
    header_of,
    misfit,
    read_file,
    rows_of,
)
from monitor.content.faults import Fault
from monitor.services.importing import FORMULA_STARTS
from monitor.services.people_list import REQUIRED, FileRow, PeopleFile
from monitor.services.ports import Refusal

LARGEST_LIST = 20_000_000
"""Bytes of a list."""
MOST_ROWS = 20_000
"""Rows of a list: as many patients as a station is made for."""

SEPARATORS = (";", ",", "\t")
ENCODINGS = ("utf-8", "utf-16", "cp1252")
REASON = "reason"
"""The column that says why a row was not taken; it is the last one."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOOKED_AT = 20
"""So many rows show what separates the values."""
_LOOKED_AT_SIGNS = 100_000
_VALUE = re.compile(r"[\d./:\s-]*\d[\d./:\s-]*")
"""What no column is called: a number or a date."""


def read(path: Path, encoding: str = "", separator: str = "") -> PeopleFile:
    """The list in a file, as `monitor.services.people_list.PeopleFiles` asks for it."""
    data = read_file(path, LARGEST_LIST)
    encoding = _encoding(data, encoding)
    text = decode(data, encoding, path.name)
    separator = separator or _separator(text)
    header, rows = header_of(text, separator, path.name)
    lines = list(io.StringIO(text, newline=""))
    if len(header) < len(REQUIRED):
        raise _unfit(path, "It is no table: its first line must name at least four columns.")
    if any(_VALUE.fullmatch(name) for name in header):
        raise _unfit(path, "Its first line holds values; put a line above with the columns’ names.")
    read_in = tuple(islice(_fitting(rows, len(header), lines), MOST_ROWS + 1))
    if not read_in:
        raise _unfit(path, "It has a line with the names of the columns and no row below it.")
    if len(read_in) > MOST_ROWS:
        raise _unfit(path, f"It has more than {MOST_ROWS:,} rows; split it into smaller files.")
    return PeopleFile(path.name, encoding, separator, header, read_in)


def write_errors(path: Path, people: PeopleFile, reasons: Mapping[int, str]) -> None:
    """Write some rows with the reason behind each; a spreadsheet takes none of it for a formula.

    What is put in front of a cell for that is taken away again when the file is read. Refuses with
    Refusal("cannot_write").
    """
    header = people.header[:-1] if people.header[-1] == REASON else people.header
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=people.separator)
    writer.writerow(map(_guarded, (*header, REASON)))
    for row in people.rows:
        if row.line in reasons:
            cells = row.cells if row.problem else row.cells[: len(header)]
            blank = ("",) * (len(header) - len(cells))
            writer.writerow(map(_guarded, (*cells, *blank, reasons[row.line])))
    try:
        path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    except (OSError, ValueError) as error:
        raise Refusal("cannot_write") from error


def _unfit(path: Path, remedy: str) -> Unreadable:
    return Unreadable([Fault(path.name, "", remedy)])


def _encoding(data: bytes, wanted: str) -> str:
    """How a file is written: as its mark says, else as was wanted, else UTF-8 where it can be."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if wanted:
        return wanted
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(text: str) -> str:
    """What stands between the values: that which makes the most rows as wide as the header."""

    def fit(separator: str) -> tuple[int, int]:
        widths = [
            len(row.cells)
            for row in islice(rows_of(text[:_LOOKED_AT_SIGNS], separator), _LOOKED_AT)
            if not row.problem and any(row.cells)
        ]
        if not widths or widths[0] < 2:
            return 0, 0
        return widths.count(widths[0]), widths[0]

    return max(SEPARATORS, key=fit)


def _fitting(rows: Iterator[Row], width: int, lines: list[str]) -> Iterator[FileRow]:
    """The rows that say anything; what does not fit the header keeps its values and has a problem.

    A row that cannot be taken apart keeps its first line whole.
    """
    for row in rows:
        cells = [_unguarded(cell) for cell in row.cells]
        if row.problem:
            whole = lines[row.line - 1].strip() if row.line <= len(lines) else ""
            yield FileRow(row.line, (whole,), row.problem)
            continue
        if not any(cells):
            continue
        if not any(cells[width:]):
            cells = cells[:width]
        problem = "" if len(cells) == width else misfit(len(cells), width)
        yield FileRow(row.line, tuple(cells), problem)


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
