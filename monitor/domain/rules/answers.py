"""A combination of answers in one report: red flags, and everything one report can say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from monitor.domain.condition import Condition
from monitor.domain.finding import Evidence, Finding, NotEvaluable
from monitor.domain.judging import Moment, fulfilling
from monitor.domain.rules.rule import Rule
from monitor.domain.submission import NOWHERE, Answer, Place

if TYPE_CHECKING:
    from monitor.domain.course import Course, Report
    from monitor.domain.protocol import Protocol


@dataclass(frozen=True, kw_only=True)
class Answers(Rule):
    """Holds from a report that fulfils `when` until a later one answers the same and does not.

    Where `when` looks at a change (`rise`, `newly`), `stays_while` says what must still be true
    for it to hold on: a movement that stays impossible is not new any more, but not well.
    Looked for in reports of postoperative days `from_day` to `to_day` (None: no end;
    `to_day_implant` takes its place after an implant). `per` names an item with sides or
    regions: each of its places is then judged, and alerted, on its own. `profiles` limits the
    rule to these kinds of procedure. Has one stage.
    """

    kind: ClassVar[str] = "answers"

    when: Condition
    stays_while: Condition | None = None
    per: str = ""
    from_day: int = 1
    to_day: int | None = None
    to_day_implant: int | None = None
    profiles: tuple[str, ...] = ()

    def items(self, protocol: Protocol) -> frozenset[str]:
        stays = self.stays_while.items() if self.stays_while else frozenset()
        return self.when.items() | stays

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        if self.profiles and course.episode.procedure.profile not in self.profiles:
            return
        places: tuple[Place | None, ...] = course.places(self.per) if self.per else (None,)
        for place in places:
            finding = self._judge(course, place)
            if finding is not None:
                yield finding

    def _judge(self, course: Course, place: Place | None) -> Finding | None:
        since: int | None = None
        shown: tuple[Evidence, ...] = ()
        for report, history in self._speaking(course, place):
            found = fulfilling(self.when, history, place)
            if not found and since is not None and self.stays_while is not None:
                found = fulfilling(self.stays_while, history, place)
            if not found:
                since = None
            elif since is None:
                since = report.day
            shown = tuple(_evidence(a, report) for a in found)
        if since is None:
            return None
        stage = self.stages[0]
        return Finding(
            rule=self.id,
            stage=stage.id,
            priority=stage.own_priority,
            item=shown[0].item,
            since_day=since,
            evidence=shown,
            place=place or NOWHERE,
        )

    def _speaking(
        self, course: Course, place: Place | None
    ) -> Iterator[tuple[Report, tuple[Moment, ...]]]:
        """The reports that answered any of the rule's questions, each with all before it."""
        last = self.to_day
        if course.episode.procedure.implant and self.to_day_implant is not None:
            last = self.to_day_implant
        asked = self.when.items()
        history: list[Moment] = []
        for report in course.reports:
            history.append(Moment(report.answers, report.submission.answered_at))
            in_time = self.from_day <= report.day and (last is None or report.day <= last)
            here = (
                a.item in asked and a.value is not None and (place is None or _at(a, place))
                for a in report.answers.values()
            )
            if in_time and any(here):
                yield report, tuple(history)


def _at(answer: Answer, place: Place) -> bool:
    return answer.place in (place, NOWHERE)


def _evidence(answer: Answer, report: Report) -> Evidence:
    assert answer.value is not None, "a skipped answer fulfils nothing"
    return Evidence(
        day=report.day,
        item=answer.item,
        value=answer.value,
        place=answer.place,
        compared=answer.compared,
        submission_id=report.submission.id,
    )
