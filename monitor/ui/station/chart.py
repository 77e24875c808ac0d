"""Presents one patient: reads the chart, and says when it has changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from monitor.domain.episode import OwnBaseline, OwnWindow
from monitor.domain.protocol import Protocol
from monitor.domain.submission import NOWHERE
from monitor.services import charting
from monitor.services.clinic import Clinic
from monitor.services.ports import Refusal
from monitor.services.review import Chart, ChartEvent
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.texts import Words, number, word
from monitor.ui.station import wording
from monitor.ui.station.cards import CardWriter
from monitor.ui.station.labels import FOLLOWED_UNTIL, labels_of
from monitor.ui.station.reports import full_name, reports_of
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
        notes=(*_superseded(chart, clinic.today()), *_notes(chart, words)),
        cards=tuple(write(card) for card in chart.cards if card.alert.is_open),
        closed=tuple(write(card) for card in chart.cards if not card.alert.is_open),
        reports=reports_of(chart, words),
        protocol=_protocol(chart, protocol),
        own=tuple(_own(chart, words)),
        chart=_with_end(chart, clinic.today()),
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
    date = chart.episode.procedure.date + dt.timedelta(days=chart.next_due.due_day)
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


def _last_date(chart: Chart) -> dt.date:
    """The last date of the course: today, or the day before the patient's next procedure."""
    return chart.episode.procedure.date + dt.timedelta(days=chart.today)


def _superseded(chart: Chart, today: dt.date) -> list[str]:
    """Until when an episode was followed that a later procedure put an end to."""
    last = _last_date(chart)
    if last >= today:
        return []
    said = translate(
        "station",
        "Followed until {last} (day {day}). On {next} the patient had another procedure, "
        "which has a follow-up of its own.",
    )
    next_date = last + dt.timedelta(days=1)
    return [
        said.format(
            last=wording.long_date(last), day=chart.today, next=wording.long_date(next_date)
        )
    ]


def _with_end(chart: Chart, today: dt.date) -> Chart:
    """The chart with a mark where following ended, if it did."""
    if _last_date(chart) >= today:
        return chart
    return replace(chart, events=(*chart.events, ChartEvent(chart.today, FOLLOWED_UNTIL)))


def _own(chart: Chart, words: Words) -> list[str]:
    """What was set for this patient in place of what the protocol and the reports say."""
    said = []
    for window in chart.episode.own_windows:
        if window.item == "relief":
            what = translate("station", "relief by day {day}").format(day=window.expected_to_day)
        else:
            what = translate(
                "station", "{symptom} expected to day {to}, persistent from day {since}"
            ).format(
                symptom=full_name(window.item, NOWHERE, words),
                to=window.expected_to_day,
                since=window.persistent_from_day,
            )
        said.append(_set_by(what, window))
    for baseline in chart.episode.own_baselines:
        what = translate("station", "{symptom}: {score} before the procedure").format(
            symptom=full_name(baseline.item, baseline.place, words), score=number(baseline.score)
        )
        said.append(_set_by(what, baseline))
    return said


def _set_by(what: str, own: OwnWindow | OwnBaseline) -> str:
    said = translate("station", "Set for this patient: {what}. {by}, {when}: {why}").format(
        what=what,
        by=own.by,
        when=wording.short_date(own.on) if own.on is not None else "",
        why=own.reason,
    )
    return said.rstrip(": ,")


def _protocol(chart: Chart, protocol: Protocol) -> str:
    return protocol_line(protocol.id, chart.protocol_version, chart.protocol_status)


class ChartPresenter(QObject):
    """Talks to the services for the patient that is open.

    Signals:
        shown: the patient's page (PatientState).
        failed: the page itself cannot be shown: the sentence.
    """

    shown = Signal(object)
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


def _wait(_error: Exception) -> None:
    """An outage is the banner's matter; the page stays as it was."""
