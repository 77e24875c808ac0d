"""Every screen of the station with the smallest and the largest text: all of it can be read."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from monitor import app
from monitor.content.site import Site
from monitor.ui.pictures.camera import Camera
from monitor.ui.shared.text_size import TextSize
from tests.ui.station.reading import faults

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


@pytest.fixture(params=["as usual", "largest"])
def site(request: pytest.FixtureRequest, demo: Site, tmp_path: Path) -> Site:
    folder = tmp_path / "site"
    shutil.copytree(demo.folder, folder)
    size = TextSize(folder / app.OWN_FILE)
    for _ in range(3 if request.param == "largest" else 0):
        size.larger()
    return replace(demo, folder=folder)


@pytest.mark.slow
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("screen", SIZES)
def test_that_all_that_is_written_at_the_station_can_be_read(
    site: Site, tmp_path: Path, screen: str
) -> None:
    reader = Reader(tmp_path)
    program = app._program(site)
    with app._station_walk(site, program, reader) as walk:
        kept = TextSize(site.folder / app.OWN_FILE)
        walk.station.take_text_size(kept)
        walk.window.resize(SIZES[screen])
        walk.walk()
    with app._door_walk(site, program, reader) as door:
        door.window.resize(SIZES[screen])
        door.walk()
    assert {"station-chart", "station-register-faults", "office-audit"} <= reader.seen
    assert not reader.found, "\n".join(reader.found)
