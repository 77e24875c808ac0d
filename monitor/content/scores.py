"""Reads a CSV file of scores with its mapping: good rows by person, bad rows with their reason."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path

from monitor.content.csv_files import Row, open_table, shown
from monitor.content.score_mapping import Mapping, read_mapping
from monitor.content.score_rows import Columns, Moment, RowReader, RowRefused
from monitor.domain.episode import Procedure
from monitor.domain.protocol import Protocol
from monitor.domain.submission import Answer, Place
from monitor.services.importing import BadRow, DataSet, FilePerson, FileReport, ScoreFile


def read_scores(
    csv_path: Path, mapping_path: Path, protocol: Protocol, today: dt.date | None = None
) -> ScoreFile:
    """Read a file of scores as its mapping says.

    Rows dated after `today` (when it is given) are bad rows. Refuses with Unreadable a file
    or a mapping that cannot be used at all, listing everything that is wrong with it.
    """
    mapping = read_mapping(mapping_path, protocol)
    table = open_table(csv_path, encoding=mapping.file.encoding, separator=mapping.file.separator)
    reader = RowReader(mapping, protocol, Columns.find(table, mapping), today)
    gathering = _Gathering(mapping, protocol, reader)
    for row in table.rows:
        gathering.take(row)
    return gathering.result()


@dataclass
class _Person:
    """One person while the file is read."""

    number: str
    procedure: Procedure
    line: int
    scores: dict[tuple[Moment, str, Place], list[tuple[int, Answer]]] = field(default_factory=dict)


@dataclass
class _Gathering:
    """Takes row after row, and knows at the end what the file holds of each person."""

    mapping: Mapping
    protocol: Protocol
    reader: RowReader
    people: dict[str, _Person] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    subject_of: dict[str, str] = field(default_factory=dict)
    form_on: dict[int, str] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        if row.problem:
            self.bad.append(BadRow(row.line, row.problem))
            return
        try:
            scores = list(self.reader.scores_in(row))
            if not scores:
                return
            subject = self.reader.subject(row)
            procedure = self.reader.procedure(row)
            moment = self.reader.moment(row, procedure)
            person = self._person(subject, procedure, row.line)
        except RowRefused as refused:
            self.bad.append(BadRow(row.line, str(refused)))
            return
        for part, text in scores:
            try:
                answer = self.reader.answer(row, part, text)
            except RowRefused as refused:
                self.bad.append(BadRow(row.line, str(refused)))
                continue
            same = person.scores.setdefault((moment, answer.item, answer.place), [])
            same.append((row.line, answer))

    def result(self) -> ScoreFile:
        good = []
        for subject, person in self.people.items():
            if reports := self._reports(person):
                good.append(self._file_person(subject, person, reports))
        said = self.mapping.data_set
        return ScoreFile(
            data_set=DataSet(said.id, said.title, said.licence, said.attribution),
            protocol_id=self.protocol.id,
            protocol_version=self.protocol.version,
            protocol_hash=self.protocol.content_hash,
            good=tuple(good),
            bad=tuple(sorted(self.bad, key=lambda row: row.line)),
            unanswered=self.reader.unanswered,
            dropped=self.reader.dropped,
        )

    def _person(self, subject: str, procedure: Procedure, line: int) -> _Person:
        person = self.people.get(subject)
        if person is None:
            number = self.mapping.patient.number_prefix + re.sub("[^A-Za-z0-9]", "", subject)
            other = self.subject_of.setdefault(number.upper(), subject)
            if other != subject:
                raise RowRefused(
                    f"{shown(subject)} and {shown(other)} would get the same number {number}."
                )
            person = self.people[subject] = _Person(number, procedure, line)
        elif person.procedure != procedure:
            raise RowRefused(
                f"Line {person.line} names another procedure date or level for this person."
            )
        return person

    def _reports(self, person: _Person) -> tuple[FileReport, ...]:
        """One report per time, in order of time, without the scores that contradict others."""
        by_moment: dict[Moment, list[tuple[int, Answer]]] = {}
        for (moment, item, _), given in person.scores.items():
            first_line, first = given[0]
            if all(answer == first for _, answer in given):
                by_moment.setdefault(moment, []).append((first_line, first))
                repeats = given[1:]
                reason = f"It repeats line {first_line}, which was taken."
            else:
                repeats = given
                lines = ", ".join(str(line) for line, _ in given[:10])
                reason = (
                    f"Lines {lines} give different scores of {item} for the same person and time; "
                    "none of them was taken."
                )
            self.bad.extend(BadRow(line, reason) for line, _ in repeats)
        return tuple(
            FileReport(
                day=moment[0],
                second=moment[1],
                form=self._form(moment[0]),
                answers=tuple(answer for _, answer in by_moment[moment]),
                lines=tuple(line for line, _ in by_moment[moment]),
            )
            for moment in sorted(by_moment)
        )

    def _form(self, day: int) -> str:
        """The form of the scheduled report to which the day belongs, or is nearest."""
        if day not in self.form_on:
            profile = self.mapping.procedure.profile
            slots = self.protocol.slots_for(profile)
            nearest = self.protocol.slot_on(profile, day) or min(
                slots, key=lambda slot: abs(slot.due_day - day), default=None
            )
            self.form_on[day] = nearest.form if nearest else next(iter(self.protocol.forms))
        return self.form_on[day]

    def _file_person(
        self, subject: str, person: _Person, reports: tuple[FileReport, ...]
    ) -> FilePerson:
        said = self.mapping.patient
        return FilePerson(
            subject=subject,
            number=person.number,
            family_name=said.family_name,
            given_name=subject,
            birth_date=said.birth_date,
            language=said.language,
            procedure=person.procedure,
            reports=reports,
        )
