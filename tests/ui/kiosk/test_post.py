"""What must reach the store is sent until it has been taken, whatever else goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from monitor.services.clinic import Clinic
from monitor.services.ports import Refusal, Unavailable
from monitor.ui.kiosk.post import Post
from tests.services.clinics import Practice
from tests.ui.kiosk.conftest import StraightTasks


class Box:
    """A verb that takes letters, and can be told to fail at them."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.failing: dict[str, Exception] = {}

    def __call__(self, _clinic: Clinic, words: str) -> str:
        if words in self.failing:
            raise self.failing[words]
        self.taken.append(words)
        return words


@pytest.fixture
def tasks(qtbot: QtBot) -> StraightTasks:
    return StraightTasks(Practice().clinic)


@pytest.fixture
def post(tasks: StraightTasks) -> Iterator[Post]:
    post = Post(tasks)  # type: ignore[arg-type]
    yield post
    post.again.stop()


def test_that_letters_arrive_in_their_order_and_are_told_of(post: Post) -> None:
    box, told = Box(), list[str]()
    for words in ("first", "second"):
        post.send(box, words, then=told.append)
    assert box.taken == told == ["first", "second"]


def test_that_an_outage_keeps_the_order(post: Post) -> None:
    box = Box()
    box.failing["first"] = Unavailable("gone")
    post.send(box, "first")
    post.send(box, "second")
    assert box.taken == []
    box.failing.clear()
    post.again.timeout.emit()
    assert box.taken == ["first", "second"]


def test_that_what_is_refused_for_ever_lets_the_next_through(post: Post) -> None:
    box = Box()
    box.failing["first"] = Refusal("episode_closed")
    post.send(box, "first")
    post.send(box, "second")
    assert box.taken == ["second"]


def test_that_a_letter_with_a_bug_lets_the_next_through(post: Post) -> None:
    box = Box()
    box.failing["first"] = RuntimeError("a bug")
    post.send(box, "first")
    post.send(box, "second")
    for _ in range(2):  # the one with the bug is tried again before it gives way
        post.again.timeout.emit()
    assert box.taken == ["second"]
    box.failing.clear()
    post.again.timeout.emit()
    assert box.taken == ["second", "first"], "and is not lost"


def test_that_a_bug_elsewhere_loses_no_letter(tasks: StraightTasks, post: Post) -> None:
    """Whose bug it was is not known; the answer to ours may still come."""
    box, told = Box(), list[str]()
    tasks.hold = True
    post.send(box, "first", then=told.append)
    post.send(box, "second", then=told.append)
    tasks.faulted.emit(RuntimeError("elsewhere"))
    tasks.release()
    post.again.timeout.emit()
    post.again.timeout.emit()
    assert told == ["first", "second"], "each once"
    assert set(box.taken) == {"first", "second"}


def test_that_who_has_gone_hears_nothing_and_all_is_sent(tasks: StraightTasks, post: Post) -> None:
    box, told = Box(), list[str]()
    tasks.hold = True
    post.send(box, "first", then=told.append)
    post.forget()
    tasks.release()
    assert (box.taken, told) == (["first"], [])
