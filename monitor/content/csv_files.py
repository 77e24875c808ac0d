"""Opens files of rows as they come: any encoding named, any line end, nothing guessed."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.content.faults import Fault
from monitor.services.ports import Refusal

LARGEST_TABLE = 20_000_000
"""Bytes of a CSV file: about 700,000 scores. A larger file is a mistake, or wants splitting."""
MOST_COLUMNS = 1_000

_NOT_TEXT = "This is not text, it holds NUL characters; save it as CSV."
_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF8_MARK, _UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Refusal):
    """A file that cannot be used at all. `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("unreadable_file", faults=str(self))

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


@dataclass(frozen=True)
class Row:
    """One row with its line in the file. With a `problem` (a sentence) it has no cells."""

    line: int
    cells: list[str]
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """A file's header and its rows, blank rows left out, cells stripped of outer spaces."""

    name: str
    header: tuple[str, ...]
    rows: Iterator[Row]

    def column(self, name: str) -> int | None:
        """The position of a column, None if there is none of that name."""
        return self.header.index(name) if name in self.header else None


def _unreadable(file: str, remedy: str, key: str = "") -> Unreadable:
    return Unreadable([Fault(file, key, remedy)])


def shown(text: str) -> str:
    """Make a piece of a file fit to be quoted in a sentence: short, and nothing invisible."""
    seen = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return f"“{seen[:40]}…”" if len(seen) > 40 else f"“{seen}”"


def read_file(path: Path, largest: int) -> bytes:
    """Read a file of at most `largest` bytes; refuses with Unreadable."""
    try:
        if not path.is_file():  # a pipe or a device would be waited for without end
            raise _unreadable(path.name, "There is no such file; check its name and folder.")
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise _unreadable(path.name, f"It cannot be opened ({reason}); check it.") from fault
    if len(data) > largest:
        many = f"{largest // 1000:,}"
        raise _unreadable(path.name, f"It is larger than {many} kB; split it into smaller files.")
    return data


def decode(data: bytes, encoding: str, name: str) -> str:
    """Turn bytes into text, or refuse with Unreadable, saying which line and what may help."""
    if data.startswith((_WORKBOOK, _OLD_WORKBOOK)):
        raise _unreadable(name, "This is a workbook, not text; save it as CSV and import that.")
    if data.startswith(_UTF16_MARKS) and encoding != "utf-16":
        raise _unreadable(name, 'It begins as UTF-16 text does; set encoding = "utf-16".')
    if data.startswith(_UTF8_MARK):
        if encoding != "utf-8":
            raise _unreadable(name, 'It begins as UTF-8 text does; set encoding = "utf-8".')
        data = data.removeprefix(_UTF8_MARK)
    if b"\0" in data and encoding != "utf-16":
        raise _unreadable(name, _NOT_TEXT)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = len(data[: fault.end].splitlines())
        remedy = (
            f"A character is not {encoding}; set the encoding in which the file was saved. "
            'Files from Windows programs are often "cp1252".'
        )
        raise _unreadable(name, remedy, f"line {line}") from fault
    if "\0" in text:
        raise _unreadable(name, _NOT_TEXT)
    return text


def open_table(path: Path, *, encoding: str = "utf-8", separator: str = ",") -> Table:
    """Open a CSV file; refuses with Unreadable what is no table with a header.

    Line ends may be those of any system. A row that does not fit the header, or that a
    quotation mark carries over several lines, comes out with its problem and no cells.
    """
    text = decode(read_file(path, LARGEST_TABLE), encoding, path.name)
    header, rows = header_of(text, separator, path.name)
    return Table(path.name, header, _fitting(rows, len(header)))


def header_of(text: str, separator: str, name: str) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The names of the columns of a table, and the rows below as they come.

    Refuses with Unreadable what is no table with a header.
    """
    rows = rows_of(text, separator)
    first = next((row for row in rows if row.problem or any(row.cells)), None)
    if first is None:
        raise _unreadable(name, "It is empty; its first line must name the columns.")
    if first.problem:
        raise _unreadable(name, first.problem, f"line {first.line}")
    header = _without_blank_tail(first.cells)
    if len(header) > MOST_COLUMNS:
        remedy = f"It has more than {MOST_COLUMNS} columns; is the separator right?"
        raise _unreadable(name, remedy)
    return tuple(header), rows


def rows_of(text: str, separator: str) -> Iterator[Row]:
    """Every row as the CSV rules see it; a fault in one row does not end the file."""
    text = unicodedata.normalize("NFC", text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(line, [], _quotation(line, reader.line_num))
            continue
        if reader.line_num > line:
            # A stray mark may have swallowed whole rows: say so instead of losing them.
            yield Row(line, [], _quotation(line, reader.line_num))
            continue
        yield Row(line, [cell.strip() for cell in cells])


def _quotation(first: int, last: int) -> str:
    if last > first:
        return (
            f"A quotation mark opens a text that runs from line {first} to line {last}; "
            "none of these lines was read. Close the mark or take it out."
        )
    return "A quotation mark stands where none may be, or a text is far too long."


def _without_blank_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _fitting(rows: Iterator[Row], width: int) -> Iterator[Row]:
    for row in rows:
        cells = row.cells
        if not row.problem:
            if not any(cells):
                continue
            if len(cells) > width and not any(cells[width:]):
                cells = cells[:width]
            if len(cells) != width:
                yield Row(row.line, [], misfit(len(cells), width))
                continue
        yield Row(row.line, cells, row.problem)


def misfit(values: int, columns: int) -> str:
    """What is wrong with a line that has not one value for each column."""
    return f"The line has {values} values; there are {columns} columns."
