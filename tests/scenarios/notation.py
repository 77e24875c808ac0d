"""How a clinical course is written in a scenario file, and what happens when it is replayed.

A scenario is one TOML file; its name is the sentence that it shows. It says

    source        the sentence of the evidence or of the protocol it comes from
    profile       the kind of procedure ("GENERIC" unless given), `levels`, `side`, `implant`
    own_windows   item = [expected to day, persistent from day], set for this patient
    pauses        [first day, last day] of each, on which no report is expected
    until         the last day that is replayed (the day of the last report unless given)
    only          the rules that are looked at (all of them unless given)
    ignore        the rules that are not looked at
    not_evaluable the rules that cannot be judged on the last day, as "rule: reason"
    expected      everything that happens to the alerts, in order, as
                  { day, happening, rule, stage, priority } and, where there is one, place
    asked         the extra reports that suspicions make due, in order, as
                  { from_day, to_day, rule } and, where there is one, place (not looked at
                  unless given)
    scores        what was answered: one table per series, day = score

A series is named "item", "item side" or "item region side". An answer is a score, an option,
or "skipped"; behind it may stand what the patient said compared with before: "4 worse". A day
may carry a time: "5 18:00". Where regions of the body map are answered, the answer for the
whole map is added as the kiosk does: the worst of them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from monitor.domain.alert import Alert, Happening, Occasion, reconcile
from monitor.domain.course import Course, course_of
from monitor.domain.due import second_look
from monitor.domain.episode import Episode, OwnWindow, Pause
from monitor.domain.protocol import SIDES, Protocol, Side
from monitor.domain.rules import evaluate
from monitor.domain.submission import COMPARED, NOWHERE, Answer, Compared, Place, Submission
from tests.builders import date, episode, instant, procedure, submission
from tests.protocols import default_protocol

KEYS = frozenset(
    {
        "source",
        "profile",
        "levels",
        "side",
        "implant",
        "own_windows",
        "pauses",
        "until",
        "only",
        "ignore",
        "not_evaluable",
        "expected",
        "asked",
        "scores",
    }
)
LINE = frozenset({"day", "happening", "rule", "stage", "priority", "place"})
ASKED = frozenset({"from_day", "to_day", "rule", "place"})


@dataclass(frozen=True)
class Scenario:
    """One course and everything that is expected to happen on it."""

    name: str
    source: str
    episode: Episode
    submissions: tuple[Submission, ...]
    until: int
    only: frozenset[str]
    ignore: frozenset[str]
    not_evaluable: frozenset[str]
    expected: tuple[str, ...]
    asked: tuple[str, ...] | None

    def looks_at(self, rule: str) -> bool:
        return (not self.only or rule in self.only) and rule not in self.ignore


@dataclass(frozen=True)
class Seen:
    """What happened when a scenario was replayed day by day."""

    happened: tuple[str, ...]
    not_evaluable: frozenset[str]


@dataclass
class _Written:
    """The answers of one report, while the series of a file are read."""

    day: int
    time: dt.time
    answers: dict[tuple[str, Place], Answer] = field(default_factory=dict)


def read_scenario(path: Path) -> Scenario:
    """Read a scenario; refuses with ValueError what the notation does not know."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := set(table) - KEYS:
        raise ValueError(f"{path.name}: unknown {sorted(unknown)}")
    protocol = default_protocol()
    reports = _reports(protocol, table["scores"])
    followed = _episode(protocol, table)
    named = {rule.id for rule in protocol.rules}
    only, ignore = frozenset(table.get("only", ())), frozenset(table.get("ignore", ()))
    if strange := (only | ignore) - named:
        raise ValueError(f"{path.name}: unknown rules {sorted(strange)}")
    return Scenario(
        name=path.stem,
        source=table["source"],
        episode=followed,
        submissions=reports,
        until=table.get("until", max((s.local_date - date(0)).days for s in reports)),
        only=only,
        ignore=ignore,
        not_evaluable=frozenset(table.get("not_evaluable", ())),
        expected=tuple(_expected(line) for line in table["expected"]),
        asked=tuple(_asked(line) for line in table["asked"]) if "asked" in table else None,
    )


def replayed(scenario: Scenario, protocol: Protocol | None = None) -> Seen:
    """Judge the course at the end of every day, as the sweep does, and tell what happened."""
    judged = protocol or default_protocol()
    course = course_of(judged, scenario.episode, scenario.submissions, scenario.until)
    happened: list[str] = []
    alerts: dict[str, Alert] = {}
    ids = (f"alert-{n}" for n in itertools.count(1))
    for day in range(min((r.day for r in course.reports), default=0), scenario.until + 1):
        occasion = Occasion(instant(day, 23), day, date(day), judged)
        judgement = evaluate(course.until(day))
        changes = reconcile(
            scenario.episode.id, judgement, alerts.values(), occasion, lambda: next(ids)
        )
        for change in changes:
            alerts[change.alert.id] = change.alert
            rule = change.alert.finding.rule
            if change.happening is not Happening.KEEP and scenario.looks_at(rule):
                happened.append(_told(day, change.happening, change.alert))
    return Seen(tuple(happened), _not_evaluable(course, scenario))


def asked_again(scenario: Scenario, protocol: Protocol | None = None) -> tuple[str, ...]:
    """The extra reports that become due, looked for at the end of every day."""
    judged = protocol or default_protocol()
    course = course_of(judged, scenario.episode, scenario.submissions, scenario.until)
    asked: list[str] = []
    for day in range(1, scenario.until + 1):
        look = second_look(course.until(day))
        if look is None:
            continue
        for suspicion in look.suspicions:
            place = f"{suspicion.place.site} {suspicion.place.side}".strip()
            line = _asked_line(look.opens_day, look.closes_day, suspicion.rule, place)
            if scenario.looks_at(suspicion.rule) and line not in asked:
                asked.append(line)
    return tuple(asked)


def _not_evaluable(course: Course, scenario: Scenario) -> frozenset[str]:
    notes = evaluate(course).not_evaluable
    return frozenset(f"{n.rule}: {n.reason}" for n in notes if scenario.looks_at(n.rule))


def _told(day: int, happening: Happening, alert: Alert) -> str:
    finding = alert.finding
    place = f"{finding.place.site} {finding.place.side}".strip()
    return _line(day, happening, finding.rule, finding.stage, finding.priority, place)


def _expected(line: Mapping[str, Any]) -> str:
    if unknown := set(line) - LINE:
        raise ValueError(f"unknown {sorted(unknown)} in an expected line")
    return _line(
        line["day"],
        line["happening"],
        line["rule"],
        line["stage"],
        line["priority"],
        line.get("place", ""),
    )


def _asked(line: Mapping[str, Any]) -> str:
    if unknown := set(line) - ASKED:
        raise ValueError(f"unknown {sorted(unknown)} in an asked line")
    return _asked_line(line["from_day"], line["to_day"], line["rule"], line.get("place", ""))


def _asked_line(from_day: int, to_day: int, rule: str, place: str) -> str:
    at = f" at {place}" if place else ""
    return f"day {from_day} to {to_day}: asked because of {rule}{at}"


def _line(day: int, happening: str, rule: str, stage: str, priority: str, place: str) -> str:
    at = f" at {place}" if place else ""
    return f"day {day}: {happening} {rule} {stage} {priority}{at}"


def _episode(protocol: Protocol, table: Mapping[str, Any]) -> Episode:
    treated = procedure(
        profile=table.get("profile", "GENERIC"),
        levels=tuple(table.get("levels", ("C6",))),
        side=table.get("side", "right"),
        implant=table.get("implant", False),
    )
    own = tuple(OwnWindow(item, *days) for item, days in table.get("own_windows", {}).items())
    pauses = tuple(
        Pause(date(first), date(last), "holiday") for first, last in table.get("pauses", ())
    )
    assert treated.profile in protocol.profiles, treated.profile
    return episode(procedure=treated, own_windows=own, pauses=pauses, protocol_id=protocol.id)


def _reports(
    protocol: Protocol, scores: Mapping[str, Mapping[str, int | str]]
) -> tuple[Submission, ...]:
    written: dict[str, _Written] = {}
    for name, series in scores.items():
        item, place = _series(protocol, name)
        for key, value in series.items():
            report = written.setdefault(key, _written(key))
            report.answers[item, place] = _answer(item, place, value)
    return tuple(_submission(protocol, report) for report in written.values())


def _series(protocol: Protocol, name: str) -> tuple[str, Place]:
    item, *where = name.split()
    if item not in protocol.items:
        raise ValueError(f"unknown item in {name!r}")
    site, side = "", ""
    for word in where:
        if word in SIDES:
            side = word
        elif word in protocol.regions:
            site = word
        else:
            raise ValueError(f"unknown place in {name!r}")
    return item, Place(site, cast("Side", side))


def _written(key: str) -> _Written:
    day, _, time = key.partition(" ")
    return _Written(int(day), dt.time.fromisoformat(time or "09:00"))


def _answer(item: str, place: Place, written: int | str) -> Answer:
    value, _, compared = str(written).partition(" ")
    if compared and compared not in COMPARED:
        raise ValueError(f"{item}: cannot read {written!r}")
    if value == "skipped":
        return Answer(item, None, place)
    scored = int(value) if value.isdigit() else value
    return Answer(item, scored, place, compared or None)


def _submission(protocol: Protocol, report: _Written) -> Submission:
    answers = (*report.answers.values(), *_whole_maps(protocol, report.answers))
    at = instant(report.day, report.time.hour, report.time.minute)
    return submission(
        *answers, day=report.day, id=f"report {at:%Y-%m-%d %H:%M}", answered_at=at, received_at=at
    )


def _whole_maps(
    protocol: Protocol, answers: Mapping[tuple[str, Place], Answer]
) -> Iterable[Answer]:
    for item, asked in protocol.items.items():
        if asked.per != "region" or (item, NOWHERE) in answers:
            continue
        regions = [a for (name, _), a in answers.items() if name == item]
        known = [a.value for a in regions if isinstance(a.value, int)]
        if known:
            yield Answer(item, max(known), NOWHERE, _worst(regions, max(known)))


def _worst(regions: Iterable[Answer], score: int) -> Compared | None:
    said = [a.compared for a in regions if a.value == score and a.compared]
    return max(said, key=COMPARED.index, default=None)
