"""What a visit asks of a patient: pages, touches and words to read. No patient was timed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from monitor.domain import visit as flow
from monitor.domain.visit import Visit
from monitor.ui.kiosk import wording
from monitor.ui.kiosk.screens.body_map import BodyMapState
from monitor.ui.kiosk.screens.choice import ChoiceState
from monitor.ui.kiosk.screens.number import NumberState
from monitor.ui.kiosk.screens.pick import PickState
from monitor.ui.kiosk.screens.statements import StatementsState

WORDS_PER_MINUTE = 200
SECONDS_PER_TOUCH = 1.3
"""Assumed, not measured: reading at an easy pace, and finding and touching a large key."""


@dataclass(frozen=True)
class Effort:
    """`touches` run from the first question to Send, if the review fits one page."""

    pages: int = 0
    touches: int = 0
    words: int = 0

    @property
    def seconds(self) -> float:
        return self.words * 60 / WORDS_PER_MINUTE + self.touches * SECONDS_PER_TOUCH

    @property
    def minutes(self) -> int:
        """Whole minutes, rather one too many than one too few."""
        return math.ceil(self.seconds / 60)

    def __add__(self, other: Effort) -> Effort:
        return Effort(
            self.pages + other.pages, self.touches + other.touches, self.words + other.words
        )


def routine(visit: Visit) -> Effort:
    """The effort of a visit that was just started, for a patient who has nothing to tell."""
    effort = Effort()
    while visit.at != flow.REVIEW.key:
        words = len(_text(wording.page_state(visit)).split())
        visit, touches = deny(visit)
        effort += Effort(1, touches + 1, words)
        visit = flow.go_on(visit)
    return effort + Effort(0, 1, len(_text(wording.page_state(visit)).split()))


def deny(visit: Visit) -> tuple[Visit, int]:
    """The current page answered by somebody who has nothing of what it asks, and the touches.

    Where nothing denies (how is it all in all?) it is the first answer that there is.
    """
    page = flow.current(visit)
    if page.kind == "pick":
        return flow.deny_items(visit), 1
    if page.kind == "body_map":
        return flow.deny_regions(visit), 1
    scales = {q: visit.protocol.scale_of(q.item) for q in page.questions}
    if page.kind == "statements" and all(map(flow.is_statement, scales.values())):
        return flow.deny_all(visit), 1
    for question, scale in scales.items():
        first = scale.options[0] if scale.options else scale.minimum
        visit = flow.answer(visit, question, first if scale.denial is None else scale.denial)
    return visit, len(scales)


def _text(state: wording.PageState) -> str:
    """What has to be read on a page; of a scale its two ends."""
    parts = [state.frame.question, state.frame.hint]
    if isinstance(state, PickState):
        parts += [*state.keys.values(), state.denial]
    elif isinstance(state, NumberState):
        parts += [state.low, state.high]
    elif isinstance(state, ChoiceState):
        parts += state.options.values()
    elif isinstance(state, StatementsState):
        parts += [*state.statements, *state.options.values(), state.denial]
    elif isinstance(state, BodyMapState):
        parts.append(state.denial)
    else:
        parts += [text for line in state.lines for text in (line.name, line.value)]
    return " ".join(parts)
