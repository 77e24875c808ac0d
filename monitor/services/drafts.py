"""Visits that are not finished: kept from page to page, taken up again, or reported as they are."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import ExitStack
from dataclasses import replace

from monitor.domain import visit as flow
from monitor.domain.episode import Episode
from monitor.domain.protocol import Protocol
from monitor.domain.submission import Answer, faults_of
from monitor.domain.visit import Draft
from monitor.services import submissions
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Refusal, Work
from monitor.services.submissions import Completed, Receipt

KEPT = dt.timedelta(minutes=30)
"""How long a patient can come back to a visit; after that it is a report, finished or not.

Long enough for a queue at the desk, a toilet or a call; short enough that a warning sign in it
is looked at while the patient may still be in the house.
"""

NAMESPACE = uuid.UUID("5b0f4f0e-6d0b-4c9b-9d43-0a8e2f6a7c15")
"""Ids of reports made of drafts are made from it, so that making one twice makes one."""

END_OF_TIME = dt.datetime.max.replace(tzinfo=dt.UTC)


@needs("kiosk")
def keep(clinic: Clinic, draft: Draft) -> None:
    """Keep where a visit has got to, in place of what was kept of it before.

    Durable once this returns. A visit whose whole form has been sent, at another kiosk, needs no
    draft any more. Refuses with Refusal("unknown_episode").
    """
    with clinic.store.begin() as work:
        if not work.submissions.has(draft.id):
            work.drafts.set(replace(draft, device=clinic.station))
            work.commit()


def parked(clinic: Clinic, work: Work, episode_id: str, form: str, day: int) -> Draft | None:
    """The visit that a patient can go on with: their last of this form and day, if it is fresh.

    For whoever has just made sure who stands there, and for nobody else.
    """
    for draft in work.drafts.of_episode(episode_id):
        fits = (draft.form, draft.day) == (form, day) and _is_fresh(clinic, draft)
        if fits and not work.submissions.has(draft.id):
            return draft
    return None


@needs("kiosk")
def finish(clinic: Clinic, draft_id: str) -> Receipt | None:
    """Make a report now of a visit that is not finished; nothing happens where there is none.

    Gives the receipt of the report; None where the visit had nothing to say.
    """
    with clinic.store.read() as work:
        draft = work.drafts.get(draft_id)
    return _finish(clinic, draft) if draft is not None else None


@needs("kiosk")
def finish_of(clinic: Clinic, episode_id: str) -> tuple[Receipt, ...]:
    """Make reports now of the visits of an episode that are not finished, the oldest first.

    Gives the receipts of those that had something to say.
    """
    with clinic.store.read() as work:
        left = work.drafts.of_episode(episode_id)
    receipts = (_finish(clinic, draft) for draft in reversed(left))
    return tuple(receipt for receipt in receipts if receipt is not None)


@needs("monitor")
def finish_old(clinic: Clinic) -> int:
    """Make reports of the visits to which nobody came back in time, and say how many there were.

    One that cannot be finished does not stop the others; what stopped it is raised after them.
    """
    with clinic.store.read() as work:
        known = work.drafts.saved_before(END_OF_TIME)
    old = [draft for draft in known if not _is_fresh(clinic, draft)]
    with ExitStack() as each:
        for draft in reversed(old):
            each.callback(_finish, clinic, draft)
    return len(old)


def _is_fresh(clinic: Clinic, draft: Draft) -> bool:
    """Whether it was saved not long ago; one from far ahead was saved by a clock that was wrong."""
    return abs(clinic.now() - draft.saved_at) <= KEPT


def _finish(clinic: Clinic, draft: Draft) -> Receipt | None:
    """Record what a visit has to say, judge it, and let go of the draft, in this order.

    Where the power fails in between it is done again and comes to the same. What cannot be
    recorded (the episode was closed, the protocol no longer knows the question) is told in the
    audit trail with the answers themselves, so that nothing is lost that a patient said.
    """
    with clinic.store.read() as work:
        episode = work.episodes.get(draft.episode_id)
    receipt, unheard = None, draft
    try:
        protocol = clinic.protocols.current(episode.protocol_id)
        heard = _hearable(draft, protocol)
        if answers := _said(heard, protocol, episode):
            receipt = submissions.record(clinic, _completed(draft, answers))
        unheard, reason = _rest(draft, heard), "protocol_changed"
    except Refusal as refusal:
        reason = refusal.code
    _let_go(clinic, draft, reason, unheard)
    return receipt


def _hearable(draft: Draft, protocol: Protocol) -> Draft:
    """The part of a draft that the protocol still knows; where its form is gone, no touched key."""
    answers = tuple(a for a in draft.answers if not any(faults_of(a, protocol)))
    is_there = draft.form in protocol.forms
    picked = tuple(item for item in draft.picked if is_there and item in protocol.items)
    return replace(draft, answers=answers, picked=picked)


def _rest(draft: Draft, heard: Draft) -> Draft:
    """What of a draft was not heard."""
    answers = tuple(a for a in draft.answers if a not in heard.answers)
    picked = tuple(item for item in draft.picked if item not in heard.picked)
    return replace(draft, answers=answers, picked=picked)


def _said(draft: Draft, protocol: Protocol, episode: Episode) -> tuple[Answer, ...]:
    """What the visit has to say; all that was answered where its form is no longer there."""
    if draft.form not in protocol.forms:
        return tuple(a for a in draft.answers if a.value is not None)
    procedure = episode.procedure
    visit = flow.start(
        draft.id, protocol, draft.form, draft.day, procedure.profile, procedure.implant
    )
    return flow.give_up(flow.resume(visit, draft))


def _completed(draft: Draft, answers: tuple[Answer, ...]) -> Completed:
    completed = Completed(
        id="",
        episode_id=draft.episode_id,
        form=draft.form,
        answers=answers,
        answered_at=draft.saved_at,
        device=draft.device,
        part_of=draft.id,
        started_at=draft.started_at,
    )
    return replace(completed, id=str(uuid.uuid5(NAMESPACE, repr(completed))))


def _let_go(clinic: Clinic, draft: Draft, reason: str, unheard: Draft) -> None:
    """Remove a draft, unless somebody went on with it or sent it in the meantime."""
    told = [_in_words(a) for a in unheard.answers if a.value is not None]
    told += [f"{item} touched" for item in unheard.picked]
    with clinic.store.begin() as work:
        if work.drafts.get(draft.id) == draft:
            work.drafts.remove(draft.id)
            line = f"{reason}: {'; '.join(told)}" if told else ""
            work.audit.add(clinic.signed("visit_not_finished", draft.episode_id, line))
            work.commit()


def _in_words(answer: Answer) -> str:
    return " ".join(filter(None, (answer.item, *answer.place, str(answer.value))))
