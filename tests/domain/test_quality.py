from __future__ import annotations

import datetime as dt

import pytest

from monitor.domain.protocol import Quality
from monitor.domain.quality import is_hasty
from monitor.domain.submission import Answer
from tests.builders import answer, instant, submission

QUALITY = Quality(
    identical_items=4, within_seconds=15, sources=("JUDGEMENT",), grade="C", why="As thought."
)
SAME = tuple(answer(item, 3) for item in ("pain", "soreness", "stiffness", "burning"))


def hasty(*answers: Answer, seconds: float | None = 14) -> bool:
    started_at = None if seconds is None else instant(1) - dt.timedelta(seconds=seconds)
    given = submission(*answers, answered_at=instant(1), started_at=started_at)
    return is_hasty(given, QUALITY)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, True), (14.9, True), (15, False), (600, False), (-1, False), (None, False)],
    ids=["at once", "just too fast", "on the edge", "in time", "clock put back", "not measured"],
)
def test_that_the_time_from_the_first_question_counts(
    seconds: float | None, expected: bool
) -> None:
    assert hasty(*SAME, seconds=seconds) is expected


def test_that_one_other_score_is_enough_to_be_believed() -> None:
    assert not hasty(*SAME, answer("headache", 4))


def test_that_few_questions_can_be_answered_fast() -> None:
    assert not hasty(*SAME[:3])


def test_that_two_sides_of_one_question_are_one_question() -> None:
    sides = (answer("weakness", 3, side="left"), answer("weakness", 3, side="right"))
    assert not hasty(*SAME[:2], *sides)
    assert hasty(*SAME[:3], *sides)


def test_that_warning_signs_and_what_was_skipped_say_nothing_of_haste() -> None:
    assert hasty(*SAME, answer("fever", "no"), answer("breathing", "no"), answer("headache", None))
    signs = [answer(sign, "no") for sign in ("fever", "breathing", "help_now", "confused")]
    assert not hasty(*signs)
