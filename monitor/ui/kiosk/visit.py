"""A patient's visit on the screen: questions, the review, and the way into the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from monitor.domain import visit as flow
from monitor.domain.submission import COMPARED, Answer, Place
from monitor.domain.visit import Visit
from monitor.services import submissions
from monitor.services.access import Welcome
from monitor.services.submissions import Completed, Receipt
from monitor.ui.kiosk import wording
from monitor.ui.kiosk.guide import Guide
from monitor.ui.kiosk.screens.body_map import BodyMapScreen
from monitor.ui.kiosk.screens.choice import ChoiceScreen
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.message import (
    Expect,
    MessageState,
    NotSaved,
    StopAsked,
    Thanks,
    Urgent,
)
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.review import ReviewScreen, ReviewState
from monitor.ui.kiosk.screens.statements import StatementsScreen
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.texts import word

UNJUDGED = "unjudged"
"""Stands for a red rule where none could be looked at."""


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class _Sending:
    """A submission on its way, and where the visit goes on once it is stored."""

    completed: Completed
    then: Callable[[], None]


class Asking(Guide):
    """Leads one identified patient through the form of the day.

    Answers are in the store before anything says so. A warning sign is recorded at once, as a
    partial submission with an id of its own; the complete one keeps the id of the visit, so
    that sending it twice changes nothing.
    """

    def __init__(
        self,
        tasks: Tasks,
        welcome: Welcome,
        *,
        now: Callable[[], dt.datetime] = utc_now,
        zone: dt.tzinfo | None = None,
    ) -> None:
        super().__init__()
        self._tasks = tasks
        self._welcome = welcome
        self._now = now
        self._zone = zone
        self._visit = flow.start(
            str(uuid.uuid4()),
            welcome.protocol,
            welcome.form_id,
            welcome.day,
            welcome.profile,
            welcome.implant,
        )
        self._on_message: Callable[[], None] | None = None
        self._on_second: Callable[[], None] | None = None
        self._sending: _Sending | None = None
        self._started_at: dt.datetime | None = None
        self._waiting = False
        self._reported: frozenset[tuple[str, int | str]] = frozenset()
        self._kept: tuple[Answer, ...] = ()
        self._told: frozenset[str] = frozenset()
        self._done = False
        tasks.faulted.connect(self._on_fault)

    def begin(self) -> None:
        """Say what to expect."""
        if self._welcome.answered_today:
            title = self.tr("You already answered today.")
            text = self.tr("Would you like to add anything?")
            words = (self.tr("Yes, answer again"), self.tr("No, thank you"))
        else:
            _, count = flow.position(self._visit)
            title = self.tr("About {count} questions, {minutes} minutes.")
            title = title.format(count=count, minutes=wording.minutes(self._visit))
            text = self.tr(
                "You may skip any of them. A nurse reads your answers on working days. "
                "If you feel very unwell, tell the staff now."
            )
            if self._welcome.asked_again:
                again = self.tr(
                    "Your nurse would like a few answers again, a little earlier than planned."
                )
                text = f"{again} {text}"
            words = (self.tr("Begin"), self.tr("Not now"))
        self._say(Expect(title, text, *words), go_on=self._show_page, second=self._end)

    def wire(self, screen: Screen) -> None:
        super().wire(screen)
        if isinstance(screen, NumberScreen | ChoiceScreen):
            screen.answered.connect(self._answer)
        elif isinstance(screen, StatementsScreen):
            screen.answered.connect(self._answer_row)
            screen.denied.connect(lambda: self._change(flow.deny_all(self._visit)))
        elif isinstance(screen, BodyMapScreen):
            screen.touched.connect(self._touch)
            screen.answered.connect(
                lambda score: self._change(flow.score_region(self._visit, score))
            )
            screen.denied.connect(lambda: self._change(flow.deny_regions(self._visit)))
        elif isinstance(screen, ReviewScreen):
            screen.change_asked.connect(lambda key: self._change(flow.change(self._visit, key)))

    def go_on(self) -> None:
        if self._waiting:
            return
        if self._on_message is not None:
            self._on_message()
        elif self._visit.at == flow.REVIEW.key:
            self._send()
        else:
            self._turn(flow.go_on(self._visit))

    def skip(self) -> None:
        if self._waiting:
            return
        if self._on_message is None:
            self._turn(flow.skip(self._visit))
        elif self._on_second is not None:
            self._on_second()

    def go_back(self) -> None:
        self._change(flow.back(self._visit))

    def stop(self) -> None:
        if self._waiting:
            return
        words = StopAsked(
            title=self.tr("Do you want to stop?"),
            text=self.tr("What you have answered so far will be saved for your nurse."),
            go_on=self.tr("Go on with the questions"),
            second=self.tr("Stop here"),
        )
        self._say(words, go_on=self._show_page, second=lambda: self._give_up(self._thank_for_part))

    def expire(self) -> None:
        """Nobody is there any more: keep what was answered and rest."""
        if self._waiting or self._sending is not None:
            return
        if self._done:
            self._end()
        else:
            self._give_up(self._end)

    def _answer(self, value: int | str) -> None:
        self._answer_row(0, value)

    def _answer_row(self, row: int, value: int | str) -> None:
        page = flow.current(self._visit)
        question = page.questions[row]
        if page.kind == "compared":
            if value in COMPARED:
                self._change(flow.compare(self._visit, question, value))
        else:
            self._change(flow.answer(self._visit, question, value))

    def _touch(self, place: Place) -> None:
        self._change(flow.touch_region(self._visit, place))

    def _change(self, visit: Visit) -> None:
        """Take over what was touched on a page, unless something is on its way."""
        if not self._waiting and self._on_message is None:
            self._visit = visit
            self._show_page()

    def _turn(self, visit: Visit) -> None:
        """Go to another page; new warning signs are recorded before it is shown."""
        self._visit = visit
        signs = flow.warning_signs(visit)
        if signs <= self._reported:
            self._show_page()
            return
        self._reported = signs
        self._record(self._part(flow.answers(visit)), self._show_page)

    def _send(self) -> None:
        answers = flow.answers(self._visit)
        if not answers:
            self._end()
            return
        state = wording.page_state(self._visit)
        if isinstance(state, ReviewState):
            self.shown.emit(replace(state, sending=True))
        completed = self._completed(self._visit.id, answers)
        self._record(completed, self._thank)

    def _give_up(self, then: Callable[[], None]) -> None:
        answers = flow.give_up(self._visit)
        if not answers:
            self._end()
        elif answers == self._kept:
            then()
        else:
            self._record(self._part(answers), then)

    def _part(self, answers: tuple[Answer, ...]) -> Completed:
        return replace(self._completed(str(uuid.uuid4()), answers), part_of=self._visit.id)

    def _completed(self, submission_id: str, answers: tuple[Answer, ...]) -> Completed:
        return Completed(
            id=submission_id,
            episode_id=self._welcome.episode_id,
            form=self._visit.form,
            answers=answers,
            answered_at=self._now(),
            started_at=self._started_at,
        )

    def _record(self, completed: Completed, then: Callable[[], None]) -> None:
        self._sending = _Sending(completed, then)
        self._try_again()

    def _try_again(self) -> None:
        if self._sending is None:
            return
        self._waiting = True
        self._tasks.run(
            submissions.record,
            self._sending.completed,
            then=self._recorded,
            failed=self._not_recorded,
        )

    def _recorded(self, receipt: Receipt) -> None:
        sending = self._sending
        if sending is None:
            return
        self._waiting = False
        self._sending = None
        self._kept = sending.completed.answers
        self._receipt = receipt
        self._done = not sending.completed.part_of
        urgent = frozenset(receipt.urgent)
        if self._reported and not receipt.evaluated:
            urgent |= {UNJUDGED}  # the rules could not look: a warning sign speaks for itself
        news = urgent - self._told
        self._told |= news
        if news:
            self._show_urgent(sending.then)
        else:
            sending.then()

    def _not_recorded(self, error: Exception) -> None:
        self._waiting = False
        words = NotSaved(
            title=self.tr("Your answers are not saved yet."),
            text=self.tr(
                "They are kept on this screen. Please leave it as it is, tell a member of staff, "
                "or try again."
            ),
            go_on=self.tr("Try again"),
        )
        self._say(words, go_on=self._try_again)

    def _on_fault(self, error: Exception) -> None:
        """A bug elsewhere is not ours to show; one while our answers are on their way is."""
        if self._waiting:
            self._not_recorded(error)

    def _show_urgent(self, then: Callable[[], None]) -> None:
        words = wording.words_of(self._visit)
        state = Urgent(
            title=word("urgent.title", words),
            text=word("urgent.text", words),
            go_on=self.tr("I have told someone"),
        )
        self._say(state, go_on=then)

    def _thank(self) -> None:
        saved = self._receipt.received_at.astimezone(self._zone)
        title = self.tr("Thank you. Saved at {time}.").format(time=f"{saved:%H:%M}")
        text = ""
        if (due := self._receipt.next_due) is not None:
            text = self.tr("Your next questions are due on {day}.")
            text = text.format(day=wording.day_name(due))
        self._say(Thanks(title, text, go_on=self.tr("Done")), go_on=self._end)

    def _thank_for_part(self) -> None:
        self._done = True
        self._thank()

    def _show_page(self) -> None:
        self._on_message = None
        self._on_second = None
        if self._started_at is None:
            self._started_at = self._now()
        self.shown.emit(wording.page_state(self._visit))

    def _say(
        self,
        state: MessageState,
        go_on: Callable[[], None],
        second: Callable[[], None] | None = None,
    ) -> None:
        self._on_message = go_on
        self._on_second = second
        self.shown.emit(state)

    def _end(self) -> None:
        self.ended.emit()
