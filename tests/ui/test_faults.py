"""A bug is written down under a reference, without anything a patient said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from monitor.ui.shared.fault_dialog import FaultDialog
from monitor.ui.shared.faults import Faults

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def broken() -> Exception:
    """An error whose message names a patient."""
    scores: dict[str, int] = {}
    try:
        scores["Karin Lindqvist"] += 1
    except KeyError as error:
        return error
    raise AssertionError


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "faults.log"


@pytest.fixture
def faults(log: Path, qapp: object) -> Iterator[Faults]:
    hook = sys.excepthook
    yield Faults(log, lambda: "rootwatch 0.1")
    sys.excepthook = hook


def test_that_a_bug_is_written_with_its_reference_and_place(faults: Faults, log: Path) -> None:
    reference = faults.report(broken())
    written = log.read_text(encoding="utf-8")
    assert reference in written
    assert "builtins.KeyError" in written
    assert "in broken" in written


def test_that_nothing_an_error_says_is_written(faults: Faults, log: Path) -> None:
    faults.report(broken())
    assert "Lindqvist" not in log.read_text(encoding="utf-8")


def test_that_bugs_are_added_to_each_other(faults: Faults, log: Path) -> None:
    references = [faults.report(broken()), faults.report(broken())]
    written = log.read_text(encoding="utf-8")
    assert all(reference in written for reference in references)


def test_that_what_nobody_catches_is_written(faults: Faults, log: Path) -> None:
    faults.install()
    error = broken()
    sys.excepthook(type(error), error, error.__traceback__)
    assert "KeyError" in log.read_text(encoding="utf-8")


def test_that_a_log_that_cannot_be_written_goes_to_the_console(
    tmp_path: Path, qapp: object, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    reference = Faults(tmp_path / "file" / "faults.log", lambda: "rootwatch 0.1").report(broken())
    assert reference in capsys.readouterr().err


def test_that_one_dialog_says_the_reference_and_others_wait(
    faults: Faults, log: Path, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = FaultDialog(faults, window, log)
    reference = faults.report(broken())
    faults.report(broken())
    (box,) = window.findChildren(QMessageBox)
    assert reference in box.text()
    assert str(log) in box.informativeText()
    box.accept()
    assert dialog._box is None
