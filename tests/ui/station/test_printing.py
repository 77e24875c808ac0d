"""What is printed: who it is on every page, nothing lost on a grey printer, every print told."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from monitor.domain.protocol import Priority
from monitor.services import contacts
from monitor.services.ports import Contact
from monitor.ui.shared.theme import Theme
from monitor.ui.station.paper import Content, Paper
from monitor.ui.station.papers import read_hand_over, read_summary
from monitor.ui.station.printing import chart_svg, with_chart
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import RESOURCES, TODAY, Opens, Ward
from tests.ui.station.test_station import click_row

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

FONTS = RESOURCES / "fonts"


def words_on(paper: Paper) -> list[str]:
    """The text of each page, as a reader of PDF files takes it out."""
    reader = PdfReader(io.BytesIO(paper.pdf()))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture
def summary_of(ward: Ward, theme: Theme) -> Callable[[int], Paper]:
    def made(count: int) -> Paper:
        read = read_summary(ward.clinic, f"episode-{count}", "en")
        return Paper(with_chart(read, theme, FONTS), theme)

    return made


@pytest.fixture
def hand_over(ward: Ward, theme: Theme) -> Callable[[], Paper]:
    return lambda: Paper(read_hand_over(ward.clinic, "en"), theme)


Summaries = Callable[[int], Paper]


def raise_alerts(ward: Ward, count: int, number: int) -> None:
    for n in range(number):
        ward.raise_alert(count, suffix=f"_{n}")


def test_that_a_summary_fits_on_one_page_and_says_who_what_and_how_it_is(
    ward: Ward, summary_of: Summaries
) -> None:
    ward.admit(1, phone="0170 555")
    ward.raise_alert(1)
    note = Contact("", "episode-1", builders.date(TODAY), "note", "Daughter may be rung.", "")
    contacts.log(ward.clinic, note)
    medicine = replace(note, kind="medicine", text="Gabapentin 300 mg")
    contacts.log(ward.clinic, medicine)
    (text,) = words_on(summary_of(1))
    for said in (
        "Sample01, Kim",
        "No. 1001 · born 17 May 1970",
        "C6 right",
        "day 30",
        "Telephone 0170 555",
        "Next working day Pain has come back",
        "Daughter may be rung.",
        "Gabapentin 300 mg",
        "Protocol: cervical rhizotomy",
        "Made 1 April 2026 at 10:00 by Nurse Ann",
        "Page 1 of 1",
        "It does not diagnose",
        "Pain, on average 5",
        "relief due by",
    ):
        assert said in text, said


@pytest.mark.parametrize("alerts", [0, 300])
def test_that_who_it_is_stands_on_every_page(
    ward: Ward, summary_of: Summaries, alerts: int
) -> None:
    ward.admit(1)
    raise_alerts(ward, 1, alerts)
    paper = summary_of(1)
    pages = words_on(paper)
    assert len(pages) == paper.pages
    assert (len(pages) > 10) is bool(alerts)
    for number, text in enumerate(pages, start=1):
        assert "Sample01, Kim" in text
        assert "No. 1001 · born 17 May 1970" in text
        assert f"Page {number} of {len(pages)}" in text
    assert "".join(pages).count("Next working day") == alerts


@pytest.mark.parametrize("alerts", range(1, 24))
def test_that_no_line_is_cut_by_the_end_of_a_page(ward: Ward, theme: Theme, alerts: int) -> None:
    ward.admit(1)
    raise_alerts(ward, 1, alerts)
    body = Paper(read_summary(ward.clinic, "episode-1", "en").content, theme)._body
    height, layout = body.pageSize().height(), body.documentLayout()
    layout.documentSize()
    block = body.begin()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        for number in range(block.layout().lineCount() if block.text() else 0):
            line = block.layout().lineAt(number)
            first, last = top + line.y() + 1, top + line.y() + line.height() - 1
            assert first // height == last // height, block.text()
        block = block.next()


def test_that_nothing_is_said_to_be_open_where_nothing_is(
    ward: Ward, summary_of: Summaries
) -> None:
    ward.admit(1)
    (text,) = words_on(summary_of(1))
    assert "Open alerts None is open." in text
    assert "Nothing is written down." in text


def test_that_what_was_struck_is_not_printed(ward: Ward, summary_of: Summaries) -> None:
    ward.admit(1)
    note = Contact("", "episode-1", builders.date(TODAY), "medicine", "Of somebody else.", "")
    wrong = contacts.log(ward.clinic, note).contact
    contacts.strike(ward.clinic, wrong.id, "another patient")
    (text,) = words_on(summary_of(1))
    assert "Of somebody else." not in text


def test_that_two_of_the_same_name_are_told_apart(ward: Ward, summary_of: Summaries) -> None:
    ward.admit(1, family_name="Okafor", given_name="Ada")
    ward.admit(2, family_name="Okafor", given_name="Ada")
    (first,), (second,) = words_on(summary_of(1)), words_on(summary_of(2))
    assert "No. 1001" in first
    assert "No. 1002" not in first
    assert "No. 1002" in second
    for text in (first, second):
        assert "Same name as another patient" in text


def test_that_a_long_name_is_printed_whole(ward: Ward, summary_of: Summaries) -> None:
    family = "von Hohenberg-Lichtenstein-Wittelsbach " * 4
    ward.admit(1, family_name=family.strip(), given_name="Maximiliane Eleonore")
    raise_alerts(ward, 1, 40)
    for text in words_on(summary_of(1)):
        assert f"{family.strip()}, Maximiliane Eleonore" in text


def test_that_a_name_written_from_right_to_left_is_drawn_and_disturbs_nothing(
    ward: Ward, summary_of: Summaries
) -> None:
    ward.admit(1, family_name="العلي", given_name="ليلى", remark="<b>deaf</b> & hard to reach")
    text = words_on(summary_of(1))[0]
    assert "No. 1001 · born 17 May 1970" in text
    assert "<b>deaf</b> & hard to reach" in text, "as it was typed"
    assert any("\u0600" <= letter <= "\ufeff" for letter in text), "not left out for want of a font"


def test_that_somebody_without_a_report_has_a_paper_without_a_chart(
    ward: Ward, summary_of: Summaries
) -> None:
    with ward.store.begin() as work:
        work.patients.add(builders.patient(1))
        work.episodes.add(
            builders.episode(1, procedure=builders.procedure(date=builders.date(TODAY)))
        )
        work.commit()
    (text,) = words_on(summary_of(1))
    assert "No report yet" in text


def grey(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def test_that_on_a_grey_printer_ink_and_band_still_differ_from_paper(
    ward: Ward, summary_of: Summaries, theme: Theme
) -> None:
    ward.admit(1)
    ward.raise_alert(1, Priority.RED)
    page = grey(summary_of(1).picture(0, 1240))
    tones = {page.pixelColor(x, y).lightness() for x in range(1240) for y in range(0, 900, 3)}
    assert min(tones) < 60, "ink"
    band = QImage(1, 1, QImage.Format.Format_RGB32)
    band.fill(QColor(theme.band))
    shade = grey(band).pixelColor(0, 0).lightness()
    assert shade < 255 - 8, "the band is not paper"
    assert any(abs(tone - shade) <= 1 for tone in tones)


def test_that_nothing_but_words_says_how_urgent_it_is(ward: Ward, summary_of: Summaries) -> None:
    ward.admit(1)
    ward.raise_alert(1, Priority.RED)
    assert "Act now Pain has come back" in words_on(summary_of(1))[0]


def test_that_left_and_right_have_other_marks_in_the_printed_chart(
    ward: Ward, theme: Theme
) -> None:
    ward.admit(1)
    left = builders.answer("weakness", 5, side="left")
    right = builders.answer("weakness", 3, side="right")
    with ward.store.begin() as work:
        report = builders.submission(left, right, day=TODAY - 1, id="sides", episode_id="episode-1")
        work.submissions.add(report)
        work.commit()
    svg = chart_svg(read_summary(ward.clinic, "episode-1", "en").page, theme, FONTS).decode()
    assert ">Left</text>" in svg
    assert ">Right</text>" in svg, "words stay words"


def test_that_the_list_for_the_next_shift_says_who_has_what_until_when(
    ward: Ward, hand_over: Callable[[], Paper], qtbot: QtBot
) -> None:
    ward.admit(1, phone="0170 555")
    alert = ward.raise_alert(1)
    call = Contact("", "episode-1", builders.date(TODAY), "phone", "knows it", "", result="reached")
    promise = replace(call, next_on=builders.date(TODAY + 1), alert_id=alert.id)
    contacts.log(ward.clinic, promise, contacts.Deed(alert.version))
    ward.admit(2)
    ward.raise_alert(2, Priority.RED)
    (text,) = words_on(hand_over())
    assert text.index("Sample02, Kim") < text.index("Sample01, Kim"), "in order of need"
    for said in (
        "Act now",
        "No. 1001, born 17 May 1970",
        "0170 555",
        "no telephone number",
        "in hand by Nurse Ann · knows it",
        "back on Friday 3 April at 10:00",
        "call promised 2 Apr",
        "2 patients",
    ):
        assert said in text, said


def test_that_a_promised_call_is_on_the_list_though_nothing_is_open(
    ward: Ward, hand_over: Callable[[], Paper]
) -> None:
    ward.admit(1)
    call = Contact("", "episode-1", builders.date(TODAY), "phone", "", "", result="no_answer")
    contacts.log(ward.clinic, replace(call, next_on=builders.date(TODAY + 1)))
    ward.clock.set(builders.instant(TODAY + 1))
    (text,) = words_on(hand_over())
    assert "Call promised" in text
    assert "Sample01, Kim" in text


def test_that_an_empty_list_says_so(ward: Ward, hand_over: Callable[[], Paper]) -> None:
    (text,) = words_on(hand_over())
    assert "Nothing is open" in text


def test_that_a_long_list_keeps_its_head_and_everybody(
    ward: Ward, hand_over: Callable[[], Paper]
) -> None:
    for count in range(1, 301):
        ward.admit(count)
        ward.raise_alert(count)
    pages = words_on(hand_over())
    assert len(pages) > 5
    for count in range(1, 301):
        assert any(f"No. {builders.patient(count).number}, born 17 May 1970" in t for t in pages)
    for text in pages:
        assert "Hand-over list" in text
        assert "How soon Patient" in text, "the columns are named on every page"


def test_that_no_name_is_in_what_lies_in_a_folder_or_a_queue(ward: Ward, theme: Theme) -> None:
    ward.admit(1)
    content = read_summary(ward.clinic, "episode-1", "en").content
    for text in (content.title, content.file_name):
        assert "Sample" not in text
        assert "1001" not in text
    reader = PdfReader(io.BytesIO(Paper(content, theme).pdf()))
    assert reader.metadata is not None
    assert "Sample" not in str(reader.metadata)


# ------------------------------------------------------------------ at the station


@pytest.fixture
def window(ward: Ward, open_station: Opens, qtbot: QtBot) -> StationWindow:
    ward.admit(1)
    ward.raise_alert(1)
    opened = open_station()
    with qtbot.waitSignal(opened.chart.shown):
        click_row(qtbot, opened, 0)
    return opened


def preview(qtbot: QtBot, window: StationWindow, *held: Qt.KeyboardModifier) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier
    for one in held:
        modifiers |= one
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_P, modifiers)
    qtbot.waitUntil(lambda: window.printing.preview is not None)


def trail(ward: Ward, subject: str = "episode-1") -> list[tuple[str, str]]:
    with ward.store.read() as work:
        lines = work.audit.of_subject(subject)
    return [(line.action, line.reason) for line in lines if line.action.endswith("_printed")]


def test_that_a_summary_is_shown_before_it_is_saved_and_saving_is_in_the_trail(
    ward: Ward, window: StationWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    preview(qtbot, window)
    with qtbot.waitSignal(window.printing.told):
        window.printing.save_as(str(tmp_path / "paper.pdf"))
    assert "Sample01, Kim" in PdfReader(tmp_path / "paper.pdf").pages[0].extract_text().replace(
        "\t", " "
    )
    assert trail(ward) == [("summary_printed", "paper.pdf")]
    assert window.printing.preview is None
    assert window.told.text.text() == "Saved as paper.pdf."


def test_that_the_same_pages_go_to_a_printer(
    ward: Ward, window: StationWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    preview(qtbot, window)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    with qtbot.waitSignal(window.printing.told):
        window.printing.print_with(printer)
    (page,) = PdfReader(tmp_path / "printed.pdf").pages
    assert "Sample01,Kim" in "".join(page.extract_text().split())
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert [action for action, _how in trail(ward)] == ["summary_printed"]


def test_that_nothing_leaves_the_program_that_the_trail_does_not_tell(
    ward: Ward, window: StationWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    preview(qtbot, window)
    ward.store.fault = "The disk is full."
    with qtbot.waitSignal(window.printing.presenter.refused):
        window.printing.save_as(str(tmp_path / "paper.pdf"))
    ward.store.fault = ""
    assert list(tmp_path.iterdir()) == []
    assert window.printing.preview is not None
    assert window.printing.preview.refusal.startswith("This cannot be printed now.")


def test_that_a_file_that_cannot_be_written_is_said(
    window: StationWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    preview(qtbot, window)
    window.printing.save_as(str(tmp_path / "no folder" / "paper.pdf"))
    qtbot.waitUntil(lambda: bool(window.printing.preview and window.printing.preview.refusal))
    assert window.printing.preview is not None
    assert window.printing.preview.refusal.startswith("The file was not written")


def test_that_the_file_is_named_without_the_patient(window: StationWindow, qtbot: QtBot) -> None:
    preview(qtbot, window)
    assert window.printing.preview is not None
    window.printing.preview.save_button.click()
    assert window.printing.files is not None
    (chosen,) = window.printing.files.selectedFiles()
    assert Path(chosen).name == "summary-2026-04-01-1000.pdf"


def test_that_the_list_for_the_next_shift_has_its_key(
    ward: Ward, window: StationWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    preview(qtbot, window, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(window.printing.told):
        window.printing.save_as(str(tmp_path / "list.pdf"))
    assert trail(ward, "") == [("hand_over_printed", "list.pdf")]


def test_that_esc_puts_the_preview_away_and_nothing_is_printed(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    preview(qtbot, window)
    assert window.printing.preview is not None
    qtbot.keyClick(window.printing.preview, Qt.Key.Key_Escape)
    assert window.printing.preview is None
    assert trail(ward) == []


def test_that_a_page_is_drawn_as_large_as_it_is_asked_for(theme: Theme) -> None:
    content = Content("A", "a.pdf", "<p>head</p>", "<p>body</p>", "<p>{page}/{pages}</p>")
    upright = Paper(content, theme).picture(0, 420)
    across = Paper(replace(content, shape="landscape"), theme).picture(0, 420)
    assert (upright.width(), upright.height()) == (420, 594)
    assert (across.width(), across.height()) == (420, 297)
