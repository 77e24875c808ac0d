"""What stands on the papers: one patient on a page, and the list for the next shift."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QCoreApplication

from monitor.domain.alert import Alert, State
from monitor.domain.episode import Episode, Patient
from monitor.services import contacts, summary
from monitor.services.clinic import Clinic
from monitor.services.lists import ListRow
from monitor.services.review import WorklistRow
from monitor.services.summary import HandOver, Signed, Summary
from monitor.ui.shared.texts import Words, alert_words, word
from monitor.ui.station import wording
from monitor.ui.station.chart import language_name, page_of, sex_words
from monitor.ui.station.dates import day_and_month, moment
from monitor.ui.station.paper import CHART, Content, lines, row, table
from monitor.ui.station.rows import read_protocol, unreadable
from monitor.ui.station.views import Card, PatientState

translate = QCoreApplication.translate

_CONTACTS, _REPORTS, _MEDICINES = 6, 8, 4
"""How many of the newest are printed; the station has them all."""
_SCORES_WIDE = 76
"""How much of the width the columns of scores take, in per cent."""
_WRITTEN = frozenset({"contact", "note", "visit"})
_ONLY_OPEN_IN_HAND = frozenset({State.ACKNOWLEDGED, State.SNOOZED})


@dataclass(frozen=True)
class SummaryRead:
    """A patient's paper in words: `content` lacks the chart, which `page` has."""

    page: PatientState
    content: Content


def read_summary(clinic: Clinic, episode_id: str, language: str) -> SummaryRead:
    """What stands on one patient's paper; who it is comes with what is said of them."""
    made = summary.summary(clinic, episode_id)
    page = page_of(clinic, made.chart, language)
    protocol = clinic.protocols.current(made.chart.episode.protocol_id)
    words = protocol.words[language]
    content = Content(
        title=translate("station", "Patient summary"),
        file_name=_file_name("summary", made.signed),
        head=_summary_head(made, page),
        body="".join(_summary_body(made, page)),
        foot=_foot(made.signed, words),
    )
    return SummaryRead(page, content)


def read_hand_over(clinic: Clinic, language: str) -> Content:
    """The list for the next shift: everybody with anything open, in the order of the worklist."""
    made = summary.hand_over(clinic)
    lister = _Lister(clinic, made, language)
    title = translate("station", "Hand-over list")
    return Content(
        title=title,
        file_name=_file_name("hand-over", made.signed),
        head=_two_sides(f"<h1>{escape(title)}</h1>", lines(_where(made.signed))),
        body="".join(lister.body()),
        foot=_foot(made.signed, lister.words(None)),
        shape="landscape",
    )


def _file_name(what: str, signed: Signed) -> str:
    return f"{what}-{signed.at:%Y-%m-%d-%H%M}.pdf"


def _two_sides(left: str, right: str) -> str:
    return (
        f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td>{left}</td>'
        f'<td width="30%" style="text-align: right"><p align="right">{right}</p></td></tr></table>'
    )


def _where(signed: Signed) -> str:
    day = wording.long_date(signed.at.date())
    return f"{signed.clinic}, {day}, {signed.at:%H:%M}"


def _foot(signed: Signed, words: Words) -> str:
    """Who made it and when, and what this is not."""
    said = translate("station", "Made {date} at {time} by {who}").format(
        date=wording.long_date(signed.at.date()), time=f"{signed.at:%H:%M}", who=signed.by
    )
    right = escape(translate("station", "Page {page} of {pages}"))
    statement = escape(words.get("safety.statement", ""))
    return f'{_two_sides(escape(said), right)}<p class="small">{statement}</p>'


def _summary_head(made: Summary, page: PatientState) -> str:
    """Who it is: on every page, and nothing of it shortened."""
    patient = made.chart.patient
    number = translate("station", "No. {number}").format(number=wording.grouped(patient.number))
    born = translate("station", "born {date} ({age})").format(
        date=wording.long_date(patient.birth_date),
        age=wording.age_on(patient.birth_date, made.signed.at.date()),
    )
    left = f"<h1>{escape(page.name)}</h1>{lines(f'{number} · {born}')}"
    if page.same_name:
        left += f"<br><b>{escape(page.same_name)}</b>"
    return _two_sides(left, lines(translate("station", "Patient summary"), made.signed.clinic))


def _summary_body(made: Summary, page: PatientState) -> Iterator[str]:
    patient = made.chart.patient
    phone = translate("station", "Telephone {number}").format(number=patient.phone)
    if not patient.phone:
        phone = translate("station", "No telephone number")
    speaks = translate("station", "speaks {language}")
    language = speaks.format(language=language_name(patient.language))
    reached = (phone, sex_words(patient.sex), language)
    before = translate("station", "Other procedure: {what}")
    others = [before.format(what=other.label) for other in (page.earlier, page.later) if other]
    done = f"{page.done} · {page.day}"
    yield f"<p><b>{lines(done)}</b><br>"
    yield f"{lines(*others, ' · '.join(part for part in reached if part), page.reporting)}</p>"
    if page.remark or page.stands:
        yield f"<p><b>{lines(page.remark, page.stands)}</b></p>"
    if page.notes:
        yield f"<p>{lines(*page.notes)}</p>"
    yield CHART
    said = translate("station", "{protocol}. The windows on the chart are from it.")
    windows = said.format(protocol=page.protocol)
    yield f'<p class="small">{lines(windows, *page.own)}</p>'
    yield from _alerts(page)
    yield from _entries(page)
    yield from _medicines(made)
    yield from _scores(page)


def _heading(text: str) -> str:
    return f'<p class="heading">{escape(text)}</p>'


def _alerts(page: PatientState) -> Iterator[str]:
    yield _heading(translate("station", "Open alerts"))
    if not page.cards:
        yield f"<p>{escape(translate('station', 'None is open.'))}</p>"
        return
    heads = (
        translate("station", "How soon"),
        translate("station", "What"),
        translate("station", "What clears it"),
    )
    yield table(heads, [_alert(card) for card in page.cards], (14, 54, 32))


def _alert(card: Card) -> str:
    said = f"<b>{escape(card.title)}</b><br>{lines(card.sentence, *card.states)}"
    return row(f"<b>{escape(card.words)}</b>", said, escape(card.clears))


def _entries(page: PatientState) -> Iterator[str]:
    """What was written down of late, what was struck left out."""
    yield _heading(translate("station", "Contacts and notes of late"))
    written = [one for one in page.entries if one.kind in _WRITTEN and not one.struck]
    if not written:
        yield f"<p>{escape(translate('station', 'Nothing is written down.'))}</p>"
        return
    heads = (
        translate("station", "When"),
        translate("station", "What"),
        translate("station", "By"),
    )
    body = [
        row(escape(one.when), f"<b>{escape(one.what)}</b> {escape(one.more)}", escape(one.who))
        for one in written[:_CONTACTS]
    ]
    yield table(heads, body, (18, 62, 20))


def _medicines(made: Summary) -> Iterator[str]:
    changed = [c for c in contacts.standing(made.chart.contacts) if c.kind == "medicine"]
    if changed:
        yield _heading(translate("station", "Medicines, as changes were written down"))
        told = (f"{wording.short_date(c.date)}: {c.text} ({c.by})" for c in reversed(changed))
        yield f"<p>{lines(*list(told)[:_MEDICINES])}</p>"


def _scores(page: PatientState) -> Iterator[str]:
    """The newest reports as numbers, so that nothing must be read off the chart.

    What was 0 in all of them, or not asked, is named in one line.
    """
    shown = page.reports.rows[:_REPORTS]
    names = page.reports.columns
    above = [n for n in range(len(names)) if any(_is_above_0(one.cells[n]) for one in shown)]
    if not shown:
        return
    yield _heading(translate("station", "Newest reports"))
    rest = [name for n, name in enumerate(names) if n not in above]
    if rest:
        said = translate("station", "0 or not asked in all of these: {names}.")
        yield f'<p class="small">{escape(said.format(names=", ".join(rest)))}</p>'
    heads = (
        translate("station", "Date (day)"),
        *(f"{report.when} ({report.day})" for report in shown),
    )
    body = [
        row(escape(names[n]), *(escape(report.cells[n] or "–") for report in shown)) for n in above
    ]
    share = _SCORES_WIDE // len(shown)
    marks = [escape(report.how) for report in shown]
    if any(marks):
        body.append(row("", *marks))
    yield table(heads, body, (100 - share * len(shown), *([share] * len(shown))))


def _is_above_0(cell: str) -> bool:
    return cell not in ("", "0")


class _Lister:
    """Writes the hand-over list."""

    def __init__(self, clinic: Clinic, made: HandOver, language: str) -> None:
        self._clinic = clinic
        self._language = language
        self._list = made.worklist
        self._now = made.signed.at

    def words(self, episode: Episode | None) -> Words:
        """Those of an episode's protocol, or of the first there is; none where it is unreadable."""
        protocol_id = episode.protocol_id if episode else next(iter(self._clinic.protocols.ids()))
        protocol = read_protocol(self._clinic, protocol_id)
        return protocol.words[self._language] if protocol else {}

    def body(self) -> Iterator[str]:
        heads = (
            translate("station", "How soon"),
            translate("station", "Patient"),
            translate("station", "Procedure"),
            translate("station", "Why, and who has it"),
            translate("station", "Next"),
        )
        written = [self._row(one) for one in self._list.rows]
        written += [self._promise(one) for one in self._list.promised]
        if not written:
            nothing = translate("station", "Nothing is open, and nobody is promised a contact.")
            yield f"<p>{escape(nothing)}</p>"
            return
        yield f"<p>{escape(wording.patients_count(len(written)))}</p>"
        yield table(heads, written, (11, 22, 17, 34, 16))

    def _row(self, one: WorklistRow) -> str:
        words = self.words(one.episode)
        soon = word(f"priority.{one.priority}", words)
        if one.reason == "snoozed":
            soon = translate("station", "Put aside ({priority})").format(priority=soon)
        elif one.in_hand:
            soon = translate("station", "In hand ({priority})").format(priority=soon)
        place = wording.place_of(one, self._now)
        why = "<br>".join(self._alert(alert, one.episode, words) for alert in one.alerts)
        return row(
            f"<b>{escape(soon)}</b><br>{escape(place)}",
            self._who(one.patient, same_name=one.same_name),
            self._done(one.episode, one.day, words),
            why,
            self._next(one.alerts, one.promised, one.due_on),
        )

    def _promise(self, one: ListRow) -> str:
        assert one.episode is not None, "promises are made about episodes"
        words = self.words(one.episode)
        return row(
            f"<b>{escape(translate('station', 'Call promised'))}</b>",
            self._who(one.patient, same_name=one.same_name),
            self._done(one.episode, one.day, words),
            escape(translate("station", "No alert is open.")),
            self._next((), one.promised, one.due_on),
        )

    def _who(self, patient: Patient, *, same_name: bool) -> str:
        number = translate("station", "No. {number}, born {date}").format(
            number=wording.grouped(patient.number), date=wording.short_date(patient.birth_date)
        )
        same = translate("station", "Same name as another patient") if same_name else ""
        phone = patient.phone or translate("station", "no telephone number")
        name = escape(wording.name_of(patient))
        return f"<b>{name}</b><br>{lines(number, phone, patient.remark, same)}"

    def _done(self, episode: Episode, day: int | None, words: Words) -> str:
        procedure = episode.procedure
        short = wording.procedure_short(procedure, words)
        where = wording.procedure_where(procedure, words)
        return lines(f"{short} {where}", wording.since(day))

    def _alert(self, alert: Alert, episode: Episode, words: Words) -> str:
        title = (
            alert_words(alert.finding, words).title if words else unreadable(episode.protocol_id)
        )
        soon = word(f"priority.{alert.priority}", words)
        who = ""
        if alert.state in _ONLY_OPEN_IN_HAND:
            said = {
                State.ACKNOWLEDGED: translate("station", "in hand by {who}"),
                State.SNOOZED: translate("station", "put aside by {who}"),
            }[alert.state]
            who = said.format(who=alert.changed_by)
        state = " · ".join(part for part in (soon, who, alert.note) if part)
        return f"<b>{escape(title)}</b> – {escape(state)}"

    def _next(
        self, alerts: tuple[Alert, ...], promised: dt.date | None, due_on: dt.date | None
    ) -> str:
        today = self._now.date()
        back = min((alert.until for alert in alerts if alert.until is not None), default=None)
        said = []
        if back is not None:
            when = moment(back, self._now)
            said.append(translate("station", "back {when}").format(when=when))
        if promised is not None:
            date = day_and_month(promised, today)
            said.append(translate("station", "call promised {date}").format(date=date))
        if due_on is not None:
            date = day_and_month(due_on, today)
            said.append(translate("station", "report due {date}").format(date=date))
        return lines(*said) or "–"
