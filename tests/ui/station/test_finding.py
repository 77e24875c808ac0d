"""Finding a patient: the search field, the keyboard and what a narrowed list must say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.domain.protocol import Priority
from monitor.services import alerts
from monitor.ui.station.rows import PAGE
from monitor.ui.station.window import StationWindow
from tests import builders
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
    """Type into the search field, and wait for who is found."""
    press(qtbot, window, Qt.Key.Key_Slash)
    assert window.focusWidget() is window.header.search
    with qtbot.waitSignal(window.worklist.shown, check_params_cb=lambda s, _: s.query == text):
        qtbot.keyClicks(window.header.search, text)


def choose(qtbot: QtBot, window: StationWindow, name: str) -> None:
    """Choose a list of the board, and wait for its rows."""
    window.panel.board.choose(name)
    qtbot.waitUntil(lambda: "Reading" not in window.panel._empty.text())


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
        assert window.focusWidget() is window.panel.list
        press(qtbot, window, Qt.Key.Key_Return)
    assert selected(window) == ["Lindqvist, Kim"]
    assert window.page.state is not None
    assert window.page.state.name == "Lindqvist, Kim"
    assert is_in_card(window, window.focusWidget())


def test_that_enter_on_a_row_with_the_ring_alone_opens_it(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    click_row(qtbot, window, 1)
    choose(qtbot, window, "yellow")
    qtbot.waitUntil(lambda: names(window) == ["Lindqvist, Kim"])
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
        assert window.deciding.dialog is None
    press(qtbot, window, Qt.Key.Key_A)
    assert window.deciding.dialog is not None
    assert "Haddad" in window.deciding.dialog._who.text()


@pytest.mark.parametrize("text", ["lind", "zzzz"], ids=["found", "not found"])
def test_that_esc_empties_the_search_and_leads_back_to_the_list(
    full_ward: Ward, open_station: Opens, qtbot: QtBot, text: str
) -> None:
    window = open_station()
    search(qtbot, window, text)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.header.search.text() == ""
    qtbot.waitUntil(lambda: len(rows(window)) == 3)
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
    qtbot.waitUntil(lambda: len(rows(window)) == 3)
    assert window.header.search.text() == ""
    assert selected(window) == ["Lindqvist, Kim"]


def test_that_a_search_says_who_is_still_open_and_which_red_ones_are_not_shown(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    click_row(qtbot, window, 0)
    search(qtbot, window, "lind")
    assert window.panel._title.text() == "Found among all patients"
    assert window.panel._total.text() == "1 patient"
    assert window.panel._narrowed._text.text() == (
        "Not shown: 2 “Act now”. Okafor, Kim at the right is not among those found."
    )
    click_row(qtbot, window, 0)
    assert window.panel._narrowed._text.text() == "Not shown: 2 “Act now”."
    window.panel._narrowed.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: len(rows(window)) == 3)
    assert window.header.search.text() == ""


def test_that_a_search_that_finds_nobody_says_so_and_who_is_still_open(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    click_row(qtbot, window, 0)
    search(qtbot, window, "zzzz")
    assert window.panel._empty.text().startswith("Nobody fits “zzzz”.")
    assert "Okafor, Kim at the right" in window.panel._narrowed._text.text()
    assert window.page.state is not None
    assert window.page.state.name == "Okafor, Kim"


@pytest.mark.parametrize("query", ["300 201", "300201", "1970-05", "0301 555", "agn"])
def test_that_a_search_goes_through_all_patients_by_all_that_is_known_of_them(
    full_ward: Ward, open_station: Opens, qtbot: QtBot, query: str
) -> None:
    for count in (1, 2, 3):
        with full_ward.store.begin() as work:
            known = work.patients.get(f"patient-{count}")
            work.patients.save(replace(known, birth_date=dt.date(1950, 1, 1)))
            work.commit()
    full_ward.admit(
        4, family_name="Ágnelli", number="300201", phone="+49 (0)301/555 0", given_name="Ada"
    )
    window = open_station()
    assert len(rows(window)) == 3
    search(qtbot, window, query)
    assert names(window) == ["Ágnelli, Ada"]


def test_that_what_was_found_is_marked_and_tells_people_apart(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    full_ward.admit(4, family_name="Lindner", number="300201", phone="0301 555")
    window = open_station()
    search(qtbot, window, "lin 0301")
    (row,) = rows(window)
    assert (row.marks, row.place) == (((0, 3),), "300 201")
    assert row.reason == "born 17 May 1970 · 0301 555"


def test_that_enter_waits_for_who_is_found(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    click_row(qtbot, window, 0)
    press(qtbot, window, Qt.Key.Key_Slash)
    with qtbot.waitSignal(window.chart.shown):
        qtbot.keyClicks(window.header.search, "haddad")
        press(qtbot, window, Qt.Key.Key_Return)
    assert selected(window) == ["Haddad, Kim"]
    assert window.page.state is not None
    assert window.page.state.name == "Haddad, Kim"


def test_that_a_long_list_is_read_as_it_is_scrolled(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    with ward.store.begin() as work:
        for count in range(1, 251):
            work.patients.add(builders.patient(count, family_name=f"Sample{count:03}"))
        work.commit()
    window = open_station()
    choose(qtbot, window, "patients")
    qtbot.waitUntil(lambda: len(rows(window)) == PAGE)
    assert window.panel.board.button("patients").text() == "All patients 250"
    window.panel.list.scrollToBottom()
    qtbot.waitUntil(lambda: len(rows(window)) == 2 * PAGE)
    window.panel.list.scrollToBottom()
    qtbot.waitUntil(lambda: len(rows(window)) == 250)
    assert names(window)[-1] == "Sample250, Kim"
    refresh(qtbot, window)
    assert len(rows(window)) == 250


def test_that_a_list_of_the_board_says_which_red_ones_it_hides(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    alerts.acknowledge(full_ward.clinic, "alert-1", 1, "")
    window = open_station()
    choose(qtbot, window, "yellow")
    assert window.panel._narrowed._text.text() == "Not shown: 1 “Act now”."
    choose(qtbot, window, "worklist")
    assert not window.panel._narrowed.isVisible()


def test_that_another_list_begins_with_everybody(
    full_ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    search(qtbot, window, "lind")
    qtbot.keyClick(window.header.search, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: names(window) == ["Haddad, Kim", "Lindqvist, Kim", "Okafor, Kim"])
    assert window.header.search.text() == ""


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
    assert window.deciding.dialog is None


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
