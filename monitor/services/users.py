"""Who works here: signing in, roles, passwords and PINs."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from monitor.services import guessing, hashing
from monitor.services.alerts import clean
from monitor.services.clinic import Clinic
from monitor.services.permissions import Role, needs
from monitor.services.ports import Conflict, Guessed, Refusal, User, Work

CHANGED = frozenset({"users"})

PIN_LENGTH = (4, 8)
"""Digits that a user's own PIN has, at least and at most."""

NAME_LONGEST = 60

_SECRETS: tuple[Guessed, ...] = ("password", "unlock")
"""What can be guessed of a user; wrong tries at either count together."""

Why = Literal["idle", "asked", "switch", "changed"]
"""Why a station was locked: nobody touched it, somebody asked for it, somebody else comes, or an
admin has changed the user.
"""


@dataclass(frozen=True)
class Tile:
    """What anybody at a station may see of a user before they have signed in."""

    id: str
    name: str
    role: Role


@dataclass(frozen=True)
class Door:
    """Who can sign in here, by name; `is_new`: nobody was ever made."""

    tiles: tuple[Tile, ...]
    is_new: bool


@dataclass(frozen=True)
class Standing:
    """A user as whoever administers users sees them; without passwords and PINs.

    `has_pin`: they have set a PIN. `is_locked`: too many wrong tries were made, just now.
    """

    id: str
    name: str
    role: Role
    is_active: bool
    has_pin: bool
    must_change: bool
    is_locked: bool


@dataclass(frozen=True)
class Stored:
    """A user that was made or changed."""

    user: User
    changed: frozenset[str] = CHANGED


@needs("sign_in")
def door(clinic: Clinic) -> Door:
    """What is shown where somebody can sign in."""
    with clinic.store.read() as work:
        known = work.users.all()
    active = tuple(Tile(user.id, user.name, user.role) for user in known if user.is_active)
    return Door(active, is_new=not known)


@needs("sign_in")
def tiles(clinic: Clinic) -> tuple[Tile, ...]:
    """The active users by name; nothing else is told of them."""
    return door(clinic).tiles


@needs("sign_in")
def sign_in(clinic: Clinic, user_id: str, password: str) -> User:
    """Let somebody in who knows their password.

    Refuses with Refusal("not_signed_in") alike, and after the same work, for somebody unknown or
    not active, a wrong password, and too many wrong tries before: five lock that user for 5
    minutes at every station, ten for 15.
    """
    return _enter(clinic, "password", user_id, password, lambda user, _work: user.password)


@needs("sign_in")
def unlock(clinic: Clinic, user_id: str, pin: str) -> User:
    """Let somebody in again who has signed in here today, by the PIN they have set.

    Refuses as `sign_in` does, and where no password was given at this station today or five tries
    have been wrong since the last right one: then it takes the password.
    """
    return _enter(clinic, "unlock", user_id, pin, lambda user, work: _pin_of(clinic, work, user))


def _enter(
    clinic: Clinic,
    kind: Guessed,
    user_id: str,
    secret: str,
    kept_of: Callable[[User, Work], str],
) -> User:
    """Count a try as wrong until it has proved right, and let who is right in.

    So it has been counted for whoever pulls the plug now, or tries at several stations at once.
    """
    with clinic.store.begin() as work:
        user = _active(work, user_id)
        wrong = guessing.wrong_in_a_row(clinic, work, *_SECRETS, subject=user_id)
        is_locked = guessing.locked_until(clinic, wrong) is not None
        heard = user is not None and not is_locked
        kept = kept_of(user, work) if user is not None and heard else ""
        if heard:
            guessing.note(clinic, work, kind, user_id, passed=False)
            work.commit()
    passed = hashing.is_right(kept, secret)
    with clinic.store.begin() as work:
        user = _active(work, user_id)  # as it is now: it may have been deactivated in between
        if user is None or not passed:
            why = "locked" if is_locked else ""
            subject = user.id if user else ""  # never what was sent in the place of a user
            work.audit.add(clinic.signed(_REFUSED[kind], subject, why))
            work.commit()
            raise Refusal("not_signed_in")
        guessing.note(clinic, work, kind, user_id, passed=True)
        work.audit.add(replace(clinic, actor=user.name).signed(_DONE[kind], user.id))
        work.commit()
    return user


_DONE: dict[Guessed, str] = {"password": "signed_in", "unlock": "unlocked"}
_REFUSED: dict[Guessed, str] = {"password": "sign_in_refused", "unlock": "unlock_refused"}


def _active(work: Work, user_id: str) -> User | None:
    try:
        user = work.users.get(user_id)
    except Refusal:
        return None
    return user if user.is_active else None


def _pin_of(clinic: Clinic, work: Work, user: User) -> str:
    """The PIN that is good here and now; "" where only the password is."""
    today = clinic.start_of(clinic.today())
    here = work.attempts.since(today, "password", station=clinic.station, subject=user.id)
    wrong = guessing.wrong_in_a_row(clinic, work, *_SECRETS, subject=user.id)
    given = any(one.passed for one in here)
    return user.pin if given and len(wrong) < guessing.FREE and not user.must_change else ""


@needs("sign_in")
def acting_as(clinic: Clinic, user: User) -> Clinic:
    """The clinic for somebody who has signed in.

    As long as they must change their password first, they may do nothing else.
    """
    return replace(clinic, actor=user.name, acting="nobody" if user.must_change else user.role)


@needs("sign_in")
def still_there(clinic: Clinic, seen: User) -> bool:
    """Whether somebody may stay: they are active, in the same role, with the same password."""
    with clinic.store.read() as work:
        user = _active(work, seen.id)
    return user is not None and (user.role, user.password) == (seen.role, seen.password)


@needs("sign_in")
def lock(clinic: Clinic, user_id: str, why: Why) -> None:
    """Write that the station of a user was locked."""
    _note(clinic, "locked", user_id, why)


@needs("sign_in")
def sign_out(clinic: Clinic, user_id: str) -> None:
    """Write that a user has gone; who forgets them is the station."""
    _note(clinic, "signed_out", user_id, "")


def _note(clinic: Clinic, action: str, user_id: str, reason: str) -> None:
    with clinic.store.begin() as work:
        work.audit.add(clinic.signed(action, user_id, reason))
        work.commit()


@needs("sign_in")
def first(clinic: Clinic, name: str, password: str) -> Stored:
    """Make the first user, an admin, who then makes the others.

    Refuses with Conflict("users_there") where anybody was ever made, and as `add` does.
    """
    made = _made(name, "admin", password)
    with clinic.store.begin() as work:
        if work.users.all():
            raise Conflict("users_there")
        work.users.add(made)
        work.audit.add(replace(clinic, actor=made.name).signed("user_added", made.id, "admin"))
        work.commit()
    return Stored(made)


@needs("users")
def everybody(clinic: Clinic) -> tuple[Standing, ...]:
    """Every user there ever was, by name."""
    with clinic.store.read() as work:
        return tuple(_standing(clinic, work, user) for user in work.users.all())


def _standing(clinic: Clinic, work: Work, user: User) -> Standing:
    wrong = guessing.wrong_in_a_row(clinic, work, *_SECRETS, subject=user.id)
    return Standing(
        user.id,
        user.name,
        user.role,
        user.is_active,
        has_pin=bool(user.pin),
        must_change=user.must_change,
        is_locked=guessing.locked_until(clinic, wrong) is not None,
    )


@needs("users")
def add(clinic: Clinic, name: str, role: Role, password: str) -> Stored:
    """Make a user, who changes the password when they first sign in.

    Refuses with Refusal("no_name"), Refusal("weak_password") and Conflict("name_taken").
    """
    made = replace(_made(name, role, password), must_change=True)
    with clinic.store.begin() as work:
        work.users.add(made)
        work.audit.add(clinic.signed("user_added", made.id, role))
        work.commit()
    return Stored(made)


def _made(name: str, role: Role, password: str) -> User:
    said = _fit(name)
    _refuse_weak(password, said)
    return User(str(uuid.uuid4()), said, role, hashing.hash_of(password))


def _fit(name: str) -> str:
    said = " ".join(clean(name).split())
    # what is not seen would make two users whose lines in the audit trail look the same
    is_seen = all(unicodedata.category(c)[0] != "C" for c in said)
    if not said or len(said) > NAME_LONGEST or not is_seen:
        raise Refusal("no_name", longest=str(NAME_LONGEST))
    return said


def _refuse_weak(password: str, name: str) -> None:
    if hashing.is_weak_password(password, name):
        raise Refusal("weak_password", length=str(hashing.PASSWORD_LENGTH))


@needs("users")
def change(
    clinic: Clinic,
    user_id: str,
    *,
    name: str | None = None,
    role: Role | None = None,
    is_active: bool | None = None,
) -> Stored:
    """Change what is given, and leave the rest.

    What was signed with an old name stays signed with it. Refuses with Refusal("last_admin") where
    nobody could change users any more, Refusal("unknown_user"), Refusal("no_name") and
    Conflict("name_taken").
    """
    said = None if name is None else _fit(name)
    with clinic.store.begin() as work:
        seen = work.users.get(user_id)
        would_be = replace(
            seen,
            name=seen.name if said is None else said,
            role=role or seen.role,
            is_active=seen.is_active if is_active is None else is_active,
        )
        if _is_admin(seen) and not _is_admin(would_be):
            _refuse_last_admin(work, seen)
        if would_be != seen:
            work.users.save(would_be)
            work.audit.add(clinic.signed("user_changed", user_id, _difference(seen, would_be)))
            work.commit()
    return Stored(would_be)


def _is_admin(user: User) -> bool:
    return user.is_active and user.role == "admin"


def _refuse_last_admin(work: Work, user: User) -> None:
    if not any(_is_admin(other) for other in work.users.all() if other.id != user.id):
        raise Refusal("last_admin")


def _difference(before: User, after: User) -> str:
    """Such as "role: nurse to lead"."""
    said = {
        "name": (before.name, after.name),
        "role": (before.role, after.role),
        "active": (_yes(before.is_active), _yes(after.is_active)),
    }
    return ", ".join(f"{key}: {old} to {new}" for key, (old, new) in said.items() if old != new)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


@needs("users")
def set_password(clinic: Clinic, user_id: str, password: str) -> Stored:
    """Set somebody else's password, which they change when they next sign in; ends a lock.

    Their PIN goes too. Refuses with Refusal("weak_password") and Refusal("unknown_user").
    """
    return _set_password(clinic, user_id, password, "password_reset", must_change=True)


def _set_password(
    clinic: Clinic, user_id: str, password: str, action: str, *, must_change: bool
) -> Stored:
    with clinic.store.read() as work:
        name = work.users.get(user_id).name
    _refuse_weak(password, name)
    kept = hashing.hash_of(password)
    with clinic.store.begin() as work:
        seen = work.users.get(user_id)
        pin = "" if must_change else seen.pin
        changed = replace(seen, password=kept, must_change=must_change, pin=pin)
        work.users.save(changed)
        guessing.note(clinic, work, "unlock", user_id, passed=True)
        work.audit.add(clinic.signed(action, user_id))
        work.commit()
    return Stored(changed)


@needs("users")
def release(clinic: Clinic, user_id: str) -> Stored:
    """End the lock that wrong tries have brought about; refuses Refusal("unknown_user")."""
    with clinic.store.begin() as work:
        user = work.users.get(user_id)
        guessing.note(clinic, work, "unlock", user_id, passed=True)
        work.audit.add(clinic.signed("user_released", user_id))
        work.commit()
    return Stored(user)


@needs("sign_in")
def change_password(clinic: Clinic, user_id: str, old: str, new: str) -> Stored:
    """Change one's own password.

    Refuses with Refusal("not_signed_in") as `sign_in` does, Refusal("weak_password"), and
    Refusal("same_password") where it is the old one.
    """
    user = sign_in(clinic, user_id, old)
    if old == new:
        raise Refusal("same_password")
    own = replace(clinic, actor=user.name)
    return _set_password(own, user_id, new, "password_changed", must_change=False)


@needs("sign_in")
def set_pin(clinic: Clinic, user_id: str, password: str, pin: str) -> Stored:
    """Set one's own PIN, with which one comes back within the day.

    Refuses with Refusal("weak_pin") what is not four to eight digits, or digits that follow each
    other by the same step (0000, 1234, 8642); and with Refusal("not_signed_in") as `sign_in` does.
    """
    if hashing.is_weak_pin(pin, *PIN_LENGTH):
        raise Refusal("weak_pin")
    user = sign_in(clinic, user_id, password)
    kept = hashing.hash_of(pin)
    with clinic.store.begin() as work:
        changed = replace(work.users.get(user_id), pin=kept)
        work.users.save(changed)
        work.audit.add(replace(clinic, actor=user.name).signed("own_pin_set", user_id))
        work.commit()
    return Stored(changed)
