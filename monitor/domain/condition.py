"""Conditions on the answers of a report, as data: when to ask a question, when a rule fires."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Condition:
    """A test of one report, or a group of tests.

    A test names an `item` and holds when its answer fulfils *every* bound that is given:
    `at_least` (score), `one_of` (option codes), `compared` (its "compared with before"
    answer), `rise` points since an earlier report (the last one, or with `within_hours` any
    that recent), `newly` (this option, and not in the last report that had the item), `sites`
    (answered at one of these regions), `reports` (fulfilled in that many reports running).
    `both_sides`: at one of `sites` on the left and on the right.
    A group has `all_of` or `any_of` and no item. An `any_of` group may carry `reports` as well:
    that many reports running, of those that answered any of its items, each fulfil any of its
    parts. A skipped or unasked question fulfils nothing.
    """

    item: str = ""
    at_least: int | None = None
    one_of: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    rise: int | None = None
    within_hours: int | None = None
    newly: str = ""
    sites: tuple[str, ...] = ()
    both_sides: bool = False
    reports: int = 1
    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()

    def once(self) -> Condition:
        """The same condition with one report enough wherever it wants several running."""
        return replace(
            self,
            reports=1,
            all_of=tuple(part.once() for part in self.all_of),
            any_of=tuple(part.once() for part in self.any_of),
        )

    def items(self) -> frozenset[str]:
        """Every item named anywhere in the condition."""
        named = {self.item} if self.item else set()
        for part in (*self.all_of, *self.any_of):
            named |= part.items()
        return frozenset(named)
