"""Presents the status page: what came in and what became of it, and who was heard from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Literal

from PySide6.QtCore import QCoreApplication, QObject, Signal

from monitor.domain.alert import State
from monitor.domain.episode import CANARY
from monitor.domain.protocol import Protocol
from monitor.services import health, noticing
from monitor.services.clinic import Clinic
from monitor.services.health import Ledger, Status
from monitor.services.noticing import Notice
from monitor.services.permissions import may
from monitor.services.ports import Canary, Heartbeat, Tally, Work
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.rows import read_protocol
from monitor.ui.station.views import (
    Check,
    Equation,
    PatientLink,
    RuleLine,
    StatusState,
    Term,
)
from monitor.ui.station.wording import ago, name_of, reports_count, short_date

translate = QCoreApplication.translate

SILENT_AFTER = dt.timedelta(minutes=15)
"""A program that was not heard from for longer counts as silent."""

_PLACEHOLDER = re.compile(r",?\s*\{\w+\}")


def read_status(clinic: Clinic, language: str) -> StatusState:
    """Everything the status page shows."""
    status, ledger = health.status(clinic), health.ledger(clinic)
    named = may(clinic.acting, "look")
    with clinic.store.read() as work:
        tests = len(work.submissions.of_episode(CANARY))
        test_alerts = len(work.alerts.of_episode(CANARY))
        patients = (
            *_links(work, status.failed_episodes, translate("station", "could not be judged")),
            *_links(work, status.differing_episodes, translate("station", "alerts were put right")),
        )
    protocols = [one for p in clinic.protocols.ids() if (one := read_protocol(clinic, p))]
    people = ledger.received - tests
    return StatusState(
        reports=_reports(ledger, tests),
        alerts=_alerts(ledger, test_alerts),
        checks=(
            *_checks(clinic, status),
            _unfinished(ledger),
            _test_alarm(clinic, noticing.notice(clinic)),
        ),
        heard=tuple(_heard(clinic, beat) for beat in ledger.heartbeats),
        patients=patients if named else (),
        per_100=_per_100(ledger, people),
        rules=tuple(_rule(tally, protocols, language) for tally in _most_first(ledger.tallies)),
        empty="" if ledger.tallies else translate("station", "No patient has had an alert yet."),
    )


def _links(work: Work, episode_ids: Iterable[str], why: str) -> list[PatientLink]:
    episodes = (work.episodes.get(episode_id) for episode_id in episode_ids)
    return [PatientLink(e.id, name_of(work.patients.get(e.patient_id)), why) for e in episodes]


def _reports(ledger: Ledger, tests: int) -> Equation:
    differ = ledger.received - ledger.evaluated - ledger.waiting - ledger.failed
    note = translate("station", "Every report is accounted for.")
    if differ:
        note = translate("station", "Not accounted for: {n}. Tell whoever looks after Rootwatch.")
        note = note.format(n=abs(differ))
    elif tests:
        own = translate("station", "The daily test sent {reports} of these.")
        note = f"{note} {own.format(reports=reports_count(tests))}"
    return Equation(
        Term(ledger.received, translate("station", "received")),
        (
            Term(ledger.evaluated, translate("station", "judged")),
            Term(ledger.waiting, translate("station", "waiting")),
            Term(ledger.failed, translate("station", "failed"), is_bad=bool(ledger.failed)),
        ),
        note,
        is_bad=bool(differ),
    )


def _alerts(ledger: Ledger, tests: int) -> Equation:
    differ = ledger.raised - sum(ledger.alerts.values())
    note = translate("station", "Every alert is accounted for.")
    if differ:
        note = translate("station", "Not accounted for: {n}. Tell whoever looks after Rootwatch.")
        note = note.format(n=abs(differ))
    elif tests:
        own = translate("station", "The daily test raised {n} of these.").format(n=tests)
        note = f"{note} {own}"
    names = {
        State.RAISED: translate("station", "open, not seen"),
        State.ACKNOWLEDGED: translate("station", "in hand"),
        State.SNOOZED: translate("station", "put aside"),
        State.RESOLVED: translate("station", "closed"),
        State.RETRACTED: translate("station", "condition gone"),
    }
    parts = (Term(ledger.alerts.get(state, 0), name) for state, name in names.items())
    raised = Term(ledger.raised, translate("station", "raised"))
    return Equation(raised, tuple(parts), note, is_bad=bool(differ))


def _checks(clinic: Clinic, status: Status) -> Iterable[Check]:
    yield _last_check(clinic, status)
    yield _canary(clinic, status)
    differing = len(status.differing_episodes)
    said = translate("station", "agree")
    if differing:
        said = translate("station", "differed for {n}, and were put right").format(n=differing)
    yield Check("bad" if differing else "good", translate("station", "Alerts and answers"), said)
    unjudged = len(status.failed_episodes)
    said = translate("station", "all") if not unjudged else translate("station", "not: {n}")
    yield Check(
        "bad" if unjudged else "good",
        translate("station", "Patients judged"),
        said.format(n=unjudged),
    )
    ahead = status.dated_ahead
    said = translate("station", "none") if not ahead else str(ahead)
    yield Check("bad" if ahead else "good", translate("station", "Reports of the future"), said)


def _last_check(clinic: Clinic, status: Status) -> Check:
    name = translate("station", "Last check of all patients")
    if status.last_sweep is None or status.lag is None:
        return Check("bad", name, translate("station", "never"))
    said = f"{_moment(clinic, status.last_sweep)}, {ago(status.lag)}"
    if status.lag < dt.timedelta(0):
        said = translate("station", "{when}: in the future, a clock is wrong").format(
            when=_moment(clinic, status.last_sweep)
        )
    return Check("bad" if status.overdue else "good", name, said)


def _canary(clinic: Clinic, status: Status) -> Check:
    name = translate("station", "Daily test report")
    canary = status.canary
    if canary is None:
        return Check("bad", name, translate("station", "has never been sent"))
    bad = bool(canary.fault) or status.canary_overdue
    return Check("bad" if bad else "good", name, _canary_words(clinic, canary))


def _canary_words(clinic: Clinic, canary: Canary) -> str:
    when = _moment(clinic, canary.at)
    if canary.fault:
        said = translate("station", "{when}: did not come through ({fault})")
        return said.format(when=when, fault=canary.fault)
    said = translate("station", "{when}: came through in {seconds} s")
    return said.format(when=when, seconds=f"{canary.seconds:.2f}")


def _unfinished(ledger: Ledger) -> Check:
    name = translate("station", "Started at a kiosk, not finished")
    return Check("good", name, str(ledger.unfinished))


def _test_alarm(clinic: Clinic, notice: Notice) -> Check:
    """Whether the alarm of this station was heard today; nobody knows who was not asked."""
    name, test = translate("station", "Test alarm of this station"), notice.test
    if test is None:
        return Check("unknown", name, translate("station", "has never been heard"))
    said = translate("station", "{when}: heard by {who}")
    if not test.heard:
        said = translate("station", "{when}: not heard by {who}")
    state: Literal["good", "bad", "unknown"] = "unknown" if notice.test_is_due else "good"
    said = said.format(when=_moment(clinic, test.at), who=test.by)
    return Check(state if test.heard else "bad", name, said)


def _moment(clinic: Clinic, at: dt.datetime) -> str:
    """Such as "10:41", and with its date where that is not today's."""
    local = at.astimezone(clinic.zone)
    day = "" if local.date() == clinic.today() else f"{short_date(local.date())} "
    return f"{day}{local:%H:%M}"


def _heard(clinic: Clinic, beat: Heartbeat) -> Check:
    role = {
        "station": translate("station", "Station"),
        "kiosk": translate("station", "Kiosk"),
        "watch": translate("station", "Watch"),
    }[beat.role]
    silent = clinic.now() - beat.at
    said = translate("station", "heard {ago}").format(ago=ago(silent))
    if silent > SILENT_AFTER:
        said = translate("station", "silent, last heard {ago}").format(ago=ago(silent))
    state = "unknown" if silent > SILENT_AFTER else "good"
    return Check(state, f"{role} “{beat.station}”", said)  # type: ignore[arg-type]


def _per_100(ledger: Ledger, people: int) -> str:
    """New alerts per 100 reports, "" before the first report of a patient."""
    rate = ledger.per_100_reports
    return "" if rate is None or people <= 0 else f"{rate:.1f}"


def _most_first(tallies: Iterable[Tally]) -> list[Tally]:
    return sorted(tallies, key=lambda tally: (-tally.raised, tally.rule))


def _rule(tally: Tally, protocols: Iterable[Protocol], language: str) -> RuleLine:
    title, ids = tally.rule.replace("_", " "), ""
    for protocol in protocols:
        if rule := protocol.find_rule(tally.rule):
            stages = [stage.id for stage in rule.stages]
            title = _title(tally.rule, stages, protocol.words[language]) or title
            ids = ", ".join(stages)
            break
    rated = tally.useful + tally.not_useful
    useful = translate("station", "not rated yet")
    if rated:
        useful = translate("station", "{share} % of {n} rated")
        useful = useful.format(share=round(100 * tally.useful / rated), n=rated)
    return RuleLine(title, ids, str(tally.raised), str(tally.open), useful)


def _title(rule: str, stages: Iterable[str], words: Mapping[str, str]) -> str:
    """The title of a rule's alerts, without the place that one of them speaks of."""
    titles = [words.get(f"alert.{rule}.{stage}.title", "") for stage in stages]
    return _PLACEHOLDER.sub("", next((title for title in reversed(titles) if title), ""))


class StatusPresenter(QObject):
    """Reads the status page, and reads it again while it is looked at.

    Signals:
        shown: what the page shows (StatusState).
        failed: it cannot be read now: the sentence.
    """

    shown = Signal(object)
    failed = Signal(str)

    def __init__(self, tasks: Tasks, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language

    def refresh(self) -> None:
        """Count everything again."""
        self._tasks.run(
            read_status,
            self._language,
            then=self.shown.emit,
            failed=self._fail,
            slot="status",
        )

    def _fail(self, _error: Exception) -> None:
        self.failed.emit(self.tr("The database cannot be read now. These numbers are from before."))
