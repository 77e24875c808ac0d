"""The scores of each report day in words, for the read-out."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import overload

from monitor.charts.drawn import Reading
from monitor.charts.ranges import all_series
from monitor.charts.words import Labels
from monitor.services.review import Chart, Earlier, Point


class Readings(Sequence[Reading]):
    """One reading per day with a report; of two reports on a day the later score counts.

    `days` are theirs, in order. Each is put into words when it is asked for: of many a nurse
    reads a few.
    """

    def __init__(self, chart: Chart, labels: Labels, earlier: Earlier | None) -> None:
        self._chart = chart
        self._earlier = earlier
        self._labels = labels
        self._series = tuple(all_series(chart))
        self.days = sorted({p.day for series in self._series for p in series.points})

    def __len__(self) -> int:
        return len(self.days)

    @overload
    def __getitem__(self, number: int) -> Reading: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Reading, ...]: ...
    def __getitem__(self, number: int | slice) -> Reading | tuple[Reading, ...]:
        if isinstance(number, slice):
            return tuple(self._reading(day) for day in self.days[number])
        return self._reading(self.days[number])

    def _reading(self, day: int) -> Reading:
        values: dict[str, str] = {}
        marks: set[str] = set()
        latest: Point | None = None
        for series in self._series:
            first = bisect_left(series.points, day, key=_day)
            for point in series.points[first : bisect_right(series.points, day, key=_day)]:
                values[self._labels.full_name(series.item, series.place)] = str(point.score)
                marks |= point.marks
                if latest is None or latest.answered_at < point.answered_at:
                    latest = point
        assert latest is not None
        notes = (
            *_mark_words(self._labels, marks),
            *_event_words(self._chart, self._labels, day),
            *_earlier_words(self._labels, self._earlier, day),
        )
        title = _title(self._chart, self._labels, day)
        return Reading(day, title, tuple(values.items()), notes, latest.submission_id)


def _day(point: Point) -> int:
    return point.day


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


def _earlier_words(labels: Labels, earlier: Earlier | None, day: int) -> list[str]:
    """What was reported after the procedure before, on the report day nearest to this one."""
    if earlier is None:
        return []
    series = [one for panel in earlier.panels for one in panel.series]
    days = {point.day for one in series for point in one.points}
    nearest = min(days, key=lambda other: (abs(other - day), other))
    scores = [
        f"{labels.full_name(one.item, one.place)} {point.score}"
        for one in series
        for point in one.points
        if point.day == nearest
    ]
    return [labels.earlier_reading.format(day=nearest, score=scores[0]), *scores[1:]]
