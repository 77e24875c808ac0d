"""Conversions between what the domain speaks of and the rows that keep it, one pair each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from monitor.domain.alert import Alert, Event, Happening, State
from monitor.domain.episode import Episode, OwnBaseline, OwnWindow, Patient, Pause, Procedure
from monitor.domain.finding import Evidence, Finding
from monitor.domain.folding import digits, folded, folded_number
from monitor.domain.protocol import Priority
from monitor.domain.silence import Silence
from monitor.domain.submission import Answer, Place, Submission
from monitor.domain.visit import Draft
from monitor.services.ports import (
    Attempt,
    AuditLine,
    Batch,
    Call,
    Canary,
    Contact,
    DeskCode,
    Evaluation,
    Heartbeat,
    Judged,
    Sweep,
    User,
)

Row = Mapping[Any, Any]
"""A row by the names of its columns."""

T = TypeVar("T")


def to_json(value: object) -> str:
    """The same value always gives the same text; refuses NaN and infinity (ValueError)."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def _from_list(text: str, make: Callable[[Any], T]) -> tuple[T, ...]:
    """What `make` makes of each thing in a list of JSON: nothing, for nearly every episode."""
    return () if text == "[]" else tuple(map(make, json.loads(text)))


def patient_to_row(patient: Patient) -> dict[str, Any]:
    return {
        "id": patient.id,
        "number": patient.number,
        "family_name": patient.family_name,
        "given_name": patient.given_name,
        "birth_date": patient.birth_date,
        "phone": patient.phone,
        "language": patient.language,
        "sex": patient.sex,
        "remark": patient.remark,
        "family_folded": folded(patient.family_name),
        "given_folded": folded(patient.given_name),
        "number_folded": folded_number(patient.number),
        "phone_digits": digits(patient.phone),
    }


def row_to_patient(row: Row) -> Patient:
    return Patient(
        id=row["id"],
        number=row["number"],
        family_name=row["family_name"],
        given_name=row["given_name"],
        birth_date=row["birth_date"],
        phone=row["phone"],
        language=row["language"],
        sex=row["sex"],
        remark=row["remark"],
    )


def user_to_row(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "name_folded": user.name.casefold(),
        "role": user.role,
        "password": user.password,
        "pin": user.pin,
        "is_active": int(user.is_active),
        "must_change": int(user.must_change),
    }


def row_to_user(row: Row) -> User:
    return User(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        password=row["password"],
        pin=row["pin"],
        is_active=bool(row["is_active"]),
        must_change=bool(row["must_change"]),
    )


def batch_to_row(batch: Batch) -> dict[str, Any]:
    return {
        "id": batch.id,
        "at": batch.at,
        "by": batch.by,
        "file": batch.file,
        "patient_ids": to_json(batch.patient_ids),
        "episode_ids": to_json(batch.episode_ids),
        "undone_at": batch.undone_at,
    }


def row_to_batch(row: Row) -> Batch:
    return Batch(
        **{
            **row,
            "patient_ids": tuple(json.loads(row["patient_ids"])),
            "episode_ids": tuple(json.loads(row["episode_ids"])),
        }
    )


def episode_to_row(episode: Episode) -> dict[str, Any]:
    procedure = episode.procedure
    return {
        "id": episode.id,
        "patient_id": episode.patient_id,
        "protocol_id": episode.protocol_id,
        "state": episode.state,
        "procedure_date": procedure.date,
        "profile": procedure.profile,
        "levels": to_json(procedure.levels),
        "side": procedure.side,
        "operator": procedure.operator,
        "implant": int(procedure.implant),
        "own_windows": to_json([_own_window_to_row(w) for w in episode.own_windows]),
        "own_baselines": to_json([_own_baseline_to_row(b) for b in episode.own_baselines]),
        "followed_from": episode.followed_from,
        "pauses": to_json([_pause_to_row(pause) for pause in episode.pauses]),
        "ended_as": episode.ended_as,
        "ended_on": episode.ended_on,
    }


def row_to_episode(row: Row) -> Episode:
    return Episode(
        id=row["id"],
        patient_id=row["patient_id"],
        procedure=Procedure(
            date=row["procedure_date"],
            profile=row["profile"],
            levels=tuple(json.loads(row["levels"])),
            side=row["side"],
            operator=row["operator"],
            implant=bool(row["implant"]),
        ),
        protocol_id=row["protocol_id"],
        state=row["state"],
        own_windows=_from_list(row["own_windows"], _row_to_own_window),
        own_baselines=_from_list(row["own_baselines"], _row_to_own_baseline),
        followed_from=row["followed_from"],
        pauses=_from_list(row["pauses"], _row_to_pause),
        ended_as=row["ended_as"],
        ended_on=row["ended_on"],
    )


def _own_window_to_row(window: OwnWindow) -> dict[str, Any]:
    return {
        "item": window.item,
        "expected_to_day": window.expected_to_day,
        "persistent_from_day": window.persistent_from_day,
        "reason": window.reason,
        "by": window.by,
        "on": window.on.isoformat() if window.on else None,
    }


def _row_to_own_window(row: Row) -> OwnWindow:
    return OwnWindow(**{**row, "on": dt.date.fromisoformat(row["on"]) if row["on"] else None})


def _own_baseline_to_row(baseline: OwnBaseline) -> dict[str, Any]:
    return {
        "item": baseline.item,
        "score": baseline.score,
        "place": _place_to_pair(baseline.place),
        "reason": baseline.reason,
        "by": baseline.by,
        "on": baseline.on.isoformat() if baseline.on else None,
    }


def _row_to_own_baseline(row: Row) -> OwnBaseline:
    return OwnBaseline(
        item=row["item"],
        score=row["score"],
        place=Place(*row["place"]),
        reason=row["reason"],
        by=row["by"],
        on=dt.date.fromisoformat(row["on"]) if row["on"] else None,
    )


def _pause_to_row(pause: Pause) -> dict[str, Any]:
    return {
        "first": pause.first.isoformat(),
        "last": pause.last.isoformat(),
        "reason": pause.reason,
        "note": pause.note,
        "by": pause.by,
        "on": pause.on.isoformat() if pause.on else None,
    }


def _row_to_pause(row: Row) -> Pause:
    return Pause(
        first=dt.date.fromisoformat(row["first"]),
        last=dt.date.fromisoformat(row["last"]),
        reason=row["reason"],
        note=row["note"],
        by=row["by"],
        on=dt.date.fromisoformat(row["on"]) if row["on"] else None,
    )


def submission_to_row(submission: Submission) -> dict[str, Any]:
    """The row of the report itself; its answers have rows of their own."""
    return {
        "episode_id": submission.episode_id,
        "id": submission.id,
        "form": submission.form,
        "answered_at": submission.answered_at,
        "local_date": submission.local_date,
        "received_at": submission.received_at,
        "protocol_version": submission.protocol_version,
        "protocol_hash": submission.protocol_hash,
        "entered_by": submission.entered_by,
        "device": submission.device,
        "part_of": submission.part_of,
        "corrects": submission.corrects,
        "reason": submission.reason,
        "started_at": submission.started_at,
    }


def row_to_submission(row: Row, answers: Iterable[Row]) -> Submission:
    """answers: the rows of its answers, in the order in which they were given."""
    return Submission(
        id=row["id"],
        episode_id=row["episode_id"],
        form=row["form"],
        answers=tuple(row_to_answer(answer) for answer in answers),
        answered_at=row["answered_at"],
        local_date=row["local_date"],
        received_at=row["received_at"],
        protocol_version=row["protocol_version"],
        protocol_hash=row["protocol_hash"],
        entered_by=row["entered_by"],
        device=row["device"],
        part_of=row["part_of"],
        corrects=row["corrects"],
        reason=row["reason"],
        started_at=row["started_at"],
    )


def answers_to_rows(submission: Submission) -> list[dict[str, Any]]:
    return [
        {
            "episode_id": submission.episode_id,
            "submission_id": submission.id,
            "item": answer.item,
            "site": answer.place.site,
            "side": answer.place.side,
            "position": position,
            "score": answer.value if isinstance(answer.value, int) else None,
            "choice": answer.value if isinstance(answer.value, str) else None,
            "compared": answer.compared,
        }
        for position, answer in enumerate(submission.answers)
    ]


def row_to_answer(row: Row) -> Answer:
    """Nothing in `score` and `choice` is a skipped question."""
    value = row["choice"] if row["score"] is None else row["score"]
    return Answer(row["item"], value, Place(row["site"], row["side"]), row["compared"])


def evaluation_to_row(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "submission_id": evaluation.submission_id,
        "state": evaluation.state,
        "attempts": evaluation.attempts,
        "error": evaluation.error,
    }


def row_to_evaluation(row: Row) -> Evaluation:
    return Evaluation(**row)


def finding_to_json(finding: Finding) -> str:
    return to_json(
        {
            "rule": finding.rule,
            "stage": finding.stage,
            "priority": finding.priority,
            "item": finding.item,
            "since_day": finding.since_day,
            "place": _place_to_pair(finding.place),
            "evidence": [_evidence_to_row(evidence) for evidence in finding.evidence],
            "facts": dict(finding.facts),
        }
    )


def json_to_finding(text: str) -> Finding:
    kept = json.loads(text)
    return Finding(
        rule=kept["rule"],
        stage=kept["stage"],
        priority=Priority(kept["priority"]),
        item=kept["item"],
        since_day=kept["since_day"],
        evidence=tuple(map(_row_to_evidence, kept["evidence"])),
        place=Place(*kept["place"]),
        facts=kept["facts"],
    )


def _place_to_pair(place: Place) -> tuple[str, str]:
    return (place.site, place.side)


def _evidence_to_row(evidence: Evidence) -> dict[str, Any]:
    return {
        "day": evidence.day,
        "item": evidence.item,
        "value": evidence.value,
        "place": _place_to_pair(evidence.place),
        "compared": evidence.compared,
        "submission": evidence.submission_id,
    }


def _row_to_evidence(row: Row) -> Evidence:
    return Evidence(
        row["day"],
        row["item"],
        row["value"],
        _place_of(*row["place"]),
        row["compared"],
        row["submission"],
    )


_place_of = lru_cache(maxsize=1_000)(Place)
"""The same record for the same place: an alert names few, for each piece of its evidence."""


def alert_to_row(alert: Alert) -> dict[str, Any]:
    rule, site, side = alert.finding.key
    return {
        "id": alert.id,
        "episode_id": alert.episode_id,
        "rule": rule,
        "site": site,
        "side": side,
        "finding": finding_to_json(alert.finding),
        "state": alert.state.value,
        "raised_at": alert.raised_at,
        "raised_day": alert.raised_day,
        "protocol_version": alert.protocol_version,
        "protocol_hash": alert.protocol_hash,
        "changed_at": alert.changed_at,
        "changed_by": alert.changed_by,
        "ended_day": alert.ended_day,
        "until": alert.until,
        "seen_severity": alert.seen_severity,
        "priority_rank": alert.priority.rank,
        "respond_by": alert.respond_by,
        "flag": alert.flag,
        "window_ended_on": alert.window_ended_on,
        "useful": alert.useful,
        "note": alert.note,
        "outcome": alert.outcome,
        "version": alert.version,
    }


def row_to_alert(row: Row) -> Alert:
    return Alert(
        id=row["id"],
        episode_id=row["episode_id"],
        finding=json_to_finding(row["finding"]),
        state=State(row["state"]),
        raised_at=row["raised_at"],
        raised_day=row["raised_day"],
        protocol_version=row["protocol_version"],
        protocol_hash=row["protocol_hash"],
        changed_at=row["changed_at"],
        changed_by=row["changed_by"],
        ended_day=row["ended_day"],
        until=row["until"],
        seen_severity=row["seen_severity"],
        respond_by=row["respond_by"],
        flag=row["flag"],
        window_ended_on=row["window_ended_on"],
        useful=row["useful"],
        note=row["note"],
        outcome=row["outcome"],
        version=row["version"],
    )


def event_to_row(event: Event) -> dict[str, Any]:
    return {
        "alert_id": event.alert_id,
        "at": event.at,
        "by": event.by,
        "happening": event.happening.value,
        "state": event.state.value,
        "day": event.day,
        "stage": event.stage,
        "priority": event.priority.value,
        "note": event.note,
        "cause": event.cause,
        "until": event.until,
        "outcome": event.outcome,
        "useful": event.useful,
    }


def row_to_event(row: Row) -> Event:
    return Event(
        alert_id=row["alert_id"],
        at=row["at"],
        by=row["by"],
        happening=Happening(row["happening"]),
        state=State(row["state"]),
        day=row["day"],
        stage=row["stage"],
        priority=Priority(row["priority"]),
        note=row["note"],
        cause=row["cause"],
        until=row["until"],
        outcome=row["outcome"],
        useful=row["useful"],
    )


def contact_to_row(contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.id,
        "episode_id": contact.episode_id,
        "date": contact.date,
        "kind": contact.kind,
        "text": contact.text,
        "by": contact.by,
        "at": contact.at,
        "result": contact.result,
        "findings": to_json(contact.findings),
        "advice": to_json(contact.advice),
        "next_on": contact.next_on,
        "escalated_to": contact.to,
        "alert_id": contact.alert_id,
        "strikes": contact.strikes,
    }


def row_to_contact(row: Row) -> Contact:
    return Contact(
        id=row["id"],
        episode_id=row["episode_id"],
        date=row["date"],
        kind=row["kind"],
        text=row["text"],
        by=row["by"],
        at=row["at"],
        result=row["result"],
        findings=tuple(json.loads(row["findings"])),
        advice=tuple(json.loads(row["advice"])),
        next_on=row["next_on"],
        to=row["escalated_to"],
        alert_id=row["alert_id"],
        strikes=row["strikes"],
    )


def audit_line_to_row(line: AuditLine) -> dict[str, Any]:
    return {
        "at": line.at,
        "actor": line.actor,
        "station": line.station,
        "action": line.action,
        "subject": line.subject,
        "reason": line.reason,
    }


def row_to_audit_line(row: Row) -> AuditLine:
    return AuditLine(
        at=row["at"],
        actor=row["actor"],
        station=row["station"],
        action=row["action"],
        subject=row["subject"],
        reason=row["reason"],
    )


def sweep_to_row(sweep: Sweep) -> dict[str, Any]:
    return {
        "started_at": sweep.started_at,
        "finished_at": sweep.finished_at,
        "episodes": sweep.episodes,
        "alerts_changed": sweep.alerts_changed,
        "failed": to_json(sweep.failed),
        "differing": to_json(sweep.differing),
    }


def row_to_sweep(row: Row) -> Sweep:
    return Sweep(
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        episodes=row["episodes"],
        alerts_changed=row["alerts_changed"],
        failed=tuple(json.loads(row["failed"])),
        differing=tuple(json.loads(row["differing"])),
    )


def judged_to_row(judged: Judged) -> dict[str, Any]:
    return {
        "episode_id": judged.episode_id,
        "at": judged.at,
        "day": judged.day,
        "protocol_hash": judged.protocol_hash,
        "basis": judged.basis,
        "program": judged.program,
        "seals": to_json(judged.seals),
        "opens_on": judged.opens_on,
        "due_on": judged.due_on,
        "closes_on": judged.closes_on,
        "extra": int(judged.extra),
        "silence": silence_to_json(judged.silence),
    }


def row_to_judged(row: Row) -> Judged:
    return Judged(
        **{
            **row,
            "seals": json.loads(row["seals"]),
            "extra": bool(row["extra"]),
            "silence": json_to_silence(row["silence"]),
        }
    )


def silence_to_json(silence: Silence | None) -> str | None:
    if silence is None:
        return None
    return to_json(
        {
            "doing": silence.doing,
            "missed": silence.missed,
            "since": silence.since.isoformat(),
            "item": silence.item,
            "score": silence.score,
            "before": silence.before,
        }
    )


def json_to_silence(text: str | None) -> Silence | None:
    if text is None:
        return None
    kept = json.loads(text)
    return Silence(**{**kept, "since": dt.date.fromisoformat(kept["since"])})


def heartbeat_to_row(heartbeat: Heartbeat) -> dict[str, Any]:
    return {"role": heartbeat.role, "station": heartbeat.station, "at": heartbeat.at}


def row_to_heartbeat(row: Row) -> Heartbeat:
    return Heartbeat(**row)


def canary_to_row(canary: Canary) -> dict[str, Any]:
    return {"at": canary.at, "seconds": canary.seconds, "fault": canary.fault}


def row_to_canary(row: Row) -> Canary:
    return Canary(at=row["at"], seconds=row["seconds"], fault=row["fault"])


def draft_to_row(draft: Draft) -> dict[str, Any]:
    """A draft is written anew at every page: its answers are one text, not rows of their own."""
    return {
        "id": draft.id,
        "episode_id": draft.episode_id,
        "form": draft.form,
        "day": draft.day,
        "page": draft.at,
        "answers": to_json([_draft_answer_to_row(answer) for answer in draft.answers]),
        "passed": to_json(draft.passed),
        "picked": to_json(draft.picked),
        "started_at": draft.started_at,
        "saved_at": draft.saved_at,
        "device": draft.device,
    }


def row_to_draft(row: Row) -> Draft:
    return Draft(
        id=row["id"],
        episode_id=row["episode_id"],
        form=row["form"],
        day=row["day"],
        at=row["page"],
        answers=tuple(map(_row_to_draft_answer, json.loads(row["answers"]))),
        passed=tuple(json.loads(row["passed"])),
        picked=tuple(json.loads(row["picked"])),
        started_at=row["started_at"],
        saved_at=row["saved_at"],
        device=row["device"],
    )


def _draft_answer_to_row(answer: Answer) -> dict[str, Any]:
    return {
        "item": answer.item,
        "value": answer.value,
        "place": _place_to_pair(answer.place),
        "compared": answer.compared,
    }


def _row_to_draft_answer(row: Row) -> Answer:
    return Answer(row["item"], row["value"], Place(*row["place"]), row["compared"])


def desk_code_to_row(code: DeskCode) -> dict[str, Any]:
    return {
        "date": code.date,
        "digest": code.digest,
        "episode_id": code.episode_id,
        "issued_at": code.issued_at,
        "used_at": code.used_at,
    }


def row_to_desk_code(row: Row) -> DeskCode:
    return DeskCode(**row)


def attempt_to_row(attempt: Attempt) -> dict[str, Any]:
    return {
        "at": attempt.at,
        "station": attempt.station,
        "kind": attempt.kind,
        "subject": attempt.subject,
        "passed": int(attempt.passed),
    }


def row_to_attempt(row: Row) -> Attempt:
    return Attempt(
        at=row["at"],
        station=row["station"],
        kind=row["kind"],
        subject=row["subject"],
        passed=bool(row["passed"]),
    )


def call_to_row(call: Call) -> dict[str, Any]:
    return {
        "id": call.id,
        "at": call.at,
        "station": call.station,
        "kind": call.kind,
        "episode_id": call.episode_id,
        "answered_at": call.answered_at,
        "answered_by": call.answered_by,
    }


def row_to_call(row: Row) -> Call:
    return Call(**row)
