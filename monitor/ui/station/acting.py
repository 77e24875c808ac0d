"""Does what the nurse decides about an alert, and says what came of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from monitor.domain.alert import State, Useful
from monitor.services import alerts
from monitor.services.alerts import Done
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Conflict, Refusal
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.cards import done_words, who_words
from monitor.ui.station.dates import moment
from monitor.ui.station.views import Decision, Told

translate = QCoreApplication.translate


def act(clinic: Clinic, decision: Decision) -> Done:
    """Do what was decided; a conflict also tells what the other did and what time it is now."""
    done = decision
    try:
        match done.step:
            case "acknowledge":
                return alerts.acknowledge(
                    clinic, done.alert_id, done.version, done.note, review_on=done.on
                )
            case "snooze":
                assert done.on is not None, "the dialog asks until when"
                return alerts.snooze(clinic, done.alert_id, done.version, done.on, done.note)
            case "resolve":
                return alerts.resolve(clinic, done.alert_id, done.version, done.outcome, done.note)
            case "reopen":
                return alerts.reopen(clinic, done.alert_id, done.version, done.note)
            case "useful" | "not_useful":
                return _rate(clinic, done)
    except Conflict as error:
        raise told_by(clinic, done.alert_id, error) from error


def _rate(clinic: Clinic, done: Decision) -> Done:
    """Mark it, or take the same mark back."""
    with clinic.store.read() as work:
        marked = work.alerts.get(done.alert_id).useful
    wanted: Useful = "useful" if done.step == "useful" else "not_useful"
    return alerts.rate(clinic, done.alert_id, done.version, "" if marked == wanted else wanted)


def take_back(clinic: Clinic, alert_id: str, version: int) -> Done:
    """Undo the step that made this version."""
    try:
        return alerts.take_back(clinic, alert_id, version)
    except Conflict as error:
        raise told_by(clinic, alert_id, error) from error


@needs("look")
def told_by(clinic: Clinic, alert_id: str, error: Conflict) -> Conflict:
    """The conflict with the words for who was first, what they did and when."""
    with clinic.store.read() as work:
        last = work.alerts.events(alert_id)[-1]
    when = moment(last.at, clinic.now().astimezone(clinic.zone))
    said = done_words(last.happening).format(who=who_words(last.by), when=when)
    return Conflict(error.code, **error.details, said=said)


class ActionPresenter(QObject):
    """Talks to the services for what is done to alerts.

    Signals:
        acted: it is stored; what to say of it (Told).
        refused: it is not: the sentence, and whether it may be tried again as it is (bool).
    """

    acted = Signal(object)
    refused = Signal(str, bool)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def act(self, decision: Decision) -> None:
        """Do what the nurse decided."""
        self._tasks.run(
            act,
            decision,
            then=lambda done: self.acted.emit(self._said(decision, done)),
            failed=self._refuse,
        )

    def take_back(self, alert_id: str, version: int) -> None:
        """Undo one's own last step, of the alert with that id and version."""
        self._tasks.run(take_back, alert_id, version, then=self._tell_undone, failed=self._refuse)

    def _tell_undone(self, done: Done) -> None:
        said = {
            State.RAISED: self.tr("Undone: the alert waits again."),
            State.ACKNOWLEDGED: self.tr("Undone: the alert is in hand again."),
            State.SNOOZED: self.tr("Undone: the alert is put aside again."),
            State.RESOLVED: self.tr("Undone: the alert is closed again."),
        }
        self.acted.emit(Told(said.get(done.alert.state, self.tr("Undone."))))

    def _said(self, decision: Decision, done: Done) -> Told:
        undo = partial(self.take_back, done.alert.id, done.alert.version)
        match decision.step:
            case "acknowledge":
                return Told(self.tr("In hand: {alert}.").format(alert=decision.about), undo)
            case "snooze":
                return Told(self.tr("Put aside: {alert}.").format(alert=decision.about), undo)
            case "resolve":
                return Told(self.tr("Closed: {alert}.").format(alert=decision.about), undo)
            case "reopen":
                return Told(self.tr("Opened again: {alert}.").format(alert=decision.about), undo)
            case _:
                return Told(self._rated(done))

    def _rated(self, done: Done) -> str:
        return {
            "useful": self.tr("Marked as useful. The same key takes it back."),
            "not_useful": self.tr("Marked as not useful. The same key takes it back."),
            "": self.tr("The mark is taken back."),
        }[done.alert.useful]

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(*refusal_words(error))


def refusal_words(error: Exception) -> tuple[str, bool]:
    """Why a step with an alert was not done, and whether it may be tried again as it is."""
    if isinstance(error, Conflict) and "said" in error.details:
        return _other_words(error), False
    if isinstance(error, Refusal):
        return _reason_words(error), error.code in _TRY_AGAIN
    text = translate(
        "station", "It could not be stored now. Nothing was changed. Try again in a moment."
    )
    return text, True


def _other_words(error: Conflict) -> str:
    if error.code == "alert_open":
        return translate(
            "station",
            "It was raised again in the meantime: act on the open alert. Nothing was changed.",
        )
    said = translate("station", "{said} Nothing of yours was stored.")
    return said.format(said=error.details["said"])


def _reason_words(error: Refusal) -> str:
    nothing = translate("station", "Nothing was changed.")
    past = translate("station", "Choose a day to come.")
    late = translate("station", "That is too late: at most {days} days.")
    said = {
        "undo_too_late": translate(
            "station", "It is too late to undo this; a closed alert can be reopened."
        ),
        "never_snoozed": translate("station", "This alert is never put aside."),
        "no_reason": translate("station", "Say why it is put aside."),
        "not_allowed": translate("station", "Your role does not allow this."),
        "episode_closed": translate(
            "station", "The follow-up has ended: close the alert, or open the follow-up again."
        ),
        "snooze_in_past": past,
        "review_in_past": past,
        "next_in_past": past,
        "snooze_too_late": late,
        "review_too_late": late,
        "in_future": translate("station", "That day has not come yet."),
    }.get(error.code, translate("station", "This is no longer possible."))
    return f"{said.replace('{days}', error.details.get('days', ''))} {nothing}"


_TRY_AGAIN = frozenset(
    {
        "no_reason",
        "snooze_in_past",
        "review_in_past",
        "snooze_too_late",
        "review_too_late",
        "next_in_past",
        "in_future",
    }
)
"""Refusals after which the same dialog may be confirmed once more, with something else in it."""
