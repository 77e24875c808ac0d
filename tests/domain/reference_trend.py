"""The recurrence trend once more, slowly, from its description: what the rule is held to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from monitor.domain.rules.recurrence import Recurrence

Scores = Sequence[tuple[int, int]]


def relief_at(rule: Recurrence, baseline: float, scores: Scores) -> int | None:
    """The place in `scores` at which relief is first seen: that many low ones running."""
    needed = rule.relief_reports
    for last in range(needed - 1, len(scores)):
        running = scores[last - needed + 1 : last + 1]
        if all(
            day >= rule.relief_from_day and score <= rule.limit_fraction * baseline
            for day, score in running
        ):
            return last
    return None


def trend_after(rule: Recurrence, baseline: float, scores: Scores) -> float:
    """The trend after the last of `scores`, all of which are since the report before relief.

    Written as the weighted mean that the steps amount to: a report keeps the share that the
    time since it has left to it.
    """
    last_day = scores[-1][0]
    cap = rule.cap_fraction * baseline
    total = scores[0][1] * math.exp(-(last_day - scores[0][0]) / rule.tau_days)
    for (before, _), (day, score) in pairwise(scores):
        share = 1 - math.exp(-(day - before) / rule.tau_days)
        total += share * math.exp(-(last_day - day) / rule.tau_days) * min(score, cap)
    return total


def trend(rule: Recurrence, baseline: float, scores: Scores) -> list[tuple[int, float]]:
    """(day, trend) after each report since relief."""
    relief = relief_at(rule, baseline, scores)
    if relief is None:
        return []
    start = relief - 1
    return [
        (scores[end][0], trend_after(rule, baseline, scores[start : end + 1]))
        for end in range(relief, len(scores))
    ]
