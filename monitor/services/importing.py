"""Scores from a clinic's own file: what was read of it, and the verb that stores it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from monitor.domain.episode import Episode, Patient, Procedure
from monitor.domain.protocol import Protocol
from monitor.domain.submission import Answer, Place, Submission, faults_in
from monitor.services import submissions
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import AuditLine, Refusal, Work

Progress = Callable[[int, int], None]
"""Called with how many reports are done and how many there are."""

NAMESPACE = uuid.UUID("6a1f7c52-8d0e-5b57-9a3c-0c5f6f0b7d21")
"""Never changes: with it the same report of the same data set has the same id everywhere."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, full-width signs included."""


@dataclass(frozen=True)
class BadRow:
    """A line of a file (the first is 1) that was left out, and why, as one sentence."""

    line: int
    reason: str


@dataclass(frozen=True)
class DataSet:
    """What a file says of itself. `id` goes into the ids of all that is imported from it."""

    id: str
    title: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class FileReport:
    """All scores of one person at one time. `second` counts from midnight of `day`.

    `lines` says for each answer on which line of the file it stands.
    """

    day: int
    second: int
    form: str
    answers: tuple[Answer, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True)
class FilePerson:
    """One person of a file with their procedure; `reports` oldest first, never empty."""

    subject: str
    number: str
    family_name: str
    given_name: str
    birth_date: dt.date
    language: str
    procedure: Procedure
    reports: tuple[FileReport, ...]


@dataclass(frozen=True)
class ScoreFile:
    """A whole file of scores. `bad` is in order of line.

    Every score of the file is in one of four places: `good`, `bad`, `unanswered` (its cell is
    empty or says that it is missing) or `dropped` (its item is knowingly not imported).
    """

    data_set: DataSet
    protocol_id: str
    protocol_version: str
    protocol_hash: str
    good: tuple[FilePerson, ...]
    bad: tuple[BadRow, ...]
    unanswered: int = 0
    dropped: int = 0

    @property
    def reports(self) -> int:
        return sum(len(person.reports) for person in self.good)

    @property
    def scores(self) -> int:
        return sum(len(report.answers) for person in self.good for report in person.reports)


@dataclass(frozen=True)
class Imported:
    """What an import added, what was there before, and what was left out.

    `bad` holds the file's own bad rows and those that the clinic's data spoke against;
    `not_judged` the ids of the episodes whose scores are stored and wait for the rules.
    """

    patients: int
    episodes: int
    submissions: int
    already_there: int
    bad: tuple[BadRow, ...]
    not_judged: tuple[str, ...] = ()
    changed: frozenset[str] = frozenset()


@needs("import")
def import_scores(
    clinic: Clinic,
    score_file: ScoreFile,
    progress: Progress | None = None,
    evaluating: Progress | None = None,
) -> Imported:
    """Store the good rows of a file in one unit of work, then let the rules see them.

    A repeat of the same file changes nothing. A corrected file adds what was missing; it
    never changes a score that is stored, such lines come back as bad rows. Whatever happens
    to the evaluation, the scores are kept and wait for it visibly. `progress` follows the
    storing, `evaluating` the second step. Refuses with Refusal("protocol_changed") if the file
    was read for another version of the protocol than the one in force.
    """
    protocol = clinic.protocols.current(score_file.protocol_id)
    if protocol.content_hash != score_file.protocol_hash:
        raise Refusal("protocol_changed", protocol=protocol.id)
    with clinic.store.begin() as work:
        intake = _Intake(clinic, work, protocol, score_file.data_set)
        done = 0
        for person in score_file.good:
            intake.take(person)
            done += len(person.reports)
            if progress is not None:
                progress(done, score_file.reports)
        if intake.submissions:
            work.audit.add(intake.audit_line())
            work.commit()
    not_judged = submissions.evaluate_waiting(clinic, evaluating)
    return Imported(
        patients=intake.patients,
        episodes=intake.patients,
        submissions=intake.submissions,
        already_there=intake.already_there,
        bad=tuple(sorted((*score_file.bad, *intake.bad), key=lambda row: row.line)),
        not_judged=not_judged,
        changed=frozenset({"submissions", "alerts", "episodes"} if intake.submissions else ()),
    )


def errors_csv(bad: Iterable[BadRow]) -> str:
    """Write bad rows as CSV with the columns line and reason.

    A reason may quote the file it speaks of, so what a spreadsheet would take for a formula
    gets an apostrophe in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("line", "reason"))
    for row in bad:
        guard = "'" if row.reason.startswith(FORMULA_STARTS) else ""
        writer.writerow((row.line, guard + row.reason))
    return text.getvalue()


@dataclass
class _Intake:
    """Takes person after person into one unit of work and counts what became of them."""

    clinic: Clinic
    work: Work
    protocol: Protocol
    data_set: DataSet
    patients: int = 0
    submissions: int = 0
    already_there: int = 0
    bad: list[BadRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = self.clinic.now()

    def take(self, person: FilePerson) -> None:
        episode = self._episode_of(person)
        holder = self.work.patients.by_number(person.number)
        if holder is None:
            self._enrol(person, episode)
            stored: dict[str, Submission] = {}
        elif holder.id != episode.patient_id:
            self._refuse(
                person,
                f"The number {person.number} belongs to another patient of this clinic. "
                "Give the mapping another number_prefix.",
            )
            return
        else:
            there = self.work.episodes.get(episode.id)
            if there.procedure != episode.procedure:
                self._refuse(
                    person,
                    f"{person.number} was imported before with another procedure or another "
                    "procedure date. Set the mapping back to what it said then.",
                )
                return
            stored = {s.id: s for s in self.work.submissions.of_episode(episode.id)}
        for report in person.reports:
            self._take_report(person, episode, report, stored)

    def audit_line(self) -> AuditLine:
        return AuditLine(
            at=self.now,
            actor=self.clinic.actor,
            station=self.clinic.station,
            action="scores_imported",
            subject=self.data_set.id,
            reason=f"{self.submissions} reports, {self.patients} new patients, "
            f"{len(self.bad)} lines refused: {self.data_set.title}",
        )

    def _id(self, *parts: str) -> str:
        return str(uuid.uuid5(NAMESPACE, "\x1f".join((self.data_set.id, *parts))))

    def _episode_of(self, person: FilePerson) -> Episode:
        return Episode(
            id=self._id("episode", person.subject),
            patient_id=self._id("patient", person.subject),
            procedure=person.procedure,
            protocol_id=self.protocol.id,
        )

    def _enrol(self, person: FilePerson, episode: Episode) -> None:
        self.work.patients.add(
            Patient(
                id=episode.patient_id,
                number=person.number,
                family_name=person.family_name,
                given_name=person.given_name,
                birth_date=person.birth_date,
                language=person.language,
            )
        )
        self.work.episodes.add(episode)
        self.patients += 1

    def _refuse(self, person: FilePerson, reason: str) -> None:
        lines = {line for report in person.reports for line in report.lines}
        self.bad.extend(BadRow(line, reason) for line in lines)

    def _take_report(
        self,
        person: FilePerson,
        episode: Episode,
        report: FileReport,
        stored: dict[str, Submission],
    ) -> None:
        """Add the answers that are not stored yet; as a rule all of them or none.

        What a corrected file adds to a stored report becomes a further report of the same
        time: a stored submission is never changed.
        """
        key = ("report", person.subject, str(report.day), str(report.second))
        before: dict[tuple[str, Place], Answer] = {}
        addition = 0
        submission_id = self._id(*key)
        while submission_id in stored:
            before |= {(a.item, a.place): a for a in stored[submission_id].answers}
            addition += 1
            submission_id = self._id(*key, str(addition))
        new = []
        for answer, line in zip(report.answers, report.lines, strict=True):
            known = before.get((answer.item, answer.place))
            if known is None:
                new.append((answer, line))
            elif known != answer:
                reason = (
                    f"For {answer.item} the score {known.value} is stored at this time; the file "
                    f"now says {answer.value}. What is stored was left as it is."
                )
                self.bad.append(BadRow(line, reason))
        if not new:
            self.already_there += 1
            return
        self._add(self._submission(submission_id, episode, report, tuple(a for a, _ in new)), new)

    def _submission(
        self, submission_id: str, episode: Episode, report: FileReport, answers: tuple[Answer, ...]
    ) -> Submission:
        date = episode.procedure.date + dt.timedelta(days=report.day)
        midnight = dt.datetime.combine(date, dt.time(), tzinfo=self.clinic.zone)
        # Added to the wall clock on purpose: the file's time of day is a wall clock's.
        answered_at = (midnight + dt.timedelta(seconds=report.second)).astimezone(dt.UTC)
        return Submission(
            id=submission_id,
            episode_id=episode.id,
            form=report.form,
            answers=answers,
            answered_at=answered_at,
            local_date=date,
            received_at=self.now,
            protocol_version=self.protocol.version,
            protocol_hash=self.protocol.content_hash,
            entered_by="import",
            device=self.data_set.id,
        )

    def _add(self, submission: Submission, answers: list[tuple[Answer, int]]) -> None:
        faults = [f"{f.code} {f.item} {f.value}" for f in faults_in(submission, self.protocol)]
        if faults:
            reason = f"The protocol does not take this report: {', '.join(faults)}."
            self.bad.extend(BadRow(line, reason) for _, line in answers)
            return
        self.work.submissions.add(submission)
        self.submissions += 1
