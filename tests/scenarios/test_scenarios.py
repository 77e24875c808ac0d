from __future__ import annotations

from pathlib import Path

import pytest

from tests.protocols import default_protocol
from tests.scenarios.notation import asked_again, read_scenario, replayed

FILES = sorted(Path(__file__).parent.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that(path: Path) -> None:
    scenario = read_scenario(path)
    seen = replayed(scenario)
    assert seen.happened == scenario.expected, scenario.source
    if not scenario.only:
        assert seen.not_evaluable == scenario.not_evaluable, scenario.source
    if scenario.asked is not None:
        assert asked_again(scenario) == scenario.asked, scenario.source


def test_that_every_stage_of_every_rule_has_a_scenario_that_names_its_source() -> None:
    scenarios = [read_scenario(path) for path in FILES]
    shown = {tuple(line.split()[3:5]) for s in scenarios if s.source.strip() for line in s.expected}
    beside_the_answers = {"alerts_differ"}  # it speaks of what is stored, not of what was said
    rules = [rule for rule in default_protocol().rules if rule.id not in beside_the_answers]
    assert shown == {(rule.id, stage.id) for rule in rules for stage in rule.stages}
