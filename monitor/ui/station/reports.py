"""Turns a chart into the table of all reports."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from monitor.domain.submission import Place
from monitor.services.review import Chart, Mark, Point, Series
from monitor.ui.shared.texts import Words, place_name, word
from monitor.ui.station.views import Report, Reports
from monitor.ui.station.wording import short_date

translate = QCoreApplication.translate


def reports_of(chart: Chart, words: Words) -> Reports:
    """Every report that has a score, and those that were due and missed, newest first."""
    series = [s for panel in chart.panels for s in panel.series]
    series += [strip.series for strip in chart.strips]
    rows = [*_given(chart, series), *_missed(chart, len(series))]
    rows.sort(key=lambda report: -report.day)
    columns = tuple(full_name(s.item, s.place, words) for s in series)
    return Reports(columns, tuple(rows))


def answer_key(item: str, place: Place) -> str:
    """What tells the rows of a dialog apart: an item and where on the body."""
    return f"{item}/{place.site}/{place.side}"


def full_name(item: str, place: Place, words: Words) -> str:
    """What was asked and where, in the words of the clinic: those for patients are longer."""
    name = words.get(f"symptom.{item}.name") or word(f"item.{item}.name", words)
    where = place_name(place, words)
    return f"{name}, {where}" if where else name


def _given(chart: Chart, series: list[Series]) -> list[Report]:
    scores: dict[str, dict[int, Point]] = defaultdict(dict)
    for number, one in enumerate(series):
        for point in one.points:
            scores[point.submission_id][number] = point
    reports = []
    for points in sorted(scores.values(), key=lambda p: -_answered(p).timestamp()):
        first = next(iter(points.values()))
        marks = frozenset[Mark]().union(*(p.marks for p in points.values()))
        cells = tuple(str(points[n].score) if n in points else "" for n in range(len(series)))
        reports.append(Report(first.day, _date(chart, first.day), _how(marks), cells))
    return reports


def _answered(points: dict[int, Point]) -> dt.datetime:
    return max(point.answered_at for point in points.values())


def _missed(chart: Chart, columns: int) -> list[Report]:
    said = translate("station", "no report")
    return [
        Report(event.day, _date(chart, event.day), said, ("",) * columns, missed=True)
        for event in chart.events
        if event.kind == "missed"
    ]


def _date(chart: Chart, day: int) -> str:
    return short_date(chart.episode.procedure.date + dt.timedelta(days=day))


def _how(marks: frozenset[Mark]) -> str:
    """What is special about a report; one given in time at the kiosk needs no word."""
    return ", ".join(text for mark, text in mark_words().items() if mark in marks)


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
