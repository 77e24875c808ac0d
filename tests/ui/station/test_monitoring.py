"""That monitoring is not running is the loudest thing the station says, and never a dialog."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.domain.protocol import Priority
from monitor.services import health, watching
from monitor.services.ports import Canary, Heartbeat
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.monitoring import MonitoringPresenter
from monitor.ui.station.screens.phone_list import PhoneList
from monitor.ui.station.views import MonitoringState
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import Opens, Ward
from tests.ui.station.test_trouble import look

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_that_a_clinic_that_is_well_has_no_banner(ward: Ward, open_station: Opens) -> None:
    window = open_station()
    assert window.status.property("status") == "good"
    assert window.alarm.isHidden()
    assert window.alarm.text == ""


def test_that_a_late_sweep_puts_a_red_banner_over_everything(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    ward.clock.advance(minutes=25)
    look(qtbot, window)
    alarm = window.alarm
    assert alarm.isVisible()
    assert alarm.mapTo(window, QPoint(0, 0)) == QPoint(0, 0)
    assert alarm.width() == window.width()
    assert "Patients were last checked 25 min ago." in alarm.text
    assert "Check now" in alarm.text
    assert window.status.text == "Monitoring is not running: see above."
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (25, ""),
        (41, "ring those on the phone list (F9) from the top"),
        (61, "ring everybody on the phone list (F9), then those whose report is due today"),
    ],
)
def test_that_the_longer_it_lasts_the_more_is_said_of_what_to_do_by_hand(
    ward: Ward, open_station: Opens, qtbot: QtBot, minutes: int, said: str
) -> None:
    window = open_station()
    ward.clock.advance(minutes=minutes)
    look(qtbot, window)
    assert window.alarm.isVisible()
    assert said in window.alarm.text
    assert window.alarm._by_hand.isVisible() == bool(said)


def test_that_a_check_by_the_button_of_the_banner_takes_it_away(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    ward.clock.advance(minutes=25)
    look(qtbot, window)
    with qtbot.waitSignals([window.monitoring.checked, window.monitoring.shown]):
        window.alarm.check.click()
    qtbot.waitUntil(window.alarm.isHidden)
    assert window.status.property("status") == "good"


def test_that_a_clock_that_was_put_back_is_not_taken_for_health(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    ward.clock.advance(minutes=-30)
    look(qtbot, window)
    assert "The clock of this computer is wrong" in window.alarm.text


def test_that_a_store_that_does_not_answer_shows_the_banner_and_not_two(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    ward.store.fault = "gone"
    look(qtbot, window)
    assert "The database cannot be read or written now." in window.alarm.text
    assert not window.banner.isVisible()
    ward.store.fault = ""
    look(qtbot, window)
    assert window.alarm.isHidden()


class StuckTasks:
    """A way to the store on which nothing comes back."""

    def run(self, *_given: object, **_named: object) -> None:
        pass


def test_that_a_store_that_says_nothing_at_all_is_told_after_a_minute() -> None:
    said: list[MonitoringState] = []
    monitoring = MonitoringPresenter(StuckTasks(), "en")  # type: ignore[arg-type]
    monitoring.shown.connect(said.append)
    for _ in range(12):
        monitoring.poll()
    assert said == []
    monitoring.poll()
    assert (said[0].state, said[0].text) == ("stopped", "The database does not answer.")


def test_that_a_clock_that_stands_still_does_not_hide_that_nothing_is_checked(
    ward: Ward, tasks: Tasks, qtbot: QtBot
) -> None:
    watching.watch_once(ward.clinic, "station")
    seconds = [0.0]
    monitoring = MonitoringPresenter(tasks, "en", steady=lambda: seconds[0])
    said: list[MonitoringState] = []
    monitoring.shown.connect(said.append)
    for seconds[0] in (0.0, 19 * 60, 21 * 60):
        with qtbot.waitSignal(monitoring.shown):
            monitoring.poll()
    assert [state.state for state in said] == ["good", "good", "stopped"]
    assert said[-1].text == "Patients were last checked 21 min ago."


@pytest.mark.parametrize(
    ("canary", "said"),
    [
        (Canary(builders.instant(28), 0.1), "not come through since yesterday began"),
        (Canary(builders.instant(30), 0.1, "no alert on the worklist"), "did not raise and end"),
    ],
    ids=["late", "died"],
)
def test_that_a_test_report_that_does_not_come_through_stops_everything(
    ward: Ward, open_station: Opens, qtbot: QtBot, canary: Canary, said: str
) -> None:
    window = open_station()
    with ward.store.begin() as work:
        work.canaries.add(canary)
        work.commit()
    look(qtbot, window)
    assert said in window.alarm.text


def test_that_alerts_that_were_put_right_are_red_but_smaller(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1, family_name="Lindqvist", given_name="Karin")
    window = open_station()
    now = ward.clock.now()
    with ward.store.begin() as work:
        work.sweeps.add(builders.sweep(started_at=now, finished_at=now, differing=("episode-1",)))
        work.commit()
    look(qtbot, window)
    assert window.status.property("status") == "bad"
    assert "put right: Lindqvist, Karin." in window.status.text
    assert window.alarm.isHidden()


def test_that_the_station_says_that_it_is_alive_and_sends_the_test_report(
    ward: Ward, open_station: Opens
) -> None:
    open_station()
    with ward.store.read() as work:
        (heard,) = work.heartbeats.all()
        assert heard == Heartbeat("station", "desk", ward.clock.now())
        assert work.canaries.last() is not None


# The phone list


def test_that_the_phone_list_needs_no_store(ward: Ward, open_station: Opens, qtbot: QtBot) -> None:
    ward.admit(1, family_name="Lindqvist", given_name="Karin", phone="555 0118", number="204118")
    ward.raise_alert(1, Priority.RED)
    ward.admit(2, family_name="Okafor", given_name="Daniel")
    ward.raise_alert(2, Priority.YELLOW)
    window = open_station()
    ward.store.fault = "gone"
    look(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    dialog = window.findChild(PhoneList)
    assert dialog is not None
    assert dialog.isVisible()
    first, second = window.monitoring.phones
    assert (first.words, first.name, first.number) == ("Act now", "Lindqvist, Karin", "204 118")
    assert (first.phone, first.reason) == ("555 0118", "Pain has come back")
    assert second.phone == ""
    texts = {label.text() for label in dialog.findChildren(type(window.notice))}
    assert {"Lindqvist, Karin", "555 0118", "Pain has come back", "–"} <= texts


def test_that_an_empty_phone_list_says_so(open_station: Opens, qtbot: QtBot) -> None:
    window = open_station()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    dialog = window.findChild(PhoneList)
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(type(window.notice))]
    assert "Nobody was on the worklist when it was last read." in said


# The status page


def show_status(qtbot: QtBot, window: StationWindow) -> None:
    with qtbot.waitSignal(window.counts.shown):
        qtbot.keyClick(
            window.focusWidget() or window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier
        )


def test_that_the_status_page_shows_that_the_sums_agree(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    for count in (1, 2, 3):
        ward.admit(count)
    ward.raise_alert(1)
    window = open_station()
    with ward.store.begin() as work:
        work.submissions.mark(builders.evaluation(state="failed", submission_id="report-1"))
        work.submissions.mark(builders.evaluation(state="waiting", submission_id="report-2"))
        work.commit()
    show_status(qtbot, window)
    state = window.status_page.state
    assert state is not None
    assert state.reports.sentence == "5 received = 3 judged + 1 waiting + 1 failed"
    assert state.reports.note.startswith("Every report is accounted for.")
    assert "sent 2 reports" in state.reports.note
    total, parts = state.alerts.total, state.alerts.parts
    assert total.count == sum(part.count for part in parts) > 0


def test_that_g_then_s_and_the_status_line_lead_to_the_status_page_and_esc_back(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    with qtbot.waitSignal(window.counts.shown):
        qtbot.keyClicks(window.panel.list, "gs")
    assert window.status_page.isVisible()
    assert window.focusWidget() is window.status_page
    qtbot.keyClick(window.status_page, Qt.Key.Key_Escape)
    assert window.panel.list.isVisible()
    assert window.focusWidget() is window.panel.list
    with qtbot.waitSignal(window.counts.shown):
        window.status.page.click()
    assert window.status_page.isVisible()


def test_that_the_keys_of_alerts_do_nothing_behind_the_status_page(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    with qtbot.waitSignal(window.chart.shown):
        qtbot.keyClick(window.panel.list, Qt.Key.Key_Down)
    show_status(qtbot, window)
    for letter in "are":
        qtbot.keyClicks(window.status_page, letter)
    assert window.deciding.dialog is None
    assert window.following.dialog is None


def test_that_a_patient_whose_alerts_were_put_right_is_opened_from_the_status_page(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1, family_name="Lindqvist", given_name="Karin")
    window = open_station()
    now = ward.clock.now()
    with ward.store.begin() as work:
        work.sweeps.add(builders.sweep(started_at=now, finished_at=now, differing=("episode-1",)))
        work.commit()
    show_status(qtbot, window)
    state = window.status_page.state
    assert state is not None
    assert [(link.name, link.why) for link in state.patients] == [
        ("Lindqvist, Karin", "alerts were put right")
    ]
    (link,) = (b for b in window.status_page.findChildren(type(window.alarm.check)) if b.text())
    link.setFocus()
    with qtbot.waitSignal(window.chart.shown):
        qtbot.keyClick(link, Qt.Key.Key_Space)
    assert window.page.state is not None
    assert window.page.state.name == "Lindqvist, Karin"
    assert window.page.isVisible()


def test_that_the_status_page_says_who_was_heard_from_and_who_is_silent(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    ago = ward.clock.now() - dt.timedelta(minutes=40)
    with ward.store.begin() as work:
        work.heartbeats.set(Heartbeat("kiosk", "waiting room", ago))
        work.commit()
    show_status(qtbot, window)
    state = window.status_page.state
    assert state is not None
    assert [(one.state, one.name, one.text) for one in state.heard] == [
        ("unknown", "Kiosk “waiting room”", "silent, last heard 40 min ago"),
        ("good", "Station “desk”", "heard just now"),
    ]


def test_that_the_status_page_counts_the_alerts_of_each_rule_and_what_people_thought(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    for count in (1, 2):
        ward.admit(count)
        ward.raise_alert(count)
    window = open_station()
    show_status(qtbot, window)
    state = window.status_page.state
    assert state is not None
    (line,) = (rule for rule in state.rules if rule.title == "Pain has come back")
    assert (line.ids, line.raised) == ("Y3, A2", "2")
    assert line.useful == "not rated yet"
    with ward.store.begin() as work:
        alert = work.alerts.get("alert-1")
        work.alerts.save(replace(alert, useful="useful"), alert.version)
        other = work.alerts.get("alert-2")
        work.alerts.save(replace(other, useful="not_useful"), other.version)
        work.commit()
    with qtbot.waitSignal(window.counts.shown):
        window.counts.refresh()
    state = window.status_page.state
    assert state is not None
    (line,) = (rule for rule in state.rules if rule.title == "Pain has come back")
    assert line.useful == "50 % of 2 rated"
    counted = health.ledger(ward.clinic)
    assert state.per_100 == f"{counted.per_100_reports:.1f}"


def test_that_the_status_page_of_an_empty_clinic_is_no_blank(
    open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    show_status(qtbot, window)
    state = window.status_page.state
    assert state is not None
    assert state.empty == "No patient has had an alert yet."
    assert state.rules == ()
    assert state.per_100 == ""
    assert state.patients == ()


def test_that_the_status_page_keeps_its_numbers_when_the_store_goes_away(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    show_status(qtbot, window)
    before = window.status_page.state
    ward.store.fault = "gone"
    with qtbot.waitSignal(window.counts.failed) as told:
        window.counts.refresh()
    assert told.args == ["The database cannot be read now. These numbers are from before."]
    assert window.status_page.state is before
