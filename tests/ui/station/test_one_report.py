"""One report in words: what the patient said, when it came, by whom, and what it is worth."""

from __future__ import annotations

import pytest

from monitor.services import submissions
from monitor.ui.station.chart import read_patient
from monitor.ui.station.page_views import OneReport
from tests.builders import answer, instant
from tests.services.clinics import Practice


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols()
    return practice


def report(practice: Practice, submission_id: str) -> OneReport:
    practice.clock.set(instant(30))
    state, _ = read_patient(practice.clinic, "episode-1", "en")
    found = state.report(submission_id)
    assert found is not None
    return found


def answers(found: OneReport) -> dict[str, dict[str, str]]:
    return {
        title: {one.question: one.answer for one in several} for title, several in found.sections
    }


def test_that_every_answer_is_there_in_words_the_worst_first(practice: Practice) -> None:
    practice.reports(
        7,
        answer("soreness", 2, compared="worse"),
        answer("pain", 8),
        answer("weakness", 0, side="left"),
        answer("fever", "yes"),
        answer("breathing", "no"),
        answer("headache", None),
    )
    found = report(practice, "form-7-9")
    assert answers(found) == {
        "Scores above 0": {
            "Pain, on average": "8 severe",
            "Soreness": "2 mild (worse than before)",
        },
        "Answers": {"Fever or shivering": "Yes"},
        "Scores of 0": {"Weakness of the arm or hand, left": "0 none"},
        "Answered with no": {"Hard to breathe": "No"},
        "Not answered": {"Headache": "Not answered"},
    }
    assert list(answers(found)["Scores above 0"]) == ["Pain, on average", "Soreness"]


def test_that_it_says_when_it_came_from_where_and_by_what_it_was_judged(
    practice: Practice,
) -> None:
    practice.clock.set(instant(9))
    practice.reports(7, answer("pain", 8), device="Kiosk A", started_at=instant(7, 8, 56))
    facts = dict(report(practice, "form-7-9").facts)
    assert facts["Answered"] == "9 Mar 2026 10:00"
    assert facts["Entered"] == "by the patient, Kiosk A"
    assert facts["Time taken"] == "4 min"
    assert facts["Was due"] == "day 7, 9 Mar 2026"
    assert facts["Form"] == "First two weeks"


def test_that_a_report_entered_by_a_nurse_names_the_nurse(practice: Practice) -> None:
    practice.reports(7, answer("pain", 8), entered_by="nurse_phone", device="desk")
    assert dict(report(practice, "form-7-9").facts)["Entered"] == "by telephone, nurse, desk"


def test_that_a_correction_and_what_it_corrects_say_so_and_why(practice: Practice) -> None:
    practice.reports(7, answer("pain", 8))
    submissions.correct(practice.clinic, "form-7-9", "right", (answer("pain", 2),), "A slip.")
    assert "It takes the place of another report: A slip." in report(practice, "right").about
    (said,) = report(practice, "form-7-9").about
    assert said == "This report does not count: A slip. (nurse, 9 Mar 2026)"


def test_that_a_report_that_was_not_finished_says_so(practice: Practice) -> None:
    practice.reports(7, answer("pain", 8), part_of="whole")
    assert "Partial: the form was not finished." in report(practice, "form-7-9").about


def test_that_it_knows_the_reports_beside_it(practice: Practice) -> None:
    for day in (1, 3, 7):
        practice.reports(day, answer("pain", 4))
    found = report(practice, "form-3-9")
    assert (found.earlier, found.later, found.place) == ("form-1-9", "form-7-9", "2 of 3")
    assert (report(practice, "form-7-9").later, report(practice, "form-1-9").earlier) == ("", "")


def test_that_what_no_patient_has_is_not_made_up(practice: Practice) -> None:
    practice.reports(1, answer("pain", 4))
    state, _ = read_patient(practice.clinic, "episode-1", "en")
    assert state.report("somebody else's") is None
