"""The station's lists and the search, held against the fake and the real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from monitor.domain.alert import State
from monitor.domain.episode import CANARY, Patient
from monitor.domain.protocol import Priority
from monitor.domain.silence import Silence
from monitor.domain.submission import Submission
from monitor.services.ports import EvaluationState, Found, Listed, Score, Store, Work
from monitor.storage.store import SqliteStore
from tests.builders import (
    alert,
    answer,
    date,
    enrol,
    episode,
    evaluation,
    finding,
    instant,
    judged,
    patient,
    procedure,
    submission,
)
from tests.fakes import FakeStore

SILENT = Silence("worse", 2, date(10), "pain", 7, 4.5)

BORN = dt.date(1932, 2, 9)
person = partial(patient, birth_date=dt.date(1955, 3, 30))
PEOPLE = (
    person(1, family_name="Núñez", given_name="María José", number="2001", phone="0171 555"),
    person(2, family_name="O’Hara", given_name="Zoë", number="A-17", birth_date=BORN),
    person(3, family_name="Großmann", given_name="Jan", number="17", phone="+44 (0)20 7946"),
    person(4, family_name="محمد", given_name="علي", number="2004"),
    person(5, family_name="de la Núñez", given_name="Anna", number="2005"),
    person(6, family_name="100%_Sure", given_name="\\'; --", number="2006"),
    person(7, family_name="Anders", given_name="Nunezia", number="2007"),
)  # fmt: skip


def add_people(work: Work, *people: Patient) -> None:
    for one in people:
        work.patients.add(one)


def add_canary(work: Work) -> None:
    work.patients.add(patient(9, id=CANARY, number="0000"))
    work.episodes.add(episode(9, id=CANARY, patient_id=CANARY))


def numbers(found: Found) -> list[str]:
    return [row.patient.number for row in found.rows]


@pytest.fixture
def people(store: Store) -> Iterator[Work]:
    """An open unit of work in which those seven are, and the canary."""
    with store.begin() as work:
        add_people(work, *PEOPLE)
        add_canary(work)
        yield work


class TestFind:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (["nunez"], ["2001", "2007", "2005"]),
            (["NÚÑEZ"], ["2001", "2007", "2005"]),
            (["nuñ", "mar"], ["2001"]),
            (["mar", "nuñ"], ["2001"]),
            (["jose"], ["2001"]),
            (["la"], ["2005"]),
            (["unez"], []),
            (["hara"], ["A-17"]),
            (["o'h"], ["A-17"]),
            (["zoe", "o’hara"], ["A-17"]),
            (["grossmann"], ["17"]),
            (["großm"], ["17"]),
            (["محم"], ["2004"]),
            (["17"], ["17", "A-17", "2001"]),
            (["a17"], ["A-17"]),
            (["a-17"], ["A-17"]),
            (["A-17"], ["A-17"]),
            (["1932-02"], ["A-17"]),
            (["1932-02-09", "zoe"], ["A-17"]),
            (["0171"], ["2001"]),
            (["20 7946"], ["17"]),
            (["2004"], ["2004"]),
            (["%"], ["2006", "2007", "2005", "17", "2001", "A-17", "2004"]),
            (["100%"], ["2006"]),
            (["100%_s"], ["2006"]),
            (["_"], ["2006", "2007", "2005", "17", "2001", "A-17", "2004"]),
            (["s%e"], []),
            (["nobody"], []),
            (["canary"], []),
            (["0000"], []),
            (["", " "], ["2006", "2007", "2005", "17", "2001", "A-17", "2004"]),
        ],
    )
    def test_that_words_begin_a_word_of_the_name_or_are_a_part_of_the_rest(
        self, people: Work, words: list[str], expected: list[str]
    ) -> None:
        found = people.lists.find(words, 0, 20)
        assert sorted(numbers(found)) == sorted(expected)
        assert found.total == len(expected)

    def test_that_the_number_itself_is_first_then_a_family_name_that_begins_so(
        self, people: Work
    ) -> None:
        add_people(
            people,
            patient(20, number="1", family_name="Zed", given_name="Ann"),
            patient(21, number="3001", family_name="Berg", given_name="Ann"),
            patient(22, number="3002", family_name="Annas", given_name="Bo"),
            patient(23, number="3003", family_name="Ánn", given_name="Bo"),
            patient(24, number="ann", family_name="Zz", given_name="Top"),
        )
        ranked = numbers(people.lists.find(["ann"], 0, 20))
        assert ranked == ["ann", "3003", "3002", "3001", "2005", "1"]
        assert numbers(people.lists.find(["1"], 0, 20))[0] == "1"

    def test_that_everybody_is_in_order_of_their_folded_names(self, people: Work) -> None:
        found = people.lists.find([], 0, 20)
        assert numbers(found) == ["2006", "2007", "2005", "17", "2001", "A-17", "2004"]
        assert found.total == people.lists.count() == len(PEOPLE)

    def test_that_a_changed_patient_is_found_by_what_is_true_now(self, people: Work) -> None:
        people.patients.save(replace(PEOPLE[0], family_name="Weiß", number="A 99", phone="42"))
        assert numbers(people.lists.find(["weiss"], 0, 9)) == ["A 99"]
        assert numbers(people.lists.find(["a99"], 0, 9)) == ["A 99"]
        assert numbers(people.lists.find(["nunez"], 0, 9)) == ["2007", "2005"]
        assert people.lists.find(["0171"], 0, 9).total == 0

    def test_that_a_part_of_the_list_says_how_many_there_are(self, people: Work) -> None:
        found = people.lists.find([], 2, 3)
        assert numbers(found) == ["2005", "17", "2001"]
        assert found.total == len(PEOPLE)
        assert people.lists.find([], 50, 3) == Found(len(PEOPLE), ())

    def test_that_paging_shows_everybody_once(self, store: Store) -> None:
        with store.begin() as work:
            add_people(
                work,
                *(patient(count, family_name="Same", number=f"{count}") for count in range(40)),
            )
            pages = [work.lists.find(["same"], offset, 7) for offset in range(0, 49, 7)]
        shown = [number for page in pages for number in numbers(page)]
        assert sorted(shown, key=int) == [str(count) for count in range(40)]
        assert {page.total for page in pages} == {40}

    def test_that_a_letter_pasted_into_the_field_is_searched(self, people: Work) -> None:
        letter = " ".join(f"{count}x" for count in range(2_000))
        for text in (letter, "ﷺ" * 60_000, "nunez " * 1_000, "%" * 1_000, "a" * 1_000):
            found = people.lists.find([text], 0, 9)
            assert found.total == (3 if "nunez" in text else len(PEOPLE) if "%" in text else 0)

    def test_that_only_the_first_letters_of_a_long_word_count(self, people: Work) -> None:
        add_people(people, patient(30, family_name="a" * 150, number="3030"))
        assert numbers(people.lists.find(["a" * 200], 0, 9)) == ["3030"]

    def test_that_a_patient_is_shown_with_their_newest_episode(self, store: Store) -> None:
        with store.begin() as work:
            work.patients.add(patient())
            for name, day in (("b", 0), ("old", -400), ("a", 0)):
                work.episodes.add(episode(1, id=name, procedure=procedure(date=date(day))))
            (row,) = work.lists.find([], 0, 9).rows
            assert row.episode == work.episodes.get("a")
            assert work.episodes.of_patient("patient-1")[0] == row.episode

    def test_that_a_patient_without_an_episode_is_shown(self, people: Work) -> None:
        (row,) = people.lists.find(["zoe"], 0, 9).rows
        assert row == Listed(PEOPLE[1])


class TestListed:
    def test_that_all_that_is_known_of_an_episode_is_there(self, work: Work) -> None:
        late = submission(day=5, id="late", received_at=instant(9))
        for one in (submission(day=7), late, submission(day=8, episode_id="episode-2", id="x")):
            work.submissions.add(one)
        work.alerts.add(alert(finding("a", priority=Priority.AMBER), id="a"))
        work.alerts.add(alert(finding("b", priority=Priority.ORANGE), id="b"))
        work.alerts.add(alert(finding("c", priority=Priority.RED), id="c", state=State.RESOLVED))
        work.judgements.set(judged(due_on=date(20), silence=SILENT))
        assert work.lists.of(["episode-1"]) == (
            Listed(
                patient(1),
                episode(1),
                last_report=date(7),
                received_at=instant(9),
                priority=Priority.ORANGE,
                due_on=date(20),
                silence=SILENT,
            ),
        )

    def test_that_those_asked_for_are_there_once_and_no_others(self, work: Work) -> None:
        add_canary(work)
        found = work.lists.of(["episode-2", "episode-1", "episode-2", "none", CANARY])
        assert {one.patient.id for one in found} == {"patient-1", "patient-2"}
        assert len(found) == 2
        assert work.lists.of([]) == ()

    def test_that_the_episode_asked_for_is_shown_and_not_the_newest(self, work: Work) -> None:
        work.episodes.add(episode(1, id="newer", procedure=procedure(date=date(50))))
        (row,) = work.lists.of(["episode-1"])
        assert row.episode == episode(1)


class TestSilent:
    def test_that_whom_to_call_first_is_first(self, store: Store) -> None:
        told = {
            "episode-1": Silence("better", 1, date(3)),
            "episode-2": Silence("worse", 1, date(9)),
            "episode-3": Silence("worse", 1, date(4)),
            "episode-4": Silence("lost", 9, date(1), "pain", 0, None),
            "episode-5": Silence("worse", 1, date(4), "pain", 3, 2.0),
        }
        with store.begin() as work:
            enrol(work, 6)
            for name, silence in told.items():
                work.judgements.set(replace(judged(), episode_id=name, silence=silence))
            found = work.lists.silent()
            assert [one.episode.id for one in found if one.episode] == [
                "episode-3", "episode-5", "episode-2", "episode-1", "episode-4",
            ]  # fmt: skip
            assert [one.silence for one in found] == [
                told[one.episode.id] for one in found if one.episode
            ]
            assert work.lists.count_silent() == len(told)

    def test_that_who_reports_again_is_silent_no_more(self, work: Work) -> None:
        work.judgements.set(judged(silence=SILENT))
        work.judgements.set(judged())
        assert work.lists.silent() == ()
        assert work.lists.count_silent() == 0

    def test_that_the_closed_and_the_canary_are_not_silent(self, work: Work) -> None:
        add_canary(work)
        work.judgements.set(judged(silence=SILENT))
        work.judgements.set(replace(judged(silence=SILENT), episode_id=CANARY))
        work.episodes.save(episode(1, state="closed"))
        assert work.lists.silent() == ()
        assert work.lists.count_silent() == 0


def reported(work: Work, came: Submission) -> None:
    """Add a report that the rules have judged."""
    work.submissions.add(came)
    work.submissions.mark(evaluation(came, state="evaluated"))


class TestNewAndWell:
    SINCE, TODAY = instant(5), date(9)

    def names(self, work: Work) -> list[str]:
        found = work.lists.new_and_well(self.SINCE, self.TODAY)
        assert work.lists.count_new_and_well(self.SINCE, self.TODAY) == len(found)
        return [one.episode.id for one in found if one.episode]

    def test_that_the_one_received_last_is_first(self, store: Store) -> None:
        with store.begin() as work:
            enrol(work, 4)
            for count, day in ((1, 6), (2, 9), (3, 6), (4, 4)):
                came = submission(id=f"{count}", episode_id=f"episode-{count}", day=day)
                reported(work, came)
            assert self.names(work) == ["episode-2", "episode-1", "episode-3"]

    def test_that_a_report_of_that_very_moment_is_new(self, work: Work) -> None:
        reported(work, submission(day=1, received_at=self.SINCE))
        assert self.names(work) == ["episode-1"]

    def test_that_one_with_an_open_alert_is_not_well(self, work: Work) -> None:
        reported(work, submission(day=6))
        work.alerts.add(alert(state=State.SNOOZED))
        assert self.names(work) == []
        work.alerts.save(alert(state=State.RESOLVED), seen_version=1)
        assert self.names(work) == ["episode-1"]

    def test_that_an_alert_of_the_patients_other_follow_up_counts(self, work: Work) -> None:
        work.episodes.add(replace(episode(1), id="episode-9"))
        reported(work, submission(day=6, episode_id="episode-9"))
        assert self.names(work) == ["episode-9"]
        work.alerts.add(alert())
        assert self.names(work) == []

    @pytest.mark.parametrize("state", ["waiting", "failed"])
    def test_that_nobody_is_well_of_whom_a_report_was_not_judged(
        self, work: Work, state: EvaluationState
    ) -> None:
        came = submission(day=6)
        reported(work, came)
        work.submissions.mark(evaluation(came, state=state))
        assert self.names(work) == []
        work.submissions.mark(evaluation(came, state="evaluated"))
        assert self.names(work) == ["episode-1"]

    def test_that_nobody_is_well_by_a_report_that_is_dated_ahead(self, work: Work) -> None:
        reported(work, submission(day=6))
        assert self.names(work) == ["episode-1"]
        reported(work, submission(id="ahead", day=10))
        assert self.names(work) == []

    def test_that_nobody_is_well_who_is_asked_again_or_does_not_report(self, work: Work) -> None:
        reported(work, submission(day=6))
        asked = judged(opens_on=date(8), due_on=date(8), closes_on=date(9), extra=True)
        for not_well in (asked, judged(silence=SILENT)):
            work.judgements.set(judged())
            assert self.names(work) == ["episode-1"]
            work.judgements.set(not_well)
            assert self.names(work) == []

    def test_that_what_somebody_saw_is_new_to_nobody_until_more_comes(self, work: Work) -> None:
        reported(work, submission(day=6))
        work.looks.set("kim", "episode-1", instant(5))
        assert self.names(work) == ["episode-1"]
        work.looks.set("osei", "episode-1", instant(6))
        assert self.names(work) == []
        reported(work, submission(day=7))
        assert self.names(work) == ["episode-1"]

    def test_that_the_closed_and_the_canary_are_left_out(self, work: Work) -> None:
        add_canary(work)
        reported(work, submission(day=6))
        reported(work, submission(day=6, id="c", episode_id=CANARY))
        work.episodes.save(episode(1, state="closed"))
        assert self.names(work) == []


class TestCounts:
    def test_that_an_episode_that_reported_twice_counts_once_that_day(self, work: Work) -> None:
        add_canary(work)
        for name, owner in (("a", "episode-1"), ("b", "episode-1"), ("c", CANARY)):
            work.submissions.add(submission(day=6, id=name, episode_id=owner))
        assert work.lists.reported_on(date(6)) == 1
        assert work.lists.reported_on(date(7)) == 0

    def test_that_only_red_alerts_nobody_has_seen_are_unseen(self, work: Work) -> None:
        add_canary(work)
        red, orange = (finding(priority=p) for p in (Priority.RED, Priority.ORANGE))
        work.alerts.add(alert(red, id="red"))
        work.alerts.add(alert(red, id="canary", episode_id=CANARY))
        work.alerts.add(alert(orange, id="orange", episode_id="episode-2"))
        assert work.alerts.unseen(Priority.RED) == {"red"}
        work.alerts.save(alert(red, id="red", state=State.ACKNOWLEDGED), seen_version=1)
        assert work.alerts.unseen(Priority.RED) == frozenset()


class TestNamesakes:
    def test_that_the_same_name_however_written_is_told(self, store: Store) -> None:
        one, other, third = (
            patient(1, family_name="Núñez", given_name="ANA"),
            patient(2, family_name="nunez", given_name="Ana"),
            patient(3, family_name="Nunez", given_name="Anna"),
        )
        with store.begin() as work:
            add_people(work, one, other, third)
            assert work.lists.namesakes([one, third]) == {"patient-1"}
            assert work.lists.namesakes([]) == frozenset()

    def test_that_family_and_given_name_are_not_run_together(self, store: Store) -> None:
        with store.begin() as work:
            first = patient(1, family_name="Ana Lu", given_name="Paz")
            add_people(work, first, patient(2, family_name="Ana", given_name="Lu Paz"))
            assert work.lists.namesakes([first]) == frozenset()

    def test_that_the_canary_is_nobodys_namesake(self, store: Store) -> None:
        with store.begin() as work:
            add_people(work, patient(1), patient(1, id=CANARY, number="0"))
            assert work.lists.namesakes([patient(1)]) == frozenset()


class TestScores:
    def test_that_scores_come_oldest_first_without_the_skipped(self, work: Work) -> None:
        left, right = answer("pain", 4, "neck", "left"), answer("pain", 0, "neck", "right")
        work.submissions.add(submission(left, right, day=9))
        work.submissions.add(submission(answer("pain", None), answer("sleep", 7), day=3))
        work.submissions.add(submission(answer("pain", "mild"), day=4))
        work.submissions.add(submission(answer("pain", 8), day=2))
        assert work.lists.scores(["episode-1", "episode-2"], "pain") == {
            "episode-1": (
                Score(date(2), instant(2), "", "", 8),
                Score(date(9), instant(9), "neck", "left", 4),
                Score(date(9), instant(9), "neck", "right", 0),
            ),
            "episode-2": (),
        }
        assert work.lists.scores([], "pain") == {}


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
alphabet = some.sampled_from("aAáÁeßẞøıİſﬁ'\"%_\\*?-;|,. \t\n12ا‌م李한") | some.characters(
    codec="utf-8"
)
names = some.text(alphabet, max_size=12)
crowds = some.lists(
    some.tuples(names, names, names, some.dates(dt.date(1900, 1, 1), dt.date(1901, 3, 1))),
    max_size=6,
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """An empty store of each kind, which every example leaves as it found it."""
    path: Path = tmp_path_factory.mktemp("lists") / "rootwatch.db"
    sqlite = SqliteStore.create(path, durable=False)
    yield FakeStore(), sqlite
    sqlite.close()


@unhurried
@given(
    crowd=crowds,
    words=some.lists(names, max_size=3),
    offset=some.integers(0, 4),
    limit=some.integers(1, 4),
)
def test_that_both_stores_find_the_same_for_any_names_and_any_words(
    both: tuple[Store, Store],
    crowd: list[tuple[str, str, str, dt.date]],
    words: list[str],
    offset: int,
    limit: int,
) -> None:
    told = []
    for store in both:
        with store.begin() as work:
            for count, (family, given_name, phone, born) in enumerate(crowd):
                work.patients.add(
                    patient(
                        count,
                        number=f"{given_name}{count}",
                        family_name=family,
                        given_name=given_name,
                        birth_date=born,
                        phone=phone,
                    )
                )
            asked = [one[:2] for one in crowd] or [("", "")]
            told.append(
                (
                    work.patients.all(),
                    work.lists.find(words, offset, limit),
                    work.lists.find([*words, "1"], 0, 9),
                    work.lists.namesakes(work.patients.all()),
                    [
                        work.patients.alike(f"{word}1", *name, dt.date(1900, 5, 1), word)
                        for name in asked
                        for word in (words or [""])
                    ],
                )
            )
    assert told[0] == told[1]


@unhurried
@given(crowd=crowds)
def test_that_everybody_is_found_by_their_own_name_and_number(
    both: tuple[Store, Store], crowd: list[tuple[str, str, str, dt.date]]
) -> None:
    for store in both:
        with store.begin() as work:
            for count, (family, given_name, phone, born) in enumerate(crowd):
                one = patient(
                    count,
                    number=f"n{count}",
                    family_name=family,
                    given_name=given_name,
                    phone=phone,
                    birth_date=born,
                )
                work.patients.add(one)
                words = [family, given_name, one.number, born.isoformat()]
                assert one.id in [row.patient.id for row in work.lists.find(words, 0, 9).rows]
