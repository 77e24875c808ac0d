"""Who stands before the kiosk: one patient, known by number and date of birth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.domain.due import form_on
from monitor.domain.episode import Episode, Patient, postoperative_day
from monitor.domain.protocol import Protocol
from monitor.services import evaluation
from monitor.services.clinic import Clinic
from monitor.services.ports import Judged, Refusal


@dataclass(frozen=True)
class Welcome:
    """What the kiosk may know of the person in front of it: no more than it shows.

    `form_id` is the form of the report that is due today, scheduled or extra; where none is, that
    of the one due last. `asked_again`: it is an extra one, because of what was answered before.
    `answered_today`: a report of today stands, given for whichever of their procedures.
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


def identify(clinic: Clinic, number: str, birth_date: dt.date) -> Welcome:
    """Find the patient with this number and date of birth, and whom they report as.

    Of several procedures that are followed it is the newest that has happened, and where none
    has, the next one.

    Refuses with Refusal("not_matched") alike for an unknown number, a wrong date and a
    patient who is not followed (any more): the answer tells nothing about anybody.
    """
    with clinic.store.begin() as work:
        patient = work.patients.by_number(number)
        episode = None
        if patient is not None and patient.birth_date == birth_date:
            episode = _followed(work.episodes.of_patient(patient.id), clinic.today())
        action = "kiosk_identified" if episode else "kiosk_not_matched"
        subject = episode.id if episode else ""
        work.audit.add(clinic.signed(action, subject))
        work.commit()
    if patient is None or episode is None:
        raise Refusal("not_matched")
    return _welcome(clinic, patient, episode)


def _followed(episodes: Sequence[Episode], today: dt.date) -> Episode | None:
    """The open episode for which a patient reports; `episodes` are newest procedure first."""
    followed = [e for e in episodes if e.is_open]
    happened = [e for e in followed if e.procedure.date <= today]
    return next(iter((*happened, *reversed(followed))), None)


def _welcome(clinic: Clinic, patient: Patient, episode: Episode) -> Welcome:
    with clinic.store.read() as work:
        course = evaluation.course(clinic, work, episode, clinic.today())
        judged = work.judgements.get(episode.id)
    protocol, profile = course.protocol, episode.procedure.profile
    day = postoperative_day(episode.procedure.date, clinic.today())
    # As it was judged: no rule runs here, so that none can keep a patient from answering.
    extra = _extra_day(judged, episode, clinic.today())
    return Welcome(
        episode_id=episode.id,
        given_name=patient.given_name,
        family_initial=patient.family_name[:1],
        birth_month=patient.birth_date.month,
        form_id=form_on(protocol, profile, day if extra is None else extra),
        day=day,
        profile=profile,
        protocol=protocol,
        answered_today=any(report.day == day for report in course.reports),
        language=patient.language,
        asked_again=extra is not None,
        implant=episode.procedure.implant,
    )


def _extra_day(judged: Judged | None, episode: Episode, today: dt.date) -> int | None:
    """The day on which an extra report that is due today opens; None where none is due."""
    if judged is None or not judged.extra or not judged.opens_on or not judged.closes_on:
        return None
    if not judged.opens_on <= today <= judged.closes_on:
        return None
    return postoperative_day(episode.procedure.date, judged.opens_on)
