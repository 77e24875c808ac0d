"""Visits that are not finished: kept, taken up again, and in the end reports like any other."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.course import Course
from monitor.domain.episode import Episode
from monitor.domain.protocol import Protocol
from monitor.domain.submission import Answer, Submission
from monitor.domain.visit import Draft
from monitor.services import (
    access,
    charting,
    drafts,
    evaluation,
    health,
    review,
    submissions,
    watching,
)
from monitor.services.ports import Refusal, Unavailable
from monitor.storage.store import SqliteStore
from tests.builders import answer, draft, episode, instant
from tests.fakes import FakeProtocols
from tests.protocols import default_protocol
from tests.services.clinics import Practice, form

BIRTH = dt.date(1970, 5, 17)
SIGN = answer("breathing", "yes")
"""A warning sign that a red rule reads, offered as a key."""


@pytest.fixture
def practice(anywhere: Practice) -> Practice:
    """Day 3 after a procedure, nine o'clock, in memory and on a file."""
    anywhere.enrols()
    anywhere.clock.set(instant(3))
    return anywhere


def left(*given: Answer, **changed: object) -> Draft:
    """A visit of day 3, left at nine; the key of the warning sign was touched if it is answered."""
    picked = tuple(a.item for a in given if a.item == SIGN.item)
    return replace(draft(*given, day=3, picked=picked), **changed)  # type: ignore[arg-type]


def kept(practice: Practice) -> tuple[Draft, ...]:
    with practice.store.read() as work:
        return work.drafts.of_episode("episode-1")


def stored(practice: Practice) -> tuple[Submission, ...]:
    with practice.store.read() as work:
        return work.submissions.of_episode("episode-1")


def heard(practice: Practice) -> Course:
    """What the rules make of all that was stored."""
    with practice.store.read() as work:
        one = work.episodes.get("episode-1")
        return evaluation.course(practice.clinic, work, one, practice.clinic.today())


def told(practice: Practice) -> list[tuple[str, str]]:
    return [(line.action, line.reason) for line in practice.audit("episode-1")]


class TestKeep:
    def test_that_the_last_page_takes_the_place_of_the_one_before(self, practice: Practice) -> None:
        drafts.keep(practice.clinic, left(answer("pain", 3)))
        drafts.keep(practice.clinic, left(answer("pain", 4), at="pain_worst"))
        (only,) = kept(practice)
        assert (only.answers, only.at) == ((answer("pain", 4),), "pain_worst")

    def test_that_it_is_known_at_which_kiosk(self, practice: Practice) -> None:
        drafts.keep(replace(practice.clinic, station="kiosk-7"), left(device=""))
        assert kept(practice)[0].device == "kiosk-7"

    def test_that_a_draft_of_nobody_is_refused(self, practice: Practice) -> None:
        with pytest.raises(Refusal, match="unknown_episode"):
            drafts.keep(practice.clinic, left(episode_id="nobody"))

    def test_that_it_is_on_the_disk_once_it_is_kept(self, tmp_path: Path) -> None:
        practice, path = Practice(), tmp_path / "rootwatch.db"
        SqliteStore.create(path).close()
        store = SqliteStore(path)
        practice.keeps_in(store)
        practice.enrols()
        drafts.keep(practice.clinic, left())
        with sqlite3.connect(path) as another:
            assert another.execute("SELECT count(*) FROM draft").fetchone() == (1,)
        store.close()


class TestParked:
    @pytest.fixture
    def practice(self, practice: Practice) -> Practice:
        drafts.keep(practice.clinic, left(answer("pain", 3)))
        return practice

    def parked(self, practice: Practice) -> Draft | None:
        return access.identify(practice.clinic, "1001", BIRTH).parked

    @pytest.mark.parametrize(
        ("minutes", "there"), [(0, True), (30, True), (31, False), (-30, True), (-31, False)]
    )
    def test_that_who_comes_back_within_half_an_hour_can_go_on(
        self, practice: Practice, minutes: int, there: bool
    ) -> None:
        practice.clock.advance(minutes=minutes)
        assert (self.parked(practice) == kept(practice)[0]) is there

    def test_that_the_last_of_several_is_the_one(self, practice: Practice) -> None:
        later = left(id="later", saved_at=instant(3, 9, 5))
        drafts.keep(practice.clinic, later)
        practice.clock.advance(minutes=10)
        found = self.parked(practice)
        assert found is not None
        assert found.id == "later"

    @pytest.mark.parametrize("changed", [{"form": "week"}, {"day": 2}])
    def test_that_another_form_or_day_is_not_gone_on_with(
        self, practice: Practice, changed: dict[str, object]
    ) -> None:
        drafts.keep(practice.clinic, left(**changed))
        assert self.parked(practice) is None

    def test_that_a_visit_that_was_sent_whole_is_not_gone_on_with(self, practice: Practice) -> None:
        """A kiosk that was walked away from may keep its last page after all was sent."""
        (draft,) = kept(practice)
        submissions.record(practice.clinic, replace(form(3), id=draft.id))
        drafts.keep(practice.clinic, draft)
        assert self.parked(practice) is None

    def test_that_nobody_but_the_patient_who_signed_in_reads_it(self, practice: Practice) -> None:
        """No list, chart, count or report of the clinic."""
        secret = left(answer("headache", 9), id="draft-3")
        drafts.keep(practice.clinic, secret)
        with pytest.raises(Refusal):
            access.identify(practice.clinic, "1001", BIRTH + dt.timedelta(days=1))
        answered = (
            charting.chart(practice.clinic, "episode-1"),
            review.worklist(practice.clinic),
            health.status(practice.clinic),
            health.ledger(practice.clinic),
            told(practice),
            stored(practice),
        )
        assert repr(secret.answers[0]) not in repr(answered)
        found = self.parked(practice)
        assert found is not None
        assert found.answers == secret.answers

    def test_that_no_other_verb_so_much_as_looks_at_one(self) -> None:
        looks = {
            file.stem: set(
                re.findall(r"\bdrafts\.(get|of_episode|saved_before)\(", file.read_text())
            )
            for file in Path(drafts.__file__).parent.glob("*.py")
        }
        assert [name for name, found in looks.items() if found] == ["drafts"]


class TestFinish:
    def test_that_a_visit_left_half_way_becomes_a_report_and_is_judged(
        self, practice: Practice
    ) -> None:
        drafts.keep(practice.clinic, left(SIGN, answer("pain", 5)))
        practice.clock.advance(minutes=10)
        receipt = drafts.finish(practice.clinic, "draft-3")
        (report,) = stored(practice)
        assert receipt is not None
        assert (receipt.submission_id, receipt.urgent) == (report.id, ("airway",))
        assert report.answers == (SIGN, answer("pain", 5))
        assert (report.part_of, report.partial, report.form) == ("draft-3", True, "acute")
        assert (report.started_at, report.answered_at) == (instant(3, 8, 50), instant(3))
        assert (report.device, report.entered_by) == ("desk", "patient")
        assert practice.alert("airway").is_open
        assert kept(practice) == ()
        assert told(practice) == [("visit_not_finished", "")]

    def test_that_a_touched_key_of_a_warning_sign_does_not_vanish(self, practice: Practice) -> None:
        drafts.keep(practice.clinic, draft(answer("pain", None), day=3, picked=("breathing",)))
        drafts.finish(practice.clinic, "draft-3")
        assert practice.alert("airway").is_open

    @pytest.mark.parametrize("given", [(), (answer("pain", None),)])
    def test_that_a_visit_without_an_answer_is_no_report(
        self, practice: Practice, given: tuple[Answer, ...]
    ) -> None:
        drafts.keep(practice.clinic, replace(left(), answers=given))
        assert drafts.finish(practice.clinic, "draft-3") is None
        assert (stored(practice), kept(practice)) == ((), ())
        assert told(practice) == [("visit_not_finished", "")]

    def test_that_a_visit_nobody_began_is_not_finished(self, practice: Practice) -> None:
        assert drafts.finish(practice.clinic, "nothing") is None
        assert told(practice) == []

    def test_that_an_answer_that_is_no_longer_asked_is_left_out(self, practice: Practice) -> None:
        """The patient took the high score back, and with it the question that followed."""
        follow_up = answer("headache_posture", "worse_upright")
        drafts.keep(practice.clinic, left(answer("pain", 2), answer("headache", 0), follow_up))
        drafts.finish(practice.clinic, "draft-3")
        assert follow_up not in stored(practice)[0].answers
        assert told(practice) == [("visit_not_finished", "")]

    def test_that_doing_it_twice_changes_nothing(self, practice: Practice) -> None:
        """As after a power cut between the report and the end of the draft."""
        one = left(SIGN)
        drafts.keep(practice.clinic, one)
        drafts.finish(practice.clinic, one.id)
        before = (stored(practice), practice.alerts())
        drafts.keep(practice.clinic, one)
        drafts.finish(practice.clinic, one.id)
        assert (stored(practice), practice.alerts()) == before
        assert kept(practice) == ()

    def test_that_who_went_on_in_between_makes_another_part_of_the_same_visit(
        self, practice: Practice
    ) -> None:
        drafts.keep(practice.clinic, left(answer("pain", 3)))
        drafts.finish(practice.clinic, "draft-3")
        more = left(answer("pain", 3), answer("pain_worst", 4), saved_at=instant(3, 9, 5))
        drafts.keep(practice.clinic, more)
        drafts.finish(practice.clinic, "draft-3")
        first, second = stored(practice)
        assert first.id != second.id
        assert {first.visit, second.visit} == {"draft-3"}

    def test_that_a_sign_that_was_sent_ahead_makes_no_second_alert(
        self, practice: Practice
    ) -> None:
        practice.reports(3, SIGN, part_of="draft-3")
        (raised,) = practice.alerts()
        drafts.keep(practice.clinic, left(SIGN))
        drafts.finish(practice.clinic, "draft-3")
        (still,) = practice.alerts()
        assert (still.id, still.finding, still.state) == (raised.id, raised.finding, raised.state)

    def test_that_the_pain_of_one_visit_counts_once(self, practice: Practice) -> None:
        practice.reports(3, SIGN, answer("pain", 8), part_of="draft-3")
        drafts.keep(practice.clinic, left(SIGN, answer("pain", 8), saved_at=instant(3, 9, 1)))
        drafts.finish(practice.clinic, "draft-3")
        assert len(heard(practice).readings("pain")) == 1


class TestUnheard:
    """What cannot be recorded is told where nothing is ever taken away: in the audit trail."""

    def test_that_a_closed_episode_leaves_the_answers_in_the_audit(
        self, practice: Practice
    ) -> None:
        numb = answer("numbness", 4, "arm_outer", "left")
        drafts.keep(practice.clinic, left(SIGN, answer("pain", 5), answer("fever", None), numb))
        closed: Episode = episode(1, state="closed")
        practice.saves(closed)
        assert drafts.finish(practice.clinic, "draft-3") is None
        assert (stored(practice), kept(practice)) == ((), ())
        reason = (
            "episode_closed: breathing yes; pain 5; numbness arm_outer left 4; breathing touched"
        )
        assert told(practice) == [("visit_not_finished", reason)]

    def test_that_what_the_protocol_no_longer_knows_costs_nothing_else(
        self, practice: Practice
    ) -> None:
        gone, beyond = answer("gone", 7), answer("pain_worst", 99)
        elsewhere = answer("numbness", 4, "left_ear")
        known = left(SIGN, answer("pain", 5), gone, beyond, elsewhere)
        drafts.keep(practice.clinic, replace(known, picked=("breathing", "gone_key")))
        drafts.finish(practice.clinic, "draft-3")
        assert stored(practice)[0].answers == (SIGN, answer("pain", 5))
        reason = "protocol_changed: gone 7; pain_worst 99; numbness left_ear 4; gone_key touched"
        assert told(practice) == [("visit_not_finished", reason)]

    def test_that_the_answers_to_a_form_that_is_gone_are_judged(self, practice: Practice) -> None:
        given = (SIGN, answer("pain", 5), answer("fever", None))
        drafts.keep(practice.clinic, left(*given, form="gone"))
        drafts.finish(practice.clinic, "draft-3")
        (report,) = stored(practice)
        assert (report.form, report.answers) == ("gone", given[:2])
        assert practice.alert("airway").is_open
        assert told(practice) == [("visit_not_finished", "protocol_changed: breathing touched")]


class TestFinishOld:
    def test_that_a_visit_nobody_came_back_to_is_a_report_after_half_an_hour(
        self, practice: Practice
    ) -> None:
        drafts.keep(practice.clinic, left(SIGN))
        practice.clock.advance(minutes=30)
        assert drafts.finish_old(practice.clinic) == 0
        assert (len(kept(practice)), practice.alerts()) == (1, ())
        practice.clock.advance(seconds=1)
        assert drafts.finish_old(practice.clinic) == 1
        assert kept(practice) == ()
        assert practice.alert("airway").is_open
        assert drafts.finish_old(practice.clinic) == 0

    def test_that_one_saved_by_a_clock_that_ran_ahead_does_not_wait_for_it(
        self, practice: Practice
    ) -> None:
        drafts.keep(practice.clinic, left(SIGN, saved_at=instant(400)))
        assert drafts.finish_old(practice.clinic) == 1
        assert practice.alert("airway").is_open

    def test_that_a_whole_report_takes_its_draft_with_it(self, practice: Practice) -> None:
        drafts.keep(practice.clinic, left(SIGN))
        practice.reports(3, SIGN, id="draft-3")
        assert kept(practice) == ()

    def test_that_one_sent_twice_takes_its_draft_with_it_too(self, practice: Practice) -> None:
        practice.reports(3, SIGN, id="draft-3")
        drafts.keep(practice.clinic, left(SIGN))
        practice.reports(3, SIGN, id="draft-3")
        assert kept(practice) == ()

    @pytest.mark.parametrize("sent", [{"part_of": "draft-3"}, {"id": "another"}])
    def test_that_a_part_and_another_visit_leave_it(
        self, practice: Practice, sent: dict[str, Any]
    ) -> None:
        drafts.keep(practice.clinic, left(SIGN))
        practice.reports(3, SIGN, **sent)
        assert len(kept(practice)) == 1

    def test_that_a_whole_report_that_is_refused_leaves_it(self, practice: Practice) -> None:
        drafts.keep(practice.clinic, left(SIGN))
        with pytest.raises(Refusal, match="bad_submission"):
            practice.reports(3, answer("gone", 1), id="draft-3")
        assert len(kept(practice)) == 1


class TestInTheMeantime:
    """What happens between the look at a draft and the report that is made of it."""

    @pytest.fixture
    def practice(self) -> Practice:
        practice = Practice()
        practice.enrols()
        practice.clock.set(instant(3))
        drafts.keep(practice.clinic, left(SIGN, answer("pain", 8)))
        practice.clock.advance(hours=1)
        return practice

    def test_that_a_visit_that_is_sent_then_is_heard_once(self, practice: Practice) -> None:
        whole = form(3, SIGN, answer("pain", 8), answer("pain_worst", 9), id="draft-3", hour=10)

        def send() -> None:
            submissions.record(practice.clinic, whole)

        in_between(practice, send)
        assert drafts.finish_old(practice.clinic) == 1
        course = heard(practice)
        assert {s.partial for s in stored(practice)} == {False, True}
        assert [(r.submission.id, r.answer("pain_worst")) for r in course.reports] == [
            ("draft-3", answer("pain_worst", 9))
        ]
        assert len([a for a in practice.alerts() if a.finding.rule == "airway"]) == 1
        assert kept(practice) == ()

    def test_that_who_goes_on_then_keeps_the_newer_draft(self, practice: Practice) -> None:
        newer = left(SIGN, answer("pain", 7), saved_at=practice.clock.now())
        in_between(practice, lambda: drafts.keep(practice.clinic, newer))
        drafts.finish_old(practice.clinic)
        (there,) = kept(practice)
        assert there.answers == newer.answers
        assert told(practice) == []

    def test_that_a_store_that_leaves_costs_no_answer(self, practice: Practice) -> None:
        def leave() -> None:
            practice.store.fault = "network gone"

        in_between(practice, leave)
        with pytest.raises(Unavailable):
            drafts.finish_old(practice.clinic)
        practice.store.fault = ""
        assert len(kept(practice)) == 1
        assert drafts.finish_old(practice.clinic) == 1
        assert practice.alert("airway").is_open

    def test_that_one_that_fails_stops_neither_the_others_nor_the_sweep(
        self, practice: Practice
    ) -> None:
        for count in (2, 3):
            faulty = "faulty" if count == 2 else "cervical_rhizotomy"
            practice.enrols(count, own=episode(count, protocol_id=faulty))
            own = left(SIGN, id=f"draft-of-{count}", episode_id=f"episode-{count}")
            drafts.keep(practice.clinic, own)
        practice.clinic = replace(practice.clinic, protocols=Faulty(default_protocol()))
        with pytest.raises(ZeroDivisionError):
            watching.watch_once(practice.clinic, "watch")
        with practice.store.read() as work:
            assert [d.episode_id for d in work.drafts.of_episode("episode-2")] == ["episode-2"]
            assert work.drafts.count() == 1
            swept = work.sweeps.last()
        assert swept is not None
        assert swept.failed == ("episode-2",)
        assert practice.alert("airway", "episode-1").is_open
        assert practice.alert("airway", "episode-3").is_open


class TestWatching:
    def test_that_watching_finishes_old_drafts(self, practice: Practice) -> None:
        drafts.keep(practice.clinic, left(SIGN))
        practice.clock.advance(minutes=31)
        watching.watch_once(practice.clinic, "kiosk")
        assert kept(practice) == ()
        assert practice.alert("airway").is_open

    def test_that_what_was_started_and_not_finished_is_a_number(self, practice: Practice) -> None:
        assert health.ledger(practice.clinic).unfinished == 0
        drafts.keep(practice.clinic, left(SIGN))
        ledger = health.ledger(practice.clinic)
        assert (ledger.unfinished, ledger.received, ledger.unaccounted) == (1, 0, 0)


class Faulty(FakeProtocols):
    """Protocols of which one cannot be had: not refused, but broken."""

    def current(self, protocol_id: str) -> Protocol:
        if protocol_id == "faulty":
            raise ZeroDivisionError
        return super().current(protocol_id)


class Meanwhile(FakeProtocols):
    """Lets something happen, once, when the protocol is asked for."""

    def __init__(self, happens: Callable[[], None]) -> None:
        super().__init__(default_protocol())
        self._to_come = [happens]

    def current(self, protocol_id: str) -> Protocol:
        while self._to_come:
            self._to_come.pop()()
        return super().current(protocol_id)


def in_between(practice: Practice, happens: Callable[[], None]) -> None:
    """Let something happen after a draft was read and before anything is made of it."""
    practice.clinic = replace(practice.clinic, protocols=Meanwhile(happens))
