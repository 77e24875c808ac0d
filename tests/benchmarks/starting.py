"""How long a program takes from its start until a line that it prints, beside a bare window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

STARTS = 15
ROOT = Path(__file__).parents[2]

END = "print('painted', flush=True); import os; os._exit(0)"
"""What a program that is measured does when it has come to what is measured."""

BARE = f"""
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
application = QApplication([])
window = QWidget()
QVBoxLayout(window).addWidget(QLabel("Start"))
window.resize(1280, 800)
window.show()
while not window.windowHandle().isExposed():
    application.processEvents()
application.processEvents()
{END}
"""
"""The least there is: a window of PySide6 with one label."""


def run(code: str, compiled: Path) -> tuple[float, str]:
    """How long a new process took until its first line, in milliseconds, and that line.

    compiled: a folder for compiled modules, as an installed program has them.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        taken = 1000 * (time.perf_counter() - start)
        if not line:
            raise RuntimeError(process.stderr.read())
    return taken, line


def medians(codes: Mapping[str, str]) -> dict[str, float]:
    """The median of STARTS starts of each program, in milliseconds.

    They take turns, so that a busy machine slows all of them.
    """
    times: dict[str, list[float]] = {name: [] for name in codes}
    with tempfile.TemporaryDirectory() as compiled:
        for code in codes.values():
            run(code, Path(compiled))
        for _ in range(STARTS):
            for name, code in codes.items():
                times[name].append(run(code, Path(compiled))[0])
    return {name: statistics.median(found) for name, found in times.items()}
