"""Dates, waiting times and procedures read as nurses say them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from monitor.domain.alert import Alert, State
from monitor.domain.protocol import Priority, Side
from monitor.domain.rules.missed import MISSED_REPORT
from monitor.domain.submission import NOWHERE
from monitor.domain.urgency import days_past_window, is_overdue, reason
from monitor.services.review import WorklistRow
from monitor.ui.station import dates, wording
from monitor.ui.station.reports import full_name
from tests import builders

TODAY = builders.date(30)
NOW = builders.instant(30, hour=10)


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((), ""),
        (("C6",), "C6"),
        (("C4", "C5", "C6"), "C4–C6"),
        (("C2", "C5"), "C2, C5"),
        (("C8", "T1"), "C8, T1"),
    ],
    ids=["none", "one", "neighbours", "apart", "neck and chest"],
)
def test_that_levels_are_joined_where_they_follow_each_other(
    levels: tuple[str, ...], said: str
) -> None:
    assert wording.levels_of(levels) == said


@pytest.mark.parametrize(("side", "said"), [("left", "RF C6 left"), ("", "RF C6 both sides")])
def test_that_a_procedure_says_its_side(side: Side, said: str) -> None:
    words = {"profile.RF_DRG.name": "RF", "side.left": "left"}
    assert wording.procedure_of(builders.procedure(side=side), words) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "reported today"), (1, "reported yesterday"), (15, "reported 15 days ago")],
)
def test_that_the_last_report_is_dated_from_today(days: int, said: str) -> None:
    assert wording.reported(TODAY - dt.timedelta(days=days), TODAY) == said


def test_that_no_report_is_said() -> None:
    assert wording.reported(None, TODAY) == "no report yet"


@pytest.mark.parametrize(
    ("number", "said"), [("204118", "204 118"), ("1001", "1001"), ("007123", "007 123")]
)
def test_that_numbers_are_grouped_as_they_are_read_aloud(number: str, said: str) -> None:
    assert wording.grouped(number) == said


@pytest.mark.parametrize(("on", "age"), [((2026, 5, 16), 55), ((2026, 5, 17), 56)])
def test_that_age_is_in_completed_years(on: tuple[int, int, int], age: int) -> None:
    assert wording.age_on(dt.date(1970, 5, 17), dt.date(*on)) == age


def row(alert: Alert, **fields: object) -> WorklistRow:
    """The row of one alert, with what the services say of its place."""
    default = WorklistRow(
        patient=builders.patient(),
        episode=builders.episode(),
        day=30,
        alerts=(alert,),
        raised_at=alert.raised_at,
        respond_by=alert.respond_by,
        overdue=False,
        last_report=None,
        reason=reason(alert, NOW, TODAY),
        days_past_window=days_past_window(alert, TODAY),
    )
    return replace(default, overdue=is_overdue(alert, NOW), **fields)  # type: ignore[arg-type]


def before(**span: float) -> dt.datetime:
    return NOW - dt.timedelta(**span)


def red(respond_by: dt.datetime) -> Alert:
    found = builders.finding(priority=Priority.RED)
    return builders.alert(found, raised_at=NOW, respond_by=respond_by)


@pytest.mark.parametrize(
    ("alert", "said"),
    [
        (red(NOW + dt.timedelta(minutes=20)), "Warning sign"),
        (red(before(minutes=12)), "Warning sign, 12 min over"),
        (builders.alert(respond_by=before(hours=1)), "Overdue since 09:00"),
        (builders.alert(respond_by=before(days=3)), "Overdue since 29 Mar"),
        (builders.alert(respond_by=before(days=200)), "Overdue since 13 Sep 2025"),
        (builders.alert(window_ended_on=builders.date(29)), "1 day past its window"),
        (builders.alert(window_ended_on=builders.date(16)), "14 days past its window"),
        (builders.alert(raised_at=before(hours=3)), "Waiting 3 h"),
        (builders.alert(raised_at=before(seconds=20)), "Just come"),
        (
            builders.alert(
                state=State.ACKNOWLEDGED, changed_by="N. Ruiz, RN", until=builders.instant(34)
            ),
            "In hand by NR until 5 Apr",
        ),
        (
            builders.alert(
                state=State.ACKNOWLEDGED, changed_by="ann", until=NOW + dt.timedelta(hours=4)
            ),
            "In hand by ann until 14:00",
        ),
        (builders.alert(state=State.ACKNOWLEDGED, changed_by="ann"), "In hand by ann"),
        (
            builders.alert(state=State.SNOOZED, until=builders.instant(32, hour=0)),
            "Put aside until 3 Apr",
        ),
        (
            builders.alert(state=State.ACKNOWLEDGED, until=before(minutes=50)),
            "Waiting 50 min",
        ),
    ],
    ids=[
        "red in time",
        "red and late",
        "late today",
        "late for days",
        "late since last year",
        "a day past its window",
        "weeks past its window",
        "waiting",
        "come this minute",
        "in hand until a day",
        "in hand until this afternoon",
        "in hand without an end",
        "put aside",
        "in hand, but its time is over",
    ],
)
def test_that_a_row_says_in_few_words_why_it_stands_there(alert: Alert, said: str) -> None:
    assert wording.place_of(row(alert), NOW) == said


@pytest.mark.parametrize(
    ("alert", "part"),
    [
        (red(NOW), "somebody must act now"),
        (red(before(minutes=12)), "It had to be answered today at 09:48."),
        (builders.alert(respond_by=before(hours=1)), "nobody has answered it in time"),
        (builders.alert(window_ended_on=builders.date(16)), "days past its window"),
        (builders.alert(), "how long it has waited"),
        (builders.alert(state=State.ACKNOWLEDGED), "as it is in hand"),
        (builders.alert(state=State.SNOOZED), "as it was put aside"),
    ],
    ids=["red", "late red", "late", "past window", "waiting", "in hand", "put aside"],
)
def test_that_the_sentence_gives_what_decided(alert: Alert, part: str) -> None:
    assert part in wording.why_there(row(alert), NOW)


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [(32, 36, "3–7 Apr"), (28, 32, "30 Mar – 3 Apr"), (32, 32, "3 Apr")],
    ids=["in one month", "across the month", "one day"],
)
def test_that_an_extra_report_says_its_days(opens: int, closes: int, said: str) -> None:
    words = wording.asked_words(builders.date(opens), builders.date(closes), TODAY)
    assert words == f"Asked again: {said}"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW + dt.timedelta(hours=4), "today at 14:00"),
        (NOW + dt.timedelta(days=1), "tomorrow at 10:00"),
        (NOW - dt.timedelta(days=1), "yesterday at 10:00"),
        (builders.instant(31, hour=0), "tomorrow, Thursday 2 April"),
        (builders.instant(34, hour=0), "on Sunday 5 April"),
        (NOW + dt.timedelta(days=4), "on Sunday 5 April at 10:00"),
        (NOW - dt.timedelta(days=200), "on Saturday 13 September 2025 at 10:00"),
    ],
)
def test_that_a_moment_is_told_from_today(at: dt.datetime, said: str) -> None:
    assert dates.moment(at, NOW) == said


def test_that_a_moment_is_told_in_the_zone_of_the_clinic() -> None:
    here = NOW.astimezone(ZoneInfo("America/New_York"))
    assert dates.moment(NOW, here) == "today at 06:00"


@pytest.mark.parametrize(
    ("by", "said"),
    [("M. Osei, RN", "MO"), ("Nurse Ann", "NA"), ("ann", "ann"), ("J.-P. Sartre", "JPS")],
)
def test_that_names_are_shortened_to_their_letters(by: str, said: str) -> None:
    assert wording.initials(by) == said


def test_that_a_report_that_did_not_come_has_a_name_as_evidence() -> None:
    assert full_name(MISSED_REPORT, NOWHERE, {}) == "Missing report"
