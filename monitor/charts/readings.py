"""The scores of each report day in words, for the read-out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from monitor.charts.drawn import Reading
from monitor.charts.ranges import all_series
from monitor.charts.words import Labels
from monitor.services.review import Chart


def readings_of(chart: Chart, labels: Labels) -> tuple[Reading, ...]:
    """One reading per day with a report; of two reports on a day the later score counts."""
    values: dict[int, dict[str, str]] = defaultdict(dict)
    marks: dict[int, set[str]] = defaultdict(set)
    for series in all_series(chart):
        name = labels.full_name(series.item, series.place)
        for point in series.points:
            values[point.day][name] = str(point.score)
            marks[point.day] |= point.marks
    return tuple(
        Reading(
            day,
            _title(chart, labels, day),
            tuple(values[day].items()),
            (*_mark_words(labels, marks[day]), *_event_words(chart, labels, day)),
        )
        for day in sorted(values)
    )


def _title(chart: Chart, labels: Labels, day: int) -> str:
    date = chart.episode.procedure.date + dt.timedelta(day)
    # The week counts whole weeks since the procedure; before it, back from it.
    week = day // 7 if day >= 0 else -(-day // 7)
    return labels.reading.format(day=day, week=week, date=labels.full_date(date))


def _mark_words(labels: Labels, marks: set[str]) -> list[str]:
    return [labels.mark_words[mark] for mark in sorted(marks) if mark in labels.mark_words]


def _event_words(chart: Chart, labels: Labels, day: int) -> list[str]:
    happened = [event for event in chart.events if event.day == day]
    return [": ".join(filter(None, (labels.events.get(e.kind, e.kind), e.text))) for e in happened]
