"""The course after the procedure before, to compare a chart with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from monitor.services import charting
from monitor.services.review import Earlier
from tests import builders
from tests.services.clinics import Practice


def made(*before: int, reported: tuple[int, ...] = (5,), mistake: bool = False) -> Practice:
    """A patient with procedures that many days before that of `episode-1`, each with reports."""
    practice = Practice()
    practice.enrols()
    with practice.store.begin() as work:
        for number, days in enumerate(before, 2):
            date = builders.PROCEDURE_DATE - dt.timedelta(days)
            own = builders.episode(
                number,
                patient_id="patient-1",
                procedure=builders.procedure(date=date, profile="MBRFN"),
            )
            if mistake:
                own = replace(own, state="closed", ended_as="mistake", ended_on=date)
            work.episodes.add(own)
            for day in reported:
                work.submissions.add(
                    builders.submission(
                        builders.answer("pain", number),
                        day=day - days,
                        id=f"report-{number}-{day}",
                        episode_id=own.id,
                    )
                )
        work.commit()
    return practice


def earlier(practice: Practice) -> Earlier | None:
    practice.clock.set(builders.instant(20))
    return charting.chart(practice.clinic, "episode-1").earlier


def test_that_the_latest_procedure_before_is_compared_with_counted_from_its_own_day():
    found = earlier(made(800, 300))
    assert found is not None
    assert found.episode.id == "episode-3"
    (series,) = found.panels[0].series
    assert [(point.day, point.score) for point in series.points] == [(5, 3)]


def test_that_without_a_procedure_before_there_is_nothing_to_compare_with():
    assert earlier(made()) is None


def test_that_a_procedure_without_reports_is_nothing_to_compare_with():
    assert earlier(made(300, reported=())) is None


def test_that_an_episode_opened_by_mistake_is_nothing_to_compare_with():
    assert earlier(made(300, mistake=True)) is None


def test_that_a_later_procedure_is_not_an_earlier_one():
    assert earlier(made(-50)) is None
