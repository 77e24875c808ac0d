from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.course import Course, course_of
from monitor.domain.episode import OwnBaseline, OwnWindow
from monitor.domain.protocol import Priority, Side, Window
from monitor.domain.submission import NOWHERE, Answer, Place, Submission
from tests.builders import answer, episode, instant, procedure, submission
from tests.protocols import default_protocol

NECK = Place("neck", "right")


def course(
    *submissions: Submission,
    today: int = 100,
    own: tuple[OwnWindow, ...] = (),
    **procedure_fields: Any,
) -> Course:
    followed = episode(
        procedure=procedure(**{"profile": "MBRFN"} | procedure_fields), own_windows=own
    )
    return course_of(default_protocol(), followed, submissions, today)


def scores(found: Course, item: str, place: Place = NOWHERE) -> list[tuple[int, int]]:
    return [(r.day, r.score) for r in found.readings(item, place)]


class TestReadings:
    def test_that_a_region_not_named_on_an_answered_map_is_0(self) -> None:
        found = course(
            submission(answer("numbness", 4), answer("numbness", 4, "neck", "right"), day=3),
            submission(answer("numbness", 0), day=7),
        )
        assert scores(found, "numbness", NECK) == [(3, 4), (7, 0)]

    def test_that_a_skipped_map_says_nothing(self) -> None:
        found = course(
            submission(answer("numbness", 4), answer("numbness", 4, "neck", "right"), day=3),
            submission(answer("numbness", None), day=7),
            submission(answer("pain", 4), day=14),
        )
        assert scores(found, "numbness", NECK) == [(3, 4)]

    def test_that_a_region_not_named_compares_as_the_whole_map(self) -> None:
        found = course(submission(answer("numbness", 4, compared="worse"), day=3))
        assert [r.compared for r in found.readings("numbness", NECK)] == ["worse"]

    def test_that_a_side_not_answered_says_nothing(self) -> None:
        found = course(submission(answer("weakness", 4, side="left"), day=3))
        assert scores(found, "weakness", Place(side="right")) == []

    def test_that_the_map_as_a_whole_has_its_own_readings(self) -> None:
        found = course(submission(answer("numbness", 4), day=3))
        assert scores(found, "numbness") == [(3, 4)]

    def test_that_options_are_no_scores(self) -> None:
        assert scores(course(submission(answer("fever", "yes"), day=3)), "fever") == []

    def test_that_readings_are_in_order_of_day_then_time_whatever_came_first(self) -> None:
        morning, evening = (
            submission(answer("pain", score), day=3, id=name, answered_at=instant(3, hour))
            for score, name, hour in ((1, "z", 8), (2, "a", 20))
        )
        first = submission(answer("pain", 3), day=1)
        assert scores(course(evening, morning, first), "pain") == [(1, 3), (3, 1), (3, 2)]

    def test_that_what_was_read_once_is_read_again_alike(self) -> None:
        found = course(submission(answer("pain", 4), day=3))
        assert found.readings("pain") is found.readings("pain")

    def test_that_a_report_dated_after_today_is_left_out(self) -> None:
        reports = submission(answer("pain", 4), day=3), submission(answer("pain", 5), day=8)
        assert scores(course(*reports, today=7), "pain") == [(3, 4)]

    def test_that_an_earlier_day_knows_nothing_of_later_reports(self) -> None:
        reports = submission(answer("pain", 4), day=3), submission(answer("pain", 5), day=8)
        assert scores(course(*reports, today=8).until(7), "pain") == [(3, 4)]

    def test_that_the_day_after_the_baseline_is_the_first_after_it(self) -> None:
        reports = [submission(answer("pain", d + 2), day=d) for d in (-1, 0, 1)]
        assert [r.day for r in course(*reports).after("pain")] == [1]

    def test_that_a_report_knows_the_slot_of_its_day(self) -> None:
        found = course(submission(day=1), submission(day=2))
        assert [r.slot.id if r.slot else None for r in found.reports] == ["D1", None]


class TestVisits:
    """A red flag is sent before the form is finished, and again with the whole form."""

    AHEAD = submission(
        answer("breathing", "yes"), answer("pain", 5), day=3, id="ahead", part_of="whole"
    )

    @pytest.mark.parametrize(
        ("whole", "counted"),
        [
            pytest.param(
                submission(answer("breathing", "yes"), answer("pain", 4), day=3, id="whole"),
                ["whole"],
                id="repeated by the whole form with a corrected score",
            ),
            pytest.param(
                submission(answer("breathing", "yes"), answer("pain", 4), day=4, id="whole"),
                ["whole"],
                id="finished after midnight",
            ),
            pytest.param(
                submission(answer("breathing", "no"), answer("pain", 4), day=3, id="whole"),
                ["ahead", "whole"],
                id="a sign that is taken back",
            ),
            pytest.param(
                submission(answer("breathing", "yes"), day=3, id="other"),
                ["ahead", "other"],
                id="another visit",
            ),
            pytest.param(
                submission(answer("pain", 6), day=4, id="later", part_of="whole"),
                ["ahead", "later"],
                id="a later part that says nothing of the sign",
            ),
            pytest.param(
                submission(
                    answer("breathing", "yes"), answer("pain", 6), day=4, id="more", part_of="whole"
                ),
                ["more"],
                id="a later part of a form that was never finished",
            ),
        ],
    )
    def test_that_a_visit_counts_once(self, whole: Submission, counted: list[str]) -> None:
        for order in ((self.AHEAD, whole), (whole, self.AHEAD)):
            assert [r.submission.id for r in course(*order).reports] == counted

    def test_that_a_form_that_is_never_finished_counts(self) -> None:
        assert [r.submission.id for r in course(self.AHEAD).reports] == ["ahead"]


class TestCorrections:
    WRONG = submission(answer("pain", 9), day=3, id="wrong")

    def test_that_the_correction_stands_in_the_place_of_what_it_corrects(self) -> None:
        right = submission(answer("pain", 2), day=3, id="right", corrects="wrong")
        for order in ((self.WRONG, right), (right, self.WRONG)):
            assert scores(course(*order), "pain") == [(3, 2)]

    def test_that_a_correction_can_be_corrected(self) -> None:
        first = submission(answer("pain", 2), day=3, id="first", corrects="wrong")
        second = submission(answer("pain", 4), day=3, id="second", corrects="first")
        assert scores(course(self.WRONG, second, first), "pain") == [(3, 4)]

    def test_that_one_without_answers_takes_the_report_back(self) -> None:
        nothing = replace(self.WRONG, id="nothing", corrects="wrong", answers=())
        assert course(self.WRONG, nothing).reports == ()

    def test_that_what_was_sent_ahead_of_a_corrected_report_goes_with_it(self) -> None:
        ahead = submission(answer("breathing", "yes"), day=3, id="ahead", part_of="wrong")
        right = submission(answer("pain", 2), day=3, id="right", corrects="wrong")
        found = course(ahead, self.WRONG, right)
        assert [r.submission.id for r in found.reports] == ["right"]

    def test_that_a_part_can_be_corrected_alone(self) -> None:
        ahead = submission(answer("breathing", "yes"), day=3, id="ahead", part_of="whole")
        whole = submission(answer("breathing", "no"), day=3, id="whole")
        back = replace(ahead, id="back", part_of="", corrects="ahead", answers=())
        found = course(ahead, whole, back)
        assert [r.submission.id for r in found.reports] == ["whole"]


class TestNewest:
    SCORES = tuple(submission(answer("pain", d), day=d) for d in (-1, 1, 3, 7))

    @pytest.mark.parametrize(("count", "expected"), [(1, [7]), (2, [7, 3]), (9, [7, 3, 1])])
    def test_that_they_are_the_last_after_the_procedure_newest_first(
        self, count: int, expected: list[int]
    ) -> None:
        found = course(*self.SCORES).newest("pain", NOWHERE, count)
        assert [r.day for r in found] == expected

    def test_that_reports_without_the_question_are_passed_over(self) -> None:
        found = course(*self.SCORES, submission(answer("fever", "no"), day=14))
        assert [r.day for r in found.newest("pain", NOWHERE, 1)] == [7]


class TestPlaces:
    def test_that_places_are_all_that_were_ever_named_without_the_whole_map(self) -> None:
        found = course(
            submission(answer("numbness", 4), answer("numbness", 4, "neck", "right"), day=3),
            submission(answer("numbness", 2), answer("numbness", 2, "face"), day=7),
        )
        assert found.places("numbness") == (Place("face"), NECK)

    def test_that_an_item_without_places_is_nowhere(self) -> None:
        assert course(submission(answer("pain", 4), day=3)).places("pain") == (NOWHERE,)


class TestBaseline:
    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            ({-1: 6}, 6),
            ({-14: 6, -1: 7}, 6.5),
            ({-31: 2, -30: 6}, 6),
            ({0: 5, 1: 9}, 5),
            ({-31: 2, 1: 9}, None),
            ({}, None),
        ],
    )
    def test_that_it_is_the_mean_of_the_month_before(
        self, days: dict[int, int], expected: float | None
    ) -> None:
        reports = [submission(answer("pain", s), day=d) for d, s in days.items()]
        assert course(*reports).baseline("pain") == expected

    def test_that_a_skipped_answer_is_no_baseline(self) -> None:
        assert course(submission(answer("pain", None), day=-1)).baseline("pain") is None

    def test_that_one_set_for_this_patient_comes_before_the_reports(self) -> None:
        right = Place(side="right")
        own = (OwnBaseline("pain", 6.5), OwnBaseline("weakness", 2, right))
        followed = episode(own_baselines=own)
        reports = (submission(answer("pain", 3), answer("weakness", 0, side="left"), day=-1),)
        found = course_of(default_protocol(), followed, reports, 100)
        assert found.baseline("pain") == 6.5
        assert found.baseline("weakness", right) == 2
        assert found.baseline("weakness", Place(side="left")) == 0


class TestPlanned:
    @pytest.mark.parametrize(
        ("profile", "levels", "side", "place", "expected"),
        [
            ("MBRFN", ("C6",), "right", Place("neck", "right"), True),
            ("MBRFN", ("C6",), "right", Place("neck", "left"), False),
            ("MBRFN", ("C6",), "", Place("neck", "left"), True),
            ("MBRFN", ("C6",), "right", Place("thumb_side", "right"), False),
            ("RF_DRG", ("C6",), "right", Place("thumb_side", "right"), True),
            ("RF_DRG", ("C6",), "right", Place("thumb_side", "left"), False),
            ("RF_DRG", ("C6", "C8"), "left", Place("little_finger", "left"), True),
            ("RF_DRG", ("C6",), "right", Place("neck", "right"), False),
            ("GENERIC", ("C6",), "right", Place("neck", "right"), True),
            ("TORT", (), "", Place("shoulder", "left"), True),
            ("RF_DRG", ("C6",), "right", Place("face"), False),
        ],
    )
    def test_that_planned_regions_follow_from_profile_levels_and_side(
        self, profile: str, levels: tuple[str, ...], side: Side, place: Place, expected: bool
    ) -> None:
        assert course(profile=profile, levels=levels, side=side).is_planned(place) is expected


class TestWindow:
    def test_that_numbness_has_one_window_where_it_is_planned_and_one_elsewhere(self) -> None:
        found = course()
        assert found.window("numbness", NECK) == Window(42, 90, Priority.AMBER)
        assert found.window("numbness", Place("leg", "left")) == Window(1, 2, Priority.ORANGE)

    def test_that_a_site_of_an_import_counts_as_planned(self) -> None:
        assert course().window("numbness", Place("lumbar")) == Window(42, 90, Priority.AMBER)

    def test_that_permanent_numbness_has_no_window(self) -> None:
        assert course(profile="DORSAL_OPEN").window("numbness", NECK) is None

    def test_that_an_item_outside_the_window_table_has_none(self) -> None:
        assert course().window("pain") is None

    def test_that_a_window_of_the_patients_own_keeps_the_priority(self) -> None:
        own = (OwnWindow("soreness", 1, 2), OwnWindow("weakness", 10, 20))
        found = course(own=own)
        assert found.window("weakness", Place(side="left")) == Window(10, 20, Priority.ORANGE)
        assert found.window("headache") == Window(7, 14, Priority.AMBER)

    def test_that_what_is_permanent_stays_so_with_a_window_of_the_patients_own(self) -> None:
        own = (OwnWindow("numbness", 10, 20),)
        assert course(profile="DORSAL_OPEN", own=own).window("numbness", NECK) is None

    def test_that_relief_is_due_on_the_profiles_day_or_the_patients_own(self) -> None:
        assert course().relief_day == 42
        own = (OwnWindow("soreness", 1, 2), OwnWindow("relief", 60, 60))
        assert course(own=own).relief_day == 60


def test_that_an_answer_is_found_by_item_and_place() -> None:
    given: tuple[Answer, ...] = (answer("weakness", 2, side="left"), answer("pain", None))
    report = course(submission(*given, day=3)).reports[0]
    assert report.answer("weakness", Place(side="left")) == given[0]
    assert report.answer("weakness", Place(side="right")) is None
    assert report.answer("pain") is None
