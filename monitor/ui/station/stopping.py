"""What is read, said before and stored when a follow-up is paused, ended or goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QCoreApplication

from monitor.domain.course import Course
from monitor.domain.episode import Ending as EndedAs
from monitor.domain.episode import Episode, Pause, PauseReason
from monitor.services import endings, evaluation
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Refusal, Work
from monitor.ui.shared.texts import Words
from monitor.ui.station import wording
from monitor.ui.station.dates import day_and_month, days_from_to, long_date
from monitor.ui.station.enrolling import unread_date
from monitor.ui.station.forms import NOTE, Choices, EndState, EndTyped, PauseState, PauseTyped
from monitor.ui.station.typed_dates import near_dates, only

translate = QCoreApplication.translate

Asked = Literal["pause", "end_pause", "end", "reopen"]
"""What is asked about a follow-up: what can be done depends on how it is."""

_PAUSES: tuple[PauseReason, ...] = ("holiday", "hospital", "other")
_ENDINGS: tuple[EndedAs, ...] = ("completed", "withdrew", "moved", "declined", "died", "mistake")
_MOST_NAMED = 6
"""So many reports are named one by one; more of them are counted."""


@dataclass(frozen=True)
class Read:
    """What is asked, with what the dialog begins with, and the episode as it was when read."""

    asked: Asked
    episode: Episode
    state: PauseState | EndState


@needs("edit")
def read_pause(clinic: Clinic, episode_id: str, language: str) -> Read:
    """How a follow-up is paused, or that it is not."""
    with clinic.store.read() as work:
        episode = work.episodes.get(episode_id)
        about = _about(clinic, work, episode, language)
    if not episode.is_open:
        raise Refusal("episode_closed")
    today = clinic.today()
    ahead = [pause for pause in episode.pauses if pause.last >= today]
    state = PauseState(
        episode_id=episode_id,
        about=about,
        today=today,
        first=long_date(today),
        paused=_paused(min(ahead, key=lambda pause: pause.first), today) if ahead else "",
        reasons=_pause_reasons(),
    )
    return Read("end_pause" if ahead else "pause", episode, state)


@needs("end")
def read_end(clinic: Clinic, episode_id: str, language: str) -> Read:
    """How a follow-up ended, or what would be closed with it."""
    with clinic.store.read() as work:
        episode = work.episodes.get(episode_id)
        about = _about(clinic, work, episode, language)
        followed = [one for one in work.episodes.of_patient(episode.patient_id) if one.is_open]
        open_alerts = {
            one.id: sum(alert.is_open for alert in work.alerts.of_episode(one.id))
            for one in followed
        }
    state = EndState(
        episode_id=episode_id,
        about=about,
        today=clinic.today(),
        ended="" if episode.is_open else _ended(episode),
        alerts=open_alerts.get(episode_id, 0),
        all_alerts=sum(open_alerts.values()),
        episodes=len(followed),
        endings=_endings(),
    )
    return Read("end" if episode.is_open else "reopen", episode, state)


def _about(clinic: Clinic, work: Work, episode: Episode, language: str) -> str:
    patient = work.patients.get(episode.patient_id)
    words: Words = clinic.protocols.current(episode.protocol_id).words[language]
    who = translate("station", "{name}, No. {number}").format(
        name=wording.name_of(patient), number=wording.grouped(patient.number)
    )
    procedure = episode.procedure
    return f"{who}\n{wording.procedure_of(procedure, words)}, {long_date(procedure.date)}"


def _pause_reasons() -> Choices:
    said = {
        "holiday": translate("station", "On holiday"),
        "hospital": translate("station", "In hospital"),
        "other": translate("station", "Something else"),
    }
    return tuple((code, said[code]) for code in _PAUSES)


def _endings() -> Choices:
    said = {
        "completed": translate("station", "Completed"),
        "withdrew": translate("station", "Withdrew"),
        "moved": translate("station", "Moved away"),
        "declined": translate("station", "Declines further reports"),
        "died": translate("station", "Has died"),
        "mistake": translate("station", "Recorded by mistake"),
    }
    return tuple((code, said[code]) for code in _ENDINGS)


def _paused(pause: Pause, today: dt.date) -> str:
    """Such as "Paused 12–26 Mar: on holiday (back on Monday). Set by M. Osei, RN"."""
    said = translate("station", "Paused {days}: {why}.")
    why = dict(_pause_reasons())[pause.reason]
    if pause.note:
        why = f"{why}, {pause.note}"
    lines = [said.format(days=days_from_to(pause.first, pause.last, today), why=why)]
    if pause.by and pause.on is not None:
        by = translate("station", "Set by {by}, {when}.")
        lines.append(by.format(by=pause.by, when=wording.short_date(pause.on)))
    lines.append(
        translate("station", "Reports are expected again from today on.")
        if pause.first <= today
        else translate("station", "It has not begun and is taken back.")
    )
    return "\n".join(lines)


def _ended(episode: Episode) -> str:
    how = dict(_endings()).get(episode.ended_as, "")
    when = wording.long_date(episode.ended_on) if episode.ended_on else ""
    closed = " · ".join(part for part in (how, when) if part)
    said = [translate("station", "Closed: {how}.").format(how=closed)] if closed else []
    return "\n".join(
        (
            *said,
            translate(
                "station", "The alerts that were closed with it wait again; reports are expected."
            ),
        )
    )


@needs("edit")
def foresee_pause(clinic: Clinic, seen: Episode, typed: PauseTyped) -> tuple[str, ...]:
    """Which reports a pause would excuse, in sentences; nothing is stored."""
    first, last = _day(typed.first, clinic), _day(typed.last, clinic)
    if first is None or last is None:
        return ()
    if last < first:
        return (_backwards(),)
    with clinic.store.read() as work:
        course = evaluation.course(clinic, work, seen, clinic.today())
    added = Pause(first, last, "other")
    paused = Course(
        course.protocol,
        replace(seen, pauses=(*seen.pauses, added)),
        course.today,
        course.reports,
    )
    kept = {slot.id for slot in paused.expected}
    newest = course.reports[-1].day if course.reports else None
    excused = [
        slot
        for slot in course.expected
        if slot.id not in kept and (newest is None or newest < slot.opens_day)
    ]
    days = translate("station", "1 day, back on {date}.")
    count = (last - first).days + 1
    if count > 1:
        days = translate("station", "{n} days, back on {date}.")
    back = wording.long_date(last + dt.timedelta(days=1))
    lines = [days.format(n=count, date=back)]
    if not excused:
        lines.append(translate("station", "No scheduled report falls into them."))
    else:
        due = [day_and_month(course.date_of(slot.due_day), clinic.today()) for slot in excused]
        lines.append(_excused(due))
    lines.append(
        translate("station", "Alerts that are open stay open. It can be ended on any day.")
    )
    return tuple(lines)


def _excused(due: list[str]) -> str:
    if len(due) == 1:
        return translate("station", "Not expected: the report of {dates}.").format(dates=due[0])
    if len(due) <= _MOST_NAMED:
        said = translate("station", "Not expected: the {n} reports of {dates}.")
        return said.format(n=len(due), dates=", ".join(due))
    said = translate("station", "Not expected: {n} reports, from {first} to {last}.")
    return said.format(n=len(due), first=due[0], last=due[-1])


def _backwards() -> str:
    return translate("station", "The last day is before the first.")


def _day(text: str, clinic: Clinic) -> dt.date | None:
    return only(near_dates(text, clinic.today()))


@dataclass(frozen=True)
class Stored:
    """What came of it: done (`said`), or not, because of `faults`."""

    faults: dict[str, str]
    said: str = ""
    changed: frozenset[str] = frozenset()


def store(clinic: Clinic, read: Read, typed: object) -> Stored:
    """Do what was asked, or say all that is wrong with it; then nothing is stored.

    typed: as the dialog of what was asked gives it. Refuses as `services.endings` does, but for
    what stands beside a field.
    """
    try:
        if read.asked == "pause" and isinstance(typed, PauseTyped):
            return _pause(clinic, read.episode, typed)
        if read.asked == "end" and isinstance(typed, EndTyped):
            return _end(clinic, read.episode, typed)
        note = str(typed)
        if read.asked == "end_pause":
            done = endings.end_pause(clinic, read.episode, note)
            said = translate("station", "The pause is over: reports are expected again.")
            return Stored({}, said, done.changed)
        opened = endings.reopen(clinic, read.episode.id, note)
        return Stored({}, translate("station", "The follow-up is open again."), opened.changed)
    except Refusal as error:
        beside = _beside(error)
        if beside is None:
            raise
        return Stored(dict((beside,)))


def _pause(clinic: Clinic, seen: Episode, typed: PauseTyped) -> Stored:
    first, last = _day(typed.first, clinic), _day(typed.last, clinic)
    reason = next((one for one in _PAUSES if one == typed.reason), None)
    faults = dict(_unread("first", typed.first, clinic)) | dict(_unread("last", typed.last, clinic))
    if reason is None:
        faults["reason"] = translate("station", "Choose why.")
    if first is None or last is None or reason is None:
        return Stored(faults)
    done = endings.pause(clinic, seen, first, last, reason, typed.note)
    said = translate("station", "Paused {days}; no report is expected then.")
    return Stored({}, said.format(days=days_from_to(first, last, clinic.today())), done.changed)


def _end(clinic: Clinic, seen: Episode, typed: EndTyped) -> Stored:
    on = _day(typed.on, clinic)
    ended_as = next((one for one in _ENDINGS if one == typed.ended_as), None)
    faults = dict(_unread("on", typed.on, clinic))
    if ended_as is None:
        faults["ending"] = translate("station", "Choose how it ends.")
    if on is None or ended_as is None:
        return Stored(faults)
    done = endings.end(clinic, seen, ended_as, on, typed.note)
    said = [translate("station", "The follow-up is closed.")]
    if len(done.episodes) > 1:
        said = [translate("station", "{n} follow-ups are closed.").format(n=len(done.episodes))]
    if done.promised is not None:
        promised = translate("station", "The contact on {date} falls away.")
        said.append(promised.format(date=day_and_month(done.promised, clinic.today())))
    return Stored({}, " ".join(said), done.changed)


def _unread(name: str, text: str, clinic: Clinic) -> Iterator[tuple[str, str]]:
    return unread_date(name, near_dates(text, clinic.today()))


def _beside(error: Refusal) -> tuple[str, str] | None:
    """The field that a refusal is about and what is said beside it, None for the whole dialog."""
    found = {
        "no_reason": (NOTE, translate("station", "Say why: it stands in the record.")),
        "days_out_of_order": ("last", _backwards()),
        "pause_too_long": (
            "last", translate("station", "At most {days} days ahead; then decide anew.")
        ),
        "ended_in_future": ("on", translate("station", "That is still to come.")),
        "ended_before_procedure": (
            "on", translate("station", "That is before the procedure.")
        ),
        "ended_before_report": (
            "on", translate("station", "There is a report of {last}: it cannot have ended before.")
        ),
    }.get(error.code)  # fmt: skip
    if found is None:
        return None
    details = dict(error.details)
    if "last" in details:
        details["last"] = long_date(dt.date.fromisoformat(details["last"]))
    return found[0], found[1].format_map(details)
