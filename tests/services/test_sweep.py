from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain.episode import Episode
from monitor.services import sweep
from monitor.services.ports import Sweep, Unavailable
from tests.builders import answer, episode, instant
from tests.protocols import default_protocol
from tests.services.clinics import Practice, broken_protocol, protocol_of_a_store_away


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols()
    practice.enrols(2)
    practice.enrols(3, own=episode(3, state="closed"))
    return practice


def test_that_time_alone_raises_what_is_due_in_every_open_episode(practice: Practice) -> None:
    assert practice.sweeps(2) == Sweep(instant(2, 22), instant(2, 22), 2, 2)
    assert practice.alert("missed_report").raised_day == 2
    assert practice.alert("missed_report", "episode-2").raised_day == 2
    assert practice.alerts("episode-3") == ()


def test_that_a_second_sweep_on_the_same_day_changes_nothing(practice: Practice) -> None:
    practice.reports(3, answer("soreness", 5), answer("burning", 8, compared="worse"))
    practice.sweeps(15)
    before = practice.alerts()
    assert practice.sweeps(15, hour=22).alerts_changed == 0
    assert practice.alerts() == before


def test_that_what_was_done_is_kept_and_progress_is_told(practice: Practice) -> None:
    seen: list[tuple[int, int]] = []
    done = sweep.run(practice.clinic, lambda number, total: seen.append((number, total)))
    assert seen == [(1, 2), (2, 2)]
    with practice.store.read() as work:
        assert work.sweeps.last() == done


def test_that_an_episode_that_cannot_be_judged_does_not_stop_the_others(
    practice: Practice,
) -> None:
    other = replace(broken_protocol(), id="broken")
    practice.enrols(4, own=episode(4, protocol_id="broken"))
    practice.enrols(5, own=episode(5, protocol_id="not there"))
    practice.follows(default_protocol(), other)
    done = practice.sweeps(2)
    assert (done.episodes, done.failed) == (4, ("episode-4", "episode-5"))
    assert practice.alert("missed_report").raised_day == 2


def test_that_a_store_that_is_away_is_no_sweep(practice: Practice) -> None:
    practice.store.fault = "network gone"
    with pytest.raises(Unavailable):
        practice.sweeps(2)
    practice.store.fault = ""
    with practice.store.read() as work:
        assert work.sweeps.last() is None


def test_that_a_sweep_ends_where_the_store_does_not_answer_and_leaves_no_trace(
    practice: Practice,
) -> None:
    practice.follows(protocol_of_a_store_away())
    with pytest.raises(Unavailable, match="The disk is full"):
        practice.sweeps(2)
    with practice.store.read() as work:
        assert work.sweeps.last() is None


def test_that_a_report_that_waits_is_judged_also_when_its_episode_is_closed(
    practice: Practice,
) -> None:
    practice.follows(broken_protocol())
    practice.reports(3, answer("breathing", "yes"))
    practice.saves(replace(practice_episode(practice), state="closed"))
    practice.follows(default_protocol())
    practice.sweeps(4)
    assert practice.alert("airway").raised_day == 4
    assert [state for _, state, _ in practice.states()] == ["evaluated"]


def practice_episode(practice: Practice) -> Episode:
    with practice.store.read() as work:
        return work.episodes.get("episode-1")
