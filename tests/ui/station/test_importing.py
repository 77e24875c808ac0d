"""The wizard for a clinic's own list: four steps by keyboard, nothing stored before the last."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from monitor.services import contacts
from monitor.ui.station.screens.import_dialog import ImportDialog
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward
from tests.ui.station.test_palette import open_palette
from tests.ui.station.test_registering import front, press_enter

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

HEADER = "No;Last name;First name;Born;Sex;OP date;Procedure;Level;Side"
BERG = "2001;Berg;Anna;31.1.1970;w;30.3.2026;MBRFN;C4 C5;li"
EK = "2002;Ek;Bo;3.4.1980;m;30.3.2026;Massage;C3;re"
AL = "2003;Al;Cy;5.6.1990;;;;;"
OX = "2004;Ox;Dee;5.6.90;w;;;;"


def opened(qtbot: QtBot, window: StationWindow) -> ImportDialog:
    assert window.importing is not None
    front(qtbot, window)
    with qtbot.waitSignal(window.importing.presenter.listed):
        qtbot.keyClick(window, Qt.Key.Key_G)
        qtbot.keyClick(window, Qt.Key.Key_I)
    dialog = window.importing.dialog
    assert dialog is not None
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


@pytest.fixture
def window(ward: Ward, open_station: Opens) -> StationWindow:
    ward.admit(1, family_name="Lindqvist", given_name="Karin")
    ward.raise_alert(1)
    return open_station()


@pytest.fixture
def dialog(window: StationWindow, qtbot: QtBot) -> ImportDialog:
    return opened(qtbot, window)


def choose(qtbot: QtBot, window: StationWindow, folder: Path, *rows: str) -> None:
    """Choose a file as the desktop's own dialog would, which no test can press keys in."""
    path = folder / "list.csv"
    path.write_text("\n".join((HEADER, *rows)), "utf-8")
    importing = window.importing
    assert importing is not None
    with qtbot.waitSignal(importing.presenter.read):
        importing.presenter.choose(path)


def go_on(qtbot: QtBot, window: StationWindow, signal: str) -> None:
    """Enter, and wait for what comes of it."""
    assert window.importing is not None
    with qtbot.waitSignal(getattr(window.importing.presenter, signal)):
        press_enter(qtbot)


def choose_word(qtbot: QtBot, box: QComboBox, beginning: str) -> None:
    box.setFocus()
    qtbot.keyClicks(box, beginning)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def numbers(ward: Ward) -> set[str]:
    with ward.store.read() as work:
        return {one.number for one in work.patients.all() if not one.is_canary}


def finish(qtbot: QtBot, window: StationWindow, dialog: ImportDialog) -> None:
    """Not by Enter, which goes from step to step: two too quick ones must store nothing."""
    assert window.importing is not None
    press_enter(qtbot)
    assert dialog.step == "check"
    with qtbot.waitSignal(window.importing.presenter.stored):
        qtbot.keyClick(dialog, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "have looked" in dialog.outcome.says.text())


def test_that_a_list_is_imported_by_the_keyboard_alone(
    window: StationWindow, dialog: ImportDialog, ward: Ward, qtbot: QtBot, tmp_path: Path
) -> None:
    assert QApplication.focusWidget() is dialog.file.choose
    choose(qtbot, window, tmp_path, BERG, EK, AL, OX)
    assert dialog.file.table.model().rowCount() == 4
    assert dialog.file.separator.currentData() == ";"
    go_on(qtbot, window, "mapped")
    assert dialog.columns.columns["family_name"].currentText() == "Last name"
    assert dialog.columns.order.currentData() == "dmy"
    massage = dialog.columns.words["profile", "massage"]
    assert massage.currentData() == ""
    choose_word(qtbot, massage, "Third")
    assert massage.currentData() == "TON"
    go_on(qtbot, window, "checked")
    state = dialog.check.state
    assert state is not None
    figures = {words: figure for figure, words in state.figures}
    assert (figures["new patients"], figures["new procedures"]) == ("3", "2")
    assert [line[0:2] for line in state.faults] == [("5", "Born")]
    assert "5.6.90" in state.faults[0][2]
    assert numbers(ward) == {"1001"}
    assert dialog.next.text() == "&Import 3 rows"
    finish(qtbot, window, dialog)
    assert numbers(ward) == {"1001", "2001", "2002", "2003"}
    with ward.store.read() as work:
        patient = work.patients.by_number("2001")
        assert patient is not None
        (episode,) = work.episodes.of_patient(patient.id)
        assert work.judgements.get(episode.id) is not None
    assert (patient.sex, patient.birth_date) == ("female", dt.date(1970, 1, 31))
    assert (episode.procedure.side, episode.procedure.levels) == ("left", ("C4", "C5"))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.importing is not None
    assert window.importing.dialog is None


@pytest.mark.parametrize("steps", [("read",), ("mapped",), ("mapped", "checked")])
def test_that_esc_asks_nothing_and_stores_nothing(
    window: StationWindow,
    dialog: ImportDialog,
    ward: Ward,
    qtbot: QtBot,
    tmp_path: Path,
    steps: tuple[str, ...],
) -> None:
    choose(qtbot, window, tmp_path, BERG)
    for step in steps:
        if step != "read":
            go_on(qtbot, window, step)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.importing is not None
    assert window.importing.dialog is None
    assert QApplication.activeModalWidget() is None
    assert numbers(ward) == {"1001"}


def test_that_dates_that_can_be_read_in_two_ways_are_asked_for(
    window: StationWindow, dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, window, tmp_path, AL.replace("5.6.1990", "5/6/1990"))
    go_on(qtbot, window, "mapped")
    assert dialog.columns.order.currentData() == ""
    dialog.next.setFocus()
    press_enter(qtbot)
    assert dialog.refusal == "Say how the dates of this file are written."
    order = dialog.columns.order
    assert QApplication.focusWidget() is order
    choose_word(qtbot, order, "month")
    go_on(qtbot, window, "checked")
    assert dialog.check.state is not None
    assert dialog.check.state.preview[0][3] == "6 May 1990"


def test_that_a_needed_field_without_a_column_is_asked_for(
    window: StationWindow, dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, window, tmp_path, BERG)
    go_on(qtbot, window, "mapped")
    assert window.importing is not None
    box = dialog.columns.columns["birth_date"]
    with qtbot.waitSignal(window.importing.presenter.mapped):
        qtbot.keyClick(box, Qt.Key.Key_Home)
        box.activated.emit(0)
    dialog.next.setFocus()
    press_enter(qtbot)
    assert dialog.refusal == "Choose a column for: Date of birth."
    assert QApplication.focusWidget() is box


def test_that_another_column_brings_its_own_words(
    window: StationWindow, dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, window, tmp_path, BERG, EK)
    go_on(qtbot, window, "mapped")
    assert window.importing is not None
    assert ("sex", "w") in dialog.columns.words
    box = dialog.columns.columns["sex"]
    with qtbot.waitSignal(window.importing.presenter.mapped):
        choose_word(qtbot, box, "Level")
        box.activated.emit(box.currentIndex())
    assert {word for field, word in dialog.columns.words if field == "sex"} == {"c4 c5", "c3"}
    assert box.currentText() == "Level"


def test_that_back_keeps_what_was_chosen(
    window: StationWindow, dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, window, tmp_path, EK)
    go_on(qtbot, window, "mapped")
    choose_word(qtbot, dialog.columns.words["profile", "massage"], "Third")
    go_on(qtbot, window, "checked")
    for step in ("columns", "file"):
        qtbot.keyClick(dialog.back, Qt.Key.Key_Space)
        assert dialog.step == step
    dialog.next.setFocus()
    press_enter(qtbot)
    assert dialog.step == "columns"
    assert dialog.columns.words["profile", "massage"].currentData() == "TON"


def test_that_the_error_rows_are_saved_to_be_put_right(
    window: StationWindow, dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, window, tmp_path, AL, OX)
    go_on(qtbot, window, "mapped")
    go_on(qtbot, window, "checked")
    qtbot.keyClick(dialog.check.parts[1], Qt.Key.Key_Space)
    assert dialog.check.faults.isVisibleTo(dialog)
    assert dialog.check.save.isVisibleTo(dialog)
    importing = window.importing
    assert importing is not None
    with qtbot.waitSignal(importing.presenter.saved):
        importing.presenter.save_errors(tmp_path / "errors.csv")
    header, row = (tmp_path / "errors.csv").read_text("utf-8-sig").splitlines()
    assert header == f"{HEADER};reason"
    assert row.startswith(f'{OX};"Born: “5.6.90” is no date')


def test_that_who_may_be_here_already_is_left_out_by_enter(
    window: StationWindow, dialog: ImportDialog, ward: Ward, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, window, tmp_path, AL, "2009;Lindqvist;Karin;1.1.1970;w;;;;")
    go_on(qtbot, window, "mapped")
    go_on(qtbot, window, "checked")
    qtbot.keyClick(dialog.check.parts[2], Qt.Key.Key_Space)
    (row,) = dialog.check.state.lookalikes if dialog.check.state else ()
    assert row.line[0] == "taken"
    assert "here: Lindqvist, Karin, No. 1001" in row.line[3]
    dialog.check.lookalikes.setFocus()
    go_on(qtbot, window, "checked")
    assert dialog.next.text() == "&Import 1 row"
    dialog.next.setFocus()
    finish(qtbot, window, dialog)
    assert numbers(ward) == {"1001", "2003"}


def test_that_a_file_that_is_no_list_is_refused_with_a_sentence(
    window: StationWindow, dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x89PNG\0\0\0")
    assert window.importing is not None
    with qtbot.waitSignal(window.importing.presenter.refused):
        window.importing.presenter.choose(path)
    assert "not text" in dialog.refusal
    assert dialog.step == "file"
    assert not dialog.next.isEnabled()


def test_that_a_store_that_is_away_stores_nothing_and_says_so(
    window: StationWindow, dialog: ImportDialog, ward: Ward, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, window, tmp_path, AL)
    go_on(qtbot, window, "mapped")
    go_on(qtbot, window, "checked")
    ward.store.fault = "The disk is gone."
    assert window.importing is not None
    with qtbot.waitSignal(window.importing.presenter.refused):
        qtbot.keyClick(dialog, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    assert dialog.refusal.startswith("That is not possible now. Nothing was stored.")
    assert dialog.step == "check"
    ward.store.fault = ""
    assert numbers(ward) == {"1001"}
    finish(qtbot, window, dialog)
    assert numbers(ward) == {"1001", "2003"}


def test_that_an_import_is_undone_and_who_stays_is_named_and_ended(
    window: StationWindow, dialog: ImportDialog, ward: Ward, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, window, tmp_path, BERG, AL)
    go_on(qtbot, window, "mapped")
    go_on(qtbot, window, "checked")
    finish(qtbot, window, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    with ward.store.read() as work:
        patient = work.patients.by_number("2001")
        assert patient is not None
        (episode,) = work.episodes.of_patient(patient.id)
    contacts.log(ward.clinic, builders.contact(TODAY, episode_id=episode.id, kind="note"))
    again = opened(qtbot, window)
    (batch,) = again.file.batches
    assert batch.line[1:4] == ("Nurse Ann", "list.csv", "2 patients, 1 procedure")
    again.file.past.setFocus()
    press_enter(qtbot)
    assert again.outcome.heading.text() == "Undo the import of list.csv?"
    assert numbers(ward) == {"1001", "2001", "2003"}
    press_enter(qtbot)
    assert again.step == "result"
    assert window.importing is not None
    with qtbot.waitSignal(window.importing.presenter.finished):
        qtbot.keyClick(again, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    assert numbers(ward) == {"1001", "2001"}
    assert "1 patient" not in again.outcome.heading.text()
    assert again.outcome.kept.model().index(0, 0).data().startswith("Berg, Anna, No. 2001")
    qtbot.keyClick(again.outcome.end, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "ended as a mistake" in again.outcome.says.text())
    with ward.store.read() as work:
        assert work.episodes.get(episode.id).ended_as == "mistake"
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    after = opened(qtbot, window)
    assert not after.file.batches[0].can_undo
    assert after.file.batches[0].line[4].startswith("undone on")


def test_that_nothing_can_be_closed_while_it_is_being_stored(
    window: StationWindow, dialog: ImportDialog
) -> None:
    dialog.show_progress("Storing", "")
    dialog.reject()
    assert dialog.isVisible()
    assert not dialog.close_button.isEnabled()


def test_that_who_opens_it_anew_is_not_told_of_what_is_still_being_judged(
    window: StationWindow, dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, window, tmp_path, BERG)
    go_on(qtbot, window, "mapped")
    go_on(qtbot, window, "checked")
    assert window.importing is not None
    presenter = window.importing.presenter
    with qtbot.waitSignal(presenter.finished):  # stored, and the rules begin
        qtbot.keyClick(dialog, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    with qtbot.waitSignal(presenter.stored):  # all are judged
        window.importing.open()
    again = window.importing.dialog
    assert again is not None
    assert again.step == "file"


def test_that_it_is_found_in_the_palette_and_under_all_patients(
    window: StationWindow, qtbot: QtBot
) -> None:
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.field, "import")
    assert [entry.keys for entry in palette.entries][:1] == ["g i"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not window.panel.import_button.isVisibleTo(window)
    with qtbot.waitSignal(window.worklist.shown):
        qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.panel.import_button.isVisibleTo(window))


def test_that_a_nurse_has_no_import(ward: Ward, open_station: Opens, tasks: object) -> None:
    tasks.serve(replace(tasks.clinic, acting="nurse"))  # type: ignore[attr-defined]
    window = open_station()
    assert window.importing is None
    assert "import" not in window._commands()
