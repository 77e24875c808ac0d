"""What it brings to ask again: the program decides, simulated patients answer.

Each patient has a twin who reports every day: the simulator draws the state of the days before
it draws on which of them there is a report, so a family whose schedule alone is different has
the same patients on the same days, with a slip of the pen of their own. What the twin wrote on a
day is what the patient would have answered, had they been asked.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from monitor.domain.course import course_of
from monitor.domain.due import second_look
from monitor.domain.episode import Episode
from monitor.domain.protocol import Protocol
from monitor.domain.submission import NOWHERE, Answer, Place, Submission

ANSWERED = 0.7
"""The chance that a patient who is asked again answers."""

Said = Mapping[int, tuple[Answer, ...]]


def twins(
    protocol: Protocol, simulate: ModuleType, family: Any, seed: int, patients: int
) -> dict[str, Said]:
    """What each patient would have answered on each day after the procedure."""
    always = replace(
        family,
        schedule="daily",
        adherence=1 - 1e-6,
        adherence_conc=1e6,
        adherence_decay=0.0,
        burst_miss=0.0,
        dropout=0.0,
        mnar=0.0,
    )
    cohort = simulate.make_cohort(always, seed, patients)
    reports = cohort["reports"].items()
    return {str(patient): _by_day(protocol, given) for patient, given in reports}


def _by_day(protocol: Protocol, reports: list[tuple[int, str, str, int]]) -> Said:
    days: dict[int, list[Answer]] = {}
    for day, item, site, score in reports:
        place = Place(site) if protocol.items[item].per else NOWHERE
        days.setdefault(int(day), []).append(Answer(item, int(score), place))
    return {day: tuple(answers) for day, answers in days.items()}


@dataclass(frozen=True)
class Asked:
    """The reports of a patient with those that came because the program asked again."""

    reports: tuple[Submission, ...]
    asked: int
    answered: int


def ask_again(
    protocol: Protocol, episode: Episode, reports: tuple[Submission, ...], twin: Said
) -> Asked:
    """Let the program ask after each report, and the patient answer some of the time.

    The extra report comes on its due day, unless one comes by itself by then. Nobody answers
    after the day of their last own report: they had left.
    """
    chance = random.Random(episode.id)
    given = list(reports)
    asked = answered = 0
    last_day = _day(episode, reports[-1]) if reports else 0
    course = course_of(protocol, episode, given, last_day)
    n = 0
    while n < len(given):
        n += 1
        day = _day(episode, given[n - 1])
        if day <= 0:
            continue
        due = second_look(course.until(day, n))
        if due is None or day >= due.due_day:
            continue
        following = _day(episode, given[n]) if n < len(given) else last_day + 1
        if following <= due.due_day or due.due_day > last_day:
            continue
        asked += 1
        if chance.random() < ANSWERED and due.due_day in twin:
            answered += 1
            extra = _report(episode, given[n - 1], due.due_day, due.form, twin[due.due_day])
            given.insert(n, extra)
            course = course_of(protocol, episode, given, last_day)
    return Asked(tuple(given), asked, answered)


def _day(episode: Episode, report: Submission) -> int:
    return (report.local_date - episode.procedure.date).days


def _report(
    episode: Episode, like: Submission, day: int, form: str, answers: tuple[Answer, ...]
) -> Submission:
    date = episode.procedure.date + dt.timedelta(days=day)
    noon = dt.datetime.combine(date, dt.time(12), tzinfo=dt.UTC)
    return replace(
        like,
        id=f"{episode.id}/{day}",
        form=form,
        answers=answers,
        answered_at=noon,
        received_at=noon,
        local_date=date,
    )
