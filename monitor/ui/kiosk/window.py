"""The kiosk's window: shows one page after the other, rests when nobody is there, stays open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QLocale, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QStackedLayout, QWidget

from monitor.services import drafts, health, staff
from monitor.services.access import Welcome
from monitor.services.ports import Refusal, Unavailable
from monitor.ui.kiosk.arrival import Arrival
from monitor.ui.kiosk.choosing import Choosing
from monitor.ui.kiosk.comfort import USUAL, Comfort
from monitor.ui.kiosk.gallery import LAID_OVER, SCREENS, page_of, standing, takes_cards
from monitor.ui.kiosk.guard import Guard, empty_clipboard
from monitor.ui.kiosk.guide import Guide
from monitor.ui.kiosk.hand_over import HandOver
from monitor.ui.kiosk.measures import (
    MILLIMETRES_PER_INCH,
    WINDOW_SIZE,
    Measures,
    dots_per_inch,
)
from monitor.ui.kiosk.patience import Patience
from monitor.ui.kiosk.post import Post
from monitor.ui.kiosk.reading import aloud
from monitor.ui.kiosk.scanner import Scanner
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.message import MessageScreen, Resting, StillThere
from monitor.ui.kiosk.screens.rest import RestScreen, RestState
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.settling import SETTLING_MS, Settling
from monitor.ui.kiosk.staff import Corner, StaffCorner
from monitor.ui.kiosk.switch import Keys, Switch
from monitor.ui.kiosk.touch import Touch
from monitor.ui.kiosk.visit import Asking, utc_now
from monitor.ui.shared.languages import Languages
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.voice import Voice

BEAT_SECONDS = 60
"""How often the kiosk says that it is alive."""
DIM_SECONDS = 600
"""How long it rests in full light."""


class KioskWindow(QWidget):
    """Full screen, without a frame, and not to be closed by a patient.

    `allow_close` is for a demo in a window. `comfort` is what the person who is here has chosen.
    A page of staff or of choices may lie over that of the patient, which stays as it is.

    Signals:
        left: the kiosk was closed.
        given_back: staff have taken back the screen that was handed over.
        refused: it cannot be handed over (the exception).
    """

    left = Signal()
    given_back = Signal()
    refused = Signal(object)

    def __init__(  # noqa: PLR0913 -- what the clinic sets and what a test sets, by name
        self,
        tasks: Tasks,
        clinic_name: str,
        theme: Theme,
        languages: Languages,
        *,
        full_screen: bool = True,
        idle_seconds: int = 120,
        zone: dt.tzinfo | None = None,
        now: Callable[[], dt.datetime] = utc_now,
        comfort: Comfort = USUAL,
        dpi: float = 0.0,
        keep_dpi: Callable[[float], object] = lambda _: None,
        chime: Callable[[], None] = lambda: None,
        settling_ms: int = SETTLING_MS,
        switch_keys: Keys | None = None,
        voice: Voice | None = None,
    ) -> None:
        """Begin to rest.

        idle_seconds: how long a question may stand untouched before the kiosk asks whether
        anybody is there; zone: of the times shown, this machine's by default; comfort: what
        each patient finds; dpi: the density of the panel where it was measured, 0 to ask the
        panel; keep_dpi: hears it when staff measure it; chime: asks for a person by a sound;
        settling_ms: for how long a page that was just turned to hears no touch; switch_keys:
        those of a switch, the one that moves on and the one that chooses; voice: reads pages
        aloud in the languages that it has.
        """
        super().__init__()
        self.allow_close = not full_screen
        self._full_screen = full_screen
        self._idle_seconds = idle_seconds
        self._tasks = tasks
        self._theme = theme
        self._languages = languages
        self._zone = zone
        self._now = now
        self._usual = self.comfort = comfort
        self._language_picked = False
        self._dpi = dpi
        self._keep_dpi = keep_dpi
        self._chime = chime
        self._voice = voice
        if voice is not None:
            voice.changed.connect(self._offer_to_listen)
        self._screens: dict[type[Screen], Screen] = {}
        self._state: Any = None
        self._below: Any = None
        self._page: object = None
        self._over: Guide | None = None
        self._store_answers = True
        self.post = Post(tasks, self)
        self.settling = Settling(self, settling_ms)
        self.scanner = Scanner(self)
        self.touches = Touch(self, lambda: self._measures.pixels_per_mm)
        self.switch = Switch(self, switch_keys)
        self.switch.heard.connect(self._wait_on)
        self.guard = Guard(self)
        self.guard.closed.connect(lambda kind: tasks.run(health.note_stray_window, kind))
        self._stack = QStackedLayout(self)
        self._stack.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.patience = Patience(self)
        self.idle, self.last_call = self.patience.idle, self.patience.last_call
        self.patience.counted.connect(self._show_last_call)
        self.patience.ended.connect(self._give_up)
        self.heart = self._timer(BEAT_SECONDS, self._beat)
        self.dimming = self._timer(DIM_SECONDS, self._dim)
        self.dimming.setSingleShot(True)
        self._dress()
        self._arrival = Arrival(tasks, clinic_name)
        self.scanner.scanned.connect(self._arrival.scan)
        self.scanner.garbled.connect(self._arrival.clear)
        self._home: Arrival | HandOver = self._arrival
        self._guide: Guide = self._arrival
        self._go_home(self._arrival)

    def _timer(self, seconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(seconds * 1000)
        timer.timeout.connect(then)
        return timer

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
        self._corner = Corner(self)
        self._corner.held.connect(self._ask_for_pin)
        self._speak()
        self._measure()

    def _measure(self) -> None:
        dpi = self._dpi or dots_per_inch(self.screen())
        self._measures = Measures.of(self._theme, self.size(), dpi, self.comfort)
        self.setStyleSheet(self._theme.stylesheet("kiosk", contrast=self.comfort.contrast))
        self._corner.resize(self._measures.floor, self._measures.floor)

    def _speak(self) -> None:
        self._languages.choose(self.comfort.language)
        is_right_to_left = self._languages.is_right_to_left(self.comfort.language)
        self.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight
        )

    def open(self) -> None:
        """Come to the front, over the whole screen or in a window of its own."""
        if self._full_screen:
            self.showFullScreen()
        else:
            self.showNormal()
            self.raise_()
        self.activateWindow()
        self.current().setFocus()

    def hand_over(self, welcome: Welcome) -> None:
        """Open for one patient who does not sign in, until staff take the screen back.

        `refused` with Refusal("no_pin") where no PIN is set to take it back with.
        """

        def check(has_pin: bool) -> None:
            if has_pin:
                self._hand_to(welcome)
            else:
                self.refused.emit(Refusal("no_pin"))

        self._tasks.run(staff.has_pin, then=check, failed=self.refused.emit)

    def _hand_to(self, welcome: Welcome) -> None:
        home = HandOver(welcome)
        home.given_back.connect(self.hide)
        home.given_back.connect(self.given_back)
        self._forget_guide()
        if self._home is not self._arrival:
            self._home.deleteLater()
        self._go_home(home)
        self.open()

    def _go_home(self, home: Arrival | HandOver) -> None:
        """Begin where every visit begins and ends."""
        self._home = self._guide = home
        home.arrived.connect(self._receive)
        home.shown.connect(self.show_state)
        home.staff_asked.connect(self._ask_for_pin)
        home.begin()

    def show_state(self, state: Any) -> None:
        """Show a page, or keep it for when what lies over it is gone."""
        if isinstance(state, RestState) and not isinstance(self._below, RestState):
            self._forget_screens(set(self._screens) - LAID_OVER)  # also who never said "this is me"
        self._below = state
        if self._over is None:
            self._show(self._at_rest(state) if isinstance(state, RestState) else state)

    def _show(self, state: Any) -> None:
        """Every page restarts the time after which nobody seems to be there."""
        self._state = state
        self.scanner.enabled = takes_cards(state)
        turned = self._turn_to(page_of(state))
        self._render(state)
        if turned:
            self.current().setFocus()  # Tab begins at the top of each page
        self._wait()

    def _turn_to(self, page: object) -> bool:
        """Know which page is shown now; True if it is another than before."""
        turned = page != self._page
        if turned:
            self._page = page
            self.settling.turned()
            self.dimming.start()
            self._hush()
        return turned

    def _wait(self) -> None:
        seconds, asks = standing(self._state, self._idle_seconds)
        self.patience.begin(seconds, asks=asks)

    def current(self) -> Screen:
        """The screen that is shown."""
        screen = self._stack.currentWidget()
        assert isinstance(screen, Screen)
        return screen

    def _render(self, state: Any) -> None:
        screen = self._screen(SCREENS[type(state)])
        if self._stack.currentWidget() is not screen:
            self._stack.setCurrentWidget(screen)
            screen.setFocus()  # and not the first key, which would look chosen
        screen.show(state)
        screen.setAccessibleName(aloud(screen, state))
        self._offer_to_listen()
        self._corner.raise_()

    def _screen(self, kind: type[Screen]) -> Screen:
        if kind not in self._screens:
            screen = self._screens[kind] = kind(self._measures)
            screen.resize(self.size())
            self._wire(screen)
            self._stack.addWidget(screen)
        return self._screens[kind]

    def _wire(self, screen: Screen) -> None:
        screen.comfort_asked.connect(self._offer_comfort)
        screen.listen_asked.connect(self._read_aloud)
        if isinstance(screen, LastCall):
            screen.went_on.connect(lambda: self._show(self._state))
            screen.skipped.connect(self._give_up)
            return
        (self._over or self._guide).wire(screen)
        if isinstance(screen, ReviewScreen):
            screen.turned.connect(self.settling.turned)
            screen.turned.connect(self._wait)
        elif isinstance(screen, RestScreen):
            screen.language_picked.connect(self._pick_language)
            screen.dimmed.woken.connect(self.dimming.start)

    def _receive(self, welcome: Welcome) -> None:
        """Hand a patient who said "this is me" over to the questions."""
        if not self._language_picked and welcome.language in self._languages.codes():
            self.change_comfort(replace(self.comfort, language=welcome.language))
        self._forget_screens()
        self._guide = Asking(
            self._tasks,
            self.post,
            welcome,
            language=self.comfort.language,
            chime=self._chime,
            now=self._now,
            zone=self._zone,
        )
        self._guide.shown.connect(self.show_state)
        self._guide.staff_asked.connect(self._ask_for_pin)
        self._guide.ended.connect(self._forget)
        self._guide.begin()

    def _forget(self) -> None:
        """Wipe: nothing of the patient stays in any object of the window."""
        self._forget_guide()
        self._home.begin()

    def _forget_guide(self) -> None:
        if self._guide is not self._home:
            self._guide.deleteLater()
        self._guide = self._home
        self.post.forget()
        self._take_off()
        self._forget_screens()
        self._put_back_comfort()
        if self._full_screen:
            empty_clipboard()

    def _forget_screens(self, kinds: Iterable[type[Screen]] | None = None) -> None:
        for kind in tuple(self._screens) if kinds is None else kinds:
            screen = self._screens.pop(kind, None)
            if screen is not None:
                self._stack.removeWidget(screen)
                screen.hide()
                screen.deleteLater()

    def _give_up(self) -> None:
        self.patience.stop()
        (self._over or self._guide).expire()

    def _show_last_call(self, seconds: int) -> None:
        self._turn_to(LastCall)
        screen = self._screen(LastCall)
        words = self.tr("This page closes in {seconds} seconds.")
        leave = self.tr("Close")
        if isinstance(self._guide, Asking):
            words = self.tr("Your answers are kept. This page closes in {seconds} seconds.")
            leave = self.tr("Finish later")
        screen.show(
            StillThere(
                title=self.tr("Are you still there?"),
                text=words.format(seconds=seconds),
                go_on=self.tr("Yes, I need more time"),
                second=leave,
            )
        )
        self._stack.setCurrentWidget(screen)
        screen.setFocus()

    def _lay_over(self, guide: Guide) -> None:
        """Show another guide's pages over those of the patient until it has ended."""
        self._take_off()
        self._over = guide
        guide.shown.connect(self._show)
        guide.ended.connect(self._uncover)
        guide.begin()

    def _take_off(self) -> None:
        if self._over is not None:
            self._over.deleteLater()
            self._over = None
            self._forget_screens(LAID_OVER)

    def _uncover(self) -> None:
        """Show what lay below, as it is now."""
        if self._over is not None:
            self._take_off()
            self.show_state(self._below)

    def _ask_for_pin(self) -> None:
        density = self._measures.pixels_per_mm * MILLIMETRES_PER_INCH
        corner = StaffCorner(self._tasks, self.post, density)
        corner.entered.connect(self._let_staff_in)
        corner.calibrated.connect(self._calibrate)
        corner.close_asked.connect(self._close_for_staff)
        self._lay_over(corner)

    def _let_staff_in(self) -> None:
        """Close the page that waited for staff, else show what there is for them."""
        if self._guide.staff_came():
            self._uncover()
        elif isinstance(self._over, StaffCorner):
            self._over.open()

    def _close_for_staff(self) -> None:
        """Close the kiosk; a screen that was handed over goes back to the station instead."""
        if isinstance(self._home, HandOver):
            self._forget_guide()
            self._home.given_back.emit()
            return
        self.allow_close = True
        self.close()

    def _calibrate(self, dpi: float) -> None:
        self._dpi = dpi
        self._keep_dpi(dpi)
        self._measure()
        self._forget_screens()

    def _offer_comfort(self) -> Choosing:
        choosing = Choosing(
            self.comfort,
            self._named_languages(),
            self._guide.is_draft,
            voice_available=self._has_voice(),
        )
        choosing.changed.connect(self._choose)
        choosing.done.connect(self._have_chosen)
        self._lay_over(choosing)
        return choosing

    def _has_voice(self) -> bool:
        return self._voice is not None and self.comfort.language in self._voice.languages

    def _offer_to_listen(self) -> None:
        """Offer to read the page aloud where that is possible and wished for."""
        screen = self._stack.currentWidget()
        if isinstance(screen, Screen):  # not between two pages
            wished = self._has_voice() and self.comfort.sound
            screen.can_listen = wished and bool(screen.accessibleName())

    def _read_aloud(self) -> None:
        """Read the page, or stop reading it."""
        if self._voice is None:
            return
        if self._voice.is_speaking:
            self._voice.stop()
        else:
            self._voice.say(self.current().accessibleName(), self.comfort.language)
        self._wait_on()

    def _hush(self) -> None:
        if self._voice is not None:
            self._voice.stop()

    def _choose(self, comfort: Comfort) -> None:
        self._language_picked |= comfort.language != self.comfort.language
        self.change_comfort(comfort)

    def _have_chosen(self) -> None:
        """Back to the page; from rest on to the first, for somebody is here."""
        was_resting = isinstance(self._below, RestState)
        self._take_off()
        if was_resting:
            self._guide.go_on()
        else:
            self.show_state(self._below)

    def _pick_language(self, language: str) -> None:
        self._offer_comfort().choose_language(language)
        self._language_picked = True

    def change_comfort(self, comfort: Comfort) -> None:
        """Make every page anew as the person who is here wants it; no answer is lost."""
        place = self._place_of_keyboard()
        self._hush()
        self.comfort = comfort
        self._speak()
        self._measure()
        self._forget_screens()
        self._guide.speak(comfort.language)
        if self._over is not None:
            self._over.speak(comfort.language)
        parts = self._parts()
        if place in range(len(parts)):
            parts[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_of_keyboard(self) -> int:
        """Which of the page's parts the keyboard is at, counted as they were made; -1: at none."""
        parts, focus = self._parts(), self.focusWidget()
        return parts.index(focus) if focus in parts else -1

    def _parts(self) -> list[QWidget]:
        if not isinstance(self._stack.currentWidget(), Screen):
            return []  # not one has been shown yet
        return [
            part
            for part in self.current().findChildren(QWidget)
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible()
        ]

    def _put_back_comfort(self) -> None:
        self._language_picked = False
        if self.comfort != self._usual:
            self.comfort = self._usual
            self._speak()
            self._measure()
            self._forget_screens()

    def _at_rest(self, state: RestState) -> RestState | Resting:
        """The resting page for the next person, or that nobody can be served now."""
        self._put_back_comfort()
        if not self._store_answers:
            return Resting(
                title=self.tr("This screen is resting."), text=self.tr("Please ask at the desk.")
            )
        now = self._now().astimezone(self._zone)
        clock = QLocale().toString(QTime(now.hour, now.minute), "HH:mm")
        return replace(
            state,
            languages=self._named_languages(),
            clock=clock,
            can_save=not self.post.is_stuck,
        )

    def _named_languages(self) -> tuple[tuple[str, str], ...]:
        """Code and own name of each, none where there is no choice."""
        codes = self._languages.codes()
        named = tuple((code, self._languages.name(code)) for code in codes)
        return named if len(named) > 1 else ()

    def _dim(self) -> None:
        screen = self.current()
        if isinstance(screen, RestScreen):
            screen.dim()

    def _rest_anew(self) -> None:
        """Tell the time, and whether this kiosk works, where nobody is."""
        if self._over is not None or not isinstance(self._below, RestState):
            return
        screen = self.current()
        is_dimmed = isinstance(screen, RestScreen) and screen.dimmed.isVisible()
        self.show_state(self._below)
        if is_dimmed:
            self._dim()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Touched beside everything: somebody is there all the same."""
        self._wait_on()

    def _wait_on(self) -> None:
        if not self.patience.is_counting:
            self._wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow what no page wanted, Escape and the like."""

    def changeEvent(self, event: QEvent) -> None:
        """Take the keyboard back where a desktop's own keys have given it away."""
        super().changeEvent(event)
        is_away = event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow()
        if self._full_screen and self.isVisible() and is_away:
            QTimer.singleShot(0, self, self.activateWindow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._full_screen:
            self.guard.begin()
            empty_clipboard()
        self.switch.guard()
        self.settling.guard()
        self.scanner.guard()  # hears before settling: a card is read whole, however early
        self.touches.guard()
        if not self.heart.isActive():
            self.heart.start()
            self._beat()
        if self._voice is not None:
            self._voice.start(self._languages.codes())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.guard.end()
            self.heart.stop()
            self._hush()

    def _beat(self) -> None:
        """Say that the kiosk is alive, and let no parked visit wait longer than it may.

        A screen that was handed over is no kiosk, of which the station would miss the next beat.
        """
        if self._home is self._arrival:
            self._tasks.run(health.beat, "kiosk")
        self._tasks.run(drafts.finish_old, then=self._hear_store, failed=self._miss_store)

    def _hear_store(self, _: int) -> None:
        self._store_answers = True
        self.post.try_now()
        self._guide.store_answers()
        self._rest_anew()

    def _miss_store(self, error: Exception) -> None:
        if isinstance(error, Unavailable):
            self._store_answers = False
            self._rest_anew()

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
        self.patience.stop()
        self._forget()
        self.left.emit()
        event.accept()


class LastCall(MessageScreen):
    """The countdown; a screen of its own, so that the page behind it stays as it was."""
