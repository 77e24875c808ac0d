"""The small widgets: one choice of several, lines that wrap, text that is shortened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.ui.shared.widgets.choices import Chips, Choice, Segments
from monitor.ui.shared.widgets.clamped_label import ClampedLabel
from monitor.ui.shared.widgets.elided_label import ElidedLabel
from monitor.ui.shared.widgets.flow_layout import FlowLayout

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

CHOICES = (Choice("a", "First"), Choice("b", "Second"), Choice("c", "Third"))


def test_that_exactly_one_segment_is_chosen(qtbot: QtBot) -> None:
    segments = Segments("Range")
    qtbot.addWidget(segments)
    segments.show_choices(CHOICES, "b")
    with qtbot.waitSignal(segments.chosen) as told:
        segments.button("c").click()
    assert told.args == ["c"]
    assert [segments.button(k).isChecked() for k in "abc"] == [False, False, True]


def test_that_showing_a_choice_tells_nobody(qtbot: QtBot) -> None:
    segments = Segments("Range")
    qtbot.addWidget(segments)
    with qtbot.assertNotEmitted(segments.chosen):
        segments.show_choices(CHOICES, "b")


def test_that_buttons_of_the_same_keys_stay_when_their_words_change(qtbot: QtBot) -> None:
    chips = Chips("Narrow", 6)
    qtbot.addWidget(chips)
    chips.show_choices(CHOICES, "a")
    button = chips.button("b")
    chips.show_choices((CHOICES[0], Choice("b", "Second 7"), CHOICES[2]), "b")
    assert chips.button("b") is button
    assert button.text() == "Second 7"


def test_that_the_arrow_keys_walk_around_the_choices(qtbot: QtBot) -> None:
    segments = Segments("Range")
    qtbot.addWidget(segments)
    segments.show_choices(CHOICES, "c")
    segments.show()
    with qtbot.waitSignal(segments.chosen) as told:
        qtbot.keyClick(segments.button("c"), Qt.Key.Key_Right)
    assert told.args == ["a"]


def test_that_a_flow_wraps_where_there_is_no_room(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    flow = FlowLayout(6, whole)
    buttons = [QPushButton(f"Button {n}") for n in range(3)]
    for button in buttons:
        button.setFixedSize(100, 20)
        flow.addWidget(button)
    assert flow.heightForWidth(400) == 20
    assert flow.heightForWidth(210) == 46
    assert flow.heightForWidth(100) == 72
    whole.setFixedSize(206, 60)
    whole.show()
    assert [b.pos().toTuple() for b in buttons] == [(0, 0), (106, 0), (0, 26)]


def test_that_a_shortened_label_says_the_whole_on_hover(qtbot: QtBot) -> None:
    label = ElidedLabel("A very long name that will not fit")
    qtbot.addWidget(label)
    label.show()
    label.resize(400, 20)
    assert label.toolTip() == ""
    label.resize(60, 20)
    assert label.is_elided
    assert label.toolTip() == "A very long name that will not fit"


class TestClampedLabel:
    LONG = "Relief was reached by day 35; the last reports put pain above half of its level before."

    def made(self, qtbot: QtBot, width: int) -> ClampedLabel:
        label = ClampedLabel(self.LONG, lines=2)
        qtbot.addWidget(label)
        label.resize(width, 60)
        label.show()
        return label

    def test_that_it_is_never_higher_than_its_lines(self, qtbot: QtBot) -> None:
        label = self.made(qtbot, 200)
        line = label.fontMetrics().lineSpacing()
        assert label.heightForWidth(120) == 2 * line
        assert label.heightForWidth(5000) == line

    def test_that_what_is_shortened_is_whole_on_hover_and_for_screen_readers(
        self, qtbot: QtBot
    ) -> None:
        label = self.made(qtbot, 120)
        assert label.is_shortened
        assert label.toolTip() == self.LONG
        assert label.accessibleName() == self.LONG
        label.resize(5000, 60)
        assert label.toolTip() == ""
