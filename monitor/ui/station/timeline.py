"""Turns everything that is known of one episode into one list, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from monitor.domain.alert import Event, Happening
from monitor.domain.episode import postoperative_day
from monitor.domain.submission import Submission
from monitor.services.ports import AuditLine, Contact
from monitor.services.review import AlertCard, Chart
from monitor.ui.shared.texts import Words, alert_words, word
from monitor.ui.station.cards import CardWriter, who_words
from monitor.ui.station.looks import action_words
from monitor.ui.station.page_views import Entry, EntryKind
from monitor.ui.station.reports import full_name, late_words, mark_words
from monitor.ui.station.wording import procedure_of, short_date

translate = QCoreApplication.translate

_QUIET = {Happening.KEEP}
"""What happens to an alert at every report and is no news."""
_ATTEMPTS = {"phone", "in_person", "letter", "call", "escalation"}


@dataclass(frozen=True)
class _Placed:
    """An entry with what sorts it: its date, the moment where it is known, what was before."""

    date: dt.date
    at: dt.datetime | None
    entry: Entry


def timeline_of(chart: Chart, write: CardWriter, words: Words, zone: ZoneInfo) -> tuple[Entry, ...]:
    """All that happened around one episode, the newest first.

    Of one day what has a time stands above what has none, as it was written down later.
    """
    teller = _Teller(chart, write, words, zone)
    placed = [*teller.everything()]
    placed.sort(key=lambda p: (p.date, p.at is not None, p.at or _NEVER), reverse=True)
    return tuple(p.entry for p in placed)


_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


class _Teller:
    def __init__(self, chart: Chart, write: CardWriter, words: Words, zone: ZoneInfo) -> None:
        self._chart = chart
        self._write = write
        self._words = words
        self._zone = zone
        self._start = chart.episode.procedure.date

    def everything(self) -> Iterator[_Placed]:
        yield self._procedure()
        yield from self._reports()
        for card in self._chart.cards:
            yield from self._alert(card)
        yield from self._contacts()
        yield from self._changes()

    def _placed(
        self,
        kind: EntryKind,
        date: dt.date,
        at: dt.datetime | None,
        who: str,
        what: str,
        **further: str,
    ) -> _Placed:
        there = at.astimezone(self._zone) if at is not None else None
        timed = there is not None and there.date() == date
        when = f"{short_date(date)} {there:%H:%M}" if timed else short_date(date)
        day = str(postoperative_day(self._start, date))
        return _Placed(date, at, Entry(kind, day, when, who, what, **further))

    def _procedure(self) -> _Placed:
        procedure = self._chart.episode.procedure
        done = procedure_of(procedure, self._words)
        return self._placed("follow_up", self._start, None, procedure.operator, done)

    def _reports(self) -> Iterator[_Placed]:
        scores = self._scores()
        seen: set[str] = set()
        for given in self._chart.given:
            one = given.submission
            if one.id in seen:
                continue
            seen.add(one.id)
            marks = mark_words()
            more = [*scores.get(one.id, ())]
            more += [marks[mark] for mark in marks if mark in given.marks and mark != "late"]
            if late := late_words(one, self._zone):
                more.append(late)
            yield self._report(one, more=" · ".join(more))
        for one in self._chart.taken_back:
            if one.answers:
                yield self._report(one, struck=self._why_struck(one))
        for event in self._chart.events:
            if event.kind == "missed":
                date = self._start + dt.timedelta(days=event.day)
                said = translate("station", "A report was due and did not come")
                yield self._placed("report", date, None, "", said)

    def _scores(self) -> Mapping[str, list[str]]:
        """Report -> the scores above 0 of the lines of the chart, each with its name."""
        found: dict[str, list[str]] = {}
        for panel in self._chart.panels:
            for series in panel.series:
                name = full_name(series.item, series.place, self._words)
                for point in series.points:
                    if point.score:
                        found.setdefault(point.submission_id, []).append(f"{name} {point.score}")
        return found

    def _report(self, one: Submission, **further: str) -> _Placed:
        form = word(f"form.{one.form}.name", self._words)
        said = translate("station", "Report: {form}").format(form=form)
        by_patient = one.entered_by == "patient"
        who = translate("station", "Patient") if by_patient else ""
        who = self._chart.entered.get(one.id, who)
        return self._placed(
            "report", one.local_date, one.answered_at, who, said, submission_id=one.id, **further
        )

    def _why_struck(self, one: Submission) -> str:
        everything = (*self._chart.taken_back, *(given.submission for given in self._chart.given))
        why = next((other for other in everything if other.corrects == one.id), None)
        if why is None:
            return translate("station", "taken back")
        return self._struck(why.reason, self._chart.entered.get(why.id, ""), why.received_at)

    def _struck(self, reason: str, who: str, at: dt.datetime | None) -> str:
        when = short_date(at.astimezone(self._zone).date()) if at is not None else ""
        by = ", ".join(part for part in (who, when) if part)
        said = translate("station", "Wrong: {why} ({by})") if by else "{why}"
        return said.format(why=reason, by=by)

    def _alert(self, card: AlertCard) -> Iterator[_Placed]:
        title = alert_words(card.alert.finding, self._words).title
        for event in card.events:
            if event.happening not in _QUIET:
                yield self._event(event, title)

    def _event(self, event: Event, title: str) -> _Placed:
        date = event.at.astimezone(self._zone).date()
        return self._placed(
            "alert",
            date,
            event.at,
            who_words(event.by),
            self._write.what_happened(event),
            more=" · ".join(part for part in (title, event.note) if part),
            alert_id=event.alert_id,
        )

    def _contacts(self) -> Iterator[_Placed]:
        strikes = {c.strikes: c for c in self._chart.contacts if c.strikes}
        for one in self._chart.contacts:
            if one.strikes:
                continue
            why = strikes.get(one.id)
            yield self._placed(
                _kind_of(one),
                one.date,
                one.at,
                one.by,
                self._contact(one),
                more=self._further(one),
                struck=self._struck(why.text, why.by, why.at) if why else "",
            )

    def _contact(self, one: Contact) -> str:
        said = word(f"contact.{one.kind}", self._words)
        if one.result:
            said = f"{said}: {result_words()[one.result]}"
        if one.to:
            return translate("station", "{what}, to {whom}").format(what=said, whom=one.to)
        return said

    def _further(self, one: Contact) -> str:
        parts = [one.text]
        if one.findings:
            parts.append(", ".join(word(f"finding.{code}", self._words) for code in one.findings))
        if one.advice:
            advice = ", ".join(word(f"advice.{code}", self._words) for code in one.advice)
            parts.append(translate("station", "Advice: {advice}").format(advice=advice))
        if one.next_on is not None:
            said = translate("station", "Next contact {date}")
            parts.append(said.format(date=short_date(one.next_on)))
        return " · ".join(part for part in parts if part)

    def _changes(self) -> Iterator[_Placed]:
        episode = self._chart.episode
        for pause in episode.pauses:
            said = translate("station", "Paused from {first} to {last}: {reason}").format(
                first=short_date(pause.first),
                last=short_date(pause.last),
                reason=pause_words(pause.reason),
            )
            on = pause.on or pause.first
            yield self._placed("follow_up", on, None, pause.by, said, more=pause.note)
        ended = [line for line in self._chart.changes if line.action == "follow_up_ended"]
        if episode.ended_on is not None and not ended:
            yield self._placed("follow_up", episode.ended_on, None, "", self._ended())
        for line in self._chart.changes:
            is_end = not episode.is_open and line in ended[-1:]
            yield self._change(line, self._ended() if is_end else action_words(line.action))

    def _ended(self) -> str:
        why = ending_words(self._chart.episode.ended_as)
        return translate("station", "Follow-up ended: {why}").format(why=why)

    def _change(self, line: AuditLine, what: str) -> _Placed:
        date = line.at.astimezone(self._zone).date()
        return self._placed("follow_up", date, line.at, line.actor, what, more=line.reason)


def _kind_of(one: Contact) -> EntryKind:
    if one.kind == "note":
        return "note"
    return "contact" if one.kind in _ATTEMPTS or one.result else "visit"


def result_words() -> dict[str, str]:
    """What came of an attempt to reach somebody."""
    return {
        "reached": translate("station", "reached"),
        "no_answer": translate("station", "no answer"),
        "wrong_number": translate("station", "wrong number"),
        "refused": translate("station", "did not want to talk"),
    }


def pause_words(reason: str) -> str:
    """Why no report is expected for a while."""
    return {
        "holiday": translate("station", "holiday"),
        "hospital": translate("station", "in hospital"),
        "other": translate("station", "other reason"),
    }[reason]


def ending_words(ended_as: str) -> str:
    """Why a follow-up is closed."""
    return {
        "": translate("station", "no reason recorded"),
        "completed": translate("station", "completed"),
        "withdrew": translate("station", "withdrew"),
        "died": translate("station", "died"),
        "moved": translate("station", "moved away"),
        "declined": translate("station", "declined"),
        "mistake": translate("station", "opened by mistake"),
    }[ended_as]
