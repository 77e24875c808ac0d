"""What a patient takes along is theirs, can be read, and is noted before it is printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
import segno
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from monitor.services import access
from monitor.services.ports import AuditLine, Refusal
from monitor.ui.shared.theme import Theme
from monitor.ui.station.desk import make_card, make_slip
from monitor.ui.station.forms import Paper
from monitor.ui.station.screens.slip import draw
from monitor.ui.station.screens.slip_dialog import SlipDialog
from monitor.ui.station.window import StationWindow
from tests.ui.station.conftest import Opens, Ward
from tests.ui.station.test_station import click_row

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support", r"QPainter::begin\(\): Returned false", extend=True
)

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(ward: Ward, open_station: Opens, qtbot: QtBot) -> StationWindow:
    """A station with Karin Lindqvist, number 1001, on the page; the keyboard is not in the list."""
    ward.admit(1, family_name="Lindqvist", given_name="Karin")
    ward.raise_alert(1)
    opened = open_station()
    click_row(qtbot, opened, 0)
    if not opened.isActiveWindow():
        with qtbot.waitActive(opened):
            opened.activateWindow()
    opened.page.take_keyboard()
    return opened


@pytest.fixture
def dialog(window: StationWindow, qtbot: QtBot) -> SlipDialog:
    with qtbot.waitSignal(window.desk.presenter.made):
        qtbot.keyClick(window, Qt.Key.Key_K)
    assert window.desk.dialog is not None
    return window.desk.dialog


def lines(ward: Ward, action: str) -> list[AuditLine]:
    with ward.store.read() as work:
        return [line for line in work.audit.of_subject("episode-1") if line.action == action]


def test_that_the_slip_signs_its_patient_in_and_nobody_else_is_on_it(
    dialog: SlipDialog, ward: Ward
) -> None:
    paper = dialog.paper
    assert paper is not None
    assert paper.who == "Karin L."
    assert "Lindqvist" not in " ".join((paper.title, paper.until, *paper.steps, paper.foot))
    at_kiosk = replace(ward.clinic, acting="kiosk")
    code = paper.code.replace(" ", "")
    assert access.identify_by_code(at_kiosk, code).episode_id == "episode-1"
    assert paper.scan == f"RWC{code}"


def test_that_looking_at_the_card_and_back_leaves_the_code_valid(
    window: StationWindow, dialog: SlipDialog, ward: Ward, qtbot: QtBot
) -> None:
    first = dialog.paper
    with qtbot.waitSignal(window.desk.presenter.made):
        dialog.kinds.choose("card")
    assert dialog.paper is not None
    assert dialog.paper.code == "1001"
    dialog.kinds.choose("slip")
    assert dialog.paper == first
    assert len(lines(ward, "code_issued")) == 1


def test_that_a_card_issues_no_code(window: StationWindow, ward: Ward, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.desk.presenter.made):
        qtbot.keyClick(window, Qt.Key.Key_K, CTRL | SHIFT)
    assert window.desk.dialog is not None
    assert window.desk.dialog.paper is not None
    assert window.desk.dialog.paper.scan == "RWN1001"
    assert lines(ward, "code_issued") == []


def test_that_whoever_walks_the_list_with_k_makes_no_slip(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    window.panel.list.setFocus()
    assert isinstance(window.focusWidget(), QListView)
    qtbot.keyClick(window.panel.list, Qt.Key.Key_K)
    with qtbot.waitSignal(window.worklist.shown):  # asked after whatever the key asked
        window.worklist.refresh()
    assert lines(ward, "code_issued") == []
    with qtbot.waitSignal(window.desk.presenter.made):
        qtbot.keyClick(window.panel.list, Qt.Key.Key_K, SHIFT)
    assert len(lines(ward, "code_issued")) == 1, "Shift+K makes one from the list too"


@pytest.mark.parametrize(
    ("number", "millimetres"), [(0, (105, 148)), (1, (62, 100)), (2, (210, 297))]
)
def test_that_a_pdf_says_all_that_is_on_the_slip_on_one_page_of_its_paper(
    window: StationWindow,
    dialog: SlipDialog,
    qtbot: QtBot,
    tmp_path: Path,
    number: int,
    millimetres: tuple[int, int],
) -> None:
    dialog.sizes.setCurrentIndex(number)
    file = tmp_path / "slip.pdf"
    with qtbot.waitSignal(window.desk.presenter.noted):
        dialog.save_to(str(file))
    (page,) = pypdf.PdfReader(file).pages
    size = (page.mediabox.width, page.mediabox.height)
    assert [float(one) / 72 * 25.4 for one in size] == pytest.approx(millimetres, abs=0.4)
    said = " ".join(page.extract_text().split())
    assert dialog.paper is not None
    for text in (dialog.paper.title, "Karin L.", dialog.paper.code, dialog.paper.until):
        assert text in said


def test_that_it_is_noted_who_printed_for_whom_before_anything_is_written(
    window: StationWindow, dialog: SlipDialog, ward: Ward, qtbot: QtBot, tmp_path: Path
) -> None:
    ward.store.fault = "gone"
    with qtbot.waitSignal(window.desk.presenter.refused):
        dialog.save_to(str(tmp_path / "slip.pdf"))
    assert dialog.refusal == "This is not possible now: the database does not answer."
    assert list(tmp_path.iterdir()) == []
    ward.store.fault = ""
    with qtbot.waitSignal(window.desk.presenter.noted):
        dialog.save_to(str(tmp_path / "slip.pdf"))
    (line,) = lines(ward, "slip_printed")
    assert (line.actor, line.reason) == ("Nurse Ann", "slip.pdf")


def test_that_the_printer_is_asked_for_before_anything_is_noted(
    dialog: SlipDialog, ward: Ward, qtbot: QtBot
) -> None:
    qtbot.keyClick(dialog.print_button, Qt.Key.Key_Return)
    (asked,) = dialog.findChildren(QPrintDialog)
    assert asked.isVisible()
    asked.reject()
    assert dialog.isVisible(), "the slip is still there"
    assert lines(ward, "slip_printed") == []


def test_that_a_place_that_cannot_be_written_is_said(
    window: StationWindow, dialog: SlipDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.desk.presenter.noted):
        dialog.save_to(str(tmp_path / "no such folder" / "slip.pdf"))
    assert dialog.refusal == "It could not be printed or written. Try another place."


def test_that_a_closed_follow_up_gets_no_code(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    with ward.store.begin() as work:
        work.episodes.save(replace(work.episodes.get("episode-1"), state="closed"))
        work.commit()
    with qtbot.waitSignal(window.desk.told) as told:
        qtbot.keyClick(window, Qt.Key.Key_K)
    assert told.args is not None
    assert told.args[0].text == "This follow-up is closed: nobody signs in for it."
    assert window.desk.dialog is None


def test_that_an_auditor_makes_neither_code_nor_slip(ward: Ward) -> None:
    ward.admit(1)
    auditor = replace(ward.clinic, acting="auditor")
    with pytest.raises(Refusal, match="not_allowed"):
        make_slip(auditor, "episode-1")
    with pytest.raises(Refusal, match="not_allowed"):
        make_card(replace(ward.clinic, acting="admin"), "episode-1")


@pytest.mark.parametrize("number", ["12", "A-17", "1234567890123"])
def test_that_a_number_that_no_reader_takes_has_no_square_and_says_what_to_do(
    ward: Ward, number: str
) -> None:
    ward.admit(1, number=number)
    paper = make_card(ward.clinic, "episode-1").paper
    assert paper.scan == ""
    assert paper.steps[1] == "Ask at the desk for a code for today."


def test_that_the_square_is_drawn_cell_by_cell_in_black_on_white(theme: Theme) -> None:
    """Each cell is looked for where it must be, as a reader does; beside it stand two rules."""
    image = QImage(1050, 1480, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.paper))
    painter = QPainter(image)
    draw(painter, image.rect(), Paper("", "", "", "RWC482913", "", (), ""), theme)
    painter.end()
    columns = range(image.width())
    lines = [[image.pixelColor(x, y).value() < 128 for x in columns] for y in range(image.height())]
    rows = [y for y, line in enumerate(lines) if any(line) and not line[100]]
    within = [x for y in rows for x in columns if lines[y][x]]
    top, left, size = rows[0], min(within), rows[-1] + 1 - rows[0]
    assert size == pytest.approx(max(within) + 1 - left, abs=1)
    cells = segno.make_qr("RWC482913", error="m").matrix
    side = size / len(cells)
    middles = [round((number + 0.5) * side) for number in range(len(cells))]
    seen = [[lines[top + y][left + x] for x in middles] for y in middles]
    assert seen == [[bool(cell) for cell in row] for row in cells]
