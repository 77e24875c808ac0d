"""The picture run: every screen of both faces, of the size that was asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from monitor.ui.shared.languages import Languages

ROOT = Path(__file__).parents[2]
SCREENS = """
station-worklist station-chart station-table station-six-weeks station-read-out station-why
station-acknowledge station-resolve station-keys station-red station-all-patients station-closed
station-all-well station-search station-nobody-found station-not-reported station-new-and-well
station-palette station-palette-found station-not-stored station-conflict station-fault
station-overdue station-contact station-contact-reached station-escalate station-note
station-strike station-print station-print-list station-register-empty station-register-faults
station-register-scores station-edit-patient station-further-procedure station-pause station-end
station-desk-slip station-patient-card
station-empty station-lit station-put-aside station-order station-in-hand station-undone
station-states station-reopen station-worse-in-hand station-status station-status-empty
station-edit-date station-edit-window station-own-window station-phones
station-report-empty station-report station-report-places station-call-urgent station-call-help
station-import-empty station-import-file station-import-columns station-import-check
station-import-faults station-import-duplicates
station-handed-over station-map station-map-day station-timeline station-looks station-one-report
door-tiles door-password door-refused door-cover door-pin door-first
office-status office-people office-audit office-add
kiosk-rest kiosk-rest-dimmed kiosk-ways kiosk-code kiosk-desk kiosk-identify kiosk-day kiosk-month
kiosk-year kiosk-moment kiosk-not-matched kiosk-confirm kiosk-expect
kiosk-flags-empty kiosk-flags kiosk-touched-signs kiosk-private kiosk-unsaved
kiosk-picks-empty kiosk-picks kiosk-selftests-empty kiosk-selftests
kiosk-comfort kiosk-comfort-ar kiosk-stop kiosk-still-there kiosk-parked
kiosk-urgent kiosk-urgent-called kiosk-urgent-coming kiosk-pin kiosk-pin-wrong kiosk-afterwards
kiosk-pain-empty kiosk-pain kiosk-choice
kiosk-side kiosk-compared kiosk-bodymap-empty kiosk-bodymap kiosk-bodymap-back
kiosk-compared-places kiosk-movements
kiosk-review kiosk-review-last kiosk-not-saved kiosk-thanks kiosk-answered-today kiosk-resting
kiosk-staff kiosk-calibrate kiosk-give-back kiosk-pin-locked
"""
IN_ALL_LOOKS = """
kiosk-confirm kiosk-flags kiosk-picks kiosk-selftests kiosk-pain kiosk-bodymap kiosk-review
"""
LOOKS = "dark left largest ar"


@pytest.mark.slow
def test_that_every_screen_is_drawn_at_both_sizes(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "main.py", "screens", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    languages = Languages(ROOT / "resources" / "languages").codes()
    also = {f"{name}-{look}" for name in IN_ALL_LOOKS.split() for look in LOOKS.split()}
    also |= {f"kiosk-pain-{code}" for code in languages}
    wanted = {f"{name}.png" for name in {*SCREENS.split(), *also}}
    for width, height in ((1280, 800), (1920, 1080)):
        folder = tmp_path / f"{width}x{height}"
        assert {file.name for file in folder.iterdir()} == wanted
        for file in folder.iterdir():
            picture = QImage(str(file))
            assert (picture.width(), picture.height()) == (width, height), file.name
    assert run.stdout == f"{2 * len(wanted)} pictures are in {tmp_path}.\n"
    assert not (tmp_path / "faults.log").exists()
