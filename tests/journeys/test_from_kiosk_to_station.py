"""The story of the program: a patient answers, the rules judge, a nurse sees and acts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from monitor.domain.alert import Happening, State
from monitor.domain.protocol import Priority
from monitor.domain.submission import NOWHERE, Answer, Compared, Place
from monitor.services import desk_codes, staff
from monitor.services.review import Panel
from monitor.ui.kiosk.screens.message import GiveBack, NotSaved, Thanks, Urgent
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.rest import RestScreen
from monitor.ui.shared.texts import alert_words
from tests.builders import PROCEDURE_DATE, instant
from tests.journeys.conftest import NURSE, House
from tests.protocols import default_protocol
from tests.services.clinics import broken_protocol

# Only the offscreen platform says so: it has no desktop to ask.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NECK = Place("neck", "right")
TODAY = 91
NUMB_AGAIN = 5
PIN = "274953"


def reported_until_today(house: House) -> None:
    """Relief of pain, and numbness of the neck once after weeks without; then it is day 91."""
    house.enrols()
    for slot in default_protocol().slots_for("MBRFN"):
        if slot.due_day < TODAY:
            pain = Answer("pain", 7 if slot.due_day < 0 else 2)
            numb = NUMB_AGAIN if slot.due_day == 60 else 0
            compared: Compared | None = "new" if numb else None
            house.reports(
                slot.due_day,
                pain,
                Answer("numbness", numb, NOWHERE, compared),
                *((Answer("numbness", numb, NECK, compared),) if numb else ()),
            )
    house.clock.set(instant(TODAY))


def panel_of(house: House, name: str) -> Panel:
    state = house.station.page.state
    assert state is not None
    return next(panel for panel in state.chart.panels if panel.name == name)


def test_that_what_a_patient_taps_is_judged_and_acknowledged_by_a_nurse(house: House) -> None:
    reported_until_today(house)
    house.opens_station()
    assert house.rows == []
    house.opens_kiosk()

    house.signs_in()
    visit_id = house.kiosk._guide._visit.id  # type: ignore[attr-defined]
    asked = house.answers_everything({"pain": 3, "pain_worst": 4}, {NECK: NUMB_AGAIN})
    assert {"pain", "numbness", "weakness", "pgic"} <= set(asked)
    house.sends()
    assert isinstance(house.state, Thanks)

    stored = house.submissions()[-1]
    assert (stored.id, stored.partial, stored.answered_at) == (visit_id, False, instant(TODAY))
    assert {answer.item for answer in stored.answers} == set(asked)
    assert Answer("pain", 3) in stored.answers
    assert Answer("numbness", NUMB_AGAIN, NECK, "new") in stored.answers
    assert house.evaluations()[visit_id] == "evaluated"

    (alert,) = house.alerts()
    assert (alert.finding.rule, alert.finding.place) == ("new_numbness", NECK)
    assert (alert.state, alert.priority) == (State.RAISED, Priority.ORANGE)
    assert visit_id in {evidence.submission_id for evidence in alert.finding.evidence}

    words = alert_words(alert.finding, default_protocol().words["en"])
    (row,) = house.rows
    assert (row.name, row.priority, row.reason) == ("Sample01, Kim", Priority.ORANGE, words.title)
    assert words.sentence in row.spoken

    house.opens_row(0)
    state = house.station.page.state
    assert state is not None
    assert [(card.title, card.sentence) for card in state.cards] == [(words.title, words.sentence)]
    (pain,) = [s for s in panel_of(house, "pain").series if s.item == "pain"]
    assert (pain.points[-1].day, pain.points[-1].score) == (TODAY, 3)
    (numb,) = [s for s in panel_of(house, "numbness").series if s.place == NECK]
    assert (numb.points[-1].day, numb.points[-1].score) == (TODAY, NUMB_AGAIN)

    house.clock.advance(minutes=5)
    house.presses(Qt.Key.Key_A)
    house.types("Called: a small patch, no weakness.")
    house.presses(Qt.Key.Key_Return)
    assert house.station.deciding.dialog is None
    (alert,) = house.alerts()
    assert (alert.state, alert.note) == (State.ACKNOWLEDGED, "Called: a small patch, no weakness.")
    assert [(event.happening, event.by) for event in house.history(alert)] == [
        (Happening.RAISE, "rules"),
        (Happening.ACKNOWLEDGE, NURSE),
    ]
    (row,) = house.rows
    assert "in_hand" in row.lists

    (sent,) = house.audit(visit_id)
    assert (sent.action, sent.actor, sent.station) == ("submission_recorded", "patient", "kiosk")
    (seen,) = house.audit(alert.id)
    assert (seen.action, seen.actor, seen.at) == (
        "alert_acknowledge",
        NURSE,
        instant(TODAY, minute=5),
    )
    looked = {(line.action, line.actor) for line in house.audit("episode-1")}
    assert {("kiosk_identified", "patient"), ("chart_opened", NURSE)} <= looked


def test_that_a_warning_sign_is_urgent_at_the_kiosk_and_first_at_the_station(house: House) -> None:
    house.enrols(1)
    house.enrols(2, on=PROCEDURE_DATE - dt.timedelta(days=40))  # has never reported
    house.reports(-1, Answer("pain", 7))
    house.reports(1, Answer("pain", 7))
    house.clock.set(instant(3))
    house.opens_station()
    assert [row.name for row in house.rows] == ["Sample02, Kim"]
    house.opens_row(0)
    house.opens_kiosk()

    house.signs_in()
    house.tap(house.screen.keys["breathing"])
    house.touch(house.screen.next)
    house.tap(house.screen.keys["yes"])
    house.touch(house.screen.next)
    assert isinstance(house.state, Urgent)
    assert house.state.title == default_protocol().words["en"]["urgent.title"]
    (alert,) = house.alerts()
    assert alert.priority is Priority.RED
    assert house.submissions()[-1].partial

    # The list does not move under the patient who is open; it says that somebody came.
    assert [row.name for row in house.rows] == ["Sample02, Kim"]
    assert house.station.panel._news.isVisible()
    house.presses(Qt.Key.Key_F5)
    assert [row.name for row in house.rows] == ["Sample01, Kim", "Sample02, Kim"]
    assert house.rows[0].priority is Priority.RED

    # The nurse comes, and closes the page with the PIN.
    staff.set_pin(house.clinic, PIN)
    house.touch(house.screen.second)
    house.enters_pin(PIN)
    house.touch(house.screen.go_on)
    house.denies_and_skips_everything()
    house.sends()
    assert isinstance(house.state, Thanks)
    assert [alert.id for alert in house.alerts() if alert.priority is Priority.RED] == [alert.id]


def test_that_answers_are_kept_where_a_rule_throws_and_judged_by_a_later_sweep(
    house: House,
) -> None:
    house.enrols()
    house.reports(-1, Answer("pain", 7))
    house.clock.set(instant(1))
    house.opens_station()
    house.protocols.care = broken_protocol()
    house.opens_kiosk()

    house.signs_in()
    house.denies_and_skips_everything()
    house.sends()
    assert isinstance(house.state, Thanks)
    stored = house.submissions()[-1]
    assert house.evaluations()[stored.id] == "failed"
    status = house.station.status
    assert status.property("status") == "bad"
    assert "1 report" in status.text

    house.protocols.care = default_protocol()
    house.presses(Qt.Key.Key_F5)
    assert house.evaluations()[stored.id] == "evaluated"
    assert status.property("status") == "good"


def test_that_answers_sent_while_the_store_is_locked_are_stored_once_by_trying_again(
    house: House,
) -> None:
    house.enrols()
    house.clock.set(instant(1))
    house.opens_kiosk()
    house.signs_in()
    visit_id = house.kiosk._guide._visit.id  # type: ignore[attr-defined]
    house.denies_and_skips_everything()
    with house.store.begin():
        house.sends()
        assert isinstance(house.state, NotSaved)
        assert house.submissions() == ()
        house.touch(house.screen.go_on)
        assert isinstance(house.state, NotSaved)
    house.touch(house.screen.go_on)
    assert isinstance(house.state, Thanks)
    assert [stored.id for stored in house.submissions()] == [visit_id]
    assert house.evaluations() == {visit_id: "evaluated"}
    house.touch(house.screen.go_on)
    assert isinstance(house.screen, RestScreen)


def test_that_time_alone_raises_an_alert_at_the_station(house: House) -> None:
    house.enrols()
    house.reports(-1, Answer("pain", 7), Answer("soreness", 0))
    for day in (1, 3, 7, 14):
        house.reports(day, Answer("pain", 4), replace(Answer("soreness", 6), compared="worse"))
    house.opens_station()
    assert house.rows == []
    assert house.alerts() == ()

    house.clock.set(instant(15))
    house.presses(Qt.Key.Key_F5)
    (alert,) = house.alerts()
    assert (alert.finding.rule, alert.raised_day) == ("soreness_persists", 15)
    (row,) = house.rows
    assert row.reason == alert_words(alert.finding, default_protocol().words["en"]).title
    assert row.priority is alert.priority


def test_that_a_visit_by_desk_code_can_be_left_taken_up_again_and_sent(house: House) -> None:
    house.enrols()
    house.clock.set(instant(1))
    house.opens_kiosk()

    code = desk_codes.issue_to(house.clinic, "1001")
    house.signs_in_by(code)
    visit_id = house.kiosk._guide._visit.id  # type: ignore[attr-defined]
    house.denies_and_skips_everything(until=NumberScreen)
    house.tap(house.screen.keys[6])
    house.touch(house.screen.next)
    house.walks_away()
    assert isinstance(house.screen, RestScreen)
    assert house.submissions() == ()

    house.clock.advance(minutes=20)
    another = desk_codes.issue_to(house.clinic, "1001")
    house.signs_in_by(another)
    asked = house.answers_everything({"pain_worst": 8}, {})
    assert "pain" not in asked
    house.sends()
    assert isinstance(house.state, Thanks)

    (stored,) = house.submissions()
    assert (stored.id, stored.partial, stored.answered_at) == (visit_id, False, house.clock.now())
    assert {Answer("pain", 6), Answer("pain_worst", 8)} <= set(stored.answers)
    with house.store.read() as work:
        assert work.drafts.of_episode("episode-1") == ()


def test_that_a_nurse_hands_her_screen_to_a_patient_and_has_it_back_by_the_pin(
    house: House,
) -> None:
    house.enrols(on=PROCEDURE_DATE - dt.timedelta(days=40))  # has never reported
    house.clock.set(instant(1))
    staff.set_pin(house.clinic, PIN)
    house.opens_station()
    house.opens_kiosk()
    house.opens_row(0)

    house.hands_over()
    assert not house.station.header.isVisible()
    house.touch(house.screen.go_on)
    house.touch(house.screen.go_on)
    house.denies_and_skips_everything(until=NumberScreen)
    house.tap(house.screen.keys[4])
    house.touch(house.screen.next)
    house.denies_and_skips_everything()
    house.sends()
    assert isinstance(house.state, Thanks)
    house.touch(house.screen.go_on)
    assert isinstance(house.state, GiveBack)

    house.touch(house.screen.go_on)
    house.enters_pin("000000")
    assert not house.station.header.isVisible()
    house.enters_pin(PIN)
    assert not house.kiosk.isVisible()
    assert house.station.header.isVisible()
    state = house.station.page.state
    assert state is not None
    (pain,) = [s for s in panel_of(house, "pain").series if s.item == "pain"]
    assert [point.score for point in pain.points] == [4]
    (stored,) = house.submissions()
    assert stored.entered_by == "patient"
    (sent,) = house.audit(stored.id)
    assert (sent.actor, sent.station) == ("patient", "kiosk")


def test_that_a_report_by_phone_is_seen_on_the_chart_as_what_it_is(house: House) -> None:
    house.enrols(on=PROCEDURE_DATE - dt.timedelta(days=40))  # has never reported
    house.clock.set(instant(1))
    house.opens_station()
    house.opens_row(0)

    house.presses(Qt.Key.Key_P)
    sheet = house.station.reporting.dialog
    assert sheet is not None
    (pain,) = [row.answer for row in sheet.rows if row.row.key == "pain//"]
    pain.setFocus()
    house.types("3")
    house.presses(Qt.Key.Key_Return, ctrl=True)
    house.wait_for(lambda: house.station.reporting.dialog is None)
    house.settle()

    (curve,) = [s for s in panel_of(house, "pain").series if s.item == "pain"]
    assert [(point.score, point.marks) for point in curve.points] == [
        (3, frozenset({"nurse_phone"}))
    ]
    (stored,) = house.submissions()
    (sent,) = house.audit(stored.id)
    assert (stored.entered_by, sent.actor) == ("nurse_phone", NURSE)
