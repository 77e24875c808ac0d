"""What nurses do with alerts: acknowledge, snooze, resolve, reopen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.domain.alert import Alert, Happening, NotPossible, move
from monitor.domain.episode import postoperative_day
from monitor.domain.protocol import Protocol
from monitor.services import evaluation
from monitor.services.clinic import Clinic
from monitor.services.ports import Conflict, Refusal

CHANGED = frozenset({"alerts"})


@dataclass(frozen=True)
class Done:
    """The alert as it is now."""

    alert: Alert
    changed: frozenset[str] = CHANGED


def acknowledge(clinic: Clinic, alert_id: str, seen_version: int, note: str = "") -> Done:
    """Say that a person has seen it and takes it in hand. It stays listed."""
    return _move(clinic, alert_id, seen_version, Happening.ACKNOWLEDGE, note)


def resolve(clinic: Clinic, alert_id: str, seen_version: int, outcome: str, note: str = "") -> Done:
    """Close it with one of the protocol's outcomes; refuses Refusal("unknown_outcome").

    If its condition still holds it stays closed until it has gone away once or got worse.
    """
    return _move(clinic, alert_id, seen_version, Happening.RESOLVE, note, outcome=outcome)


def snooze(clinic: Clinic, alert_id: str, seen_version: int, until: dt.date, note: str) -> Done:
    """Put it aside until a date, with a reason.

    Refuses with Refusal("never_snoozed") for a rule that may not be, Refusal("no_reason"),
    Refusal("snooze_in_past").
    """
    if not note.strip():
        raise Refusal("no_reason")
    if until <= clinic.today():
        raise Refusal("snooze_in_past")
    return _move(clinic, alert_id, seen_version, Happening.SNOOZE, note, snoozed_until=until)


def reopen(clinic: Clinic, alert_id: str, seen_version: int, note: str = "") -> Done:
    """Take back that it was closed. Refuses Conflict("alert_open") if it was raised anew."""
    return _move(clinic, alert_id, seen_version, Happening.REOPEN, note, outcome="")


def _move(
    clinic: Clinic,
    alert_id: str,
    seen_version: int,
    happening: Happening,
    note: str,
    **fields: object,
) -> Done:
    """One step of an alert by a person, with its history and audit lines.

    Refuses with Conflict("alert_changed") if it changed since it was seen, and with
    Refusal("not_possible") if its state does not allow the step.
    """
    # Half of a surrogate pair, which a paste can hold, cannot be stored: a mark takes its place.
    said = note.strip().encode("utf-8", "replace").decode()
    with clinic.store.begin() as work:
        alert = work.alerts.get(alert_id)
        _refuse_if_changed(clinic, alert, seen_version)
        episode = work.episodes.get(alert.episode_id)
        protocol = clinic.protocols.current(episode.protocol_id)
        if happening is Happening.RESOLVE and fields["outcome"] not in protocol.outcomes:
            raise Refusal("unknown_outcome", outcome=str(fields["outcome"]))
        if happening is Happening.SNOOZE and not _may_snooze(alert, protocol):
            raise Refusal("never_snoozed")
        try:
            change = move(alert, happening, clinic.now(), clinic.actor, said, **fields)
        except NotPossible as error:
            raise Refusal("not_possible", state=error.state, step=error.happening) from error
        day = postoperative_day(episode.procedure.date, clinic.today())
        evaluation.write(work, change, day, seen_version)
        work.audit.add(clinic.signed(f"alert_{happening}", alert_id, said))
        work.commit()
    return Done(change.alert)


def _refuse_if_changed(clinic: Clinic, alert: Alert, seen_version: int) -> None:
    if alert.version != seen_version:
        at = alert.changed_at.astimezone(clinic.zone)
        raise Conflict(
            "alert_changed", by=alert.changed_by, at=f"{at:%Y-%m-%d %H:%M}", state=alert.state
        )


def _may_snooze(alert: Alert, protocol: Protocol) -> bool:
    rule = protocol.find_rule(alert.finding.rule)
    return rule is not None and rule.snooze
