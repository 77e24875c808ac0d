"""What a fresh interpreter has loaded: the import contracts once more, as they come out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.app import init
from monitor.content.site import Site

ROOT = Path(__file__).parents[2]
QT = ("PySide6", "shiboken6")
DRAWING = ("matplotlib", "numpy")
SLOW = ("sqlalchemy", "alembic", "sqlcipher3", "pydantic", "email")
"""What takes long to load, `importlib.metadata` by what it needs."""


def loaded_by(code: str) -> set[str]:
    """The top names of all modules that are loaded once `code` has run in a new interpreter."""
    return {name.partition(".")[0] for name in modules_after(code)}


def modules_after(code: str) -> set[str]:
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return set(result.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("module", "never"),
    [
        pytest.param("monitor.cli", (*QT, *DRAWING), id="the command line: Qt, drawing"),
        pytest.param("monitor.app", (*QT, *DRAWING), id="the composition root: Qt, drawing"),
        pytest.param("monitor.storage.store", (*QT, *DRAWING), id="the store: Qt, drawing"),
        pytest.param("monitor.content.protocols", (*QT, *DRAWING), id="the reader: Qt, drawing"),
        pytest.param("monitor.charts.timeline", QT, id="the charts: Qt"),
        pytest.param("monitor.ui.shared.texts", QT, id="the texts: Qt"),
        pytest.param("monitor.ui.kiosk.window", DRAWING, id="the kiosk: drawing"),
        pytest.param("monitor.ui.station.window", DRAWING, id="the station at its start: drawing"),
    ],
)
def test_that_a_room_never_loads(module: str, never: tuple[str, ...]) -> None:
    assert not loaded_by(f"import {module}") & set(never)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    init(Site(folder=folder))
    return folder


def run_by(*arguments: object) -> set[str]:
    """What a whole run of the command line has loaded by its end; the run must go well."""
    words = [str(argument) for argument in arguments]
    return loaded_by(
        "from monitor.cli import main\n"
        "try:\n"
        f"    main({words!r})\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code"
    )


def test_that_a_sweep_loads_neither_qt_nor_drawing(site: Path) -> None:
    assert not run_by("sweep", "--folder", site) & {*QT, *DRAWING}


def test_that_a_replay_loads_neither_qt_nor_drawing(tmp_path: Path) -> None:
    procedures, reports = tmp_path / "procedures.csv", tmp_path / "reports.csv"
    procedures.write_text("patient,side,level,numbness_window\n1,left,C5,42\n")
    reports.write_text("patient,day,item,site,score\n1,0,pain,,7\n1,50,numbness,outer_arm,6\n")
    out = tmp_path / "alerts.csv"
    loaded = run_by("replay", "--procedures", procedures, "--reports", reports, "--out", out)
    assert out.exists()
    assert not loaded & {*QT, *DRAWING}


def test_that_the_station_is_painted_before_drawing_is_loaded(site: Path) -> None:
    """The run of the station ends here with its first paint."""
    loaded = loaded_by(
        "from pathlib import Path\n"
        "from monitor import app\n"
        "from monitor.content.site import read_site\n"
        "from monitor.ui.shared.program import Program\n"
        "from monitor.services.ports import User\n"
        "from monitor.ui.station.shell import Shell\n"
        "def paint_once(program):\n"
        "    windows = program.application.topLevelWidgets()\n"
        "    shell, = [w for w in windows if isinstance(w, Shell)]\n"
        "    assert not shell.grab().isNull()\n"
        "    station = shell._make_place(User('ann', 'Ann', 'nurse', ''))\n"
        "    assert not station.grab().isNull()\n"
        "    return 0\n"
        "Program.run = paint_once\n"
        f"app.run_station(read_site(Path({str(site)!r})))"
    )
    assert "PySide6" in loaded
    assert not loaded & set(DRAWING)


def test_that_the_stations_first_paint_comes_before_anything_slow_is_loaded(site: Path) -> None:
    modules = modules_after(
        "import sys\n"
        "from monitor.cli import main\n"
        "from monitor.ui.shared.program import Program\n"
        "paint = Program.paint\n"
        "def paint_and_stop(program, window):\n"
        "    paint(program, window)\n"
        "    assert window.windowHandle().isExposed()\n"
        "    sys.exit()\n"
        "Program.paint = paint_and_stop\n"
        "try:\n"
        f"    main(['station', '--folder', {str(site)!r}])\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code"
    )
    assert "monitor.ui.station.opening" in modules
    assert not {name.partition(".")[0] for name in modules} & {*SLOW, *DRAWING}
    assert not [
        name
        for name in modules
        if name.startswith(("monitor.domain", "monitor.ui.station.screens"))
    ]


@pytest.mark.parametrize("full_screen", [True, False], ids=["full screen", "window"])
def test_that_the_kiosks_first_page_is_painted_before_anything_slow_is_loaded(
    site: Path, full_screen: bool
) -> None:
    """The run of the kiosk ends here with its first paint."""
    modules = modules_after(
        "import os, sys\n"
        "from monitor.cli import main\n"
        "from monitor.ui.shared.program import Program\n"
        "paint = Program.paint\n"
        "def paint_and_stop(program, window):\n"
        "    paint(program, window)\n"
        "    assert window.windowHandle().isExposed()\n"
        f"    assert window.isFullScreen() is {full_screen}\n"
        "    assert program.application.style().objectName() == 'fusion'\n"
        "    sys.exit()\n"
        "Program.paint = paint_and_stop\n"
        "try:\n"
        f"    main(['kiosk', '--folder', {str(site)!r}, *{[] if full_screen else ['--window']}])\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code"
    )
    assert "monitor.ui.kiosk.opening" in modules
    assert not {name.partition(".")[0] for name in modules} & {*SLOW, *DRAWING}
    assert not [
        name for name in modules if name.startswith(("monitor.domain", "monitor.ui.kiosk.screens"))
    ]


def test_that_the_kiosk_rests_in_place_of_its_first_page_without_drawing(site: Path) -> None:
    """The run of the kiosk ends here where its loop would begin."""
    loaded = loaded_by(
        "from pathlib import Path\n"
        "from monitor import app\n"
        "from monitor.content.site import read_site\n"
        "from monitor.ui.kiosk.window import KioskWindow\n"
        "from monitor.ui.shared.program import Program\n"
        "def rest(program):\n"
        "    program.application.processEvents()\n"
        "    windows = program.application.topLevelWidgets()\n"
        "    shown, = [window for window in windows if window.isVisible()]\n"
        "    assert isinstance(shown, KioskWindow), shown\n"
        "    assert not shown.grab().isNull()\n"
        "    return 0\n"
        "Program.run = rest\n"
        f"app.run_kiosk(read_site(Path({str(site)!r})), full_screen=False)"
    )
    assert "sqlalchemy" in loaded
    assert not loaded & set(DRAWING)
