"""What leads a patient from page to page: says what to show, hears what was touched."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from monitor.ui.kiosk.screens.frame import Screen


class Guide(QObject):
    """One part of a patient's way through the kiosk.

    Signals:
        shown: the state of the page to show now.
        ended: nothing is left to do; the kiosk rests again.
        staff_asked: a page that only staff can close asks for their PIN.
    """

    shown = Signal(object)
    ended = Signal()
    staff_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._page: Callable[[], object] | None = None

    def begin(self) -> None:
        """Show the first page."""

    def say(self, page: Callable[[], object]) -> None:
        """Show a page. It is made anew whenever its words change, so nothing is chosen in it."""
        self._page = page
        self.shown.emit(page())

    def say_again(self) -> None:
        """Show the same page in the words of the language that was just chosen."""
        if self._page is not None:
            self.shown.emit(self._page())

    def wire(self, screen: Screen) -> None:
        """Listen to what is touched on a screen."""
        screen.went_on.connect(self.go_on)
        screen.went_back.connect(self.go_back)
        screen.skipped.connect(self.skip)
        screen.stopped.connect(self.stop)

    def go_on(self) -> None:
        """The main key was touched."""

    def go_back(self) -> None:
        """Back was touched."""

    def skip(self) -> None:
        """Skip, or the quieter of two keys, was touched."""

    def stop(self) -> None:
        """Stop was touched."""

    def expire(self) -> None:
        """Nobody has touched anything for as long as this page may stand."""

    def speak(self, language: str) -> None:
        """Go on in the language that was just chosen, at the same page."""
        self.say_again()

    def is_draft(self, language: str) -> bool:
        """Whether the clinic's questions in that language are not approved yet."""
        return False

    def staff_came(self) -> bool:
        """A member of staff has entered the PIN; True if the page that is shown waited for it."""
        return False

    def store_answers(self) -> None:
        """The store has just answered, as it does each minute: what waits for it can be tried."""
