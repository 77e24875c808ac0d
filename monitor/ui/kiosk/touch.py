"""Fingers on the glass: one of them acts, and the hand that rests beside it does not."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QTouchEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from monitor.ui.kiosk.glass import Glass
from monitor.ui.kiosk.settling import SETTLING_MS

MOUSE_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})

PALM_MM = 25.0
"""A contact as large as a circle of this diameter is no finger. A fingertip covers a circle of
about 10 mm and a numb finger that is laid flat one of about 24 mm (16 x 35); the heel of a hand
and its edge (20 x 80) cover more."""
CROWD = 3
"""So many contacts that come at once are a hand that is laid down."""
RESTING_MS = 2000
"""Who has touched for longer than this rests a hand: lifting it touches nothing."""
DOUBLE_TAP_MS = SETTLING_MS
"""A tap on the same key sooner after the last is the same tap, of a finger that trembles. It is
the time for which a page that was just turned to is deaf, for the same reason."""
AGAIN_MS = 120
"""The same for keys that are touched again and again (`Touchable.again`), so that two digits 1
are 11: no hand taps on purpose eight times a second, and one that trembles does."""

OUTSIDE = QPointF(-10_000, -10_000)
"""Where a press is let go of that is not to count."""


@dataclass(frozen=True)
class Contact:
    """One place where the glass is touched. `diameter_mm` of a circle as large, 0 for unknown."""

    number: int
    state: QEventPoint.State
    where: QPointF
    diameter_mm: float = 0.0

    @property
    def is_finger(self) -> bool:
        return self.diameter_mm < PALM_MM


def contacts(event: QTouchEvent, pixels_per_mm: float) -> Iterator[Contact]:
    """What an event of the desktop tells of each contact."""
    for point in event.points():
        size = point.ellipseDiameters()
        diameter = math.sqrt(max(size.width() * size.height(), 0.0)) / pixels_per_mm
        yield Contact(point.id(), point.state(), point.scenePosition(), diameter)


class Touch(Glass):
    """Stands before everything that hears touches in a window, and makes a mouse of one finger.

    Qt would make one of whatever touches first, and a resting hand would then keep all fingers
    from acting. Here it is the finger that went down last; what it takes the place of is let go
    of, and does not count. Of a mouse, which is what some panels pass themselves off as, only
    the presses of a hand that trembles are taken away.
    """

    def __init__(self, window: QWidget, pixels_per_mm: Callable[[], float]) -> None:
        super().__init__(window)
        self._pixels_per_mm = pixels_per_mm
        self._acting: int | None = None
        self._since = 0
        self._last: tuple[QWidget | None, int] | None = None
        self._is_sending = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() in MOUSE_PRESSES:
            return not self._is_sending and self._is_same_tap(event.position(), event.timestamp())
        if not isinstance(event, QTouchEvent):
            return False
        event.accept()  # or Qt makes mouse events of it as well
        if event.type() == QEvent.Type.TouchCancel:
            self._let_go(event.timestamp())
        else:
            self.hear(contacts(event, self._pixels_per_mm()), event.timestamp())
        return True

    def hear(self, touched: Iterable[Contact], ms: int) -> None:
        """Act on what touches the glass at an instant, in milliseconds of any clock."""
        touched = tuple(touched)
        pressed = [each for each in touched if each.state == QEventPoint.State.Pressed]
        for contact in touched:
            if contact.number == self._acting:
                self._follow(contact, ms)
        fingers = [each for each in pressed if each.is_finger]
        if fingers and len(pressed) < CROWD:
            self._let_go(ms)
            self._press(fingers[-1], ms)

    def _is_same_tap(self, where: QPointF, ms: int) -> bool:
        """Whether a press is that of the last tap, on the same key and soon after it."""
        under = self._window.childAt(where.toPoint())
        last, self._last = self._last, (under, ms)
        soonest = AGAIN_MS if getattr(under, "again", False) else DOUBLE_TAP_MS
        is_key = isinstance(under, QAbstractButton)
        if not is_key or last is None or last[0] is not under:
            return False
        return 0 <= ms - last[1] < soonest

    def _press(self, finger: Contact, ms: int) -> None:
        if self._is_same_tap(finger.where, ms):
            return
        self._acting, self._since = finger.number, ms
        self._send(QEvent.Type.MouseButtonPress, finger.where, ms)

    def _follow(self, contact: Contact, ms: int) -> None:
        """The contact that acts has moved, grown or gone."""
        if not contact.is_finger:
            self._let_go(ms)
        elif contact.state == QEventPoint.State.Updated:
            self._send(QEvent.Type.MouseMove, contact.where, ms)
        elif contact.state == QEventPoint.State.Released:
            if ms - self._since > RESTING_MS:
                self._let_go(ms)
            else:
                self._acting = None
                self._send(QEvent.Type.MouseButtonRelease, contact.where, ms)

    def _let_go(self, ms: int) -> None:
        """Take back the press that there is: a finger that left the key, as keys see it."""
        if self._acting is not None:
            self._acting = None
            self._send(QEvent.Type.MouseMove, OUTSIDE, ms)
            self._send(QEvent.Type.MouseButtonRelease, OUTSIDE, ms)

    def _send(self, kind: QEvent.Type, where: QPointF, ms: int) -> None:
        handle = self._window.windowHandle()
        if handle is not None:
            self._is_sending = True
            QApplication.sendEvent(handle, mouse_event(handle, kind, where, ms))
            self._is_sending = False


def mouse_event(handle: QWindow, kind: QEvent.Type, where: QPointF, ms: int) -> QMouseEvent:
    """What a mouse with one key would tell a window."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    key = none if kind == QEvent.Type.MouseMove else left
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    event = QMouseEvent(
        kind,
        where,
        where,
        handle.mapToGlobal(where),
        key,
        held,
        Qt.KeyboardModifier.NoModifier,
    )
    event.setTimestamp(ms)
    return event
