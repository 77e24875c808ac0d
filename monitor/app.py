"""Introduces the rooms to each other: the only file that knows every one of them."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import tempfile
import threading
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.content.demo import read_demo
from monitor.content.protocols import ProtocolFolder
from monitor.content.site import Site, write_site
from monitor.services import demo, sweep
from monitor.services.clinic import Clinic
from monitor.services.ports import Refusal, Sweep, Unavailable

if TYPE_CHECKING:
    from monitor.ui.shared.program import Program
    from monitor.ui.shared.tasks import Tasks

DEMO_NURSE = "M. Osei, RN"


class SystemClock:
    """The clock of this machine."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


def resources() -> Path:
    """The folder of protocols, themes and fonts: beside the checkout, or inside the package."""
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def version() -> str:
    """The version that is installed, or "from source" where nothing is."""
    try:
        return metadata.version("rootwatch")
    except metadata.PackageNotFoundError:
        return "from source"


def protocols() -> ProtocolFolder:
    return ProtocolFolder(resources() / "protocols")


@contextlib.contextmanager
def clinic_of(site: Site, actor: str, station: str, *, durable: bool = True) -> Iterator[Clinic]:
    """The clinic of a site, open while the block runs.

    The site's protocol is read at once: a faulty one is refused (ProtocolFaults) before
    anything is stored by it. Refuses with Unavailable if the database cannot be opened.
    """
    from monitor.storage.store import SqliteStore  # SQLAlchemy takes 150 ms: only who needs it

    known = protocols()
    known.current(site.protocol)
    store = SqliteStore(site.database_file, durable=durable)
    try:
        yield Clinic(
            store=store,
            clock=SystemClock(),
            protocols=known,
            name=site.clinic,
            zone=site.zone_info,
            actor=actor,
            station=station,
            overdue_after=site.overdue_after,
        )
    finally:
        store.close()


def init(site: Site) -> None:
    """Write a site's settings and make its empty database; refuses to touch an existing one."""
    from monitor.storage.store import SqliteStore

    site.folder.mkdir(parents=True, exist_ok=True)
    SqliteStore.create(site.database_file).close()
    write_site(site)


def make_demo(folder: Path, progress: Callable[[int, int], None] | None = None) -> Site:
    """Make the demo clinic in an empty folder, as of now."""
    site = Site(folder=folder, clinic="Demo clinic")
    init(site)
    with clinic_of(site, "demo", "demo", durable=False) as clinic:
        plan = read_demo(resources() / "demo" / "clinic.toml")
        demo.build(clinic, plan, site.protocol, progress)
        sweep.run(clinic)
    return site


@contextlib.contextmanager
def demo_folder(wanted: Path | None) -> Iterator[Path]:
    """The folder of the demo: the one wanted, kept; or one that is gone afterwards."""
    if wanted is not None:
        yield wanted
        return
    with tempfile.TemporaryDirectory(prefix="rootwatch-demo-") as folder:
        yield Path(folder)


def watch(clinic: Clinic, every: dt.timedelta, told: Callable[[Sweep], None]) -> None:
    """Sweep again and again until interrupted; `told` hears of each sweep."""
    pause = threading.Event()
    while True:
        told(sweep.run(clinic))
        pause.wait(every.total_seconds())


def run_station(site: Site, *, nurse: str = "", demo_notice: str = "") -> int:
    """Open the nurse station, and the kiosk beside it when asked to; returns the exit code."""
    from monitor.ui.station.window import StationWindow

    program = _program(site)
    actor = nurse or getpass.getuser()
    with clinic_of(site, actor, site.station) as clinic, _tasks(clinic, program) as tasks:
        window = StationWindow(
            tasks,
            site.clinic,
            actor,
            program.theme,
            kiosk_available=True,
            notice=demo_notice,
            sweep_minutes=site.sweep_minutes,
            fonts=resources() / "fonts",
        )
        program.tell_bugs_in(window)
        with _kiosk_beside(site, clinic, program) as open_kiosk:
            window.kiosk_wanted.connect(lambda: open_kiosk(tasks.changed.emit))
            window.closed.connect(program.application.quit)
            window.show()
            return program.run()


def run_kiosk(site: Site, *, full_screen: bool = True) -> int:
    """Open the kiosk alone; returns the exit code."""
    program = _program(site)
    with (
        clinic_of(site, "patient", site.kiosk) as clinic,
        _tasks(clinic, program) as tasks,
    ):
        from monitor.ui.kiosk.window import KioskWindow

        window = KioskWindow(
            tasks,
            site.clinic,
            program.theme,
            full_screen=full_screen,
            idle_seconds=site.kiosk_idle_seconds,
            zone=site.zone_info,
        )
        window.left.connect(program.application.quit)
        window.open()
        return program.run()


@contextlib.contextmanager
def _kiosk_beside(
    site: Site, clinic: Clinic, program: Program
) -> Iterator[Callable[[Callable[[frozenset[str]], None]], None]]:
    """A way to open the kiosk as a second window on the same data, with its own thread."""
    from monitor.ui.kiosk.window import KioskWindow

    at_kiosk = replace(clinic, actor="patient", station=site.kiosk)
    opened: list[KioskWindow] = []
    with _tasks(at_kiosk, program) as tasks:

        def open_kiosk(tell: Callable[[frozenset[str]], None]) -> None:
            if not opened:
                window = KioskWindow(
                    tasks,
                    site.clinic,
                    program.theme,
                    full_screen=False,
                    idle_seconds=site.kiosk_idle_seconds,
                    zone=site.zone_info,
                )
                tasks.changed.connect(tell)
                window.left.connect(window.hide)
                opened.append(window)
            opened[0].open()

        yield open_kiosk


@contextlib.contextmanager
def _tasks(clinic: Clinic, program: Program) -> Iterator[Tasks]:
    """The way from the windows to the services, closed before the store is."""
    from monitor.ui.shared.tasks import Tasks

    tasks = Tasks(clinic, refusals=Refusal, outages=Unavailable)
    tasks.faulted.connect(program.faults.report)
    try:
        yield tasks
    finally:
        tasks.close()


def _program(site: Site) -> Program:
    from monitor.ui.shared.program import Program

    theme = tomllib.loads((resources() / "themes" / "light.toml").read_text(encoding="utf-8"))
    log_file = site.folder / "faults.log"
    return Program(theme, resources() / "fonts", log_file, version())
