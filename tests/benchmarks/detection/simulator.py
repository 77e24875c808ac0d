"""The detection study's simulator, used from the folder it was given in; it is not ours to ship."""

from __future__ import annotations

import csv
import importlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

FILES = ("simulate.py", "generate_cohort.py", "score.py", "reference_rules.py")


class NoSimulator(Exception):
    """The folder lacks files of the simulator; the text says which, and what to do."""


@dataclass(frozen=True)
class Simulator:
    """The study's modules: `simulate` makes patients, `score` counts, `rules` are its own."""

    folder: Path
    simulate: ModuleType
    score: ModuleType
    rules: ModuleType

    @property
    def families(self) -> dict[str, Any]:
        return dict(self.simulate.FAMILIES)


def find_simulator(folder: Path) -> Simulator:
    """Import the study's modules from their folder; refuses with NoSimulator."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise NoSimulator(
            f"There is no {', '.join(missing)} in {folder}; "
            "give the folder of the detection study with --simulator."
        )
    sys.path.insert(0, str(folder))
    try:
        modules = [importlib.import_module(n) for n in ("simulate", "score", "reference_rules")]
    finally:
        sys.path.remove(str(folder))
    return Simulator(folder, *modules)


@dataclass(frozen=True)
class Files:
    """One simulated cohort as the study writes it, in a folder of its own."""

    folder: Path

    @property
    def procedures(self) -> Path:
        return self.folder / "procedures.csv"

    @property
    def reports(self) -> Path:
        return self.folder / "reports.csv"

    def truth(self) -> list[dict[str, str]]:
        return _rows(self.folder / "truth.csv")

    def scores(self) -> dict[str, list[tuple[int, str, str, int]]]:
        """(day, item, site, score) of each patient, in the order of the file."""
        found: dict[str, list[tuple[int, str, str, int]]] = {}
        for row in _rows(self.reports):
            score = (int(row["day"]), row["item"], row["site"], int(row["score"]))
            found.setdefault(row["patient"], []).append(score)
        return found

    def windows(self) -> Iterator[tuple[str, dict[str, int]]]:
        """Each patient with the days on which windows end."""
        for row in _rows(self.procedures):
            ends = {k.removesuffix("_window"): int(v) for k, v in row.items() if "_window" in k}
            yield row["patient"], ends


def make_cohort(simulator: Simulator, family: str, seed: int, patients: int, to: Path) -> Files:
    """Let the study's own program write a cohort into a folder."""
    program = simulator.folder / "generate_cohort.py"
    arguments = ["--family", family, "--seed", str(seed), "--patients", str(patients)]
    subprocess.run([sys.executable, str(program), *arguments, "--out", str(to)], check=True)
    return Files(to)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
