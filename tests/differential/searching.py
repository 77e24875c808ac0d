"""Looking for a difference, seed after seed, and telling it as small as it can be made."""

from __future__ import annotations

from collections.abc import Callable

from monitor.domain.protocol import Protocol
from tests.differential.comparing import Count, all_differences, shrunk, told
from tests.differential.histories import History, history_of
from tests.differential.services import everything_wrong, later_version


def difference_at(seed: int, protocol: Protocol, count: Count) -> str:
    """What differs between engine and reference on a seed's history, shrunk; "" if nothing."""
    history = history_of(seed, protocol)
    first = next(all_differences(history, protocol, count), None)
    if first is None:
        return ""

    def of_the_same_rule(smaller: History) -> str:
        found = (d for d in all_differences(smaller, protocol) if d.rule == first.rule)
        return str(next(found, ""))

    return _smallest(history, of_the_same_rule)


def wrong_at(seed: int, protocol: Protocol, count: Count) -> str:
    """What goes wrong when a seed's history is lived through in a clinic; "" if nothing."""
    history = history_of(seed, protocol)
    later = later_version(protocol, seed)
    wrong = everything_wrong(history, protocol, later, count)
    if not wrong:
        return ""

    def still(smaller: History) -> str:
        return "\n".join(everything_wrong(smaller, protocol, later, Count()))

    return _smallest(history, still)


def _smallest(history: History, says: Callable[[History], str]) -> str:
    smallest = shrunk(history, lambda smaller: bool(says(smaller)))
    return f"{told(smallest)}\n{says(smallest)}"
