"""How long nobody has touched the station."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

WARNING_SECONDS = 30
"""How long before it is locked the station is covered, and counts down."""

_TICK_MS = 1000


class Idling(QObject):
    """Counts the time since the last touch, by a steady clock that nobody sets.

    Signals:
        counted: so many seconds are left, told once a second in the last half minute.
        stirred: somebody has touched the station while it was counted.
        ended: nobody has.
    """

    counted = Signal(int)
    stirred = Signal()
    ended = Signal()

    def __init__(
        self,
        minutes: int,
        parent: QObject | None = None,
        *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """minutes: how long nobody may touch it; steady: seconds of a clock that nobody sets."""
        super().__init__(parent)
        self._seconds = 60 * minutes
        self._steady = steady
        self._touched = steady()
        self.is_counting = False
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self.tick)

    def begin(self) -> None:
        """Count from now."""
        self._touched = self._steady()
        self.is_counting = False
        self._ticking.start()

    def stop(self) -> None:
        self.is_counting = False
        self._ticking.stop()

    def touch(self) -> None:
        """Somebody is there; too late once the time is over."""
        if not self._ticking.isActive():
            return
        if self._left() <= 0:
            self.tick()  # as after a machine has slept: it is over, whoever touches it now
            return
        self._touched = self._steady()
        if self.is_counting:
            self.is_counting = False
            self.stirred.emit()

    def tick(self) -> None:
        """Look how long it has been."""
        left = self._left()
        if left <= 0:
            self.stop()
            self.ended.emit()
        elif left <= WARNING_SECONDS:
            self.is_counting = True
            self.counted.emit(math.ceil(left))

    def _left(self) -> float:
        return self._seconds - (self._steady() - self._touched)
