"""One family measured: product, naive peer rule and ideal observer on the same patients."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from monitor.content.cohorts import Cohort, read_cohort
from monitor.domain.protocol import Protocol
from monitor.services.replay import Raised, replay
from tests.benchmarks.detection import asking, ideal
from tests.benchmarks.detection.burden import Weight
from tests.benchmarks.detection.schedule import with_schedule_of
from tests.benchmarks.detection.simulator import Files, Simulator, find_simulator, make_cohort
from tests.protocols import default_protocol

BANK_SEED = 999
"""Of the ideal observer's bank; never that of a cohort."""

Row = dict[str, Any]
Figures = Mapping[str, float]


@dataclass
class Asking:
    """What came of asking again: the alerts with it and without, and how much was asked."""

    without: list[Row] = field(default_factory=list)
    with_it: list[Row] = field(default_factory=list)
    asked: int = 0
    answered: int = 0

    def join(self, other: Asking) -> None:
        self.without += other.without
        self.with_it += other.with_it
        self.asked += other.asked
        self.answered += other.answered


@dataclass
class Measured:
    """Alerts and truth of a family's cohort, as the study's scorer reads them, and the burden.

    `ideal` holds the ideal observer's alerts by how sure it had to be. `own_schedule` is the
    burden where the protocol has the family's own schedule of reports.
    """

    truth: list[Row] = field(default_factory=list)
    product: list[Row] = field(default_factory=list)
    naive: list[Row] = field(default_factory=list)
    ideal: dict[float, list[Row]] = field(default_factory=dict)
    burden: Weight = field(default_factory=Weight)
    own_schedule: Weight = field(default_factory=Weight)
    asking: Asking = field(default_factory=Asking)

    def join(self, other: Measured) -> None:
        """Add another family's patients."""
        self.truth += other.truth
        self.product += other.product
        self.naive += other.naive
        for sure, rows in other.ideal.items():
            self.ideal.setdefault(sure, []).extend(rows)
        self.burden.join(other.burden)
        self.own_schedule.join(other.own_schedule)
        self.asking.join(other.asking)


def measure(folder: Path, family: str, seed: int, patients: int, ask: bool) -> Measured:
    """Simulate a family and let everybody watch it; `ask` simulates asking again as well."""
    simulator = find_simulator(folder)
    protocol = default_protocol()
    with tempfile.TemporaryDirectory() as place:
        files = make_cohort(simulator, family, seed, patients, Path(place))
        cohort = read_cohort(files.procedures, files.reports, protocol)
        found = Measured(
            truth=[{**row, "patient": _name(family, row["patient"])} for row in files.truth()],
            naive=_naive(simulator, family, files),
            ideal=_ideal(simulator, family, files),
        )
    raised = list(replay(protocol, cohort.courses, cohort.end))
    found.product = _rows(family, raised)
    reported = _reported(cohort)
    found.burden.add(reported, raised)
    own = with_schedule_of(protocol, simulator.simulate, simulator.families[family])
    found.own_schedule.add(reported, replay(own, cohort.courses, cohort.end))
    if ask:
        found.asking = _asking(simulator, family, seed, patients, cohort, own)
        found.asking.without = found.product
    return found


def _name(family: str, patient: str) -> str:
    """Patients of different families have the same numbers."""
    return f"{family}/{patient}"


def _row(family: str, patient: str, kind: str, item: str, site: str, day: int) -> Row:
    name = _name(family, patient)
    return {"patient": name, "kind": kind, "item": item, "site": site, "day_raised": day}


def _rows(family: str, raised: Iterable[Raised]) -> list[Row]:
    return [_row(family, r.patient, r.kind, r.item, r.site, r.day) for r in raised]


def _reported(cohort: Cohort) -> set[tuple[str, int]]:
    return {
        (episode.patient_id, (report.local_date - episode.procedure.date).days)
        for episode, reports in cohort.courses
        for report in reports
    }


def _naive(simulator: Simulator, family: str, files: Files) -> list[Row]:
    scores, rows = files.scores(), []
    for patient, windows in files.windows():
        found = simulator.rules.watch_naive(scores.get(patient, []), windows)
        rows += [_row(family, patient, k, item, site, day) for k, item, site, day, _ in found]
    return rows


def _ideal(simulator: Simulator, family: str, files: Files) -> dict[float, list[Row]]:
    observer = ideal.Observer(simulator.simulate, simulator.families[family], BANK_SEED)
    scores = files.scores()
    rows: dict[float, list[Row]] = {sure: [] for sure in ideal.CERTAINTIES}
    for patient, windows in files.windows():
        pain = [(day, s) for day, item, _, s in scores.get(patient, []) if item == "pain"]
        for (kind, sure), days in observer.watch(pain, windows["relief"]).items():
            rows[sure] += [_row(family, patient, kind, "", "", day) for day in days]
    return rows


def _asking(
    simulator: Simulator,
    family: str,
    seed: int,
    patients: int,
    cohort: Cohort,
    protocol: Protocol,
) -> Asking:
    simulated = simulator.families[family]
    twins = asking.twins(protocol, simulator.simulate, simulated, seed, patients)
    found = Asking()
    courses = []
    for episode, reports in cohort.courses:
        asked = asking.ask_again(protocol, episode, reports, twins[episode.id])
        courses.append((episode, asked.reports))
        found.asked += asked.asked
        found.answered += asked.answered
    found.with_it = _rows(family, replay(protocol, courses, cohort.end))
    return found


def score(simulator: Simulator, rows: Sequence[Row], truth: Sequence[Row]) -> dict[str, Figures]:
    """The study's own figures, by kind of alert."""
    found: dict[str, Figures] = simulator.score.score(rows, truth)
    return found


def ideal_at(
    simulator: Simulator, measured: Measured, kind: str, false_alarms: float
) -> Figures | None:
    """The ideal observer's figures at as many false alarms per patient-year, between two steps.

    None where the sweep does not reach that many.
    """
    sweep = sorted(
        (score(simulator, rows, measured.truth)[kind] for rows in measured.ideal.values()),
        key=lambda figures: figures["fa_py"],
    )
    for less, more in pairwise(sweep):
        if less["fa_py"] <= false_alarms <= more["fa_py"] and more["fa_py"] > less["fa_py"]:
            share = (false_alarms - less["fa_py"]) / (more["fa_py"] - less["fa_py"])
            return {name: value + share * (more[name] - value) for name, value in less.items()}
    return None
