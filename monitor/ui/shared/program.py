"""The Qt application itself: its look, its fonts, its last resort for bugs, its loop."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from monitor.ui.shared.faults import FaultDialog, Faults
from monitor.ui.shared.theme import Theme, load_fonts

SIGNALS_HEARD_EVERY_MS = 300
"""Python hears an interrupt only between Qt's events; an idle window has none."""


class Program:
    """One process with windows. Made before any of them, run once they are there."""

    def __init__(self, theme: Mapping[str, Any], fonts: Path, log_file: Path, version: str) -> None:
        existing = QApplication.instance()
        self.application = existing if isinstance(existing, QApplication) else QApplication([])
        self.application.setApplicationName("Rootwatch")
        self.application.setApplicationVersion(version)
        self.application.setStyle("Fusion")
        load_fonts(fonts)
        self.theme = Theme.from_mapping(theme)
        self._log_file = log_file
        self.faults = Faults(log_file, f"Rootwatch {version}")
        self.faults.install()

    def tell_bugs_in(self, window: QWidget) -> None:
        """Let a window say that something went wrong, with the reference to tell."""
        FaultDialog(self.faults, window, self._log_file)

    def run(self) -> int:
        """Run until the last window is closed, or Ctrl+C in the terminal; the exit code."""
        signal.signal(signal.SIGINT, lambda *_: self.application.quit())
        listening = QTimer()
        listening.start(SIGNALS_HEARD_EVERY_MS)
        listening.timeout.connect(lambda: None)
        return self.application.exec()
