"""What goes on while the red page is shown: a call to the station, a chime, and a limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from monitor.services import calls
from monitor.services.ports import Call
from monitor.ui.kiosk.post import Post
from monitor.ui.shared.tasks import Tasks

CHIME_SECONDS = 20
ASK_SECONDS = 5
"""How often the kiosk asks whether a nurse has answered its call."""
LIMIT_SECONDS = 600

Reached = Literal["", "called", "again", "coming"]
"""Whom a call has reached: nobody yet, the station, once more, or a nurse who is on the way."""


class Alarm(QObject):
    """Calls the station for one patient, and asks for a person until it is hushed.

    The station goes on whatever ends here. `rings`, `asks` and `limit` are its timers.

    Signals:
        told: `reached` is another.
        ran_out: nobody has come within ten minutes.
    """

    told = Signal()
    ran_out = Signal()

    def __init__(
        self,
        tasks: Tasks,
        post: Post,
        episode_id: str,
        chime: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._post = post
        self._episode_id = episode_id
        self._chime = chime
        self._call_id = ""
        self._is_met = False
        self.is_ringing = False
        self.reached: Reached = ""
        self.rings = self._timer(CHIME_SECONDS, self._chime)
        self.asks = self._timer(ASK_SECONDS, self._ask)
        self.limit = self._timer(LIMIT_SECONDS, self._run_out)
        self.limit.setSingleShot(True)

    def _timer(self, seconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(seconds * 1000)
        timer.timeout.connect(then)
        return timer

    def ring(self) -> None:
        """Begin: call, chime, and wait for a person."""
        self.is_ringing = True
        self._is_met = False
        for timer in (self.rings, self.asks, self.limit):
            timer.start()
        self._chime()
        self.call()

    def call(self) -> None:
        """Call the station, once more if it was called before."""
        self._post.try_now()
        self._post.send(calls.call, "urgent", self._episode_id, then=self._called)

    def meet(self) -> None:
        """A person has come: the station need not send another."""
        self._is_met = True
        if self._call_id:
            self._post.send(calls.meet, self._call_id)
        self.hush()

    def hush(self) -> None:
        """A person has come, or the time is over."""
        for timer in (self.rings, self.asks, self.limit):
            timer.stop()
        self.is_ringing = False
        self._call_id = ""
        self.reached = ""

    def _called(self, call: Call) -> None:
        if self._is_met:
            self._post.send(calls.meet, call.id)
        elif self.is_ringing:
            self._call_id = call.id
            self._tell("again" if self.reached else "called")

    def _ask(self) -> None:
        self._tasks.run(calls.waiting, then=self._hear, failed=lambda _: None)

    def _hear(self, waiting: tuple[Call, ...]) -> None:
        if self._call_id and self._call_id not in {call.id for call in waiting}:
            self._tell("coming")

    def _tell(self, reached: Reached) -> None:
        if self.is_ringing and reached != self.reached:
            self.reached = reached
            self.told.emit()

    def _run_out(self) -> None:
        self.hush()
        self.ran_out.emit()
