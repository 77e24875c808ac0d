from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

import pytest

from monitor.domain.alert import State
from monitor.domain.episode import Episode
from monitor.domain.protocol import Priority
from monitor.domain.submission import Answer
from monitor.services import health, review, submissions, sweep
from monitor.services.ports import Conflict, Refusal, Unavailable, Work
from monitor.services.submissions import Completed, Receipt
from tests.builders import answer, date, episode, instant, procedure
from tests.fakes import FakeStore, FakeWork
from tests.protocols import default_protocol
from tests.services.clinics import Practice, broken_protocol, form, protocol_of_a_store_away


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols()
    return practice


class TestRecord:
    def test_that_a_form_is_stored_whole_and_judged(self, practice: Practice) -> None:
        given = (answer("pain", 4), answer("numbness", 0), answer("pgic", None))
        receipt = practice.reports(3, *given, device="kiosk-1", part_of="a-visit")
        assert receipt == submissions.Receipt(
            submission_id="form-3-9",
            new=True,
            evaluated=True,
            urgent=(),
            next_due=date(7),
            received_at=instant(3),
            changed=frozenset({"submissions", "alerts"}),
        )
        with practice.store.read() as work:
            stored = work.submissions.get("form-3-9")
        protocol = default_protocol()
        assert stored.answers == given
        assert (stored.local_date, stored.received_at) == (date(3), instant(3))
        assert (stored.device, stored.partial, stored.entered_by) == ("kiosk-1", True, "patient")
        assert stored.protocol_version == protocol.version
        assert stored.protocol_hash == protocol.content_hash
        assert practice.states() == [("form-3-9", "evaluated", 0)]
        assert [line.action for line in practice.audit("form-3-9")] == ["submission_recorded"]

    def test_that_the_day_is_the_one_of_the_clinic(self, practice: Practice) -> None:
        late = instant(3, 23, 30)
        practice.clock.set(late)
        submissions.record(practice.clinic, form(3, answered_at=late))
        with practice.store.read() as work:
            assert work.submissions.get("form-3-9").local_date == date(4)

    def test_that_a_red_flag_is_named_at_once(self, practice: Practice) -> None:
        receipt = practice.reports(2, answer("breathing", "yes"), answer("help_now", "unsure"))
        assert receipt.urgent == ("airway", "help_now")

    def test_that_an_orange_finding_is_not_urgent_for_the_patient(self, practice: Practice) -> None:
        assert practice.reports(2, answer("clear_fluid", "yes")).urgent == ()

    def test_that_a_red_flag_of_an_earlier_form_is_not_named_again(
        self, practice: Practice
    ) -> None:
        practice.reports(2, answer("breathing", "yes"))
        assert practice.reports(3, answer("pain", 2)).urgent == ()

    def test_that_no_report_is_due_after_the_last_one(self, practice: Practice) -> None:
        assert practice.reports(730).next_due is None

    def test_that_the_report_after_todays_is_due_next(self, practice: Practice) -> None:
        assert practice.reports(-3, answer("pain", 8)).next_due == date(1)
        assert practice.reports(60, answer("pain", 1)).next_due == date(91)


class TestTwice:
    def test_that_sending_the_same_form_again_changes_nothing(self, practice: Practice) -> None:
        first = practice.reports(3, answer("clear_fluid", "yes"))
        alert = practice.alert("clear_fluid")
        practice.clock.set(instant(3, 12))
        again = submissions.record(practice.clinic, form(3, answer("clear_fluid", "yes")))
        assert again == replace(first, new=False)
        assert practice.alerts() == (alert,)
        assert practice.states() == [("form-3-9", "evaluated", 0)]
        assert len(practice.audit("form-3-9")) == 1

    def test_that_it_is_known_again_after_the_protocol_changed(self, practice: Practice) -> None:
        practice.reports(3)
        practice.follows(replace(default_protocol(), content_hash="f" * 64, version="2"))
        assert not practice.reports(3).new

    def test_that_it_is_known_again_after_the_episode_was_closed(self, practice: Practice) -> None:
        practice.reports(3)
        with practice.store.read() as work:
            practice.saves(replace(work.episodes.get("episode-1"), state="closed"))
        assert not practice.reports(3).new

    def test_that_other_answers_under_the_same_id_are_refused(self, practice: Practice) -> None:
        practice.reports(3, answer("pain", 4))
        with pytest.raises(Conflict) as refusal:
            practice.reports(3, answer("pain", 5))
        assert refusal.value.code == "submission_differs"
        with practice.store.read() as work:
            assert work.submissions.get("form-3-9").answers == (answer("pain", 4),)


class TestRefused:
    def test_that_every_fault_of_a_form_is_named(self, practice: Practice) -> None:
        with pytest.raises(Refusal) as refusal:
            practice.reports(3, answer("pain", 11), answer("pains", 1))
        assert refusal.value.code == "bad_submission"
        assert refusal.value.details == {"faults": "out_of_range pain 11; unknown_item pains"}
        assert practice.states() == []

    def test_that_an_unknown_episode_is_refused(self, practice: Practice) -> None:
        with pytest.raises(Refusal, match="unknown_episode"):
            practice.reports(3, episode_id="episode-9")

    def test_that_a_closed_episode_is_refused(self, practice: Practice) -> None:
        practice.saves(episode(state="closed"))
        with pytest.raises(Refusal, match="episode_closed"):
            practice.reports(3)

    def test_that_a_store_that_cannot_be_written_says_so(self, practice: Practice) -> None:
        practice.store.fault = "disk full"
        with pytest.raises(Unavailable):
            practice.reports(3)


class TestRulesThatFail:
    @pytest.fixture
    def practice(self) -> Practice:
        practice = Practice(broken_protocol())
        practice.enrols()
        practice.enrols(2)
        return practice

    def test_that_the_answers_are_stored_all_the_same(self, practice: Practice) -> None:
        receipt = practice.reports(3, answer("breathing", "yes"))
        assert (receipt.new, receipt.evaluated) == (True, False)
        with practice.store.read() as work:
            assert work.submissions.get("form-3-9").answers == (answer("breathing", "yes"),)
            (known,) = work.submissions.evaluations("failed")
        assert known.attempts == 1
        assert known.error.startswith("ZeroDivisionError in evaluate, ")
        assert "no such limit" not in known.error, "what an error says may quote a patient"
        assert practice.alerts() == ()

    def test_that_they_wait_where_the_store_stops_answering(self, practice: Practice) -> None:
        practice.follows(protocol_of_a_store_away())
        receipt = practice.reports(3, answer("breathing", "yes"))
        assert (receipt.new, receipt.evaluated) == (True, False)
        assert practice.states() == [("form-3-9", "waiting", 0)]

    def test_that_a_store_that_leaves_after_the_judgement_costs_only_the_next_date(
        self,
    ) -> None:
        practice = Practice()
        practice.enrols()
        practice.clinic = replace(practice.clinic, store=WritesOnly(practice.store))
        receipt = practice.reports(3, answer("breathing", "yes"))
        assert (receipt.new, receipt.evaluated, receipt.next_due) == (True, True, None)
        assert receipt.urgent == ("airway",)

    def test_that_it_is_seen_in_the_status(self, practice: Practice) -> None:
        practice.reports(3)
        status = health.status(practice.clinic)
        assert (status.received, status.evaluated, status.failed) == (1, 0, 1)

    def test_that_the_sweep_tries_again_and_names_the_episode(self, practice: Practice) -> None:
        practice.reports(3)
        assert practice.sweeps(3).failed == ("episode-1", "episode-2")
        assert practice.states() == [("form-3-9", "failed", 2)]
        assert health.status(practice.clinic).failed_episodes == ("episode-1", "episode-2")

    def test_that_the_sweep_judges_it_once_the_rules_are_whole(self, practice: Practice) -> None:
        practice.reports(3, answer("breathing", "yes"))
        practice.follows(default_protocol())
        assert practice.sweeps(3).failed == ()
        assert practice.states() == [("form-3-9", "evaluated", 1)]
        assert practice.alert("airway").raised_day == 3
        assert health.status(practice.clinic).evaluated == 1

    def test_that_waiting_forms_are_judged_one_episode_after_another(
        self, practice: Practice
    ) -> None:
        practice.reports(3)
        practice.reports(4)
        practice.reports(4, id="other", episode_id="episode-2")
        seen: list[tuple[int, int]] = []
        failed = submissions.evaluate_waiting(
            practice.clinic, lambda done, total: seen.append((done, total))
        )
        assert failed == ("episode-1", "episode-2")
        assert seen == [(1, 2), (2, 2)]
        practice.follows(default_protocol())
        assert submissions.evaluate_waiting(practice.clinic) == ()
        assert {state for _, state, _ in practice.states()} == {"evaluated"}


class TestComingLate:
    """What is red in a report that comes behind a newer one is told, and is over."""

    def sent(self, practice: Practice, one: Completed) -> Receipt:
        practice.clock.set(instant(5, 18))
        return submissions.record(practice.clinic, one)

    def test_that_a_sign_that_was_denied_since_is_told_once_and_is_over(
        self, practice: Practice
    ) -> None:
        practice.reports(5, answer("breathing", "no"), hour=15)
        self.sent(practice, form(5, answer("breathing", "yes"), hour=9))
        alert = practice.alert("airway")
        assert (alert.state, alert.priority) == (State.RAISED, Priority.RED)
        assert alert.ended_day == 5, "it was denied since"
        before = practice.alerts()
        practice.sweeps(6)
        assert practice.alert("airway") == before[0]

    def test_that_whoever_sends_it_hears_that_it_is_urgent(self, practice: Practice) -> None:
        practice.reports(5, answer("breathing", "no"), hour=15)
        receipt = self.sent(practice, form(5, answer("breathing", "yes"), hour=9))
        assert receipt.urgent == ("airway",)

    def test_that_a_part_that_comes_behind_its_whole_is_told(self, practice: Practice) -> None:
        whole = form(5, answer("breathing", "no"), hour=15)
        submissions.record(practice.clinic, whole)
        early = form(5, answer("breathing", "yes"), hour=9)
        self.sent(practice, replace(early, id="early", part_of=whole.id))
        assert practice.alert("airway").state is State.RAISED

    def test_that_an_import_is_history_and_calls_nobody(self, practice: Practice) -> None:
        practice.reports(5, answer("breathing", "no"), hour=15)
        imported = replace(form(5, answer("breathing", "yes"), hour=9), entered_by="import")
        self.sent(practice, imported)
        assert practice.alerts() == ()

    def test_that_a_sign_that_still_holds_is_one_alert(self, practice: Practice) -> None:
        practice.reports(5, answer("breathing", "yes"), hour=15)
        self.sent(practice, form(5, answer("breathing", "yes"), hour=9))
        assert practice.alert("airway").ended_day is None
        assert len(practice.alerts()) == 1

    def test_that_what_is_less_than_red_waits_for_nobody(self, practice: Practice) -> None:
        practice.reports(5, answer("clear_fluid", "no"), hour=15)
        self.sent(practice, form(5, answer("clear_fluid", "yes"), hour=9))
        assert practice.alerts() == ()


class TestCauses:
    """Every line of an alert's history that the rules wrote says why they looked."""

    def cause(self, practice: Practice, rule: str) -> str:
        return practice.history(practice.alert(rule))[-1].cause

    def test_that_a_report_of_today_is_a_report(self, practice: Practice) -> None:
        practice.reports(3, answer("breathing", "yes"))
        assert self.cause(practice, "airway") == "report"

    def test_that_a_report_of_an_earlier_day_is_late(self, practice: Practice) -> None:
        practice.clock.set(instant(5))
        submissions.record(practice.clinic, form(3, answer("breathing", "yes")))
        assert self.cause(practice, "airway") == "late_report"

    def test_that_a_report_from_before_the_newest_one_is_late(self, practice: Practice) -> None:
        practice.reports(3, hour=15)
        submissions.record(practice.clinic, form(3, answer("clear_fluid", "yes"), hour=9))
        assert self.cause(practice, "clear_fluid") == "late_report"

    def test_that_a_late_report_can_end_an_alert_and_says_so(self) -> None:
        practice = Practice()
        practice.enrols()
        practice.reports(1)
        practice.sweeps(10)
        assert practice.alert("missed_report").state is State.RAISED
        submissions.record(practice.clinic, form(7))
        assert practice.alert("missed_report").state is State.RETRACTED
        assert self.cause(practice, "missed_report") == "late_report"

    def test_that_what_time_brings_about_is_laid_to_time(self, practice: Practice) -> None:
        practice.reports(1)
        practice.sweeps(10)
        assert self.cause(practice, "missed_report") == "time"

    def test_that_a_late_report_is_judged_with_all_that_came_after_it(
        self, practice: Practice
    ) -> None:
        practice.reports(5, answer("headache", 1))
        submissions.record(practice.clinic, form(3, answer("headache", 9)))
        assert practice.alerts() == (), "better since"

    @pytest.mark.parametrize(
        ("arrived", "cause"),
        [
            pytest.param(("today",), "report", id="a report"),
            pytest.param(("today", "late"), "late_report", id="a late one too"),
            pytest.param(("today", "late", "corrected"), "corrected_report", id="a correction too"),
        ],
    )
    def test_that_what_waited_for_the_sweep_says_how_it_came(
        self, practice: Practice, arrived: tuple[str, ...], cause: str
    ) -> None:
        practice.reports(1, answer("pain", 3))
        practice.follows(broken_protocol())
        practice.clock.set(instant(5))
        for how in arrived:
            if how == "corrected":
                submissions.correct(
                    practice.clinic, "form-1-9", "right", (answer("pain", 2),), "misheard"
                )
            else:
                day = 5 if how == "today" else 3
                submissions.record(practice.clinic, form(day, answer("clear_fluid", "yes")))
        practice.follows(default_protocol())
        practice.sweeps(5)
        assert self.cause(practice, "clear_fluid") == cause


class TestCorrect:
    def test_that_other_answers_stand_on_the_day_of_the_report(self, practice: Practice) -> None:
        practice.reports(3, answer("pain", 4), device="kiosk-1")
        practice.clock.set(instant(9))
        receipt = submissions.correct(
            practice.clinic, "form-3-9", "right", (answer("pain", 7),), " a slip \ud83d "
        )
        assert (receipt.new, receipt.evaluated, receipt.submission_id) == (True, True, "right")
        with practice.store.read() as work:
            wrong, right = work.submissions.of_episode("episode-1")
        assert wrong.answers == (answer("pain", 4),), "what was said stays stored"
        assert right == replace(
            wrong,
            id="right",
            answers=(answer("pain", 7),),
            received_at=instant(9),
            device="desk",
            corrects="form-3-9",
            reason="a slip ?",
        )
        (line,) = practice.audit("right")
        assert (line.action, line.actor, line.reason) == (
            "submission_corrected",
            "nurse",
            "a slip ?",
        )

    def test_that_an_alert_follows_at_once_and_says_why(self, practice: Practice) -> None:
        practice.reports(3, answer("clear_fluid", "no"))
        submissions.correct(
            practice.clinic, "form-3-9", "right", (answer("clear_fluid", "yes"),), "misheard"
        )
        alert = practice.alert("clear_fluid")
        assert alert.raised_day == 3
        assert [e.cause for e in practice.history(alert)] == ["corrected_report"]

    def test_that_a_red_flag_that_was_taken_back_has_ended_and_stays_listed(
        self, practice: Practice
    ) -> None:
        practice.reports(3, answer("breathing", "yes"))
        submissions.correct(practice.clinic, "form-3-9", "nothing", (), "another patient's")
        alert = practice.alert("airway")
        assert (alert.state, alert.ended_day) == (State.RAISED, 3)
        last = practice.history(alert)[-1]
        assert (last.happening, last.cause) == ("end", "corrected_report")
        (row,) = review.worklist(practice.clinic).rows
        assert alert in row.alerts

    def test_that_one_that_was_taken_back_can_be_put_back(self, practice: Practice) -> None:
        practice.reports(3, answer("breathing", "yes"))
        submissions.correct(practice.clinic, "form-3-9", "nothing", (), "another patient's")
        submissions.correct(
            practice.clinic, "nothing", "again", (answer("breathing", "yes"),), "it was hers"
        )
        assert practice.alert("airway").ended_day is None

    def test_that_a_corrected_red_flag_is_urgent(self, practice: Practice) -> None:
        practice.reports(3, answer("breathing", "no"))
        receipt = submissions.correct(
            practice.clinic, "form-3-9", "right", (answer("breathing", "yes"),), "misheard"
        )
        assert receipt.urgent == ("airway",)

    def test_that_sending_it_again_changes_nothing(self, practice: Practice) -> None:
        practice.reports(3, answer("breathing", "yes"))
        for hour in (10, 11):
            practice.clock.set(instant(3, hour))
            receipt = submissions.correct(practice.clinic, "form-3-9", "x", (), "another's")
        assert not receipt.new
        assert receipt.received_at == instant(3, 10)
        assert len(practice.audit("x")) == 1
        assert [e.happening for e in practice.history(practice.alert("airway"))] == ["raise", "end"]

    def test_that_who_corrects_it_second_is_told_who_was_first_and_when(
        self, practice: Practice
    ) -> None:
        practice.reports(3, answer("pain", 4))
        ada = replace(practice.clinic, actor="Ada")
        submissions.correct(ada, "form-3-9", "one", (answer("pain", 5),), "misheard")
        with pytest.raises(Conflict) as refusal:
            submissions.correct(practice.clinic, "form-3-9", "two", (), "another's")
        assert refusal.value.code == "already_corrected"
        assert refusal.value.details == {"by": "Ada", "at": "2026-03-05 10:00"}
        assert len(practice.states()) == 2

    def test_that_of_two_who_correct_it_at_once_one_wins(self, practice: Practice) -> None:
        practice.reports(3, answer("pain", 4))
        practice.reports(4, answer("pain", 4))
        submissions.correct(practice.clinic, "form-4-9", "another", (answer("pain", 1),), "slip")
        raced = Raced(practice.store)
        clinic = replace(practice.clinic, store=raced, actor="Ben")
        ada = replace(practice.clinic, actor="Ada")
        raced.meanwhile = lambda: submissions.correct(
            ada, "form-3-9", "one", (answer("pain", 5),), "misheard"
        )
        with pytest.raises(Conflict, match="already_corrected"):
            submissions.correct(clinic, "form-3-9", "two", (answer("pain", 6),), "misheard")

    @pytest.mark.parametrize(
        ("wrong", "answers", "reason", "code"),
        [
            ("form-3-9", (), " ", "no_reason"),
            ("form-9-9", (), "slip", "unknown_submission"),
            ("form-3-9", (answer("pain", 11),), "slip", "bad_submission"),
        ],
    )
    def test_that_what_cannot_be_is_refused(
        self,
        practice: Practice,
        wrong: str,
        answers: tuple[Answer, ...],
        reason: str,
        code: str,
    ) -> None:
        practice.reports(3)
        with pytest.raises(Refusal, match=code):
            submissions.correct(practice.clinic, wrong, "right", answers, reason)

    def test_that_a_closed_episode_is_not_corrected(self, practice: Practice) -> None:
        practice.reports(3)
        practice.saves(replace(_episode(practice), state="closed"))
        with pytest.raises(Refusal, match="episode_closed"):
            submissions.correct(practice.clinic, "form-3-9", "right", (), "another's")

    def test_that_the_sweep_finds_nothing_wrong_after_it(self, practice: Practice) -> None:
        practice.reports(3, answer("breathing", "yes"))
        submissions.correct(practice.clinic, "form-3-9", "nothing", (), "another patient's")
        assert sweep.run(practice.clinic).differing == ()


def _episode(practice: Practice) -> Episode:
    with practice.store.read() as work:
        return work.episodes.get("episode-1")


class Raced:
    """A store in which somebody else is quick, between a first look and the first writing."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store
        self.read = store.read
        self.revision = store.revision
        self.close = store.close
        self.meanwhile: Callable[[], object] | None = None

    def begin(self) -> AbstractContextManager[Work]:
        quick, self.meanwhile = self.meanwhile, None
        if quick is not None:
            quick()
        return self._store.begin()


def test_that_a_store_that_leaves_before_the_patients_other_procedure_is_judged_hides_no_red_flag(
    practice: Practice,
) -> None:
    with practice.store.begin() as work:
        work.episodes.add(episode(2, patient_id="patient-1", procedure=procedure(date=date(-60))))
        work.commit()

    class Leaves(FakeStore):
        writes = 0

        @contextmanager
        def begin(self) -> Iterator[FakeWork]:
            self.writes += 1
            if self.writes == 3:
                raise Unavailable("The server is away.")
            with super().begin() as work:
                yield work

    store = Leaves()
    store._kept = practice.store._kept
    practice.clock.set(instant(3))
    receipt = submissions.record(
        replace(practice.clinic, store=store), form(3, answer("breathing", "yes"))
    )
    assert receipt.urgent == ("airway",)
    assert receipt.next_due == date(7)


class OnceWritable(FakeStore):
    """A store that can be written once and after that only read."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0

    @contextmanager
    def begin(self) -> Iterator[FakeWork]:
        self.writes += 1
        if self.writes > 1:
            raise Unavailable("disk full")
        with super().begin() as work:
            yield work


def test_that_a_store_that_fills_up_after_the_answers_leaves_them_waiting(
    practice: Practice,
) -> None:
    store = OnceWritable()
    store._kept = practice.store._kept
    receipt = submissions.record(replace(practice.clinic, store=store), form(3))
    assert (receipt.new, receipt.evaluated) == (True, False)
    with store.read() as work:
        assert [e.state for e in work.submissions.evaluations("waiting")] == ["waiting"]


class WritesOnly:
    """A store that takes what is written and answers no question any more."""

    def __init__(self, store: FakeStore) -> None:
        self.begin = store.begin
        self.revision = store.revision
        self.close = store.close

    def read(self) -> AbstractContextManager[Work]:
        raise Unavailable("The server is away.")
