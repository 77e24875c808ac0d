"""How old what is shown is, and that the database does not answer, is always said."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from monitor.services.ports import Unavailable
from monitor.ui.station.reaching import Reaching

READ_AT = dt.datetime(2026, 3, 4, 10, 41, tzinfo=dt.UTC)


class Database(QObject):
    """What is heard of the database, said by a test."""

    unavailable = Signal(object)
    available = Signal()
    slow = Signal(float)
    quick = Signal()


class Desk:
    def __init__(self) -> None:
        self.seconds = 0.0
        self.text = ""
        self.read_at: dt.datetime | None = READ_AT
        self.database = Database()
        self.reaching = Reaching(
            self.database,  # type: ignore[arg-type]
            lambda: self.read_at,
            steady=lambda: self.seconds,
        )
        self.reaching.shown.connect(self._keep)

    def _keep(self, text: str) -> None:
        self.text = text


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_that_nothing_is_said_while_it_answers(desk: Desk) -> None:
    desk.reaching.tell()
    assert desk.text == ""


def test_that_an_outage_says_of_when_the_list_is_and_how_long_ago_that_was(desk: Desk) -> None:
    desk.reaching.note_read()
    desk.seconds = 180.0
    desk.database.unavailable.emit(Unavailable("gone"))
    assert desk.text == (
        "The database cannot be reached; trying again. What you see is from 10:41, 3 min ago."
    )
    desk.database.available.emit()
    assert desk.text == ""


def test_that_an_outage_before_the_first_answer_says_that_nothing_was_read(desk: Desk) -> None:
    desk.read_at = None
    desk.database.unavailable.emit(Unavailable("gone"))
    assert desk.text.endswith("Nothing has been read yet.")


def test_that_a_database_that_hangs_says_for_how_long_and_that_nothing_is_lost(desk: Desk) -> None:
    desk.seconds = 9.0
    desk.database.slow.emit(9.0)
    assert desk.text.startswith("The database has not answered for 9 s.")
    assert "is not lost" in desk.text
    desk.database.quick.emit()
    assert desk.text == ""


def test_that_one_that_hangs_after_an_outage_is_still_one_that_is_away(desk: Desk) -> None:
    desk.database.unavailable.emit(Unavailable("gone"))
    desk.database.slow.emit(9.0)
    desk.database.quick.emit()
    assert desk.text.startswith("The database cannot be reached")
