"""Puts the forms for patients and their procedures together with what stores them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from monitor.services.ports import Conflict, Refusal
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station import enrolling, registration
from monitor.ui.station.enrolling import Checked
from monitor.ui.station.forms import (
    Alike,
    Draft,
    FormState,
    FormTyped,
    PatientTyped,
    ProcedureTyped,
    Registered,
)
from monitor.ui.station.one_dialog import OneDialog
from monitor.ui.station.registration import Begun, Subject
from monitor.ui.station.screens.register_dialog import RegisterDialog
from monitor.ui.station.screens.registered_dialog import RegisteredDialog
from monitor.ui.station.views import Told


class RegistrationPresenter(QObject):
    """Talks to the services for one form at a time.

    Signals:
        begun: a form may be shown (FormState).
        alike: who may be the same person (tuple of Alike), None where too little is typed.
        faulted: nothing is stored; what is wrong, by field (dict).
        stored: it is (Checked).
        refused: it is not: the sentence, and whether it may be tried again as it is (bool).
    """

    begun = Signal(object)
    alike = Signal(object)
    faulted = Signal(object)
    stored = Signal(object)
    refused = Signal(str, bool)

    def __init__(self, tasks: Tasks, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language
        self._subject: Subject | None = None

    def begin_new(self) -> None:
        """Read what a form for somebody new begins with."""
        self._begin(registration.begin_new)

    def begin_further(self, patient_id: str) -> None:
        """Read what a form for a further procedure begins with."""
        self._begin(registration.begin_further, patient_id)

    def begin_patient(self, patient_id: str) -> None:
        """Read what is known of a patient."""
        self._begin(registration.begin_patient, patient_id)

    def with_patient_of(self, episode_id: str, then: Callable[[str], None]) -> None:
        """Go on with the id of the patient whose follow-up it is."""
        self._tasks.run(registration.patient_of, episode_id, then=then, failed=self._refuse)

    def look(self, typed: PatientTyped) -> None:
        """Ask who is alike; only the newest question is answered."""
        if self._subject is None:
            return
        known = self._subject.patient
        self._tasks.run(
            registration.find_alike,
            typed,
            known.id if known else "",
            self._language,
            then=self.alike.emit,
            failed=lambda _error: None,  # the banner says that the store is away
            slot="alike",
        )

    def store(self, typed: FormTyped) -> None:
        """Store a form, or say what is wrong with it."""
        if self._subject is not None:
            self._tasks.run(
                enrolling.store,
                self._subject,
                typed,
                self._language,
                then=self._tell,
                failed=self._refuse,
            )

    def _begin(self, verb: Callable[..., Begun], *args: Any) -> None:
        self._tasks.run(
            verb, *args, self._language, then=self._take, failed=self._refuse, slot="form"
        )

    def _take(self, begun: Begun) -> None:
        self._subject = begun.subject
        self.begun.emit(begun.state)

    def _tell(self, checked: Checked) -> None:
        if checked.faults:
            self.faulted.emit(checked.faults)
        else:
            self.stored.emit(checked)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Conflict):
            self.refused.emit(self._who_was_first(error), False)
        elif isinstance(error, Refusal):
            self.refused.emit(self._reason(error), error.code == "nothing_changed")
        else:
            said = self.tr("It could not be stored now. Nothing was changed. Try again soon.")
            self.refused.emit(said, True)

    def _who_was_first(self, error: Conflict) -> str:
        who, at = error.details.get("by", ""), error.details.get("at", "")
        if not who:
            return self.tr(
                "This was changed in the meantime. Nothing of yours was stored; close and open "
                "this again."
            )
        said = self.tr(
            "{who} was first, at {at}. Nothing of yours was stored; close and open this again."
        )
        return said.format(who=who, at=at)

    def _reason(self, error: Refusal) -> str:
        if error.code == "not_allowed":
            return self.tr("Your role does not allow this.")
        if error.code == "nothing_changed":
            return self.tr("Nothing is changed yet.")
        return self.tr("This is not possible. Nothing was changed.")


class Registering(OneDialog):
    """Registers patients and procedures and edits patients; has no looks of its own.

    Signals:
        opened: this follow-up is to be opened (episode id).
        sought: a patient without one is to be found (clinic number).
        slip_wanted: a desk slip is to be made (episode id).
        card_wanted: a card is to be made (episode id).
    """

    opened = Signal(str)
    sought = Signal(str)
    slip_wanted = Signal(str)
    card_wanted = Signal(str)

    dialog: RegisterDialog | None

    def __init__(self, tasks: Tasks, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.offer: RegisteredDialog | None = None
        self._drafts: dict[str, Draft] = {}
        self._key = ""
        self._handed_on: ProcedureTyped | None = None
        self._replaced = ""
        self._sent_keys = ("", "")
        self.presenter = RegistrationPresenter(tasks, language, self)
        self.presenter.begun.connect(self._show)
        self.presenter.alike.connect(self._show_alike)
        self.presenter.faulted.connect(self._show_faults)
        self.presenter.stored.connect(self._finish)
        self.presenter.refused.connect(self._refuse)

    def open(self) -> None:
        """Ask for the form for somebody new."""
        self._begin("new", self.presenter.begin_new)

    def open_patient(self, episode_id: str) -> None:
        """Ask for the form for what is known of the patient of a follow-up."""
        self.presenter.with_patient_of(
            episode_id,
            lambda patient_id: self._begin(
                f"patient {patient_id}", partial(self.presenter.begin_patient, patient_id)
            ),
        )

    def open_further(self, episode_id: str) -> None:
        """Ask for the form for a further procedure of the patient of a follow-up."""
        self.presenter.with_patient_of(
            episode_id, lambda patient_id: self._begin(*self._further(patient_id))
        )

    def open_first(self, patient_id: str) -> None:
        """Ask for the form for the procedure of a patient of whom none is recorded."""
        self._begin(*self._further(patient_id))

    def _further(self, patient_id: str) -> tuple[str, Callable[[], None]]:
        return f"further {patient_id}", partial(self.presenter.begin_further, patient_id)

    def _begin(self, key: str, begin: Callable[[], None], replaced: str = "") -> None:
        """replaced: the draft that is none any more once this is stored."""
        if self.dialog is None:
            self._key, self._replaced = key, replaced
            begin()

    def _show(self, state: FormState) -> None:
        if self.dialog is not None:
            return
        dialog = RegisterDialog(
            registration.with_draft(state, self._drafts.get(self._key), self._handed_on),
            partial(registration.said_birth, today=state.today),
            partial(registration.said_day, today=state.today),
            self.parentWidget(),
        )
        self._handed_on = None
        self._own(dialog)
        dialog.alike_wanted.connect(self.presenter.look)
        dialog.confirmed.connect(self.presenter.store)
        dialog.open_wanted.connect(self._open_alike)
        dialog.add_wanted.connect(self._add_to_alike)
        dialog.rejected.connect(self._keep)
        dialog.open()

    def _show_alike(self, alike: tuple[Alike, ...] | None) -> None:
        if self.dialog is not None:
            self.dialog.show_alike(alike)

    def _show_faults(self, faults: dict[str, str]) -> None:
        if self.dialog is not None:
            self.dialog.show_faults(faults)

    def _keep(self) -> None:
        if self.dialog is not None:
            self._drafts[self._key] = Draft(self.dialog.state.known, self.dialog.typed())

    def _open_alike(self, one: Alike) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        if one.episode_id:
            self.opened.emit(one.episode_id)
        else:
            self.sought.emit(one.number)

    def _add_to_alike(self, one: Alike) -> None:
        """The procedure in the form is somebody else's: it goes along, the person stays a draft."""
        if self.dialog is not None:
            self._handed_on = self.dialog.typed().procedure
            self.dialog.reject()
        self._begin(*self._further(one.patient_id), replaced="new")

    def _note_sent(self, *_answer: object) -> None:
        super()._note_sent()
        self._sent_keys = (self._key, self._replaced)

    def _finish(self, checked: Checked) -> None:
        for key in self._sent_keys:
            self._drafts.pop(key, None)
        self._accept_sent()
        self.stored.emit()
        if not checked.evaluated:
            said = self.tr("It is stored; what it says is judged at the next check.")
            self.told.emit(Told(said))
        if checked.done is None:
            self.told.emit(Told(self.tr("The patient is changed.")))
        else:
            self.opened.emit(checked.done.episode_id)
            self._offer(checked.done)

    def _offer(self, done: Registered) -> None:
        """Offer what is handed over the desk."""
        offer = RegisteredDialog(done, self.parentWidget())
        offer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer.slip_wanted.connect(lambda: self.slip_wanted.emit(done.episode_id))
        offer.card_wanted.connect(lambda: self.card_wanted.emit(done.episode_id))
        offer.finished.connect(self._forget_offer)
        self.offer = offer
        offer.open()

    def _forget_offer(self) -> None:
        self.offer = None

    def _refuse(self, text: str, again: bool) -> None:
        self._show_refusal(text, again=again)
