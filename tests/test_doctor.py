"""What `kiosk doctor` says of machines of every kind."""

from __future__ import annotations

import configparser
from dataclasses import replace
from pathlib import Path

import pytest

from monitor import app, doctor
from monitor.cli import main
from monitor.content.site import Site
from monitor.doctor import Finding, Machine, Panel
from monitor.services import staff

UNIT = Path(__file__).parents[1] / "resources" / "deploy" / doctor.UNIT
SITE = Site(folder=Path("nowhere"), kiosk_dots_per_inch=149)
CAGE = ("/usr/bin/cage", "-d", "--", "rootwatch", "kiosk")
CLOSED = Machine(
    "linux",
    commands=(("/sbin/init",), CAGE),
    has_unit=True,
    core_limit="0",
    swaps=(),
    clock_synchronised=True,
    logins=("kiosk tty1",),
)
"""A machine on which nothing is to do that the program can see."""
PANEL = Panel(1280, 800, 149.0, assumed=False)


def found(
    machine: Machine = CLOSED,
    site: Site = SITE,
    panel: Panel | None = PANEL,
    *,
    has_pin: bool = True,
) -> dict[str, Finding]:
    return {each.name: each for each in doctor.examine(site, machine, panel, has_pin=has_pin)}


def to_do(findings: dict[str, Finding]) -> set[str]:
    return {name for name, finding in findings.items() if finding.state == "to do"}


def test_that_a_closed_machine_leaves_nothing_to_do() -> None:
    assert to_do(found()) == set()


def test_that_what_cannot_be_seen_is_never_ok() -> None:
    unseen = found(Machine("linux"), panel=None, site=replace(SITE, kiosk_dots_per_inch=0))
    looked = {name for name, each in unseen.items() if each.state == "ok"}
    assert looked == {"settings", "staff PIN", "idle time", "reading aloud"}


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"commands": (("/sbin/init",), ("gnome-shell",))}, "kiosk desktop"),
        ({"commands": (("cage", "-s", "--", "rootwatch", "kiosk"),)}, "other consoles"),
        ({"commands": (("cage", "-s", "rootwatch"),)}, "other consoles"),
        ({"has_unit": False}, "restart"),
        ({"core_limit": "unlimited"}, "memory dumps"),
        ({"swaps": ("/dev/sda2",)}, "swap"),
        ({"logins": ("kiosk tty1", "admin pts/0")}, "logins"),
        ({"clock_synchronised": False}, "clock"),
    ],
)
def test_that_each_way_that_is_open_is_to_do(changed: dict[str, object], name: str) -> None:
    findings = found(replace(CLOSED, **changed))  # type: ignore[arg-type]
    assert to_do(findings) == {name}
    assert findings[name].remedy.endswith(".")


def test_that_an_s_of_the_kiosk_itself_is_not_taken_for_cages() -> None:
    line = ("cage", "-d", "--", "rootwatch", "kiosk", "-s")
    assert to_do(found(replace(CLOSED, commands=(line,)))) == set()


def test_that_a_missing_pin_is_to_do() -> None:
    assert to_do(found(has_pin=False)) == {"staff PIN"}


def test_that_a_long_wait_is_to_do() -> None:
    assert to_do(found(site=replace(SITE, kiosk_idle_seconds=301))) == {"idle time"}


class TestThePanel:
    def test_that_a_panel_that_lies_is_to_do_until_it_is_measured(self) -> None:
        lying = replace(PANEL, assumed=True)
        unmeasured = replace(SITE, kiosk_dots_per_inch=0)
        assert to_do(found(site=unmeasured, panel=lying)) == {"size of the screen"}
        assert to_do(found(panel=lying)) == set()

    def test_that_what_a_panel_says_of_itself_is_not_believed(self) -> None:
        findings = found(site=replace(SITE, kiosk_dots_per_inch=0))
        assert findings["size of the screen"].state == "cannot tell"

    def test_that_a_panel_on_which_the_keys_do_not_fit_is_to_do(self) -> None:
        small = Panel(1280, 800, 190.0, assumed=False)  # 8 inches
        assert to_do(found(panel=small)) == {"size of the keys"}


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_that_a_recipe_nobody_tried_says_so(platform: str) -> None:
    findings = found(Machine(platform))
    assert to_do(findings) == set()
    system = set(findings) - set(found(Machine("linux")))
    assert system
    for name in system:
        assert findings[name].state == "cannot tell"
        assert "not tested by us" in "".join(doctor.lines(findings[name]))


class TestTheCommand:
    @pytest.fixture
    def site(self, tmp_path: Path) -> Site:
        site = Site(folder=tmp_path / "clinic", clinic="Sample clinic")
        app.init(site)
        return site

    @pytest.mark.parametrize("order", ["folder first", "folder last"])
    def test_that_it_lists_what_is_to_do_and_ends_with_1(
        self, site: Site, capsys: pytest.CaptureFixture[str], order: str
    ) -> None:
        folder = ["--folder", str(site.folder)]
        words = ["kiosk", *folder, "doctor"] if order == "folder first" else None
        with pytest.raises(SystemExit) as ended:
            main(words or ["kiosk", "doctor", *folder])
        assert ended.value.code == 1
        said = capsys.readouterr().out
        assert "to do       staff PIN: No staff PIN is set; the kiosk will not open.\n" in said
        assert "            Set one: rootwatch pin.\n" in said
        assert "No screen can be seen from here." in said

    def test_that_it_sees_the_pin(self, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
        with app.clinic_of(site, "a nurse", "station") as clinic:
            staff.set_pin(clinic, "274953")
        with pytest.raises(SystemExit):
            main(["kiosk", "doctor", "--folder", str(site.folder)])
        assert "ok          staff PIN: A staff PIN is set.\n" in capsys.readouterr().out


class TestTheUnit:
    """The unit that comes with the program closes what the doctor looks for."""

    @pytest.fixture
    def service(self) -> configparser.SectionProxy:
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read(UNIT, encoding="utf-8")
        return unit["Service"]

    def test_that_it_starts_the_kiosk_in_a_cage_without_other_consoles(
        self, service: configparser.SectionProxy
    ) -> None:
        line = tuple(service["ExecStart"].split())
        assert to_do(found(replace(CLOSED, commands=(line,)))) == set()
        assert line[line.index("--") + 1 :][1] == "kiosk"

    def test_that_it_is_started_again_within_seconds_and_leaves_no_memory(
        self, service: configparser.SectionProxy
    ) -> None:
        assert service["Restart"] == "always"
        assert int(service["RestartSec"]) < 5
        assert service["LimitCORE"] == "0"
        assert service["User"] != "root"
