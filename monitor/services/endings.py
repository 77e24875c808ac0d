"""Pauses of a follow-up, its end, and taking back an end that was wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from monitor.domain.alert import FOLLOW_UP_ENDED, Alert, Change, Happening, State, move
from monitor.domain.episode import Ending, Episode, Pause, PauseReason
from monitor.domain.protocol import Priority, Protocol
from monitor.services import alerts, drafts, episodes
from monitor.services.clinic import Clinic
from monitor.services.episodes import CHANGED, Done
from monitor.services.permissions import needs
from monitor.services.ports import Conflict, Refusal, Work

DAY = dt.timedelta(days=1)

OF_THE_PATIENT: frozenset[Ending] = frozenset({"withdrew", "died", "moved", "declined"})
"""Endings that say something of the patient: with them every open follow-up of theirs ends."""


@dataclass(frozen=True)
class Ended:
    """The follow-ups that were ended, or opened again, and the alerts that were with them.

    `promised` is when the patient was to be contacted again, if they were: that falls away.
    `evaluated` is False if the rules could not judge what is open of the patient now; the sweep
    tries again.
    """

    episodes: tuple[Episode, ...]
    alerts: tuple[Alert, ...]
    evaluated: bool
    promised: dt.date | None = None
    changed: frozenset[str] = CHANGED


@needs("edit")
def pause(
    clinic: Clinic,
    seen: Episode,
    first: dt.date,
    last: dt.date,
    reason: PauseReason,
    note: str = "",
) -> Done:
    """Expect no report of an episode from `first` to `last`, both included, and judge it anew.

    It may have begun, or be over, by now: what was due in it was then not missed. It excuses
    reports and nothing else. Refuses with Refusal:

    - "unknown_reason"; "no_reason" for "other" without a note;
    - "days_out_of_order"; "pause_too_long" (days=…) where it leaves, with those next to it, more
      paused days running from today on than the protocol allows;
    - "episode_closed", and with Conflict("episode_changed", by=…, at=…).
    """
    if reason not in get_args(PauseReason):
        raise Refusal("unknown_reason", reason=reason)
    if reason == "other" and not note.strip():
        raise Refusal("no_reason")
    if last < first:
        raise Refusal("days_out_of_order")
    note = alerts.clean(note)
    added = Pause(first, last, reason, note, clinic.actor, clinic.today())
    at_most = clinic.protocols.current(seen.protocol_id).pause.at_most_days
    if _is_longer_than(at_most, added, seen, clinic.today()):
        raise Refusal("pause_too_long", days=str(at_most))
    would_be = replace(seen, pauses=(*seen.pauses, added))
    return episodes.change(
        clinic, seen, would_be, "pause_set", f"{reason}: {note}" if note else reason
    )


def _is_longer_than(days: int, added: Pause, episode: Episode, today: dt.date) -> bool:
    """Whether so many paused days running and more would lie ahead, those next to it included."""
    first, last = max(added.first, today), added.last
    if (last - first).days >= days:
        return True
    while first > today and episode.paused_on(first - DAY):
        first -= DAY
    while episode.paused_on(last + DAY):
        last += DAY
    return (last - first).days >= days


@needs("edit")
def end_pause(clinic: Clinic, seen: Episode, note: str = "") -> Done:
    """Expect reports again from today on; where no pause holds today, take back the next one.

    Refuses with Refusal("not_paused") and Refusal("episode_closed"), and with
    Conflict("episode_changed").
    """
    today = clinic.today()
    over = [pause for pause in seen.pauses if pause.holds_on(today)]
    if not over:
        over = sorted((p for p in seen.pauses if p.first > today), key=lambda p: p.first)[:1]
    if not over:
        raise Refusal("not_paused")
    kept = (p if p not in over else replace(p, last=today - DAY) for p in seen.pauses)
    would_be = replace(seen, pauses=tuple(p for p in kept if p.first <= p.last))
    return episodes.change(clinic, seen, would_be, "pause_ended", alerts.clean(note))


@needs("end")
def end(clinic: Clinic, seen: Episode, ended_as: Ending, on: dt.date, note: str = "") -> Ended:
    """Close a follow-up: nothing more is expected, asked or judged, and everything stays readable.

    Its open alerts are closed with it, by whoever ends it. An ending that says something of the
    patient (`OF_THE_PATIENT`) ends every open follow-up of theirs. A visit at a kiosk that is not
    finished becomes a report first; where it says anything, Conflict("report_came"): that has to
    be looked at before. Refuses with Refusal:

    - "unknown_ending", "episode_closed";
    - "ended_in_future"; "ended_before_procedure", but for a mistake; "ended_before_report"
      (last=…): somebody who has reported was followed then;
    - "red_waits": a red alert has to be taken in hand before it is closed with the rest;

    and with Conflict("episode_changed", by=…, at=…).
    """
    with clinic.store.read() as work:
        several = _to_end(clinic, work, seen, ended_as, on)
    came = [drafts.finish_of(clinic, one.id) for one in several]
    if any(came):
        raise Conflict("report_came")
    closed: list[Alert] = []
    with clinic.store.begin() as work:
        several = _to_end(clinic, work, seen, ended_as, on)
        promised = [day for e, day in work.contacts.promised().items() if e in _ids(several)]
        ended = tuple(replace(e, state="closed", ended_as=ended_as, ended_on=on) for e in several)
        for before, after in zip(several, ended, strict=True):
            closed += _close_alerts(clinic, work, after, note)
            _save(clinic, work, before, after, "follow_up_ended", note)
            _expect_nothing(work, after)
        work.commit()
    evaluated = episodes.judged(clinic, seen.patient_id)
    return Ended(ended, tuple(closed), evaluated, min(promised, default=None))


@needs("end")
def reopen(clinic: Clinic, episode_id: str, note: str) -> Ended:
    """Take back that a follow-up was ended, with all that was ended with it.

    The alerts that were closed with it wait for somebody again; the rules then take back those
    of which the condition is gone. Refuses with Refusal("unknown_episode"),
    Refusal("no_reason"), and Refusal("episode_open") where it is not closed.
    """
    reason = episodes.needed(note)
    waiting: list[Alert] = []
    with clinic.store.begin() as work:
        stored = work.episodes.get(episode_id)
        if stored.is_open:
            raise Refusal("episode_open")
        several = _ended_together(work, stored)
        opened = tuple(replace(e, state="open", ended_as="", ended_on=None) for e in several)
        for before, after in zip(several, opened, strict=True):
            _save(clinic, work, before, after, "follow_up_reopened", reason)
            waiting += _reopen_alerts(clinic, work, after, reason)
        work.commit()
    return Ended(opened, tuple(waiting), episodes.judged(clinic, stored.patient_id))


def _ids(several: tuple[Episode, ...]) -> frozenset[str]:
    return frozenset(one.id for one in several)


def _to_end(
    clinic: Clinic, work: Work, seen: Episode, ended_as: Ending, on: dt.date
) -> tuple[Episode, ...]:
    """The follow-ups that an ending ends, the one that was seen first; refuses as `end` does."""
    if ended_as not in get_args(Ending) or not ended_as:
        raise Refusal("unknown_ending", ending=ended_as)
    stored = episodes.as_seen(clinic, work, seen)
    if not stored.is_open:
        raise Refusal("episode_closed")
    others = work.episodes.of_patient(stored.patient_id) if ended_as in OF_THE_PATIENT else ()
    several = (stored, *(e for e in others if e.is_open and e.id != stored.id))
    if on > clinic.today():
        raise Refusal("ended_in_future")
    for one in several:
        if ended_as != "mistake" and on < _begins(clinic, one):
            raise Refusal("ended_before_procedure")
        last = max((s.local_date for s in work.submissions.of_episode(one.id)), default=on)
        if on < last <= clinic.today():
            raise Refusal("ended_before_report", last=last.isoformat())
        if any(_is_unseen_red(alert) for alert in work.alerts.of_episode(one.id)):
            raise Refusal("red_waits")
    return several


def _is_unseen_red(alert: Alert) -> bool:
    return alert.state is State.RAISED and alert.priority is Priority.RED


def _begins(clinic: Clinic, episode: Episode) -> dt.date:
    """The first day on which an episode can end: of a procedure to come, the baseline's first."""
    date = episode.procedure.date
    if date <= clinic.today():
        return date
    plan = clinic.protocols.current(episode.protocol_id).baseline
    return date + dt.timedelta(days=plan.from_day)


def _ended_together(work: Work, stored: Episode) -> tuple[Episode, ...]:
    if stored.ended_as not in OF_THE_PATIENT:
        return (stored,)
    others = work.episodes.of_patient(stored.patient_id)
    same = (stored.ended_as, stored.ended_on)
    return tuple(e for e in others if not e.is_open and (e.ended_as, e.ended_on) == same)


def _save(
    clinic: Clinic, work: Work, before: Episode, after: Episode, action: str, note: str
) -> None:
    work.episodes.save(after)
    said = episodes.difference(episodes.told(before), episodes.told(after))
    work.audit.add(clinic.signed(action, after.id, f"{alerts.clean(note)} [{said}]".lstrip()))


def _close_alerts(clinic: Clinic, work: Work, episode: Episode, note: str) -> Iterator[Alert]:
    def step(alert: Alert, _: Protocol) -> Change:
        now, note_ = clinic.now(), alerts.clean(note)
        return move(alert, Happening.RESOLVE, now, clinic.actor, note_, outcome=FOLLOW_UP_ENDED)

    for alert in work.alerts.of_episode(episode.id):
        if alert.is_open:
            yield alerts.take_step(clinic, work, alert.id, alert.version, step)


def _reopen_alerts(clinic: Clinic, work: Work, episode: Episode, note: str) -> Iterator[Alert]:
    """Reopen what was closed with an episode, but for what has been raised anew since."""

    def step(alert: Alert, _: Protocol) -> Change:
        return move(alert, Happening.REOPEN, clinic.now(), clinic.actor, note, outcome="")

    known = work.alerts.of_episode(episode.id)
    taken = {alert.finding.key for alert in known if alert.is_open}
    for alert in known:
        closed_with_it = alert.state is State.RESOLVED and alert.outcome == FOLLOW_UP_ENDED
        if closed_with_it and alert.finding.key not in taken:
            taken.add(alert.finding.key)
            yield alerts.take_step(clinic, work, alert.id, alert.version, step)


def _expect_nothing(work: Work, episode: Episode) -> None:
    """Take what is due, and who is silent, off the lists: nobody judges a closed follow-up."""
    judged = work.judgements.get(episode.id)
    if judged is not None:
        nothing = replace(judged, opens_on=None, due_on=None, closes_on=None, extra=False)
        work.judgements.set(replace(nothing, silence=None))
