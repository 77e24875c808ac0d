"""Says whether the database can be reached, and how old is what stands on the screen."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.wording import ago


class Reaching(QObject):
    """Follows whether the database answers.

    The age of what is shown is told by this machine's steady clock, which nobody sets.

    Signals:
        shown: what the banner says; "" where the database answers.
    """

    shown = Signal(str)

    def __init__(
        self,
        tasks: Tasks,
        read_at: Callable[[], dt.datetime | None],
        parent: QObject | None = None,
        *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """read_at: the clinic's time when the list on the screen was read; None before the first.

        steady: seconds of a clock that nobody sets.
        """
        super().__init__(parent)
        self._read_at = read_at
        self._steady = steady
        self._seen = steady()
        self._is_away = False
        self._waited = 0.0
        tasks.unavailable.connect(self._note_away)
        tasks.available.connect(self._note_back)
        tasks.slow.connect(self._note_slow)
        tasks.quick.connect(self._note_quick)

    def note_read(self) -> None:
        """The list has just been read."""
        self._seen = self._steady()

    def tell(self) -> None:
        """Say it again: what is shown has grown older."""
        self.shown.emit(self._sentence())

    def _note_away(self, _error: Exception) -> None:
        self._is_away = True
        self.tell()

    def _note_back(self) -> None:
        self._is_away = False
        self.tell()

    def _note_slow(self, waited: float) -> None:
        self._waited = waited
        self.tell()

    def _note_quick(self) -> None:
        self._waited = 0.0
        self.tell()

    def _sentence(self) -> str:
        if self._is_away:
            said = self.tr("The database cannot be reached; trying again.")
        elif self._waited:
            said = self.tr(
                "The database has not answered for {n} s. You can go on reading; what you have "
                "just stored is not lost, and you are told when it is stored."
            ).format(n=round(self._waited))
        else:
            return ""
        return f"{said} {self._age()}".strip()

    def _age(self) -> str:
        at = self._read_at()
        if at is None:
            return self.tr("Nothing has been read yet.")
        age = dt.timedelta(seconds=self._steady() - self._seen)
        return self.tr("What you see is from {time}, {ago}.").format(
            time=f"{at:%H:%M}", ago=ago(age)
        )
