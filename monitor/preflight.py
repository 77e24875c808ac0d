"""Says in one sentence what this machine lacks, before anything that needs it is loaded.

Nothing here needs more than Python itself, and an old one at that: it must be able to speak
where the program cannot run.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

WRONG_USE = 2
"""The exit code of everything that the person at the machine can put right."""

OLDEST_PYTHON = (3, 11)
NONE_IS_IMMORTAL = (3, 12)
QT_THAT_LOSES_NONE = (6, 12)

PARTS = ("click", "sqlalchemy", "alembic", "sqlcipher3", "pydantic", "platformdirs")
"""What every command imports; one of them missing means that the set-up was not run."""

PACKAGES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Libraries Qt cannot do without, and the Debian and Ubuntu package that brings each."""

X11_PACKAGES = {
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What a window on an X11 screen needs besides."""


@dataclass(frozen=True)
class Facts:
    """What a window's chances hang on.

    `qt_version` is empty where PySide6 is not installed; `load_error` what the system said
    when Qt was loaded, empty when it went well; `missing` the libraries of the two tables
    above that could not be found (looked for only after a `load_error`).
    """

    platform: str
    python: tuple[int, ...]
    qt_version: str
    environment: Mapping[str, str]
    screen_answers: bool = True
    load_error: str = ""
    missing: tuple[str, ...] = ()


def python_fault(version: tuple[int, ...], missing: Iterable[str]) -> str:
    """What keeps every command from running; empty if nothing does."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        return (
            f"Rootwatch needs Python {_dotted(OLDEST_PYTHON)} or newer; "
            f"this is {_dotted(version[:2])}."
        )
    lacking = ", ".join(missing)
    if lacking:
        return (
            f"This Python lacks {lacking}: start Rootwatch with `make demo` or "
            "`uv run main.py demo`, which set it up."
        )
    return ""


def window_fault(facts: Facts) -> str:
    """What keeps a window from opening; empty if nothing does."""
    if not facts.qt_version:
        return (
            "This Python lacks PySide6: start Rootwatch with `make demo` or "
            "`uv run main.py demo`, which set it up."
        )
    if facts.python[:2] < NONE_IS_IMMORTAL and _numbers(facts.qt_version) >= QT_THAT_LOSES_NONE:
        return (
            f"PySide6 {facts.qt_version} crashes on Python {_dotted(facts.python[:2])}: "
            'install an older one (pip install "PySide6-Essentials<6.12") or use Python 3.12.'
        )
    if not _has_screen(facts):
        return (
            "No screen found: start this from a desktop session, or set QT_QPA_PLATFORM=offscreen "
            "to run without one."
        )
    if facts.load_error:
        return _library_fault(facts)
    return ""


def require_python() -> None:
    """End the program with one sentence if this Python cannot run it."""
    missing = [part for part in PARTS if importlib.util.find_spec(part) is None]
    _end_if(python_fault(sys.version_info[:3], missing))


def require_window() -> None:
    """End the program with one sentence if no window can be opened here.

    For commands that open one, before they import anything of Qt.
    """
    _end_if(window_fault(look()))


def look() -> Facts:
    """Gather the facts of this machine; loads Qt's libraries where there is a screen."""
    environment = dict(os.environ)
    facts = Facts(sys.platform, sys.version_info[:3], _qt_version(), environment)
    if window_fault(facts):
        return facts
    on_x11 = _uses_x11(facts)
    load_error = _load_error(on_x11)
    tables = {**PACKAGES, **X11_PACKAGES} if on_x11 else PACKAGES
    return Facts(
        facts.platform,
        facts.python,
        facts.qt_version,
        environment,
        screen_answers=bool(load_error) or not on_x11 or _x11_answers(),
        load_error=load_error,
        missing=missing_libraries(tables, _load_library) if load_error else (),
    )


def missing_libraries(names: Iterable[str], load: Callable[[str], object]) -> tuple[str, ...]:
    """Those of `names` that `load` cannot load (it raises OSError), in their order."""
    missing = []
    for name in names:
        try:
            load(name)
        except OSError:
            missing.append(name)
    return tuple(missing)


def _library_fault(facts: Facts) -> str:
    known = {**PACKAGES, **X11_PACKAGES}
    packages = sorted({known[name] for name in facts.missing if name in known})
    if not packages:
        return f"Qt cannot be loaded on this system: {facts.load_error}."
    return (
        f"Qt needs system libraries that are missing ({', '.join(facts.missing)}); "
        f"on Debian or Ubuntu: sudo apt install {' '.join(packages)}"
    )


def _has_screen(facts: Facts) -> bool:
    if facts.platform != "linux" or facts.environment.get("QT_QPA_PLATFORM", "xcb") != "xcb":
        return True
    named = facts.environment.get("DISPLAY") or facts.environment.get("WAYLAND_DISPLAY")
    return bool(named) and facts.screen_answers


def _uses_x11(facts: Facts) -> bool:
    if facts.platform != "linux" or facts.environment.get("QT_QPA_PLATFORM", "xcb") != "xcb":
        return False
    return bool(facts.environment.get("DISPLAY")) and not facts.environment.get("WAYLAND_DISPLAY")


def _qt_version() -> str:
    try:
        return str(importlib.import_module("PySide6").__version__)  # loads nothing of Qt yet
    except ImportError:
        return ""


def _load_error(on_x11: bool) -> str:
    """What the system says when Qt is loaded, and with it the plugin that opens windows on X11."""
    try:
        widgets = importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return str(error)
    if not on_x11:
        return ""
    plugin = os.path.join(  # noqa: PTH118 - pathlib would be one more thing to load at every start
        os.path.dirname(widgets.__file__ or ""),  # noqa: PTH120
        "Qt/plugins/platforms/libqxcb.so",
    )
    try:
        _load_library(plugin)
    except OSError as error:
        return str(error)
    return ""


def _load_library(name: str) -> object:
    """Load a library of the system; raises OSError where it cannot be loaded."""
    import ctypes  # noqa: PLC0415

    return ctypes.CDLL(name)


def _x11_answers() -> bool:
    """Whether the X server that DISPLAY names lets us in; Qt would abort if it does not."""
    import ctypes  # noqa: PLC0415 - nobody but X11 needs it at every start

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _dotted(version: Iterable[int]) -> str:
    return ".".join(str(number) for number in version)


def _end_if(fault: str) -> None:
    if fault:
        _end(fault)


def _end(fault: str) -> NoReturn:
    print(fault, file=sys.stderr)
    raise SystemExit(WRONG_USE)
