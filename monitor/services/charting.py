"""One patient's chart: the protocol laid over the course, as plain records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from monitor.domain.alert import Alert
from monitor.domain.course import Course, Report
from monitor.domain.due import next_due
from monitor.domain.episode import postoperative_day
from monitor.domain.finding import Finding
from monitor.domain.protocol import Slot
from monitor.domain.quality import is_hasty
from monitor.domain.rules.missed import MISSED_REPORT
from monitor.domain.submission import Place
from monitor.domain.urgency import urgency
from monitor.services import evaluation
from monitor.services.clinic import Clinic
from monitor.services.ports import Contact, Work
from monitor.services.review import (
    AlertCard,
    AlertSpan,
    Chart,
    ChartEvent,
    Mark,
    Panel,
    Point,
    Series,
    Strip,
    Trend,
    full_name,
    people,
    shared_names,
)

PANELS = ("pain", "numbness", "weakness")


def chart(clinic: Clinic, episode_id: str) -> Chart:
    """Everything the station shows of one episode; writes who looked.

    Refuses with Refusal("unknown_episode").
    """
    with clinic.store.begin() as work:
        episode = work.episodes.get(episode_id)
        patient = work.patients.get(episode.patient_id)
        submissions = work.submissions.of_episode(episode_id)
        course = evaluation.course(clinic, work, episode, clinic.today())
        alerts = work.alerts.of_episode(episode_id)
        now, today = clinic.now(), clinic.today()
        ordered = sorted(alerts, key=lambda alert: _card_order(alert, now, today))
        cards = tuple(_card(work, course, alert) for alert in ordered)
        contacts = work.contacts.of_episode(episode_id)
        unjudged = work.submissions.evaluations(*evaluation.UNJUDGED, of_episode=episode_id)
        shared = shared_names(people(work))
        work.audit.add(clinic.signed("chart_opened", episode_id))
        work.commit()
    missed = _missed(course)
    not_evaluable, trend = evaluation.looked_at(course)
    return Chart(
        patient=patient,
        episode=episode,
        today=course.today,
        panels=tuple(
            _panel(course, name, missed, clinic.zone, trend if name == "pain" else None)
            for name in PANELS
        ),
        strips=tuple(_strips(course, missed, clinic.zone)),
        spans=tuple(_span(course, alert) for alert in alerts),
        events=_events(course, contacts, missed),
        cards=cards,
        not_evaluable=not_evaluable,
        waiting=len(unjudged),
        dated_ahead=sum(s.local_date > clinic.today() for s in submissions),
        last_report=course.reports[-1].submission.local_date if course.reports else None,
        next_due=next_due(course),
        protocol_version=course.protocol.version,
        protocol_status=course.protocol.status,
        same_name=full_name(patient) in shared,
        followed_to=course.today if course.is_over else None,
    )


def _missed(course: Course) -> tuple[Slot, ...]:
    """The scheduled reports whose time has passed without one."""
    filled = {report.slot.id for report in course.reports if report.slot}
    return tuple(
        slot
        for slot in course.protocol.slots_for(course.episode.procedure.profile)
        if slot.closes_day < course.today
        and slot.due_day > course.protocol.baseline.to_day
        and slot.id not in filled
    )


def _panel(
    course: Course,
    name: str,
    missed: tuple[Slot, ...],
    zone: ZoneInfo,
    trend: evaluation.Trend | None,
) -> Panel:
    items = [i for i, item in course.protocol.items.items() if item.chart == name]
    series = tuple(
        one
        for item in items
        for place in course.places(item)
        if (one := _series(course, item, place, missed, zone)).points
    )
    first = items[0]
    is_pain = name == "pain"
    return Panel(
        name=name,  # type: ignore[arg-type]
        series=series,
        baseline=course.baseline(first) if is_pain else None,
        relief_day=course.relief_day if is_pain else None,
        trend=Trend(*trend) if trend else None,
    )


def _strips(course: Course, missed: tuple[Slot, ...], zone: ZoneInfo) -> Iterable[Strip]:
    for name, item in course.protocol.items.items():
        if item.chart == "strip":
            for place in course.places(name):
                yield Strip(_series(course, name, place, missed, zone))


def _series(
    course: Course, item: str, place: Place, missed: tuple[Slot, ...], zone: ZoneInfo
) -> Series:
    reports = {report.submission.id: report for report in course.reports}
    return Series(
        item=item,
        place=place,
        points=tuple(
            Point(
                r.day,
                r.score,
                r.answered_at,
                r.submission_id,
                r.compared,
                _marks(course, reports[r.submission_id], zone),
            )
            for r in course.readings(item, place)
        ),
        gaps=tuple(slot.due_day for slot in missed),
        window=course.window(item, place),
        planned=course.protocol.items[item].per != "region" or course.is_planned(place),
    )


def _marks(course: Course, report: Report, zone: ZoneInfo) -> frozenset[Mark]:
    submission = report.submission
    marks: set[Mark] = set()
    if report.day <= course.protocol.baseline.to_day:
        marks.add("baseline")
    if submission.received_at.astimezone(zone).date() > submission.local_date:
        marks.add("late")
    if submission.partial:
        marks.add("partial")
    if submission.entered_by != "patient":
        marks.add(submission.entered_by)
    if report.slot is None:
        marks.add("extra")
    if submission.corrects:
        marks.add("corrected")
    if is_hasty(submission, course.protocol.quality):
        marks.add("hasty")
    return frozenset(marks)


def _span(course: Course, alert: Alert) -> AlertSpan:
    finding = alert.finding
    return AlertSpan(
        alert=alert,
        panel=_panel_of(course, finding),
        since_day=finding.since_day,
        raised_day=alert.raised_day,
        ended_day=alert.ended_day,
    )


def _panel_of(course: Course, finding: Finding) -> str:
    """The part of the chart an alert belongs to; "events" for one without scores of its own."""
    item = course.protocol.items.get(finding.item)
    if finding.item == MISSED_REPORT or item is None:
        return "events"
    return item.chart or "events"


def _card_order(alert: Alert, now: dt.datetime, today: dt.date) -> tuple[object, ...]:
    """Open ones as the worklist has them, then those that are closed, newest first."""
    if alert.is_open:
        return (0, *urgency(alert, now, today))
    return (1, -alert.changed_at.timestamp(), alert.id)


def _card(work: Work, course: Course, alert: Alert) -> AlertCard:
    rule = course.protocol.find_rule(alert.finding.rule)
    return AlertCard(
        alert=alert,
        events=work.alerts.events(alert.id),
        grounds=rule.find_stage(alert.finding.stage) if rule else None,
    )


def _events(
    course: Course, contacts: tuple[Contact, ...], missed: tuple[Slot, ...]
) -> tuple[ChartEvent, ...]:
    procedure_date = course.episode.procedure.date
    events = [ChartEvent(0, "procedure")]
    events += [
        ChartEvent(postoperative_day(procedure_date, c.date), c.kind, c.text) for c in contacts
    ]
    events += [ChartEvent(slot.due_day, "missed", slot.id) for slot in missed]
    return tuple(sorted(events, key=lambda e: e.day))
