"""What is shown at the door of the station, as plain records and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

FormName = Literal["first", "password", "pin", "new_password", "new_pin"]


@dataclass(frozen=True)
class DoorTile:
    """One person who can sign in here; `hint`: what they will be asked for."""

    id: str
    name: str
    role: str
    hint: str


@dataclass(frozen=True)
class Field:
    """One line of a form. `is_secret`: what is typed is not shown."""

    key: str
    label: str
    is_secret: bool = True


@dataclass(frozen=True)
class Form:
    """What somebody at the door is asked for.

    `go` is on the button that sends it; `back` on the one that does not, "" for none; `other` on
    the one that leads to the password in the place of the PIN, "" for none.
    """

    name: FormName
    heading: str
    text: str
    fields: tuple[Field, ...]
    go: str
    back: str = ""
    other: str = ""


def role_words(role: str) -> str:
    """A role, as nurses say it."""
    return {
        "nurse": translate("station", "Nurse"),
        "lead": translate("station", "Lead nurse"),
        "admin": translate("station", "Administrator"),
        "auditor": translate("station", "Auditor"),
    }[role]


def refusal_words(code: str, name: str) -> str:
    """Why somebody was not let in or nothing was changed; the same for everything about secrets."""
    said = {
        "not_signed_in": translate(
            "station",
            "That did not fit. After five wrong tries {name} has to wait for 5 minutes; after five "
            "wrong PINs it takes the password.",
        ),
        "weak_password": translate(
            "station",
            "Choose a longer or less common password: 12 signs or more, such as four words, and "
            "not the name.",
        ),
        "same_password": translate("station", "Choose another password than the one before."),
        "weak_pin": translate(
            "station", "Choose four to eight digits that do not simply count: not 0000, not 1234."
        ),
        "not_alike": translate("station", "The two are not alike. Type them once more."),
        "no_name": translate("station", "Write a name, 60 signs at most."),
        "name_taken": translate("station", "Somebody has that name already."),
        "users_there": translate("station", "Somebody else was made first. Start again."),
        "last_admin": translate(
            "station", "Nobody else is an administrator: make another one first."
        ),
    }
    away = translate("station", "That is not possible now: the database does not answer.")
    return said.get(code, away).format(name=name)
