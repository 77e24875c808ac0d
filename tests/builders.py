"""Builders with defaults, so that a test states only what matters to it.

Everything is deterministic: ids are counted, day 0 is `PROCEDURE_DATE`, and what happens on
a day happens at nine o'clock UTC unless the test says otherwise. Any field can be given by
name.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from monitor.domain.alert import Alert, Event, Happening, State
from monitor.domain.episode import Episode, Patient, Procedure
from monitor.domain.finding import Evidence, Finding
from monitor.domain.protocol import Priority, Side
from monitor.domain.submission import Answer, Compared, Place, Submission
from monitor.domain.visit import Draft
from monitor.services.ports import (
    Attempt,
    AuditLine,
    Call,
    Canary,
    Contact,
    DeskCode,
    Evaluation,
    Heartbeat,
    Judged,
    Sweep,
    Work,
)

PROCEDURE_DATE = dt.date(2026, 3, 2)
PROTOCOL_VERSION = "1.0"
PROTOCOL_HASH = "0" * 64


def date(day: int) -> dt.date:
    """The calendar date of a postoperative day."""
    return PROCEDURE_DATE + dt.timedelta(days=day)


def instant(day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A moment on a postoperative day, aware, in UTC."""
    return dt.datetime.combine(date(day), dt.time(hour, minute), tzinfo=dt.UTC)


def patient(count: int = 1, **fields: Any) -> Patient:
    """The patient with that count; each has an own id, clinic number and name."""
    default = Patient(
        id=f"patient-{count}",
        number=f"{1000 + count}",
        family_name=f"Sample{count:02}",
        given_name="Kim",
        birth_date=dt.date(1970, 5, 17),
    )
    return replace(default, **fields)


def procedure(**fields: Any) -> Procedure:
    default = Procedure(
        date=PROCEDURE_DATE, profile="RF_DRG", levels=("C6",), side="right", operator="Dr Sample"
    )
    return replace(default, **fields)


def episode(count: int = 1, **fields: Any) -> Episode:
    """The episode with that count, of the patient with the same count."""
    default = Episode(
        id=f"episode-{count}",
        patient_id=f"patient-{count}",
        procedure=procedure(),
        protocol_id="cervical_rhizotomy",
    )
    return replace(default, **fields)


def answer(
    item: str = "pain",
    value: int | str | None = 5,
    site: str = "",
    side: Side = "",
    compared: Compared | None = None,
) -> Answer:
    return Answer(item, value, Place(site, side), compared)


def submission(*answers: Answer, day: int = 1, **fields: Any) -> Submission:
    """A report of `episode-1` on a postoperative day; its id is made from the day.

    Two reports on one day need ids of their own.
    """
    default = Submission(
        id=f"submission-{day}",
        episode_id="episode-1",
        form="acute",
        answers=answers or (answer(),),
        answered_at=instant(day),
        local_date=date(day),
        received_at=instant(day),
        protocol_version=PROTOCOL_VERSION,
        protocol_hash=PROTOCOL_HASH,
    )
    return replace(default, **fields)


def evaluation(of: Submission | None = None, **fields: Any) -> Evaluation:
    """What is known of a submission's evaluation; waiting unless told otherwise."""
    judged = of or submission()
    return replace(Evaluation(judged.id, judged.episode_id, "waiting"), **fields)


def finding(rule: str = "pain_recurs", site: str = "", side: Side = "", **fields: Any) -> Finding:
    default = Finding(
        rule=rule,
        stage="A1",
        priority=Priority.AMBER,
        item="pain",
        since_day=20,
        evidence=(Evidence(20, "pain", 7, Place(site, side), "worse", "submission-20"),),
        place=Place(site, side),
        facts={"limit": 5.5, "baseline": 8},
    )
    return replace(default, **fields)


def alert(of: Finding | None = None, day: int = 20, **fields: Any) -> Alert:
    """`alert-1` of `episode-1`, raised on a postoperative day."""
    default = Alert(
        id="alert-1",
        episode_id="episode-1",
        finding=of or finding(),
        state=State.RAISED,
        raised_at=instant(day),
        raised_day=day,
        protocol_version=PROTOCOL_VERSION,
        protocol_hash=PROTOCOL_HASH,
        changed_at=instant(day),
    )
    return replace(default, **fields)


def event(happening: Happening = Happening.RAISE, day: int = 20, **fields: Any) -> Event:
    """A line in the history of `alert-1`."""
    default = Event(
        alert_id="alert-1",
        at=instant(day),
        by="rules",
        happening=happening,
        state=State.RAISED,
        day=day,
        stage="A1",
        priority=Priority.AMBER,
    )
    return replace(default, **fields)


def contact(day: int = 5, **fields: Any) -> Contact:
    """A call about `episode-1`; its id is made from the day."""
    default = Contact(
        id=f"contact-{day}",
        episode_id="episode-1",
        date=date(day),
        kind="call",
        text="Feels well.",
        by="nurse",
    )
    return replace(default, **fields)


def audit_line(day: int = 0, **fields: Any) -> AuditLine:
    default = AuditLine(
        at=instant(day), actor="nurse", station="desk", action="opened", subject="episode-1"
    )
    return replace(default, **fields)


def sweep(day: int = 1, **fields: Any) -> Sweep:
    default = Sweep(
        started_at=instant(day), finished_at=instant(day, minute=1), episodes=1, alerts_changed=0
    )
    return replace(default, **fields)


def judged(count: int = 1, **fields: Any) -> Judged:
    """The last judgement of the episode with that count, no report due any more."""
    default = Judged(
        episode_id=f"episode-{count}",
        at=instant(1),
        day=1,
        protocol_hash=PROTOCOL_HASH,
        basis="f" * 64,
    )
    return replace(default, **fields)


def heartbeat(day: int = 1, **fields: Any) -> Heartbeat:
    return replace(Heartbeat("station", "desk", instant(day)), **fields)


def canary(day: int = 1, **fields: Any) -> Canary:
    return replace(Canary(instant(day), seconds=0.25), **fields)


def draft(*answers: Answer, day: int = 1, **fields: Any) -> Draft:
    """A visit of `episode-1` that is not finished, begun ten minutes before it was saved."""
    default = Draft(
        id=f"draft-{day}",
        episode_id="episode-1",
        form="acute",
        day=day,
        at="headache",
        answers=answers or (answer(),),
        passed=("pain",),
        started_at=instant(day, 8, 50),
        saved_at=instant(day),
        device="kiosk",
    )
    return replace(default, **fields)


def desk_code(day: int = 1, **fields: Any) -> DeskCode:
    """A code for `episode-1`, not used."""
    return replace(DeskCode("a" * 64, "episode-1", date(day), instant(day, 8)), **fields)


def attempt(day: int = 1, **fields: Any) -> Attempt:
    """A try to sign in that failed."""
    return replace(Attempt(instant(day), "kiosk", "number", "b" * 64, passed=False), **fields)


def call(day: int = 1, **fields: Any) -> Call:
    """A call for help; its id is made from the day."""
    return replace(Call(f"call-{day}", instant(day), "kiosk", "help"), **fields)


def enrol(work: Work, patients: int = 2) -> None:
    """Add the patients with the first counts, each with an episode; the caller commits."""
    for count in range(1, patients + 1):
        work.patients.add(patient(count))
        work.episodes.add(episode(count))
