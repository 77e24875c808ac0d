"""Finding a patient: the search field, the keyboard and what a narrowed list must say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.domain.protocol import Priority
from monitor.services import alerts
from monitor.ui.station.window import StationWindow
from tests.ui.station.conftest import Opens, Ward
from tests.ui.station.test_station import click_row, names, refresh, rows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def full_ward(ward: Ward) -> Ward:
    """Two red ones and a yellow one, who comes last in the list."""
    for count, name in enumerate(("Okafor", "Haddad", "Lindqvist"), start=1):
        ward.admit(count, family_name=name)
        ward.raise_alert(count, Priority.YELLOW if name == "Lindqvist" else Priority.RED)
    return ward


def press(qtbot: QtBot, window: StationWindow, pressed: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    qtbot.keyClick(window.focusWidget() or window, pressed)


def search(qtbot: QtBot, window: StationWindow, text: str) -> None:
    press(qtbot, window, Qt.Key.Key_Slash)
    assert window.focusWidget() is window.header.search
    qtbot.keyClicks(window.header.search, text)


def is_in_card(window: StationWindow, widget: QWidget | None) -> bool:
    return isinstance(widget, QPushButton) and window.page.cards.isAncestorOf(widget)


def selected(window: StationWindow) -> list[str]:
    return [i.data() for i in window.panel.list.selectionModel().selectedIndexes()]


def test_that_enter_and_enter_lead_to_the_one_who_was_found(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    click_row(qtbot, window, 0)
    search(qtbot, window, "lind")
    with qtbot.waitSignal(window.chart.shown):
        press(qtbot, window, Qt.Key.Key_Return)
        press(qtbot, window, Qt.Key.Key_Return)
        assert window.focusWidget() is window.panel.list
    assert selected(window) == ["Lindqvist, Kim"]
    assert window.page.state is not None
    assert window.page.state.name == "Lindqvist, Kim"
    assert is_in_card(window, window.focusWidget())


def test_that_enter_on_a_row_with_the_ring_alone_opens_it(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    click_row(qtbot, window, 1)
    window.panel._chips.choose("yellow")
    window.panel.list.setFocus()
    with qtbot.waitSignal(window.chart.shown):
        press(qtbot, window, Qt.Key.Key_Return)
    assert selected(window) == ["Lindqvist, Kim"]
    assert window.page.state is not None
    assert window.page.state.name == "Lindqvist, Kim"


def test_that_a_command_waits_for_the_page_of_the_row_that_is_open(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    click_row(qtbot, window, 0)
    with qtbot.waitSignal(window.chart.shown):
        press(qtbot, window, Qt.Key.Key_J)
        press(qtbot, window, Qt.Key.Key_A)
        assert window.dialog is None
    press(qtbot, window, Qt.Key.Key_A)
    assert window.dialog is not None
    assert "Haddad" in window.dialog._who.text()


@pytest.mark.parametrize("text", ["lind", "zzzz"], ids=["found", "not found"])
def test_that_esc_empties_the_search_and_leads_back_to_the_list(
    full_ward: Ward, open_station: Opens, qtbot: QtBot, text: str
) -> None:
    window = open_station()
    search(qtbot, window, text)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.header.search.text() == ""
    assert len(rows(window)) == 3
    assert window.focusWidget() is window.panel.list
    assert not window.panel._narrowed.isVisible()


def test_that_enter_on_nothing_found_leaves_the_keyboard_in_the_search(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    search(qtbot, window, "zzzz")
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.focusWidget() is window.header.search


def test_that_esc_in_a_narrowed_list_shows_everybody(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    search(qtbot, window, "lind")
    with qtbot.waitSignal(window.chart.shown):
        press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert len(rows(window)) == 3
    assert window.header.search.text() == ""
    assert selected(window) == ["Lindqvist, Kim"]


def test_that_a_search_says_how_many_are_shown_and_how_many_red_ones_are_not(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    assert window.panel._total.text() == "3 patients"
    assert not window.panel._narrowed.isVisible()
    click_row(qtbot, window, 0)
    search(qtbot, window, "lind")
    assert window.panel._total.text() == "1 of 3"
    assert window.panel._narrowed.isVisible()
    assert window.panel._narrowed._text.text() == (
        "Narrowed to “lind”. Not shown: 2 “Act now”. The patient at the right is not in this list."
    )
    click_row(qtbot, window, 0)
    assert "at the right" not in window.panel._narrowed._text.text()
    window.panel._narrowed.findChildren(QPushButton)[0].click()
    assert len(rows(window)) == 3
    assert window.header.search.text() == ""


def test_that_a_chip_says_which_red_ones_it_hides(full_ward: Ward, open_station: Opens) -> None:
    alerts.acknowledge(full_ward.clinic, "alert-1", 1, "")
    window = open_station()
    window.panel._chips.choose("yellow")
    assert window.panel._narrowed._text.text() == (
        "Narrowed to “This week”. Not shown: 1 “Act now”."
    )
    assert window.panel._total.text() == "1 of 3"
    window.panel._chips.choose("all")
    assert not window.panel._narrowed.isVisible()


def test_that_another_list_begins_with_everybody(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    search(qtbot, window, "lind")
    with qtbot.waitSignal(window.worklist.shown, check_params_cb=lambda s, _: len(s.rows) == 3):
        qtbot.keyClick(window.header.search, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.header.search.text() == ""
    assert len(names(window)) == 3


def test_that_rows_that_come_leave_the_keyboard_in_the_search(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    assert window.panel._body.currentWidget() is not window.panel.list
    search(qtbot, window, "a")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.focusWidget() is not window.header.search
    search(qtbot, window, "ar")
    ward.admit(1, family_name="Arta")
    ward.raise_alert(1)
    refresh(qtbot, window)
    assert names(window) == ["Arta, Kim"]
    assert window.focusWidget() is window.header.search
    qtbot.keyClicks(window.focusWidget(), "ta")
    assert window.header.search.text() == "arta"
    assert window.dialog is None


def test_that_the_first_rows_get_the_keyboard_where_nobody_else_has_it(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    ward.admit(1)
    ward.raise_alert(1)
    refresh(qtbot, window)
    assert window.focusWidget() is window.panel.list


def test_that_the_wish_for_order_survives_a_poll(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    click_row(qtbot, window, 1)
    full_ward.admit(4, family_name="Adams")
    full_ward.raise_alert(4, Priority.RED, day=29)
    with qtbot.waitSignal(window.worklist.shown):
        window.worklist.put_in_order()
        window.worklist.refresh()
    assert len(rows(window)) == 4
    assert not window.panel._news.isVisible()
