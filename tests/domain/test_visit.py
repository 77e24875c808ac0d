"""The steps of a visit: what is asked, what is kept, and where each step leads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from monitor.domain import visit as flow
from monitor.domain.protocol import Protocol
from monitor.domain.submission import NOWHERE, Answer, Place, faults_in
from monitor.domain.visit import REVIEW, Question, Visit
from tests.builders import submission

LEFT_THUMB = Place("thumb_side", "left")
RIGHT_ARM = Place("outer_arm", "right")
Start = Callable[..., Visit]


@pytest.fixture
def start(protocol: Protocol) -> Start:
    def begin(form: str = "acute", day: int = 2, profile: str = "RF_DRG") -> Visit:
        return flow.start("visit-1", protocol, form, day, profile)

    return begin


def at(visit: Visit, item: str) -> Visit:
    """The visit, turned page by page to the first page that asks for an item."""
    while all(question.item != item for question in flow.current(visit).questions):
        visit = flow.skip(visit)
    return visit


def score(visit: Visit, value: int) -> Visit:
    return flow.answer(visit, flow.current(visit).questions[0], value)


def to_review(visit: Visit) -> Visit:
    while visit.at != REVIEW.key:
        visit = flow.skip(visit)
    return visit


def keys(visit: Visit) -> list[str]:
    return [page.key for page in flow.pages(visit)]


def test_that_nothing_is_answered_when_a_visit_starts(start: Start) -> None:
    visit = start()
    assert flow.answers(visit) == ()
    assert not flow.can_go_on(visit)


def test_that_a_page_without_an_answer_is_not_left(start: Start) -> None:
    visit = start()
    assert flow.go_on(visit) == visit


def test_that_a_skipped_question_is_not_a_zero(start: Start) -> None:
    visit = flow.skip(at(start(), "pain"))
    assert Answer("pain", None) in flow.answers(visit)


def test_that_skipping_takes_a_score_back(start: Start) -> None:
    visit = flow.skip(score(at(start(), "pain"), 7))
    assert Answer("pain", None) in flow.answers(visit)


def test_that_going_back_keeps_the_answers(start: Start) -> None:
    visit = flow.go_on(score(at(start(), "pain"), 7))
    visit = flow.back(visit)
    assert flow.current(visit).questions[0].item == "pain"
    assert Answer("pain", 7) in flow.answers(visit)
    assert flow.can_go_on(visit)


def test_that_the_first_page_is_the_end_of_going_back(start: Start) -> None:
    assert flow.back(start()).at == keys(start())[0]


def test_that_each_side_is_asked_on_a_page_of_its_own(start: Start) -> None:
    sides = [
        page.questions[0].place.side
        for page in flow.pages(start())
        if page.questions and page.questions[0].item == "arm_pain"
    ]
    assert sides == ["left", "right"]


def test_that_a_page_holds_four_statements_at_most(start: Start) -> None:
    for form in ("base", "acute", "week", "month"):
        for day in (1, 7, 14):
            shown = flow.pages(start(form=form, day=day))
            assert max(len(page.questions) for page in shown) <= flow.ROWS_PER_PAGE


def test_that_a_follow_up_appears_with_its_reason_and_goes_with_it(start: Start) -> None:
    visit = score(at(start(), "headache"), 5)
    assert "headache_posture" in keys(visit)
    visit = score(visit, 1)
    assert "headache_posture" not in keys(visit)


def test_that_the_answer_to_a_follow_up_goes_with_its_reason(start: Start) -> None:
    visit = flow.go_on(score(at(start(), "headache"), 5))
    visit = flow.answer(at(visit, "headache_posture"), Question("headache_posture"), "unsure")
    visit = flow.change(to_review(visit), "headache")
    visit = score(visit, 0)
    assert "headache_posture" not in {a.item for a in flow.answers(visit)}


@pytest.mark.parametrize(("value", "asked"), [(0, False), (1, False), (2, True), (10, True)])
def test_that_compared_is_asked_from_the_threshold_of_the_protocol(
    start: Start, value: int, asked: bool
) -> None:
    visit = score(at(start(), "stiffness"), value)
    assert ("stiffness/compared/0" in keys(visit)) is asked


def test_that_nothing_is_compared_with_before_the_procedure_before_it(start: Start) -> None:
    visit = score(at(start(form="base", day=-5), "stiffness"), 7)
    assert "stiffness/compared/0" not in keys(visit)
    assert "stiffness/compared/0" in keys(score(at(start(day=1), "stiffness"), 7))


def test_that_the_wound_is_asked_about_longer_after_an_implant(protocol: Protocol) -> None:
    def asked(implant: bool) -> set[str]:
        visit = flow.start("visit-1", protocol, "month", 60, "DORSAL_OPEN", implant)
        return {question.item for page in flow.pages(visit) for question in page.questions}

    assert asked(True) - asked(False) >= {"wound_redness", "wound_pus_open"}


def test_that_pain_itself_is_not_compared(start: Start) -> None:
    assert "pain/compared/0" not in keys(score(at(start(), "pain"), 8))


def test_that_compared_is_kept_with_its_score(start: Start) -> None:
    visit = flow.go_on(score(at(start(), "stiffness"), 4))
    visit = flow.compare(visit, Question("stiffness"), "worse")
    assert Answer("stiffness", 4, compared="worse") in flow.answers(visit)


def test_that_compared_goes_when_the_score_falls_below_the_threshold(start: Start) -> None:
    visit = flow.go_on(score(at(start(), "stiffness"), 4))
    visit = flow.back(flow.compare(visit, Question("stiffness"), "worse"))
    assert Answer("stiffness", 1) in flow.answers(score(visit, 1))


def test_that_skipping_compared_keeps_the_score(start: Start) -> None:
    visit = flow.skip(flow.go_on(score(at(start(), "stiffness"), 4)))
    assert Answer("stiffness", 4) in flow.answers(visit)


def test_that_a_change_leads_back_to_the_review(start: Start) -> None:
    visit = flow.change(to_review(start()), "pain")
    visit = flow.go_on(score(visit, 3))
    assert visit.at == REVIEW.key
    assert Answer("pain", 3) in flow.answers(visit)


def test_that_a_change_asks_the_follow_ups_it_brings_about(start: Start) -> None:
    visit = flow.change(to_review(start()), "headache")
    visit = flow.go_on(score(visit, 6))
    assert visit.at == "headache/compared/0"
    visit = flow.skip(visit)
    assert visit.at == "headache_posture"
    assert flow.skip(visit).at == REVIEW.key


def test_that_a_change_of_a_score_asks_again_how_it_compares(start: Start) -> None:
    visit = flow.go_on(score(at(start(), "stiffness"), 4))
    visit = to_review(flow.go_on(flow.compare(visit, Question("stiffness"), "worse")))
    visit = flow.go_on(score(flow.change(visit, "stiffness"), 5))
    assert visit.at == "stiffness/compared/0"


def test_that_back_from_a_change_leads_to_the_review(start: Start) -> None:
    assert flow.back(flow.change(to_review(start()), "pain")).at == REVIEW.key


def test_that_back_from_the_review_turns_one_page(start: Start) -> None:
    visit = flow.back(to_review(start()))
    assert visit.at == keys(visit)[-2]


def test_that_none_of_these_is_an_explicit_no_to_each(start: Start) -> None:
    visit = flow.deny_all(start())
    questions = flow.current(visit).questions
    assert [a.value for a in flow.answers(visit)] == ["no"] * len(questions)


@pytest.mark.parametrize("code", ["yes", "unsure"])
def test_that_none_of_these_changes_no_answer_that_was_given(start: Start, code: str) -> None:
    visit = start()
    first, *others = flow.current(visit).questions
    visit = flow.deny_all(flow.answer(visit, first, code))
    assert [a.value for a in flow.answers(visit)] == [code, *("no" for _ in others)]


def test_that_none_of_these_answers_what_was_skipped(start: Start) -> None:
    visit = flow.deny_all(flow.back(flow.skip(start())))
    assert {a.value for a in flow.answers(visit)} == {"no"}


def test_that_skipping_a_page_of_statements_keeps_those_that_were_answered(start: Start) -> None:
    visit = start()
    first, *others = flow.current(visit).questions
    visit = flow.skip(flow.answer(visit, first, "yes"))
    assert [a.value for a in flow.answers(visit)] == ["yes", *(None for _ in others)]


@pytest.mark.parametrize("code", ["yes", "unsure"])
def test_that_a_warning_sign_is_one_whether_sure_or_not(start: Start, code: str) -> None:
    visit = flow.deny_all(start())
    assert flow.warning_signs(visit) == frozenset()
    visit = flow.answer(visit, Question("breathing"), code)
    assert flow.warning_signs(visit) == {("breathing", code)}


def test_that_a_missed_exercise_is_no_warning_sign(start: Start) -> None:
    visit = at(start(day=14), "physiotherapy_missed")
    visit = flow.answer(visit, Question("physiotherapy_missed"), "yes")
    assert flow.warning_signs(visit) == frozenset()


class TestBodyMap:
    @pytest.fixture
    def visit(self, start: Start) -> Visit:
        return at(start(), "numbness")

    def test_that_a_touched_region_waits_for_its_score(self, visit: Visit) -> None:
        visit = flow.touch_region(visit, LEFT_THUMB)
        assert flow.regions(visit) == {LEFT_THUMB: None}
        assert not flow.can_go_on(visit)

    def test_that_the_whole_map_is_as_numb_as_its_worst_region(self, visit: Visit) -> None:
        visit = flow.score_region(flow.touch_region(visit, LEFT_THUMB), 3)
        visit = flow.score_region(flow.touch_region(visit, RIGHT_ARM), 6)
        assert set(flow.answers(visit)) >= {
            Answer("numbness", 6),
            Answer("numbness", 3, LEFT_THUMB),
            Answer("numbness", 6, RIGHT_ARM),
        }

    def test_that_the_chosen_region_is_taken_off_by_touching_it_again(self, visit: Visit) -> None:
        visit = flow.score_region(flow.touch_region(visit, LEFT_THUMB), 3)
        visit = flow.touch_region(visit, LEFT_THUMB)
        assert flow.regions(visit) == {}
        assert not flow.can_go_on(visit)

    def test_that_touching_a_marked_region_chooses_it_and_keeps_its_score(
        self, visit: Visit
    ) -> None:
        visit = flow.score_region(flow.touch_region(visit, LEFT_THUMB), 3)
        visit = flow.score_region(flow.touch_region(visit, RIGHT_ARM), 6)
        visit = flow.touch_region(visit, LEFT_THUMB)
        assert visit.marked == LEFT_THUMB
        assert flow.regions(visit)[LEFT_THUMB] == 3

    def test_that_no_numbness_is_a_zero_for_the_map_and_no_marks(self, visit: Visit) -> None:
        visit = flow.deny_regions(visit)
        assert flow.can_go_on(visit)
        assert [a for a in flow.answers(visit) if a.item == "numbness"] == [Answer("numbness", 0)]

    def test_that_no_numbness_takes_no_mark_away(self, visit: Visit) -> None:
        visit = flow.score_region(flow.touch_region(visit, LEFT_THUMB), 3)
        assert flow.deny_regions(visit) == visit

    def test_that_a_skipped_map_is_not_a_map_without_numbness(self, visit: Visit) -> None:
        visit = flow.skip(flow.score_region(flow.touch_region(visit, LEFT_THUMB), 3))
        found = [a for a in flow.answers(visit) if a.item == "numbness"]
        assert found == [Answer("numbness", None)]

    def test_that_a_region_without_a_score_is_not_recorded(self, visit: Visit) -> None:
        visit = flow.touch_region(visit, LEFT_THUMB)
        assert all(a.place == NOWHERE for a in flow.give_up(visit) if a.item == "numbness")

    def test_that_each_numb_region_is_compared_and_the_map_as_its_worst(self, visit: Visit) -> None:
        visit = flow.score_region(flow.touch_region(visit, LEFT_THUMB), 3)
        visit = flow.go_on(flow.score_region(flow.touch_region(visit, RIGHT_ARM), 6))
        assert [q.place for q in flow.current(visit).questions] == [LEFT_THUMB, RIGHT_ARM]
        visit = flow.compare(visit, Question("numbness", LEFT_THUMB), "new")
        visit = flow.compare(visit, Question("numbness", RIGHT_ARM), "same")
        found = {a.place: a.compared for a in flow.answers(visit) if a.item == "numbness"}
        assert found == {LEFT_THUMB: "new", RIGHT_ARM: "same", NOWHERE: "same"}


def test_that_giving_up_before_any_answer_leaves_nothing(start: Start) -> None:
    assert flow.give_up(flow.skip(flow.skip(start()))) == ()


def test_that_giving_up_keeps_what_was_answered(start: Start) -> None:
    visit = score(at(start(), "pain"), 7)
    assert Answer("pain", 7) in flow.give_up(visit)


@pytest.mark.parametrize("form", ["base", "acute", "week", "month"])
@pytest.mark.parametrize("day", [-3, 1, 3, 7, 14, 28, 60])
def test_that_what_a_visit_says_can_be_stored(
    start: Start, protocol: Protocol, form: str, day: int
) -> None:
    visit = start(form=form, day=day, profile="TORT")
    while visit.at != REVIEW.key:
        page = flow.current(visit)
        for question in page.questions:
            if page.kind == "compared":
                visit = flow.compare(visit, question, "worse")
            elif page.kind == "body_map":
                visit = flow.score_region(flow.touch_region(visit, LEFT_THUMB), 8)
            else:
                scale = protocol.scale_of(question.item)
                value = scale.options[0] if scale.options else scale.maximum
                visit = flow.answer(visit, question, value)
        visit = flow.go_on(visit)
    given = submission(*flow.answers(visit))
    assert list(faults_in(given, protocol)) == []
