"""Lets a nurse log contacts, write notes, escalate, and strike what was wrong."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from monitor.domain.protocol import Priority
from monitor.services import contacts
from monitor.services.clinic import Clinic
from monitor.services.contacts import HAPPENED, Deed, Logged
from monitor.services.ports import ATTEMPTS, Conflict, Contact
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.texts import Words, word
from monitor.ui.station.acting import refusal_words, told_by
from monitor.ui.station.contact_views import Asked, ContactEntry, ContactSheet, Pairs
from monitor.ui.station.dates import day_and_month
from monitor.ui.station.one_dialog import OneDialog
from monitor.ui.station.screens.contact_dialog import ContactDialog
from monitor.ui.station.screens.escalate_dialog import EscalateDialog
from monitor.ui.station.screens.note_dialog import NoteDialog
from monitor.ui.station.screens.strike_dialog import StrikeDialog
from monitor.ui.station.timeline import result_words
from monitor.ui.station.views import PatientState, Told

translate = QCoreApplication.translate

_SHOWN = 60
"""Letters of an entry by which it is told from others."""

Dialog = ContactDialog | NoteDialog | EscalateDialog | StrikeDialog


def read_sheet(clinic: Clinic, episode_id: str, language: str) -> ContactSheet:
    """What the dialogs of one patient offer; who it is comes with their page."""
    codes = contacts.codes(clinic, episode_id)
    words = codes.protocol.words[language]
    ticked = codes.protocol.contacts
    today = clinic.today()
    return ContactSheet(
        episode_id=episode_id,
        who="",
        phone=codes.phone,
        today=today,
        kinds=_pairs("contact", (*ATTEMPTS, *HAPPENED), words),
        attempts=frozenset(ATTEMPTS),
        findings=_pairs("finding", ticked.findings, words),
        advice=_pairs("advice", ticked.advice, words),
        urgencies=_pairs("priority", tuple(Priority), words),
        recipients=codes.recipients,
        written=tuple(
            (one.id, _entry_words(one, day_and_month(one.date, today), words))
            for one in codes.written
        ),
    )


def _pairs(family: str, codes: tuple[str, ...], words: Words) -> Pairs:
    return tuple((code, word(f"{family}.{code}", words)) for code in codes)


def _entry_words(contact: Contact, day: str, words: Words) -> str:
    kind = word(f"contact.{contact.kind}", words)
    result = result_words()[contact.result] if contact.result else ""
    said = " · ".join(part for part in (day, kind, result, contact.by, contact.text) if part)
    return said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1].rstrip()}…"


def store(clinic: Clinic, entry: ContactEntry, urgency: str) -> Logged:
    """Store what a dialog told. urgency: of an escalation, in words; it begins its text."""
    if entry.strikes:
        return contacts.strike(clinic, entry.strikes, entry.text)
    text = f"{urgency}: {entry.text}" if urgency else entry.text
    contact = Contact(
        id=entry.id,
        episode_id=entry.episode_id,
        date=entry.date,
        kind=entry.kind,
        text=text,
        by=clinic.actor,
        result=entry.result,  # type: ignore[arg-type]
        findings=entry.findings,
        advice=entry.advice,
        next_on=entry.next_on,
        to=entry.to,
        alert_id=entry.alert_id,
    )
    outcome = "" if entry.deed == "acknowledge" else entry.deed
    deed = Deed(entry.version, outcome) if entry.deed else None
    try:
        return contacts.log(clinic, contact, deed)
    except Conflict as error:
        raise told_by(clinic, entry.alert_id, error) from error


def take_back(clinic: Clinic, logged: Logged) -> Logged:
    """Undo what was just stored."""
    version = logged.alert.version if logged.alert is not None else None
    try:
        return contacts.take_back(clinic, logged.contact.id, version)
    except Conflict as error:
        raise told_by(clinic, logged.contact.alert_id, error) from error


@dataclass(frozen=True)
class _Wanted:
    """A dialog that was asked for before what it offers had been read."""

    asked: Asked
    alert_id: str


class ContactPresenter(QObject):
    """Talks to the services for what is written down about the patient on the page.

    Signals:
        read: what the dialogs offer now (ContactSheet).
        stored: what was stored (ContactEntry), and what to say of it (Told).
        refused: it is not: the sentence, and whether it may be tried again as it is (bool).
        undone: what was stored is taken back (Told).
    """

    read = Signal(object)
    stored = Signal(object, object)
    refused = Signal(str, bool)
    undone = Signal(object)

    def __init__(self, tasks: Tasks, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language

    def read_for(self, episode_id: str) -> None:
        """Read what the dialogs of a patient offer."""
        self._tasks.run(
            read_sheet,
            episode_id,
            self._language,
            then=self.read.emit,
            failed=_wait,
            slot="contact sheet",
        )

    def store(self, entry: ContactEntry, urgency: str) -> None:
        self._tasks.run(
            store,
            entry,
            urgency,
            then=lambda logged: self.stored.emit(entry, self._said(entry, logged)),
            failed=self._refuse,
        )

    def _take_back(self, logged: Logged) -> None:
        self._tasks.run(
            take_back,
            logged,
            then=lambda _: self.undone.emit(Told(self.tr("Undone: the entry is struck."))),
            failed=self._refuse,
        )

    def _said(self, entry: ContactEntry, logged: Logged) -> Told:
        if entry.strikes:
            return Told(self.tr("The entry is struck; it stays in the timeline."))
        undo = partial(self._take_back, logged)
        if entry.kind == "escalation":
            said = self.tr("Written down: escalated to {name}.").format(name=entry.to)
        elif entry.kind == "note":
            said = self.tr("The note is stored.")
        else:
            said = self.tr("The contact is logged.")
        if entry.deed == "acknowledge":
            done = self.tr("In hand: {alert}.").format(alert=entry.about)
        elif entry.deed:
            done = self.tr("Closed: {alert}.").format(alert=entry.about)
        else:
            done = ""
        return Told(f"{said} {done}".strip(), undo)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(*refusal_words(error))


def _asked_by(entry: ContactEntry) -> Asked:
    """The dialog that asked for an entry."""
    if entry.strikes:
        return "strike"
    if entry.kind == "note":
        return "note"
    return "escalation" if entry.kind == "escalation" else "contact"


def _wait(_error: Exception) -> None:
    """An outage is the banner's matter; the dialog opens when the page is read again."""


class Contacting(OneDialog):
    """Puts the dialogs for contacts and their presenter together; has no looks of its own.

    What the dialogs offer is read with the page, so that they open at once: keys typed one
    after the other (C, N, Enter) must not fall on the page.

    Signals:
        stale: it was refused because what is shown is old; whoever shows it reads again.
        summary_wanted: an escalation is stored and a summary goes with it (episode id).
    """

    stale = Signal()
    summary_wanted = Signal(str)

    dialog: Dialog | None

    def __init__(self, tasks: Tasks, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._asked: Asked = "contact"
        self._page: PatientState | None = None
        self._sheet: ContactSheet | None = None
        self._wanted: _Wanted | None = None
        self._drafts: dict[tuple[Asked, str], ContactEntry] = {}
        self.presenter = ContactPresenter(tasks, language, self)
        self.presenter.read.connect(self._take_sheet)
        self.presenter.stored.connect(self._finish)
        self.presenter.refused.connect(self._refuse)
        self.presenter.undone.connect(self._tell_undone)

    def show_patient(self, state: PatientState) -> None:
        """This page is in front now, or it has changed: read what can be written about it."""
        if self._page is None or self._page.episode_id != state.episode_id:
            self._wanted = None
        self._page = state
        self.presenter.read_for(state.episode_id)
        dialog = self.dialog
        if isinstance(dialog, ContactDialog | EscalateDialog) and dialog.refusal:
            dialog.show_cards(state.cards)

    def ask(self, asked: Asked, alert_id: str = "") -> None:
        """Open a dialog for the patient on the page. alert_id: what it is about, "" nothing."""
        if self._page is None or self.dialog is not None:
            return
        if self._sheet is None or self._sheet.episode_id != self._page.episode_id:
            self._wanted = _Wanted(asked, alert_id)
            return
        page = self._page
        sheet = replace(self._sheet, who=page.who, cards=page.cards)
        if asked == "strike" and not sheet.written:
            self.told.emit(Told(self.tr("There is no entry to strike.")))
            return
        self._open(asked, self._dialogs(sheet, alert_id)[asked]())

    def _dialogs(self, sheet: ContactSheet, alert_id: str) -> dict[Asked, Callable[[], Dialog]]:
        window = self.parentWidget()
        return {
            "contact": lambda: ContactDialog(sheet, alert_id, window),
            "note": lambda: NoteDialog(sheet, window),
            "escalation": lambda: EscalateDialog(sheet, alert_id, window),
            "strike": lambda: StrikeDialog(sheet, window),
        }

    def _open(self, asked: Asked, dialog: Dialog) -> None:
        self._asked = asked
        self._entry_id = uuid.uuid4().hex
        self._own(dialog)
        if (draft := self._drafts.get((asked, dialog.episode_id))) is not None:
            dialog.restore(draft)
        dialog.confirmed.connect(self._store)
        dialog.rejected.connect(self._keep_draft)
        if isinstance(dialog, ContactDialog):
            dialog.escalation_wanted.connect(self._escalate)
        dialog.open()

    def _store(self, entry: ContactEntry) -> None:
        urgencies = dict(self._sheet.urgencies) if self._sheet is not None else {}
        entry = replace(entry, id=self._entry_id)
        self.presenter.store(entry, urgencies.get(entry.urgency, ""))

    def _keep_draft(self) -> None:
        if self.dialog is not None:
            self._drafts[self._asked, self.dialog.episode_id] = self.dialog.draft()

    def _escalate(self) -> None:
        """Go on in the other dialog with what was typed in this one."""
        assert self._page is not None, "the dialog was about somebody"
        episode_id = self._page.episode_id
        typed = self._drafts[("contact", episode_id)]
        self._drafts["escalation", episode_id] = replace(typed, kind="escalation")
        self.ask("escalation", typed.alert_id)

    def _finish(self, entry: ContactEntry, told: Told) -> None:
        self._drafts.pop((_asked_by(entry), entry.episode_id), None)
        self._accept_sent()
        self.told.emit(told)
        self.stored.emit()
        if entry.prints:
            self.summary_wanted.emit(entry.episode_id)

    def _tell_undone(self, told: Told) -> None:
        self.told.emit(told)
        self.stored.emit()

    def _refuse(self, text: str, again: bool) -> None:
        """Say why it was not done; where that is not an outage, what is shown is old."""
        self._show_refusal(text, again=again)
        if not again:
            self.stale.emit()

    def _take_sheet(self, sheet: ContactSheet) -> None:
        self._sheet = sheet
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._page and self._page.episode_id == sheet.episode_id:
            self.ask(wanted.asked, wanted.alert_id)
