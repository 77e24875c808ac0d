"""From the resting page to a known patient: a code or number and date of birth, "is this you?"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication, QLocale, QTimer, Signal

from monitor.services import access, calls
from monitor.services.access import Welcome
from monitor.services.ports import Unavailable
from monitor.ui.kiosk import identity, wording
from monitor.ui.kiosk.guide import Guide
from monitor.ui.kiosk.identity import Entry
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.identify import IdentifyScreen, IdentifyState
from monitor.ui.kiosk.screens.message import Confirm, Desk, Moment, NotMatched, Resting
from monitor.ui.kiosk.screens.rest import RestState
from monitor.ui.kiosk.screens.signing_in import MonthScreen, MonthState, WaysScreen, WaysState
from monitor.ui.shared.tasks import Tasks

translate = QCoreApplication.translate

MOST_TRIES = 3
ANSWER_MS = 700
"""How long after the touch every answer is shown, good or bad: longer than the store takes, so
that the time tells nothing about anybody."""

At = Literal["rest", "ways", "typing", "asking", "not_matched", "confirm", "over"]


class Arrival(Guide):
    """Asks who is there. Whatever does not match is answered alike: in words, and in time.

    `answer` runs from the touch that asks until an answer may be shown.

    Signals: arrived, with the Welcome of the patient who said "this is me".
    """

    arrived = Signal(object)

    def __init__(self, tasks: Tasks, clinic_name: str) -> None:
        super().__init__()
        self._tasks = tasks
        self._clinic_name = clinic_name
        self._at: At = "rest"
        self._entry: Entry | None = None
        self._welcome: Welcome | None = None
        self._tries = 0
        self._asked = object()
        self._outcome: Callable[[], None] | None = None
        self.answer = QTimer(self)
        self.answer.setSingleShot(True)
        self.answer.setInterval(ANSWER_MS)
        self.answer.timeout.connect(self._be_due)
        self._due = False
        tasks.faulted.connect(self._on_fault)

    def begin(self) -> None:
        """Rest: forget whoever was there and offer to start."""
        self._at = "rest"
        self._entry = None
        self._welcome = None
        self._tries = 0
        self._stop_waiting()
        self.say(lambda: RestState(self._clinic_name))

    def wire(self, screen: Screen) -> None:
        super().wire(screen)
        if isinstance(screen, WaysScreen):
            screen.chosen.connect(self._choose_way)
        elif isinstance(screen, MonthScreen):
            screen.month_picked.connect(lambda month: self._edit(identity.pick_month, month))
        elif isinstance(screen, IdentifyScreen):
            screen.typed.connect(lambda digit: self._edit(identity.type_digit, digit))
            screen.erased.connect(lambda: self._edit(identity.erase))
            screen.cleared.connect(self.clear)

    def go_on(self) -> None:
        match self._at:
            case "rest":
                self._show_ways()
            case "typing":
                self._go_on_typing()
            case "not_matched":
                self._try_again()
            case "confirm":
                self._at = "over"
                self.arrived.emit(self._welcome)
            case "over":
                self.begin()

    def go_back(self) -> None:
        if self._at == "ways":
            self.begin()
        elif self._at == "typing" and self._entry is not None:
            before = identity.step_back(self._entry)
            if before is None:
                self._show_ways()
            else:
                self._show_entry(before)

    def skip(self) -> None:
        """No, this is not me; or: I need help."""
        if self._at in ("ways", "typing", "not_matched", "confirm"):
            self._send_to_desk()

    def expire(self) -> None:
        if self._at == "asking":
            self._show_resting()  # the store does not answer at all
        else:
            self.begin()

    def scan(self, text: str) -> None:
        """A card was held to the reader, on a page that takes cards."""
        self._entry = identity.read_card(text, _steps())
        if self._entry is None or self._entry.code:
            self._ask(self._entry)
        else:
            self._show_entry(self._entry)

    def clear(self) -> None:
        """Empty the field in hand: by its key, or because a machine typed into it."""
        self._edit(identity.clear)

    def _choose_way(self, way: str) -> None:
        self._show_entry(identity.start(identity.BY_CODE if way == "code" else _steps()))

    def _edit(self, change: Callable[..., Entry], *value: object) -> None:
        if self._at == "typing" and self._entry is not None:
            self._show_entry(change(self._entry, *value))

    def _go_on_typing(self) -> None:
        if self._entry is None or not self._entry.can_go_on:
            return
        further = identity.next_step(self._entry)
        if further is None:
            self._ask(self._entry)
        else:
            self._show_entry(further)

    def _try_again(self) -> None:
        if self._entry is None:
            self._show_ways()
        else:
            self._show_entry(identity.try_anew(self._entry))

    def _show_ways(self) -> None:
        self._at = "ways"
        self._entry = None
        self.say(WaysState)

    def _show_entry(self, entry: Entry) -> None:
        self._at = "typing"
        self._entry = entry
        self.say(lambda: _page(entry))

    def _ask(self, entry: Entry | None) -> None:
        """Look up who that is; None stands for a card of something else, which is nobody's."""
        self._at = "asking"
        self._asked = object()
        self._outcome = None
        self._due = False
        self.answer.start()
        self.say(
            lambda: Moment(
                title=self.tr("One moment, please."), text=self.tr("We are looking for you.")
            )
        )
        if entry is not None and entry.code:
            self._run(access.identify_by_code, entry.code)
        elif entry is not None and entry.birth_date is not None:
            self._run(access.identify, entry.number, entry.birth_date)
        else:
            self._be_answered(self._not_matched)

    def _run(self, verb: Callable[..., Welcome], *args: Any) -> None:
        asked = self._asked

        def answered(outcome: Callable[[], None]) -> None:
            if asked is self._asked:  # else whoever asked has gone
                self._be_answered(outcome)

        self._tasks.run(
            verb,
            *args,
            then=lambda welcome: answered(lambda: self._matched(welcome)),
            failed=lambda error: answered(
                self._show_resting if isinstance(error, Unavailable) else self._not_matched
            ),
        )

    def _be_answered(self, outcome: Callable[[], None]) -> None:
        self._outcome = outcome
        self._tell()

    def _be_due(self) -> None:
        self._due = True
        self._tell()

    def _tell(self) -> None:
        """Show what came of it, once it is known and the time has come."""
        if self._due and self._outcome is not None:
            outcome = self._outcome
            self._stop_waiting()
            outcome()

    def _stop_waiting(self) -> None:
        self._asked = object()
        self._outcome = None
        self._due = False
        self.answer.stop()

    def _matched(self, welcome: Welcome) -> None:
        self._at = "confirm"
        self._entry = None
        self._welcome = welcome
        self.say(lambda: confirm_page(welcome))

    def _not_matched(self) -> None:
        self._tries += 1
        if self._tries >= MOST_TRIES:
            self._send_to_desk()
            return
        self._at = "not_matched"
        self.say(
            lambda: NotMatched(
                title=self.tr("We could not match that."),
                text=self.tr("Please check or ask at the desk."),
                go_on=self.tr("Try again"),
                second=self.tr("I need help"),
            )
        )

    def _send_to_desk(self) -> None:
        self._call_for_help()
        self._at = "over"
        self._entry = None
        self._welcome = None
        self.say(
            lambda: Desk(
                title=self.tr("Please ask at the desk."),
                text=self.tr("A member of staff will help you to sign in."),
                go_on=self.tr("Close"),
            )
        )

    def _call_for_help(self) -> None:
        """Tell the desk that somebody cannot sign in, and nothing of what was typed."""
        self._tasks.run(calls.call, "help")

    def _on_fault(self, error: Exception) -> None:
        """A bug elsewhere is not ours to show; one while we wait for an answer is."""
        if self._at == "asking":
            self._be_answered(self._show_resting)

    def _show_resting(self) -> None:
        self._stop_waiting()
        self._at = "over"
        self._entry = None
        self.say(
            lambda: Resting(
                title=self.tr("This screen is resting."),
                text=self.tr("Please ask at the desk. Nothing was lost."),
            )
        )


def confirm_page(welcome: Welcome) -> Confirm:
    """Asks whether it is this patient, by first name, initial and month of birth alone."""
    name = f"{welcome.given_name} {welcome.family_initial}."
    hello = translate("Arrival", "Hello, {name} Is this you?")
    born = translate("Arrival", "You were born in {month}.")
    return Confirm(
        title=hello.format(name=name),
        text=born.format(month=wording.month_name(welcome.birth_month)),
        go_on=translate("Arrival", "Yes, this is me"),
        second=translate("Arrival", "No, this is not me"),
    )


def _steps() -> tuple[identity.Field, ...]:
    """The order in which number and date are asked: that of dates in this language."""
    is_year_first = QLocale().dateFormat(QLocale.FormatType.ShortFormat).startswith("y")
    return identity.BY_NUMBER_YEAR_FIRST if is_year_first else identity.BY_NUMBER


def _page(entry: Entry) -> IdentifyState | MonthState:
    """The page of the field in hand, as typed so far."""
    if entry.field == "month":
        names = tuple(wording.month_name(month) for month in range(1, 13))
        return MonthState(names, entry.month)
    return IdentifyState(
        entry.field, entry.typed, masked=entry.field in identity.MASKED, can_go_on=entry.can_go_on
    )
