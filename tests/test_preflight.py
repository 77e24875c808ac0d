from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.preflight import (
    PACKAGES,
    PARTS,
    X11_PACKAGES,
    Facts,
    missing_libraries,
    python_fault,
    window_fault,
)

ROOT = Path(__file__).parents[1]
DESKTOP = Facts("linux", (3, 11, 2), "6.11.3", {"DISPLAY": ":0"})


def test_that_every_supported_python_may_start() -> None:
    assert [python_fault((3, minor, 0), ()) for minor in (11, 12, 13, 14)] == [""] * 4


def test_that_an_old_python_is_told_which_is_needed() -> None:
    assert python_fault((3, 10, 13), ()) == "Rootwatch needs Python 3.11 or newer; this is 3.10."


def test_that_a_python_without_the_set_up_is_told_the_command() -> None:
    fault = python_fault((3, 11, 2), ["click", "alembic"])
    assert "click, alembic" in fault
    assert "make demo" in fault


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(DESKTOP, id="X11"),
        pytest.param(replace(DESKTOP, environment={"WAYLAND_DISPLAY": "wayland-0"}), id="Wayland"),
        pytest.param(
            replace(DESKTOP, environment={"QT_QPA_PLATFORM": "offscreen"}), id="offscreen"
        ),
        pytest.param(replace(DESKTOP, platform="win32", environment={}), id="Windows"),
        pytest.param(replace(DESKTOP, platform="darwin", environment={}), id="macOS"),
        pytest.param(replace(DESKTOP, python=(3, 12, 0), qt_version="6.12.0"), id="newest Qt"),
    ],
)
def test_that_a_window_may_open_where_nothing_is_missing(facts: Facts) -> None:
    assert window_fault(facts) == ""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param(replace(DESKTOP, qt_version=""), "lacks PySide6", id="no Qt"),
        pytest.param(
            replace(DESKTOP, qt_version="6.12.0"),
            "PySide6 6.12.0 crashes on Python 3.11",
            id="6.12",
        ),
        pytest.param(replace(DESKTOP, environment={}), "No screen found", id="no screen"),
        pytest.param(replace(DESKTOP, screen_answers=False), "No screen found", id="refused"),
        pytest.param(
            replace(
                DESKTOP,
                load_error="libEGL.so.1: cannot open shared object file",
                missing=("libEGL.so.1", "libxcb-cursor.so.0"),
            ),
            "sudo apt install libegl1 libxcb-cursor0",
            id="missing libraries",
        ),
        pytest.param(
            replace(DESKTOP, load_error="libnew.so.1: no such file"),
            "Qt cannot be loaded on this system: libnew.so.1: no such file.",
            id="a library not in the tables",
        ),
    ],
)
def test_that_what_keeps_a_window_shut_is_said_in_one_sentence(facts: Facts, said: str) -> None:
    fault = window_fault(facts)
    assert said in fault
    assert "\n" not in fault


def test_that_missing_libraries_are_those_that_cannot_be_loaded() -> None:
    def load(name: str) -> None:
        if name != "libEGL.so.1":
            raise OSError(name)

    assert missing_libraries(["libGL.so.1", "libEGL.so.1", "libX11.so.6"], load) == (
        "libGL.so.1",
        "libX11.so.6",
    )


def test_that_no_two_libraries_are_said_to_come_from_one_package() -> None:
    packages = [*PACKAGES.values(), *X11_PACKAGES.values()]
    assert len(packages) == len(set(packages))


def ended(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in WINDOW_VARIABLES}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


WINDOW_VARIABLES = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
REQUIRE = "from monitor.preflight import require_window; require_window()"
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")


@ON_LINUX
def test_that_a_command_without_a_screen_ends_with_code_2_and_no_traceback() -> None:
    result = ended(REQUIRE)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith("No screen found")


@ON_LINUX
def test_that_a_screen_nobody_answers_at_ends_with_code_2_and_not_in_an_abort() -> None:
    result = ended(REQUIRE, DISPLAY=":4711")
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1


def test_that_a_command_without_a_screen_starts_offscreen_when_asked_to() -> None:
    assert ended(REQUIRE, QT_QPA_PLATFORM="offscreen").returncode == 0


def test_that_main_without_the_set_up_ends_with_one_sentence() -> None:
    code = (
        "import runpy, sys\n"
        "sys.path[:] = [p for p in sys.path if 'site-packages' not in p]\n"
        "runpy.run_path('main.py', run_name='__main__')\n"
    )
    result = ended(code)
    assert result.returncode == 2
    assert PARTS[0] in result.stderr
    assert result.stderr.count("\n") == 1
