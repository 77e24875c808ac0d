from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(tool: str, *arguments: str) -> None:
    """Run a tool of this environment over the project; what it says is the test's message."""
    program = shutil.which(tool, path=Path(sys.executable).parent)
    assert program is not None, f"{tool} is not installed beside {sys.executable}"
    result = subprocess.run(
        [program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_that_the_code_keeps_the_style_of_the_house() -> None:
    run("ruff", "check", "--output-format=concise")


def test_that_the_code_is_laid_out_by_the_formatter() -> None:
    run("ruff", "format", "--check")


@pytest.mark.slow
def test_that_the_types_fit() -> None:
    run("mypy")


def test_that_every_room_imports_only_what_it_may() -> None:
    run("lint-imports", "--no-cache")


def test_that_no_word_is_misspelt() -> None:
    run("codespell")
