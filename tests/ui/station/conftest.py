"""A station on a clinic in memory, with a protocol small enough to be read at a glance."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.content import people_file
from monitor.content.protocols import read_protocol
from monitor.domain.alert import Alert
from monitor.domain.protocol import Priority
from monitor.services.clinic import Clinic
from monitor.services.ports import Refusal, Unavailable
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme, load_fonts
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.fakes import FakeClock, FakeProtocols, FakeStore, StoreElsewhere

RESOURCES = Path(__file__).parents[3] / "resources"
TODAY = 30


def window_of(tasks: object, theme: Theme) -> StationWindow:
    """The station of nurse Ann, before any answer of the store."""
    window = StationWindow(
        tasks,  # type: ignore[arg-type]
        "Neck Clinic",
        "Nurse Ann",
        theme,
        fonts=RESOURCES / "fonts",
        sweep_minutes=5,
    )
    window.take_lists(people_file)
    return window


@dataclass
class Ward:
    """The clinic behind the station, and short ways to put people and alerts into it."""

    clinic: Clinic
    store: FakeStore
    clock: FakeClock

    def admit(self, count: int, **fields: object) -> None:
        """Register a patient with an episode and one report."""
        with self.store.begin() as work:
            work.patients.add(builders.patient(count, **fields))
            work.episodes.add(builders.episode(count))
            work.submissions.add(
                builders.submission(day=TODAY, id=f"report-{count}", episode_id=f"episode-{count}")
            )
            work.submissions.mark(
                builders.evaluation(state="evaluated", submission_id=f"report-{count}")
            )
            work.commit()

    def raise_alert(
        self, count: int, priority: Priority = Priority.AMBER, *, day: int = TODAY, suffix: str = ""
    ) -> Alert:
        """Open an alert of that priority for the patient with that count."""
        found = builders.finding(
            rule=f"pain_recurrence{suffix}", stage="A2", priority=priority, since_day=day
        )
        alert = builders.alert(
            found, day, id=f"alert-{count}{suffix}", episode_id=f"episode-{count}"
        )
        with self.store.begin() as work:
            work.alerts.add(alert)
            work.alerts.add_event(builders.event(day=day, alert_id=alert.id, priority=priority))
            work.commit()
        return alert

    def alert(self, alert_id: str) -> Alert:
        with self.store.read() as work:
            return work.alerts.get(alert_id)

    def as_somebody_else(self, name: str) -> Clinic:
        return replace(self.clinic, actor=name)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    load_fonts(RESOURCES / "fonts")
    return Theme.from_mapping(tomllib.loads((RESOURCES / "themes" / "light.toml").read_text()))


@pytest.fixture(scope="session")
def protocols() -> FakeProtocols:
    return FakeProtocols(read_protocol(RESOURCES / "protocols" / "cervical_rhizotomy"))


@pytest.fixture
def ward(protocols: FakeProtocols) -> Ward:
    store, clock = FakeStore(), FakeClock(builders.instant(TODAY, hour=10))
    clinic = Clinic(
        store,
        clock,
        protocols,
        "Neck Clinic",
        ZoneInfo("UTC"),
        "Nurse Ann",
        "desk",
        overdue_after=dt.timedelta(minutes=20),
        acting="lead",
    )
    return Ward(clinic, store, clock)


@pytest.fixture
def tasks(ward: Ward, qtbot: QtBot) -> Iterator[Tasks]:
    clinic = replace(ward.clinic, store=StoreElsewhere(ward.store))
    made = Tasks(clinic, refusals=Refusal, outages=Unavailable)
    yield made
    made.close()


Opens = Callable[[], StationWindow]


@pytest.fixture
def open_station(tasks: Tasks, theme: Theme, qtbot: QtBot) -> Opens:
    """Opens the station and waits for its first worklist and its first check."""

    def opened() -> StationWindow:
        window = window_of(tasks, theme)
        qtbot.addWidget(window)
        window.resize(1280, 800)  # the screen of these tests is smaller
        with qtbot.waitSignals([window.worklist.shown, window.monitoring.shown]):
            window.show()
        return window

    return opened
