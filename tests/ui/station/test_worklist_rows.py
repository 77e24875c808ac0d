"""Why a row stands where it stands, what stands beside it, and who is asked for another report."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from monitor.domain.alert import State
from monitor.domain.protocol import Priority
from monitor.services import alerts
from monitor.ui.station.rows import read_list
from monitor.ui.station.screens.order_dialog import OrderDialog
from monitor.ui.station.views import Row
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward
from tests.ui.station.test_station import click_row, refresh, rows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def read(ward: Ward) -> tuple[Row, ...]:
    return read_list(ward.clinic, "worklist", "en").rows


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


def chip_labels(window: StationWindow) -> dict[str, str]:
    keys = ("red", "amber", "in_hand", "snoozed", "asked")
    return {key: window.panel._chips.button(key).text() for key in keys}


def test_that_a_worse_one_in_hand_is_named_beside_a_new_milder_one(ward: Ward) -> None:
    ward.admit(1)
    worse = ward.raise_alert(1, Priority.RED, suffix="_elsewhere")
    alerts.acknowledge(ward.clinic, worse.id, 1)
    ward.raise_alert(1)
    (row,) = read(ward)
    assert (row.priority, row.section) == (Priority.AMBER, "attention")
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
    assert (first.key, first.section, first.asked) == (
        "episode-2",
        "attention",
        "Asked again: 4–8 Apr",
    )
    assert (last.key, last.section, last.asked) == ("episode-1", "asked", "Asked again: 4–8 Apr")
    assert (last.priority, last.place) == (None, "Nothing open")


def test_that_the_chips_count_and_show_each_section(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    for count in range(1, 6):
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
    refresh(qtbot, window)
    assert chip_labels(window) == {
        "red": "Act now 1",
        "amber": "Next working day 1",
        "in_hand": "In hand 1",
        "snoozed": "Put aside 1",
        "asked": "Asked again 2",
    }
    found = {}
    for key in ("in_hand", "snoozed", "asked"):
        window.panel._chips.choose(key)
        found[key] = [row.key for row in rows(window)]
    assert found == {
        "in_hand": ["episode-2"],
        "snoozed": ["episode-3"],
        "asked": ["episode-4", "episode-5"],
    }


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
    assert (row.section, row.place) == ("attention", "Waiting 60 min")


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
    assert window.panel.width() == 338
