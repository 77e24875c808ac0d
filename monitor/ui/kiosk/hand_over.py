"""A screen that a nurse hands to one patient and takes back with the PIN."""

from __future__ import annotations

from PySide6.QtCore import Signal

from monitor.services.access import Welcome
from monitor.ui.kiosk.arrival import confirm_page
from monitor.ui.kiosk.guide import Guide
from monitor.ui.kiosk.screens.message import GiveBack, MessageState


class HandOver(Guide):
    """Stands where arrival stands at a kiosk, for one patient who does not have to sign in.

    There is no rest and no second visit: whatever has ended, the screen is to be given back.

    Signals:
        arrived: with the Welcome of the patient, who said "this is me".
        given_back: staff have it again.
    """

    arrived = Signal(object)
    given_back = Signal()

    def __init__(self, welcome: Welcome) -> None:
        super().__init__()
        self._welcome: Welcome | None = welcome

    def begin(self) -> None:
        """Ask whether it is the patient for whom it was opened; later, to give it back."""
        if (welcome := self._welcome) is not None:
            self.say(lambda: confirm_page(welcome))
        else:
            self.say(self._give_back)

    def go_on(self) -> None:
        welcome, self._welcome = self._welcome, None
        if welcome is not None:
            self.arrived.emit(welcome)
        else:
            self.staff_asked.emit()

    def skip(self) -> None:
        """No, this is not me."""
        self.expire()

    def expire(self) -> None:
        self._welcome = None
        self.begin()

    def staff_came(self) -> bool:
        if self._welcome is not None:
            return False
        self.given_back.emit()
        return True

    def _give_back(self) -> MessageState:
        return GiveBack(
            title=self.tr("Please give this screen back to the nurse."),
            text="",
            go_on=self.tr("For staff"),
        )
