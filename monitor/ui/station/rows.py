"""Turns the worklist and the list of patients into rows, and keeps rows in their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from monitor.domain.alert import State
from monitor.domain.episode import postoperative_day
from monitor.domain.protocol import Priority, Protocol
from monitor.domain.urgency import is_back
from monitor.services import review
from monitor.services.clinic import Clinic
from monitor.services.ports import Asked, Refusal
from monitor.services.review import PatientRow, Worklist, WorklistRow
from monitor.ui.shared.texts import alert_words, word
from monitor.ui.station import wording
from monitor.ui.station.views import ListName, PhoneLine, Row, Section

translate = QCoreApplication.translate

Words = Mapping[str, str]


@dataclass(frozen=True)
class ListRead:
    """One reading of a list at `now` (in the clinic's zone): its rows in clinical order.

    `worklist` are the rows of the worklist, whichever list was read. `words` are those of the
    clinic's first protocol that can be read, for what is said without a patient; `protocol`
    names it.
    """

    name: ListName
    rows: tuple[Row, ...]
    worklist: tuple[Row, ...]
    now: dt.datetime
    reports_today: int
    patients: int
    words: Words
    protocol: str


@dataclass(frozen=True)
class Kept:
    """Rows that kept their place; `news` have come and wait, `moved`: the order is another.

    `worst` is the most urgent of those who have come.
    """

    rows: tuple[Row, ...]
    news: int = 0
    moved: bool = False
    worst: Row | None = None


def read_list(clinic: Clinic, name: ListName, language: str) -> ListRead:
    """Read the worklist, and with `name` "patients" everybody."""
    worklist = review.worklist(clinic)
    waiting = _worklist_rows(clinic, worklist, language)
    rows = waiting
    if name == "patients":
        everybody = review.patients(clinic)
        rows = tuple(_patient_row(clinic, row, language) for row in everybody)
    read = (read_protocol(clinic, protocol_id) for protocol_id in clinic.protocols.ids())
    protocol = next((one for one in read if one is not None), None)
    return ListRead(
        name=name,
        rows=rows,
        worklist=waiting,
        now=clinic.now().astimezone(clinic.zone),
        reports_today=worklist.reports_today,
        patients=worklist.patients,
        words=protocol.words[language] if protocol else {},
        protocol=protocol_line(protocol.id, protocol.version, protocol.status) if protocol else "",
    )


def read_protocol(clinic: Clinic, protocol_id: str) -> Protocol | None:
    """The protocol in force; None where it cannot be read: one of them must not hide a list."""
    try:
        return clinic.protocols.current(protocol_id)
    except Refusal:
        return None


def unreadable(protocol_id: str) -> str:
    """Such as "Protocol cervical rhizotomy cannot be read"."""
    name = protocol_id.replace("_", " ")
    return translate("station", "Protocol {name} cannot be read").format(name=name)


def protocol_line(protocol_id: str, version: str, status: str) -> str:
    """Such as "Protocol: cervical rhizotomy 0.1.0, draft, not approved"."""
    name = protocol_id.replace("_", " ")
    state = (
        translate("station", "approved")
        if status == "approved"
        else translate("station", "draft, not approved")
    )
    return translate("station", "Protocol: {name} {version}, {state}").format(
        name=name, version=version, state=state
    )


def _worklist_rows(clinic: Clinic, worklist: Worklist, language: str) -> tuple[Row, ...]:
    """Who has open alerts in clinical order; behind them who is only asked for a report."""
    listed = {row.episode.id for row in worklist.rows}
    return (
        *(_worklist_row(clinic, row, language) for row in worklist.rows),
        *(
            _asked_row(clinic, one, language)
            for one in worklist.asked
            if one.episode.id not in listed
        ),
    )


_SECTIONS: dict[str, Section] = {"in_hand": "in_hand", "snoozed": "snoozed"}
"""Where the reason for its place puts a row; every other reason: nobody has looked."""


def _worklist_row(clinic: Clinic, row: WorklistRow, language: str) -> Row:
    protocol = read_protocol(clinic, row.episode.protocol_id)
    words = protocol.words[language] if protocol else {}
    now, today = clinic.now().astimezone(clinic.zone), clinic.today()
    worst = alert_words(row.alerts[0].finding, words) if protocol else None
    beside, beside_priority = _beside(row, now, words)
    asked = row.asked
    others = len(row.alerts) - 1
    more = translate("station", "(+{n} more)").format(n=others) if others else ""
    return Row(
        key=row.episode.id,
        episode_id=row.episode.id,
        name=wording.name_of(row.patient),
        number=row.patient.number,
        since=wording.since(row.day),
        procedure=wording.procedure_short(row.episode.procedure, words),
        where=wording.procedure_where(row.episode.procedure, words),
        reported=wording.reported(row.last_report, today),
        priority=row.priority,
        words=word(f"priority.{row.priority}", words),
        section=_SECTIONS.get(row.reason, "attention"),
        place=wording.place_of(row, now),
        overdue=row.overdue,
        explained=wording.why_there(row, now),
        reason=worst.title if worst else unreadable(row.episode.protocol_id),
        more=more,
        sentence=worst.sentence if worst else "",
        beside=beside,
        beside_priority=beside_priority,
        asked=wording.asked_words(asked.opens_on, asked.closes_on, today) if asked else "",
        namesake=wording.grouped(row.patient.number) if row.same_name else "",
    )


def _beside(row: WorklistRow, now: dt.datetime, words: Words) -> tuple[str, Priority | None]:
    """What is worse than the alert that gives the row its place, and already seen to.

    A new milder alert goes before a worse one in hand; that one must not be overlooked.
    """
    worse = [
        alert
        for alert in row.alerts[1:]
        if alert.priority.rank < row.priority.rank and not is_back(alert, now)
    ]
    if not worse:
        return "", None
    worst = min(worse, key=lambda alert: alert.priority.rank)
    if worst.state is State.SNOOZED:
        said = translate("station", "“{priority}” put aside")
    else:
        said = translate("station", "“{priority}” in hand")
    return said.format(priority=word(f"priority.{worst.priority}", words)), worst.priority


def _asked_row(clinic: Clinic, one: Asked, language: str) -> Row:
    """Somebody for whom nothing is open, but of whom a rule wants another report soon."""
    protocol = read_protocol(clinic, one.episode.protocol_id)
    words = protocol.words[language] if protocol else {}
    today, judged = clinic.today(), one.judged
    return Row(
        key=one.episode.id,
        episode_id=one.episode.id,
        name=wording.name_of(one.patient),
        number=one.patient.number,
        since=wording.since(postoperative_day(one.episode.procedure.date, today)),
        procedure=wording.procedure_short(one.episode.procedure, words),
        where=wording.procedure_where(one.episode.procedure, words),
        section="asked",
        place=translate("station", "Nothing open"),
        explained=translate(
            "station", "Stands at the end because nothing is open, only another report is due."
        ),
        asked=wording.asked_words(judged.opens_on, judged.closes_on, today),
        namesake=wording.grouped(one.patient.number),  # nobody told whether the name is shared
    )


def _patient_row(clinic: Clinic, row: PatientRow, language: str) -> Row:
    today, patient, episode = clinic.today(), row.patient, row.episode
    if episode is None:
        none = translate("station", "No procedure recorded")
        return Row(f"patient {patient.id}", "", wording.name_of(patient), patient.number, none)
    protocol = read_protocol(clinic, episode.protocol_id)
    words = protocol.words[language] if protocol else {}
    report = wording.reported(row.last_report, today)
    if not episode.is_open:
        report = translate("station", "follow-up closed")
    return Row(
        key=episode.id,
        episode_id=episode.id,
        name=wording.name_of(patient),
        number=patient.number,
        since=wording.since(row.day),
        procedure=wording.procedure_short(episode.procedure, words),
        where=wording.procedure_where(episode.procedure, words),
        reported=report,
        priority=row.priority,
        words=word(f"priority.{row.priority}", words) if row.priority else "",
        place=wording.grouped(patient.number),
        reason="" if protocol else unreadable(episode.protocol_id),
    )


def phone_lines(clinic: Clinic, worklist: Worklist, language: str) -> tuple[PhoneLine, ...]:
    """The worklist as it is read out on the telephone: whom to ring, where, and why."""
    lines = []
    for row in worklist.rows:
        said = _worklist_row(clinic, row, language)
        number = wording.grouped(row.patient.number)
        lines.append(PhoneLine(said.words, said.name, number, row.patient.phone, said.reason))
    return tuple(lines)


def matches(row: Row, query: str) -> bool:
    """Whether every word of `query` is in the name or in the number."""
    name = row.name.casefold()
    return all(part in name or part in row.number for part in query.casefold().split())


def keep_place(shown: Sequence[Row], fresh: Sequence[Row], selected: str) -> Kept:
    """Bring `shown` up to date without moving the row of key `selected`.

    Where the fresh order leaves that row in its place it is taken. Else everybody stays
    where they are, those who left the list are marked `gone`, and new ones wait.
    """
    before = [row.key for row in shown]
    after = [row.key for row in fresh]
    if selected not in before:
        return Kept(tuple(fresh))
    place = before.index(selected)
    if after[: place + 1] == before[: place + 1]:
        return Kept(tuple(fresh))
    known = {row.key: row for row in fresh}
    rows = tuple(known.get(row.key) or _gone(row) for row in shown)
    come = [row for row in fresh if row.key not in before]
    worst = min((r for r in come if r.priority), key=_rank, default=None)
    stayed = [key for key in before if key in known]
    moved = len(stayed) < len(before) or stayed != [key for key in after if key in before]
    return Kept(rows, len(come), moved, worst)


def _rank(row: Row) -> int:
    return row.priority.rank if row.priority else len(Priority)


def _gone(row: Row) -> Row:
    words = translate("station", "Nothing open any more")
    return replace(
        row, priority=None, words="", place="", overdue=False, explained="", reason=words,
        more="", sentence="", beside="", beside_priority=None, asked="", gone=True,
    )  # fmt: skip
