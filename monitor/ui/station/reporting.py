"""Puts the sheet for a report and its presenter together, for the window that opens it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.entering import EnteringPresenter
from monitor.ui.station.one_dialog import OneDialog
from monitor.ui.station.screens.report_dialog import ReportDialog
from monitor.ui.station.views import Entries, SheetState, Told


class Reporting(OneDialog):
    """Lets a nurse enter a report; has no looks of its own."""

    dialog: ReportDialog | None

    def __init__(
        self, tasks: Tasks, language: str, parent: QWidget, is_open: Callable[[str], bool]
    ) -> None:
        """is_open: whether the patient of an episode is the one on the page now."""
        super().__init__(parent)
        self._is_open = is_open
        self.presenter = EnteringPresenter(tasks, language, self)
        self.presenter.opened.connect(self._show)
        self.presenter.asked.connect(self._show_asked)
        self.presenter.stored.connect(self._finish)
        self.presenter.refused.connect(self._refuse)

    def open(self, episode_id: str) -> None:
        """Ask for the sheet of a patient for today; it opens when it is read."""
        if self.dialog is None:
            self.presenter.open(episode_id)

    def _show(self, state: SheetState, entries: Entries) -> None:
        if self.dialog is None:
            if not self._is_open(state.episode_id):
                return  # the nurse has gone on to somebody else while it was read
            dialog = ReportDialog(self.parentWidget())
            self._own(dialog)
            dialog.edited.connect(self.presenter.edit)
            dialog.confirmed.connect(self.presenter.store)
            dialog.date_chosen.connect(self._note_sent)
            dialog.date_chosen.connect(self._choose_date)
            dialog.show_sheet(state, entries)
            dialog.open()
        else:
            self.dialog.show_sheet(state, entries)

    def _show_asked(self, keys: frozenset[str]) -> None:
        if self.dialog is not None:
            self.dialog.show_asked(keys)
            if not self.dialog.has_keyboard:
                self.dialog.take_keyboard()

    def _choose_date(self, date: dt.date) -> None:
        if self.dialog is not None:
            self.presenter.open(self.dialog.episode_id, date)

    def _finish(self, told: Told) -> None:
        self._accept_sent()
        self.told.emit(told)
        self.stored.emit()

    def _refuse(self, text: str) -> None:
        self._show_refusal(text)
