from __future__ import annotations

import pytest

from monitor.domain.submission import Answer, Fault, Submission, arrival, faults_in
from tests.builders import answer, date, instant, submission
from tests.protocols import default_protocol


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        pytest.param((answer("pain", 10),), [], id="whole"),
        pytest.param((answer("pain", None),), [], id="skipped"),
        pytest.param((answer("pains", 1),), [Fault("unknown_item", "pains")], id="unknown item"),
        pytest.param((answer("pain", 11),), [Fault("out_of_range", "pain", "11")], id="too high"),
        pytest.param(
            (answer("fever", "maybe"),), [Fault("out_of_range", "fever", "maybe")], id="no option"
        ),
        pytest.param(
            (answer("numbness", 3, "knee", "left"),),
            [Fault("unknown_site", "numbness", "knee")],
            id="unknown region",
        ),
        pytest.param((answer("pain", 1), answer("pain", 2)), [Fault("twice", "pain")], id="twice"),
        pytest.param(
            (answer("weakness", 1, side="left"), answer("weakness", 1, side="right")),
            [],
            id="both sides",
        ),
        pytest.param(
            (answer("pains", 1), answer("pain", 11)),
            [Fault("unknown_item", "pains"), Fault("out_of_range", "pain", "11")],
            id="everything is named",
        ),
    ],
)
def test_that_all_faults_are_named(answers: tuple[Answer, ...], faults: list[Fault]) -> None:
    assert list(faults_in(submission(*answers), default_protocol())) == faults


def test_that_a_report_without_answers_is_no_report() -> None:
    assert list(faults_in(submission(answers=()), default_protocol())) == [Fault("empty")]


NAIVE = instant(1).replace(tzinfo=None)


@pytest.mark.parametrize(
    "naive",
    [
        submission(answered_at=NAIVE),
        submission(received_at=NAIVE),
        submission(started_at=NAIVE),
    ],
    ids=["answered", "received", "started"],
)
def test_that_an_instant_without_a_zone_is_refused(naive: Submission) -> None:
    assert list(faults_in(naive, default_protocol())) == [Fault("zone")]


def test_that_an_import_has_sites_of_its_own() -> None:
    imported = submission(answer("numbness", 3, "knee"), entered_by="import")
    assert list(faults_in(imported, default_protocol())) == []


def test_that_one_that_only_takes_another_back_needs_no_answers() -> None:
    withdrawal = submission(answers=(), corrects="submission-1", reason="another patient's")
    assert list(faults_in(withdrawal, default_protocol())) == []


@pytest.mark.parametrize(
    ("one", "how"),
    [
        pytest.param(submission(day=3), "report", id="of today"),
        pytest.param(submission(day=2, received_at=instant(3)), "late_report", id="of yesterday"),
        pytest.param(
            submission(day=3, answered_at=instant(3, 7)), "late_report", id="before another"
        ),
        pytest.param(
            submission(day=3, answered_at=instant(3, 7), received_at=instant(3, 7)),
            "report",
            id="before another that was not there yet",
        ),
        pytest.param(
            submission(day=2, received_at=instant(3), corrects="x"),
            "corrected_report",
            id="of yesterday, in the place of another",
        ),
    ],
)
def test_that_how_a_report_came_is_told(one: Submission, how: str) -> None:
    known = submission(day=3, id="known", answered_at=instant(3, 8), received_at=instant(3, 8))
    assert arrival(one, (known, one), date(3)) == how


def test_that_a_visit_is_what_a_whole_form_and_its_parts_have_in_common() -> None:
    whole, part = submission(id="visit"), submission(id="part", part_of="visit")
    assert (whole.visit, whole.partial) == ("visit", False)
    assert (part.visit, part.partial) == ("visit", True)
