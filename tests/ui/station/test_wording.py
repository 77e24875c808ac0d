"""Dates, waiting times and procedures read as nurses say them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from monitor.domain.alert import State
from monitor.domain.protocol import Side
from monitor.services.review import WorklistRow
from monitor.ui.station import wording
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


def waiting(minutes: float, state: State = State.RAISED) -> WorklistRow:
    respond_by = NOW + dt.timedelta(minutes=minutes)
    return WorklistRow(
        patient=builders.patient(),
        episode=builders.episode(),
        day=30,
        alerts=(replace(builders.alert(), state=state),),
        raised_at=NOW,
        respond_by=respond_by,
        overdue=minutes < 0,
        last_report=None,
    )


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-40, "40 min over"),
        (-3 * 60, "3 h over"),
        (-3 * 24 * 60, "3 days over"),
        (30, "due in 30 min"),
        (8 * 60, "due today"),
        (20 * 60, "due tomorrow"),
        (3 * 24 * 60, "due in 3 days"),
    ],
)
def test_that_what_is_due_says_when(minutes: float, said: str) -> None:
    row = waiting(minutes)
    assert row.respond_by is not None
    assert wording.due_of(row, NOW, TODAY, row.respond_by.date()) == said


def test_that_what_is_in_hand_is_not_due() -> None:
    row = waiting(-40, State.ACKNOWLEDGED)
    assert wording.due_of(row, NOW, TODAY, TODAY) == "in hand"
