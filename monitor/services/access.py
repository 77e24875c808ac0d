"""Who stands before the kiosk: one patient, known by number and date of birth or by a code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from monitor.domain.due import form_on
from monitor.domain.episode import Episode, postoperative_day
from monitor.domain.protocol import Protocol
from monitor.domain.visit import Draft
from monitor.services import calls, drafts, evaluation, guessing, sealed
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Guessed, Judged, Refusal, Work


@dataclass(frozen=True)
class Welcome:
    """What the kiosk may know of the person in front of it: no more than it shows.

    `form_id` is the form of the report that is due today, scheduled or extra; where none is, that
    of the one due last. `asked_again`: it is an extra one, because of what was answered before.
    `answered_today`: a report of today stands, given for whichever of their procedures. `parked`
    is the visit with which they can go on where they left it; only for who has signed in.
    """

    episode_id: str
    given_name: str
    family_initial: str
    birth_month: int
    form_id: str
    day: int
    profile: str
    protocol: Protocol
    answered_today: bool
    language: str
    asked_again: bool = False
    implant: bool = False
    parked: Draft | None = None


@dataclass(frozen=True)
class Limit:
    """How many wrong tries, of these kinds, are heard within a time: at a kiosk, at a number."""

    kinds: tuple[Guessed, ...]
    per: Literal["kiosk", "subject"]
    within: dt.timedelta
    wrong: int


LIMITS = (
    Limit(("number", "code"), "kiosk", dt.timedelta(hours=1), 20),
    Limit(("number", "code"), "kiosk", dt.timedelta(days=1), 100),
    Limit(("number",), "subject", dt.timedelta(hours=1), 5),
    Limit(("code",), "kiosk", dt.timedelta(days=1), 10),
)
"""What these leave of a guesser's chances: docs/decisions/0014-signing-in-at-the-kiosk.md."""


@needs("kiosk")
def identify(clinic: Clinic, number: str, birth_date: dt.date) -> Welcome:
    """Find the patient with this number and date of birth, and whom they report as.

    Of several procedures that are followed it is the newest that has happened, and where none
    has, the next one.

    Refuses with Refusal("not_matched") alike, and after the same work, for an unknown number, a
    wrong date, a patient who is not followed (any more) and too many wrong tries before: the
    answer tells nothing about anybody. The desk is called where tries are no longer heard.
    """
    with clinic.store.begin() as work:
        patient = work.patients.by_number(number)
        episodes = work.episodes.of_patient(patient.id if patient else "")
        is_theirs = patient is not None and patient.birth_date == birth_date
        episode = followed(episodes if is_theirs else (), clinic.today())
        subject = sealed.digest(work, "number", number)
        episode = _heard(clinic, work, "number", subject, episode)
        work.commit()
    if episode is None:
        raise Refusal("not_matched")
    return _welcome(clinic, episode, signed_in=True)


@needs("kiosk")
def identify_by_code(clinic: Clinic, code: str) -> Welcome:
    """Find whom a code from the desk was made for, and use it up.

    It is used up here, not when the patient has said "this is me": what it shows was shown.
    Refuses as `identify` does, also for a code of another day or one that was used.
    """
    with clinic.store.begin() as work:
        subject = sealed.digest(work, "code", code)
        known = work.desk_codes.get(subject, clinic.today())
        episode = _open(work, known.episode_id if known and known.used_at is None else "")
        episode = _heard(clinic, work, "code", subject, episode)
        if episode is not None:
            work.desk_codes.use(subject, clinic.today(), clinic.now())
        work.commit()
    if episode is None:
        raise Refusal("not_matched")
    return _welcome(clinic, episode, signed_in=True)


@needs("enter")
def welcome_for(clinic: Clinic, episode_id: str) -> Welcome:
    """Open the form of an episode for a patient whom staff know; nobody signs in.

    Without what they left unfinished, which is for them alone to see: that becomes a report now,
    before what they say next, which would hide a sign in it. Refuses with
    Refusal("unknown_episode") and Refusal("episode_closed").
    """
    with clinic.store.begin() as work:
        episode = work.episodes.get(episode_id)
        if not episode.is_open:
            raise Refusal("episode_closed")
        work.audit.add(clinic.signed("form_opened", episode_id))
        work.commit()
    drafts.finish_of(clinic, episode_id)
    return _welcome(clinic, episode, signed_in=False)


def followed(episodes: Sequence[Episode], today: dt.date) -> Episode | None:
    """The open episode for which a patient reports; `episodes` are newest procedure first."""
    still_open = [e for e in episodes if e.is_open]
    happened = [e for e in still_open if e.procedure.date <= today]
    return next(iter((*happened, *reversed(still_open))), None)


def _open(work: Work, episode_id: str) -> Episode | None:
    """The episode, if it is there and open; looked for whatever the id, so that all take alike."""
    try:
        episode = work.episodes.get(episode_id)
    except Refusal:
        return None
    return episode if episode.is_open else None


def _heard(
    clinic: Clinic, work: Work, kind: Guessed, subject: str, episode: Episode | None
) -> Episode | None:
    """Count a try that found an episode or none, and give what it comes to.

    Beyond a limit nothing is heard any more, right or wrong; nor is it counted, so that the
    limit ends by itself. The try that reaches it calls the desk, once.
    """
    if _is_beyond(clinic, work, kind, subject):
        work.audit.add(clinic.signed("kiosk_not_matched", "", "too_many_tries"))
        return None
    guessing.note(clinic, work, kind, subject, passed=episode is not None)
    if _is_beyond(clinic, work, kind, subject):
        calls.note(clinic, work, "help")
    action = "kiosk_identified" if episode else "kiosk_not_matched"
    work.audit.add(clinic.signed(action, episode.id if episode else ""))
    return episode


def _is_beyond(clinic: Clinic, work: Work, kind: Guessed, subject: str) -> bool:
    return any(
        _wrong_tries(clinic, work, limit, subject) >= limit.wrong
        for limit in LIMITS
        if kind in limit.kinds
    )


def _wrong_tries(clinic: Clinic, work: Work, limit: Limit, subject: str) -> int:
    """Those from the future too: a clock that is set back does not make room for more."""
    here = {"station": clinic.station} if limit.per == "kiosk" else {"subject": subject}
    tries = work.attempts.since(clinic.now() - limit.within, *limit.kinds, **here)
    return sum(not one.passed for one in tries)


def _welcome(clinic: Clinic, episode: Episode, *, signed_in: bool) -> Welcome:
    with clinic.store.read() as work:
        patient = work.patients.get(episode.patient_id)
        course = evaluation.course(clinic, work, episode, clinic.today())
        judged = work.judgements.get(episode.id)
        protocol, profile = course.protocol, episode.procedure.profile
        day = postoperative_day(episode.procedure.date, clinic.today())
        # As it was judged: no rule runs here, so that none can keep a patient from answering.
        extra = _extra_day(judged, episode, clinic.today())
        form = form_on(protocol, profile, day if extra is None else extra)
        parked = drafts.parked(clinic, work, episode.id, form, day) if signed_in else None
    return Welcome(
        episode_id=episode.id,
        given_name=patient.given_name,
        family_initial=patient.family_name[:1],
        birth_month=patient.birth_date.month,
        form_id=form,
        day=day,
        profile=profile,
        protocol=protocol,
        answered_today=any(report.day == day for report in course.reports),
        language=patient.language,
        asked_again=extra is not None,
        implant=episode.procedure.implant,
        parked=parked,
    )


def _extra_day(judged: Judged | None, episode: Episode, today: dt.date) -> int | None:
    """The day on which an extra report that is due today opens; None where none is due."""
    if judged is None or not judged.extra or not judged.opens_on or not judged.closes_on:
        return None
    if not judged.opens_on <= today <= judged.closes_on:
        return None
    return postoperative_day(episode.procedure.date, judged.opens_on)
