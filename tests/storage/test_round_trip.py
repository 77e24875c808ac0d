"""Whatever a report or an alert may hold comes back from both stores as it went in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from monitor.domain.alert import Alert, Cause, Event, Happening, State, Useful
from monitor.domain.episode import (
    Ending,
    Episode,
    OwnBaseline,
    OwnWindow,
    Patient,
    Pause,
    PauseReason,
    Procedure,
    Sex,
)
from monitor.domain.finding import Evidence, Finding
from monitor.domain.protocol import SIDES, Priority
from monitor.domain.silence import Doing, Silence
from monitor.domain.submission import COMPARED, Answer, EnteredBy, Place, Submission
from monitor.domain.visit import Draft
from monitor.services.permissions import Role as UserRole
from monitor.services.ports import (
    Attempt,
    Batch,
    Call,
    CallKind,
    Canary,
    Contact,
    DeskCode,
    Guessed,
    Heartbeat,
    Judged,
    Result,
    Role,
    Store,
    Sweep,
    User,
)
from monitor.storage.rows import finding_to_json, json_to_finding
from monitor.storage.store import SqliteStore
from tests.builders import alert, date, enrol, instant
from tests.fakes import FakeStore

NOW, TODAY = instant(0), date(0)

text = some.text(max_size=40)
texts = some.lists(text, max_size=4).map(tuple)
long_text = some.text(max_size=40).map(lambda word: word * 500)
days = some.integers(-400, 4000)
dates = some.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))
counts = some.integers(0, 10**9)
durations = some.floats(0, allow_nan=False, allow_infinity=False)
zones = some.timezones() | some.just(dt.UTC)
first, last = (dt.datetime.fromisoformat(f"{year}-01-02") for year in (1970, 2200))
instants = some.datetimes(first, last, timezones=zones).filter(
    lambda at: at.astimezone(dt.UTC) == at
)
sides = some.sampled_from(("", *SIDES))
places = some.builds(Place, text, sides)
compared = some.none() | some.sampled_from(COMPARED)
values = some.none() | some.integers(0, 100) | text
answers = some.builds(Answer, text, values, places, compared)
submissions = some.builds(
    Submission,
    id=text,
    episode_id=some.just("episode-1"),
    form=text,
    answers=some.lists(answers, max_size=8, unique_by=lambda a: (a.item, a.place)).map(tuple),
    answered_at=instants,
    local_date=dates,
    received_at=instants,
    protocol_version=text,
    protocol_hash=text,
    entered_by=some.sampled_from(get_args(EnteredBy)),
    device=text,
    part_of=text,
    corrects=text,
    reason=text,
    started_at=some.none() | instants,
)
facts = some.integers(-(10**12), 10**12) | some.floats(allow_nan=False, allow_infinity=False) | text
evidence = some.builds(
    Evidence, days, text, some.integers(0, 100) | text, places, compared, submission_id=text
)
findings = some.builds(
    Finding,
    rule=text,
    stage=text,
    priority=some.sampled_from(Priority),
    item=text,
    since_day=days,
    evidence=some.lists(evidence, max_size=4).map(tuple),
    place=places,
    facts=some.dictionaries(text, facts, max_size=4),
)
alerts = some.builds(
    Alert,
    id=text,
    episode_id=some.just("episode-1"),
    finding=findings,
    state=some.sampled_from(State),
    raised_at=instants,
    raised_day=days,
    protocol_version=text,
    protocol_hash=text,
    changed_at=instants,
    changed_by=text,
    ended_day=some.none() | days,
    until=some.none() | instants,
    seen_severity=some.none() | some.integers(0, 100),
    respond_by=some.none() | instants,
    flag=counts,
    window_ended_on=some.none() | dates,
    useful=some.sampled_from(get_args(Useful)),
    note=long_text,
    outcome=text,
    version=some.integers(1, 10**9),
)
events = some.builds(
    Event,
    alert_id=some.just("alert-1"),
    at=instants,
    by=text,
    happening=some.sampled_from(Happening),
    state=some.sampled_from(State),
    day=days,
    stage=text,
    priority=some.sampled_from(Priority),
    note=long_text,
    cause=some.sampled_from(get_args(Cause)),
    until=some.none() | instants,
    outcome=text,
    useful=some.sampled_from(get_args(Useful)),
)
scores = some.integers(0, 100) | some.floats(0, 100)
signed = {"reason": text, "by": text, "on": some.none() | dates}
episodes = some.builds(
    Episode,
    id=text,
    patient_id=some.just("patient-1"),
    procedure=some.builds(Procedure, dates, text, texts, sides, text, some.booleans()),
    protocol_id=text,
    state=some.sampled_from(("open", "closed")),
    own_windows=some.lists(some.builds(OwnWindow, text, days, days, **signed), max_size=3).map(
        tuple
    ),
    own_baselines=some.lists(
        some.builds(OwnBaseline, text, scores, places, **signed), max_size=3
    ).map(tuple),
    followed_from=some.none() | dates,
    pauses=some.lists(
        some.builds(
            Pause,
            dates,
            dates,
            some.sampled_from(get_args(PauseReason)),
            note=text,
            by=text,
            on=some.none() | dates,
        ),
        max_size=3,
    ).map(tuple),
    ended_as=some.sampled_from(get_args(Ending)),
    ended_on=some.none() | dates,
)
patients = some.builds(
    Patient,
    id=text,
    number=text,
    family_name=text,
    given_name=long_text,
    birth_date=dates,
    phone=text,
    language=text,
    sex=some.sampled_from(get_args(Sex)),
    remark=long_text,
)
contacts = some.builds(
    Contact,
    id=text,
    episode_id=some.just("episode-1"),
    date=dates,
    kind=text,
    text=long_text,
    by=text,
    at=some.none() | instants,
    result=some.sampled_from(get_args(Result)),
    findings=texts,
    advice=texts,
    next_on=some.none() | dates,
    to=text,
    alert_id=text,
    strikes=text,
)
users = some.builds(
    User,
    id=text,
    name=text,
    role=some.sampled_from(get_args(UserRole)),
    password=text,
    pin=text,
    is_active=some.booleans(),
    must_change=some.booleans(),
)
batches = some.builds(
    Batch, text, instants, text, text, texts, texts, undone_at=some.none() | instants
)
silences = some.builds(
    Silence,
    some.sampled_from(get_args(Doing)),
    some.integers(1, 1000),
    dates,
    text,
    some.none() | some.integers(0, 100),
    some.none() | some.floats(0, 100),
)
sweeps = some.builds(Sweep, instants, instants, counts, counts, failed=texts, differing=texts)
judgements = some.builds(
    Judged,
    episode_id=some.sampled_from(("episode-1", "episode-2")),
    at=instants,
    day=days,
    protocol_hash=text,
    basis=text,
    opens_on=some.none() | dates,
    due_on=dates,
    closes_on=some.none() | dates,
    extra=some.booleans(),
    silence=some.none() | silences,
)
heartbeats = some.builds(Heartbeat, some.sampled_from(get_args(Role)), text, instants)
canaries = some.builds(Canary, instants, durations, text)
drafts = some.builds(
    Draft,
    id=text,
    episode_id=some.just("episode-1"),
    form=text,
    day=days,
    at=text,
    answers=some.lists(answers, max_size=8).map(tuple),
    passed=texts,
    picked=texts,
    started_at=instants,
    saved_at=instants,
    device=text,
)
desk_codes = some.builds(
    DeskCode, text, some.just("episode-1"), dates, instants, some.none() | instants
)
guessed = some.sampled_from(get_args(Guessed))
attempts = some.builds(Attempt, instants, text, guessed, text, some.booleans())
calls = some.builds(
    Call, text, instants, text, some.sampled_from(get_args(CallKind)), text, some.none(), text
)
EVER = dt.datetime(1, 1, 2, tzinfo=dt.UTC)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module", params=["fake", "sqlite"])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A store with two patients, which every example leaves as it found it."""
    folder: Path = tmp_path_factory.mktemp("round-trip")
    store = (
        FakeStore()
        if request.param == "fake"
        else SqliteStore.create(folder / "rootwatch.db", durable=False)
    )
    with store.begin() as work:
        enrol(work)
        work.commit()
    yield store
    store.close()


@unhurried
@given(told=submissions)
def test_that_any_report_comes_back_and_is_known_again(filled: Store, told: Submission) -> None:
    with filled.begin() as work:
        assert work.submissions.add(told)
        assert work.submissions.get(told.id) == told
        assert work.submissions.add(told) is False


@unhurried
@given(told=alerts)
def test_that_any_alert_comes_back(filled: Store, told: Alert) -> None:
    with filled.begin() as work:
        work.alerts.add(told)
        assert work.alerts.get(told.id) == told
        assert [waiting.alert for waiting in work.alerts.waiting(NOW, TODAY)] == [
            told
        ] * told.is_open


@unhurried
@given(told=some.lists(events, max_size=4))
def test_that_any_history_comes_back_in_its_order(filled: Store, told: list[Event]) -> None:
    with filled.begin() as work:
        work.alerts.add(alert())
        for one in told:
            work.alerts.add_event(one)
        assert work.alerts.events("alert-1") == tuple(told)


@unhurried
@given(told=episodes, later=episodes)
def test_that_any_episode_comes_back(filled: Store, told: Episode, later: Episode) -> None:
    with filled.begin() as work:
        work.episodes.add(told)
        assert work.episodes.get(told.id) == told
        changed = replace(later, id=told.id)
        work.episodes.save(changed)
        assert work.episodes.get(told.id) == changed


@unhurried
@given(told=sweeps)
def test_that_any_sweep_comes_back(filled: Store, told: Sweep) -> None:
    with filled.begin() as work:
        work.sweeps.add(told)
        assert work.sweeps.last() == told


@unhurried
@given(told=some.lists(judgements, min_size=1, max_size=4))
def test_that_the_last_of_any_judgements_comes_back(filled: Store, told: list[Judged]) -> None:
    last = {judged.episode_id: judged for judged in told}
    with filled.begin() as work:
        for judged in told:
            work.judgements.set(judged)
        assert {name: work.judgements.get(name) for name in last} == last
        listed = {one.judged.episode_id: one.judged for one in work.judgements.asked()}
        assert listed == {name: judged for name, judged in last.items() if judged.extra}


@unhurried
@given(told=some.lists(heartbeats, max_size=4))
def test_that_any_heartbeats_come_back(filled: Store, told: list[Heartbeat]) -> None:
    last = {(beat.role, beat.station): beat for beat in told}
    with filled.begin() as work:
        for beat in told:
            work.heartbeats.set(beat)
        assert work.heartbeats.all() == tuple(beat for _, beat in sorted(last.items()))


@unhurried
@given(told=canaries)
def test_that_any_run_of_the_canary_comes_back(filled: Store, told: Canary) -> None:
    with filled.begin() as work:
        work.canaries.add(told)
        assert work.canaries.last() == told


@unhurried
@given(told=drafts, later=drafts)
def test_that_any_draft_comes_back(filled: Store, told: Draft, later: Draft) -> None:
    with filled.begin() as work:
        work.drafts.set(told)
        assert work.drafts.of_episode("episode-1") == (told,)
        changed = replace(later, id=told.id)
        work.drafts.set(changed)
        assert work.drafts.get(told.id) == changed


@unhurried
@given(told=desk_codes)
def test_that_any_desk_code_comes_back(filled: Store, told: DeskCode) -> None:
    with filled.begin() as work:
        work.desk_codes.add(told)
        assert work.desk_codes.get(told.digest, told.date) == told


@unhurried
@given(told=some.lists(attempts, max_size=4))
def test_that_any_attempts_come_back_in_their_order(filled: Store, told: list[Attempt]) -> None:
    with filled.begin() as work:
        for one in told:
            work.attempts.add(one)
        assert work.attempts.since(EVER, *get_args(Guessed)) == tuple(told)


@unhurried
@given(told=calls)
def test_that_any_call_comes_back(filled: Store, told: Call) -> None:
    with filled.begin() as work:
        work.calls.add(told)
        assert work.calls.waiting() == (told,)


@unhurried
@given(name=text, value=long_text)
def test_that_any_secret_comes_back(filled: Store, name: str, value: str) -> None:
    with filled.begin() as work:
        work.secrets.set(name, value)
        assert work.secrets.get(name) == value


@unhurried
@given(told=patients, later=patients)
def test_that_any_patient_comes_back(filled: Store, told: Patient, later: Patient) -> None:
    with filled.begin() as work:
        work.patients.add(told)
        assert work.patients.by_number(told.number) == work.patients.get(told.id) == told
        changed = replace(later, id=told.id)
        work.patients.save(changed)
        assert work.patients.get(told.id) == changed


@unhurried
@given(told=some.lists(contacts, max_size=4, unique_by=lambda contact: contact.id))
def test_that_any_contacts_come_back(filled: Store, told: list[Contact]) -> None:
    with filled.begin() as work:
        for one in told:
            work.contacts.add(one)
        found = work.contacts.of_episode("episode-1")
        assert found == tuple(sorted(told, key=lambda contact: contact.date))


@unhurried
@given(told=users, later=users)
def test_that_any_user_comes_back(filled: Store, told: User, later: User) -> None:
    with filled.begin() as work:
        work.users.add(told)
        assert work.users.all() == (told,)
        changed = replace(later, id=told.id)
        work.users.save(changed)
        assert work.users.get(told.id) == changed


@unhurried
@given(told=batches)
def test_that_any_import_comes_back(filled: Store, told: Batch) -> None:
    with filled.begin() as work:
        work.batches.add(told)
        assert work.batches.all() == (told,)


@unhurried
@given(looks=some.dictionaries(text, instants, max_size=4))
def test_that_any_looks_come_back(filled: Store, looks: dict[str, dt.datetime]) -> None:
    with filled.begin() as work:
        for user, at in looks.items():
            work.looks.set(user, "episode-1", at)
        for user, at in looks.items():
            assert work.looks.of_user(user) == {"episode-1": at}


@unhurried
@given(told=findings)
def test_that_a_finding_has_one_text_only(told: Finding) -> None:
    same = replace(told, facts=dict(reversed(list(told.facts.items()))))
    kept = finding_to_json(told)
    assert finding_to_json(same) == kept
    assert finding_to_json(json_to_finding(kept)) == kept
