"""What a clinician changes about one patient's follow-up, and what that would do to the alerts."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from monitor.domain.alert import Alert, Change, Happening, reconcile, recounted
from monitor.domain.episode import (
    RELIEF,
    Episode,
    OwnBaseline,
    OwnWindow,
    Patient,
    Procedure,
    postoperative_day,
)
from monitor.domain.protocol import SIDES, Item, Protocol
from monitor.domain.rules import evaluate
from monitor.domain.submission import Place, map_places
from monitor.services import comparing, evaluation
from monitor.services.alerts import clean
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Conflict, Refusal, Unavailable, Work

CHANGED = frozenset({"episodes", "alerts"})

WITHOUT_SKIN = frozenset({"C1"})
"""The roots that can be treated and that no region of the body map can name."""

ACTIONS = frozenset(
    {
        "window_set",
        "window_cleared",
        "baseline_set",
        "baseline_cleared",
        "procedure_corrected",
        "procedure_added",
        "pause_set",
        "pause_ended",
        "follow_up_ended",
        "follow_up_reopened",
    }
)
"""What stands in the audit trail of a change of an episode."""


REGISTERED = ("procedure_added", "procedure_imported")
"""What stands in the audit trail where an episode begins."""


@dataclass(frozen=True)
class Done:
    """The episode as it is now.

    `evaluated` is False if the rules could not judge it: the change is stored all the same, and
    the sweep tries again.
    """

    episode: Episode
    evaluated: bool
    changed: frozenset[str] = CHANGED


@dataclass(frozen=True)
class Foreseen:
    """What a change of an episode would do to one alert.

    `happening` is raise, worsen, end, return, retract or wake; `before` is None where it would
    be raised.
    """

    happening: Happening
    before: Alert | None
    after: Alert


@needs("edit")
def set_window(
    clinic: Clinic,
    seen: Episode,
    item: str,
    expected_to_day: int,
    persistent_from_day: int,
    reason: str,
) -> Done:
    """Give one episode a window of its own for an item, in place of the profile's.

    item: of the protocol, or "relief" (then both days are the day by which relief is due).
    Refuses as `preview` does, and with Refusal("no_reason") and Conflict("episode_changed").
    """
    window = OwnWindow(
        item,
        expected_to_day,
        persistent_from_day,
        clean(reason),
        clinic.actor,
        clinic.today(),
    )
    return change(clinic, seen, seen.with_window(window), "window_set", needed(reason))


@needs("edit")
def clear_window(clinic: Clinic, seen: Episode, item: str, reason: str) -> Done:
    """Give an item the profile's window again; refuses as `set_window` does."""
    return change(clinic, seen, seen.without_window(item), "window_cleared", needed(reason))


@needs("edit")
def set_baseline(
    clinic: Clinic, seen: Episode, item: str, place: Place, score: float, reason: str
) -> Done:
    """Set the score that an item had before the procedure, in place of what reports say.

    For a patient who recalls it and was not asked then. Refuses as `set_window` does.
    """
    baseline = OwnBaseline(item, score, place, clean(reason), clinic.actor, clinic.today())
    return change(clinic, seen, seen.with_baseline(baseline), "baseline_set", needed(reason))


@needs("edit")
def clear_baseline(clinic: Clinic, seen: Episode, item: str, place: Place, reason: str) -> Done:
    """Let the reports speak for the time before the procedure again; refuses likewise."""
    return change(
        clinic, seen, seen.without_baseline(item, place), "baseline_cleared", needed(reason)
    )


@needs("edit")
def correct_procedure(clinic: Clinic, seen: Episode, procedure: Procedure, reason: str) -> Done:
    """Put right what was done, or when; refuses as `set_window` does.

    Reports and alerts stay on their dates, windows and bands move with day 0.
    """
    would_be = replace(seen, procedure=procedure)
    return change(clinic, seen, would_be, "procedure_corrected", needed(reason))


@needs("edit")
def add_procedure(clinic: Clinic, added: Episode, reason: str = "") -> Done:
    """Follow a further procedure of a patient, with its own day 0, windows and baseline.

    `added` has an id made by the caller; sending it again changes nothing. The reports of the
    month before it are its baseline, whichever procedure they were given for; the course of the
    procedure before it ends on the day before. Refuses as `preview` does, and with
    Refusal("unknown_patient") and Conflict("id_taken").
    """
    with clinic.store.begin() as work:
        added = followed(clinic, work, added)
        if _known(work, added.id) != added:
            _refuse_faults(clinic, work, added, None)
            work.episodes.add(added)
            work.audit.add(clinic.signed("procedure_added", added.id, clean(reason)))
            work.commit()
    return Done(added, judged(clinic, added.patient_id))


def followed(clinic: Clinic, work: Work, added: Episode) -> Episode:
    """An episode that is registered now: nobody was asked for a report that was due before.

    One that is there already has been followed since it was registered.
    """
    known = _known(work, added.id)
    if known is not None:
        return replace(added, followed_from=known.followed_from)
    return replace(added, followed_from=followed_from(clinic, added.procedure))


@needs("edit")
def followed_from(clinic: Clinic, procedure: Procedure) -> dt.date | None:
    """From when a procedure that is registered today is followed; None: from the beginning."""
    return clinic.today() if procedure.date < clinic.today() else None


@needs("edit")
def preview(clinic: Clinic, would_be: Episode) -> tuple[Foreseen, ...]:
    """What changing an episode, or adding one, would do to its patient's alerts today.

    Nothing is stored. Only what follows from the change is told, most urgent first; further
    evidence for an alert that stays as it is, is not. Refuses with Refusal:

    - "episode_closed", and "unknown_patient" for one that is new;
    - windows: "unknown_item", "no_window" (nothing of the item is ever late after this
      procedure), "days_out_of_order", "beyond_follow_up" (last_day=…);
    - baselines: "unknown_item", "unknown_place", "score_out_of_range";
    - procedures: "unknown_profile", "unknown_level" (level=…), "unknown_side",
      "procedure_before_birth", "procedure_too_far_ahead" (days=…).
    """
    with clinic.store.begin() as work:  # never committed: what is foreseen is what would happen
        known = _known(work, would_be.id)
        alerts = {
            alert.id: alert
            for other in work.episodes.of_patient(would_be.patient_id)
            for alert in work.alerts.of_episode(other.id)
        }
        before = alerts | {c.alert.id: c.alert for c in _changes(clinic, work, would_be, alerts)}
        _refuse_faults(clinic, work, would_be, known)
        if known is None:
            would_be = followed(clinic, work, would_be)
            work.episodes.add(would_be)
        else:
            would_be = _asked_since(clinic, work, known, would_be)
            work.episodes.save(would_be)
        moved = before | {alert.id: alert for _, alert in _recounted(before, known, would_be)}
        changes = _changes(clinic, work, would_be, moved)
    foreseen = (
        Foreseen(change.happening, before.get(change.alert.id), change.alert)
        for change in changes
        if change.happening is not Happening.KEEP
    )
    return tuple(sorted(foreseen, key=lambda f: (f.after.priority.rank, f.after.finding.key)))


def _changes(
    clinic: Clinic, work: Work, of: Episode, alerts: Mapping[str, Alert]
) -> tuple[Change, ...]:
    """What judging a patient's open episodes makes of these alerts."""
    changes: list[Change] = []
    for episode in work.episodes.of_patient(of.patient_id):
        if episode.is_open:
            found = evaluation.course(clinic, work, episode, clinic.today())
            own = [alert for alert in alerts.values() if alert.episode_id == episode.id]
            occasion = evaluation.occasion_of(clinic, found)
            changes += reconcile(
                episode.id, evaluate(found), own, occasion, lambda: str(uuid.uuid4())
            )
    return tuple(changes)


def _recounted(
    alerts: Mapping[str, Alert], known: Episode | None, would_be: Episode
) -> Iterator[tuple[Alert, Alert]]:
    """Each alert of an episode before and after its days are counted from another day 0."""
    if known is None or known.procedure.date == would_be.procedure.date:
        return
    days = postoperative_day(known.procedure.date, would_be.procedure.date)
    for alert in alerts.values():
        if alert.episode_id == would_be.id:
            yield alert, recounted(alert, days)


@needs("edit")
def change(clinic: Clinic, seen: Episode, would_be: Episode, action: str, reason: str) -> Done:
    """Write a change of an episode as it was seen, with its line in the audit trail, and judge it.

    For the verbs that change one; refuses as they do.
    """
    with clinic.store.begin() as work:
        stored = as_seen(clinic, work, seen)
        would_be = _asked_since(clinic, work, stored, would_be)
        if would_be == stored:
            raise Refusal("nothing_changed")
        _refuse_faults(clinic, work, would_be, stored)
        work.episodes.save(would_be)
        _recount(work, stored, would_be)
        why = f"{reason} [{difference(told(stored), told(would_be))}]"
        work.audit.add(clinic.signed(action, stored.id, why))
        work.commit()
    return Done(would_be, judged(clinic, would_be.patient_id))


def _asked_since(clinic: Clinic, work: Work, known: Episode, would_be: Episode) -> Episode:
    """An episode of which the procedure moves to a date before it was registered.

    Then, too, nobody was asked for what was due between the two.
    """
    if would_be.followed_from is not None or known.procedure.date == would_be.procedure.date:
        return would_be
    lines = work.audit.of_subject(known.id)
    registered = next((line.at for line in lines if line.action in REGISTERED), None)
    if registered is None or clinic.local_date(registered) <= would_be.procedure.date:
        return would_be
    return replace(would_be, followed_from=clinic.local_date(registered))


def needed(reason: str) -> str:
    """A reason as it can be stored; refuses with Refusal("no_reason") where none is given."""
    if not reason.strip():
        raise Refusal("no_reason")
    return clean(reason)


def as_seen(clinic: Clinic, work: Work, seen: Episode) -> Episode:
    """The episode, if it is as it was seen; else Conflict("episode_changed", by=…, at=…)."""
    stored = work.episodes.get(seen.id)
    if stored != seen:
        raise conflict(clinic, work, "episode_changed", stored.id, ACTIONS)
    return stored


def conflict(
    clinic: Clinic, work: Work, code: str, subject: str, actions: Collection[str]
) -> Conflict:
    """That somebody else was first: who, and when; empty where it was not done here."""
    lines = [a for a in work.audit.of_subject(subject) if a.action in actions]
    if not lines:
        return Conflict(code, by="", at="")
    at = lines[-1].at.astimezone(clinic.zone)
    return Conflict(code, by=lines[-1].actor, at=f"{at:%Y-%m-%d %H:%M}")


def _recount(work: Work, stored: Episode, would_be: Episode) -> None:
    """Write the alerts with their days counted anew; for the sweep they are as it left them."""
    alerts = {alert.id: alert for alert in work.alerts.of_episode(stored.id)}
    judged = work.judgements.get(stored.id)
    for before, after in _recounted(alerts, stored, would_be):
        work.alerts.save(after, before.version)
        if judged is not None:
            judged = replace(judged, seals=comparing.resealed(judged.seals, before, after))
            work.judgements.set(judged)


def difference(was: Mapping[str, str], now: Mapping[str, str]) -> str:
    """What was changed, for the audit trail: what it was and what it is."""
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    return "; ".join(
        f"{name}: {was.get(name) or 'none'} -> {now.get(name) or 'none'}" for name in names
    )


def told(episode: Episode) -> Mapping[str, str]:
    """All that a person can change of an episode, by what it is called in the audit trail."""
    return dict(_told(episode))


def _told(episode: Episode) -> Iterator[tuple[str, str]]:
    for name, value in vars(episode.procedure).items():
        yield name, " ".join(value) if isinstance(value, tuple) else str(value)
    for window in episode.own_windows:
        days = f"{window.expected_to_day} / {window.persistent_from_day}"
        yield f"window of {window.item}", days
    for baseline in episode.own_baselines:
        where = " ".join((baseline.item, *filter(None, baseline.place)))
        yield f"baseline of {where}", f"{baseline.score:g}"
    for pause in episode.pauses:
        yield f"pause from {pause.first}", f"{pause.reason} to {pause.last}"
    yield "ended", f"{episode.ended_as} {episode.ended_on or ''}".strip()


@needs("monitor")
def judged(clinic: Clinic, patient_id: str) -> bool:
    """Judge what is followed of a patient: where one course begins, another may end.

    False if the rules could not judge all of it; the sweep tries again.
    """
    with contextlib.suppress(Unavailable):  # stored; the sweep judges it
        with clinic.store.read() as work:
            several = work.episodes.of_patient(patient_id)
        due = (one.id for one in several if one.is_open)
        outcomes = evaluation.judge_all(clinic, due, cause="episode_changed")
        return not any(outcome.error for outcome in outcomes.values())
    return False


def _known(work: Work, episode_id: str) -> Episode | None:
    try:
        return work.episodes.get(episode_id)
    except Refusal:
        return None


def _refuse_faults(clinic: Clinic, work: Work, would_be: Episode, known: Episode | None) -> None:
    """Refuse what cannot be; what was so before is not looked at again."""
    if not would_be.is_open:
        raise Refusal("episode_closed")
    protocol = clinic.protocols.current(would_be.protocol_id)
    if known is None or known.procedure != would_be.procedure:
        patient = work.patients.get(would_be.patient_id)
        for fault in procedure_faults(would_be.procedure, protocol, patient, clinic.today()):
            raise fault
    for window in would_be.own_windows:
        if known is None or window not in known.own_windows:
            _refuse_window(window, protocol, would_be.procedure.profile)
    for baseline in would_be.own_baselines:
        if known is None or baseline not in known.own_baselines:
            _refuse_baseline(baseline, protocol)


def procedure_faults(
    procedure: Procedure, protocol: Protocol, patient: Patient, today: dt.date
) -> Iterator[Refusal]:
    """All that cannot be of a procedure; the codes stand at `preview`."""
    if procedure.profile not in protocol.profiles:
        yield Refusal("unknown_profile", profile=procedure.profile)
    roots = {root for region in protocol.regions.values() for root in region.roots}
    for level in procedure.levels:
        if level not in roots | WITHOUT_SKIN:
            yield Refusal("unknown_level", level=level)
    if procedure.side not in ("", *SIDES):
        yield Refusal("unknown_side", side=procedure.side)
    if procedure.date < patient.birth_date:
        yield Refusal("procedure_before_birth")
    ahead = -protocol.baseline.from_day
    if procedure.date > today + dt.timedelta(days=ahead):
        yield Refusal("procedure_too_far_ahead", days=str(ahead))


def _refuse_window(window: OwnWindow, protocol: Protocol, profile: str) -> None:
    first, last = window.expected_to_day, window.persistent_from_day
    if window.item == RELIEF:
        in_order = protocol.baseline.to_day < first == last
    else:
        rows = [s for s in protocol.symptoms.values() if s.item == window.item]
        if not rows:
            raise Refusal("unknown_item", item=window.item)
        if not any(row.windows[profile] and row.where != "elsewhere" for row in rows):
            raise Refusal("no_window", item=window.item)
        in_order = protocol.baseline.to_day <= first < last
    if not in_order:
        raise Refusal("days_out_of_order")
    end = max(slot.closes_day for slot in protocol.slots_for(profile))
    if last > end:
        raise Refusal("beyond_follow_up", last_day=str(end))


def _refuse_baseline(baseline: OwnBaseline, protocol: Protocol) -> None:
    item = protocol.items.get(baseline.item)
    if item is None or item.retired or protocol.scale_of(baseline.item).kind != "number":
        raise Refusal("unknown_item", item=baseline.item)
    if not _is_place_of(item, baseline.place, protocol):
        raise Refusal("unknown_place", item=baseline.item)
    scale = protocol.scale_of(baseline.item)
    if not scale.minimum <= baseline.score <= scale.maximum:
        raise Refusal("score_out_of_range", minimum=str(scale.minimum), maximum=str(scale.maximum))


def _is_place_of(item: Item, place: Place, protocol: Protocol) -> bool:
    """Whether an item has scores of its own at a place."""
    if item.per == "region":
        return place in map_places(protocol)
    return not place.site and (place.side in SIDES if item.per else not place.side)
