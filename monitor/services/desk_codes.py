"""Codes from the desk, with which a patient signs in once, today."""

from __future__ import annotations

import secrets

from monitor.services import access, sealed
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import DeskCode, Refusal


@needs("enter")
def issue(clinic: Clinic, episode_id: str) -> str:
    """Make a code of six digits for an episode, good once and until the end of today.

    An unused one that it had before is taken back. Only a digest is kept: nobody can look the code
    up again. Refuses with Refusal("unknown_episode") and Refusal("episode_closed").
    """
    with clinic.store.begin() as work:
        if not work.episodes.get(episode_id).is_open:
            raise Refusal("episode_closed")
        code = _random()
        while work.desk_codes.get(sealed.digest(work, "code", code), clinic.today()):
            code = _random()
        digest = sealed.digest(work, "code", code)
        work.desk_codes.add(DeskCode(digest, episode_id, clinic.today(), clinic.now()))
        work.audit.add(clinic.signed("code_issued", episode_id))
        work.commit()
    return code


@needs("enter")
def issue_to(clinic: Clinic, number: str) -> str:
    """Make a code for the patient with a clinic number, as `issue` does.

    Refuses with Refusal("not_followed", number=…) where there is none, or none who is followed.
    """
    with clinic.store.read() as work:
        patient = work.patients.by_number(number)
        episodes = work.episodes.of_patient(patient.id) if patient else ()
    episode = access.followed(episodes, clinic.today())
    if episode is None:
        raise Refusal("not_followed", number=number)
    return issue(clinic, episode.id)


def _random() -> str:
    return f"{secrets.randbelow(1_000_000):06}"
