"""Finds everything (Ctrl+K): patients, lists, pages and commands, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from monitor.domain.folding import folded
from monitor.services.permissions import may
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme
from monitor.ui.station.navigation import Key, keys, list_hints, wants
from monitor.ui.station.rows import read_more
from monitor.ui.station.screens.palette import PaletteDialog
from monitor.ui.station.views import Hit, Need, Row

_HERE = frozenset({"palette", "back", "search"})
"""What the palette does itself, or nobody would look for in it."""


class Palette(QObject):
    """One field that finds everything; owns its dialog.

    Signals:
        opened: a patient who was chosen (Row).
        commanded: the name of a command or list that was chosen (str).
    """

    opened = Signal(object)
    commanded = Signal(str)

    def __init__(self, tasks: Tasks, language: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language
        self._theme = theme
        self._window = parent
        self._entries: tuple[Hit, ...] = ()
        self._query = ""
        self.dialog: PaletteDialog | None = None

    def open(self, needs: Sequence[Need], is_possible: Callable[[str], bool]) -> None:
        """Open the field above the window; pressed again it closes.

        needs: the lists with their counts; is_possible: whether a command can be given now.
        """
        if self.dialog is not None:
            self.dialog.reject()
            return
        self._entries = tuple(self._all(needs, is_possible))
        self.dialog = dialog = PaletteDialog(self._theme, self._window)
        dialog.typed.connect(self._find)
        dialog.chosen.connect(self._choose)
        dialog.finished.connect(self._forget)
        self._find("")
        dialog.open()

    def _all(self, needs: Sequence[Need], is_possible: Callable[[str], bool]) -> Iterable[Hit]:
        """The lists first, then every command that can and may be given now, in their order."""
        hints, acting = list_hints(), self._tasks.clinic.acting

        def is_allowed(command: str) -> bool:
            needed = wants(command).needs
            return needed is None or may(acting, needed)

        for need in needs:
            if is_allowed(need.key):
                count = "" if need.count is None else str(need.count)
                yield Hit(
                    need.key, need.label, self.tr("List"), hints.get(need.key, ""), count,
                    need.priority, need.sign,
                )  # fmt: skip
        for key in keys():
            is_here = not key.command or key.command in hints or key.command in _HERE
            if not is_here and is_allowed(key.command) and is_possible(key.command):
                yield Hit(key.command, key.what, self.tr("Command"), _shown(key))

    def _find(self, query: str) -> None:
        """Show what fits; patients follow as soon as they are read, behind the rest."""
        self._query = query = " ".join(query.split())
        self._show(())
        if query and may(self._tasks.clinic.acting, "look"):
            self._tasks.run(
                read_more,
                self._language,
                query,
                0,
                then=self._show,
                failed=lambda _error: None,
                slot="palette",
            )

    def _show(self, rows: Sequence[Row]) -> None:
        if self.dialog is None:
            return
        words = folded(self._query).split()
        fitting = [entry for entry in self._entries if _fits(entry, words)]
        patients = [
            Hit(
                row.key, row.name, " · ".join(part for part in (row.reason, row.since) if part),
                row.place, "", row.priority, row.sign, row,
            )
            for row in rows
        ]  # fmt: skip
        self.dialog.show_entries((*fitting, *patients), self._query)

    def _choose(self, entry: Hit) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        if entry.row is not None:
            self.opened.emit(entry.row)
        else:
            self.commanded.emit(entry.key)

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def _shown(key: Key) -> str:
    """The first way in which its keys are written."""
    return key.shown.split("  ")[0]


def _fits(entry: Hit, words: Sequence[str]) -> bool:
    """Whether every word that was typed begins one of the title."""
    title = folded(entry.title).split()
    return all(any(part.startswith(word) for part in title) for word in words)
