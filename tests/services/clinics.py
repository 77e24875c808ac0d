"""A clinic in memory in which a test can let days pass, reports come and nurses act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from monitor.domain.alert import Alert, Event
from monitor.domain.course import Course
from monitor.domain.episode import Episode, Patient
from monitor.domain.finding import Finding, NotEvaluable
from monitor.domain.protocol import Protocol
from monitor.domain.rules.rule import Rule, Stage
from monitor.domain.submission import Answer
from monitor.services import submissions, sweep
from monitor.services.clinic import Clinic
from monitor.services.ports import AuditLine, Store, Sweep, Unavailable
from monitor.services.submissions import Completed, Receipt
from tests.builders import episode, instant, patient, procedure
from tests.fakes import FakeClock, FakeProtocols, FakeStore
from tests.protocols import default_protocol

ZONE = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, kw_only=True)
class Broken(Rule):
    """A rule that cannot judge anything."""

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        raise ZeroDivisionError("no such limit")


@dataclass(frozen=True, kw_only=True)
class Away(Rule):
    """Stands for a store that stops answering while an episode is judged."""

    def evaluate(self, course: Course) -> Iterable[Finding | NotEvaluable]:
        raise Unavailable("The disk is full.")


def protocol_of_a_store_away() -> Protocol:
    """The default protocol, judged on a store that stops answering."""
    stage = Stage(id="X", sources=("S1",), grade="C", why="A test.")
    protocol = default_protocol()
    return replace(protocol, rules=(*protocol.rules, Away(id="away", stages=(stage,))))


def broken_protocol() -> Protocol:
    """The default protocol with one rule more, which fails."""
    stage = Stage(id="X", sources=("S1",), grade="C", why="A test.")
    protocol = default_protocol()
    return replace(protocol, rules=(*protocol.rules, Broken(id="broken", stages=(stage,))))


class Practice:
    """A clinic with a store in memory and a clock that stands until it is moved."""

    def __init__(self, protocol: Protocol | None = None) -> None:
        self.store = FakeStore()
        self.clock = FakeClock(instant(0))
        self.clinic = Clinic(
            store=self.store,
            clock=self.clock,
            protocols=FakeProtocols(protocol or default_protocol()),
            name="Sample clinic",
            zone=ZONE,
            actor="nurse",
            station="desk",
            overdue_after=dt.timedelta(minutes=20),
            acting="operator",
        )

    def keeps_in(self, store: Store) -> None:
        """Keep everything in another store from now on: a real one."""
        self.store = store  # type: ignore[assignment]
        self.clinic = replace(self.clinic, store=store)

    def follows(self, *protocols: Protocol) -> None:
        """Work by these protocols from now on."""
        self.clinic = replace(self.clinic, protocols=FakeProtocols(*protocols))

    def enrols(
        self, count: int = 1, one: Patient | None = None, own: Episode | None = None, **fields: Any
    ) -> None:
        """Enrol the patient and the episode with that count; `fields` are the procedure's."""
        treated = procedure(**{"profile": "MBRFN"} | fields)
        with self.store.begin() as work:
            work.patients.add(one or patient(count))
            work.episodes.add(own or episode(count, procedure=treated))
            work.commit()

    def saves(self, changed: Episode) -> None:
        with self.store.begin() as work:
            work.episodes.save(changed)
            work.commit()

    def reports(self, day: int, *answers: Answer, hour: int = 9, **fields: Any) -> Receipt:
        """A patient's form, filled in and sent at an hour of a day."""
        self.clock.set(instant(day, hour))
        return submissions.record(self.clinic, form(day, *answers, hour=hour, **fields))

    def sweeps(self, day: int, hour: int = 22) -> Sweep:
        self.clock.set(instant(day, hour))
        return sweep.run(self.clinic)

    def alerts(self, episode_id: str = "episode-1") -> tuple[Alert, ...]:
        with self.store.read() as work:
            return work.alerts.of_episode(episode_id)

    def alert(self, rule: str, episode_id: str = "episode-1") -> Alert:
        """The newest alert of a rule."""
        return [a for a in self.alerts(episode_id) if a.finding.rule == rule][-1]

    def history(self, alert: Alert) -> tuple[Event, ...]:
        with self.store.read() as work:
            return work.alerts.events(alert.id)

    def audit(self, subject: str) -> list[AuditLine]:
        with self.store.read() as work:
            return list(work.audit.of_subject(subject))

    def states(self) -> list[tuple[str, str, int]]:
        """What is known of every submission's evaluation: id, state, attempts."""
        with self.store.read() as work:
            known = work.submissions.evaluations("waiting", "evaluated", "failed")
            return [(e.submission_id, e.state, e.attempts) for e in known]


def form(day: int, *answers: Answer, hour: int = 9, **fields: Any) -> Completed:
    """A form as the kiosk sends it; its id is made from the moment."""
    default = Completed(
        id=f"form-{day}-{hour}",
        episode_id="episode-1",
        form="acute",
        answers=answers or (Answer("pain", 3),),
        answered_at=instant(day, hour),
    )
    return replace(default, **fields)
