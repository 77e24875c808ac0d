"""Takes an import of a clinic's own list back, as far as nothing else has come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from monitor.domain.episode import Episode, Patient
from monitor.services import endings, enrolment, episodes
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Batch, Refusal, Unavailable, Work

Progress = Callable[[int, int], None]

Reason = Literal["report", "alert", "contact", "changed", "procedure", "other"]
"""What is kept of a follow-up, or that somebody has worked on it since it was imported.

"procedure": only of a patient, who has one that the import did not bring; "other" is all the rest
(a desk code, a visit at a kiosk that is not finished).
"""


@dataclass(frozen=True)
class Kept:
    """A patient who stays, with the follow-up of the import that stays, and why."""

    patient: Patient
    episode: Episode | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Undone:
    """What was taken away, and what stays."""

    batch: Batch
    patients: int
    episodes: int
    kept: tuple[Kept, ...]
    changed: frozenset[str] = frozenset({"patients", "episodes"})


@dataclass(frozen=True)
class Ended:
    """How many follow-ups were ended as a mistake; `refused` are those that were not."""

    ended: int
    refused: tuple[tuple[Kept, Refusal], ...]
    changed: frozenset[str] = frozenset({"episodes", "alerts"})


@needs("import")
def batches(clinic: Clinic) -> tuple[Batch, ...]:
    """Every import there was, the newest first."""
    with clinic.store.read() as work:
        return work.batches.all()


@needs("import")
def undo(clinic: Clinic, batch_id: str, progress: Progress | None = None) -> Undone:
    """Take away what an import added, but for that of which anything else is kept.

    Whatever stays is named; nothing of it is changed. In one unit of work, and once: refuses with
    Refusal("unknown_batch") and Conflict("batch_undone").
    """
    with clinic.store.begin() as work:
        work.batches.undone(batch_id, clinic.now())
        batch = work.batches.get(batch_id)
        total = len(batch.episode_ids) + len(batch.patient_ids)
        kept: list[Kept] = []
        gone = 0
        for done, episode_id in enumerate(batch.episode_ids, start=1):
            stays = _take_episode(work, episode_id)
            kept += stays
            gone += not stays
            if progress is not None:
                progress(done, total)
        patients = 0
        staying = {one.patient.id for one in kept}
        for done, patient_id in enumerate(batch.patient_ids, start=len(batch.episode_ids) + 1):
            if patient_id not in staying:
                stays = _take_patient(clinic, work, patient_id)
                kept += stays
                patients += not stays
            if progress is not None:
                progress(done, total)
        told = f"{patients} patients and {gone} procedures taken away, {len(kept)} stay"
        work.audit.add(clinic.signed("import_undone", batch.id, f"{batch.file}: {told}"))
        work.commit()
    return Undone(batch, patients, gone, tuple(kept))


@needs("import")
def end_kept(clinic: Clinic, kept: tuple[Kept, ...], note: str) -> Ended:
    """End the follow-ups that stayed as a mistake; each for itself, whoever refuses is named."""
    refused: list[tuple[Kept, Refusal]] = []
    ended = 0
    for one in kept:
        if one.episode is None or not one.episode.is_open:
            continue
        try:
            endings.end(clinic, one.episode, "mistake", clinic.today(), note)
            ended += 1
        except Unavailable:
            raise
        except Refusal as refusal:
            refused.append((one, refusal))
    return Ended(ended, tuple(refused))


def _take_episode(work: Work, episode_id: str) -> list[Kept]:
    """Take an episode away, or say why it stays; nothing of one that is gone."""
    try:
        episode = work.episodes.get(episode_id)
    except Refusal:
        return []
    reasons = list(_of_episode(work, episode_id))
    if not reasons:
        try:
            work.episodes.remove(episode_id)
        except Refusal as refusal:
            if refusal.code != "in_use":
                raise
            reasons.append("other")
    return [Kept(work.patients.get(episode.patient_id), episode, tuple(reasons))] if reasons else []


def _of_episode(work: Work, episode_id: str) -> Iterator[Reason]:
    if work.submissions.of_episode(episode_id):
        yield "report"
    if work.alerts.of_episode(episode_id):
        yield "alert"
    if work.contacts.of_episode(episode_id):
        yield "contact"
    if any(line.action in episodes.ACTIONS for line in work.audit.of_subject(episode_id)):
        yield "changed"


def _take_patient(clinic: Clinic, work: Work, patient_id: str) -> list[Kept]:
    try:
        patient = work.patients.get(patient_id)
    except Refusal:
        return []
    reasons: list[Reason] = []
    if work.episodes.of_patient(patient_id):
        reasons.append("procedure")
    if any(line.action in enrolment.ACTIONS for line in work.audit.of_subject(patient_id)):
        reasons.append("changed")
    if reasons:
        return [Kept(patient, None, tuple(reasons))]
    work.patients.remove(patient_id)
    work.audit.add(clinic.signed("patient_removed", patient_id, f"No. {patient.number}"))
    return []
