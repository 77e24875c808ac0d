from __future__ import annotations

import datetime as dt
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor import app
from monitor.content.site import FILE, Site, read_site, write_site
from monitor.domain.episode import CANARY
from monitor.domain.protocol import Priority
from monitor.services import demo, health, lists, review, staff, watching
from monitor.services.ports import Refusal, Sweep, Unavailable


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(folder=tmp_path / "clinic", clinic="Sample clinic")


class TestInit:
    def test_that_settings_and_database_are_there_together(self, site: Site) -> None:
        app.init(site)
        assert read_site(site.folder) == site
        assert site.database_file.is_file()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of this kind")
    def test_that_nobody_else_on_the_machine_can_read_them(self, site: Site) -> None:
        app.init(site)
        for path in (site.folder, site.database_file, site.folder / FILE):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path

    def test_that_a_site_that_is_there_is_left_alone(self, site: Site) -> None:
        app.init(site)
        before = (site.folder / FILE).read_bytes()
        with pytest.raises(Refusal) as refused:
            app.init(Site(folder=site.folder, clinic="Another", database="other.db"))
        assert refused.value.code == "site_there"
        assert (site.folder / FILE).read_bytes() == before
        assert not (site.folder / "other.db").exists()

    def test_that_no_settings_stay_where_no_database_could_be_made(self, site: Site) -> None:
        site.folder.mkdir()
        site.database_file.write_bytes(b"something else")
        with pytest.raises(Unavailable):
            app.init(site)
        assert not (site.folder / FILE).exists()

    def test_that_settings_whose_database_was_never_made_are_no_dead_end(self, site: Site) -> None:
        write_site(site)
        app.init(site)
        assert site.database_file.is_file()


def test_that_half_a_demo_is_taken_away_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "_live", stop)
    with pytest.raises(KeyboardInterrupt):
        app.make_demo(tmp_path / "demo")
    assert not (tmp_path / "demo" / FILE).exists()
    assert not (tmp_path / "demo" / "rootwatch.db").exists()


def test_that_watching_goes_on_after_the_store_was_away(site: Site) -> None:
    """One sweep with the database moved away, one with it back, then somebody stops it."""
    app.init(site)
    aside = site.database_file.with_name("aside.db")
    heard: list[Sweep | Unavailable] = []

    def script() -> Iterator[None]:
        aside.rename(site.database_file)
        yield
        raise KeyboardInterrupt

    steps = script()

    def told(what: Sweep | Unavailable) -> None:
        heard.append(what)
        next(steps)

    with app.clinic_of(site, "watch", "station") as clinic:
        site.database_file.rename(aside)
        with pytest.raises(KeyboardInterrupt):
            app.watch(clinic, dt.timedelta(0), told)
    assert [type(what) for what in heard] == [Unavailable, Sweep]


def test_that_the_demo_has_something_of_every_priority(tmp_path: Path) -> None:
    made = app.make_demo(tmp_path / "demo")
    with app.clinic_of(made, "nurse", "station") as clinic:
        shown = review.worklist(clinic)
        status = health.status(clinic)
        people = lists.find(clinic, "", 0, 100).rows
        staff.enter_pin(clinic, demo.STAFF_PIN)
    assert all(shown.counts[priority] for priority in Priority)
    assert shown.in_hand
    assert (status.overdue, status.waiting, status.failed) == (False, 0, 0)
    assert status.canary_through is not None
    assert not status.canary_overdue
    assert not any(row.patient.is_canary for row in people)


def test_that_every_judgement_says_what_made_it(site: Site) -> None:
    app.init(site)
    with app.clinic_of(site, "watch", "station") as clinic:
        watching.watch_once(clinic, "watch")
        with clinic.store.read() as work:
            judged = work.judgements.get(CANARY)
    assert judged is not None
    assert judged.program == app.program()
    assert judged.program.startswith(f"{app.version()} ")


OPENS_SIGNED_IN = """
from pathlib import Path
from PySide6.QtCore import QDeadlineTimer
from monitor import app
from monitor.content.site import read_site
from monitor.ui.shared.program import Program
from monitor.ui.station.shell import Shell

def wait(program):
    shell, = [w for w in program.application.topLevelWidgets() if isinstance(w, Shell)]
    patience = QDeadlineTimer(30_000)
    while shell.place is None and not patience.hasExpired():
        program.application.processEvents()
    assert shell.place is not None
    assert shell.session.here.name == app.DEMO_NURSE
    return 0

Program.run = wait
app.run_station(read_site(Path({folder!r})), demo=True)
"""


def test_that_the_demo_opens_signed_in(tmp_path: Path) -> None:
    made = app.make_demo(tmp_path / "demo")
    done = subprocess.run(
        [sys.executable, "-c", OPENS_SIGNED_IN.format(folder=str(made.folder))],
        cwd=Path(app.__file__).parents[1],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
