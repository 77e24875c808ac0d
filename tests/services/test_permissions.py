"""Who may do what: the whole table, and every verb behind it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import monitor.services
import monitor.ui
from monitor.services.clinic import Clinic
from monitor.services.permissions import ALLOWED, Acting, Command, may, needs
from monitor.services.ports import Refusal, Work
from tests.services.clinics import Practice

WHO: tuple[Acting, ...] = (
    "nurse",
    "lead",
    "admin",
    "auditor",
    "nobody",
    "kiosk",
    "watch",
    "operator",
)

TABLE = """
              nurse lead admin auditor nobody kiosk watch operator
sign_in       yes   yes  yes   yes     yes    yes   yes   yes
look          yes   yes  no    yes     no     no    no    yes
act           yes   yes  no    no      no     no    no    yes
contact       yes   yes  no    no      no     no    no    yes
enter         yes   yes  no    no      no     no    no    yes
edit          yes   yes  no    no      no     no    no    yes
register      yes   yes  no    no      no     no    no    yes
end           yes   yes  no    no      no     no    no    yes
print         yes   yes  no    yes     no     no    no    yes
import        no    yes  no    no      no     no    no    yes
export        no    yes  no    no      no     no    no    yes
users         no    no   yes   no      no     no    no    yes
audit         no    no   yes   yes     no     no    no    yes
pin           no    yes  yes   no      no     no    no    yes
status        yes   yes  yes   yes     no     no    yes   yes
monitor       yes   yes  yes   yes     yes    yes   yes   yes
alarm         yes   yes  yes   no      no     no    no    yes
kiosk         yes   yes  no    no      no     yes   yes   yes
"""

CELLS = [
    (acting, line.split()[0], cell == "yes")
    for line in TABLE.strip().splitlines()[1:]
    for acting, cell in zip(TABLE.split()[: len(WHO)], line.split()[1:], strict=True)
]

UNGUARDED = {
    "alerts.resolving": "says what is to be done; the verb that does it is guarded",
    "alerts.taking_in_hand": "says what is to be done; the verb that does it is guarded",
    "evaluation.occasion_of": "reads only what it is given, and the clock",
    "guessing.locked_until": "reads only what it is given, and the clock",
}
"""Public functions of services that take a clinic and are open to all, each with why."""


def verbs() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of a service that takes a clinic and is no part of a unit of work."""
    for module in pkgutil.iter_modules(monitor.services.__path__, "monitor.services."):
        loaded = importlib.import_module(module.name)
        for name, verb in inspect.getmembers(loaded, inspect.isfunction):
            if name.startswith("_") or verb.__module__ != module.name:
                continue
            takes = list(inspect.signature(verb).parameters)
            hints = get_type_hints(inspect.unwrap(verb))
            first = [hints.get(one) for one in takes[:2]]
            if first[:1] == [Clinic] and Work not in first:
                yield f"{module.name.rpartition('.')[2]}.{name}", verb


VERBS = dict(verbs())


def test_that_the_table_of_this_test_states_every_cell() -> None:
    assert {(acting, command) for acting, command, _ in CELLS} == {
        (acting, command) for acting in WHO for command in get_args(Command)
    }
    assert set(ALLOWED) == set(get_args(Command))


@pytest.mark.parametrize(
    ("acting", "command", "allowed"), CELLS, ids=[f"{a}-{c}" for a, c, _ in CELLS]
)
def test_that_each_role_may_do_exactly_what_the_table_says(
    acting: Acting, command: Command, allowed: bool
) -> None:
    practice = Practice()
    clinic = practice.clinic.__class__(**{**vars(practice.clinic), "acting": acting})

    @needs(command)
    def verb(_clinic: Clinic) -> str:
        return "done"

    assert may(acting, command) is allowed
    if allowed:
        assert verb(clinic) == "done"
    else:
        with pytest.raises(Refusal) as refusal:
            verb(clinic)
        assert (refusal.value.code, refusal.value.details) == ("not_allowed", {"command": command})


def test_that_a_clinic_in_which_nobody_is_named_may_do_nothing_for_a_patient() -> None:
    fields = {k: v for k, v in vars(Practice().clinic).items() if k != "acting"}
    assert Clinic(**fields).acting == "nobody"


def test_that_there_are_verbs_to_look_at() -> None:
    assert {"users.sign_in", "alerts.resolve", "charting.chart", "access.identify"} <= set(VERBS)


@pytest.mark.parametrize("name", sorted(VERBS))
def test_that_no_verb_of_a_service_is_open_by_mistake(name: str) -> None:
    command = getattr(VERBS[name], "needs", None)
    if name in UNGUARDED:
        assert command is None, "it is guarded: take it off the list"
    else:
        assert command in get_args(Command), f"say what {name} needs, with @needs"


@pytest.mark.parametrize("name", sorted(set(VERBS) - set(UNGUARDED)))
def test_that_every_verb_refuses_whoever_may_not_before_it_does_anything(name: str) -> None:
    verb: Any = VERBS[name]
    practice = Practice()
    practice.store.fault = "nothing may be read or written"
    count = sum(
        one.default is one.empty and one.kind is not one.KEYWORD_ONLY
        for one in inspect.signature(verb).parameters.values()
    )
    for acting in WHO:
        if not may(acting, verb.needs):
            clinic = practice.clinic.__class__(**{**vars(practice.clinic), "acting": acting})
            with pytest.raises(Refusal, match="not_allowed"):
                verb(clinic, *[None] * (count - 1))


def test_that_the_station_reads_no_patient_past_the_table() -> None:
    """What a screen reads itself, without a verb of a service, is guarded like a verb."""
    open_to_all = []
    for file in sorted(Path(monitor.ui.__file__).parent.rglob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                reads = "clinic.store" in ast.unparse(node)
                guards = [ast.unparse(one) for one in node.decorator_list]
                asks = "may(clinic.acting" in ast.unparse(node)
                if reads and not asks and not any(one.startswith("needs(") for one in guards):
                    open_to_all.append(f"{file.stem}.{node.name}")
    assert open_to_all == []
