"""How long a nurse waits for paper: `python -m tests.benchmarks.bench_printing`.

From the key to the finished PDF of one patient's summary, with as many alerts and reports as
there may be, and of the hand-over list; *first* is the first paper of a program that has not drawn
a chart yet. Each must be below 2 s.
"""

from __future__ import annotations

import datetime as dt
import os
import time
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from monitor.services.clinic import Clinic
from monitor.ui.shared.theme import Theme, load_fonts
from monitor.ui.station.paper import Paper
from monitor.ui.station.papers import read_hand_over, read_summary
from monitor.ui.station.printing import with_chart
from tests import builders
from tests.fakes import FakeClock, FakeProtocols, FakeStore
from tests.protocols import default_protocol

RESOURCES = Path(__file__).parents[2] / "resources"
LIMIT = 2.0
TODAY = 300
PATIENTS = {1: (0, 0), 2: (1, 20), 3: (300, 20), 4: (1, 5_000)}
"""Patient -> how many alerts are open, how many reports came."""


def clinic() -> Clinic:
    store = FakeStore()
    with store.begin() as work:
        for count, (alerts, reports) in PATIENTS.items():
            work.patients.add(builders.patient(count))
            work.episodes.add(builders.episode(count))
            for n in range(reports):
                day, hour = divmod(n, 24)
                work.submissions.add(
                    builders.submission(
                        builders.answer("pain", n % 11),
                        day=1 + day,
                        id=f"{count}-{n}",
                        episode_id=f"episode-{count}",
                        answered_at=builders.instant(1 + day, hour),
                    )
                )
            for n in range(alerts):
                found = builders.finding(rule=f"pain_recurrence_{n}", stage="A2")
                alert = builders.alert(found, id=f"{count}-{n}", episode_id=f"episode-{count}")
                work.alerts.add(alert)
                work.alerts.add_event(builders.event(day=20, alert_id=alert.id))
        work.commit()
    return Clinic(
        store,
        FakeClock(builders.instant(TODAY)),
        FakeProtocols(default_protocol()),
        "Clinic",
        ZoneInfo("UTC"),
        "nurse",
        "desk",
        overdue_after=dt.timedelta(minutes=20),
        acting="nurse",
    )


def measure(name: str, make: Callable[[], Paper]) -> None:
    begun = time.perf_counter()
    paper = make()
    paper.pdf()
    seconds = time.perf_counter() - begun
    verdict = "" if seconds < LIMIT else "  TOO SLOW"
    print(f"{name:28} {paper.pages:3} pages  {seconds:5.2f} s{verdict}")


def main() -> None:
    application = QApplication([])
    load_fonts(RESOURCES / "fonts")
    content = tomllib.loads((RESOURCES / "themes" / "light.toml").read_text(encoding="utf-8"))
    theme, there = Theme.from_mapping(content).on_face("station"), clinic()

    def summary(count: int) -> Paper:
        read = read_summary(there, f"episode-{count}", "en")
        return Paper(with_chart(read, theme, RESOURCES / "fonts"), theme)

    measure("first", lambda: summary(2))
    for count, (alerts, reports) in PATIENTS.items():
        measure(f"{alerts} alerts, {reports} reports", partial(summary, count))
    measure("hand-over list", lambda: Paper(read_hand_over(there, "en"), theme))
    del application


if __name__ == "__main__":
    main()
