"""Says what of a kiosk is closed, what somebody has still to close, and what nobody can see here.

The program closes its own ways out. What the operating system keeps open (another screen, a task
switch, a memory dump) only whoever installs it can close; docs/kiosk.md has the recipes.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from monitor.content.site import Site

State = Literal["ok", "to do", "cannot tell"]

LONGEST_IDLE_SECONDS = 300
"""Who leaves without a word leaves their answers on the screen for so long."""
LEAST_PANEL_MM = (215.0, 134.0)
"""The smallest panel on which every page is tested, 10.1 inches at 16:10, less 2 mm of frame."""
MILLIMETRES_PER_INCH = 25.4
UNIT = "rootwatch-kiosk.service"
UNIT_FOLDERS = ("/etc/systemd/system", "/usr/local/lib/systemd/system", "/lib/systemd/system")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, in a sentence, and what to do unless it is ok.

    `tested`: whether the recipe was ever tried by those who wrote it.
    """

    state: State
    name: str
    says: str
    remedy: str = ""
    tested: bool = True


@dataclass(frozen=True)
class Panel:
    """A screen: its pixels, the density it is drawn with, and whether that was only assumed."""

    width: int
    height: int
    dots_per_inch: float
    assumed: bool

    @property
    def millimetres(self) -> tuple[float, float]:
        each = MILLIMETRES_PER_INCH / self.dots_per_inch
        return self.width * each, self.height * each


@dataclass(frozen=True)
class Machine:
    """What could be seen of a machine; None for what could not.

    `commands`: the command lines of everything that runs. `core_limit`: of the kiosk that runs,
    as the system says it ("0", "unlimited"). `logins`: a line for each person who is logged in.
    """

    platform: str
    commands: tuple[tuple[str, ...], ...] | None = None
    has_unit: bool | None = None
    core_limit: str | None = None
    swaps: tuple[str, ...] | None = None
    clock_synchronised: bool | None = None
    logins: tuple[str, ...] | None = None
    speech_installed: bool = False


def examine(
    site: Site, machine: Machine, panel: Panel | None, *, has_pin: bool
) -> tuple[Finding, ...]:
    """Everything that is to be looked at, in the order of the manual. `panel`: None if unseen."""
    system = {"linux": _linux, "win32": _windows}.get(machine.platform, _other)
    return (
        Finding("ok", "settings", f"The settings of {site.clinic} have no fault."),
        _pin(has_pin),
        _idle(site),
        *_panel(site, panel),
        _voice(machine),
        *system(machine),
        _unseen("side view", "put a privacy filter on the screen, or turn it from the seats"),
        _unseen("case and ports", "close the case; leave no free USB or network port in reach"),
    )


def has_work(findings: Sequence[Finding]) -> bool:
    return any(finding.state == "to do" for finding in findings)


def lines(finding: Finding) -> Iterator[str]:
    """A finding as it is printed."""
    yield f"{finding.state:<12}{finding.name}: {finding.says}"
    if finding.remedy:
        untested = "" if finding.tested else " (This recipe was not tested by us.)"
        yield f"{'':<12}{finding.remedy}{untested}"


def _unseen(name: str, remedy: str, *, tested: bool = False) -> Finding:
    says = "The program cannot see it."
    remedy = f"{remedy[0].upper()}{remedy[1:]}."
    return Finding("cannot tell", name, says, remedy, tested)


def _pin(has_pin: bool) -> Finding:
    if has_pin:
        return Finding("ok", "staff PIN", "A staff PIN is set.")
    remedy = "Set one: rootwatch pin."
    return Finding("to do", "staff PIN", "No staff PIN is set; the kiosk will not open.", remedy)


def _idle(site: Site) -> Finding:
    seconds = site.kiosk_idle_seconds
    says = f"A page that nobody touches is asked about after {seconds} s."
    if seconds <= LONGEST_IDLE_SECONDS:
        return Finding("ok", "idle time", says)
    remedy = f"Set kiosk_idle_seconds to {LONGEST_IDLE_SECONDS} or less."
    return Finding("to do", "idle time", says, remedy)


def _panel(site: Site, panel: Panel | None) -> Iterator[Finding]:
    calibrate = "Calibrate it: hold the top left corner of the kiosk, enter the PIN."
    if site.kiosk_dots_per_inch:
        says = f"Staff have measured {site.kiosk_dots_per_inch} dots per inch."
        yield Finding("ok", "size of the screen", says)
    elif panel is None:
        says = "No screen can be seen from here."
        yield Finding("cannot tell", "size of the screen", says, calibrate)
    elif panel.assumed:
        says = "The screen does not say how large it is, or lies; keys may be too small."
        yield Finding("to do", "size of the screen", says, calibrate)
    else:
        says = f"The screen says {panel.dots_per_inch:.0f} dots per inch; screens may lie."
        yield Finding("cannot tell", "size of the screen", says, calibrate)
    if panel is None:
        says = "No screen can be seen from here."
        remedy = "Run this on the kiosk's own desktop."
        yield Finding("cannot tell", "size of the keys", says, remedy)
        return
    width, height = panel.millimetres
    says = f"The screen is {width:.0f} x {height:.0f} mm."
    if width >= LEAST_PANEL_MM[0] and height >= LEAST_PANEL_MM[1]:
        yield Finding("ok", "size of the keys", f"{says} Keys of 16 mm or more fit.")
    else:
        remedy = "Use a screen of 10.1 inches or more: smaller ones were not tested."
        yield Finding("to do", "size of the keys", says, remedy)


def _voice(machine: Machine) -> Finding:
    if not machine.speech_installed:
        says = "Questions cannot be listened to; the kiosk works without."
        return Finding("ok", "reading aloud", says)
    says = "Speech is installed. Whether it has a voice for each language is not seen here."
    return Finding("cannot tell", "reading aloud", says, "Touch Listen once in each language.")


def _linux(machine: Machine) -> Iterator[Finding]:
    yield from _compositor(machine)
    yield _service(machine)
    yield _core_dumps(machine)
    yield _swap(machine)
    yield _logins(machine)
    yield _clock(machine)
    yield _unseen("screen blanking", "cage never blanks; with another desktop turn it off there")
    yield _unseen("system request key", "set kernel.sysrq = 0 in /etc/sysctl.d")


def _compositor(machine: Machine) -> Iterator[Finding]:
    name, recipe = "kiosk desktop", "Run the kiosk under cage; see docs/kiosk.md."
    if machine.commands is None:
        yield Finding("cannot tell", name, "What runs here cannot be seen.", recipe)
        return
    cages = [line for line in machine.commands if Path(line[0]).name == "cage"]
    if not cages:
        says = "The kiosk does not run under cage now: other windows can be reached."
        yield Finding("to do", name, says, recipe)
        return
    yield Finding("ok", name, "cage is running, which shows one program and nothing else.")
    if any("-s" in line[1 : line.index("--")] if "--" in line else "-s" in line for line in cages):
        says = "cage was started with -s: Ctrl+Alt+F2 leads to a login."
        yield Finding("to do", "other consoles", says, "Start cage without -s.")
    else:
        says = "cage was started without -s, so no key leads to another console."
        yield Finding("ok", "other consoles", says)


def _service(machine: Machine) -> Finding:
    recipe = f"Install {UNIT}; see docs/kiosk.md."
    if machine.has_unit:
        return Finding("ok", "restart", f"{UNIT} is there and starts the kiosk again.")
    says = f"{UNIT} is not installed: a kiosk that ends stays away."
    return Finding("to do", "restart", says, recipe)


def _core_dumps(machine: Machine) -> Finding:
    name, recipe = "memory dumps", f"Start the kiosk by {UNIT}, which has LimitCORE=0."
    if machine.core_limit is None:
        return Finding("cannot tell", name, "No kiosk runs whose limit could be seen.", recipe)
    if machine.core_limit == "0":
        return Finding("ok", name, "A crash of the kiosk that runs leaves no memory behind.")
    says = "A crash would write the memory of the kiosk, and answers in it, to a file."
    return Finding("to do", name, says, recipe)


def _swap(machine: Machine) -> Finding:
    recipe = "Turn swap off (swapoff -a, and out of /etc/fstab), or encrypt the whole disk."
    if machine.swaps is None:
        return Finding("cannot tell", "swap", "It cannot be seen whether there is swap.", recipe)
    if not machine.swaps:
        return Finding("ok", "swap", "There is no swap: answers in memory are not written to disk.")
    says = f"There is swap ({', '.join(machine.swaps)}): answers in memory may be written to disk."
    return Finding("to do", "swap", says, recipe)


def _logins(machine: Machine) -> Finding:
    recipe = "Log everybody out but the kiosk's own account."
    if machine.logins is None:
        return Finding("cannot tell", "logins", "It cannot be seen who is logged in.", recipe)
    if len(machine.logins) > 1:
        says = f"{len(machine.logins)} sessions are open."
        return Finding("to do", "logins", says, recipe)
    return Finding("ok", "logins", "Nobody else is logged in.")


def _clock(machine: Machine) -> Finding:
    recipe = "Set the time from the network: timedatectl set-ntp true."
    if machine.clock_synchronised is None:
        return Finding("cannot tell", "clock", "It cannot be seen what sets the clock.", recipe)
    if machine.clock_synchronised:
        return Finding("ok", "clock", "The clock is set from the network.")
    return Finding("to do", "clock", "Nothing sets the clock; days would be counted wrong.", recipe)


def _windows(_: Machine) -> Iterator[Finding]:
    yield _unseen("shell", "let Shell Launcher start the kiosk instead of the desktop")
    yield _unseen("keys of the system", "turn on Keyboard Filter and block the keys of the recipe")
    yield _unseen("sticky keys", "set ForceOffAccessibility to true in Keyboard Filter")
    yield _unseen("swipes from the edge", "turn the policy Allow edge swipe off")
    yield _unseen("automatic sign-in", "sign an account without rights in at start")
    yield _unseen("memory dumps", "turn Windows Error Reporting off for the kiosk's account")
    yield _unseen("clock", "set the time from the network")
    yield _unseen("screen blanking", "turn sleep and the lock screen off for the kiosk's account")


def _other(machine: Machine) -> Iterator[Finding]:
    remedy = "use Linux with cage, or Windows with Shell Launcher"
    yield _unseen("operating system", f"there is no recipe for {machine.platform}; {remedy}")


def look() -> Machine:
    """Gather what can be seen of this machine without any right."""
    speech = importlib.util.find_spec("PySide6.QtTextToSpeech") is not None
    if sys.platform != "linux":
        return Machine(sys.platform, speech_installed=speech)
    running = dict(_running())
    return Machine(
        sys.platform,
        commands=tuple(running.values()),
        has_unit=any(Path(folder, UNIT).exists() for folder in UNIT_FOLDERS),
        core_limit=_core_limit_of(running),
        swaps=_swaps(),
        clock_synchronised=_is_synchronised(),
        logins=_said_by("who"),
        speech_installed=speech,
    )


def _running() -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Each process that can be seen, by its folder, with its command line."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it has ended, or is somebody else's
        words = tuple(word for word in line.decode(errors="replace").split("\0") if word)
        if words:
            yield folder, words


def _core_limit_of(running: dict[Path, tuple[str, ...]]) -> str | None:
    for folder, words in running.items():
        if words[0].endswith("cage") or "kiosk" not in words or "doctor" in words:
            continue
        try:
            limits = (folder / "limits").read_text()
        except OSError:
            continue
        for line in limits.splitlines():
            if line.startswith("Max core file size"):
                return line.split()[4]
    return None


def _swaps() -> tuple[str, ...] | None:
    try:
        return tuple(line.split()[0] for line in Path("/proc/swaps").read_text().splitlines()[1:])
    except OSError:
        return None


def _is_synchronised() -> bool | None:
    said = _said_by("timedatectl", "show", "--property=NTPSynchronized", "--value")
    return said == ("yes",) if said else None


def _said_by(program: str, *arguments: str) -> tuple[str, ...] | None:
    """What a program of the system prints, in lines; None where it is not there or fails."""
    path = shutil.which(program)
    if path is None:
        return None
    ended = subprocess.run(  # noqa: S603 - a fixed name and fixed words
        [path, *arguments], capture_output=True, text=True, check=False, timeout=10
    )
    return tuple(ended.stdout.splitlines()) if ended.returncode == 0 else None
