"""Whether a condition holds for a report, and which answers make it hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.domain.condition import Condition
from monitor.domain.protocol import SIDES
from monitor.domain.submission import NOWHERE, Answer, Place

Answers = Mapping[tuple[str, Place], Answer]


@dataclass(frozen=True)
class Moment:
    """The answers of one report and when they were given (None while it is being filled in)."""

    answers: Answers
    answered_at: dt.datetime | None = None


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether the answers given so far fulfil a condition that looks at one report only."""
    return bool(fulfilling(condition, (Moment(answers),)))


def fulfilling(
    condition: Condition, history: Sequence[Moment], place: Place | None = None
) -> tuple[Answer, ...]:
    """The answers of the last report in `history` that fulfil the condition; none if it fails.

    `history` is in order of time. With a `place`, an item is judged there,
    or without a place where it has none, and nowhere else.
    """
    if condition.all_of:
        parts = [fulfilling(part, history, place) for part in condition.all_of]
        return tuple(a for part in parts for a in part) if all(parts) else ()
    if condition.any_of:
        return tuple(a for part in condition.any_of for a in fulfilling(part, history, place))
    if condition.reports > 1:
        return _running(condition, history, place)
    if condition.both_sides:
        one_side = replace(condition, both_sides=False)
        found = fulfilling(one_side, history, place)
        return found if {a.place.side for a in found} >= set(SIDES) else ()
    return tuple(
        a for a in _given(condition, history[-1], place) if _fulfils(a, condition, history)
    )


def _running(
    condition: Condition, history: Sequence[Moment], place: Place | None
) -> tuple[Answer, ...]:
    once = replace(condition, reports=1)
    asked = [i for i, moment in enumerate(history) if _given(condition, moment, place)]
    last = asked[-condition.reports :]
    if len(last) < condition.reports or last[-1] != len(history) - 1:
        return ()
    found = [fulfilling(once, history[: i + 1], place) for i in last]
    return found[-1] if all(found) else ()


def _given(condition: Condition, moment: Moment, place: Place | None) -> list[Answer]:
    given = [a for a in moment.answers.values() if a.item == condition.item and a.value is not None]
    if place is not None:
        here = [a for a in given if a.place == place]
        given = here or [a for a in given if a.place == NOWHERE]
    return [a for a in given if not condition.sites or a.place.site in condition.sites]


def _fulfils(answer: Answer, condition: Condition, history: Sequence[Moment]) -> bool:
    value = answer.value
    if condition.at_least is not None and not (
        isinstance(value, int) and value >= condition.at_least
    ):
        return False
    if condition.one_of and value not in condition.one_of:
        return False
    if condition.compared and answer.compared not in condition.compared:
        return False
    if condition.rise is not None and not _rose(answer, condition, history):
        return False
    return not condition.newly or _is_new(answer, condition.newly, history)


def _earlier(answer: Answer, history: Sequence[Moment]) -> list[tuple[Moment, Answer]]:
    """The same question at the same place in earlier reports, latest first."""
    before = ((m, m.answers.get((answer.item, answer.place))) for m in reversed(history[:-1]))
    return [(m, a) for m, a in before if a is not None and a.value is not None]


def _rose(answer: Answer, condition: Condition, history: Sequence[Moment]) -> bool:
    earlier = _earlier(answer, history)
    if condition.within_hours is None:
        earlier = earlier[:1]
    else:
        limit = dt.timedelta(hours=condition.within_hours)
        now = history[-1].answered_at
        earlier = [
            (m, a) for m, a in earlier if now and m.answered_at and now - m.answered_at <= limit
        ]
    return any(
        isinstance(answer.value, int)
        and isinstance(a.value, int)
        and condition.rise is not None
        and answer.value - a.value >= condition.rise
        for _, a in earlier
    )


def _is_new(answer: Answer, option: str, history: Sequence[Moment]) -> bool:
    before = _earlier(answer, history)[:1]
    return answer.value == option and all(a.value != option for _, a in before)
