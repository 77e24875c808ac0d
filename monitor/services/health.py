"""Whether monitoring runs, and whether the numbers add up: silence must not look like health."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.domain.alert import OPEN, State
from monitor.domain.episode import CANARY
from monitor.services import evaluation
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Canary, Heartbeat, Role, Tally

CLOCK_TOLERANCE = dt.timedelta(minutes=2)
"""A sweep from further in the future than this means a wrong clock, not that all is well."""


@dataclass(frozen=True)
class Status:
    """Whether monitoring runs. `lag` is the time since the last good sweep, None if never.

    `received` = `evaluated` + `waiting` + `failed` submissions. `overdue`: the last sweep is
    older than it may be, and silence must not look like health. `differing_episodes` had stored
    alerts that were not what they had to be. `dated_ahead`: patients with a report dated
    after today, which no rule looks at until then: a clock was wrong. `canary` is the last run
    of the canary and `canary_through` when one last came through; `canary_overdue`: none has
    since yesterday began, though there were sweeps, before each of which one has to.
    """

    last_sweep: dt.datetime | None
    lag: dt.timedelta | None
    overdue: bool
    received: int
    evaluated: int
    waiting: int
    failed: int
    failed_episodes: tuple[str, ...]
    differing_episodes: tuple[str, ...]
    dated_ahead: int
    canary: Canary | None
    canary_through: dt.datetime | None
    canary_overdue: bool


@dataclass(frozen=True)
class Ledger:
    """What came in and what became of it, counted one by one: the sums must agree.

    Submissions: `received` (of these `by_canary` are the program's own), and in each state:
    `evaluated`, `waiting` and `failed`. Alerts: `raised` ever, as their histories tell, and in
    each state of `alerts`. `tallies` by rule, of people's alerts. `heartbeats` say when each
    running program was last heard. `unfinished` visits were started at a kiosk and are neither a
    report yet nor given up; no more is told of them.
    """

    received: int
    by_canary: int
    evaluated: int
    waiting: int
    failed: int
    raised: int
    alerts: dict[State, int]
    tallies: tuple[Tally, ...]
    heartbeats: tuple[Heartbeat, ...]
    unfinished: int

    @property
    def unaccounted(self) -> int:
        """Submissions and alerts that are in no state or in two; anything but 0 is a fault."""
        submissions = self.received - self.evaluated - self.waiting - self.failed
        return abs(submissions) + abs(self.raised - sum(self.alerts.values()))

    @property
    def open(self) -> int:
        return sum(count for state, count in self.alerts.items() if state in OPEN)

    @property
    def reports(self) -> int:
        """How many reports people have sent."""
        return self.received - self.by_canary

    @property
    def per_100_reports(self) -> float | None:
        """Alerts raised per 100 reports since the clinic began; None before the first report."""
        raised = sum(tally.raised for tally in self.tallies)
        return 100 * raised / self.reports if self.reports else None

    @property
    def useful_share(self) -> float | None:
        """The share (0 to 1) that was of use among the alerts that people rated; None if none."""
        useful = sum(tally.useful for tally in self.tallies)
        rated = useful + sum(tally.not_useful for tally in self.tallies)
        return useful / rated if rated else None


@needs("status")
def status(clinic: Clinic) -> Status:
    """Whether monitoring runs, and whether every report received has been judged."""
    with clinic.store.read() as work:
        sweep = work.sweeps.last()
        received = work.submissions.count()
        unjudged = work.submissions.evaluations(*evaluation.UNJUDGED)
        latest = work.submissions.last_dates().items()
        canary, through = work.canaries.last(), work.canaries.last_through()
    ahead = sum(date > clinic.today() for episode_id, date in latest if episode_id != CANARY)
    failed = sum(e.state == "failed" for e in unjudged)
    lag = None if sweep is None else clinic.now() - sweep.finished_at
    late = lag is None or lag > clinic.overdue_after or lag < -CLOCK_TOLERANCE
    yesterday = clinic.today() - dt.timedelta(days=1)
    return Status(
        last_sweep=None if sweep is None else sweep.finished_at,
        lag=lag,
        overdue=late,
        received=received,
        evaluated=received - len(unjudged),
        waiting=len(unjudged) - failed,
        failed=failed,
        failed_episodes=() if sweep is None else sweep.failed,
        differing_episodes=() if sweep is None else sweep.differing,
        dated_ahead=ahead,
        canary=canary,
        canary_through=through.at if through else None,
        canary_overdue=sweep is not None
        and (through is None or clinic.local_date(through.at) < yesterday),
    )


@needs("status")
def ledger(clinic: Clinic) -> Ledger:
    """Count everything; slower than `status`, for the page that shows it."""
    with clinic.store.read() as work:
        states = work.submissions.states()
        alerts = work.alerts.states()
        return Ledger(
            received=work.submissions.count(),
            by_canary=len(work.submissions.of_episode(CANARY)),
            evaluated=states.get("evaluated", 0),
            waiting=states.get("waiting", 0),
            failed=states.get("failed", 0),
            raised=work.alerts.count(),
            alerts=dict(alerts),
            tallies=work.alerts.tallies(),
            heartbeats=work.heartbeats.all(),
            unfinished=work.drafts.count(),
        )


@needs("monitor")
def beat(clinic: Clinic, role: Role) -> None:
    """Say that this program is alive."""
    with clinic.store.begin() as work:
        work.heartbeats.set(Heartbeat(role, clinic.station, clinic.now()))
        work.commit()


@needs("kiosk")
def note_stray_window(clinic: Clinic, kind: str) -> None:
    """Write down that a locked screen closed a window that was not its own: a fault or an attempt.

    `kind` is what the program calls that kind of window, never what the window said.
    """
    with clinic.store.begin() as work:
        work.audit.add(clinic.signed("stray_window_closed", clinic.station, kind))
        work.commit()
