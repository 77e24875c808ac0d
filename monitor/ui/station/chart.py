"""Presents one patient: reads the chart, and says when it has changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import get_args

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Signal

from monitor.domain.episode import Episode, OwnBaseline, OwnWindow, Patient, Pause, Sex
from monitor.domain.protocol import Protocol
from monitor.domain.submission import NOWHERE
from monitor.services import charting
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import EvaluationState, Refusal
from monitor.services.review import Chart, ChartEvent
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.texts import Words, number, word
from monitor.ui.station import wording
from monitor.ui.station.body_maps import maps_of
from monitor.ui.station.cards import CardWriter
from monitor.ui.station.dates import day_and_month, days_from_to
from monitor.ui.station.labels import FOLLOWED_UNTIL, labels_of
from monitor.ui.station.looks import looks_of
from monitor.ui.station.one_report import ReportWriter
from monitor.ui.station.page_views import OtherProcedure
from monitor.ui.station.reports import full_name, reports_of
from monitor.ui.station.rows import protocol_line, unreadable
from monitor.ui.station.timeline import ending_words, pause_words, timeline_of
from monitor.ui.station.views import PatientState

translate = QCoreApplication.translate

Revision = tuple[object, ...]


def read_patient(
    clinic: Clinic, episode_id: str, language: str, looked: str = "chart_opened"
) -> tuple[PatientState, Revision]:
    """Everything shown of one patient, and by what one knows that it has changed."""
    revision = read_revision(clinic, episode_id)
    return page_of(clinic, charting.chart(clinic, episode_id, looked), language), revision


def page_of(clinic: Clinic, chart: Chart, language: str) -> PatientState:
    """A chart in words, for the page and for paper."""
    protocol = clinic.protocols.current(chart.episode.protocol_id)
    words = protocol.words[language]
    writer = CardWriter(clinic, protocol, chart.episode, words)
    today = clinic.today()
    earlier, later = _beside(chart, words)
    empty = _empty(chart, today)
    labels = labels_of(chart, protocol, words, _protocol(chart, protocol))
    return PatientState(
        episode_id=chart.episode.id,
        name=wording.name_of(chart.patient),
        who=wording.who_is(chart.patient),
        facts=_facts(chart.patient, today),
        done=_done(chart, words),
        day=translate("station", "day {day}").format(day=chart.today),
        remark=chart.patient.remark,
        stands=_stands(chart.episode, today),
        is_open=chart.episode.is_open,
        same_name=_same_name(chart),
        reporting=_reporting(chart, today),
        notes=(*_superseded(chart, today), *_notes(chart, words)),
        cards=tuple(writer.card(card) for card in chart.cards if card.alert.is_open),
        closed=tuple(writer.card(card) for card in chart.cards if not card.alert.is_open),
        reports=reports_of(chart, protocol, words, clinic.zone),
        protocol=_protocol(chart, protocol),
        own=tuple(_own(chart, words)),
        earlier=earlier,
        later=later,
        empty=empty,
        maps=maps_of(chart, protocol, words),
        entries=timeline_of(chart, writer, words, clinic.zone),
        looks=looks_of(chart.audit, clinic.zone),
        chart=_with_end(chart, today),
        words=replace(labels, waiting=empty),
        report=ReportWriter(chart, protocol, words, clinic.zone).page,
    )


@needs("look")
def read_revision(clinic: Clinic, episode_id: str) -> Revision:
    """What changes when there is something new to show; reading it is no look at a patient."""
    with clinic.store.read() as work:
        episode = work.episodes.get(episode_id)
        return (
            episode,
            work.patients.get(episode.patient_id),
            work.submissions.evaluations(*get_args(EvaluationState), of_episode=episode_id),
            tuple((a.id, a.version) for a in work.alerts.of_episode(episode_id)),
            len(work.contacts.of_episode(episode_id)),
            clinic.today(),
        )


def _facts(patient: Patient, today: dt.date) -> str:
    """Who it is, and how they are reached."""
    born = translate("station", "Born {date} ({age})").format(
        date=wording.short_date(patient.birth_date),
        age=wording.age_on(patient.birth_date, today),
    )
    number = translate("station", "No. {number}").format(number=wording.grouped(patient.number))
    sex = sex_words(patient.sex)
    language = language_name(patient.language)
    parts = (number, born, sex, patient.phone, language)
    return " · ".join(part for part in parts if part)


def sex_words(sex: Sex) -> str:
    """As administrative forms have it; "" where nobody has said."""
    return {
        "": "",
        "female": translate("station", "female"),
        "male": translate("station", "male"),
        "other": translate("station", "other sex"),
    }[sex]


def language_name(code: str) -> str:
    """The English name of a language, such as "Arabic"; its code where Qt knows none."""
    language = QLocale.codeToLanguage(code)
    if language == QLocale.Language.AnyLanguage:
        return code
    return QLocale.languageToString(language)


def _done(chart: Chart, words: Words) -> str:
    """What was done: procedure, levels, side, date, by whom, and whether something was left."""
    procedure = chart.episode.procedure
    done = f"{wording.procedure_of(procedure, words)}, {wording.long_date(procedure.date)}"
    implant = translate("station", "with an implant") if procedure.implant else ""
    return " · ".join(part for part in (done, procedure.operator, implant) if part)


def _stands(episode: Episode, today: dt.date) -> str:
    """That a follow-up is ended or paused, until when and why; "" while it simply goes on."""
    if not episode.is_open:
        why = ending_words(episode.ended_as)
        if episode.ended_on is None:
            return translate("station", "Follow-up ended: {why}").format(why=why)
        said = translate("station", "Follow-up ended {date}: {why}")
        return said.format(date=day_and_month(episode.ended_on, today), why=why)
    if (pause := episode.paused_on(today)) is not None:
        said = translate("station", "Paused until {date}: {why}")
        return said.format(date=day_and_month(pause.last, today), why=_pause(pause))
    ahead = sorted((p for p in episode.pauses if p.first > today), key=lambda p: p.first)
    if ahead:
        said = translate("station", "Pause from {days}: {why}")
        days = days_from_to(ahead[0].first, ahead[0].last, today)
        return said.format(days=days, why=_pause(ahead[0]))
    return ""


def _pause(pause: Pause) -> str:
    """Why: the note where it says more than the reason."""
    if pause.reason == "other" and pause.note:
        return pause.note
    return pause_words(pause.reason)


def _beside(chart: Chart, words: Words) -> tuple[OtherProcedure | None, OtherProcedure | None]:
    """The patient's procedures before and after this one."""
    order = sorted(chart.episodes, key=lambda e: (e.procedure.date, e.id))
    at = [episode.id for episode in order].index(chart.episode.id)
    earlier = order[at - 1] if at else None
    later = order[at + 1] if at + 1 < len(order) else None
    return _other(earlier, words), _other(later, words)


def _other(episode: Episode | None, words: Words) -> OtherProcedure | None:
    if episode is None:
        return None
    procedure = episode.procedure
    done = wording.procedure_short(procedure, words)
    where = wording.procedure_where(procedure, words)
    return OtherProcedure(
        episode.id, f"{wording.short_date(procedure.date)}, {done} {where}".strip()
    )


def _empty(chart: Chart, today: dt.date) -> str:
    """What to say instead of reports while none has come."""
    if chart.given:
        return ""
    if not chart.episode.is_open:
        return translate("station", "No report came while this follow-up was open.")
    if chart.next_due is None:
        return translate("station", "No report yet, and none is due.")
    date = chart.episode.procedure.date + dt.timedelta(days=chart.next_due.due_day)
    said = translate("station", "No report yet. The next is due {date}.")
    return said.format(date=day_and_month(date, today))


def _same_name(chart: Chart) -> str:
    return translate("station", "Same name as another patient") if chart.same_name else ""


def _reporting(chart: Chart, today: dt.date) -> str:
    report = wording.reported(chart.last_report, today)
    if chart.next_due is None or not chart.episode.is_open:
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
                "chart_opened" if self._revision is None else "",
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
