"""A protocol of a handful of items, for tests that read files against one."""

from __future__ import annotations

from typing import Any

from monitor.domain.protocol import (
    AskAgain,
    BaselinePlan,
    CanaryPlan,
    ContactCodes,
    Form,
    Item,
    PausePlan,
    Presence,
    Priority,
    Profile,
    Protocol,
    Quality,
    Region,
    Scale,
    SilencePlan,
    Slot,
    Step,
    Times,
)
from monitor.domain.rules.rule import Rule

GROUNDS: dict[str, Any] = {"sources": ("JUDGEMENT",), "grade": "C", "why": "A test."}


def small_protocol(*rules: Rule, content_hash: str = "1" * 64) -> Protocol:
    return Protocol(
        id="cervical_rhizotomy",
        version="0.1",
        content_hash=content_hash,
        status="draft",
        approval=None,
        compare_from=3,
        scales={
            "score": Scale("number", 0, 10),
            "yes_no_unsure": Scale("choice", options=("yes", "no", "unsure")),
        },
        items={
            "pain": Item("score"),
            "pain_worst": Item("score"),
            "stiffness": Item("score", compare=True),
            "swallowing": Item("score", compare=True),
            "arm_pain": Item("score", per="side", compare=True),
            "weakness": Item("score", per="side", compare=True),
            "numbness": Item("score", per="region", compare=True),
            "fever": Item("yes_no_unsure"),
            "tingling": Item("score", retired=True),
        },
        regions={"neck": Region(("C3",)), "thumb_side": Region(("C6",))},
        profiles={
            "GENERIC": Profile(
                surgical=False,
                planned_regions=(),
                planned_by_level=True,
                benefit_from_day=60,
                recurrence_from_day=14,
                **GROUNDS,
            )
        },
        symptoms={},
        presence=Presence(
            at_least=3,
            rise=2,
            compared=("worse", "new"),
            rise_unasked=1.5,
            settle_reports=2,
            settle_rise=1,
            settle_from_day=7,
            back_rise=2,
            within_days=14,
            **GROUNDS,
        ),
        baseline=BaselinePlan(from_day=-30, to_day=0, **GROUNDS),
        ask_again=AskAgain(from_days=3, to_days=7, at_most=2, **GROUNDS),
        quality=Quality(identical_items=4, within_seconds=15, **GROUNDS),
        pause=PausePlan(at_most_days=28, **GROUNDS),
        silence=SilencePlan(long_lost_days=90, **GROUNDS),
        schedule=(
            Slot("before", -3, -30, -1, "base"),
            Slot("day_1", 1, 0, 2, "acute"),
            Slot("week_6", 42, 38, 46, "week"),
        ),
        forms={name: Form(24, (Step("pain"),)) for name in ("base", "acute", "week")},
        priorities={
            priority: Times(
                acknowledge_hours=1, respond_hours=1, close_hours=1, snooze_days=1, **GROUNDS
            )
            for priority in Priority
        },
        rules=rules,
        canary=CanaryPlan("pain", "10", "0", "none"),
        outcomes=("advice",),
        contacts=ContactCodes(("worse",), ("wait",)),
        sources={},
        words={"en": {}},
    )
