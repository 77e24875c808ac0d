"""The worklist stands in the same order whether the database or the program sorts it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from monitor.domain.alert import Alert, State
from monitor.domain.protocol import Priority
from monitor.domain.urgency import urgency
from monitor.services.ports import Store
from monitor.storage.store import SqliteStore
from tests.builders import alert, date, enrol, finding, instant
from tests.fakes import FakeStore

MOST = 12
"""Alerts in one list: enough that many agree in all but one thing."""

# Few values of each, so that ties are common; each lies on, just before or just after an edge.
moment = dt.timedelta(microseconds=1)
zones = (dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=45)))
shifts = (-dt.timedelta(days=1), -moment, dt.timedelta(0), moment, dt.timedelta(days=1))
instants = some.builds(
    lambda shift, zone: (instant(20) + shift).astimezone(zone),
    some.sampled_from(shifts),
    some.sampled_from(zones),
)
dates = some.sampled_from([date(day) for day in (6, 19, 20, 21, 34)])
fields = {
    "state": some.sampled_from(State),
    "finding": some.sampled_from(Priority).map(lambda priority: finding(priority=priority)),
    "episode_id": some.sampled_from(("episode-1", "episode-2")),
    "raised_at": instants,
    "respond_by": some.none() | instants,
    "until": some.none() | instants,
    "window_ended_on": some.none() | dates,
    "ended_day": some.none() | some.sampled_from((0, 18)),
    "flag": some.integers(0, 3),
}


@some.composite
def lists(draw: some.DrawFn) -> list[Alert]:
    """Alerts that differ from the first in one or two things, or in all.

    Each is of a concern of its own, as two open ones must be.
    """
    ids = draw(some.lists(some.text(max_size=3), min_size=2, max_size=MOST, unique=True))
    first = draw(some.builds(alert, **fields))
    few = some.lists(some.sampled_from(sorted(fields)), max_size=2, unique=True)
    listed = []
    for name in ids:
        changed = draw(few | some.just(list(fields)))
        one = replace(first, id=name, **{field: draw(fields[field]) for field in changed})
        listed.append(replace(one, finding=replace(one.finding, rule=f"rule {name}")))
    return listed


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """The fake and the real one with two patients; every example leaves them as it found them."""
    path = tmp_path_factory.mktemp("order") / "rootwatch.db"
    sqlite = SqliteStore.create(path, durable=False)
    both: tuple[Store, Store] = (FakeStore(), sqlite)
    for store in both:
        with store.begin() as work:
            enrol(work)
            work.commit()
    yield both
    sqlite.close()


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(listed=lists(), now=instants, today=dates)
def test_that_the_database_sorts_as_the_program_does(
    stores: tuple[Store, Store],
    listed: list[Alert],
    now: dt.datetime,
    today: dt.date,
) -> None:
    expected = sorted(
        (one for one in listed if one.is_open), key=lambda one: urgency(one, now, today)
    )
    for store in stores:
        with store.begin() as work:
            for one in listed:
                work.alerts.add(one)
            assert [waiting.alert for waiting in work.alerts.waiting(now, today)] == expected
