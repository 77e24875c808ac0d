"""A kiosk that fills the screen leads nowhere else, and back to nobody."""

from __future__ import annotations

import ast
import gc
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType, FunctionType, ModuleType

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QClipboard, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)

from monitor.domain.submission import Answer
from monitor.domain.visit import Draft, Visit
from monitor.services import access
from monitor.services.access import Welcome
from monitor.ui.kiosk.comfort import USUAL
from monitor.ui.kiosk.screens.body_map import BodyMapScreen
from monitor.ui.kiosk.screens.choice import ChoiceScreen
from monitor.ui.kiosk.screens.identify import IdentifyState
from monitor.ui.kiosk.screens.message import Confirm, Urgent
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.rest import RestState
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.screens.signing_in import MonthState, WaysState
from monitor.ui.kiosk.screens.statements import StatementsScreen
from tests.builders import episode, patient, procedure
from tests.checks.test_loading import modules_after
from tests.ui.kiosk import pages
from tests.ui.kiosk.conftest import Kiosk, StraightTasks
from tests.ui.kiosk.test_visits import texts
from tests.ui.kiosk.walking import (
    by_a_nurse,
    clock_of,
    enter_pin,
    press_corner,
    set_pin,
    shows,
    walk_away,
)

MakeKiosk = Callable[..., Kiosk]

ROOT = Path(__file__).parents[3]
LANGUAGES = ("en", "es", "fr", "de", "ar")

pytestmark = pytest.mark.qt_log_ignore("plugin does not support|^keyToAscii", extend=True)


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Kiosk:
    """Over the whole screen, with a PIN to leave it by."""
    kiosk = make_kiosk(full_screen=True)
    set_pin(kiosk)
    kiosk.window.open()
    return kiosk


def other_windows(kiosk: Kiosk) -> list[QWidget]:
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    return [widget for widget in shown if widget is not kiosk.window]


def closed_windows(kiosk: Kiosk) -> list[str]:
    """What the audit says of windows that were closed."""
    with kiosk.store.read() as work:
        lines = work.audit.of_subject("kiosk")
    return [line.reason for line in lines if line.action == "stray_window_closed"]


class Session:
    """One visit of somebody whose names are nowhere else in the program, answered by chance."""

    def __init__(self, kiosk: Kiosk, seed: int) -> None:
        self.kiosk = kiosk
        self.chance = random.Random(seed)
        self.given, self.family = self._word(), self._word()
        self.number = str(60_000_000 + self.chance.randrange(30_000_000))
        self.said = (self.given, self.family, self.number)
        """What must not be anywhere afterwards."""
        someone = patient(seed, number=self.number, given_name=self.given, family_name=self.family)
        with kiosk.store.begin() as work:
            work.patients.add(someone)
            work.episodes.add(episode(seed, procedure=procedure()))
            work.commit()

    def _word(self) -> str:
        return "".join(self.chance.choices("bcdfghjklmnpqrstvwxz", k=9)).title()

    def run(self) -> None:
        """Sign in, answer some pages, and leave in one of the ways in which visits end."""
        self.kiosk.sign_in(self.number)
        assert self.given in self.kiosk.screen.title.text()
        if self.chance.random() < 0.1:
            self.kiosk.touch(self.kiosk.screen.second)  # no, this is not me
            self.leave()
            return
        self.kiosk.touch(self.kiosk.screen.go_on)
        self.kiosk.touch(self.kiosk.screen.go_on)
        for _ in range(self.chance.choice((1, 5, 80))):
            if not self.answer():
                break
        if isinstance(self.kiosk.screen, ReviewScreen):
            self.kiosk.send()
        self.leave()

    def answer(self) -> bool:
        """Touch a key of the page, or none, and turn it; not where the questions end."""
        screen = self.kiosk.screen
        if not isinstance(screen, PickScreen | StatementsScreen | NumberScreen | ChoiceScreen):
            return isinstance(screen, BodyMapScreen) and self.skip()
        offered = {"": screen.denial} if isinstance(screen, StatementsScreen) else screen.keys
        keys = [key for key in offered.values() if key.isVisible()]
        if keys and self.chance.random() < 0.7:
            self.kiosk.touch(self.chance.choice(keys))
        if not screen.next.isEnabled():
            return self.skip()
        self.kiosk.touch(screen.next)
        return True

    def skip(self) -> bool:
        self.kiosk.touch(self.kiosk.screen.skip)
        return True

    def leave(self) -> None:
        """Let time pass, and staff come where they were called, until the kiosk rests."""
        for _ in range(100):
            if shows(self.kiosk, RestState):
                return
            if shows(self.kiosk, Urgent):
                press_corner(self.kiosk)
                enter_pin(self.kiosk)
            patience = self.kiosk.window.patience
            (patience.last_call if patience.is_counting else patience.idle).timeout.emit()
        raise AssertionError("the visit has no end")


def held(each: object) -> Iterable[object]:
    """What an object keeps alive, but for the services behind the kiosk and whole modules."""
    if isinstance(each, FunctionType):
        return each.__closure__ or ()
    if isinstance(each, StraightTasks | ModuleType | FrameType | type):
        return ()
    return gc.get_referents(each)


def known_to_the_kiosk() -> Iterator[object]:
    """Everything that the kiosk's own code keeps alive.

    What is connected to a signal is held by Qt, where Python cannot follow: so this begins with
    every living object and function of its modules, and not with the window alone.
    """
    waiting = [each for each in gc.get_objects() if module_of(each).startswith("monitor.ui.")]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += held(each)


def module_of(each: object) -> str:
    owner = each if isinstance(each, FunctionType) else type(each)
    return str(owner.__module__)


class TestAfterASession:
    """Nothing of a patient is left where the next one could come to it (K1)."""

    @pytest.mark.parametrize(
        "sessions",
        [pytest.param(10, id="ten"), pytest.param(200, id="200", marks=pytest.mark.slow)],
    )
    def test_that_nothing_of_it_is_anywhere(self, kiosk: Kiosk, sessions: int) -> None:
        for seed in range(2, 2 + sessions):
            session = Session(kiosk, seed)
            session.run()
            assert shows(kiosk, RestState)
            self.assert_forgotten(kiosk, session.said)
            clock_of(kiosk).advance(minutes=40)

    def assert_forgotten(self, kiosk: Kiosk, said: tuple[str, ...]) -> None:
        kiosk.wipe()
        gc.collect()
        clipboard = QGuiApplication.clipboard()
        seen = [clipboard.text(), clipboard.text(QClipboard.Mode.Selection)]
        seen += [text for widget in QApplication.allWidgets() for text in texts(widget)]
        answers = (Welcome, Visit, Draft, Answer)
        for each in known_to_the_kiosk():
            assert not isinstance(each, answers), type(each)
            if isinstance(each, str):
                seen.append(each)
        assert "Northfield Clinic" in seen, "the search comes to what the kiosk keeps"
        for word in said:
            assert not [text for text in seen if word in text]

    def test_that_the_clipboard_is_empty_before_and_after(self, kiosk: Kiosk) -> None:
        clipboard = QGuiApplication.clipboard()
        clipboard.setText("the nurse's last letter")
        kiosk.window.hide()
        kiosk.window.open()
        assert clipboard.text() == ""
        kiosk.begin()
        clipboard.setText("from another program")
        walk_away(kiosk)
        assert clipboard.text() == ""

    def test_that_the_clipboard_of_who_shows_the_demo_is_theirs(
        self, make_kiosk: MakeKiosk
    ) -> None:
        clipboard = QGuiApplication.clipboard()
        clipboard.setText("mine")
        kiosk = make_kiosk()
        kiosk.begin()
        walk_away(kiosk)
        assert clipboard.text() == "mine"
        clipboard.clear()


EDITORS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox, QAbstractItemView)
OWN_KEYS = {
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
}
"""What walks over a page, chooses on it and takes a digit back, whatever is held besides."""


def foreign_chords() -> list[tuple[Qt.Key, Qt.KeyboardModifier]]:
    """Every chord that some platform has a meaning for, but for the keys of the kiosk itself."""
    found = set()
    for standard in QKeySequence.StandardKey:
        for sequence in QKeySequence.keyBindings(standard):
            for index in range(sequence.count()):
                chord = sequence[index]  # type: ignore[index]
                found.add((chord.key(), chord.keyboardModifiers()))
    return sorted((chord for chord in found if chord[0] not in OWN_KEYS), key=str)


class TestEveryPage:
    """No page holds anything that edits, remembers, drags or opens (K2)."""

    def test_that_nothing_on_it_edits_text(self, kiosk: Kiosk) -> None:
        for screen in pages.every_page(kiosk):
            for part in [screen, *screen.findChildren(QWidget)]:
                assert not isinstance(part, EDITORS), part
                assert not part.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), part
                assert not part.acceptDrops(), part
                assert part.contextMenuPolicy() != Qt.ContextMenuPolicy.ActionsContextMenu
                assert not part.actions(), part
                if isinstance(part, QLabel):
                    flags = part.textInteractionFlags()
                    assert flags == Qt.TextInteractionFlag.NoTextInteraction, part.text()

    def test_that_it_has_no_shortcut(self, kiosk: Kiosk) -> None:
        for _ in pages.every_page(kiosk):
            assert not kiosk.window.findChildren(QShortcut)
            assert not kiosk.window.findChildren(QAction)

    def test_that_no_chord_of_any_desktop_changes_it(self, kiosk: Kiosk) -> None:
        chords = foreign_chords()
        assert len(chords) > 60
        for _ in pages.every_page(kiosk):
            before = kiosk.window._state
            for key, modifiers in chords:
                QTest.keyClick(kiosk.window.windowHandle(), key, modifiers)
                assert kiosk.window._state == before, (key, modifiers)
        assert QGuiApplication.clipboard().text() == ""
        assert other_windows(kiosk) == []


CONTROL, ALT, SHIFT, META = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.MetaModifier,
)
WAYS_OUT = {
    "Alt+F4": [(Qt.Key.Key_F4, ALT)],
    "Alt+Tab": [(Qt.Key.Key_Tab, ALT)],
    "Escape": [(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)],
    "F1 to F12": [
        (Qt.Key(code), Qt.KeyboardModifier.NoModifier)
        for code in range(Qt.Key.Key_F1, Qt.Key.Key_F12 + 1)
    ],
    "Ctrl+Alt and every letter": [
        (Qt.Key(code), CONTROL | ALT) for code in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)
    ],
    "Ctrl+Alt and every F-key": [
        (Qt.Key(code), CONTROL | ALT) for code in range(Qt.Key.Key_F1, Qt.Key.Key_F12 + 1)
    ],
    "Ctrl+Alt+Delete": [(Qt.Key.Key_Delete, CONTROL | ALT)],
    "Ctrl and every letter": [
        (Qt.Key(code), CONTROL) for code in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)
    ],
    "Windows": [(Qt.Key.Key_Meta, META), (Qt.Key.Key_R, META), (Qt.Key.Key_L, META)],
    "Print": [(Qt.Key.Key_Print, Qt.KeyboardModifier.NoModifier)],
    "Menu": [(Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F10, SHIFT)],
    "Shift five times": [(Qt.Key.Key_Shift, SHIFT)] * 5,
}


class TestTheWayOut:
    """Only staff leave the full screen (K5)."""

    @pytest.mark.parametrize("way", WAYS_OUT)
    def test_that_no_key_leads_out(self, kiosk: Kiosk, way: str) -> None:
        for go in (lambda: None, kiosk.begin, lambda: press_corner(kiosk)):
            go()
            before = kiosk.window._state
            for key, modifiers in WAYS_OUT[way]:
                QTest.keyClick(kiosk.window.windowHandle(), key, modifiers)
            assert kiosk.window._state == before
            assert kiosk.window.isFullScreen()
            assert other_windows(kiosk) == []

    def test_that_a_desktop_that_asks_it_to_close_is_refused(self, kiosk: Kiosk) -> None:
        assert not kiosk.window.close()
        assert not kiosk.window.windowHandle().close()
        assert kiosk.window.isFullScreen()

    def test_that_it_has_no_frame_and_stays_on_top(self, kiosk: Kiosk) -> None:
        wanted = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        assert kiosk.window.windowFlags() & wanted == wanted

    def test_that_nothing_offers_a_menu(self, kiosk: Kiosk) -> None:
        for _ in pages.every_page(kiosk):
            QTest.mouseClick(kiosk.window.windowHandle(), Qt.MouseButton.RightButton)
            assert other_windows(kiosk) == []
        assert closed_windows(kiosk) == []


def open_menu(kiosk: Kiosk) -> QWidget:
    menu = QMenu(kiosk.window)
    menu.addAction("Open")
    menu.popup(QPoint(5, 5))
    return menu


def open_tooltip(kiosk: Kiosk) -> QWidget:
    QToolTip.showText(QPoint(5, 5), "C:", kiosk.window)
    return kiosk.window


def open_dialog(kiosk: Kiosk) -> QWidget:
    dialog = QDialog(kiosk.window)
    dialog.open()
    return dialog


def open_window(kiosk: Kiosk) -> QWidget:
    window = QWidget()
    window.show()
    return window


class TestAStrayWindow:
    """What is not the kiosk's own is never seen on its screen, and the clinic hears of it (K5)."""

    @pytest.mark.parametrize(
        ("show", "kind"),
        [
            (open_menu, "QMenu"),
            (open_tooltip, "QLabel"),
            (open_dialog, "QDialog"),
            (open_window, "QWidget"),
        ],
        ids=["a menu", "a tooltip", "a dialog", "a window"],
    )
    def test_that_it_is_closed_unseen_and_written_down(
        self, kiosk: Kiosk, show: Callable[[Kiosk], QWidget], kind: str
    ) -> None:
        opened = show(kiosk)
        on_glass = [w for w in QGuiApplication.topLevelWindows() if w.isVisible()]
        assert on_glass == [kiosk.window.windowHandle()]
        QApplication.processEvents()
        assert other_windows(kiosk) == []
        assert closed_windows(kiosk) == [kind]
        assert opened is not None

    def test_that_a_demo_in_a_window_lets_others_be(self, make_kiosk: MakeKiosk) -> None:
        kiosk = make_kiosk()
        opened = open_window(kiosk)
        QApplication.processEvents()
        assert other_windows(kiosk) == [opened]
        opened.hide()

    def test_that_the_station_has_its_windows_again_once_the_screen_is_given_back(
        self, kiosk: Kiosk
    ) -> None:
        kiosk.window.hand_over(access.welcome_for(by_a_nurse(kiosk), "episode-1"))
        kiosk.touch(kiosk.screen.second)
        kiosk.touch(kiosk.screen.go_on)
        enter_pin(kiosk)
        assert not kiosk.window.isVisible()
        opened = open_window(kiosk)
        QApplication.processEvents()
        assert opened.isVisible()
        opened.hide()


BEFORE_SIGNING_IN = (RestState, WaysState, IdentifyState, MonthState)
LATIN_STEMS = ("rhizotom", "denervat", "neurotom", "torticol", "ganglion", "radicul")


class TestOverTheShoulder:
    """Who looks on reads no name, no number, no date of birth and no diagnosis (K11)."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_that_no_page_says_who_it_is_or_what_was_done(
        self, make_kiosk: MakeKiosk, language: str
    ) -> None:
        kiosk = make_kiosk(comfort=replace(USUAL, language=language))
        words = kiosk.tasks.clinic.protocols.current("cervical_rhizotomy").words[language]
        procedures = {text for key, text in words.items() if key.startswith("profile.")}
        assert procedures
        never = {"Eriksson", "1001", "1970", *LATIN_STEMS, *procedures}
        confirmed = 0
        for screen in pages.every_page(kiosk):
            state = kiosk.window._state
            if isinstance(state, BEFORE_SIGNING_IN):
                continue
            said = [kiosk.window.windowTitle(), *texts(screen)]
            for secret in never:
                assert not [text for text in said if secret.casefold() in text.casefold()], state
            named = [text for text in said if "Adalind" in text]
            if isinstance(state, Confirm):
                confirmed += 1
                assert named
            else:
                assert not named, state
        assert confirmed


CLOSED = {
    "QAction",
    "QClipboard",
    "QColorDialog",
    "QDesktopServices",
    "QDialog",
    "QDrag",
    "QFileDialog",
    "QFontDialog",
    "QInputDialog",
    "QLineEdit",
    "QMenu",
    "QMenuBar",
    "QMessageBox",
    "QPlainTextEdit",
    "QPrintDialog",
    "QPrinter",
    "QProcess",
    "QShortcut",
    "QSystemTrayIcon",
    "QTextBrowser",
    "QTextEdit",
    "QToolTip",
    "QWhatsThis",
}
ALLOWED = {
    "monitor.ui.kiosk.guard": {"QClipboard"},  # empties it
    "monitor.ui.shared.voice": {"QProcess"},  # speaks, in a process without a window
}
OUTSIDE = {"ctypes", "os.system", "pty", "subprocess", "webbrowser"}


def names_in(source: Path) -> set[str]:
    """Everything that a module imports, and every attribute it asks for."""
    names = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(alias.name for alias in node.names)}
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
    return names


@pytest.fixture(scope="module")
def modules() -> set[str]:
    """What a kiosk loads, its own modules and what they share."""
    return modules_after("import monitor.ui.kiosk.window, monitor.ui.kiosk.opening")


class TestWhatItIsMadeOf:
    """What is not there leads nowhere."""

    def test_that_nothing_it_draws_with_can_open_a_way_out(self, modules: set[str]) -> None:
        drawn_by = sorted(name for name in modules if name.startswith("monitor.ui."))
        assert len(drawn_by) > 30
        for name in drawn_by:
            source = ROOT.joinpath(*name.split("."))
            source = source / "__init__.py" if source.is_dir() else source.with_suffix(".py")
            assert not names_in(source) & (CLOSED | OUTSIDE) - ALLOWED.get(name, set()), name

    def test_that_it_reads_no_file_that_somebody_brings(self, modules: set[str]) -> None:
        assert not modules & {"monitor.services.importing", "monitor.content.scores"}

    def test_that_it_has_no_way_to_print_or_browse(self, modules: set[str]) -> None:
        never = {"PySide6.QtPrintSupport", "PySide6.QtWebEngineWidgets", "webbrowser"}
        assert not modules & never
