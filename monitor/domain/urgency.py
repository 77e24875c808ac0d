"""The clinical order of the worklist: one comparison, and the reason why somebody stands there."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from monitor.domain.alert import Alert, State
from monitor.domain.protocol import Priority

Reason = Literal["red_flag", "overdue", "past_window", "waiting", "in_hand", "snoozed"]
"""What speaks for an alert's place among those of the same priority."""

HANDLED: dict[State, int] = {State.RAISED: 0, State.ACKNOWLEDGED: 1, State.SNOOZED: 2}
"""What nobody has seen comes first, then what is in hand, then what was put aside."""

Urgency = tuple[int, int, int, bool, bool, int, dt.datetime, str]


def urgency(alert: Alert, now: dt.datetime, today: dt.date) -> Urgency:
    """Sorts the most urgent open alert first.

    In this order: waits for somebody to look; priority; kind of warning sign (red only, in the
    protocol's order; one whose rule the protocol has no more comes first, as nobody can say
    that it matters less); past the time by which somebody must answer; its condition still
    holds; days past its window; the longest waiting. A condition that has ended stands behind
    those that hold only where all before is the same: that it has settled must not hide that
    nobody looked in time. Alerts in hand or put aside are sorted likewise among themselves.

    The store sorts the same way by itself (`Alerts.waiting`), so that a long list need not be
    read to be sorted.
    """
    return (
        HANDLED[State.RAISED if is_back(alert, now) else alert.state],
        alert.priority.rank,
        alert.flag,
        not is_overdue(alert, now),
        alert.ended_day is not None,
        -days_past_window(alert, today),
        waits_since(alert, now),
        alert.id,
    )


def is_back(alert: Alert, now: dt.datetime) -> bool:
    """Whether the time has come until which it was in hand or put aside.

    The next sweep raises it again; until then it stands where it will stand, so that a sweep
    that is late, or never comes, hides nobody.
    """
    due = alert.until is not None and alert.until <= now
    return due and alert.state in (State.ACKNOWLEDGED, State.SNOOZED)


def is_overdue(alert: Alert, now: dt.datetime) -> bool:
    """Whether nobody has answered it in the time that its priority allows."""
    late = alert.respond_by is not None and alert.respond_by < now
    return late and alert.state is State.RAISED


def days_past_window(alert: Alert, today: dt.date) -> int:
    """Days since the end of the window that it has outlasted.

    0 where it has none, and where its condition has ended: that outlasts its window no more.
    """
    if alert.window_ended_on is None or alert.ended_day is not None:
        return 0
    return max((today - alert.window_ended_on).days, 0)


def waits_since(alert: Alert, now: dt.datetime) -> dt.datetime:
    """Since when it waits for a person."""
    return alert.until if alert.until is not None and is_back(alert, now) else alert.raised_at


def reason(alert: Alert, now: dt.datetime, today: dt.date) -> Reason:
    """The first thing in the order of `urgency` that speaks for this alert."""
    if alert.state is State.SNOOZED and not is_back(alert, now):
        return "snoozed"
    if alert.state is State.ACKNOWLEDGED and not is_back(alert, now):
        return "in_hand"
    if alert.priority is Priority.RED:
        return "red_flag"
    if is_overdue(alert, now):
        return "overdue"
    return "past_window" if days_past_window(alert, today) else "waiting"
