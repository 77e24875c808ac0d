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

from monitor.domain.alert import Alert, State
from monitor.domain.finding import Evidence, Finding
from monitor.domain.protocol import SIDES, Priority
from monitor.domain.submission import COMPARED, Answer, EnteredBy, Place, Submission
from monitor.services.ports import Store
from monitor.storage.rows import finding_to_json, json_to_finding
from monitor.storage.store import SqliteStore
from tests.builders import enrol, patient
from tests.fakes import FakeStore

text = some.text(max_size=40)
long_text = some.text(max_size=40).map(lambda word: word * 500)
days = some.integers(-400, 4000)
dates = some.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))
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
    snoozed_until=some.none() | dates,
    note=long_text,
    outcome=text,
    version=some.integers(1, 10**9),
)

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
        assert [waiting.alert for waiting in work.alerts.waiting()] == [told] * told.is_open


@unhurried
@given(family=text, given_name=long_text, born=dates)
def test_that_any_name_comes_back(
    filled: Store, family: str, given_name: str, born: dt.date
) -> None:
    told = patient(3, family_name=family, given_name=given_name, birth_date=born)
    with filled.begin() as work:
        work.patients.add(told)
        assert work.patients.get(told.id) == told


@unhurried
@given(told=findings)
def test_that_a_finding_has_one_text_only(told: Finding) -> None:
    same = replace(told, facts=dict(reversed(list(told.facts.items()))))
    kept = finding_to_json(told)
    assert finding_to_json(same) == kept
    assert finding_to_json(json_to_finding(kept)) == kept
