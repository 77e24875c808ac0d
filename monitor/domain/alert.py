"""A finding's life with people: the states of an alert as one table, and reconciliation.

The words are those of alarm management (ISA-18.2): acknowledged = seen by a person,
snoozed (shelved) = put aside until, retracted (returned to normal) = the condition is gone,
latched = stays until a person closes it.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from monitor.domain.finding import Finding, Judgement
from monitor.domain.protocol import Priority, Protocol

RULES = "rules"
"""Who moved an alert when it was the program itself."""


class State(enum.StrEnum):
    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"
    RETRACTED = "retracted"


class Happening(enum.StrEnum):
    """What can happen to an alert; the first seven come from the rules, the rest from people."""

    RAISE = "raise"
    KEEP = "keep"
    WORSEN = "worsen"
    END = "end"
    RETURN = "return"
    RETRACT = "retract"
    WAKE = "wake"
    ACKNOWLEDGE = "acknowledge"
    SNOOZE = "snooze"
    RESOLVE = "resolve"
    REOPEN = "reopen"


_R, _A, _S, _C, _X = (
    State.RAISED,
    State.ACKNOWLEDGED,
    State.SNOOZED,
    State.RESOLVED,
    State.RETRACTED,
)

TRANSITIONS: dict[tuple[State | None, Happening], State] = {
    # from the rules
    (None, Happening.RAISE): _R,
    (_R, Happening.KEEP): _R,
    (_A, Happening.KEEP): _A,
    (_S, Happening.KEEP): _S,
    (_R, Happening.WORSEN): _R,
    (_A, Happening.WORSEN): _R,  # worse than what was acknowledged: somebody must look again
    (_S, Happening.WORSEN): _R,  # worse breaks a snooze
    (_R, Happening.END): _R,  # latched: listed until a person closes it
    (_A, Happening.END): _A,
    (_S, Happening.END): _S,
    (_C, Happening.END): _C,  # noted, so that a later return counts as new
    (_R, Happening.RETURN): _R,
    (_A, Happening.RETURN): _R,
    (_S, Happening.RETURN): _S,
    (_R, Happening.RETRACT): _X,
    (_A, Happening.RETRACT): _X,
    (_S, Happening.RETRACT): _X,
    (_S, Happening.WAKE): _R,
    # from people
    (_R, Happening.ACKNOWLEDGE): _A,
    (_R, Happening.SNOOZE): _S,
    (_A, Happening.SNOOZE): _S,
    (_R, Happening.RESOLVE): _C,
    (_A, Happening.RESOLVE): _C,
    (_S, Happening.RESOLVE): _C,
    (_C, Happening.REOPEN): _R,
}
"""Every transition there is; what is not in the table cannot happen."""

OPEN = frozenset({_R, _A, _S})


class NotPossible(Exception):
    """A happening that the state of the alert does not allow."""

    def __init__(self, state: State, happening: Happening) -> None:
        super().__init__(f"an alert that is {state} cannot {happening}")
        self.state = state
        self.happening = happening


@dataclass(frozen=True)
class Alert:
    """One concern about one episode, from the moment it was raised.

    At most one alert is open per episode, rule, site and side (`finding.key`).
    `finding` is the latest judgement of it; `raised_at` says since when it waits for a person
    (raised, worse, or come back after it was seen); `raised_day` is the postoperative day on
    which it was first raised; `ended_day` the day on which its condition was found gone (None
    while it holds). `version` counts the changes: who changes an alert states the version they
    saw.
    `changed_by` and `changed_at` tell who moved it last ("rules" for the program itself).
    """

    id: str
    episode_id: str
    finding: Finding
    state: State
    raised_at: dt.datetime
    raised_day: int
    protocol_version: str
    protocol_hash: str
    changed_at: dt.datetime
    changed_by: str = RULES
    ended_day: int | None = None
    snoozed_until: dt.date | None = None
    note: str = ""
    outcome: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def priority(self) -> Priority:
        return self.finding.priority


@dataclass(frozen=True)
class Event:
    """One line of an alert's history: who did what to it, when and why."""

    alert_id: str
    at: dt.datetime
    by: str
    happening: Happening
    state: State
    day: int
    stage: str
    priority: Priority
    note: str = ""


@dataclass(frozen=True)
class Change:
    """An alert as it is after a happening, and what happened."""

    alert: Alert
    happening: Happening


def move(
    alert: Alert, happening: Happening, at: dt.datetime, by: str, note: str = "", **fields: object
) -> Change:
    """Take an alert one step along the table; refuses with NotPossible what is not in it."""
    target = TRANSITIONS.get((alert.state, happening))
    if target is None:
        raise NotPossible(alert.state, happening)
    is_news = alert.state is not State.RAISED or happening is Happening.WORSEN
    waits_anew = target is State.RAISED and is_news
    moved = replace(
        alert,
        state=target,
        raised_at=at if waits_anew else alert.raised_at,
        changed_at=at,
        changed_by=by,
        note=note,
        version=alert.version + 1,
        snoozed_until=alert.snoozed_until if target is State.SNOOZED else None,
    )
    moved = replace(moved, **fields)  # type: ignore[arg-type]
    return Change(moved, happening)


@dataclass(frozen=True)
class Occasion:
    """When and by which protocol a judgement was made."""

    at: dt.datetime
    day: int
    date: dt.date
    protocol: Protocol


def reconcile(
    episode_id: str,
    judgement: Judgement,
    alerts: Iterable[Alert],
    occasion: Occasion,
    new_id: Callable[[], str],
) -> tuple[Change, ...]:
    """What a judgement changes about an episode's alerts: raise, keep, worsen, end, retract.

    Never lowers an alert: a finding that is milder than what was raised leaves its priority.
    Judging again with the same judgement changes nothing. An alert whose rule could not be
    evaluated stays as it is.
    """
    latest: dict[tuple[str, str, str], Alert] = {}
    for alert in sorted(alerts, key=lambda a: a.raised_at):
        known = latest.get(alert.finding.key)
        if known is None or not known.is_open:
            latest[alert.finding.key] = alert
    found = {finding.key: finding for finding in judgement.findings}
    changes = [
        change
        for key, finding in found.items()
        if (change := _meet(episode_id, finding, latest.get(key), occasion, new_id))
    ]
    unknown = {note.rule for note in judgement.not_evaluable}
    for key, alert in latest.items():
        if key not in found and alert.finding.rule not in unknown:
            changes += _part(alert, occasion)
    return tuple(changes)


def _meet(
    episode_id: str,
    finding: Finding,
    alert: Alert | None,
    occasion: Occasion,
    new_id: Callable[[], str],
) -> Change | None:
    """What a finding does to the latest alert of its key."""
    if alert is None or not (alert.is_open or _is_closed_but_true(alert)):
        return _raise(episode_id, finding, occasion, new_id)
    worse = _is_worse(finding, alert, occasion)
    if not alert.is_open:
        if worse or _has_grown(finding, alert, occasion):
            return _raise(episode_id, finding, occasion, new_id)
        return None
    kept = alert.finding if _is_milder(finding, alert, occasion) else finding
    if worse:
        happening = Happening.WORSEN  # also of one that had ended: worse breaks a snooze
    elif _is_due(alert, occasion):
        happening = Happening.WAKE
    elif alert.ended_day is not None:
        happening = Happening.RETURN
    else:
        # More evidence for what is known already: who acts on it need not start again.
        grown = replace(alert, finding=kept)
        return Change(grown, Happening.KEEP) if kept != alert.finding else None
    return move(alert, happening, occasion.at, RULES, finding=kept, ended_day=None)


def _is_worse(finding: Finding, alert: Alert, occasion: Occasion) -> bool:
    """More urgent than what was raised, or as urgent and a later stage of the rule."""
    return _weight(finding, occasion) < _weight(alert.finding, occasion)


def _is_milder(finding: Finding, alert: Alert, occasion: Occasion) -> bool:
    return _weight(finding, occasion) > _weight(alert.finding, occasion)


def _weight(finding: Finding, occasion: Occasion) -> tuple[int, int]:
    """Sorts the most urgent first, of equally urgent ones the latest stage of the rule."""
    rule = occasion.protocol.find_rule(finding.rule)
    stages = [stage.id for stage in rule.stages] if rule else []
    step = stages.index(finding.stage) if finding.stage in stages else 0
    return finding.priority.rank, -step


def _is_due(alert: Alert, occasion: Occasion) -> bool:
    """Whether the date has come until which a person put an alert aside."""
    return alert.snoozed_until is not None and alert.snoozed_until <= occasion.date


def _has_grown(finding: Finding, alert: Alert, occasion: Occasion) -> bool:
    """Whether what a person closed while it was true has become so much more since then."""
    rule = occasion.protocol.find_rule(finding.rule)
    rise = occasion.protocol.presence.rise
    if rule is not None and rule.raise_again_rise is not None:
        rise = rule.raise_again_rise
    return finding.severity - alert.finding.severity >= rise


def _is_closed_but_true(alert: Alert) -> bool:
    """A person closed it while its condition held, and the condition never went away."""
    return alert.state is State.RESOLVED and alert.ended_day is None


def _raise(
    episode_id: str, finding: Finding, occasion: Occasion, new_id: Callable[[], str]
) -> Change:
    alert = Alert(
        id=new_id(),
        episode_id=episode_id,
        finding=finding,
        state=TRANSITIONS[None, Happening.RAISE],
        raised_at=occasion.at,
        raised_day=occasion.day,
        protocol_version=occasion.protocol.version,
        protocol_hash=occasion.protocol.content_hash,
        changed_at=occasion.at,
    )
    return Change(alert, Happening.RAISE)


def _part(alert: Alert, occasion: Occasion) -> list[Change]:
    """What happens to an alert whose finding is gone, or was gone already."""
    rule = occasion.protocol.find_rule(alert.finding.rule)
    if alert.ended_day is not None:
        due = _is_due(alert, occasion)
        return [move(alert, Happening.WAKE, occasion.at, RULES)] if due else []
    latched = rule is None or rule.latch or alert.state is State.RESOLVED
    if not latched:
        happening = Happening.RETRACT
    elif _is_due(alert, occasion):
        happening = Happening.WAKE
    else:
        happening = Happening.END
    return [move(alert, happening, occasion.at, RULES, ended_day=occasion.day)]
