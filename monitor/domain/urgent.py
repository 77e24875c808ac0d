"""What a visit says by itself that must be told at once, with nothing but its own answers."""

from __future__ import annotations

import datetime as dt

from monitor.domain import visit as flow
from monitor.domain.course import course_of
from monitor.domain.episode import Episode, Procedure
from monitor.domain.protocol import Priority
from monitor.domain.rules import evaluate
from monitor.domain.submission import Submission
from monitor.domain.visit import Visit

UNJUDGED = "unjudged"
"""Stands for a red rule where none could be looked at."""


def urgent_rules(visit: Visit, at: dt.datetime) -> frozenset[str]:
    """The rules that are red on the answers of a visit, as if it were the patient's first report.

    For a screen that must decide without the store: what was reported before is not known, so a
    sign counts as new, and one that only a change makes red is found by the store alone. Where
    the rules fail, a warning sign that was not denied speaks for itself (`UNJUDGED`).
    """
    try:
        return _red(visit, at)
    except Exception:  # noqa: BLE001 -- whatever is wrong with a rule, a sign is told
        return frozenset({UNJUDGED} if flow.warning_signs(visit) else ())


def _red(visit: Visit, at: dt.datetime) -> frozenset[str]:
    date = at.date()
    done = Procedure(
        date - dt.timedelta(days=visit.day), visit.profile, (), "", implant=visit.implant
    )
    episode = Episode("", "", done, visit.protocol.id)
    report = Submission(
        id=visit.id,
        episode_id=episode.id,
        form=visit.form,
        answers=flow.told(visit),
        answered_at=at,
        local_date=date,
        received_at=at,
        protocol_version=visit.protocol.version,
        protocol_hash=visit.protocol.content_hash,
    )
    course = course_of(visit.protocol, episode, [report], visit.day)
    found = (f for f in evaluate(course).findings if f.priority is Priority.RED)
    return frozenset(f.rule for f in found if f.evidence)
