"""Users: who knows the secret comes in, nobody gets in by trying, and somebody stays in charge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from monitor.services import hashing, users
from monitor.services.clinic import Clinic
from monitor.services.permissions import Role
from monitor.services.ports import Conflict, Refusal, User
from monitor.services.users import Tile
from tests.builders import instant
from tests.services.clinics import Practice

PASSWORD, OTHER, WRONG = "four words of mine", "four words of hers", "four words of nobody"
PIN = "4827"


class QuickHasher:
    """Stands for argon2, without its work; `compared` is what secrets were compared with.

    `meanwhile` is done while one is compared.
    """

    def __init__(self) -> None:
        self.compared: list[str] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def hash(self, secret: str) -> str:
        return f"hash of {secret}"

    def verify(self, kept: str, secret: str) -> bool:
        self.compared.append(kept)
        self.meanwhile()
        if kept != f"hash of {secret}":
            raise VerifyMismatchError
        return True


@pytest.fixture(autouse=True)
def hasher(monkeypatch: pytest.MonkeyPatch) -> Iterator[QuickHasher]:
    quick = QuickHasher()
    hashing._of_nobody.cache_clear()
    monkeypatch.setattr(hashing, "_hasher", quick)
    yield quick
    hashing._of_nobody.cache_clear()


@pytest.fixture
def practice() -> Practice:
    """A clinic at 10:00 with an admin and a nurse, both with a password of their own."""
    made = Practice()
    made.clock.set(instant(3))
    made.clinic = replace(made.clinic, acting="nobody", actor="nobody")
    users.first(made.clinic, "Root", PASSWORD)
    employ(made, "Ann")
    return made


def admin(practice: Practice) -> Clinic:
    return replace(practice.clinic, acting="admin", actor="Root")


def employ(practice: Practice, name: str, role: Role = "nurse") -> User:
    made = users.add(admin(practice), name, role, OTHER).user
    return users.change_password(practice.clinic, made.id, OTHER, PASSWORD).user


def one(practice: Practice, name: str) -> User:
    with practice.store.read() as work:
        return next(user for user in work.users.all() if user.name == name)


def refused(verb: Callable[..., object], *args: object, **fields: object) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        verb(*args, **fields)
    return refusal.value


def wrong_times(practice: Practice, name: str, count: int) -> None:
    for _ in range(count):
        refused(users.sign_in, practice.clinic, one(practice, name).id, WRONG)


def signs_in_with_pin(practice: Practice, name: str = "Ann") -> User:
    """Give the password, so that the PIN is good for the rest of the day."""
    user = one(practice, name)
    users.set_pin(practice.clinic, user.id, PASSWORD, PIN)
    return users.sign_in(practice.clinic, user.id, PASSWORD)


class TestSigningIn:
    def test_that_who_knows_the_password_comes_in_and_it_is_written(
        self, practice: Practice
    ) -> None:
        ann = one(practice, "Ann")
        assert users.sign_in(practice.clinic, ann.id, PASSWORD) == ann
        last = practice.audit(ann.id)[-1]
        assert (last.action, last.actor, last.station) == ("signed_in", "Ann", "desk")

    def test_that_the_tiles_tell_active_users_by_name_and_nothing_else(
        self, practice: Practice
    ) -> None:
        gone = employ(practice, "Zoe")
        users.change(admin(practice), gone.id, is_active=False)
        assert users.tiles(practice.clinic) == (
            Tile(one(practice, "Ann").id, "Ann", "nurse"),
            Tile(one(practice, "Root").id, "Root", "admin"),
        )

    @pytest.mark.parametrize("why", ["wrong", "unknown", "inactive", "locked"])
    def test_that_every_reason_has_the_same_answer_after_the_same_work(
        self, practice: Practice, hasher: QuickHasher, why: str
    ) -> None:
        user_id, secret = one(practice, "Ann").id, PASSWORD
        if why == "wrong":
            secret = WRONG
        elif why == "unknown":
            user_id = "nobody-we-know"
        elif why == "inactive":
            users.change(admin(practice), user_id, is_active=False)
        else:
            wrong_times(practice, "Ann", 5)
        hasher.compared.clear()
        refusal = refused(users.sign_in, practice.clinic, user_id, secret)
        assert (refusal.code, refusal.details) == ("not_signed_in", {})
        assert len(hasher.compared) == 1

    @pytest.mark.parametrize("why", ["wrong", "unknown", "no_pin", "no_password_today", "locked"])
    def test_that_a_pin_is_refused_alike_too(
        self, practice: Practice, hasher: QuickHasher, why: str
    ) -> None:
        user = one(practice, "Ann")
        pin = PIN
        if why != "no_pin":
            user = signs_in_with_pin(practice)
        if why == "wrong":
            pin = "1357"
        elif why == "no_password_today":
            practice.clock.advance(days=1)
        elif why == "locked":
            wrong_times(practice, "Ann", 5)
        user_id = "nobody-we-know" if why == "unknown" else user.id
        hasher.compared.clear()
        refusal = refused(users.unlock, practice.clinic, user_id, pin)
        assert (refusal.code, refusal.details) == ("not_signed_in", {})
        assert len(hasher.compared) == 1

    def test_that_five_wrong_tries_lock_for_five_minutes_at_every_station(
        self, practice: Practice
    ) -> None:
        ann = one(practice, "Ann").id
        wrong_times(practice, "Ann", 5)
        practice.clock.advance(minutes=4, seconds=59)
        elsewhere = replace(practice.clinic, station="another")
        assert refused(users.sign_in, elsewhere, ann, PASSWORD).code == "not_signed_in"
        practice.clock.advance(seconds=1)
        assert users.sign_in(elsewhere, ann, PASSWORD).id == ann

    def test_that_four_wrong_tries_lock_nobody(self, practice: Practice) -> None:
        wrong_times(practice, "Ann", 4)
        assert users.sign_in(practice.clinic, one(practice, "Ann").id, PASSWORD)

    def test_that_wrong_tries_at_one_user_lock_no_other(self, practice: Practice) -> None:
        wrong_times(practice, "Ann", 5)
        assert users.sign_in(practice.clinic, one(practice, "Root").id, PASSWORD)

    def test_that_a_try_counts_although_the_plug_is_pulled_while_it_is_looked_up(
        self, practice: Practice, hasher: QuickHasher
    ) -> None:
        def pull() -> None:
            raise KeyboardInterrupt

        ann = one(practice, "Ann").id
        hasher.meanwhile = pull
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                users.sign_in(practice.clinic, ann, PASSWORD)
        hasher.meanwhile = lambda: None
        assert refused(users.sign_in, practice.clinic, ann, PASSWORD).code == "not_signed_in"

    def test_that_no_unit_of_work_is_open_while_a_secret_is_looked_up(
        self, practice: Practice, hasher: QuickHasher
    ) -> None:
        def work_beside() -> None:
            with practice.store.begin():  # it would wait for the other, and be refused
                pass

        hasher.meanwhile = work_beside
        assert users.sign_in(practice.clinic, one(practice, "Ann").id, PASSWORD)

    def test_that_what_was_typed_is_nowhere(self, practice: Practice) -> None:
        refused(users.sign_in, practice.clinic, WRONG, WRONG)
        with practice.store.read() as work:
            tries = work.attempts.since(instant(0), "password", "unlock")
            lines = work.audit.find(instant(0), instant(5))
        assert WRONG not in repr((tries, lines))
        assert PASSWORD not in repr((tries, lines))


class TestThePin:
    def test_that_it_is_good_for_the_day_at_this_station(self, practice: Practice) -> None:
        ann = signs_in_with_pin(practice)
        assert users.unlock(practice.clinic, ann.id, PIN).id == ann.id
        assert practice.audit(ann.id)[-1].action == "unlocked"
        elsewhere = replace(practice.clinic, station="another")
        assert refused(users.unlock, elsewhere, ann.id, PIN).code == "not_signed_in"

    def test_that_it_is_not_good_the_next_morning(self, practice: Practice) -> None:
        ann = signs_in_with_pin(practice)
        practice.clock.set(instant(4, hour=0))  # less than a day later
        assert refused(users.unlock, practice.clinic, ann.id, PIN).code == "not_signed_in"

    def test_that_it_opens_nobody_else(self, practice: Practice) -> None:
        ann = signs_in_with_pin(practice)
        users.set_pin(practice.clinic, one(practice, "Root").id, PASSWORD, "8080")
        assert refused(users.unlock, practice.clinic, ann.id, "8080").code == "not_signed_in"

    def test_that_after_five_wrong_ones_it_takes_the_password(self, practice: Practice) -> None:
        ann = signs_in_with_pin(practice)
        for _ in range(5):
            refused(users.unlock, practice.clinic, ann.id, "1357")
        practice.clock.advance(minutes=6)
        assert refused(users.unlock, practice.clinic, ann.id, PIN).code == "not_signed_in"
        practice.clock.advance(minutes=16)
        users.sign_in(practice.clinic, ann.id, PASSWORD)
        assert users.unlock(practice.clinic, ann.id, PIN)

    @pytest.mark.parametrize(
        "pin", ["", "246", "246801357", "12a4", "0000", "1234", "8642", "٤٨٢٧"]
    )
    def test_that_one_that_is_easily_guessed_is_refused(self, practice: Practice, pin: str) -> None:
        ann = one(practice, "Ann").id
        assert refused(users.set_pin, practice.clinic, ann, PASSWORD, pin).code == "weak_pin"

    def test_that_it_takes_the_password_to_set_one(self, practice: Practice) -> None:
        ann = one(practice, "Ann").id
        assert refused(users.set_pin, practice.clinic, ann, WRONG, PIN).code == "not_signed_in"
        assert not one(practice, "Ann").pin


class TestThePassword:
    @pytest.mark.parametrize(
        "password",
        ["", "elevensigns", "password12345", "Qwertyuiop123", "aaaaaaaaaaaaaa", "Ann Lovelace, RN"],
    )
    def test_that_a_weak_one_is_refused(self, practice: Practice, password: str) -> None:
        refusal = refused(users.add, admin(practice), "Ann Lovelace, RN", "nurse", password)
        assert (refusal.code, refusal.details) == ("weak_password", {"length": "12"})

    @pytest.mark.parametrize("password", ["twelve signs", "пароль на русском", "a" * 11 + "bc"])
    def test_that_length_is_enough(self, practice: Practice, password: str) -> None:
        made = users.add(admin(practice), "Bea", "nurse", password).user
        assert users.sign_in(practice.clinic, made.id, password)

    def test_that_one_set_by_an_admin_must_be_changed_and_lets_nobody_act_before(
        self, practice: Practice
    ) -> None:
        ann = signs_in_with_pin(practice)
        users.set_password(admin(practice), ann.id, OTHER)
        came = users.sign_in(practice.clinic, ann.id, OTHER)
        assert (came.must_change, came.pin) == (True, "")
        assert users.acting_as(practice.clinic, came).acting == "nobody"
        own = users.change_password(practice.clinic, ann.id, OTHER, PASSWORD).user
        assert users.acting_as(practice.clinic, own).acting == "nurse"

    def test_that_one_is_changed_only_with_the_old_one(self, practice: Practice) -> None:
        ann = one(practice, "Ann").id
        change = users.change_password
        assert refused(change, practice.clinic, ann, WRONG, OTHER).code == "not_signed_in"
        assert refused(change, practice.clinic, ann, PASSWORD, PASSWORD).code == "same_password"
        assert refused(change, practice.clinic, ann, PASSWORD, "short").code == "weak_password"

    def test_that_a_new_one_ends_a_lock_and_a_release_does(self, practice: Practice) -> None:
        ann = one(practice, "Ann").id
        wrong_times(practice, "Ann", 5)
        users.set_password(admin(practice), ann, OTHER)
        assert users.sign_in(practice.clinic, ann, OTHER)
        for _ in range(5):
            refused(users.sign_in, practice.clinic, ann, WRONG)
        users.release(admin(practice), ann)
        assert users.sign_in(practice.clinic, ann, OTHER)

    def test_that_a_release_does_not_make_a_pin_good(self, practice: Practice) -> None:
        """It says that nobody is to wait, not that the password was given."""
        ann = signs_in_with_pin(practice)
        practice.clock.set(instant(4))
        users.release(admin(practice), ann.id)
        assert refused(users.unlock, practice.clinic, ann.id, PIN).code == "not_signed_in"


class TestRoles:
    def test_that_the_first_user_is_an_admin_and_there_is_no_second_first(
        self, practice: Practice
    ) -> None:
        assert one(practice, "Root").role == "admin"
        assert refused(users.first, practice.clinic, "Me", PASSWORD).code == "users_there"

    def test_that_the_last_active_admin_stays_one(self, practice: Practice) -> None:
        root, clinic = one(practice, "Root").id, admin(practice)
        assert refused(users.change, clinic, root, role="lead").code == "last_admin"
        assert refused(users.change, clinic, root, is_active=False).code == "last_admin"
        other = employ(practice, "Second", "admin")
        users.change(clinic, root, role="lead")
        assert refused(users.change, clinic, other.id, role="nurse").code == "last_admin"

    def test_that_an_admin_who_may_not_sign_in_does_not_count(self, practice: Practice) -> None:
        other = employ(practice, "Second", "admin")
        users.change(admin(practice), other.id, is_active=False)
        root = one(practice, "Root").id
        assert refused(users.change, admin(practice), root, role="lead").code == "last_admin"

    def test_that_a_change_is_written_with_what_it_was(self, practice: Practice) -> None:
        ann = one(practice, "Ann").id
        users.change(admin(practice), ann, role="lead", name="Ann B.")
        last = practice.audit(ann)[-1]
        assert (last.actor, last.action) == ("Root", "user_changed")
        assert last.reason == "name: Ann to Ann B., role: nurse to lead"

    def test_that_no_two_have_the_same_name(self, practice: Practice) -> None:
        with pytest.raises(Conflict, match="name_taken"):
            users.add(admin(practice), "aNN", "nurse", OTHER)

    @pytest.mark.parametrize("name", ["", "  ", "x" * 61, "Ann\u200b"])
    def test_that_a_name_is_needed(self, practice: Practice, name: str) -> None:
        assert refused(users.add, admin(practice), name, "nurse", OTHER).code == "no_name"

    @pytest.mark.parametrize("how", ["deactivated", "demoted", "reset"])
    def test_that_who_is_changed_may_not_stay(self, practice: Practice, how: str) -> None:
        ann = users.sign_in(practice.clinic, one(practice, "Ann").id, PASSWORD)
        assert users.still_there(practice.clinic, ann)
        if how == "deactivated":
            users.change(admin(practice), ann.id, is_active=False)
        elif how == "demoted":
            users.change(admin(practice), ann.id, role="auditor")
        else:
            users.set_password(admin(practice), ann.id, OTHER)
        assert not users.still_there(practice.clinic, ann)

    def test_that_an_admin_sees_how_everybody_stands_and_no_secret(
        self, practice: Practice
    ) -> None:
        wrong_times(practice, "Ann", 5)
        ann, root = users.everybody(admin(practice))
        assert (ann.name, ann.is_locked, root.name, root.is_locked) == ("Ann", True, "Root", False)
        assert "hash of" not in repr((ann, root))


def test_that_a_real_password_is_kept_as_argon2id(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashing._of_nobody.cache_clear()
    monkeypatch.setattr(hashing, "_hasher", PasswordHasher(3, 64 * 1024, 1))
    kept = hashing.hash_of(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert hashing.is_right(kept, PASSWORD)
    assert not hashing.is_right(kept, WRONG)
    assert not hashing.is_right("", "nobody")


def test_that_signing_in_is_the_same_on_a_file(anywhere: Practice) -> None:
    anywhere.clock.set(instant(3))
    made = users.first(anywhere.clinic, "Root", PASSWORD).user
    assert users.sign_in(anywhere.clinic, made.id, PASSWORD).role == "admin"
    for _ in range(5):
        refused(users.sign_in, anywhere.clinic, made.id, WRONG)
    assert refused(users.sign_in, anywhere.clinic, made.id, PASSWORD).code == "not_signed_in"
