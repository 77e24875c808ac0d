"""Presents one patient: reads the chart, and does what the nurse decides about an alert."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal

from monitor.domain.protocol import Protocol
from monitor.services import alerts, charting
from monitor.services.clinic import Clinic
from monitor.services.ports import Conflict, Refusal
from monitor.services.review import Chart
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.texts import Words, word
from monitor.ui.station import wording
from monitor.ui.station.cards import CardWriter, state_words, who_words
from monitor.ui.station.labels import labels_of
from monitor.ui.station.reports import reports_of
from monitor.ui.station.rows import protocol_line, unreadable
from monitor.ui.station.views import PatientState

translate = QCoreApplication.translate

Revision = tuple[int, tuple[tuple[str, int], ...], dt.date]


def read_patient(clinic: Clinic, episode_id: str, language: str) -> tuple[PatientState, Revision]:
    """Everything shown of one patient, and by what one knows that it has changed."""
    revision = read_revision(clinic, episode_id)
    chart = charting.chart(clinic, episode_id)
    protocol = clinic.protocols.current(chart.episode.protocol_id)
    words = protocol.words[language]
    write = CardWriter(clinic, protocol, chart.episode, words).card
    state = PatientState(
        episode_id=episode_id,
        name=wording.name_of(chart.patient),
        who=f"{wording.name_of(chart.patient)}, {_number(chart)}",
        facts=_facts(chart, words, clinic.today()),
        day=translate("station", "day {day}").format(day=chart.today),
        same_name=_same_name(chart),
        reporting=_reporting(chart, clinic.today()),
        notes=tuple(_notes(chart, words)),
        cards=tuple(write(card) for card in chart.cards if card.alert.is_open),
        closed=tuple(write(card) for card in chart.cards if not card.alert.is_open),
        reports=reports_of(chart, words),
        protocol=_protocol(chart, protocol),
        chart=chart,
        words=labels_of(chart, protocol, words, _protocol(chart, protocol)),
    )
    return state, revision


def read_revision(clinic: Clinic, episode_id: str) -> Revision:
    """What changes when there is something new to show; reading it is no look at a patient."""
    with clinic.store.read() as work:
        reports = len(work.submissions.of_episode(episode_id))
        states = tuple((a.id, a.version) for a in work.alerts.of_episode(episode_id))
    return reports, states, clinic.today()


def _facts(chart: Chart, words: Words, today: dt.date) -> str:
    patient, procedure = chart.patient, chart.episode.procedure
    born = translate("station", "Born {date} ({age})").format(
        date=wording.short_date(patient.birth_date),
        age=wording.age_on(patient.birth_date, today),
    )
    done = f"{wording.procedure_of(procedure, words)}, {wording.long_date(procedure.date)}"
    return " · ".join(part for part in (born, _number(chart), done, procedure.operator) if part)


def _number(chart: Chart) -> str:
    number = wording.grouped(chart.patient.number)
    return translate("station", "No. {number}").format(number=number)


def _same_name(chart: Chart) -> str:
    return translate("station", "Same name as another patient") if chart.same_name else ""


def _reporting(chart: Chart, today: dt.date) -> str:
    report = wording.reported(chart.last_report, today)
    if not chart.episode.is_open:
        return translate("station", "Follow-up closed")
    if chart.next_due is None:
        return report[:1].upper() + report[1:]
    _form, date = chart.next_due
    due = translate("station", "next due {date}").format(date=wording.short_date(date))
    return f"{report[:1].upper()}{report[1:]} · {due}"


def _notes(chart: Chart, words: Words) -> list[str]:
    notes = []
    if chart.waiting:
        said = translate("station", "Reports not judged yet: {n}. Read their answers yourself.")
        notes.append(said.format(n=chart.waiting))
    if chart.dated_ahead:
        said = translate(
            "station",
            "Reports dated in the future: {n}. A clock was wrong: until that day they are not on "
            "the chart, and no rule looks at them.",
        )
        notes.append(said.format(n=chart.dated_ahead))
    reasons: dict[str, list[str]] = {}
    for one in chart.not_evaluable:
        everything = translate("station", "everything")
        name = word(f"item.{one.item}.name", words) if one.item else everything
        names = reasons.setdefault(word(f"not_evaluable.{one.reason}", words), [])
        if name not in names:
            names.append(name)
    for reason, names in reasons.items():
        said = translate("station", "Not judged: {names}. {reason}")
        notes.append(said.format(names=", ".join(names), reason=reason))
    return notes


def _protocol(chart: Chart, protocol: Protocol) -> str:
    return protocol_line(protocol.id, chart.protocol_version, chart.protocol_status)


class ChartPresenter(QObject):
    """Talks to the services for the patient that is open.

    Signals:
        shown: the patient's page (PatientState).
        acted: what was decided about an alert is stored.
        refused: it is not: the sentence, and whether it may be tried again as it is (bool).
        failed: the page itself cannot be shown: the sentence.
    """

    shown = Signal(object)
    acted = Signal()
    refused = Signal(str, bool)
    failed = Signal(str)

    def __init__(self, tasks: Tasks, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language
        self._episode_id = ""
        self._revision: Revision | None = None

    def open(self, episode_id: str) -> None:
        """Read a patient's page; only the one that was asked for last is shown."""
        self._episode_id = episode_id
        self._revision = None
        self.refresh()

    def forget(self) -> None:
        """Nobody is open any more; an answer on its way is not shown."""
        self._episode_id = ""
        self._revision = None

    def refresh(self) -> None:
        """Read the open patient again."""
        if self._episode_id:
            self._tasks.run(
                read_patient,
                self._episode_id,
                self._language,
                then=self._take,
                failed=self._fail,
                slot="chart",
            )

    def look_again(self) -> None:
        """Read the open patient again if there is something new."""
        if self._episode_id and self._revision is not None:
            self._tasks.run(
                read_revision,
                self._episode_id,
                then=self._compare,
                failed=_wait,
                slot="revision",
            )

    def acknowledge(self, alert_id: str, seen_version: int, note: str) -> None:
        """Say that the nurse has seen the alert as it was in that version."""
        self._act(alerts.acknowledge, alert_id, seen_version, note)

    def resolve(self, alert_id: str, seen_version: int, outcome: str, note: str) -> None:
        """Close the alert as it was in that version."""
        self._act(alerts.resolve, alert_id, seen_version, outcome, note)

    def _act(self, verb: Callable[..., object], *args: object) -> None:
        self._tasks.run(verb, *args, then=lambda _done: self.acted.emit(), failed=self._refuse)

    def _take(self, read: tuple[PatientState, Revision]) -> None:
        state, revision = read
        if state.episode_id == self._episode_id:
            self._revision = revision
            self.shown.emit(state)

    def _compare(self, revision: Revision) -> None:
        if revision != self._revision:
            self.refresh()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Refusal) and (protocol := error.details.get("protocol")):
            text = self.tr(
                "{sentence}, and without it nobody judges this patient’s reports. "
                "Tell whoever looks after Rootwatch."
            )
            self.failed.emit(text.format(sentence=unreadable(protocol)))
        elif isinstance(error, Refusal):
            self.failed.emit(self.tr("This patient is no longer in the database."))
        else:
            text = self.tr("The patient’s chart cannot be read now. Press F5 to try again.")
            self.failed.emit(text)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Conflict) and error.code == "alert_changed":
            self.refused.emit(self._who_was_first(error.details), False)
            self.refresh()
        elif isinstance(error, Refusal):
            text = self.tr(
                "This is no longer possible. Nothing was changed; your note is kept here."
            )
            self.refused.emit(text, False)
            self.refresh()
        else:
            text = self.tr(
                "It could not be stored now. Nothing was changed; your note is kept here. "
                "Try again in a moment."
            )
            self.refused.emit(text, True)

    def _who_was_first(self, details: dict[str, str]) -> str:
        text = self.tr(
            "{who} was first, at {at}: the alert is now {state}. "
            "Nothing of yours was stored; your note is kept here."
        )
        who, state = who_words(details["by"]), state_words(details["state"])
        return text.format(who=who, at=details["at"], state=state)


def _wait(_error: Exception) -> None:
    """An outage is the banner's matter; the page stays as it was."""
