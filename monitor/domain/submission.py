"""One completed form: its answers, and what makes it fit to be stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from monitor.domain.protocol import SIDES, Protocol, Side

Compared = Literal["better", "same", "worse", "new"]
COMPARED: tuple[Compared, ...] = ("better", "same", "worse", "new")
EnteredBy = Literal["patient", "nurse_phone", "nurse_paper", "import"]


class Place(NamedTuple):
    """Where on the body an answer belongs; both parts may be empty."""

    site: str = ""
    side: Side = ""


NOWHERE = Place()


def map_places(protocol: Protocol) -> list[Place]:
    """Every place of the body map, region by region, the left side first."""
    return [
        Place(site, side)
        for site, region in protocol.regions.items()
        for side in (SIDES if region.sided else ("",))
    ]


@dataclass(frozen=True)
class Answer:
    """One reply. `value` is a whole number or an option code; None means skipped, never zero.

    For an item asked on the body map, an answer with an empty place says how numb the worst
    region is (0: none), and regions not named then count as 0.
    """

    item: str
    value: int | str | None
    place: Place = NOWHERE
    compared: Compared | None = None


@dataclass(frozen=True)
class Submission:
    """One report of one episode.

    `id` is made where the answers were given, before the first one, so that sending twice
    changes nothing. `local_date` is the calendar date in the clinic's zone on which it was
    answered, and never after it was received; the postoperative day follows from it.
    `protocol_version` and `protocol_hash` name the protocol whose form was shown. `part_of` is
    empty for a whole form; one sent before it was finished (a warning sign, a visit given up)
    names the id that the whole one of the same visit has or would have had.

    `corrects` names the report that this one takes the place of (a mistake in writing it down,
    the wrong patient), with `reason`; without answers it only takes it back. Both stay stored.
    `started_at` is when the first question was shown, None where nobody measured it.
    """

    id: str
    episode_id: str
    form: str
    answers: tuple[Answer, ...]
    answered_at: dt.datetime
    local_date: dt.date
    received_at: dt.datetime
    protocol_version: str
    protocol_hash: str
    entered_by: EnteredBy = "patient"
    device: str = ""
    part_of: str = ""
    corrects: str = ""
    reason: str = ""
    started_at: dt.datetime | None = None

    @property
    def partial(self) -> bool:
        """Whether it was sent before its form was finished."""
        return bool(self.part_of)

    @property
    def visit(self) -> str:
        """What the submissions of one visit have in common."""
        return self.part_of or self.id


Arrival = Literal["corrected_report", "late_report", "report"]
ARRIVALS: tuple[Arrival, ...] = ("corrected_report", "late_report", "report")
"""How a submission came, what must be told first."""


def arrival(submission: Submission, known: Iterable[Submission], received_on: dt.date) -> Arrival:
    """How a submission came: in the place of another, late, or as it should.

    Late is one of a day before the date on which it was received, and one that was answered
    before another of the `known` that was there already.
    """
    if submission.corrects:
        return "corrected_report"
    there = (s for s in known if s.received_at <= submission.received_at)
    is_overtaken = any(s.answered_at > submission.answered_at for s in there)
    is_late = is_overtaken or submission.local_date < received_on
    return "late_report" if is_late else "report"


@dataclass(frozen=True)
class Fault:
    """Why a submission cannot be stored: `code` names the reason, the rest where it lies."""

    code: Literal["empty", "unknown_item", "out_of_range", "unknown_site", "twice", "zone"]
    item: str = ""
    value: str = ""


def faults_in(submission: Submission, protocol: Protocol) -> Iterator[Fault]:
    """Everything that is wrong with a submission, so that it can be refused in one go.

    A site outside the protocol's regions is accepted only from an import, whose sites are
    its own.
    """
    if not submission.answers and not submission.corrects:
        yield Fault("empty")
    instants = (submission.answered_at, submission.received_at, submission.started_at)
    if any(at is not None and at.tzinfo is None for at in instants):
        yield Fault("zone")
    seen: set[tuple[str, Place]] = set()
    for answer in submission.answers:
        if (answer.item, answer.place) in seen:
            yield Fault("twice", answer.item)
        seen.add((answer.item, answer.place))
        yield from faults_of(answer, protocol, submission.entered_by)


def faults_of(
    answer: Answer, protocol: Protocol, entered_by: EnteredBy = "patient"
) -> Iterator[Fault]:
    """Everything that is wrong with one answer by itself."""
    if answer.item not in protocol.items:
        yield Fault("unknown_item", answer.item)
        return
    if answer.value is not None and not protocol.scale_of(answer.item).accepts(answer.value):
        yield Fault("out_of_range", answer.item, str(answer.value))
    known = not answer.place.site or answer.place.site in protocol.regions
    if not known and entered_by != "import":
        yield Fault("unknown_site", answer.item, answer.place.site)
