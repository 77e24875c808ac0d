"""Who did what: the audit trail, searched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from monitor.domain.episode import Patient
from monitor.services.clinic import Clinic
from monitor.services.permissions import may, needs
from monitor.services.ports import AuditLine, Refusal, Work
from monitor.services.printing import Printed
from monitor.services.summary import HAND_OVER_OPENED, SUMMARY_OPENED

PAGE = 100
"""Lines of one page."""

MOST_PATIENTS = 50
"""Patients whom the words of one search may mean; with more it has to say more."""

Group = Literal["", "views", "prints", "sign_ins", "users"]
"""What kind of thing was done; "" for everything."""

VIEWS = ("chart_opened", "form_opened", SUMMARY_OPENED, HAND_OVER_OPENED)
PRINTS = tuple(f"{what}_printed" for what in get_args(Printed))

GROUPS: dict[Group, tuple[str, ...]] = {
    "views": VIEWS,
    "prints": PRINTS,
    "sign_ins": (
        "signed_in",
        "sign_in_refused",
        "unlocked",
        "unlock_refused",
        "locked",
        "signed_out",
        "kiosk_identified",
        "kiosk_not_matched",
        "pin_accepted",
        "pin_refused",
    ),
    "users": (
        "user_added",
        "user_changed",
        "user_released",
        "password_changed",
        "password_reset",
        "own_pin_set",
        "pin_set",
        "audit_searched",
    ),
}
"""The actions of each group, for whoever looks for one kind of thing."""

TOLD_TO_ALL = frozenset((*GROUPS["sign_ins"], *GROUPS["users"]))
"""The actions of which the reason speaks of no patient; that of any other may name one."""


@dataclass(frozen=True)
class Search:
    """What is looked for: from `first` to `last`, both days included; the rest where it is given.

    `patient` is a number, or words of a name where the searcher may look at patients.
    """

    first: dt.date
    last: dt.date
    patient: str = ""
    actor: str = ""
    group: Group = ""


@dataclass(frozen=True)
class Line:
    """One line as it is shown; `about` is a patient's number and name, or a user's name.

    For whoever may not look at patients it is the number alone, and of a line that may be about
    one `reason` is "".
    """

    at: dt.datetime
    actor: str
    station: str
    action: str
    about: str
    reason: str


@dataclass(frozen=True)
class Found:
    """One page of a search, newest first; `number` counts pages from 0.

    `actors` are the users there are, to choose from.
    """

    lines: tuple[Line, ...]
    number: int
    has_more: bool
    actors: tuple[str, ...]


@needs("audit")
def search(clinic: Clinic, wanted: Search, number: int = 0) -> Found:
    """A page of what was done, newest first; that it was looked for is written, too.

    Refuses with Refusal("unknown_patient") where the words mean nobody, and with
    Refusal("too_many_patients", most=…) where they mean too many.
    """
    first = clinic.start_of(wanted.first)
    last = clinic.start_of(wanted.last + dt.timedelta(days=1))
    with clinic.store.begin() as work:
        people = _meant(clinic, work, wanted.patient) if wanted.patient.strip() else ()
        subjects = frozenset(subject for one in people for subject in _subjects(work, one))
        enough = (number + 1) * PAGE + 1

        def read(action: str) -> tuple[AuditLine, ...]:
            return work.audit.find(
                first, last, actor=wanted.actor, action=action, subjects=subjects, limit=enough
            )

        actions = GROUPS[wanted.group] if wanted.group else ("",)
        known = sorted(
            (line for action in actions for line in read(action)),
            key=lambda line: line.at,
            reverse=True,
        )
        shown = known[number * PAGE : (number + 1) * PAGE]
        about = _About(work, names=may(clinic.acting, "look"))
        lines = tuple(_line(line, about) for line in shown)
        actors = tuple(user.name for user in work.users.all())
        if number == 0:
            asked = wanted.group or wanted.actor or "everything"
            subject = people[0].id if len(people) == 1 else ""
            work.audit.add(clinic.signed("audit_searched", subject, asked))
            work.commit()
    return Found(lines, number, len(known) > (number + 1) * PAGE, actors)


@needs("look")
def who_looked(clinic: Clinic, episode_id: str) -> tuple[Line, ...]:
    """Who opened a patient's chart or form or printed anything of it, newest first.

    Of all the follow-ups of the patient. Refuses with Refusal("unknown_episode").
    """
    with clinic.store.read() as work:
        patient = work.patients.get(work.episodes.get(episode_id).patient_id)
        ids = {patient.id, *(episode.id for episode in work.episodes.of_patient(patient.id))}
        known = [line for subject in ids for line in work.audit.of_subject(subject)]
        about = _About(work, names=True)
        looks = [line for line in known if line.action in (*VIEWS, *PRINTS)]
        return tuple(
            _line(line, about) for line in sorted(looks, key=lambda line: line.at, reverse=True)
        )


def _meant(clinic: Clinic, work: Work, words: str) -> tuple[Patient, ...]:
    """The patients whom words mean: the one with that number, or all whose name fits."""
    by_number = work.patients.by_number(words.strip())
    if by_number is not None:
        return (by_number,)
    if not may(clinic.acting, "look"):
        raise Refusal("unknown_patient")
    found = work.lists.find(words.split(), 0, MOST_PATIENTS)
    if not found.rows:
        raise Refusal("unknown_patient")
    if found.total > MOST_PATIENTS:
        raise Refusal("too_many_patients", most=str(MOST_PATIENTS))
    return tuple(row.patient for row in found.rows)


def _subjects(work: Work, patient: Patient) -> set[str]:
    """The ids of everything that is kept about a patient."""
    ids = {patient.id}
    for episode in work.episodes.of_patient(patient.id):
        ids.add(episode.id)
        ids.update(alert.id for alert in work.alerts.of_episode(episode.id))
        ids.update(one.id for one in work.submissions.of_episode(episode.id))
        ids.update(contact.id for contact in work.contacts.of_episode(episode.id))
    return ids


def _line(line: AuditLine, about: _About) -> Line:
    reason = line.reason if about.names or line.action in TOLD_TO_ALL else ""
    return Line(line.at, line.actor, line.station, line.action, about.of(line.subject), reason)


class _About:
    """Whom the subjects of lines are about, each looked up once."""

    def __init__(self, work: Work, *, names: bool) -> None:
        """names: whether patients are named, beside their numbers."""
        self._work = work
        self.names = names
        self._known: dict[str, str] = {"": ""}

    def of(self, subject: str) -> str:
        if subject not in self._known:
            self._known[subject] = self._found(subject)
        return self._known[subject]

    def _found(self, subject: str) -> str:
        work = self._work
        ways: tuple[Callable[[], str], ...] = (
            lambda: self._episode(subject),
            lambda: self._episode(work.alerts.get(subject).episode_id),
            lambda: self._episode(work.submissions.get(subject).episode_id),
            lambda: self._patient(subject),
            lambda: work.users.get(subject).name,
        )
        for way in ways:
            try:
                return way()
            except Refusal:
                continue
        return ""

    def _episode(self, episode_id: str) -> str:
        return self._patient(self._work.episodes.get(episode_id).patient_id)

    def _patient(self, patient_id: str) -> str:
        patient = self._work.patients.get(patient_id)
        name = f" {patient.family_name}, {patient.given_name}" if self.names else ""
        return f"{patient.number}{name}"
