"""Who may do what: one table of commands and roles. What is not in it is denied."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar

from monitor.services.refusals import Refusal

Role = Literal["nurse", "lead", "admin", "auditor"]
"""What a person is here. A lead nurse also imports, exports and closes other people's work."""

Acting = Role | Literal["nobody", "kiosk", "watch", "operator"]
"""Who acts: a person in a role, nobody yet, a program, or whoever has the machine's command line.

The operator can read and replace the database itself, so nothing is kept from them here.
"""

Command = Literal[
    "sign_in",
    "look",
    "act",
    "contact",
    "enter",
    "edit",
    "register",
    "end",
    "print",
    "import",
    "export",
    "users",
    "audit",
    "pin",
    "status",
    "monitor",
    "alarm",
    "kiosk",
]

_NURSES: frozenset[Acting] = frozenset({"nurse", "lead"})
_PEOPLE: frozenset[Acting] = _NURSES | {"admin", "auditor"}
_EVERYBODY: frozenset[Acting] = _PEOPLE | {"nobody", "kiosk", "watch"}
_KIOSKS: frozenset[Acting] = _NURSES | {"kiosk", "watch"}

ALLOWED: dict[Command, frozenset[Acting]] = {
    # say who one is, and go again
    "sign_in": _EVERYBODY,
    # lists, charts and everything else that shows a patient
    "look": _NURSES | {"auditor"},
    # take in hand, put aside, resolve, reopen, undo and rate alerts
    "act": _NURSES,
    # log a contact, write a note, escalate
    "contact": _NURSES,
    # enter a report for a patient, hand the screen over, issue a desk code
    "enter": _NURSES,
    # windows, baselines, the procedure, pauses
    "edit": _NURSES,
    # new patients, and what is known of them
    "register": _NURSES,
    # close a follow-up, and open it again
    "end": _NURSES,
    "print": _NURSES | {"auditor"},
    "import": frozenset({"lead"}),
    "export": frozenset({"lead"}),
    "users": frozenset({"admin"}),
    "audit": frozenset({"admin", "auditor"}),
    # the staff PIN of the kiosks
    "pin": frozenset({"lead", "admin"}),
    # whether monitoring runs, and the numbers; no patient is named
    "status": _PEOPLE | {"watch"},
    # judge, check everybody now, say that one is alive, hear a kiosk that calls and go there:
    # nobody may be kept from it, and no patient is named
    "monitor": _EVERYBODY,
    # say whether the test alarm was heard
    "alarm": _NURSES | {"admin"},
    # what a kiosk does for the patient in front of it; the watch finishes what they left
    "kiosk": _KIOSKS,
}
"""Every command there is, and who may use it beside the operator."""


def may(acting: Acting, command: Command) -> bool:
    return acting == "operator" or acting in ALLOWED[command]


class _Clinic(Protocol):
    @property
    def acting(self) -> Acting: ...


P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=_Clinic)


def needs(
    command: Command,
) -> Callable[[Callable[Concatenate[C, P], R]], Callable[Concatenate[C, P], R]]:
    """Guard a verb: it refuses with Refusal("not_allowed", command=…) whoever may not do it."""

    def guard(verb: Callable[Concatenate[C, P], R]) -> Callable[Concatenate[C, P], R]:
        @functools.wraps(verb)
        def guarded(clinic: C, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not may(clinic.acting, command):
                raise Refusal("not_allowed", command=command)
            return verb(clinic, *args, **kwargs)

        marked: Any = guarded
        marked.needs = command  # what a test asks of every verb
        return guarded

    return guard
