"""Puts a clinic's own list, what is wrong with it and what came of it into words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import get_args

from PySide6.QtCore import QCoreApplication, QLocale

from monitor.domain.episode import Patient
from monitor.domain.protocol import SIDES, Protocol
from monitor.services.intake import PREVIEWED, DryRun, Entry, Fault, Lookalike
from monitor.services.intake_undo import Ended, Kept, Undone
from monitor.services.people_list import REQUIRED, Field, Order, PeopleFile
from monitor.services.people_words import choices_of, folded_value
from monitor.services.ports import Batch, Refusal
from monitor.ui.station import wording
from monitor.ui.station.import_views import (
    BatchRow,
    CheckShown,
    Choices,
    FieldRow,
    FileShown,
    Line,
    LookalikeRow,
    ResultShown,
    Word,
    Words,
)

translate = QCoreApplication.translate

_LINES_SHOWN = 12
_SAMPLES = 3
_MOST_WORDS = 25
"""A column with more different words than that is hardly the right one."""


def file_shown(people: PeopleFile) -> FileShown:
    """The first lines as they were read."""
    said = translate("station", "{rows}, {columns} columns")
    rows = _count(len(people.rows), translate("station", "1 row"), translate("station", "{n} rows"))
    return FileShown(
        name=people.name,
        says=said.format(rows=rows, columns=len(people.header)),
        encoding=people.encoding,
        separator=people.separator,
        header=column_names(people),
        lines=tuple(
            tuple(map(_short, (*row.cells, *("",) * len(people.header))))[: len(people.header)]
            for row in people.rows[:_LINES_SHOWN]
        ),
    )


def column_names(people: PeopleFile) -> Line:
    """What the columns are called; one without a name, or with that of another, has its place."""
    counts = Counter(people.header)
    nth = translate("station", "Column {n}")
    both = translate("station", "{name} (column {n})")
    return tuple(
        _short(
            nth.format(n=n)
            if not name
            else both.format(name=name, n=n)
            if counts[name] > 1
            else name
        )
        for n, name in enumerate(people.header, start=1)
    )


def samples_of(people: PeopleFile) -> Line:
    """Three different values of each column."""
    return tuple(
        "  ·  ".join(
            map(_short, list(dict.fromkeys(filter(None, people.values(column))))[:_SAMPLES])
        )
        for column in range(len(people.header))
    )


def titles() -> dict[Field, str]:
    """What the fields are called."""
    return {
        "number": translate("station", "Clinic number"),
        "family_name": translate("station", "Family name"),
        "given_name": translate("station", "Given name"),
        "birth_date": translate("station", "Date of birth"),
        "sex": translate("station", "Sex"),
        "phone": translate("station", "Phone"),
        "language": translate("station", "Language"),
        "remark": translate("station", "Remark"),
        "date": translate("station", "Date of the procedure"),
        "profile": translate("station", "Procedure"),
        "levels": translate("station", "Levels"),
        "side": translate("station", "Side"),
        "operator": translate("station", "Operator"),
        "implant": translate("station", "Implant"),
    }


def fields_of(columns: Mapping[Field, int]) -> tuple[FieldRow, ...]:
    """Our fields with the columns that are taken for them."""
    nothing = translate("station", "nothing is stored")
    without = {
        "language": translate("station", "everybody: English"),
        "implant": translate("station", "nobody has one"),
        "date": translate("station", "patients without a procedure"),
        **dict.fromkeys(("profile", "side"), translate("station", "needed with a procedure")),
    }
    return tuple(
        FieldRow(key, title, key in REQUIRED, columns.get(key, -1), without.get(key, nothing))
        for key, title in titles().items()
    )


def orders() -> Choices:
    """How dates can be written."""
    said: dict[Order, str] = {
        "dmy": translate("station", "day, month, year: 31.1.1970, 31/1/1970"),
        "mdy": translate("station", "month, day, year: 1/31/1970"),
        "ymd": translate("station", "year, month, day: 1970-01-31"),
    }
    return tuple((order, said[order]) for order in get_args(Order))


def doubt_of(possible: tuple[Order, ...]) -> str:
    """What is asked where a file leaves it open how its dates are written."""
    if len(possible) == 1:
        return ""
    return translate(
        "station", "The dates of this file can be read in two ways. Say which is meant."
    )


def words_of(
    people: PeopleFile,
    columns: Mapping[Field, int],
    codes: Mapping[Field, Mapping[str, str]],
    protocol: Protocol,
    language: str,
) -> tuple[Words, ...]:
    """The file's own words with what they stand for, those that nobody knows first."""
    return tuple(_words(people, key, columns[key], codes[key], protocol, language) for key in codes)


def _words(
    people: PeopleFile,
    key: Field,
    column: int,
    codes: Mapping[str, str],
    protocol: Protocol,
    language: str,
) -> Words:
    cells = people.values(column)
    counts = Counter(map(folded_value, cells))
    written = {folded_value(cell): cell for cell in reversed(cells)}
    empty = translate("station", "(empty)")
    ordered = sorted(codes, key=lambda word: (bool(codes[word]), -counts[word]))
    more = ""
    if len(ordered) > _MOST_WORDS:
        more = translate(
            "station", "There are {n} more. Is this the right column? Rows with them are left out."
        ).format(n=len(ordered) - _MOST_WORDS)
    return Words(
        key=key,
        title=titles()[key],
        choices=_choices(key, protocol, language),
        words=tuple(
            Word(word, f"{_short(written.get(word) or empty)} ({counts[word]})", codes[word])
            for word in ordered[:_MOST_WORDS]
        ),
        more=more,
    )


def _choices(key: Field, protocol: Protocol, language: str) -> Choices:
    words = protocol.words[language]
    said: dict[str, str] = {
        "female": translate("station", "female"),
        "male": translate("station", "male"),
        "other": translate("station", "other"),
        "unsaid": translate("station", "not said"),
        "both": translate("station", "both sides"),
        "yes": translate("station", "implant"),
        "no": translate("station", "no implant"),
        **{side: words.get(f"side.{side}", side) for side in SIDES},
    }
    if key == "profile":
        return tuple((p, words.get(f"profile.{p}.name", p)) for p in protocol.profiles)
    if key == "language":
        names = ((code, QLocale(code).language()) for code in protocol.words)
        return tuple((code, QLocale.languageToString(name)) for code, name in names)
    return tuple((code, said[code]) for code in choices_of(key, protocol))


def check_shown(
    dry_run: DryRun, people: PeopleFile, columns: Mapping[Field, int], words: Mapping[str, str]
) -> CheckShown:
    """What the import would do."""
    names = column_names(people)
    faulty = len(dry_run.faulty_lines)
    figures = (
        (dry_run.new_patients, translate("station", "new patients")),
        (dry_run.new_episodes, translate("station", "new procedures")),
        (dry_run.known, translate("station", "patients here already")),
        (dry_run.unchanged, translate("station", "rows change nothing")),
        (len(dry_run.lookalikes), translate("station", "possible duplicates")),
        (faulty, translate("station", "rows with faults")),
    )
    verb = ""
    if dry_run.entries:
        said = translate("station", "&Import {n} rows") if len(dry_run.entries) > 1 else (
            translate("station", "&Import 1 row")
        )  # fmt: skip
        verb = said.format(n=len(dry_run.entries))
    return CheckShown(
        figures=tuple((f"{count:,}", said) for count, said in figures),
        preview=tuple(_previewed(entry, words) for entry in dry_run.entries[:PREVIEWED]),
        faults=tuple(
            (str(fault.line), _column(fault, columns, names), sentence_of(fault))
            for fault in dry_run.faults
        ),
        lookalikes=tuple(map(_lookalike, dry_run.lookalikes)),
        faulty_rows=faulty,
        verb=verb,
    )


def reasons_of(dry_run: DryRun, people: PeopleFile, columns: Mapping[Field, int]) -> dict[int, str]:
    """Why each faulty row was not taken: every fault with its column."""
    names = column_names(people)
    said: dict[int, list[str]] = {}
    for fault in dry_run.faults:
        column = _column(fault, columns, names)
        sentence = sentence_of(fault)
        said.setdefault(fault.line, []).append(f"{column}: {sentence}" if column else sentence)
    return {line: " ".join(sentences) for line, sentences in said.items()}


def _column(fault: Fault, columns: Mapping[Field, int], names: Line) -> str:
    if not fault.field:
        return ""
    column = columns.get(fault.field)
    return titles()[fault.field] if column is None else names[column]


def sentence_of(fault: Fault) -> str:
    """What is wrong with a row, as a sentence."""
    said = {
        "row_unreadable": "{why}",
        "no_number": translate("station", "The clinic number is missing."),
        "number_not_digits": translate("station", "A clinic number has digits only."),
        "number_too_long": translate("station", "A clinic number has at most {digits} digits."),
        "number_taken": translate(
            "station", "Another patient here has this number, with another name or date of birth."
        ),
        "number_shared": translate(
            "station", "The list gives this number to different people: lines {lines}."
        ),
        "no_family_name": translate("station", "The family name is missing."),
        "no_given_name": translate("station", "The given name is missing."),
        "no_date": translate("station", "The date is missing."),
        "date_unread": translate(
            "station", "“{text}” is no date of this file’s kind; a year has four digits."
        ),
        "birth_in_future": translate("station", "The date of birth is still to come."),
        "birth_too_long_ago": translate(
            "station", "The date of birth is more than {years} years ago."
        ),
        "word_unknown": translate("station", "Nothing is chosen for “{text}”."),
        "unknown_sex": translate("station", "Nothing is chosen for this sex."),
        "unknown_language": translate("station", "The questions are not there in this language."),
        "phone_too_short": translate("station", "A phone number has at least {digits} digits."),
        "procedure_incomplete": translate(
            "station", "A procedure is told of, but this is missing."
        ),
        "procedure_before_birth": translate(
            "station", "The procedure is before the patient was born."
        ),
        "procedure_too_far_ahead": translate(
            "station", "The procedure is more than {days} days ahead."
        ),
        "unknown_profile": translate("station", "Nothing is chosen for this procedure."),
        "unknown_level": translate("station", "“{level}” is no level that the protocol knows."),
        "unknown_side": translate("station", "Nothing is chosen for this side."),
        "rows_differ": translate("station", "Line {line} says otherwise of the same patient."),
        "day_taken": translate(
            "station", "The patient has another procedure on this day; register it by hand."
        ),
    }
    details = {name: _short(text) for name, text in fault.refusal.details.items()}
    return said[fault.refusal.code].format_map(details)


def _short(text: str) -> str:
    """A piece of a file fit for a sentence."""
    seen = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return seen if len(seen) <= _LONGEST_PIECE else f"{seen[:_LONGEST_PIECE]}…"


_LONGEST_PIECE = 160


def _previewed(entry: Entry, words: Mapping[str, str]) -> Line:
    patient, episode = entry.patient, entry.episode
    done, day = translate("station", "no procedure"), ""
    if episode is not None:
        done = wording.procedure_of(episode.procedure, words)
        day = wording.short_date(episode.procedure.date)
    return (
        str(entry.line),
        wording.grouped(patient.number),
        wording.name_of(patient),
        wording.short_date(patient.birth_date),
        patient.phone,
        day,
        done,
    )


def _lookalike(one: Lookalike) -> LookalikeRow:
    state = translate("station", "left out") if one.is_left_out else translate("station", "taken")
    return LookalikeRow(
        one.patient.number,
        (state, str(one.line), _who(one.patient), "; ".join(_likes(one))),
    )


def _who(patient: Patient) -> str:
    said = translate("station", "{who}, born {date}")
    return said.format(who=wording.who_is(patient), date=wording.short_date(patient.birth_date))


def _likes(one: Lookalike) -> Iterator[str]:
    for other in one.others:
        yield translate("station", "here: {who}").format(who=_who(other))
    if one.lines:
        lines = ", ".join(map(str, one.lines))
        yield translate("station", "in this list with another number: line {lines}").format(
            lines=lines
        )


def batch_row(batch: Batch, zone: dt.tzinfo) -> BatchRow:
    """An import in the list of those there were."""
    stands = ""
    if batch.undone_at is not None:
        stands = translate("station", "undone on {date}").format(
            date=wording.short_date(batch.undone_at.astimezone(zone).date())
        )
    return BatchRow(
        batch.id,
        (
            f"{batch.at.astimezone(zone):%Y-%m-%d %H:%M}",
            batch.by,
            batch.file,
            added(len(batch.patient_ids), len(batch.episode_ids)),
            stands,
        ),
        batch.file,
        can_undo=batch.undone_at is None,
    )


def added(patients: int, procedures: int) -> str:
    """Such as "12 patients, 13 procedures"."""
    return ", ".join(
        (
            wording.patients_count(patients),
            _count(
                procedures,
                translate("station", "1 procedure"),
                translate("station", "{n} procedures"),
            ),
        )
    )


def undone_shown(undone: Undone) -> ResultShown:
    """What was taken away, and who stays and why."""
    says = translate("station", "Taken away: {what}.").format(
        what=added(undone.patients, undone.episodes)
    )
    if undone.kept:
        says += " " + translate(
            "station",
            "Something is kept of those below, so they stay as they are. If they should not be "
            "followed, end their follow-up as a mistake: everything stays readable.",
        )
    followed = any(one.episode is not None and one.episode.is_open for one in undone.kept)
    return ResultShown(
        heading=translate("station", "The import of {file} is undone").format(
            file=undone.batch.file
        ),
        says=says,
        kept=tuple(_kept(one) for one in undone.kept),
        can_end=followed,
    )


def _kept(one: Kept) -> Line:
    said = {
        "report": translate("station", "a report"),
        "alert": translate("station", "an alert"),
        "contact": translate("station", "a contact"),
        "changed": translate("station", "a change made since"),
        "procedure": translate("station", "another procedure"),
        "other": translate("station", "something begun, such as a desk code"),
    }
    return _who(one.patient), ", ".join(said[reason] for reason in one.reasons)


def ended_shown(ended: Ended, file: str) -> ResultShown:
    """What came of ending those who stayed."""
    says = _count(
        ended.ended,
        translate("station", "1 follow-up is ended as a mistake."),
        translate("station", "{n} follow-ups are ended as a mistake."),
    )
    if ended.refused:
        says += " " + translate("station", "Those below could not be; look at each of them.")
    return ResultShown(
        heading=translate("station", "The import of {file} is undone").format(file=file),
        says=says,
        kept=tuple((_who(one.patient), _why_not(refusal)) for one, refusal in ended.refused),
    )


def _why_not(refusal: Refusal) -> str:
    said = {
        "red_waits": translate("station", "A red alert has to be taken in hand first."),
        "report_came": translate("station", "A report has come that has to be looked at first."),
    }
    otherwise = translate("station", "It was changed in the meantime.")
    return said.get(refusal.code, otherwise)


def _count(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(n=f"{count:,}")


def unreadable(error: Refusal) -> str:
    """Why a file cannot be used: its own sentences."""
    return str(error.details.get("faults", "")) or translate(
        "station", "This file cannot be read as a list. Save it as CSV and choose it again."
    )
