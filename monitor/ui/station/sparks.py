"""Reads the small charts of the rows in view, and says them as shares of a row's own box."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from monitor.services import lists
from monitor.services.clinic import Clinic
from monitor.services.lists import Spark
from monitor.ui.station.views import SparkLine

_LEAST_DAYS = 14
"""A shorter stretch of time would make two scores of one week look like a course."""


def read_sparks(clinic: Clinic, names: Sequence[Hashable]) -> Mapping[Hashable, SparkLine]:
    """The small chart of each name (`Row.spark`); empty for one that cannot be read."""
    subjects = {name: name[0] for name in names}  # type: ignore[index]  # as rows.py made them
    found = lists.sparks(clinic, subjects.values())
    return {
        name: line_of(found[subject]) if subject in found else SparkLine(())
        for name, subject in subjects.items()
    }


def line_of(spark: Spark) -> SparkLine:
    """A small chart from its first score, or two weeks ago, to today at the right edge."""
    first = min([day for day, _ in spark.points] + [spark.today - _LEAST_DAYS])
    length = spark.today - first

    def share(day: int) -> float:
        return (day - first) / length

    band, ends = None, False
    if spark.window_to is not None and spark.window_to > first and spark.today > 0:
        band = (max(0.0, share(0)), min(1.0, share(spark.window_to)))
        ends = spark.window_to < spark.today
    points = tuple((share(day), score / spark.highest) for day, score in spark.points)
    return SparkLine(points, band, ends)
