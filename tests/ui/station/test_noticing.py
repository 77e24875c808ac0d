"""The station is heard: a sound for red and for monitoring that stopped, and for nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from monitor.domain.protocol import Priority
from monitor.services import alerts
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.noticing import AGAIN_SECONDS, MOST_SOUNDS, NoticePresenter
from monitor.ui.station.screens.test_bar import TestBar
from monitor.ui.station.views import MonitoringState, TestState, Told
from tests.ui.station.conftest import Ward


class Ears:
    """What is heard and seen of a presenter, and the seconds of its clock."""

    def __init__(self, tasks: Tasks, qtbot: QtBot) -> None:
        self.seconds = 1000.0
        self.rings = 0
        self.said: list[tuple[str, str]] = []
        self.test = TestState("unknown")
        self._qtbot = qtbot
        self.presenter = NoticePresenter(tasks, steady=lambda: self.seconds)
        self.presenter.rang.connect(self._count)
        self.presenter.said.connect(lambda title, text: self.said.append((title, text)))
        self.presenter.test_shown.connect(self._keep)

    def _count(self) -> None:
        self.rings += 1

    def _keep(self, state: TestState) -> None:
        self.test = state

    def listen(self, after: float = 5.0) -> int:
        """Let so many seconds pass and look again; how often it has rung by then."""
        self.seconds += after
        with self._qtbot.waitSignal(self.presenter.test_shown):
            self.presenter.poll()
        return self.rings


@pytest.fixture
def ears(tasks: Tasks, qtbot: QtBot, ward: Ward) -> Ears:
    for count in (1, 2):
        ward.admit(count)
    return Ears(tasks, qtbot)


class TestRed:
    def test_that_a_new_red_alert_rings_and_names_nobody(self, ears: Ears, ward: Ward) -> None:
        assert ears.listen() == 0
        ward.raise_alert(1, Priority.RED)
        assert ears.listen() == 1
        assert ears.said == [("Act now", "1 red alert waits at the station.")]

    def test_that_everything_else_is_silent(self, ears: Ears, ward: Ward) -> None:
        for count, priority in enumerate((Priority.ORANGE, Priority.AMBER, Priority.YELLOW)):
            ward.raise_alert(1, priority, suffix=f"_{count}")
        assert ears.listen() == 0
        assert ears.said == []

    def test_that_it_rings_again_while_nobody_looks_but_not_for_ever(
        self, ears: Ears, ward: Ward
    ) -> None:
        ward.raise_alert(1, Priority.RED)
        assert ears.listen() == 1
        assert ears.listen(AGAIN_SECONDS / 2) == 1
        assert ears.listen(AGAIN_SECONDS / 2) == 2
        for _ in range(2 * MOST_SOUNDS):
            ears.listen(AGAIN_SECONDS)
        assert ears.rings == MOST_SOUNDS

    def test_that_another_red_alert_rings_at_once(self, ears: Ears, ward: Ward) -> None:
        ward.raise_alert(1, Priority.RED)
        ears.listen()
        ward.raise_alert(2, Priority.RED)
        assert ears.listen() == 2
        assert ears.said[-1] == ("Act now", "2 red alerts wait at the station.")

    def test_that_it_stops_when_somebody_has_taken_it_in_hand(self, ears: Ears, ward: Ward) -> None:
        alert = ward.raise_alert(1, Priority.RED)
        ears.listen()
        alerts.acknowledge(ward.clinic, alert.id, alert.version)
        for _ in range(3):
            ears.listen(AGAIN_SECONDS)
        assert ears.rings == 1


class TestMonitoringThatStopped:
    def test_that_it_rings_once_and_again_after_a_while(self, ears: Ears) -> None:
        stopped = MonitoringState("stopped", "Patients were last checked 40 min ago.")
        ears.presenter.show_monitoring(stopped)
        ears.presenter.show_monitoring(stopped)
        assert ears.rings == 1
        assert ears.said == [("Monitoring is not running", stopped.text)]
        ears.seconds += AGAIN_SECONDS
        ears.presenter.show_monitoring(stopped)
        assert ears.rings == 2

    def test_that_one_that_runs_or_has_a_fault_makes_no_sound(self, ears: Ears) -> None:
        ears.presenter.show_monitoring(MonitoringState("good", "Monitoring is running"))
        ears.presenter.show_monitoring(MonitoringState("bad", "Not judged yet: 1 report."))
        assert ears.rings == 0


class TestTheDailyTest:
    def test_that_it_is_played_and_then_confirmed(self, ears: Ears) -> None:
        ears.listen()
        assert ears.test == TestState("due")
        ears.presenter.play_test()
        assert (ears.rings, ears.said[-1][0], ears.test) == (1, "Test alarm", TestState("playing"))
        told: list[Told] = []
        ears.presenter.told.connect(told.append)
        ears.presenter.confirm_test(heard=True)
        ears.listen()
        assert ears.test == TestState("heard")
        assert [one.text for one in told] == [
            "Written down: the alarm of this station is heard today."
        ]

    def test_that_nobody_confirms_what_was_not_played(self, ears: Ears) -> None:
        ears.presenter.confirm_test(heard=True)
        ears.listen()
        assert ears.test == TestState("due")

    def test_that_one_that_was_not_heard_is_said_until_it_is(self, ears: Ears) -> None:
        ears.presenter.play_test()
        ears.presenter.confirm_test(heard=False)
        ears.listen()
        assert ears.test == TestState("not_heard", "Nurse Ann")

    def test_that_a_look_at_the_alerts_in_between_does_not_take_the_question_away(
        self, ears: Ears
    ) -> None:
        ears.presenter.play_test()
        ears.listen()
        assert ears.test == TestState("playing")


class TestTheBar:
    @pytest.fixture
    def bar(self, qtbot: QtBot) -> TestBar:
        self.window = QWidget()  # kept, or the bar goes with it
        qtbot.addWidget(self.window)
        return TestBar(self.window)

    def test_that_one_key_plays_and_then_says_that_it_was_heard(
        self, bar: TestBar, qtbot: QtBot
    ) -> None:
        bar.show_state(TestState("due"))
        with qtbot.waitSignal(bar.play_wanted):
            bar.go_on()
        bar.show_state(TestState("playing"))
        with qtbot.waitSignal(bar.answered, check_params_cb=lambda heard: heard):
            bar.go_on()

    def test_that_it_is_gone_when_it_was_heard_and_its_key_does_nothing(
        self, bar: TestBar, qtbot: QtBot
    ) -> None:
        bar.show_state(TestState("due"))
        bar.show_state(TestState("heard"))
        assert bar.isHidden()
        with qtbot.assertNotEmitted(bar.play_wanted):
            bar.go_on()

    def test_that_who_did_not_hear_it_is_named(self, bar: TestBar) -> None:
        bar.show_state(TestState("not_heard", "J. Adeyemi"))
        assert "was not heard (J. Adeyemi)" in bar.text.text()
