"""Once a day a made-up report goes the whole way: the proof that reports still raise alerts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from monitor.domain.alert import Alert, Event, State
from monitor.domain.condition import Condition
from monitor.domain.episode import CANARY
from monitor.domain.protocol import Priority, Protocol
from monitor.domain.rules.answers import Answers
from monitor.services import access, canary, health, lists, review, submissions, sweep
from monitor.services.ports import Canary, Refusal, Unavailable
from tests.builders import answer, instant
from tests.fakes import FakeAlerts, FakeStore, FakeWork
from tests.protocols import default_protocol
from tests.services.clinics import Practice, broken_protocol, form, protocol_of_a_store_away


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols()
    return practice


def flown(practice: Practice) -> Canary:
    """The run of today."""
    run = canary.run_if_due(practice.clinic)
    assert run is not None
    return run


def own_alerts(practice: Practice) -> list[tuple[str, State]]:
    return [(a.finding.rule, a.state) for a in practice.alerts(CANARY)]


class TestThrough:
    def test_that_it_comes_through_and_leaves_nothing_open(self, practice: Practice) -> None:
        run = flown(practice)
        assert run == Canary(instant(0), run.seconds, "")
        assert own_alerts(practice) == [("help_now", State.RESOLVED)]
        with practice.store.read() as work:
            assert work.canaries.last() == run
            assert work.alerts.waiting(practice.clinic.now(), practice.clinic.today()) == ()

    def test_that_it_goes_by_the_verbs_of_patients_and_nurses(self, practice: Practice) -> None:
        flown(practice)
        (alert,) = practice.alerts(CANARY)
        assert [e.happening for e in practice.history(alert)] == ["raise", "end", "resolve"]
        assert [line.action for line in practice.audit(CANARY)] == ["kiosk_identified"]
        assert {line.actor for line in practice.audit(CANARY)} == {CANARY}

    def test_that_one_a_day_is_enough(self, practice: Practice) -> None:
        flown(practice)
        practice.clock.advance(hours=10)
        assert canary.run_if_due(practice.clinic) is None
        practice.clock.advance(hours=10)
        assert flown(practice).fault == ""
        assert own_alerts(practice) == [("help_now", State.RESOLVED)] * 2

    def test_that_it_still_comes_through_after_two_years_of_days(self, practice: Practice) -> None:
        for day in (0, 1, 30, 200, 750):
            practice.clock.set(instant(day))
            assert flown(practice).fault == ""

    def test_that_a_clock_that_was_ahead_does_not_keep_it_at_home(self, practice: Practice) -> None:
        practice.clock.set(instant(40))
        flown(practice)
        practice.clock.set(instant(3))
        assert flown(practice).fault == ""


class TestDead:
    def test_that_a_rule_that_is_gone_is_found(self, practice: Practice) -> None:
        practice.follows(without_its_rule())
        assert flown(practice).fault == "no alert on the worklist"

    def test_that_a_rule_that_never_holds_is_found(self, practice: Practice) -> None:
        practice.follows(holding_where(Condition("fever", at_least=99)))
        assert flown(practice).fault == "no alert on the worklist"

    def test_that_a_rule_that_holds_for_ever_is_found(self, practice: Practice) -> None:
        always = Condition("help_now", one_of=("yes", "no"))
        practice.follows(holding_where(always))
        assert flown(practice).fault == "the alert did not end"

    def test_that_rules_that_fail_are_found(self, practice: Practice) -> None:
        practice.follows(broken_protocol())
        assert flown(practice).fault == "the report was not judged"

    def test_that_a_fault_of_the_program_is_found_with_its_place(self, practice: Practice) -> None:
        known = default_protocol()
        practice.follows(replace(known, outcomes=()))
        assert flown(practice).fault.startswith("IndexError in _close")

    def test_that_a_store_that_loses_the_alert_is_found(self, practice: Practice) -> None:
        practice.clinic = replace(practice.clinic, store=Losing())
        assert flown(practice).fault == "no alert on the worklist"

    def test_that_a_store_that_forgets_that_it_was_closed_is_found(
        self, practice: Practice
    ) -> None:
        practice.clinic = replace(practice.clinic, store=Forgetting())
        assert flown(practice).fault == "the alert was not closed"

    def test_that_books_that_do_not_balance_are_found(self, practice: Practice) -> None:
        practice.reports(1, answer("breathing", "yes"))
        practice.store.tamper(practice.alert("airway").id, None)
        assert flown(practice).fault == "1 reports or alerts are not accounted for"

    def test_that_its_own_stored_alerts_are_compared_too(self, practice: Practice) -> None:
        flown(practice)
        (alert,) = practice.alerts(CANARY)
        milder = replace(alert.finding, priority=Priority.YELLOW)
        practice.store.tamper(alert.id, replace(alert, finding=milder))
        practice.clock.advance(days=1)
        assert flown(practice).fault == "the stored alerts were not what they had to be"

    def test_that_a_store_that_is_away_is_no_run_at_all(self, practice: Practice) -> None:
        practice.store.fault = "network gone"
        with pytest.raises(Unavailable):
            canary.run_if_due(practice.clinic)
        practice.store.fault = ""
        practice.follows(protocol_of_a_store_away())
        assert flown(practice).fault == "the report was not judged"

    def test_that_a_store_that_leaves_meanwhile_is_no_run_either(self, practice: Practice) -> None:
        store = Leaving()
        practice.clinic = replace(practice.clinic, store=store)
        with pytest.raises(Unavailable):
            canary.run_if_due(practice.clinic)
        store.fault = ""
        with store.read() as work:
            assert work.canaries.last() is None


class TestAfterADeath:
    def test_that_the_next_one_starts_clean(
        self, practice: Practice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The power goes when the alert has just been raised."""
        record = submissions.record
        sent: list[submissions.Completed] = []

        def until_the_power_goes(clinic: object, completed: submissions.Completed) -> object:
            if sent:
                raise KeyboardInterrupt
            sent.append(completed)
            return record(practice.clinic, completed)

        with monkeypatch.context() as while_dying:
            while_dying.setattr(submissions, "record", until_the_power_goes)
            with pytest.raises(KeyboardInterrupt):
                canary.run_if_due(practice.clinic)
        assert own_alerts(practice) == [("help_now", State.RAISED)]
        practice.clock.advance(days=1)
        assert flown(practice).fault == ""
        assert own_alerts(practice) == [("help_now", State.RESOLVED)] * 2

    def test_that_what_is_open_already_does_not_pass_for_a_new_alert(
        self, practice: Practice
    ) -> None:
        flown(practice)
        practice.clock.advance(days=1)
        submissions.record(
            practice.clinic,
            form(1, answer("help_now", "yes"), id="by hand", episode_id=CANARY),
        )
        practice.clock.advance(minutes=5)
        practice.follows(without_its_rule())
        assert flown(practice).fault == "no alert on the worklist"

    def test_that_it_is_tried_again_until_it_comes_through(self, practice: Practice) -> None:
        practice.follows(broken_protocol())
        assert flown(practice).fault
        practice.clock.advance(minutes=5)
        assert flown(practice).fault
        practice.follows(default_protocol())
        practice.clock.advance(minutes=5)
        assert flown(practice).fault == ""
        assert canary.run_if_due(practice.clinic) is None


class TestNobody:
    def test_that_no_list_for_people_has_it(self, practice: Practice) -> None:
        before = review.worklist(practice.clinic)
        flown(practice)
        submissions.record(
            practice.clinic,
            form(0, answer("help_now", "yes"), id="by hand", episode_id=CANARY),
        )
        found = review.worklist(practice.clinic)
        assert found == before
        everybody = lists.find(practice.clinic, "", 0, 100).rows
        assert [row.patient.number for row in everybody] == ["1001"]
        assert health.ledger(practice.clinic).tallies == ()

    def test_that_a_sweep_neither_judges_nor_counts_it(self, practice: Practice) -> None:
        flown(practice)
        practice.clock.advance(days=30)
        assert sweep.run(practice.clinic).episodes == 1
        assert own_alerts(practice) == [("help_now", State.RESOLVED)]

    def test_that_nobody_can_sign_in_as_it_at_a_kiosk(self, practice: Practice) -> None:
        flown(practice)
        with practice.store.read() as work:
            number = work.patients.get(CANARY).number
        assert not number.isdigit(), "a kiosk has digits only"
        with pytest.raises(Refusal):
            access.identify(practice.clinic, "", canary.BIRTH_DATE)


def without_its_rule() -> Protocol:
    known = default_protocol()
    return replace(known, rules=tuple(r for r in known.rules if r.id != known.canary.rule))


def holding_where(when: Condition) -> Protocol:
    """The default protocol with another condition for the canary's alert."""
    known = default_protocol()
    rule = known.find_rule(known.canary.rule)
    assert isinstance(rule, Answers)
    other = replace(rule, when=when)
    return replace(known, rules=tuple(other if r is rule else r for r in known.rules))


class LosingAlerts(FakeAlerts):
    """Says that it keeps every alert, and keeps none of them."""

    def add(self, alert: Alert) -> None:
        """Lose it."""

    def add_event(self, event: Event) -> None:
        """Lose it too."""


class Losing(FakeStore):
    """A store that loses alerts."""

    @contextmanager
    def begin(self) -> Iterator[FakeWork]:
        with super().begin() as work:
            work.alerts = LosingAlerts(work._shelves, writable=True)
            yield work


class ForgettingAlerts(FakeAlerts):
    """Says that it keeps every step, and forgets that an alert was closed."""

    def save(self, alert: Alert, seen_version: int) -> None:
        if alert.state is not State.RESOLVED:
            super().save(alert, seen_version)


class Forgetting(FakeStore):
    """A store that forgets what was closed."""

    @contextmanager
    def begin(self) -> Iterator[FakeWork]:
        with super().begin() as work:
            work.alerts = ForgettingAlerts(work._shelves, writable=True)
            yield work


class Leaving(FakeStore):
    """A store that does not answer any more once somebody has been made."""

    @contextmanager
    def begin(self) -> Iterator[FakeWork]:
        with super().begin() as work:
            yield work
        self.fault = "network gone"
