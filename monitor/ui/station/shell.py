"""The station's one window: its door, and behind it a place for each who has come in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QCursor,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from monitor.services.access import Welcome
from monitor.services.ports import User
from monitor.services.users import Why
from monitor.ui.shared.desktop import Desktop
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.text_size import TextSize
from monitor.ui.shared.theme import Theme
from monitor.ui.station.calling import CallsPresenter
from monitor.ui.station.idling import Idling
from monitor.ui.station.monitoring import MonitoringPresenter
from monitor.ui.station.noticing import NoticePresenter
from monitor.ui.station.placing import stand
from monitor.ui.station.screens.cover_page import CoverPage
from monitor.ui.station.screens.door_page import DoorPage
from monitor.ui.station.securing import Securing
from monitor.ui.station.session import Session
from monitor.ui.station.style import dress
from monitor.ui.station.views import CallLine

if TYPE_CHECKING:
    from monitor.ui.station.office import Office
    from monitor.ui.station.window import StationWindow

    Place: TypeAlias = StationWindow | Office
    """The window of somebody who is signed in; loaded with the first of them, not at the start."""

POLL_MILLISECONDS = 5_000
MILLISECONDS_PER_MINUTE = 60_000

_TOUCHES = frozenset(
    {
        QEvent.Type.ShortcutOverride,
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_PRESSES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress})


class Shell(QMainWindow):
    """Shows the door, or the place of who is here, and nothing of anybody else's.

    Each who comes in has a place of their own, on a thread of its own, with their lists, dialogs
    and drafts; it is kept until the program ends. A place that is not in front is hidden, and so
    are its dialogs: it hears no key, asks nothing of the store, and nothing it still opens is
    seen. Monitoring, calls and sounds go on at the door, without a name.

    Signals:
        handed_over: a patient is to answer on this screen (the place it is handed over from, and
            the patient's Welcome).
        kiosk_wanted: the kiosk is to be opened in a window of its own.
        closed: the window has been closed.
    """

    handed_over = Signal(object, object)
    kiosk_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        watch: Tasks,
        door: DoorPage,
        theme: Theme,
        make_place: Callable[[User], Place],
        *,
        idle_minutes: int,
        sweep_minutes: int,
        ring: Callable[[], None] = QApplication.beep,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Put the window together, with its door in front.

        tasks: for a clinic in which nobody is signed in; watch: runs the sweeps. make_place: makes
        the window of somebody who comes in for the first time. idle_minutes: how long nobody may
        touch it; steady: seconds of a clock that nobody sets.
        """
        super().__init__()
        self._make_place = make_place
        self._places: dict[str, Place] = {}
        self._aside: dict[str, list[QWidget]] = {}
        self._focus: dict[str, QWidget | None] = {}
        self._made_for: dict[str, User] = {}
        self._pointer = QCursor.pos()
        self.setWindowTitle(self.tr("Rootwatch – {clinic}").format(clinic=door.clinic))
        stand(self)
        self.session = Session(tasks, self)
        self.idling = Idling(idle_minutes, self, steady=steady)
        self.securing = Securing(tasks, self)
        self.monitoring = MonitoringPresenter(tasks, "en", self, watch=watch)
        self.calls = CallsPresenter(tasks, self)
        self.notices = NoticePresenter(tasks, self)
        self.door = door
        self.cover = CoverPage()
        self._theme = theme
        self.take_text_size(TextSize(parent=self))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.door)
        self._stack.addWidget(self.cover)
        self.setCentralWidget(self._stack)
        self._timers = [
            self._timer(POLL_MILLISECONDS, self._poll),
            self._timer(sweep_minutes * MILLISECONDS_PER_MINUTE, self.monitoring.check),
        ]
        QShortcut(QKeySequence("F5"), self.door).activated.connect(self.monitoring.check)
        self._connect(Desktop(self), ring)

    @property
    def place(self) -> Place | None:
        """The place of who is here; None while nobody is."""
        here = self.session.here
        return self._places.get(here.id) if here is not None else None

    def lock(self, why: Why = "asked") -> None:
        """Let nobody see anything until somebody comes in again."""
        self.session.lock(why)

    def take_text_size(self, text_size: TextSize) -> None:
        """Have text at the door as large as in the places, which dress themselves."""
        self.text_size = text_size
        text_size.changed.connect(self._dress)
        self._dress(text_size.scale)

    def _dress(self, text_scale: float) -> None:
        for page in (self.door, self.cover):
            dress(page, self._theme, text_scale)

    def _connect(self, desktop: Desktop, ring: Callable[[], None]) -> None:
        self.session.tiles_shown.connect(self.door.show_tiles)
        self.session.form_shown.connect(self.door.show_form)
        self.session.refused.connect(self.door.show_refusal)
        self.session.entered.connect(self._let_in)
        self.session.locked.connect(self._close_door)
        self.securing.changed.connect(self.session.know)
        self.door.chosen.connect(self.session.choose)
        self.door.submitted.connect(self.session.submit)
        self.door.skipped.connect(self.session.skip)
        self.door.other_wanted.connect(self.session.use_password)
        self.idling.counted.connect(self._cover)
        self.idling.stirred.connect(self._uncover)
        self.idling.ended.connect(lambda: self.lock("idle"))
        self.monitoring.shown.connect(self.door.show_monitoring)
        self.monitoring.shown.connect(self.notices.show_monitoring)
        self.calls.shown.connect(self._show_calls)
        self.calls.rang.connect(ring)
        self.notices.rang.connect(ring)
        self.notices.said.connect(desktop.say)
        self.notices.counted.connect(self.door.show_red)

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _poll(self) -> None:
        self.monitoring.poll()
        self.calls.poll()
        self.notices.poll()

    def _show_calls(self, lines: tuple[CallLine, ...]) -> None:
        """Say which kiosks call; who stands there is not for everybody who passes."""
        said = ""
        if lines:
            kiosks = ", ".join(sorted({line.kiosk for line in lines}))
            said = self.tr("A kiosk calls: {kiosks}. Go there, or sign in.").format(kiosks=kiosks)
        self.door.show_calls(said)

    # -- who is seen ----------------------------------------------------------------------------

    def _let_in(self, user: User) -> None:
        """Bring the place of somebody to the front, as they left it."""
        made_for = self._made_for.get(user.id)
        if made_for is None or (made_for.name, made_for.role) != (user.name, user.role):
            self._make(user)
        self._stop_door()
        self._bring(user.id)
        self.idling.begin()

    def _make(self, user: User) -> None:
        """Make a place; one for whoever they were before, in another role, is gone."""
        before = self._places.pop(user.id, None)
        if before is not None:
            self._aside.pop(user.id, None)
            self._stack.removeWidget(before)
            before.deleteLater()
        self._made_for[user.id] = user
        place = self._places[user.id] = self._make_place(user)
        place.me_wanted.connect(self._do_for_me)
        place.kiosk_wanted.connect(self.kiosk_wanted)
        place.closed.connect(self.close)
        place.handed_over.connect(lambda welcome: self._hand_over(place, welcome))
        self._stack.addWidget(place)

    def _do_for_me(self, choice: str) -> None:
        """Do what was chosen in the menu of whoever is here."""
        here, place = self.session.here, self.place
        if here is None or place is None:
            return
        if choice == "pin":
            self.securing.open("pin", here, place)
        elif choice == "password":
            self.securing.open("password", here, place)
        elif choice == "sign_out":
            self.session.sign_out()
        else:
            self.lock("switch" if choice == "switch" else "asked")

    def _bring(self, user_id: str) -> None:
        self._stack.setCurrentWidget(self._places[user_id])
        for dialog in self._aside.pop(user_id, []):
            if isValid(dialog):
                dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
                dialog.show()
        QTimer.singleShot(0, self, lambda: self._give_keyboard(user_id))

    def _give_keyboard(self, user_id: str) -> None:
        """Let whoever comes back go on in the field where they were."""
        focus = self._focus.pop(user_id, None)
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_aside(self, user_id: str) -> None:
        """Hide everything of somebody's, dialogs and menus included."""
        self._focus[user_id] = QApplication.focusWidget()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        aside = self._aside.setdefault(user_id, [])
        for window in QApplication.topLevelWidgets():
            if window is not self and window.isVisible() and self._owns(window):
                aside.append(window)
                window.hide()

    def _cover(self, left: int) -> None:
        """Hide everything and count down."""
        self.cover.show_seconds(left)
        here = self.session.here
        if here is not None and self._stack.currentWidget() is not self.cover:
            self._pointer = QCursor.pos()
            self._put_aside(here.id)
            self._stack.setCurrentWidget(self.cover)
            self.cover.setFocus(Qt.FocusReason.OtherFocusReason)

    def _uncover(self) -> None:
        if (here := self.session.here) is not None:
            self._bring(here.id)

    def _close_door(self) -> None:
        self.idling.stop()
        shown = self._stack.currentWidget()
        for user_id, place in self._places.items():
            if place is shown:
                self._put_aside(user_id)
        self._stack.setCurrentWidget(self.door)
        self._start_door()

    def _start_door(self) -> None:
        for timer in self._timers:
            timer.start()
        self._poll()

    def _stop_door(self) -> None:
        for timer in self._timers:
            timer.stop()

    # -- what is touched ------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TOUCHES:
            return self._hear(watched, event)
        if kind == QEvent.Type.Show and self._is_hidden_from(watched):
            assert isinstance(watched, QWidget)
            here = self.session.here
            owner = here.id if here is not None else self._owner(watched)
            # Qt is in the midst of showing it: it must not be seen, not for a moment
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, watched, watched.hide)
            self._aside.setdefault(owner, []).append(watched)
        return False

    def _hear(self, watched: QObject, event: QEvent) -> bool:
        """Take note of a touch; the press that takes the cover away does nothing else."""
        if not (isinstance(watched, QWidget) and self._owns(watched.window())):
            return False  # the kiosk beside it, or the patient who has the screen
        if isinstance(event, QKeyEvent) and self.text_size.obey(event):
            event.accept()  # in whatever window, as the keys of a place end at its dialogs
            return True
        if self.session.here is None:
            return False
        if isinstance(event, QKeyEvent) and _is_lock(event):
            if event.type() == QEvent.Type.KeyPress:
                self.lock("asked")
            else:
                event.accept()  # it is to come as a key, in whatever window
            return True
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            before, self._pointer = self._pointer, event.globalPosition().toPoint()
            if before == self._pointer:
                return False  # windows were hidden under a mouse that nobody touched
        if not self.idling.is_counting:
            self.idling.touch()
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # it is to come as a key, which takes the cover away and is no shortcut
            return True
        self.idling.touch()
        return event.type() in _PRESSES

    def _is_hidden_from(self, watched: QObject) -> bool:
        """Whether it is a window of somebody's place, and must not be seen now."""
        if not (isinstance(watched, QWidget) and watched.isWindow()) or watched is self:
            return False
        shown = self._stack.currentWidget()
        owner = self._owner(watched)
        return bool(owner) and self._places[owner] is not shown

    def _owner(self, window: QWidget) -> str:
        """In whose place a window was opened; "" for none."""
        for user_id, place in self._places.items():
            if _is_within(window, place):
                return user_id
        return ""

    def _owns(self, window: QWidget) -> bool:
        return _is_within(window, self)

    # -- the window -----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        if (application := QApplication.instance()) is not None:
            application.installEventFilter(self)
        if self.session.here is None:
            # After the first paint: the window is there before the database is asked.
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        if self.session.here is None:
            if not self.session.is_signing_in:  # as the demo is, before it is shown
                self.session.open()
            self.monitoring.check()
            self._start_door()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if event.spontaneous():
            return
        self._stop_door()
        self.idling.stop()
        if (application := QApplication.instance()) is not None:
            application.removeEventFilter(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        place = self.place
        if place is not None and not place.isEnabled():
            event.ignore()  # a patient has the screen
            return
        super().closeEvent(event)
        self.closed.emit()

    def look_again(self, _changed: frozenset[str]) -> None:
        """Something was stored beside this window; who comes in later reads it anyway."""
        if (place := self.place) is not None:
            place.look_again()

    def _hand_over(self, place: Place, welcome: Welcome) -> None:
        """Let a patient have the screen, unless it was locked while that was looked up."""
        if place is self.place:
            self.handed_over.emit(place, welcome)


def _is_lock(event: QKeyEvent) -> bool:
    is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return is_control and event.key() == Qt.Key.Key_L


def _is_within(widget: QWidget, ancestor: QWidget) -> bool:
    """Whether it is that widget, or was made for it, across windows."""
    each: QWidget | None = widget
    while each is not None:
        if each is ancestor:
            return True
        each = each.parentWidget()
    return False
