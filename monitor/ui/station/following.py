"""Puts the dialog that edits a follow-up and its presenter together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.episode import EpisodePresenter
from monitor.ui.station.one_dialog import OneDialog
from monitor.ui.station.screens.episode_dialog import EpisodeDialog
from monitor.ui.station.views import EpisodeDraft, EpisodeState, Foresight, Told


class Following(OneDialog):
    """Lets a nurse edit a follow-up; has no looks of its own.

    Signals:
        patient_wanted: the patient of this follow-up is to be edited (episode id).
    """

    patient_wanted = Signal(str)

    dialog: EpisodeDialog | None

    def __init__(
        self, tasks: Tasks, language: str, parent: QWidget, is_open: Callable[[str], bool]
    ) -> None:
        """is_open: whether the patient of an episode is the one on the page now."""
        super().__init__(parent)
        self._is_open = is_open
        self.presenter = EpisodePresenter(tasks, language, self)
        self.presenter.opened.connect(self._ask)
        self.presenter.foreseen.connect(self._show_foresight)
        self.presenter.stored.connect(self._finish)
        self.presenter.refused.connect(self._refuse)

    def open(self, episode_id: str) -> None:
        """Ask for a follow-up as it is now; the dialog opens when it is read."""
        self.presenter.open(episode_id)

    def _ask(self, state: EpisodeState, draft: EpisodeDraft | None) -> None:
        if not self._is_open(state.episode_id) or self.dialog is not None:
            return
        dialog = EpisodeDialog(state, draft, self.parentWidget())
        self._own(dialog)
        dialog.foresight_wanted.connect(self.presenter.foresee)
        dialog.confirmed.connect(self.presenter.store)
        dialog.patient_wanted.connect(lambda: self.patient_wanted.emit(state.episode_id))
        dialog.rejected.connect(lambda: self.presenter.keep(dialog.draft()))
        dialog.open()

    def _show_foresight(self, foreseen: Foresight) -> None:
        if self.dialog is not None:
            self.dialog.show_foresight(foreseen)

    def _finish(self, evaluated: bool) -> None:
        self._accept_sent()
        said = self.tr("The follow-up is changed.")
        if not evaluated:
            said = self.tr("The follow-up is changed; its alerts are judged at the next check.")
        self.told.emit(Told(said))
        self.stored.emit()

    def _refuse(self, text: str, again: bool) -> None:
        self._show_refusal(text, again=again)
