"""Puts the dialogs that pause and end a follow-up together with what stores it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from monitor.services.ports import Conflict, Refusal
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.forms import EndState, PauseTyped
from monitor.ui.station.one_dialog import OneDialog
from monitor.ui.station.registration import said_day
from monitor.ui.station.screens.ask_dialog import AskDialog
from monitor.ui.station.screens.end_dialog import EndDialog
from monitor.ui.station.screens.pause_dialog import PauseDialog
from monitor.ui.station.stopping import Read, Stored, foresee_pause, read_end, read_pause, store
from monitor.ui.station.views import Told


class EndingPresenter(QObject):
    """Talks to the services for the follow-up that is paused or ended.

    Signals:
        opened: a dialog may be shown (Read).
        foreseen: what a pause would mean (PauseTyped, tuple of sentences).
        faulted: nothing is stored; what is wrong, by field (dict).
        stored: it is done; what to say of it (str).
        refused: it is not: the sentence, and whether it may be tried again as it is (bool).
    """

    opened = Signal(object)
    foreseen = Signal(object, object)
    faulted = Signal(object)
    stored = Signal(str)
    refused = Signal(str, bool)

    def __init__(self, tasks: Tasks, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language
        self._read: Read | None = None

    def open_pause(self, episode_id: str) -> None:
        """Read how a follow-up is paused."""
        self._open(read_pause, episode_id)

    def open_end(self, episode_id: str) -> None:
        """Read how a follow-up ended, or what would be closed with it."""
        self._open(read_end, episode_id)

    def foresee(self, typed: PauseTyped) -> None:
        """Ask what a pause would mean; only the newest question is answered."""
        if self._read is None:
            return
        self._tasks.run(
            foresee_pause,
            self._read.episode,
            typed,
            then=lambda lines: self.foreseen.emit(typed, lines),
            failed=lambda _error: None,  # the banner says that the store is away
            slot="foresee pause",
        )

    def store(self, typed: object) -> None:
        """Do it, or say what is wrong with it."""
        if self._read is not None:
            self._tasks.run(store, self._read, typed, then=self._tell, failed=self._refuse)

    def _open(self, verb: Callable[..., Read], episode_id: str) -> None:
        self._tasks.run(
            verb, episode_id, self._language, then=self._take, failed=self._refuse, slot="ending"
        )

    def _take(self, read: Read) -> None:
        self._read = read
        self.opened.emit(read)

    def _tell(self, stored: Stored) -> None:
        if stored.faults:
            self.faulted.emit(stored.faults)
        else:
            self.stored.emit(stored.said)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            said = self.tr("It could not be stored now. Nothing was changed. Try again soon.")
            self.refused.emit(said, True)
        elif isinstance(error, Conflict):
            self.refused.emit(self._who_was_first(error), False)
        else:
            said = {
                "episode_closed": self.tr("This follow-up is closed. Shift+X opens it again."),
                "not_allowed": self.tr("Your role does not allow this."),
                "red_waits": self.tr(
                    "A red alert waits that nobody has taken in hand. Take it in hand first."
                ),
            }.get(error.code, self.tr("This is no longer possible. Nothing was changed."))
            self.refused.emit(said, False)

    def _who_was_first(self, error: Conflict) -> str:
        if error.code == "report_came":
            return self.tr(
                "A report that was left unfinished at a kiosk has just come in. Look at it first, "
                "then close the follow-up."
            )
        who, at = error.details.get("by", ""), error.details.get("at", "")
        if not who:
            return self.tr(
                "This follow-up was changed in the meantime. Nothing of yours was stored; close "
                "and open this again."
            )
        said = self.tr(
            "{who} was first, at {at}. Nothing of yours was stored; close and open this again."
        )
        return said.format(who=who, at=at)


class Ending(OneDialog):
    """Lets a nurse pause and end follow-ups; has no looks of its own."""

    dialog: AskDialog | None

    def __init__(
        self, tasks: Tasks, language: str, parent: QWidget, is_open: Callable[[str], bool]
    ) -> None:
        """is_open: whether the patient of an episode is the one on the page now."""
        super().__init__(parent)
        self._is_open = is_open
        self._drafts: dict[tuple[str, str], Any] = {}
        self.presenter = EndingPresenter(tasks, language, self)
        self.presenter.opened.connect(self._show)
        self.presenter.foreseen.connect(self._show_foresight)
        self.presenter.faulted.connect(self._show_faults)
        self.presenter.stored.connect(self._finish)
        self.presenter.refused.connect(self._refuse)

    def open_pause(self, episode_id: str) -> None:
        """Ask for a pause, or for the end of the one there is."""
        if self.dialog is None:
            self.presenter.open_pause(episode_id)

    def open_end(self, episode_id: str) -> None:
        """Ask how a follow-up ends, or why a closed one is opened again."""
        if self.dialog is None:
            self.presenter.open_end(episode_id)

    def _show(self, read: Read) -> None:
        if self.dialog is not None or not self._is_open(read.episode.id):
            return
        dialog = self._dialog_for(read)
        self._own(dialog)
        key = (read.asked, read.episode.id)
        if key in self._drafts:
            dialog.restore(self._drafts[key])
        dialog.confirmed.connect(self.presenter.store)
        dialog.accepted.connect(lambda: self._drafts.pop(key, None))
        dialog.rejected.connect(lambda: self._drafts.update({key: dialog.typed()}))
        dialog.open()

    def _dialog_for(self, read: Read) -> AskDialog:
        said = partial(said_day, today=read.state.today)
        if isinstance(read.state, EndState):
            if read.asked == "end":
                return EndDialog(read.state, said, self.parentWidget())
            asks = self.tr("Why is it opened again? It stands in the record.")
            return self._plain(self.tr("Open the follow-up again"), read.state.about, asks,
                               read.state.ended)  # fmt: skip
        if read.asked == "end_pause":
            return self._plain(self.tr("End the pause"), read.state.about, self.tr("Note"),
                               read.state.paused)  # fmt: skip
        dialog = PauseDialog(read.state, said, self.parentWidget())
        dialog.foresight_wanted.connect(self.presenter.foresee)
        return dialog

    def _plain(self, verb: str, about: str, asks: str, says: str) -> AskDialog:
        """A dialog that asks for nothing but a note."""
        dialog = AskDialog(self.parentWidget(), verb, about, asks)
        dialog.say(says)
        return dialog

    def _show_foresight(self, typed: PauseTyped, lines: tuple[str, ...]) -> None:
        if isinstance(self.dialog, PauseDialog):
            self.dialog.show_foresight(typed, lines)

    def _show_faults(self, faults: dict[str, str]) -> None:
        if self.dialog is not None:
            self.dialog.show_faults(faults)

    def _finish(self, said: str) -> None:
        self._accept_sent()
        self.told.emit(Told(said))
        self.stored.emit()

    def _refuse(self, text: str, again: bool) -> None:
        self._show_refusal(text, again=again)
