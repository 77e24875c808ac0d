"""What the tabs of one patient's page are given to show: ready words, no records of services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from monitor.domain.submission import Place

Tab = Literal["chart", "table", "map", "timeline", "looks"]
TABS: tuple[Tab, ...] = ("chart", "table", "map", "timeline", "looks")


@dataclass(frozen=True)
class OtherProcedure:
    """Another procedure of the same patient, with a follow-up of its own."""

    episode_id: str
    label: str


@dataclass(frozen=True)
class MapMark:
    """What one place of a body map shows; `is_new`: not numb in the report before."""

    score: int
    is_new: bool = False


@dataclass(frozen=True)
class MapLine:
    """One place of a body map in words: its score, where, and how it was before."""

    score: str
    place: str
    change: str
    before: str
    is_new: bool = False


@dataclass(frozen=True)
class MapFrame:
    """The body map of one report.

    `title` says day and date, `changed` what is different from the report before and from
    before the procedure, in sentences; `lines` are the places with a score, the worst first.
    """

    submission_id: str
    title: str
    changed: tuple[str, ...]
    marks: Mapping[Place, MapMark]
    lines: tuple[MapLine, ...]


@dataclass(frozen=True)
class MapState:
    """One item that is asked region by region: `count` reports, each drawn on demand.

    `frame` gives the report with that number, the oldest first; 5,000 of them are not all
    written out when one is looked at. `places` are all that the map has, each with its words;
    `days` are the postoperative days of the reports.
    """

    item: str
    title: str
    places: Mapping[Place, str]
    days: tuple[int, ...]
    frame: Callable[[int], MapFrame] = field(compare=False)

    @property
    def count(self) -> int:
        return len(self.days)


EntryKind = Literal["report", "alert", "contact", "note", "visit", "follow_up"]
"""What an entry of the timeline is about; "visit" also stands for medicines and activity."""


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: when, who, what; `more` is what was written or found.

    `struck`: it was declared wrong, by whom and why; "" where it stands. `submission_id` is the
    report to open, `alert_id` the alert to explain, where there is one.
    """

    kind: EntryKind
    day: str
    when: str
    who: str
    what: str
    more: str = ""
    struck: str = ""
    submission_id: str = ""
    alert_id: str = ""


@dataclass(frozen=True)
class LookLine:
    """One line of who looked: when, who, what, at which station, and why."""

    when: str
    who: str
    what: str
    where: str
    why: str


@dataclass(frozen=True)
class GivenAnswer:
    """One question of a report with its answer; `is_missing`: it was shown and skipped."""

    question: str
    answer: str
    is_missing: bool = False


@dataclass(frozen=True)
class OneReport:
    """One report whole. `about` are sentences on it, `facts` (name, value) pairs.

    `earlier` and `later` are the ids of the reports beside it, "" where there is none.
    """

    submission_id: str
    title: str
    place: str
    about: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[GivenAnswer, ...]], ...]
    earlier: str = ""
    later: str = ""


def no_report(_submission_id: str) -> OneReport | None:
    """What a page without reports has to show."""
    return None
