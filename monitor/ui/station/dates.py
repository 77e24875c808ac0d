"""Days and moments as nurses say them, seen from today.

Moments are told in the zone of the `now` that is given: the clinic's.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale

translate = QCoreApplication.translate

LOCALE = QLocale.c()
"""The station speaks English, whatever language a kiosk beside it was last set to."""


def long_date(date: dt.date) -> str:
    """Such as "12 March 2026"."""
    return LOCALE.toString(QDate(date.year, date.month, date.day), "d MMMM yyyy")


def working_day_after(date: dt.date, days: int) -> dt.date:
    """The day so many working days after a date, Monday to Friday; holidays are not known."""
    while days:
        date += dt.timedelta(days=1)
        days -= date.weekday() < SATURDAY
    return date


SATURDAY = 5


@lru_cache(maxsize=1_000)  # a list of many people has few dates, again and again
def day_and_month(date: dt.date, today: dt.date) -> str:
    """Such as "25 Nov", with the year where it is another."""
    pattern = "d MMM" if date.year == today.year else "d MMM yyyy"
    return LOCALE.toString(QDate(date.year, date.month, date.day), pattern)


def weekday_date(date: dt.date, today: dt.date) -> str:
    """Such as "Wednesday 25 November", with the year where it is another."""
    pattern = "dddd d MMMM" if date.year == today.year else "dddd d MMMM yyyy"
    return LOCALE.toString(QDate(date.year, date.month, date.day), pattern)


def days_from_to(first: dt.date, last: dt.date, today: dt.date) -> str:
    """Such as "12–16 Mar"; "30 Mar – 3 Apr" where the month is another."""
    until = day_and_month(last, today)
    if first == last:
        return until
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{until}"
    return f"{day_and_month(first, today)} – {until}"


def short_moment(at: dt.datetime, now: dt.datetime) -> str:
    """The time of today, the date of any other day. now: in the clinic's zone."""
    there = at.astimezone(now.tzinfo)
    if there.date() == now.date():
        return f"{there:%H:%M}"
    return day_and_month(there.date(), now.date())


def moment(at: dt.datetime, now: dt.datetime) -> str:
    """When, as a sentence ends: "today at 14:44", "on Wednesday 25 November at 10:44".

    The beginning of a day is told without its time. now: in the clinic's zone.
    """
    there = at.astimezone(now.tzinfo)
    days = (there.date() - now.date()).days
    date, time = weekday_date(there.date(), now.date()), f"{there:%H:%M}"
    if there.time() == dt.time():
        said = {
            0: translate("station", "today"),
            1: translate("station", "tomorrow, {date}"),
        }.get(days, translate("station", "on {date}"))
    else:
        said = {
            -1: translate("station", "yesterday at {time}"),
            0: translate("station", "today at {time}"),
            1: translate("station", "tomorrow at {time}"),
        }.get(days, translate("station", "on {date} at {time}"))
    return said.format(date=date, time=time)
