"""The demo clinic: invented patients whose days are lived through, one verb at a time."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from monitor.domain.due import form_on
from monitor.domain.episode import Episode, Patient, Procedure
from monitor.domain.judging import holds
from monitor.domain.protocol import Protocol, Side
from monitor.domain.submission import NOWHERE, Answer, Compared, Place
from monitor.services import alerts, episodes, evaluation, hashing, staff, submissions
from monitor.services.clinic import Clinic
from monitor.services.permissions import Role, needs
from monitor.services.ports import Contact, User
from monitor.services.replay import judged_days

NAMESPACE = uuid.UUID("8d1f6a52-0c5e-4a43-9a52-5e6f2c1b7d90")
"""Ids of the demo are made from it, so that the same day gives the same clinic."""

STAFF_PIN = "246801"

PASSWORD = "neck nerve root demo"  # noqa: S105 - everybody's, of people who do not exist
USER_PIN = "4827"
STAFF: tuple[tuple[str, Role], ...] = (
    ("M. Osei, RN", "lead"),
    ("J. Adeyemi, RN", "nurse"),
    ("T. Administrator", "admin"),
    ("A. Auditor", "auditor"),
)
"""Who works at the demo clinic; all have the same password and PIN."""


@dataclass(frozen=True)
class Line:
    """The course of one item at one place: (day, score) corners, straight between them."""

    item: str
    corners: tuple[tuple[int, float], ...]
    site: str = ""
    side: Side = ""
    wobble: float = 0.0

    def at(self, day: int) -> float:
        """The score on a day, before any wobble; level before the first and after the last."""
        if day <= self.corners[0][0]:
            return self.corners[0][1]
        for (a, low), (b, high) in pairwise(self.corners):
            if a <= day <= b:
                return low + (high - low) * (day - a) / (b - a)
        return self.corners[-1][1]


@dataclass(frozen=True)
class Said:
    """A reply other than the usual one, on one day."""

    day: int
    item: str
    value: int | str


@dataclass(frozen=True)
class Deed:
    """What a nurse did with the alert of a rule on a day.

    `verb` is acknowledge, snooze, resolve (with `outcome`) or reopen. `review_day` is when what
    was acknowledged or snoozed comes back; what was snoozed must have one.
    """

    day: int
    rule: str
    verb: str
    note: str
    by: str
    outcome: str = ""
    review_day: int | None = None


@dataclass(frozen=True)
class OwnDays:
    """The window that a clinician set on a day for one symptom of this person alone."""

    day: int
    item: str
    expected_to_day: int
    persistent_from_day: int
    reason: str
    by: str


@dataclass(frozen=True)
class Happened:
    """A contact: a call, a visit, a start of physiotherapy."""

    day: int
    kind: str
    text: str
    by: str


@dataclass(frozen=True)
class Person:
    """One invented patient. `day` is the postoperative day that today is."""

    number: str
    family_name: str
    given_name: str
    birth_date: dt.date
    profile: str
    levels: tuple[str, ...]
    side: Side
    operator: str
    day: int
    lines: tuple[Line, ...]
    phone: str = ""
    missed: tuple[str, ...] = ()
    extra_days: tuple[int, ...] = ()
    phoned: tuple[str, ...] = ()
    reported_hours_ago: float = 6.0
    said: tuple[Said, ...] = ()
    contacts: tuple[Happened, ...] = ()
    deeds: tuple[Deed, ...] = ()
    windows: tuple[OwnDays, ...] = ()


@dataclass(frozen=True)
class DemoPlan:
    """The people of the demo clinic, and the replies they give where nothing else is said."""

    people: tuple[Person, ...]
    usual: dict[str, str] = field(default_factory=dict)


class SteppingClock:
    """A clock that stands where it is put."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def now(self) -> dt.datetime:
        return self.at


@needs("import")
def build(
    clinic: Clinic,
    plan: DemoPlan,
    protocol_id: str,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Fill an empty store with the demo clinic as it is now.

    Every report is recorded, every day judged and every alert handled through the same verbs
    as in a real clinic, with the clock put to that day.
    """
    staff.set_pin(clinic, STAFF_PIN)
    _employ(clinic)
    for done, person in enumerate(plan.people, start=1):
        _live(clinic, plan, person, protocol_id)
        if progress is not None:
            progress(done, len(plan.people))


def _employ(clinic: Clinic) -> None:
    """Make the users, with one hash for all: it takes a tenth of a second each."""
    password, pin = hashing.hash_of(PASSWORD), hashing.hash_of(USER_PIN)
    with clinic.store.begin() as work:
        for name, role in STAFF:
            work.users.add(User(user_id(name), name, role, password, pin))
        work.commit()


def user_id(name: str) -> str:
    """The id of somebody who works at the demo clinic."""
    return _id("user", name)


def _live(clinic: Clinic, plan: DemoPlan, person: Person, protocol_id: str) -> None:
    procedure_date = clinic.today() - dt.timedelta(days=person.day)
    patient = Patient(
        _id("patient", person.number),
        person.number,
        person.family_name,
        person.given_name,
        person.birth_date,
        person.phone,
    )
    procedure = Procedure(
        procedure_date, person.profile, person.levels, person.side, person.operator
    )
    episode = Episode(_id("episode", person.number), patient.id, procedure, protocol_id)
    with clinic.store.begin() as work:
        work.patients.add(patient)
        work.episodes.add(episode)
        for number, c in enumerate(person.contacts):
            date = procedure_date + dt.timedelta(days=c.day)
            contact_id = _id("contact", person.number, str(number))
            work.contacts.add(Contact(contact_id, episode.id, date, c.kind, c.text, c.by))
        work.commit()
    _pass_days(clinic, plan, person, episode)


def _pass_days(clinic: Clinic, plan: DemoPlan, person: Person, episode: Episode) -> None:
    """Let every day on which something happens happen, in order."""
    protocol = clinic.protocols.current(episode.protocol_id)
    clock = SteppingClock(clinic.now())
    then = replace(clinic, clock=clock)
    reports = dict(_report_days(protocol, person))
    # Nothing is reported yet: these are the days on which time alone matters.
    with clinic.store.read() as work:
        whole = evaluation.course(clinic, work, episode, clinic.today())
    judged = {d for d in judged_days(whole) if d <= person.day}
    done = {deed.day for deed in person.deeds} | {window.day for window in person.windows}
    for day in sorted({*reports, *judged, *done}):
        date = episode.procedure.date + dt.timedelta(days=day)
        morning = dt.datetime.combine(date, dt.time(8), clinic.zone).astimezone(dt.UTC)
        clock.at = min(morning, clinic.now())
        if day in reports:
            clock.at = _answered_at(clinic, person, day, morning)
            _report(then, protocol, plan, person, episode, day, by_phone=reports[day])
        elif day in judged:
            evaluation.judge(then, episode.id)
        for window in (w for w in person.windows if w.day == day):
            _set_window(replace(then, actor=window.by), window, episode)
        for deed in (d for d in person.deeds if d.day == day):
            clock.at = min(clock.at + dt.timedelta(hours=2), clinic.now())
            _do(replace(then, actor=deed.by), deed, episode)


def _answered_at(clinic: Clinic, person: Person, day: int, morning: dt.datetime) -> dt.datetime:
    if day == person.day:
        ago = clinic.now() - dt.timedelta(hours=person.reported_hours_ago)
        return ago if clinic.local_date(ago) == clinic.today() else clinic.now()
    spread = random.Random(f"{person.number}/{day}/time").randint(30, 8 * 60)  # noqa: S311
    return morning + dt.timedelta(minutes=spread)


def _report_days(protocol: Protocol, person: Person) -> Iterator[tuple[int, bool]]:
    """The days on which the person reported, each with whether it was by phone."""
    for slot in protocol.slots_for(person.profile):
        if slot.id in person.missed or slot.due_day > person.day:
            continue
        yield slot.due_day, slot.id in person.phoned
    for day in person.extra_days:
        yield day, False


def _report(
    clinic: Clinic,
    protocol: Protocol,
    plan: DemoPlan,
    person: Person,
    episode: Episode,
    day: int,
    *,
    by_phone: bool,
) -> None:
    form = form_on(protocol, person.profile, day)
    completed = submissions.Completed(
        id=_id("submission", person.number, str(day)),
        episode_id=episode.id,
        form=form,
        answers=tuple(_answers(protocol, plan, person, form, day)),
        answered_at=clinic.now(),
        entered_by="nurse_phone" if by_phone else "patient",
        device="kiosk",
    )
    submissions.record(clinic, completed)


def _answers(
    protocol: Protocol, plan: DemoPlan, person: Person, form: str, day: int
) -> Iterator[Answer]:
    """What the person answers to every question the form asks on a day."""
    said = {s.item: s.value for s in person.said if s.day == day}
    given: dict[tuple[str, Place], Answer] = {}
    for step in protocol.forms[form].steps_on(day, person.profile):
        if step.when is not None and not holds(step.when, given):
            continue
        for answer in _reply(protocol, plan, person, step.item, day, said):
            given[answer.item, answer.place] = answer
    yield from given.values()


def _reply(
    protocol: Protocol,
    plan: DemoPlan,
    person: Person,
    item: str,
    day: int,
    said: dict[str, int | str],
) -> Iterator[Answer]:
    scale, per = protocol.scale_of(item), protocol.items[item].per
    if scale.kind == "choice":
        usual = said.get(item, plan.usual.get(protocol.items[item].scale, scale.options[0]))
        sides: tuple[Side, ...] = ("left", "right") if per == "side" else ("",)
        for side in sides:
            yield Answer(item, usual, Place("", side))
        return
    lines = [line for line in person.lines if line.item == item]
    scores = {Place(line.site, line.side): _score(person, line, day) for line in lines}
    if per == "side":
        scores = {Place("", "left"): 0, Place("", "right"): 0} | scores
    if per == "region":
        scores = {NOWHERE: max(scores.values(), default=0)} | {p: s for p, s in scores.items() if s}
    elif not scores:
        scores = {NOWHERE: 0}
    if item in said:
        scores = {place: int(said[item]) for place in scores}
    for place, score in scores.items():
        yield Answer(item, score, place, _compared(protocol, lines, item, place, score, day))


def _score(person: Person, line: Line, day: int) -> int:
    chance = random.Random(f"{person.number}/{line.item}/{line.site}/{line.side}/{day}")  # noqa: S311
    return max(0, min(10, round(line.at(day) + chance.gauss(0, line.wobble))))


def _compared(
    protocol: Protocol, lines: list[Line], item: str, place: Place, score: int, day: int
) -> Compared | None:
    if not protocol.items[item].compare or score < protocol.compare_from or day <= 0:
        return None
    before = max((x.at(-1) for x in lines if Place(x.site, x.side) in (place, NOWHERE)), default=0)
    if score >= before + 1:
        return "new" if before < 1 else "worse"
    return "better" if score <= before - 1 else "same"


def _set_window(clinic: Clinic, window: OwnDays, episode: Episode) -> None:
    with clinic.store.read() as work:
        seen = work.episodes.get(episode.id)
    episodes.set_window(
        clinic,
        seen,
        window.item,
        window.expected_to_day,
        window.persistent_from_day,
        window.reason,
    )


def _do(clinic: Clinic, deed: Deed, episode: Episode) -> None:
    wants_open = deed.verb != "reopen"
    with clinic.store.read() as work:
        found = [
            a
            for a in work.alerts.of_episode(episode.id)
            if a.is_open == wants_open and a.finding.rule == deed.rule
        ]
    if not found:
        raise LookupError(f"demo: no alert to {deed.verb} of {deed.rule} on day {deed.day}")
    alert, review_on = found[-1], None
    if deed.review_day is not None:
        review_on = episode.procedure.date + dt.timedelta(days=deed.review_day)
    match deed.verb:
        case "acknowledge":
            alerts.acknowledge(clinic, alert.id, alert.version, deed.note, review_on)
        case "snooze" if review_on is not None:
            alerts.snooze(clinic, alert.id, alert.version, review_on, deed.note)
        case "resolve":
            alerts.resolve(clinic, alert.id, alert.version, deed.outcome, deed.note)
        case "reopen":
            alerts.reopen(clinic, alert.id, alert.version, deed.note)
        case _:
            raise ValueError(f"demo: cannot {deed.verb} {deed.rule} on day {deed.day}")


def _id(*parts: str) -> str:
    return str(uuid.uuid5(NAMESPACE, "/".join(parts)))
