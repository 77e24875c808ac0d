"""From the resting page to a known patient: number, date of birth, "is this you?"."""

from __future__ import annotations

from PySide6.QtCore import Signal

from monitor.services import access
from monitor.services.access import Welcome
from monitor.services.ports import Unavailable
from monitor.ui.kiosk import identity, wording
from monitor.ui.kiosk.guide import Guide
from monitor.ui.kiosk.identity import Entry
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.identify import IdentifyScreen
from monitor.ui.kiosk.screens.message import Confirm, Desk, Resting
from monitor.ui.kiosk.screens.rest import RestState
from monitor.ui.shared.tasks import Tasks

MOST_TRIES = 3


class Arrival(Guide):
    """Asks who is there. Whatever does not match is answered with one and the same sentence.

    Signals: arrived, with the Welcome of the patient who said "this is me".
    """

    arrived = Signal(object)

    def __init__(self, tasks: Tasks, clinic_name: str) -> None:
        super().__init__()
        self._tasks = tasks
        self._clinic_name = clinic_name
        self._entry: Entry | None = None
        self._welcome: Welcome | None = None
        self._tries = 0
        self._asking = False
        tasks.faulted.connect(self._on_fault)

    def begin(self) -> None:
        """Rest: forget whoever was there and offer to start."""
        self._entry = None
        self._welcome = None
        self._tries = 0
        self.shown.emit(RestState(self._clinic_name))

    def wire(self, screen: Screen) -> None:
        super().wire(screen)
        if isinstance(screen, IdentifyScreen):
            screen.typed.connect(lambda digit: self._edit(identity.type_digit, digit))
            screen.month_picked.connect(lambda month: self._edit(identity.pick_month, month))
            screen.erased.connect(lambda: self._edit(identity.erase))
            screen.cleared.connect(lambda: self._edit(identity.clear))
            screen.field_touched.connect(lambda name: self._edit(identity.choose_field, name))

    def go_on(self) -> None:
        if self._asking:
            return
        if self._welcome is not None:
            self.arrived.emit(self._welcome)
        elif self._entry is None:
            self._show_entry(Entry())
        elif self._entry.is_whole:
            self._ask(self._entry)
        else:
            self._show_entry(identity.next_field(self._entry))

    def skip(self) -> None:
        """No, this is not me; or: I need help."""
        if self._welcome is not None:
            self.begin()
        elif self._entry is not None and not self._asking:
            self._send_to_desk()

    def expire(self) -> None:
        self.begin()

    def _edit(self, change: object, *value: object) -> None:
        if self._entry is not None and not self._asking and callable(change):
            self._show_entry(change(self._entry, *value))

    def _show_entry(self, entry: Entry, note: str = "") -> None:
        self._entry = entry
        self.shown.emit(wording.identify_state(entry, note))

    def _ask(self, entry: Entry) -> None:
        if entry.birth_date is None:
            self._not_matched()
            return
        self._asking = True
        self._tasks.run(
            access.identify,
            entry.number,
            entry.birth_date,
            then=self._matched,
            failed=self._refused,
        )

    def _matched(self, welcome: Welcome) -> None:
        self._asking = False
        self._entry = None
        self._welcome = welcome
        name = f"{welcome.given_name} {welcome.family_initial}."
        born = self.tr("Hello, {name} You were born in {month}.")
        self.shown.emit(
            Confirm(
                title=self.tr("Is this you?"),
                text=born.format(name=name, month=wording.month_name(welcome.birth_month)),
                go_on=self.tr("Yes, this is me"),
                second=self.tr("No, this is not me"),
            )
        )

    def _refused(self, error: Exception) -> None:
        self._asking = False
        if isinstance(error, Unavailable):
            self._show_resting()
        else:
            self._not_matched()

    def _not_matched(self) -> None:
        self._tries += 1
        if self._tries >= MOST_TRIES or self._entry is None:
            self._send_to_desk()
            return
        note = self.tr("We could not match that. Please check or ask at the desk.")
        self._show_entry(identity.try_anew(self._entry), note)

    def _send_to_desk(self) -> None:
        self._entry = None
        self.shown.emit(
            Desk(
                title=self.tr("Please ask at the desk."),
                text=self.tr("A member of staff will help you to sign in."),
            )
        )

    def _on_fault(self, error: Exception) -> None:
        """A bug elsewhere is not ours to show; one while we wait for an answer is."""
        if self._asking:
            self._asking = False
            self._show_resting()

    def _show_resting(self) -> None:
        self._entry = None
        self.shown.emit(
            Resting(
                title=self.tr("This screen is resting."),
                text=self.tr("Please ask at the desk. Nothing was lost."),
            )
        )
