"""What is said between the questions of a visit, in the language chosen last."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from monitor.domain import visit as flow
from monitor.domain.visit import Visit
from monitor.services.access import Welcome
from monitor.services.submissions import Receipt
from monitor.ui.kiosk import effort, wording
from monitor.ui.kiosk.alarm import Reached
from monitor.ui.kiosk.screens.message import (
    Afterwards,
    Expect,
    NotSaved,
    Parked,
    StopAsked,
    Thanks,
    Urgent,
)
from monitor.ui.shared.texts import word

translate = QCoreApplication.translate


def parked() -> Parked:
    """Asks who has come back whether to go on."""
    return Parked(
        title=translate("Asking", "Go on where you stopped?"),
        text=translate("Asking", "Your answers from before are still here."),
        go_on=translate("Asking", "Yes, go on"),
        second=translate("Asking", "Begin again"),
    )


def expect(visit: Visit, welcome: Welcome) -> Expect:
    """Says how long it takes, or that a report of today is there already."""
    if welcome.answered_today:
        return Expect(
            title=translate("Asking", "You already answered today."),
            text=translate("Asking", "Would you like to add anything?"),
            go_on=translate("Asking", "Yes, answer again"),
            second=translate("Asking", "No, thank you"),
        )
    _, count = flow.position(visit)
    title = translate("Asking", "About {count} questions, {minutes} minutes.")
    text = translate(
        "Asking",
        "You may skip any of them. A nurse reads your answers on working days. "
        "If you feel very unwell, tell the staff now.",
    )
    if welcome.asked_again:
        again = translate(
            "Asking", "Your nurse would like a few answers again, a little earlier than planned."
        )
        text = f"{again} {text}"
    return Expect(
        title=title.format(count=count, minutes=effort.routine(visit).minutes),
        text=text,
        go_on=translate("Asking", "Begin"),
        second=translate("Asking", "Not now"),
    )


def stop_asked() -> StopAsked:
    """Asks whether to stop."""
    return StopAsked(
        title=translate("Asking", "Do you want to stop?"),
        text=translate("Asking", "What you have answered so far will be saved for your nurse."),
        go_on=translate("Asking", "Go on with the questions"),
        second=translate("Asking", "Stop here"),
    )


def not_saved() -> NotSaved:
    """Says that nothing is stored yet, and what to do."""
    return NotSaved(
        title=translate("Asking", "Your answers are not saved yet."),
        text=translate(
            "Asking",
            "They are kept on this screen. Please leave it as it is, tell a member of staff, "
            "or try again.",
        ),
        go_on=translate("Asking", "Try again"),
    )


def urgent(visit: Visit, reached: Reached) -> Urgent:
    """The clinic's own words, and whom the call has reached."""
    words = wording.words_of(visit)
    said = {
        "": "",
        "called": translate("Asking", "The staff have been called."),
        "again": translate("Asking", "The staff have been called again."),
        "coming": translate("Asking", "A nurse is coming."),
    }
    return Urgent(
        title=word("urgent.title", words),
        text=f"{word('urgent.text', words)}\n\n{said[reached]}".strip(),
        go_on=translate("Asking", "Call staff"),
        second=translate("Asking", "For staff"),
    )


def afterwards() -> Afterwards:
    """Offers the remaining questions once a person has come, or nobody has."""
    return Afterwards(
        title=translate("Asking", "Would you like to answer the remaining questions?"),
        text=translate("Asking", "You do not have to. If you feel unwell, please tell the staff."),
        go_on=translate("Asking", "Go on with the questions"),
        second=translate("Asking", "Stop here"),
    )


def thanks(receipt: Receipt, zone: dt.tzinfo | None) -> Thanks:
    """Says that it is stored, and when the next questions are due."""
    saved = receipt.received_at.astimezone(zone)
    title = translate("Asking", "Thank you. Saved at {time}.").format(time=f"{saved:%H:%M}")
    text = ""
    if (due := receipt.next_due) is not None:
        text = translate("Asking", "Your next questions are due on {day}.")
        text = text.format(day=wording.day_name(due))
    return Thanks(title, text, go_on=translate("Asking", "Done"))
