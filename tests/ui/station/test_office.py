"""The pages of an administrator: who works here, and who did what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from monitor.services import charting, hashing, users
from monitor.services.ports import Refusal, Unavailable, User
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme
from monitor.ui.station.office import Office
from monitor.ui.station.screens.form_dialog import FormDialog
from monitor.ui.station.screens.person_dialog import PersonDialog
from monitor.ui.station.securing import Securing
from tests.fakes import StoreElsewhere
from tests.ui.station.conftest import Ward

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

PASSWORD = "four words of mine"
WAIT_MS = 5_000


@pytest.fixture
def office(ward: Ward, theme: Theme, qtbot: QtBot) -> Iterator[Office]:
    """The office of Root, where Ann is a nurse; nobody else is an administrator."""
    ward.admit(1)
    nobody = replace(ward.clinic, acting="nobody")
    users.first(nobody, "Root", PASSWORD)
    admin = replace(ward.clinic, acting="admin", actor="Root", store=StoreElsewhere(ward.store))
    users.add(replace(admin, store=ward.store), "Ann", "nurse", PASSWORD)
    charting.chart(replace(ward.clinic, actor="Ann", acting="nurse"), "episode-1")
    tasks = Tasks(admin, refusals=Refusal, outages=Unavailable)
    made = Office(tasks, tasks, "Neck Clinic", theme, 5)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.show_page(1)
    qtbot.waitUntil(lambda: len(made.people_page.people) == 2, timeout=WAIT_MS)
    yield made
    made.hide()
    tasks.close()


def wait(qtbot: QtBot, is_so: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(is_so()), timeout=WAIT_MS)


def states(office: Office) -> dict[str, str]:
    return {one.name: f"{one.role}: {one.state}" for one in office.people_page.people}


def choose(office: Office, name: str) -> None:
    names = [one.name for one in office.people_page.people]
    office.people_page.table.selectRow(names.index(name))


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def person_dialog(office: Office) -> PersonDialog:
    dialog = office.employing.dialog
    assert isinstance(dialog, PersonDialog)
    return dialog


class TestPeople:
    def test_that_somebody_is_made_with_a_role_and_a_first_password(
        self, office: Office, qtbot: QtBot
    ) -> None:
        click(office.people_page.add)
        dialog = person_dialog(office)
        dialog.name.setText("Ben")
        dialog.role.setCurrentIndex(dialog.role.findData("lead"))
        dialog.password.setText(PASSWORD)
        dialog.again.setText("something else")
        QTest.keyClick(dialog.again, Qt.Key.Key_Return)
        assert dialog._refusal.isVisible()
        dialog.again.setText(PASSWORD)
        QTest.keyClick(dialog.again, Qt.Key.Key_Return)
        wait(qtbot, lambda: "Ben" in states(office))
        assert states(office)["Ben"] == "lead: Has to choose a password"
        assert office.employing.dialog is None

    def test_that_what_was_filled_in_stays_where_it_was_refused(
        self, office: Office, qtbot: QtBot
    ) -> None:
        click(office.people_page.add)
        dialog = person_dialog(office)
        dialog.name.setText("ann")
        dialog.password.setText(PASSWORD)
        dialog.again.setText(PASSWORD)
        click(dialog.store)
        wait(qtbot, dialog._refusal.isVisible)
        assert dialog._refusal.text() == "Somebody has that name already."
        assert dialog.name.text() == "ann"

    def test_that_a_role_is_changed_by_keyboard_alone(self, office: Office, qtbot: QtBot) -> None:
        choose(office, "Ann")
        QTest.keyClick(office.people_page.table, Qt.Key.Key_Return)
        dialog = person_dialog(office)
        QTest.keyClick(dialog.role, Qt.Key.Key_Down)
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
        wait(qtbot, lambda: states(office)["Ann"].startswith("lead"))

    def test_that_the_last_administrator_stays_and_it_is_said_why(
        self, office: Office, qtbot: QtBot
    ) -> None:
        choose(office, "Root")
        click(office.people_page.active)
        wait(qtbot, lambda: "administrator" in office.people_page._says.text())
        assert office.people_page.chosen is not None
        assert office.people_page.chosen.is_active

    def test_that_somebody_signs_in_no_more_and_again(self, office: Office, qtbot: QtBot) -> None:
        choose(office, "Ann")
        click(office.people_page.active)
        wait(qtbot, lambda: states(office)["Ann"] == "nurse: Cannot sign in")
        click(office.people_page.active)
        wait(qtbot, lambda: states(office)["Ann"] != "nurse: Cannot sign in")

    def test_that_a_password_is_set_for_somebody_who_forgot_it(
        self, office: Office, ward: Ward, qtbot: QtBot
    ) -> None:
        choose(office, "Ann")
        click(office.people_page.password)
        dialog = office.employing.dialog
        assert isinstance(dialog, FormDialog)
        for line in dialog.card.lines.values():
            line.setText("another four words")
        click(dialog.card.go)
        wait(qtbot, lambda: office.employing.dialog is None)
        ann = next(one for one in office.people_page.people if one.name == "Ann")
        nobody = replace(ward.clinic, acting="nobody")
        assert users.sign_in(nobody, ann.id, "another four words").must_change

    def test_that_a_lock_is_seen_and_ended(self, office: Office, ward: Ward, qtbot: QtBot) -> None:
        ann = next(one for one in office.people_page.people if one.name == "Ann")
        for _ in range(5):
            with pytest.raises(Refusal):
                users.sign_in(replace(ward.clinic, acting="nobody"), ann.id, "wrong")
        office.employing.presenter.refresh()
        wait(qtbot, lambda: "Locked" in states(office)["Ann"])
        choose(office, "Ann")
        click(office.people_page.release)
        wait(qtbot, lambda: "Locked" not in states(office)["Ann"])


class TestAudit:
    def rows(self, office: Office) -> list[list[str]]:
        model = office.audit_page.table.model()
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def test_that_who_viewed_a_patient_is_found_by_the_number(
        self, office: Office, qtbot: QtBot
    ) -> None:
        office.show_page(2)
        wait(qtbot, lambda: self.rows(office))
        page = office.audit_page
        page.patient.setText("1001")
        page.group.setCurrentIndex(page.group.findData("views"))
        QTest.keyClick(page.patient, Qt.Key.Key_Return)
        wait(qtbot, lambda: len(self.rows(office)) == 1)
        (row,) = self.rows(office)
        assert row[1:5] == ["Ann", "desk", "Chart opened", "1001"]

    def test_that_a_number_that_is_nobodys_says_so(self, office: Office, qtbot: QtBot) -> None:
        office.show_page(2)
        wait(qtbot, lambda: self.rows(office))
        office.audit_page.patient.setText("9999")
        office.audit_page.search()
        wait(qtbot, lambda: "No patient fits" in office.audit_page._says.text())
        assert self.rows(office) == []

    def test_that_pages_are_turned_to_older_and_newer(
        self, office: Office, ward: Ward, qtbot: QtBot
    ) -> None:
        with ward.store.begin() as work:
            for number in range(150):
                work.audit.add(ward.clinic.signed("code_issued", "episode-1", str(number)))
            work.commit()
        office.show_page(2)
        wait(qtbot, lambda: len(self.rows(office)) == 100)
        click(office.audit_page.older)
        wait(qtbot, lambda: office.audit_page._says.text().startswith("101 to"))
        assert not office.audit_page.older.isEnabled()
        click(office.audit_page.newer)
        wait(qtbot, lambda: office.audit_page._says.text().startswith("1 to 100"))


class TestOnesOwn:
    def test_that_a_pin_is_changed_with_the_password(
        self, office: Office, ward: Ward, qtbot: QtBot
    ) -> None:
        with ward.store.read() as work:
            root = next(user for user in work.users.all() if user.name == "Root")
        tasks = Tasks(
            replace(ward.clinic, acting="watch", store=StoreElsewhere(ward.store)),
            refusals=Refusal,
            outages=Unavailable,
        )
        securing = Securing(tasks, office)
        changed: list[User] = []
        securing.changed.connect(changed.append)
        securing.open("pin", root, office)
        assert securing.dialog is not None
        lines = securing.dialog.card.lines
        for key, text in (("password", PASSWORD), ("new", "1234"), ("again", "1234")):
            lines[key].setText(text)
        securing.dialog.card.submit()
        wait(qtbot, securing.dialog.card.refusal.isVisible)
        for key, text in (("password", PASSWORD), ("new", "4827"), ("again", "4827")):
            lines[key].setText(text)
        securing.dialog.card.submit()
        wait(qtbot, lambda: changed)
        assert hashing.is_right(changed[0].pin, "4827")
        tasks.close()
