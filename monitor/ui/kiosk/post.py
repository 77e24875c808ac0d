"""What must reach the store: sent again and again until it has been taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer

from monitor.services.ports import Refusal
from monitor.ui.shared.tasks import Tasks

FIRST_PAUSE_SECONDS = 5
LONGEST_PAUSE_SECONDS = 60


@dataclass(frozen=True)
class _Letter:
    verb: Callable[..., Any]
    args: tuple[Any, ...]
    then: Callable[[Any], object] | None


class Post(QObject):
    """Calls verbs one after the other, each until the store answers, whoever is at the kiosk.

    It outlives the visits: what is to be sent of one stays here until it is stored, and no
    longer. `again` runs between two tries, 5 s at first and up to 60 s.
    """

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._letters: list[_Letter] = []
        self._on_its_way = False
        self._pause = FIRST_PAUSE_SECONDS
        self.again = QTimer(self)
        self.again.setSingleShot(True)
        self.again.timeout.connect(self.try_now)
        tasks.faulted.connect(self._fail)

    @property
    def is_stuck(self) -> bool:
        """Whether something could not be stored and waits for the next try."""
        return self.again.isActive()

    def send(
        self,
        verb: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], object] | None = None,
    ) -> None:
        """Send after what waits already; `then` hears what the verb gave back."""
        letter = _Letter(verb, args, then)
        if letter not in self._letters:
            self._letters.append(letter)
        if not self.is_stuck:
            self.try_now()

    def forget(self) -> None:
        """Whoever waited for an answer has gone. What is not stored yet is sent all the same."""
        self._letters = [replace(letter, then=None) for letter in self._letters]

    def try_now(self) -> None:
        """Do not wait for the next try."""
        if self._on_its_way or not self._letters:
            return
        self.again.stop()
        self._on_its_way = True
        letter = self._letters[0]
        self._tasks.run(letter.verb, *letter.args, then=self._arrive, failed=self._fail)

    def _arrive(self, result: Any) -> None:
        letter = self._letters.pop(0)
        self._on_its_way = False
        self._pause = FIRST_PAUSE_SECONDS
        if letter.then is not None:
            letter.then(result)
        self.try_now()

    def _fail(self, error: Exception) -> None:
        if not self._on_its_way:
            return  # a bug elsewhere
        self._on_its_way = False
        if isinstance(error, Refusal):
            self._letters.pop(0)  # it would be refused for ever, and others wait behind it
            self.try_now()
            return
        self.again.start(self._pause * 1000)
        self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)
