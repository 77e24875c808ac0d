"""A whole house on one database file: both faces, each with its own thread, and a moved clock."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from monitor.domain import visit as flow
from monitor.domain.alert import Alert, Event
from monitor.domain.protocol import Protocol
from monitor.domain.submission import COMPARED, Answer, Place, Submission
from monitor.services import submissions
from monitor.services.clinic import Clinic
from monitor.services.ports import AuditLine, Evaluation, Refusal, Unavailable
from monitor.services.submissions import Completed
from monitor.storage import connection
from monitor.storage.store import SqliteStore
from monitor.ui.kiosk.patience import LAST_CALL_SECONDS
from monitor.ui.kiosk.screens.body_map import BodyMapScreen
from monitor.ui.kiosk.screens.choice import ChoiceScreen
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.screens.statements import StatementsScreen
from monitor.ui.kiosk.window import KioskWindow
from monitor.ui.shared.languages import Languages
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme, load_fonts
from monitor.ui.station.screens.row_model import ROW
from monitor.ui.station.views import Row
from monitor.ui.station.window import StationWindow
from tests.builders import PROCEDURE_DATE, episode, instant, patient, procedure
from tests.fakes import FakeClock
from tests.protocols import default_protocol

RESOURCES = Path(__file__).parents[2] / "resources"
NURSE = "Nurse Ann"
LONGEST_WAIT_MS = 10_000
FOLLOWING = 4
"""How often an answer may lead to another question before everything is still."""

Scores = dict[str, int]


class ProtocolInForce:
    """The one protocol of the house; a test may put another into force."""

    def __init__(self, care: Protocol) -> None:
        self.care = care

    def current(self, protocol_id: str) -> Protocol:
        if protocol_id != self.care.id:
            raise Refusal("unknown_protocol", protocol=protocol_id)
        return self.care

    def ids(self) -> Iterable[str]:
        return (self.care.id,)


class House:
    """One clinic with a station and a kiosk on the same database file, as in a demo."""

    def __init__(self, store: SqliteStore, theme: Theme, qtbot: QtBot, open_tasks: Any) -> None:
        self.store = store
        self.clock = FakeClock(instant(-1))
        self.protocols = ProtocolInForce(default_protocol())
        self.clinic = Clinic(
            store=store,
            clock=self.clock,
            protocols=self.protocols,
            name="Neck Clinic",
            zone=ZoneInfo("UTC"),
            actor=NURSE,
            station="desk",
            overdue_after=dt.timedelta(minutes=30),
            acting="lead",
        )
        self.at_kiosk = replace(self.clinic, actor="patient", station="kiosk", acting="kiosk")
        self.faults: list[Exception] = []
        self._theme = theme
        self._qtbot = qtbot
        self._open_tasks = open_tasks
        self._tasks: list[Tasks] = []
        self._kiosk: KioskWindow | None = None
        self._station: StationWindow | None = None

    # -- what happened before

    def enrols(self, count: int = 1, on: dt.date = PROCEDURE_DATE, profile: str = "MBRFN") -> None:
        """Enrol the patient with that count after a procedure on the right, C4 to C6."""
        treated = procedure(profile=profile, levels=("C4", "C5", "C6"), date=on)
        with self.store.begin() as work:
            work.patients.add(patient(count))
            work.episodes.add(episode(count, procedure=treated))
            work.commit()

    def reports(self, day: int, *answers: Answer) -> None:
        """A form that the first patient sent at nine on a postoperative day."""
        self.clock.set(instant(day))
        form = Completed(
            id=f"form-{day}",
            episode_id="episode-1",
            form="acute",
            answers=answers,
            answered_at=instant(day),
        )
        submissions.record(self.at_kiosk, form)

    # -- the windows

    @property
    def kiosk(self) -> KioskWindow:
        assert self._kiosk is not None, "the kiosk is not open"
        return self._kiosk

    @property
    def station(self) -> StationWindow:
        assert self._station is not None, "the station is not open"
        return self._station

    @property
    def screen(self) -> Any:
        """The kiosk's page; what is on it depends on its kind."""
        return self.kiosk.current()

    @property
    def state(self) -> Any:
        """What the kiosk's page says."""
        return self.kiosk._state

    def opens_station(self) -> None:
        tasks = self._new_tasks(self.clinic)
        self._station = StationWindow(
            tasks,
            self.clinic.name,
            NURSE,
            self._theme,
            fonts=RESOURCES / "fonts",
            sweep_minutes=5,
        )
        self._qtbot.addWidget(self._station)
        self._station.show()
        self.settle()

    def opens_kiosk(self) -> None:
        """Beside the station, which hears of everything that changes here."""
        tasks = self._new_tasks(self.at_kiosk)
        if self._station is not None:
            tasks.changed.connect(self._tasks[0].changed.emit)
        self._kiosk = KioskWindow(
            tasks,
            self.clinic.name,
            self._theme,
            Languages(RESOURCES / "languages"),
            full_screen=False,
            zone=dt.UTC,
            now=self.clock.now,
            dpi=96.0,
        )
        self._qtbot.addWidget(self._kiosk)
        self._kiosk.open()
        self.settle()

    def _new_tasks(self, clinic: Clinic) -> Tasks:
        tasks = self._open_tasks(clinic)
        tasks.faulted.connect(self.faults.append)
        self._tasks.append(tasks)
        return tasks

    def settle(self) -> None:
        """Wait until everything that was asked is answered: verbs run in order."""
        for _ in range(FOLLOWING):
            for tasks in reversed(self._tasks):  # the kiosk first: the station hears of it
                with self._qtbot.waitCallback(timeout=LONGEST_WAIT_MS) as answered:
                    tasks.run(_ask_nothing, then=answered)

    def wait_for(self, is_there: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_there, timeout=LONGEST_WAIT_MS)

    # -- the patient

    def touch(self, widget: QWidget) -> None:
        """Touch a key, and wait for what comes of it."""
        self.tap(widget)
        self.settle()

    def tap(self, widget: QWidget) -> None:
        assert widget.isVisible(), "only what can be seen can be touched"
        assert widget.isEnabled(), "only a key that is ready can be touched"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def signs_in(self) -> None:
        """Start, number and date of birth, "this is me", begin."""
        self.tap(self.screen.start)
        self.tap(self.screen.number)
        self._type("1001")
        self.tap(self.screen.next)
        self._type("17")
        self.tap(self.screen.next)
        self.tap(self.screen.months[4])
        self.tap(self.screen.next)
        self._type("1970")
        self._asks_to_be_let_in()

    def signs_in_by(self, code: str) -> None:
        """Start, a code from the desk, "this is me", begin or go on."""
        self.tap(self.screen.start)
        self.tap(self.screen.code)
        self._type(code)
        self._asks_to_be_let_in()

    def _asks_to_be_let_in(self) -> None:
        self.touch(self.screen.next)
        self.kiosk._arrival.answer.timeout.emit()  # the time after which it is told has passed
        self.touch(self.screen.go_on)
        self.touch(self.screen.go_on)

    def enters_pin(self, pin: str) -> None:
        self._type(pin)
        self.touch(self.screen.next)

    def _type(self, digits: str) -> None:
        for digit in digits:
            self.tap(self.screen.digits[digit])

    def answers_everything(self, scores: Scores, numb: dict[Place, int]) -> list[str]:
        """Answer every page up to the review; the items that were asked, in order.

        scores: for those that are not 0; numb: the places marked on the drawing. Of the keys
        those of both are touched; everything else is denied, what may be compared is new.
        """
        asked = []
        while not isinstance(self.screen, ReviewScreen):
            page = flow.current(self.kiosk._guide._visit)  # type: ignore[attr-defined]
            items = [question.item for question in page.questions]
            asked += [item for item in items if item not in asked]
            if isinstance(self.screen, PickScreen):
                self._pick({*scores, *(["numbness"] if numb else [])})
            else:
                self._answer(items[-1], scores, numb)
            self.touch(self.screen.next)
        return asked

    def _pick(self, items: Collection[str]) -> None:
        touched = [key for item, key in self.screen.keys.items() if item in items]
        for key in touched or [self.screen.denial]:
            self.tap(key)

    def _answer(self, item: str, scores: Scores, numb: dict[Place, int]) -> None:
        screen = self.screen
        if isinstance(screen, NumberScreen):
            self.tap(screen.keys[scores.get(item, 0)])
        elif isinstance(screen, ChoiceScreen):
            self.tap(_chosen(screen.keys))
        elif isinstance(screen, BodyMapScreen):
            self.marks(numb)
        elif isinstance(screen, StatementsScreen) and screen.denial.isVisible():
            self.tap(screen.denial)
        else:
            for row in screen.rows:
                self.tap(_chosen(row.keys))

    def marks(self, numb: dict[Place, int]) -> None:
        """Mark places on the drawing, each with its score."""
        for place, score in numb.items():
            area = self.screen.drawing.areas_of(place)[0].boundingRect().center().toPoint()
            QTest.mouseClick(self.screen.drawing, Qt.MouseButton.LeftButton, pos=area)
            self.tap(self.screen.keys[score])

    def denies_and_skips_everything(self, until: type[Screen] = ReviewScreen) -> None:
        """Deny every warning sign and skip the rest, up to the review or another kind of page."""
        while not isinstance(self.screen, until):
            keys = isinstance(self.screen, PickScreen | StatementsScreen)
            if keys and self.screen.denial.isVisible():
                self.tap(self.screen.denial)
                self.touch(self.screen.next)
            else:
                self.touch(self.screen.skip)

    def sends(self) -> None:
        """Look at every page of the review and send from the last."""
        while self.screen.later.isVisible():
            self.tap(self.screen.later)
        self.touch(self.screen.next)

    def walks_away(self) -> None:
        """Touch nothing, until the kiosk has asked in vain whether anybody is there."""
        self.kiosk.idle.timeout.emit()
        for _ in range(LAST_CALL_SECONDS):
            self.kiosk.last_call.timeout.emit()
        self.settle()

    # -- the nurse

    def hands_over(self) -> None:
        """Hand the screen of the station to the patient who is open there, as on one computer."""
        self.station.handed_over.connect(self.station.step_aside)
        self.station.handed_over.connect(self.kiosk.hand_over)
        self.kiosk.given_back.connect(self.station.come_back)
        self.presses(Qt.Key.Key_H, shift=True)

    @property
    def rows(self) -> list[Row]:
        model = self.station.panel.list.model()
        return [model.index(number, 0).data(ROW) for number in range(model.rowCount())]

    def opens_row(self, number: int) -> None:
        view = self.station.panel.list
        where = view.visualRect(view.model().index(number, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
        self.settle()

    def presses(self, key: Qt.Key, *, ctrl: bool = False, shift: bool = False) -> None:
        """Press a key at the station, where the keyboard is."""
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        held |= Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self._keyboard(), key, held)
        self.settle()

    def types(self, text: str) -> None:
        QTest.keyClicks(self._keyboard(), text)

    def _keyboard(self) -> QWidget:
        front = QApplication.activeModalWidget() or self.station
        if not front.isActiveWindow():
            with self._qtbot.waitActive(front, timeout=LONGEST_WAIT_MS):
                front.activateWindow()
        return front.focusWidget() or front

    # -- the store

    def submissions(self) -> tuple[Submission, ...]:
        with self.store.read() as work:
            return work.submissions.of_episode("episode-1")

    def evaluations(self) -> dict[str, str]:
        """Submission id -> what is known of its evaluation."""
        with self.store.read() as work:
            known: tuple[Evaluation, ...] = work.submissions.evaluations(
                "waiting", "evaluated", "failed"
            )
        return {each.submission_id: each.state for each in known}

    def alerts(self, episode_id: str = "episode-1") -> tuple[Alert, ...]:
        with self.store.read() as work:
            return work.alerts.of_episode(episode_id)

    def history(self, alert: Alert) -> tuple[Event, ...]:
        with self.store.read() as work:
            return work.alerts.events(alert.id)

    def audit(self, subject: str) -> list[AuditLine]:
        with self.store.read() as work:
            return list(work.audit.of_subject(subject))


def _ask_nothing(_clinic: Clinic) -> None:
    """Do nothing, after everything before it."""


def _chosen(keys: dict[str, Any]) -> Any:
    """The key a patient takes: new, where that is asked; else the first."""
    return keys["new"] if set(keys) == set(COMPARED) else next(iter(keys.values()))


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    load_fonts(RESOURCES / "fonts")
    return Theme.from_mapping(tomllib.loads((RESOURCES / "themes" / "light.toml").read_text()))


@contextmanager
def tasks_of(clinic: Clinic) -> Iterator[Tasks]:
    tasks = Tasks(clinic, refusals=Refusal, outages=Unavailable)
    yield tasks
    tasks.close()


@pytest.fixture
def house(
    tmp_path: Path, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", 0.2)  # a lock is found out at once
    store = SqliteStore.create(tmp_path / "clinic.db", durable=False)
    with ExitStack() as threads:
        made = House(store, theme, qtbot, lambda clinic: threads.enter_context(tasks_of(clinic)))
        yield made
    store.close()
    assert made.faults == []
