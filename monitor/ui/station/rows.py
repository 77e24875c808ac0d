"""Turns what the services list into rows, and keeps rows in their place."""

from __future__ import annotations

import datetime as dt
import gc
import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from monitor.domain.alert import Alert, State
from monitor.domain.episode import Episode, Patient, postoperative_day
from monitor.domain.folding import digits, folded
from monitor.domain.protocol import Priority, Protocol
from monitor.domain.silence import Silence
from monitor.domain.submission import NOWHERE
from monitor.domain.urgency import is_back
from monitor.services import lists, review
from monitor.services.clinic import Clinic
from monitor.services.lists import Counts, ListRow, Subject
from monitor.services.permissions import needs
from monitor.services.ports import Asked, Refusal
from monitor.services.review import Worklist, WorklistRow
from monitor.ui.shared.texts import alert_lines, number, word
from monitor.ui.station import wording
from monitor.ui.station.dates import day_and_month, short_moment
from monitor.ui.station.views import ListName, PhoneLine, Row

translate = QCoreApplication.translate

BARE = "patient "
"""Before the id of a patient, in the key of a row of somebody without a procedure."""

Words = Mapping[str, str]

_NAME = re.compile(r"[^\W_]+")
"""A word of a name, as it is folded: "Núñez-Ø’Hara" has three."""

PAGE = 100
"""So many rows of a long list are read at once."""


@dataclass(frozen=True)
class BoardRead:
    """One reading of the worklist at `now` (in the clinic's zone), and how many all lists have.

    `rows` are in clinical order. `words` are those of the clinic's first protocol that can be
    read, for what is said without a patient; `protocol` names it.

    `basis` is what it was read for and from; while that is the same, nothing of it changes but
    by time, and by time nothing before `holds_until`.
    """

    rows: tuple[Row, ...]
    now: dt.datetime
    counts: Counts
    words: Words
    protocol: str
    basis: tuple[object, ...]
    holds_until: dt.datetime


@dataclass(frozen=True)
class ListRead:
    """One reading of a list that is no part of the worklist, or of who fits `query`.

    A search is one of all patients, whichever list was read. `total` counts everybody in the
    list, of whom a long one has only the first `rows`.
    """

    name: ListName
    query: str
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True)
class Kept:
    """Rows that kept their place; `news` have come and wait, `moved`: the order is another.

    `worst` is the most urgent of those who have come.
    """

    rows: tuple[Row, ...]
    news: int = 0
    moved: bool = False
    worst: Row | None = None


@needs("look")
def read_board(clinic: Clinic, language: str, known: BoardRead | None = None) -> BoardRead:
    """Read the worklist, and count all other lists.

    known: the reading before. It is given back as of now where it still holds: it is asked for
    every few seconds, and with thousands of open alerts reading it takes a good part of one.
    """
    now = clinic.now().astimezone(clinic.zone)
    protocols = {name: read_protocol(clinic, name) for name in clinic.protocols.ids()}
    read = {name: one.content_hash if one else None for name, one in protocols.items()}
    # asked first: what is stored while the rest is read makes the next one read again
    basis = (clinic.store.revision(), clinic, language, read)
    if known is not None and known.basis == basis and known.now <= now < known.holds_until:
        return replace(known, now=now)
    protocol = next((one for one in protocols.values() if one is not None), None)
    with _uncollected():
        worklist = review.worklist(clinic)
        rows = _worklist_rows(clinic, worklist, language)
    return BoardRead(
        rows=rows,
        now=now,
        counts=lists.counts(clinic),
        words=protocol.words[language] if protocol else {},
        protocol=protocol_line(protocol.id, protocol.version, protocol.status) if protocol else "",
        basis=basis,
        holds_until=_holds_until(worklist, now),
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for garbage afterwards: a quarter of the time of reading a long list.

    Thousands of records are made, all to be kept, and every few hundred of them it would look.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _holds_until(worklist: Worklist, now: dt.datetime) -> dt.datetime:
    """When time alone changes the list: at the next minute, or when an alert's own time comes.

    What happened less than a minute ago is told in seconds, and holds for no time at all.
    """
    minute = dt.timedelta(minutes=1)
    times = (
        at
        for row in worklist.rows
        for alert in row.alerts
        for at in (alert.raised_at, alert.respond_by, alert.until)
        if at is not None and at > now - minute
    )
    return min([now.replace(second=0, microsecond=0) + minute, *times])


def read_list(
    clinic: Clinic, name: ListName, language: str, query: str = "", count: int = PAGE
) -> ListRead:
    """Read who is silent, who is new and well, everybody, or who fits `query`.

    Of a long list the first `count`.
    """
    if name in ("silent", "well") and not query:
        rows = _silent_rows(clinic, language) if name == "silent" else _well_rows(clinic, language)
        return ListRead(name, query, rows, len(rows))
    page = lists.find(clinic, query, 0, count)
    return ListRead(name, query, _patient_rows(clinic, page.rows, language, query), page.total)


def read_more(clinic: Clinic, language: str, query: str, offset: int) -> tuple[Row, ...]:
    """The next rows of a long list, from `offset` on."""
    return _patient_rows(clinic, lists.find(clinic, query, offset, PAGE).rows, language, query)


def read_protocol(clinic: Clinic, protocol_id: str) -> Protocol | None:
    """The protocol in force; None where it cannot be read: one of them must not hide a list."""
    try:
        return clinic.protocols.current(protocol_id)
    except Refusal:
        return None


def unreadable(protocol_id: str) -> str:
    """Such as "Protocol cervical rhizotomy cannot be read"."""
    name = protocol_id.replace("_", " ")
    return translate("station", "Protocol {name} cannot be read").format(name=name)


def protocol_line(protocol_id: str, version: str, status: str) -> str:
    """Such as "Protocol: cervical rhizotomy 0.1.0, draft, not approved"."""
    name = protocol_id.replace("_", " ")
    state = (
        translate("station", "approved")
        if status == "approved"
        else translate("station", "draft, not approved")
    )
    return translate("station", "Protocol: {name} {version}, {state}").format(
        name=name, version=version, state=state
    )


def _worklist_rows(clinic: Clinic, worklist: Worklist, language: str) -> tuple[Row, ...]:
    """Who has open alerts in clinical order, and between them who was promised a call by today.

    A promise is work of today: it stands behind what is red or orange and nobody has seen, and
    before all else. At the end stand those who are only asked for a report.
    """
    now = clinic.now().astimezone(clinic.zone)
    today = now.date()
    asked = {one.episode.id: one for one in worklist.asked}
    urgent: list[Row] = []
    called: list[tuple[dt.date, Row]] = []
    rest: list[Row] = []
    for row in worklist.rows:
        made = _worklist_row(clinic, row, now, language)
        if made.lists & _URGENT and row.reason not in _HANDLED:
            urgent.append(made)
        elif row.promised is not None and row.promised <= today:
            called.append((row.promised, made))
        else:
            rest.append(made)
    for one in worklist.promised:
        assert one.episode is not None, "promises are made about episodes"
        assert one.promised is not None, "it is listed for its promise"
        extra = asked.pop(one.episode.id, None)
        called.append((one.promised, _called_row(clinic, one, extra, language)))
    called.sort(key=lambda pair: pair[0])
    listed = {row.episode.id for row in worklist.rows}
    return (
        *urgent,
        *(made for _, made in called),
        *rest,
        *(
            _asked_row(clinic, one, worklist.namesakes, language)
            for one in asked.values()
            if one.episode.id not in listed
        ),
    )


_URGENT: frozenset[ListName] = frozenset({"red", "orange"})
_HANDLED: dict[str, ListName] = {"in_hand": "in_hand", "snoozed": "snoozed"}
"""Where the reason for its place puts a row; every other reason: nobody has looked."""


def _worklist_row(clinic: Clinic, row: WorklistRow, now: dt.datetime, language: str) -> Row:
    """What orders and counts a row; only those that are seen are put into words.

    now: in the clinic's zone.
    """
    protocol = read_protocol(clinic, row.episode.protocol_id)
    words = protocol.words[language] if protocol else {}
    within: set[ListName] = {_HANDLED.get(row.reason, row.priority.value)}
    if row.asked:
        within.add("asked")
    if row.promised is not None and row.promised <= now.date():
        within.add("orange")
    return Row(
        key=row.episode.id,
        episode_id=row.episode.id,
        name=wording.name_of(row.patient),
        number=row.patient.number,
        since="",
        priority=row.priority,
        words=word(f"priority.{row.priority}", words),
        lists=frozenset(within),
        later=partial(_in_words, row, now, protocol, words),
    )


def _in_words(
    row: WorklistRow, now: dt.datetime, protocol: Protocol | None, words: Words
) -> dict[str, Any]:
    """What else a row says, from nothing but what was read: asked for where it is painted."""
    today = now.date()
    first = row.alerts[0]
    title, sentence = unreadable(row.episode.protocol_id), ""
    if protocol:
        title, sentence = alert_lines(first.finding, words)
    beside, beside_priority = _beside(row, now, words)
    asked = row.asked
    others = len(row.alerts) - 1
    more = translate("station", "(+{n}\u00a0more)").format(n=others) if others else ""
    handled = row.reason in _HANDLED
    place, explained, overdue = wording.place_of(row, now), wording.why_there(row, now), row.overdue
    is_called = row.promised is not None and row.promised <= today
    if row.promised is not None and is_called and (handled or row.priority.value not in _URGENT):
        place, explained = _call_place(row.promised, today), _why_called()
        overdue = row.promised < today
    return {
        "since": wording.since(row.day),
        "procedure": wording.procedure_short(row.episode.procedure, words),
        "where": wording.procedure_where(row.episode.procedure, words),
        "reported": wording.reported(row.last_report, today),
        "due": _due(row.promised, row.due_on, today),
        "is_faint": handled,
        "place": place,
        "overdue": overdue,
        "explained": explained,
        "waited": _waited(row, now),
        "owner": _owner(row, now),
        "reason": title,
        "more": more,
        "sentence": sentence,
        "beside": beside,
        "beside_priority": beside_priority,
        "asked": wording.asked_words(asked.opens_on, asked.closes_on, today) if asked else "",
        "namesake": wording.grouped(row.patient.number) if row.same_name else "",
        "news": _news() if row.is_new else "",
        "spark": _spark_of(row.episode, today, row.received_at, protocol, first),
    }


def _news() -> str:
    return translate("station", "New since you looked")


def _waited(row: WorklistRow, now: dt.datetime) -> str:
    """How long nobody has looked, where the reason for the place does not say it."""
    if row.reason not in ("red_flag", "overdue", "past_window"):
        return ""
    return translate("station", "for {time}").format(time=wording.duration(now - row.raised_at))


def _owner(row: WorklistRow, now: dt.datetime) -> str:
    """Who has something of this patient in hand, where the place of the row does not say it."""
    if row.reason == "in_hand":
        return ""
    held = (
        alert.changed_by
        for alert in row.alerts
        if alert.state is State.ACKNOWLEDGED and not is_back(alert, now)
    )
    by = ", ".join(dict.fromkeys(map(wording.initials, held)))
    return translate("station", "with {who}").format(who=by) if by else ""


def _due(promised: dt.date | None, due_on: dt.date | None, today: dt.date) -> str:
    """What comes next: the contact that was promised, else the report that is expected."""
    if promised is not None:
        return translate("station", "call {date}").format(date=day_and_month(promised, today))
    if due_on is None:
        return ""
    if due_on == today:
        return translate("station", "due today")
    return translate("station", "due {date}").format(date=day_and_month(due_on, today))


def _promise(date: dt.date, today: dt.date) -> str:
    return translate("station", "Call promised for {date}").format(date=day_and_month(date, today))


def _call_place(promised: dt.date, today: dt.date) -> str:
    days = (today - promised).days
    if not days:
        return translate("station", "Call due today")
    if days == 1:
        return translate("station", "Call 1 day overdue")
    return translate("station", "Call {n} days overdue").format(n=days)


def _why_called() -> str:
    return translate(
        "station",
        "Stands here because somebody promised to be in touch by today: behind what is new and "
        "more urgent, before all else.",
    )


def _spark_of(
    episode: Episode,
    today: dt.date,
    received_at: dt.datetime | None,
    protocol: Protocol | None,
    alert: Alert | None = None,
    item: str = "",
) -> Hashable:
    """The small chart of a row: of what its worst alert is about, else of an item, else of pain.

    Another report, another day and another setting make it another one.
    """
    if protocol is None:
        return None
    place = NOWHERE
    if alert is not None and _is_drawn(protocol, alert.finding.item):
        item, place = alert.finding.item, alert.finding.place
    if not _is_drawn(protocol, item):
        item = next((i for i, one in protocol.items.items() if one.chart == "pain"), "")
    subject = Subject(episode.id, item, place)
    return subject, hash((received_at, today, episode, protocol.content_hash))


def _is_drawn(protocol: Protocol, item: str) -> bool:
    return item in protocol.items and protocol.items[item].chart != ""


def _beside(row: WorklistRow, now: dt.datetime, words: Words) -> tuple[str, Priority | None]:
    """What is worse than the alert that gives the row its place, and already seen to.

    A new milder alert goes before a worse one in hand; that one must not be overlooked.
    """
    worse = [
        alert
        for alert in row.alerts[1:]
        if alert.priority.rank < row.priority.rank and not is_back(alert, now)
    ]
    if not worse:
        return "", None
    worst = min(worse, key=lambda alert: alert.priority.rank)
    if worst.state is State.SNOOZED:
        said = translate("station", "“{priority}” put aside")
    else:
        said = translate("station", "“{priority}” in hand")
    return said.format(priority=word(f"priority.{worst.priority}", words)), worst.priority


def _asked_row(clinic: Clinic, one: Asked, shared: frozenset[str], language: str) -> Row:
    """Somebody for whom nothing is open, but of whom a rule wants another report soon."""
    judged = one.judged
    day = postoperative_day(one.episode.procedure.date, clinic.today())
    line = ListRow(one.patient, one.episode, day, same_name=one.patient.id in shared)
    made = _row(clinic, line, language)
    return replace(
        made,
        sign="asked",
        lists=frozenset({"asked"}),
        reported="",
        place=translate("station", "Nothing open"),
        reason=made.reason or translate("station", "A rule asks for another report"),
        explained=translate(
            "station", "Stands at the end because nothing is open, only another report is due."
        ),
        asked=wording.asked_words(judged.opens_on, judged.closes_on, clinic.today()),
    )


def _called_row(clinic: Clinic, one: ListRow, asked: Asked | None, language: str) -> Row:
    """Somebody for whom nothing is open, but to whom a call was promised by today."""
    today = clinic.today()
    assert one.promised is not None, "it is listed for its promise"
    assert one.episode is not None, "promises are made about episodes"
    protocol = read_protocol(clinic, one.episode.protocol_id)
    words = protocol.words[language] if protocol else {}
    within: set[ListName] = {"orange"}
    said = ""
    if asked is not None:
        within.add("asked")
        said = wording.asked_words(asked.judged.opens_on, asked.judged.closes_on, today)
    return replace(
        _row(clinic, one, language),
        sign="promised",
        words=word(f"priority.{Priority.ORANGE}", words),
        lists=frozenset(within),
        place=_call_place(one.promised, today),
        overdue=one.promised < today,
        explained=_why_called(),
        reason=_promise(one.promised, today),
        due="",
        asked=said,
    )


def _doing(silence: Silence) -> str:
    """How they were doing, in two words."""
    return {
        "worse": translate("station", "Was worse"),
        "same": translate("station", "Was the same"),
        "better": translate("station", "Was improving"),
        "never": translate("station", "Never started"),
        "lost": translate("station", "Long lost"),
    }[silence.doing]


def _silent_rows(clinic: Clinic, language: str) -> tuple[Row, ...]:
    return tuple(_silent_row(clinic, one, language) for one in lists.silent(clinic))


def _silent_row(clinic: Clinic, one: ListRow, language: str) -> Row:
    """Who stopped, how they were doing, how many reports did not come, and since when."""
    silence, episode, today = one.silence, one.episode, clinic.today()
    assert silence is not None, "it is listed for its silence"
    assert episode is not None, "only episodes fall silent"
    protocol = read_protocol(clinic, episode.protocol_id)
    words = protocol.words[language] if protocol else {}
    missed = translate("station", "{n} missed").format(n=silence.missed)
    said, sentence = _last_value(silence, words)
    place = translate("station", "since {date}").format(date=day_and_month(silence.since, today))
    made = _row(clinic, one, language, item=silence.item)
    return replace(
        made,
        priority=None,
        sign="silent",
        beside=made.words,
        beside_priority=made.priority,
        words=_doing(silence),
        reason=" · ".join(part for part in (missed, said) if part),
        sentence=sentence,
        place=place if one.promised is None else _promise(one.promised, today),
        overdue=one.promised is not None and one.promised < today,
        explained=translate(
            "station",
            "Stands here by how they were doing: who was worse first, then by how long nothing "
            "has come. The first report that did not come was due on {date}.",
        ).format(date=day_and_month(silence.since, today)),
        due="",
    )


def _last_value(silence: Silence, words: Words) -> tuple[str, str]:
    """In a few words and as a sentence what the last score was; "" where there never was one."""
    if silence.score is None:
        return "", ""
    said = translate("station", "last score {score}").format(score=silence.score)
    name = word(f"item.{silence.item}.name", words)
    sentence = translate("station", "{item}: {score}").format(item=name, score=silence.score)
    if silence.before is None:
        return said, sentence
    before = number(silence.before)
    return (
        translate("station", "{said}, before {before}").format(said=said, before=before),
        translate("station", "{said}, before {before}").format(said=sentence, before=before),
    )


def _well_rows(clinic: Clinic, language: str) -> tuple[Row, ...]:
    now = clinic.now().astimezone(clinic.zone)
    return tuple(_well_row(clinic, one, now, language) for one in lists.new_and_well(clinic))


def _well_row(clinic: Clinic, one: ListRow, now: dt.datetime, language: str) -> Row:
    assert one.received_at is not None, "it is listed for its report"
    return replace(
        _row(clinic, one, language),
        sign="well",
        reason=translate("station", "New report, nothing open"),
        place=translate("station", "came {when}").format(when=short_moment(one.received_at, now)),
        explained=translate("station", "Stands here by when the report came, the newest first."),
        news=_news(),
    )


def _patient_rows(
    clinic: Clinic, found: Sequence[ListRow], language: str, query: str
) -> tuple[Row, ...]:
    return tuple(_patient_row(clinic, one, language, query) for one in found)


def _patient_row(clinic: Clinic, one: ListRow, language: str, query: str) -> Row:
    """Anybody, with what tells people apart: number, date of birth, telephone if it was sought."""
    made = _row(clinic, one, language)
    born = wording.short_date(one.patient.birth_date)
    known = [translate("station", "born {date}").format(date=born)]
    parts = folded(query).split()
    if any(part in digits(one.patient.phone) for part in parts):
        known.append(one.patient.phone)
    return replace(
        made,
        place=wording.grouped(one.patient.number),
        reason=made.reason or " · ".join(known),
        marks=tuple(fitting(made.name, parts)),
        namesake="",
    )


def _row(clinic: Clinic, one: ListRow, language: str, item: str = "") -> Row:
    """What the rows of all lists say of a patient."""
    today, patient, episode = clinic.today(), one.patient, one.episode
    name, namesake = wording.name_of(patient), wording.grouped(patient.number)
    if episode is None:
        none = translate("station", "No procedure recorded")
        return Row(f"{BARE}{patient.id}", "", name, patient.number, none)
    protocol = read_protocol(clinic, episode.protocol_id)
    words = protocol.words[language] if protocol else {}
    report = wording.reported(one.last_report, today)
    if not episode.is_open:
        report = translate("station", "follow-up closed")
    return Row(
        key=episode.id,
        episode_id=episode.id,
        name=name,
        number=patient.number,
        since=wording.since(one.day),
        procedure=wording.procedure_short(episode.procedure, words),
        where=wording.procedure_where(episode.procedure, words),
        reported=report,
        due=_due(one.promised, one.due_on, today) if episode.is_open else "",
        priority=one.priority,
        words=word(f"priority.{one.priority}", words) if one.priority else "",
        reason="" if protocol else unreadable(episode.protocol_id),
        namesake=namesake if one.same_name else "",
        spark=_spark_of(episode, today, one.received_at, protocol, item=item),
    )


def phone_lines(clinic: Clinic, worklist: Worklist, language: str) -> tuple[PhoneLine, ...]:
    """The worklist as it is read out on the telephone: whom to ring, where, and why."""
    people: dict[str, Patient] = {row.episode.id: row.patient for row in worklist.rows}
    people |= {one.episode.id: one.patient for one in worklist.promised if one.episode}
    return tuple(
        PhoneLine(
            row.words, row.name, wording.grouped(row.number), people[row.key].phone, row.reason
        )
        for row in (one.worded() for one in _worklist_rows(clinic, worklist, language))
        if row.key in people
    )


def fitting(name: str, parts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which letters of `name` the (folded) parts of a search are, as (first, length).

    What fits is the beginning of a word, found without accents: "nun" marks "Núñ".
    """
    for found in _NAME.finditer(name):
        plain = folded(found.group())
        lengths = [len(part) for part in parts if plain.startswith(part)]
        if lengths:
            ends = range(1, len(found.group()) + 1)
            wanted = max(lengths)
            end = next(n for n in ends if len(folded(found.group()[:n])) >= wanted)
            yield found.start(), end


def keep_place(shown: Sequence[Row], fresh: Sequence[Row], held: Collection[str]) -> Kept:
    """Bring `shown` up to date without moving the rows of the keys in `held`.

    Where the fresh order leaves those rows in their places it is taken. Else everybody stays
    where they are, those who left the list are marked `gone`, and new ones wait.
    """
    before = [row.key for row in shown]
    after = [row.key for row in fresh]
    if _is_same(before, after, held):
        return Kept(tuple(fresh))
    known = {row.key: row for row in fresh}
    rows = tuple(known.get(row.key) or _gone(row.worded()) for row in shown)
    come = [row for row in fresh if row.key not in before]
    worst = min((r for r in come if r.priority), key=_rank, default=None)
    stayed = [key for key in before if key in known]
    moved = len(stayed) < len(before) or stayed != [key for key in after if key in before]
    return Kept(rows, len(come), moved, worst)


def _is_same(before: Sequence[str], after: Sequence[str], held: Collection[str]) -> bool:
    """Whether nothing changes down to the last row that is held."""
    place = max((n for n, key in enumerate(before) if key in held), default=-1)
    return after[: place + 1] == before[: place + 1]


def keep_page(shown: Sequence[Row], fresh: Sequence[Row], held: Collection[str]) -> Kept:
    """The same for the beginning of a long list: nobody leaves it, and nobody waits above.

    Who is not in `fresh` may only stand further down now.
    """
    if _is_same([row.key for row in shown], [row.key for row in fresh], held):
        return Kept(tuple(fresh))
    known = {row.key: row for row in fresh}
    return Kept(tuple(known.get(row.key, row) for row in shown), moved=True)


def _rank(row: Row) -> int:
    return row.priority.rank if row.priority else len(Priority)


def _gone(row: Row) -> Row:
    words = translate("station", "No longer in this list")
    return replace(
        row, priority=None, sign="", words="", place="", overdue=False, explained="", reason=words,
        more="", sentence="", beside="", beside_priority=None, asked="", waited="", owner="",
        due="", news="", gone=True,
    )  # fmt: skip
