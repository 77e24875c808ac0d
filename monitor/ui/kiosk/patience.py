"""For how long a page may stand untouched, and the countdown before the kiosk gives up."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

LAST_CALL_SECONDS = 45


class Patience(QObject):
    """Waits for a touch, then counts down, then is at its end.

    `idle` runs while nothing is touched, `last_call` ticks each second of the countdown.

    Signals:
        counted: the seconds that are left, at first and with each tick.
        ended: nobody has touched anything; also where there was no countdown to be.
    """

    counted = Signal(int)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.timeout.connect(self._wonder)
        self.last_call = QTimer(self)
        self.last_call.setInterval(1000)
        self.last_call.timeout.connect(self._count)
        self._asks = False
        self._left = 0

    def begin(self, seconds: int, asks: bool) -> None:
        """Wait so long from now, 0 for ever; `asks`: count down before it ends."""
        self.stop()
        self._asks = asks
        if seconds:
            self.idle.start(seconds * 1000)

    def stop(self) -> None:
        self.idle.stop()
        self.last_call.stop()

    @property
    def is_counting(self) -> bool:
        return self.last_call.isActive()

    def _wonder(self) -> None:
        if not self._asks:
            self.ended.emit()
            return
        self._left = LAST_CALL_SECONDS
        self.last_call.start()
        self.counted.emit(self._left)

    def _count(self) -> None:
        self._left -= 1
        if self._left > 0:
            self.counted.emit(self._left)
        else:
            self.last_call.stop()
            self.ended.emit()
