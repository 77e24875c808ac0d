"""Why a row stands where it stands, what stands beside it, and who is asked for another report."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from monitor.domain.alert import State
from monitor.domain.protocol import Priority
from monitor.domain.silence import Silence
from monitor.services import alerts, review
from monitor.services.lists import Spark
from monitor.ui.station.navigation import LIST_LETTERS
from monitor.ui.station.rows import phone_lines, read_board, read_list
from monitor.ui.station.screens.order_dialog import OrderDialog
from monitor.ui.station.screens.row_model import SPARK
from monitor.ui.station.sparks import line_of
from monitor.ui.station.views import Row, SparkLine
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward
from tests.ui.station.test_station import click_row, refresh, rows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def read(ward: Ward) -> tuple[Row, ...]:
    return tuple(row.worded() for row in read_board(ward.clinic, "en").rows)


def ask_again(ward: Ward, count: int) -> None:
    """A rule wants another report of that patient, 3 to 7 days from today."""
    with ward.store.begin() as work:
        opens = builders.date(TODAY + 3)
        work.judgements.set(
            builders.judged(
                count,
                extra=True,
                opens_on=opens,
                due_on=opens,
                closes_on=builders.date(TODAY + 7),
            )
        )
        work.commit()


def promise(ward: Ward, count: int, day: int) -> None:
    """Somebody has tried to reach that patient, and will call again on that day."""
    with ward.store.begin() as work:
        work.contacts.add(
            builders.contact(
                TODAY - 2,
                id=f"contact-{count}",
                episode_id=f"episode-{count}",
                kind="phone",
                result="no_answer",
                next_on=builders.date(day),
            )
        )
        work.commit()


def fall_silent(ward: Ward, count: int, silence: Silence) -> None:
    with ward.store.begin() as work:
        work.judgements.set(builders.judged(count, silence=silence))
        work.commit()


def board(window: StationWindow, *keys: str) -> list[str]:
    return [window.panel.board.button(key).text() for key in keys]


def choose(qtbot: QtBot, window: StationWindow, name: str) -> list[str]:
    """Choose a list of the board; the keys of its rows."""
    with qtbot.waitSignal(
        window.worklist.shown,
        check_params_cb=lambda s, _: s.name == name and "Reading" not in s.empty,
    ):
        window.panel.board.choose(name)
    return [row.key for row in rows(window)]


def test_that_a_worse_one_in_hand_is_named_beside_a_new_milder_one(ward: Ward) -> None:
    ward.admit(1)
    worse = ward.raise_alert(1, Priority.RED, suffix="_elsewhere")
    alerts.acknowledge(ward.clinic, worse.id, 1)
    ward.raise_alert(1)
    (row,) = read(ward)
    assert (row.priority, sorted(row.lists)) == (Priority.AMBER, ["amber"])
    assert (row.beside, row.beside_priority) == ("“Act now” in hand", Priority.RED)
    assert "“Act now” in hand" in row.spoken


def test_that_a_worse_one_put_aside_is_named_so(ward: Ward) -> None:
    ward.admit(1)
    worse = ward.raise_alert(1, Priority.AMBER)
    alerts.snooze(ward.clinic, worse.id, 1, builders.date(TODAY + 1), "away")
    ward.raise_alert(1, Priority.YELLOW, suffix="_elsewhere")
    assert read(ward)[0].beside == "“Next working day” put aside"


@pytest.mark.parametrize("second", [Priority.AMBER, Priority.YELLOW])
def test_that_what_is_no_worse_is_not_named_beside(ward: Ward, second: Priority) -> None:
    ward.admit(1)
    other = ward.raise_alert(1, second, suffix="_elsewhere")
    alerts.acknowledge(ward.clinic, other.id, 1)
    ward.raise_alert(1)
    assert read(ward)[0].beside == ""


def test_that_who_is_only_asked_again_stands_at_the_end(ward: Ward) -> None:
    for count in (1, 2):
        ward.admit(count)
        ask_again(ward, count)
    ward.raise_alert(2)
    first, last = read(ward)
    assert (first.key, sorted(first.lists), first.asked) == (
        "episode-2",
        ["amber", "asked"],
        "Asked again: 4–8 Apr",
    )
    assert (last.key, sorted(last.lists)) == ("episode-1", ["asked"])
    assert last.asked == "Asked again: 4–8 Apr"
    assert (last.priority, last.sign, last.place) == (None, "asked", "Nothing open")


def test_that_the_board_counts_and_shows_each_list(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    for count in range(1, 8):
        ward.admit(count)
    ward.raise_alert(1, Priority.RED)
    for count in (2, 3, 4):
        ward.raise_alert(count)
    alerts.acknowledge(ward.clinic, "alert-2", 1)
    alerts.snooze(ward.clinic, "alert-3", 1, builders.date(TODAY + 1), "away")
    window = open_station()
    qtbot.waitUntil(lambda: window.status.property("status") != "unknown")
    for count in (4, 5):
        ask_again(ward, count)
    fall_silent(ward, 6, Silence("worse", 2, builders.date(20), "pain", 7, 3.5))
    promise(ward, 7, TODAY)
    refresh(qtbot, window)
    assert board(window, "worklist", "red", "orange", "amber", "yellow") == [
        "Needs attention 6",
        "Act now 1",
        "Today 1",
        "Next working day 1",
        "This week 0",
    ]
    assert board(window, "in_hand", "snoozed", "asked", "silent", "well", "patients") == [
        "In hand 1",
        "Put aside 1",
        "Asked again 2",
        "Not reported 1",
        "New and well 1",  # who is asked again or does not report is not well
        "All patients 7",
    ]
    assert {name: choose(qtbot, window, name) for name in ("red", "orange", "in_hand")} == {
        "red": ["episode-1"],
        "orange": ["episode-7"],
        "in_hand": ["episode-2"],
    }
    assert choose(qtbot, window, "snoozed") == ["episode-3"]
    assert choose(qtbot, window, "asked") == ["episode-4", "episode-5"]
    assert choose(qtbot, window, "silent") == ["episode-6"]
    assert choose(qtbot, window, "well") == ["episode-7"]
    assert len(choose(qtbot, window, "patients")) == 7
    assert choose(qtbot, window, "yellow") == []
    assert window.panel._empty.text() == ("Nobody here now. 6 patients under “Needs attention”.")


def test_that_the_keyboard_reaches_every_list(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    window = open_station()
    for name, letter in {**LIST_LETTERS, "worklist": "W", "patients": "P"}.items():
        qtbot.keyClicks(window, f"g{letter.lower()}")
        assert window.panel.board.button(name).isChecked()


def test_that_arrows_walk_along_the_board_and_enter_leads_to_the_rows(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    window.panel.board.button("worklist").setFocus()
    walked = []
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_Down,
    ):
        qtbot.keyClick(window.focusWidget(), key)
        walked.append(window.worklist._name)
        assert window.focusWidget() is window.panel.board.button(walked[-1])
    assert walked == ["red", "orange", "snoozed", "orange", "amber"]
    qtbot.waitUntil(lambda: len(rows(window)) == 1)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.focusWidget() is window.panel.list


def test_that_a_click_on_the_board_leaves_the_keyboard_with_the_rows(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    window.panel.list.setFocus()
    qtbot.mouseClick(window.panel.board.button("amber"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(rows(window)) == 1)
    assert window.focusWidget() is not window.panel.board.button("amber")


def test_that_a_promised_call_is_work_of_today_in_between(ward: Ward) -> None:
    for count, priority in enumerate((Priority.YELLOW, Priority.ORANGE, Priority.AMBER), start=1):
        ward.admit(count)
        ward.raise_alert(count, priority)
    alerts.acknowledge(ward.clinic, "alert-3", 1)
    ward.admit(4)
    promise(ward, 4, TODAY - 1)
    promise(ward, 3, TODAY)
    promise(ward, 1, TODAY + 3)
    shown = read(ward)
    assert [row.key for row in shown] == ["episode-2", "episode-4", "episode-3", "episode-1"]
    _, called, held, later = shown
    assert (called.words, called.reason) == ("Today", "Call promised for 31 Mar")
    assert (called.place, called.overdue) == ("Call 1 day overdue", True)
    assert sorted(called.lists) == ["orange"]
    assert (held.place, held.overdue) == ("Call due today", False)
    assert sorted(held.lists) == ["in_hand", "orange"]
    assert (later.due, sorted(later.lists)) == ("call 4 Apr", ["yellow"])


def test_that_a_row_says_what_comes_next_who_has_it_and_how_long_it_has_waited(
    ward: Ward,
) -> None:
    ward.admit(1)
    ward.raise_alert(1, Priority.RED)
    second = ward.raise_alert(1, suffix="_elsewhere")
    alerts.acknowledge(ward.as_somebody_else("M. Osei, RN"), second.id, 1)
    with ward.store.begin() as work:
        work.judgements.set(builders.judged(1, due_on=builders.date(42)))
        work.commit()
    (row,) = read(ward)
    assert (row.due, row.owner) == ("due 13 Apr", "with MO")
    assert (row.place, row.waited) == ("Warning sign", "for 60 min")
    assert {"due 13 Apr", "with MO", "for 60 min"} <= set(" · ".join(row.told).split(" · "))


def test_that_a_row_is_new_until_the_nurse_has_opened_it(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    for count in (1, 2):
        ward.admit(count)
        ward.raise_alert(count)
    window = open_station()
    said = "New since you looked"
    assert [row.news for row in rows(window)] == [said, said]
    assert rows(window)[0].spoken.startswith("New since you looked. ")
    click_row(qtbot, window, 0)
    assert [row.news for row in rows(window)] == ["", said]
    click_row(qtbot, window, 1)
    refresh(qtbot, window)
    assert [row.news for row in rows(window)] == ["", ""]
    ward.clock.advance(minutes=1)
    alerts.acknowledge(ward.as_somebody_else("Nurse Bo"), "alert-1", 1)
    refresh(qtbot, window)
    assert [row.news for row in rows(window)] == [said, ""]


class TestNotReported:
    def silent(self, ward: Ward) -> tuple[Row, ...]:
        return read_list(ward.clinic, "silent", "en").rows

    def test_that_it_says_who_stopped_and_how_they_were_doing(self, ward: Ward) -> None:
        for count, silence in enumerate(
            (
                Silence("never", 3, builders.date(1)),
                Silence("worse", 2, builders.date(20), "pain", 7, 3.5),
            ),
            start=1,
        ):
            ward.admit(count)
            fall_silent(ward, count, silence)
        worse, never = self.silent(ward)
        assert (worse.sign, worse.words) == ("silent", "Was worse")
        assert worse.reason == "2 missed · last score 7, before 3.5"
        assert worse.sentence == "Pain, on average: 7, before 3.5"
        assert worse.place == "since 22 Mar"
        assert (never.words, never.reason) == ("Never started", "3 missed")

    def test_that_an_alert_beside_it_and_a_promise_are_told(self, ward: Ward) -> None:
        ward.admit(1)
        ward.raise_alert(1, Priority.RED)
        fall_silent(ward, 1, Silence("same", 1, builders.date(20), "pain", 7))
        promise(ward, 1, TODAY - 1)
        (row,) = self.silent(ward)
        assert (row.beside, row.beside_priority) == ("Act now", Priority.RED)
        assert (row.place, row.overdue) == ("Call promised for 31 Mar", True)

    def test_that_what_is_done_for_a_patient_can_be_done_from_there(
        self, ward: Ward, open_station: Opens, qtbot: QtBot
    ) -> None:
        ward.admit(1)
        window = open_station()
        qtbot.waitUntil(lambda: window.status.property("status") != "unknown")
        fall_silent(ward, 1, Silence("worse", 2, builders.date(20), "pain", 7, 3.5))
        choose(qtbot, window, "silent")
        click_row(qtbot, window, 0)
        qtbot.keyClick(window.panel.list, Qt.Key.Key_E)
        qtbot.waitUntil(lambda: window.following.dialog is not None)


def test_that_the_small_charts_of_the_rows_in_view_are_read_once(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    for count in range(1, 31):
        ward.admit(count)
        ward.raise_alert(count)
    asked: list[int] = []
    window = open_station()
    window.panel.sparks_wanted.connect(lambda names: asked.append(len(names)))
    model = window.panel.list.model()
    qtbot.waitUntil(lambda: model.index(0, 0).data(SPARK) is not None)
    assert model.index(29, 0).data(SPARK) is None
    window.panel.list.scrollToBottom()
    qtbot.waitUntil(lambda: model.index(29, 0).data(SPARK) is not None)
    assert sum(asked) < 30
    asked.clear()
    with qtbot.waitSignal(window.monitoring.shown):
        refresh(qtbot, window)
        window.monitoring.poll()
    assert asked == []


def test_that_a_small_chart_ends_today_and_is_shaded_to_the_end_of_the_window() -> None:
    line = line_of(Spark(((-10, 8), (0, 5), (10, 0)), window_to=15, today=30, highest=10))
    assert line == SparkLine(((0, 0.8), (0.25, 0.5), (0.5, 0)), (0.25, 0.625), band_ends=True)


@pytest.mark.parametrize(
    ("window_to", "band", "ends"),
    [(None, None, False), (19, None, False), (60, (0.0, 1.0), False)],
    ids=["no window", "over before the first score", "not over yet"],
)
def test_that_only_what_is_in_view_of_a_window_is_shaded(
    window_to: int | None, band: tuple[float, float] | None, ends: bool
) -> None:
    line = line_of(Spark(((20, 5),), window_to, today=40, highest=10))
    assert (line.band, line.band_ends) == (band, ends)


def test_that_a_small_chart_is_never_of_less_than_two_weeks() -> None:
    line = line_of(Spark(((39, 5), (40, 6)), None, today=40, highest=10))
    assert [round(x, 3) for x, _ in line.points] == [round(13 / 14, 3), 1.0]


def test_that_all_rows_have_one_height_whatever_they_say(ward: Ward, open_station: Opens) -> None:
    ward.admit(1, family_name="Wolfeschlegelsteinhausenbergerdorff" * 3)
    ward.raise_alert(1)
    worse = ward.raise_alert(1, Priority.RED, suffix="_elsewhere")
    alerts.acknowledge(ward.clinic, worse.id, 1)
    ward.admit(2)
    promise(ward, 2, TODAY)
    window = open_station()
    heights = [window.panel.list.sizeHintForRow(n) for n in range(2)]
    assert heights[0] == heights[1] > 60


def test_that_the_row_under_the_mouse_does_not_move_until_the_mouse_rests(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    for count in (1, 2):
        ward.admit(count)
        ward.raise_alert(count, Priority.YELLOW)
    window = open_station()
    window.panel.pointed.emit("episode-2")
    ward.admit(3)
    ward.raise_alert(3, Priority.RED)
    refresh(qtbot, window)
    assert [row.key for row in rows(window)] == ["episode-1", "episode-2"]
    assert window.panel._news.text().startswith("1 new, Act now: ")
    window.panel.pointed.emit("")
    refresh(qtbot, window)
    assert [row.key for row in rows(window)] == ["episode-3", "episode-1", "episode-2"]


def test_that_a_clinic_without_patients_shows_the_first_steps(
    open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    assert window.panel._empty.text().startswith("Nobody is followed here yet.")
    buttons = {b.text(): b for b in window.panel._steps.findChildren(QPushButton)}
    assert all(button.isVisible() for button in buttons.values())
    with qtbot.waitSignal(window.kiosk_wanted):
        buttons["Open the kiosk"].click()
    with qtbot.waitSignal(window.panel.register_wanted):
        buttons["Register a patient"].click()


def test_that_nothing_waiting_says_what_is_known(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    window = open_station()
    qtbot.waitUntil(lambda: window.status.property("status") != "unknown")
    fall_silent(ward, 1, Silence("never", 1, builders.date(1)))
    with ward.store.begin() as work:
        work.heartbeats.set(builders.heartbeat(TODAY, role="kiosk", station="Kiosk A"))
        work.commit()
    refresh(qtbot, window)
    assert window.panel._empty.text() == (
        "Nothing waiting among 1 patient. 1 report today, and no alert is open. "
        "Not reported: 1. A kiosk was last heard 09:00."
    )


def test_that_one_whose_time_in_hand_is_over_counts_as_waiting_before_any_sweep(
    ward: Ward,
) -> None:
    ward.admit(1)
    raised = ward.raise_alert(1)
    with ward.store.begin() as work:
        work.alerts.save(
            replace(
                raised, state=State.ACKNOWLEDGED, until=builders.instant(TODAY, hour=9), version=2
            ),
            1,
        )
        work.commit()
    (row,) = read(ward)
    assert (sorted(row.lists), row.place) == (["amber"], "Waiting 60 min")


def test_that_hovering_says_why_the_row_stands_there(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1, family_name="<b>Kim</b>")
    ward.raise_alert(1, Priority.RED)
    window = open_station()
    model = window.panel.list.model()
    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "somebody must act now" in tip
    assert "&lt;b&gt;Kim" in tip


def test_that_the_question_mark_explains_the_order_and_the_open_row(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1, family_name="Okafor")
    ward.raise_alert(1, Priority.RED)
    window = open_station()
    click_row(qtbot, window, 0)
    qtbot.keyClick(window, Qt.Key.Key_Question)
    dialog = window.findChild(OrderDialog)
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(text.startswith("Okafor, Kim: Warning sign.") for text in said)
    assert "Priority: Act now, Today, Next working day, This week." in said
    assert dialog.height() <= dialog.column.totalHeightForWidth(dialog.width())


def test_that_the_order_is_explained_without_anybody_open(
    open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    buttons = {b.accessibleName(): b for b in window.panel.findChildren(QPushButton)}
    buttons["Why this order"].click()
    assert window.findChild(OrderDialog) is not None


def test_that_the_list_leaves_a_narrow_window_to_the_chart(open_station: Opens) -> None:
    window = open_station()
    assert window.panel.width() == 420
    window.resize(1024, 700)
    assert window.panel.width() == 336
    window.resize(1920, 1080)
    assert window.panel.width() == 480


def test_that_who_was_promised_a_call_is_on_the_phone_list(ward: Ward) -> None:
    ward.admit(1, phone="555 0118")
    promise(ward, 1, TODAY)
    (line,) = phone_lines(ward.clinic, review.worklist(ward.clinic), "en")
    assert (line.words, line.phone, line.reason) == ("Today", "555 0118", "Call promised for 1 Apr")


def test_that_a_row_is_painted_again_only_where_it_has_changed(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    for count in (1, 2):
        ward.admit(count)
        ward.raise_alert(count)
    window = open_station()
    before = rows(window)
    ward.clock.advance(minutes=1)
    alerts.acknowledge(ward.as_somebody_else("Nurse Bo"), "alert-2", 1)
    ward.clock.advance(minutes=-1)
    refresh(qtbot, window)
    after = rows(window)
    assert after[0] is before[0]
    assert after[1] != before[1]
