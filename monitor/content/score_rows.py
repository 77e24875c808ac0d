"""What one row of a file of scores says, read as the mapping tells, or why it is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from monitor.content.csv_files import Row, Table, Unreadable, shown
from monitor.content.faults import Fault
from monitor.content.numbers import parse_number, round_half_up
from monitor.content.score_mapping import (
    FIRST_YEAR,
    FURTHEST_DAY,
    LAST_YEAR,
    ItemPart,
    Mapping,
    to_protocol_scale,
)
from monitor.domain.episode import Procedure, postoperative_day
from monitor.domain.protocol import Protocol, Side
from monitor.domain.submission import COMPARED, NOWHERE, Answer, Compared, Place

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/+-]{0,38}[A-Za-z0-9])?")
_LEVEL = re.compile(r"[A-Z][0-9]{1,2}")
_SIDES: dict[str, Side] = {"left": "left", "right": "right", "both": "", "": ""}
_COMPARED: dict[str, Compared | None] = {"": None, **{code: code for code in COMPARED}}
_DAY_SECONDS = 86_400

Moment = tuple[int, int]
"""A postoperative day, and the second of that day."""


class RowRefused(Exception):
    """A row, or one score of it, that is left out; the text is the reason, a sentence."""


@dataclass(frozen=True)
class Columns:
    """The position of each column that the mapping names, by its key; and the items'."""

    by_key: dict[str, int]
    items: dict[int, ItemPart]

    @classmethod
    def find(cls, table: Table, mapping: Mapping) -> Columns:
        """Refuses with Unreadable, naming every column that is missing, doubled or unknown."""
        wanted = dict(mapping.columns.named())
        wide = mapping.file.layout == "wide"
        sources = {part.source: part for part in mapping.item} if wide else {}
        faults = []
        for name in (*wanted.values(), *sources):
            if name not in table.header:
                faults.append(f"There is no column {shown(name)}; correct the mapping.")
            elif table.header.count(name) > 1:
                faults.append(f"There are two columns {shown(name)}; rename one.")
        if faults:
            names = ", ".join(shown(name) for name in table.header[:40])
            faults.append(f"The columns are: {names}. Is the separator right?")
        if wide:
            known = {*wanted.values(), *sources, *mapping.file.drop}
            faults += [
                f"The column {shown(name)} is neither an item nor in file.drop; name it there."
                for name in table.header
                if name not in known
            ]
        if faults:
            raise Unreadable([Fault(table.name, "", remedy) for remedy in faults])
        return cls(
            {key: table.header.index(name) for key, name in wanted.items()},
            {table.header.index(name): part for name, part in sources.items()},
        )


@dataclass
class RowReader:
    """Reads rows as the mapping says, and counts the scores that are not there or not wanted."""

    mapping: Mapping
    protocol: Protocol
    columns: Columns
    today: dt.date | None
    unanswered: int = 0
    dropped: int = 0
    missing: frozenset[str] = field(init=False)
    by_source: dict[str, ItemPart] = field(init=False)

    def __post_init__(self) -> None:
        self.missing = frozenset({"", *self.mapping.file.missing})
        self.by_source = {part.source: part for part in self.mapping.item}

    def _cell(self, row: Row, key: str) -> str:
        """The text of a column of the mapping; empty where it is not named or missing."""
        position = self.columns.by_key.get(key)
        if position is None or row.cells[position] in self.missing:
            return ""
        return row.cells[position]

    def scores_in(self, row: Row) -> Iterator[tuple[ItemPart, str]]:
        """The scores of a row that are there and wanted."""
        if self.mapping.file.layout == "wide":
            found = [(part, row.cells[at]) for at, part in self.columns.items.items()]
        else:
            name = self._cell(row, "item")
            if name in self.mapping.file.drop:
                self.dropped += 1
                return
            if name not in self.by_source:
                raise RowRefused(
                    f"The item {shown(name)} is not in the mapping. Add it, or name it in drop."
                )
            found = [(self.by_source[name], self._cell(row, "score"))]
        for part, text in found:
            if text in self.missing:
                self.unanswered += 1
            else:
                yield part, text

    def subject(self, row: Row) -> str:
        subject = self._cell(row, "subject")
        if not _NAME.fullmatch(subject):
            raise RowRefused(
                f"The person is {shown(subject)}. Use letters A to Z and digits, at most 40 signs."
            )
        return subject

    def procedure(self, row: Row) -> Procedure:
        said = self.mapping.procedure
        text = self._cell(row, "procedure_date")
        date = self._date(text).date() if text else said.date
        if date is None:
            raise RowRefused("The date of the procedure is missing.")
        levels = said.levels
        if text := self._cell(row, "level").upper():
            levels = tuple(part for part in re.split(r"[ ,;/+]+", text) if part)
            if not all(_LEVEL.fullmatch(level) for level in levels):
                raise RowRefused(f"The level is {shown(text)}. Write it like C5, or C4;C5.")
        return Procedure(date, said.profile, levels, said.side)

    def moment(self, row: Row, procedure: Procedure) -> Moment:
        moment = self._read_moment(row, procedure)
        if abs(moment[0]) > FURTHEST_DAY:
            raise RowRefused("The day is more than a hundred years from the procedure.")
        if self.today and procedure.date + dt.timedelta(days=moment[0]) > self.today:
            raise RowRefused("The day is still to come.")
        return moment

    def _read_moment(self, row: Row, procedure: Procedure) -> Moment:
        if "date" in self.columns.by_key:
            at = self._date(self._cell(row, "date"))
            second = at.hour * 3600 + at.minute * 60 + at.second
            return postoperative_day(procedure.date, at.date()), second
        if "visit" in self.columns.by_key:
            label = self._cell(row, "visit")
            if label not in self.mapping.visits:
                raise RowRefused(f"The visit {shown(label)} is not in the mapping's visits.")
            return _split(Fraction(self.mapping.visits[label]))
        text = self._cell(row, "day")
        day = parse_number(text, self.mapping.file.decimal)
        if day is None:
            raise RowRefused(f"The day is {shown(text)}, not a number.")
        return _split(day)

    def _date(self, text: str) -> dt.datetime:
        form = self.mapping.columns.date_format
        at = _parsed(text, form)
        if at is None:
            raise RowRefused(f"The date is {shown(text)}, not of the form {form}.")
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise RowRefused(f"The date is {shown(text)}, outside {FIRST_YEAR} to {LAST_YEAR}.")
        return at

    def answer(self, row: Row, part: ItemPart, text: str) -> Answer:
        """One score, on the protocol's scale and in its place."""
        compared = self._cell(row, "compared").lower()
        if compared not in _COMPARED:
            raise RowRefused(f"Compared is {shown(compared)}. Use {', '.join(COMPARED)}.")
        value = self._value(part, text)
        return Answer(part.item, value, self._place(row, part), _COMPARED[compared])

    def _value(self, part: ItemPart, text: str) -> int | str:
        scale = self.protocol.scale_of(part.item)
        if part.codes:
            if text not in part.codes:
                raise RowRefused(f"The score of {part.source} is {shown(text)}, not a known code.")
            coded = part.codes[text]
            if isinstance(coded, str):
                return coded
            number: Fraction | None = Fraction(coded)
        else:
            number = parse_number(text, self.mapping.file.decimal)
        if number is None:
            raise RowRefused(f"The score of {part.source} is {shown(text)}, not a number.")
        assert part.scale is not None
        low, high = part.scale
        if not low <= number <= high:
            raise RowRefused(
                f"The score of {part.source} is {shown(text)}, outside its scale {low} to {high}."
            )
        score = to_protocol_scale(number, part, scale)
        if score.denominator != 1 and not part.round:
            raise RowRefused(
                f"The score of {part.source} is {shown(text)}, between two whole scores. "
                "Say round = true in the mapping if it may be rounded."
            )
        return round_half_up(score)

    def _place(self, row: Row, part: ItemPart) -> Place:
        if not self.protocol.items[part.item].per:
            return NOWHERE
        side = self._cell(row, "side").lower()
        if side not in _SIDES:
            raise RowRefused(f"The side is {shown(side)}. Use left, right or both.")
        site = self._cell(row, "site")
        if site and not _NAME.fullmatch(site):
            raise RowRefused(f"The site is {shown(site)}. Use letters A to Z and digits.")
        return Place(part.site or site, part.side or _SIDES[side])


def _split(day: Fraction) -> Moment:
    """A day that may be fractional as the whole day below it and the second of that day.

    Before the procedure too: -0.5 is noon of day -1.
    """
    whole = day.__floor__()
    second = round_half_up((day - whole) * _DAY_SECONDS)
    return whole, min(second, _DAY_SECONDS - 1)


def _parsed(text: str, form: str) -> dt.datetime | None:
    """A wall clock's date and time; None where the text is not of that form."""
    if not text.isascii():  # strptime would take digits of other scripts
        return None
    try:
        return dt.datetime.strptime(text, form)  # noqa: DTZ007 - a wall clock has no zone
    except ValueError:
        return None
