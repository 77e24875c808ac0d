"""Everything that keeps monitoring going, done again and again by whoever is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from monitor.services import canary, drafts, health, sweep
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Role, Sweep


@needs("monitor")
def watch_once(
    clinic: Clinic, role: Role, progress: Callable[[int, int], None] | None = None
) -> Sweep:
    """Say that this program is alive, send the day's canary, finish old drafts, and sweep.

    A draft that cannot be finished does not stop the sweep; what stopped it is raised after that.
    Raises Unavailable where the store does not answer; `progress` hears (done, total). Whoever asks
    for it, it is the watch that does it, and may do no more than that.
    """
    clinic = replace(clinic, acting="watch")
    health.beat(clinic, role)
    canary.run_if_due(clinic)
    try:
        drafts.finish_old(clinic)
    finally:
        done = sweep.run(clinic, progress)
    return done
