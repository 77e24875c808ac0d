"""A patient's visit on the screen: questions, the review, and the way into the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QTimer

from monitor.domain import visit as flow
from monitor.domain.submission import COMPARED, Answer, Place
from monitor.domain.urgent import UNJUDGED, urgent_rules
from monitor.domain.visit import Visit
from monitor.services import drafts, submissions
from monitor.services.access import Welcome
from monitor.services.submissions import Completed, Receipt
from monitor.ui.kiosk import saying, wording
from monitor.ui.kiosk.alarm import Alarm
from monitor.ui.kiosk.guide import Guide
from monitor.ui.kiosk.post import Post
from monitor.ui.kiosk.screens.body_map import BodyMapScreen
from monitor.ui.kiosk.screens.choice import ChoiceScreen
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.message import MessageState
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.review import ReviewScreen, ReviewState
from monitor.ui.kiosk.screens.statements import StatementsScreen
from monitor.ui.shared.tasks import Tasks

SLOW_MS = 1000
"""How long a page waits for the store until the patient goes on without it."""


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, eq=False)
class _Wait:
    """Something that the page waits for, and what happens where it fails."""

    failed: Callable[[Exception], None]


class Asking(Guide):
    """Leads one identified patient through the form of the day.

    Each page is in the store as a draft before it turns; where the store is away the patient
    goes on all the same, and nothing says that it was saved. What must be told at once is: the
    red page waits for nothing, and what it rests on is sent as a part of the report, with an id
    of its own. The complete report keeps the id of the visit, so that sending it twice changes
    nothing. `slow` runs while a page waits for its draft.
    """

    def __init__(
        self,
        tasks: Tasks,
        post: Post,
        welcome: Welcome,
        *,
        language: str,
        chime: Callable[[], None],
        now: Callable[[], dt.datetime] = utc_now,
        zone: dt.tzinfo | None = None,
    ) -> None:
        """language: of the words, where the protocol has it; zone: of the times shown."""
        super().__init__()
        self._tasks = tasks
        self._post = post
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
            self._spoken(language),
        )
        self._on_message: Callable[[], None] | None = None
        self._on_second: Callable[[], None] | None = None
        self._waiting: _Wait | None = None
        self._try_anew: Callable[[], None] | None = None
        self._started_at: dt.datetime | None = None
        self._has_draft = False
        self._unsaved = False
        self._reported: frozenset[tuple[str, int | str]] = frozenset()
        self._told: frozenset[str] = frozenset()
        self._on_the_way: tuple[Completed, ...] = ()
        self._after_alarm: Callable[[], None] = self._show_page
        self._done = False
        self._alarm = Alarm(tasks, post, welcome.episode_id, chime, self)
        self._alarm.told.connect(self.say_again)
        self._alarm.ran_out.connect(self._leave_alarm)
        self.slow = QTimer(self)
        self.slow.setSingleShot(True)
        self.slow.setInterval(SLOW_MS)
        self.slow.timeout.connect(self._go_on_unsaved)
        tasks.faulted.connect(self._on_fault)

    def begin(self) -> None:
        """Offer to go on where this patient stopped, or say what to expect."""
        if self._welcome.parked is not None:
            self._say(saying.parked, go_on=self._resume, second=self._begin_again)
        else:
            self._say(
                lambda: saying.expect(self._visit, self._welcome),
                go_on=self._show_page,
                second=self._end,
            )

    def wire(self, screen: Screen) -> None:
        super().wire(screen)
        if isinstance(screen, NumberScreen | ChoiceScreen):
            screen.answered.connect(self._answer)
        elif isinstance(screen, StatementsScreen):
            screen.answered.connect(self._answer_row)
            screen.denied.connect(lambda: self._change(flow.deny_all(self._visit)))
        elif isinstance(screen, PickScreen):
            screen.touched.connect(lambda item: self._change(flow.touch_item(self._visit, item)))
            screen.denied.connect(lambda: self._change(flow.deny_items(self._visit)))
        elif isinstance(screen, BodyMapScreen):
            screen.touched.connect(self._touch)
            screen.answered.connect(
                lambda score: self._change(flow.score_region(self._visit, score))
            )
            screen.denied.connect(lambda: self._change(flow.deny_regions(self._visit)))
        elif isinstance(screen, ReviewScreen):
            screen.change_asked.connect(lambda key: self._change(flow.change(self._visit, key)))

    def speak(self, language: str) -> None:
        self._visit = replace(self._visit, language=self._spoken(language))
        super().speak(language)

    def is_draft(self, language: str) -> bool:
        translation = self._welcome.protocol.translations.get(language)
        return translation is not None and translation.status == "draft"

    def _spoken(self, language: str) -> str:
        """The language, or English where the protocol's words are not in it."""
        return language if language in self._welcome.protocol.words else "en"

    def go_on(self) -> None:
        if self._is_held:
            return
        if self._on_message is not None:
            self._on_message()
        elif self._visit.at == flow.REVIEW.key:
            self._send()
        else:
            self._turn(flow.go_on(self._visit))

    def skip(self) -> None:
        if self._is_held:
            return
        if self._on_message is None:
            self._turn(flow.skip(self._visit))
        elif self._on_second is not None:
            self._on_second()

    def go_back(self) -> None:
        self._change(flow.back(self._visit))

    def stop(self) -> None:
        if not self._is_held:
            self._say(saying.stop_asked, go_on=self._show_page, second=self._stop_here)

    def expire(self) -> None:
        """Nobody is there any more: keep what was answered for their return, and rest."""
        if self._is_held:
            return
        if self._done or not self._has_to_keep:
            self._end()
        elif flow.give_up(self._visit):
            self._park()
        else:
            self._finish(lambda _: self._end())

    def staff_came(self) -> bool:
        if not self._alarm.is_ringing:
            return False
        self._alarm.meet()
        self._leave_alarm()
        return True

    def store_answers(self) -> None:
        """Try again what was not saved; else keep the draft of who is here as young as it is."""
        if self._is_held or self._done:
            return
        if self._try_anew is not None:
            self._try_anew()
        elif self._has_draft:
            self._keep_aside()

    @property
    def _is_held(self) -> bool:
        """Whether touches have to wait; on the red page none does."""
        return self._waiting is not None and not self._alarm.is_ringing

    @property
    def _has_to_keep(self) -> bool:
        return self._has_draft or bool(flow.give_up(self._visit))

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
        if self._waiting is not None or self._on_message is not None:
            return
        if visit.at != self._visit.at:
            self._turn(visit)
        else:
            self._visit = visit
            self._show_page()

    def _turn(self, visit: Visit) -> None:
        """Go to another page: what is urgent is told first, the rest is kept first."""
        self._visit = visit
        urgent = self._tell_urgent(visit)
        if not self._has_to_keep:
            if not urgent:
                self._show_page()
        elif urgent:
            self._keep_aside()
        else:
            self._keep_then_show()

    def _tell_urgent(self, visit: Visit) -> bool:
        """Show the red page if there is anything new to tell; send what it rests on."""
        news = urgent_rules(visit, self._now()) - self._told
        self._told |= news
        if news:
            self._ring(self._show_page)
        signs = flow.warning_signs(visit)
        if news or not signs <= self._reported:
            self._reported = signs
            part = self._part(visit)
            self._on_the_way += (part,)
            self._post.send(submissions.record, part, then=self._part_stored)
        return bool(news)

    def _keep_then_show(self) -> None:
        self.slow.start()
        self._ask_store(
            drafts.keep,
            self._draft(),
            then=lambda _: self._kept(saved=True),
            failed=lambda _: self._kept(saved=False),
        )

    def _go_on_unsaved(self) -> None:
        """The store takes too long: what it makes of the draft is not waited for."""
        self._waiting = None
        self._kept(saved=False)

    def _kept(self, *, saved: bool) -> None:
        self._has_draft |= saved
        self._unsaved = not saved
        self._go_to(self._show_page)

    def _keep_aside(self) -> None:
        """Keep the draft while the patient looks at something else."""

        def note(saved: bool) -> None:
            self._has_draft |= saved
            self._unsaved = not saved

        self._tasks.run(
            drafts.keep,
            self._draft(),
            then=lambda _: note(saved=True),
            failed=lambda _: note(saved=False),
        )

    def _draft(self) -> flow.Draft:
        now = self._now()
        return flow.draft_of(self._visit, self._welcome.episode_id, self._started_at or now, now)

    def _resume(self) -> None:
        if (parked := self._welcome.parked) is None:
            return
        self._has_draft = True
        self._started_at = parked.started_at
        self._turn(flow.resume(self._visit, parked))

    def _begin_again(self) -> None:
        """What was answered before is a report by itself, and what is urgent in it is told."""
        if (parked := self._welcome.parked) is None:
            return
        self._tell_urgent(flow.resume(self._visit, parked))
        begun = self._visit

        def begin(outcome: Receipt | Exception | None) -> None:
            self._visit = begun
            if isinstance(outcome, Receipt) and self._is_news(outcome):
                self._ring(self._show_page)
            else:
                self._go_to(self._show_page)

        self._ask_store(drafts.finish, parked.id, then=begin, failed=begin)

    def _park(self) -> None:
        self._ask_store(
            drafts.keep,
            self._draft(),
            then=lambda _: self._end(),
            failed=lambda _: self._tell_not_saved(self._park),
        )

    def _stop_here(self) -> None:
        if not self._has_to_keep:
            self._end()
        elif flow.give_up(self._visit):
            self._finish(self._part_recorded)
        else:
            self._finish(lambda _: self._end())

    def _finish(self, then: Callable[[Receipt | None], None]) -> None:
        """Make what was answered so far a report, which ends the draft."""

        def failed(_: Exception) -> None:
            self._tell_not_saved(lambda: self._finish(then))

        def kept(_: object) -> None:
            self._send_parts()
            self._ask_store(drafts.finish, self._visit.id, then=then, failed=failed)

        self._ask_store(drafts.keep, self._draft(), then=kept, failed=failed)

    def _part_recorded(self, receipt: Receipt | None) -> None:
        if receipt is None:
            self._end()
        else:
            self._recorded(receipt)

    def _send(self) -> None:
        answers = flow.answers(self._visit)
        if not answers:
            self._end()
            return
        self.say(self._sending_state)
        self._record(self._completed(self._visit.id, answers))

    def _sending_state(self) -> object:
        state = self._page_state()
        return replace(state, sending=True) if isinstance(state, ReviewState) else state

    def _send_parts(self) -> None:
        """Send what still waits in the post: a sign that came after its denial would be silent."""
        for part in self._on_the_way:
            self._tasks.run(submissions.record, part, failed=lambda _: None)

    def _record(self, completed: Completed) -> None:
        self._send_parts()
        self._ask_store(
            submissions.record,
            completed,
            then=self._recorded,
            failed=lambda _: self._tell_not_saved(lambda: self._record(completed)),
        )

    def _part(self, visit: Visit) -> Completed:
        """What a visit has said so far: the one that goes on, or the parked one before it."""
        part = self._completed(str(uuid.uuid4()), flow.told(visit))
        return replace(part, part_of=visit.id)

    def _completed(self, submission_id: str, answers: tuple[Answer, ...]) -> Completed:
        return Completed(
            id=submission_id,
            episode_id=self._welcome.episode_id,
            form=self._visit.form,
            answers=answers,
            answered_at=self._now(),
            started_at=self._started_at,
        )

    def _recorded(self, receipt: Receipt) -> None:
        """The visit is stored. What the rules found beyond its own answers is told first."""
        self._done = True
        self._receipt = receipt
        if self._is_news(receipt):
            self._ring(self._thank)
        else:
            self._go_to(self._thank)

    def _part_stored(self, receipt: Receipt) -> None:
        """A part was sent while the patient goes on; with the reports before it, it may be red."""
        self._on_the_way = tuple(p for p in self._on_the_way if p.id != receipt.submission_id)
        if self._is_news(receipt) and not self._done:
            self._ring(self._show_page)

    def _is_news(self, receipt: Receipt) -> bool:
        urgent = frozenset(receipt.urgent)
        if self._reported and not receipt.evaluated and not self._told:
            urgent |= {UNJUDGED}  # the rules could not look: a warning sign speaks for itself
        news = urgent - self._told
        self._told |= news
        return bool(news)

    def _ask_store(
        self,
        verb: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Call a verb that the page waits for; only the newest is heard."""
        wait = self._waiting = _Wait(failed)
        self._try_anew = None

        def settle(act: Callable[[Any], None], outcome: Any) -> None:
            if wait is self._waiting:
                self._waiting = None
                self.slow.stop()
                act(outcome)

        self._tasks.run(
            verb,
            *args,
            then=lambda result: settle(then, result),
            failed=lambda error: settle(failed, error),
        )

    def _on_fault(self, error: Exception) -> None:
        """A bug elsewhere is not ours to show; one while our answers are on their way is."""
        if (wait := self._waiting) is not None:
            self._waiting = None
            self.slow.stop()
            wait.failed(error)

    def _tell_not_saved(self, again: Callable[[], None]) -> None:
        self._try_anew = again
        self._say(saying.not_saved, go_on=again)

    def _ring(self, then: Callable[[], None]) -> None:
        """Show the red page at once; `then` is where the visit goes on after it."""
        self._after_alarm = then
        if not self._alarm.is_ringing:
            self._say(
                lambda: saying.urgent(self._visit, self._alarm.reached),
                go_on=self._alarm.call,
                second=self.staff_asked.emit,
            )
            self._alarm.ring()

    def _leave_alarm(self) -> None:
        """A person has come, or the time is over: the remaining questions are only offered."""
        if self._after_alarm == self._show_page:
            self._say(saying.afterwards, go_on=self._show_page, second=self._stop_here)
        else:
            self._after_alarm()

    def _go_to(self, then: Callable[[], None]) -> None:
        """Go on, or let it wait until the red page is closed."""
        if self._alarm.is_ringing:
            self._after_alarm = then
        else:
            then()

    def _thank(self) -> None:
        self._say(lambda: saying.thanks(self._receipt, self._zone), go_on=self._end)

    def _show_page(self) -> None:
        self._on_message = None
        self._on_second = None
        if self._started_at is None:
            self._started_at = self._now()
        self.say(self._page_state)

    def _page_state(self) -> wording.PageState:
        state = wording.page_state(self._visit)
        if not self._unsaved:
            return state
        return replace(state, frame=replace(state.frame, unsaved=True))

    def _say(
        self,
        state: Callable[[], MessageState],
        go_on: Callable[[], None],
        second: Callable[[], None] | None = None,
    ) -> None:
        self._on_message = go_on
        self._on_second = second
        self.say(state)

    def _end(self) -> None:
        self._alarm.hush()
        self._waiting = None
        self.ended.emit()
