"""The kiosk's window: shows one page after the other, rests when nobody is there, stays open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QStackedLayout, QWidget

from monitor.services import health
from monitor.services.access import Welcome
from monitor.ui.kiosk.arrival import Arrival
from monitor.ui.kiosk.gallery import (
    ANSWERING,
    LASTS_SECONDS,
    SCREENS,
    SIGN_IN_SECONDS,
    SIGNING_IN,
    page_of,
)
from monitor.ui.kiosk.guide import Guide
from monitor.ui.kiosk.measures import Measures, dots_per_inch
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.message import MessageScreen, StillThere
from monitor.ui.kiosk.screens.parts import Key, Look
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.settling import SETTLING_MS, Settling
from monitor.ui.kiosk.visit import Asking, utc_now
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme

LAST_CALL_SECONDS = 45
BEAT_SECONDS = 60
"""How often the kiosk says that it is alive."""
CORNER_PRESS_MS = 2000
WINDOW_SIZE = QSize(1280, 800)


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


class KioskWindow(QWidget):
    """Full screen, without a frame, and not to be closed by a patient.

    `allow_close` is for a demo in a window: it may be closed, and two seconds' press at the
    top left offers to.

    Signals: left, when the kiosk was closed.
    """

    left = Signal()

    def __init__(  # noqa: PLR0913 -- what the clinic sets and what a test sets, by name
        self,
        tasks: Tasks,
        clinic_name: str,
        theme: Theme,
        *,
        full_screen: bool = True,
        idle_seconds: int = 120,
        zone: dt.tzinfo | None = None,
        now: Callable[[], dt.datetime] = utc_now,
        text_scale: float = 1.0,
        dpi: float = 0.0,
        settling_ms: int = SETTLING_MS,
    ) -> None:
        """Begin to rest.

        idle_seconds: how long a question may stand untouched before the kiosk asks whether
        anybody is there; zone: of the times shown, this machine's by default; text_scale: 1
        to 1.6; dpi: the density of the panel where it was measured, 0 to ask the panel;
        settling_ms: for how long a page that was just turned to hears no touch.
        """
        super().__init__()
        self.allow_close = not full_screen
        self._full_screen = full_screen
        self._idle_seconds = idle_seconds
        self._tasks = tasks
        self._theme = theme
        self._zone = zone
        self._now = now
        self._text_scale = text_scale
        self._dpi = dpi
        self._screens: dict[type[Screen], Screen] = {}
        self._state: Any = None
        self._page: object = None
        self.settling = Settling(self, settling_ms)
        self._stack = QStackedLayout(self)
        self._stack.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.timeout.connect(self._on_idle)
        self.last_call = QTimer(self)
        self.last_call.setInterval(1000)
        self.last_call.timeout.connect(self._count_down)
        self._seconds_left = 0
        self.heart = QTimer(self)
        self.heart.setInterval(BEAT_SECONDS * 1000)
        self.heart.timeout.connect(self._beat)
        self._dress()
        self._arrival = Arrival(tasks, clinic_name)
        self._arrival.arrived.connect(self._receive)
        self._arrival.shown.connect(self.show_state)
        self._guide: Guide = self._arrival
        self._arrival.begin()

    def _dress(self) -> None:
        self.setObjectName("kiosk")
        self.setWindowTitle("Rootwatch")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.resize(WINDOW_SIZE)
        if self._full_screen:
            self.setWindowFlags(
                Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
            )
        self._measure()
        self._corner = Corner(self)
        self._corner.held.connect(self._offer_to_close)
        self._corner.resize(self._measures.floor, self._measures.floor)
        self._leave = Key(self._measures, Look.PILL)
        self._leave.setParent(self)
        self._leave.show_text(self.tr("Close kiosk"))
        self._leave.resize(self._leave.sizeHint().width(), self._measures.floor)
        self._leave.clicked.connect(self.close)
        self._leave.hide()

    def _measure(self) -> None:
        dpi = self._dpi or dots_per_inch(self.screen())
        self._measures = Measures.of(self._theme, self.size(), dpi, self._text_scale)
        self.setStyleSheet(self._theme.stylesheet("kiosk"))

    def open(self) -> None:
        """Come to the front, over the whole screen or in a window of its own."""
        if self._full_screen:
            self.showFullScreen()
        else:
            self.showNormal()
            self.raise_()
        self.activateWindow()
        self.current().setFocus()

    def show_state(self, state: Any) -> None:
        """Show a page. Every page restarts the time after which nobody seems to be there."""
        self.last_call.stop()
        self._state = state
        self._turn_to(page_of(state))
        self._render(state)
        self._restart_idle()

    def _turn_to(self, page: object) -> None:
        if page != self._page:
            self._page = page
            self.settling.turned()

    def current(self) -> Screen:
        """The screen that is shown."""
        screen = self._stack.currentWidget()
        assert isinstance(screen, Screen)
        return screen

    def _render(self, state: Any) -> None:
        kind = SCREENS[type(state)]
        if kind not in self._screens:
            self._screens[kind] = self._make(kind)
        screen = self._screens[kind]
        if self._stack.currentWidget() is not screen:
            self._stack.setCurrentWidget(screen)
            screen.setFocus()  # and not the first key, which would look chosen
        screen.show(state)
        self._corner.setVisible(self.allow_close)
        self._corner.raise_()
        self._leave.hide()

    def _make(self, kind: type[Screen]) -> Screen:
        screen = kind(self._measures)
        screen.resize(self.size())
        self._guide.wire(screen)
        if isinstance(screen, ReviewScreen):
            screen.turned.connect(self.settling.turned)
            screen.turned.connect(self._restart_idle)
        self._stack.addWidget(screen)
        return screen

    def _receive(self, welcome: Welcome) -> None:
        """Hand a patient who said "this is me" over to the questions."""
        self._forget_screens()
        self._guide = Asking(self._tasks, welcome, now=self._now, zone=self._zone)
        self._guide.shown.connect(self.show_state)
        self._guide.ended.connect(self._forget)
        self._guide.begin()

    def _forget(self) -> None:
        """Wipe: nothing of the patient stays in any object of the window."""
        if self._guide is not self._arrival:
            self._guide.deleteLater()
        self._guide = self._arrival
        self._forget_screens()
        self._arrival.begin()

    def _forget_screens(self) -> None:
        for screen in self._screens.values():
            self._stack.removeWidget(screen)
            screen.hide()
            screen.deleteLater()
        self._screens = {}

    def _restart_idle(self) -> None:
        kind = type(self._state)
        seconds = LASTS_SECONDS.get(kind, 0)
        if kind in SIGNING_IN:
            seconds = SIGN_IN_SECONDS
        elif kind in ANSWERING:
            seconds = self._idle_seconds
        self.idle.stop()
        if seconds:
            self.idle.start(seconds * 1000)

    def _on_idle(self) -> None:
        if type(self._state) in LASTS_SECONDS:
            self._guide.expire()
            return
        self._seconds_left = LAST_CALL_SECONDS
        self.last_call.start()
        self._show_last_call()

    def _show_last_call(self) -> None:
        self._turn_to(LastCall)
        screen = self._screens.get(LastCall)
        if screen is None:
            screen = LastCall(self._measures)
            screen.resize(self.size())
            screen.went_on.connect(lambda: self.show_state(self._state))
            screen.skipped.connect(self._give_up)
            self._screens[LastCall] = screen
            self._stack.addWidget(screen)
        words = self.tr("This page closes in {seconds} seconds.")
        screen.show(
            StillThere(
                title=self.tr("Are you still there?"),
                text=words.format(seconds=self._seconds_left),
                go_on=self.tr("Yes, I need more time"),
                second=self.tr("I am finished"),
            )
        )
        self._stack.setCurrentWidget(screen)
        screen.setFocus()

    def _count_down(self) -> None:
        self._seconds_left -= 1
        if self._seconds_left > 0:
            self._show_last_call()
        else:
            self._give_up()

    def _give_up(self) -> None:
        self.last_call.stop()
        self._guide.expire()

    def _offer_to_close(self) -> None:
        self._leave.move(self._measures.size("margin"), self._measures.px(1.5))
        self._leave.show()
        self._leave.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Touched beside everything: somebody is there all the same."""
        if not self.last_call.isActive():
            self._restart_idle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow what no page wanted, Escape and the like."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.settling.guard()
        if not self.heart.isActive():
            self.heart.start()
            self._beat()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.heart.stop()

    def _beat(self) -> None:
        """Say that the kiosk is alive; the station tells for how long it has been silent."""
        self._tasks.run(health.beat, "kiosk")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        self._forget_screens()
        if self._state is not None:
            self._render(self._state)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.allow_close:
            event.ignore()
            return
        self.last_call.stop()
        self._forget()
        self.left.emit()
        event.accept()


class LastCall(MessageScreen):
    """The countdown; a screen of its own, so that the page behind it stays as it was."""
