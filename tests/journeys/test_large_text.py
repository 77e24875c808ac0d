"""Every screen of the station with the smallest and the largest text: all of it can be read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from monitor import app
from monitor.content.site import Site, read_site
from monitor.ui.pictures.camera import Camera, hush
from monitor.ui.shared.text_size import TextSize
from tests.ui.station.reading import faults

ROOT = Path(__file__).parents[2]
SIZES = {"small laptop": QSize(1280, 800), "wall": QSize(1920, 1080)}
LAYOUTS = 5
"""So many rounds a layout in a layout in a scrolled page takes at most to come to rest."""


class Reader(Camera):
    """Stands where the camera stands, and reads what it would take a picture of."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "#000000")
        self.found: list[str] = []
        self.seen: set[str] = set()

    def take(self, name: str, window: QWidget, dialog: QWidget | None = None) -> None:
        for _ in range(LAYOUTS):
            QApplication.processEvents()
        self.seen.add(name)
        self.found += [f"{name}: {fault}" for fault in faults(window, dialog)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return app.make_demo(tmp_path_factory.mktemp("demo"))


def read(folder: Path, screen: str) -> None:
    """Walk through the station of a site with the kept size of text; print what cannot be read."""
    site = read_site(folder)
    reader = Reader(folder)
    program = app._program(site)
    hush()
    with app._station_walk(site, program, reader) as walk:
        walk.station.take_text_size(TextSize(folder / app.OWN_FILE))
        walk.window.resize(SIZES[screen])
        walk.walk()
    with app._door_walk(site, program, reader) as door:
        door.window.resize(SIZES[screen])
        door.walk()
    assert {"station-chart", "station-register-faults", "office-audit"} <= reader.seen
    print(*reader.found, sep="\n")  # noqa: T201 - it speaks to the test


@pytest.mark.slow
@pytest.mark.parametrize("larger", [0, 3], ids=["as usual", "largest"])
@pytest.mark.parametrize("screen", SIZES)
def test_that_all_that_is_written_at_the_station_can_be_read(
    demo: Site, tmp_path: Path, screen: str, larger: int
) -> None:
    """In a program of its own, as every window of both faces stays behind in it."""
    folder = tmp_path / "site"
    shutil.copytree(demo.folder, folder)
    size = TextSize(folder / app.OWN_FILE)
    for _ in range(larger):
        size.larger()
    script = f"""
from pathlib import Path
from tests.journeys.test_large_text import read
read(Path({str(folder)!r}), {screen!r})
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stdout.strip(), done.stdout
