"""The table of pages: which screen shows a state, and how long it may stand untouched."""

from __future__ import annotations

from typing import Any

from monitor.ui.kiosk.screens.body_map import BodyMapScreen, BodyMapState
from monitor.ui.kiosk.screens.calibrate import CalibrateScreen, CalibrateState
from monitor.ui.kiosk.screens.choice import ChoiceScreen, ChoiceState
from monitor.ui.kiosk.screens.comfort import ComfortScreen, ComfortState
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.identify import IdentifyScreen, IdentifyState
from monitor.ui.kiosk.screens.message import (
    Afterwards,
    Confirm,
    Desk,
    Expect,
    GiveBack,
    MessageScreen,
    Moment,
    NotMatched,
    NotSaved,
    Parked,
    Resting,
    StopAsked,
    Thanks,
    Urgent,
)
from monitor.ui.kiosk.screens.number import NumberScreen, NumberState
from monitor.ui.kiosk.screens.pick import PickScreen, PickState
from monitor.ui.kiosk.screens.rest import RestScreen, RestState
from monitor.ui.kiosk.screens.review import ReviewScreen, ReviewState
from monitor.ui.kiosk.screens.signing_in import MonthScreen, MonthState, WaysScreen, WaysState
from monitor.ui.kiosk.screens.staff import MenuScreen, MenuState, PinScreen, PinState
from monitor.ui.kiosk.screens.statements import StatementsScreen, StatementsState

SCREENS: dict[type, type[Screen]] = {
    RestState: RestScreen,
    WaysState: WaysScreen,
    IdentifyState: IdentifyScreen,
    MonthState: MonthScreen,
    PickState: PickScreen,
    NumberState: NumberScreen,
    ChoiceState: ChoiceScreen,
    StatementsState: StatementsScreen,
    BodyMapState: BodyMapScreen,
    ReviewState: ReviewScreen,
    ComfortState: ComfortScreen,
    PinState: PinScreen,
    MenuState: MenuScreen,
    CalibrateState: CalibrateScreen,
    **dict.fromkeys(
        (
            Afterwards,
            Confirm,
            Desk,
            Expect,
            GiveBack,
            Moment,
            NotMatched,
            NotSaved,
            Parked,
            Resting,
            StopAsked,
            Thanks,
            Urgent,
        ),
        MessageScreen,
    ),
}

LAID_OVER = frozenset({ComfortScreen, PinScreen, MenuScreen, CalibrateScreen})
"""Screens that lie over the page of a patient; none of them is ever that page itself."""

SIGNING_IN = frozenset({WaysState, IdentifyState, MonthState, NotMatched, Confirm, Expect, Parked})
"""Pages that ask whether anybody is there after `SIGN_IN_SECONDS` without a touch."""

ANSWERING = frozenset(
    {
        PickState,
        NumberState,
        ChoiceState,
        StatementsState,
        BodyMapState,
        ReviewState,
        StopAsked,
        Afterwards,
    }
)
"""Pages that ask it after the time the clinic has set."""

SIGN_IN_SECONDS = 60


def page_of(state: Any) -> object:
    """What tells one page from another: it stays the same while a page is being answered."""
    if isinstance(state, IdentifyState):
        return IdentifyState, state.field
    if isinstance(state, MonthState | RestState | ComfortState | PinState):
        return type(state)
    frame = getattr(state, "frame", None)
    return type(state), frame.number if frame is not None else state


def takes_cards(state: Any) -> bool:
    """Whether a card may be held to the reader: it is asked who is there, or will be."""
    if isinstance(state, IdentifyState):
        return state.field in ("code", "number")
    return isinstance(state, RestState | WaysState | NotMatched)


LASTS_SECONDS: dict[type, int] = {
    Moment: 60,
    Desk: 30,
    Resting: 30,
    Thanks: 15,
    ComfortState: 60,
    PinState: 30,
    MenuState: 30,
    CalibrateState: 120,
}
"""After so long these pages go by themselves. The others stay: rest, what is not saved, and what
a nurse has to see."""


def standing(state: Any, idle_seconds: int) -> tuple[int, bool]:
    """How long a page may stand untouched (0: for ever), and whether it is asked before it goes.

    `idle_seconds` is what the clinic has set for the questions.
    """
    kind = type(state)
    if kind in SIGNING_IN:
        return SIGN_IN_SECONDS, True
    if kind in ANSWERING:
        return idle_seconds, True
    return LASTS_SECONDS.get(kind, 0), False
