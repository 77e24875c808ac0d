"""Whether a report's answers can be relied on. It marks them, and never keeps an alert back."""

from __future__ import annotations

from monitor.domain.protocol import Quality
from monitor.domain.submission import Submission


def is_hasty(submission: Submission, quality: Quality) -> bool:
    """Whether every score is the same, of many questions, in too short a time to read them.

    Only scores are looked at: whoever is well says "no" to every warning sign. Not known, and so
    not said, of a report whose beginning nobody measured, or whose clock was put back meanwhile.
    """
    if submission.started_at is None:
        return False
    seconds = (submission.answered_at - submission.started_at).total_seconds()
    if not 0 <= seconds < quality.within_seconds:
        return False
    scored = [a for a in submission.answers if isinstance(a.value, int)]
    items = {answer.item for answer in scored}
    return len(items) >= quality.identical_items and len({a.value for a in scored}) == 1
