"""Small letters over points whose report was late, partial, on paper or by telephone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from monitor.charts.ranges import all_series
from monitor.charts.sheet import Frame, Sheet
from monitor.charts.words import Labels
from monitor.services.review import Chart

_APART = 6.0
"""The same letters nearer than this to each other, in pixels, are written once."""


def letters_used(chart: Chart, labels: Labels) -> list[str]:
    """The marks that are drawn as letters, in the order in which the words name them.

    A mark that every report after the procedure bears tells nothing apart and is left out.
    """
    after = {p.marks for s in all_series(chart) for p in s.points if "baseline" not in p.marks}
    if not after:
        return []
    some, every = frozenset[str]().union(*after), frozenset[str].intersection(*after)
    return [mark for mark, letter in labels.mark_letters.items() if letter and mark in some - every]


def draw_letters(sheet: Sheet, frames: Mapping[str, Frame], chart: Chart, labels: Labels) -> None:
    """Draw each report's letters once, over its first point from the top."""
    used, seen = letters_used(chart, labels), set[str]()
    for panel in chart.panels:
        frame = frames[panel.name]
        spots: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for point in (p for series in panel.series for p in series.points):
            if point.submission_id in seen or not frame.axis.shows(point.day):
                continue
            seen.add(point.submission_id)
            letters = "".join(labels.mark_letters[mark] for mark in used if mark in point.marks)
            x = frame.axis.x(point.day)
            if letters and not (spots[letters] and 0 <= x - spots[letters][-1][0] < _APART):
                spots[letters].append((x, frame.y(point.score) - 10))
        for letters, where in spots.items():
            xs, ys = zip(*where, strict=True)
            path, size = _path(letters, sheet.style.families())
            sheet.line(xs, ys, linestyle="none", marker=path, markersize=size * sheet.small_size,
                       color=sheet.style.ink, markeredgewidth=0, zorder=7,
                       gid=f"letters:{letters}")  # fmt: skip


@cache
def _path(letters: str, families: tuple[str, ...]) -> tuple[Path, float]:
    """The outline of letters around (0, 0): one marker draws many of them at once.

    With it the size of that marker, as matplotlib counts it, for letters of one pixel.
    """
    outline = TextPath((0, 0), letters, size=1, prop=FontProperties(family=list(families)))
    bounds = outline.get_extents()
    centre = ((bounds.x0 + bounds.x1) / 2, (bounds.y0 + bounds.y1) / 2)
    vertices = outline.vertices - centre
    return Path(vertices, outline.codes), 2 * float(np.abs(vertices).max())
