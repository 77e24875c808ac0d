"""Puts the dialog that edits a follow-up and its presenter together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.episode import EpisodePresenter
from monitor.ui.station.screens.episode_dialog import EpisodeDialog
from monitor.ui.station.views import EpisodeDraft, EpisodeState, Foresight, Told


class Following(QWidget):
    """Lets a nurse edit a follow-up; has no looks of its own.

    Signals:
        told: what came of it (Told).
        stored: the follow-up is changed, so whatever shows it looks again.
        patient_wanted: the patient of this follow-up is to be edited (episode id).
    """

    told = Signal(object)
    stored = Signal()
    patient_wanted = Signal(str)

    def __init__(
        self, tasks: Tasks, language: str, parent: QWidget, is_open: Callable[[str], bool]
    ) -> None:
        """is_open: whether the patient of an episode is the one on the page now."""
        super().__init__(parent)
        self.hide()
        self._is_open = is_open
        self.dialog: EpisodeDialog | None = None
        self._sent: EpisodeDialog | None = None
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
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.foresight_wanted.connect(self.presenter.foresee)
        dialog.confirmed.connect(self._note_sent)
        dialog.confirmed.connect(self.presenter.store)
        dialog.patient_wanted.connect(lambda: self.patient_wanted.emit(state.episode_id))
        dialog.rejected.connect(lambda: self.presenter.keep(dialog.draft()))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _show_foresight(self, foreseen: Foresight) -> None:
        if self.dialog is not None:
            self.dialog.show_foresight(foreseen)

    def _note_sent(self, *_answer: object) -> None:
        """What is stored now was asked by this dialog; no other one is closed when it is."""
        self._sent = self.dialog

    def _finish(self, evaluated: bool) -> None:
        if self.dialog is not None and self.dialog is self._sent:
            self.dialog.accept()
        said = self.tr("The follow-up is changed.")
        if not evaluated:
            said = self.tr("The follow-up is changed; its alerts are judged at the next check.")
        self.told.emit(Told(said))
        self.stored.emit()

    def _refuse(self, text: str, again: bool) -> None:
        if self.dialog is not None and self.dialog is self._sent:
            self.dialog.show_refusal(text, again=again)
        else:
            self.told.emit(Told(text, bad=True))
