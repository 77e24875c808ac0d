"""Laying the engine's verdicts beside those of the reference, and counting what was compared.

One comparison is one rule at one moment of one course: all its findings there (stage, priority,
item, region, side, the day since which it holds) and the reasons for which it could not be
looked at, from the engine and from the reference, found equal or not. A rule that is silent in
both counts too; how many were not is counted beside it (`Count.spoken`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from monitor.domain.course import Course, course_of
from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.protocol import Protocol
from monitor.domain.rules import edges, evaluate
from monitor.domain.submission import Answer
from tests.differential.histories import History
from tests.differential.reference import Found, Moment, Verdict, Walk

OTHER_DAYS = 6
"""Days that should not matter, picked from each course to see that nothing happens on them."""


@dataclass
class Count:
    """How much was compared; `spoken` is how many of it had something to say."""

    courses: int = 0
    moments: int = 0
    comparisons: int = 0
    spoken: int = 0

    def add(self, other: Count) -> None:
        self.courses += other.courses
        self.moments += other.moments
        self.comparisons += other.comparisons
        self.spoken += other.spoken

    def __str__(self) -> str:
        return (
            f"{self.comparisons:,} comparisons ({self.spoken:,} not silent) at "
            f"{self.moments:,} moments of {self.courses:,} courses"
        )


@dataclass(frozen=True)
class Difference:
    """What the engine and the reference say of one rule at one moment, where they differ."""

    rule: str
    day: int
    reports: int
    engine: object
    reference: object

    def __str__(self) -> str:
        return (
            f"{self.rule} on day {self.day} after {self.reports} reports\n"
            f"  engine:    {self.engine}\n  reference: {self.reference}"
        )


def said_by(findings: Iterable[Finding], notes: Iterable[NotEvaluable] = ()) -> Verdict:
    """What the engine says, in the words of the reference."""
    found: dict[str, set[Found]] = {}
    unknown: dict[str, set[str]] = {}
    for f in findings:
        place = (f.place.site, f.place.side)
        one = (f.stage, str(f.priority), f.item, *place, f.since_day)
        found.setdefault(f.rule, set()).add(one)
    for note in notes:
        unknown.setdefault(note.rule, set()).add(note.reason)
    return {
        rule: (frozenset(found.get(rule, ())), frozenset(unknown.get(rule, ())))
        for rule in found.keys() | unknown.keys()
    }


def judged(course: Course) -> Verdict:
    judgement = evaluate(course)
    return said_by(judgement.findings, judgement.not_evaluable)


def moments_to_look_at(walk: Walk, course: Course, seed: int) -> Iterator[Moment]:
    """Every moment at which something may change, and some other days.

    Those are every report, the day of each report before it came, each day on which the engine
    says that time may matter, the day before, and days picked at random between them.
    """
    passed = edges(course)
    pick = random.Random(seed)
    others = {pick.randint(1, max(walk.until, 1)) for _ in range(OTHER_DAYS)}
    wanted = passed | {day - 1 for day in passed} | others | {r.day for r in walk.reports}
    return (m for m in walk.moments() if m.day in wanted or m.day == walk.until)


def differences(
    history: History,
    protocol: Protocol,
    count: Count | None = None,
    engines: Protocol | None = None,
) -> Iterator[Difference]:
    """Where the engine differs from the reference, moment by moment, on one history.

    `engines` is the protocol of the engine, where it is to be another.
    """
    walk = Walk(protocol, history.episode, history.stored, history.until)
    course = course_of(engines or protocol, history.episode, history.stored, history.until)
    ids = [rule.id for rule in protocol.rules]
    done = count or Count()
    done.courses += 1
    for moment in moments_to_look_at(walk, course, history.seed):
        said = judged(course.until(moment.day, moment.reports))
        done.moments += 1
        done.comparisons += len(ids)
        done.spoken += len(said.keys() | moment.verdict.keys())
        if said != moment.verdict:
            yield from _differing(ids, said, moment)


def differences_then(
    history: History, protocol: Protocol, count: Count | None = None, times: int = 4
) -> Iterator[Difference]:
    """Where they differ in what was known at some time: what had arrived, on any day.

    Parts whose whole is still under way, corrections that nobody has made yet, and reports that
    are dated after the day of looking.
    """
    done, pick = count or Count(), random.Random(history.seed)
    for _ in range(times):
        arrived = replace(
            history, submissions=history.submissions[: pick.randint(0, len(history.submissions))]
        )
        today = pick.randint(1, history.until)
        course = course_of(protocol, history.episode, arrived.stored, today)
        (*_, moment) = Walk(protocol, history.episode, arrived.stored, today).moments()
        said = judged(course)
        ids = [rule.id for rule in protocol.rules]
        done.moments += 1
        done.comparisons += len(ids)
        done.spoken += len(said.keys() | moment.verdict.keys())
        yield from _differing(ids, said, moment)


def all_differences(
    history: History, protocol: Protocol, count: Count | None = None
) -> Iterator[Difference]:
    yield from differences(history, protocol, count)
    yield from differences_then(history, protocol, count)


def _differing(ids: Iterable[str], said: Verdict, moment: Moment) -> Iterator[Difference]:
    for rule in ids:
        mine, theirs = said.get(rule), moment.verdict.get(rule)
        if mine != theirs:
            yield Difference(rule, moment.day, moment.reports, mine, theirs)


def shrunk(history: History, differs: Callable[[History], bool]) -> History:
    """The smallest history found by dropping reports, answers and days that still differs."""
    smaller = True
    while smaller:
        smaller = False
        for candidate in _smaller(history):
            if differs(candidate):
                history, smaller = candidate, True
                break
    return history


def _smaller(history: History) -> Iterator[History]:
    """Simpler histories, the greatest steps first."""
    yield from _with_fewer_reports(history)
    episode = history.episode
    for simpler in (
        replace(episode, own_windows=()),
        replace(episode, own_baselines=()),
        replace(episode, followed_from=None),
        replace(episode, pauses=()),
        replace(episode, pauses=episode.pauses[1:]),
    ):
        if simpler != episode:
            yield replace(history, episode=simpler)
    for item in sorted({a.item for s in history.submissions for a in s.answers}):
        yield _without(history, item)
    yield from _with_fewer_answers(history)
    days = [(s.local_date - episode.procedure.date).days for s in history.submissions]
    for until in (max(days, default=0), history.until // 2, history.until - 1):
        if 0 < until < history.until:
            yield replace(history, until=until)


def _with_fewer_reports(history: History) -> Iterator[History]:
    sent = history.submissions
    if len(sent) > 4:
        for half in (sent[: len(sent) // 2], sent[len(sent) // 2 :]):
            yield replace(history, submissions=half)
    for index in reversed(range(len(sent))):
        yield replace(history, submissions=sent[:index] + sent[index + 1 :])


def _with_fewer_answers(history: History) -> Iterator[History]:
    """The same with one answer less."""
    sent = history.submissions
    for index, one in enumerate(sent):
        for answer in one.answers if len(one.answers) > 1 else ():
            rest = tuple(a for a in one.answers if a is not answer)
            fewer = (*sent[:index], replace(one, answers=rest), *sent[index + 1 :])
            yield replace(history, submissions=fewer)


def _without(history: History, item: str) -> History:
    """The same without an item; a report of which nothing is left goes with it."""
    kept = (
        replace(s, answers=tuple(a for a in s.answers if a.item != item))
        for s in history.submissions
    )
    return replace(history, submissions=tuple(s for s in kept if s.answers))


def told(history: History) -> str:
    """A history as lines to read, for the message of a failure."""
    one = history.episode
    lines = [f"seed {history.seed}, up to day {history.until}", f"  {one.procedure}"]
    lines += [f"  {own}" for own in (*one.own_windows, *one.own_baselines, *one.pauses)]
    for s in history.submissions:
        day = (s.local_date - one.procedure.date).days
        part = f", part of {s.part_of}" if s.part_of else ""
        instead = f", in place of {s.corrects}" if s.corrects else ""
        given = "; ".join(_in_words(answer) for answer in s.answers)
        lines.append(f"  day {day} ({s.answered_at:%d %H:%M}) {s.id}{part}{instead}: {given}")
    return "\n".join(lines)


def _in_words(answer: Answer) -> str:
    said = "skipped" if answer.value is None else str(answer.value)
    words = (answer.item, answer.place.site, answer.place.side, said, answer.compared or "")
    return " ".join(word for word in words if word)
