"""The way through the kiosk, as one patient's visit with everything that can come between."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from monitor.domain.submission import COMPARED, Place
from monitor.services import access, calls
from monitor.services.demo import STAFF_PIN
from monitor.services.staff import FREE
from monitor.ui.kiosk.comfort import CAPITALS_MM, Comfort
from monitor.ui.kiosk.screens.body_map import BodyMapScreen
from monitor.ui.kiosk.screens.choice import ChoiceScreen
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.screens.statements import StatementsScreen
from monitor.ui.kiosk.staff import Corner
from monitor.ui.kiosk.window import KioskWindow, LastCall
from monitor.ui.pictures.camera import Camera
from monitor.ui.pictures.person import Person, Stage
from monitor.ui.shared.tasks import Tasks

NUMBER, BORN, WRONG_BORN = "100200", dt.date(1970, 1, 1), dt.date(1971, 1, 1)
"""The patient of the demo who signs in at the kiosk."""
TOUCHED = {"help_now", "sudden_headache", "arm_pain", "stiffness", "numbness", "selftest_grip"}
"""What this patient has, of all that keys offer."""
PICKED = {"help_now": "flags", "arm_pain": "picks", "selftest_grip": "selftests"}
"""What a page of keys is called after, by one of its keys."""
FRONT = {Place("neck", "left"): 3, Place("outer_arm", "left"): 4, Place("thumb_side", "left"): 2}
BACK = {Place("back_of_head", "left"): 3}
WRONG_PIN = STAFF_PIN[::-1]
LOOKS = {
    "dark": Comfort(contrast="dark"),
    "left": Comfort(hand="left"),
    "largest": Comfort(text_size=len(CAPITALS_MM) - 1),
    "ar": Comfort(language="ar"),
}
"""How some pages are shown once more: other eyes, another hand, lines that begin on the right."""


class KioskWalk(Person):
    """Shows every screen of the kiosk to the camera, as one patient's visit."""

    def __init__(self, stage: Stage, tasks: Tasks, camera: Camera, window: KioskWindow) -> None:
        super().__init__(stage, tasks, camera)
        self.window = self.kiosk = window
        self._languages: tuple[str, ...] = ()

    @property
    def screen(self) -> Any:
        """The screen that is shown; what is on it depends on its kind."""
        return self.kiosk.current()

    def walk(self) -> None:
        """Go through a visit of the demo's patient, with everything that can come between."""
        self.kiosk.open()
        self._rest()
        self._ask_for_help()
        self._sign_in()
        self._take_in_all_looks("kiosk-confirm")
        self._go_on()
        self.take("kiosk-expect")
        self._go_on()
        while not isinstance(self.screen, ReviewScreen):
            self._answer()
        self._review()
        self._send()
        self._come_again()
        self._let_staff_in()
        self._hand_over()

    def _rest(self) -> None:
        self.settle()
        self.take("kiosk-rest")
        self._languages = tuple(self.screen.languages)
        self.kiosk.dimming.timeout.emit()
        self.take("kiosk-rest-dimmed")
        self.click(self.screen.dimmed)

    def _ask_for_help(self) -> None:
        self.click(self.screen.start)
        self.take("kiosk-ways")
        self.click(self.screen.code)
        self._type_digits("47")
        self.take("kiosk-code")
        self.click(self.screen.help)
        self.take("kiosk-desk")
        self._let_time_pass()

    def _sign_in(self) -> None:
        self._type_number()
        self._type_birth_date(WRONG_BORN)
        self.take("kiosk-not-matched")
        self._go_on()
        self._type_birth_date(BORN)

    def _type_identity(self) -> None:
        self._type_number()
        self._type_birth_date(BORN)

    def _type_number(self) -> None:
        self.click(self.screen.start)
        self.click(self.screen.number)
        self._type_digits(NUMBER)
        self.take("kiosk-identify")

    def _type_birth_date(self, born: dt.date) -> None:
        """From the page of the number to the answer."""
        self.click(self.screen.next)
        self._type_digits(f"{born:%d}")
        self.take("kiosk-day")
        self.click(self.screen.next)
        self.click(self.screen.months[born.month - 1])
        self.take("kiosk-month")
        self.click(self.screen.next)
        self._type_digits(f"{born:%Y}")
        self.take("kiosk-year")
        self.click(self.screen.next)
        self.take("kiosk-moment")
        moment = self.screen.title.text()
        self.wait_for("the answer", lambda: self.screen.title.text() != moment)

    def _type_digits(self, digits: str) -> None:
        for digit in digits:
            self.click(self.screen.digits[digit])

    def _answer(self) -> None:
        """Answer the page that is shown, and turn it."""
        screen = self.screen
        if isinstance(screen, NumberScreen):
            self._give_score()
        elif isinstance(screen, ChoiceScreen):
            self._choose(screen)
        elif isinstance(screen, PickScreen):
            self._pick(screen)
        elif isinstance(screen, StatementsScreen):
            self._judge_statements(screen)
        elif isinstance(screen, BodyMapScreen):
            self._mark_places()

    def _turn(self) -> None:
        self.click(self.screen.next)
        self.settle()

    def _turn_in_outage(self) -> None:
        """What was answered is not saved, and the patient goes on all the same."""
        with self.stage.outage():
            self._turn()

    def _give_score(self) -> None:
        self.take("kiosk-pain-empty")
        self.click(self.screen.keys[4])
        languages = {code: Comfort(language=code) for code in self._languages}
        self._take_in_all_looks("kiosk-pain", languages)
        if "\n" in self.screen.heading.question.text():
            self.take("kiosk-side")
        self._turn()

    def _choose(self, screen: ChoiceScreen) -> None:
        self.click(list(screen.keys.values())[1])
        self.take("kiosk-compared" if set(screen.keys) == set(COMPARED) else "kiosk-choice")
        self._turn()

    def _pick(self, screen: PickScreen) -> None:
        """Touch what the patient of the demo has, or deny the whole page."""
        touched = [key for item, key in screen.keys.items() if item in TOUCHED]
        names = [name for item, name in PICKED.items() if item in screen.keys]
        for name in names:
            self.take(f"kiosk-{name}-empty")
        for key in touched or [screen.denial]:
            self.click(key)
        for name in names:
            self._take_in_all_looks(f"kiosk-{name}")
        if "kiosk-parked" not in self.taken:
            self._choose_comfort()
            self._stop_and_go_on()
            self._walk_away_and_come_back()
        self._turn()

    def _choose_comfort(self) -> None:
        self.click(self.screen.comfort_key)
        self.take("kiosk-comfort")
        self.click(self.screen.languages["ar"])
        self.take("kiosk-comfort-ar")
        self.click(self.screen.languages["en"])
        self.click(self.screen.done)

    def _stop_and_go_on(self) -> None:
        self.click(self.screen.stop)
        self.take("kiosk-stop")
        self._go_on()

    def _walk_away_and_come_back(self) -> None:
        self._let_time_pass()
        self.wait_for("the last call", lambda: isinstance(self.screen, LastCall))
        self.take("kiosk-still-there")
        self.click(self.screen.second)
        self.settle()
        self._type_identity()
        self._go_on()
        self.take("kiosk-parked")
        self._go_on()

    def _judge_statements(self, screen: StatementsScreen) -> None:
        options = set(screen.rows[0].keys)
        if screen.denial.isVisible():
            self.click(screen.denial)
            self.take("kiosk-private")
            self._turn_in_outage()
            self.take("kiosk-unsaved")
            self.click(self.screen.back)
            self.settle()
            self._turn()
            return
        for row in screen.rows:
            self.click(list(row.keys.values())[1])
        if "yes" in options:
            self.click(screen.rows[0].keys["yes"])
            self.take("kiosk-touched-signs")
            self._turn_in_outage()
            self._wait_for_staff()
            return
        self.take("kiosk-compared-places" if options == set(COMPARED) else "kiosk-movements")
        self._turn()

    def _wait_for_staff(self) -> None:
        """On the red page, which the station hears of once the store is there again."""
        self.take("kiosk-urgent")
        self.kiosk.heart.timeout.emit()
        self.settle()
        self.take("kiosk-urgent-called")
        called = self.screen.text.text()
        for call in calls.waiting(self.stage.clinic):
            calls.answer(self.stage.clinic, call.id)
        self.wait_for("the nurse", lambda: self.screen.text.text() != called)
        self.take("kiosk-urgent-coming")
        self.click(self.screen.second)
        self.take("kiosk-pin")
        self._enter_pin(WRONG_PIN)
        self.take("kiosk-pin-wrong")
        self._enter_pin(STAFF_PIN)
        self.take("kiosk-afterwards")
        self._go_on()

    def _enter_pin(self, pin: str) -> None:
        self._type_digits(pin)
        self._turn()

    def _mark_places(self) -> None:
        self.take("kiosk-bodymap-empty")
        self._mark(FRONT)
        self._take_in_all_looks("kiosk-bodymap")
        self.click(self.screen.drawing.turn)
        self._mark(BACK)
        self.take("kiosk-bodymap-back")
        self._turn()

    def _mark(self, scores: dict[Place, int]) -> None:
        for place, score in scores.items():
            drawing = self.screen.drawing
            where = drawing.areas_of(place)[0].boundingRect().center().toPoint()
            QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=where)
            self.click(self.screen.keys[score])

    def _review(self) -> None:
        self._take_in_all_looks("kiosk-review")
        while self.screen.later.isVisible():
            self.click(self.screen.later)
        self.take("kiosk-review-last")

    def _send(self) -> None:
        self._turn_in_outage()
        self.take("kiosk-not-saved")
        self._go_on()
        self.take("kiosk-thanks")
        self._go_on()

    def _come_again(self) -> None:
        """Sign in once more on the same day, and again when the store is out of reach."""
        self._type_identity()
        self._go_on()
        self.take("kiosk-answered-today")
        self.click(self.screen.second)
        with self.stage.outage():
            self._type_identity()
            self.take("kiosk-resting")

    def _let_staff_in(self) -> None:
        """Press the corner, and look at what there is behind the PIN."""
        (corner,) = self.kiosk.findChildren(Corner)
        corner.held.emit()
        self._enter_pin(STAFF_PIN)
        self.take("kiosk-staff")
        self.click(self.screen.calibrate)
        self.take("kiosk-calibrate")
        self.click(self.screen.back)
        self.click(self.screen.back)

    def _hand_over(self) -> None:
        """Be handed to a patient who is another; nobody who has the screen knows the PIN."""
        self.kiosk.hand_over(access.identify(self.stage.clinic, NUMBER, BORN))
        self.settle()
        self.click(self.screen.second)
        self.take("kiosk-give-back")
        self._go_on()
        for _ in range(FREE):
            self._enter_pin(WRONG_PIN)
        self.take("kiosk-pin-locked")

    def _go_on(self) -> None:
        self.click(self.screen.go_on)
        self.settle()

    def _let_time_pass(self) -> None:
        """Touch nothing for as long as the page may stand."""
        before = self.screen
        self.kiosk.idle.start(0)
        self.wait_for("the next page", lambda: self.screen is not before)

    def _take_in_all_looks(self, name: str, also: dict[str, Comfort] | None = None) -> None:
        """Take the page as most see it, and once more as each of the looks makes it."""
        if name in self.taken:
            return
        self.take(name)
        usual = self.kiosk.comfort
        for look, comfort in {**LOOKS, **(also or {})}.items():
            self.kiosk.change_comfort(comfort)
            self.take(f"{name}-{look}")
        self.kiosk.change_comfort(usual)
