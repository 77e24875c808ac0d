"""Asks what must be asked before a step with an alert, and tells what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.acting import ActionPresenter
from monitor.ui.station.one_dialog import OneDialog
from monitor.ui.station.screens.acknowledge_dialog import AcknowledgeDialog
from monitor.ui.station.screens.action_dialog import ActionDialog
from monitor.ui.station.screens.reopen_dialog import ReopenDialog
from monitor.ui.station.screens.resolve_dialog import ResolveDialog
from monitor.ui.station.screens.snooze_dialog import SnoozeDialog
from monitor.ui.station.views import Card, Decision, Draft, PatientState, Step, Told


class Deciding(OneDialog):
    """Lets a nurse take in hand, put aside, resolve, reopen and rate; has no looks of its own.

    Signals:
        stale: it was refused because what is shown is old; whoever shows it reads again.
    """

    stale = Signal()

    dialog: ActionDialog | None

    def __init__(
        self, tasks: Tasks, parent: QWidget, now: Callable[[], dt.datetime | None]
    ) -> None:
        """now: the clinic's time when the list was read last."""
        super().__init__(parent)
        self._now = now
        self._drafts: dict[tuple[Step, str], Draft] = {}
        self.presenter = ActionPresenter(tasks, self)
        self.presenter.acted.connect(self._finish)
        self.presenter.refused.connect(self._refuse)

    def take(self, step: Step, card: Card, who: str) -> None:
        """Ask what must be asked before a step; where it is not possible, say why."""
        if step not in card.can:
            self.told.emit(Told(card.why_not(step)))
        elif step in ("useful", "not_useful"):
            self.presenter.act(Decision(step, card.alert_id, card.version, card.title))
        else:
            self._ask(self._dialog_for(step, card), card, who)

    def show_patient(self, state: PatientState) -> None:
        """After a refusal show the nurse what is true now, so that she may decide anew."""
        if self.dialog is not None and self.dialog.refusal:
            everything = (*state.cards, *state.closed)
            card = next((c for c in everything if c.alert_id == self.dialog.alert_id), None)
            if card is not None:
                self.dialog.show_state(card, state.who)

    def _dialog_for(self, step: Step, card: Card) -> ActionDialog:
        now, window = self._now(), self.parentWidget()
        assert now is not None, "who is open was read after the list"
        if step == "acknowledge":
            return AcknowledgeDialog(card, now, window)
        if step == "snooze":
            return SnoozeDialog(card, now, window)
        return ResolveDialog(card, window) if step == "resolve" else ReopenDialog(window)

    def _ask(self, dialog: ActionDialog, card: Card, who: str) -> None:
        self._own(dialog)
        dialog.show_state(card, who)
        if (draft := self._drafts.get((dialog.step, card.alert_id))) is not None:
            dialog.restore(draft)
        dialog.confirmed.connect(self.presenter.act)
        dialog.rejected.connect(self._keep_draft)
        dialog.open()

    def _keep_draft(self) -> None:
        if self.dialog is not None:
            self._drafts[self.dialog.step, self.dialog.alert_id] = self.dialog.draft()

    def _finish(self, told: Told) -> None:
        if self.dialog is not None and self.dialog is self._sent:
            self._drafts.pop((self.dialog.step, self.dialog.alert_id), None)
            self.dialog.accept()
        self.told.emit(told)

    def _refuse(self, text: str, again: bool) -> None:
        """Say why it was not done; where that is not an outage, what is shown is old."""
        self._show_refusal(text, again=again)
        if not again:
            self.stale.emit()
