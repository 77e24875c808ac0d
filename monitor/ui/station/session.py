"""Who is at this station: signing in, locking it, and coming back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from monitor.services import users
from monitor.services.clinic import Clinic
from monitor.services.ports import Refusal, User
from monitor.services.users import Door, Stored, Why
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.doorway import DoorTile, Field, Form, FormName, refusal_words, role_words

LOOKED_AFTER_MS = 30_000
"""How often it is looked whether who is here may stay."""


def lock_as(clinic: Clinic, user: User, why: Why) -> None:
    """Write that somebody's station was locked, signed by them."""
    users.lock(users.acting_as(clinic, user), user.id, why)


def sign_out_as(clinic: Clinic, user: User) -> None:
    """Write that somebody has gone, signed by them."""
    users.sign_out(users.acting_as(clinic, user), user.id)


class Session(QObject):
    """Knows who is here and who has given their password today, in memory only.

    After a restart, and on the next day, it takes the password again; whoever is changed by an
    admin has to go at once.

    Signals:
        tiles_shown: who can sign in here (tuple of DoorTile).
        form_shown: what somebody is asked for now (Form).
        refused: why somebody was not let in (str).
        entered: somebody may go on (User).
        locked: nobody is here any more.
    """

    tiles_shown = Signal(object)
    form_shown = Signal(object)
    refused = Signal(str)
    entered = Signal(object)
    locked = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        """tasks: for a clinic in which nobody is signed in."""
        super().__init__(parent)
        self.here: User | None = None
        self._tasks = tasks
        self._given: dict[str, tuple[dt.date, User]] = {}
        self._form: FormName | None = None
        self._who: DoorTile | None = None
        self._came: User | None = None
        self._password = ""
        self._busy = False
        self._turn = 0  # of whoever stands at the door; an answer to somebody before lets nobody in
        self._looking = QTimer(self)
        self._looking.setInterval(LOOKED_AFTER_MS)
        self._looking.timeout.connect(self.look_after)

    def open(self) -> None:
        """Show who can sign in here; where nobody ever was, ask for the first."""
        self._forget()
        self._tasks.run(users.door, then=self._take_door, failed=self._refuse, slot="door")

    def choose(self, tile: DoorTile) -> None:
        """Ask somebody for what lets them in: the PIN if they were here today."""
        self._forget()
        self._who = tile
        user = self._known(tile.id)
        self._ask("pin" if user is not None and user.pin else "password")

    def use_password(self) -> None:
        """Ask for the password in the place of the PIN."""
        self._ask("password")

    def skip(self) -> None:
        """Go on without a PIN, or back to the tiles."""
        if self._form == "new_pin" and self._came is not None:
            self._enter(self._came)
        else:
            self.open()

    def submit(self, said: Mapping[str, str]) -> None:
        """Take what was typed into the form; a second time while it is looked at, nothing."""
        if self._busy or self._form is None:
            return
        if "again" in said and said["again"] != said["new"]:
            self._refuse(Refusal("not_alike"))
            return
        self._busy = True
        if self._form == "first":
            self._password = said["new"]
            self._run(users.first, said["name"], said["new"], then=self._made)
            return
        user_id = self._user_id()
        if self._form == "password":
            self._password = said["password"]
            self._run(users.sign_in, user_id, said["password"], then=self._sign_in)
        elif self._form == "pin":
            self._run(users.unlock, user_id, said["pin"], then=self._enter)
        elif self._form == "new_password":
            old, self._password = self._password, said["new"]
            self._run(users.change_password, user_id, old, said["new"], then=self._changed)
        else:
            self._run(users.set_pin, user_id, self._password, said["new"], then=self._changed)

    def sign_in(self, user_id: str, password: str) -> None:
        """Sign in without the door, for the demo, which says the password itself."""
        self._who = DoorTile(user_id, "", "", "")
        self._form = "password"
        self.submit({"password": password})

    @property
    def is_signing_in(self) -> bool:
        """Whether what somebody said at the door is being looked at."""
        return self._busy

    def lock(self, why: Why) -> None:
        """Let nobody see anything; who was here comes back by PIN."""
        if self.here is None:
            return
        user, self.here = self.here, None
        self._looking.stop()
        self._tasks.run(lock_as, user, why, failed=lambda _error: None)
        self._leave(user, to_tiles=why == "switch")

    def sign_out(self) -> None:
        """The same, and it takes the password to come back."""
        if self.here is None:
            return
        user, self.here = self.here, None
        self._looking.stop()
        self._given.pop(user.id, None)
        self._tasks.run(sign_out_as, user, failed=lambda _error: None)
        self._leave(user, to_tiles=True)

    def look_after(self) -> None:
        """Look whether who is here may stay."""
        if (user := self.here) is not None:
            self._tasks.run(
                users.still_there,
                user,
                then=lambda stays: self._stay(user, stays=stays),
                failed=lambda _error: None,
            )

    def know(self, user: User) -> None:
        """Take note that who is here has set a PIN or password."""
        if self.here is not None and self.here.id == user.id:
            self.here = user
            self._given[user.id] = (self._today(), user)

    def _stay(self, user: User, *, stays: bool) -> None:
        if not stays and self.here is not None and self.here == user:
            self._given.pop(user.id, None)
            self.lock("changed")

    def _leave(self, user: User, *, to_tiles: bool) -> None:
        self.locked.emit()
        if to_tiles:
            self.open()
        else:
            self.choose(DoorTile(user.id, user.name, role_words(user.role), ""))

    def _take_door(self, door: Door) -> None:
        if self._form is not None or self.here is not None:
            return  # somebody was quicker than the answer
        if door.is_new:
            self._ask("first")
            return
        self.tiles_shown.emit(
            tuple(
                DoorTile(tile.id, tile.name, role_words(tile.role), self._hint(tile.id))
                for tile in door.tiles
            )
        )

    def _hint(self, user_id: str) -> str:
        user = self._known(user_id)
        return self.tr("PIN") if user is not None and user.pin else self.tr("Password")

    def _known(self, user_id: str) -> User | None:
        """Somebody who has given their password here today."""
        date, user = self._given.get(user_id, (None, None))
        return user if date == self._today() else None

    def _today(self) -> dt.date:
        today: dt.date = self._tasks.clinic.today()
        return today

    def _user_id(self) -> str:
        if self._came is not None:
            return self._came.id
        return self._who.id if self._who is not None else ""

    def _name(self) -> str:
        return self._who.name if self._who is not None else ""

    def _run(self, verb: Callable[..., Any], *args: str, then: Callable[[Any], None]) -> None:
        """Ask, and hear the answer only while nobody has turned to something else."""
        turn = self._turn

        def if_still_here(hear: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda answer: hear(answer) if turn == self._turn else None

        self._tasks.run(verb, *args, then=if_still_here(then), failed=if_still_here(self._refuse))

    def _made(self, stored: Stored) -> None:
        """The first user was made: sign them in, so that they set a PIN."""
        self._who = DoorTile(stored.user.id, stored.user.name, role_words(stored.user.role), "")
        self._run(users.sign_in, stored.user.id, self._password, then=self._sign_in)

    def _sign_in(self, user: User) -> None:
        """Somebody has given the right password; first they may have to set another, or a PIN."""
        self._busy = False
        self._came = user
        self._given[user.id] = (self._today(), user)
        if user.must_change:
            self._ask("new_password")
        elif not user.pin:
            self._ask("new_pin")
        else:
            self._enter(user)

    def _changed(self, stored: Stored) -> None:
        self._sign_in(stored.user)

    def _enter(self, user: User) -> None:
        self._forget()
        self._given[user.id] = (self._given.get(user.id, (self._today(), user))[0], user)
        self.here = user
        self._looking.start()
        self.entered.emit(user)

    def _refuse(self, error: Exception) -> None:
        self._busy = False
        code = error.code if isinstance(error, Refusal) else ""
        self.refused.emit(refusal_words(code, self._name() or self.tr("that user")))

    def _forget(self) -> None:
        """Keep no secret longer than it is needed."""
        self._turn += 1
        self._busy = False
        self._form = None
        self._who = self._came = None
        self._password = ""

    def _ask(self, name: FormName) -> None:
        self._form = name
        self._busy = False
        form = self._forms()[name]
        if self._who is not None:
            form = replace(form, heading=form.heading.format(name=self._who.name))
        self.form_shown.emit(form)

    def _forms(self) -> dict[FormName, Form]:
        others = self.tr("Somebody else")
        new = Field("new", self.tr("New password"))
        again = Field("again", self.tr("Once more"))
        rule = self.tr(
            "12 signs or more; length is what counts, such as four words. It does not run out."
        )
        return {
            "first": Form(
                "first",
                self.tr("Nobody works here yet"),
                self.tr(
                    "Make the first user, an administrator. An administrator makes the other users "
                    "and sees no patient: make yourself a second user for nursing afterwards."
                ),
                (Field("name", self.tr("Name, as you sign"), is_secret=False), new, again),
                self.tr("Make this user"),
            ),
            "password": Form(
                "password",
                "{name}",
                self.tr("The first time each day, and after a restart, it takes the password."),
                (Field("password", self.tr("Password")),),
                self.tr("Sign in"),
                back=others,
            ),
            "pin": Form(
                "pin",
                "{name}",
                self.tr("Everything is as you left it."),
                (Field("pin", self.tr("PIN")),),
                self.tr("Go on"),
                back=others,
                other=self.tr("Use the password"),
            ),
            "new_password": Form(
                "new_password",
                self.tr("{name}: choose your own password"),
                self.tr("The one you have was set by somebody else.") + " " + rule,
                (new, again),
                self.tr("Set password"),
                back=others,
            ),
            "new_pin": Form(
                "new_pin",
                self.tr("{name}: choose a PIN"),
                self.tr(
                    "Four to eight digits. Within the day it brings you back to this station; "
                    "without one it takes the password each time."
                ),
                (Field("new", self.tr("New PIN")), again),
                self.tr("Set PIN"),
                back=self.tr("Not now"),
            ),
        }
