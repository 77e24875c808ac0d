"""One episode's reports in time order: what every rule and every chart reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import dropwhile, islice, takewhile
from typing import NamedTuple

from monitor.domain.episode import Episode, Pause, postoperative_day
from monitor.domain.judging import Moment, by_item
from monitor.domain.protocol import Profile, Protocol, Slot, Symptom, Window
from monitor.domain.submission import NOWHERE, Answer, Place, Submission

BODY_MAP = NOWHERE
"""The place of a body-map answer that speaks for the whole map."""


class Reading(NamedTuple):
    """A score of one item at one place on one postoperative day."""

    day: int
    score: int
    answered_at: dt.datetime
    compared: str | None
    submission_id: str


@dataclass(frozen=True, kw_only=True)
class Report(Moment):
    """A submission on its postoperative day, its answers by item."""

    submission: Submission
    day: int
    slot: Slot | None


@dataclass(frozen=True)
class Course:
    """All that is known of one episode by postoperative day `today`.

    `reports` are in order of day, then of when they were answered; those dated after `today` are
    left out. `is_over`: the follow-up was ended, or the patient's next procedure has come; `today`
    is its last day, and no more reports are expected here. Built with `course_of`.
    """

    protocol: Protocol
    episode: Episode
    today: int
    reports: tuple[Report, ...]
    is_over: bool = False
    _places: dict[str, tuple[Place, ...]] = field(default_factory=dict, repr=False, compare=False)
    _readings: dict[tuple[str, Place], tuple[Reading, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def until(self, day: int, reports: int | None = None) -> Course:
        """The same course as it was at the end of an earlier day, or after so many reports."""
        known = tuple(r for r in self.reports[:reports] if r.day <= day)
        return Course(self.protocol, self.episode, day, known)

    @property
    def profile(self) -> Profile:
        return self.protocol.profiles[self.episode.procedure.profile]

    def date_of(self, day: int) -> dt.date:
        """The calendar date of a postoperative day."""
        return self.episode.procedure.date + dt.timedelta(days=day)

    @cached_property
    def expected(self) -> tuple[Slot, ...]:
        """The scheduled reports that are expected, in order of due day: none due in a pause.

        A pause excuses a report of which any day from the due day to the last one lies in it. Nor
        is one expected that was due before the patient was registered here.
        """
        slots = self.protocol.slots_for(self.episode.procedure.profile)
        since = self.episode.followed_from
        first = None if since is None else postoperative_day(self.episode.procedure.date, since)
        return tuple(
            slot
            for slot in slots
            if (first is None or slot.due_day >= first)
            and not self.pause_between(slot.due_day, slot.closes_day)
        )

    def pause_between(self, first: int, last: int) -> Pause | None:
        """The pause that has any of these postoperative days in it and lasts longest."""
        if not self.episode.pauses:
            return None
        return self.episode.paused_between(self.date_of(first), self.date_of(last))

    def places(self, item: str) -> tuple[Place, ...]:
        """Every place at which the item was ever answered, in a stable order.

        For an item of the body map the map as a whole is left out.
        """
        if item not in self._places:
            found = {a.place for report in self.reports for a in report.answers.get(item, ())}
            if self.protocol.items[item].per == "region":
                found.discard(BODY_MAP)
            self._places[item] = tuple(sorted(found))
        return self._places[item]

    def readings(self, item: str, place: Place = NOWHERE) -> tuple[Reading, ...]:
        """The scores of an item at a place, before and after the procedure, oldest first.

        A report whose body map was answered without this region counts as 0 there; one that
        skipped the question counts as nothing.
        """
        key = (item, place)
        if key not in self._readings:
            self._readings[key] = tuple(self._read(item, place, self.reports))
        return self._readings[key]

    def _read(self, item: str, place: Place, reports: Iterable[Report]) -> Iterator[Reading]:
        mapped = place != BODY_MAP and self.protocol.items[item].per == "region"
        for report in reports:
            answer = report.answer(item, place)
            if answer is None and mapped and (whole := report.answer(item, BODY_MAP)):
                named = any(given.place == place for given in report.answers[item])
                answer = None if named else Answer(item, 0, place, whole.compared)
            if answer is not None and isinstance(answer.value, int):
                yield Reading(
                    report.day,
                    answer.value,
                    report.submission.answered_at,
                    answer.compared,
                    report.submission.id,
                )

    def after(self, item: str, place: Place = NOWHERE) -> tuple[Reading, ...]:
        """The readings that are not part of the baseline, oldest first."""
        to_day = self.protocol.baseline.to_day
        return tuple(dropwhile(lambda r: r.day <= to_day, self.readings(item, place)))

    def newest(self, item: str, place: Place, count: int) -> tuple[Reading, ...]:
        """The last of `after`, at most `count`, newest first: cheap, the others are not read."""
        after = takewhile(lambda r: r.day > self.protocol.baseline.to_day, reversed(self.reports))
        return tuple(islice(self._read(item, place, after), count))

    def baseline(self, item: str, place: Place = NOWHERE) -> float | None:
        """The score before the procedure: the one set for this episode, else the mean reported.

        None where there is no such report.
        """
        for own in self.episode.own_baselines:
            if own.item == item and own.place == place:
                return own.score
        plan = self.protocol.baseline
        known = takewhile(lambda r: r.day <= plan.to_day, self.reports)
        month = (r for r in known if r.day >= plan.from_day)
        before = [r.score for r in self._read(item, place, month)]
        return sum(before) / len(before) if before else None

    @cached_property
    def planned_sites(self) -> frozenset[str]:
        """The regions where numbness is part of this procedure, whatever the side."""
        levels = set(self.episode.procedure.levels)
        by_level = {
            name
            for name, region in self.protocol.regions.items()
            if self.profile.planned_by_level and levels & set(region.roots)
        }
        return frozenset(by_level) | frozenset(self.profile.planned_regions)

    def is_planned(self, place: Place) -> bool:
        """Whether numbness at this place is part of the procedure."""
        side = self.episode.procedure.side
        return place.site in self.planned_sites and (not side or place.side in ("", side))

    def symptom_of(self, item: str, place: Place) -> tuple[str, Symptom] | None:
        """The row of the window table (its id and itself) that speaks of an item at a place.

        A site outside the protocol's regions (an import's own) counts as planned.
        """
        for name, symptom in self.protocol.symptoms.items():
            if symptom.item != item:
                continue
            if not symptom.where:
                return name, symptom
            foreign = place.site not in self.protocol.regions
            if (symptom.where == "planned") == (foreign or self.is_planned(place)):
                return name, symptom
        return None

    def window(self, item: str, place: Place = NOWHERE) -> Window | None:
        """The expected window of an item at a place; None if it has none (or is permanent).

        The episode's own window, where one is set, comes before the profile's and keeps the
        profile's priority; never outside the planned area, where nothing is expected.
        """
        row = self.symptom_of(item, place)
        if row is None:
            return None
        window = row[1].windows[self.episode.procedure.profile]
        for own in self.episode.own_windows:
            if own.item == item and window is not None and row[1].where != "elsewhere":
                return Window(own.expected_to_day, own.persistent_from_day, window.priority)
        return window

    @property
    def relief_day(self) -> int:
        """The day from which benefit is judged."""
        for own in self.episode.own_windows:
            if own.item == "relief":
                return own.persistent_from_day
        return self.profile.benefit_from_day


def course_of(
    protocol: Protocol, episode: Episode, submissions: Iterable[Submission], today: int
) -> Course:
    """Lay an episode's submissions out by postoperative day.

    Reports dated after `today` are left out: a clock was wrong, and they are told of elsewhere.
    The order in which the submissions arrive does not matter. One visit counts once: its whole
    form, or the last part of it where there is no whole. A choice in a part that the end of the
    visit does not repeat stays beside it, by itself: a warning sign was once said. A visit that
    another submission corrects counts no more.
    """
    procedure = episode.procedure
    last = procedure.date + dt.timedelta(days=today)
    heard = (s for s in _not_corrected(submissions) if s.local_date <= last)
    reports = []
    for submission, answers in _one_per_visit(heard):
        day = postoperative_day(procedure.date, submission.local_date)
        reports.append(
            Report(
                answers=by_item(answers),
                answered_at=submission.answered_at,
                submission=submission,
                day=day,
                slot=protocol.slot_on(procedure.profile, day),
            )
        )
    reports.sort(key=lambda r: (r.day, r.submission.answered_at, r.submission.id))
    return Course(protocol, episode, today, tuple(reports))


def _not_corrected(submissions: Iterable[Submission]) -> Iterable[Submission]:
    """The submissions that stand: not those that others correct, nor what only takes them back."""
    known = tuple(submissions)
    replaced = {s.corrects for s in known if s.corrects}
    return (s for s in known if s.answers and s.id not in replaced and s.visit not in replaced)


def _one_per_visit(
    submissions: Iterable[Submission],
) -> Iterator[tuple[Submission, tuple[Answer, ...]]]:
    """The form of each visit that says most, and what others of it said and it takes back.

    Nothing of a visit is said twice: two reports running are two visits.
    """
    visits: dict[str, list[Submission]] = {}
    for submission in submissions:
        visits.setdefault(submission.visit, []).append(submission)
    for several in visits.values():
        several.sort(key=_finish)
        *parts, last = several
        yield last, last.answers
        said = {(a.item, a.place): a.value for a in last.answers} if parts else {}
        for part in parts:
            if taken_back := tuple(a for a in part.answers if _is_taken_back(a, said)):
                yield part, taken_back


def _finish(submission: Submission) -> tuple[bool, dt.datetime, str]:
    """Sorts the submissions of one visit, the one that says most last."""
    return (not submission.partial, submission.answered_at, submission.id)


def _is_taken_back(answer: Answer, said: Mapping[tuple[str, Place], int | str | None]) -> bool:
    """Whether a sign that was chosen in a part of the form is another in the end, or missing."""
    chosen = isinstance(answer.value, str)
    return chosen and said.get((answer.item, answer.place)) != answer.value
