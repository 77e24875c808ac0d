"""A hundred thousand blind touches, keys and drops leave the kiosk a kiosk."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QClipboard,
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QInputDevice,
    QInputMethodEvent,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from monitor.services import access
from monitor.ui.kiosk.screens.body_map import BodyMapState
from monitor.ui.kiosk.screens.comfort import ComfortState
from monitor.ui.kiosk.screens.message import Parked, Urgent
from monitor.ui.kiosk.screens.number import NumberState
from monitor.ui.kiosk.screens.rest import RestState
from monitor.ui.kiosk.screens.review import ReviewState
from monitor.ui.kiosk.screens.staff import MenuState, PinState
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.walking import (
    by_a_nurse,
    clock_of,
    go_to_map,
    go_to_pain,
    press_corner,
    report_sign,
    set_pin,
    shows,
)

MakeKiosk = Callable[..., Kiosk]

DEEDS, BATCH = 50_000, 1_000
"""A deed is two events of the desktop in the mean (a press and a release): 100,000 of them."""
SEED = 20261122

NO_BUTTON = Qt.MouseButton.NoButton
BUTTONS = (
    *[Qt.MouseButton.LeftButton] * 4,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.BackButton,
)
MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
KEYS = tuple(key for key in Qt.Key if key.name not in ("Key_unknown", "Key_micro"))
"""All but one that PySide 6.11 warns of whoever names it."""
WAYS_ABOUT = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_F4,
    *(Qt.Key(code) for code in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)),
)

pytestmark = [
    pytest.mark.slow,
    # what this screen cannot do, and for which keys Qt's own tests know no letter
    pytest.mark.qt_log_ignore("plugin does not support|^keyToAscii Unhandled", extend=True),
]


class Monkey:
    """Does anything at all to a kiosk, and the same again for the same seed."""

    def __init__(self, kiosk: Kiosk, seed: int) -> None:
        self.kiosk = kiosk
        self.window = kiosk.window
        self.chance = random.Random(seed)
        self.finger = QTest.createTouchDevice()
        self.pen = QPointingDevice(
            "pen",
            1,
            QInputDevice.DeviceType.Stylus,
            QPointingDevice.PointerType.Pen,
            QInputDevice.Capability.Pressure,
            1,
            1,
            "",
            QPointingDeviceUniqueId(),
        )
        self.screen: QWidget | None = None
        self.keys: list[QAbstractButton] = []
        self._does = (
            *[self.press_key] * 8,
            *[self.click] * 8,
            *[self.touch] * 4,
            self.drag_along,
            self.wheel,
            self.drop,
            self.ask_for_menu,
            self.ask_for_help,
            self.draw,
            self.compose,
            self.ask_to_close,
            self.pass_time,
        )

    def act(self) -> None:
        self.chance.choice(self._does)()

    def somewhere(self) -> QPoint:
        """A key of the page, as often as anywhere else."""
        screen = self.kiosk.screen
        if screen is not self.screen:
            self.screen, self.keys = screen, screen.findChildren(QAbstractButton)
        if self.keys and self.chance.random() < 0.5:
            key = self.chance.choice(self.keys)
            if isValid(key) and key.isVisible():
                return key.mapTo(self.window, key.rect().center())
        width, height = self.window.width(), self.window.height()
        return QPoint(self.chance.randrange(width), self.chance.randrange(height))

    def under(self, spot: QPoint) -> QWidget:
        return self.window.childAt(spot) or self.window

    def modifiers(self) -> Qt.KeyboardModifier:
        held = Qt.KeyboardModifier.NoModifier
        if self.chance.random() < 0.4:
            for modifier in self.chance.sample(MODIFIERS, self.chance.randint(1, 3)):
                held |= modifier
        return held

    def press_key(self) -> None:
        key = self.chance.choice(self.chance.choice((KEYS, WAYS_ABOUT)))
        QTest.keyClick(self.window.windowHandle(), key, self.modifiers())

    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def click(self) -> None:
        button, spot = self.chance.choice(BUTTONS), self.somewhere()
        clicks = (QTest.mouseClick, QTest.mouseDClick, QTest.mousePress, QTest.mouseRelease)
        (deed,) = self.chance.choices(clicks, weights=(6, 2, 1, 1))
        deed(self.window.windowHandle(), button, self.modifiers(), spot)

    def let_go(self) -> None:
        """Lift every key of the mouse, which the tests after this one share."""
        for button in BUTTONS:
            QTest.mouseRelease(self.window.windowHandle(), button)

    def touch(self) -> None:
        spots = [self.somewhere() for _ in range(self.chance.randint(1, 3))]
        handle = self.window.windowHandle()
        for phase in ("press", "release"):
            fingers = QTest.touchEvent(handle, self.finger, False)
            for number, spot in enumerate(spots):
                getattr(fingers, phase)(number, spot, handle)
            fingers.commit()

    def drag_along(self) -> None:
        handle = self.window.windowHandle()
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, self.modifiers(), self.somewhere())
        for _ in range(3):
            QTest.mouseMove(handle, self.somewhere())
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, self.modifiers(), self.somewhere())

    def wheel(self) -> None:
        spot = QPointF(self.somewhere())
        turn = QPoint(0, self.chance.choice((-1200, -120, 120, 1200)))
        event = QWheelEvent(
            spot,
            spot,
            QPoint(),
            turn,
            NO_BUTTON,
            self.modifiers(),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.window.windowHandle(), event)

    def drop(self) -> None:
        carried = QMimeData()
        carried.setText("Ctrl+O")
        carried.setUrls([QUrl.fromLocalFile("/etc/hostname")])
        spot, left = self.somewhere(), Qt.MouseButton.LeftButton
        action, handle = Qt.DropAction.CopyAction, self.window.windowHandle()
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(handle, QDragEnterEvent(spot, action, carried, left, none))
        move = QDragMoveEvent(spot, action, carried, left, none)
        QApplication.sendEvent(handle, move)
        if move.isAccepted():  # or no desktop would let go of it there
            QApplication.sendEvent(handle, QDropEvent(QPointF(spot), action, carried, left, none))

    def ask_for_menu(self) -> None:
        spot = self.somewhere()
        widget = self.under(spot)
        place = widget.mapFrom(self.window, spot)
        event = QContextMenuEvent(self.chance.choice(list(QContextMenuEvent.Reason)), place, spot)
        QApplication.sendEvent(widget, event)

    def ask_for_help(self) -> None:
        spot = self.somewhere()
        widget = self.under(spot)
        kind = self.chance.choice((QEvent.Type.ToolTip, QEvent.Type.WhatsThis))
        event = QHelpEvent(kind, widget.mapFrom(self.window, spot), spot)
        QApplication.sendEvent(widget, event)

    def draw(self) -> None:
        spot = QPointF(self.somewhere())
        for kind, pressed in (
            (QEvent.Type.TabletPress, Qt.MouseButton.LeftButton),
            (QEvent.Type.TabletMove, Qt.MouseButton.LeftButton),
            (QEvent.Type.TabletRelease, NO_BUTTON),
        ):
            event = QTabletEvent(
                kind,
                self.pen,
                spot,
                spot,
                0.5,
                0,
                0,
                0,
                0,
                0,
                Qt.KeyboardModifier.NoModifier,
                Qt.MouseButton.LeftButton,
                pressed,
            )
            QApplication.sendEvent(self.window.windowHandle(), event)

    def compose(self) -> None:
        event = QInputMethodEvent("x", [])
        event.setCommitString(self.chance.choice(("274953", "\x0f", "…", "rm -rf")))
        QApplication.sendEvent(self.focused(), event)

    def ask_to_close(self) -> None:
        if self.chance.random() < 0.5:
            self.window.close()
        else:
            QApplication.sendEvent(self.window.windowHandle(), QCloseEvent())

    def pass_time(self) -> None:
        """Let one of the timers that run come to its end, and what was to be deleted go."""
        owners = {self.window, self.kiosk.guide, self.window._arrival}
        timers = [timer for owner in owners for timer in owner.findChildren(QTimer)]
        running = [timer for timer in timers if timer.isActive()]
        timer = self.chance.choice(running)
        clock_of(self.kiosk).advance(seconds=timer.interval() // 1000)
        if timer.isSingleShot():
            timer.stop()
        timer.timeout.emit()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_that_nothing_a_hand_can_do_leads_out(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk(full_screen=True)
    set_pin(kiosk)
    kiosk.window.open()
    faults: list[object] = []
    stray: list[str] = []
    kiosk.tasks.faulted.connect(faults.append)
    kiosk.window.guard.closed.connect(stray.append)
    monkey = Monkey(kiosk, SEED)
    seen: set[type] = set()
    for batch in range(DEEDS // BATCH):
        begin(monkey, batch)
        kiosk.window.setUpdatesEnabled(False)
        for _ in range(BATCH):
            monkey.act()
            seen.add(type(kiosk.window._state))
        kiosk.window.setUpdatesEnabled(True)
        QApplication.processEvents()
        kiosk.window.grab()
        assert_still_a_kiosk(kiosk)
        assert (faults, stray) == ([], [])
    monkey.let_go()
    assert MenuState not in seen, "what is behind the PIN was not reached"
    assert {PinState, Urgent, NumberState, BodyMapState, ReviewState, ComfortState} <= seen


def begin(monkey: Monkey, batch: int) -> None:
    """Three of four batches begin where there is most to lose; the fourth goes on as it stands."""
    kiosk = monkey.kiosk
    if batch % 4 == 0:
        return
    for _ in range(5_000):
        if shows(kiosk, RestState):
            break
        monkey.pass_time()
    assert shows(kiosk, RestState), "time alone leads back to rest, whatever was done"
    kiosk.window._arrival.arrived.emit(access.welcome_for(by_a_nurse(kiosk), "episode-1"))
    kiosk.touch(kiosk.screen.second if shows(kiosk, Parked) else kiosk.screen.go_on)
    if batch % 4 == 1:
        monkey.chance.choice((go_to_pain, go_to_map, Kiosk.go_to_review))(kiosk)
    elif batch % 4 == 2:
        report_sign(kiosk)
    else:
        press_corner(kiosk)


def assert_still_a_kiosk(kiosk: Kiosk) -> None:
    window = kiosk.window
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [window]
    assert [w for w in QGuiApplication.topLevelWindows() if w.isVisible()] == [
        window.windowHandle()
    ]
    assert window.isFullScreen()
    wanted = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
    assert window.windowFlags() & wanted == wanted
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        assert clipboard.text(mode) == ""
