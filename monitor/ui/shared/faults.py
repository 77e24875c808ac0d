"""The last resort for bugs: they are written down with a reference number, and said plainly."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32 of them: a byte favours none
_KEPT_BYTES = 1_000_000


def new_reference() -> str:
    """A short number to read out on the telephone, without letters that look alike."""
    # as the module secrets would choose, which takes 4 ms to load
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in os.urandom(6))


def describe(error: BaseException) -> str:
    """Where and of what kind an error was: files, lines and names of functions.

    What the error says is left out, and so are all values: they may speak of a patient.
    """
    lines = []
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        frames = traceback.extract_tb(link.__traceback__)
        lines += [f"    {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        link = link.__cause__ or link.__context__
    return "\n".join(lines)


class Faults(QObject):
    """Writes every bug to a log file and tells that one happened.

    Signals:
        happened: the reference number under which a bug was written (str).
    """

    happened = Signal(str)

    def __init__(
        self, log_file: Path, program: Callable[[], str], parent: QObject | None = None
    ) -> None:
        """log_file: is added to, its folder made; program: gives name and version, for the log."""
        super().__init__(parent)
        self._log_file = log_file
        self._program = program

    def install(self) -> None:
        """Catch what nobody catches, slots and event handlers included."""
        sys.excepthook = self._uncaught

    @Slot(object)
    def report(self, error: BaseException) -> str:
        """Write a bug down and tell of it; the reference number."""
        reference = new_reference()
        self._write(reference, describe(error))
        self.happened.emit(reference)
        return reference

    def _uncaught(
        self,
        _kind: type[BaseException],
        error: BaseException,
        _trace: TracebackType | None,
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(KeyboardInterrupt, error, error.__traceback__)
            return
        reference = self.report(error)
        # Before there is a window to say so, the terminal does.
        sys.stderr.write(f"Rootwatch has a fault, {reference}; see {self._log_file}.\n")

    def _write(self, reference: str, text: str) -> None:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        system = f"Python {platform.python_version()} on {platform.platform()}"
        entry = f"{now} {reference} {self._program()}, {system}\n{text}\n\n"
        try:
            self._log_file.parent.mkdir(parents=True, exist_ok=True)
            full = self._log_file.exists() and self._log_file.stat().st_size > _KEPT_BYTES
            with self._log_file.open("w" if full else "a", encoding="utf-8") as log:
                log.write(entry)
        except OSError:
            # A full disk must not hide the bug behind a second one.
            sys.stderr.write(entry)
