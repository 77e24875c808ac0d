from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.alert import Happening
from monitor.domain.episode import Episode
from monitor.domain.submission import Submission
from monitor.services.replay import Burden, Raised, burden, replay
from monitor.services.submissions import Completed, record
from tests.builders import answer, date, episode, instant, procedure, submission
from tests.domain.courses import followed
from tests.protocols import default_protocol
from tests.services.clinics import Practice

HORIZON = 95
Telling = tuple[int, str, str, str, str]


def replayed(*followed: tuple[Episode, tuple[Submission, ...]], end: int = HORIZON) -> list[Raised]:
    return list(replay(default_protocol(), followed, date(end)))


def mbrfn(count: int = 1) -> Episode:
    return episode(count, procedure=procedure(profile="MBRFN"))


def test_that_each_alert_is_told_with_all_a_scorer_reads() -> None:
    reports = tuple(
        submission(answer("weakness", s, side="left", compared="worse"), day=d)
        for d, s in ((2, 5), (3, 5))
    )
    (weak,) = (r for r in replayed((mbrfn(), reports), end=4) if r.item == "weakness")
    told = (weak.patient, weak.kind, weak.item, weak.site, weak.side, weak.day)
    assert told == ("patient-1", "weakness_persistent", "weakness", "", "left", 2)
    assert (weak.rule, weak.stage, weak.priority) == ("weakness_persists", "O4", "orange")
    assert weak.alert.raised_day == 2


def test_that_a_rule_without_a_name_for_replay_goes_by_its_own() -> None:
    (red,) = (r for r in replayed((mbrfn(), (submission(answer("breathing", "yes")),)), end=2))
    assert red.kind == red.rule == "airway"


def test_that_time_alone_raises_alerts_without_any_report() -> None:
    assert [(r.rule, r.day) for r in replayed((mbrfn(), ()), end=3)] == [("missed_report", 2)]


def test_that_nothing_after_the_end_is_told() -> None:
    assert replayed((mbrfn(), ()), end=1) == []


def test_that_an_alert_that_returns_is_told_again() -> None:
    given = [(2, "yes"), (3, "no"), (7, "yes")]
    reports = tuple(submission(answer("breathing", value), day=day) for day, value in given)
    told = [r.day for r in replayed((mbrfn(), reports), end=8) if r.rule == "airway"]
    assert told == [2, 7]


def test_that_an_alert_that_returns_worse_is_told_again() -> None:
    given = [(7, 0), (14, 0), (21, 4), (28, 4), (35, 0), (42, 0), (49, 6), (56, 6)]
    reports = tuple(submission(answer("weakness", v, side="left"), day=day) for day, v in given)
    told = [r.day for r in replayed((mbrfn(), reports), end=57) if r.rule == "new_weakness"]
    assert told == [28, 56]


def test_that_two_reports_of_one_day_are_judged_one_after_the_other() -> None:
    reports = (
        submission(answer("breathing", "yes"), day=2, id="morning", answered_at=instant(2, 8)),
        submission(answer("breathing", "no"), day=2, id="evening", answered_at=instant(2, 20)),
    )
    assert "airway" in {r.rule for r in replayed((mbrfn(), reports), end=2)}


def test_that_every_episode_is_replayed_on_its_own() -> None:
    two = [(mbrfn(1), (submission(answer("breathing", "yes")),)), (mbrfn(2), ())]
    told = [(r.patient, r.rule, r.day) for r in replayed(*two, end=2)]
    assert told == [("patient-1", "airway", 1), ("patient-2", "missed_report", 2)]


class TestBurden:
    def weighed(self, *reports: Submission, end: int) -> Burden:
        followed = [(mbrfn(), reports)]
        raised = replay(default_protocol(), followed, date(end))
        return burden(default_protocol(), followed, date(end), raised)

    def test_that_reports_that_alert_are_told_from_what_time_raises(self) -> None:
        calm = [submission(answer("pain", 3), day=day) for day in (-1, 1)]
        signs = submission(answer("breathing", "yes"), answer("clear_fluid", "yes"), day=3)
        found = self.weighed(*calm, signs, submission(answer("pain", 3), day=4), end=12)
        assert (found.reports, found.alerting, found.by_time) == (3, 1, 1)
        assert found.stages == (
            ("airway", "R1", 1),
            ("clear_fluid", "O2", 1),
            ("missed_report", "A7", 1),
        )
        assert found.alerts == 3
        assert found.per_100_reports(found.alerting) == pytest.approx(100 / 3)

    def test_that_a_report_after_the_end_weighs_nothing(self) -> None:
        reports = [submission(answer("breathing", "yes"), day=day) for day in (1, 5)]
        assert self.weighed(*reports, end=1).reports == 1

    def test_that_without_reports_nothing_can_be_shared(self) -> None:
        found = self.weighed(end=3)
        assert (found.reports, found.by_time, found.per_100_reports(1)) == (0, 1, None)


@settings(max_examples=25)
@given(followed(HORIZON), st.booleans())
def test_that_replay_equals_live(
    one: tuple[Episode, tuple[Submission, ...]], second_report: bool
) -> None:
    reports = one[1]
    if second_report and reports:
        last = reports[-1]
        day = (last.local_date - date(0)).days
        again = submission(*reports[0].answers, day=day, id="again", answered_at=instant(day, 15))
        reports = (*reports, again)
    assert sorted(told(r) for r in replayed((one[0], reports))) == sorted(live(one[0], reports))


def told(raised: Raised) -> Telling:
    return (raised.day, raised.rule, raised.site, raised.side, raised.stage)


def live(one: Episode, reports: tuple[Submission, ...]) -> list[Telling]:
    """What was raised, or came back, while the same reports came in and every night was swept."""
    practice = Practice()
    practice.enrols(own=one)
    first = min((r.local_date for r in reports), default=date(0))
    for day in range(min(0, (first - date(0)).days), HORIZON + 1):
        for report in reports:
            if report.local_date == date(day):
                practice.clock.set(report.answered_at)
                record(practice.clinic, _sent(report))
        practice.sweeps(day, hour=20)
    return [
        (event.day, a.finding.rule, a.finding.place.site, a.finding.place.side, event.stage)
        for a in practice.alerts()
        for before, event in pairwise((None, *practice.history(a)))
        if event is not None and (before is None or before.happening is Happening.END)
    ]


def _sent(report: Submission) -> Completed:
    return Completed(report.id, report.episode_id, report.form, report.answers, report.answered_at)
