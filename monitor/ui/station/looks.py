"""Turns the audit trail of one patient into the list of who looked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from monitor.services.ports import AuditLine
from monitor.ui.station.page_views import LookLine
from monitor.ui.station.wording import short_date

translate = QCoreApplication.translate


def looks_of(audit: Iterable[AuditLine], zone: ZoneInfo) -> tuple[LookLine, ...]:
    """Who did what with the patient's record, newest first.

    Somebody who did the same several times running on one day is one line, which says how often:
    a page that is open is read again whenever something changes.
    """
    return tuple(_lines(audit, zone))


def _lines(audit: Iterable[AuditLine], zone: ZoneInfo) -> Iterator[LookLine]:
    def alike(line: AuditLine) -> tuple[object, ...]:
        date = line.at.astimezone(zone).date()
        return line.actor, line.action, line.station, line.reason, date

    for _, several in itertools.groupby(audit, key=alike):
        lines = list(several)
        newest = lines[0]
        at = newest.at.astimezone(zone)
        what = action_words(newest.action)
        if len(lines) > 1:
            what = translate("station", "{what} ({n} times)").format(what=what, n=len(lines))
        yield LookLine(
            when=f"{short_date(at.date())} {at:%H:%M}",
            who=newest.actor,
            what=what,
            where=newest.station,
            why=newest.reason,
        )


def action_words(action: str) -> str:
    """What an action of the audit trail is; its code in plain letters where there is no word."""
    known = {
        "chart_opened": translate("station", "Opened the chart"),
        "form_opened": translate("station", "Handed the screen to the patient"),
        "kiosk_identified": translate("station", "Signed in at a kiosk"),
        "code_issued": translate("station", "Made a desk code"),
        "visit_not_finished": translate("station", "A visit at a kiosk was not finished"),
        "summary_printed": translate("station", "Printed the summary"),
        "summary_opened": translate("station", "Made a summary"),
        "slip_printed": translate("station", "Printed a desk slip"),
        "card_printed": translate("station", "Printed the patient’s card"),
        "window_set": translate("station", "Expected days set for this patient"),
        "window_cleared": translate("station", "Expected days set back to the usual"),
        "baseline_set": translate("station", "Score before the procedure set"),
        "baseline_cleared": translate("station", "Score before the procedure set back"),
        "procedure_corrected": translate("station", "Procedure corrected"),
        "procedure_added": translate("station", "Procedure added"),
        "procedure_imported": translate("station", "Procedure imported"),
        "patient_registered": translate("station", "Registered the patient"),
        "patient_edited": translate("station", "Edited the patient"),
        "patient_imported": translate("station", "Imported the patient"),
        "pause_set": translate("station", "Follow-up paused"),
        "pause_ended": translate("station", "Pause ended"),
        "follow_up_ended": translate("station", "Follow-up ended"),
        "follow_up_reopened": translate("station", "Follow-up opened again"),
    }
    return known.get(action, action.replace("_", " ").capitalize())
