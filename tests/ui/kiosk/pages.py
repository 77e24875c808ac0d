"""Every page of the kiosk, one after the other: for tests that hold for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from monitor.domain import visit as flow
from monitor.domain.submission import Place
from monitor.services.access import Welcome
from monitor.ui.kiosk import saying
from monitor.ui.kiosk.hand_over import HandOver
from monitor.ui.kiosk.visit import Asking
from tests.ui.kiosk.conftest import Kiosk

DAYS = (("base", -1), ("acute", 1), ("acute", 7), ("week", 35), ("month", 60))
"""Every form, with days on which it is asked."""


def every_page(kiosk: Kiosk) -> Iterator[Any]:
    """The kiosk's screen on each page of its way, laid out as it is painted."""
    for screen in walk(kiosk):
        lay_out()
        yield screen


def lay_out() -> None:
    for _ in range(2):  # one layout may ask for another
        QApplication.sendPostedEvents()


def walk(kiosk: Kiosk) -> Iterator[Any]:
    """Each page a patient, and then staff, can come to; every form with every follow-up."""
    yield from _sign_in(kiosk)
    guide = kiosk.guide
    for form, day in DAYS:
        for visit in visits(guide._visit, form, day):
            guide._visit = visit
            guide._show_page()
            yield kiosk.screen
    yield from _messages(kiosk, guide)
    yield from _laid_over(kiosk)


def _sign_in(kiosk: Kiosk) -> Iterator[Any]:
    yield kiosk.screen
    kiosk.touch(kiosk.screen.start)
    yield kiosk.screen
    kiosk.touch(kiosk.screen.code)
    kiosk.type("123")
    yield kiosk.screen
    kiosk.touch(kiosk.screen.back)
    kiosk.touch(kiosk.screen.number)
    for typed in ("1001", "17"):
        kiosk.type(typed)
        yield kiosk.screen
        kiosk.touch(kiosk.screen.next)
    kiosk.touch(kiosk.screen.months[4])
    yield kiosk.screen
    kiosk.touch(kiosk.screen.next)
    kiosk.type("1971")
    yield kiosk.screen
    kiosk.touch(kiosk.screen.next)
    yield kiosk.screen
    kiosk.wait_for_answer()
    yield kiosk.screen
    arrival = kiosk.window._arrival
    for tell in (arrival._send_to_desk, arrival._show_resting):
        tell()
        yield kiosk.screen
    arrival.begin()
    kiosk.sign_in()
    yield kiosk.screen
    kiosk.touch(kiosk.screen.go_on)
    yield kiosk.screen
    kiosk.touch(kiosk.screen.go_on)


def _messages(kiosk: Kiosk, guide: Asking) -> Iterator[Any]:
    """What a visit may have to say beside its questions."""
    guide._ring(guide._show_page)
    yield kiosk.screen
    guide.staff_came()
    yield kiosk.screen
    guide.stop()
    yield kiosk.screen
    hand_over = HandOver(cast(Welcome, None))  # nobody's name is said there
    for say in (saying.parked, saying.not_saved, hand_over._give_back):
        kiosk.window.show_state(say())
        yield kiosk.screen
    guide._show_page()
    kiosk.window._show_last_call(45)
    yield kiosk.screen


def _laid_over(kiosk: Kiosk) -> Iterator[Any]:
    kiosk.window._offer_comfort()
    yield kiosk.screen
    kiosk.window._ask_for_pin()
    yield kiosk.screen
    kiosk.window._over.open()  # type: ignore[union-attr]
    yield kiosk.screen
    kiosk.touch(kiosk.screen.calibrate)
    yield kiosk.screen


def visits(begun: flow.Visit, form: str, day: int) -> Iterator[flow.Visit]:
    """A visit at each page of a form, all of it answered so that every follow-up is asked."""
    visit = flow.start("visit", begun.protocol, form, day, "TORT", language=begun.language)
    while visit.at != flow.REVIEW.key:
        yield visit
        visit = answered(visit)
        yield visit
        visit = flow.go_on(visit)
    yield visit


def answered(visit: flow.Visit) -> flow.Visit:
    """The visit with its current page answered, so that every follow-up is asked."""
    page = flow.current(visit)
    for question in page.questions:
        scale = visit.protocol.scale_of(question.item)
        if page.kind == "pick":
            visit = flow.touch_item(visit, question.item)
        elif page.kind == "compared":
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
    """Everything with the looks of a key on a page."""
    return [key for key in screen.findChildren(QAbstractButton) if key.isVisibleTo(screen)]
