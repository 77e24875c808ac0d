from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain.protocol import Priority
from monitor.domain.submission import Answer
from monitor.domain.urgency import Reason
from monitor.services import alerts, charting, review
from tests.builders import answer, contact, date, instant, patient
from tests.services.clinics import Practice

YELLOW = answer("pgic", "much_worse")
AMBER = answer("burning", 8, compared="worse")
ORANGE = answer("clear_fluid", "yes")
RED = answer("breathing", "yes")


@pytest.fixture
def practice() -> Practice:
    """Six patients, none of whom has missed a report yet."""
    practice = Practice()
    for count in range(1, 7):
        practice.enrols(count)
    return practice


def rows(practice: Practice) -> list[str]:
    return [row.episode.id for row in review.worklist(practice.clinic).rows]


def says(practice: Practice, count: int, *answers: Answer, hour: int = 9) -> None:
    practice.reports(
        1,
        *answers,
        hour=hour,
        id=f"form-{count}-{hour}",
        episode_id=f"episode-{count}",
    )


class TestOrder:
    def test_that_the_most_urgent_comes_first(self, practice: Practice) -> None:
        for count, said in ((1, YELLOW), (2, RED), (3, AMBER), (4, ORANGE)):
            says(practice, count, said)
        assert rows(practice) == ["episode-2", "episode-4", "episode-3", "episode-1"]

    def test_that_what_nobody_has_seen_comes_before_what_is_in_hand(
        self, practice: Practice
    ) -> None:
        says(practice, 1, RED)
        says(practice, 2, YELLOW)
        red = practice.alert("airway")
        alerts.acknowledge(practice.clinic, red.id, red.version)
        assert rows(practice) == ["episode-2", "episode-1"]
        assert [r.in_hand for r in review.worklist(practice.clinic).rows] == [False, True]

    def test_that_the_longest_waiting_of_equals_comes_first(self, practice: Practice) -> None:
        says(practice, 3, AMBER, hour=9)
        says(practice, 1, AMBER, hour=11)
        says(practice, 2, AMBER, hour=10)
        assert rows(practice) == ["episode-3", "episode-2", "episode-1"]

    def test_that_who_has_something_unseen_and_something_seen_is_not_in_hand(
        self, practice: Practice
    ) -> None:
        says(practice, 1, RED, YELLOW)
        red = practice.alert("airway")
        alerts.acknowledge(practice.clinic, red.id, red.version)
        (row,) = review.worklist(practice.clinic).rows
        assert not row.in_hand
        assert [a.finding.rule for a in row.alerts] == ["feels_worse", "airway"]
        assert row.priority is Priority.YELLOW

    def test_that_patients_without_open_alerts_are_not_listed(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        alert = practice.alert("nerve_pain")
        alerts.resolve(practice.clinic, alert.id, alert.version, "treated")
        assert rows(practice) == []


class TestRow:
    def test_that_it_says_who_when_and_until_when(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        practice.clock.set(instant(2, 9))
        (row,) = review.worklist(practice.clinic).rows
        assert (row.patient, row.episode.id, row.day) == (patient(1), "episode-1", 2)
        assert (row.raised_at, row.respond_by) == (instant(1), instant(2, 9))
        assert (row.last_report, row.overdue, row.same_name) == (date(1), False, False)

    def test_that_it_is_overdue_after_the_time_to_respond(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        practice.clock.set(instant(2, 9, 1))
        (row,) = review.worklist(practice.clinic).rows
        assert row.overdue

    def test_that_the_shortest_time_of_the_unseen_alerts_counts(self, practice: Practice) -> None:
        says(practice, 1, AMBER, ORANGE)
        (row,) = review.worklist(practice.clinic).rows
        assert row.respond_by == instant(1, 13)

    def test_that_what_is_in_hand_has_no_time_to_keep(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        alert = practice.alert("nerve_pain")
        alerts.acknowledge(practice.clinic, alert.id, alert.version)
        (row,) = review.worklist(practice.clinic).rows
        assert (row.respond_by, row.overdue) == (None, False)

    def test_that_what_was_seen_and_came_back_has_its_time_anew(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        alert = practice.alert("nerve_pain")
        alerts.acknowledge(practice.clinic, alert.id, alert.version)
        practice.reports(2, answer("burning", 0), hour=8)
        practice.reports(2, AMBER, hour=20)
        row = next(r for r in review.worklist(practice.clinic).rows if r.alerts[0].id == alert.id)
        assert (row.raised_at, row.overdue) == (instant(2, 20), False)
        assert row.respond_by == instant(3, 20)

    def test_that_two_patients_of_one_name_are_pointed_out(self, practice: Practice) -> None:
        twin = patient(7, family_name="SAMPLE01", given_name="kim")
        practice.enrols(7, one=twin)
        for count in (1, 2, 7):
            says(practice, count, AMBER)
        same = {r.episode.id: r.same_name for r in review.worklist(practice.clinic).rows}
        assert same == {"episode-1": True, "episode-2": False, "episode-7": True}


class TestReason:
    """Why a patient stands where they stand, told by the first of their alerts."""

    def reason(self, practice: Practice) -> Reason:
        (row,) = review.worklist(practice.clinic).rows
        return row.reason

    def test_that_it_is_a_warning_sign(self, practice: Practice) -> None:
        says(practice, 1, RED)
        practice.clock.advance(days=1)
        assert self.reason(practice) == "red_flag"

    def test_that_it_is_the_time_to_answer(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        assert self.reason(practice) == "waiting"
        practice.clock.advance(days=1, minutes=1)
        assert self.reason(practice) == "overdue"

    def test_that_it_is_the_end_of_a_window(self, practice: Practice) -> None:
        for day in (-1, 14, 20):
            practice.reports(day, answer("soreness", 0 if day < 0 else 6, compared="worse"))
        (row,) = review.worklist(practice.clinic).rows
        assert (row.reason, row.days_past_window) == ("past_window", 20 - 14)

    def test_that_it_is_that_somebody_sees_to_it(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        alert = practice.alert("nerve_pain")
        alerts.acknowledge(practice.clinic, alert.id, alert.version)
        assert self.reason(practice) == "in_hand"

    def test_that_it_is_that_it_was_put_aside(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        alert = practice.alert("nerve_pain")
        alerts.snooze(practice.clinic, alert.id, alert.version, date(4), "known")
        assert self.reason(practice) == "snoozed"


class TestInHand:
    def test_that_a_warning_sign_in_hand_is_told_beside_what_is_new(
        self, practice: Practice
    ) -> None:
        says(practice, 1, RED, YELLOW)
        red = practice.alert("airway")
        alerts.acknowledge(practice.clinic, red.id, red.version)
        (row,) = review.worklist(practice.clinic).rows
        assert (row.priority, row.worst_in_hand) == (Priority.YELLOW, Priority.RED)

    def test_that_what_was_put_aside_counts_and_what_waits_does_not(
        self, practice: Practice
    ) -> None:
        says(practice, 1, ORANGE, AMBER, YELLOW)
        (row,) = review.worklist(practice.clinic).rows
        assert row.worst_in_hand is None
        amber = practice.alert("nerve_pain")
        alerts.snooze(practice.clinic, amber.id, amber.version, date(4), "known")
        (row,) = review.worklist(practice.clinic).rows
        assert (row.priority, row.worst_in_hand) == (Priority.ORANGE, Priority.AMBER)


def test_that_an_extra_report_that_a_rule_asked_for_is_told(practice: Practice) -> None:
    for day in (-1, 63, 70):
        for count in (1, 2):
            practice.reports(
                day,
                answer("pain", 8 if day < 0 else 1),
                id=f"form-{count}-{day}",
                episode_id=f"episode-{count}",
            )
    practice.reports(77, answer("pain", 6), YELLOW)
    found = review.worklist(practice.clinic)
    row = next(row for row in found.rows if row.episode.id == "episode-1")
    (asked,) = found.asked
    assert row.asked == asked.judged
    assert (asked.episode.id, asked.judged.due_on, asked.judged.extra) == (
        "episode-1",
        date(80),
        True,
    )
    assert [r.asked for r in found.rows if r.episode.id == "episode-2"] in ([None], [])


def test_that_the_worklist_counts_what_is_unseen_and_in_hand(practice: Practice) -> None:
    for count, said in ((1, YELLOW), (2, RED), (3, AMBER), (4, AMBER)):
        says(practice, count, said)
    says(practice, 5, answer("pain", 0))
    alert = practice.alert("nerve_pain", "episode-4")
    alerts.acknowledge(practice.clinic, alert.id, alert.version)
    found = review.worklist(practice.clinic)
    assert found.counts == {
        Priority.RED: 1,
        Priority.ORANGE: 0,
        Priority.AMBER: 1,
        Priority.YELLOW: 1,
    }
    assert found.in_hand == 1


class TestNews:
    """Whether anything has happened since the nurse looked."""

    def news(self, practice: Practice) -> bool:
        (row,) = review.worklist(practice.clinic).rows
        return row.is_new

    def test_that_who_was_never_looked_at_is_new(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        assert self.news(practice)

    def test_that_a_look_at_the_chart_ends_it_for_that_nurse_alone(
        self, practice: Practice
    ) -> None:
        says(practice, 1, AMBER)
        practice.clock.advance(minutes=5)
        charting.chart(practice.clinic, "episode-1")
        assert not self.news(practice)
        (row,) = review.worklist(replace(practice.clinic, actor="another")).rows
        assert row.is_new

    def test_that_another_report_is_news(self, practice: Practice) -> None:
        says(practice, 1, AMBER)
        charting.chart(practice.clinic, "episode-1")
        says(practice, 1, AMBER, hour=11)
        assert self.news(practice)

    @pytest.mark.parametrize(("actor", "news"), [("nurse", False), ("another", True)])
    def test_that_a_step_is_news_to_everybody_but_who_took_it(
        self, practice: Practice, actor: str, news: bool
    ) -> None:
        says(practice, 1, AMBER)
        charting.chart(practice.clinic, "episode-1")
        practice.clock.advance(minutes=5)
        alert = practice.alert("nerve_pain")
        alerts.acknowledge(replace(practice.clinic, actor=actor), alert.id, alert.version)
        assert self.news(practice) is news


class TestPromises:
    def promises(self, practice: Practice, count: int, day: int) -> None:
        with practice.store.begin() as work:
            work.contacts.add(
                contact(
                    1,
                    id=f"contact-{count}",
                    episode_id=f"episode-{count}",
                    kind="phone",
                    result="no_answer",
                    next_on=date(day),
                )
            )
            work.commit()

    def test_that_who_was_promised_a_call_by_today_is_listed_the_earliest_first(
        self, practice: Practice
    ) -> None:
        for count, day in ((1, 4), (2, 3), (3, 5)):
            self.promises(practice, count, day)
        practice.clock.set(instant(4))
        found = review.worklist(practice.clinic)
        assert found.rows == ()
        assert [(r.episode.id, r.promised) for r in found.promised if r.episode] == [
            ("episode-2", date(3)),
            ("episode-1", date(4)),
        ]

    def test_that_one_with_an_alert_stands_among_the_alerts_with_the_promise(
        self, practice: Practice
    ) -> None:
        says(practice, 1, AMBER)
        self.promises(practice, 1, 1)
        found = review.worklist(practice.clinic)
        assert [row.promised for row in found.rows] == [date(1)]
        assert found.promised == ()


def test_that_a_report_dated_ahead_says_nothing(practice: Practice) -> None:
    says(practice, 1, AMBER)
    practice.reports(1, answer("pain", 1), id="early", hour=11)
    with practice.store.read() as work:
        early = work.submissions.get("early")
    practice.store.rewrite(replace(early, local_date=date(9)))
    (row,) = review.worklist(practice.clinic).rows
    assert row.last_report is None


def test_that_one_protocol_that_is_gone_hides_no_alerts(practice: Practice) -> None:
    says(practice, 1, YELLOW)
    practice.follows()
    (row,) = review.worklist(practice.clinic).rows
    assert (row.episode.id, row.respond_by, row.overdue) == ("episode-1", instant(4), False)
