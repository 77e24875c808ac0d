"""What must reach the store: sent again and again until it has been taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
    then: Callable[[Any], object] | None = field(compare=False)


class Post(QObject):
    """Calls verbs one after the other, each until the store answers, whoever is at the kiosk.

    It outlives the visits: what is to be sent of one stays here until it is stored, and no
    longer. `again` runs between two tries, 5 s at first and up to 60 s.
    """

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._letters: list[_Letter] = []
        self._on_its_way: _Letter | None = None
        self._pause = FIRST_PAUSE_SECONDS
        self.again = QTimer(self)
        self.again.setSingleShot(True)
        self.again.timeout.connect(self.try_now)
        tasks.faulted.connect(self._give_way)

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
        if self._on_its_way is not None or not self._letters:
            return
        self.again.stop()
        letter = self._on_its_way = self._letters[0]
        self._tasks.run(
            letter.verb,
            *letter.args,
            then=lambda result: self._arrive(letter, result),
            failed=lambda error: self._fail(letter, error),
        )

    def _arrive(self, letter: _Letter, result: Any) -> None:
        then = next((one.then for one in self._letters if one == letter), None)
        self._take_out(letter)
        self._pause = FIRST_PAUSE_SECONDS
        if then is not None:
            then(result)
        self.try_now()

    def _fail(self, letter: _Letter, error: Exception) -> None:
        if isinstance(error, Refusal):
            self._take_out(letter)  # it would be refused for ever, and others wait behind it
            self.try_now()
        elif self._on_its_way == letter:
            self._wait()

    def _give_way(self, _error: Exception) -> None:
        """A bug, in the verb that is on its way or elsewhere: let the next letter go first.

        Whether ours was stored is not known; sent once more it changes nothing.
        """
        if self._on_its_way is not None:
            self._letters.append(self._letters.pop(0))
            self._wait()

    def _take_out(self, letter: _Letter) -> None:
        if letter in self._letters:
            self._letters.remove(letter)
        if self._on_its_way == letter:
            self._on_its_way = None

    def _wait(self) -> None:
        self._on_its_way = None
        self.again.start(self._pause * 1000)
        self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)
