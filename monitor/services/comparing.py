"""Whether the stored alerts are those that the rules and people made; if not, what puts them right.

Three comparisons, each exact, and none of which anything that a person does can disturb:

- what the rules own of each alert (its finding, its days) is sealed when an episode is judged, and
  must be the same when it is looked at again;
- what people own of it (its state, until when, its outcome) must be what its history tells,
  which the store lets nobody change;
- the last judgement, made again of the same answers, must come out the same.

A judgement compared by what it would now change (raise, end, keep) would not do: an alert that a
person reopens, or takes back, may need a change though nothing is at fault.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from monitor.domain.alert import Alert, Change, Event, Happening, Occasion, as_told, placed
from monitor.domain.finding import Finding, Judgement

Seals = Mapping[str, str]
"""A digest of each finding and of each alert, by what it is and, last but one, its rule."""


def seals(judgement: Judgement, alerts: Iterable[Alert]) -> Seals:
    """The seals of a judgement and of the alerts as it left them."""
    return _of_findings(judgement) | _of_alerts(alerts)


def seal(*parts: object) -> str:
    """A digest of values whose text tells them apart, the same in every process."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def altered(
    known: Seals, alerts: Iterable[Alert], histories: Mapping[str, tuple[Event, ...]]
) -> frozenset[str]:
    """The ids of the alerts that are not as they were left, gone ones and unknown ones included.

    histories: of each alert by its id, oldest line first.
    """
    stored = tuple(alerts)
    left = {key: digest for key, digest in known.items() if key.startswith(_ALERT)}
    found = _of_alerts(stored)
    differ = {key for key in left.keys() | found.keys() if left.get(key) != found.get(key)}
    unexplained = {a.id for a in stored if not _is_told(a, histories.get(a.id, ()))}
    return frozenset(_id(key) for key in differ) | unexplained


def resealed(known: Seals, before: Alert, after: Alert) -> Seals:
    """The seals with that of an alert renewed, where it was as it had been left."""
    is_whole = _of_alerts((before,)).items() <= known.items()
    return {**known, **_of_alerts((after,))} if is_whole else known


def misplaced(alerts: Iterable[Alert], judgement: Judgement, occasion: Occasion) -> frozenset[str]:
    """The ids of open alerts that hold and are not placed in the worklist as they should be."""
    holding = {finding.key for finding in judgement.findings}
    looked = (a for a in alerts if a.is_open and a.finding.key in holding)
    return frozenset(a.id for a in looked if placed(a, occasion) != a)


def comes_out_otherwise(known: Seals, judgement: Judgement) -> frozenset[str]:
    """The rules whose findings are not those of the judgement that was sealed."""
    left = {key: digest for key, digest in known.items() if not key.startswith(_ALERT)}
    found = _of_findings(judgement)
    differ = {key for key in left.keys() | found.keys() if left.get(key) != found.get(key)}
    return frozenset(_rule(key) for key in differ)


def rules_of(ids: Iterable[str], known: Seals, alerts: Iterable[Alert]) -> frozenset[str]:
    """The rules of alerts, also of those that are there no more."""
    rules = {_id(key): _rule(key) for key in known if key.startswith(_ALERT)}
    rules |= {alert.id: alert.finding.rule for alert in alerts if alert.id not in rules}
    return frozenset(rules[alert_id] for alert_id in ids)


def mend(
    alert: Alert,
    history: tuple[Event, ...],
    judgement: Judgement,
    at: dt.datetime,
    others: Iterable[Alert],
) -> Change | None:
    """The altered alert as its history says that it was left; None where that cannot be.

    Its finding is the one that holds now, if it is as urgent as the history says. What no
    history tells is left to the judgement that follows. An alert is not opened again beside
    one of the `others` of the same key.
    """
    if not history:
        return None
    last = history[-1]
    finding = replace(alert.finding, stage=last.stage, priority=last.priority)
    holding = (f for f in judgement.findings if f.key == finding.key)
    now = next((f for f in holding if f.priority is last.priority), finding)
    told = replace(as_told(alert, history), finding=now, version=alert.version + 1)
    taken = any(o.is_open and o.finding.key == now.key and o.id != alert.id for o in others)
    return None if told.is_open and taken else Change(told, Happening.UNDO, at)


_ALERT = "alert "
_FINDING = "finding "


def _of_findings(judgement: Judgement) -> dict[str, str]:
    return {
        f"{_FINDING}{f.rule} {f.place.site}/{f.place.side}": seal(*_parts(f))
        for f in judgement.findings
    }


def _of_alerts(alerts: Iterable[Alert]) -> dict[str, str]:
    return {
        f"{_ALERT}{a.finding.rule} {a.id}": seal(
            *_parts(a.finding), a.raised_day, a.ended_day, a.protocol_version, a.protocol_hash
        )
        for a in alerts
    }


def _parts(finding: Finding) -> tuple[object, ...]:
    # facts in one order: the store keeps them, but not in which order they were written down
    return (*(vars(finding) | {"facts": sorted(finding.facts.items())}).values(),)


def _rule(key: str) -> str:
    return key.split(" ", 2)[1]


def _id(key: str) -> str:
    return key.split(" ", 2)[2]


def _is_told(alert: Alert, history: tuple[Event, ...]) -> bool:
    """Whether an alert is what its history tells."""
    if not history:
        return False
    return alert.priority is history[-1].priority and as_told(alert, history) == alert
