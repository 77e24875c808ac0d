"""Reads a clinic's past as two CSV files, procedures and reports, to rehearse a protocol on it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from monitor.content.csv_files import Row, Table, Unreadable, open_table, shown
from monitor.content.faults import Fault
from monitor.content.numbers import parse_whole
from monitor.domain.episode import Episode, OwnWindow, Procedure
from monitor.domain.protocol import Protocol, Side
from monitor.domain.submission import COMPARED, NOWHERE, Answer, Compared, Place, Submission

DAY_0 = dt.date(2025, 1, 6)
"""The procedure date of patients whose row names none."""
FURTHEST_DAY = 36_500
"""Days from the procedure beyond which a day is a slip of the pen."""

_WINDOW = "_window"
_DATE = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_LEVEL = re.compile(r"[A-Z][0-9]{1,2}")
_ANSWER_COLUMNS = ("item", "site", "score", "side", "compared")
_SIDES: dict[str, Side] = {"left": "left", "right": "right", "both": "", "": ""}
_COMPARED: dict[str, Compared | None] = {"": None, **{code: code for code in COMPARED}}


@dataclass(frozen=True)
class Cohort:
    """Every patient of the procedures file with their reports, in the order of that file.

    An episode's id and its patient's are what the files call the patient; its reports are
    oldest first. `bad` names the lines that were left out, with their reason.
    """

    courses: tuple[tuple[Episode, tuple[Submission, ...]], ...]
    bad: tuple[Fault, ...]

    @property
    def end(self) -> dt.date:
        """The date of the newest report of all: as far as the files tell, it is that day."""
        return max((s.local_date for _, reports in self.courses for s in reports), default=DAY_0)


def read_cohort(procedures_csv: Path, reports_csv: Path, protocol: Protocol) -> Cohort:
    """Read the procedures of a cohort and its reports.

    Procedures have the columns patient, side and level, and where wanted profile,
    procedure_date (2025-01-31), <item>_window and relief_window (days). Reports have patient,
    day (whole, from the procedure), item, site and score, and where wanted side and compared.
    Refuses with Unreadable files that lack a column or set a window for an unknown item.
    """
    bad: list[_BadLine] = []
    episodes = _episodes(open_table(procedures_csv), protocol, bad)
    answers = _answers(open_table(reports_csv), protocol, episodes, bad)
    courses = tuple(
        (episode, _submissions(episode, answers[patient], protocol))
        for patient, episode in episodes.items()
    )
    faults = tuple(Fault(file, f"line {line}", reason) for file, line, reason in sorted(bad))
    return Cohort(courses, faults)


class _BadLine(NamedTuple):
    """A line of one of the two files that was left out, and why, as one sentence."""

    file: str
    line: int
    reason: str


class _LeftOut(Exception):
    """A line that is left out; the text is the reason, a sentence."""


Cell = Callable[[Row], str]


def _cells(table: Table, needed: Iterable[str], wanted: Iterable[str]) -> dict[str, Cell]:
    """How to get at the columns of a table; one that is not there is always empty."""
    faults = [
        Fault(table.name, name, "Is missing; add this column.")
        for name in needed
        if name not in table.header
    ]
    if faults:
        raise Unreadable(faults)
    return {name: _cell(table.column(name)) for name in (*needed, *wanted)}


def _cell(position: int | None) -> Cell:
    if position is None:
        return lambda _: ""
    return lambda row: row.cells[position]


def _side(text: str) -> Side:
    side = _SIDES.get(text.lower())
    if side is None:
        raise _LeftOut(f"The side is {shown(text)}; use left, right or both.")
    return side


def _episodes(table: Table, protocol: Protocol, bad: list[_BadLine]) -> dict[str, Episode]:
    """One episode per patient; of two rows of a patient the first counts."""
    cells = _cells(table, ("patient", "side", "level"), ("profile", "procedure_date"))
    windows = _window_columns(table, protocol)
    episodes: dict[str, Episode] = {}
    for row in table.rows:
        try:
            episode = _episode(row, cells, windows, protocol)
        except _LeftOut as refused:
            bad.append(_BadLine(table.name, row.line, str(refused)))
            continue
        if episodes.setdefault(episode.id, episode) is not episode:
            reason = f"{shown(episode.id)} has a procedure already; the first one counts."
            bad.append(_BadLine(table.name, row.line, reason))
    return episodes


def _episode(
    row: Row, cells: dict[str, Cell], windows: dict[str, Cell], protocol: Protocol
) -> Episode:
    if row.problem:
        raise _LeftOut(row.problem)
    patient = cells["patient"](row)
    if not patient or not patient.isprintable():
        raise _LeftOut(f"The patient is {shown(patient)}; give a name or number.")
    return Episode(
        id=patient,
        patient_id=patient,
        procedure=_procedure(row, cells, protocol),
        protocol_id=protocol.id,
        own_windows=_own_windows(row, windows),
    )


def _window_columns(table: Table, protocol: Protocol) -> dict[str, Cell]:
    columns = {
        name.removesuffix(_WINDOW): _cell(position)
        for position, name in enumerate(table.header)
        if name.endswith(_WINDOW)
    }
    faults = [
        Fault(table.name, item + _WINDOW, "Is no item of the protocol; rename or remove it.")
        for item in columns
        if item != "relief" and item not in protocol.items
    ]
    if faults:
        raise Unreadable(faults)
    return columns


def _own_windows(row: Row, columns: dict[str, Cell]) -> tuple[OwnWindow, ...]:
    windows = []
    for item, cell in columns.items():
        if text := cell(row):
            day = parse_whole(text)
            if day is None or not 0 <= day <= FURTHEST_DAY:
                raise _LeftOut(f"The window of {item} is {shown(text)}, not a number of days.")
            windows.append(OwnWindow(item, day, day))
    return tuple(windows)


def _procedure(row: Row, cells: dict[str, Cell], protocol: Protocol) -> Procedure:
    profile = cells["profile"](row) or "GENERIC"
    if profile not in protocol.profiles:
        raise _LeftOut(f"The profile is {shown(profile)}; the protocol has no such profile.")
    levels = tuple(part for part in re.split(r"[ ,;/+]+", cells["level"](row).upper()) if part)
    if not all(_LEVEL.fullmatch(level) for level in levels):
        raise _LeftOut(f"The level is {shown(' '.join(levels))}; write it like C5 or C4;C5.")
    text = cells["procedure_date"](row)
    date = _date(text) if text else DAY_0
    return Procedure(date, profile, levels, _side(cells["side"](row)))


def _date(text: str) -> dt.date:
    try:
        date = dt.date(*map(int, text.split("-"))) if _DATE.fullmatch(text) else None
    except ValueError:
        date = None
    if date is None:
        raise _LeftOut(f"The date is {shown(text)}; write it like 2025-01-31.")
    return date


Key = tuple[int, str, Place]
"""The day, the item and the place of an answer: what can be answered once."""


def _answers(
    table: Table, protocol: Protocol, episodes: dict[str, Episode], bad: list[_BadLine]
) -> dict[str, dict[Key, Answer]]:
    """The answers of every patient. Of answers that contradict each other none is taken."""
    cells = _cells(table, ("patient", "day", "item", "site", "score"), ("side", "compared"))
    reading = _AnswerReading(protocol)
    answers: dict[str, dict[Key, Answer]] = {patient: {} for patient in episodes}
    first_line: dict[tuple[str, Key], int] = {}
    clashing: set[tuple[str, Key]] = set()
    for row in table.rows:
        try:
            day, answer = reading.of_row(row, cells)
            patient = cells["patient"](row)
            known = _known(answers, patient)
        except _LeftOut as refused:
            bad.append(_BadLine(table.name, row.line, str(refused)))
            continue
        key = (day, answer.item, answer.place)
        line = first_line.setdefault((patient, key), row.line)
        if known.setdefault(key, answer) != answer:
            clashing.add((patient, key))
        if line != row.line:
            reason = f"Line {line} already answers this on the same day."
            bad.append(_BadLine(table.name, row.line, reason))
    for patient, key in clashing:
        del answers[patient][key]
        reason = "A later line answers this differently on the same day; none was taken."
        bad.append(_BadLine(table.name, first_line[patient, key], reason))
    return answers


def _known(answers: dict[str, dict[Key, Answer]], patient: str) -> dict[Key, Answer]:
    if patient not in answers:
        raise _LeftOut(f"The patient {shown(patient)} has no procedure.")
    return answers[patient]


@lru_cache(maxsize=4096)
def _day(text: str) -> int:
    day = parse_whole(text)
    if day is None or abs(day) > FURTHEST_DAY:
        raise _LeftOut(f"The day is {shown(text)}, not a whole number of days.")
    return day


class _AnswerReading:
    """Turns texts into answers. Equal texts give one and the same answer: cohorts are long."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._cached_answer = lru_cache(maxsize=65_536)(self._answer)

    def of_row(self, row: Row, cells: dict[str, Cell]) -> tuple[int, Answer]:
        """The day and the answer of a row."""
        if row.problem:
            raise _LeftOut(row.problem)
        answer = self._cached_answer(*(cells[name](row) for name in _ANSWER_COLUMNS))
        return _day(cells["day"](row)), answer

    def _answer(self, item: str, site: str, score: str, side: str, compared: str) -> Answer:
        if item not in self._protocol.items:
            raise _LeftOut(f"The protocol has no item {shown(item)}.")
        scale = self._protocol.scale_of(item)
        value = parse_whole(score) if scale.kind == "number" else score
        if value is None or not scale.accepts(value):
            raise _LeftOut(f"The score of {item} is {shown(score)}, which is not on its scale.")
        if compared not in _COMPARED:
            raise _LeftOut(f"Compared is {shown(compared)}; use {', '.join(COMPARED)}.")
        place = NOWHERE if not self._protocol.items[item].per else Place(site, _side(side))
        return Answer(item, value, place, _COMPARED[compared])


def _submissions(
    episode: Episode, answers: dict[Key, Answer], protocol: Protocol
) -> tuple[Submission, ...]:
    """One report per day, dated noon; it has the form that was due, or the first there is."""
    by_day: dict[int, list[Answer]] = {}
    for (day, _, _), answer in answers.items():
        by_day.setdefault(day, []).append(answer)
    profile = episode.procedure.profile
    extra = next(iter(protocol.forms))
    submissions = []
    for day in sorted(by_day):
        date = episode.procedure.date + dt.timedelta(days=day)
        noon = dt.datetime.combine(date, dt.time(12), tzinfo=dt.UTC)
        slot = protocol.slot_on(profile, day)
        submissions.append(
            Submission(
                id=f"{episode.id}/{day}",
                episode_id=episode.id,
                form=slot.form if slot else extra,
                answers=tuple(by_day[day]),
                answered_at=noon,
                local_date=date,
                received_at=noon,
                protocol_version=protocol.version,
                protocol_hash=protocol.content_hash,
                entered_by="import",
            )
        )
    return tuple(submissions)
