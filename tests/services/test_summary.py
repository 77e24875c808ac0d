"""What papers are made from, and the line in the audit trail of whoever makes one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.services import printing, summary
from monitor.services.ports import Refusal
from tests.builders import answer, instant
from tests.services.clinics import Practice


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols()
    practice.reports(3, answer("burning", 8, compared="worse"))
    practice.clock.set(instant(3, 10))
    return practice


def test_that_a_summary_is_signed_and_says_in_the_trail_who_looked(practice: Practice) -> None:
    made = summary.summary(practice.clinic, "episode-1")
    assert made.chart.patient.id == "patient-1"
    assert (made.signed.by, made.signed.clinic) == ("nurse", "Sample clinic")
    assert f"{made.signed.at:%H:%M}" == "11:00", "in the clinic's zone"
    assert [line.action for line in practice.audit("episode-1")] == ["summary_opened"]


def test_that_a_hand_over_has_everybody_open_and_is_in_the_trail(practice: Practice) -> None:
    made = summary.hand_over(practice.clinic)
    assert [row.patient.id for row in made.worklist.rows] == ["patient-1"]
    assert [line.action for line in practice.audit("")][-1:] == ["hand_over_opened"]


def test_that_what_is_printed_is_in_the_trail_with_where_it_goes(practice: Practice) -> None:
    assert not hasattr(printing.note_printed(practice.clinic, "episode-1", "slip", "x"), "changed")
    (line,) = practice.audit("episode-1")[-1:]
    assert (line.action, line.actor, line.reason) == ("slip_printed", "nurse", "x")


def test_that_who_may_not_print_prints_nothing(practice: Practice) -> None:
    admin = replace(practice.clinic, acting="admin")
    for verb, args in (
        (summary.summary, ("episode-1",)),
        (summary.hand_over, ()),
        (printing.note_printed, ("episode-1", "summary")),
    ):
        with pytest.raises(Refusal, match="not_allowed"):
            verb(admin, *args)
    assert practice.audit("episode-1") == []
