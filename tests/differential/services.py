"""The same histories, lived through in a clinic: what is stored against what the answers say.

A history is told to the services as it arrived (forms, parts, corrections, all at their time),
with sweeps between. What holds in the end, by the stored alerts, has to be what the reference
finds in the stored answers.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from monitor.domain.protocol import Protocol
from monitor.domain.submission import Submission
from monitor.services import submissions, sweep
from monitor.services.ports import Sweep
from monitor.services.submissions import Completed
from tests.differential.comparing import Count
from tests.differential.histories import ZONE, History
from tests.differential.reference import Verdict, Walk
from tests.fakes import FakeClock
from tests.services.clinics import Practice

Concern = tuple[str, str, str]
"""A rule, a region, a side."""


class Lived:
    """One history in a clinic of its own."""

    def __init__(self, history: History, protocol: Protocol) -> None:
        self.history = history
        self.protocol = protocol
        self.practice = Practice(protocol)
        self.practice.enrols(own=history.episode)
        self.sent: set[str] = set()

    @property
    def clock(self) -> FakeClock:
        return self.practice.clock

    def noon_of(self, day: int) -> dt.datetime:
        date = self.history.episode.procedure.date + dt.timedelta(days=day)
        return dt.datetime.combine(date, dt.time(12), ZONE).astimezone(dt.UTC)

    @property
    def today(self) -> int:
        return (self.practice.clinic.today() - self.history.episode.procedure.date).days

    def arrives(self, one: Submission) -> None:
        """Send a form, or a correction of one that is there."""
        clinic = self.practice.clinic
        if one.corrects:
            submissions.correct(clinic, one.corrects, one.id, one.answers, one.reason)
        else:
            shared = {name: getattr(one, name) for name in Completed.__dataclass_fields__}
            submissions.record(clinic, Completed(**shared))
        self.sent.add(one.id)

    def sweeps(self) -> Sweep:
        return sweep.run(self.practice.clinic)

    def in_order(self, order: Iterable[Submission]) -> Iterator[Submission]:
        """The same submissions; a correction waits for what it corrects, or is never made."""
        waiting = list(order)
        while waiting:
            able = next((s for s in waiting if not s.corrects or s.corrects in self.sent), None)
            if able is None:
                return
            waiting.remove(able)
            yield able

    def lives(self, seed: int, *, sweeping: bool) -> None:
        """Let everything arrive at its time; sweep on some days, with a clock that may be off."""
        pick = random.Random(seed)
        for one in self.in_order(sorted(self.history.submissions, key=lambda s: s.received_at)):
            if sweeping and pick.random() < 0.4:
                back = one.received_at - dt.timedelta(hours=pick.choice((1, 20, 70)))
                self.clock.set(max(back, self.clock.now()))
                self.sweeps()
            if sweeping and pick.random() < 0.05:  # somebody sets the clock of the server
                self.clock.advance(days=pick.choice((-3, 2)))
                self.sweeps()
            self.clock.set(one.received_at)
            self.arrives(one)
        self.clock.set(self.noon_of(self.history.until))

    def lives_late(self, seed: int) -> None:
        """Let everything arrive on the last day, in some order, as from a pile of paper."""
        self.clock.set(self.noon_of(self.history.until))
        order = list(self.history.stored)
        random.Random(seed).shuffle(order)
        for one in self.in_order(order):
            self.arrives(one)
        if not order:  # where nothing comes, only the sweep can tell
            self.sweeps()

    def holding(self) -> dict[Concern, str]:
        """What holds by the stored alerts: each concern's priority."""
        return {
            alert.finding.key: str(alert.priority)
            for alert in self.practice.alerts()
            if alert.ended_day is None and alert.is_open
        }

    def expected(self) -> Verdict:
        """What the reference finds today in what is stored."""
        with self.practice.store.read() as work:
            stored = work.submissions.of_episode(self.history.episode.id)
        walk = Walk(self.protocol, self.history.episode, stored, self.today)
        return list(walk.moments())[-1].verdict

    def wrong(self, count: Count) -> list[str]:
        """Where the stored alerts are not what the reference finds today.

        An alert is never lowered, so it may be more urgent than what is found today, and stays
        as it is where its rule cannot be evaluated.
        """
        verdict, holding = self.expected(), self.holding()
        found = {
            (rule, site, side): priority
            for rule, (findings, _) in verdict.items()
            for _, priority, _, site, side, _ in findings
        }
        unknown = {rule for rule, (_, notes) in verdict.items() if notes}
        urgency = ("red", "orange", "amber", "yellow")
        count.moments += 1
        count.comparisons += len(self.protocol.rules)
        count.spoken += len({rule for rule, _, _ in found | holding})
        told = [f"{key} is found and does not hold" for key in found.keys() - holding.keys()]
        told += [
            f"{key} holds and is not found"
            for key in holding.keys() - found.keys()
            if key[0] not in unknown
        ]
        told += [
            f"{key} is found {found[key]} and holds {holding[key]}"
            for key in found.keys() & holding.keys()
            if urgency.index(holding[key]) > urgency.index(found[key])
        ]
        return told


def everything_wrong(
    history: History, protocol: Protocol, later: Protocol, count: Count
) -> list[str]:
    """All that is not as it should be when a history is lived through in several ways.

    As it arrived, with sweeps and without; on one day in two orders; and with `later` in force
    at the end. Each way what holds has to be what the reference finds, so they agree.
    """
    told: list[str] = []
    count.courses += 1

    def checked(name: str, lived: Lived) -> Lived:
        told.extend(f"{name}: {line}" for line in (*lived.wrong(count), *_settled(lived)))
        return lived

    for n in range(2):
        late = Lived(history, protocol)
        late.lives_late(history.seed + n)
        checked(f"late, order {n}", late)
    for name, sweeping in (("without sweeps", False), ("with sweeps", True)):
        lived = Lived(history, protocol)
        lived.lives(history.seed, sweeping=sweeping)
        lived.sweeps()
        checked(name, lived)
    told += _sent_again(lived)
    lived.practice.follows(later)
    lived.protocol = later
    lived.sweeps()
    checked("under the later protocol", lived)
    return told


def _settled(lived: Lived) -> list[str]:
    """A sweep straight after changes nothing, and finds that nothing was stored wrongly."""
    before = lived.practice.alerts()
    swept = lived.sweeps()
    told = []
    if lived.practice.alerts() != before or swept.alerts_changed:
        told.append("a sweep straight after changed something")
    if swept.failed:
        told.append(f"a sweep failed: {lived.practice.states()}")
    if any(alert.finding.rule == "alerts_differ" for alert in before):
        told.append("a sweep took what is right for wrong")
    return told


def _sent_again(lived: Lived) -> list[str]:
    """Sending everything once more, at the same moment, changes nothing."""
    before = lived.practice.alerts()
    for one in lived.in_order(lived.history.stored):
        lived.arrives(one)
    changed = lived.practice.alerts() != before
    return ["sending twice changed something"] if changed else []


def later_version(protocol: Protocol, seed: int) -> Protocol:
    """The next version of a protocol: other windows, days and margins."""
    pick = random.Random(seed)
    shift = pick.choice((-3, 2, 10))
    symptoms = {}
    for name, row in protocol.symptoms.items():
        windows = {
            profile: window
            and replace(
                window,
                expected_to_day=max(1, window.expected_to_day + shift),
                persistent_from_day=max(3, window.persistent_from_day + 2 * shift),
            )
            for profile, window in row.windows.items()
        }
        symptoms[name] = replace(row, windows=windows)
    profiles = {
        name: replace(profile, benefit_from_day=profile.benefit_from_day - 14)
        for name, profile in protocol.profiles.items()
    }
    gone = pick.choice(("", "burning_persists", "pain_jump"))
    return replace(
        protocol,
        version="later",
        content_hash="1" * 64,
        symptoms=symptoms,
        profiles=profiles,
        presence=replace(protocol.presence, rise_unasked=2.5, settle_rise=2.0),
        rules=tuple(rule for rule in protocol.rules if rule.id != gone),
    )
