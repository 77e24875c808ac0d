"""The benchmark's own arithmetic; what it measures needs the simulator and is run by hand."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from monitor.services.replay import replay
from tests.benchmarks.detection.burden import Weight
from tests.benchmarks.detection.ideal import Likelihood
from tests.benchmarks.detection.schedule import with_schedule_of
from tests.benchmarks.detection.simulator import NoSimulator, find_simulator
from tests.builders import answer, date, episode, submission
from tests.protocols import default_protocol


def test_that_a_folder_without_the_simulator_is_refused_with_what_is_missing(
    tmp_path: Path,
) -> None:
    (tmp_path / "score.py").touch()
    with pytest.raises(NoSimulator, match=r"There is no simulate\.py, generate_cohort\.py, refer"):
        find_simulator(tmp_path)


def test_that_days_between_two_reports_belong_to_the_nearer_one() -> None:
    simulate = ModuleType("simulate")
    vars(simulate)["slots"] = lambda _schedule, _rng: [1, 2, 3, 6, 13, 20]
    protocol = with_schedule_of(default_protocol(), simulate, SimpleNamespace(schedule="any"))
    after = [(s.due_day, s.opens_day, s.closes_day) for s in protocol.schedule if s.due_day > 0]
    assert after == [(1, 1, 1), (2, 2, 2), (3, 3, 3), (6, 4, 9), (13, 10, 16), (20, 17, 23)]


def test_that_one_of_eleven_scores_is_certain_to_be_given() -> None:
    simulate = ModuleType("simulate")
    vars(simulate)["PREF"] = [0, 0, 2, 2, 5, 5, 5, 8, 8, 10, 10]
    family = SimpleNamespace(
        var_probs=(0.5, 0.5),
        var_classes=(0.7, 1.4),
        flare_per_month=0.5,
        flare_days=4.0,
        flare_amps=(2.0, 3.5),
        ou_sd=0.75,
        ou_tau=5.0,
        noise=0.85,
        digit_pref=0.15,
        p_typo=0.01,
    )
    likelihood = Likelihood(simulate, family)
    first = sum(likelihood.first(score) for score in range(11))
    following = sum(likelihood.following(7, 4, score) for score in range(11))
    assert np.allclose(first, 1, atol=1e-5)
    assert np.allclose(following, 1, atol=1e-5)


def test_that_alerts_count_with_the_report_that_raised_them_or_as_time_alone() -> None:
    reports = (
        submission(answer("pain", 6), day=-1, id="before"),
        submission(answer("breathing", "yes"), answer("help_now", "yes"), day=1, id="red"),
        submission(answer("breathing", "no"), answer("help_now", "no"), day=3, id="well"),
    )
    raised = list(replay(default_protocol(), [(episode(), reports)], date(12)))
    weight = Weight()
    weight.add({("patient-1", -1), ("patient-1", 1), ("patient-1", 3)}, raised)
    assert (weight.reports, weight.raising) == (2, 1)
    assert weight.with_report == {"airway R1": 1, "help_now R6": 1}
    assert set(weight.by_time) == {"missed_report Y4"}
    assert weight.missed == weight.by_time.total()
