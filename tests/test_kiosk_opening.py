"""How the kiosk is opened: alone over the whole screen, or handed over from a station."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor import app
from monitor.content.site import Site, read_site, write_site
from monitor.services import staff

ROOT = Path(__file__).parents[1]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(folder=tmp_path / "clinic", clinic="Sample clinic")
    app.init(site)
    return site


def run(script: str) -> subprocess.CompletedProcess[str]:
    """Run a program of its own, for it takes over the process; with no screen to show on."""
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def run_kiosk(site: Site) -> subprocess.CompletedProcess[str]:
    folder = str(site.folder)
    return run(f"from monitor.cli import main; main(['kiosk', '--folder', {folder!r}])")


def test_that_it_does_not_fill_the_screen_where_no_pin_is_set(site: Site) -> None:
    done = run_kiosk(site)
    assert done.returncode == 2
    assert done.stderr.strip().endswith(
        "Set a staff PIN first, or nobody could ever close the kiosk: rootwatch pin."
    )


def test_that_a_language_that_is_not_there_is_a_fault_of_the_settings(site: Site) -> None:
    write_site(Site(folder=site.folder, kiosk_language="xx"))
    with app.clinic_of(site, "a nurse", "station") as clinic:
        staff.set_pin(clinic, "274953")
    done = run_kiosk(site)
    assert done.returncode == 2
    assert "kiosk_language: Is not there; write one of en" in done.stderr


def test_that_the_density_is_kept_beside_what_else_is_set(site: Site) -> None:
    write_site(Site(folder=site.folder, clinic="Another name", kiosk_idle_seconds=60))
    app.keep_density(site, 149.4)
    expected = Site(
        folder=site.folder,
        clinic="Another name",
        kiosk_idle_seconds=60,
        kiosk_dots_per_inch=149,
    )
    assert read_site(site.folder) == expected


HAND_OVER = """
from pathlib import Path
from monitor import app
from monitor.content.site import read_site
from monitor.services import access, staff
from monitor.ui.kiosk.screens.message import Confirm
from monitor.ui.kiosk.window import KioskWindow
from tests.builders import episode, patient

site = read_site(Path({folder!r}))
program = app._program(site)
with app.clinic_of(site, "a nurse", site.station) as clinic, app._tasks(clinic, program) as tasks:
    staff.set_pin(clinic, "274953")
    with clinic.store.begin() as work:
        work.patients.add(patient(1))
        work.episodes.add(episode(1))
        work.commit()
    station = app._station_window(site, tasks, program, "a nurse")
    station.show()
    with app.screen_to_hand_over(site, clinic, program) as hand_over:
        hand_over(station, access.welcome_for(clinic, "episode-1"))
        shown = []
        while not shown:
            program.application.processEvents()
            windows = program.application.topLevelWidgets()
            shown = [w for w in windows if isinstance(w, KioskWindow) and w.isVisible()]
        assert isinstance(shown[0]._state, Confirm)
        assert shown[0].isFullScreen()
        assert not shown[0].close()
        assert shown[0]._tasks._clinic.actor == "patient"
        shown[0].hide()
"""


def test_that_a_station_can_hand_its_screen_to_a_patient(site: Site) -> None:
    done = run(HAND_OVER.format(folder=str(site.folder)))
    assert done.returncode == 0, done.stderr
