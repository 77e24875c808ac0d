"""Turns one stored report into the page that shows it whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from monitor.domain.episode import postoperative_day
from monitor.domain.protocol import Protocol
from monitor.domain.submission import Answer, EnteredBy, Submission
from monitor.services.review import Chart, Given
from monitor.ui.shared.texts import Words, place_name, word
from monitor.ui.station.dates import weekday_date
from monitor.ui.station.page_views import GivenAnswer, OneReport
from monitor.ui.station.reports import full_name, late_words, mark_words, severity_of
from monitor.ui.station.wording import procedure_of, short_date

translate = QCoreApplication.translate


class ReportWriter:
    """Writes out any report of one patient's chart when it is asked for; asks no store."""

    def __init__(self, chart: Chart, protocol: Protocol, words: Words, zone: ZoneInfo) -> None:
        self._chart = chart
        self._protocol = protocol
        self._words = words
        self._zone = zone
        self._order = [given.submission.id for given in chart.given]
        self._given = {given.submission.id: given for given in chart.given}
        self._gone = {one.id: one for one in chart.taken_back}

    @property
    def newest(self) -> str:
        """The id of the newest report that stands; "" where there is none."""
        return self._order[-1] if self._order else ""

    def page(self, submission_id: str) -> OneReport | None:
        """The report with that id; None where the patient has none."""
        given = self._given.get(submission_id)
        one = given.submission if given else self._gone.get(submission_id)
        if one is None:
            return None
        day = postoperative_day(self._chart.episode.procedure.date, one.local_date)
        earlier, later = self._beside(submission_id)
        return OneReport(
            submission_id=one.id,
            title=translate("station", "Report of day {day}, {date}").format(
                day=day, date=weekday_date(one.local_date, self._today)
            ),
            place=self._place(submission_id),
            about=tuple(self._about(one, given)),
            facts=tuple(self._facts(one, given)),
            sections=tuple(self._sections(one)),
            earlier=earlier,
            later=later,
        )

    @property
    def _today(self) -> dt.date:
        return self._chart.episode.procedure.date + dt.timedelta(days=self._chart.today)

    def _beside(self, submission_id: str) -> tuple[str, str]:
        if submission_id not in self._given:
            return "", ""
        at = self._order.index(submission_id)
        later = self._order[at + 1] if at + 1 < len(self._order) else ""
        return (self._order[at - 1] if at else ""), later

    def _place(self, submission_id: str) -> str:
        if submission_id not in self._given:
            return ""
        said = translate("station", "{n} of {total}")
        return said.format(n=self._order.index(submission_id) + 1, total=len(self._order))

    def _about(self, one: Submission, given: Given | None) -> Iterator[str]:
        """What must be known before the answers are read."""
        if given is None:
            yield self._taken_back(one)
            return
        marks = mark_words()
        for mark in marks:
            if mark in given.marks and mark in _sentences():
                yield _sentences()[mark]
        if one.reason:
            said = translate("station", "It takes the place of another report: {why}")
            yield said.format(why=one.reason)

    def _taken_back(self, one: Submission) -> str:
        everything = (*self._chart.taken_back, *(given.submission for given in self._chart.given))
        why = next((other for other in everything if other.corrects == one.id), one)
        said = translate("station", "This report does not count: {why} ({who}, {when})")
        return said.format(
            why=why.reason,
            who=self._chart.entered.get(why.id, ""),
            when=short_date(why.received_at.astimezone(self._zone).date()),
        )

    def _facts(self, one: Submission, given: Given | None) -> Iterator[tuple[str, str]]:
        yield (
            translate("station", "Procedure"),
            procedure_of(self._chart.episode.procedure, self._words),
        )
        yield translate("station", "Answered"), self._moment(one.answered_at)
        late = late_words(one, self._zone)
        received = self._moment(one.received_at)
        yield translate("station", "Received"), f"{received}, {late}" if late else received
        yield translate("station", "Entered"), self._entered(one)
        if one.started_at is not None:
            minutes = round((one.answered_at - one.started_at).total_seconds() / 60)
            spent = translate("station", "{n} min").format(n=max(1, minutes))
            yield translate("station", "Time taken"), spent
        yield translate("station", "Form"), word(f"form.{one.form}.name", self._words)
        if given is not None and given.due_day is not None:
            due = self._chart.episode.procedure.date + dt.timedelta(days=given.due_day)
            said = translate("station", "day {day}, {date}")
            yield (
                translate("station", "Was due"),
                said.format(day=given.due_day, date=short_date(due)),
            )
        yield translate("station", "Protocol"), f"{self._protocol.id} {one.protocol_version}"

    def _moment(self, at: dt.datetime) -> str:
        there = at.astimezone(self._zone)
        return f"{short_date(there.date())} {there:%H:%M}"

    def _entered(self, one: Submission) -> str:
        said = _entered_words()[one.entered_by]
        who = self._chart.entered.get(one.id, "")
        parts = [said, who, one.device]
        return ", ".join(part for part in parts if part)

    def _sections(self, one: Submission) -> Iterator[tuple[str, tuple[GivenAnswer, ...]]]:
        """The answers with a score first, the worst first; then the others in order."""
        scores = [a for a in one.answers if isinstance(a.value, int) and a.value]
        scores.sort(key=lambda a: -(a.value if isinstance(a.value, int) else 0))
        nothing = [a for a in one.answers if a.value == 0]
        choices = [a for a in one.answers if isinstance(a.value, str)]
        signs = [a for a in choices if not self._is_denied(a)]
        denied = [a for a in choices if self._is_denied(a)]
        skipped = [a for a in one.answers if a.value is None]
        for title, answers in (
            (translate("station", "Scores above 0"), scores),
            (translate("station", "Answers"), signs),
            (translate("station", "Scores of 0"), nothing),
            (translate("station", "Answered with no"), denied),
            (translate("station", "Not answered"), skipped),
        ):
            if answers:
                yield title, tuple(self._answer(a) for a in answers)

    def _is_denied(self, answer: Answer) -> bool:
        return answer.value == self._protocol.scale_of(answer.item).denial

    def _answer(self, answer: Answer) -> GivenAnswer:
        name = full_name(answer.item, answer.place, self._words)
        if self._is_whole(answer):
            name = translate("station", "{name}, anywhere").format(name=name)
        if answer.value is None:
            return GivenAnswer(name, translate("station", "Not answered"), is_missing=True)
        return GivenAnswer(name, self._value(answer))

    def _is_whole(self, answer: Answer) -> bool:
        """Whether an answer speaks for the whole body map."""
        item = self._protocol.items.get(answer.item)
        return item is not None and item.per == "region" and not place_name(answer.place, {})

    def _value(self, answer: Answer) -> str:
        if isinstance(answer.value, str):
            scale = self._protocol.items[answer.item].scale
            return word(f"option.{scale}.{answer.value}", self._words)
        assert answer.value is not None
        severity = severity_of(answer.item, answer.value, self._protocol, self._words)
        said = f"{answer.value} {severity}".strip()
        if answer.compared:
            said += f" ({word(f'said.{answer.compared}', self._words)})"
        return said


def _sentences() -> dict[str, str]:
    """What the marks mean for somebody who reads the whole report."""
    return {
        "baseline": translate("station", "From before the procedure."),
        "partial": translate("station", "Partial: the form was not finished."),
        "extra": translate("station", "Beside the schedule: nobody was waiting for it."),
        "corrected": translate("station", "Corrected: it takes the place of another report."),
        "hasty": translate(
            "station", "Answered in haste: too fast to have been read, or all the same."
        ),
    }


def _entered_words() -> dict[EnteredBy, str]:
    return {
        "patient": translate("station", "by the patient"),
        "nurse_phone": translate("station", "by telephone"),
        "nurse_paper": translate("station", "from paper"),
        "import": translate("station", "imported"),
    }
