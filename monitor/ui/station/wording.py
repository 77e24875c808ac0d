"""The station's way of saying dates, waiting times, procedures and people."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate

from monitor.domain.alert import Alert
from monitor.domain.episode import Patient, Procedure
from monitor.domain.urgency import waits_since
from monitor.services.review import WorklistRow
from monitor.ui.station.dates import LOCALE, days_from_to, moment, short_moment
from monitor.ui.station.dates import long_date as long_date  # noqa: PLC0414 - words too

translate = QCoreApplication.translate

_LEVEL = re.compile(r"([A-Z]+)(\d+)")
_MINUTES_AS_HOURS = dt.timedelta(hours=2)


def short_date(date: dt.date) -> str:
    """Such as "4 Feb 1971"."""
    return LOCALE.toString(QDate(date.year, date.month, date.day), "d MMM yyyy")


def initials(by: str) -> str:
    """Who it was in as few letters as can be: "MO" for "M. Osei, RN"; one word stays whole."""
    parts = re.findall(r"\w+", by.partition(",")[0])
    return "".join(part[0].upper() for part in parts) if len(parts) > 1 else by


def name_of(patient: Patient) -> str:
    """Such as "Lindqvist, Karin"."""
    return ", ".join(part for part in (patient.family_name, patient.given_name) if part)


def who_is(patient: Patient) -> str:
    """Name and number, such as "Lindqvist, Karin, No. 204 118"."""
    said = translate("station", "{name}, No. {number}")
    return said.format(name=name_of(patient), number=grouped(patient.number))


def grouped(number: str) -> str:
    """A clinic number in groups of three from the right, as it is read aloud: "204 118"."""
    if not number.isdigit() or len(number) <= 4:
        return number
    first = len(number) % 3
    groups = [number[:first], *(number[n : n + 3] for n in range(first, len(number), 3))]
    return " ".join(group for group in groups if group)


def age_on(birth: dt.date, today: dt.date) -> int:
    """Completed years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


@lru_cache(maxsize=1_000)
def levels_of(levels: tuple[str, ...]) -> str:
    """Levels that follow each other as "C4–C6", others as "C2, C5"; "" for none."""
    parts = [_LEVEL.fullmatch(level) for level in levels]
    whole = len(levels) > 1 and all(parts)
    if whole and len({part.group(1) for part in parts if part}) == 1:
        numbers = [int(part.group(2)) for part in parts if part]
        if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return f"{levels[0]}–{levels[-1]}"
    return ", ".join(levels)


def procedure_short(procedure: Procedure, words: Mapping[str, str]) -> str:
    """As it stands in a row of a list, such as "RF neurotomy"."""
    return words.get(f"profile.{procedure.profile}.short", procedure.profile)


def procedure_where(procedure: Procedure, words: Mapping[str, str]) -> str:
    """Such as "C4–C6 left"."""
    side = words.get(f"side.{procedure.side}", procedure.side)
    both = translate("station", "both sides") if not procedure.side else side
    return " ".join(part for part in (levels_of(procedure.levels), both) if part)


def procedure_of(procedure: Procedure, words: Mapping[str, str]) -> str:
    """In full, such as "Medial branch RF neurotomy C4–C6 left"."""
    name = words.get(f"profile.{procedure.profile}.name", procedure.profile)
    return f"{name} {procedure_where(procedure, words)}"


def reported(last: dt.date | None, today: dt.date) -> str:
    """When the last report came."""
    if last is None:
        return translate("station", "no report yet")
    days = (today - last).days
    if days <= 0:
        return translate("station", "reported today")
    if days == 1:
        return translate("station", "reported yesterday")
    return translate("station", "reported {days} days ago").format(days=days)


def since(day: int | None) -> str:
    """The postoperative day, such as "Day 224"."""
    return "" if day is None else translate("station", "Day {day}").format(day=day)


def patients_count(count: int) -> str:
    """How many patients."""
    if count == 1:
        return translate("station", "1 patient")
    return translate("station", "{n} patients").format(n=count)


def reports_count(count: int) -> str:
    """How many reports."""
    if count == 1:
        return translate("station", "1 report")
    return translate("station", "{n} reports").format(n=count)


def ago(span: dt.timedelta) -> str:
    """How long ago, such as "8 s ago"."""
    if span < dt.timedelta(seconds=1):
        return translate("station", "just now")
    return translate("station", "{time} ago").format(time=duration(span))


def duration(span: dt.timedelta) -> str:
    """A length of time in its largest sensible unit: "8 s", "40 min", "3 h", "2 days"."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return translate("station", "{n} s").format(n=seconds)
    if span < _MINUTES_AS_HOURS:
        return translate("station", "{n} min").format(n=seconds // 60)
    if span < dt.timedelta(days=2):
        return translate("station", "{n} h").format(n=seconds // 3600)
    return translate("station", "{n} days").format(n=span.days)


def place_of(row: WorklistRow, now: dt.datetime) -> str:
    """Why a row of the worklist stands where it stands, in a few words.

    now: in the clinic's zone.
    """
    first = row.alerts[0]
    if row.reason == "in_hand":
        return _in_hand(first, now)
    if row.reason == "snoozed" and first.until is not None:
        said = translate("station", "Put aside until {when}")
        return said.format(when=short_moment(first.until, now))
    late = now - row.respond_by if row.overdue and row.respond_by is not None else None
    if row.reason == "red_flag":
        if late is None:
            return translate("station", "Warning sign")
        return translate("station", "Warning sign, {time} over").format(time=duration(late))
    if row.reason == "overdue" and row.respond_by is not None:
        said = translate("station", "Overdue since {when}")
        return said.format(when=short_moment(row.respond_by, now))
    if row.reason == "past_window":
        if row.days_past_window == 1:
            return translate("station", "1 day past its window")
        return translate("station", "{n} days past its window").format(n=row.days_past_window)
    waited = now - waits_since(first, now)
    if waited < dt.timedelta(minutes=1):
        return translate("station", "Just come")
    return translate("station", "Waiting {time}").format(time=duration(waited))


def _in_hand(alert: Alert, now: dt.datetime) -> str:
    """Who has it until when."""
    who = initials(alert.changed_by)
    if alert.until is None:
        return translate("station", "In hand by {who}").format(who=who)
    when = short_moment(alert.until, now)
    return translate("station", "In hand by {who} until {when}").format(who=who, when=when)


def why_there(row: WorklistRow, now: dt.datetime) -> str:
    """Why a row of the worklist stands where it stands, as a sentence.

    now: in the clinic's zone.
    """
    said = {
        "red_flag": translate(
            "station",
            "Stands here because somebody must act now; among several the kind of warning "
            "sign decides.",
        ),
        "overdue": translate(
            "station",
            "Stands here because nobody has answered it in time; among alerts of the same "
            "priority that comes first.",
        ),
        "past_window": translate(
            "station",
            "Stands here by its priority, and then by the days past its window.",
        ),
        "waiting": translate(
            "station", "Stands here by its priority, and then by how long it has waited."
        ),
        "in_hand": translate(
            "station", "Stands here, behind all that nobody has looked at, as it is in hand."
        ),
        "snoozed": translate(
            "station", "Stands here, behind all that is open and in hand, as it was put aside."
        ),
    }[row.reason]
    if row.overdue and row.respond_by is not None and row.reason == "red_flag":
        late = translate("station", "It had to be answered {when}.")
        said = f"{said} {late.format(when=moment(row.respond_by, now))}"
    return said


def asked_words(opens_on: dt.date | None, closes_on: dt.date | None, today: dt.date) -> str:
    """Such as "Asked again: 12–16 Mar", for an extra report that a rule asked for."""
    if opens_on is None or closes_on is None:
        return translate("station", "Asked again")
    days = days_from_to(opens_on, closes_on, today)
    return translate("station", "Asked again: {days}").format(days=days)
