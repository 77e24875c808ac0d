"""Shows who works here to whoever administers it, and changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Signal

from monitor.services import users
from monitor.services.clinic import Clinic
from monitor.services.permissions import Role
from monitor.services.ports import Refusal
from monitor.services.users import Standing, Stored
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.doorway import refusal_words, role_words
from monitor.ui.station.keeping import PersonEntry, PersonRow


class PeoplePresenter(QObject):
    """Reads the users and changes them.

    Signals:
        shown: everybody (tuple of PersonRow).
        stored: something was changed, and what is said about it (str).
        refused: it was not, and why (str).
    """

    shown = Signal(object)
    stored = Signal(str)
    refused = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def refresh(self) -> None:
        """Read everybody anew."""
        self._tasks.run(users.everybody, then=self._take, failed=self._refuse(""), slot="people")

    def add(self, entry: PersonEntry) -> None:
        said = self.tr("{name} can sign in, and then chooses their own password.")
        self._tasks.run(
            users.add,
            entry.name,
            cast("Role", entry.role),
            entry.password,
            then=self._say(said),
            failed=self._refuse(entry.name),
        )

    def change(self, person: PersonRow, entry: PersonEntry) -> None:
        """Change name and role."""

        def verb(clinic: Clinic) -> Stored:
            role = cast("Role", entry.role)
            return users.change(clinic, person.id, name=entry.name, role=role)

        self._tasks.run(
            verb, then=self._say(self.tr("{name} is changed.")), failed=self._refuse(entry.name)
        )

    def activate(self, person: PersonRow, *, is_active: bool) -> None:
        """Let somebody sign in, or not any more."""

        def verb(clinic: Clinic) -> Stored:
            return users.change(clinic, person.id, is_active=is_active)

        said = self.tr("{name} can sign in again.")
        if not is_active:
            said = self.tr("{name} can sign in no more; what they did stays signed.")
        self._tasks.run(verb, then=self._say(said), failed=self._refuse(person.name))

    def set_password(self, person: PersonRow, password: str) -> None:
        said = self.tr("{name} has a new password, and changes it at the next sign-in.")
        self._tasks.run(
            users.set_password,
            person.id,
            password,
            then=self._say(said),
            failed=self._refuse(person.name),
        )

    def release(self, person: PersonRow) -> None:
        """End a lock after wrong tries."""
        said = self.tr("{name} can try again.")
        self._tasks.run(
            users.release, person.id, then=self._say(said), failed=self._refuse(person.name)
        )

    def _say(self, said: str) -> Callable[[Stored], None]:
        def tell(stored: Stored) -> None:
            self.stored.emit(said.format(name=stored.user.name))
            self.refresh()

        return tell

    def _refuse(self, name: str) -> Callable[[Exception], None]:
        def tell(error: Exception) -> None:
            code = error.code if isinstance(error, Refusal) else ""
            self.refused.emit(refusal_words(code, name))

        return tell

    def _take(self, known: tuple[Standing, ...]) -> None:
        self.shown.emit(tuple(self._row(one) for one in known))

    def _row(self, one: Standing) -> PersonRow:
        if not one.is_active:
            state = self.tr("Cannot sign in")
        elif one.is_locked:
            state = self.tr("Locked for a few minutes: too many wrong tries")
        elif one.must_change:
            state = self.tr("Has to choose a password")
        else:
            state = self.tr("Active") if one.has_pin else self.tr("Active, no PIN")
        return PersonRow(
            one.id, one.name, one.role, role_words(one.role), state, one.is_active, one.is_locked
        )
