"""The staff corner: behind a long press and a PIN, what is not for patients."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from monitor.services import calls, staff
from monitor.services.ports import Refusal
from monitor.ui.kiosk.guide import Guide
from monitor.ui.kiosk.post import Post
from monitor.ui.kiosk.screens.calibrate import CalibrateScreen, CalibrateState
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.staff import MenuScreen, MenuState, PinScreen, PinState
from monitor.ui.shared.tasks import Tasks

CORNER_PRESS_MS = 2000
LEAST_DIGITS, MOST_DIGITS = 6, 12


class Corner(QWidget):
    """A place without looks that hears a long press.

    Signals: held, once it was pressed for two seconds.
    """

    held = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.press = QTimer(self)
        self.press.setSingleShot(True)
        self.press.setInterval(CORNER_PRESS_MS)
        self.press.timeout.connect(self.held)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.press.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.press.stop()


class StaffCorner(Guide):
    """Asks for the staff PIN and then offers what staff do at a kiosk.

    It lies over the page of a patient, which stays as it is and is there again once this `ended`.

    Signals:
        entered: the PIN was right; whoever listens says whether to go on to `open`.
        calibrated: the density of the panel was measured, in dots per inch.
        close_asked: the kiosk is to be closed.
    """

    entered = Signal()
    calibrated = Signal(float)
    close_asked = Signal()

    def __init__(self, tasks: Tasks, post: Post, dots_per_inch: float) -> None:
        """dots_per_inch: the density of the panel as it is believed so far."""
        super().__init__()
        self._tasks = tasks
        self._post = post
        self._dots_per_inch = dots_per_inch
        self._pin = ""
        self._note = ""
        self._checking = False
        self._calibrating = False
        tasks.faulted.connect(self._on_fault)

    def begin(self) -> None:
        """Ask for the PIN."""
        self.say(self._pin_page)

    def open(self) -> None:
        """Show what there is for staff."""
        self._note = ""
        self._show_menu()

    def wire(self, screen: Screen) -> None:
        super().wire(screen)
        if isinstance(screen, PinScreen):
            screen.typed.connect(lambda digit: self._edit(self._pin + digit))
            screen.erased.connect(lambda: self._edit(self._pin[:-1]))
            screen.cleared.connect(lambda: self._edit(""))
        elif isinstance(screen, MenuScreen):
            screen.chosen.connect(self._choose)
        elif isinstance(screen, CalibrateScreen):
            screen.calibrated.connect(self._take)

    def go_on(self) -> None:
        if not self._checking and len(self._pin) >= LEAST_DIGITS:
            self._checking = True
            pin, self._pin = self._pin, ""
            self._tasks.run(staff.enter_pin, pin, then=self._right, failed=self._wrong)

    def go_back(self) -> None:
        if self._calibrating:
            self._show_menu()
        else:
            self.ended.emit()

    def skip(self) -> None:
        """A patient who got here needs a person."""
        self._post.send(calls.call, "staff", then=self._called)

    def expire(self) -> None:
        self.ended.emit()

    def _pin_page(self) -> PinState:
        can_go_on = len(self._pin) >= LEAST_DIGITS and not self._checking
        return PinState(len(self._pin), can_go_on, self._note)

    def _show_menu(self) -> None:
        self._calibrating = False
        self.say(lambda: MenuState(self._note))

    def _edit(self, pin: str) -> None:
        if not self._checking:
            self._pin = pin[:MOST_DIGITS]
            self._note = ""
            self.say(self._pin_page)

    def _right(self, _: object) -> None:
        self._checking = False
        self.entered.emit()

    def _wrong(self, error: Exception) -> None:
        self._checking = False
        self._note = self._told(error)
        self.say(self._pin_page)

    def _told(self, error: Exception) -> str:
        if not isinstance(error, Refusal):
            return self.tr("This cannot be checked now. Please try again in a minute.")
        sentences = {
            "wrong_pin": self.tr("That is not the PIN. Tries left: {left}"),
            "pin_locked": self.tr("Too many wrong tries. No PIN is heard until {until}."),
            "no_pin": self.tr("No staff PIN was set for this clinic."),
        }
        return sentences[error.code].format(**error.details)

    def _on_fault(self, error: Exception) -> None:
        if self._checking:
            self._wrong(error)

    def _called(self, _: object) -> None:
        self._note = self.tr("The staff have been called.")
        self.say_again()

    def _choose(self, what: str) -> None:
        if what == "calibrate":
            self._calibrating = True
            self.say(lambda: CalibrateState(self._dots_per_inch))
        else:
            self.close_asked.emit()

    def _take(self, dots_per_inch: float) -> None:
        self._dots_per_inch = dots_per_inch
        self.calibrated.emit(dots_per_inch)
        self._note = self.tr("The screen is calibrated.")
        self._show_menu()
