"""The engine says what an independently written slow reference says, whatever the history.

What is compared, and how it is counted, stands in `tests.differential.comparing`. For more than
fits here: `python -m tests.differential --seconds 600 --seed 7`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from monitor.domain.protocol import Protocol
from monitor.domain.rules import KINDS
from tests.differential.comparing import Count, differences
from tests.differential.histories import History, history_of
from tests.differential.reference import STEPS, Moment, Walk
from tests.differential.searching import difference_at, wrong_at
from tests.protocols import default_protocol, protocol_with, rule_of

Kept = Callable[[str, object], None]

BATCHES = 8
COURSES = 46
"""Courses in a batch: 368 in all, a million comparisons, of which 6 in 100 are not silent."""

LIVES = 24
"""Histories that are lived through in a clinic, four times each and once more by a new version."""


SEARCHED = 300
"""Histories that are searched, at most, for one that shows a setting that is off by one."""


@pytest.fixture(scope="module")
def compared(record_testsuite_property: Kept) -> Iterator[Count]:
    """What this module compared, told in the report of the whole run."""
    count = Count()
    yield count
    record_testsuite_property("engine and reference", str(count))


@pytest.fixture(scope="module")
def lived(record_testsuite_property: Kept) -> Iterator[Count]:
    count = Count()
    yield count
    record_testsuite_property("stored alerts and reference", str(count))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_that_the_engine_says_what_the_reference_says_at_every_moment(
    batch: int, compared: Count
) -> None:
    protocol = default_protocol()
    spoken = compared.spoken
    for seed in range(batch * COURSES, (batch + 1) * COURSES):
        assert not (different := difference_at(seed, protocol, compared)), different
    assert compared.spoken > spoken, "two that are always silent agree on nothing"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(LIVES))
def test_that_what_is_stored_is_what_the_reference_finds_in_the_answers(
    seed: int, lived: Count
) -> None:
    """As it arrives, with sweeps and without, late in any order, and by a new version."""
    assert not (wrong := wrong_at(seed, default_protocol(), lived)), wrong


def test_that_the_reference_has_a_reading_of_every_kind_of_rule() -> None:
    others = {"answers", "missed", "together"}
    assert set(STEPS) | others == set(KINDS) - {"monitoring"}  # which finds nothing in a course


def test_that_a_seed_gives_the_same_history_again() -> None:
    protocol = default_protocol()
    assert history_of(7, protocol) == history_of(7, protocol)


def test_that_a_pause_that_is_forgotten_is_noticed() -> None:
    protocol = protocol_with(rule_of("missed_report"))
    histories = (history_of(seed, protocol) for seed in range(SEARCHED))

    def said(history: History) -> list[Moment]:
        return list(Walk(protocol, history.episode, history.stored, history.until).moments())

    assert any(
        said(h) != said(replace(h, episode=replace(h.episode, pauses=()))) for h in histories
    )


def nudged(protocol: Protocol, rule_id: str, **settings: object) -> Protocol:
    """The protocol with other settings of a rule, or of `presence`."""
    if rule_id == "presence":
        return replace(protocol, presence=replace(protocol.presence, **settings))  # type: ignore[arg-type]
    changed = (replace(r, **settings) if r.id == rule_id else r for r in protocol.rules)  # type: ignore[arg-type]
    return replace(protocol, rules=tuple(changed))


@pytest.mark.parametrize(
    ("rule_id", "settings"),
    [
        ("presence", {"at_least": 4}),
        ("presence", {"rise": 3.0}),
        ("presence", {"rise_unasked": 2.5}),
        ("presence", {"settle_rise": 0.0}),
        ("soreness_persists", {"fresh_days": 2}),
        ("weakness_persists", {"once_if_compared": False}),
        ("new_numbness", {"span_days": 4}),
        ("pain_recurrence", {"limit_fraction": 0.49}),
        ("pain_recurrence", {"confirm_after_days": 9}),
        ("pain_recurrence", {"tau_days": 10.0}),
        ("no_benefit", {"fresh_days": 6}),
        ("pain_above_baseline", {"from_day": 11}),
        ("pain_jump", {"at_once_from": 8}),
        ("selftest_failed", {"from_day": 16}),
        ("arm_getting_weaker", {"to_day": 13}),
        ("new_arm_pain", {"from_day": 4}),
        ("missed_report", {"lost_after": 3}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_that_the_comparison_notices_a_setting_that_is_off_by_one(
    rule_id: str, settings: dict[str, object]
) -> None:
    protocol = default_protocol()
    if rule_id != "presence":
        protocol = protocol_with(rule_of(rule_id))
    engines = nudged(protocol, rule_id, **settings)
    assert any(
        any(differences(history_of(seed, protocol), protocol, engines=engines))
        for seed in range(SEARCHED)
    )
