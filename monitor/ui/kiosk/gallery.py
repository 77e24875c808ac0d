"""The table of pages: which screen shows a state, and how long it may stand untouched."""

from __future__ import annotations

from typing import Any

from monitor.ui.kiosk.screens.body_map import BodyMapScreen, BodyMapState
from monitor.ui.kiosk.screens.choice import ChoiceScreen, ChoiceState
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.identify import IdentifyScreen, IdentifyState
from monitor.ui.kiosk.screens.message import (
    Confirm,
    Desk,
    Expect,
    MessageScreen,
    NotSaved,
    Resting,
    StopAsked,
    Thanks,
    Urgent,
)
from monitor.ui.kiosk.screens.number import NumberScreen, NumberState
from monitor.ui.kiosk.screens.rest import RestScreen, RestState
from monitor.ui.kiosk.screens.review import ReviewScreen, ReviewState
from monitor.ui.kiosk.screens.statements import StatementsScreen, StatementsState

SCREENS: dict[type, type[Screen]] = {
    RestState: RestScreen,
    IdentifyState: IdentifyScreen,
    NumberState: NumberScreen,
    ChoiceState: ChoiceScreen,
    StatementsState: StatementsScreen,
    BodyMapState: BodyMapScreen,
    ReviewState: ReviewScreen,
    **dict.fromkeys(
        (Confirm, Desk, Expect, NotSaved, Resting, StopAsked, Thanks, Urgent), MessageScreen
    ),
}

SIGNING_IN = frozenset({IdentifyState, Confirm, Expect})
"""Pages that ask whether anybody is there after `SIGN_IN_SECONDS` without a touch."""

ANSWERING = frozenset(
    {NumberState, ChoiceState, StatementsState, BodyMapState, ReviewState, StopAsked}
)
"""Pages that ask it after the time the clinic has set."""

SIGN_IN_SECONDS = 60


def page_of(state: Any) -> object:
    """What tells one page from another: it stays the same while a page is being answered."""
    if isinstance(state, IdentifyState):
        return IdentifyState, state.field == "month"  # other keys under the same finger
    frame = getattr(state, "frame", None)
    return type(state), frame.number if frame is not None else state


LASTS_SECONDS: dict[type, int] = {Desk: 30, Resting: 30, Thanks: 15, Urgent: 600}
"""After so long these pages go by themselves. The others stay: rest, and what is not saved."""
