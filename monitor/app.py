"""Introduces the rooms to each other: the only file that knows every one of them."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import os
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.content.faults import Fault
from monitor.content.site import FILE, Site, SiteUnfit, read_site, write_site
from monitor.services.refusals import Refusal, Unavailable

if TYPE_CHECKING:
    from monitor.content.protocols import ProtocolFolder
    from monitor.services.access import Welcome
    from monitor.services.clinic import Clinic
    from monitor.services.permissions import Acting
    from monitor.services.ports import Sweep, User
    from monitor.ui.kiosk.opening import Opening
    from monitor.ui.kiosk.window import KioskWindow
    from monitor.ui.pictures.camera import Camera
    from monitor.ui.pictures.door import DoorWalk
    from monitor.ui.pictures.kiosk import KioskWalk
    from monitor.ui.pictures.station import StationWalk
    from monitor.ui.shared.program import Program
    from monitor.ui.shared.tasks import Tasks
    from monitor.ui.station.office import Office
    from monitor.ui.station.opening import Opening as StationOpening
    from monitor.ui.station.shell import Shell
    from monitor.ui.station.window import StationWindow

DEMO_NURSE = "M. Osei, RN"
OWN_FILE = "station.ini"
"""In the site's folder: how this machine's users like to see the station; nothing of a patient."""


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
    from importlib import metadata

    try:
        return metadata.version("rootwatch")
    except metadata.PackageNotFoundError:
        return "from source"


@functools.cache
def program() -> str:
    """What judges here: the version, and a digest of the rules as they stand in this checkout.

    What other rules made of the same answers is no fault of the store.
    """
    import hashlib

    files = sorted((Path(__file__).parent / "domain").rglob("*.py"))
    rules = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return f"{version()} {rules[:12]}"


def protocols() -> ProtocolFolder:
    from monitor.content.protocols import ProtocolFolder

    return ProtocolFolder(resources() / "protocols")


@contextlib.contextmanager
def clinic_of(
    site: Site, actor: str, station: str, *, acting: Acting = "operator", durable: bool = True
) -> Iterator[Clinic]:
    """The clinic of a site, open while the block runs, for who acts there.

    The site's protocol is read at once: a faulty one is refused (ProtocolFaults) before
    anything is stored by it. Refuses with Unavailable if the database cannot be opened.
    """
    from monitor.services.clinic import Clinic
    from monitor.storage.store import SqliteStore

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
            program=program(),
            acting=acting,
        )
    finally:
        store.close()


def damage_of(site: Site) -> tuple[str, ...]:
    """What is wrong with the inside of a site's database file; nothing in a sound one."""
    from monitor.storage.store import SqliteStore

    store = SqliteStore(site.database_file)
    try:
        return store.damage()
    finally:
        store.close()


def init(site: Site) -> None:
    """Write a site's settings and make its empty database, both or none.

    Both are this account's alone: they hold patients' data, or lead to it. Refuses a folder
    that holds a site already (Refusal "site_there"), unfit settings (SiteUnfit) and a place
    where no database can be made (Unavailable).
    """
    from monitor.storage.store import SqliteStore

    if _is_site(site.folder):
        raise Refusal("site_there", folder=str(site.folder))
    mask = os.umask(0o077)
    try:
        settings = write_site(site)
        try:
            SqliteStore.create(site.database_file).close()
        except BaseException:
            settings.unlink()
            raise
    finally:
        os.umask(mask)


def _is_site(folder: Path) -> bool:
    """Whether there are settings, unless their database was never made (a power cut in `init`)."""
    if not (folder / FILE).exists():
        return False
    try:
        return read_site(folder).database_file.exists()
    except SiteUnfit:
        return True


def make_demo(folder: Path, progress: Callable[[int, int], None] | None = None) -> Site:
    """Make the demo clinic in an empty folder, as of now; half of one is taken away again."""
    from monitor.content.demo import read_demo
    from monitor.services import canary, demo, sweep

    site = Site(folder=folder, clinic="Demo clinic")
    init(site)
    try:
        with clinic_of(site, "demo", "demo", durable=False) as clinic:
            plan = read_demo(resources() / "demo" / "clinic.toml")
            demo.build(clinic, plan, site.protocol, progress)
            canary.run_if_due(clinic)
            sweep.run(clinic)
    except BaseException:
        site.database_file.unlink(missing_ok=True)
        (folder / FILE).unlink()
        raise
    return site


@contextlib.contextmanager
def demo_folder(wanted: Path | None) -> Iterator[Path]:
    """The folder of the demo: the one wanted, kept; or one that is gone afterwards."""
    if wanted is not None:
        yield wanted
        return
    import tempfile

    with tempfile.TemporaryDirectory(prefix="rootwatch-demo-") as folder:
        yield Path(folder)


def watch(clinic: Clinic, every: dt.timedelta, told: Callable[[Sweep | Unavailable], None]) -> None:
    """Keep monitoring going until interrupted; `told` hears of each sweep, or why there was none.

    A store that does not answer for a while must not end the watching.
    """
    import threading

    from monitor.services import watching

    pause = threading.Event()
    while True:
        try:
            told(watching.watch_once(clinic, "watch"))
        except Unavailable as error:
            told(error)
        pause.wait(every.total_seconds())


def run_station(site: Site, *, demo: bool = False, demo_notice: str = "") -> int:
    """Open the nurse station, and the kiosk beside it when asked to; returns the exit code.

    demo: it opens signed in, as the nurse whose password everybody knows.
    """
    program = _program(site)
    opening = _station_opening(site, program)
    from monitor.services.demo import PASSWORD, user_id  # not before something is to be seen

    with (
        clinic_of(site, "station", site.station, acting="watch") as clinic,
        _tasks(clinic, program) as tasks,
        station_shell(site, tasks, program, demo_notice) as shell,
        _kiosk_beside(site, clinic, program, demo_notice) as open_kiosk,
        screen_to_hand_over(site, clinic, program) as hand_over,
    ):
        program.tell_bugs_in(shell)
        shell.kiosk_wanted.connect(lambda: open_kiosk(shell.look_again))
        shell.handed_over.connect(hand_over)
        shell.closed.connect(program.application.quit)
        if demo:
            shell.session.sign_in(user_id(DEMO_NURSE), PASSWORD)
        shell.show()
        opening.close()
        program.load_meanwhile("monitor.charts.timeline")
        return program.run()


@contextlib.contextmanager
def station_shell(site: Site, tasks: Tasks, program: Program, notice: str = "") -> Iterator[Shell]:
    """The station's window with its door; each who comes in gets a place on a thread of its own.

    tasks: for a clinic in which nobody is signed in.
    """
    from monitor.services import users
    from monitor.services.permissions import may
    from monitor.ui.shared.sounds import Chime
    from monitor.ui.shared.text_size import TextSize
    from monitor.ui.station.screens.door_page import DoorPage
    from monitor.ui.station.shell import Shell

    chime = Chime(resources() / "sounds" / "chime.wav").ring
    text_size = TextSize(site.folder / OWN_FILE)
    with _tasks(tasks.clinic, program) as watch, contextlib.ExitStack() as places:

        def make_place(user: User) -> StationWindow | Office:
            own = places.enter_context(_tasks(users.acting_as(tasks.clinic, user), program))
            if not may(user.role, "look"):
                from monitor.ui.station.office import Office

                place: Office | StationWindow = Office(
                    own, watch, site.clinic, program.theme, site.sweep_minutes, chime
                )
            else:
                place = _station_window(site, own, program, user.name, notice, watch)
            place.take_text_size(text_size)
            return place

        shell = Shell(
            tasks,
            watch,
            DoorPage(site.clinic, version()),
            program.theme,
            make_place,
            idle_minutes=site.lock_minutes,
            sweep_minutes=site.sweep_minutes,
            ring=chime,
        )
        shell.take_text_size(text_size)
        yield shell


def run_kiosk(site: Site, *, full_screen: bool = True) -> int:
    """Open the kiosk alone; returns the exit code.

    The clinic's name is on the screen before what the kiosk needs is so much as imported. Refuses
    with Refusal("no_pin") to fill the screen where no staff PIN is set: nobody could leave it.
    """
    program = _program(site)
    opening = _opening(site, program, full_screen=full_screen)
    with (
        clinic_of(site, "patient", site.kiosk, acting="kiosk") as clinic,
        _tasks(clinic, program) as tasks,
    ):
        _require_pin(clinic, full_screen=full_screen)
        window = _kiosk_window(site, tasks, program, full_screen=full_screen)
        window.left.connect(program.application.quit)
        window.open()
        opening.close()
        return program.run()


def _require_pin(clinic: Clinic, *, full_screen: bool) -> None:
    from monitor.services import staff

    if full_screen and not staff.has_pin(clinic):
        raise Refusal("no_pin")


def _opening(site: Site, program: Program, *, full_screen: bool) -> Opening:
    from monitor.ui.kiosk.opening import Opening

    opening = Opening(
        program.theme, site.clinic, full_screen=full_screen, dpi=site.kiosk_dots_per_inch
    )
    opening.open()
    program.paint(opening)
    return opening


def _station_opening(site: Site, program: Program) -> StationOpening:
    from monitor.ui.station.opening import Opening

    opening = Opening(program.theme, site.clinic)
    opening.show()
    program.paint(opening)
    return opening


def _station_window(
    site: Site,
    tasks: Tasks,
    program: Program,
    nurse: str,
    notice: str = "",
    watch: Tasks | None = None,
) -> StationWindow:
    from monitor.content import people_file
    from monitor.ui.shared.sounds import Chime
    from monitor.ui.station.window import StationWindow

    window = StationWindow(
        tasks,
        site.clinic,
        nurse,
        program.theme,
        fonts=resources() / "fonts",
        sweep_minutes=site.sweep_minutes,
        notice=notice,
        ring=Chime(resources() / "sounds" / "chime.wav").ring,
        watch=watch,
    )
    window.take_lists(people_file)
    return window


def _kiosk_window(
    site: Site,
    tasks: Tasks,
    program: Program,
    *,
    full_screen: bool,
    now: Callable[[], dt.datetime] | None = None,
) -> KioskWindow:
    from monitor.ui.kiosk.comfort import USUAL
    from monitor.ui.kiosk.switch import keys_of
    from monitor.ui.kiosk.window import KioskWindow
    from monitor.ui.shared.languages import Languages
    from monitor.ui.shared.sounds import Chime
    from monitor.ui.shared.voice import Voice

    languages = Languages(resources() / "languages")
    if site.kiosk_language not in languages.codes():
        remedy = f"Is not there; write one of {', '.join(languages.codes())}."
        raise SiteUnfit([Fault(str(site.folder / FILE), "kiosk_language", remedy)])
    try:
        switch_keys = keys_of(site.kiosk_switch_keys)
    except ValueError:
        remedy = "Names no two different keys; write two as in F7 F8, or nothing."
        raise SiteUnfit([Fault(str(site.folder / FILE), "kiosk_switch_keys", remedy)]) from None
    return KioskWindow(
        tasks,
        site.clinic,
        program.theme,
        languages,
        full_screen=full_screen,
        idle_seconds=site.kiosk_idle_seconds,
        zone=site.zone_info,
        now=now or SystemClock().now,
        comfort=replace(USUAL, language=site.kiosk_language),
        dpi=site.kiosk_dots_per_inch,
        keep_dpi=lambda dpi: keep_density(site, dpi),
        chime=Chime(resources() / "sounds" / "chime.wav").ring,
        switch_keys=switch_keys,
        voice=Voice(),
    )


def panel(site: Site) -> tuple[int, int, float, bool] | None:
    """The screen of this machine: width and height in pixels, dots per inch, whether assumed.

    None where Qt draws on no real screen. Only where a window could be opened (preflight).
    """
    from monitor.ui.kiosk.measures import seen_panel

    seen = seen_panel(_program(site).application)
    if seen is None or not site.kiosk_dots_per_inch:
        return seen
    return (*seen[:2], float(site.kiosk_dots_per_inch), False)


def keep_density(site: Site, dots_per_inch: float) -> None:
    """Write down the density of a kiosk's panel as staff have measured it.

    What the settings say otherwise is kept as it is in the file now.
    """
    kept = replace(read_site(site.folder), kiosk_dots_per_inch=round(dots_per_inch))
    write_site(kept)


def draw_screens(folder: Path) -> int:
    """Draw every screen of both faces into `folder`, one folder for each size.

    Returns how many pictures there are. The screens are those of a demo clinic made for it.
    """
    import shutil
    import tempfile

    from monitor.ui.pictures.camera import SIZES, Camera, hush

    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="rootwatch-screens-") as place:
        made = make_demo(Path(place, "demo"))
        blank = Site(folder=Path(place, "blank"), clinic=made.clinic)
        init(blank)
        hush()
        program = _program(replace(made, folder=folder))  # the log of faults outlives the demo
        program.faults.happened.connect(faults.append)
        count = 0
        for size in SIZES:
            name = f"{size.width()}x{size.height()}"
            site = replace(made, folder=Path(place, name))
            shutil.copytree(made.folder, site.folder)
            camera = Camera(folder / name, program.theme.edge)
            with _station_walk(site, program, camera) as station:
                station.window.resize(size)
                station.walk()
            with _door_walk(site, program, camera) as door:
                door.window.resize(size)
                door.walk()
            with _kiosk_walk(site, program, camera) as kiosk:
                kiosk.window.resize(size)
                kiosk.walk()
            with _station_walk(blank, program, camera) as station:
                station.window.resize(size)
                station.walk_empty()
            with _door_walk(blank, program, camera) as door:
                door.window.resize(size)
                door.walk_first()
            count += camera.count
    if faults:
        raise RuntimeError(f"a screen has a fault; see {folder / 'faults.log'}")
    return count


@contextlib.contextmanager
def _station_walk(site: Site, program: Program, camera: Camera) -> Iterator[StationWalk]:
    from monitor.services import noticing
    from monitor.ui.pictures.person import Stage
    from monitor.ui.pictures.station import StationWalk

    with clinic_of(site, DEMO_NURSE, site.station, acting="lead", durable=False) as clinic:
        stage = Stage(clinic)
        noticing.confirm_test(stage.clinic, heard=True)
        with _tasks(stage.clinic, program) as tasks:
            window = _station_window(site, tasks, program, DEMO_NURSE)
            yield StationWalk(stage, tasks, camera, window)
            window.close()


@contextlib.contextmanager
def _door_walk(site: Site, program: Program, camera: Camera) -> Iterator[DoorWalk]:
    from monitor.ui.pictures.door import DoorWalk
    from monitor.ui.pictures.person import Stage

    with clinic_of(site, "station", site.station, acting="watch", durable=False) as clinic:
        stage = Stage(clinic)
        with (
            _tasks(stage.clinic, program) as tasks,
            station_shell(site, tasks, program) as shell,
        ):
            yield DoorWalk(stage, tasks, camera, shell)
            shell.close()


@contextlib.contextmanager
def _kiosk_walk(site: Site, program: Program, camera: Camera) -> Iterator[KioskWalk]:
    from monitor.ui.pictures.kiosk import KioskWalk
    from monitor.ui.pictures.person import Stage

    with clinic_of(site, "patient", site.kiosk, acting="kiosk", durable=False) as clinic:
        stage = Stage(clinic)
        with _tasks(stage.clinic, program) as tasks:
            window = _kiosk_window(site, tasks, program, full_screen=False, now=stage.now)
            yield KioskWalk(stage, tasks, camera, window)
            window.close()


@contextlib.contextmanager
def _kiosk_beside(
    site: Site, clinic: Clinic, program: Program, title: str
) -> Iterator[Callable[[Callable[[frozenset[str]], None]], None]]:
    """A way to open the kiosk as a second window on the same data, with its own thread.

    `title` stands on its frame, where it has one.
    """
    at_kiosk = replace(clinic, actor="patient", station=site.kiosk, acting="kiosk")
    opened: list[KioskWindow] = []
    with _tasks(at_kiosk, program) as tasks:

        def open_kiosk(tell: Callable[[frozenset[str]], None]) -> None:
            if not opened:
                window = _kiosk_window(site, tasks, program, full_screen=False)
                if title:
                    window.setWindowTitle(title)
                tasks.changed.connect(tell)
                window.left.connect(window.hide)
                opened.append(window)
            opened[0].open()

        yield open_kiosk


@contextlib.contextmanager
def screen_to_hand_over(
    site: Site, clinic: Clinic, program: Program
) -> Iterator[Callable[[StationWindow, Welcome], None]]:
    """A way to hand the screen of a nurse to a patient: a kiosk over all of it, made at need.

    It has its own thread on the same data; what is answered there is signed as at the kiosk.
    """
    at_kiosk = replace(clinic, actor="patient", station=site.kiosk, acting="kiosk")
    with _tasks(at_kiosk, program) as tasks:

        @functools.cache
        def kiosk() -> KioskWindow:
            window = _kiosk_window(site, tasks, program, full_screen=True)
            window.given_back.connect(give_back)
            window.refused.connect(refuse)
            return window

        handed: list[StationWindow] = []

        def give_back() -> None:
            handed[0].come_back()

        def refuse(error: Exception) -> None:
            handed[0].handing.refuse(error)

        def hand_over(station: StationWindow, welcome: Welcome) -> None:
            window = kiosk()  # first: where it cannot be made, the station stays
            handed[:] = [station]
            station.step_aside()
            window.hand_over(welcome)

        yield hand_over


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
    return Program(theme, resources() / "fonts", log_file, version)
