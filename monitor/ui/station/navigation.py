"""Which lists the station has, and every key of it, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from monitor.ui.station.views import PlaceName

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Place:
    """One entry of the bar at the top."""

    key: PlaceName
    title: str


@dataclass(frozen=True)
class Key:
    """A command of the station: its name, its keys as Qt writes them, and what it does.

    `shown`: how the keys are written on the overlay.
    """

    command: str
    keys: tuple[str, ...]
    shown: str
    what: str


def places() -> tuple[Place, ...]:
    """The lists, in the order in which they stand in the bar."""
    return (
        Place("worklist", translate("station", "Worklist")),
        Place("patients", translate("station", "All patients")),
        Place("status", translate("station", "Status")),
    )


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
        Key("edit", ("E",), "e", translate("station", "Edit the follow-up")),
        Key("enter", ("P",), "p", translate("station", "Enter a report by phone or from paper")),
        Key("hand_over", ("H",), "h", translate("station", "Hand this screen to the patient")),
        Key("why", ("W",), "w", translate("station", "Why this alert")),
        Key("table", ("T",), "t", translate("station", "Chart or table of reports")),
        Key("6w", ("1",), "1", translate("station", "Chart: 6 weeks")),
        Key("3m", ("2",), "2", translate("station", "Chart: 3 months")),
        Key("1y", ("3",), "3", translate("station", "Chart: 1 year")),
        Key("all", ("4",), "4", translate("station", "Chart: all")),
        Key("unit", ("D",), "d", translate("station", "Chart: weeks or dates")),
        Key("search", ("/", "Ctrl+K"), "/  Ctrl+K", translate("station", "Find a patient")),
        Key("worklist", ("Alt+1",), "Alt+1", translate("station", "Worklist")),
        Key("patients", ("Alt+2",), "Alt+2", translate("station", "All patients")),
        Key("status", ("Alt+3", "G, S"), "Alt+3  g s", translate("station", "Status")),
        Key("going", ("F8",), "F8", translate("station", "Going to the kiosk that calls")),
        Key("phones", ("F9",), "F9", translate("station", "Phone list")),
        Key("order", ("?",), "?", translate("station", "Why the list is in this order")),
        Key("check", ("F5",), "F5", translate("station", "Check all patients now, order the list")),
        Key("keys", ("F1",), "F1", translate("station", "This card")),
        Key("quit", ("Ctrl+Q",), "Ctrl+Q", translate("station", "Close the station")),
    )
