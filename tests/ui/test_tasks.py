"""Verbs run in order on one thread; what they give arrives on the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from monitor.services.ports import Refusal, Unavailable
from monitor.ui.shared.tasks import PATIENCE_SECONDS, Tasks


@dataclass(frozen=True)
class Done:
    changed: frozenset[str]


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks("the clinic", refusals=Refusal, outages=Unavailable)
    yield made
    made.close()


def finish(tasks: Tasks, qtbot: QtBot) -> None:
    """Wait until everything asked so far has been delivered."""
    with qtbot.waitSignal(tasks.changed, check_params_cb=lambda kinds: "last" in kinds):
        tasks.run(lambda _clinic: Done(frozenset({"last"})))


def test_that_a_verb_gets_the_clinic_and_its_arguments(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[object] = []
    tasks.run(lambda *given: given, "ann", 7, then=got.append)
    finish(tasks, qtbot)
    assert got == [("the clinic", "ann", 7)]


def test_that_verbs_run_on_one_other_thread_and_answers_arrive_here(
    tasks: Tasks, qtbot: QtBot
) -> None:
    worked: list[int] = []
    arrived: list[int] = []
    for _ in range(3):
        tasks.run(
            lambda _clinic: worked.append(threading.get_ident()),
            then=lambda _none: arrived.append(threading.get_ident()),
        )
    finish(tasks, qtbot)
    here = threading.get_ident()
    assert arrived == [here] * 3
    assert len(set(worked)) == 1
    assert here not in worked


def test_that_verbs_run_in_the_order_in_which_they_were_asked(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[int] = []
    for number in range(50):
        tasks.run(lambda _clinic, n: n, number, then=got.append)
    finish(tasks, qtbot)
    assert got == list(range(50))


def test_that_only_the_newest_answer_of_a_slot_is_shown(tasks: Tasks, qtbot: QtBot) -> None:
    began, go_on = threading.Event(), threading.Event()
    asked: list[str] = []
    shown: list[str] = []

    def chart(_clinic: object, name: str) -> str:
        asked.append(name)
        began.set()
        go_on.wait(5)
        return name

    tasks.run(chart, "first", then=shown.append, slot="chart")
    assert began.wait(5)
    tasks.run(chart, "second", then=shown.append, slot="chart")
    tasks.run(chart, "third", then=shown.append, slot="chart")
    go_on.set()
    finish(tasks, qtbot)
    assert shown == ["third"]
    assert asked == ["first", "third"]


def test_that_slots_do_not_drop_each_others_answers(tasks: Tasks, qtbot: QtBot) -> None:
    shown: list[str] = []
    for slot in ("chart", "worklist"):
        tasks.run(lambda _clinic, s: s, slot, then=shown.append, slot=slot)
    finish(tasks, qtbot)
    assert shown == ["chart", "worklist"]


def test_that_what_changed_is_announced_before_the_answer(tasks: Tasks, qtbot: QtBot) -> None:
    order: list[object] = []
    tasks.changed.connect(order.append)
    tasks.run(
        lambda _clinic: Done(frozenset({"alerts"})), then=lambda _done: order.append("answer")
    )
    finish(tasks, qtbot)
    assert order[:2] == [frozenset({"alerts"}), "answer"]


def test_that_nothing_changed_is_no_announcement(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[object] = []
    tasks.changed.connect(heard.append)
    tasks.run(lambda _clinic: Done(frozenset()))
    finish(tasks, qtbot)
    assert heard == [frozenset({"last"})]


def raiser(error: Exception) -> Callable[[object], None]:
    def verb(_clinic: object) -> None:
        raise error

    return verb


def test_that_a_refusal_goes_to_the_one_who_asked(tasks: Tasks, qtbot: QtBot) -> None:
    refused: list[Exception] = []
    faults: list[object] = []
    tasks.faulted.connect(faults.append)
    refusal = Refusal("not_matched")
    tasks.run(raiser(refusal), failed=refused.append)
    finish(tasks, qtbot)
    assert refused == [refusal]
    assert faults == []


def test_that_an_outage_is_told_to_all_and_to_the_one_who_asked(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[object] = []
    asked: list[Exception] = []
    tasks.unavailable.connect(told.append)
    outage = Unavailable()
    tasks.run(raiser(outage), failed=asked.append)
    finish(tasks, qtbot)
    assert told == [outage]
    assert asked == [outage]


def test_that_the_end_of_an_outage_is_told_once(tasks: Tasks, qtbot: QtBot) -> None:
    back: list[bool] = []
    tasks.available.connect(lambda: back.append(True))
    tasks.run(raiser(Unavailable()))
    tasks.run(lambda _clinic: None)
    tasks.run(lambda _clinic: None)
    finish(tasks, qtbot)
    assert back == [True]


@pytest.mark.parametrize("slot", ["", "chart"], ids=["any", "newest only"])
def test_that_a_bug_is_never_a_refusal(tasks: Tasks, qtbot: QtBot, slot: str) -> None:
    refused: list[Exception] = []
    faults: list[object] = []
    tasks.faulted.connect(faults.append)
    bug = KeyError("rule")
    tasks.run(raiser(bug), failed=refused.append, slot=slot)
    finish(tasks, qtbot)
    assert faults == [bug]
    assert refused == []


def test_that_a_refusal_nobody_waits_for_is_a_bug(tasks: Tasks, qtbot: QtBot) -> None:
    faults: list[object] = []
    tasks.faulted.connect(faults.append)
    refusal = Refusal("unknown_episode")
    tasks.run(raiser(refusal))
    finish(tasks, qtbot)
    assert faults == [refusal]


def test_that_the_thread_goes_on_after_a_bug(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[int] = []
    tasks.run(raiser(KeyError("rule")))
    tasks.run(lambda _clinic: 1, then=got.append)
    finish(tasks, qtbot)
    assert got == [1]


def test_that_closing_finishes_what_was_asked_and_ends_the_thread(qtbot: QtBot) -> None:
    tasks = Tasks("the clinic")
    stored: list[str] = []
    delivered: list[object] = []
    worker: list[threading.Thread] = []
    tasks.run(lambda _clinic: worker.append(threading.current_thread()))
    tasks.run(lambda _clinic: stored.append("answers"), then=delivered.append)
    tasks.close()
    assert stored == ["answers"]
    assert not worker[0].is_alive()
    tasks.run(lambda _clinic: stored.append("late"))
    tasks.close()
    QCoreApplication.processEvents()
    assert stored == ["answers"]
    assert delivered == []


class TestADatabaseThatHangs:
    """A database that hangs raises nothing: somebody has to look at the time."""

    @pytest.fixture
    def minute(self) -> list[float]:
        """The seconds that the steady clock shows."""
        return [0.0]

    @pytest.fixture
    def held(self) -> Iterator[threading.Event]:
        """Set when the database goes on."""
        event = threading.Event()
        yield event
        event.set()

    @pytest.fixture
    def hanging(self, qtbot: QtBot, minute: list[float], held: threading.Event) -> Iterator[Tasks]:
        made = Tasks("the clinic", refusals=Refusal, outages=Unavailable, steady=lambda: minute[0])
        made.run(lambda _clinic: held.wait(60))
        yield made
        held.set()
        made.close()

    def test_that_it_is_told_how_long_it_has_not_answered(
        self, hanging: Tasks, minute: list[float]
    ) -> None:
        told: list[float] = []
        hanging.slow.connect(told.append)
        minute[0] = PATIENCE_SECONDS - 0.1
        hanging.watch()
        assert told == []
        minute[0] = 9.0
        hanging.watch()
        assert told == [9.0]

    def test_that_the_first_answer_ends_it(
        self, hanging: Tasks, minute: list[float], held: threading.Event, qtbot: QtBot
    ) -> None:
        minute[0] = 9.0
        hanging.watch()
        with qtbot.waitSignal(hanging.quick):
            held.set()
        told: list[float] = []
        hanging.slow.connect(told.append)
        minute[0] = 100.0
        hanging.watch()
        assert told == []

    def test_that_the_window_goes_on_meanwhile(
        self, hanging: Tasks, held: threading.Event, qtbot: QtBot
    ) -> None:
        """What is asked is put in line; asking takes no time, whatever the database does."""
        got: list[int] = []
        hanging.run(lambda _clinic: 7, then=got.append)
        QCoreApplication.processEvents()
        assert got == []
        held.set()
        qtbot.waitUntil(lambda: got == [7])

    def test_that_a_question_that_was_overtaken_is_not_waited_for(
        self, hanging: Tasks, minute: list[float], held: threading.Event, qtbot: QtBot
    ) -> None:
        got: list[int] = []
        for answer in (1, 2, 3):
            hanging.run(lambda _clinic, n: n, answer, then=got.append, slot="list")
        held.set()
        qtbot.waitUntil(lambda: got == [3])
        told: list[float] = []
        hanging.slow.connect(told.append)
        minute[0] = 100.0
        hanging.watch()
        assert told == []


def test_that_what_is_asked_is_done_for_whom_it_was_asked(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[object] = []
    tasks.run(lambda clinic: clinic, then=got.append)
    tasks.serve("the clinic with somebody else")
    tasks.run(lambda clinic: clinic, then=got.append)
    finish(tasks, qtbot)
    assert got == ["the clinic", "the clinic with somebody else"]
