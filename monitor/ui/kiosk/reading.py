"""What is read aloud of a page: its question and the words of its answers, and no answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication

from monitor.ui.kiosk.screens.body_map import BodyMapState
from monitor.ui.kiosk.screens.choice import ChoiceState
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.message import Confirm, MessageState
from monitor.ui.kiosk.screens.number import NumberState
from monitor.ui.kiosk.screens.pick import PickState
from monitor.ui.kiosk.screens.rest import RestScreen
from monitor.ui.kiosk.screens.review import ReviewState
from monitor.ui.kiosk.screens.signing_in import MonthState, SignInScreen, WaysScreen
from monitor.ui.kiosk.screens.staff import MenuScreen, PinScreen
from monitor.ui.kiosk.screens.statements import StatementsState

translate = QCoreApplication.translate

ENDS = tuple(".!?:…؟")

Scale = NumberState | BodyMapState


def aloud(screen: Screen, state: Any) -> str:
    """What a page says to whoever cannot read it; empty for pages of staff and of comfort.

    `state` is what `screen` shows. Whoever stands near hears it, so it holds no answer that was
    given, nothing that was typed and no name.
    """
    return " ".join(_sentences(_parts(screen, state)))


def _sentences(parts: Iterable[str]) -> Iterator[str]:
    """Parts with an end to each, at which a voice rests."""
    for part in (" ".join(part.split()) for part in parts):
        if part:
            yield part if part.endswith(ENDS) else f"{part}."


def _parts(screen: Screen, state: Any) -> Iterator[str]:
    if isinstance(state, MessageState):
        yield from _message(state)
    elif isinstance(screen, RestScreen):
        yield from (screen.name.text(), screen.sentence.text(), screen.start.text())
    elif isinstance(screen, SignInScreen) and not isinstance(screen, PinScreen | MenuScreen):
        yield from _signing_in(screen, state)
    elif hasattr(state, "frame"):
        yield state.frame.question
        yield from _answers(state)


def _message(state: MessageState) -> Iterator[str]:
    if not isinstance(state, Confirm):  # whose words are a name and a month of birth
        yield state.title
        yield state.text
    yield state.go_on
    yield state.second


def _signing_in(screen: SignInScreen, state: Any) -> Iterator[str]:
    yield from (screen.heading.question.text(), screen.heading.hint.text())
    if isinstance(screen, WaysScreen):
        yield from (screen.code.text(), screen.number.text())
    elif isinstance(state, MonthState):
        yield from state.names


def _answers(state: Any) -> Iterator[str]:
    """The answers that there are to choose from, whichever was."""
    if isinstance(state, ReviewState):
        return  # all it shows are answers
    if not (isinstance(state, NumberState) and state.chosen is not None):  # or it says which
        yield state.frame.hint
    if isinstance(state, NumberState):
        yield from _ends(state)
    elif isinstance(state, BodyMapState):
        yield from (state.ask, *_ends(state)) if state.chosen else (state.denial,)
    elif isinstance(state, ChoiceState):
        yield from state.options.values()
    elif isinstance(state, StatementsState):
        yield from (*state.statements, *state.options.values(), state.denial)
    elif isinstance(state, PickState):
        yield from (*state.keys.values(), state.denial)


def _ends(scale: Scale) -> Iterator[str]:
    means = translate("Kiosk", "{score} means: {words}.")
    for score, words in ((scale.scores[0], scale.low), (scale.scores[-1], scale.high)):
        yield means.format(score=score, words=words)
