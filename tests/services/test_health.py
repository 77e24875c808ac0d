"""Whether monitoring runs, and whether the numbers add up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from monitor.domain.alert import State
from monitor.domain.submission import Answer
from monitor.services import alerts, canary, charting, health, sweep
from monitor.services.ports import Canary, Heartbeat, Tally
from tests.builders import answer, instant
from tests.services.clinics import Practice

YELLOW = answer("pgic", "much_worse")
AMBER = answer("burning", 8, compared="worse")


@pytest.fixture
def practice() -> Practice:
    """Three patients, none of whom has missed a report yet."""
    practice = Practice()
    for count in range(1, 4):
        practice.enrols(count)
    return practice


def says(practice: Practice, count: int, *answers: Answer, day: int = 1) -> None:
    episode_id = f"episode-{count}"
    practice.reports(day, *answers, id=f"form-{count}-{day}", episode_id=episode_id)


class TestStatus:
    def test_that_it_is_overdue_if_monitoring_never_ran(self, practice: Practice) -> None:
        status = health.status(practice.clinic)
        assert (status.last_sweep, status.lag, status.overdue) == (None, None, True)

    @pytest.mark.parametrize(
        ("minutes", "overdue"), [(0, False), (20, False), (21, True), (-2, False), (-3, True)]
    )
    def test_that_it_is_overdue_after_20_minutes_or_from_the_future(
        self, practice: Practice, minutes: int, overdue: bool
    ) -> None:
        practice.sweeps(1)
        practice.clock.advance(minutes=minutes)
        status = health.status(practice.clinic)
        assert status.lag == dt.timedelta(minutes=minutes)
        assert status.overdue is overdue
        assert status.last_sweep == instant(1, 22)

    def test_that_every_report_received_is_accounted_for(self, practice: Practice) -> None:
        for count in (1, 2, 3):
            says(practice, count, YELLOW)
        with practice.store.begin() as work:
            one, two, _ = work.submissions.evaluations("evaluated")
            work.submissions.mark(replace(one, state="waiting"))
            work.submissions.mark(replace(two, state="failed"))
            work.commit()
        status = health.status(practice.clinic)
        assert (status.received, status.evaluated) == (3, 1)
        assert (status.waiting, status.failed) == (1, 1)
        assert status.failed_episodes == ()

    def test_that_a_report_from_a_clock_that_was_ahead_is_told_of(self, practice: Practice) -> None:
        practice.reports(40, YELLOW)
        practice.clock.set(instant(3))
        assert health.status(practice.clinic).dated_ahead == 1
        assert charting.chart(practice.clinic, "episode-1").dated_ahead == 1
        assert charting.chart(practice.clinic, "episode-1").last_report is None

    def test_that_the_canarys_own_reports_are_no_patients(self, practice: Practice) -> None:
        practice.clock.set(instant(40))
        canary.run_if_due(practice.clinic)
        practice.clock.set(instant(3))
        assert health.status(practice.clinic).dated_ahead == 0


class TestCanary:
    def test_that_before_the_first_sweep_nothing_is_overdue(self, practice: Practice) -> None:
        status = health.status(practice.clinic)
        assert (status.canary, status.canary_through, status.canary_overdue) == (None, None, False)

    def test_that_a_sweep_without_any_canary_is_a_fault(self, practice: Practice) -> None:
        sweep.run(practice.clinic)
        assert health.status(practice.clinic).canary_overdue

    @pytest.mark.parametrize(("days", "overdue"), [(0, False), (1, False), (2, True)])
    def test_that_it_is_overdue_once_a_whole_day_had_none(
        self, practice: Practice, days: int, overdue: bool
    ) -> None:
        canary.run_if_due(practice.clinic)
        practice.clock.advance(days=days)
        sweep.run(practice.clinic)
        assert health.status(practice.clinic).canary_overdue is overdue

    def test_that_one_that_died_does_not_make_the_last_good_one_younger(
        self, practice: Practice
    ) -> None:
        canary.run_if_due(practice.clinic)
        practice.clock.advance(days=2)
        died = Canary(practice.clinic.now(), 0.1, "no alert on the worklist")
        with practice.store.begin() as work:
            work.canaries.add(died)
            work.commit()
        sweep.run(practice.clinic)
        status = health.status(practice.clinic)
        assert (status.canary, status.canary_through) == (died, instant(0))
        assert status.canary_overdue


class TestLedger:
    def test_that_a_clinic_without_anything_has_no_shares(self, practice: Practice) -> None:
        found = health.ledger(practice.clinic)
        assert (found.received, found.raised, found.unaccounted) == (0, 0, 0)
        assert (found.per_100_reports, found.useful_share) == (None, None)

    def test_that_reports_and_alerts_are_counted_and_rated(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        says(practice, 2, AMBER)
        says(practice, 3, YELLOW)
        says(practice, 3, YELLOW, day=2)
        first = practice.alert("nerve_pain")
        done = alerts.resolve(practice.clinic, first.id, first.version, "treated")
        alerts.rate(practice.clinic, first.id, done.alert.version, "useful")
        other = practice.alert("nerve_pain", "episode-2")
        alerts.rate(practice.clinic, other.id, other.version, "not_useful")
        found = health.ledger(practice.clinic)
        assert (found.received, found.evaluated, found.reports) == (4, 4, 4)
        assert (found.raised, found.open) == (3, 2)
        assert found.alerts == {State.RAISED: 2, State.RESOLVED: 1}
        assert found.tallies == (Tally("feels_worse", 1, 1, 0, 0), Tally("nerve_pain", 2, 1, 1, 1))
        assert (found.per_100_reports, found.useful_share) == (75, 0.5)

    def test_that_the_canary_is_in_the_books_and_not_in_the_shares(
        self, practice: Practice
    ) -> None:
        says(practice, 1, AMBER)
        canary.run_if_due(practice.clinic)
        found = health.ledger(practice.clinic)
        assert (found.received, found.by_canary, found.reports) == (3, 2, 1)
        assert found.raised == 2
        assert found.per_100_reports == 100
        assert found.unaccounted == 0

    def test_that_an_alert_that_is_gone_is_not_accounted_for(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        practice.store.tamper(practice.alert("nerve_pain").id, None)
        assert health.ledger(practice.clinic).unaccounted == 1

    def test_that_a_report_in_no_state_is_not_accounted_for(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        practice.store.forget_evaluation("form-1-1")
        assert health.ledger(practice.clinic).unaccounted == 1


def test_that_a_program_says_that_it_is_alive(practice: Practice) -> None:
    health.beat(practice.clinic, "kiosk")
    practice.clock.advance(minutes=5)
    health.beat(practice.clinic, "kiosk")
    health.beat(replace(practice.clinic, station="ward 3"), "station")
    at = practice.clinic.now()
    assert health.ledger(practice.clinic).heartbeats == (
        Heartbeat("kiosk", "desk", at),
        Heartbeat("station", "ward 3", at),
    )
