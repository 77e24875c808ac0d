"""Pages of keys on the screen, and how long a visit takes with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from monitor.domain import visit as flow
from monitor.domain.protocol import Protocol
from monitor.domain.submission import Answer
from monitor.ui.kiosk import effort, wording
from monitor.ui.kiosk.effort import Effort
from monitor.ui.kiosk.screens.pick import PickState
from monitor.ui.kiosk.screens.review import ReviewScreen, ReviewState
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.walking import report_sign

MakeKiosk = Callable[..., Kiosk]
DOCS = Path(__file__).parents[3] / "docs" / "kiosk.md"
MOST_TOUCHES = 31
"""A visit of a month with nothing to tell, both pages of its review included."""


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Kiosk:
    kiosk = make_kiosk()
    kiosk.begin()
    return kiosk


def chosen(kiosk: Kiosk) -> set[str]:
    return {item for item, key in kiosk.screen.keys.items() if key.isChecked()}


def review_lines(visit: flow.Visit) -> dict[str, str]:
    """What the review says, name by name, of a visit whose other pages are skipped."""
    while visit.at != flow.REVIEW.key:
        visit = flow.skip(visit)
    state = wording.page_state(visit)
    assert isinstance(state, ReviewState)
    return {line.name: line.value for line in state.lines}


def test_that_no_key_is_touched_beforehand(kiosk: Kiosk) -> None:
    assert chosen(kiosk) == set()
    assert not kiosk.screen.denial.isChecked()
    assert not kiosk.screen.next.isEnabled()


def test_that_none_takes_touches_back_and_a_touch_takes_none_back(kiosk: Kiosk) -> None:
    kiosk.touch(kiosk.screen.keys["confused"])
    kiosk.touch(kiosk.screen.keys["breathing"])
    assert chosen(kiosk) == {"confused", "breathing"}
    kiosk.touch(kiosk.screen.denial)
    assert (chosen(kiosk), kiosk.screen.denial.isChecked()) == (set(), True)
    kiosk.touch(kiosk.screen.keys["confused"])
    assert (chosen(kiosk), kiosk.screen.denial.isChecked()) == ({"confused"}, False)
    assert kiosk.screen.next.isEnabled()


def test_that_the_page_says_what_it_means_not_to_touch(kiosk: Kiosk) -> None:
    assert "Untouched means no" in kiosk.screen.heading.hint.text()


def test_that_a_sign_is_asked_alone_and_the_others_are_denied(kiosk: Kiosk) -> None:
    report_sign(kiosk, "no")
    kiosk.go_to_review()
    kiosk.send()
    (stored,) = kiosk.submissions()
    assert {Answer("breathing", "no"), Answer("confused", "no")} <= set(stored.answers)


def test_that_a_page_without_a_hint_of_its_own_says_what_to_do(protocol: Protocol) -> None:
    words = {k: text for k, text in protocol.words["en"].items() if k != "pick.head_throat.hint"}
    visit = flow.start("visit", replace(protocol, words={"en": words}), "acute", 2, "RF_DRG")
    state = wording.page_state(visit)
    assert isinstance(state, PickState)
    assert state.frame.hint == "If you are not sure, touch it. Untouched means no."


def test_that_the_review_has_one_line_for_all_that_was_denied_together(protocol: Protocol) -> None:
    visit = flow.start("visit", protocol, "acute", 2, "RF_DRG")
    lines = review_lines(flow.go_on(flow.deny_items(visit)))
    assert lines["Warning signs: head and throat"] == "None of these (8)"
    assert lines["Warning signs: arms, legs and fever"] == "Not answered"


def test_that_the_review_names_what_was_touched_and_counts_the_others(protocol: Protocol) -> None:
    visit = flow.start("visit", protocol, "acute", 2, "RF_DRG")
    lines = review_lines(flow.go_on(flow.touch_item(visit, "confused")))
    assert lines["Warning signs: head and throat"] == "None of the others (7)"
    assert lines["Confused"] == "Not sure"


def test_that_the_review_has_no_line_for_keys_that_were_all_touched(protocol: Protocol) -> None:
    visit = flow.start("visit", protocol, "acute", 2, "RF_DRG")
    for question in flow.current(visit).questions:
        visit = flow.touch_item(visit, question.item)
    assert "Warning signs: head and throat" not in review_lines(visit)


def test_that_a_language_that_the_protocol_has_not_is_english(protocol: Protocol) -> None:
    visit = flow.start("visit", protocol, "acute", 2, "RF_DRG", language="xx")
    assert wording.words_of(visit) is protocol.words["en"]


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(before)


def test_that_days_and_months_are_called_as_the_language_calls_them(german: None) -> None:
    assert wording.month_name(5) == "Mai"
    assert wording.day_name(dt.date(2026, 3, 5)) == "Donnerstag 5 März"


def test_that_a_routine_visit_of_a_month_takes_few_touches(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk(day=60)
    kiosk.begin()
    touches = 0
    while not isinstance(kiosk.screen, ReviewScreen):
        answered, count = effort.deny(kiosk.guide._visit)
        if hasattr(kiosk.screen, "denial") and kiosk.screen.denial.isVisible():
            kiosk.touch(kiosk.screen.denial)
        else:
            kiosk.touch(next(iter(kiosk.screen.keys.values())))
        assert count == 1
        assert set(answered.given) == set(kiosk.guide._visit.given)
        kiosk.touch(kiosk.screen.next)
        touches += 2
    while kiosk.screen.later.isVisible():
        kiosk.touch(kiosk.screen.later)
        touches += 1
    kiosk.touch(kiosk.screen.next)
    assert touches + 1 <= MOST_TOUCHES
    (stored,) = kiosk.submissions()
    assert all(answer.value is not None for answer in stored.answers)


def test_that_an_estimate_counts_words_and_touches() -> None:
    together = Effort(pages=1, touches=2, words=100) + Effort(pages=1, touches=8, words=100)
    assert together == Effort(pages=2, touches=10, words=200)
    assert together.seconds == pytest.approx(60 + 10 * effort.SECONDS_PER_TOUCH)
    assert together.minutes == 2


def test_that_a_protocol_without_keys_is_estimated_too(protocol: Protocol) -> None:
    form = protocol.forms["month"]
    alone = replace(form, steps=tuple(replace(step, pick="") for step in form.steps))
    plain = replace(protocol, forms={"month": alone})
    many = effort.routine(flow.start("visit", plain, "month", 60, "RF_DRG"))
    few = effort.routine(flow.start("visit", protocol, "month", 60, "RF_DRG"))
    assert many.touches > few.touches


DAYS = (
    *(("base", -1), ("acute", 1), ("acute", 2), ("acute", 7), ("acute", 14)),
    *(("week", 21), ("week", 28), ("week", 42), ("month", 60)),
)


def test_that_the_table_of_the_documentation_is_right(protocol: Protocol) -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert [row for row in text.splitlines() if row.startswith("| `")] == [
        row(effort.routine(flow.start("visit", protocol, form, day, "RF_DRG")), form, day)
        for form, day in DAYS
    ]


def row(asked: Effort, form: str, day: int) -> str:
    """A line of the table "How long a visit takes"."""
    numbers = (day, asked.pages, asked.touches, asked.words, round(asked.seconds))
    return f"| `{form}` | {' | '.join(map(str, numbers))} |"
