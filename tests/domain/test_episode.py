from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.episode import postoperative_day
from tests.builders import episode


@pytest.mark.parametrize(
    ("procedure_date", "on", "day"),
    [
        pytest.param("2026-03-02", "2026-03-02", 0, id="the day itself"),
        pytest.param("2026-03-02", "2026-03-01", -1, id="the day before"),
        pytest.param("2026-03-28", "2026-03-30", 2, id="over the clock change of spring"),
        pytest.param("2026-10-24", "2026-10-26", 2, id="over the clock change of autumn"),
        pytest.param("2028-02-28", "2028-03-01", 2, id="over a leap day"),
        pytest.param("2027-02-28", "2027-03-01", 1, id="without a leap day"),
        pytest.param("2026-12-31", "2027-01-01", 1, id="over the year"),
    ],
)
def test_that_days_are_counted_by_the_calendar(procedure_date: str, on: str, day: int) -> None:
    first, last = dt.date.fromisoformat(procedure_date), dt.date.fromisoformat(on)
    assert postoperative_day(first, last) == day


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)),
    st.integers(-30, 800),
    st.times(),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "UTC"]),
)
def test_that_the_day_is_the_same_at_every_time_of_it(
    procedure_date: dt.date, days: int, time: dt.time, zone: str
) -> None:
    on = procedure_date + dt.timedelta(days=days)
    local = dt.datetime.combine(on, time, ZoneInfo(zone))
    assert postoperative_day(procedure_date, local.date()) == days


@pytest.mark.parametrize(("state", "expected"), [("open", True), ("closed", False)])
def test_that_an_episode_is_open_until_it_is_closed(state: str, expected: bool) -> None:
    assert episode(state=state).is_open is expected
