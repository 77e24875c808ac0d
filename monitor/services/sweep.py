"""The periodic pass over all open episodes: everything that time alone can bring about."""

from __future__ import annotations

from collections.abc import Callable

from monitor.domain.episode import CANARY
from monitor.services import evaluation
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Sweep


@needs("monitor")
def run(clinic: Clinic, progress: Callable[[int, int], None] | None = None) -> Sweep:
    """Judge every open episode today, compare with what is stored, and write that it was done.

    Closed episodes too, where a submission still waits. One unit of work for each episode: one
    that cannot be judged is named in the result and does not stop the others. Raises
    Unavailable, and leaves no trace of a sweep, where the store does not answer. A second run
    on the same day changes nothing. `progress` hears (done, total).
    """
    started_at = clinic.now()
    with clinic.store.read() as work:
        waiting = work.submissions.evaluations(*evaluation.UNJUDGED)
        due = (*work.episodes.open_ids(), *(w.episode_id for w in waiting))
    # the canary is judged when it flies, and counts as nobody
    due = tuple(episode_id for episode_id in due if episode_id != CANARY)
    outcomes = evaluation.judge_all(clinic, due, progress)
    sweep = Sweep(
        started_at,
        clinic.now(),
        episodes=len(outcomes),
        alerts_changed=sum(len(outcome.changes) for outcome in outcomes.values()),
        failed=tuple(e for e, outcome in outcomes.items() if outcome.error),
        differing=tuple(e for e, outcome in outcomes.items() if outcome.differing),
    )
    with clinic.store.begin() as work:
        work.sweeps.add(sweep)
        work.commit()
    return sweep
