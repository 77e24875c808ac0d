"""How many alerts reports and time put before the nurses, per rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from monitor.services.replay import Raised

MISSED = "missed_report"


@dataclass
class Weight:
    """What was raised while reports came in; reports before the procedure do not count.

    `raising`: reports whose arrival raised one new alert or more. `with_report`, `by_time`:
    new alerts of each rule and stage that a report raised, or time alone.
    """

    reports: int = 0
    raising: int = 0
    patient_years: float = 0.0
    with_report: Counter[str] = field(default_factory=Counter)
    by_time: Counter[str] = field(default_factory=Counter)

    def add(self, reported: set[tuple[str, int]], raised: Iterable[Raised]) -> None:
        """Count the alerts of a cohort whose patients reported on these days."""
        after = {(patient, day) for patient, day in reported if day > 0}
        last: dict[str, int] = {}
        for patient, day in after:
            last[patient] = max(day, last.get(patient, 0))
        self.reports += len(after)
        self.patient_years += sum(last.values()) / 365.25
        raising = set()
        for alert in raised:
            name = f"{alert.rule} {alert.stage}"
            if alert.report:
                self.with_report[name] += 1
                raising.add(alert.report)
            else:
                self.by_time[name] += 1
        self.raising += len(raising)

    def join(self, other: Weight) -> None:
        self.reports += other.reports
        self.raising += other.raising
        self.patient_years += other.patient_years
        self.with_report += other.with_report
        self.by_time += other.by_time

    def per_100(self, count: float) -> float:
        return 100 * count / self.reports

    @property
    def missed(self) -> int:
        return sum(n for name, n in self.by_time.items() if name.startswith(MISSED))
