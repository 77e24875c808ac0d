"""The steps of a visit: what is asked, what is kept, and where each step leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from monitor.domain import visit as flow
from monitor.domain.condition import Condition
from monitor.domain.protocol import Form, Protocol, Step
from monitor.domain.submission import NOWHERE, Answer, Place, faults_in
from monitor.domain.visit import REVIEW, Page, Question, Visit
from tests.builders import instant, submission
from tests.protocols import default_protocol

MOST_TOUCHES = 30
"""From the first question to Send, for a patient who has nothing to tell."""

LEFT_THUMB = Place("thumb_side", "left")
RIGHT_ARM = Place("outer_arm", "right")
LEFT, RIGHT = Place(side="left"), Place(side="right")
Start = Callable[..., Visit]


@pytest.fixture
def protocol() -> Protocol:
    return default_protocol()


@pytest.fixture
def start(protocol: Protocol) -> Start:
    def begin(form: str = "acute", day: int = 2, profile: str = "RF_DRG") -> Visit:
        return flow.start("visit-1", protocol, form, day, profile)

    return begin


def at(visit: Visit, item: str) -> Visit:
    """The visit, turned page by page to the first that asks for an item, its key touched."""
    while True:
        page = flow.current(visit)
        if all(question.item != item for question in page.questions):
            visit = flow.skip(visit)
        elif page.kind == "pick":
            visit = flow.go_on(visit if item in visit.picked else flow.touch_item(visit, item))
        else:
            return visit


def at_keys(visit: Visit, item: str) -> Visit:
    """The visit, turned page by page to the keys of which one is for an item."""
    while all(question.item != item for question in flow.current(visit).questions):
        visit = flow.skip(visit)
    assert flow.current(visit).kind == "pick"
    return visit


def score(visit: Visit, value: int) -> Visit:
    return flow.answer(visit, flow.current(visit).questions[0], value)


def said(visit: Visit, item: str) -> list[Answer]:
    return [answer for answer in flow.answers(visit) if answer.item == item]


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
    visit = flow.touch_item(at_keys(start(), "arm_pain"), "arm_pain")
    sides = [
        page.questions[0].place.side
        for page in flow.pages(visit)
        if page.kind == "number" and page.questions[0].item == "arm_pain"
    ]
    assert sides == ["left", "right"]


def test_that_a_page_holds_three_statements_at_most(start: Start) -> None:
    visit = start()
    for item in ("breathing", "neck_swelling", "swallow_saliva", "help_now", "confused"):
        visit = flow.touch_item(visit, item)
    shown = [page for page in flow.pages(visit) if page.group == "signs"]
    assert [len(page.questions) for page in shown] == [3, 2]
    assert [page.kind for page in shown] == ["statements", "statements"]


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
    visit = flow.change(to_review(at(start(), "headache")), "headache")
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
    visit = flow.deny_all(at(start(), "bladder_bowel"))
    assert flow.is_denied(visit, flow.current(visit))
    assert [a.value for a in flow.answers(visit) if a.value] == ["no", "no"]


@pytest.mark.parametrize("code", ["yes", "unsure"])
def test_that_none_of_these_changes_no_answer_that_was_given(start: Start, code: str) -> None:
    visit = at(start(), "bladder_bowel")
    first, *others = flow.current(visit).questions
    visit = flow.deny_all(flow.answer(visit, first, code))
    assert [a.value for a in flow.answers(visit) if a.value] == [code, *("no" for _ in others)]
    assert flow.is_affirmed(visit)


def test_that_none_of_these_answers_what_was_skipped(start: Start) -> None:
    visit = flow.deny_all(flow.back(flow.skip(at(start(), "bladder_bowel"))))
    assert {a.value for a in flow.answers(visit) if a.value} == {"no"}
    assert not flow.is_affirmed(visit)


def test_that_skipping_a_page_of_statements_keeps_those_that_were_answered(start: Start) -> None:
    visit = at(start(), "bladder_bowel")
    first, *others = flow.current(visit).questions
    visit = flow.skip(flow.answer(visit, first, "yes"))
    own = [a.value for a in flow.answers(visit) if a.item in (first.item, others[0].item)]
    assert own == ["yes", *(None for _ in others)]


@pytest.mark.parametrize("code", ["yes", "unsure"])
def test_that_a_warning_sign_is_one_whether_sure_or_not(start: Start, code: str) -> None:
    visit = flow.deny_all(at(start(), "bladder_bowel"))
    assert flow.warning_signs(visit) == frozenset()
    visit = flow.answer(visit, Question("bladder_bowel"), code)
    assert flow.warning_signs(visit) == {("bladder_bowel", code)}


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
        assert said(flow.skip(visit), "numbness") == [Answer("numbness", None)]
        assert said(flow.skip(flow.deny_regions(visit)), "numbness") == [Answer("numbness", None)]

    def test_that_skipping_a_map_keeps_the_regions_that_have_a_score(self, visit: Visit) -> None:
        visit = flow.score_region(flow.touch_region(visit, LEFT_THUMB), 3)
        thumb = Answer("numbness", 3, LEFT_THUMB)
        assert said(flow.skip(visit), "numbness") == [Answer("numbness", 3), thumb]
        visit = flow.skip(flow.touch_region(visit, RIGHT_ARM))
        assert said(visit, "numbness") == [Answer("numbness", None), thumb]

    def test_that_a_score_without_a_chosen_region_changes_nothing(self, visit: Visit) -> None:
        assert flow.score_region(visit, 4) == visit

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
            elif page.kind == "pick":
                visit = flow.touch_item(visit, question.item)
            elif page.kind == "body_map":
                visit = flow.score_region(flow.touch_region(visit, LEFT_THUMB), 8)
            else:
                scale = protocol.scale_of(question.item)
                value = scale.options[0] if scale.options else scale.maximum
                visit = flow.answer(visit, question, value)
        visit = flow.go_on(visit)
    given = submission(*flow.answers(visit))
    assert list(faults_in(given, protocol)) == []


class TestKeys:
    """Pages of keys: "I have this, or I am not sure", and "none of these"."""

    @pytest.fixture
    def visit(self, start: Start) -> Visit:
        return start()

    def test_that_nothing_is_touched_or_denied_beforehand(self, visit: Visit) -> None:
        assert flow.current(visit).kind == "pick"
        assert flow.untouched(visit, flow.current(visit)) == tuple(
            question.item for question in flow.current(visit).questions
        )
        assert not flow.is_denied(visit, flow.current(visit))
        assert flow.go_on(visit) == visit

    def test_that_what_was_not_touched_is_denied_when_the_page_is_turned(
        self, visit: Visit
    ) -> None:
        visit = flow.touch_item(visit, "confused")
        assert said(visit, "breathing") == []
        visit = flow.go_on(visit)
        assert said(visit, "breathing") == [Answer("breathing", "no")]

    def test_that_what_was_touched_is_asked_next_and_nothing_else(self, visit: Visit) -> None:
        visit = flow.go_on(flow.touch_item(visit, "confused"))
        assert flow.current(visit).questions == (Question("confused"),)
        visit = flow.go_on(flow.answer(visit, Question("confused"), "yes"))
        assert flow.current(visit).kind == "pick"
        assert said(visit, "confused") == [Answer("confused", "yes")]

    def test_that_none_denies_all_and_asks_nothing_more(self, visit: Visit) -> None:
        visit = flow.deny_items(flow.touch_item(visit, "confused"))
        assert flow.is_denied(visit, flow.current(visit))
        asked = [question.item for question in flow.current(visit).questions]
        visit = flow.go_on(visit)
        assert [a.value for a in flow.answers(visit)] == ["no"] * len(asked)
        assert flow.current(visit).kind == "pick"

    def test_that_a_touch_takes_none_back(self, visit: Visit) -> None:
        visit = flow.touch_item(flow.deny_items(visit), "confused")
        assert flow.untouched(visit, flow.current(visit)).count("confused") == 0
        assert said(visit, "confused") == [Answer("confused", "unsure")]

    def test_that_a_second_touch_takes_the_first_back(self, visit: Visit) -> None:
        visit = flow.touch_item(flow.touch_item(visit, "confused"), "confused")
        assert not flow.can_go_on(visit)
        assert flow.answers(visit) == ()

    @pytest.mark.parametrize(
        ("item", "denied"),
        [
            ("headache", [Answer("headache", 0)]),
            ("arm_pain", [Answer("arm_pain", 0, LEFT), Answer("arm_pain", 0, RIGHT)]),
            ("numbness", [Answer("numbness", 0)]),
            ("wound_redness", [Answer("wound_redness", "no")]),
            ("selftest_neck", [Answer("selftest_neck", "same")]),
            (
                "selftest_grip",
                [Answer("selftest_grip", "same", LEFT), Answer("selftest_grip", "same", RIGHT)],
            ),
        ],
    )
    def test_that_the_scale_says_what_denies(
        self, start: Start, item: str, denied: list[Answer]
    ) -> None:
        visit = flow.go_on(flow.deny_items(at_keys(start(day=7), item)))
        assert said(visit, item) == denied

    def test_that_a_touched_score_without_a_number_is_skipped_and_never_zero(
        self, start: Start
    ) -> None:
        visit = flow.skip(at(start(), "headache"))
        assert said(visit, "headache") == [Answer("headache", None)]
        assert said(flow.go_on(at_keys_touched(start(), "stiffness")), "stiffness") == []

    def test_that_a_touched_self_test_that_is_skipped_stays_open(self, start: Start) -> None:
        visit = flow.skip(at(start(day=7), "selftest_neck"))
        assert said(visit, "selftest_neck") == [Answer("selftest_neck", None)]

    def test_that_a_touched_sign_whose_question_is_skipped_is_not_sure(self, visit: Visit) -> None:
        visit = flow.skip(flow.go_on(flow.touch_item(visit, "breathing")))
        assert said(visit, "breathing") == [Answer("breathing", "unsure")]
        assert flow.warning_signs(visit) == {("breathing", "unsure")}

    def test_that_a_touched_sign_of_an_abandoned_visit_is_not_sure(self, visit: Visit) -> None:
        touched = flow.touch_item(visit, "breathing")
        for left_at in (touched, flow.go_on(touched)):
            assert Answer("breathing", "unsure") in flow.give_up(left_at)

    def test_that_a_touched_sign_is_told_once_its_question_was_asked(self, visit: Visit) -> None:
        visit = flow.go_on(flow.touch_item(visit, "breathing"))
        assert flow.warning_signs(visit) == frozenset()
        assert all(a.item != "breathing" for a in flow.told(visit))
        visit = flow.answer(visit, Question("breathing"), "no")
        assert flow.warning_signs(visit) == frozenset()
        assert Answer("breathing", "no") in flow.told(visit)

    def test_that_skipping_keys_skips_all_that_were_not_touched(self, visit: Visit) -> None:
        visit = flow.skip(flow.touch_item(flow.deny_items(visit), "confused"))
        assert flow.current(visit).questions == (Question("confused"),)
        assert said(visit, "breathing") == [Answer("breathing", None)]

    def test_that_skipping_keys_is_no_denial(self, visit: Visit) -> None:
        visit = flow.back(flow.skip(visit))
        assert not flow.is_denied(visit, flow.current(visit))
        assert not flow.can_go_on(visit)

    def test_that_an_answer_survives_two_touches_of_its_key(self, start: Start) -> None:
        visit = flow.go_on(score(at(start(), "headache"), 5))
        visit = flow.change(to_review(visit), "pick/pains/0")
        visit = flow.touch_item(flow.touch_item(visit, "headache"), "headache")
        assert said(visit, "headache") == [Answer("headache", 5)]

    def test_that_an_answer_goes_when_its_key_is_taken_back(self, start: Start) -> None:
        visit = to_review(flow.go_on(score(at(start(), "headache"), 5)))
        visit = flow.touch_item(flow.change(visit, "pick/pains/0"), "headache")
        assert said(visit, "headache") == []
        visit = flow.go_on(flow.deny_items(visit))
        assert visit.at == REVIEW.key
        assert said(visit, "headache") == [Answer("headache", 0)]
        assert said(visit, "headache_posture") == []

    def test_that_a_change_asks_what_was_touched_only_then(self, start: Start) -> None:
        visit = to_review(start())
        visit = flow.touch_item(flow.change(visit, "pick/pains/0"), "stiffness")
        visit = flow.go_on(visit)
        assert visit.at == "stiffness"
        visit = flow.go_on(score(visit, 4))
        assert visit.at == "stiffness/compared/0"
        assert flow.skip(visit).at == REVIEW.key

    def test_that_a_change_asks_again_how_a_touched_complaint_compares(self, start: Start) -> None:
        visit = flow.go_on(score(at(start(), "stiffness"), 4))
        visit = to_review(flow.go_on(flow.compare(visit, Question("stiffness"), "worse")))
        visit = flow.go_on(flow.deny_items(flow.change(visit, "pick/pains/0")))
        visit = flow.go_on(flow.touch_item(flow.change(visit, "pick/pains/0"), "stiffness"))
        visit = flow.go_on(score(visit, 6))
        assert visit.at == "stiffness/compared/0"
        assert not flow.can_go_on(visit)

    def test_that_a_sign_added_in_a_change_is_asked_on_a_page_that_was_passed(
        self, visit: Visit
    ) -> None:
        visit = flow.go_on(flow.touch_item(visit, "confused"))
        visit = to_review(flow.go_on(flow.answer(visit, Question("confused"), "no")))
        visit = flow.go_on(flow.touch_item(flow.change(visit, "pick/head_throat/0"), "breathing"))
        items = [question.item for question in flow.current(visit).questions]
        assert items == ["breathing", "confused"]

    def test_that_a_key_that_only_now_is_offered_is_not_passed_over(self, start: Start) -> None:
        visit = flow.go_on(score(at(start(form="week", day=21), "weakness"), 2))
        visit = to_review(visit)
        assert "selftest_neck" not in {q.item for page in flow.pages(visit) for q in page.questions}
        visit = flow.go_on(flow.touch_item(flow.change(visit, "pick/feeling/0"), "neck_weakness"))
        visit = flow.go_on(score(visit, 4))
        while flow.current(visit).kind == "compared":
            visit = flow.skip(visit)
        assert visit.at == "pick/selftests/0"

    def test_that_more_than_eight_keys_make_pages_that_are_evenly_filled(
        self, protocol: Protocol
    ) -> None:
        items = [step.item for step in protocol.forms["month"].steps if step.pick][:17]
        visit = of_form(protocol, *(Step(item, pick="all") for item in items))
        assert [len(page.questions) for page in flow.pages(visit)] == [5, 6, 6, 0]

    def test_that_pages_of_one_name_after_two_pages_of_keys_are_two(
        self, protocol: Protocol
    ) -> None:
        signs = [s.item for s in protocol.forms["acute"].steps if s.page == "signs"][:10]
        visit = of_form(protocol, *(Step(item, pick="all", page="signs") for item in signs))
        visit = replace(visit, picked=frozenset(signs))
        shown = keys(visit)
        assert len(shown) == len(set(shown)) == 7

    def test_that_a_key_is_offered_only_where_its_condition_holds(self, protocol: Protocol) -> None:
        fever = Condition(item="fever", one_of=("yes", "unsure"))
        visit = of_form(
            protocol, Step("fever"), Step("light_hurts", pick="more", when=fever), Step("pain")
        )
        visit = flow.answer(visit, Question("fever"), "no")
        assert keys(visit) == ["fever", "pain", REVIEW.key]
        visit = flow.answer(visit, Question("fever"), "unsure")
        assert keys(visit) == ["fever", "pick/more/0", "pain", REVIEW.key]

    def test_that_a_condition_hears_what_keys_denied_and_presumed(self, protocol: Protocol) -> None:
        visit = of_form(
            protocol,
            Step("fever", pick="signs"),
            Step("pain", when=Condition(item="fever", one_of=("no",))),
            Step("pain_worst", when=Condition(item="fever", one_of=("unsure",))),
        )
        assert keys(flow.deny_items(visit)) == ["pick/signs/0", "pain", REVIEW.key]
        touched = keys(flow.touch_item(visit, "fever"))
        assert touched == ["pick/signs/0", "fever", "pain_worst", REVIEW.key]

    def test_that_a_body_map_is_asked_where_its_key_was_touched(self, start: Start) -> None:
        assert "numbness" not in keys(start())
        visit = at(start(), "numbness")
        assert flow.current(visit).kind == "body_map"


def at_keys_touched(visit: Visit, item: str) -> Visit:
    return flow.touch_item(at_keys(visit, item), item)


def of_form(protocol: Protocol, *steps: Step) -> Visit:
    """A visit of a form that asks these steps."""
    changed = replace(protocol, forms={"own": Form(24, steps)})
    return flow.start("visit-1", changed, "own", 2, "RF_DRG")


class TestDrafts:
    @pytest.fixture
    def visit(self, start: Start) -> Visit:
        """A visit left in the middle of a body map, with a touched sign that was skipped."""
        visit = flow.skip(flow.go_on(flow.touch_item(start(), "breathing")))
        visit = flow.go_on(score(at(visit, "pain"), 7))
        visit = at(visit, "numbness")
        return flow.score_region(flow.touch_region(visit, LEFT_THUMB), 3)

    def kept(self, visit: Visit) -> flow.Draft:
        return flow.draft_of(visit, "episode-1", instant(2), instant(2, 10))

    def test_that_a_visit_goes_on_where_it_was_left(self, visit: Visit, start: Start) -> None:
        resumed = flow.resume(start(), self.kept(visit))
        assert (resumed.at, resumed.picked) == (visit.at, visit.picked)
        assert flow.answers(resumed) == flow.answers(visit)
        assert flow.regions(resumed) == {LEFT_THUMB: 3}

    def test_that_a_draft_says_when_it_began_and_was_kept(self, visit: Visit) -> None:
        draft = self.kept(visit)
        assert (draft.id, draft.episode_id, draft.form, draft.day) == (
            "visit-1",
            "episode-1",
            "acute",
            2,
        )
        assert (draft.started_at, draft.saved_at) == (instant(2), instant(2, 10))

    def test_that_a_visit_whose_page_is_gone_goes_on_at_the_first_that_is_open(
        self, visit: Visit, start: Start
    ) -> None:
        draft = replace(self.kept(visit), at="gone")
        assert flow.resume(start(), draft).at == "numbness"

    def test_that_a_visit_of_which_all_was_asked_goes_on_at_the_review(self, start: Start) -> None:
        draft = replace(self.kept(to_review(start())), at="gone")
        assert flow.resume(start(), draft).at == REVIEW.key


class TestPosition:
    def test_that_the_review_counts_not(self, start: Start) -> None:
        visit = start()
        count = len(keys(visit)) - 1
        assert flow.position(visit) == (1, count)
        assert flow.position(to_review(visit)) == (count, count)

    def test_that_what_is_touched_makes_more_to_ask(self, start: Start) -> None:
        visit = start()
        assert flow.position(flow.touch_item(visit, "confused"))[1] == flow.position(visit)[1] + 1


def answered(visit: Visit) -> Visit:
    """The current page, answered with one touch by somebody who has nothing to tell."""
    page = flow.current(visit)
    if page.kind == "pick":
        return flow.deny_items(visit)
    if page.kind == "statements":
        return flow.deny_all(visit)
    scale = visit.protocol.scale_of(page.questions[0].item)
    return score_or_code(visit, scale.options[0] if scale.options else scale.minimum)


def score_or_code(visit: Visit, value: int | str) -> Visit:
    return flow.answer(visit, flow.current(visit).questions[0], value)


def test_that_a_routine_visit_takes_few_touches(protocol: Protocol) -> None:
    for slot in protocol.schedule:
        for profile in protocol.profiles:
            visit = flow.start("visit-1", protocol, slot.form, slot.due_day, profile)
            touches = 0
            while visit.at != REVIEW.key:
                visit = flow.go_on(answered(visit))
                touches += 2
            assert touches + 1 <= MOST_TOUCHES, (slot.id, profile)


def test_that_a_routine_visit_answers_all_that_its_rules_read(protocol: Protocol) -> None:
    for slot in protocol.schedule:
        visit = flow.start("visit-1", protocol, slot.form, slot.due_day, "TORT")
        while visit.at != REVIEW.key:
            visit = flow.go_on(answered(visit))
        given = flow.answers(visit)
        assert all(answer.value is not None for answer in given)
        steps = protocol.forms[slot.form].steps_on(slot.due_day, "TORT")
        assert {a.item for a in given} == {step.item for step in steps if step.when is None}


def test_that_a_follow_up_of_a_skipped_page_is_not_open(start: Start) -> None:
    page = Page("compared", "stiffness/compared/0", (Question("stiffness"),))
    visit = flow.go_on(score(at(start(), "stiffness"), 4))
    assert flow.current(visit) == page
    visit = to_review(flow.skip(visit))
    assert flow.go_on(score(flow.change(visit, "pain"), 3)).at == REVIEW.key
