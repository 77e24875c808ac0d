"""Text as large as its reader wants it, from the door to the last dialog."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.ui.shared.text_size import STEPS, TextSize, follow_text_size, text_scale
from monitor.ui.shared.theme import Theme
from monitor.ui.station.screens.alert_cards import AlertCard
from monitor.ui.station.screens.keys_overlay import KeysOverlay
from monitor.ui.station.screens.row_delegate import RowDelegate
from monitor.ui.station.screens.row_model import RowModel
from monitor.ui.station.screens.worklist_panel import RowList
from monitor.ui.station.style import dress
from monitor.ui.station.views import Row
from monitor.ui.station.window import StationWindow
from tests.ui.station.conftest import Opens, Ward
from tests.ui.station.reading import faults
from tests.ui.station.test_shell import Door
from tests.ui.station.test_station import click_row

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

CONTROL = Qt.KeyboardModifier.ControlModifier
LONG = "Wolfeschlegelsteinhausenbergerdorff-Lüdenscheidt-Almeida e Vasconcelos de Souza"


def press(what: QWidget, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(what, key, CONTROL)


def pixels(widget: QWidget) -> int:
    widget.ensurePolished()
    return widget.font().pixelSize()


def test_that_there_are_four_sizes_and_the_usual_one_comes_first() -> None:
    size = TextSize()
    told: list[float] = []
    size.changed.connect(told.append)
    assert size.scale == 1.0
    for _ in range(5):
        size.larger()
    assert told == [1.25, 1.5, 2.0]
    size.smaller()
    size.normal()
    size.smaller()
    assert told == [1.25, 1.5, 2.0, 1.5, 1.0]


def test_that_a_size_is_kept_for_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "station.ini"
    TextSize(file).larger()
    again = TextSize(file)
    assert again.scale == 1.25
    again.normal()
    assert TextSize(file).scale == 1.0


@pytest.mark.parametrize("kept", ["", "text_size_percent=175", "text_size_percent=x", "\0\xff[["])
def test_that_what_is_no_size_is_the_usual_one(tmp_path: Path, kept: str) -> None:
    (tmp_path / "station.ini").write_text(f"[General]\n{kept}\n", encoding="latin-1")
    assert TextSize(tmp_path / "station.ini").scale == 1.0


@pytest.mark.parametrize(
    ("key", "modifiers", "scale"),
    [
        (Qt.Key.Key_Plus, CONTROL, 1.5),
        (Qt.Key.Key_Plus, CONTROL | Qt.KeyboardModifier.ShiftModifier, 1.5),
        (Qt.Key.Key_Plus, CONTROL | Qt.KeyboardModifier.KeypadModifier, 1.5),
        (Qt.Key.Key_Equal, CONTROL, 1.5),
        (Qt.Key.Key_Minus, CONTROL, 1.0),
        (Qt.Key.Key_0, CONTROL, 1.0),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier, None),
        (Qt.Key.Key_0, CONTROL | Qt.KeyboardModifier.AltModifier, None),
        (Qt.Key.Key_K, CONTROL, None),
    ],
)
def test_that_control_with_plus_minus_and_nought_is_obeyed_and_nothing_else(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, scale: float | None
) -> None:
    size = TextSize()
    size.larger()
    heard = size.obey(QKeyEvent(QKeyEvent.Type.KeyPress, key, modifiers))
    assert (heard, size.scale) == (scale is not None, scale or 1.25)


def test_that_what_stands_beside_text_follows_it_into_the_dialogs(
    theme: Theme, qtbot: QtBot
) -> None:
    window = QWidget()
    seen: list[float] = []
    qtbot.addWidget(window)
    dress(window, theme, 1.5)
    window.show()
    label = QLabel("words", window)
    follow_text_size(label, seen.append)
    label.show()
    dress(window, theme, 2.0)
    assert seen == [1.5, 2.0]
    assert pixels(label) == 2 * theme.sizes["text"]
    dialog = QWidget(window, Qt.WindowType.Dialog)
    assert text_scale(dialog) == 2.0


@pytest.fixture
def busy(ward: Ward) -> Ward:
    ward.admit(1, family_name=LONG)
    ward.raise_alert(1)
    return ward


def test_that_keys_change_the_text_of_the_open_window(
    busy: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    click_row(qtbot, window, 0)
    rows, search = window.panel.list, window.header.search
    usual_row, usual_header = rows.sizeHintForRow(0), window.header.height()
    usual_canvas = window.page.chart._canvas
    assert usual_canvas is not None
    usual = pixels(search)
    press(rows, Qt.Key.Key_Plus, 3)
    assert window.text_size.scale == 2.0
    assert pixels(search) == 2 * usual
    qtbot.waitUntil(lambda: window.header.height() > usual_header)
    assert rows.sizeHintForRow(0) > 1.5 * usual_row
    assert window.page.chart._canvas is usual_canvas
    assert usual_canvas._shown[2].text == 24  # type: ignore[index]
    press(rows, Qt.Key.Key_Minus)
    assert window.text_size.scale == 1.5
    press(rows, Qt.Key.Key_0)
    assert (pixels(search), rows.sizeHintForRow(0)) == (usual, usual_row)
    qtbot.waitUntil(lambda: window.header.height() == usual_header)


def test_that_a_dialog_that_is_open_grows_and_stays_within_the_window(
    busy: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    click_row(qtbot, window, 0)
    qtbot.keyClick(window.panel.list, Qt.Key.Key_A)
    dialog = window.deciding.dialog
    assert dialog is not None
    usual = dialog.size()
    for _ in STEPS:
        window.text_size.larger()
    qtbot.waitUntil(lambda: dialog.height() > usual.height())
    assert dialog.width() > 1.9 * usual.width()
    assert window.size().expandedTo(dialog.size()) == window.size()


def test_that_the_keys_are_heard_in_dialogs_and_at_the_door(
    ward: Ward, theme: Theme, qtbot: QtBot
) -> None:
    door = Door(ward, theme, qtbot)
    door.employ("Ann")
    door.open()
    usual = pixels(door.door.tiles)
    press(door.door.tiles, Qt.Key.Key_Plus)
    assert pixels(door.door.tiles) == round(1.25 * usual)
    place = door.come_in("Ann")
    place.take_text_size(door.shell.text_size)
    assert isinstance(place, StationWindow)
    place._show_keys()
    card = QApplication.activeModalWidget()
    assert isinstance(card, KeysOverlay)
    press(card, Qt.Key.Key_Plus)
    assert door.shell.text_size.scale == 1.5
    assert text_scale(card) == 1.5
    for tasks in door.opened:
        tasks.close()


@pytest.mark.parametrize("times", [0, 3])
def test_that_the_card_of_keys_fits_into_the_window_and_can_be_read(
    busy: Ward, open_station: Opens, qtbot: QtBot, times: int
) -> None:
    window = open_station()
    press(window.panel.list, Qt.Key.Key_Plus, times)
    window._show_keys()
    (card,) = window.findChildren(KeysOverlay)
    qtbot.waitUntil(lambda: not list(faults(window, card)))
    bar = card.area.verticalScrollBar()
    assert (bar.maximum() > 0) == (times > 0)
    assert card.area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("scale", STEPS)
def test_that_all_can_be_read_of_somebody_with_a_very_long_name_and_many_alerts(
    ward: Ward, open_station: Opens, qtbot: QtBot, scale: float
) -> None:
    ward.admit(1, family_name=LONG, given_name="Maximiliane-Theodora")
    for number in range(300):
        ward.raise_alert(1, suffix=f"_{number}")
    window = open_station()
    for _ in range(STEPS.index(scale)):
        window.text_size.larger()
    click_row(qtbot, window, 0)
    qtbot.waitUntil(lambda: not list(faults(window)))
    assert window.size().toTuple() == (1280, 800)
    assert window.page._area.horizontalScrollBar().maximum() == 0
    shown = window.page.cards.findChildren(AlertCard)
    assert shown
    last = window.page.chart.units.findChildren(QPushButton)[-1]
    window.page._area.ensureWidgetVisible(last)
    assert not last.visibleRegion().isEmpty()


@pytest.mark.parametrize("scale", STEPS)
def test_that_namesakes_are_told_apart_by_their_numbers_at_every_size(
    theme: Theme, qtbot: QtBot, scale: float
) -> None:
    """Whatever else has no room: a row must not be taken for that of somebody else."""

    def painted(number: str) -> QImage:
        kim = Row("k", "k", LONG, number, "Day 9", place="14 days past its window")
        rows = RowList()
        qtbot.addWidget(rows)
        model = RowModel()
        rows.setModel(model)
        delegate = RowDelegate(theme, rows)
        delegate.follow(scale)
        rows.setItemDelegate(delegate)
        model.show_rows((replace(kim, namesake=number),))
        rows.resize(420, 300)
        return rows.grab().toImage()

    assert painted("204 118") != painted("204 777")
