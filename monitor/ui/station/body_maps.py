"""Turns the body maps of a chart into what is drawn and said of each report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from monitor.domain.protocol import Protocol
from monitor.domain.submission import Place, map_places
from monitor.services.review import BodyMap, Chart
from monitor.ui.shared.texts import Words, number, place_name, word
from monitor.ui.station.dates import weekday_date
from monitor.ui.station.page_views import MapFrame, MapLine, MapMark, MapState

translate = QCoreApplication.translate


def maps_of(chart: Chart, protocol: Protocol, words: Words) -> tuple[MapState, ...]:
    """A body map for each item that is asked region by region."""
    places = {place: place_name(place, words) for place in map_places(protocol)}
    return tuple(_map(chart, one, protocol, places, words) for one in chart.maps)


def _map(
    chart: Chart, one: BodyMap, protocol: Protocol, places: Mapping[Place, str], words: Words
) -> MapState:
    writer = _Writer(chart, one, places, protocol.baseline.to_day)
    return MapState(
        item=one.item,
        title=word(f"item.{one.item}.name", words),
        places=places,
        days=tuple(day.day for day in one.days),
        frame=writer.frame,
    )


class _Writer:
    """Writes the frame of one report when it is asked for."""

    def __init__(
        self, chart: Chart, one: BodyMap, places: Mapping[Place, str], to_day: int
    ) -> None:
        """to_day: the last day that counts as before the procedure."""
        self._chart = chart
        self._asked_before = any(day.day <= to_day for day in one.days)
        self._map = one
        self._places = places

    def frame(self, index: int) -> MapFrame:
        """The report with that number; refuses with IndexError where there is none."""
        days = self._map.days
        day = days[index]
        known = days[index - 1].scores if index else None
        return MapFrame(
            submission_id=day.submission_id,
            title=translate("station", "Day {day}, {date}").format(
                day=day.day, date=weekday_date(day.date, self._today)
            ),
            changed=tuple(self._changed(day.scores, known)),
            marks={
                place: MapMark(score, known is not None and bool(score) and not known.get(place))
                for place, score in day.scores.items()
            },
            lines=tuple(self._lines(day.scores, known)),
        )

    @property
    def _today(self) -> dt.date:
        return self._chart.episode.procedure.date + dt.timedelta(days=self._chart.today)

    def _name(self, place: Place) -> str:
        return self._places.get(place, place.site or place.side)

    def _lines(
        self, scores: Mapping[Place, int], known: Mapping[Place, int] | None
    ) -> Iterator[MapLine]:
        everywhere = set(scores) | {p for p, score in (known or {}).items() if score}
        everywhere |= set(self._map.before)
        order = sorted(everywhere, key=lambda p: (-scores.get(p, 0), self._name(p)))
        for place in order:
            score, before = scores.get(place, 0), self._map.before.get(place)
            earlier = None if known is None else known.get(place, 0)
            yield MapLine(
                score=str(score),
                place=self._where(place),
                change=_change(score, earlier),
                before=number(before or 0) if self._is_known(before) else "–",
                is_new=known is not None and bool(score) and not earlier,
            )

    def _is_known(self, before: float | None) -> bool:
        """Whether a score before the procedure is known; a place that was not named had 0."""
        return before is not None or self._asked_before

    def _where(self, place: Place) -> str:
        name = self._name(place)
        if place in self._map.planned:
            return name
        return translate("station", "{place} (outside the treated area)").format(place=name)

    def _changed(
        self, scores: Mapping[Place, int], known: Mapping[Place, int] | None
    ) -> Iterator[str]:
        now = {place: score for place, score in scores.items() if score}
        if not now:
            yield translate("station", "Nowhere above 0.")
        if known is None:
            yield translate("station", "The first report of it.")
        else:
            before = {place: score for place, score in known.items() if score}
            yield from self._said(_against(now, before), _since_report())
        if self._map.before:
            yield from self._said(_against(now, self._map.before), _since_procedure())
        elif self._asked_before:
            yield translate("station", "Before the procedure nowhere above 0.")
        else:
            yield translate("station", "Nobody was asked before the procedure.")

    def _said(self, told: Mapping[str, list[Place]], phrases: Mapping[str, str]) -> Iterator[str]:
        if not any(told.values()):
            yield phrases["same"]
        for kind, places in told.items():
            if places:
                yield phrases[kind].format(places="; ".join(self._name(p) for p in places))


def _against(
    now: Mapping[Place, float], before: Mapping[Place, float]
) -> Mapping[str, list[Place]]:
    """Which places are new, worse, better and gone, against an earlier map."""
    return {
        "new": [p for p in now if p not in before],
        "worse": [p for p in now if p in before and now[p] > before[p]],
        "better": [p for p in now if p in before and now[p] < before[p]],
        "gone": [p for p in before if p not in now],
    }


def _since_report() -> Mapping[str, str]:
    return {
        "same": translate("station", "As in the report before."),
        "new": translate("station", "New since the report before: {places}."),
        "worse": translate("station", "Worse than in the report before: {places}."),
        "better": translate("station", "Less than in the report before: {places}."),
        "gone": translate("station", "Gone since the report before: {places}."),
    }


def _since_procedure() -> Mapping[str, str]:
    return {
        "same": translate("station", "As before the procedure."),
        "new": translate("station", "Not there before the procedure: {places}."),
        "worse": translate("station", "Worse than before the procedure: {places}."),
        "better": translate("station", "Less than before the procedure: {places}."),
        "gone": translate("station", "Gone since the procedure: {places}."),
    }


def _change(score: int, earlier: int | None) -> str:
    """How a score differs from that of the report before."""
    if earlier is None:
        return ""
    if score == earlier:
        return translate("station", "as before")
    if not earlier:
        return translate("station", "new")
    if not score:
        return translate("station", "gone, was {score}").format(score=earlier)
    return translate("station", "was {score}").format(score=earlier)
