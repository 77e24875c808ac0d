"""Everything that keeps monitoring going, in one call that every program makes."""

from __future__ import annotations

import pytest

from monitor.services import watching
from monitor.services.ports import Heartbeat, Unavailable
from tests.builders import instant
from tests.services.clinics import Practice, broken_protocol


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols()
    return practice


def test_that_the_program_is_heard_the_canary_flies_and_all_are_judged(practice: Practice) -> None:
    practice.clock.set(instant(2, 22))
    seen: list[tuple[int, int]] = []
    done = watching.watch_once(
        practice.clinic, "watch", lambda number, total: seen.append((number, total))
    )
    assert (done.episodes, done.alerts_changed, seen) == (1, 1, [(1, 1)])
    with practice.store.read() as work:
        assert work.heartbeats.all() == (Heartbeat("watch", "desk", instant(2, 22)),)
        assert work.canaries.last_through() is not None
        assert work.sweeps.last() == done


def test_that_a_canary_that_dies_does_not_keep_the_others_from_being_judged(
    practice: Practice,
) -> None:
    practice.follows(broken_protocol())
    done = watching.watch_once(practice.clinic, "station")
    assert done.failed == ("episode-1",)
    with practice.store.read() as work:
        assert work.canaries.last_through() is None


def test_that_a_store_that_is_away_is_told(practice: Practice) -> None:
    practice.store.fault = "network gone"
    with pytest.raises(Unavailable, match="network gone"):
        watching.watch_once(practice.clinic, "watch")
