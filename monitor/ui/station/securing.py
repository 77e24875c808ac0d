"""Changing one's own PIN and password while signed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from monitor.services import users
from monitor.services.ports import Refusal, User
from monitor.services.users import Stored
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.doorway import Field, Form, refusal_words
from monitor.ui.station.screens.form_dialog import FormDialog

Secret = Literal["pin", "password"]


class Securing(QObject):
    """Asks for the password and for what is to take its place, or that of the PIN.

    Signals:
        changed: it is done (the User as they are now).
    """

    changed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.dialog: FormDialog | None = None
        self._tasks = tasks

    def open(self, what: Secret, user: User, over: QWidget) -> None:
        """Ask whoever is signed in; `over` is the window of their place."""
        dialog = FormDialog(self._form(what), over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.submitted.connect(lambda said: self._submit(what, user, dialog, said))
        self.dialog = dialog
        dialog.open()

    def _submit(
        self, what: Secret, user: User, dialog: FormDialog, said: Mapping[str, str]
    ) -> None:
        def refuse(error: Exception) -> None:
            code = error.code if isinstance(error, Refusal) else ""
            dialog.show_refusal(refusal_words(code, user.name))

        def finish(stored: Stored) -> None:
            self.changed.emit(stored.user)
            dialog.accept()

        if said["new"] != said["again"]:
            refuse(Refusal("not_alike"))
            return
        verb = users.set_pin if what == "pin" else users.change_password
        self._tasks.run(verb, user.id, said["password"], said["new"], then=finish, failed=refuse)

    def _form(self, what: Secret) -> Form:
        password = Field("password", self.tr("Your password"))
        again = Field("again", self.tr("Once more"))
        if what == "pin":
            return Form(
                "new_pin",
                self.tr("Change PIN"),
                self.tr("Four to eight digits that do not simply count."),
                (password, Field("new", self.tr("New PIN")), again),
                self.tr("Set PIN"),
                back=self.tr("Cancel"),
            )
        return Form(
            "new_password",
            self.tr("Change password"),
            self.tr("12 signs or more; length is what counts, such as four words."),
            (password, Field("new", self.tr("New password")), again),
            self.tr("Set password"),
            back=self.tr("Cancel"),
        )
