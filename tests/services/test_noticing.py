"""What makes a sound at a station, and the daily proof that it is heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain.protocol import Priority
from monitor.services import noticing
from monitor.services.ports import Refusal
from tests import builders
from tests.builders import instant
from tests.services.clinics import Practice


@pytest.fixture
def practice() -> Practice:
    return Practice()


def raise_alert(practice: Practice, priority: Priority, count: int = 1) -> str:
    found = builders.finding(f"rule_{count}", priority=priority)
    alert = builders.alert(found, 1, id=f"alert-{count}", episode_id="episode-1")
    with practice.store.begin() as work:
        work.alerts.add(alert)
        work.commit()
    return alert.id


class TestWhatMakesASound:
    def test_that_it_is_red_alone(self, practice: Practice) -> None:
        practice.enrols()
        red = raise_alert(practice, Priority.RED, 1)
        raise_alert(practice, Priority.ORANGE, 2)
        assert noticing.notice(practice.clinic).red == {red}

    def test_that_it_is_red_until_somebody_has_seen_it(self, practice: Practice) -> None:
        practice.enrols()
        red = raise_alert(practice, Priority.RED)
        with practice.store.begin() as work:
            seen = replace(work.alerts.get(red), state="acknowledged")  # type: ignore[arg-type]
            work.alerts.save(seen, seen.version)
            work.commit()
        assert noticing.notice(practice.clinic).red == frozenset()

    def test_that_a_station_at_which_nobody_is_signed_in_hears_of_it(
        self, practice: Practice
    ) -> None:
        practice.enrols()
        red = raise_alert(practice, Priority.RED)
        alone = replace(practice.clinic, actor="", acting="nobody")
        assert noticing.notice(alone).red == {red}


class TestTheDailyTest:
    def test_that_it_is_due_where_there_never_was_one(self, practice: Practice) -> None:
        assert noticing.notice(practice.clinic).test_is_due

    def test_that_it_is_due_again_on_the_next_day(self, practice: Practice) -> None:
        practice.clock.set(instant(3, 7))
        assert not noticing.confirm_test(practice.clinic, heard=True).test_is_due
        practice.clock.set(instant(3, 20))
        assert not noticing.notice(practice.clinic).test_is_due
        practice.clock.set(instant(4, 7))
        assert noticing.notice(practice.clinic).test_is_due

    def test_that_one_that_was_not_heard_stays_due_and_says_who_said_so(
        self, practice: Practice
    ) -> None:
        told = noticing.confirm_test(practice.clinic, heard=False)
        assert told.test_is_due
        assert told.test is not None
        assert (told.test.by, told.test.heard) == ("nurse", False)

    def test_that_every_station_has_its_own(self, practice: Practice) -> None:
        noticing.confirm_test(practice.clinic, heard=True)
        ward = replace(practice.clinic, station="ward")
        assert noticing.notice(ward).test_is_due

    def test_that_a_kiosk_cannot_confirm_it(self, practice: Practice) -> None:
        at_kiosk = replace(practice.clinic, acting="kiosk")
        with pytest.raises(Refusal, match="not_allowed"):
            noticing.confirm_test(at_kiosk, heard=True)
