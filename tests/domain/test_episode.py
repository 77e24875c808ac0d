from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.episode import OwnBaseline, OwnWindow, postoperative_day
from monitor.domain.submission import NOWHERE, Place
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


class TestOwn:
    def test_that_a_window_takes_the_place_of_the_one_of_its_item(self) -> None:
        slow, slower = OwnWindow("soreness", 30, 60), OwnWindow("soreness", 40, 60)
        other = OwnWindow("burning", 30, 60)
        one = episode().with_window(slow).with_window(other).with_window(slower)
        assert one.own_windows == (other, slower)
        assert one.without_window("soreness").own_windows == (other,)
        assert one.without_window("soreness").without_window("burning") == episode()

    def test_that_a_baseline_takes_the_place_of_the_one_at_its_place(self) -> None:
        left, right = Place("", "left"), Place("", "right")
        one = (
            episode()
            .with_baseline(OwnBaseline("weakness", 4, left))
            .with_baseline(OwnBaseline("weakness", 2, right))
            .with_baseline(OwnBaseline("pain", 7))
            .with_baseline(OwnBaseline("weakness", 3, left))
        )
        kept = (OwnBaseline("weakness", 2, right), OwnBaseline("pain", 7, NOWHERE))
        assert one.own_baselines == (*kept, OwnBaseline("weakness", 3, left))
        assert one.without_baseline("weakness", left).own_baselines == kept
        assert one.without_baseline("pain").own_baselines == (kept[0], one.own_baselines[-1])
