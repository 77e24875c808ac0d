"""The station's door: nothing of anybody behind it is seen or heard from outside."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from monitor.domain.protocol import Priority
from monitor.services import calls, hashing, users
from monitor.services.clinic import Clinic
from monitor.services.demo import user_id
from monitor.services.permissions import Role
from monitor.services.ports import Refusal, Unavailable, User
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme
from monitor.ui.station.office import Office
from monitor.ui.station.screens.door_page import DoorPage
from monitor.ui.station.shell import Shell
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.fakes import StoreElsewhere
from tests.ui.station.conftest import RESOURCES, Ward

PASSWORD, PIN = "four words of mine", "4827"
MINUTES = 5


hash_of = functools.cache(hashing.hash_of)
"""Once for all tests: each takes its time, as it must."""


class Door:
    """A station with its door, and short ways to go in and out."""

    def __init__(self, ward: Ward, theme: Theme, qtbot: QtBot) -> None:
        self.ward = ward
        self.qtbot = qtbot
        self.seconds = 0.0
        self.rings: list[None] = []
        self.opened: list[Tasks] = []
        self.clinic = replace(
            ward.clinic, store=StoreElsewhere(ward.store), acting="watch", actor="station"
        )
        tasks, self.watch = self.tasks_of(self.clinic), self.tasks_of(self.clinic)
        self.tasks = tasks
        self._theme = theme
        self.shell = Shell(
            tasks,
            self.watch,
            DoorPage("Neck Clinic", "0.1.0"),
            theme,
            self._make,
            idle_minutes=MINUTES,
            sweep_minutes=5,
            ring=lambda: self.rings.append(None),
            steady=lambda: self.seconds,
        )
        qtbot.addWidget(self.shell)
        self.shell.resize(1280, 800)

    def tasks_of(self, clinic: object) -> Tasks:
        made = Tasks(clinic, refusals=Refusal, outages=Unavailable)
        self.opened.append(made)
        return made

    def _make(self, user: User) -> StationWindow | Office:
        own = self.tasks_of(users.acting_as(self.clinic, user))
        if user.role == "admin":
            return Office(own, self.watch, "Neck Clinic", self._theme, 5)
        return StationWindow(
            own, "Neck Clinic", user.name, self._theme,
            fonts=RESOURCES / "fonts", sweep_minutes=5, watch=self.watch,
        )  # fmt: skip

    def employ(self, name: str, role: Role = "nurse", pin: str = PIN) -> None:
        user = User(user_id(name), name, role, hash_of(PASSWORD), hash_of(pin))
        with self.ward.store.begin() as work:
            work.users.add(user)
            work.commit()

    def wait(self, is_so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(is_so()), timeout=3_000)

    def open(self) -> None:
        self.shell.show()
        self.wait(lambda: self.door.tiles.count() or self.lines)

    @property
    def door(self) -> DoorPage:
        return self.shell.door

    @property
    def lines(self) -> dict[str, QLineEdit]:
        return self.door.form.lines

    @property
    def place(self) -> Any:
        return self.shell.place

    def choose(self, name: str) -> None:
        """Choose a tile with the keyboard."""
        self.wait(lambda: self.door.tiles.isVisible() and self.door.tiles.count())
        found = self.door.tiles.findItems(name, Qt.MatchFlag.MatchStartsWith)
        self.door.tiles.setCurrentItem(found[0])
        QTest.keyClick(self.door.tiles, Qt.Key.Key_Return)

    def fill(self, **said: str) -> None:
        for key, text in said.items():
            QTest.keyClicks(self.lines[key], text)
        QTest.keyClick(list(self.lines.values())[-1], Qt.Key.Key_Return)

    def come_in(self, name: str) -> Any:
        self.choose(name)
        self.wait(lambda: self.lines)
        self.fill(**{key: PIN if key == "pin" else PASSWORD for key in self.lines})
        self.wait(lambda: self.place is not None)
        return self.place

    def come_back(self, pin: str = PIN) -> None:
        self.wait(lambda: "pin" in self.lines and self.door.isVisible())
        self.fill(pin=pin)

    def let_pass(self, seconds: float) -> None:
        self.seconds += seconds
        self.shell.idling.tick()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the keyboard is: in the front dialog, or in the window."""
        front = QApplication.activeModalWidget() or self.shell
        target = front.focusWidget() or front
        QTest.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)

    def actions(self) -> list[str]:
        with self.ward.store.read() as work:
            day = builders.instant(0), builders.instant(400)
            return [line.action for line in reversed(work.audit.find(*day))]

    def seen(self) -> str:
        """Every word that stands in a visible window of the station."""
        words = []
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and not window.testAttribute(
                Qt.WidgetAttribute.WA_DontShowOnScreen
            ):
                words += [window.windowTitle()]
                for widget in window.findChildren(QWidget):
                    if widget.isVisible():
                        words += [_words(widget), widget.accessibleName(), widget.toolTip()]
        return " ".join(words)


@pytest.fixture
def at(ward: Ward, theme: Theme, qtbot: QtBot) -> Iterator[Door]:
    """A door with Ann and Ben, nurses, and Root, an administrator; Sample01 has a red alert."""
    ward.admit(1)
    door = Door(ward, theme, qtbot)
    for name, role in (("Ann", "nurse"), ("Ben", "lead"), ("Root", "admin"), ("Zoe", "auditor")):
        door.employ(name, role)  # type: ignore[arg-type]
    yield door
    door.shell.hide()
    for tasks in door.opened:
        tasks.close()


def _words(widget: QWidget) -> str:
    for name in ("text", "toPlainText"):
        said = getattr(widget, name, "")
        if callable(said):
            return str(said())
    return ""


def with_dialog(at: Door, place: StationWindow) -> QDialog:
    """A dialog of a place, with a draft in it, that has the keyboard."""
    dialog = QDialog(place)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    note = QPlainTextEdit(dialog)
    note.setPlainText("Sample01 told me")
    dialog.open()
    note.setFocus()
    return dialog


def note_of(dialog: QDialog) -> QPlainTextEdit:
    note = dialog.findChild(QPlainTextEdit)
    assert isinstance(note, QPlainTextEdit)
    return note


class TestTheDoor:
    def test_that_nothing_of_any_patient_is_seen_before_somebody_signs_in(self, at: Door) -> None:
        at.open()
        assert "Sample01" not in at.seen()
        assert [at.door.tiles.item(n).text() for n in range(4)] == [
            "Ann\nNurse",
            "Ben\nLead nurse",
            "Root\nAdministrator",
            "Zoe\nAuditor",
        ]

    def test_that_it_takes_the_password_first_and_the_pin_afterwards(self, at: Door) -> None:
        at.open()
        at.choose("Ann")
        assert list(at.lines) == ["password"]
        at.fill(password=PASSWORD)
        at.wait(lambda: at.place is not None)
        at.shell.lock()
        at.wait(lambda: list(at.lines) == ["pin"])
        at.come_back()
        at.wait(lambda: at.place is not None)
        assert at.actions()[-3:] == ["signed_in", "locked", "unlocked"]

    def test_that_it_takes_the_password_again_after_a_restart(
        self, at: Door, theme: Theme, qtbot: QtBot
    ) -> None:
        at.open()
        at.come_in("Ann")
        at.shell.hide()
        again = Door(at.ward, theme, qtbot)
        again.open()
        again.choose("Ann")
        assert list(again.lines) == ["password"]
        again.shell.hide()
        for tasks in again.opened:
            tasks.close()

    def test_that_it_takes_the_password_again_the_next_day(self, at: Door) -> None:
        at.open()
        at.come_in("Ann")
        at.ward.clock.advance(days=1)
        at.shell.lock()
        assert list(at.lines) == ["password"]

    def test_that_it_takes_the_password_after_a_sign_out(self, at: Door) -> None:
        at.open()
        at.come_in("Ann")
        at.shell.session.sign_out()
        at.choose("Ann")
        assert list(at.lines) == ["password"]
        assert "signed_out" in at.actions()

    def test_that_who_turned_away_before_the_answer_is_not_let_in(self, at: Door) -> None:
        at.open()
        at.choose("Ann")
        at.fill(password=PASSWORD)
        QTest.mouseClick(at.door.form.back, Qt.MouseButton.LeftButton)
        at.choose("Ben")
        asked: list[None] = []
        at.tasks.run(lambda _clinic: None, then=lambda _: asked.append(None))
        at.wait(lambda: asked)
        assert at.place is None
        assert at.door.form.isVisible()
        assert not at.door.form.refusal.isVisible()
        at.fill(password=PASSWORD)
        at.wait(lambda: at.place is not None)
        assert at.shell.session.here is not None
        assert at.shell.session.here.name == "Ben"

    def test_that_a_wrong_password_leaves_it_closed_and_the_field_empty(self, at: Door) -> None:
        at.open()
        at.choose("Ann")
        at.fill(password="a wrong password")
        at.wait(at.door.form.refusal.isVisible)
        assert at.place is None
        assert at.lines["password"].text() == ""
        at.fill(password=PASSWORD)
        at.wait(lambda: at.place is not None)

    def test_that_a_refusal_of_two_lines_can_be_read_whole(self, at: Door) -> None:
        at.open()
        at.choose("Ann")
        at.fill(password="not four words of mine")
        refusal = at.door.form.refusal
        at.wait(refusal.isVisible)
        at.door.show_refusal("After five wrong tries you have to wait for five minutes. " * 3)
        QTest.qWait(0)
        assert refusal.height() >= refusal.heightForWidth(refusal.width())

    def test_that_the_pin_of_somebody_else_does_not_open(self, at: Door) -> None:
        at.employ("Eve", pin="9163")
        at.open()
        at.come_in("Eve")
        at.shell.lock("switch")
        at.come_in("Ann")
        at.shell.lock()
        at.come_back("9163")
        at.wait(at.door.form.refusal.isVisible)
        assert at.place is None

    def test_that_who_was_changed_by_an_admin_has_to_go(self, at: Door) -> None:
        at.open()
        at.come_in("Ann")
        admin = replace(at.ward.clinic, acting="admin", actor="Root")
        users.change(admin, user_id("Ann"), is_active=False)
        at.shell.session.look_after()
        at.wait(lambda: at.place is None)
        assert list(at.lines) == ["password"]


class TestTheFirstUser:
    def test_that_a_station_without_users_makes_the_first(
        self, ward: Ward, theme: Theme, qtbot: QtBot
    ) -> None:
        at = Door(ward, theme, qtbot)
        at.open()
        assert list(at.lines) == ["name", "new", "again"]
        at.fill(name="Root", new=PASSWORD, again=PASSWORD)
        at.wait(lambda: list(at.lines) == ["new", "again"])
        at.fill(new=PIN, again=PIN)
        at.wait(lambda: at.place is not None)
        assert isinstance(at.place, Office)
        at.shell.hide()
        for tasks in at.opened:
            tasks.close()

    def test_that_a_password_set_by_an_admin_is_changed_before_anything_else(
        self, at: Door
    ) -> None:
        admin = replace(at.ward.clinic, acting="admin", actor="Root")
        users.add(admin, "New", "nurse", "set by the admin")
        at.open()
        at.choose("New")
        at.fill(password="set by the admin")
        at.wait(lambda: list(at.lines) == ["new", "again"])
        at.fill(new=PASSWORD, again="something else")
        assert at.door.form.refusal.isVisible()
        at.fill(new=PASSWORD, again=PASSWORD)
        at.wait(lambda: at.door.form.back.text() == "Not now")
        QTest.mouseClick(at.door.form.back, Qt.MouseButton.LeftButton)
        at.wait(lambda: at.place is not None)


class TestLocking:
    def test_that_control_l_locks_at_once_even_in_a_dialog(self, at: Door) -> None:
        at.open()
        dialog = with_dialog(at, at.come_in("Ann"))
        QTest.keyClick(note_of(dialog), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert at.place is None
        assert not dialog.isVisible()
        assert "Sample01" not in at.seen()

    def test_that_who_comes_back_finds_the_dialog_with_its_draft(self, at: Door) -> None:
        at.open()
        place = at.come_in("Ann")
        dialog = with_dialog(at, place)
        at.shell.lock()
        at.come_back()
        at.wait(lambda: at.place is place)
        assert dialog.isVisible()
        assert note_of(dialog).toPlainText() == "Sample01 told me"

    def test_that_a_dialog_that_opens_while_it_is_locked_is_not_seen_until_then(
        self, at: Door
    ) -> None:
        """The store was slow, and answered a question of before."""
        at.open()
        place = at.come_in("Ann")
        at.shell.lock()
        dialog = with_dialog(at, place)
        assert dialog.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        at.wait(lambda: not dialog.isVisible())
        assert "Sample01" not in at.seen()
        at.come_back()
        at.wait(dialog.isVisible)
        assert not dialog.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)

    @pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
    @pytest.mark.parametrize("asked", ["a", "c", "n", "p", "e", "Ctrl+E", "Ctrl+N", "Shift+P"])
    def test_that_every_dialog_belongs_to_the_place_of_who_opened_it(
        self, at: Door, asked: str
    ) -> None:
        """So it is hidden with it whenever it comes, and has its look and its size of text."""
        at.ward.raise_alert(1, Priority.AMBER)
        at.open()
        place = at.come_in("Ben")
        at.wait(lambda: place.panel.list.model().rowCount())
        at.press(Qt.Key.Key_Down)
        at.wait(lambda: place.page.state is not None)
        QTest.keySequence(place, QKeySequence(asked))
        at.wait(QApplication.activeModalWidget)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        assert dialog.parentWidget() is place
        dialog.reject()

    def test_that_keys_do_nothing_behind_the_door(self, at: Door) -> None:
        at.open()
        place = at.come_in("Ann")
        at.shell.lock()
        at.wait(at.door.isVisible)
        asked: list[object] = []
        place.kiosk_wanted.connect(lambda: asked.append("kiosk"))
        before = QApplication.topLevelWidgets()
        for key in (Qt.Key.Key_F1, Qt.Key.Key_F9, Qt.Key.Key_P, Qt.Key.Key_H, Qt.Key.Key_Escape):
            at.press(key)
        now = {window for window in QApplication.topLevelWidgets() if window.isVisible()}
        assert now <= set(before)
        assert asked == []
        assert not place.isVisible()

    def test_that_a_place_behind_the_door_asks_the_store_nothing(self, at: Door) -> None:
        at.open()
        place = at.come_in("Ann")
        at.shell.lock()
        assert not any(timer.isActive() for timer in place._timers)

    def test_that_nobody_hands_the_screen_over_from_behind_the_door(self, at: Door) -> None:
        at.open()
        place = at.come_in("Ann")
        handed: list[object] = []
        at.shell.handed_over.connect(lambda *given: handed.append(given))
        at.shell.lock()
        place.handed_over.emit("a welcome that came late")
        assert handed == []
        at.come_back()
        at.wait(lambda: at.place is place)
        place.handed_over.emit("a welcome")
        assert handed == [(place, "a welcome")]

    def test_that_a_screen_that_was_locked_at_a_patients_hands_comes_back_locked(
        self, at: Door
    ) -> None:
        at.open()
        place = at.come_in("Ann")
        place.step_aside()
        at.shell.lock("idle")
        at.wait(lambda: QApplication.focusWidget() is at.lines.get("pin"))
        place.come_back()
        assert not place.isVisible()
        assert QApplication.focusWidget() is at.lines["pin"]
        at.come_back()
        at.wait(place.isVisible)
        assert place.isEnabled()

    def test_that_monitoring_and_calls_go_on_without_a_name(self, at: Door) -> None:
        at.open()
        at.come_in("Ann")
        at.shell.lock()
        calls.call(at.ward.clinic, "urgent", "episode-1")
        at.ward.raise_alert(1, Priority.RED)
        at.shell._poll()
        at.wait(lambda: at.door.calls.isVisible() and at.door.urgent.isVisible())
        assert "A kiosk calls: desk" in at.door.calls.text()
        assert at.door.urgent.text() == "1 alert: act now. Sign in to see it."
        assert at.rings
        assert "Sample01" not in at.seen()


class TestIdling:
    def test_that_everything_is_covered_half_a_minute_before_it_is_locked(self, at: Door) -> None:
        at.open()
        dialog = with_dialog(at, at.come_in("Ann"))
        at.let_pass(60 * MINUTES - 31)
        assert dialog.isVisible()
        at.let_pass(1)
        assert at.shell.cover.isVisible()
        assert at.shell.cover.accessibleName() == "Locks in 30 seconds"
        assert not dialog.isVisible()
        assert "Sample01" not in at.seen()
        at.let_pass(29)
        assert at.shell.cover.accessibleName() == "Locks in 1 second"
        at.let_pass(1)
        assert at.place is None
        assert at.door.isVisible()

    def test_that_the_key_that_takes_the_cover_away_does_nothing_else(self, at: Door) -> None:
        at.open()
        dialog = with_dialog(at, at.come_in("Ann"))
        at.let_pass(60 * MINUTES - 5)
        QTest.keyClick(at.shell.cover, Qt.Key.Key_Escape)
        at.wait(dialog.isVisible)
        assert at.place is not None
        at.let_pass(60 * MINUTES - 31)
        assert not at.shell.cover.isVisible()

    def test_that_a_mouse_that_nobody_moves_does_not_take_the_cover_away(self, at: Door) -> None:
        """A desktop tells of a mouse again when a window under it has gone."""
        at.open()
        at.come_in("Ann")
        at.let_pass(60 * MINUTES - 5)
        for by, is_covered in ((QPoint(), True), (QPoint(3, 0), False)):
            where = QCursor.pos() + by
            here = at.shell.cover.mapFromGlobal(where)
            button, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
            moved = QMouseEvent(
                QEvent.Type.MouseMove, QPointF(here), QPointF(where), button, button, keys
            )
            QApplication.sendEvent(at.shell.cover, moved)
            assert at.shell.cover.isVisible() is is_covered

    def test_that_a_key_in_a_dialog_counts_as_touch(self, at: Door) -> None:
        at.open()
        dialog = with_dialog(at, at.come_in("Ann"))
        at.let_pass(60 * MINUTES - 60)
        QTest.keyClick(note_of(dialog), Qt.Key.Key_X)
        at.let_pass(60)
        assert dialog.isVisible()

    def test_that_what_is_touched_in_another_window_does_not_count(
        self, at: Door, qtbot: QtBot
    ) -> None:
        """The kiosk beside it, or the patient to whom the screen was handed."""
        at.open()
        at.come_in("Ann")
        kiosk = QLineEdit()
        qtbot.addWidget(kiosk)
        kiosk.show()
        at.let_pass(60 * MINUTES - 60)
        QTest.keyClick(kiosk, Qt.Key.Key_X)
        at.let_pass(60)
        assert at.place is None

    def test_that_a_machine_that_slept_is_locked_by_the_first_touch(self, at: Door) -> None:
        at.open()
        place = at.come_in("Ann")
        at.seconds += 3600
        QTest.mouseMove(place, place.rect().center())
        QTest.keyClick(place, Qt.Key.Key_F5)
        assert at.place is None


class TestSwitching:
    def test_that_each_has_a_place_of_their_own_and_finds_it_again(self, at: Door) -> None:
        at.open()
        anns = at.come_in("Ann")
        dialog = with_dialog(at, anns)
        at.shell.lock("switch")
        bens = at.come_in("Ben")
        assert bens is not anns
        assert not dialog.isVisible()
        at.shell.lock("switch")
        assert at.come_in("Ann") is anns
        assert dialog.isVisible()

    def test_that_what_is_done_is_signed_by_who_is_here(self, at: Door) -> None:
        at.open()
        anns = at.come_in("Ann")
        at.shell.lock("switch")
        bens = at.come_in("Ben")
        assert (anns._tasks.clinic.actor, anns._tasks.clinic.acting) == ("Ann", "nurse")
        assert (bens._tasks.clinic.actor, bens._tasks.clinic.acting) == ("Ben", "lead")

    def test_that_somebody_in_another_role_gets_another_place(self, at: Door) -> None:
        at.open()
        before = at.come_in("Ann")
        at.shell.lock()
        admin = replace(at.ward.clinic, acting="admin", actor="Root")
        users.change(admin, user_id("Ann"), role="auditor")
        at.come_back()
        at.wait(lambda: at.place is not None)
        assert at.place is not before
        assert at.place._tasks.clinic.acting == "auditor"

    def test_that_two_stations_know_nothing_of_each_other(
        self, at: Door, theme: Theme, qtbot: QtBot
    ) -> None:
        at.open()
        at.come_in("Ann")
        other = Door(at.ward, theme, qtbot)
        other.clinic = replace(other.clinic, station="other desk")
        other.tasks.serve(other.clinic)
        other.open()
        other.come_in("Ann")
        at.shell.lock()
        assert other.place is not None
        other.shell.hide()
        for tasks in other.opened:
            tasks.close()


class TestWatching:
    def test_that_a_sweep_that_takes_long_delays_nobody(self, at: Door) -> None:
        at.open()
        place = at.come_in("Ann")
        swept, gate = threading.Event(), threading.Event()
        answers: list[str] = []

        def sweep(clinic: Clinic) -> None:
            swept.set()
            gate.wait()

        at.watch.run(sweep)
        swept.wait()
        place._tasks.run(lambda clinic: clinic.actor, then=answers.append)
        at.wait(lambda: answers == ["Ann"])
        gate.set()

    def test_that_sweeps_are_made_by_the_watch_whoever_is_here(self, at: Door) -> None:
        at.open()
        place = at.come_in("Ann")
        assert place.monitoring._watch is at.watch
        assert at.watch.clinic.acting == "watch"

    def test_that_monitoring_is_watched_at_the_door_as_soon_as_it_opens(self, at: Door) -> None:
        with at.qtbot.waitSignal(at.shell.monitoring.checked):
            at.shell.show()
        at.wait(at.door.alarm.isHidden)


class TestRoles:
    def test_that_an_administrator_sees_status_people_and_audit_and_no_patient(
        self, at: Door
    ) -> None:
        at.open()
        office = at.come_in("Root")
        assert isinstance(office, Office)
        for page in range(3):
            office.show_page(page)
            at.wait(lambda: office.people_page.people or page != 1)  # noqa: B023
            assert "Sample01" not in at.seen()
        assert [one.name for one in office.people_page.people] == ["Ann", "Ben", "Root", "Zoe"]

    def test_that_an_auditor_reads_and_is_offered_nothing_else(self, at: Door) -> None:
        at.open()
        place = at.come_in("Zoe")
        offered = set(place._commands())
        assert {"patients", "audit", "tab_chart", "keys"} <= offered
        assert not offered & {
            "acknowledge", "snooze", "resolve", "reopen", "useful", "undo", "contact", "note",
            "enter", "hand_over", "edit", "register", "pause", "end", "slip",
        }  # fmt: skip

    def test_that_an_auditor_is_not_asked_for_an_alarm_that_is_not_theirs_to_confirm(
        self, at: Door
    ) -> None:
        at.open()
        nurses = at.come_in("Ann")
        at.wait(nurses.test_bar.isVisible)
        at.shell.lock("switch")
        place = at.come_in("Zoe")
        with at.qtbot.waitSignal(place.notices.counted):
            place.notices.poll()
        assert not place.test_bar.isVisible()
        assert "test" not in place._commands()

    def test_that_a_nurse_is_not_offered_the_audit(self, at: Door) -> None:
        at.open()
        place = at.come_in("Ann")
        assert "audit" not in place._commands()
        assert {"acknowledge", "enter", "edit"} <= set(place._commands())
