from __future__ import annotations

from typing import Any

import pytest

from monitor.domain.condition import Condition
from monitor.domain.judging import Moment, by_item, fulfilling, holds
from monitor.domain.protocol import Side
from monitor.domain.submission import Answer, Place
from tests.builders import answer, instant


def moment(*answers: Answer, day: int = 1, hour: int = 9, minute: int = 0) -> Moment:
    return Moment(answers=by_item(answers), answered_at=instant(day, hour, minute))


def met(condition: Condition, *history: Moment, place: Place | None = None) -> bool:
    return bool(fulfilling(condition, history, place))


CASES: list[tuple[str, dict[str, Any], Answer, bool]] = [
    ("a score at the bound", {"at_least": 4}, answer("headache", 4), True),
    ("a score below the bound", {"at_least": 4}, answer("headache", 3), False),
    ("an option has no score", {"at_least": 0}, answer("headache", "yes"), False),
    ("a named option", {"one_of": ("yes", "unsure")}, answer("headache", "unsure"), True),
    ("another option", {"one_of": ("yes", "unsure")}, answer("headache", "no"), False),
    ("said worse", {"compared": ("worse", "new")}, answer("headache", 4, compared="worse"), True),
    (
        "said the same",
        {"compared": ("worse", "new")},
        answer("headache", 4, compared="same"),
        False,
    ),
    ("not asked to compare", {"compared": ("worse",)}, answer("headache", 4), False),
    ("at a named region", {"sites": ("leg",)}, answer("headache", 4, "leg", "left"), True),
    ("at another region", {"sites": ("leg",)}, answer("headache", 4, "face"), False),
    ("nothing but the item", {}, answer("headache", 0), True),
    ("skipped", {}, answer("headache", None), False),
    ("another item", {}, answer("pain", 9), False),
    (
        "both bounds met",
        {"at_least": 3, "compared": ("new",)},
        answer("headache", 3, compared="new"),
        True,
    ),
    (
        "one of two bounds",
        {"at_least": 3, "compared": ("new",)},
        answer("headache", 2, compared="new"),
        False,
    ),
]


@pytest.mark.parametrize(
    ("bounds", "given", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_that_every_bound_that_is_given_must_be_met(
    bounds: dict[str, Any], given: Answer, expected: bool
) -> None:
    assert met(Condition("headache", **bounds), moment(given)) is expected


def test_that_a_condition_on_one_report_needs_no_time() -> None:
    given = answer("headache", 4)
    assert holds(Condition("headache", at_least=3), {(given.item, given.place): given})


def test_that_a_group_of_all_needs_every_part_and_shows_all_answers() -> None:
    both = Condition(
        all_of=(Condition("headache", at_least=3), Condition("fever", one_of=("yes",)))
    )
    headache, fever = answer("headache", 4), answer("fever", "yes")
    assert fulfilling(both, (moment(headache, fever),)) == (headache, fever)
    assert fulfilling(both, (moment(headache),)) == ()


def test_that_a_group_of_any_shows_the_answers_that_met_it() -> None:
    either = Condition(
        any_of=(Condition("headache", at_least=3), Condition("fever", one_of=("yes",)))
    )
    fever = answer("fever", "yes")
    assert fulfilling(either, (moment(answer("headache", 1), fever),)) == (fever,)
    assert not met(either, moment(answer("headache", 1)))


class TestRise:
    RISE = Condition("weakness", rise=3)
    FAST = Condition("weakness", rise=3, within_hours=72)

    @pytest.mark.parametrize(("score", "expected"), [(4, False), (5, True), (6, True)])
    def test_that_a_rise_is_from_the_last_report(self, score: int, expected: bool) -> None:
        history = (moment(answer("weakness", 2)), moment(answer("weakness", score), day=2))
        assert met(self.RISE, *history) is expected

    def test_that_an_earlier_low_does_not_count_for_the_last_report(self) -> None:
        scores = [moment(answer("weakness", s), day=d) for d, s in ((1, 1), (2, 3), (3, 5))]
        assert not met(self.RISE, *scores)

    def test_that_any_report_within_the_hours_counts(self) -> None:
        scores = [moment(answer("weakness", s), day=d) for d, s in ((1, 1), (2, 3), (3, 5))]
        assert met(self.FAST, *scores)

    @pytest.mark.parametrize(("minute", "expected"), [(0, True), (1, False)])
    def test_that_the_hours_end_on_the_minute(self, minute: int, expected: bool) -> None:
        late = moment(answer("weakness", 4), day=4, minute=minute)
        assert met(self.FAST, moment(answer("weakness", 1)), late) is expected

    def test_that_a_first_report_has_not_risen(self) -> None:
        assert not met(self.RISE, moment(answer("weakness", 9)))

    def test_that_a_skipped_report_is_passed_over(self) -> None:
        skipped = moment(answer("weakness", None), day=2)
        history = (moment(answer("weakness", 2)), skipped, moment(answer("weakness", 5), day=3))
        assert met(self.RISE, *history)

    def test_that_the_other_side_is_another_question(self) -> None:
        history = (
            moment(answer("weakness", 0, side="left")),
            moment(answer("weakness", 5, side="right"), day=2),
        )
        assert not met(self.RISE, *history)

    def test_that_an_option_does_not_rise(self) -> None:
        history = (moment(answer("weakness", "no")), moment(answer("weakness", "yes"), day=2))
        assert not met(self.RISE, *history)

    def test_that_a_form_being_filled_in_knows_no_hours(self) -> None:
        filling = Moment(answers=by_item([answer("weakness", 9)]))
        assert not met(self.FAST, moment(answer("weakness", 0)), filling)


class TestNewly:
    CANNOT = Condition("selftest_grip", newly="cannot")

    def given(self, *values: str | None) -> list[Moment]:
        return [moment(answer("selftest_grip", v), day=d) for d, v in enumerate(values)]

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            (("same", "cannot"), True),
            (("cannot", "same", "cannot"), True),
            (("cannot", None, "cannot"), False),
            (("cannot", "cannot"), False),
            (("same", "harder"), False),
            (("cannot",), True),
        ],
    )
    def test_that_an_option_is_new_if_the_last_answer_was_another(
        self, values: tuple[str | None, ...], expected: bool
    ) -> None:
        assert met(self.CANNOT, *self.given(*values)) is expected


class TestReports:
    TWICE = Condition("clumsy_hands", one_of=("yes",), reports=2)

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            (("yes", "yes"), True),
            (("no", "yes", "yes"), True),
            (("yes", "no"), False),
            (("yes", "no", "yes"), False),
            (("yes",), False),
            (("yes", None, "yes"), True),
            (("yes", "yes", None), False),
        ],
    )
    def test_that_the_reports_are_those_that_were_answered(
        self, values: tuple[str | None, ...], expected: bool
    ) -> None:
        history = [moment(answer("clumsy_hands", v), day=d) for d, v in enumerate(values)]
        assert met(self.TWICE, *history) is expected


class TestPlaces:
    HANDS = Condition(
        "numbness", at_least=3, sites=("thumb_side", "little_finger"), both_sides=True
    )

    @pytest.mark.parametrize(
        ("sides", "expected"),
        [(("left", "right"), True), (("left",), False), (("left", "left"), False), ((), False)],
    )
    def test_that_both_sides_must_meet_it_at_any_of_the_regions(
        self, sides: tuple[Side, ...], expected: bool
    ) -> None:
        regions = ("thumb_side", "little_finger")
        given = [answer("numbness", 3, r, s) for r, s in zip(regions, sides, strict=False)]
        assert met(self.HANDS, moment(answer("pain", 1), *given)) is expected

    def test_that_a_low_second_side_does_not_count(self) -> None:
        given = (
            answer("numbness", 3, "thumb_side", "left"),
            answer("numbness", 2, "thumb_side", "right"),
        )
        assert not met(self.HANDS, moment(*given))

    def test_that_an_item_answered_at_the_place_is_judged_there_and_nowhere_else(self) -> None:
        given = moment(answer("weakness", 8, side="left"), answer("weakness", 1, side="right"))
        weak = Condition("weakness", at_least=7)
        assert met(weak, given, place=Place(side="left"))
        assert not met(weak, given, place=Place(side="right"))

    def test_that_an_item_without_places_is_judged_for_every_place(self) -> None:
        given = moment(answer("weakness", 8, side="left"), answer("fever", "yes"))
        assert met(Condition("fever", one_of=("yes",)), given, place=Place(side="left"))


def test_that_a_condition_names_the_items_of_all_its_parts() -> None:
    nested = Condition(
        all_of=(
            Condition("fever"),
            Condition(any_of=(Condition("headache"), Condition("confused"))),
        )
    )
    assert nested.items() == {"fever", "headache", "confused"}


class TestSeveralReportsOfAGroup:
    SIGNS = Condition(
        reports=2,
        any_of=(Condition("clumsy_hands", one_of=("yes",)), Condition("fever", one_of=("yes",))),
    )

    def test_that_either_sign_in_each_report_is_enough(self) -> None:
        one = moment(answer("clumsy_hands", "yes"), answer("fever", "no"))
        other = moment(answer("clumsy_hands", "no"), answer("fever", "yes"), day=2)
        assert met(self.SIGNS, one, other)
        assert not met(self.SIGNS, other)

    def test_that_a_report_that_denies_both_interrupts_and_one_that_skips_both_does_not(
        self,
    ) -> None:
        sign = moment(answer("fever", "yes"))
        denied = moment(answer("clumsy_hands", "no"), day=2)
        skipped = moment(answer("clumsy_hands", None), answer("fever", None), day=2)
        again = moment(answer("fever", "yes"), day=3)
        assert not met(self.SIGNS, sign, denied, again)
        assert met(self.SIGNS, sign, skipped, again)
