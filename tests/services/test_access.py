from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from monitor.services import access, calls, canary, desk_codes, drafts, submissions
from monitor.services.ports import Refusal
from monitor.storage.store import SqliteStore
from tests.builders import answer, date, draft, episode, instant, patient, procedure
from tests.protocols import default_protocol
from tests.services.clinics import Practice, broken_protocol

BIRTH = dt.date(1970, 5, 17)


@pytest.fixture
def practice() -> Practice:
    practice = Practice()
    practice.enrols(one=patient(1, language="de", family_name="Öztürk", given_name="Aylin"))
    practice.enrols(2, own=episode(2, state="closed"))
    practice.clock.set(instant(3))
    return practice


def test_that_an_implant_is_known_to_the_kiosk(practice: Practice) -> None:
    own = episode(3, procedure=procedure(profile="DORSAL_OPEN", implant=True))
    practice.enrols(3, own=own)
    assert access.identify(practice.clinic, "1003", BIRTH).implant


def test_that_number_and_birth_date_open_the_form_of_the_day(practice: Practice) -> None:
    assert access.identify(practice.clinic, "1001", BIRTH) == access.Welcome(
        episode_id="episode-1",
        given_name="Aylin",
        family_initial="Ö",
        birth_month=5,
        form_id="acute",
        day=3,
        profile="MBRFN",
        protocol=default_protocol(),
        answered_today=False,
        language="de",
    )


@pytest.mark.parametrize(
    ("number", "birth_date"),
    [
        pytest.param("9999", BIRTH, id="unknown number"),
        pytest.param("1001", dt.date(1970, 5, 18), id="wrong date"),
        pytest.param("1002", BIRTH, id="closed episode"),
        pytest.param("100", BIRTH, id="part of a number"),
        pytest.param("", BIRTH, id="no number"),
    ],
)
def test_that_everybody_else_is_refused_alike(
    practice: Practice, number: str, birth_date: dt.date
) -> None:
    with pytest.raises(Refusal) as refusal:
        access.identify(practice.clinic, number, birth_date)
    assert (refusal.value.code, refusal.value.details) == ("not_matched", {})
    assert [line.action for line in practice.audit("")] == ["kiosk_not_matched"]


def test_that_who_identified_is_in_the_audit(practice: Practice) -> None:
    access.identify(practice.clinic, "1001", BIRTH)
    assert [line.action for line in practice.audit("episode-1")] == ["kiosk_identified"]


def test_that_a_second_form_on_the_same_day_is_known(practice: Practice) -> None:
    practice.reports(3)
    assert access.identify(practice.clinic, "1001", BIRTH).answered_today
    practice.clock.set(instant(4))
    assert not access.identify(practice.clinic, "1001", BIRTH).answered_today


def followed(practice: Practice, **days: int) -> None:
    """Follow the first patient for further procedures, by their ids and days."""
    with practice.store.begin() as work:
        for name, day in days.items():
            one = episode(patient_id="patient-1", id=name, procedure=procedure(date=date(day)))
            work.episodes.add(replace(one, state="closed" if name == "closed" else "open"))
        work.commit()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(-1, "episode-1", id="none has happened: the next one"),
        pytest.param(0, "episode-1", id="the first, on its day"),
        pytest.param(19, "episode-1", id="the first, until the day before the second"),
        pytest.param(20, "second", id="the second, on its day"),
        pytest.param(49, "second", id="not one that is closed"),
        pytest.param(60, "third", id="the newest"),
    ],
)
def test_that_the_newest_procedure_that_has_happened_is_the_one(
    practice: Practice, day: int, expected: str
) -> None:
    followed(practice, second=20, closed=40, third=60)
    practice.clock.set(instant(day))
    assert access.identify(practice.clinic, "1001", BIRTH).episode_id == expected


def test_that_a_report_of_today_is_known_whichever_procedure_it_was_given_for(
    practice: Practice,
) -> None:
    practice.reports(3)
    followed(practice, second=2)
    welcome = access.identify(practice.clinic, "1001", BIRTH)
    assert (welcome.episode_id, welcome.answered_today) == ("second", True)


def test_that_a_report_that_was_taken_back_can_be_given_again(practice: Practice) -> None:
    practice.reports(3)
    submissions.correct(practice.clinic, "form-3-9", "nothing", (), "another patient's")
    assert not access.identify(practice.clinic, "1001", BIRTH).answered_today


class TestAskedAgain:
    @pytest.fixture
    def practice(self, practice: Practice) -> Practice:
        """Pain of 8 before, of 2 afterwards, and of 6 on day 62: suspicious, and not enough."""
        practice.reports(-3, answer("pain", 8))
        for day in (28, 35, 42, 50):
            practice.reports(day, answer("pain", 2))
        practice.reports(62, answer("pain", 6))
        with practice.store.read() as work:
            judged = work.judgements.get("episode-1")
        assert judged is not None
        assert (judged.extra, judged.opens_on, judged.closes_on) == (True, date(69), date(73))
        return practice

    @pytest.mark.parametrize(
        ("day", "asked"), [(62, False), (68, False), (69, True), (73, True), (74, False)]
    )
    def test_that_a_suspicious_report_is_asked_for_again_in_its_days(
        self, practice: Practice, day: int, asked: bool
    ) -> None:
        practice.clock.set(instant(day))
        welcome = access.identify(practice.clinic, "1001", BIRTH)
        assert (welcome.asked_again, welcome.form_id) == (asked, "month")

    def test_that_it_is_asked_for_once(self, practice: Practice) -> None:
        practice.reports(66, answer("pain", 2))
        assert not access.identify(practice.clinic, "1001", BIRTH).asked_again

    def test_that_its_form_is_that_of_its_first_day(self, practice: Practice) -> None:
        with practice.store.begin() as work:
            judged = work.judgements.get("episode-1")
            assert judged is not None
            work.judgements.set(replace(judged, opens_on=date(40), closes_on=date(90)))
            work.commit()
        practice.clock.set(instant(66))
        assert access.identify(practice.clinic, "1001", BIRTH).form_id == "week"

    def test_that_a_rule_that_fails_keeps_nobody_from_answering(self, practice: Practice) -> None:
        practice.follows(broken_protocol())
        practice.sweeps(70)
        assert access.identify(practice.clinic, "1001", BIRTH).asked_again


class TestCode:
    def test_that_a_code_opens_the_form_as_number_and_birth_date_do(
        self, practice: Practice
    ) -> None:
        code = desk_codes.issue(practice.clinic, "episode-1")
        welcome = access.identify_by_code(practice.clinic, code)
        assert welcome == access.identify(practice.clinic, "1001", BIRTH)
        actions = [line.action for line in practice.audit("episode-1")]
        assert actions == ["code_issued", "kiosk_identified", "kiosk_identified"]

    def test_that_a_code_is_good_once(self, practice: Practice) -> None:
        code = desk_codes.issue(practice.clinic, "episode-1")
        access.identify_by_code(practice.clinic, code)
        assert_not_matched(practice, code)

    def test_that_a_code_is_good_until_midnight_at_the_clinic(self, practice: Practice) -> None:
        practice.clock.set(instant(3, 22, 59))
        code, other = (desk_codes.issue(practice.clinic, "episode-1") for _ in range(2))
        assert_not_matched(practice, code)
        practice.clock.set(instant(3, 23))
        assert_not_matched(practice, other)

    def test_that_a_code_of_who_is_not_followed_any_more_is_refused(
        self, practice: Practice
    ) -> None:
        code = desk_codes.issue(practice.clinic, "episode-1")
        practice.saves(episode(1, state="closed"))
        assert_not_matched(practice, code)

    def test_that_a_code_signs_in_to_the_procedure_it_was_made_for(
        self, practice: Practice
    ) -> None:
        followed(practice, second=2)
        code = desk_codes.issue(practice.clinic, "episode-1")
        assert access.identify_by_code(practice.clinic, code).episode_id == "episode-1"

    def test_that_a_code_serves_to_go_on_with_what_was_left(self, practice: Practice) -> None:
        drafts.keep(practice.clinic, draft(day=3))
        code = desk_codes.issue(practice.clinic, "episode-1")
        welcome = access.identify_by_code(practice.clinic, code)
        assert welcome.parked is not None
        assert welcome.parked.answers == draft(day=3).answers

    def test_that_of_two_kiosks_at_once_one_is_let_in(self, tmp_path: Path) -> None:
        practice = on_a_file(tmp_path)
        practice.enrols()
        code = desk_codes.issue(practice.clinic, "episode-1")
        start = threading.Barrier(2)

        def try_at(station: str) -> str:
            start.wait()
            try:
                access.identify_by_code(replace(practice.clinic, station=station), code)
            except Refusal as refusal:
                return refusal.code
            return "let in"

        with ThreadPoolExecutor(2) as kiosks:
            came_of_it = sorted(kiosks.map(try_at, ("kiosk-1", "kiosk-2")))
        assert came_of_it == ["let in", "not_matched"]
        practice.store.close()


class TestHandOver:
    def test_that_staff_open_the_form_of_a_patient_they_know(self, practice: Practice) -> None:
        welcome = access.welcome_for(practice.clinic, "episode-1")
        assert welcome == access.identify(practice.clinic, "1001", BIRTH)
        (opened, _) = practice.audit("episode-1")
        assert (opened.action, opened.actor) == ("form_opened", "nurse")

    def test_that_a_sign_in_a_visit_left_before_is_heard_though_it_is_denied_now(
        self, practice: Practice
    ) -> None:
        sign = answer("breathing", "yes")
        drafts.keep(practice.clinic, draft(sign, day=3, picked=("breathing",)))
        practice.clock.advance(minutes=5)
        assert access.welcome_for(practice.clinic, "episode-1").parked is None
        practice.reports(3, answer("breathing", "no"), hour=10)
        practice.clock.advance(minutes=40)
        assert drafts.finish_old(practice.clinic) == 0
        assert practice.alert("airway").finding.priority == "red"

    @pytest.mark.parametrize(
        ("episode_id", "code"), [("episode-2", "episode_closed"), ("nobody", "unknown_episode")]
    )
    def test_that_there_has_to_be_somebody_who_is_followed(
        self, practice: Practice, episode_id: str, code: str
    ) -> None:
        with pytest.raises(Refusal, match=code):
            access.welcome_for(practice.clinic, episode_id)


class TestGuessing:
    """Limits to guessing, in a clinic in memory and on a file (9:00 UTC of day 3)."""

    @pytest.fixture
    def practice(self, anywhere: Practice) -> Practice:
        for count in (1, 2, 3):
            anywhere.enrols(count)
        anywhere.clock.set(instant(3))
        return anywhere

    def test_that_nothing_of_what_was_tried_is_kept_in_the_clear(self, practice: Practice) -> None:
        assert_not_matched(practice, "314159")
        guess_numbers(practice, 1, "271828")
        with practice.store.read() as work:
            tries = work.attempts.since(instant(0), "number", "code")
        assert [(t.kind, t.station, t.passed, len(t.subject)) for t in tries] == [
            ("code", "desk", False, 64),
            ("number", "desk", False, 64),
        ]
        kept = repr((tries, practice.audit("")))
        for text in ("314159", "271828", "1971", "1970"):
            assert text not in kept

    def test_that_a_number_is_heard_five_times_an_hour_wherever_it_is_tried(
        self, practice: Practice
    ) -> None:
        for station in range(5):
            guess_numbers(practice, 1, "1001", station=f"kiosk-{station}")
        assert not lets_in(practice, "1001", station="kiosk-9")
        assert lets_in(practice, "1002", station="kiosk-0")
        practice.clock.advance(minutes=60, microseconds=1)
        assert lets_in(practice, "1001", station="kiosk-9")

    def test_that_an_unknown_number_has_the_same_limit(self, practice: Practice) -> None:
        """Else the limit itself would tell who is a patient."""
        for number in ("1001", "9999"):
            guess_numbers(practice, 6, number)
        with practice.store.read() as work:
            tries = Counter(t.subject for t in work.attempts.since(instant(3), "number"))
        assert list(tries.values()) == [5, 5]

    def test_that_a_kiosk_hears_twenty_wrong_tries_an_hour(self, practice: Practice) -> None:
        for count in range(10):
            guess_numbers(practice, 1, f"80{count}")
            assert_not_matched(practice, f"70000{count}")
        assert not lets_in(practice, "1001")
        assert not lets_in_by_code(practice)
        assert lets_in(practice, "1001", station="kiosk-2")
        practice.clock.advance(minutes=60, microseconds=1)
        assert lets_in(practice, "1001")

    def test_that_a_kiosk_hears_ten_wrong_codes_a_day_and_numbers_all_the_same(
        self, practice: Practice
    ) -> None:
        for count in range(10):
            assert_not_matched(practice, f"70000{count}")
        practice.clock.advance(hours=2)
        assert not lets_in_by_code(practice)
        assert lets_in(practice, "1001")
        practice.clock.advance(hours=22, microseconds=1)
        assert lets_in_by_code(practice)

    def test_that_a_kiosk_hears_a_hundred_wrong_tries_a_day(self, practice: Practice) -> None:
        for hour in range(5):
            practice.clock.set(instant(3, 9 + hour, hour))
            for count in range(20):
                guess_numbers(practice, 1, f"8{hour}{count}")
        practice.clock.advance(hours=2)
        assert not lets_in(practice, "1001")
        assert lets_in(practice, "1001", station="kiosk-2")

    def test_that_somebody_elses_success_makes_no_room_for_more(self, practice: Practice) -> None:
        for count in range(20):
            guess_numbers(practice, 1, f"80{count}")
            if count < 19:
                assert lets_in(practice, "1002")
        assert not lets_in(practice, "1001")

    def test_that_ones_own_success_makes_none_either(self, practice: Practice) -> None:
        guess_numbers(practice, 4, "1001")
        assert lets_in(practice, "1001")
        guess_numbers(practice, 1, "1001")
        assert not lets_in(practice, "1001")

    def test_that_trying_on_does_not_put_the_end_off(self, practice: Practice) -> None:
        guess_numbers(practice, 5, "1001")
        practice.clock.advance(minutes=59)
        guess_numbers(practice, 5, "1001")
        practice.clock.advance(minutes=1, microseconds=1)
        assert lets_in(practice, "1001")

    def test_that_a_code_that_is_not_heard_is_not_used_up(self, practice: Practice) -> None:
        code = desk_codes.issue(practice.clinic, "episode-1")
        for count in range(20):
            guess_numbers(practice, 1, f"80{count}")
        assert_not_matched(practice, code)
        practice.clock.advance(minutes=61)
        assert access.identify_by_code(practice.clinic, code).episode_id == "episode-1"

    def test_that_setting_the_clock_back_makes_no_room(self, practice: Practice) -> None:
        guess_numbers(practice, 5, "1001")
        practice.clock.advance(days=-2)
        assert not lets_in(practice, "1001")

    def test_that_tries_are_forgotten_after_a_day(self, practice: Practice) -> None:
        guess_numbers(practice, 1, "8001")
        practice.clock.advance(days=1, microseconds=1)
        guess_numbers(practice, 1, "8002")
        with practice.store.read() as work:
            assert len(work.attempts.since(instant(0), "number")) == 1

    def test_that_the_desk_is_called_once_for_each_limit_reached(self, practice: Practice) -> None:
        guess_numbers(practice, 4, "1001", station="kiosk-1")
        assert calls.waiting(practice.clinic) == ()
        guess_numbers(practice, 3, "1001", station="kiosk-1")
        (call,) = calls.waiting(practice.clinic)
        assert (call.kind, call.station, call.episode_id) == ("help", "kiosk-1", "")
        calls.answer(practice.clinic, call.id)
        guess_numbers(practice, 3, "1001", station="kiosk-1")
        assert calls.waiting(practice.clinic) == ()

    def test_that_the_audit_says_what_was_not_heard(self, practice: Practice) -> None:
        guess_numbers(practice, 6, "1001")
        reasons = [line.reason for line in practice.audit("") if line.action == "kiosk_not_matched"]
        assert reasons == ["", "", "", "", "", "too_many_tries"]

    def test_that_the_canary_is_not_taken_for_a_guesser(self, practice: Practice) -> None:
        for count in range(20):
            guess_numbers(practice, 1, f"80{count}")
        flown = canary.run_if_due(practice.clinic)
        assert flown is not None
        assert flown.fault == ""

    def test_that_limits_survive_a_restart(self, tmp_path: Path) -> None:
        practice = on_a_file(tmp_path)
        practice.enrols()
        guess_numbers(practice, 5, "1001")
        practice.store.close()
        practice.keeps_in(SqliteStore(tmp_path / "rootwatch.db", durable=False))
        assert not lets_in(practice, "1001")
        practice.store.close()


def test_that_every_refusal_has_cost_the_same_work(tmp_path: Path) -> None:
    """The same statements in the same order: neither the answer nor its time tells anything."""
    practice = on_a_file(tmp_path)
    for count, state in ((1, "open"), (2, "closed")):
        practice.enrols(count, own=episode(count, state=state))
    practice.clock.set(instant(3))
    used = desk_codes.issue(practice.clinic, "episode-1")
    access.identify_by_code(practice.clinic, used)
    numbers = [("9999", BIRTH), ("1001", BIRTH + dt.timedelta(days=1)), ("1002", BIRTH)]
    by_number = [work_of(partial(access.identify, practice.clinic, *each)) for each in numbers]
    codes = [f"{(int(used) + 1) % 10**6:06}", used]
    by_code = [work_of(partial(access.identify_by_code, practice.clinic, each)) for each in codes]
    assert len(by_number[0]) > 5
    assert by_number == [by_number[0]] * 3
    assert by_code == [by_code[0]] * 2
    practice.store.close()


class TestAttacker:
    """RELIABILITY K3: ten kiosks, a thousand patients, and somebody who tries all day."""

    KIOSKS, PATIENTS = 10, 1_000
    NUMBERS = 10**6
    BIRTH_DATES = 60 * 365
    CODES_WAITING, CODES = 20, 10**6

    def heard_in_a_day(self, guess: Callable[[Practice, int], None]) -> int:
        """How many tries one kiosk hears in a day of one every twelve seconds."""
        practice = Practice()
        practice.clock.set(instant(3))
        for count in range(24 * 60 * 5):
            guess(practice, count)
            practice.clock.advance(seconds=12)
        with practice.store.read() as work:
            return len(work.attempts.since(instant(3), "number", "code"))

    def test_that_numbers_with_birth_dates_are_hit_less_than_once_in_ten_thousand_days(
        self,
    ) -> None:
        heard = self.heard_in_a_day(lambda at, n: guess_numbers(at, 1, f"{n:06}"))
        assert heard == 100
        hit = self.PATIENTS / self.NUMBERS / self.BIRTH_DATES
        assert self.KIOSKS * heard * hit < 1e-4

    def test_that_codes_are_hit_as_rarely_as_the_decision_says(self) -> None:
        heard = self.heard_in_a_day(lambda at, n: assert_not_matched(at, f"{n:06}"))
        assert heard == 10
        hit = self.CODES_WAITING / self.CODES
        assert self.KIOSKS * heard * hit == pytest.approx(0.002)


def on_a_file(folder: Path) -> Practice:
    practice = Practice()
    SqliteStore.create(folder / "rootwatch.db", durable=False).close()
    practice.keeps_in(SqliteStore(folder / "rootwatch.db", durable=False))
    return practice


def assert_not_matched(practice: Practice, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        access.identify_by_code(practice.clinic, code)
    assert (refusal.value.code, refusal.value.details) == ("not_matched", {})


def guess_numbers(practice: Practice, times: int, number: str, station: str = "desk") -> None:
    """Try a number with the wrong date of birth."""
    for _ in range(times):
        assert not lets_in(practice, number, station, BIRTH.replace(year=1971))


def lets_in(
    practice: Practice, number: str, station: str = "desk", birth_date: dt.date = BIRTH
) -> bool:
    try:
        access.identify(replace(practice.clinic, station=station), number, birth_date)
    except Refusal:
        return False
    return True


def lets_in_by_code(practice: Practice) -> bool:
    """Whether a patient with a good code is let in."""
    code = desk_codes.issue(practice.clinic, "episode-3")
    try:
        access.identify_by_code(practice.clinic, code)
    except Refusal:
        return False
    return True


def work_of(verb: Callable[[], object]) -> list[str]:
    """The statements that the database runs for a verb that is refused."""
    run: list[str] = []

    def listen(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        run.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        with pytest.raises(Refusal, match="not_matched"):
            verb()
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    return run
