"""What every store promises (monitor.services.ports), held against the fake and the real one."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.alert import Alert, Happening, State
from monitor.domain.episode import CANARY, OwnBaseline, OwnWindow
from monitor.domain.protocol import Priority
from monitor.domain.submission import Place
from monitor.services.ports import Asked, Conflict, Refusal, Result, Store, Tally, Waiting, Work
from tests.builders import (
    alert,
    answer,
    attempt,
    audit_line,
    call,
    canary,
    contact,
    date,
    desk_code,
    draft,
    enrol,
    episode,
    evaluation,
    event,
    finding,
    heartbeat,
    instant,
    judged,
    patient,
    procedure,
    submission,
    sweep,
)

NOW, TODAY = instant(30), date(30)


class TestUnitOfWork:
    def test_that_committed_work_is_there_afterwards(self, store: Store) -> None:
        with store.begin() as work:
            work.patients.add(patient())
            work.commit()
        with store.read() as work:
            assert work.patients.get("patient-1") == patient()

    def test_that_leaving_without_commit_undoes_everything(self, store: Store) -> None:
        with store.begin() as work:
            enrol(work)
            work.submissions.add(submission())
            work.alerts.add(alert())
            work.alerts.add_event(event())
            work.contacts.add(contact())
            work.audit.add(audit_line())
            work.sweeps.add(sweep())
            work.judgements.set(judged(extra=True, due_on=date(5)))
            work.heartbeats.set(heartbeat())
            work.canaries.add(canary())
            work.drafts.set(draft())
            work.desk_codes.add(desk_code())
            work.attempts.add(attempt())
            work.calls.add(call())
            work.secrets.set("pin", "hash")
        with store.read() as work:
            assert work.patients.all() == ()
            assert work.episodes.open_ids() == ()
            assert work.submissions.count() == 0
            assert work.submissions.evaluations("waiting") == ()
            assert work.submissions.states() == {}
            assert work.alerts.waiting(NOW, TODAY) == ()
            assert work.alerts.tallies() == ()
            assert work.alerts.states() == {}
            assert work.alerts.events("alert-1") == ()
            assert work.contacts.of_episode("episode-1") == ()
            assert work.audit.of_subject("episode-1") == ()
            assert work.sweeps.last() is None
            assert work.judgements.get("episode-1") is None
            assert work.judgements.asked() == ()
            assert work.heartbeats.all() == ()
            assert work.canaries.last() is None
            assert work.drafts.count() == 0
            assert work.desk_codes.get(desk_code().digest, date(1)) is None
            assert work.attempts.since(instant(0), "number") == ()
            assert work.calls.waiting() == ()
            assert work.secrets.get("pin") == ""

    def test_that_an_error_in_the_block_undoes_everything(self, store: Store) -> None:
        def fail_halfway() -> None:
            with store.begin() as work:
                work.patients.add(patient())
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail_halfway()
        with store.read() as work:
            assert work.patients.all() == ()

    def test_that_the_revision_is_another_after_each_commit_and_only_then(
        self, store: Store
    ) -> None:
        seen = [store.revision()]
        for count in (1, 2):
            with store.begin() as work:
                work.patients.add(patient(count))
                assert store.revision() == seen[-1]
                work.commit()
            assert store.revision() not in seen
            seen.append(store.revision())
        with store.begin() as work:
            work.patients.add(patient(3))
        with store.read() as work:
            assert len(work.patients.all()) == 2
        assert store.revision() == seen[-1]

    def test_that_what_follows_a_commit_needs_another(self, store: Store) -> None:
        with store.begin() as work:
            work.patients.add(patient(1))
            work.commit()
            work.patients.add(patient(2))
        with store.read() as work:
            assert work.patients.all() == (patient(1),)

    def test_that_a_commit_keeps_changes_of_what_was_there(self, store: Store) -> None:
        with store.begin() as work:
            enrol(work)
            work.alerts.add(alert())
            work.commit()
        with store.begin() as work:
            work.alerts.save(alert(state=State.ACKNOWLEDGED, version=2), seen_version=1)
        with store.read() as work:
            assert work.alerts.get("alert-1").state is State.RAISED

    def test_that_a_refusal_leaves_the_rest_of_the_unit_to_be_committed(self, store: Store) -> None:
        with store.begin() as work:
            work.patients.add(patient())
            with pytest.raises(Conflict):
                work.patients.add(patient())
            work.commit()
        with store.read() as work:
            assert work.patients.all() == (patient(),)

    def test_that_reading_sees_one_moment(self, store: Store) -> None:
        with store.begin() as work:
            work.patients.add(patient(1))
            work.commit()
        with store.read() as reading:
            assert len(reading.patients.all()) == 1
            with store.begin() as work:
                work.patients.add(patient(2))
                # not committed: the reader of a file would have to leave first
            assert len(reading.patients.all()) == 1

    def test_that_a_reading_unit_does_not_write(self, store: Store) -> None:
        with store.read() as work:
            with pytest.raises(RuntimeError):
                work.patients.add(patient())
            with pytest.raises(RuntimeError):
                work.commit()

    def test_that_writers_wait_their_turn(self, store: Store) -> None:
        began = threading.Event()

        def write_second() -> None:
            began.set()
            with store.begin() as work:
                work.patients.add(patient(len(work.patients.all()) + 1))
                work.commit()

        second = threading.Thread(target=write_second)
        with store.begin() as work:
            second.start()
            began.wait()
            work.patients.add(patient(1))
            work.commit()
        second.join()
        with store.read() as work:
            assert work.patients.all() == (patient(1), patient(2))


class TestPatients:
    def test_that_every_field_comes_back(self, work: Work) -> None:
        told = patient(
            3,
            family_name="Núñez-Өмүрбек",
            given_name="李",
            birth_date=dt.date(1932, 2, 29),
            phone="+996 555 0100",
            language="ky",
        )
        work.patients.add(told)
        assert work.patients.get("patient-3") == told

    def test_that_a_number_in_use_is_refused(self, work: Work) -> None:
        with pytest.raises(Conflict) as refused:
            work.patients.add(patient(3, number=patient(1).number))
        assert refused.value.code == "number_taken"

    def test_that_an_id_in_use_is_refused(self, work: Work) -> None:
        with pytest.raises(Conflict) as refused:
            work.patients.add(patient(1, number="77"))
        assert refused.value.code == "id_taken"

    def test_that_an_unknown_patient_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.patients.get("nobody")
        assert refused.value.code == "unknown_patient"

    def test_that_a_patient_is_found_by_the_whole_number_only(self, work: Work) -> None:
        assert work.patients.by_number("1001") == patient(1)
        assert work.patients.by_number("100") is None
        assert work.patients.by_number("1001 ") is None

    def test_that_all_are_listed_by_name_then_number_whatever_the_capitals(
        self, store: Store
    ) -> None:
        names = [("Zeta", "A", "1"), ("alpha", "B", "2"), ("Alpha", "A", "9"), ("ALPHA", "A", "8")]
        with store.begin() as work:
            for count, (family, given, number) in enumerate(names):
                work.patients.add(
                    patient(count, family_name=family, given_name=given, number=number)
                )
            listed = [p.number for p in work.patients.all()]
        assert listed == ["8", "9", "2", "1"]


class TestEpisodes:
    def test_that_every_field_comes_back(self, work: Work) -> None:
        told = episode(
            3,
            patient_id="patient-1",
            procedure=procedure(
                date=date(-9),
                profile="MBRFN",
                levels=("C4", "C5"),
                side="",
                operator="Dr Ås",
                implant=True,
            ),
            protocol_id="other",
            state="closed",
            own_windows=(
                OwnWindow("numbness", 21, 43),
                OwnWindow("relief", 60, 60, "slow healer", "Dr Ås", date(9)),
            ),
            own_baselines=(
                OwnBaseline("pain", 6.5),
                OwnBaseline("weakness", 4, Place("", "left"), "as she recalls", "nurse", date(2)),
            ),
        )
        work.episodes.add(told)
        assert work.episodes.get("episode-3") == told

    def test_that_an_episode_of_nobody_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.episodes.add(episode(3))
        assert refused.value.code == "unknown_patient"

    def test_that_an_id_in_use_is_refused(self, work: Work) -> None:
        with pytest.raises(Conflict) as refused:
            work.episodes.add(episode(1))
        assert refused.value.code == "id_taken"

    def test_that_an_unknown_episode_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.episodes.get("none")
        assert refused.value.code == "unknown_episode"

    def test_that_saving_replaces_what_was_known(self, work: Work) -> None:
        closed = episode(1, state="closed", own_windows=(OwnWindow("relief", 90, 90),))
        work.episodes.save(closed)
        assert work.episodes.get("episode-1") == closed
        assert work.episodes.get("episode-2") == episode(2)

    def test_that_saving_an_unknown_episode_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.episodes.save(episode(3, patient_id="patient-1"))
        assert refused.value.code == "unknown_episode"

    def test_that_a_patients_episodes_come_newest_procedure_first(self, work: Work) -> None:
        for count, day in ((3, 30), (4, -30)):
            work.episodes.add(
                episode(count, patient_id="patient-1", procedure=procedure(date=date(day)))
            )
        found = [e.id for e in work.episodes.of_patient("patient-1")]
        assert found == ["episode-3", "episode-1", "episode-4"]

    def test_that_only_open_episodes_are_listed_as_open(self, work: Work) -> None:
        work.episodes.save(episode(1, state="closed"))
        assert work.episodes.open_ids() == ("episode-2",)

    def test_that_every_operator_is_named_once(self, work: Work) -> None:
        for count, name in ((1, "Dr Zimmer"), (2, "")):
            work.episodes.save(episode(count, procedure=procedure(operator=name)))
        for name in ("Dr Zimmer", "Dr Abel"):
            treated = procedure(operator=name)
            work.episodes.add(episode(1, id=f"of {name}", procedure=treated))
        assert work.episodes.operators() == ("Dr Abel", "Dr Zimmer")

    def test_that_each_operator_is_told_once(self, work: Work) -> None:
        for count, name in enumerate(("Dr B", "Dr A", "Dr B", "")):
            work.episodes.add(
                episode(1, id=f"of-{count}", procedure=procedure(operator=name)),
            )
        assert work.episodes.operators() == ("Dr A", "Dr B", "Dr Sample")


class TestSubmissions:
    def test_that_every_field_and_the_order_of_answers_come_back(self, work: Work) -> None:
        told = submission(
            answer("weakness", "worse", side="left"),
            answer("pain", 0),
            answer("pain_worst", 100, compared="new"),
            answer("headache", None),
            answer("numbness", 4, "neck", "right", "better"),
            answer("numbness", 4, "neck", "left"),
            entered_by="nurse_phone",
            device="kiosk 2",
            part_of="visit-1",
            corrects="submission-0",
            reason="another patient's form",
            started_at=instant(1, 8, 55),
            form="week",
            protocol_version="7",
            protocol_hash="f" * 64,
        )
        assert work.submissions.add(told)
        assert work.submissions.get(told.id) == told
        assert work.submissions.of_episode("episode-1") == (told,)

    def test_that_one_that_only_takes_another_back_needs_no_answers(self, work: Work) -> None:
        told = replace(submission(), answers=(), corrects="submission-0", reason="a mistake")
        assert work.submissions.add(told)
        assert work.submissions.get(told.id) == told
        assert work.submissions.of_episode("episode-1") == (told,)
        assert work.submissions.add(told) is False

    def test_that_a_skipped_answer_is_not_zero(self, work: Work) -> None:
        work.submissions.add(submission(answer("pain", None)))
        assert work.submissions.get("submission-1").answers[0].value is None

    def test_that_instants_come_back_as_the_same_instant_in_utc(self, work: Work) -> None:
        zone = dt.timezone(dt.timedelta(hours=5, minutes=45))
        answered = dt.datetime(2026, 3, 2, 4, 0, 0, 123456, tzinfo=zone)
        work.submissions.add(submission(answered_at=answered))
        assert work.submissions.get("submission-1").answered_at == answered

    def test_that_a_repeat_changes_nothing(self, work: Work) -> None:
        first = submission(answer("pain", 6))
        work.submissions.add(first)
        work.submissions.mark(evaluation(first, state="evaluated", attempts=1))
        again = replace(first, received_at=instant(2))
        assert work.submissions.add(again) is False
        assert work.submissions.get(first.id) == first
        assert work.submissions.count() == 1
        assert work.submissions.evaluations("evaluated") == (
            evaluation(first, state="evaluated", attempts=1),
        )

    @pytest.mark.parametrize(
        "other",
        [
            {"answers": (answer("pain", 7),)},
            {"answers": (answer("pain", 6, compared="worse"),)},
            {"answers": (answer("pain", 6), answer("headache", 0))},
            {"answered_at": instant(1, minute=1)},
            {"local_date": date(2)},
            {"episode_id": "episode-2"},
            {"form": "week"},
            {"device": "other"},
            {"part_of": "visit-1"},
            {"corrects": "submission-0"},
            {"reason": "a mistake"},
            {"started_at": instant(1, 8)},
            {"entered_by": "import"},
            {"protocol_version": "2"},
            {"protocol_hash": "f" * 64},
        ],
        ids=lambda other: next(iter(other)),
    )
    def test_that_an_id_used_for_other_content_is_refused(
        self, work: Work, other: dict[str, Any]
    ) -> None:
        first = submission(answer("pain", 6))
        work.submissions.add(first)
        with pytest.raises(Conflict) as refused:
            work.submissions.add(submission(**({"answers": first.answers} | other)))
        assert refused.value.code == "submission_differs"
        assert work.submissions.get(first.id) == first

    def test_that_a_report_of_an_unknown_episode_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.submissions.add(submission(episode_id="none"))
        assert refused.value.code == "unknown_episode"
        assert work.submissions.count() == 0

    def test_that_an_unknown_report_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.submissions.get("none")
        assert refused.value.code == "unknown_submission"

    def test_that_a_report_is_there_once_it_was_added(self, work: Work) -> None:
        assert not work.submissions.has(submission().id)
        work.submissions.add(submission())
        assert work.submissions.has(submission().id)

    def test_that_an_episodes_reports_come_in_order_of_answering_then_id(self, work: Work) -> None:
        later = submission(id="a", day=3)
        earlier = submission(id="z", day=2)
        same = submission(id="b", day=3)
        other = submission(id="c", episode_id="episode-2")
        for told in (same, later, other, earlier):
            work.submissions.add(told)
        assert work.submissions.of_episode("episode-1") == (earlier, later, same)
        assert work.submissions.of_episode("none") == ()

    def test_that_the_order_of_answering_does_not_depend_on_time_zones(self, work: Work) -> None:
        east, west = (dt.timezone(dt.timedelta(hours=hours)) for hours in (9, -9))
        instants = [
            instant(1, 9).astimezone(west),
            instant(1, 9, 1).astimezone(east),
            instant(1, 9, 1) + dt.timedelta(microseconds=1),
        ]
        told = [submission(id=f"{3 - n}", answered_at=at) for n, at in enumerate(instants)]
        for report in reversed(told):
            work.submissions.add(report)
        assert work.submissions.of_episode("episode-1") == tuple(told)

    def test_that_a_new_report_waits_for_evaluation(self, work: Work) -> None:
        work.submissions.add(submission())
        assert work.submissions.evaluations("waiting") == (evaluation(),)

    def test_that_what_stopped_an_evaluation_is_kept(self, work: Work) -> None:
        work.submissions.add(submission())
        failed = evaluation(state="failed", attempts=3, error="no rule 'x'")
        work.submissions.mark(failed)
        assert work.submissions.evaluations("failed") == (failed,)
        assert work.submissions.evaluations("waiting", "evaluated") == ()

    def test_that_marking_an_unknown_report_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.submissions.mark(evaluation())
        assert refused.value.code == "unknown_submission"

    def test_that_evaluations_come_oldest_received_first(self, work: Work) -> None:
        reports = [
            submission(id="a", day=2, received_at=instant(9)),
            submission(id="b", day=3, received_at=instant(4)),
            submission(id="c", day=4, received_at=instant(5), episode_id="episode-2"),
        ]
        for told in reports:
            work.submissions.add(told)
        work.submissions.mark(evaluation(reports[2], state="failed"))
        work.submissions.mark(evaluation(reports[1], state="evaluated"))
        found = [e.submission_id for e in work.submissions.evaluations("waiting", "failed")]
        assert found == ["c", "a"]
        everything = work.submissions.evaluations("waiting", "evaluated", "failed")
        assert [e.submission_id for e in everything] == ["b", "c", "a"]
        assert work.submissions.evaluations() == ()
        of_one = work.submissions.evaluations("waiting", "failed", of_episode="episode-2")
        assert [e.submission_id for e in of_one] == ["c"]

    def test_that_each_report_is_counted_in_the_state_it_is_in(self, work: Work) -> None:
        assert work.submissions.states() == {}
        for day in (1, 2, 3):
            work.submissions.add(submission(day=day))
        work.submissions.mark(evaluation(submission(day=2), state="failed"))
        assert work.submissions.states() == {"waiting": 2, "failed": 1}
        assert "evaluated" not in work.submissions.states()
        with pytest.raises(KeyError):
            work.submissions.states()["evaluated"]

    def test_that_the_last_date_is_that_of_the_latest_day_not_the_latest_arrival(
        self, work: Work
    ) -> None:
        work.submissions.add(submission(day=9, received_at=instant(10)))
        work.submissions.add(submission(day=4, received_at=instant(20)))
        assert work.submissions.last_dates() == {"episode-1": date(9)}


class TestAlerts:
    def test_that_every_field_comes_back(self, work: Work) -> None:
        told = alert(
            finding("numbness_persists", "neck", "left", facts={"a": 1, "b": 1.0, "c": "d"}),
            episode_id="episode-2",
            state=State.SNOOZED,
            changed_at=instant(22),
            changed_by="nurse",
            ended_day=21,
            until=instant(25, 0),
            seen_severity=6,
            respond_by=instant(23),
            flag=3,
            window_ended_on=date(14),
            useful="not_useful",
            note="call again\non Monday",
            outcome="expected",
            version=7,
        )
        work.alerts.add(told)
        found = work.alerts.get("alert-1")
        assert found == told
        assert [type(fact) for fact in found.finding.facts.values()] == [int, float, str]
        assert found.priority is Priority.AMBER

    def test_that_a_second_open_alert_of_the_same_key_is_refused(self, work: Work) -> None:
        work.alerts.add(alert(finding(site="neck", side="left")))
        with pytest.raises(Conflict) as refused:
            work.alerts.add(alert(finding(site="neck", side="left", stage="R1"), id="alert-2"))
        assert refused.value.code == "alert_open"

    @pytest.mark.parametrize(
        "other",
        [
            alert(finding("other", "neck", "left"), id="alert-2"),
            alert(finding(site="shoulder", side="left"), id="alert-2"),
            alert(finding(site="neck", side="right"), id="alert-2"),
            alert(finding(site="neck", side="left"), id="alert-2", episode_id="episode-2"),
            alert(finding(site="neck", side="left"), id="alert-2", state=State.RESOLVED),
        ],
        ids=["rule", "site", "side", "episode", "closed"],
    )
    def test_that_alerts_of_different_keys_stand_beside_each_other(
        self, work: Work, other: Alert
    ) -> None:
        work.alerts.add(alert(finding(site="neck", side="left")))
        work.alerts.add(other)
        assert work.alerts.get("alert-2") == other

    def test_that_a_closed_alert_makes_room_for_a_new_one(self, work: Work) -> None:
        work.alerts.add(alert())
        work.alerts.save(alert(state=State.RESOLVED, version=2), seen_version=1)
        work.alerts.add(alert(id="alert-2", day=30))
        assert [a.id for a in work.alerts.of_episode("episode-1")] == ["alert-1", "alert-2"]

    def test_that_reopening_beside_an_open_one_is_refused(self, work: Work) -> None:
        work.alerts.add(alert(state=State.RESOLVED))
        work.alerts.add(alert(id="alert-2"))
        with pytest.raises(Conflict) as refused:
            work.alerts.save(alert(state=State.RAISED, version=2), seen_version=1)
        assert refused.value.code == "alert_open"

    def test_that_an_alert_of_an_unknown_episode_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.alerts.add(alert(episode_id="none"))
        assert refused.value.code == "unknown_episode"

    def test_that_an_id_in_use_is_refused(self, work: Work) -> None:
        work.alerts.add(alert())
        with pytest.raises(Conflict) as refused:
            work.alerts.add(alert(finding("other")))
        assert refused.value.code == "id_taken"

    def test_that_an_unknown_alert_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as got:
            work.alerts.get("none")
        with pytest.raises(Refusal) as saved:
            work.alerts.save(alert(), seen_version=1)
        with pytest.raises(Refusal) as told:
            work.alerts.add_event(event())
        codes = {got.value.code, saved.value.code, told.value.code}
        assert codes == {"unknown_alert"}

    def test_that_a_save_on_the_version_seen_is_kept(self, work: Work) -> None:
        work.alerts.add(alert())
        worse = replace(alert(), finding=finding(stage="R1", priority=Priority.RED), version=2)
        work.alerts.save(worse, seen_version=1)
        assert work.alerts.get("alert-1") == worse

    def test_that_a_save_on_an_older_version_is_refused_naming_who_was_first(
        self, work: Work
    ) -> None:
        seen = alert()
        work.alerts.add(seen)
        first = replace(
            seen,
            state=State.ACKNOWLEDGED,
            version=2,
            changed_by="nurse b",
            changed_at=instant(21),
        )
        work.alerts.save(first, seen_version=1)
        with pytest.raises(Conflict) as refused:
            work.alerts.save(replace(seen, state=State.RESOLVED, version=2), seen_version=1)
        assert refused.value.code == "alert_changed"
        assert refused.value.details == {
            "by": "nurse b",
            "at": instant(21).isoformat(),
            "state": "acknowledged",
        }
        assert work.alerts.get("alert-1") == first

    def test_that_an_episodes_alerts_come_oldest_raised_first(self, work: Work) -> None:
        late = alert(finding("a"), id="a", day=30)
        early = alert(finding("b"), id="b", day=10)
        closed = alert(finding("b"), id="c", day=5, state=State.RETRACTED)
        elsewhere = alert(id="d", episode_id="episode-2")
        for told in (late, elsewhere, early, closed):
            work.alerts.add(told)
        assert work.alerts.of_episode("episode-1") == (closed, early, late)

    def test_that_its_history_comes_back_in_the_order_of_adding(self, work: Work) -> None:
        work.alerts.add(alert())
        work.alerts.add(alert(finding("other"), id="alert-2"))
        raised = event(cause="late_report")
        worse = event(Happening.WORSEN, day=22, stage="R1", priority=Priority.RED, cause="time")
        seen = event(
            Happening.ACKNOWLEDGE,
            day=22,
            state=State.ACKNOWLEDGED,
            by="nurse",
            note="called",
            until=instant(24),
            outcome="expected",
            useful="useful",
        )
        for told in (raised, event(alert_id="alert-2"), worse, seen):
            work.alerts.add_event(told)
        assert work.alerts.events("alert-1") == (raised, worse, seen)
        assert work.alerts.events("none") == ()

    def test_that_a_clock_that_is_put_back_leaves_its_history_in_order(self, work: Work) -> None:
        work.alerts.add(alert())
        raised = event()
        seen = event(Happening.ACKNOWLEDGE, at=instant(21, 12), state=State.ACKNOWLEDGED)
        closed = event(Happening.RESOLVE, at=instant(21, 11), state=State.RESOLVED)
        for told in (raised, seen, closed):
            work.alerts.add_event(told)
        assert work.alerts.events("alert-1") == (raised, seen, closed)

    @pytest.mark.parametrize("state", State)
    def test_that_exactly_the_open_alerts_wait_with_their_patient_and_episode(
        self, work: Work, state: State
    ) -> None:
        told = alert(episode_id="episode-2", state=state)
        work.alerts.add(told)
        expected = (Waiting(told, patient(2), episode(2)),) if told.is_open else ()
        assert work.alerts.waiting(NOW, TODAY) == expected

    def test_that_what_waits_tells_its_last_report_and_the_next(self, work: Work) -> None:
        work.alerts.add(alert())
        work.submissions.add(submission(day=5, id="late", received_at=instant(9)))
        work.submissions.add(submission(day=7))
        work.submissions.add(submission(day=8, episode_id="episode-2", id="of another"))
        work.judgements.set(judged(due_on=date(20)))
        (one,) = work.alerts.waiting(NOW, TODAY)
        assert (one.last_report, one.received_at, one.due_on) == (date(7), instant(9), date(20))

    def test_that_each_open_alert_waits_once(self, work: Work) -> None:
        alerts = [alert(finding(rule), id=rule) for rule in ("a", "b", "c")]
        for told in reversed(alerts):
            work.alerts.add(told)
        waiting = work.alerts.waiting(NOW, TODAY)
        assert [w.alert for w in waiting] == alerts
        assert {w.patient for w in waiting} == {patient(1)}

    def test_that_an_alert_whose_priority_rises_moves_up(self, work: Work) -> None:
        first = alert(finding("a"), id="a", day=10)
        later = alert(finding("b"), id="b", day=20)
        for told in (first, later):
            work.alerts.add(told)
        worse = replace(later, finding=finding("b", priority=Priority.RED), version=2)
        work.alerts.save(worse, seen_version=1)
        assert [w.alert for w in work.alerts.waiting(NOW, TODAY)] == [worse, first]

    def test_that_an_instant_without_zone_is_no_time_to_look_at_the_list(self, work: Work) -> None:
        work.alerts.add(alert(respond_by=instant(29)))
        work.alerts.add(alert(finding("other"), id="alert-2", respond_by=instant(31)))
        with pytest.raises(Exception, match=r"time zone|offset-naive"):
            work.alerts.waiting(NOW.replace(tzinfo=None), TODAY)

    def test_that_alerts_are_counted_in_the_state_they_are_in(self, work: Work) -> None:
        assert work.alerts.states() == {}
        states = (State.RAISED, State.RESOLVED, State.RESOLVED, State.SNOOZED)
        for number, state in enumerate(states):
            work.alerts.add(alert(finding(f"rule {number}"), id=f"{number}", state=state))
        counted = {State.RAISED: 1, State.RESOLVED: 2, State.SNOOZED: 1}
        assert work.alerts.states() == counted
        assert {type(state) for state in work.alerts.states()} == {State}
        with pytest.raises(KeyError):
            work.alerts.states()[State.RETRACTED]

    def test_that_alerts_ever_raised_are_counted_by_their_histories(self, work: Work) -> None:
        assert work.alerts.count() == 0
        for number in range(2):
            work.alerts.add(alert(finding(f"rule {number}"), id=f"{number}"))
            work.alerts.add_event(event(alert_id=f"{number}"))
        work.alerts.add_event(event(Happening.ACKNOWLEDGE, alert_id="0"))
        assert work.alerts.count() == 2

    def test_that_each_rule_is_tallied_by_its_id_with_what_people_thought(self, work: Work) -> None:
        def told(number: int, rule: str, state: State, **fields: Any) -> Alert:
            return alert(finding(rule), id=f"{number}", state=state, **fields)

        for one in (
            told(1, "pain_recurs", State.RAISED),
            told(2, "pain_recurs", State.SNOOZED, episode_id="episode-2", useful="not_useful"),
            told(3, "pain_recurs", State.RESOLVED, useful="useful"),
            told(4, "pain_recurs", State.RETRACTED, useful="useful"),
            told(5, "numbness", State.RESOLVED),
        ):
            work.alerts.add(one)
        assert work.alerts.tallies() == (
            Tally("numbness", raised=1, open=0, useful=0, not_useful=0),
            Tally("pain_recurs", raised=4, open=2, useful=2, not_useful=1),
        )

    def test_that_the_canarys_alerts_are_not_tallied(self, work: Work) -> None:
        work.patients.add(patient(3, id=CANARY))
        work.episodes.add(episode(3, id=CANARY, patient_id=CANARY))
        work.alerts.add(alert(finding("airway"), episode_id=CANARY))
        work.alerts.add(alert(id="alert-2"))
        assert [tally.rule for tally in work.alerts.tallies()] == ["pain_recurs"]


class TestContacts:
    def test_that_they_come_back_oldest_first(self, work: Work) -> None:
        told = [contact(9, kind="visit", text="“better” – really"), contact(2)]
        for one in (*told, contact(4, episode_id="episode-2")):
            work.contacts.add(one)
        assert work.contacts.of_episode("episode-1") == (told[1], told[0])

    def test_that_those_of_one_date_come_back_in_the_order_in_which_they_were_added(
        self, work: Work
    ) -> None:
        told = [contact(3, id=name) for name in ("z", "a", "m")]
        for one in (contact(4), *told):
            work.contacts.add(one)
        assert work.contacts.of_episode("episode-1") == (*told, contact(4))

    def test_that_every_field_comes_back(self, work: Work) -> None:
        told = contact(
            kind="phone",
            at=instant(5, 10),
            result="reached",
            findings=("pain_same", "sleeps"),
            advice=("walk",),
            next_on=date(9),
            to="Dr Sample",
            alert_id="alert-1",
            strikes="contact-1",
        )
        work.contacts.add(told)
        assert work.contacts.get("contact-5") == told

    def test_that_an_unknown_one_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.contacts.get("none")
        assert refused.value.code == "unknown_contact"

    def test_that_the_newest_attempt_says_when_they_are_to_be_contacted_again(
        self, work: Work
    ) -> None:
        tries: list[dict[str, Any]] = [
            {"result": "no_answer", "next_on": date(9)},
            {"result": "no_answer", "next_on": date(8)},
            {"result": "", "next_on": date(7)},
        ]
        for day, fields in enumerate(tries):
            # the newest is the one added last, whatever day it was
            work.contacts.add(contact(20 - day, id=f"{9 - day}", **fields))
        assert work.contacts.promised() == {"episode-1": date(8)}
        work.contacts.add(contact(1, result="reached"))
        assert work.contacts.promised() == {}

    @pytest.mark.parametrize("result", ["no_answer", "wrong_number"])
    def test_that_a_promise_stands_until_it_was_kept_or_another_was_given(
        self, work: Work, result: Result
    ) -> None:
        work.contacts.add(contact(1, result="reached", next_on=date(8)))
        work.contacts.add(contact(2, result=result))
        assert work.contacts.promised() == {"episode-1": date(8)}
        work.contacts.add(contact(3, result=result, next_on=date(9)))
        assert work.contacts.promised() == {"episode-1": date(9)}
        work.contacts.add(contact(4, result="refused"))
        assert work.contacts.promised() == {}

    def test_that_one_that_was_struck_promises_nothing(self, work: Work) -> None:
        work.contacts.add(contact(1, result="no_answer", next_on=date(8)))
        work.contacts.add(contact(2, result="reached"))
        work.contacts.add(contact(3, kind="note", strikes="contact-2"))
        assert work.contacts.promised() == {"episode-1": date(8)}
        work.contacts.add(contact(4, kind="note", strikes="contact-1"))
        assert work.contacts.promised() == {}

    def test_that_a_closed_episode_is_promised_nothing(self, work: Work) -> None:
        work.contacts.add(contact(1, result="no_answer", next_on=date(8)))
        work.episodes.save(episode(1, state="closed"))
        assert work.contacts.promised() == {}

    def test_that_each_recipient_is_told_once_the_last_one_first(self, work: Work) -> None:
        for day, to in enumerate(("Dr B", "Dr A", "", "Dr B", "Dr C", "Dr A")):
            work.contacts.add(contact(9 - day, to=to))
        assert work.contacts.recipients() == ("Dr A", "Dr C", "Dr B")

    def test_that_an_id_in_use_is_refused(self, work: Work) -> None:
        work.contacts.add(contact())
        with pytest.raises(Conflict) as refused:
            work.contacts.add(contact())
        assert refused.value.code == "id_taken"

    def test_that_a_contact_of_an_unknown_episode_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.contacts.add(contact(episode_id="none"))
        assert refused.value.code == "unknown_episode"


class TestAudit:
    def test_that_lines_of_a_subject_come_back_oldest_first(self, work: Work) -> None:
        lines = [audit_line(1, reason="asked by phone"), audit_line(2, action="closed")]
        for line in (*lines, audit_line(1, subject="episode-2")):
            work.audit.add(line)
        assert work.audit.of_subject("episode-1") == tuple(lines)

    def test_that_the_same_line_twice_is_kept_twice(self, work: Work) -> None:
        work.audit.add(audit_line())
        work.audit.add(audit_line())
        assert work.audit.of_subject("episode-1") == (audit_line(), audit_line())

    def test_that_a_stretch_of_time_is_found_newest_first(self, work: Work) -> None:
        # added last, but the clock was put back
        for day in (3, 1, 4, 2):
            work.audit.add(audit_line(day))
        work.audit.add(audit_line(2, reason="again"))
        found = work.audit.find(instant(2), instant(4))
        assert found == (audit_line(3), audit_line(2, reason="again"), audit_line(2))
        assert work.audit.find(instant(0), instant(9), limit=2) == (audit_line(4), audit_line(3))

    def test_that_actor_action_and_subjects_narrow_it(self, work: Work) -> None:
        lines = [
            audit_line(1, actor="kim", action="printed", subject="a"),
            audit_line(2, actor="kim", action="opened", subject="b"),
            audit_line(3, actor="osei", action="printed", subject="b"),
            audit_line(4, actor="osei", action="opened", subject="c"),
        ]
        for line in lines:
            work.audit.add(line)

        def found(**narrowed: Any) -> list[dt.datetime]:
            return [line.at for line in work.audit.find(instant(0), instant(9), **narrowed)]

        assert found(actor="kim") == [instant(2), instant(1)]
        assert found(action="printed") == [instant(3), instant(1)]
        assert found(subjects=["b", "c"]) == [instant(4), instant(3), instant(2)]
        assert found(actor="kim", action="opened", subjects={"b"}) == [instant(2)]
        assert found(actor="Kim") == []


class TestSweeps:
    def test_that_there_is_none_at_first(self, work: Work) -> None:
        assert work.sweeps.last() is None

    def test_that_the_last_is_the_one_added_last_whatever_the_clock_said(self, work: Work) -> None:
        latest = sweep(
            5,
            episodes=40,
            alerts_changed=3,
            failed=("episode-1", "episode-2"),
            differing=("episode-2", "episode-3"),
        )
        for told in (sweep(3), sweep(9), latest):
            work.sweeps.add(told)
        assert work.sweeps.last() == latest


class TestJudgements:
    def test_that_nothing_is_known_of_an_episode_never_judged(self, work: Work) -> None:
        assert work.judgements.get("episode-1") is None
        assert work.judgements.get("none") is None

    def test_that_every_field_comes_back(self, work: Work) -> None:
        told = judged(
            at=instant(9, 23, 59),
            day=-3,
            protocol_hash="a" * 64,
            basis="b" * 64,
            opens_on=date(10),
            due_on=date(12),
            closes_on=date(14),
            extra=True,
        )
        work.judgements.set(told)
        assert work.judgements.get("episode-1") == told
        assert work.judgements.get("episode-2") is None

    def test_that_the_last_judgement_takes_the_place_of_the_one_before(self, work: Work) -> None:
        work.judgements.set(judged(1, extra=True, opens_on=date(2), due_on=date(3)))
        work.judgements.set(judged(2))
        last = judged(1, day=9, basis="c" * 64)
        work.judgements.set(last)
        assert work.judgements.get("episode-1") == last
        assert work.judgements.get("episode-2") == judged(2)
        assert work.judgements.asked() == ()

    def test_that_a_judgement_of_an_unknown_episode_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.judgements.set(judged(3))
        assert refused.value.code == "unknown_episode"
        assert work.judgements.get("episode-3") is None

    def test_that_extra_reports_are_listed_first_due_first_with_whose_they_are(
        self, work: Work
    ) -> None:
        for count in (3, 4):
            work.episodes.add(episode(count, patient_id="patient-1"))
        late = judged(1, extra=True, due_on=date(9))
        soon = judged(4, extra=True, due_on=date(8))
        same = judged(3, extra=True, due_on=date(9))
        for told in (same, late, soon, judged(2, due_on=date(7))):
            work.judgements.set(told)
        assert work.judgements.asked() == (
            Asked(soon, patient(1), episode(4, patient_id="patient-1")),
            Asked(late, patient(1), episode(1)),
            Asked(same, patient(1), episode(3, patient_id="patient-1")),
        )

    def test_that_a_closed_episode_waits_for_no_report(self, work: Work) -> None:
        for count in (1, 2):
            work.judgements.set(judged(count, extra=True, due_on=date(9)))
        work.episodes.save(episode(1, state="closed"))
        assert [one.episode for one in work.judgements.asked()] == [episode(2)]


class TestHeartbeats:
    def test_that_each_program_of_each_machine_has_its_last_one(self, work: Work) -> None:
        last = heartbeat(2)
        others = (heartbeat(role="kiosk", station="hall"), heartbeat(role="kiosk"), heartbeat(1))
        for told in (*others, last, heartbeat(1, role="watch")):
            work.heartbeats.set(told)
        assert work.heartbeats.all() == (
            heartbeat(role="kiosk"),
            heartbeat(role="kiosk", station="hall"),
            last,
            heartbeat(1, role="watch"),
        )

    def test_that_a_clock_that_was_put_back_is_believed(self, work: Work) -> None:
        work.heartbeats.set(heartbeat(9))
        work.heartbeats.set(heartbeat(2))
        assert work.heartbeats.all() == (heartbeat(2),)

    def test_that_there_is_none_at_first(self, work: Work) -> None:
        assert work.heartbeats.all() == ()


class TestCanaries:
    def test_that_there_is_none_at_first(self, work: Work) -> None:
        assert work.canaries.last() is None

    def test_that_the_last_is_the_one_added_last_whatever_the_clock_said(self, work: Work) -> None:
        latest = canary(5, seconds=31.0625, fault="no alert was raised")
        for told in (canary(3), canary(9), latest):
            work.canaries.add(told)
        assert work.canaries.last() == latest
        assert work.canaries.last_through() == canary(9)

    def test_that_one_that_died_has_not_come_through(self, work: Work) -> None:
        work.canaries.add(canary(fault="the alert did not end"))
        assert work.canaries.last_through() is None


class TestDrafts:
    def test_that_every_field_and_the_order_of_answers_come_back(self, work: Work) -> None:
        told = draft(
            answer("weakness", "worse", side="left"),
            answer("pain", 0),
            answer("headache", None),
            answer("numbness", 4, "neck", "right", "better"),
            answer("numbness", None, "neck", "left"),
            id="visit-1",
            form="week",
            day=-3,
            at="weakness/left",
            passed=("pain", "headache", "arm pain"),
            picked=("headache",),
            started_at=instant(1, 23, 59),
            saved_at=instant(2, 0, 4),
            device="kiosk 2",
        )
        work.drafts.set(told)
        assert work.drafts.get("visit-1") == told
        assert work.drafts.of_episode("episode-1") == (told,)
        assert work.drafts.saved_before(instant(3)) == (told,)

    def test_that_the_same_visit_is_kept_once_as_it_was_last(self, work: Work) -> None:
        work.drafts.set(draft(answer("pain", 3)))
        last = draft(answer("pain", 4), at="numbness", saved_at=instant(1, 8, 55))
        work.drafts.set(last)
        assert work.drafts.of_episode("episode-1") == (last,)
        assert work.drafts.count() == 1

    def test_that_there_is_none_of_a_visit_never_kept(self, work: Work) -> None:
        assert work.drafts.get("none") is None
        assert work.drafts.of_episode("episode-1") == ()
        assert work.drafts.saved_before(instant(9)) == ()
        assert work.drafts.count() == 0

    def test_that_a_draft_of_an_unknown_episode_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.drafts.set(draft(episode_id="none"))
        assert refused.value.code == "unknown_episode"
        assert work.drafts.count() == 0

    def test_that_an_episodes_drafts_come_saved_last_first_then_by_id(self, work: Work) -> None:
        late, same, early = draft(id="a", day=3), draft(id="b", day=3), draft(id="c", day=2)
        for told in (same, early, late, draft(id="d", episode_id="episode-2")):
            work.drafts.set(told)
        assert work.drafts.of_episode("episode-1") == (late, same, early)

    def test_that_those_saved_before_an_instant_come_saved_first_first(self, work: Work) -> None:
        late, same, early = draft(id="b", day=3), draft(id="c", day=3), draft(id="z", day=2)
        other = draft(id="a", day=3, episode_id="episode-2")
        for told in (same, early, late, other, draft(id="d", day=4)):
            work.drafts.set(told)
        assert work.drafts.saved_before(instant(4)) == (early, other, late, same)
        assert work.drafts.saved_before(instant(2)) == ()

    def test_that_one_that_was_removed_is_gone_and_the_others_are_not(self, work: Work) -> None:
        for day in (1, 2):
            work.drafts.set(draft(day=day))
        work.drafts.remove("draft-1")
        work.drafts.remove("none")
        assert work.drafts.get("draft-1") is None
        assert work.drafts.of_episode("episode-1") == (draft(day=2),)


class TestDeskCodes:
    def test_that_a_code_is_found_on_its_own_day_only(self, work: Work) -> None:
        told = desk_code(issued_at=instant(1, 7, 58))
        work.desk_codes.add(told)
        assert work.desk_codes.get(told.digest, date(1)) == told
        assert work.desk_codes.get(told.digest, date(2)) is None
        assert work.desk_codes.get("none", date(1)) is None

    def test_that_it_can_be_used_once(self, work: Work) -> None:
        work.desk_codes.add(desk_code())
        work.desk_codes.use(desk_code().digest, date(1), instant(1, 10))
        with pytest.raises(Conflict) as refused:
            work.desk_codes.use(desk_code().digest, date(1), instant(1, 11))
        assert refused.value.code == "code_used"
        used = desk_code(used_at=instant(1, 10))
        assert work.desk_codes.get(desk_code().digest, date(1)) == used

    def test_that_a_code_of_another_day_cannot_be_used(self, work: Work) -> None:
        work.desk_codes.add(desk_code())
        with pytest.raises(Refusal) as refused:
            work.desk_codes.use(desk_code().digest, date(2), instant(2))
        assert refused.value.code == "unknown_code"
        assert work.desk_codes.get(desk_code().digest, date(1)) == desk_code()

    @pytest.mark.parametrize("used_at", [None, instant(1, 10)])
    def test_that_a_code_in_use_that_day_is_refused(
        self, work: Work, used_at: dt.datetime | None
    ) -> None:
        there = desk_code(used_at=used_at)
        work.desk_codes.add(there)
        for episode_id in ("episode-1", "episode-2"):
            with pytest.raises(Conflict) as refused:
                work.desk_codes.add(desk_code(episode_id=episode_id))
            assert refused.value.code == "code_taken"
        assert work.desk_codes.get(there.digest, date(1)) == there

    def test_that_the_same_code_may_come_again_another_day(self, work: Work) -> None:
        for day in (1, 2):
            work.desk_codes.add(desk_code(day, episode_id=f"episode-{day}"))
        work.desk_codes.use(desk_code().digest, date(2), instant(2))
        assert work.desk_codes.get(desk_code().digest, date(1)) == desk_code()

    def test_that_a_new_code_takes_back_the_unused_one_of_that_day(self, work: Work) -> None:
        used = desk_code(digest="used")
        other, earlier = desk_code(digest="o", episode_id="episode-2"), desk_code(0, digest="e")
        for code in (used, other, earlier):
            work.desk_codes.add(code)
        work.desk_codes.use("used", date(1), instant(1))
        work.desk_codes.add(desk_code(digest="lost"))
        work.desk_codes.add(desk_code(digest="new"))
        assert work.desk_codes.get("lost", date(1)) is None
        assert work.desk_codes.get("new", date(1)) == desk_code(digest="new")
        assert work.desk_codes.get("used", date(1)) == replace(used, used_at=instant(1))
        assert work.desk_codes.get("o", date(1)) == other
        assert work.desk_codes.get("e", date(0)) == earlier

    def test_that_a_code_for_an_unknown_episode_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.desk_codes.add(desk_code(episode_id="none"))
        assert refused.value.code == "unknown_episode"
        assert work.desk_codes.get(desk_code().digest, date(1)) is None


class TestAttempts:
    def test_that_they_come_back_in_the_order_in_which_they_were_added(self, work: Work) -> None:
        told = (attempt(3), attempt(2, passed=True), attempt(3), attempt(9, subject="", station=""))
        for one in told:
            work.attempts.add(one)
        assert work.attempts.since(instant(2), "number") == told

    def test_that_only_those_at_or_after_the_instant_count(self, work: Work) -> None:
        for day in (1, 2, 3):
            work.attempts.add(attempt(day))
        assert work.attempts.since(instant(2), "number") == (attempt(2), attempt(3))

    def test_that_they_are_told_apart_by_kind_station_and_subject(self, work: Work) -> None:
        told = (
            attempt(),
            attempt(kind="code"),
            attempt(kind="pin", station="hall"),
            attempt(kind="code", station="hall", subject="c" * 64),
        )
        for one in told:
            work.attempts.add(one)
        since = work.attempts.since
        assert since(instant(1), "number", "code") == (told[0], told[1], told[3])
        assert since(instant(1)) == ()
        assert since(instant(1), "code", "pin", station="hall") == told[2:]
        assert since(instant(1), "code", subject="c" * 64) == told[3:]
        assert since(instant(1), "code", station="kiosk", subject="c" * 64) == ()

    def test_that_old_ones_can_be_forgotten(self, work: Work) -> None:
        for day in (1, 2, 3):
            work.attempts.add(attempt(day))
        work.attempts.remove_before(instant(3))
        work.attempts.add(attempt(1, passed=True))
        assert work.attempts.since(instant(0), "number") == (attempt(3), attempt(1, passed=True))


class TestCalls:
    def test_that_those_nobody_answered_wait_the_oldest_first(self, work: Work) -> None:
        told = (
            call(2, kind="urgent", episode_id="episode-1"),
            call(3, id="a", kind="staff", station="hall"),
            call(3, id="b"),
        )
        for one in (told[2], told[0], told[1], call(1, answered_at=instant(1), answered_by="M.")):
            work.calls.add(one)
        assert work.calls.waiting() == told

    def test_that_a_call_is_answered_once_and_waits_no_longer(self, work: Work) -> None:
        for day in (1, 2):
            work.calls.add(call(day))
        work.calls.answer("call-1", "M. Osei", instant(1, 10))
        with pytest.raises(Conflict) as refused:
            work.calls.answer("call-1", "A. Byrne", instant(1, 11))
        assert (refused.value.code, refused.value.details) == ("call_answered", {"by": "M. Osei"})
        assert work.calls.waiting() == (call(2),)

    def test_that_an_unknown_call_is_refused(self, work: Work) -> None:
        with pytest.raises(Refusal) as refused:
            work.calls.answer("none", "M. Osei", instant(1))
        assert refused.value.code == "unknown_call"

    def test_that_an_id_in_use_is_refused(self, work: Work) -> None:
        work.calls.add(call())
        with pytest.raises(Conflict) as refused:
            work.calls.add(call(kind="staff"))
        assert refused.value.code == "id_taken"
        assert work.calls.waiting() == (call(),)


class TestSecrets:
    def test_that_the_last_value_is_kept_under_each_name(self, work: Work) -> None:
        assert work.secrets.get("pin") == ""
        for name, value in (("pin", "first"), ("key", "other"), ("pin", "second")):
            work.secrets.set(name, value)
        assert work.secrets.get("pin") == "second"
        assert work.secrets.get("key") == "other"
