"""How long the rules take for one patient: `python -m tests.benchmarks.bench_rules`.

Three courses of 100 full reports each (every question that the forms ask on its day), judged by
the default protocol on the day of the last one. *quiet*: relief that lasts, complaints that
settle within their windows. *noisy*: complaints that come and go by several points, on both
sides and in several regions, so that several alerts hold at once. *relapse*: quiet, until the
pain comes back. Every run starts from the stored submissions: *building* lays them out by day,
*judging* evaluates all rules on the course just built, with nothing remembered from the run
before.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from monitor.domain.course import Course, course_of
from monitor.domain.episode import Episode
from monitor.domain.judging import holds
from monitor.domain.protocol import SIDES, Protocol, Step
from monitor.domain.rules import evaluate
from monitor.domain.submission import COMPARED, NOWHERE, Answer, Place, Submission
from tests.builders import episode, procedure, submission
from tests.protocols import default_protocol

REPORTS = 100
RUNS = 300
SEED = 3
PROFILE = "MBRFN"
DENSE = (-7, -1, 1, 3, 7, 10, 14, 17)
"""The first reports; the others follow a week apart."""
REGIONS = (Place("neck", "right"), Place("shoulder", "left"), Place("thumb_side", "right"))


@dataclass(frozen=True)
class Manner:
    """How a patient answers: the level of an item on a day, the wobble, and how often a sign."""

    level: Callable[[str, int], float]
    wobble: float
    yes: float = 0.0


def quiet(item: str, day: int) -> float:
    """Pain that eases for good, complaints that settle in their windows, no deficit."""
    if item in ("pain", "pain_worst"):
        return 7.0 if day <= 10 else 1.5
    settles = {"soreness": 12, "stiffness": 12, "headache": 5, "burning": 15, "numbness": 40}
    return 3.0 if 0 < day <= settles.get(item, 0) else 0.2


def noisy(item: str, day: int) -> float:
    """Everything comes and goes, month by month."""
    return 5.0 if (day // 30 + len(item)) % 2 else 1.5


def relapse(item: str, day: int) -> float:
    """As quiet, until the pain is back after a year."""
    return 6.0 if item == "pain" and day > 365 else quiet(item, day)


PATIENTS: Mapping[str, Manner] = {
    "quiet": Manner(quiet, 0.5),
    "noisy": Manner(noisy, 2.0, yes=0.1),
    "relapse": Manner(relapse, 0.5),
}


def reports(protocol: Protocol, manner: Manner) -> tuple[Submission, ...]:
    """The reports of one patient, with every question answered that the forms ask."""
    chance = random.Random(SEED)
    days = (*DENSE, *(21 + 7 * week for week in range(REPORTS - len(DENSE))))
    return tuple(
        submission(*_answers(protocol, manner, day, chance), day=day, id=f"report {day}")
        for day in days
    )


def _answers(
    protocol: Protocol, manner: Manner, day: int, chance: random.Random
) -> tuple[Answer, ...]:
    slots = [s for s in protocol.slots_for(PROFILE) if s.opens_day <= day]
    given: dict[tuple[str, Place], Answer] = {}
    for step in protocol.forms[slots[-1].form].steps_on(day, PROFILE):
        if step.when is None or holds(step.when, given):
            for one in _replies(protocol, manner, step, day, chance):
                given[one.item, one.place] = one
    return tuple(given.values())


def _replies(
    protocol: Protocol, manner: Manner, step: Step, day: int, chance: random.Random
) -> tuple[Answer, ...]:
    item, scale = protocol.items[step.item], protocol.scale_of(step.item)
    if item.per == "region":
        marked = [_score(protocol, manner, step.item, p, day, chance) for p in REGIONS]
        numb = [a for a in marked if a.value]
        worst = max((a.value for a in numb if isinstance(a.value, int)), default=0)
        return (Answer(step.item, worst), *numb)
    places = [Place("", side) for side in SIDES] if item.per == "side" else [NOWHERE]
    if scale.kind == "number":
        return tuple(_score(protocol, manner, step.item, p, day, chance) for p in places)
    bad, good = _options(protocol, step.item)
    return tuple(
        Answer(step.item, bad if chance.random() < manner.yes else good, p) for p in places
    )


def _options(protocol: Protocol, item: str) -> tuple[str, str]:
    """An answer that worries and one that does not."""
    options = protocol.scale_of(item).options
    bad = next((o for o in ("yes", "cannot", "much_worse", "worse_upright") if o in options), "no")
    good = next(o for o in ("no", "same", "no_change", "no_difference", "yes") if o in options)
    return (bad, good) if bad != good else (bad, "yes")


def _score(
    protocol: Protocol, manner: Manner, item: str, place: Place, day: int, chance: random.Random
) -> Answer:
    level = manner.level(item, day) + chance.gauss(0, manner.wobble)
    score = min(10, max(0, round(level)))
    asked = protocol.items[item].compare and day > 0 and score >= protocol.compare_from
    return Answer(item, score, place, chance.choice(COMPARED) if asked else None)


def measure(
    protocol: Protocol, followed: Episode, given: tuple[Submission, ...], today: int
) -> tuple[list[float], list[float]]:
    """How long building and judging took in each run, in milliseconds."""
    building, judging = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        course = course_of(protocol, followed, given, today)
        built = time.perf_counter()
        evaluate(course)
        judging.append(1000 * (time.perf_counter() - built))
        building.append(1000 * (built - start))
    return building, judging


def _table(protocol: Protocol) -> None:
    followed = episode(procedure=procedure(profile=PROFILE), protocol_id=protocol.id)
    print(f"{REPORTS} reports, {len(protocol.rules)} rules, {RUNS} runs, milliseconds")
    print(f"{'patient':<10}{'answers':>9}{'alerts':>8}{'building':>17}{'judging':>17}")
    print(f"{'':<27}{'min    median':>17}{'min    median':>17}")
    for name, manner in PATIENTS.items():
        given = reports(protocol, manner)
        today = (given[-1].local_date - followed.procedure.date).days
        course: Course = course_of(protocol, followed, given, today)
        alerts = len(evaluate(course).findings)
        answers = sum(len(s.answers) for s in given)
        times = "".join(
            f"{min(t):>9.2f}{statistics.median(t):>8.2f}"
            for t in measure(protocol, followed, given, today)
        )
        print(f"{name:<10}{answers:>9}{alerts:>8}{times}")


if __name__ == "__main__":
    _table(default_protocol())
