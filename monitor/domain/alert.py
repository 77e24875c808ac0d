"""A finding's life with people: the states of an alert as one table, and reconciliation.

The words are those of alarm management (ISA-18.2): acknowledged = seen by a person,
snoozed (shelved) = put aside until, retracted (returned to normal) = the condition is gone,
latched = stays until a person closes it.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from monitor.domain.finding import Finding, Judgement
from monitor.domain.protocol import Priority, Protocol

RULES = "rules"
"""Who moved an alert when it was the program itself."""

FOLLOW_UP_ENDED = "follow_up_ended"
"""The outcome of an alert that was closed with its follow-up; not one that a person chooses."""

Useful = Literal["", "useful", "not_useful"]
"""What a person thought of an alert; empty while nobody has said."""

Cause = Literal[
    "",
    "report",
    "late_report",
    "corrected_report",
    "time",
    "episode_changed",
    "protocol_changed",
    "repair",
]
"""Why the rules looked again, told beside what they changed; empty where a person acted.

"repair": a sweep found that what is stored is not what the answers say.
"""


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
    UNDO = "undo"
    RATE = "rate"


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
    (_A, Happening.WAKE): _R,  # in hand too long and not closed: somebody must look again
    (_S, Happening.WAKE): _R,
    # from people
    (_R, Happening.ACKNOWLEDGE): _A,
    (_R, Happening.SNOOZE): _S,
    (_A, Happening.SNOOZE): _S,
    (_R, Happening.RESOLVE): _C,
    (_A, Happening.RESOLVE): _C,
    (_S, Happening.RESOLVE): _C,
    (_C, Happening.REOPEN): _R,
    **{(state, Happening.RATE): state for state in State},
}
"""Every transition there is, but for UNDO; what is not in the table cannot happen.

`docs/alerts.md` says the same in words.
"""

UNDOABLE = frozenset({Happening.ACKNOWLEDGE, Happening.SNOOZE, Happening.RESOLVE, Happening.REOPEN})
"""The steps that the person who took them may take back: the alert is again as it was before."""

LOOKED = frozenset({Happening.ACKNOWLEDGE, Happening.SNOOZE, Happening.RESOLVE})
"""The steps that show that a person knows how bad it is."""

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
    (raised, or come back after it was seen); `raised_day` is the postoperative day on which it
    was first raised; `ended_day` the day on which its condition was found gone (None while it
    holds). `version` counts the changes: who changes an alert states the version they saw.
    `changed_by` and `changed_at` tell who brought it into its state ("rules" for the program
    itself) and when, `note` why: what happens to it there takes it out of nobody's hands.

    `until` is when it comes back by itself: the end of a snooze, or the time by which what is
    in hand must be closed. `seen_severity` is the severity that a person last looked at: not
    even undoing what they did takes that back.
    `respond_by`, `flag` and `window_ended_on` place it in the worklist (`monitor.domain.urgency`):
    when somebody must have answered it (said of raised ones only), the place of its rule among
    the protocol's (red alerts only, otherwise 0), and the date on which the window ended that it
    has outlasted.
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
    until: dt.datetime | None = None
    seen_severity: int | None = None
    respond_by: dt.datetime | None = None
    flag: int = 0
    window_ended_on: dt.date | None = None
    useful: Useful = ""
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
    """One line of an alert's history: who did what to it, when and why.

    `note` is a person's reason, `cause` the program's; `until`, `outcome` and `useful` are as
    they were after it.
    """

    alert_id: str
    at: dt.datetime
    by: str
    happening: Happening
    state: State
    day: int
    stage: str
    priority: Priority
    note: str = ""
    cause: Cause = ""
    until: dt.datetime | None = None
    outcome: str = ""
    useful: Useful = ""


@dataclass(frozen=True)
class Change:
    """An alert as it is after a happening, and what happened: when, by whom and why.

    `note` is that of this step, and empty for the program's; `alert.note` is that of the step
    which brought the alert into its state.
    """

    alert: Alert
    happening: Happening
    at: dt.datetime
    by: str = RULES
    note: str = ""


def move(
    alert: Alert, happening: Happening, at: dt.datetime, by: str, note: str = "", **fields: object
) -> Change:
    """Take an alert one step along the table; refuses with NotPossible what is not in it."""
    target = TRANSITIONS.get((alert.state, happening))
    if target is None:
        raise NotPossible(alert.state, happening)
    moved = replace(alert, version=alert.version + 1)
    if target is not alert.state:
        moved = replace(moved, state=target, changed_at=at, changed_by=by, note=note, until=None)
        if target is State.RAISED:
            moved = replace(moved, raised_at=at)
    if happening in LOOKED:
        moved = replace(moved, seen_severity=alert.finding.severity)
    return Change(replace(moved, **fields), happening, at, by, note)  # type: ignore[arg-type]


def last_step(events: Iterable[Event]) -> Event | None:
    """The last thing that happened to an alert, but for what people thought of it."""
    steps = [event for event in events if event.happening is not Happening.RATE]
    return steps[-1] if steps else None


def undo(alert: Alert, events: Sequence[Event], at: dt.datetime, by: str) -> Change:
    """Take back the last step of an alert, so that it is again as it was before.

    events: its history, oldest first. Refuses with NotPossible unless the last step was taken
    by the same person and is one that can be taken back.
    """
    last = last_step(events)
    if last is None or last.by != by or last.happening not in UNDOABLE:
        raise NotPossible(alert.state, Happening.UNDO)
    restored = replace(_after(alert, _standing(events)[:-1]), version=alert.version + 1)
    return Change(restored, Happening.UNDO, at, by)


def as_told(alert: Alert, events: Sequence[Event]) -> Alert:
    """The alert with all that people own of it as its history tells it.

    events: its history, oldest first, never empty.
    """
    return replace(_after(alert, _standing(events)), useful=events[-1].useful)


def _after(alert: Alert, steps: Sequence[Event]) -> Alert:
    """The alert as these steps left it: what nobody took back, from its raising on."""
    came = [step for n, step in enumerate(steps) if not n or step.state is not steps[n - 1].state]
    return replace(
        alert,
        state=came[-1].state,
        raised_at=next(step.at for step in reversed(came) if step.state is State.RAISED),
        changed_at=came[-1].at,
        changed_by=came[-1].by,
        note=came[-1].note,
        until=steps[-1].until,
        outcome=steps[-1].outcome,
    )


def _standing(events: Iterable[Event]) -> list[Event]:
    """The steps of an alert that nobody took back, oldest first.

    The program itself undoes only what no history tells of: an alert that was altered.
    """
    steps: list[Event] = []
    for event in events:
        if event.happening is Happening.UNDO:
            if event.by != RULES:
                steps.pop()
        elif event.happening is not Happening.RATE:
            steps.append(event)
    return steps


@dataclass(frozen=True)
class Occasion:
    """When and by which protocol a judgement was made.

    `day` is the postoperative day that was judged and `date` its date in the clinic's zone.
    """

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
    evaluated stays as it is, but for coming back when its time has come. One happening is told
    of an alert each time, the one that asks most of people: worse, then back, then the rest.
    """
    standing: dict[tuple[str, str, str], list[Alert]] = {}
    for alert in alerts:
        if alert.is_open or _is_closed_but_true(alert):
            standing.setdefault(alert.finding.key, []).append(alert)
    found = {finding.key: finding for finding in judgement.findings}
    changes = [
        change
        for key, finding in found.items()
        if (change := _meet(episode_id, finding, standing.get(key, []), occasion, new_id))
    ]
    unknown = {note.rule for note in judgement.not_evaluable}
    for key, several in standing.items():
        for alert in several if key not in found else ():
            is_unknown = alert.finding.rule in unknown
            changes += _wake(alert, occasion) if is_unknown else _part(alert, occasion)
    return tuple(
        replace(change, alert=placed(change.alert, occasion)) if change.alert.is_open else change
        for change in changes
    )


def placed(alert: Alert, occasion: Occasion) -> Alert:
    """The alert with what its place in the worklist follows from.

    The time to answer it runs from when it began to wait: what gets worse before anybody saw
    it never gets more time.
    """
    hours = occasion.protocol.priorities[alert.priority].respond_hours
    rules = [rule.id for rule in occasion.protocol.rules]
    is_flag = alert.priority is Priority.RED and alert.finding.rule in rules
    end = alert.finding.facts.get("expected_to_day")
    return replace(
        alert,
        respond_by=None if hours is None else alert.raised_at + dt.timedelta(hours=hours),
        flag=1 + rules.index(alert.finding.rule) if is_flag else 0,
        window_ended_on=occasion.date - dt.timedelta(days=occasion.day - end)
        if isinstance(end, int)
        else None,
    )


def recounted(alert: Alert, days: int) -> Alert:
    """The alert of an episode whose procedure turned out to be `days` days later.

    What it tells of stays on its dates, so the days from the procedure to it are fewer; a window
    moves with the procedure. The numbers in `finding.facts` stay as they were judged.
    """
    told = alert.finding
    finding = replace(
        told,
        since_day=told.since_day - days,
        evidence=tuple(replace(one, day=one.day - days) for one in told.evidence),
    )
    ended_on = alert.window_ended_on
    return replace(
        alert,
        finding=finding,
        raised_day=alert.raised_day - days,
        ended_day=None if alert.ended_day is None else alert.ended_day - days,
        window_ended_on=ended_on and ended_on + dt.timedelta(days=days),
    )


def _meet(
    episode_id: str,
    finding: Finding,
    standing: Sequence[Alert],
    occasion: Occasion,
    new_id: Callable[[], str],
) -> Change | None:
    """What a finding does to the alerts of its key that are open, or closed while it was true.

    Which of them came first does not count: a clock may have been wrong.
    """
    for alert in standing:
        if alert.is_open:
            return _join(finding, alert, occasion)
    if all(_is_worse(finding, alert, occasion) for alert in standing):
        return _raise(episode_id, finding, occasion, new_id)
    return None


def _join(finding: Finding, alert: Alert, occasion: Occasion) -> Change | None:
    """What a finding does to an open alert of its key."""
    kept = _kept(finding, alert, occasion)
    if _is_worse(finding, alert, occasion):
        happening = Happening.WORSEN  # worse breaks a snooze, also of what had ended
    elif _is_due(alert, occasion):
        happening = Happening.WAKE
    elif alert.ended_day is not None:
        happening = Happening.RETURN
    else:
        # More evidence for what is known already: who acts on it need not start again.
        grown = placed(replace(alert, finding=kept), occasion)
        return Change(grown, Happening.KEEP, occasion.at) if grown != alert else None
    return move(alert, happening, occasion.at, RULES, finding=kept, ended_day=None)


def _is_worse(finding: Finding, alert: Alert, occasion: Occasion) -> bool:
    """More urgent, or as urgent and a later stage of the rule, or so much more severe."""
    is_above = _weight(finding, occasion) < _weight(alert.finding, occasion)
    return is_above or _has_grown(finding, alert, occasion)


def _kept(finding: Finding, alert: Alert, occasion: Occasion) -> Finding:
    """What an alert says now: the finding, unless it is milder than what was raised.

    One that is milder in kind and yet more severe is shown, at the priority that the alert had.
    """
    if _weight(finding, occasion) <= _weight(alert.finding, occasion):
        return finding
    if finding.severity <= alert.finding.severity:
        return alert.finding
    return replace(finding, priority=min(finding.priority, alert.priority, key=lambda p: p.rank))


def _weight(finding: Finding, occasion: Occasion) -> tuple[int, int]:
    """Sorts the most urgent first, of equally urgent ones the latest stage of the rule."""
    rule = occasion.protocol.find_rule(finding.rule)
    stages = [stage.id for stage in rule.stages] if rule else []
    step = stages.index(finding.stage) if finding.stage in stages else 0
    return finding.priority.rank, -step


def _is_due(alert: Alert, occasion: Occasion) -> bool:
    """Whether the time has come at which an alert comes back to those who put it aside."""
    return alert.until is not None and alert.until <= occasion.at


def _has_grown(finding: Finding, alert: Alert, occasion: Occasion) -> bool:
    """Whether it has become so much more than people know of it.

    They know of a raised alert what it says, and of any other what it said when they looked.
    """
    rule = occasion.protocol.find_rule(finding.rule)
    known, rise = alert.finding.severity, occasion.protocol.presence.rise
    if alert.state is not State.RAISED:
        known = known if alert.seen_severity is None else alert.seen_severity
        if rule is not None and rule.raise_again_rise is not None:
            rise = rule.raise_again_rise
    return finding.severity - known >= rise


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
    return Change(alert, Happening.RAISE, occasion.at)


def _part(alert: Alert, occasion: Occasion) -> list[Change]:
    """What happens to an alert whose finding is gone, or was gone already."""
    rule = occasion.protocol.find_rule(alert.finding.rule)
    if alert.ended_day is not None:
        return _wake(alert, occasion)
    latched = rule is None or rule.latch or alert.state is State.RESOLVED
    if not latched:
        happening = Happening.RETRACT
    elif _is_due(alert, occasion):
        happening = Happening.WAKE
    else:
        happening = Happening.END
    return [move(alert, happening, occasion.at, RULES, ended_day=occasion.day)]


def _wake(alert: Alert, occasion: Occasion) -> list[Change]:
    """An alert whose time has come, back before people; nothing where it has not."""
    due = _is_due(alert, occasion)
    return [move(alert, Happening.WAKE, occasion.at, RULES)] if due else []
