"""The answers an alert rests on, lit: ringed and numbered, while everything else steps back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from monitor.charts.layout import Box, Rows
from monitor.charts.ranges import all_series
from monitor.charts.series import Drawing, marker_look
from monitor.charts.sheet import Frame, Sheet
from monitor.charts.words import Labels
from monitor.domain.finding import Evidence
from monitor.services.review import Chart, Point, Series

_RING = 15.0
_NUMBER = 11.0
"""From the middle of a ring to the edge of its number."""
_ROWS = 4
"""Numbers of points that lie close together stand above each other, in so many rows."""


@dataclass(frozen=True)
class Lit:
    """The evidence of the alert that was chosen."""

    evidence: tuple[Evidence, ...]

    def points(self, series: Series) -> tuple[Point, ...]:
        """The points of a series that the alert rests on."""
        return tuple(p for p in series.points if any(_is_of(e, series, p) for e in self.evidence))

    def elsewhere(self, chart: Chart) -> tuple[tuple[int, tuple[Evidence, ...]], ...]:
        """By day, the evidence that is a point of no series: answers that are no scores."""
        series = tuple(all_series(chart))
        rest = [e for e in self.evidence if not any(_is_drawn(e, one) for one in series)]
        rest.sort(key=lambda evidence: evidence.day)
        return tuple((day, tuple(some)) for day, some in groupby(rest, key=lambda e: e.day))


def lit_in(chart: Chart, alert_id: str) -> Lit | None:
    """What is lit when an alert of the chart is chosen; None for no alert, or another chart's."""
    spans = (span for span in chart.spans if span.alert.id == alert_id)
    return next((Lit(span.alert.finding.evidence) for span in spans), None)


def _is_drawn(evidence: Evidence, series: Series) -> bool:
    return any(_is_of(evidence, series, point) for point in series.points)


def _is_of(evidence: Evidence, series: Series, point: Point) -> bool:
    if (evidence.item, evidence.place) != (series.item, series.place):
        return False
    return point.day == evidence.day and evidence.submission_id in ("", point.submission_id)


def draw_lit_points(sheet: Sheet, frame: Frame, drawings: Iterable[Drawing], lit: Lit) -> None:
    """Draw the lit points of a panel: strong, in a ring, each with its score beside the ring."""
    for drawing in drawings:
        series = drawing.series
        shown = [p for p in lit.points(series) if frame.axis.shows(p.day)]
        if not shown:
            continue
        name = f"{series.item}:{series.place.site}:{series.place.side}"
        days, scores = [p.day for p in shown], [p.score for p in shown]
        sheet.line(days, scores, frame, color=drawing.look.colour, linestyle="none", zorder=7.4,
                   gid=f"lit:{name}", **marker_look(sheet, drawing.look))  # fmt: skip
        sheet.line(days, scores, frame, linestyle="none", marker="o", markersize=_RING,
                   markerfacecolor="none", markeredgecolor=sheet.style.ink, markeredgewidth=2,
                   zorder=7.5, gid=f"ring:{name}")  # fmt: skip
        _number(sheet, frame, shown)


def _number(sheet: Sheet, frame: Frame, points: Sequence[Point]) -> None:
    """Write the scores above their rings, or below where the top of the panel is near."""
    step = sheet.small_size + 1
    for is_below in (False, True):
        rows = Rows(_ROWS)
        for point in points:
            x, y = frame.axis.x(point.day), frame.y(point.score)
            if is_below is not (y - _NUMBER - step < frame.box.top):
                continue
            words = str(point.score)
            half = sheet.measure(words, weight="bold") / 2 + 1
            found = rows.place((x - half, x + half))
            away = _NUMBER + step * (0.5 + (found[0] if found else _ROWS - 1))
            middle = y + away if is_below else y - away
            ground = Box(x - half, middle - step / 2, x + half, middle + step / 2)
            sheet.fill(ground, sheet.style.paper, 7.3)
            sheet.text(x, middle, words, sheet.style.ink, weight="bold", align="center")


def draw_lit_cell(sheet: Sheet, cell: Box, score: int) -> None:
    """Frame a strip's cell and write its score beside it."""
    style, middle = sheet.style, (cell.top + cell.bottom) / 2
    sheet.fill(cell, "none", 7.4, edgecolor=style.ink, linewidth=1.6, gid=f"lit cell:{score}")
    words = str(score)
    width = sheet.measure(words, weight="bold")
    ground = Box(cell.right + 2, cell.top, cell.right + width + 6, cell.bottom)
    sheet.fill(ground, style.paper, 7.3)
    sheet.text(cell.right + 4, middle, words, style.ink, weight="bold")


def answer_words(evidence: Sequence[Evidence], labels: Labels) -> str:
    """What was answered, such as "Fever or shivering: yes"."""
    return "; ".join(labels.answers.get(e, f"{e.item} {e.value}") for e in evidence)
