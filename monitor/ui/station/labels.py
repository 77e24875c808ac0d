"""The words on the chart, from the protocol's own and the program's."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from monitor.charts.words import Labels
from monitor.domain.finding import Evidence
from monitor.domain.protocol import Protocol
from monitor.domain.submission import Place
from monitor.services.review import Chart
from monitor.ui.shared.texts import Words, alert_words, evidence_value, series_name, word
from monitor.ui.station.dates import LOCALE, long_date
from monitor.ui.station.reports import full_name, mark_words
from monitor.ui.station.wording import procedure_of

translate = QCoreApplication.translate

MARK_LETTERS = {
    "late": "L",
    "partial": "!",
    "extra": "e",
    "nurse_phone": "t",
    "nurse_paper": "p",
    "import": "i",
    "corrected": "c",
    "hasty": "h",
}
"""What stands over a point whose report has a mark; the foot of the chart says what it means."""

FOLLOWED_UNTIL = "followed_until"
"""The kind of event that marks the last day of an episode which a later procedure ended."""


def labels_of(chart: Chart, protocol: Protocol, words: Words, source: str) -> Labels:
    """Every word the chart needs. `source`: which protocol its windows are from."""
    names = _names(chart)
    short = QLocale.FormatType.ShortFormat
    return Labels(
        panels={
            "pain": translate("station", "Pain"),
            "numbness": translate("station", "Numbness"),
            "weakness": translate("station", "Weakness"),
        },
        series=_short_names(chart, words),
        full_names={name: full_name(*name, words) for name in names},
        alerts={s.alert.id: alert_words(s.alert.finding, words).title for s in chart.spans},
        events=_events(chart, words),
        months=tuple(LOCALE.standaloneMonthName(month, short) for month in range(1, 13)),
        severity=_severity(protocol, words),
        mark_letters=MARK_LETTERS,
        mark_words=dict(mark_words()),
        source=source,
        answers=_answers(chart, words),
        pauses=_pauses(),
        earlier=_earlier(chart, words),
        **_phrases(),
    )


def _names(chart: Chart) -> set[tuple[str, Place]]:
    series = [s for panel in chart.panels for s in panel.series]
    series += [strip.series for strip in chart.strips]
    series += [s for p in (chart.earlier.panels if chart.earlier else ()) for s in p.series]
    return {(s.item, s.place) for s in series}


def _short_names(chart: Chart, words: Words) -> dict[tuple[str, Place], str]:
    """Beside a line its place is enough, the panel says what it is of; a strip says both."""
    series = [s for panel in chart.panels for s in panel.series]
    strips = [strip.series for strip in chart.strips]
    lines = {(s.item, s.place): series_name(s.item, s.place, words) for s in series}
    return lines | {(s.item, s.place): full_name(s.item, s.place, words) for s in strips}


def _events(chart: Chart, words: Words) -> dict[str, str]:
    kinds = {event.kind for event in chart.events} - {"missed"}
    named = {kind: word(f"contact.{kind}", words) for kind in kinds | {"procedure"}}
    own = {
        "missed": translate("station", "missed"),
        FOLLOWED_UNTIL: translate("station", "Followed until here"),
    }
    return {**named, **own}


def _pauses() -> dict[str, str]:
    return {
        "holiday": translate("station", "paused: holiday"),
        "hospital": translate("station", "paused: in hospital"),
        "other": translate("station", "paused"),
    }


def _earlier(chart: Chart, words: Words) -> str:
    """The procedure before in words, "" where there is none to compare with."""
    if chart.earlier is None:
        return ""
    procedure = chart.earlier.episode.procedure
    said = translate("station", "earlier: {date}, {procedure}")
    return said.format(date=long_date(procedure.date), procedure=procedure_of(procedure, words))


def _answers(chart: Chart, words: Words) -> dict[Evidence, str]:
    """The answers that alerts rest on, each such as "Fever or shivering: yes"."""
    return {
        e: f"{full_name(e.item, e.place, words)}: {evidence_value(e, words)}"
        for span in chart.spans
        for e in span.alert.finding.evidence
    }


def _severity(protocol: Protocol, words: Words) -> tuple[tuple[int, int, str], ...]:
    """The named stretches of the scale on which pain is asked."""
    shown = [item for item in protocol.items.values() if item.chart == "pain"]
    if not shown:
        return ()
    scale = shown[0].scale
    return tuple(
        (first, last, word(f"band.{scale}.{band}", words))
        for band, (first, last) in protocol.scales[scale].bands.items()
    )


def _phrases() -> dict[str, str]:
    return {
        "nothing": translate("station", "nothing reported"),
        "events_title": translate("station", "Events"),
        "week": translate("station", "week {week}"),
        "day": translate("station", "day {day}"),
        "relief_due": translate("station", "relief due by {when}"),
        "settle": translate("station", "expected to settle by {when}"),
        "settle_elsewhere": translate("station", "elsewhere by {when}"),
        "stays": translate("station", "expected to stay (planned)"),
        "before": translate("station", "before: {score}"),
        "before_own": translate("station", "before: {score}, set"),
        "relief_own": translate("station", "relief due by {when}, set for this patient"),
        "settle_own": translate("station", "set for this patient: by {when}"),
        "trend": translate("station", "trend {value}"),
        "limit": translate("station", "limit {value}"),
        "extra_due": translate("station", "extra report due {first} to {last}"),
        "today": translate("station", "today"),
        "closed": translate("station", "closed: {title}"),
        "more": translate("station", "and {count} more"),
        "more_alerts": translate("station", "and {count} more alerts"),
        "since_weeks": translate("station", "weeks since procedure ({date})"),
        "since_days": translate("station", "days since procedure ({date})"),
        "dates": translate("station", "date (procedure {date})"),
        "reading": translate("station", "day {day} (week {week}) – {date}"),
        "earlier_reading": translate("station", "earlier, day {day}: {score}"),
        "waiting": translate("station", "Waiting for the first report"),
    }
