"""Makes what a patient takes along from the desk: a slip with today's code, or a card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from monitor.services import desk_codes, printing
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Refusal
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme
from monitor.ui.station import wording
from monitor.ui.station.dates import weekday_date
from monitor.ui.station.forms import Paper
from monitor.ui.station.screens.slip_dialog import Output, SlipDialog, SlipKind
from monitor.ui.station.views import Told

translate = QCoreApplication.translate

_ON_A_CARD = re.compile(r"[0-9]{3,12}")
"""A clinic number that a kiosk's reader takes: a shorter text could be a person who types."""


@dataclass(frozen=True)
class Made:
    """A slip or card and whose it is (`who`, as in a dialog)."""

    episode_id: str
    kind: SlipKind
    who: str
    paper: Paper


def make_slip(clinic: Clinic, episode_id: str) -> Made:
    """Issue a code for today, and make the slip that says it; refuses as `desk_codes.issue`."""
    code = desk_codes.issue(clinic, episode_id)
    who, name = _who(clinic, episode_id)
    today = weekday_date(clinic.today(), clinic.today())
    paper = Paper(
        title=clinic.name,
        who=name,
        code=f"{code[:3]} {code[3:]}",
        scan=f"RWC{code}",
        until=translate("station", "Your code for {date}").format(date=today),
        steps=(
            translate("station", "Go to the kiosk and touch “Start”."),
            translate("station", "Hold the square to the reader, or touch “I have a code from the "
                                 "desk” and type it."),
            translate("station", "Answer the questions and touch “Send”."),
        ),
        foot=translate(
            "station", "The code signs in once, today only. Please ask at the desk for another."
        ),
    )  # fmt: skip
    return Made(episode_id, "slip", who, paper)


@needs("print")
def make_card(clinic: Clinic, episode_id: str) -> Made:
    """Make the card with the clinic number of a patient; nothing is issued."""
    who, name = _who(clinic, episode_id)
    with clinic.store.read() as work:
        number = work.patients.get(work.episodes.get(episode_id).patient_id).number
    hold = translate(
        "station", "Hold the square to the reader, or touch “I have my clinic number” and type it."
    )
    kiosk_reads = _ON_A_CARD.fullmatch(number) is not None
    paper = Paper(
        title=clinic.name,
        who=name,
        code=wording.grouped(number),
        scan=f"RWN{number}" if kiosk_reads else "",
        until=translate("station", "Your clinic number"),
        steps=(
            translate("station", "Go to the kiosk and touch “Start”."),
            hold if kiosk_reads else translate("station", "Ask at the desk for a code for today."),
            translate("station", "Say when you were born."),
        )[: 3 if kiosk_reads else 2],
        foot=translate("station", "Please bring this card to every visit."),
    )
    return Made(episode_id, "card", who, paper)


def _who(clinic: Clinic, episode_id: str) -> tuple[str, str]:
    """Who it is, as staff tell patients apart, and as much of the name as may lie about."""
    with clinic.store.read() as work:
        patient = work.patients.get(work.episodes.get(episode_id).patient_id)
    who = translate("station", "{name}, No. {number}")
    initial = f"{patient.family_name[:1]}." if patient.family_name else ""
    return (
        who.format(name=wording.name_of(patient), number=wording.grouped(patient.number)),
        f"{patient.given_name} {initial}".strip(),
    )


class DeskPresenter(QObject):
    """Talks to the services for slips and cards.

    Signals:
        made: a slip or card can be shown (Made).
        noted: that it is printed stands in the record, so it may be (Output).
        refused: it is not made, or may not be printed: why (str).
    """

    made = Signal(object)
    noted = Signal(object)
    refused = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def make(self, episode_id: str, kind: SlipKind) -> None:
        """Make a slip or a card for the patient of a follow-up."""
        verb = make_slip if kind == "slip" else make_card
        self._tasks.run(verb, episode_id, then=self.made.emit, failed=self._refuse)

    def note(self, episode_id: str, kind: SlipKind, output: Output) -> None:
        """Write down that it is printed, before it is."""
        self._tasks.run(
            printing.note_printed,
            episode_id,
            kind,
            output.how,
            then=lambda _noted: self.noted.emit(output),
            failed=self._refuse,
        )

    def _refuse(self, error: Exception) -> None:
        code = error.code if isinstance(error, Refusal) else ""
        said = {
            "episode_closed": self.tr("This follow-up is closed: nobody signs in for it."),
            "not_allowed": self.tr("Your role does not allow this."),
        }
        away = self.tr("This is not possible now: the database does not answer.")
        self.refused.emit(said.get(code, away))


class Desk(QWidget):
    """Shows slips and cards; has no looks of its own.

    Signals:
        told: what stands in the way (Told).
    """

    told = Signal(object)

    def __init__(self, tasks: Tasks, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._theme = theme
        self.dialog: SlipDialog | None = None
        self._opening = False
        self.presenter = DeskPresenter(tasks, self)
        self.presenter.made.connect(self._show)
        self.presenter.noted.connect(self._put_out)
        self.presenter.refused.connect(self._refuse)

    def open(self, episode_id: str) -> None:
        """Issue a code for today, and show the slip that says it."""
        self._make(episode_id, "slip")

    def open_card(self, episode_id: str) -> None:
        """Show the card of the patient of a follow-up."""
        self._make(episode_id, "card")

    def _make(self, episode_id: str, kind: SlipKind) -> None:
        if self.dialog is None and not self._opening:
            self._opening = True
            self.presenter.make(episode_id, kind)

    def _show(self, made: Made) -> None:
        if self.dialog is None:
            if not self._opening:
                return  # it was closed while the other paper was made
            dialog = SlipDialog(self._theme, made.who, made.kind, self.parentWidget())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.kind_wanted.connect(
                lambda kind: self.presenter.make(
                    made.episode_id, "card" if kind == "card" else "slip"
                )
            )
            dialog.output_chosen.connect(partial(self._note, made.episode_id))
            dialog.finished.connect(self._forget)
            self.dialog = dialog
            dialog.open()
        self._opening = False
        self.dialog.show_paper(made.kind, made.paper)

    def _note(self, episode_id: str, output: Output) -> None:
        if self.dialog is not None:
            self.presenter.note(episode_id, self.dialog.kind, output)

    def _put_out(self, output: Output) -> None:
        if self.dialog is not None:
            self.dialog.put_out(output)

    def _refuse(self, text: str) -> None:
        self._opening = False
        if self.dialog is not None:
            self.dialog.show_refusal(text)
        else:
            self.told.emit(Told(text, bad=True))

    def _forget(self) -> None:
        self.dialog = None
