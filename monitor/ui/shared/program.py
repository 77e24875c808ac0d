"""The Qt application itself: its look, its fonts, its last resort for bugs, its loop."""

from __future__ import annotations

import importlib
import signal
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from monitor.ui.shared.faults import Faults
from monitor.ui.shared.theme import Theme, load_fonts

MOST_PATIENCE_MS = 500
MEANWHILE_AFTER_MS = 300
"""After the first page is there: loading makes the program slow to answer for half a second."""

SIGNALS_HEARD_EVERY_MS = 300
"""Python hears an interrupt only between Qt's events; an idle window has none."""


class Program:
    """One process with windows. Made before any of them, run once they are there."""

    def __init__(
        self, theme: Mapping[str, Any], fonts: Path, log_file: Path, version: Callable[[], str]
    ) -> None:
        """version: asked only once a bug is written down, as finding it out takes 20 ms."""
        # named here, because QApplication.setStyle gives a style back: 5 ms to make its type
        arguments = ["rootwatch", "-style", "fusion"]
        existing = QApplication.instance()
        self.application = (
            existing if isinstance(existing, QApplication) else QApplication(arguments)
        )
        self.application.setApplicationName("Rootwatch")
        load_fonts(fonts)
        self.theme = Theme.from_mapping(theme)
        self._log_file = log_file
        self.faults = Faults(log_file, lambda: f"Rootwatch {version()}")
        self.faults.install()

    def tell_bugs_in(self, window: QWidget) -> None:
        """Let a window say that something went wrong, with the reference to tell."""
        from monitor.ui.shared.fault_dialog import FaultDialog  # noqa: PLC0415 - the kiosk has none

        FaultDialog(self.faults, window, self._log_file)

    def paint(self, window: QWidget) -> None:
        """Wait until a window that was just shown is on the screen, half a second at most."""
        patience = QDeadlineTimer(MOST_PATIENCE_MS)
        while not (window.windowHandle().isExposed() or patience.hasExpired()):
            self.application.processEvents()
        self.application.processEvents()

    def load_meanwhile(self, module: str) -> None:
        """Load a module that is slow to load while somebody reads the first page or types.

        Only one without Qt, whose classes are made on this thread alone.
        """

        def load() -> None:
            threading.Thread(target=importlib.import_module, args=(module,), daemon=True).start()

        QTimer.singleShot(MEANWHILE_AFTER_MS, load)

    def run(self) -> int:
        """Run until the last window is closed, or Ctrl+C in the terminal; the exit code."""
        signal.signal(signal.SIGINT, lambda *_: self.application.quit())
        listening = QTimer()
        listening.start(SIGNALS_HEARD_EVERY_MS)
        listening.timeout.connect(lambda: None)
        return self.application.exec()
