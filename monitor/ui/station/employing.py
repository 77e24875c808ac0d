"""Puts the people page, its dialogs and its presenter together."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.doorway import Field, Form, role_words
from monitor.ui.station.keeping import PersonEntry, PersonRow
from monitor.ui.station.people import PeoplePresenter
from monitor.ui.station.screens.form_dialog import FormDialog
from monitor.ui.station.screens.people_page import PeoplePage
from monitor.ui.station.screens.person_dialog import PersonDialog


class Employing(QObject):
    """Lets an administrator make and change users; `page` is what is shown."""

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.page = PeoplePage()
        self.dialog: PersonDialog | FormDialog | None = None
        self.presenter = PeoplePresenter(tasks, self)
        self.presenter.shown.connect(self.page.show_people)
        self.presenter.stored.connect(self._finish)
        self.presenter.refused.connect(self._refuse)
        self.page.add_wanted.connect(self._ask_new)
        self.page.change_wanted.connect(self._ask_change)
        self.page.password_wanted.connect(self._ask_password)
        self.page.release_wanted.connect(self.presenter.release)
        self.page.active_wanted.connect(
            lambda one, is_active: self.presenter.activate(one, is_active=is_active)
        )

    def _ask_new(self) -> None:
        dialog = PersonDialog(self._roles(), None, self._window)
        dialog.confirmed.connect(self.presenter.add)
        self._open(dialog)

    def _ask_change(self, one: PersonRow) -> None:
        entry = PersonEntry(one.name, one.role)
        dialog = PersonDialog(self._roles(), entry, self._window)
        dialog.confirmed.connect(lambda entry: self.presenter.change(one, entry))
        self._open(dialog)

    def _ask_password(self, one: PersonRow) -> None:
        form = Form(
            "new_password",
            self.tr("Set the password of {name}").format(name=one.name),
            self.tr("They change it when they next sign in. Their PIN goes, and a lock ends."),
            (Field("new", self.tr("New password")), Field("again", self.tr("Once more"))),
            self.tr("Set password"),
            back=self.tr("Cancel"),
        )
        dialog = FormDialog(form, self._window)

        def submit(said: Mapping[str, str]) -> None:
            if said["new"] != said["again"]:
                dialog.show_refusal(self.tr("The two are not alike. Type them once more."))
            else:
                self.presenter.set_password(one, said["new"])

        dialog.submitted.connect(submit)
        self._open(dialog)

    def _open(self, dialog: PersonDialog | FormDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _finish(self, said: str) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self.page.say(said)

    def _refuse(self, said: str) -> None:
        if self.dialog is not None:
            self.dialog.show_refusal(said)
        else:
            self.page.say(said, bad=True)

    def _roles(self) -> tuple[tuple[str, str, str], ...]:
        said = {
            "nurse": self.tr("Sees patients, works on alerts, registers and prints."),
            "lead": self.tr("A nurse who also imports, exports and sets the kiosks' staff PIN."),
            "admin": self.tr("Makes users, reads the audit trail; sees no patient."),
            "auditor": self.tr("Reads everything, the audit trail too; changes nothing."),
        }
        return tuple((role, role_words(role), what) for role, what in said.items())
