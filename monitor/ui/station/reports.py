"""Turns a chart into the table of all reports."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from monitor.domain.protocol import Protocol
from monitor.domain.rules.missed import MISSED_REPORT
from monitor.domain.submission import Place, Submission
from monitor.services.review import Chart, Given, Series
from monitor.ui.shared.texts import Words, place_name, word
from monitor.ui.station.views import Report, Reports
from monitor.ui.station.wording import short_date

translate = QCoreApplication.translate


def reports_of(chart: Chart, protocol: Protocol, words: Words, zone: ZoneInfo) -> Reports:
    """Every report that stands, and those that were due and missed, newest first."""
    lines = [s for panel in chart.panels for s in panel.series]
    series = [*lines, *(strip.series for strip in chart.strips)]
    rows = [
        *_given(chart, series, _Severity(protocol, words, len(lines)), zone),
        *_missed(chart, len(series)),
    ]
    rows.sort(key=lambda report: -report.day)
    columns = tuple(full_name(s.item, s.place, words) for s in series)
    return Reports(columns, tuple(rows))


def severity_of(item: str, score: float, protocol: Protocol, words: Words) -> str:
    """What a score is called on its scale, such as "moderate"; "" where it has no name."""
    asked = protocol.items.get(item)
    bands = protocol.scales[asked.scale].bands if asked else {}
    for band, (first, last) in bands.items():
        if first <= score <= last:
            return word(f"band.{asked.scale}.{band}", words) if asked else ""
    return ""


class _Severity:
    """Writes a cell: its score, and in the `lines` of the chart its name; none for nothing."""

    def __init__(self, protocol: Protocol, words: Words, lines: int) -> None:
        self._protocol = protocol
        self._words = words
        self._lines = lines
        self._known: dict[tuple[str, int], str] = {}

    def cell(self, column: int, item: str, score: int) -> str:
        if column >= self._lines:
            return str(score)
        if (item, score) not in self._known:
            name = severity_of(item, score, self._protocol, self._words) if score else ""
            self._known[item, score] = f"{score} {name}".strip()
        return self._known[item, score]


def answer_key(item: str, place: Place) -> str:
    """What tells the rows of a dialog apart: an item and where on the body."""
    return f"{item}/{place.site}/{place.side}"


def full_name(item: str, place: Place, words: Words) -> str:
    """What was asked and where, in the words of the clinic: those for patients are longer.

    A report that did not come is evidence too, and nothing that is asked.
    """
    if item == MISSED_REPORT:
        return translate("station", "Missing report")
    name = words.get(f"symptom.{item}.name") or word(f"item.{item}.name", words)
    where = place_name(place, words)
    return f"{name}, {where}" if where else name


def _given(
    chart: Chart, series: list[Series], severity: _Severity, zone: ZoneInfo
) -> Iterator[Report]:
    cells: dict[str, dict[int, str]] = defaultdict(dict)
    for column, one in enumerate(series):
        for point in one.points:
            written = severity.cell(column, one.item, point.score)
            cells[point.submission_id][column] = written
    shown: dict[str, Report] = {}
    for given in reversed(chart.given):
        submission = given.submission
        own = cells[submission.id]
        shown.setdefault(
            submission.id,
            Report(
                given.day,
                _date(chart, given.day),
                _how(given, zone),
                tuple(own.get(column, "") for column in range(len(series))),
                submission_id=submission.id,
            ),
        )
    yield from shown.values()


def _missed(chart: Chart, columns: int) -> list[Report]:
    said = translate("station", "no report")
    return [
        Report(event.day, _date(chart, event.day), said, ("",) * columns, missed=True)
        for event in chart.events
        if event.kind == "missed"
    ]


def _date(chart: Chart, day: int) -> str:
    return short_date(chart.episode.procedure.date + dt.timedelta(days=day))


def _how(given: Given, zone: ZoneInfo) -> str:
    """What is special about a report; one given in time at the kiosk needs no word."""
    said = [text for mark, text in mark_words().items() if mark in given.marks and mark != "late"]
    if late := late_words(given.submission, zone):
        said.append(late)
    return ", ".join(said)


def late_words(submission: Submission, zone: ZoneInfo) -> str:
    """Such as "received 2 days late"; "" for one received on the day it was answered."""
    days = (submission.received_at.astimezone(zone).date() - submission.local_date).days
    if days <= 0:
        return ""
    if days == 1:
        return translate("station", "received 1 day late")
    return translate("station", "received {n} days late").format(n=days)


def mark_words() -> Mapping[str, str]:
    """What the marks of a report mean, in the order in which they are said."""
    return {
        "baseline": translate("station", "before"),
        "late": translate("station", "late"),
        "partial": translate("station", "partial"),
        "extra": translate("station", "extra"),
        "nurse_phone": translate("station", "by telephone"),
        "nurse_paper": translate("station", "on paper"),
        "import": translate("station", "imported"),
        "corrected": translate("station", "corrected"),
        "hasty": translate("station", "answered in haste"),
    }
