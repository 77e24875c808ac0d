from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.notation import read_scenario, replayed

FILES = sorted(Path(__file__).parent.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that(path: Path) -> None:
    scenario = read_scenario(path)
    seen = replayed(scenario)
    assert seen.happened == scenario.expected, scenario.source
    if not scenario.only:
        assert seen.not_evaluable == scenario.not_evaluable, scenario.source
