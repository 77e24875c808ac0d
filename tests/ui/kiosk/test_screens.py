"""Every screen: there for every kind of question, large enough to touch, whole to read."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextEdit

from monitor.domain import visit as flow
from monitor.domain.protocol import Item, Protocol
from monitor.domain.visit import PageKind
from monitor.ui.kiosk import wording
from monitor.ui.kiosk.comfort import USUAL
from monitor.ui.kiosk.gallery import ANSWERING, LASTS_SECONDS, SCREENS, SIGNING_IN
from monitor.ui.kiosk.measures import Measures, dots_per_inch
from monitor.ui.kiosk.screens.frame import Frame
from monitor.ui.kiosk.screens.message import GiveBack, MessageState, NotSaved, Urgent
from monitor.ui.kiosk.screens.number import NumberScreen, NumberState
from monitor.ui.kiosk.screens.parts import Lines, least_width
from monitor.ui.kiosk.screens.rest import RestState
from monitor.ui.shared.theme import Theme
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.pages import every_page, touchable

MakeKiosk = Callable[..., Kiosk]
INCH_MM = 25.4


@pytest.mark.parametrize(
    ("kind", "per"),
    [("number", ""), ("number", "side"), ("number", "region"), ("choice", ""), ("choice", "side")],
)
def test_that_every_kind_of_scale_has_a_screen(kind: Any, per: Any, protocol: Protocol) -> None:
    name = next(n for n, scale in protocol.scales.items() if scale.kind == kind)
    asked = {**protocol.items, "extra": Item(scale=name, per=per)}
    step = replace(protocol.forms["base"].steps[0], item="extra")
    words = {**protocol.words["en"], "item.extra.question": "How?"}
    changed = replace(
        protocol,
        items=asked,
        forms={"base": replace(protocol.forms["base"], steps=(step,))},
        words={"en": words},
    )
    visit = flow.start("visit", changed, "base", -1, "TON")
    assert type(wording.page_state(visit)) in SCREENS


def test_that_every_kind_of_page_has_a_builder() -> None:
    assert set(wording.BUILDERS) == set(get_args(PageKind))


def test_that_every_message_is_in_the_table() -> None:
    shown = {kind for kind in MessageState.__subclasses__() if kind.__name__ != "StillThere"}
    assert shown <= set(SCREENS)


def test_that_only_rest_and_unsaved_answers_may_stand_for_ever() -> None:
    stand = set(SCREENS) - ANSWERING - SIGNING_IN - set(LASTS_SECONDS)
    # the red page counts its own minutes, and a screen that was handed over waits for the PIN
    assert stand == {RestState, NotSaved, Urgent, GiveBack}


def test_that_everything_to_touch_has_a_name(make_kiosk: MakeKiosk) -> None:
    for screen in every_page(make_kiosk()):
        assert all(key.accessibleName() for key in touchable(screen))


def test_that_there_is_no_text_field_anywhere(make_kiosk: MakeKiosk) -> None:
    for screen in every_page(make_kiosk()):
        assert not screen.findChildren(QLineEdit)
        assert not screen.findChildren(QTextEdit)


def test_that_a_question_is_answered_by_keyboard_alone(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk()
    kiosk.begin()
    guide = kiosk.guide
    guide._visit = flow.change(guide._visit, "pain")
    guide._show_page()
    kiosk.window.activateWindow()
    kiosk.screen.setFocus()
    seen = []
    for _ in range(40):
        QTest.keyClick(kiosk.window.focusWidget() or kiosk.screen, Qt.Key.Key_Tab)
        seen.append(kiosk.window.focusWidget())
        if seen[-1] is kiosk.screen.keys[4]:
            break
    assert seen[-1] is kiosk.screen.keys[4]
    QTest.keyClick(seen[-1], Qt.Key.Key_Right)
    QTest.keyClick(kiosk.window.focusWidget(), Qt.Key.Key_Return)
    assert kiosk.screen.keys[5].isChecked()


def test_that_screens_are_drawn_anew_when_the_window_changes_size(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk()
    before = kiosk.screen
    kiosk.window.resize(1600, 900)
    assert kiosk.screen is not before
    assert kiosk.screen.size() == QSize(1600, 900)


@pytest.mark.parametrize(("claimed", "meant"), [(149.0, 149.0), (20.0, 96.0), (900.0, 96.0)])
def test_that_a_panel_that_lies_about_its_size_is_not_believed(
    claimed: float, meant: float
) -> None:
    class Panel:
        def physicalDotsPerInch(self) -> float:  # noqa: N802 -- Qt's name
            return claimed

    assert dots_per_inch(Panel()) == meant  # type: ignore[arg-type]


def test_that_eleven_numbers_fit_a_ten_inch_panel(qapp: object, theme: Theme) -> None:
    measures = Measures.of(theme, QSize(1280, 800), 149.0, USUAL)
    screen = NumberScreen(measures)
    screen.resize(1280, 800)
    frame = Frame(1, 2, "How bad was your pain?", "", can_go_on=False)
    screen.show(NumberState(frame, tuple(range(11)), "None", "Worst", None))
    floor = round(16 * 149.0 / INCH_MM)
    assert all(key.width() >= floor for key in screen.keys.values())
    assert 11 * screen.keys[0].width() + 10 * measures.gap <= 1280


def test_that_the_kiosk_loads_no_drawing_library() -> None:
    program = (
        "import sys, monitor.ui.kiosk.window; "
        "sys.exit(bool({'matplotlib', 'numpy', 'sqlalchemy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_that_the_lines_of_a_question_are_alike_and_none_is_a_lone_word(qapp: object) -> None:
    font = QFont("Inter")
    font.setPixelSize(40)
    text = "Since the procedure, do you have any of these?"
    last_word = text.rsplit(maxsplit=1)[0]
    room = math.ceil(Lines(last_word, font, 10_000).width) + 1  # the last word does not fit
    wide = least_width(text, font, room)
    assert Lines(text, font, wide).height == Lines(text, font, room).height
    assert wide < 0.7 * room
