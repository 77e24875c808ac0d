"""Who stands before the kiosk: one patient, known by number and date of birth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.domain.episode import Episode, Patient, postoperative_day
from monitor.domain.protocol import Protocol
from monitor.services.clinic import Clinic
from monitor.services.ports import Refusal


@dataclass(frozen=True)
class Welcome:
    """What the kiosk may know of the person in front of it: no more than it shows.

    `form_id` is the form of today's scheduled report, or of the one due last if none is due.
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


def identify(clinic: Clinic, number: str, birth_date: dt.date) -> Welcome:
    """Find the open episode of the patient with this number and date of birth.

    Refuses with Refusal("not_matched") alike for an unknown number, a wrong date and a
    patient who is not followed (any more): the answer tells nothing about anybody.
    """
    with clinic.store.begin() as work:
        patient = work.patients.by_number(number)
        episode = None
        if patient is not None and patient.birth_date == birth_date:
            episode = next((e for e in work.episodes.of_patient(patient.id) if e.is_open), None)
        sent = work.submissions.of_episode(episode.id) if episode else ()
        reported = any(s.local_date == clinic.today() for s in sent)
        action = "kiosk_identified" if episode else "kiosk_not_matched"
        subject = episode.id if episode else ""
        work.audit.add(clinic.signed(action, subject))
        work.commit()
    if patient is None or episode is None:
        raise Refusal("not_matched")
    return _welcome(clinic, patient, episode, reported)


def _welcome(clinic: Clinic, patient: Patient, episode: Episode, reported: bool) -> Welcome:
    protocol = clinic.protocols.current(episode.protocol_id)
    day = postoperative_day(episode.procedure.date, clinic.today())
    return Welcome(
        episode_id=episode.id,
        given_name=patient.given_name,
        family_initial=patient.family_name[:1],
        birth_month=patient.birth_date.month,
        form_id=form_on(protocol, episode.procedure.profile, day),
        day=day,
        profile=episode.procedure.profile,
        protocol=protocol,
        answered_today=reported,
        language=patient.language,
    )


def form_on(protocol: Protocol, profile: str, day: int) -> str:
    """The form to show on a postoperative day: today's slot's, else that of the last one due."""
    slot = protocol.slot_on(profile, day)
    if slot is None:
        slots = protocol.slots_for(profile)
        past = [s for s in slots if s.due_day <= day]
        slot = past[-1] if past else slots[0]
    return slot.form
