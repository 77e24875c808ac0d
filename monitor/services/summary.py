"""What is printed: one patient on a page, and everybody who is open for the next shift."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.services import charting, review
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.review import Chart, Worklist

SUMMARY_OPENED, HAND_OVER_OPENED = "summary_opened", "hand_over_opened"
"""What stands in the audit trail of whoever looks at a paper before it is printed."""


@dataclass(frozen=True)
class Signed:
    """Who made a paper, where and when; `at` is in the clinic's zone."""

    by: str
    clinic: str
    at: dt.datetime


@dataclass(frozen=True)
class Summary:
    """One patient on paper: the chart has who it is along with everything that is said of them."""

    chart: Chart
    signed: Signed


@dataclass(frozen=True)
class HandOver:
    """Everybody with anything open, in clinical order, with the contacts that were promised."""

    worklist: Worklist
    signed: Signed


@needs("print")
def summary(clinic: Clinic, episode_id: str) -> Summary:
    """All that a patient's paper says, of one moment; writes who looked.

    Refuses with Refusal("unknown_episode").
    """
    return Summary(charting.chart(clinic, episode_id, SUMMARY_OPENED), _signed(clinic))


@needs("print")
def hand_over(clinic: Clinic) -> HandOver:
    """The list for the next shift, of one moment; writes who looked."""
    listed = review.worklist(clinic)
    with clinic.store.begin() as work:
        work.audit.add(clinic.signed(HAND_OVER_OPENED, ""))
        work.commit()
    return HandOver(listed, _signed(clinic))


def _signed(clinic: Clinic) -> Signed:
    return Signed(clinic.actor, clinic.name, clinic.now().astimezone(clinic.zone))
