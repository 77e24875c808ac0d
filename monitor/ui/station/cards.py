"""Turns an alert with its history into the card and the page that explain it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from monitor.domain.alert import Alert, Event, Happening, State
from monitor.domain.episode import Episode
from monitor.domain.finding import Evidence, Fact
from monitor.domain.protocol import Protocol
from monitor.services.clinic import Clinic
from monitor.services.review import AlertCard
from monitor.ui.shared.texts import (
    Words,
    alert_words,
    evidence_value,
    number,
    place_name,
    word,
)
from monitor.ui.station.views import Card, EvidenceLine, HistoryLine, Why
from monitor.ui.station.wording import long_date, short_date

translate = QCoreApplication.translate

SHOWN_OF_HASH = 12
"""Enough to tell two versions of a protocol apart, and short enough to read out."""

BY_RULES = "rules"


class CardWriter:
    """Writes the cards of one episode in one language."""

    def __init__(self, clinic: Clinic, protocol: Protocol, episode: Episode, words: Words) -> None:
        self._clinic = clinic
        self._protocol = protocol
        self._episode = episode
        self._words = words

    def card(self, given: AlertCard) -> Card:
        alert = given.alert
        said = alert_words(alert.finding, self._words)
        return Card(
            alert_id=alert.id,
            version=alert.version,
            priority=alert.priority,
            words=word(f"priority.{alert.priority}", self._words),
            title=said.title,
            sentence=said.sentence,
            clears=said.clears if alert.is_open else "",
            seen=self._seen(alert),
            can_acknowledge=alert.state is State.RAISED,
            can_resolve=alert.is_open,
            why=Why(
                title=said.title,
                sentence=said.sentence,
                why=said.why,
                clears=said.clears if alert.is_open else "",
                evidence=tuple(self._evidence(alert.finding.evidence)),
                facts=tuple(self._facts(given)),
                history=tuple(self._history(event) for event in given.events),
            ),
            outcomes=tuple(
                (code, word(f"outcome.{code}", self._words)) for code in self._protocol.outcomes
            ),
        )

    def _seen(self, alert: Alert) -> str:
        """Who did what to it last, where that is not the rules' raising it."""
        when = long_date(self._clinic.local_date(alert.changed_at))
        who = who_words(alert.changed_by)
        if alert.state is State.ACKNOWLEDGED:
            said = translate("station", "Acknowledged {when} by {who}")
        elif alert.state is State.SNOOZED and alert.snoozed_until is not None:
            until = long_date(alert.snoozed_until)
            said = translate("station", "Put aside until {until} by {who}").replace(
                "{until}", until
            )
        elif alert.state is State.RESOLVED:
            outcome = word(f"outcome.{alert.outcome}", self._words)
            said = translate("station", "Resolved {when} by {who} ({outcome})").replace(
                "{outcome}", outcome
            )
        elif alert.state is State.RETRACTED:
            return translate("station", "Closed {when}: its condition was gone").format(when=when)
        elif alert.ended_day is not None:
            return translate(
                "station", "Its condition ended on day {day}. It stays until a nurse closes it."
            ).format(day=alert.ended_day)
        else:
            return ""
        said = said.replace("{when}", when).replace("{who}", who)
        return f"{said}: {alert.note}" if alert.note else f"{said}."

    def _evidence(self, evidence: Iterable[Evidence]) -> Iterable[EvidenceLine]:
        for one in evidence:
            name = word(f"item.{one.item}.name", self._words)
            where = place_name(one.place, self._words)
            date = self._episode.procedure.date + dt.timedelta(days=one.day)
            yield EvidenceLine(
                day=str(one.day),
                date=short_date(date),
                question=f"{name} ({where})" if where else name,
                answer=evidence_value(one, self._words),
            )

    def _facts(self, given: AlertCard) -> Iterable[tuple[str, str]]:
        alert, finding = given.alert, given.alert.finding
        shown = dict(finding.facts)
        if "limit" in shown:
            yield translate("station", "Limit"), _fact(shown.pop("limit"))
        for key, value in shown.items():
            yield fact_name(key), _fact(value)
        yield translate("station", "Holds since"), self._day(finding.since_day)
        yield translate("station", "Rule, stage"), f"{finding.rule}, {finding.stage}"
        yield (
            translate("station", "Protocol"),
            f"{self._protocol.id} {alert.protocol_version}\n{alert.protocol_hash[:SHOWN_OF_HASH]}",
        )
        if given.grounds is None:
            gone = translate("station", "The protocol in force no longer has this rule.")
            yield translate("station", "Evidence"), gone
            return
        yield translate("station", "Evidence"), grade_words(given.grounds.grade)
        for key in given.grounds.sources:
            source = self._protocol.sources.get(key)
            yield translate("station", "Source"), source.citation if source else key

    def _day(self, day: int) -> str:
        date = self._episode.procedure.date + dt.timedelta(days=day)
        return translate("station", "day {day}, {date}").format(day=day, date=short_date(date))

    def _history(self, event: Event) -> HistoryLine:
        at = event.at.astimezone(self._clinic.zone)
        what = happening_words(event.happening)
        if event.happening in (Happening.RAISE, Happening.WORSEN):
            what = f"{what} ({word(f'priority.{event.priority}', self._words)}, {event.stage})"
        return HistoryLine(
            at=f"{short_date(at.date())} {at:%H:%M}",
            who=who_words(event.by),
            what=what,
            note=event.note,
        )


def _fact(value: Fact) -> str:
    return value.replace("_", " ") if isinstance(value, str) else number(value)


def who_words(by: str) -> str:
    """The program itself by its name, a person by theirs."""
    return "Rootwatch" if by == BY_RULES else by


def state_words(state: str) -> str:
    """What a person can do nothing more about: "acknowledged", "resolved" and the like."""
    return {
        State.RAISED: translate("station", "open"),
        State.ACKNOWLEDGED: translate("station", "acknowledged"),
        State.SNOOZED: translate("station", "put aside"),
        State.RESOLVED: translate("station", "resolved"),
        State.RETRACTED: translate("station", "closed, its condition was gone"),
    }[State(state)]


def happening_words(happening: Happening) -> str:
    """One step of an alert's history."""
    return {
        Happening.RAISE: translate("station", "Raised"),
        Happening.KEEP: translate("station", "Looked at again"),
        Happening.WORSEN: translate("station", "Got worse"),
        Happening.END: translate("station", "Condition ended"),
        Happening.RETURN: translate("station", "Condition came back"),
        Happening.RETRACT: translate("station", "Closed, condition gone"),
        Happening.WAKE: translate("station", "Back on the list"),
        Happening.ACKNOWLEDGE: translate("station", "Acknowledged"),
        Happening.SNOOZE: translate("station", "Put aside"),
        Happening.RESOLVE: translate("station", "Resolved"),
        Happening.REOPEN: translate("station", "Opened again"),
    }[happening]


def grade_words(grade: str) -> str:
    """What A, B and C stand for."""
    return {
        "A": translate("station", "A – direct evidence"),
        "B": translate("station", "B – indirect evidence"),
        "C": translate("station", "C – judgement of clinicians"),
    }[grade]


def fact_name(key: str) -> str:
    """The name of one number of a finding; its code in plain letters where there is none."""
    known = {
        "baseline": translate("station", "Score before the procedure"),
        "clear_at": translate("station", "Clears at or below"),
        "clear_reports": translate("station", "Reports running to clear"),
        "relief_day": translate("station", "Relief due by day"),
        "reference": translate("station", "Best level reached"),
        "expected_to_day": translate("station", "Expected up to day"),
        "persistent_from_day": translate("station", "Persistent from day"),
        "settled_at": translate("station", "Settled at"),
        "missed": translate("station", "Reports missed"),
        "last_day": translate("station", "Last report on day"),
        "due_day": translate("station", "Due on day"),
        "count": translate("station", "How many"),
        "symptom": translate("station", "Symptom"),
    }
    return known.get(key, key.replace("_", " ").capitalize())
