"""What nurses do with alerts: acknowledge, snooze, resolve, reopen, undo, rate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from monitor.domain.alert import (
    Alert,
    Change,
    Happening,
    NotPossible,
    Occasion,
    Useful,
    last_step,
    move,
    placed,
    undo,
)
from monitor.domain.episode import postoperative_day
from monitor.domain.protocol import Protocol
from monitor.services import evaluation
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Conflict, Refusal, Work

CHANGED = frozenset({"alerts"})

UNDO_WITHIN = dt.timedelta(seconds=30)
"""How long a step can be taken back. The station offers it for 10 s; the rest is for a slow store.

After that there is `reopen`, for ever.
"""


@dataclass(frozen=True)
class Done:
    """The alert as it is now."""

    alert: Alert
    changed: frozenset[str] = CHANGED


@needs("act")
def acknowledge(
    clinic: Clinic,
    alert_id: str,
    seen_version: int,
    note: str = "",
    review_on: dt.date | None = None,
) -> Done:
    """Say that a person has seen it and takes it in hand. It stays listed.

    It comes back on `review_on`, or after its priority's `close_hours` where that is not given.
    Refuses with Refusal("review_in_past"), and Refusal("review_too_late", days=…) for a date
    beyond both those hours and the days for which it may be put aside.
    """
    return _step(clinic, alert_id, seen_version, taking_in_hand(clinic, note, review_on))


@needs("act")
def resolve(clinic: Clinic, alert_id: str, seen_version: int, outcome: str, note: str = "") -> Done:
    """Close it with one of the protocol's outcomes; refuses Refusal("unknown_outcome").

    If its condition still holds it stays closed until it has gone away once or got worse.
    """
    return _step(clinic, alert_id, seen_version, resolving(clinic, outcome, note))


@needs("act")
def snooze(clinic: Clinic, alert_id: str, seen_version: int, until: dt.date, note: str) -> Done:
    """Put it aside until a date, with a reason.

    Refuses with Refusal("never_snoozed") for a rule or a priority that may not be,
    Refusal("no_reason"), Refusal("snooze_in_past"), and Refusal("snooze_too_late", days=…)
    beyond the days that its priority allows.
    """
    if not note.strip():
        raise Refusal("no_reason")

    def step(alert: Alert, protocol: Protocol) -> Change:
        days = longest_snooze(alert, protocol)
        if not days:
            raise Refusal("never_snoozed")
        if until <= clinic.today():
            raise Refusal("snooze_in_past")
        if until > clinic.today() + dt.timedelta(days=days):
            raise Refusal("snooze_too_late", days=str(days))
        end = clinic.start_of(until)
        return move(alert, Happening.SNOOZE, clinic.now(), clinic.actor, clean(note), until=end)

    return _step(clinic, alert_id, seen_version, step)


@needs("act")
def reopen(clinic: Clinic, alert_id: str, seen_version: int, note: str) -> Done:
    """Take back that it was closed, with a reason; possible for ever.

    Refuses with Refusal("no_reason"), and Conflict("alert_open") if it was raised anew.
    """
    if not note.strip():
        raise Refusal("no_reason")

    def step(alert: Alert, _: Protocol) -> Change:
        return move(alert, Happening.REOPEN, clinic.now(), clinic.actor, clean(note), outcome="")

    return _step(clinic, alert_id, seen_version, step)


@needs("act")
def take_back(clinic: Clinic, alert_id: str, seen_version: int) -> Done:
    """Undo one's own last step within UNDO_WITHIN: the alert is again as it was before.

    Refuses with Refusal("undo_too_late"), Refusal("not_possible") if the last step was
    another's or cannot be undone, and Conflict("alert_open") if it was raised anew.
    """
    with clinic.store.read() as work:
        step = undoing(clinic, work, alert_id)
    return _step(clinic, alert_id, seen_version, step)


@needs("act")
def rate(clinic: Clinic, alert_id: str, seen_version: int, useful: Useful) -> Done:
    """Say whether it was of use, also of one that is closed; "" takes that back."""

    def step(alert: Alert, _: Protocol) -> Change:
        return move(alert, Happening.RATE, clinic.now(), clinic.actor, useful=useful)

    return _step(clinic, alert_id, seen_version, step)


Step = Callable[[Alert, Protocol], Change]
"""What a person does to an alert, worked out when it is read; refuses what cannot be done."""


def taking_in_hand(clinic: Clinic, note: str = "", review_on: dt.date | None = None) -> Step:
    """The step of `acknowledge`, for a unit of work that does more (`take_step`)."""

    def step(alert: Alert, protocol: Protocol) -> Change:
        hours = protocol.priorities[alert.priority].close_hours
        until = None if hours is None else clinic.now() + dt.timedelta(hours=hours)
        if review_on is not None:
            until = _review(clinic, review_on, until, longest_snooze(alert, protocol))
        return move(
            alert, Happening.ACKNOWLEDGE, clinic.now(), clinic.actor, clean(note), until=until
        )

    return step


def resolving(clinic: Clinic, outcome: str, note: str = "") -> Step:
    """The step of `resolve`, for a unit of work that does more (`take_step`)."""

    def step(alert: Alert, protocol: Protocol) -> Change:
        if outcome not in protocol.outcomes:
            raise Refusal("unknown_outcome", outcome=outcome)
        return move(
            alert, Happening.RESOLVE, clinic.now(), clinic.actor, clean(note), outcome=outcome
        )

    return step


def undoing(clinic: Clinic, work: Work, alert_id: str) -> Step:
    """The step of `take_back`, for a unit of work that does more (`take_step`)."""
    events = work.alerts.events(alert_id)

    def step(alert: Alert, _: Protocol) -> Change:
        change = undo(alert, events, clinic.now(), clinic.actor)
        last = last_step(events)
        assert last is not None, "what can be undone has happened"
        if clinic.now() - last.at > UNDO_WITHIN:
            raise Refusal("undo_too_late")
        return change

    return step


def longest_snooze(alert: Alert, protocol: Protocol) -> int:
    """For how many days it may be put aside; 0 if it may not."""
    rule = protocol.find_rule(alert.finding.rule)
    return protocol.priorities[alert.priority].snooze_days if rule and rule.snooze else 0


def _review(
    clinic: Clinic, review_on: dt.date, closed_by: dt.datetime | None, days: int
) -> dt.datetime:
    """When an alert comes back that is to be looked at again on a date."""
    if review_on <= clinic.today():
        raise Refusal("review_in_past")
    until = clinic.start_of(review_on)
    is_soon = closed_by is not None and until <= closed_by
    if not is_soon and review_on > clinic.today() + dt.timedelta(days=days):
        raise Refusal("review_too_late", days=str(days))
    return until


def clean(note: str) -> str:
    """A note as it can be stored: a paste can hold half of a surrogate pair, which cannot."""
    return note.strip().encode("utf-8", "replace").decode()


def _step(clinic: Clinic, alert_id: str, seen_version: int, step: Step) -> Done:
    """One step of an alert by a person, in a unit of work of its own."""
    with clinic.store.begin() as work:
        moved = take_step(clinic, work, alert_id, seen_version, step)
        work.commit()
    return Done(moved)


def take_step(clinic: Clinic, work: Work, alert_id: str, seen_version: int, step: Step) -> Alert:
    """One step of an alert by a person, with its history and audit lines, as it then is.

    Refuses with Conflict("alert_changed") if it changed since it was seen, and with
    Refusal("not_possible") if its state does not allow the step. Of a follow-up that was ended an
    alert can only be closed, else Refusal("episode_closed").
    """
    alert = work.alerts.get(alert_id)
    if alert.version != seen_version:
        raise _changed(clinic, work, alert)
    episode = work.episodes.get(alert.episode_id)
    protocol = clinic.protocols.current(episode.protocol_id)
    try:
        change = step(alert, protocol)
    except NotPossible as error:
        raise Refusal("not_possible", state=error.state, step=error.happening) from error
    if not episode.is_open and change.alert.is_open and change.happening is not Happening.RATE:
        raise Refusal("episode_closed")  # nothing would ever bring it back before people
    today = clinic.today()
    day = postoperative_day(episode.procedure.date, today)
    moved = placed(change.alert, Occasion(clinic.now(), day, today, protocol))
    evaluation.write(work, replace(change, alert=moved), day, seen_version)
    work.audit.add(clinic.signed(f"alert_{change.happening}", alert_id, change.note))
    return moved


def _changed(clinic: Clinic, work: Work, alert: Alert) -> Conflict:
    """That somebody else was first: who, when, and what it is now."""
    last = work.alerts.events(alert.id)[-1]
    at = last.at.astimezone(clinic.zone)
    return Conflict("alert_changed", by=last.by, at=f"{at:%Y-%m-%d %H:%M}", state=alert.state)
