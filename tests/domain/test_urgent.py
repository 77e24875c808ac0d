"""What a visit says by itself that must be told at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain import visit as flow
from monitor.domain.submission import Answer, Place
from monitor.domain.urgent import UNJUDGED, urgent_rules
from monitor.domain.visit import Visit
from tests.builders import instant
from tests.protocols import default_protocol
from tests.services.clinics import broken_protocol

LEFT = Place(side="left")


def saying(*answers: Answer, day: int = 2) -> Visit:
    """A visit in which these questions were answered, the others not yet."""
    visit = flow.start("visit-1", default_protocol(), "acute", day, "RF_DRG")
    given = {(a.item, a.place): a for a in answers}
    return replace(visit, given=given, picked=frozenset(a.item for a in answers))


def red(visit: Visit) -> frozenset[str]:
    return urgent_rules(visit, instant(visit.day))


@pytest.mark.parametrize("value", ["yes", "unsure"])
def test_that_a_warning_sign_is_red_at_once(value: str) -> None:
    assert red(saying(Answer("breathing", value)))


def test_that_one_that_is_denied_is_not() -> None:
    assert not red(saying(Answer("breathing", "no")))


def test_that_one_whose_question_is_skipped_is_as_its_key_was_left() -> None:
    skipped = saying(Answer("breathing", None))
    assert red(skipped)
    assert not red(replace(skipped, picked=frozenset()))


def test_that_a_sign_that_is_red_only_with_another_is_so_only_then() -> None:
    fever, light = Answer("fever", "yes"), Answer("light_hurts", "yes")
    assert not red(saying(fever))
    assert red(saying(fever, light))


def test_that_a_score_can_be_red() -> None:
    assert red(saying(Answer("weakness", 7, LEFT, "new")))
    assert not red(saying(Answer("weakness", 3, LEFT)))


def test_that_nothing_is_red_before_anything_is_said() -> None:
    assert not red(flow.start("visit-1", default_protocol(), "acute", 2, "RF_DRG"))


def test_that_a_key_whose_question_comes_next_is_not_judged_yet() -> None:
    visit = flow.start("visit-1", default_protocol(), "acute", 2, "RF_DRG")
    assert not red(flow.go_on(flow.touch_item(visit, "breathing")))


def test_that_a_sign_speaks_for_itself_where_the_rules_fail() -> None:
    visit = saying(Answer("breathing", "yes"))
    broken = replace(visit, protocol=broken_protocol())
    assert red(broken) == {UNJUDGED}
    assert not red(replace(saying(Answer("breathing", "no")), protocol=broken_protocol()))
