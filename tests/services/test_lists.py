"""The lists beside the worklist: everybody, the silent, the well, and the small charts of rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain.episode import OwnWindow
from monitor.domain.protocol import Priority
from monitor.domain.silence import Silence
from monitor.domain.submission import NOWHERE, Place
from monitor.services import charting, lists, submissions
from monitor.services.lists import ListRow, Spark, Subject
from monitor.services.ports import Refusal
from tests.builders import answer, contact, date, episode, heartbeat, instant, judged, patient
from tests.services.clinics import Practice


@pytest.fixture
def practice() -> Practice:
    """Three patients without a report."""
    practice = Practice()
    for count in (1, 2, 3):
        practice.enrols(count)
    return practice


def ids(rows: tuple[ListRow, ...]) -> list[str]:
    return [row.episode.id for row in rows if row.episode]


def falls_silent(practice: Practice, count: int, silence: Silence) -> None:
    with practice.store.begin() as work:
        work.judgements.set(judged(count, silence=silence, due_on=date(50)))
        work.commit()


class TestFind:
    def test_that_without_words_it_is_everybody_by_name_with_the_newest_episode(self) -> None:
        practice = Practice()
        practice.enrols(1, one=patient(1, family_name="Zahn"))
        practice.enrols(2, one=patient(2, family_name="adler"))
        newer = episode(3, patient_id="patient-1")
        newer = replace(newer, procedure=replace(newer.procedure, date=date(10)))
        with practice.store.begin() as work:
            work.patients.add(patient(3, family_name="Berg"))
            work.episodes.add(newer)
            work.commit()
        practice.reports(12, answer("breathing", "yes"), episode_id="episode-3")
        page = lists.find(practice.clinic, "", 0, 10)
        assert page.total == 3
        adler, berg, zahn = page.rows
        assert (adler.patient.family_name, adler.day, adler.last_report) == ("adler", 12, None)
        assert (berg.episode, berg.day) == (None, None)
        assert (zahn.episode, zahn.day, zahn.last_report) == (newer, 2, date(12))
        assert zahn.priority is Priority.RED

    def test_that_a_page_is_a_part_of_all_that_fit(self, practice: Practice) -> None:
        page = lists.find(practice.clinic, "kim sample", 1, 1)
        assert (page.total, ids(page.rows)) == (3, ["episode-2"])

    def test_that_namesakes_are_told(self, practice: Practice) -> None:
        practice.enrols(7, one=patient(7, family_name="SAMPLE01", given_name="kim"))
        rows = lists.find(practice.clinic, "", 0, 10).rows
        assert [row.patient.id for row in rows if row.same_name] == ["patient-1", "patient-7"]


def test_that_the_silent_stand_in_the_order_in_which_to_call_them(practice: Practice) -> None:
    falls_silent(practice, 1, Silence("better", 2, date(3)))
    falls_silent(practice, 2, Silence("worse", 1, date(9), "pain", 7, 3.0))
    falls_silent(practice, 3, Silence("better", 3, date(2)))
    rows = lists.silent(practice.clinic)
    assert ids(rows) == ["episode-2", "episode-3", "episode-1"]
    assert (rows[0].silence, rows[0].due_on) == (
        Silence("worse", 1, date(9), "pain", 7, 3.0),
        date(50),
    )


class TestNewAndWell:
    def test_that_a_report_without_an_alert_stands_there_until_somebody_looks(
        self, practice: Practice
    ) -> None:
        practice.reports(1, answer("pain", 1))
        assert ids(lists.new_and_well(practice.clinic)) == ["episode-1"]
        charting.chart(practice.clinic, "episode-1")
        assert lists.new_and_well(practice.clinic) == ()

    def test_that_an_auditor_who_looks_takes_nothing_off_the_nurses_list(
        self, practice: Practice
    ) -> None:
        practice.reports(1, answer("pain", 1))
        charting.chart(replace(practice.clinic, acting="auditor"), "episode-1")
        assert ids(lists.new_and_well(practice.clinic)) == ["episode-1"]

    def test_that_it_stands_there_for_a_week_at_most(self, practice: Practice) -> None:
        practice.reports(1, answer("pain", 1))
        practice.clock.set(instant(8))
        assert ids(lists.new_and_well(practice.clinic)) == ["episode-1"]
        practice.clock.advance(minutes=1)
        assert lists.new_and_well(practice.clinic) == ()

    def test_that_an_open_alert_keeps_it_out(self, practice: Practice) -> None:
        practice.reports(1, answer("breathing", "yes"))
        assert lists.new_and_well(practice.clinic) == ()


def test_that_the_counts_are_those_of_the_lists(practice: Practice) -> None:
    practice.reports(1, answer("pain", 1))
    falls_silent(practice, 2, Silence("never", 1, date(1)))
    with practice.store.begin() as work:
        work.heartbeats.set(heartbeat(1, role="kiosk", station="Kiosk A"))
        work.heartbeats.set(heartbeat(2, role="station"))
        work.commit()
    counts = lists.counts(practice.clinic)
    assert (counts.patients, counts.silent, counts.new_and_well) == (3, 1, 1)
    assert (counts.reports_today, counts.kiosk_heard) == (1, instant(1))
    practice.clock.set(instant(2))
    assert lists.counts(practice.clinic).reports_today == 0


def test_that_a_promised_contact_is_told_in_every_list(practice: Practice) -> None:
    falls_silent(practice, 1, Silence("worse", 1, date(9)))
    promise = contact(1, kind="phone", result="no_answer", next_on=date(12))
    with practice.store.begin() as work:
        work.contacts.add(promise)
        work.commit()
    assert [row.promised for row in lists.silent(practice.clinic)] == [date(12)]
    found = lists.find(practice.clinic, "", 0, 10).rows
    assert [row.promised for row in found] == [date(12), None, None]


class TestSparks:
    PAIN = Subject("episode-1", "pain")

    def spark(self, practice: Practice, subject: Subject = PAIN) -> Spark:
        return lists.sparks(practice.clinic, [subject])[subject]

    def test_that_it_has_the_last_eight_scores_up_to_today(self, practice: Practice) -> None:
        for day in range(1, 11):
            practice.reports(day, answer("pain", day % 5))
        practice.clock.set(instant(14))
        spark = self.spark(practice)
        assert spark.points == tuple((day, day % 5) for day in range(3, 11))
        assert (spark.today, spark.highest) == (14, 10)

    def test_that_pain_is_shaded_up_to_relief_and_a_symptom_to_the_end_of_its_window(
        self, practice: Practice
    ) -> None:
        relief = OwnWindow("relief", 33, 33)
        soreness = OwnWindow("soreness", 20, 40)
        practice.saves(
            replace(
                episode(1),
                procedure=replace(episode(1).procedure, profile="MBRFN"),
                own_windows=(relief, soreness),
            )
        )
        practice.reports(1, answer("pain", 5), answer("soreness", 4))
        assert self.spark(practice).window_to == 33
        assert self.spark(practice, Subject("episode-1", "soreness")).window_to == 20

    def test_that_it_reads_what_the_chart_reads(self, practice: Practice) -> None:
        """A corrected report counts no more, and a region that the map leaves out counts as 0."""
        hand = Place("thumb_side", "left")
        practice.reports(1, answer("pain", 9), answer("numbness", 4, *hand), id="wrong")
        submissions.correct(practice.clinic, "wrong", "right", (answer("pain", 2),), "misread")
        practice.reports(2, answer("numbness", 3, *hand))
        practice.reports(3, answer("numbness", 0, *NOWHERE))
        assert self.spark(practice).points == ((1, 2),)
        numb = self.spark(practice, Subject("episode-1", "numbness", hand))
        assert numb.points == ((2, 3), (3, 0))

    @pytest.mark.parametrize(
        "subject",
        [Subject("gone", "pain"), Subject("episode-1", "smell")],
        ids=["no such episode", "no such item"],
    )
    def test_that_what_cannot_be_read_is_left_out(
        self, practice: Practice, subject: Subject
    ) -> None:
        assert lists.sparks(practice.clinic, [subject, self.PAIN]).keys() == {self.PAIN}


def test_that_lists_are_for_those_who_may_look(practice: Practice) -> None:
    stranger = replace(practice.clinic, acting="admin")
    for ask in (lists.silent, lists.new_and_well, lists.counts):
        with pytest.raises(Refusal, match="not_allowed"):
            ask(stranger)
