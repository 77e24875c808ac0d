"""Random clinical courses: what patients might answer, before and after a procedure."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from monitor.domain.episode import Episode, Pause
from monitor.domain.submission import COMPARED, NOWHERE, Answer, Compared, Place, Submission
from tests.builders import answer, date, episode, procedure, submission
from tests.protocols import default_protocol

HORIZON = 110
PLACES: Mapping[str, tuple[Place, ...]] = {
    "weakness": (Place(side="left"), Place(side="right")),
    "arm_pain": (Place(side="left"), Place(side="right")),
    "selftest_grip": (Place(side="left"), Place(side="right")),
}
REGIONS = (Place("neck", "right"), Place("thumb_side", "right"), Place("leg", "left"))
ITEMS = (
    "pain",
    "pain_worst",
    "medicine_enough",
    "arm_pain",
    "soreness",
    "stiffness",
    "headache",
    "headache_posture",
    "burning",
    "weakness",
    "neck_weakness",
    "selftest_grip",
    "selftest_neck",
    "breathing",
    "fever",
    "light_hurts",
    "clumsy_hands",
    "wound_redness",
    "pgic",
)
MAXIMUM = 10

comparisons = st.sampled_from((None, *COMPARED))


def _answers(item: str) -> st.SearchStrategy[Answer]:
    """Answers to one item at any of its places; one in six or so is skipped."""
    protocol = default_protocol()
    scale = protocol.scale_of(item)
    place = st.sampled_from(PLACES.get(item, (NOWHERE,)))
    if scale.kind == "choice":
        return st.builds(Answer, st.just(item), st.sampled_from((None, *scale.options)), place)
    score = st.one_of(st.integers(0, MAXIMUM), st.integers(4, 8), st.none())
    compared = comparisons if protocol.items[item].compare else st.none()
    return st.builds(Answer, st.just(item), score, place, compared)


@st.composite
def _maps(draw: st.DrawFn) -> tuple[Answer, ...]:
    """A body map as the kiosk sends it: the worst of it, and each marked region."""
    marked = draw(st.lists(st.sampled_from(REGIONS), unique=True, max_size=len(REGIONS)))
    compared = draw(comparisons)
    regions = [Answer("numbness", draw(st.integers(1, MAXIMUM)), p, compared) for p in marked]
    worst = max((a.value for a in regions if isinstance(a.value, int)), default=0)
    return (Answer("numbness", worst, NOWHERE, compared), *regions)


@st.composite
def _reports(draw: st.DrawFn) -> tuple[Answer, ...]:
    items = draw(st.lists(st.sampled_from(ITEMS), unique=True, min_size=1, max_size=8))
    given = [draw(_answers(item)) for item in items]
    return (*given, *(draw(_maps()) if draw(st.booleans()) else ()))


@st.composite
def followed(draw: st.DrawFn, horizon: int = HORIZON) -> tuple[Episode, tuple[Submission, ...]]:
    """An episode with reports on some days, at most one a day, oldest first; it may be paused."""
    protocol = default_protocol()
    profile = draw(st.sampled_from(sorted(protocol.profiles)))
    days = sorted(draw(st.sets(st.integers(1, horizon), max_size=9)))
    reports = [submission(*draw(_reports()), day=day) for day in days]
    if draw(st.booleans()):
        before = answer("pain", draw(st.integers(0, MAXIMUM))), answer("numbness", 0)
        reports.insert(0, submission(*before, *draw(_reports_of_baseline()), day=-1))
    one = episode(
        procedure=procedure(profile=profile, levels=("C6",), side="right"),
        pauses=tuple(draw(st.lists(pauses(horizon), max_size=2))),
    )
    return one, tuple(reports)


@st.composite
def pauses(draw: st.DrawFn, horizon: int = HORIZON) -> Pause:
    """A pause of up to three weeks that begins by the last day of a course."""
    first = draw(st.integers(-5, horizon))
    return Pause(date(first), date(first + draw(st.integers(0, 20))), "holiday")


@st.composite
def _reports_of_baseline(draw: st.DrawFn) -> tuple[Answer, ...]:
    return draw(_answers("weakness")), draw(_answers("soreness"))


WORST: Mapping[str, str] = {
    "yes_no_unsure": "yes",
    "selftest": "cannot",
    "posture": "worse_upright",
    "enough": "no",
    "overall": "very_much_worse",
}


def worst(given: Answer) -> Answer:
    """The worst that could have been answered in place of this answer; a skip stays one."""
    if given.value is None:
        return given
    protocol = default_protocol()
    if isinstance(given.value, int):
        said: Compared | None = "worse" if protocol.items[given.item].compare else None
        return Answer(given.item, MAXIMUM, given.place, said)
    return Answer(given.item, WORST[protocol.items[given.item].scale], given.place)
