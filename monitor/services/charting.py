"""One patient's chart: the protocol laid over the course, as plain records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from monitor.domain.alert import Alert
from monitor.domain.course import Course, Report
from monitor.domain.due import next_due
from monitor.domain.episode import Episode, postoperative_day
from monitor.domain.finding import Finding
from monitor.domain.protocol import Slot
from monitor.domain.quality import is_hasty
from monitor.domain.rules.missed import MISSED_REPORT
from monitor.domain.submission import NOWHERE, Place, Submission, map_places
from monitor.domain.urgency import urgency
from monitor.services import evaluation
from monitor.services.clinic import Clinic
from monitor.services.contacts import standing
from monitor.services.permissions import may, needs
from monitor.services.ports import AuditLine, Contact, Work
from monitor.services.review import (
    AlertCard,
    AlertSpan,
    BodyMap,
    Chart,
    ChartEvent,
    Earlier,
    Given,
    MapDay,
    Mark,
    Panel,
    Point,
    Series,
    Strip,
    Trend,
)

PANELS = ("pain", "numbness", "weakness")


@needs("look")
def chart(clinic: Clinic, episode_id: str, looked: str = "chart_opened") -> Chart:
    """Everything the station shows of one episode; writes who looked, as what (an audit action).

    With "" for it nothing is written: it is read again for somebody who has it open.

    Refuses with Refusal("unknown_episode").
    """
    with clinic.store.begin() as work:
        episode = work.episodes.get(episode_id)
        patient = work.patients.get(episode.patient_id)
        course, submissions = evaluation.course_and_reports(clinic, work, episode, clinic.today())
        alerts = work.alerts.of_episode(episode_id)
        now, today = clinic.now(), clinic.today()
        ordered = sorted(alerts, key=lambda alert: _card_order(alert, now, today))
        cards = tuple(_card(work, course, alert) for alert in ordered)
        contacts = work.contacts.of_episode(episode_id)
        episodes = work.episodes.of_patient(patient.id)
        entered = _entered(work, submissions)
        changes = _changes(work, episode_id)
        before = _before(episode, episodes)
        earlier = evaluation.course(clinic, work, before, clinic.today()) if before else None
        unjudged = work.submissions.evaluations(*evaluation.UNJUDGED, of_episode=episode_id)
        shared = work.lists.namesakes((patient,))
        if looked:
            work.audit.add(clinic.signed(looked, episode_id))
        audit = _audit(clinic, work, (patient.id, *(one.id for one in episodes)))
        if may(clinic.acting, "act"):  # who only reads must not take it off anybody's list
            work.looks.set(clinic.actor, episode_id, clinic.now())
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
        events=_events(course, standing(contacts), missed),
        cards=cards,
        not_evaluable=not_evaluable,
        waiting=len(unjudged),
        dated_ahead=sum(s.local_date > clinic.today() for s in submissions),
        last_report=course.reports[-1].submission.local_date if course.reports else None,
        next_due=next_due(course),
        protocol_version=course.protocol.version,
        protocol_status=course.protocol.status,
        same_name=patient.id in shared,
        followed_to=course.today if course.is_over else None,
        given=tuple(_given(course, report, clinic.zone) for report in course.reports),
        taken_back=_taken_back(submissions),
        maps=tuple(_maps(course)),
        contacts=contacts,
        episodes=episodes,
        audit=audit,
        changes=changes,
        entered=entered,
        earlier=_earlier(earlier, clinic.zone) if earlier else None,
    )


def _before(episode: Episode, episodes: Iterable[Episode]) -> Episode | None:
    """The follow-up of the patient's procedure before this one."""
    date = episode.procedure.date
    sooner = (e for e in episodes if e.procedure.date < date and e.ended_as != "mistake")
    return max(sooner, key=lambda e: e.procedure.date, default=None)


def _earlier(course: Course, zone: ZoneInfo) -> Earlier | None:
    """What an earlier course has to be compared with; None where nothing was reported."""
    missed = _missed(course)
    panels = tuple(_panel(course, name, missed, zone, None) for name in PANELS)
    some = any(series.points for panel in panels for series in panel.series)
    return Earlier(course.episode, panels) if some else None


AUDIT_LINES = 500
"""As many as a person reads; the whole trail is searched elsewhere."""
_EVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_FOR_EVER = dt.datetime.max.replace(tzinfo=dt.UTC)

CHANGES = (
    "window_set", "window_cleared", "baseline_set", "baseline_cleared", "procedure_corrected",
    "pause_ended", "follow_up_ended", "follow_up_reopened",
)  # fmt: skip
"""The actions by which somebody changes a follow-up that is there."""


def _audit(clinic: Clinic, work: Work, subjects: tuple[str, ...]) -> tuple[AuditLine, ...]:
    """Who has done what with a patient, newest first; whoever opens the chart now comes first."""
    until = clinic.now() + dt.timedelta(microseconds=1)  # what was done at this moment is past
    return work.audit.find(_EVER, until, subjects=subjects, limit=AUDIT_LINES)


def _changes(work: Work, episode_id: str) -> tuple[AuditLine, ...]:
    """What was changed of a follow-up, oldest first; a pause is kept with the episode itself."""
    lines: list[AuditLine] = []
    for action in CHANGES:
        lines += work.audit.find(
            _EVER, _FOR_EVER, action=action, subjects=(episode_id,), limit=AUDIT_LINES
        )
    return tuple(sorted(lines, key=lambda line: line.at))


def _entered(work: Work, submissions: Iterable[Submission]) -> dict[str, str]:
    """Who entered the reports that the patient did not answer at a kiosk."""
    by_staff = [s.id for s in submissions if s.entered_by != "patient" or s.corrects]
    if not by_staff:
        return {}
    lines: list[AuditLine] = []
    for action in ("submission_recorded", "submission_corrected"):
        lines += work.audit.find(
            _EVER, _FOR_EVER, action=action, subjects=by_staff, limit=len(by_staff)
        )
    return {line.subject: line.actor for line in lines}


def _given(course: Course, report: Report, zone: ZoneInfo) -> Given:
    due_day = report.slot.due_day if report.slot else None
    return Given(report.submission, report.day, _marks(course, report, zone), due_day)


def _taken_back(submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """The reports that others correct, with the corrections that only take them back."""
    known = tuple(submissions)
    corrected = {s.corrects for s in known if s.corrects}
    return tuple(s for s in known if s.id in corrected or not s.answers)


def _maps(course: Course) -> Iterable[BodyMap]:
    for name, item in course.protocol.items.items():
        if item.per == "region":
            days = tuple(_map_days(course, name))
            before = {place: course.baseline(name, place) for place in course.places(name)}
            yield BodyMap(
                item=name,
                days=days,
                before={place: score for place, score in before.items() if score},
                planned=frozenset(p for p in map_places(course.protocol) if course.is_planned(p)),
            )


def _map_days(course: Course, item: str) -> Iterable[MapDay]:
    """The reports that answered for the whole map, or for any place of it."""
    for report in course.reports:
        answers = report.answers.get(item, ())
        said = {a.place: a.value for a in answers if isinstance(a.value, int)}
        whole = said.pop(NOWHERE, None)
        if said or whole is not None:
            one = report.submission
            yield MapDay(one.id, report.day, one.local_date, said)


def _missed(course: Course) -> tuple[Slot, ...]:
    """The scheduled reports whose time has passed without one."""
    filled = {report.slot.id for report in course.reports if report.slot}
    return tuple(
        slot
        for slot in course.expected
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
