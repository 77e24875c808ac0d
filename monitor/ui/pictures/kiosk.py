"""The way through the kiosk, as one patient's visit with everything that can come between."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from monitor.domain.submission import COMPARED, Place
from monitor.ui.kiosk.screens.body_map import BodyMapScreen
from monitor.ui.kiosk.screens.choice import ChoiceScreen
from monitor.ui.kiosk.screens.message import MessageScreen
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.screens.statements import StatementsScreen
from monitor.ui.kiosk.window import KioskWindow, LastCall
from monitor.ui.pictures.camera import Camera
from monitor.ui.pictures.person import Person, Stage
from monitor.ui.shared.tasks import Tasks

NUMBER, BORN, WRONG_BORN = "100200", ("01", 1, "1970"), ("01", 1, "1971")
"""The patient of the demo who signs in at the kiosk."""
TOUCHED = {"breathing", "help_now", "arm_pain", "stiffness", "numbness", "selftest_grip"}
"""What this patient has, of all that keys offer."""
MARKED = {Place("neck", "left"): 3, Place("outer_arm", "left"): 4, Place("thumb_side", "left"): 2}


class KioskWalk(Person):
    """Shows every screen of the kiosk to the camera, as one patient's visit."""

    def __init__(self, stage: Stage, tasks: Tasks, camera: Camera, window: KioskWindow) -> None:
        super().__init__(stage, tasks, camera)
        self.window = self.kiosk = window

    @property
    def screen(self) -> Any:
        """The screen that is shown; what is on it depends on its kind."""
        return self.kiosk.current()

    def walk(self) -> None:
        """Go through a visit of the demo's patient, with everything that can come between."""
        self.kiosk.open()
        self.take("kiosk-rest")
        self._ask_for_help()
        self._sign_in()
        self.take("kiosk-confirm")
        self._go_on()
        self.take("kiosk-expect")
        self._go_on()
        while not isinstance(self.screen, ReviewScreen):
            self._answer()
        self._review()
        self._send()
        self._come_again()

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
        self.click(self.screen.go_on)
        self._type_birth_date(BORN)

    def _type_identity(self) -> None:
        self._type_number()
        self._type_birth_date(BORN)

    def _type_number(self) -> None:
        self.click(self.screen.start)
        self.click(self.screen.number)
        self._type_digits(NUMBER)
        self.take("kiosk-identify")

    def _type_birth_date(self, born: tuple[str, int, str]) -> None:
        """From the page of the number to the answer."""
        day, month, year = born
        self.click(self.screen.next)
        self._type_digits(day)
        self.take("kiosk-day")
        self.click(self.screen.next)
        self.click(self.screen.months[month - 1])
        self.take("kiosk-month")
        self.click(self.screen.next)
        self._type_digits(year)
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
            self._give_score(screen)
        elif isinstance(screen, ChoiceScreen):
            self.click(list(screen.keys.values())[1])
            self.take("kiosk-compared" if set(screen.keys) == set(COMPARED) else "kiosk-choice")
        elif isinstance(screen, PickScreen):
            self._pick(screen)
        elif isinstance(screen, StatementsScreen):
            self._judge_statements(screen)
        elif isinstance(screen, BodyMapScreen):
            self._mark_places(screen)
        self._turn()

    def _turn(self) -> None:
        self.click(self.screen.next)
        self.settle()
        if isinstance(self.screen, MessageScreen):
            self.take("kiosk-urgent")
            self._go_on()

    def _give_score(self, screen: NumberScreen) -> None:
        self.take("kiosk-pain-empty")
        self.click(screen.keys[4])
        self.take("kiosk-pain")
        self._stop_and_go_on()
        if "\n" in screen.heading.question.text():
            self.take("kiosk-side")

    def _stop_and_go_on(self) -> None:
        if "kiosk-stop" in self.taken:
            return
        self.click(self.screen.stop)
        self.take("kiosk-stop")
        self._go_on()
        self._let_time_pass()
        self.wait_for("the last call", lambda: isinstance(self.screen, LastCall))
        self.take("kiosk-still-there")
        self._go_on()

    def _pick(self, screen: PickScreen) -> None:
        """Touch what the patient of the demo has, or deny the whole page."""
        touched = [key for item, key in screen.keys.items() if item in TOUCHED]
        for key in touched or [screen.denial]:
            self.click(key)
        self.take("kiosk-flags" if "help_now" in screen.keys else "kiosk-picks")

    def _judge_statements(self, screen: StatementsScreen) -> None:
        if screen.denial.isVisible():
            self.click(screen.denial)
            self.take("kiosk-private")
            return
        for row in screen.rows:
            self.click(list(row.keys.values())[1])
        options = set(screen.rows[0].keys)
        if "yes" in options:
            self.click(screen.rows[0].keys["yes"])
            self.take("kiosk-touched-signs")
        else:
            self.take("kiosk-compared-places" if options == set(COMPARED) else "kiosk-movements")

    def _mark_places(self, screen: BodyMapScreen) -> None:
        self.take("kiosk-bodymap-empty")
        for place, score in MARKED.items():
            area = screen.drawing.areas_of(place)[0]
            where = area.boundingRect().center().toPoint()
            QTest.mouseClick(screen.drawing, Qt.MouseButton.LeftButton, pos=where)
            self.click(screen.keys[score])
        self.take("kiosk-bodymap")

    def _review(self) -> None:
        self.take("kiosk-review")
        while self.screen.later.isVisible():
            self.click(self.screen.later)
        self.take("kiosk-review-last")

    def _send(self) -> None:
        with self.stage.outage():
            self.click(self.screen.next)
            self.settle()
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

    def _go_on(self) -> None:
        self.click(self.screen.go_on)
        self.settle()

    def _let_time_pass(self) -> None:
        """Touch nothing for as long as the page may stand."""
        before = self.screen
        self.kiosk.idle.start(0)
        self.wait_for("the next page", lambda: self.screen is not before)
