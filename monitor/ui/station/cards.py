"""Turns an alert with its history into the card and the page that explain it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import get_args

from PySide6.QtCore import QCoreApplication

from monitor.domain.alert import LOOKED, RULES, Alert, Cause, Event, Happening, State, Useful
from monitor.domain.episode import Episode
from monitor.domain.finding import Evidence, Fact
from monitor.domain.protocol import Protocol
from monitor.domain.rules.missed import MISSED_REPORT
from monitor.domain.urgency import is_back
from monitor.services import alerts
from monitor.services.clinic import Clinic
from monitor.services.permissions import may
from monitor.services.review import AlertCard
from monitor.ui.shared.texts import (
    Words,
    alert_words,
    evidence_value,
    number,
    place_name,
    word,
)
from monitor.ui.station.dates import moment, short_moment, weekday_date
from monitor.ui.station.reports import full_name
from monitor.ui.station.views import Card, EvidenceLine, HistoryLine, Step, Why
from monitor.ui.station.wording import short_date

translate = QCoreApplication.translate

SHOWN_OF_HASH = 12
"""Enough to tell two versions of a protocol apart, and short enough to read out."""

STEPS: tuple[Step, ...] = get_args(Step)


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
        clears = said.clears if alert.is_open else ""
        times = self._protocol.priorities[alert.priority]
        cannot = self._cannot(alert)
        return Card(
            alert_id=alert.id,
            version=alert.version,
            priority=alert.priority,
            words=word(f"priority.{alert.priority}", self._words),
            title=said.title,
            sentence=said.sentence,
            clears=clears,
            states=tuple(self._states(given)),
            can=frozenset(STEPS) - {step for step, _why in cannot},
            cannot=cannot,
            useful=alert.useful,
            why=Why(
                title=said.title,
                sentence=said.sentence,
                why=said.why,
                clears=clears,
                evidence=tuple(self._evidence(alert.finding.evidence)),
                facts=tuple(self._facts(given)),
                history=tuple(self._history(event) for event in given.events),
            ),
            outcomes=tuple(
                (code, word(f"outcome.{code}", self._words)) for code in self._protocol.outcomes
            ),
            close_hours=times.close_hours,
            snooze_days=alerts.longest_snooze(alert, self._protocol),
        )

    def _cannot(self, alert: Alert) -> tuple[tuple[Step, str], ...]:
        """The steps that are not possible now, each with the reason as a sentence."""
        told: dict[Step, str] = {}
        if not may(self._clinic.acting, "act"):
            said = translate("station", "You may read here, and change nothing.")
            return tuple((step, said) for step in STEPS)
        if not alert.is_open:
            closed = translate("station", "This alert is closed.")
            told = {"acknowledge": closed, "snooze": closed, "resolve": closed}
        if alert.state is State.ACKNOWLEDGED:
            told["acknowledge"] = translate("station", "This alert is in hand already.")
        if alert.state is State.SNOOZED:
            aside = translate("station", "This alert is put aside; it comes back by itself.")
            told |= {"acknowledge": aside, "snooze": aside}
        never = self._never_aside(alert)
        if never and "snooze" not in told:
            told["snooze"] = never
        if alert.state is State.RETRACTED:
            told["reopen"] = translate(
                "station", "Its condition was gone. If it comes back, the alert does."
            )
        elif alert.is_open:
            told["reopen"] = translate("station", "This alert is open.")
        return tuple(told.items())

    def _never_aside(self, alert: Alert) -> str:
        """Why an alert may not be put aside; "" where it may."""
        if alerts.longest_snooze(alert, self._protocol):
            return ""
        if self._protocol.priorities[alert.priority].snooze_days == 0:
            said = translate("station", "“{priority}” is never put aside.")
            return said.format(priority=word(f"priority.{alert.priority}", self._words))
        return translate("station", "The protocol lets nobody put this kind of alert aside.")

    def _states(self, given: AlertCard) -> Iterable[str]:
        """What people and time have done with it, where that is not only that it was raised."""
        alert = given.alert
        if alert.state is State.ACKNOWLEDGED:
            yield self._in_hand(alert)
        elif alert.state is State.SNOOZED:
            yield self._put_aside(alert)
        elif alert.state is State.RESOLVED:
            yield self._closed(alert)
        elif alert.state is State.RETRACTED:
            gone = translate("station", "Closed {when}: its condition was gone.")
            yield gone.format(when=self._moment(alert.changed_at))
        else:
            yield from self._back(given)
        if alert.is_open and alert.ended_day is not None:
            ended = translate("station", "Ended on day {day}: stays until you close it.")
            yield ended.format(day=alert.ended_day)
        if alert.useful == "useful":
            yield translate("station", "Marked as useful.")
        elif alert.useful == "not_useful":
            yield translate("station", "Marked as not useful.")

    def _in_hand(self, alert: Alert) -> str:
        if alert.until is None:
            said = translate("station", "In hand by {who} since {since}.")
        elif is_back(alert, self._clinic.now()):
            said = translate("station", "Was in hand by {who} since {since}; came back {until}.")
        else:
            said = translate("station", "In hand by {who} since {since}, comes back {until}.")
        told = said.format(
            who=who_words(alert.changed_by),
            since=short_moment(alert.changed_at, self._now()),
            until="" if alert.until is None else self._moment(alert.until),
        )
        return self._with_note(told, alert.note)

    def _put_aside(self, alert: Alert) -> str:
        who = who_words(alert.changed_by)
        if alert.until is None:
            said = translate("station", "Put aside by {who}: {note}")
            return said.format(who=who, note=alert.note)
        said = translate("station", "Put aside by {who} until {until}: {note}")
        until = weekday_date(self._clinic.local_date(alert.until), self._clinic.today())
        return said.format(who=who, until=until, note=alert.note)

    def _closed(self, alert: Alert) -> str:
        said = translate("station", "Closed by {who} {when} as “{outcome}”.").format(
            who=who_words(alert.changed_by),
            when=self._moment(alert.changed_at),
            outcome=word(f"outcome.{alert.outcome}", self._words),
        )
        return self._with_note(said, alert.note)

    def _back(self, given: AlertCard) -> Iterable[str]:
        """Why an open alert that somebody had seen, or that had ended, waits again."""
        event = next((e for e in reversed(given.events) if e.happening in _back_words()), None)
        if event is None or given.alert.ended_day is not None:
            return
        said, who = _back_words()[event.happening], event.by
        if event.happening is Happening.WAKE:
            earlier = given.events[: given.events.index(event)]
            looked = [e for e in earlier if e.happening in LOOKED]
            who = looked[-1].by if looked else ""
            if looked and looked[-1].happening is Happening.SNOOZE:
                said = translate("station", "Back {when}: it was put aside by {who} until then.")
        told = said.format(who=who_words(who), when=self._moment(event.at))
        yield self._with_note(told, event.note)

    def _with_note(self, said: str, note: str) -> str:
        if not note:
            return said
        return translate("station", "{said} “{note}”").format(said=said, note=note)

    def _now(self) -> dt.datetime:
        return self._clinic.now().astimezone(self._clinic.zone)

    def _moment(self, at: dt.datetime) -> str:
        return moment(at, self._now())

    def _evidence(self, evidence: Iterable[Evidence]) -> Iterable[EvidenceLine]:
        for one in evidence:
            name = word(f"item.{one.item}.name", self._words)
            if one.item == MISSED_REPORT:
                name = full_name(one.item, one.place, self._words)
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
            is_day = key.endswith("_day") and isinstance(value, int)
            yield fact_name(key), self._day(int(value)) if is_day else _fact(value)
        yield translate("station", "Holds since"), self._day(finding.since_day)
        if alert.window_ended_on is not None:
            yield translate("station", "Window ended"), short_date(alert.window_ended_on)
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

    def what_happened(self, event: Event) -> str:
        """One step of an alert's history in words, without the person's note."""
        return self._what(event)

    def _history(self, event: Event) -> HistoryLine:
        at = event.at.astimezone(self._clinic.zone)
        return HistoryLine(
            at=f"{short_date(at.date())} {at:%H:%M}",
            who=who_words(event.by),
            what=self._what(event),
            why=event.note or cause_words(event.cause),
        )

    def _what(self, event: Event) -> str:
        """One step of the history, with what belongs to it."""
        until = "" if event.until is None else self._moment(event.until)
        said = happening_words(event.happening)
        if event.happening in (Happening.RAISE, Happening.WORSEN):
            said = _staged_words()[event.happening]
        elif event.happening is Happening.ACKNOWLEDGE and until:
            said = translate("station", "Taken in hand; comes back {until}")
        elif event.happening is Happening.SNOOZE and until:
            said = translate("station", "Put aside; comes back {until}")
        elif event.happening is Happening.RESOLVE:
            said = translate("station", "Closed: {outcome}")
        elif event.happening is Happening.RATE:
            said = _rating_words()[event.useful]
        return said.format(
            priority=word(f"priority.{event.priority}", self._words),
            stage=event.stage,
            until=until,
            outcome=word(f"outcome.{event.outcome}", self._words) if event.outcome else "",
        )


def _back_words() -> dict[Happening, str]:
    return {
        Happening.WAKE: translate(
            "station", "Back {when}: it was in hand by {who} and not closed."
        ),
        Happening.WORSEN: translate("station", "Got worse {when}."),
        Happening.RETURN: translate("station", "Had ended, and came back {when}."),
        Happening.REOPEN: translate("station", "Opened again by {who} {when}."),
    }


def _staged_words() -> dict[Happening, str]:
    return {
        Happening.RAISE: translate("station", "Raised ({priority}, {stage})"),
        Happening.WORSEN: translate("station", "Got worse ({priority}, {stage})"),
    }


def _rating_words() -> dict[Useful, str]:
    return {
        "": translate("station", "Took back what they thought of its use"),
        "useful": translate("station", "Marked as useful"),
        "not_useful": translate("station", "Marked as not useful"),
    }


def cause_words(cause: Cause) -> str:
    """Why the rules looked again; "" where a person acted."""
    return {
        "": "",
        "report": translate("station", "A report came"),
        "late_report": translate("station", "A report came late"),
        "corrected_report": translate("station", "A report was corrected"),
        "time": translate("station", "Time passed"),
        "episode_changed": translate("station", "The follow-up was changed"),
        "protocol_changed": translate("station", "The protocol changed"),
        "repair": translate("station", "The check of everybody found it"),
    }[cause]


def _fact(value: Fact) -> str:
    return value.replace("_", " ") if isinstance(value, str) else number(value)


def who_words(by: str) -> str:
    """The program itself by its name, a person by theirs."""
    return "Rootwatch" if by == RULES else by


def done_words(happening: Happening) -> str:
    """What somebody else did first, as a sentence with {who} and {when}."""
    return {
        Happening.ACKNOWLEDGE: translate("station", "{who} took it in hand {when}."),
        Happening.SNOOZE: translate("station", "{who} put it aside {when}."),
        Happening.RESOLVE: translate("station", "{who} closed it {when}."),
        Happening.REOPEN: translate("station", "{who} opened it again {when}."),
        Happening.UNDO: translate("station", "{who} took a step back {when}."),
        Happening.RATE: translate("station", "{who} said {when} whether it was useful."),
        Happening.WORSEN: translate("station", "It got worse {when}."),
        Happening.END: translate("station", "Its condition ended {when}."),
        Happening.RETURN: translate("station", "Its condition came back {when}."),
        Happening.RETRACT: translate("station", "It was closed {when}: its condition was gone."),
        Happening.WAKE: translate("station", "It came back on the list {when}."),
    }.get(happening, translate("station", "{who} changed it {when}."))


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
        Happening.ACKNOWLEDGE: translate("station", "Taken in hand"),
        Happening.SNOOZE: translate("station", "Put aside"),
        Happening.RESOLVE: translate("station", "Closed"),
        Happening.REOPEN: translate("station", "Opened again"),
        Happening.UNDO: translate("station", "Took the last step back"),
        Happening.RATE: translate("station", "Said whether it was useful"),
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
        "clear_at": translate("station", "Level that clears it"),
        "clear_reports": translate("station", "Reports running to clear"),
        "relief_day": translate("station", "Relief by"),
        "reference": translate("station", "Level of the relief"),
        "expected_to_day": translate("station", "Expected up to"),
        "persistent_from_day": translate("station", "Persistent from"),
        "settled_at": translate("station", "Settled at"),
        "missed": translate("station", "Reports missed"),
        "last_day": translate("station", "Last report"),
        "due_day": translate("station", "Due"),
        "eased_day": translate("station", "Eased by"),
        "level_before": translate("station", "Level before"),
        "count": translate("station", "How many"),
        "symptom": translate("station", "Symptom"),
    }
    return known.get(key, key.replace("_", " ").capitalize())
