"""The way through the door of the station, and through the pages of an administrator."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from monitor.services.demo import PASSWORD, STAFF, USER_PIN
from monitor.ui.pictures.camera import Camera
from monitor.ui.pictures.person import Person, Stage
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.office import Office
from monitor.ui.station.shell import Shell

NURSE, ADMINISTRATOR = STAFF[0][0], STAFF[2][0]
COUNTDOWN = 27


class DoorWalk(Person):
    """Shows the door to the camera: who comes in, how, and what locks it again."""

    def __init__(self, stage: Stage, tasks: Tasks, camera: Camera, shell: Shell) -> None:
        super().__init__(stage, tasks, camera)
        self.window = self.shell = shell

    def walk(self) -> None:
        """Come in as a nurse, be locked out, and come in as an administrator."""
        self._open()
        self.wait_for("the users", lambda: self.shell.door.tiles.count() > 0)
        self.take("door-tiles")
        self._choose(NURSE)
        self.take("door-password")
        self._fill("not the password")
        self.wait_for("the refusal", self.shell.door.form.refusal.isVisible)
        self.take("door-refused")
        self._fill(PASSWORD)
        self._wait_inside()
        self.shell.idling.counted.emit(COUNTDOWN)
        self.take("door-cover")
        self.shell.idling.stirred.emit()
        self.shell.lock()
        self.settle()
        self.take("door-pin")
        self._fill(USER_PIN)
        self._wait_inside()
        self.shell.lock("switch")
        self.settle()
        self._administer()

    def walk_first(self) -> None:
        """Stand before the door of a clinic that has no users yet."""
        self._open()
        self.wait_for("the form", lambda: bool(self.shell.door.form.lines))
        self.take("door-first")

    def _administer(self) -> None:
        self._choose(ADMINISTRATOR)
        self._fill(PASSWORD)
        self._wait_inside()
        office = self.shell.place
        assert isinstance(office, Office), "an administrator sees no patient"
        filled: dict[str, Callable[[], bool]] = {
            "status": lambda: office.status_page.state is not None,
            "people": lambda: bool(office.people_page.people),
            "audit": lambda: office.audit_page.table.model().rowCount() > 0,
        }
        for number, (name, is_filled) in enumerate(filled.items()):
            office.show_page(number)
            self.wait_for("the page", is_filled)
            self.take(f"office-{name}")
        office.show_page(1)
        self.click(office.people_page.add)
        self.take("office-add")
        self.press(Qt.Key.Key_Escape)

    def _open(self) -> None:
        self.shell.show()
        self.settle()

    def _choose(self, name: str) -> None:
        tiles = self.shell.door.tiles
        self.wait_for("the users", lambda: tiles.isVisible() and tiles.count() > 0)
        tiles.setCurrentItem(tiles.findItems(name, Qt.MatchFlag.MatchStartsWith)[0])
        tiles.setFocus()
        self.press(Qt.Key.Key_Return)
        self.wait_for("the form", self.shell.door.form.isVisible)

    def _fill(self, secret: str) -> None:
        self.shell.door.form.take_keyboard()
        self.type(secret)
        self.press(Qt.Key.Key_Return)

    def _wait_inside(self) -> None:
        self.wait_for("the place", lambda: self.shell.place is not None)
        self.settle()
