"""Every screen: there for every kind of question, large enough to touch, whole to read."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTextEdit, QWidget

from monitor.domain import visit as flow
from monitor.domain.protocol import Item, Protocol
from monitor.domain.submission import Place
from monitor.domain.visit import PageKind
from monitor.ui.kiosk import body, wording
from monitor.ui.kiosk.gallery import ANSWERING, LASTS_SECONDS, SCREENS, SIGNING_IN
from monitor.ui.kiosk.measures import Measures, dots_per_inch
from monitor.ui.kiosk.screens.frame import Frame
from monitor.ui.kiosk.screens.message import MessageState, NotSaved
from monitor.ui.kiosk.screens.number import NumberScreen, NumberState
from monitor.ui.kiosk.screens.parts import FittedText, Key
from monitor.ui.kiosk.screens.rest import RestState
from monitor.ui.shared.theme import Theme
from tests.ui.kiosk.conftest import Kiosk

MakeKiosk = Callable[..., Kiosk]
LARGEST_TEXT = 1.6
PANELS = pytest.mark.parametrize(
    ("size", "dpi", "text_scale"),
    [
        pytest.param((1280, 800), 96.0, 1.0, id="15 inch"),
        pytest.param((1280, 800), 96.0, LARGEST_TEXT, id="15 inch, largest text"),
        pytest.param((1920, 1080), 96.0, 1.0, id="23 inch"),
        pytest.param((1920, 1080), 96.0, LARGEST_TEXT, id="23 inch, largest text"),
        pytest.param((1280, 800), 149.0, 1.0, id="10 inch"),
    ],
)
INCH_MM = 25.4


def every_page(kiosk: Kiosk) -> Iterator[Any]:
    """The kiosk's screen on each page of its way, laid out as it is painted."""
    for screen in walk(kiosk):
        for _ in range(2):  # one layout may ask for another
            QApplication.sendPostedEvents()
        yield screen


def walk(kiosk: Kiosk) -> Iterator[Any]:
    yield kiosk.screen
    kiosk.touch(kiosk.screen.start)
    yield kiosk.screen
    kiosk.type("1001")
    kiosk.touch(kiosk.screen.next)
    kiosk.type("17")
    yield kiosk.screen
    kiosk.touch(kiosk.screen.months[4])
    kiosk.type("1971")
    kiosk.touch(kiosk.screen.next)
    yield kiosk.screen
    kiosk.touch(kiosk.screen.fields["year"])
    kiosk.touch(kiosk.screen.erase)
    kiosk.touch(kiosk.screen.digits["0"])
    kiosk.touch(kiosk.screen.next)
    yield kiosk.screen
    kiosk.touch(kiosk.screen.go_on)
    yield kiosk.screen
    kiosk.touch(kiosk.screen.go_on)
    guide = kiosk.guide
    for form, day in (("base", -1), ("acute", 7), ("week", 35), ("month", 60)):
        visit = flow.start("visit", guide._visit.protocol, form, day, "TORT")
        while visit.at != flow.REVIEW.key:
            visit = answered(visit)
            guide._visit = visit
            guide._show_page()
            yield kiosk.screen
            visit = flow.go_on(visit)
        guide._visit = visit
        guide._show_page()
        yield kiosk.screen
    guide._show_urgent(guide._show_page)
    yield kiosk.screen
    guide._not_recorded(RuntimeError())
    yield kiosk.screen
    guide.stop()
    yield kiosk.screen
    kiosk.window._on_idle()
    yield kiosk.screen


def answered(visit: flow.Visit) -> flow.Visit:
    """The visit with its current page answered, so that every follow-up is asked."""
    page = flow.current(visit)
    for question in page.questions:
        scale = visit.protocol.scale_of(question.item)
        if page.kind == "compared":
            visit = flow.compare(visit, question, "new")
        elif page.kind == "body_map":
            for place in (Place("thumb_side", "left"), Place("back_of_head", "right")):
                visit = flow.score_region(flow.touch_region(visit, place), 8)
        elif scale.kind == "number":
            visit = flow.answer(visit, question, scale.maximum)
        else:
            visit = flow.answer(visit, question, scale.options[-1])
    return visit


def touchable(screen: QWidget) -> list[QAbstractButton]:
    return [key for key in screen.findChildren(QAbstractButton) if key.isVisibleTo(screen)]


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
    assert set(SCREENS) - ANSWERING - SIGNING_IN - set(LASTS_SECONDS) == {RestState, NotSaved}


def test_that_every_region_of_the_protocol_is_drawn(protocol: Protocol) -> None:
    drawn = set(body.HALVES["front"]) | set(body.HALVES["back"])
    assert drawn == set(protocol.regions)


@PANELS
def test_that_everything_to_touch_is_large_enough_and_apart(
    make_kiosk: MakeKiosk, size: tuple[int, int], dpi: float, text_scale: float
) -> None:
    kiosk = make_kiosk(size=size, dpi=dpi, text_scale=text_scale)
    per_mm = dpi / INCH_MM
    floor, gap = int(16 * per_mm), int(3 * per_mm)
    too_small: set[str] = set()
    too_near: set[str] = set()
    for screen in every_page(kiosk):
        places = {}
        for key in touchable(screen):
            where = key.rect().translated(key.mapTo(screen, key.rect().topLeft()))
            places[key] = where
            name = f"{type(screen).__name__}: {key.accessibleName()} {where.size().toTuple()}"
            if min(where.width(), where.height()) < floor or not screen.rect().contains(where):
                too_small.add(name)
        for (one, first), (_, second) in itertools.combinations(places.items(), 2):
            if first.adjusted(-gap + 1, -gap + 1, gap - 1, gap - 1).intersects(second):
                too_near.add(f"{type(screen).__name__}: {one.accessibleName()}")
    assert too_small == set()
    assert too_near == set()


@PANELS
def test_that_no_text_is_cut_off(
    make_kiosk: MakeKiosk, size: tuple[int, int], dpi: float, text_scale: float
) -> None:
    kiosk = make_kiosk(size=size, dpi=dpi, text_scale=text_scale)
    cut: set[str] = set()
    for screen in every_page(kiosk):
        for part in screen.findChildren(QWidget):
            if not isinstance(part, FittedText | Key) or not part.isVisibleTo(screen):
                continue
            if part.text() and not part.is_whole():
                cut.add(f"{type(screen).__name__}: {part.text()}")
    assert cut == set()


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


def test_that_the_body_map_is_marked_by_keyboard_alone(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk()
    kiosk.begin()
    guide = kiosk.guide
    guide._visit = flow.change(guide._visit, "numbness")
    guide._show_page()
    drawing = kiosk.screen.drawing
    QTest.keyClick(drawing, Qt.Key.Key_Right)
    name = drawing.accessibleName()
    QTest.keyClick(drawing, Qt.Key.Key_Return)
    assert kiosk.screen.name.text() == name
    assert drawing.accessibleName() == f"{name}, marked"


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
    measures = Measures.of(theme, QSize(1280, 800), 149.0)
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
