"""Which lists the station has, and every key of it, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from monitor.services.permissions import Command
from monitor.ui.station.page_views import TABS, Tab
from monitor.ui.station.views import ListName, PlaceName

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Place:
    """One entry of the bar at the top."""

    key: PlaceName
    title: str


@dataclass(frozen=True)
class Key:
    """A command of the station: its name, its keys as Qt writes them, and what it does.

    `shown`: how the keys are written. `on_card`: it has a line of its own among the keys (F1).
    """

    command: str
    keys: tuple[str, ...]
    shown: str
    what: str
    on_card: bool = True


def places() -> tuple[Place, ...]:
    """The lists, in the order in which they stand in the bar."""
    return (
        Place("worklist", translate("station", "Worklist")),
        Place("patients", translate("station", "All patients")),
        Place("status", translate("station", "Status")),
        Place("audit", translate("station", "Audit")),
    )


def tab_of(name: str) -> PlaceName:
    """Under which entry of the bar a list of the board stands."""
    return "patients" if name == "patients" else "worklist"


LIST_LETTERS: dict[ListName, str] = {
    "red": "A",
    "orange": "T",
    "amber": "N",
    "yellow": "K",
    "in_hand": "H",
    "snoozed": "Z",
    "asked": "R",
    "silent": "M",
    "well": "L",
}
"""After G, the key of each part of the board: act now, today, next, week, hand, …"""


@dataclass(frozen=True)
class Wants:
    """What a command wants: something `of` a patient or an alert, and a right to do it.

    `needs` None: anybody may.
    """

    of: Literal["", "patient", "alert"] = ""
    needs: Command | None = None


_WANTS: dict[str, Wants] = {
    **dict.fromkeys(("acknowledge", "resolve", "snooze", "useful", "not_useful"),
                    Wants("alert", "act")),
    "reopen": Wants("patient", "act"),
    "undo": Wants("", "act"),
    "edit": Wants("patient", "edit"),
    "patient": Wants("patient", "register"),
    "further": Wants("patient", "edit"),
    "register": Wants("", "register"),
    "import": Wants("", "import"),
    "pause": Wants("patient", "edit"),
    "end": Wants("patient", "end"),
    "slip": Wants("patient", "enter"),
    "card": Wants("patient", "print"),
    "print": Wants("patient", "print"),
    "print_list": Wants("", "print"),
    "enter": Wants("patient", "enter"),
    "hand_over": Wants("patient", "enter"),
    "why": Wants("alert"),
    **dict.fromkeys(
        ("table", "range", "all", "unit", "earlier", "later", *(f"tab_{tab}" for tab in TABS)),
        Wants("patient"),
    ),
    **dict.fromkeys(
        ("zoom_in", "zoom_out", "sooner", "later_days", "compare"),
        Wants("patient"),
    ),
    **dict.fromkeys(("search", "worklist", "patients", *LIST_LETTERS), Wants("", "look")),
    "phones": Wants("", "look"),
    "status": Wants("", "status"),
    "audit": Wants("", "audit"),
    **dict.fromkeys(("contact", "note", "escalation", "strike"), Wants("patient", "contact")),
    "going": Wants("", "monitor"),
    "test": Wants("", "alarm"),
    "check": Wants("", "monitor"),
}  # fmt: skip


def wants(command: str) -> Wants:
    """What a command wants; one that is not in the table wants nothing."""
    return _WANTS.get(command, Wants())


def list_hints() -> dict[str, str]:
    """What to press for each list of the board, by its key."""
    letters = {"worklist": "W", "patients": "P"} | LIST_LETTERS
    return {name: f"g {letter.lower()}" for name, letter in letters.items()}


def _list_keys() -> tuple[Key, ...]:
    titles: dict[ListName, str] = {
        "red": translate("station", "List: Act now"),
        "orange": translate("station", "List: Today"),
        "amber": translate("station", "List: Next working day"),
        "yellow": translate("station", "List: This week"),
        "in_hand": translate("station", "List: In hand"),
        "snoozed": translate("station", "List: Put aside"),
        "asked": translate("station", "List: Asked again"),
        "silent": translate("station", "List: Not reported"),
        "well": translate("station", "List: New and well"),
    }
    hints = list_hints()
    return tuple(
        Key(name, (f"G, {letter}",), hints[name], titles[name], on_card=False)
        for name, letter in LIST_LETTERS.items()
    )


def _tab_titles() -> dict[Tab, str]:
    return {
        "chart": translate("station", "Patient: chart"),
        "table": translate("station", "Patient: table of reports"),
        "map": translate("station", "Patient: body map"),
        "timeline": translate("station", "Patient: timeline; f filters it"),
        "looks": translate("station", "Patient: who looked"),
    }


def keys() -> tuple[Key, ...]:
    """Every key, in the order of the overlay; those without `keys` belong to the list itself."""
    return (
        Key("", (), "↑ ↓  j k", translate("station", "Patient before, patient after")),
        Key("", (), "Enter", translate("station", "Go from the list to the patient")),
        Key(
            "back", ("Esc",), "Esc", translate("station", "Back to the list; in the list: show all")
        ),
        Key("acknowledge", ("A",), "a", translate("station", "Take the alert in hand")),
        Key("resolve", ("R",), "r", translate("station", "Resolve the alert")),
        Key("snooze", ("S",), "s", translate("station", "Put the alert aside until a day")),
        Key("reopen", ("O",), "o", translate("station", "Open a closed alert again")),
        Key("undo", ("U",), "u", translate("station", "Undo the last step, for 10 seconds")),
        Key("useful", ("Y",), "y", translate("station", "The alert was useful; again: no mark")),
        Key("not_useful", ("X",), "x", translate("station", "It was not useful; again: no mark")),
        Key("contact", ("C",), "c", translate("station", "Log a contact, or what happened")),
        Key("note", ("N",), "n", translate("station", "Write a note")),
        Key("escalation", ("Shift+E",), "Shift+E", translate("station", "Escalate to a doctor")),
        Key("strike", ("Shift+C",), "Shift+C", translate("station", "Strike a wrong entry")),
        Key("print", ("Ctrl+P",), "Ctrl+P", translate("station", "Print the patient’s summary")),
        Key(
            "print_list",
            ("Ctrl+Shift+P",),
            "Ctrl+Shift+P",
            translate("station", "Print the hand-over list"),
        ),
        Key("edit", ("E",), "e", translate("station", "Edit the follow-up")),
        Key("patient", ("Ctrl+E",), "Ctrl+E", translate("station", "Edit the patient")),
        Key("pause", ("Shift+P",), "Shift+P", translate("station", "Pause the follow-up, go on")),
        Key("end", ("Shift+X",), "Shift+X", translate("station", "End the follow-up, or reopen")),
        Key("register", ("Ctrl+N",), "Ctrl+N", translate("station", "Register a patient")),
        Key("import", ("G, I",), "g i", translate("station", "Import a list of patients")),
        Key(
            "further",
            ("Ctrl+Shift+N",),
            "Ctrl+Shift+N",
            translate("station", "Further procedure of this patient"),
            on_card=False,
        ),
        Key(
            "slip",
            ("K", "Shift+K"),
            "k  Shift+K",
            translate("station", "Desk slip with a code for today (in the list: Shift+K)"),
        ),
        Key("card", ("Ctrl+Shift+K",), "Ctrl+Shift+K", translate("station", "Patient card")),
        Key("enter", ("P",), "p", translate("station", "Enter a report by phone or from paper")),
        Key("hand_over", ("Shift+H",), "Shift+H", translate("station", "Hand the screen to them")),
        Key("why", ("W",), "w", translate("station", "Why this alert")),
        Key("table", ("T",), "t", translate("station", "Chart or table of reports")),
        Key(
            "",
            (),
            "1 2 3 4 5",
            translate("station", "Chart, reports, body map, timeline, who looked"),
        ),
        *(
            Key(f"tab_{tab}", (str(number),), str(number), title, on_card=False)
            for number, (tab, title) in enumerate(_tab_titles().items(), 1)
        ),
        Key("earlier", (",",), ",", translate("station", "The procedure before"), on_card=False),
        Key("later", (".",), ".", translate("station", "The procedure after"), on_card=False),
        Key("", (), ", .", translate("station", "The procedure before, the one after")),
        Key("range", ("V",), "v", translate("station", "Chart: next stretch of time")),
        Key("all", ("0",), "0", translate("station", "Chart: all of it")),
        Key("zoom_in", ("+", "="), "+", translate("station", "Chart: fewer days, larger")),
        Key("zoom_out", ("-",), "-", translate("station", "Chart: more days")),
        Key("sooner", ("Shift+Left",), "Shift+←", translate("station", "Chart: to earlier days")),
        Key("later_days", ("Shift+Right",), "Shift+→", translate("station", "Chart: later days")),
        Key("compare", ("B",), "b", translate("station", "Chart: the procedure before, behind")),
        Key("unit", ("D",), "d", translate("station", "Chart: weeks or dates")),
        Key("search", ("/",), "/", translate("station", "Find a patient")),
        Key(
            "palette",
            ("Ctrl+K",),
            "Ctrl+K",
            translate("station", "Find everything: patients, lists, commands"),
        ),
        Key("worklist", ("Alt+1", "G, W"), "Alt+1  g w", translate("station", "Worklist")),
        Key("patients", ("Alt+2", "G, P"), "Alt+2  g p", translate("station", "All patients")),
        Key("", (), "g a t n k  h z r m l", translate("station", "The lists of the board")),
        *_list_keys(),
        Key("status", ("Alt+3", "G, S"), "Alt+3  g s", translate("station", "Status")),
        Key("audit", ("Alt+4",), "Alt+4", translate("station", "Audit")),
        Key("going", ("F8",), "F8", translate("station", "Going to the kiosk that calls")),
        Key("test", ("F7",), "F7", translate("station", "Daily test: play the alarm, I heard it")),
        Key("phones", ("F9",), "F9", translate("station", "Phone list")),
        Key("order", ("?",), "?", translate("station", "Why the list is in this order")),
        Key("check", ("F5",), "F5", translate("station", "Check all patients now, order the list")),
        Key("", (), "Ctrl +  −  0", translate("station", "Text larger, smaller, as usual")),
        Key(
            "larger_text",
            ("Ctrl++", "Ctrl+="),
            "Ctrl +",
            translate("station", "Text: larger"),
            on_card=False,
        ),
        Key(
            "smaller_text",
            ("Ctrl+-",),
            "Ctrl −",
            translate("station", "Text: smaller"),
            on_card=False,
        ),
        Key(
            "normal_text",
            ("Ctrl+0",),
            "Ctrl 0",
            translate("station", "Text: as usual"),
            on_card=False,
        ),
        Key("keys", ("F1",), "F1", translate("station", "This card")),
        Key("me", ("G, U",), "g u", translate("station", "You: PIN, password, sign out")),
        Key("", (), "Ctrl+L", translate("station", "Lock the station")),
        Key("quit", ("Ctrl+Q",), "Ctrl+Q", translate("station", "Close the station")),
    )
