"""The worklist is not read again while nothing changes it, and is never older than what does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from monitor.domain.episode import Pause
from monitor.domain.protocol import Priority
from monitor.services import alerts
from monitor.services.ports import Work
from monitor.ui.station.rows import BoardRead, read_board
from monitor.ui.station.screens.row_model import ROW, RowModel
from monitor.ui.station.views import Row
from tests import builders
from tests.ui.station.conftest import TODAY, Ward

SECONDS_20 = builders.instant(TODAY, hour=10).replace(second=20)


def worded(board: BoardRead) -> tuple[Row, ...]:
    return tuple(row.worded() for row in board.rows)


@pytest.fixture
def known(ward: Ward) -> BoardRead:
    """What was read of two patients with something open, an hour after it came, and of one without.

    The second is put aside until tomorrow.
    """
    ward.clock.set(builders.instant(TODAY, hour=7))
    for count in (1, 2, 3):
        ward.admit(count)
    ward.raise_alert(1, Priority.ORANGE, day=TODAY - 3)
    aside = ward.raise_alert(2, day=TODAY - 3)
    alerts.snooze(ward.clinic, aside.id, 1, builders.date(TODAY + 1), "known")
    ward.clock.set(SECONDS_20)
    return read_board(ward.clinic, "en")


def test_that_it_is_not_read_again_while_nothing_was_stored(ward: Ward, known: BoardRead) -> None:
    ward.clock.advance(seconds=5)
    again = read_board(ward.clinic, "en", known)
    assert again.rows is known.rows
    assert again.now == known.now + dt.timedelta(seconds=5)


def _contact(work: Work) -> None:
    work.contacts.add(
        builders.contact(
            TODAY, episode_id="episode-1", kind="phone", result="no_answer",
            next_on=builders.date(TODAY),
        )
    )  # fmt: skip


def _pause(work: Work) -> None:
    pause = Pause(builders.date(TODAY), builders.date(TODAY + 9), "holiday")
    work.episodes.save(replace(work.episodes.get("episode-1"), pauses=(pause,)))


def _alert(work: Work) -> None:
    new = builders.alert(builders.finding("other"), TODAY, id="new", episode_id="episode-3")
    work.alerts.add(new)


def _report(work: Work) -> None:
    work.submissions.add(builders.submission(day=TODAY + 1, id="new", episode_id="episode-1"))


def _rename(work: Work) -> None:
    work.patients.save(replace(work.patients.get("patient-1"), family_name="Other"))


def _judge(work: Work) -> None:
    work.judgements.set(builders.judged(1, due_on=builders.date(TODAY + 4), extra=True))


def _look(work: Work) -> None:
    work.looks.set("Nurse Ann", "episode-1", SECONDS_20)


def _end(work: Work) -> None:
    work.episodes.save(replace(work.episodes.get("episode-3"), state="closed"))


def _register(work: Work) -> None:
    work.patients.add(builders.patient(9))


@pytest.mark.parametrize(
    "change",
    [_contact, _pause, _alert, _report, _rename, _judge, _look, _end, _register],
)
def test_that_whatever_is_stored_is_seen_at_once(
    ward: Ward, known: BoardRead, change: Callable[[Work], None]
) -> None:
    with ward.store.begin() as work:
        change(work)
        work.commit()
    seen, whole = read_board(ward.clinic, "en", known), read_board(ward.clinic, "en")
    assert seen.rows is not known.rows
    assert (worded(seen), seen.counts) == (worded(whole), whole.counts)


def test_that_what_another_station_does_is_seen_at_once(ward: Ward, known: BoardRead) -> None:
    alerts.acknowledge(ward.as_somebody_else("M. Osei"), "alert-1", 1)
    first = worded(read_board(ward.clinic, "en", known))[0]
    assert first.place.startswith("In hand by MO")


@pytest.mark.parametrize(
    "at",
    [
        pytest.param(builders.instant(TODAY, hour=10, minute=1), id="the next minute"),
        pytest.param(builders.instant(TODAY + 1, hour=0), id="the next day"),
        pytest.param(builders.instant(TODAY, hour=9), id="the clock was put back"),
    ],
)
def test_that_what_time_alone_changes_is_said_anew(
    ward: Ward, known: BoardRead, at: dt.datetime
) -> None:
    ward.clock.set(at)
    again = read_board(ward.clinic, "en", known)
    assert worded(again) == worded(read_board(ward.clinic, "en"))
    assert again.rows is not known.rows


def test_that_the_second_counts_in_which_it_becomes_overdue(ward: Ward, known: BoardRead) -> None:
    with ward.store.begin() as work:
        due = replace(work.alerts.get("alert-1"), respond_by=SECONDS_20.replace(second=30))
        work.alerts.save(replace(due, version=2), 1)
        work.commit()
    before = read_board(ward.clinic, "en", known)
    for second, overdue in ((29, False), (30, False), (31, True)):
        ward.clock.set(SECONDS_20.replace(second=second))
        before = read_board(ward.clinic, "en", before)
        assert worded(before)[0].overdue is overdue


def test_that_the_second_counts_in_which_what_was_put_aside_is_back(
    ward: Ward, known: BoardRead
) -> None:
    with ward.store.begin() as work:
        aside = work.alerts.get("alert-2")
        ends = SECONDS_20.replace(second=30)
        work.alerts.save(replace(aside, until=ends, version=aside.version + 1), aside.version)
        work.commit()
    before = read_board(ward.clinic, "en", known)
    for second, aside_still in ((29, True), (30, False)):
        ward.clock.set(SECONDS_20.replace(second=second))
        before = read_board(ward.clinic, "en", before)
        assert any("snoozed" in row.lists for row in before.rows) is aside_still


def test_that_somebody_else_is_not_shown_what_was_read_for_another(
    ward: Ward, known: BoardRead
) -> None:
    with ward.store.begin() as work:
        _look(work)
        work.commit()
    seen = read_board(ward.clinic, "en", known)
    other = read_board(ward.as_somebody_else("M. Osei"), "en", seen)
    assert (worded(seen)[0].news, worded(other)[0].news) == ("", "New since you looked")


class TestWords:
    """A list of thousands puts into words only what is seen of it."""

    def rows(self, asked: list[int], reason: str = "Pain") -> tuple[Row, ...]:
        def later(number: int) -> Callable[[], dict[str, str]]:
            def said() -> dict[str, str]:
                asked.append(number)
                return {"reason": reason}

            return said

        return tuple(
            Row(f"{number}", f"{number}", "Name", "204118", "", later=later(number))
            for number in range(1_000)
        )

    def test_that_only_rows_that_are_asked_for_are_put_into_words_and_once(self) -> None:
        asked: list[int] = []
        model = RowModel()
        model.show_rows(self.rows(asked))
        assert asked == []
        for _ in range(2):
            assert model.index(7).data(ROW).reason == "Pain"
        assert asked == [7]

    def test_that_the_same_words_are_the_same_record_and_others_are_shown(self) -> None:
        model = RowModel()
        model.show_rows(self.rows([]))
        before = model.index(7).data(ROW)
        model.show_rows(self.rows([]))
        assert model.index(7).data(ROW) is before
        model.show_rows(self.rows([], "Worse pain"))
        assert model.index(7).data(ROW).reason == "Worse pain"
