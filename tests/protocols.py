"""The protocol the program brings, read once, and protocols that differ from it on purpose."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from monitor.content.protocols import read_protocol
from monitor.domain.protocol import Protocol
from monitor.domain.rules.rule import Rule

FOLDER = Path(__file__).parents[1] / "resources" / "protocols" / "cervical_rhizotomy"


@cache
def default_protocol() -> Protocol:
    """The default protocol as it stands in its files."""
    return read_protocol(FOLDER)


def protocol_with(*rules: Rule) -> Protocol:
    """The default protocol with these rules in place of its own."""
    return replace(default_protocol(), rules=rules)


def rule_of(rule_id: str) -> Rule:
    """A rule of the default protocol."""
    rule = default_protocol().find_rule(rule_id)
    assert rule is not None, rule_id
    return rule
