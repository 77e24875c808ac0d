"""Whether a condition holds for a report, and which answers make it hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.domain.condition import Condition
from monitor.domain.protocol import SIDES
from monitor.domain.submission import NOWHERE, Answer, Place

Answers = Mapping[str, Sequence[Answer]]
"""The answers of one report by item, skipped ones included."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """The answers of one report and when they were given (None while it is being filled in)."""

    answers: Answers
    answered_at: dt.datetime | None = None

    def answer(self, item: str, place: Place = NOWHERE) -> Answer | None:
        """The answer given, or None where it was skipped or not asked."""
        for answer in self.answers.get(item, ()):
            if answer.place == place and answer.value is not None:
                return answer
        return None


def by_item(answers: Iterable[Answer]) -> Answers:
    """Lay answers out by item; those of one item keep their order."""
    laid_out: dict[str, list[Answer]] = {}
    for answer in answers:
        laid_out.setdefault(answer.item, []).append(answer)
    return laid_out


def holds(condition: Condition, answers: Mapping[tuple[str, Place], Answer]) -> bool:
    """Whether the answers given so far fulfil a condition that looks at one report only."""
    return bool(fulfilling(condition, (Moment(answers=by_item(answers.values())),)))


def fulfilling(
    condition: Condition, history: Sequence[Moment], place: Place | None = None
) -> tuple[Answer, ...]:
    """The answers of the last report in `history` that fulfil the condition; none if it fails.

    `history` is in order of time. With a `place`, an item is judged there,
    or without a place where it has none, and nowhere else.
    """
    if condition.all_of:
        found: tuple[Answer, ...] = ()
        for part in condition.all_of:
            said = fulfilling(part, history, place)
            if not said:
                return ()
            found += said
        return found
    if condition.reports > 1:
        return _running(condition, history, place)
    return _once(condition, history, place)


def goes_on(
    condition: Condition,
    history: Sequence[Moment],
    before: Sequence[Moment],
    place: Place | None = None,
) -> bool:
    """Whether what the last report of `before` said may still be true in that of `history`.

    It is where the condition is fulfilled if these tests count as fulfilled too: those that the
    earlier report fulfilled at a place where the later one leaves the question open (skipped, or
    not asked). A region is not open where the body map as a whole is answered. `history` begins
    with `before`; give a condition that wants one report only (`Condition.once`).
    """
    if condition.all_of:
        return all(goes_on(part, history, before, place) for part in condition.all_of)
    if condition.any_of:
        return any(goes_on(part, history, before, place) for part in condition.any_of)
    if fulfilling(condition, history, place):
        return True
    return any(_is_open(a, history[-1]) for a in fulfilling(condition, before, place))


def _is_open(said: Answer, later: Moment) -> bool:
    """Whether a later report says nothing of what was answered before."""
    if later.answer(said.item, said.place) is not None:
        return False
    return not said.place.site or later.answer(said.item) is None


def _running(
    condition: Condition, history: Sequence[Moment], place: Place | None
) -> tuple[Answer, ...]:
    """What fulfils a condition now that as many of the last reports with the item must fulfil.

    A group has several items; a report that answered any of them counts.
    """
    newest = _once(condition, history, place)
    missing = condition.reports - 1
    for end in range(len(history) - 1, 0, -1):
        if not newest or not missing:
            break
        if _speaks(condition, history[end - 1], place):
            if not _once(condition, history[:end], place):
                return ()
            missing -= 1
    return () if missing else newest


def _speaks(condition: Condition, moment: Moment, place: Place | None) -> bool:
    if condition.any_of:
        return any(_speaks(part, moment, place) for part in condition.any_of)
    return bool(_given(condition, moment, place))


def _once(
    condition: Condition, history: Sequence[Moment], place: Place | None
) -> tuple[Answer, ...]:
    if condition.any_of:
        return tuple(a for part in condition.any_of for a in fulfilling(part, history, place))
    given = _given(condition, history[-1], place)
    found = tuple(a for a in given if _fulfils(a, condition, history))
    if condition.both_sides and not {a.place.side for a in found} >= set(SIDES):
        return ()
    return found


def _given(condition: Condition, moment: Moment, place: Place | None) -> list[Answer]:
    given = [a for a in moment.answers.get(condition.item, ()) if a.value is not None]
    if place is not None:
        here = [a for a in given if a.place == place]
        given = here or [a for a in given if a.place == NOWHERE]
    if condition.sites:
        given = [a for a in given if a.place.site in condition.sites]
    return given


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


def _earlier(answer: Answer, history: Sequence[Moment]) -> Iterator[tuple[Moment, Answer]]:
    """The same question at the same place in earlier reports, latest first."""
    for moment in reversed(history[:-1]):
        before = moment.answer(answer.item, answer.place)
        if before is not None:
            yield moment, before


def _rose(answer: Answer, condition: Condition, history: Sequence[Moment]) -> bool:
    score, rise = answer.value, condition.rise
    if not isinstance(score, int) or rise is None:
        return False
    if condition.within_hours is None:
        _, last = next(_earlier(answer, history), (None, None))
        return last is not None and isinstance(last.value, int) and score - last.value >= rise
    limit, now = dt.timedelta(hours=condition.within_hours), history[-1].answered_at
    return any(
        isinstance(before.value, int) and score - before.value >= rise
        for moment, before in _earlier(answer, history)
        if now and moment.answered_at and now - moment.answered_at <= limit
    )


def _is_new(answer: Answer, option: str, history: Sequence[Moment]) -> bool:
    if answer.value != option:
        return False
    _, before = next(_earlier(answer, history), (None, None))
    return before is None or before.value != option
